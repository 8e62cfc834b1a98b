"""One lesson with other words: both are kept. And one that stands in its session and for itself: it stands once."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from kmtui.flow.variants import canonical
from kmtui.model.ids import derived_id, is_id
from kmtui.model.lesson import KeptLesson
from kmtui.model.lines import LessonLine
from kmtui.model.session import Lesson, Session
from kmtui.text import shortened
from kmtui.workspace.tools import Tools

Words = tuple[str | tuple[str, ...], ...]

_SHOWN = 60


def said(lesson: Lesson | LessonLine | KeptLesson) -> Words:
    """Return the words of a lesson, in which two versions of it can differ."""
    words = (lesson.lesson, lesson.context, lesson.cause, lesson.recommendation)
    return (*words, lesson.tags, lesson.keep_or_change)


def later(one: KeptLesson, other: KeptLesson) -> KeptLesson:
    """Return the version of a lesson that was changed last; where both were at once, always the same one."""
    return max(one, other, key=lambda each: (each.changed, canonical(each)))


def other_id(lesson_id: str, words: Words) -> str:
    """Return the id under which other words of a lesson are kept: it follows from them, so it is the same anywhere."""
    return derived_id(lesson_id, *map(str, words))


def keep_other(tools: Tools, lesson: KeptLesson, here: str) -> str:
    """Keep a lesson whose id has other words here, under an id of its own; return the sentence that tells of it."""
    other = replace(lesson, id=other_id(lesson.id, said(lesson)))
    register = tools.store.register
    if not register.add([other], by_id=True).ids:
        there = register.kept(other.id)
        if there is not None and later(there, other) != there:
            register.put(other)
        return ""
    words = f'"{shortened(here, _SHOWN)}" and "{shortened(lesson.lesson, _SHOWN)}"'
    hint = f"Both are kept; kmtui lesson {lesson.id} --join {other.id} joins them."
    return f"A lesson has different words: {words}. {hint}"


def in_session_alone(tools: Tools, session: Session) -> Iterator[str]:
    """Have the lessons of a session stand in it alone: what came before it in files of their own is not needed now.

    Words that the session does not have are kept under an id of their own, and a sentence tells of each.

    Raises:
        StoreError: something could not be read or written. Doing it again does the rest.
    """
    register = tools.store.register
    wordings = [said(each) for each in session.lessons]
    lessons = [each for each in session.lessons if is_id(each.id)]
    for lesson in lessons:
        kept = register.kept(lesson.id)
        if kept is not None:
            if said(kept) not in wordings and (sentence := keep_other(tools, kept, lesson.lesson)):
                yield sentence
            register.drop(lesson.id)
    others = {other_id(lesson.id, words) for lesson in lessons for words in wordings}
    for each in register.lines(others) if others else ():
        register.drop(each)
