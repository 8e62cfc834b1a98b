"""Lessons from elsewhere: a table, a folder of pages or a list as JSON, looked at, mapped and taken in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from msgspec.structs import replace

from kmtui.content.lesson_file import look_at, read_lessons
from kmtui.flow.followup import DELETED
from kmtui.flow.lesson_life import turn
from kmtui.model.base import Value
from kmtui.model.errors import WrongInput
from kmtui.model.events import Event
from kmtui.model.ids import derived_id
from kmtui.model.imported import FIELDS, LessonReading, LessonTable, ReadLesson, Rejected
from kmtui.model.lesson import KeptLesson, Life
from kmtui.model.lines import LessonLine
from kmtui.store.register_protocol import Alike
from kmtui.workspace import log
from kmtui.workspace.tools import Tools

__all__ = ["FIELDS", "LessonTable", "TakenIn", "keep", "look_at", "mapping_for", "mapping_of", "read"]

Progress = Callable[[int, int], bool]
Pair = tuple[KeptLesson, ReadLesson]
"""A lesson as it is kept, and as it was read."""

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


def mapping_for(table: LessonTable, fields: Sequence[str | None]) -> dict[str, str]:
    """Return the mapping that takes each column of a table for the field in its place; None leaves a column out."""
    headings = {column.heading for column in table.columns}
    found: dict[str, list[str]] = {field: [] for field in FIELDS}
    for column, field in zip(table.columns, fields, strict=True):
        if field is not None:
            number = str(column.number)
            found[field].append(column.heading if number in headings else number)  # a heading may look like a number
    return {field: "+".join(names) for field, names in found.items()}


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
    seen: dict[str, tuple[str, str]] = {}
    tools.store.register.look()
    for begin in range(0, len(reading.lessons), _AT_A_TIME):
        part = reading.lessons[begin : begin + _AT_A_TIME]
        kept = _with_ids(tools, [(_kept(tools, each, source), each) for each in part], seen)
        # First the states: if the program is killed here, there are words about lessons that come the next time.
        tools.store.add_events(_states(tools, kept))
        added = tools.store.register.add((lesson for lesson, _ in kept.values()), alike=_alike(tools, kept))
        ids += added.ids
        duplicates += added.duplicates + len(part) - len(kept)
        _bring_back(tools, added.ids)
        done = min(begin + _AT_A_TIME, len(reading.lessons))
        if progress is not None and not progress(done, len(reading.lessons)):
            stopped = done < len(reading.lessons)
            break
    undated = sum(each.date is None for each in reading.lessons)
    notes = reading.notes
    if undated:
        have = "1 lesson has" if undated == 1 else f"{undated:,} lessons have"
        notes = (*notes, f"{have} no day that can be read. The day of this import stands for it.")
    log.note("import lessons", new=len(ids), duplicates=duplicates, rejected=len(reading.rejected))
    return TakenIn(ids=tuple(ids), duplicates=duplicates, rejected=reading.rejected, notes=notes, stopped=stopped)


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


def _with_ids(tools: Tools, pairs: Iterable[Pair], seen: dict[str, tuple[str, str]]) -> dict[str, Pair]:
    """Return lessons by their ids; where only the state tells two apart, the second one gets an id of its own.

    `seen` holds the states of all that was read before by the id that follows from the fields, and is added to.
    """
    pairs = list(pairs)
    lines = tools.store.register.lines([lesson.id for lesson, _ in pairs])
    lives = tools.store.register.lives()
    found: dict[str, Pair] = {}
    for lesson, said in pairs:
        state, line = _state(said), lines.get(lesson.id)
        other = (
            seen[lesson.id] != state if lesson.id in seen else line is not None and not _was(tools, said, line, lives)
        )
        seen.setdefault(lesson.id, state)
        own = replace(lesson, id=derived_id(lesson.id, *state)) if other else lesson
        found.setdefault(own.id, (own, said))
    return found


def _state(lesson: ReadLesson) -> tuple[str, str]:
    """Return what a file says of how far a lesson is; a note alone says nothing."""
    return ("captured", "") if lesson.state in (None, "captured") else (str(lesson.state), lesson.note)


def _was(tools: Tools, said: ReadLesson, line: LessonLine, lives: Mapping[str, Life]) -> bool:
    """Say whether a lesson is, or was, as far as one that was read."""
    turns = lives[line.id].turns if line.id in lives else ()
    state, note = _state(said)
    if state != "captured":
        return any(each.state == state and note in ("", each.note) for each in turns)
    here = tools.store.register.kept(line.id) if turns and said.state is not None and line.imported else None
    return here is None or turns[0].at > here.created


def _alike(tools: Tools, kept: Mapping[str, Pair]) -> Alike:
    """Return what says whether a lesson that was read and one with the same words are as far as each other."""
    lives = tools.store.register.lives()

    def alike(lesson: KeptLesson, line: LessonLine) -> bool:
        said = kept[lesson.id][1]
        if line.id in kept:
            return _state(kept[line.id][1]) == _state(said)
        return _was(tools, said, line, lives)

    return alike


def _bring_back(tools: Tools, ids: Iterable[str]) -> None:
    """Have lessons that were deleted before, and are asked for again, not stay hidden."""
    followed = tools.store.followed()
    for each in ids:
        if each in followed and followed[each].deleted:
            tools.store.add_event(each, {DELETED: "no"})


def _states(tools: Tools, kept: Mapping[str, Pair]) -> list[Event]:
    """Return what says how far lessons were where they come from, of those that are not here yet.

    The ids of these events follow from what they say, so that an import that was killed can be done again.
    """
    process = tools.ids.wholly_random()
    here = tools.store.register.lines(list(kept))
    new = [pair for lesson_id, pair in kept.items() if lesson_id not in here and _state(pair[1])[0] != "captured"]
    return [
        Event(
            id=derived_id("state", lesson.id, *_state(said)),
            about=lesson.id,
            at=lesson.created,
            process=process,
            sequence=number,
            change=turn(said.state, note=said.note or f"As it was imported from {lesson.source}"),
        )
        for number, (lesson, said) in enumerate(new, 1)
    ]
