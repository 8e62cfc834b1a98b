"""Lines of an e-mail that look like an answer and are written otherwise: `8 - 9`, `9) 10`, `1. 7 because …`."""

from __future__ import annotations

import re

from kmtui.content.survey_cells import Cells
from kmtui.content.survey_columns import Labels
from kmtui.content.survey_words import words_of
from kmtui.model.matrix import Criterion, Matrix
from kmtui.text import one_line

_LONGEST = 2000
_NUMBERED = re.compile(
    r"\s*[*_#]*(?:(?:q|question|criterion)\.?\s*)?\(?(?P<key>\d{1,4})"
    r"(?P<sign>\s*[.)\]]+\s+[-–—→>]*\s*|\s*[)\]]+\s*|\s*[-–—→~>]+\s*|:(?!\d\d)|\.|\s+)(?P<value>\S.*)",
    re.IGNORECASE,
)
_NAMED = re.compile(r"\s*[*_]*(?P<key>[^\d=:]{2,120}?)(?P<sign>\s*[-–—→~>(]+\s*|\s+)(?P<value>\d.*)")
_NUMBER_ALONE = re.compile(r"(?P<number>\d{1,3}(?:[.,]\d)?)\W*")
_MORE_NUMBERS = re.compile(r"\d{1,4}\s*[./–-]\s*\d")  # a date, not a level


class LookAlikes:
    """Knows answers to one matrix that are not written as answers are."""

    def __init__(self, matrix: Matrix, labels: Labels, cells: Cells) -> None:
        self._matrix, self._labels, self._cells = matrix, labels, cells
        names = [*(band.name for band in matrix.bands), *(criterion.name for criterion in matrix.criteria)]
        self._of_form = [words_of(name) for name in names]

    def meant(self, line: str) -> str:
        """Return how a line would be written as an answer; empty where it does not look like one.

        A sentence may begin with numbers as well, and so may the form: `1-3 Nothing in place: …`.
        """
        if len(line) > _LONGEST:
            return ""
        line = one_line(line)
        match = _NUMBERED.fullmatch(line)
        if match is not None:
            number = int(match["key"])
            known = 1 <= number <= len(self._matrix.criteria)
            criterion = self._matrix.criteria[number - 1] if known else None
            key = str(number)
        else:
            match = _NAMED.fullmatch(line)
            named = self._labels.criterion(match["key"]) if match else None
            criterion = self._matrix.criterion(named) if named is not None else None
            if match is None or criterion is None:
                return ""
            key = match["key"].strip()
        said = self._value(match["value"].strip(), match["sign"], criterion)
        return f"{key} = {said}" if said else ""

    def _value(self, value: str, sign: str, criterion: Criterion | None) -> str:
        """Return the level, or the words for none, that are meant behind a number or a name."""
        alone = _NUMBER_ALONE.fullmatch(value)
        if not sign.strip() or sign == ".":  # 1 7 and 1.7: only where nothing else stands there
            return alone["number"] if alone and criterion is not None else ""
        if alone is not None:
            return alone["number"]
        if criterion is None or _MORE_NUMBERS.match(value):
            return ""
        if self._in_form(value) or self._in_form(value.lstrip("0123456789.,:;)–— -")):
            return ""
        cell = self._cells.read(value, criterion)
        if cell.level is not None:
            return str(cell.level)
        return value if cell.skip is not None and not cell.words and value.strip("?") else ""

    def _in_form(self, words: str) -> bool:
        """Say whether words begin as the name of a band or a criterion does, or go on behind it."""
        said = words_of(words)
        return any(
            said and name and said[: min(len(said), len(name))] == name[: min(len(said), len(name))]
            for name in self._of_form
        )
