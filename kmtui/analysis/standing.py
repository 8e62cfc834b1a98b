"""What a comparison of teams or years is made of.

`kmtui.analysis.comparison` makes these values, and everything here is imported from there.
What there is one of for each team and criterion holds only plain values, and is not tracked by the garbage collector:
with a thousand teams its rounds would take longer than the comparison.
"""

from __future__ import annotations

from kmtui.model.base import Day, Level, Value
from kmtui.model.matrix import Criterion, Matrix


class Standing(Value, frozen=True, kw_only=True, gc=False):
    """Where one team stands on one criterion and where it wants to be. `own` marks the team that asks.

    `mean` says that the level is the mean of a survey, not one that a group agreed. `assessment` is the id of the
    record. A team whose name is hidden has neither a date nor an id.
    """

    team: str
    date: Day | None = None
    assessment: str = ""
    level: Level | None = None
    target: Level | None = None
    mean: bool = False
    own: bool = False


class Help(Value, frozen=True, kw_only=True, gc=False):
    """A team that has reached what another one wants, and could help it to climb."""

    helper: Standing
    seeker: Standing


class Compared(Value, frozen=True, kw_only=True):
    """One criterion over all teams. `lowest` and `highest` are those of the levels; None where nobody has one."""

    criterion: Criterion
    lowest: Level | None = None
    highest: Level | None = None
    teams: tuple[Standing, ...] = ()


class NotCompared(Value, frozen=True, kw_only=True, gc=False):
    """What does not match, and why. `what` is the name of a criterion or the title of a matrix.

    A team whose name is hidden has neither a date nor an id.
    """

    team: str
    date: Day | None = None
    assessment: str = ""
    what: str
    why: str


class Comparison(Value, frozen=True, kw_only=True):
    """The newest assessment of each team, criterion by criterion in the order of the matrix."""

    matrix: Matrix
    own: str = ""
    teams: tuple[str, ...] = ()
    criteria: tuple[Compared, ...] = ()
    not_compared: tuple[NotCompared, ...] = ()


class Point(Value, frozen=True, kw_only=True, gc=False):
    """One assessment of a team on one criterion. `rationale` is what the group said, empty for a survey.

    `mean` says that the level is the mean of a survey, not one that a group agreed.
    """

    date: Day
    level: Level | None = None
    target: Level | None = None
    mean: bool = False
    rationale: str = ""


class CriterionTrend(Value, frozen=True, kw_only=True):
    """One criterion over the years, the oldest first; only points with a level."""

    criterion: Criterion
    points: tuple[Point, ...] = ()


class Trend(Value, frozen=True, kw_only=True):
    """One team over the years."""

    matrix: Matrix
    team: str
    dates: tuple[Day, ...] = ()
    criteria: tuple[CriterionTrend, ...] = ()
    not_compared: tuple[NotCompared, ...] = ()


class ThenAndNow(Value, frozen=True, kw_only=True):
    """One criterion in the assessment before and in this one."""

    criterion: Criterion
    then: Point
    now: Point

    @property
    def fell(self) -> bool:
        """Whether the level is lower now."""
        return self.then.level is not None and self.now.level is not None and self.now.level < self.then.level
