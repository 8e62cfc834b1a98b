"""Open actions, overdue first: mark them done, write a note, drop them."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content

from kmtui.model.base import State, in_words
from kmtui.model.errors import KmtuiError
from kmtui.model.lines import ActionLine
from kmtui.tui.actions import bindings
from kmtui.tui.safe import parts
from kmtui.tui.screens.base import BaseScreen
from kmtui.tui.widgets.asker import Asker, Question
from kmtui.tui.widgets.rows import Row, Rows


class ActionsScreen(BaseScreen):
    """All actions of the workspace. Enter in the empty field marks the chosen one done, words in it are a note."""

    KEYS = ("leave", "dropped", "undo")
    BINDINGS = bindings("choose-previous", "choose-next", "dropped", "undo")

    def __init__(self) -> None:
        super().__init__()
        self._before: list[tuple[str, State]] = []
        self._actions: dict[str, ActionLine] = {}

    def compose_body(self) -> ComposeResult:
        """Show list and field."""
        yield Rows(id="rows")
        yield Asker(id="asker")

    def arrive(self) -> None:
        """Begin the form."""
        super().arrive()
        self._ask()

    def _ask(self) -> None:
        hint = "Enter marks the chosen action done; type words for a note on it"
        self.query_one(Asker).ask((Question("note", "What came of it?", hint),))

    def draw(self) -> None:
        """Show the actions, those that are open first."""
        super().draw()
        self._actions = {line.id: line for line in self.desk.actions()}
        today = self.desk.tools.today()
        rows = self.query_one(Rows)
        rows.show([Row(line.id, _shown(line, line.overdue(today))) for line in self._actions.values()], rows.chosen)
        if rows.chosen is None and self._actions:
            rows.highlighted = 0
        still = sum(line.state == "open" for line in self._actions.values())
        self.head("Actions", f"{still} open")
        if not self._actions:
            self.tell("No actions yet. They come from the last step of a review.")

    def on_asker_answered(self, event: Asker.Answered) -> None:
        """Mark the chosen action done or open again, or keep a note on it."""
        self._ask()
        note = event.values["note"].strip()
        chosen = self._actions.get(self.query_one(Rows).chosen or "")
        if chosen is None:
            return
        if note:
            self._follow(chosen, note=note)
        else:
            self._follow(chosen, state="done" if chosen.state == "open" else "open")

    def _follow(self, line: ActionLine, *, state: State | None = None, note: str | None = None) -> None:
        try:
            self.desk.follow_up(line.id, state=state, note=note)
        except KmtuiError as error:
            self.tell(str(error), error=True)
            return
        if state is not None:
            self._before.append((line.id, line.state))
        self.draw()
        self.tell("Saved. The note is kept." if state is None else f"Saved. The action is {state}.")

    def action_choose_previous(self) -> None:
        """Choose the line above."""
        self.query_one(Rows).choose_next(-1)

    def action_choose_next(self) -> None:
        """Choose the line below."""
        self.query_one(Rows).choose_next(1)

    def action_dropped(self) -> None:
        """Say that the chosen action will not be done."""
        chosen = self._actions.get(self.query_one(Rows).chosen or "")
        if chosen is not None:
            self._follow(chosen, state="dropped")

    def action_undo(self) -> None:
        """Put the action that was changed last back to what it was."""
        if not self._before:
            self.tell("Nothing to undo.")
            return
        action_id, state = self._before.pop()
        self.desk.follow_up(action_id, state=state)
        self.draw()
        self.tell(f"Taken back: the action is {state}.")


def _shown(line: ActionLine, overdue: bool) -> Content:
    day = f"by {in_words(line.due)}" if line.due else "no day yet"
    state = "overdue, " if overdue else "" if line.state == "open" else f"{line.state}, "
    where = line.title or line.team
    pieces: list[str | tuple[str, str]] = [(line.action, "bold"), "\n   ", (state, "bold $warning")]
    pieces.append(f"{line.owner or 'no owner yet'}, {day}" + (f" · {where}" if where else ""))
    if line.note:
        pieces.append((f"\n   {line.note}", "$muted"))
    for field, value in line.rivals.items():
        pieces.append(
            (f"\n   Two people changed the {field.replace('_', ' ')} at once; the other said: {value}", "$warning")
        )
    return parts(*pieces)
