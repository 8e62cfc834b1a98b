"""Lines in lists: what the home screen and `kmtui list` show of a record without opening it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from kmtui.model.base import Day, Level, State, Value
from kmtui.model.lesson import LessonState
from kmtui.model.plan import Priority
from kmtui.model.session import KeepOrChange
from kmtui.model.setup import Way

RecordKind = Literal["session", "assessment"]


class RecordLine(Value, frozen=True, kw_only=True):
    """A session or an assessment in a list. `about` is the id and `about_name` the name of its technique or matrix.

    `done` and `steps` say how far it is: steps passed, or criteria answered. `way`, `collecting` and `closes` are those
    of an assessment; `action` and `criterion` the ids from which a session was begun.
    """

    id: str
    kind: RecordKind
    title: str
    team: str
    date: Day
    about: str
    about_name: str
    begun: datetime | None = None
    changed: datetime
    finished: bool
    people: int = 0
    lessons: int = 0
    actions: int = 0
    done: int = 0
    steps: int = 0
    way: Way = "group"
    collecting: bool = False
    closes: Day | None = None
    action: str | None = None
    criterion: str | None = None


class ActionLine(Value, frozen=True, kw_only=True):
    """An action in a list, with what follow-up has made of it, and the record that it comes from.

    An `idea` stands in a plan without an owner or a day, or as not for us.

    `rivals` names the fields that two people changed without knowing of each other, with the value not shown.
    """

    id: str
    action: str
    owner: str = ""
    due: Day | None = None
    review: Day | None = None
    done_when: str = ""
    state: State = "open"
    note: str = ""
    outcome: str = ""
    criterion: str | None = None
    criterion_name: str = ""
    technique: str | None = None
    objective: str = ""
    priority: Priority | None = None
    reason: str = ""
    idea: bool = False
    source: str
    source_kind: RecordKind
    title: str
    team: str
    date: Day
    rivals: dict[str, str] = {}

    @property
    def declined(self) -> bool:
        """Whether a team has put it into its plan as not for it; `reason` says why."""
        return self.state == "open" and self.idea and self.priority == "not-for-us"

    def overdue(self, today: Day) -> bool:
        """Whether it is open and its day has passed. An idea is never overdue: nobody has promised it."""
        return self.state == "open" and not self.idea and self.due is not None and self.due < today


class LessonLine(Value, frozen=True, kw_only=True):
    """A lesson in a list, with the session that it comes from and what has become of it.

    `session` is the id of the session here, or of the lesson itself where it was imported. `technique`, `criterion` and
    `again`, the earlier lesson that it repeats, are ids; `source` is what it was imported from.

    `used` counts how often it was taken along and `seen` how often it was learnt. `joined` is the id of the lesson that
    it was joined into. `rivals` names the fields that two people changed without knowing of each other.
    """

    id: str
    lesson: str
    context: str = ""
    cause: str = ""
    recommendation: str = ""
    tags: tuple[str, ...] = ()
    keep_or_change: KeepOrChange = "change"
    owner: str = ""
    session: str
    title: str
    team: str
    date: Day
    technique: str = ""
    criterion: str | None = None
    imported: bool = False
    source: str = ""
    reference: str = ""
    again: str | None = None
    state: LessonState = "captured"
    review: Day | None = None
    joined: str | None = None
    used: int = 0
    seen: int = 1
    rivals: dict[str, str] = {}


class PracticeLine(Value, frozen=True, kw_only=True):
    """An example that a team keeps as good practice, and the role that may be asked about it."""

    criterion: str
    criterion_name: str
    example: str
    contact: str
    level: Level | None = None
    source: str
    team: str
    organisation: str = ""
    date: Day


class MeetingLine(Value, frozen=True, kw_only=True):
    """People who sat together in a group of a session: those whose name means the same person on another day.

    `larger` says that the group had more people than the others, such as a trio among pairs.
    """

    session: str
    date: Day
    names: tuple[str, ...]
    larger: bool = False
