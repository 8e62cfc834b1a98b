"""What one person wrote about one criterion: a level, don't know, not for us, or what cannot be read.

Spreadsheets turn `6/9` into a date and `6-7` into another, so whatever looks like two numbers is not read.
"""

from __future__ import annotations

import re
from functools import cached_property

from kmtui.content import numbers
from kmtui.content.survey_words import compact, words_of
from kmtui.content.words import quoted
from kmtui.flow.assessment import scale_in_words
from kmtui.model.base import Level, Value
from kmtui.model.matrix import Criterion, Matrix
from kmtui.model.rating import Skip
from kmtui.text import clean

_NUMBER = re.compile(
    r"(?:level\b[\s:#.]*)?(?P<number>-?\d{1,9}(?:[.,]\d{1,9})?)(?P<rest>.*)", re.DOTALL | re.IGNORECASE
)
_OF = re.compile(r"\s*(?:/|out\s+of\b|of\b)\s*(?P<most>\d{1,9})(?!\d)(?P<rest>.*)", re.DOTALL | re.IGNORECASE)
_RANGE = re.compile(r"\s*(?:[-–—−/&+,;]|\.{2,}|…|to\b|or\b|and\b)\s*-?\d", re.IGNORECASE)
_GLUED = re.compile(r"[^\s(\[|–—,;:.=-]|[:.=]\d|[:.]{2}")
_MONTH = re.compile(
    r"[\s./–-]*(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b[\s./–-]*\d*\s*$",
    re.IGNORECASE,
)
_SHORT_TAIL = re.compile(r"(?:[-/]|\.\s?)[^\W\d_]{1,9}\.?(?:[\s./-]?\d{2,4})?\s*$")  # 6-Mrz, 6. Mai
_SEPARATOR = re.compile(r"\s*[-–—−:;,.=|]+\s*")
_REASON = re.compile(r"\s+(?=(?:because|since|as|but|due|although|though|we|it|there|some|mostly|mainly)\b)", re.I)
_BRACKETS = re.compile(r"\s*[(\[](?P<inside>[^()\[\]]*)[)\]]\s*(?P<rest>.*)", re.DOTALL)
_NAME_FIRST = re.compile(r"(?P<name>[^\d]+?)[\s:(\[–—-]*(?P<number>\d{1,9})[\s)\]]*")
_LONGEST_NAME_FIRST = 200
_BECAUSE = re.compile(r"because\b(?!\s+of\b)[\s:,]*", re.IGNORECASE)

_SKIPS: dict[str, Skip] = {
    "dontknow": "dont-know",
    "donotknow": "dont-know",
    "idontknow": "dont-know",
    "idonotknow": "dont-know",
    "dk": "dont-know",
    "notsure": "dont-know",
    "unsure": "dont-know",
    "imnotsure": "dont-know",
    "notforus": "not-for-us",
    "na": "not-for-us",
    "notapplicable": "not-for-us",
    "doesnotapply": "not-for-us",
}
_MOST_SKIP_WORDS = 4


class Cell(Value, frozen=True, kw_only=True):
    """What was understood. `words` stand behind the answer; `wrong` says why nothing could be read."""

    level: Level | None = None
    skip: Skip | None = None
    words: str = ""
    wrong: str = ""

    @property
    def answered(self) -> bool:
        """Whether there is a level or a reason to leave the criterion out."""
        return self.level is not None or self.skip is not None


NOTHING = Cell()


