"""Records of an assessment: where a team says it stands, why, and where it wants to be."""

from __future__ import annotations

from datetime import datetime

from kmtui.model.base import SCHEMA, Day, Level, Value
from kmtui.model.matrix import Matrix
from kmtui.model.plan import Planned
from kmtui.model.rating import Rating
from kmtui.model.session import Person
from kmtui.model.setup import LeftOut, Objective, Way
from kmtui.model.survey import SurveyResult


class Assessment(Value, frozen=True, kw_only=True):
    """One assessment of one team, whole. Times are UTC.

    `matrix` is a copy of the wording that was used, without the criteria in `left_out` and with the options of the
    local service. `setup` is the name of the set-up that it began with. `way` says how levels come about; a survey has
    a return date (`closes`), and once it is `closed` its result, which never changes again. `ratings` are what a group
    agreed, also after a survey. `feedback` is the day of the meeting in which the results are talked over.
    """

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
    actions: tuple[Planned, ...] = ()
    parked: tuple[str, ...] = ()
    spent: dict[str, float] = {}
    extended: dict[str, Level] = {}
    drafts: dict[str, str] = {}
    way: Way = "group"
    setup: str = ""
    objectives: tuple[Objective, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    feedback: Day | None = None
    closes: Day | None = None
    closed: datetime | None = None
    survey: SurveyResult | None = None

    @property
    def finished(self) -> bool:
        """Whether the assessment was ended by its facilitator."""
        return self.ended is not None

    @property
    def collecting(self) -> bool:
        """Whether this is a survey to which responses still come."""
        return self.way == "survey" and self.closed is None

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
