"""What the local service offers for a criterion, beside the options of the model."""

from __future__ import annotations

from msgspec.structs import replace
from textual.content import Content

from kmtui.model.setup import LocalOption
from kmtui.text import clean, one_line
from kmtui.tui.actions import bindings
from kmtui.tui.editing import SetUpEditing
from kmtui.tui.safe import parts, words
from kmtui.tui.screens.choose import ChooseScreen
from kmtui.tui.screens.keeping import KeepingScreen
from kmtui.tui.screens.listed import ListedScreen
from kmtui.tui.widgets.asker import Asker, Question
from kmtui.tui.widgets.rows import Row, Rows

QUESTIONS = (
    Question("text", "What can be done?", "Begin with a verb: Ask the library for an evidence search", required=True),
    Question("service", "With which service?", "The library, the improvement team… may be left empty"),
)


class LocalOptionsScreen(KeepingScreen, ListedScreen):
    """The field takes what can be done and with whom; then a list asks for the criterion."""

    KEYS = ("leave", "edit", "remove", "undo")
    BINDINGS = bindings("edit", "remove", "undo", "redo", "back")

    def __init__(self, editing: SetUpEditing) -> None:
        super().__init__()
        self._editing = editing
        self._pending: tuple[dict[str, str], str | None] | None = None

    def arrive(self) -> None:
        """Begin the form, with what was left of it."""
        super().arrive()
        left = self.left()
        editing = left.pop("editing", "")
        here = editing.isdecimal() and int(editing) < len(self._offered)
        self.query_one(Asker).ask(QUESTIONS, left, editing=editing if here else None, resume=True)

    @property
    def form(self) -> str:
        """One form for each set-up."""
        return f"{type(self).__name__} {self._editing.setup.id}"

    def typed(self) -> dict[str, str]:
        """Return an option that has no criterion yet, or how one is changed just now."""
        asker = self.query_one(Asker)
        values, editing = self._pending or (asker.present(), asker.editing)
        if editing is None:
            return values
        return {} if values == _values(self._offered[int(editing)]) else {**values, "editing": editing}

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what is done to an option only where there is one."""
        return bool(self._offered) if action in ("edit", "remove") else super().check_action(action, parameters)

    @property
    def _offered(self) -> tuple[LocalOption, ...]:
        return self._editing.setup.options

    def draw(self) -> None:
        """Show the options by criterion, in the order of the model."""
        super().draw()
        self.head("Options of the local service", f"{len(self._offered) or ''}")
        rows: list[Row] = []
        for criterion in self._editing.matrix.criteria:
            own = [(number, each) for number, each in enumerate(self._offered) if each.criterion == criterion.id]
            rows += [Row("", words(criterion.name), heading=True)] if own else []
            rows += [Row(str(number), _shown(each)) for number, each in own]
        self.show_rows(rows)
        if not rows:
            self.tell("None yet. What is typed here is offered for its criterion when the plan is made.")

    def resumed(self) -> None:
        """Draw again; what waits for a criterion is in the field again if none was chosen."""
        super().resumed()
        if self._pending is not None:
            values, editing = self._pending
            self._pending = None
            self.query_one(Asker).ask(QUESTIONS, values, editing=editing, resume=True)
            self.tell("Not kept yet: Enter asks for the criterion again.")

    def on_asker_answered(self, event: Asker.Answered) -> None:
        """Ask for the criterion."""
        self._pending = (event.values, event.editing)
        self.keep_typed()
        first = self._editing.matrix.criteria[0].id
        here = self._offered[int(event.editing)].criterion if event.editing is not None else first
        places: list[tuple[str, str, str]] = []
        for section in self._editing.matrix.sections:
            places.append(("", section.name, ""))
            places += [(each.id, f"  {each.name}", "") for each in section.criteria]
        self.app.push_screen(ChooseScreen("For which criterion?", places, here, self._put, "Enter keeps it."))

    def _put(self, criterion: str) -> None:
        if self._pending is None:
            return
        values, editing = self._pending
        text, service = clean(values["text"]).strip(), clean(values["service"]).strip() or None
        if editing is None:
            made = (*self._offered, LocalOption(criterion=criterion, text=text, service=service))
        else:
            number = int(editing)
            changed = replace(self._offered[number], criterion=criterion, text=text, service=service)
            made = (*self._offered[:number], changed, *self._offered[number + 1 :])
        try:
            self._editing.change("option changed" if editing else "option added", options=made)
        finally:
            self.draw()
        self._pending = None
        self.query_one(Asker).ask(QUESTIONS)
        self.keep_typed()
        self.tell("Saved.")

    def action_edit(self) -> None:
        """Put the chosen option into the field."""
        if self.chosen:
            option = self._offered[int(self.chosen)]
            self.query_one(Asker).ask(QUESTIONS, _values(option), editing=self.chosen)

    def action_remove(self) -> None:
        """Take the chosen option away."""
        if self.chosen:
            number = int(self.chosen)
            self._editing.change("option removed", options=(*self._offered[:number], *self._offered[number + 1 :]))
            self.query_one(Rows).highlighted = None
            self.draw()
            self.tell("The option is removed. Ctrl+Z brings it back.")

    def action_back(self) -> None:
        """Go to the question before."""
        if not self.query_one(Asker).back():
            self.tell("This is the first question.")

    def action_undo(self) -> None:
        """Take the last change of the set-up back."""
        self._travelled(self._editing.undo(), "Taken back", "Nothing to undo.")

    def action_redo(self) -> None:
        """Make the last undone change again."""
        self._travelled(self._editing.redo(), "Done again", "Nothing to do again.")

    def _travelled(self, told: str | None, how: str, nothing: str) -> None:
        if self.query_one(Asker).editing is not None:  # what was being changed may have another number now
            self.query_one(Asker).ask(QUESTIONS)
        self.draw()
        self.tell(nothing if told is None else f"{how}: {told}.")

    def _end_change(self) -> None:
        """Take an option that is being changed as it stands; one that was emptied stays as it was."""
        asker = self.query_one(Asker)
        values, editing = self._pending or (asker.present(), asker.editing)
        if editing is not None and clean(values["text"]).strip():
            self._pending = (values, editing)
            self._put(self._offered[int(editing)].criterion)
        elif editing is not None:
            asker.ask(QUESTIONS)

    def flush(self) -> str:
        """Keep an option before the program ends."""
        self._end_change()
        return super().flush()

    def action_leave(self) -> None:
        """Go back. An option that was being changed is kept; one that was not entered is there again next time."""
        asker = self.query_one(Asker)
        if asker.editing is not None and self._pending is None and not asker.settled():
            return
        self._end_change()
        super().action_leave()


def _values(option: LocalOption) -> dict[str, str]:
    return {"text": option.text, "service": option.service or ""}


def _shown(option: LocalOption) -> Content:
    beside = f"  with {one_line(option.service)}" if option.service else ""
    return parts(f"  {one_line(option.text)}", (beside, "$muted"))
