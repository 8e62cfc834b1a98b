"""What an answers file says: a whole session or assessment, before it is a record with ids and times."""

from __future__ import annotations

from kmtui.model.base import Day, Level, State, Value
from kmtui.model.plan import Priority, Size
from kmtui.model.rating import Rating
from kmtui.model.session import KeepOrChange, Person
from kmtui.model.setup import LeftOut, LocalOption, Objective, Way


class EntryAnswer(Value, frozen=True, kw_only=True):
    """One thing that was said. `answers` is the number, from 1, of the entry of the earlier step that it answers."""

    text: str
    answers: int | None = None
    by: str = ""


class LessonAnswer(Value, frozen=True, kw_only=True):
    """A lesson, as `kmtui.model.session.Lesson` without its id."""

    lesson: str
    context: str = ""
    cause: str = ""
    recommendation: str = ""
    tags: tuple[str, ...] = ()
    keep_or_change: KeepOrChange = "change"
    owner: str = ""


class ActionAnswer(Value, frozen=True, kw_only=True):
    """An action of a session, as `kmtui.model.session.Action` without its id."""

    action: str
    owner: str = ""
    due: Day | None = None
    review: Day | None = None
    done_when: str = ""
    state: State = "open"
    note: str = ""
    outcome: str = ""


class PlannedAnswer(ActionAnswer, frozen=True, kw_only=True):
    """An action or idea of a plan, as `kmtui.model.plan.Planned` without its id."""

    criterion: str | None = None
    technique: str | None = None
    option: str | None = None
    objective: str = ""
    priority: Priority | None = None
    reason: str = ""
    dots: int = 0
    effort: Size | None = None
    benefit: Size | None = None


class VoteAnswer(Value, frozen=True, kw_only=True):
    """Dots on an entry of the step that is voted on, which is named by its number, from 1."""

    entry: int
    dots: int


class GroupsAnswer(Value, frozen=True, kw_only=True):
    """Who sits with whom: drawn, with this seed or any, or as it is written (`rounds` of groups of people)."""

    drawn: bool = False
    seed: int | None = None
    rounds: tuple[tuple[tuple[str, ...], ...], ...] = ()


class SessionAnswers(Value, frozen=True, kw_only=True):
    """A whole session. What is said in steps goes by the id of the step, in the order of the steps.

    A step without an answer is not in it. No date means today. `continues` are ids of earlier sessions, or beginnings
    of them; None lets those be found that are on the same work. `takes` are those of lessons that are taken along.
    """

    technique: str
    variant: str | None = None
    title: str = ""
    team: str = ""
    date: Day | None = None
    people: tuple[Person, ...] = ()
    entries: dict[str, tuple[EntryAnswer, ...]] = {}
    lessons: dict[str, tuple[LessonAnswer, ...]] = {}
    actions: dict[str, tuple[ActionAnswer, ...]] = {}
    marks: dict[str, tuple[Level, ...]] = {}
    votes: dict[str, tuple[VoteAnswer, ...]] = {}
    groups: dict[str, GroupsAnswer] = {}
    rows: dict[str, tuple[dict[str, str], ...]] = {}
    assessed: dict[str, AssessmentAnswers] = {}
    parked: tuple[str, ...] = ()
    continues: tuple[str, ...] | None = None
    takes: tuple[str, ...] = ()


class AssessmentAnswers(Value, frozen=True, kw_only=True):
    """A whole assessment. `assess` is the id of the matrix; ratings are in the order of its criteria."""

    assess: str
    title: str = ""
    team: str = ""
    organisation: str = ""
    on_behalf_of: str = ""
    date: Day | None = None
    people: tuple[Person, ...] = ()
    opening: str = ""
    ratings: tuple[Rating, ...] = ()
    actions: tuple[PlannedAnswer, ...] = ()
    parked: tuple[str, ...] = ()
    objectives: tuple[Objective, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    options: tuple[LocalOption, ...] = ()
    feedback: Day | None = None


class SetUpAnswers(Value, frozen=True, kw_only=True):
    """A set-up of a team, to be kept. `set_up` is its name; no matrix means the one that comes first."""

    set_up: str
    team: str
    matrix: str = ""
    organisation: str = ""
    on_behalf_of: str = ""
    people: tuple[Person, ...] = ()
    objectives: tuple[Objective, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    options: tuple[LocalOption, ...] = ()
    feedback: Day | None = None
    way: Way = "group"


class ResponseAnswers(Value, frozen=True, kw_only=True):
    """What one person answers in a survey. `survey` is the id of the survey, or a beginning of it."""

    survey: str
    role: str = ""
    ratings: tuple[Rating, ...] = ()


Answers = SessionAnswers | AssessmentAnswers
