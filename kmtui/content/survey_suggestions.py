"""What a column might be that nobody could name for sure. Only suggested; a person decides."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Mapping, Sequence

from kmtui.content.survey_words import words_of
from kmtui.model.matrix import Criterion

_MOST_COLUMNS = 100
_MOST_CRITERIA = 200
_LONGEST_SPELT = 80
_LEAST = 0.5
_TOO_SHORT = 4  # the, our, and: words that every sentence has


def suggestions(names: Mapping[int, str], criteria: Sequence[Criterion]) -> dict[int, str]:
    """Return for places of columns the id of the criterion that their name is most like, each criterion once."""
    known = [(criterion.id, _known(criterion)) for criterion in criteria[:_MOST_CRITERIA]]
    rare = frozenset(
        word for word, times in Counter(w for _, (_, short, _) in known for w in short).items() if times == 1
    )
    scored = []
    for place, name in list(names.items())[:_MOST_COLUMNS]:
        said = words_of(name)
        if said:
            scored += [(_alike(said, words, rare), -place, criterion_id) for criterion_id, words in known]
    found: dict[int, str] = {}
    used: set[str] = set()
    for score, place, criterion_id in sorted(scored, reverse=True):
        if score < _LEAST:
            break
        if -place not in found and criterion_id not in used:
            found[-place] = criterion_id
            used.add(criterion_id)
    return found


_Known = tuple[tuple[str, ...], frozenset[str], frozenset[str]]


def _known(criterion: Criterion) -> _Known:
    names = tuple(" ".join(words_of(text)) for text in (criterion.id, criterion.name))
    short = frozenset(_telling(words_of(criterion.id) + words_of(criterion.name)))
    return names, short, frozenset(_telling(words_of(criterion.indicator)))


def _telling(words: Sequence[str]) -> list[str]:
    """Return the words that carry meaning, each by its beginning, so that endings do not matter."""
    return [word[:6] for word in words if len(word) >= _TOO_SHORT]


def _alike(said: tuple[str, ...], known: _Known, rare: frozenset[str]) -> float:
    names, short, indicator = known
    spelt = " ".join(said)[:_LONGEST_SPELT]
    best = 0.0
    for name in names:
        matcher = difflib.SequenceMatcher(None, name[:_LONGEST_SPELT], spelt, autojunk=False)
        if matcher.real_quick_ratio() >= 0.7 and matcher.quick_ratio() >= 0.7 and (ratio := matcher.ratio()) >= 0.7:
            best = max(best, ratio)
    words = set(_telling(said))
    if words and short:
        in_name = words & short
        in_indicator = (words & indicator) - in_name
        shared = (2 * len(in_name) + len(in_indicator)) / (len(words) + min(len(short), 3))
        if in_name or len(in_indicator) >= 2:
            best = max(best, min(shared, 0.99))
        if in_name & rare:  # a word that only this criterion has in its name
            best = max(best, 0.5 + len(in_name) / 20)
    return best
