"""Lessons of earlier sessions, offered while one is being run, and what goes with a lesson that was taken along."""

from __future__ import annotations

from collections.abc import Callable

from kmtui.model.errors import WrongInput
from kmtui.model.lines import LessonLine
from kmtui.model.session import Entry
from kmtui.model.technique import Actions, AnyStep, Brief, Collect, Lessons
from kmtui.workspace.earlier_lessons import first_of, lessons_for
from kmtui.workspace.sessions import OpenSession


def recalls(step: AnyStep) -> bool:
    """Say whether a step offers lessons: where lessons and actions are written, and where a technique says so."""
    return isinstance(step, Lessons | Actions) or (isinstance(step, Collect) and step.recall == "lessons")


def at_beginning(opened: OpenSession) -> bool:
    """Say whether the session is at a first step that takes nothing: lessons are then taken along for all of it."""
    return opened.position[0] == 1 and isinstance(opened.step, Brief)


def offers(opened: OpenSession) -> bool:
    """Say whether lessons are offered at the present step."""
    return recalls(opened.step) or at_beginning(opened)


def offered(
    opened: OpenSession, typed: str = "", progress: Callable[[int, int], bool] | None = None
) -> tuple[LessonLine, ...]:
    """Return up to three lessons that fit what is typed, or while nothing is, what the session is about.

    Lessons of this session, and those that it goes with already, are not offered again; those that were taken along at
    the beginning are, once they can go with something. Raises StoreError.
    """
    record = opened.record
    passed = {record.id, *_gone_with(opened)}
    if at_beginning(opened):
        typed = typed if typed.strip() else f"{record.title} {record.team} "
    said = (*(entry.text for entry in _open(opened)), *(lesson.lesson for lesson in record.lessons))
    words = typed if typed.strip() else f"{' '.join((*said, record.title))} "
    return lessons_for(opened.tools, words, passed, progress=progress)


def _gone_with(opened: OpenSession) -> frozenset[str]:
    """Return the ids of the lessons that something here goes with already."""
    record = opened.record
    found = {entry.lesson for entry in record.entries} | {action.lesson for action in record.actions}
    found |= {lesson.again for lesson in record.lessons}
    if at_beginning(opened):
        found |= {each.lesson for each in record.taken}
    return frozenset(each for each in found if each is not None)


def _open(opened: OpenSession) -> tuple[Entry, ...]:
    record = opened.record
    private = {step.id for step in record.technique.steps if isinstance(step, Collect) and step.private}
    return tuple(entry for entry in record.entries if entry.step not in private)


def take_along(opened: OpenSession, lesson: LessonLine) -> None:
    """Add a lesson to the present step as an entry, which keeps from which lesson it was taken.

    At the beginning it is taken along for the whole session.

    Raises:
        WrongInput: the present step takes no lessons along.
    """
    if at_beginning(opened):
        opened.take(lesson)
        return
    if not recalls(opened.step) or not isinstance(opened.step, Collect):
        raise WrongInput(f'"{opened.step.title}" takes no lessons along.')
    opened.add_entry(lesson.lesson, lesson=lesson.id)


def goes_with(opened: OpenSession, lesson: LessonLine) -> str:
    """Return the id under which a lesson goes with the next action, or is learnt again at a step of lessons."""
    return first_of(lesson) if isinstance(opened.step, Lessons) else lesson.id


def tied_to(opened: OpenSession, item_id: str | None) -> str | None:
    """Return the id of the lesson that an action goes with, or that a lesson repeats; None for none."""
    record = opened.record
    tied = {action.id: action.lesson for action in record.actions} | {each.id: each.again for each in record.lessons}
    return tied.get(item_id or "")
