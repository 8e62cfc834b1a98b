"""Lessons from elsewhere: a table, a folder of pages or a list as JSON, looked at, mapped and taken in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from kmtui.content.lesson_file import look_at, read_lessons
from kmtui.flow.lesson_life import turn
from kmtui.model.base import Value
from kmtui.model.errors import WrongInput
from kmtui.model.events import Event
from kmtui.model.ids import derived_id
from kmtui.model.imported import FIELDS, LessonReading, LessonTable, ReadLesson, Rejected
from kmtui.model.lesson import KeptLesson
from kmtui.workspace import log
from kmtui.workspace.tools import Tools

__all__ = ["FIELDS", "LessonTable", "TakenIn", "keep", "look_at", "mapping_of", "read"]

Progress = Callable[[int, int], bool]
_AT_A_TIME = 100


class TakenIn(Value, frozen=True, kw_only=True):
    """What came of an import: how many lessons are newly kept, how many were here, and what was not read.

    `ids` are those of the new ones; `notes` what people should know of how it was read; `stopped` says that somebody
    stopped it before its end.
    """

    ids: tuple[str, ...] = ()
    duplicates: int = 0
    rejected: tuple[Rejected, ...] = ()
    notes: tuple[str, ...] = ()
    stopped: bool = False

    @property
    def read(self) -> int:
        """How many lessons are newly kept."""
        return len(self.ids)


def mapping_of(pairs: Iterable[str]) -> dict[str, str]:
    """Return what options such as `lesson=What we learned` say. Raises WrongInput where one is no such pair."""
    found = {}
    for pair in pairs:
        field, equals, column = pair.partition("=")
        if not equals or field.strip() not in FIELDS:
            raise WrongInput(f'"{pair}" is no FIELD=COLUMN. The fields are: {", ".join(FIELDS)}.')
        found[field.strip()] = column.strip()
    return found


def read(
    tools: Tools, path: Path, mapping: Mapping[str, str] | None = None, encoding: str | None = None
) -> LessonReading:
    """Return the lessons in a file or a folder before any is kept. Raises WrongInput."""
    return read_lessons(path, mapping, encoding, tools.today())


def keep(tools: Tools, reading: LessonReading, source: str, progress: Progress | None = None) -> TakenIn:
    """Keep the lessons that were read, each in a file of its own; those that are here already are counted.

    Args:
        tools: what use cases need.
        reading: the lessons.
        source: what they are from, for people: the name of the file or folder.
        progress: told how many of how many are done; says whether to go on.

    Raises:
        StoreError: one could not be written; those before it are there, and importing again does the rest.
    """
    ids: list[str] = []
    duplicates, stopped = 0, False
    tools.store.register.look()
    for begin in range(0, len(reading.lessons), _AT_A_TIME):
        part = reading.lessons[begin : begin + _AT_A_TIME]
        kept = {(lesson := _kept(tools, each, source)).id: (lesson, each) for each in part}
        added = tools.store.register.add(lesson for lesson, _ in kept.values())
        ids += added.ids
        duplicates += added.duplicates + len(part) - len(kept)
        tools.store.add_events(_states(tools, [kept[each] for each in added.ids]))
        done = min(begin + _AT_A_TIME, len(reading.lessons))
        if progress is not None and not progress(done, len(reading.lessons)):
            stopped = done < len(reading.lessons)
            break
    log.note("import lessons", new=len(ids), duplicates=duplicates, rejected=len(reading.rejected))
    return TakenIn(
        ids=tuple(ids), duplicates=duplicates, rejected=reading.rejected, notes=reading.notes, stopped=stopped
    )


def _kept(tools: Tools, lesson: ReadLesson, source: str) -> KeptLesson:
    """Return a lesson as it is kept. Its id follows from what it says, so that it is the same one in every workspace.

    What has no day gets that of the import, which does not make it another lesson.
    """
    now = tools.now()
    fields = (lesson.lesson, lesson.context, lesson.cause, lesson.recommendation, *lesson.tags)
    more = (lesson.keep_or_change, lesson.owner, lesson.title, lesson.team, lesson.technique, lesson.criterion)
    day = lesson.date.isoformat() if lesson.date is not None else ""
    return KeptLesson(
        id=derived_id("lesson", *fields, "\x1f", *more, lesson.reference, day),
        created=now,
        changed=now,
        date=lesson.date or tools.today(),
        lesson=lesson.lesson,
        context=lesson.context,
        cause=lesson.cause,
        recommendation=lesson.recommendation,
        tags=lesson.tags,
        keep_or_change=lesson.keep_or_change,
        owner=lesson.owner,
        title=lesson.title,
        team=lesson.team,
        technique=lesson.technique,
        criterion=lesson.criterion or None,
        source=source,
        reference=lesson.reference,
    )


def _states(tools: Tools, pairs: Iterable[tuple[KeptLesson, ReadLesson]]) -> list[Event]:
    """Return what says how far lessons were where they come from."""
    process = tools.ids.wholly_random()
    said = [(kept, read) for kept, read in pairs if read.state not in (None, "captured")]
    return [
        Event(
            id=tools.ids(),
            about=kept.id,
            at=tools.now(),
            process=process,
            sequence=number,
            change=turn(read.state, note=read.note or f"As it was imported from {kept.source}"),
        )
        for number, (kept, read) in enumerate(said, 1)
    ]
