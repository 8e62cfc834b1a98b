"""How a session proceeds: begin, go from step to step, take entries, lessons and actions, end, open again.

Every function takes a session and returns a new one. Times of saving are not set here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar

from msgspec.structs import replace

from kmtui.flow.common import moved
from kmtui.model.errors import NotFound, WrongInput
from kmtui.model.session import Action, Entry, Lesson, Person, Session, TableRow
from kmtui.model.technique import Technique

Item = TypeVar("Item", Entry, Lesson, Action)
Part = TypeVar("Part", Entry, TableRow)


def begin(
    session_id: str,
    technique: Technique,
    at: datetime,
    day: date,
    *,
    digest: str = "",
    variant: str | None = None,
    title: str = "",
    team: str = "",
    people: tuple[Person, ...] = (),
    action: str | None = None,
    criterion: str | None = None,
    assessment: str | None = None,
    continues: tuple[str, ...] = (),
) -> Session:
    """Return a new session at its first step.

    Raises:
        WrongInput: the technique has no such variant.
    """
    if variant is not None and technique.variant(variant) is None:
        known = ", ".join(each.id for each in technique.variants) or "none"
        raise WrongInput(f'{technique.name} has no form "{variant}". Its forms: {known}.')
    as_run = technique.as_run(variant)
    return Session(
        id=session_id,
        created=at,
        changed=at,
        technique=as_run,
        digest=digest,
        title=title,
        team=team,
        date=day,
        people=people,
        begun=at,
        place=as_run.steps[0].id,
        action=action,
        criterion=criterion,
        assessment=assessment,
        continues=continues,
    )


def position(session: Session) -> int:
    """Return the number of the present step, from 0."""
    return [step.id for step in session.technique.steps].index(session.step.id)


def go(session: Session, step_id: str) -> Session:
    """Return the session at a step.

    Raises:
        NotFound: there is no such step.
    """
    if session.technique.step(step_id) is None:
        raise NotFound(f'There is no step "{step_id}".')
    return replace(session, place=step_id)


def forward(session: Session) -> Session | None:
    """Return the session at the next step; None at the last one."""
    return _at(session, position(session) + 1)


def back(session: Session) -> Session | None:
    """Return the session at the step before; None at the first one."""
    return _at(session, position(session) - 1)


def _at(session: Session, number: int) -> Session | None:
    steps = session.technique.steps
    return replace(session, place=steps[number].id) if 0 <= number < len(steps) else None


def add_entry(session: Session, entry: Entry) -> Session:
    """Return the session with one more entry, behind the others of its step; entries lie in the order of the steps."""
    return replace(session, entries=_in_order_of_steps(session, (*session.entries, entry)))


def add_lesson(session: Session, lesson: Lesson) -> Session:
    """Return the session with one more lesson."""
    return replace(session, lessons=(*session.lessons, lesson))


def add_action(session: Session, action: Action) -> Session:
    """Return the session with one more action."""
    return replace(session, actions=(*session.actions, action))


def edit_entry(session: Session, entry_id: str, text: str) -> Session:
    """Return the session with other words in an entry."""
    return replace(session, entries=_changed(session.entries, entry_id, lambda entry: replace(entry, text=text)))


def put_lesson(session: Session, lesson: Lesson) -> Session:
    """Return the session with a lesson in the place of the one that has its id."""
    return replace(session, lessons=_changed(session.lessons, lesson.id, lambda _: lesson))


def put_action(session: Session, action: Action) -> Session:
    """Return the session with an action in the place of the one that has its id."""
    return replace(session, actions=_changed(session.actions, action.id, lambda _: action))


def remove(session: Session, item_id: str) -> Session:
    """Return the session without an entry, lesson, action or row. Answers to a removed entry stay, and answer nothing.

    Raises:
        NotFound: nothing has this id.
    """
    parts = (session.entries, session.lessons, session.actions, session.rows)
    if not any(item.id == item_id for part in parts for item in part):
        raise NotFound("That is not there any more.")
    entries = tuple(
        replace(entry, answers=None) if entry.answers == item_id else entry
        for entry in session.entries
        if entry.id != item_id
    )
    return replace(
        session,
        entries=entries,
        lessons=tuple(lesson for lesson in session.lessons if lesson.id != item_id),
        actions=tuple(action for action in session.actions if action.id != item_id),
        rows=tuple(row for row in session.rows if row.id != item_id),
        dots=tuple(each for each in session.dots if each.entry != item_id),
    )


def move(session: Session, item_id: str, by: int) -> Session:
    """Return the session with an entry, lesson, action or row further up (below zero) or down among its neighbours.

    At either end it stays where it is.
    """
    return replace(
        session,
        entries=_moved_in_step(session, session.entries, item_id, by),
        lessons=moved(session.lessons, item_id, by),
        actions=moved(session.actions, item_id, by),
        rows=_moved_in_step(session, session.rows, item_id, by),
    )


def _moved_in_step(session: Session, parts: tuple[Part, ...], item_id: str, by: int) -> tuple[Part, ...]:
    """Return entries or rows with one moved among those of its own step; all of them as they are where it is none."""
    step = next((part.step for part in parts if part.id == item_id), None)
    if step is None:
        return parts
    own = tuple(part for part in parts if part.step == step)
    others = tuple(part for part in parts if part.step != step)
    return _in_order_of_steps(session, others + moved(own, item_id, by))


def _in_order_of_steps(session: Session, parts: tuple[Part, ...]) -> tuple[Part, ...]:
    order = {step.id: number for number, step in enumerate(session.technique.steps)}
    return tuple(sorted(parts, key=lambda part: order.get(part.step, len(order))))


def _changed(items: tuple[Item, ...], item_id: str, change: Callable[[Item], Item]) -> tuple[Item, ...]:
    if item_id not in {item.id for item in items}:
        raise NotFound("That is not there any more.")
    return tuple(change(item) if item.id == item_id else item for item in items)


def end(session: Session, at: datetime) -> Session:
    """Return the session as ended."""
    return replace(session, ended=at)


def reopen(session: Session) -> Session:
    """Return the session as not ended."""
    return replace(session, ended=None)
