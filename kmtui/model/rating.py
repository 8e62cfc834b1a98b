"""What is said of one criterion."""

from __future__ import annotations

from typing import Literal

from kmtui.model.base import Level, Value

Skip = Literal["dont-know", "not-for-us", "parked"]

SKIP_WORDS: dict[Skip, str] = {
    "dont-know": "don't know",
    "not-for-us": "not for us",
    "parked": "parked",
}


class Rating(Value, frozen=True, kw_only=True):
    """What the team agreed on one criterion: a level, or a reason to leave it out, which is an answer too.

    `same_for_everyone` is yes, no, or words that say where it differs. `enough` says why a target below the top is
    good enough. With a `contact`, the role that others may ask, the example is kept as good practice.
    """

    criterion: str
    level: Level | None = None
    skip: Skip | None = None
    rationale: str = ""
    example: str = ""
    same_for_everyone: bool | str | None = None
    target: Level | None = None
    enough: str = ""
    contact: str = ""

    @property
    def answered(self) -> bool:
        """Whether there is a level or a reason to leave it out."""
        return self.level is not None or self.skip is not None

    @property
    def empty(self) -> bool:
        """Whether nothing at all has been said."""
        return self == Rating(criterion=self.criterion)
