"""What a face of a step does. It holds nothing: state comes in, rows and questions go out."""

from __future__ import annotations

from typing import Generic, TypeVar, cast

from kmtui.model.session import Entry
from kmtui.model.technique import AnyStep
from kmtui.report.words import counted
from kmtui.text import one_line
from kmtui.tui.safe import parts
from kmtui.tui.widgets.asker import Question
from kmtui.tui.widgets.rows import Row
from kmtui.workspace.sessions import OpenSession

SOURCE = "of:"
"""What the ids of rows with entries of an earlier step begin with."""

TIED = "lesson_id"
"""The key of the id of the earlier lesson that goes with what a form asked for."""

Kind = TypeVar("Kind", bound=AnyStep)


class StepFace(Generic[Kind]):
    """The face of a step that takes nothing; others extend it."""

    empty = ""
    """What to say while there are no lines: what would be here."""

    def questions(self, opened: OpenSession) -> tuple[Question, ...]:
        """Return the questions of the form."""
        return ()

    def step(self, opened: OpenSession) -> Kind:
        """Return the present step, which is of the kind of this face."""
        return cast(Kind, opened.step)

    def edit_questions(self, opened: OpenSession) -> tuple[Question, ...]:
        """Return the questions with which a line is changed."""
        return self.questions(opened)

    def more_questions(self, opened: OpenSession) -> tuple[Question, ...]:
        """Return further questions on a line that is there, asked only when wanted."""
        return ()

    def rows(self, opened: OpenSession) -> list[Row]:
        """Return the lines to show."""
        return []

    def begun(self, opened: OpenSession) -> bool:
        """Say whether something was said at this step itself, so that the words to say make room for it."""
        return bool(self.rows(opened))

    def to_end(self, opened: OpenSession) -> bool:
        """Say whether the list shows its end, as one that grows does."""
        return True

    def source_rows(self, opened: OpenSession) -> list[Row]:
        """Return the entries of the earlier step from which the lines of this one come, where it names one."""
        from_ = getattr(opened.step, "from_", None)
        entries = opened.record.entries_of(from_) if from_ else ()
        return [source_row(opened, entry) for entry in entries]

    def values(self, opened: OpenSession, item_id: str) -> dict[str, str] | None:
        """Return what stands in a line, for changing it; None if it cannot be changed."""
        return None

    def take(self, opened: OpenSession, values: dict[str, str], editing: str | None, chosen: str | None) -> str | None:
        """Take the answers of the form; return the id of the row to choose then."""
        return None

    def remove(self, opened: OpenSession, item_id: str) -> None:
        """Take a line away; undo brings it back."""
        opened.remove(item_id)

    def removable(self, opened: OpenSession, item_id: str) -> bool:
        """Say whether a row is a line that can be taken away."""
        return self.values(opened, item_id) is not None


def source_row(opened: OpenSession, entry: Entry) -> Row:
    """Return an entry of an earlier step, with the dots that it got."""
    dots = opened.record.dots_on(entry.id)
    told = f"  {counted(dots, 'dot', 'dots')}" if dots else ""
    return Row(f"{SOURCE}{entry.id}", parts((f"· {one_line(entry.text)}", "$muted"), (told, "bold $accent")))
