"""Lines for lists, made from a record when it is read."""

from __future__ import annotations

import re
from typing import Literal, TypeVar

import msgspec
from msgspec.structs import replace

from kmtui.flow import session as sessions
from kmtui.flow.followup import Followed, followed_action
from kmtui.flow.people import participants
from kmtui.model.assessment import Assessment
from kmtui.model.lesson import KeptLesson, Use
from kmtui.model.lines import ActionLine, LessonLine, MeetingLine, PracticeLine, RecordLine
from kmtui.model.plan import Planned
from kmtui.model.rating import Rating
from kmtui.model.session import Action, Lesson, Session
from kmtui.model.technique import Groups
from kmtui.store.records import Record, kind_of
from kmtui.store.storage import cleaned

Line = TypeVar("Line", RecordLine, ActionLine, LessonLine, PracticeLine, MeetingLine, Use)

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
    return without_controls(_linked(line, record))


def _linked(line: RecordLine, record: Record) -> RecordLine:
    """Return a line with how levels come about, or with what a session was begun from."""
    if isinstance(record, Session):
        return replace(line, action=record.action, criterion=record.criterion)
    return replace(line, way=record.way, collecting=record.collecting, closes=record.closes)


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
    names = criterion_names(record) if isinstance(record, Assessment) and record.actions else {}
    return [_action_line(record, action, names.get(action.criterion or "", "")) for action in record.actions]


def criterion_names(assessment: Assessment) -> dict[str, str]:
    """Return the names of the criteria by id, also of those that the team leaves out."""
    names = {each.criterion: each.name for each in assessment.left_out}
    return names | {criterion.id: criterion.name for criterion in assessment.matrix.criteria}


def _action_line(record: Record, action: Action, criterion_name: str) -> ActionLine:
    planned = action if isinstance(action, Planned) else None
    line = ActionLine(
        id=action.id,
        action=action.action,
        owner=action.owner,
        due=action.due,
        review=action.review,
        done_when=action.done_when,
        state=action.state,
        note=action.note,
        outcome=action.outcome,
        criterion=action.criterion,
        criterion_name=criterion_name,
        technique=action.technique,
        objective=planned.objective if planned else "",
        reason=planned.reason if planned else "",
        priority=planned.priority if planned else None,
        idea=planned is not None and planned.idea,
        source=record.id,
        source_kind=kind_of(record),
        title=record.name,
        team=record.team,
        date=record.date,
    )
    return without_controls(line)


def with_followup(line: ActionLine, followed: Followed | None) -> ActionLine:
    """Return the line of an action with what follow-up has made of it, and what rivals say.

    An idea that gets an owner and a day becomes an action, and one that loses them an idea.
    """
    if followed is None:
        return line
    kind = Planned if line.source_kind == "assessment" else Action
    fields = [field for field in kind.__struct_fields__ if field in ActionLine.__struct_fields__]
    action = followed_action(kind(**{field: getattr(line, field) for field in fields}), followed)
    now = {field: getattr(action, field) for field in fields}
    rivals = {field: value or "" for field, value in followed.rivals.items()}
    return replace(line, **now, idea=isinstance(action, Planned) and action.idea, rivals=rivals)


def practice_lines(record: Record) -> list[PracticeLine]:
    """Return the examples that a team keeps as good practice: those with a role that may be asked."""
    if isinstance(record, Session):
        return []
    kept = [rating for rating in record.ratings if rating.contact.strip() and rating.example.strip()]
    names = criterion_names(record) if kept else {}
    return [_practice_line(record, rating, names.get(rating.criterion, "")) for rating in kept]


def _practice_line(assessment: Assessment, rating: Rating, criterion_name: str) -> PracticeLine:
    line = PracticeLine(
        criterion=rating.criterion,
        criterion_name=criterion_name,
        example=rating.example,
        contact=rating.contact,
        level=rating.level,
        source=assessment.id,
        team=assessment.team,
        organisation=assessment.organisation,
        date=assessment.date,
    )
    return without_controls(line)


def lesson_lines(record: Record | KeptLesson) -> list[LessonLine]:
    """Return the lines of a record's lessons, or of a lesson without a session."""
    if isinstance(record, KeptLesson):
        return [_kept_line(record)]
    return [_lesson_line(record, lesson) for lesson in record.lessons] if isinstance(record, Session) else []


def _kept_line(kept: KeptLesson) -> LessonLine:
    line = LessonLine(
        id=kept.id,
        lesson=kept.lesson,
        context=kept.context,
        cause=kept.cause,
        recommendation=kept.recommendation,
        tags=kept.tags,
        keep_or_change=kept.keep_or_change,
        owner=kept.owner,
        session=kept.id,
        title=kept.title,
        team=kept.team,
        date=kept.date,
        technique=kept.technique,
        criterion=kept.criterion,
        imported=True,
        source=kept.source,
        reference=kept.reference,
        again=kept.again,
    )
    return without_controls(line)


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
        technique=session.technique.id,
        criterion=session.criterion,
        again=lesson.again,
    )
    return without_controls(line)


def uses(record: Record) -> list[Use]:
    """Return which lessons a record has taken along, and into what."""
    taken: list[tuple[str, Literal["entry", "action", "session"], str]] = []
    if isinstance(record, Session):
        taken += [(each.lesson, "session", each.words) for each in record.taken]
        taken += [(each.lesson, "entry", each.text) for each in record.entries if each.lesson]
    taken += [(each.lesson, "action", each.action) for each in record.actions if each.lesson]
    return [
        without_controls(
            Use(
                lesson=lesson, record=record.id, title=record.name, team=record.team, date=record.date, into=into,
                words=words,
            )
        )
        for lesson, into, words in taken
    ]  # fmt: skip


def meeting_lines(record: Record) -> list[MeetingLine]:
    """Return who sat with whom, of those who can be known again in another session."""
    if not isinstance(record, Session) or not record.groups:
        return []
    passing = {each.label for each in participants(record.people) if not each.known}
    found = []
    for grouping in record.groups:
        step = record.technique.step(grouping.step)
        size = step.size if isinstance(step, Groups) else 0
        for group in (group for round_ in grouping.rounds for group in round_):
            names = tuple(name for name in group if name not in passing)
            if len(names) > 1:
                found.append(
                    MeetingLine(session=record.id, date=record.date, names=names, larger=0 < size < len(group))
                )
    return [without_controls(line) for line in found]


def without_controls(line: Line) -> Line:
    """Return a line with every text in it cleaned. Lines are made from files that were read without cleaning."""
    text = msgspec.json.encode(line).decode()
    if text.isprintable() and not _CONTROL.search(text):
        return line
    return msgspec.convert(cleaned(msgspec.to_builtins(line)), type(line))
