"""Which criteria a team uses: leave one or a whole section out, with the reason, or take it back."""

from __future__ import annotations

from kmtui.model.matrix import Criterion, Section
from kmtui.model.session import number_in_words
from kmtui.text import clean, one_line
from kmtui.tui.actions import bindings
from kmtui.tui.editing import SetUpEditing
from kmtui.tui.safe import parts
from kmtui.tui.screens.keeping import KeepingScreen
from kmtui.tui.screens.listed import ListedScreen
from kmtui.tui.widgets.asker import Asker, Question
from kmtui.tui.widgets.rows import Row, Rows

SECTION = "section:"
"""Before the id of a section in the id of its line, since a criterion may have the same id."""


class LeavingOutScreen(KeepingScreen, ListedScreen):
    """Enter leaves the chosen line out or takes it back; words in the field are the reason."""

    KEYS = ("leave", "undo", "redo")
    BINDINGS = bindings("undo", "redo")

    def __init__(self, editing: SetUpEditing) -> None:
        super().__init__()
        self._editing = editing
        self._drafts: dict[str, str] = {}  # by line, words that were typed there and not entered
        self._line = ""  # whose words stand in the field
        self._sure = False  # whether Enter was told that it leaves out a whole section

    def arrive(self) -> None:
        """Begin with the first line, or with the one where a reason was left."""
        super().arrive()
        rows = self.query_one(Rows)
        self._drafts = {line: text for line, text in self.left().items() if rows.place_of(line) is not None}
        if self._drafts:
            rows.highlighted = rows.place_of(next(iter(self._drafts)))
        self._show_line()
        self.tell("Up and Down choose a criterion, or a section with all of its criteria.")

    @property
    def form(self) -> str:
        """One form for each set-up."""
        return f"{type(self).__name__} {self._editing.setup.id}"

    def typed(self) -> dict[str, str]:
        """Return the reasons that were not entered, by their lines."""
        drafts = self._drafts | {self._line: self.query_one(Asker).present()["reason"]}
        return {line: text for line, text in drafts.items() if line and text.strip()}

    def _show_line(self) -> None:
        """Ask for the chosen line, with the words that were typed there."""
        self._line, self._sure = self.chosen, False
        self._ask(self._drafts.pop(self._line, ""))

    def _put_aside(self) -> None:
        """Keep the words in the field for the line where they were typed."""
        self._drafts = self.typed()

    # What is chosen

    @property
    def _section(self) -> Section | None:
        wanted = self.chosen.removeprefix(SECTION) if self.chosen.startswith(SECTION) else None
        return next((each for each in self._editing.matrix.sections if each.id == wanted), None)

    @property
    def _criteria(self) -> tuple[Criterion, ...]:
        """The criteria that the chosen line stands for."""
        section = self._section
        if section is not None:
            return section.criteria
        return tuple(each for each in self._editing.matrix.criteria if each.id == self.chosen)

    @property
    def _reasons(self) -> dict[str, str]:
        return {each.criterion: each.reason for each in self._editing.setup.left_out}

    @property
    def _all_out(self) -> bool:
        return all(each.id in self._reasons for each in self._criteria)

    # Drawing

    def draw(self) -> None:
        """Show sections and criteria with a sign at those that are used."""
        super().draw()
        reasons = self._reasons
        rows: list[Row] = []
        for section in self._editing.matrix.sections:
            used = sum(each.id not in reasons for each in section.criteria)
            told = f"  {used} of {len(section.criteria)} used"
            rows.append(Row(SECTION + section.id, parts((section.name, "bold"), (told, "$muted"))))
            rows += [self._row(each, reasons) for each in section.criteria]
        self.show_rows(rows)
        count = len(self._editing.matrix.criteria)
        self.head("Which criteria are used?", f"{count - len(reasons)} of {count}")

    def _row(self, criterion: Criterion, reasons: dict[str, str]) -> Row:
        if criterion.id not in reasons:
            return Row(criterion.id, parts(f"  [x] {criterion.name}"))
        reason = one_line(reasons[criterion.id])
        told = f"  left out: {reason}" if reason else "  left out, no reason yet"
        return Row(criterion.id, parts(f"  [ ] {criterion.name}", (told, "$muted")))

    def _ask(self, text: str = "") -> None:
        what = "section" if self._section is not None else "criterion"
        if self._all_out:
            question = Question("reason", "Why is it left out?", f"Type the reason; Enter alone takes the {what} back")
        else:
            question = Question("reason", "Why leave it out?", f"Type the reason; Enter leaves the {what} out")
        self.query_one(Asker).ask((question,), {"reason": text})

    # Keys

    def on_asker_answered(self, event: Asker.Answered) -> None:
        """Leave the chosen line out, keep the reason, or take it back."""
        reason = clean(event.values["reason"]).strip()
        criteria = tuple(each.id for each in self._criteria)
        back = self._all_out and not reason
        self._ask(event.values["reason"])  # what cannot be kept stays in the field
        if self._section is not None and not back and not self._sure:
            self._sure = True
            self.tell(f"Enter again leaves out all {number_in_words(len(criteria))}.")
            return
        self._sure = False
        if back:
            self._editing.take_back(criteria)
        else:
            self._editing.leave_out(criteria, reason)
        self.draw()
        self._ask()
        self.keep_typed()
        missing = "" if back or reason else " Type why, and press Enter: the reason is kept with it."
        self.tell(f"Saved. {'Used again.' if back else 'Left out.'}{missing}")

    def choose(self, by: int) -> None:
        """Choose another line; words that were not entered stay with the one where they were typed."""
        self._put_aside()
        super().choose(by)
        self._show_line()

    def on_option_list_option_highlighted(self) -> None:
        """Ask for a line that was chosen with the mouse."""
        if self._line and self.chosen and self.chosen != self._line:
            self._put_aside()
            self._show_line()

    def action_undo(self) -> None:
        """Take the last change of the set-up back."""
        self._travelled(self._editing.undo(), "Taken back", "Nothing to undo.")

    def action_redo(self) -> None:
        """Make the last undone change again."""
        self._travelled(self._editing.redo(), "Done again", "Nothing to do again.")

    def _travelled(self, told: str | None, how: str, nothing: str) -> None:
        self.draw()
        self._ask(self.query_one(Asker).present()["reason"])
        self.tell(nothing if told is None else f"{how}: {told}.")
