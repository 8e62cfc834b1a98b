"""A knowledge asset with what it is linked to as that is now."""

from __future__ import annotations

from kmtui.model.asset import Asset
from kmtui.model.base import Value
from kmtui.model.lesson import Turn
from kmtui.model.lines import LessonLine, PracticeLine


class AssetLesson(Value, frozen=True, kw_only=True):
    """A lesson on a page. `held` are the ids that the page has of it: one, or more where they were joined since.

    `line` is the lesson as it is now, or the one that it went into; None where it is not here any more. `turns` are its
    life in the order of time, and `turned` says that it changed since somebody last looked at the page.
    """

    held: tuple[str, ...]
    line: LessonLine | None = None
    turns: tuple[Turn, ...] = ()
    turned: bool = False

    @property
    def id(self) -> str:
        """The id of the lesson that is shown, or of the one that is missing."""
        return self.line.id if self.line is not None else self.held[0]

    @property
    def joined(self) -> bool:
        """Whether it stands here for a lesson that was joined into it."""
        return self.line is not None and any(each != self.line.id for each in self.held)


class AssetPractice(Value, frozen=True, kw_only=True):
    """Good practice on a page, as it is now; `gone` where the assessment does not keep it any more, so as it was."""

    line: PracticeLine
    gone: bool = False


class AssetPage(Value, frozen=True, kw_only=True):
    """A knowledge asset as it is read: the lessons in the order in which they came, none of them twice."""

    asset: Asset
    lessons: tuple[AssetLesson, ...] = ()
    practices: tuple[AssetPractice, ...] = ()
