"""How lessons are found in the index: which have the words, and which come first.

Ranking (BM25, of FTS5) looks at every place where a word stands. So only words that few lessons have are ranked by:
the others tell lessons apart hardly, and would make everybody wait while they type. Words that very many lessons have
are looked for all the same, and where nothing else is asked for the lessons that came last are first.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from msgspec.structs import replace

from kmtui.store import fts
from kmtui.store.lesson_index import Found, LessonIndex

WIDE = 8000
"""What so many lessons have, or more, is not ranked by."""

_FEW = 5
"""Where fewer lessons have all the words, those that have some of them come behind."""
_RARE, _RARE_SHARE = 20, 50
"""A word is rare that no more lessons have than this number, or one in so many."""
_PAIRED = 6  # words of which two have to be in a lesson, where none is rare
_MOST_AT_ONCE = 16_000  # lessons that are ranked for the sake of some of the words


def search(index: LessonIndex, parts: Sequence[str], limits: fts.Limits, most: int) -> list[Found]:
    """Return the lessons that have all parts, the best first; behind a few of them those that have some parts.

    Args:
        index: where to look.
        parts: match expressions of FTS5, for words and phrases.
        limits: what else has to hold.
        most: how many are wanted.
    """
    found = with_all(index, parts, limits, most)
    if len(found) >= min(_FEW, most) or len(parts) < 2:
        return found
    there = {each.row for each in found}
    some = (replace(each, whole=False) for each in with_some(index, parts, limits, most) if each.row not in there)
    return [*found, *some][:most]


def with_all(index: LessonIndex, parts: Sequence[str], limits: fts.Limits, most: int) -> list[Found]:
    """Return the lessons that have all parts, the best first."""
    rows = index.latest(fts.all_of(parts), limits, WIDE)
    narrow = [part for part in parts if index.size(part, WIDE) < WIDE] if len(rows) < WIDE else []
    if not narrow:
        return _found(index, [(row, 0.0) for row in rows[:most]])
    fit = set(rows)
    ranked = [each for each in index.scores(fts.all_of(narrow), limits) if each[0] in fit]
    return _found(index, ranked[:most])


def with_some(index: LessonIndex, parts: Sequence[str], limits: fts.Limits, most: int) -> list[Found]:
    """Return the lessons that have some of the parts, the best first. The rarest parts count, as far as they go."""
    phrases = [part for part in parts if fts.is_phrase(part)]  # somebody wants exactly these words
    sizes = sorted(
        (size, part) for part in parts if part not in phrases and 0 < (size := index.size(part, WIDE)) < WIDE
    )
    wanted: list[str] = []
    together = 0
    for size, part in sizes:
        together += size
        if not wanted or together <= _MOST_AT_ONCE:
            wanted.append(part)
    if phrases:
        return with_all(index, phrases, limits, most)
    return _found(index, index.scores(fts.any_of(wanted), limits)[:most]) if wanted else []


def sharing(index: LessonIndex, parts: Sequence[str], most: int) -> list[Found]:
    """Return the lessons that share a rare word with a text, the best first; or, where it has none, two others.

    One word that many lessons have does not make a lesson helpful.
    """
    sizes = sorted((size, part) for part in parts if (size := index.size(part, WIDE)))
    rare = max(_RARE, index.count() // _RARE_SHARE)
    wanted = [part for size, part in sizes if size <= rare]
    common = [part for size, part in sizes if rare < size < WIDE][:_PAIRED]
    pairs = [f"({fts.all_of(pair)})" for pair in combinations(common, 2)]
    # The rarer words say which lessons are found; the others still say which of them come first.
    ranked = f"({fts.any_of(wanted)}) AND ({fts.any_of([*wanted, *common])})" if wanted else fts.any_of(pairs)
    return _found(index, index.scores(ranked, fts.Limits())[:most]) if ranked else []


def _found(index: LessonIndex, rows: Sequence[tuple[int, float]]) -> list[Found]:
    lines = index.at([row for row, _ in rows])
    return [Found(row, score, lines[row]) for row, score in rows if row in lines]