class Cells:
    """Reads cells by the scale and the bands of one matrix."""

    def __init__(self, matrix: Matrix) -> None:
        self._matrix = matrix
        self._levels = frozenset(matrix.levels())
        self._plain = {str(level): Cell(level=level) for level in matrix.levels()}

    def read(self, text: str, criterion: Criterion, *, loosely: bool = False) -> Cell:
        """Return what a cell says of a criterion.

        `loosely` takes any words behind a level for the reason, as in an e-mail, where somebody answered one question.
        """
        plain = self._plain.get(text)
        if plain is not None:
            return plain
        words = clean(text).replace("\u200b", "").replace("\ufeff", "").strip()
        if not words:
            return NOTHING
        if words[0] in "=@#＝＠" or words.startswith("+"):
            return self._refused(words)
        return self._skip(words) or self._level(words.removeprefix("'"), criterion, loosely) or self._refused(words)

    def _refused(self, words: str, why: str = "is not a level") -> Cell:
        return Cell(wrong=f"{quoted(words)} {why}. {scale_in_words(self._matrix.scale)}")

    def _skip(self, words: str) -> Cell | None:
        if words[0].isdigit():
            return None
        if not words.strip("? "):
            return Cell(skip="dont-know")
        said, spelt = words_of(words[:80]), ""
        for count, word in enumerate(said[:_MOST_SKIP_WORDS], 1):
            spelt += word
            skip = _SKIPS.get(spelt)
            if skip is not None:
                behind = _raw_behind(words, count).lstrip(_PUNCTUATION)
                return None if behind[:1].isdigit() else Cell(skip=skip, words=_reason(behind))
        return None

    def _level(self, words: str, criterion: Criterion, loosely: bool) -> Cell | None:
        match = _NUMBER.fullmatch(words)
        if match is None:
            return self._named_first(words)
        number, rest = numbers.level(match["number"].replace(",", ".")), match["rest"]
        of = _OF.fullmatch(rest)
        if of is not None:
            as_date = "/" in rest[: of.start("most")] and (match["number"].startswith("0") or of["most"][0] == "0")
            if as_date or int(of["most"]) != self._matrix.scale.highest:
                return None
            rest = of["rest"]
        if number is None or number not in self._levels:
            return None
        behind = self._words_behind(rest, criterion, number, loosely)
        return None if behind is None else Cell(level=number, words=behind)

    def _words_behind(self, rest: str, criterion: Criterion, level: Level, loosely: bool) -> str | None:
        """Return the words behind a level without those of the form; None where it is no level after all."""
        if not rest.strip(" \t\n.!"):
            return ""
        if _RANGE.match(rest) or _GLUED.match(rest) or _MONTH.match(rest):
            return None
        band = self._matrix.band_at(level)
        brackets = _BRACKETS.fullmatch(rest)
        if brackets is not None:
            words = "\n".join(part for part in (brackets["inside"].strip(), brackets["rest"].strip()) if part)
        elif (separator := _SEPARATOR.match(rest)) is not None:
            words = rest[separator.end() :]
        else:
            words = rest.strip()
            if not loosely and _REASON.match(rest) is None and not self._begins_with_band(words, band.id):
                return None
        if self._other_band(words, band.id) and isinstance(level, int):
            return None
        labels = (band.name, band.id, *_beginnings(band.name))
        own = _without_labels(words, labels, criterion.statements.get(band.id, ""))
        return None if own and own == words and _SHORT_TAIL.match(rest) else _reason(own)

    def _begins_with_band(self, words: str, band_id: str) -> bool:
        said = words_of(words)
        return any(label and said[: len(label)] == label for label in self._labels[band_id])

    def _other_band(self, words: str, band_id: str) -> bool:
        """Say whether the words name another band than that of the level: then nobody knows which was meant."""
        said = words_of(words)
        return said not in self._labels[band_id] and any(
            said in labels for other, labels in self._labels.items() if other != band_id
        )

    @cached_property
    def _labels(self) -> dict[str, tuple[tuple[str, ...], ...]]:
        return {band.id: (words_of(band.name), words_of(band.id)) for band in self._matrix.bands}

    def _named_first(self, words: str) -> Cell | None:
        """Return the level of `Pockets of good practice (6)`."""
        match = _NAME_FIRST.fullmatch(words) if len(words) <= _LONGEST_NAME_FIRST else None
        number = numbers.level(match["number"]) if match else None
        if match is None or number is None or not self._matrix.has_level(number):
            return None
        known = self._labels[self._matrix.band_at(number).id]
        return Cell(level=number) if words_of(match["name"]) in known else None


def _beginnings(name: str) -> tuple[str, ...]:
    words = name.split()
    return tuple(" ".join(words[:count]) for count in range(len(words) - 1, 0, -1))


def _without_labels(words: str, labels: tuple[str, ...], statement: str) -> str:
    """Return words without the name of the band that they begin with, and without its statement."""
    left = words
    for label in labels:
        spelt = words_of(label)
        if spelt and words_of(left)[: len(spelt)] == spelt:
            behind = _raw_behind(left, len(spelt))
            if _NOT_OWN.match(behind):
                left = behind.lstrip(_PUNCTUATION).strip()
                break
    return "" if compact(left) == compact(statement) else left


_WORD_AT = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_PUNCTUATION = " \t\n-–—:;,.=|)]"
_NOT_OWN = re.compile(r"\s*(?:$|[-–—:;,.=|)\]]|because\b)", re.IGNORECASE)


def _raw_behind(text: str, count: int) -> str:
    """Return what stands behind so many words."""
    for number, match in enumerate(_WORD_AT.finditer(text), 1):
        if number == count:
            return text[match.end() :]
    return ""


def _reason(words: str) -> str:
    said = words.strip()
    return _BECAUSE.sub("", said, count=1).strip() if _BECAUSE.match(said) else said
