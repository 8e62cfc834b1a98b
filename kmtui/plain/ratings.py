"""What is said of one criterion, as lines to read and as it is typed."""

from __future__ import annotations

from collections.abc import Iterator

from kmtui.model.matrix import Criterion, Matrix
from kmtui.model.rating import Rating, Skip
from kmtui.report.sentences import level_in_words, target_in_words
from kmtui.text import one_line

_SKIPS: dict[str, Skip] = {
    "dk": "dont-know",
    "dont-know": "dont-know",
    "don't know": "dont-know",
    "dont know": "dont-know",
    "nfu": "not-for-us",
    "not-for-us": "not-for-us",
    "not for us": "not-for-us",
    "park": "parked",
}
QUESTIONS = {
    "rationale": "Why this level:",
    "example": "An example:",
    "contact": "Who can be asked about the example, a role (Enter: it is not kept as good practice):",
    "same_for_everyone": "Is it the same for everyone (yes, no, or where it differs):",
    "target": "Target, where do you want to be:",
    "enough": "Why is that good enough for us:",
}
"""What is asked behind a level, by the field of the rating."""


def statement_lines(matrix: Matrix, criterion: Criterion) -> Iterator[str]:
    """Yield the indicator of a criterion, and for each band its levels, its name and its statement."""
    yield one_line(criterion.indicator)
    for band in matrix.bands:
        low, high = band.levels
        levels = f"{low} to {high}" if low != high else str(low)
        yield f"{levels}, {one_line(band.name)}: {one_line(criterion.statements.get(band.id, ''))}"


def skip_as_typed(words: str) -> Skip | None:
    """Return the reason to leave a criterion out that was typed in place of a level, or None."""
    return _SKIPS.get(words.lower())


def answer_in_words(matrix: Matrix, rating: Rating) -> str:
    """Return what was said of a criterion on one line: level, target, why, an example."""
    parts = [level_in_words(matrix, rating), target_in_words(rating), rating.rationale, rating.example]
    return ". ".join(one_line(part).rstrip(".") for part in parts if part) + "."


def asked_for(matrix: Matrix, rating: Rating) -> list[str]:
    """Return what is asked behind a level: a contact with an example of good practice, why to stay below the top."""
    content = rating.target is not None and rating.level is not None and rating.target <= rating.level
    asked = {
        "contact": bool(rating.contact) or (bool(rating.example) and _high(matrix, rating)),
        "enough": content and rating.target != matrix.scale.highest,
    }
    return [name for name in QUESTIONS if asked.get(name, True)]


def _high(matrix: Matrix, rating: Rating) -> bool:
    """Say whether a level stands in the upper half of the bands, where an example may serve others."""
    if rating.level is None:
        return False
    return matrix.bands.index(matrix.band_at(rating.level)) >= len(matrix.bands) // 2


def value_as_typed(rating: Rating, name: str) -> str:
    """Return a field of a rating as somebody would type it."""
    value = getattr(rating, name)
    if value is None or isinstance(value, bool):
        return {True: "yes", False: "no", None: ""}[value]
    return str(value)
