"""What a team said the time before, as both faces tell it beside the present criterion."""

from __future__ import annotations

from kmtui.analysis.matching import matching
from kmtui.analysis.scoring import level_of, number
from kmtui.model.assessment import Assessment
from kmtui.model.base import Level, in_words
from kmtui.report.words import FIRST_FALL, standing
from kmtui.text import one_line


class LastTime:
    """The assessment of the same team before this one. Only criteria that match are told beside the present ones."""

    def __init__(self, now: Assessment, before: Assessment) -> None:
        self.before = before
        self._matched = frozenset(matching(now.matrix, before).criteria)

    @property
    def when(self) -> str:
        """The day in words."""
        return in_words(self.before.date)

    def level(self, criterion_id: str) -> Level | None:
        """Return where the team stood on a criterion, or None."""
        return level_of(self.before, criterion_id) if criterion_id in self._matched else None

    def said(self, criterion_id: str) -> str:
        """Return level, target and reason of a criterion: `7 of 12 (…), target 9, because: …`; or an empty text."""
        if criterion_id not in self._matched:
            return ""
        rating, level = self.before.rating(criterion_id), self.level(criterion_id)
        told = [standing(self.before, criterion_id, level)] if level is not None else []
        told += [f"target {number(rating.target)}"] if rating.target is not None else []
        told += [f"because: {one_line(rating.rationale).rstrip('.')}"] if rating.rationale else []
        return ", ".join(told)

    def fall(self, criterion_id: str, level: Level | None) -> str:
        """Return what a level that is lower than last time often means; an empty text where it is not lower."""
        then = self.level(criterion_id)
        if level is None or then is None or level >= then:
            return ""
        return f"That is lower than last time ({standing(self.before, criterion_id, then)}). {FIRST_FALL}"
