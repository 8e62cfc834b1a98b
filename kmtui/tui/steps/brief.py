"""Words to say and points to show."""

from __future__ import annotations

from kmtui.model.technique import Brief
from kmtui.tui.safe import parts
from kmtui.tui.steps.base import StepFace
from kmtui.tui.widgets.rows import Row
from kmtui.workspace.sessions import OpenSession


class BriefFace(StepFace[Brief]):
    """Shows its points, one a line."""

    def rows(self, opened: OpenSession) -> list[Row]:
        """Return the points."""
        return [
            Row(f"point:{number}", parts("• ", point), heading=False) for number, point in enumerate(opened.step.points)
        ]
