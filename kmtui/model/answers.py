"""What an answers file says: a whole session or assessment, before it is a record with ids and times."""

from __future__ import annotations

from kmtui.model.assessment import Rating
from kmtui.model.base import Day, State, Value
from kmtui.model.session import KeepOrChange, Person


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


class PlannedAnswer(ActionAnswer, frozen=True, kw_only=True):
    """An action of an assessment, with the criterion that it is for and the technique that it runs."""

    criterion: str | None = None
    technique: str | None = None


class SessionAnswers(Value, frozen=True, kw_only=True):
    """A whole session. `entries`, `lessons` and `actions` go by the id of the step, in the order of the steps.

    A step without an answer is not in them. No date means today.
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
    parked: tuple[str, ...] = ()


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


Answers = SessionAnswers | AssessmentAnswers
