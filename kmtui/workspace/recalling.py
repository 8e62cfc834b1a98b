"""Lessons of earlier sessions, offered while one is being run."""

from __future__ import annotations

from kmtui.analysis.recall import helpful
from kmtui.model.base import in_words
from kmtui.model.errors import WrongInput
from kmtui.model.lines import LessonLine
from kmtui.model.session import Entry
from kmtui.model.technique import AnyStep, Collect
from kmtui.text import one_line
from kmtui.workspace.sessions import OpenSession


def recalls(step: AnyStep) -> bool:
    """Say whether a step offers lessons."""
    return isinstance(step, Collect) and step.recall == "lessons"


def offered(opened: OpenSession, typed: str = "") -> tuple[LessonLine, ...]:
    """Return up to three lessons that fit what is typed, or while nothing is, what the session is about.

    Lessons of this session, and those that were taken along already, are not offered again.
    """
    record = opened.record
    taken = {entry.lesson for entry in record.entries if entry.lesson is not None}
    known = [line for line in opened.tools.store.lessons() if line.session != record.id and line.id not in taken]
    return helpful(known, typed.strip() or " ".join((record.title, *(entry.text for entry in _open(opened)))))


def _open(opened: OpenSession) -> tuple[Entry, ...]:
    record = opened.record
    private = {step.id for step in record.technique.steps if isinstance(step, Collect) and step.private}
    return tuple(entry for entry in record.entries if entry.step not in private)


def take_along(opened: OpenSession, lesson: LessonLine) -> None:
    """Add a lesson to the present step as an entry, which keeps from which lesson it was taken.

    Raises:
        WrongInput: the present step takes no lessons along.
    """
    if not recalls(opened.step):
        raise WrongInput(f'"{opened.step.title}" takes no lessons along.')
    opened.add_entry(lesson.lesson, lesson=lesson.id)


def in_a_line(lesson: LessonLine) -> str:
    """Return a lesson with what to do, and where it comes from, on one line."""
    keep = "Keep doing: " if lesson.keep_or_change == "keep" else ""
    advice = f" {one_line(lesson.recommendation)}" if lesson.recommendation else ""
    source = ", ".join(part for part in (one_line(lesson.title), one_line(lesson.team), in_words(lesson.date)) if part)
    return f"{keep}{one_line(lesson.lesson)}{advice} ({source})"
