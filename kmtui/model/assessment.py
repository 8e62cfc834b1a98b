"""Records of an assessment: where a team says it stands, why, and where it wants to be."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from kmtui.model.base import SCHEMA, Day, Level, Value
from kmtui.model.matrix import Matrix
from kmtui.model.session import Action, Person

Skip = Literal["dont-know", "not-for-us", "parked"]

SKIP_WORDS: dict[Skip, str] = {
    "dont-know": "don't know",
    "not-for-us": "not for us",
    "parked": "parked",
}


class Rating(Value, frozen=True, kw_only=True):
    """What the team agreed on one criterion: a level, or a reason to leave it out, which is an answer too.

    `same_for_everyone` is yes, no, or words that say where it differs. `enough` says why a target below the top is
    good enough.
    """

    criterion: str
    level: Level | None = None
    skip: Skip | None = None
    rationale: str = ""
    example: str = ""
    same_for_everyone: bool | str | None = None
    target: Level | None = None
    enough: str = ""

    @property
    def answered(self) -> bool:
        """Whether there is a level or a reason to leave it out."""
        return self.level is not None or self.skip is not None

    @property
    def empty(self) -> bool:
        """Whether nothing at all has been said."""
        return self == Rating(criterion=self.criterion)


class Assessment(Value, frozen=True, kw_only=True):
    """One assessment of one team, whole. Times are UTC. `matrix` is a copy of the wording that was used."""

    id: str
    schema: int = SCHEMA
    created: datetime
    changed: datetime
    matrix: Matrix
    digest: str = ""
    title: str = ""
    team: str = ""
    organisation: str = ""
    on_behalf_of: str = ""
    date: Day
    people: tuple[Person, ...] = ()
    begun: datetime | None = None
    ended: datetime | None = None
    place: str = ""
    opening: str = ""
    ratings: tuple[Rating, ...] = ()
    actions: tuple[Action, ...] = ()
    parked: tuple[str, ...] = ()
    spent: dict[str, float] = {}
    extended: dict[str, Level] = {}
    drafts: dict[str, str] = {}

    @property
    def finished(self) -> bool:
        """Whether the assessment was ended by its facilitator."""
        return self.ended is not None

    @property
    def name(self) -> str:
        """The title, or the team, or the title of the matrix."""
        return self.title or self.team or self.matrix.title

    def rating(self, criterion_id: str) -> Rating:
        """Return what was said of a criterion; an empty rating where nothing was said."""
        for rating in self.ratings:
            if rating.criterion == criterion_id:
                return rating
        return Rating(criterion=criterion_id)
