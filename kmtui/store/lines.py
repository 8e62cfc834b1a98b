"""Lines for lists, made from a record when it is read."""

from __future__ import annotations

import re
from typing import TypeVar

import msgspec

from kmtui.flow import session as sessions
from kmtui.model.lines import ActionLine, LessonLine, RecordLine
from kmtui.model.session import Action, Lesson, Session
from kmtui.store.records import Record, kind_of
from kmtui.store.storage import cleaned

Line = TypeVar("Line", RecordLine, ActionLine, LessonLine)

_CONTROL = re.compile(r"\\[urbf]")  # a control character as JSON writes it


def record_line(record: Record) -> RecordLine:
    """Return the line of a record. Its title is the name that the record goes by."""
    about = record.technique if isinstance(record, Session) else record.matrix
    done, steps = progress(record)
    line = RecordLine(
        id=record.id,
        kind=kind_of(record),
        title=record.name,
        team=record.team,
        date=record.date,
        about=about.id,
        about_name=record.technique.name if isinstance(record, Session) else record.matrix.title,
        begun=record.begun,
        changed=record.changed,
        finished=record.finished,
        people=sum(person.count for person in record.people),
        lessons=len(record.lessons) if isinstance(record, Session) else 0,
        actions=len(record.actions),
        done=done,
        steps=steps,
    )
    return without_controls(line)


def progress(record: Record) -> tuple[int, int]:
    """Return how many steps are passed, or criteria answered, and how many there are."""
    if isinstance(record, Session):
        steps = len(record.technique.steps)
        passed = sessions.position(record) if steps else 0
        return (steps if record.finished else passed), steps
    criteria = {criterion.id for criterion in record.matrix.criteria}
    answered = {rating.criterion for rating in record.ratings if rating.answered}
    return len(criteria & answered), len(criteria)


def action_lines(record: Record) -> list[ActionLine]:
    """Return the lines of a record's actions as they were written, before any follow-up."""
    return [_action_line(record, action) for action in record.actions]


def _action_line(record: Record, action: Action) -> ActionLine:
    line = ActionLine(
        id=action.id,
        action=action.action,
        owner=action.owner,
        due=action.due,
        review=action.review,
        done_when=action.done_when,
        state=action.state,
        note=action.note,
        criterion=action.criterion,
        technique=action.technique,
        source=record.id,
        source_kind=kind_of(record),
        title=record.name,
        team=record.team,
        date=record.date,
    )
    return without_controls(line)


def lesson_lines(record: Record) -> list[LessonLine]:
    """Return the lines of a record's lessons."""
    return [_lesson_line(record, lesson) for lesson in record.lessons] if isinstance(record, Session) else []


def _lesson_line(session: Session, lesson: Lesson) -> LessonLine:
    line = LessonLine(
        id=lesson.id,
        lesson=lesson.lesson,
        context=lesson.context,
        cause=lesson.cause,
        recommendation=lesson.recommendation,
        tags=lesson.tags,
        keep_or_change=lesson.keep_or_change,
        owner=lesson.owner,
        session=session.id,
        title=session.name,
        team=session.team,
        date=session.date,
    )
    return without_controls(line)


def without_controls(line: Line) -> Line:
    """Return a line with every text in it cleaned. Lines are made from files that were read without cleaning."""
    text = msgspec.json.encode(line).decode()
    if text.isprintable() and not _CONTROL.search(text):
        return line
    return msgspec.convert(cleaned(msgspec.to_builtins(line)), type(line))
