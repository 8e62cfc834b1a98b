"""Lessons as they are read from elsewhere, before any of them is kept."""

from __future__ import annotations

from kmtui.model.base import Day, Value
from kmtui.model.lesson import LessonState
from kmtui.model.session import KeepOrChange

FIELDS: tuple[str, ...] = (
    "lesson",
    "context",
    "cause",
    "recommendation",
    "tags",
    "keep_or_change",
    "owner",
    "title",
    "team",
    "technique",
    "criterion",
    "date",
    "reference",
    "state",
    "note",
)
"""What a column can be mapped to."""


class ReadLesson(Value, frozen=True, kw_only=True):
    """A lesson as it stands in a file. `line` is where it begins, from 1; `file` is named where a folder was read.

    `date` is None where there is none or it cannot be read, `state` where nothing is said of it; `note` is what is
    said beside the state.
    """

    line: int
    file: str = ""
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
    criterion: str = ""
    date: Day | None = None
    reference: str = ""
    state: LessonState | None = None
    note: str = ""


class Rejected(Value, frozen=True, kw_only=True):
    """What is not read: the line where it begins, from 1, and the reason in words."""

    line: int
    reason: str
    file: str = ""


class LessonReading(Value, frozen=True, kw_only=True):
    """All that was understood. `notes` are what people should know of how it was read, a sentence each."""

    lessons: tuple[ReadLesson, ...]
    rejected: tuple[Rejected, ...]
    notes: tuple[str, ...]


class LessonColumn(Value, frozen=True, kw_only=True):
    """A column: its heading, its number from 1, the first three values in it, and the field that it is taken for."""

    heading: str
    number: int
    sample: tuple[str, ...]
    field: str | None


class LessonTable(Value, frozen=True, kw_only=True):
    """What there is to be mapped. `rows` counts those that are not empty, below the headings."""

    columns: tuple[LessonColumn, ...]
    encoding: str
    rows: int
