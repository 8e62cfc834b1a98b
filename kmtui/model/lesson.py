"""Lessons beyond the session in which they were said: imported ones, their life, and where they were used."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from kmtui.model.base import SCHEMA, Day, Value
from kmtui.model.session import KeepOrChange

LessonState = Literal["captured", "agreed", "applied", "retired"]
"""Where a lesson is in its life: said, agreed by those who own it, followed by a change, or of no use any more."""

LESSON_STATES: tuple[LessonState, ...] = ("captured", "agreed", "applied", "retired")


class KeptLesson(Value, frozen=True, kw_only=True):
    """A lesson with a file of its own, since it has no session here: it was imported.

    `title` is what it comes from: a session elsewhere, a project; `source` the file or collection that it was imported
    from; `session` the id of the session elsewhere. `technique` and `criterion` are ids; `reference` is the number or
    address that it has in its collection. `again` is the id of the earlier lesson that it repeats.
    """

    id: str
    schema: int = SCHEMA
    created: datetime
    changed: datetime
    date: Day
    lesson: str
    context: str = ""
    cause: str = ""
    recommendation: str = ""
    tags: tuple[str, ...] = ()
    keep_or_change: KeepOrChange = "change"
    owner: str = ""
    title: str = ""
    team: str = ""
    technique: str = ""
    criterion: str | None = None
    session: str = ""
    source: str = ""
    reference: str = ""
    again: str | None = None


class Turn(Value, frozen=True, kw_only=True):
    """A turn in the life of a lesson: when it got a state, which role said so, and what changed or why."""

    state: LessonState
    at: datetime
    role: str = ""
    note: str = ""


class Life(Value, frozen=True, kw_only=True):
    """What has become of a lesson. `turns` are in the order of time; the last one tells the state.

    `joined` is the id of the lesson that it was joined into. `rivals` names the fields that two people changed without
    knowing of each other, with the value that is not shown.
    """

    state: LessonState = "captured"
    review: Day | None = None
    owner: str | None = None
    joined: str | None = None
    turns: tuple[Turn, ...] = ()
    rivals: dict[str, str] = {}


class Use(Value, frozen=True, kw_only=True):
    """Where a lesson was taken along: into an entry, an action or the beginning of a record."""

    lesson: str
    record: str
    title: str
    team: str
    date: Day
    into: Literal["entry", "action", "session"]
    words: str = ""
