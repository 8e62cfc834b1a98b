"""The specialist's own numbers: what is counted in a period, and the facts that it is counted from."""

from __future__ import annotations

from kmtui.model.base import Day, Level, State, Value
from kmtui.model.lesson import LessonState
from kmtui.model.matrix import as_level


class Period(Value, frozen=True, kw_only=True):
    """Days from `first` to `last`, both of them within."""

    first: Day
    last: Day

    def holds(self, day: Day) -> bool:
        """Whether a day lies within."""
        return self.first <= day <= self.last


class LessonFact(Value, frozen=True, kw_only=True):
    """What is counted of a lesson: its day, the earlier lesson that it repeats, and whether it says what to keep.

    One that was `imported` was learnt elsewhere, and not captured here.
    """

    id: str
    team: str
    date: Day
    again: str | None = None
    keep: bool = False
    imported: bool = False


class LessonTurn(Value, frozen=True, kw_only=True):
    """The day on which a lesson of a team got a state."""

    lesson: str
    team: str
    state: LessonState
    day: Day


class ActionFact(Value, frozen=True, kw_only=True):
    """What is counted of an action.

    `date` is the day of its session or assessment, `due` the day by which it is to be done, as it stands now. `closed`
    is the day on which it became done or dropped; None while it is open, or where nobody knows.
    """

    id: str
    team: str
    date: Day
    due: Day | None = None
    closed: Day | None = None
    state: State = "open"

    @property
    def on_time(self) -> bool:
        """Whether it was closed on its day or before."""
        return self.closed is not None and self.due is not None and self.closed <= self.due


class Move(Value, frozen=True, kw_only=True):
    """A criterion that a team scored again: the level before and the one after, with the days of both.

    `criterion` is its id. A level is one that a group agreed, or the mean of a survey where the flag says so.
    """

    team: str
    criterion: str
    criterion_name: str
    before: Level
    before_on: Day
    before_mean: bool = False
    after: Level
    after_on: Day
    after_mean: bool = False

    @property
    def change(self) -> Level:
        """How many levels it moved, with one decimal; below 0 where it fell. What nobody can read is no movement."""
        return as_level(round(round(self.after, 1) - round(self.before, 1), 1))


class Tally(Value, frozen=True, kw_only=True):
    """What was done in a period, by one team or by all.

    `sessions` and `assessments` are those that are finished, a survey once it is closed; `open_sessions` were begun and
    not finished. `people_reached` is the sum of the people of both: the same person in two sessions counts twice.

    `lessons_captured` were learnt here, not imported; `lessons_keep` are those of them that say what to keep doing,
    `seen_again` those that were known before. `lessons_reused` are different lessons that were taken along, `uses` how
    often.

    `actions_closed` are those that are done: on or before their day, late, or without a day. `actions_overdue` were
    open on the last day, and their day had passed. `techniques` are names with the number of sessions, most first.
    """

    sessions: int = 0
    open_sessions: int = 0
    assessments: int = 0
    people_reached: int = 0
    lessons_captured: int = 0
    lessons_keep: int = 0
    lessons_agreed: int = 0
    lessons_applied: int = 0
    lessons_retired: int = 0
    lessons_reused: int = 0
    uses: int = 0
    seen_again: int = 0
    actions_agreed: int = 0
    actions_closed_on_time: int = 0
    actions_closed_late: int = 0
    actions_closed_without_a_day: int = 0
    actions_dropped: int = 0
    actions_overdue: int = 0
    moves: tuple[Move, ...] = ()
    techniques: tuple[tuple[str, int], ...] = ()

    @property
    def actions_closed(self) -> int:
        """How many actions were done, whenever they were agreed."""
        return self.actions_closed_on_time + self.actions_closed_late + self.actions_closed_without_a_day

    @property
    def moved(self) -> tuple[Move, ...]:
        """The moves of criteria that are not where they were."""
        return tuple(each for each in self.moves if each.change)

    @property
    def criteria_moved_up(self) -> int:
        """How many criteria stand higher than before."""
        return sum(each.change > 0 for each in self.moves)

    @property
    def criteria_moved_down(self) -> int:
        """How many criteria stand lower than before."""
        return sum(each.change < 0 for each in self.moves)

    @property
    def criteria_same(self) -> int:
        """How many criteria were scored again and stand where they stood."""
        return len(self.moves) - len(self.moved)


class TeamTally(Value, frozen=True, kw_only=True):
    """What one team did. `team` is empty for all that names no team."""

    team: str
    tally: Tally


class Numbers(Value, frozen=True, kw_only=True):
    """What was done in a period: all of it, and by team in order of the alphabet, what names no team last.

    `team` is the one team that was asked for, or empty.
    """

    period: Period
    team: str = ""
    total: Tally
    teams: tuple[TeamTally, ...] = ()

    @property
    def techniques(self) -> tuple[tuple[str, int], ...]:
        """The names of the techniques with how many sessions each had, most first."""
        return self.total.techniques
