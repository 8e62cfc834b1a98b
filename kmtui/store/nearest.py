"""Lessons that may say the same as one that is being entered, with the first one of their kind."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from kmtui.flow.lesson_life import root, with_life
from kmtui.model.lesson import Life
from kmtui.model.lines import LessonLine

if TYPE_CHECKING:  # SQLite is loaded when lessons are asked for, not with the program
    from kmtui.store.lesson_index import LessonIndex

_SPARE = 20  # lessons that are looked at beyond those that are asked for, since some are passed over


def nearest(
    index: LessonIndex,
    parts: Sequence[str],
    limit: int,
    passed: Collection[str],
    lives: Mapping[str, Life],
) -> list[LessonLine]:
    """Return the lessons that share words, the best first, but those that are retired or of records passed over.

    `again` is the first lesson of those that say the same, where that is another one, and `seen` how often that was
    learnt. `parts` are expressions of FTS5 for single words.
    """
    from kmtui.store.lesson_search import sharing

    found = [each.line for each in sharing(index, parts, limit + _SPARE)]
    kept = [line for line in found if line.session not in passed and _in_use(line, lives)][:limit]
    firsts = {line.id: root(line.again or line.id, lives) for line in kept}
    here = {line.id for line in index.lines(set(firsts.values())) if line.session not in passed}
    times = index.repeated(here)
    return [_with_first(line, firsts[line.id] if firsts[line.id] in here else line.id, times) for line in kept]


def _in_use(line: LessonLine, lives: Mapping[str, Life]) -> bool:
    return with_life(line, lives.get(line.id)).state != "retired"


def _with_first(line: LessonLine, first: str, times: Mapping[str, int]) -> LessonLine:
    return replace(line, again=first if first != line.id else None, seen=1 + times.get(first, 0))
