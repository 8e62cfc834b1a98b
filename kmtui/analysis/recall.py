"""Lessons that may help with what is being written: those that share its rarer words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import fsum, log

from kmtui.analysis.stems import stems, tokens
from kmtui.model.lines import LessonLine

MOST = 3
"""How many lessons are offered at a time: more are not read."""

_SHORTEST = 3  # letters that a word needs before lessons are found by its beginning


def helpful(lessons: Sequence[LessonLine], words: str, most: int = MOST) -> tuple[LessonLine, ...]:
    """Return the lessons that fit the words best, the newer one first where two fit as well; none where none does.

    Words are compared by their stems; the last one, which may be half typed, also by its beginning. A word that few
    lessons have counts more. `lessons` are given with the newest first.
    """
    wanted = stems(words)
    typed = tokens(words)
    begun = typed[-1] if typed and len(typed[-1]) >= _SHORTEST else ""
    if not wanted:
        return ()
    said = [_words_of(lesson) for lesson in lessons]
    common = Counter(word for words_ in said for word in words_)
    looked_for = wanted | {word for word in common if begun and word.startswith(begun)}

    def weight(found: frozenset[str]) -> float:
        # The sum of floats in any order, so that lessons with the same words weigh the same.
        return fsum(log(1 + len(lessons) / common[word]) for word in looked_for & found)

    weights = [weight(found) for found in said]
    order = sorted((number for number, each in enumerate(weights) if each), key=lambda number: -weights[number])
    return tuple(lessons[number] for number in order[:most])


def _words_of(lesson: LessonLine) -> frozenset[str]:
    return stems(
        " ".join((lesson.lesson, lesson.recommendation, lesson.cause, lesson.context, *lesson.tags, lesson.title))
    )
