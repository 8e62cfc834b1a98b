"""What a query is in the words of SQLite: a match expression of FTS5, and limits in SQL."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from kmtui.analysis.matching import folded
from kmtui.analysis.query import Query
from kmtui.text import file_slug

COLUMNS = ("lesson", "recommendation", "cause", "context", "about")
"""The texts of a lesson in which words are found; what was learned is the first."""

TOKENIZER = "porter unicode61 remove_diacritics 2"

BEGIN, END = "\x02", "\x03"
"""What stands around a found word in an excerpt; neither can be in a cleaned text."""

# fmt: off
_ENDINGS = (
    "able", "ability", "ably", "al", "ally", "ance", "ation", "ational", "ative", "ator", "ed", "ement", "ence", "ent",
    "er", "ful", "ible", "ibility", "ic", "ical", "ically", "ied", "ies", "ing", "ion", "ise", "isation", "ism", "ist",
    "ity", "ive", "ivity", "ization", "ly", "ment", "ness", "ous", "ously",
)  # those that a stem goes without
# fmt: on
_SHORTEST = 2  # letters of a word before its ending


class Limits(msgspec.Struct, frozen=True):
    """Conditions on lessons in SQL, all of which hold, with their values."""

    conditions: tuple[str, ...] = ()
    values: tuple[str, ...] = ()

    def clause(self) -> tuple[str, tuple[str, ...]]:
        """Return what is added to a WHERE that names the lessons l."""
        return "".join(f" AND {each}" for each in self.conditions), self.values

    def and_(self, condition: str, *values: str) -> Limits:
        """Return the limits with one more."""
        return Limits((*self.conditions, condition), (*self.values, *values))


def all_of(parts: Iterable[str]) -> str:
    """Return the expression for lessons that have every part."""
    return " AND ".join(parts)


def any_of(parts: Iterable[str]) -> str:
    """Return the expression for lessons that have some of the parts."""
    return " OR ".join(parts)


def is_phrase(part: str) -> bool:
    """Say whether a part of a query is a phrase, and not a word."""
    return " + " in part


def parts(query: Query) -> list[str]:
    """Return the expressions for each word and phrase."""
    phrases = [" + ".join(map(_quoted, phrase)) for phrase in query.phrases]
    return [*phrases, *map(_quoted, query.words), *map(_beginning, query.begun)]


def _beginning(word: str) -> str:
    """Return the expression for words that begin so, or whose stem is shorter than what is typed: movin of moving."""
    # With an ending that is taken off again, the letter is looked for as it is typed: the stem of key is kei.
    begun = [word, f"{word}e"] if word.endswith(("s", "y")) else [word]
    return f"({' OR '.join([f'{_quoted(each)} *' for each in begun] + [_quoted(each) for each in _ended(word)])})"


def _ended(word: str) -> list[str]:
    """Return what a word can come to whose ending is half typed: moving of movi, planning of plann."""
    found = {f"{word}ing"} if len(word) > _SHORTEST and word[-1] == word[-2] else set()
    for ending in _ENDINGS:
        for typed in range(1, min(len(ending), len(word) - _SHORTEST + 1)):
            if word.endswith(ending[:typed]):
                found.add(word[:-typed] + ending)
    return sorted(found)


def _quoted(word: str) -> str:
    return '"' + word.replace('"', '""') + '"'


def marked(excerpt: str) -> tuple[tuple[str, bool], ...]:
    """Return an excerpt in parts, each with whether it is a word that was looked for."""
    parts: list[tuple[str, bool]] = []
    for number, piece in enumerate(excerpt.split(BEGIN)):
        found, end, rest = piece.partition(END)
        if number and end:
            parts += [(found, True), (rest, False)]
        else:
            parts.append((piece, False))
    return tuple((text, is_found) for text, is_found in parts if text)


def limits(query: Query) -> Limits:
    """Return the limits of a query, but for the state, which events tell."""
    found = Limits()
    for column, texts in (("team", query.teams), ("technique", query.techniques), ("criterion", query.criteria)):
        if texts:
            made = [_compared(f"l.{column}", text, slug=column != "team") for text in texts]
            found = found.and_(f"({' OR '.join(each for each, _ in made)})", *(value for _, value in made))
    for tag in query.tags:
        ending = "" if tag.endswith("*") else "\n"
        found = found.and_("instr(l.tags, ?) > 0", f"\n{folded(tag.rstrip('*').lstrip('#'))}{ending}")
    if query.kind is not None:
        found = found.and_("l.kind = ?", query.kind)
    if query.since is not None:
        found = found.and_("l.date >= ?", query.since.isoformat())
    if query.until is not None:
        found = found.and_("l.date <= ?", query.until.isoformat())
    return found


def _compared(column: str, text: str, *, slug: bool) -> tuple[str, str]:
    """Return a condition that a column is a text, or begins so where it ends with *, and the value."""
    value = file_slug(text.rstrip("*"), 200) if slug else folded(text.rstrip("*"))
    if text.endswith("*"):
        return f"substr({column}, 1, {len(value)}) = ?", value
    return f"{column} = ?", value
