"""The current goals of a team, and which criteria matter to each."""

from __future__ import annotations

from msgspec.structs import replace
from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static

from kmtui.model.setup import Objective
from kmtui.text import clean, one_line
from kmtui.tui.actions import bindings
from kmtui.tui.editing import SetUpEditing
from kmtui.tui.safe import parts, words
from kmtui.tui.screens.base import BaseScreen
from kmtui.tui.screens.keeping import KeepingScreen
from kmtui.tui.screens.listed import ListedScreen
from kmtui.tui.widgets.asker import Asker, Question
from kmtui.tui.widgets.rows import Row, Rows


class GoalsScreen(KeepingScreen, ListedScreen):
    """Words in the field are a goal; Enter in the empty field ticks what matters to the chosen one."""

    KEYS = ("leave", "edit", "remove", "undo")
    BINDINGS = bindings("edit", "remove", "undo", "redo", "move-up", "move-down")

    def __init__(self, editing: SetUpEditing) -> None:
        super().__init__()
        self._editing = editing

    def arrive(self) -> None:
        """Begin with an empty goal, or the words that were left."""
        super().arrive()
        left = self.left()
        editing = left.get("editing", "")
        here = editing.isdecimal() and int(editing) < len(self._goals)
        self._ask(left.get("text", ""), editing if here else None)

    @property
    def form(self) -> str:
        """One form for each set-up."""
        return f"{type(self).__name__} {self._editing.setup.id}"

    def typed(self) -> dict[str, str]:
        """Return a goal that was not entered, or how one is changed just now."""
        asker = self.query_one(Asker)
        text = asker.present()["text"]
        if asker.editing is None:
            return {"text": text}
        return {} if text == self._goals[int(asker.editing)].text else {"text": text, "editing": asker.editing}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what is done to a goal only where there is one."""
        if action in ("edit", "remove", "move_up", "move_down"):
            return bool(self._goals)
        return super().check_action(action, parameters)

    def _ask(self, text: str = "", editing: str | None = None) -> None:
        hint = "Enter ticks what matters to the chosen goal" if self._goals else "What does the team want this year?"
        question = Question("text", "A current goal of the team", hint)
        self.query_one(Asker).ask((question,), {"text": text}, editing=editing)

    @property
    def _goals(self) -> tuple[Objective, ...]:
        return self._editing.setup.objectives

    def draw(self) -> None:
        """Show the goals."""
        super().draw()
        self.head("Goals of the team", f"{len(self._goals) or ''}")
        self.show_rows([Row(str(number), _shown(goal)) for number, goal in enumerate(self._goals)])
        if not self._goals:
            self.tell("No goal yet. Options for what matters to a goal come first when the plan is made.")

    def on_asker_answered(self, event: Asker.Answered) -> None:
        """Keep a goal, or tick what matters to the chosen one."""
        text = clean(event.values["text"]).strip()
        self._ask(event.values["text"], event.editing)  # what cannot be kept stays in the field
        if not text:
            self._ask()
            self._tick()
        elif event.editing is not None:
            number = int(event.editing)
            self._change(number, replace(self._goals[number], text=text), "goal changed")
        else:
            self._editing.change("goal added", objectives=(*self._goals, Objective(text=text)))
            self.draw()
            self.query_one(Rows).highlighted = len(self._goals) - 1
            self._ask()
            self.keep_typed()
            self.tell("Saved. Enter ticks the criteria that matter to it.")

    def _change(self, number: int, goal: Objective, told: str) -> None:
        goals = (*self._goals[:number], goal, *self._goals[number + 1 :])
        self._editing.change(told, objectives=goals)
        self.draw()
        self._ask()
        self.keep_typed()
        self.tell("Saved.")

    def _tick(self) -> None:
        if self.chosen:
            self.app.push_screen(TickScreen(self._editing, int(self.chosen)))

    def action_edit(self) -> None:
        """Put the chosen goal into the field."""
        if self.chosen:
            self._ask(self._goals[int(self.chosen)].text, self.chosen)

    def action_remove(self) -> None:
        """Take the chosen goal away."""
        if self.chosen:
            number = int(self.chosen)
            self._editing.change("goal removed", objectives=(*self._goals[:number], *self._goals[number + 1 :]))
            self.draw()
            self._ask()
            self.tell("The goal is removed. Ctrl+Z brings it back.")

    def action_move_up(self) -> None:
        """Move the chosen goal up."""
        self._move(-1)

    def action_move_down(self) -> None:
        """Move the chosen goal down."""
        self._move(1)

    def _move(self, by: int) -> None:
        number = int(self.chosen) if self.chosen else -1
        if not (number >= 0 and 0 <= number + by < len(self._goals)):
            return
        goals = list(self._goals)
        goals.insert(number + by, goals.pop(number))
        self._editing.change("goal moved", objectives=tuple(goals))
        self.query_one(Rows).highlighted = number + by
        self.draw()

    def action_undo(self) -> None:
        """Take the last change of the set-up back."""
        self._travelled(self._editing.undo(), "Taken back", "Nothing to undo.")

    def action_redo(self) -> None:
        """Make the last undone change again."""
        self._travelled(self._editing.redo(), "Done again", "Nothing to do again.")

    def _travelled(self, told: str | None, how: str, nothing: str) -> None:
        self.draw()
        self._ask(self.query_one(Asker).present()["text"])
        self.tell(nothing if told is None else f"{how}: {told}.")

    def _end_change(self) -> None:
        """Take a goal that is being changed as it stands; one that was emptied stays as it was."""
        asker = self.query_one(Asker)
        text = clean(asker.present()["text"]).strip()
        if asker.editing is not None and text:
            number = int(asker.editing)
            self._change(number, replace(self._goals[number], text=text), "goal changed")
        elif asker.editing is not None:
            self._ask()

    def flush(self) -> str:
        """Keep a goal before the program ends."""
        self._end_change()
        return super().flush()

    def action_leave(self) -> None:
        """Go back. A goal that was being changed is kept; one that was not entered is there again next time."""
        asker = self.query_one(Asker)
        if asker.editing is not None and not asker.settled():
            return
        self._end_change()
        super().action_leave()


def _shown(goal: Objective) -> Content:
    count = len(goal.criteria)
    beside = "no criterion ticked yet" if not count else f"{count} criteri{'a' if count > 1 else 'on'}"
    return parts((one_line(goal.text), "bold"), (f"  {beside}", "$muted"))


class TickScreen(BaseScreen):
    """All criteria that are used, with a tick at those that matter to one goal."""

    KEYS = ("leave", "undo")
    BINDINGS = bindings("undo")
    CSS = "#goal { height: auto; max-height: 2; padding: 0 1; color: $primary; text-style: bold; }"

    def __init__(self, editing: SetUpEditing, number: int) -> None:
        super().__init__()
        self._editing = editing
        self._goal = number

    def compose_body(self) -> ComposeResult:
        """Show the goal and the list."""
        yield Static(id="goal", markup=False)
        yield Rows(id="criteria", focusable=True)

    def arrive(self) -> None:
        """Draw, and say what Enter does."""
        super().arrive()
        self.tell("Enter ticks a criterion, or takes the tick away.")

    def draw(self) -> None:
        """Show the criteria with their ticks."""
        super().draw()
        goals = self._editing.setup.objectives
        if self._goal >= len(goals):  # adding it was taken back
            self.app.pop_screen()
            return
        goal = goals[self._goal]
        self.head("What matters to this goal?", f"{len(goal.criteria)} ticked")
        self.query_one("#goal", Static).update(words(one_line(goal.text)))
        out = {each.criterion for each in self._editing.setup.left_out}
        rows: list[Row] = []
        for section in self._editing.matrix.sections:
            used = [each for each in section.criteria if each.id not in out]
            rows += [Row("", words(section.name), heading=True)] if used else []
            rows += [Row(each.id, parts(f"[{'x' if each.id in goal.criteria else ' '}] {each.name}")) for each in used]
        shown = self.query_one(Rows)
        shown.show(rows, shown.chosen)
        shown.focus()

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_tick()

    def action_tick(self) -> None:
        """Tick the chosen criterion, or take the tick away."""
        chosen = self.query_one(Rows).chosen
        goals = self._editing.setup.objectives
        if not chosen:
            return
        ticked = set(goals[self._goal].criteria) ^ {chosen}
        order = tuple(each.id for each in self._editing.matrix.criteria if each.id in ticked)
        goal = replace(goals[self._goal], criteria=order)
        self._editing.change("tick changed", objectives=(*goals[: self._goal], goal, *goals[self._goal + 1 :]))
        self.draw()
        self.tell("Saved.")

    def action_undo(self) -> None:
        """Take the last change of the set-up back."""
        told = self._editing.undo()
        self.tell("Nothing to undo." if told is None else f"Taken back: {told}.")
        self.draw()
