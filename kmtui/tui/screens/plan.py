"""The plan on one screen: what was chosen, in its order, with who does it by when. An idea looks like one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.message import Message

from kmtui.model.assessment import Assessment
from kmtui.model.errors import KmtuiError, WrongInput
from kmtui.model.lines import RecordLine
from kmtui.model.plan import PRIORITY_WORDS, Planned
from kmtui.report.words import capitalised
from kmtui.tui.actions import bindings
from kmtui.tui.keys import key_for
from kmtui.tui.screens import plan_line
from kmtui.tui.screens.listed import ListedScreen
from kmtui.tui.screens.opened import OpenedScreen
from kmtui.tui.widgets.asker import Asker, Question
from kmtui.tui.widgets.rows import Row, Rows
from kmtui.workspace.assessments import OpenAssessment
from kmtui.workspace.planning import Planning, held_for
from kmtui.workspace.sharing import technique_names

if TYPE_CHECKING:
    from textual.app import App

MORE = Question("text", "Add a line, or give dots", "Words add one, a number is dots; Enter: now, next, later")
DRAFT = "plan.text"
NOT_HERE = ("notes", "pause", "extend", "park", "about", "go_to")
"""What belongs to the walk and not to its plan."""

OF_THE_LIST = ("edit", "remove", "move_up", "move_down", "not_planned", "order", "start", "held", "options", "export")


class PlanScreen(OpenedScreen[Assessment], ListedScreen):
    """Presents the plan back. Everything is changed in place: priority, dots, order, owner, day."""

    KEYS = ("edit", "options", "leave")
    BINDINGS = bindings(
        "edit",
        "remove",
        "move-up",
        "move-down",
        "not-planned",
        "order",
        "start",
        "held",
        "options",
    )

    opened: OpenAssessment

    class Looked(Message):
        """It was read which sessions were held for the lines, and which techniques are installed."""

        def __init__(self, held: dict[str, tuple[RecordLine, ...]], names: dict[str, str]) -> None:
            super().__init__()
            self.held = held
            self.names = names

    def __init__(self, opened: OpenAssessment) -> None:
        super().__init__(opened)
        self.planning = Planning(opened.tools, opened)
        self._held: dict[str, tuple[RecordLine, ...]] = {}
        self._names: dict[str, str] = {}

    def arrive(self) -> None:
        """Begin the form, and read what was held."""
        super().arrive()
        self._ask()
        self._look_soon()
        if not self.opened.read_only and not self.opened.second:
            self._tell_how()

    def resumed(self) -> None:
        """Read again what was held: a session may have been, just now."""
        super().resumed()
        self._look_soon()
        self._tell_how()

    def _tell_how(self) -> None:
        if not self.planning.lines:
            self.tell(f"Nothing is chosen yet. {key_for(self, 'options')} shows what could be done.")
            return
        keys = (("not-planned", "not for us"), ("order", "order"), ("start", "start the technique"))
        self.tell(" ".join(f"{key_for(self, name)}: {what}." for name, what in keys))

    def _look_soon(self) -> None:
        self.run_worker(self._look, name="look", group="look", thread=True, exclusive=True)

    def _look(self) -> None:
        try:
            tools = self.opened.tools
            message = self.Looked(held_for(tools, self.opened.record), technique_names(tools))
        except KmtuiError:
            return
        self.post_message(message)

    def on_plan_screen_looked(self, event: Looked) -> None:
        """Show what was held beside the lines."""
        self._held, self._names = event.held, event.names
        self.draw()

    # Drawing

    def draw(self) -> None:
        """Show the plan in its order."""
        super().draw()
        lines = self.planning.lines
        ideas = sum(line.idea for line in lines)
        self.head(f"Plan: {self.opened.record.name}", f"{len(lines) - ideas} agreed, {ideas} not" if lines else "")
        self._show()

    def _show(self, chosen: str | None = None) -> None:
        record = self.opened.record
        self.show_rows(
            [
                Row(
                    line.id,
                    plan_line.line_content(record, line, number, self._technique(line), self._held.get(line.id, ())),
                )
                for number, line in enumerate(record.actions, 1)
            ],
            chosen,
        )

    def _technique(self, line: Planned) -> str:
        if line.technique is None:
            return ""
        key = key_for(self, "start")
        name = self._names.get(line.technique)
        return f"{name}: {key} starts it" if name else f"{line.technique}, not installed"

    def _ask(self) -> None:
        self.query_one(Asker).ask((MORE,), {"text": self.opened.record.drafts.get(DRAFT, "")})

    def rebuilt(self) -> None:
        """Begin the form anew: what was being changed may be gone."""
        self._ask()

    # What is typed

    def on_asker_typed(self, event: Asker.Typed) -> None:
        """Keep half-typed words."""
        if event.question == MORE.id:
            self.keep_draft(DRAFT, event.text)

    def on_asker_answered(self, event: Asker.Answered) -> None:
        """Take what was typed; what cannot be taken stays in the field."""
        asker = self.query_one(Asker)
        try:
            told = self._take(event.values, event.editing)
        except KmtuiError as error:
            if event.editing is None:
                asker.field.fill(event.values.get(MORE.id, ""))
            else:
                asker.ask(self._questions_of(event.values), event.values, editing=event.editing)
            self.tell(str(error), error=True)
            return
        self.opened.draft(DRAFT, "")
        self._ask()
        self.changed(told)

    def _questions_of(self, given: dict[str, str]) -> tuple[Question, ...]:
        if plan_line.WHY_NOT.id in given:
            return (plan_line.WHY_NOT,)
        return plan_line.questions(self.opened.record, self.opened.tools.today())

    def _take(self, given: dict[str, str], editing: str | None) -> str:
        """Do what was typed and return what to tell of it. Raises KmtuiError."""
        record = self.opened.record
        if editing is not None and plan_line.WHY_NOT.id in given:
            self.planning.put(editing, priority="not-for-us", reason=given["reason"])
            return "It is not for us."
        if editing is not None:
            self.planning.put(editing, **plan_line.changes(given, record.objectives, self.opened.tools.today()))
            return ""
        text = given[MORE.id].strip()
        if not text:
            return self._next_priority(self._line())
        if plan_line.is_number(text):
            self.planning.put(self._line().id, dots=int(text))
            return ""
        self._show(self.planning.write_own(text).id)
        return ""

    def _next_priority(self, line: Planned) -> str:
        priority = plan_line.CYCLE[line.priority]
        self.planning.put(line.id, priority=priority, reason="")
        return f"{capitalised(PRIORITY_WORDS[priority]) if priority else 'No priority'}."

    def _line(self) -> Planned:
        """Return the chosen line. Raises WrongInput where there is none."""
        line = next((each for each in self.planning.lines if each.id == self.chosen), None)
        if line is None:
            raise WrongInput("There is no line yet. Type words for one of your own.")
        return line

    def flush(self) -> bool:
        """Take the words in the field, or the change that is being made."""
        asker = self.query_one(Asker)
        if asker.editing is None and not asker.field.text.strip():
            return True
        if (refusal := asker.refusal()) is not None:
            self.tell(refusal, error=True)
            return False
        editing, given = asker.editing, dict(asker.present())
        self.on_asker_answered(Asker.Answered(given, editing))
        return self.query_one(Asker).editing is None

    def _changing(self) -> None:
        self.draw_keys()
        self.tell(f"{key_for(self, 'next')} takes it as it stands. Esc leaves it as it was.")

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer nothing that belongs to the walk, and while a line is being changed nothing of the list."""
        filling = self.is_mounted and self.query_one(Asker).editing is not None
        if action == "back":  # the same key shows the options
            return filling
        if action in OF_THE_LIST:
            return not filling
        return action not in NOT_HERE and super().check_action(action, parameters)

    def action_edit(self) -> None:
        """Change the chosen line: words, owner, days, sign of success, goal, effort, benefit, dots."""
        line = self._line()
        asked = plan_line.questions(self.opened.record, self.opened.tools.today())
        self.query_one(Asker).ask(asked, plan_line.values(line), editing=line.id)
        self._changing()

    def action_not_planned(self) -> None:
        """Say that the chosen line is not for this team, and why; again takes it back."""
        line = self._line()
        if line.priority == "not-for-us":
            self.planning.put(line.id, priority=None, reason="")
            self.changed("It is open again.")
        else:
            self.query_one(Asker).ask((plan_line.WHY_NOT,), {"reason": line.reason}, editing=line.id)
            self._changing()

    def action_remove(self) -> None:
        """Take the chosen line out of the plan."""
        self.planning.drop(self._line().id)
        self.changed(f"Taken out of the plan; {key_for(self, 'undo')} brings it back.")

    def action_move_up(self) -> None:
        """Move the chosen line up."""
        self._move(-1)

    def action_move_down(self) -> None:
        """Move the chosen line down."""
        self._move(1)

    def _move(self, by: int) -> None:
        line = self._line()
        self.planning.move(line.id, by)
        self.changed()
        self._show(line.id)

    def action_order(self) -> None:
        """Put most dots first; where it is so already, what is done now."""
        before = self.planning.lines
        self.planning.by_dots()
        if self.planning.lines != before:
            self.changed("Most dots first.")
            return
        self.planning.by_priority()
        self.changed("What is done now comes first.")

    def action_next(self) -> None:
        """Take the change that is being made."""
        busy = self.query_one(Asker).begun or self.query_one(Asker).editing is not None
        if self.flush() and not busy:
            self.tell(f"This is the whole plan. {key_for(self, 'export')} writes it to a file, Esc goes back.")

    def action_back(self) -> None:
        """Go to the question before of the change that is being made."""
        if not self.query_one(Asker).back():
            self.tell("This is the first question. Esc leaves the line as it was.")

    def action_options(self) -> None:
        """Go to what could be done."""
        from kmtui.tui.screens.offers import OffersScreen

        if self.flush():
            self.app.push_screen(OffersScreen(self.planning))

    def action_start(self) -> None:
        """Start the technique of the chosen line."""
        from kmtui.tui.screens.card import start_technique

        line = self._line()
        if line.technique is None:
            raise WrongInput("This line has no technique to start. Others say so below their words.")
        if not self.planning.can_start(line.technique):
            raise WrongInput(f'The technique "{line.technique}" is not installed here.')
        if not self.flush():
            return
        self.rest()
        start_technique(
            self.kmtui,
            line.technique,
            lambda variant: self.planning.start(line.id, variant=variant),
        )

    def action_held(self) -> None:
        """Go to what came of the chosen line: its session, or the list of them."""
        from kmtui.tui.screens.card import choose_session

        line = self._line()
        held = self._held.get(line.id, ())
        if not held:
            self.tell("No session was held for this line yet.")
        elif self.flush():
            self.rest()
            choose_session(self.kmtui, held)

    def action_export(self) -> None:
        """Write the plan to a file."""
        from kmtui.tui.screens.export import ExportScreen

        if self.flush():
            self.app.push_screen(ExportScreen(self.opened.record, "plan"))

    def on_key(self, event: events.Key) -> None:
        """Scroll the plan with Page Up and Page Down."""
        self.scroll_by_page(event.key, self.query_one(Rows))

    def action_leave(self) -> None:
        """Leave a change alone if one is being made; else go back. Half-typed words are kept."""
        if self.query_one(Asker).editing is not None:
            self._ask()
            self.draw_keys()
            self.tell("Left as it was.")
            return
        super().action_leave()


def open_plan(app: App[str], opened: OpenAssessment) -> None:
    """Show the plan of an open assessment; where nothing is chosen yet, what could be done stands before it."""
    from kmtui.tui.screens.offers import OffersScreen

    screen = PlanScreen(opened)
    app.push_screen(screen)
    if not opened.record.actions:
        app.push_screen(OffersScreen(screen.planning))
