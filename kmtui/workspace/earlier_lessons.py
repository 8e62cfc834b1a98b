"""Lessons that were learnt before: those that may help with what is being written, and the one that is learnt again."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable

from kmtui.analysis.alike import ALIKE, alike
from kmtui.analysis.query import Query
from kmtui.analysis.stems import tokens
from kmtui.model.base import in_words
from kmtui.model.errors import StoreError, WrongInput
from kmtui.model.lines import LessonLine
from kmtui.model.session import Taken
from kmtui.text import one_line, shortened
from kmtui.workspace.tools import Tools

MOST = 3
"""How many lessons are offered at a time: more are not read."""

_SHORTEST = 3  # letters that a word needs before lessons are found by its beginning
_MOST_WORDS = 40  # of a long text; what was said last counts
_NEAREST = 5
_PATIENCE = 1.0  # seconds


def lessons_for(
    tools: Tools, words: str, without: Collection[str] = (), *, progress: Callable[[int, int], bool] | None = None
) -> tuple[LessonLine, ...]:
    """Return up to three lessons that may help with some words, the last of which may be half typed.

    They share a rare word with them, or several that many lessons have: one word that many have is not enough. Those of
    the records, and with the ids, that are `without` are left out, as are retired ones. `progress` is told while
    records are read, and says whether to read on. Raises StoreError.
    """
    query = _query(words)
    return tuple(tools.store.register.similar(query, MOST, without, progress)) if query is not None else ()


def _query(words: str) -> Query | None:
    typed = tokens(words)
    if not typed:
        return None
    *whole, last = typed
    begun = (last,) if len(last) >= _SHORTEST and not words[-1:].isspace() else ()
    last_words = list(dict.fromkeys([*whole, *([] if begun else [last])][::-1]))[:_MOST_WORDS]
    return Query(words=tuple(last_words[::-1]), begun=begun)


def for_a_moment() -> Callable[[int, int], bool]:
    """Return a progress that has records read for a second: whoever waits for an answer waits no longer."""
    end = time.monotonic() + _PATIENCE
    return lambda done, of: time.monotonic() < end


def lessons_about(tools: Tools, criterion_id: str, words: str, without: Collection[str] = ()) -> tuple[LessonLine, ...]:
    """Return up to three lessons about a criterion: those of sessions held for it, then those that share its words.

    Raises:
        StoreError: the lessons cannot be read.
    """
    hits = tools.store.register.search(Query(criteria=(criterion_id,)), MOST + len(without) + _NEAREST)
    own = [hit.line for hit in hits if hit.line.state != "retired" and not {hit.line.id, hit.line.session} & {*without}]
    return (*own, *lessons_for(tools, f"{words} ", {*without, *(line.id for line in own)}))[:MOST]


# Taking along


def taken(tools: Tools, beginnings: Iterable[str]) -> tuple[Taken, ...]:
    """Return lessons that are taken along, by ids or beginnings of them, each once. Raises NotFound, StoreError."""
    found = {line.id: line for line in map(tools.store.register.find, beginnings)}
    return tuple(Taken(lesson=line.id, words=one_line(line.lesson)) for line in found.values())


def advice(lesson: LessonLine) -> str:
    """Return what a lesson recommends, or what it says where it recommends nothing: the beginning of an action."""
    return one_line(lesson.recommendation) or one_line(lesson.lesson)


def in_a_line(lesson: LessonLine) -> str:
    """Return a lesson with what to do, and where it comes from, on one line."""
    keep = "Keep doing: " if lesson.keep_or_change == "keep" else ""
    said = one_line(lesson.lesson)
    if lesson.recommendation:
        said += f"{'.' if said[-1:].isalnum() else ''} {one_line(lesson.recommendation)}"
    source = ", ".join(part for part in (one_line(lesson.title), one_line(lesson.team), in_words(lesson.date)) if part)
    return f"{keep}{said} ({source})"


# Learnt again


def learnt_before(tools: Tools, words: str, without: Collection[str] = ()) -> LessonLine | None:
    """Return the lesson that says the same in other words; None where there is none, or nobody can say just now.

    `again` is the first of those that say the same, where it is another one, and `seen` how often that was learnt. The
    lessons are asked as they are known: an answer that is being saved waits for nothing.
    """
    typed = tuple(dict.fromkeys(tokens(words)))[:_MOST_WORDS]
    if not typed:
        return None
    try:
        near = tools.store.register.nearest(Query(words=typed), _NEAREST, without)
    except (StoreError, WrongInput):
        return None
    best = max(near, key=lambda line: alike(words, line.lesson), default=None)
    return best if best is not None and alike(words, best.lesson) >= ALIKE else None


def first_of(lesson: LessonLine) -> str:
    """Return the id of the lesson that counts how often it was learnt: its own, or that of the first of its kind."""
    return lesson.again or lesson.id


def seen_again(lesson: LessonLine, most: int = 40) -> str:
    """Return what is said when a lesson was entered that was learnt before, with so many characters of that one."""
    where = f" by {one_line(lesson.team)}" if lesson.team.strip() else ""
    times = {1: "twice"}.get(lesson.seen, f"{lesson.seen + 1} times")
    said = shortened(one_line(lesson.lesson), most)
    return f"Seen again: learnt before{where} on {in_words(lesson.date)} (“{said}”). It now counts as learnt {times}."
