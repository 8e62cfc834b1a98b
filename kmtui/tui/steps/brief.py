"""Words to say and points to show."""

from __future__ import annotations

from kmtui.model.technique import Brief
from kmtui.text import one_line
from kmtui.tui.safe import parts
from kmtui.tui.steps.base import StepFace
from kmtui.tui.widgets.rows import Row, numbered
from kmtui.workspace.sessions import OpenSession


class BriefFace(StepFace[Brief]):
    """Shows its points, one a line."""

    def to_end(self, opened: OpenSession) -> bool:
        """Show the beginning: what is read out."""
        return False

    def rows(self, opened: OpenSession) -> list[Row]:
        """Return the points, and who sits where meanwhile."""
        points = [Row(f"point:{number}", parts("• ", point)) for number, point in enumerate(opened.step.points)]
        tables = opened.record.seats_of(opened.step)
        seats = [
            Row(f"seats:{number}", numbered(number, parts(", ".join(map(one_line, table)))))
            for number, table in enumerate(tables, 1)
        ]
        return [*points, *seats]
