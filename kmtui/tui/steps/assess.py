"""The step that hands over to an assessment, and comes back from it."""

from __future__ import annotations

from kmtui.model.errors import NotFound, StoreError
from kmtui.model.session import Session
from kmtui.model.technique import Assess
from kmtui.tui.safe import parts
from kmtui.tui.steps.base import StepFace
from kmtui.tui.widgets.rows import Row
from kmtui.workspace.sessions import OpenSession


class AssessFace(StepFace[Assess]):
    """Tells whether the assessment was begun, and how far it is."""

    empty = "Enter begins the assessment. When you leave it you are back here, and F8 goes on."

    def rows(self, opened: OpenSession) -> list[Row]:
        """Return what is known of the assessment that was begun here."""
        begun = opened.record.assessed_at(self.step(opened).id)
        if begun is None:
            return []
        try:
            found = opened.tools.store.read(begun)
        except (NotFound, StoreError):
            return []
        if isinstance(found, Session):
            return []
        answered = sum(rating.answered for rating in found.ratings)
        told = f"{found.name}: {answered} of {len(found.matrix.criteria)} criteria answered."
        return [Row("assessment", parts(("The assessment. ", "bold"), told, ("  Enter opens it again.", "$muted")))]
