"""What a face of a step does. It holds nothing: state comes in, rows and questions go out."""

from __future__ import annotations

from kmtui.tui.widgets.asker import Question
from kmtui.tui.widgets.rows import Row
from kmtui.workspace.sessions import OpenSession


class StepFace:
    """The face of a step that takes nothing; others extend it."""

    empty = ""
    """What to say while there are no lines: what would be here."""

    def questions(self, opened: OpenSession) -> tuple[Question, ...]:
        """Return the questions of the form."""
        return ()

    def more_questions(self, opened: OpenSession) -> tuple[Question, ...]:
        """Return further questions on a line that is there, asked only when wanted."""
        return ()

    def rows(self, opened: OpenSession) -> list[Row]:
        """Return the lines to show."""
        return []

    def values(self, opened: OpenSession, item_id: str) -> dict[str, str] | None:
        """Return what stands in a line, for changing it; None if it cannot be changed."""
        return None

    def take(self, opened: OpenSession, values: dict[str, str], editing: str | None, chosen: str | None) -> str | None:
        """Take the answers of the form; return the id of the row to choose then."""
        return None
