"""Text drawings of an assessment, which read without colour.

Legend: `█` up to the level, `░` above it, `│` where a band ends, `◆` the target; in plain letters `#`, `-`, `|`, `T`.
"""

from __future__ import annotations

import unicodedata
from typing import Literal

from kmtui.analysis.scoring import Score, mean_in_words, number, scores_of
from kmtui.model.assessment import Assessment
from kmtui.model.base import Level, Value
from kmtui.model.matrix import Band, Criterion, Matrix, Scale, nearest_whole
from kmtui.model.rating import SKIP_WORDS, Rating
from kmtui.model.survey import Spread, SurveyResult
from kmtui.report.words import answers_in_words, deviation, level_in_words, mean_with_band, range_in_words
from kmtui.text import one_line

LEGEND = "█ level, ░ the rest of the scale, │ end of a band, ◆ target"
PLAIN_LEGEND = "# level, - the rest of the scale, | end of a band, T target"
SPREAD_LEGEND = f"━ from the lowest to the highest answer, ● mean, ■ level agreed since; of a section {LEGEND}"
PLAIN_SPREAD_LEGEND = (
    f"= from the lowest to the highest answer, o mean, A level agreed since; of a section {PLAIN_LEGEND}"
)

_MARKS = ("█", "░", "│", "◆")
_PLAIN_MARKS = ("#", "-", "|", "T")
_SPREAD_MARKS = ("━", "●", "■")
_PLAIN_SPREAD_MARKS = ("=", "o", "A")
_NARROWEST_BAR, _WIDEST_BAR = 10, 48
_LABEL, _WIDEST_LABEL = 20, 60  # what a label keeps before the words are shortened, and what it takes at most
_SHORTEST_WORDS = 10


class ChartLine(Value, frozen=True, kw_only=True):
    """One line of a chart, of the section or criterion with this id. The label is filled up to the common width."""

    kind: Literal["section", "criterion"]
    id: str
    label: str
    bar: str
    words: str

    @property
    def text(self) -> str:
        """The whole line."""
        return f"{self.label} {self.bar} {self.words}".rstrip()


def bar(
    level: Level | None,
    scale: Scale,
    width: int,
    target: Level | None = None,
    *,
    bands: tuple[Band, ...] = (),
    plain: bool = False,
) -> str:
    """Return a bar of exactly `width` characters: the level against the whole scale, with the target marked.

    Every whole level has its own stretch, so that the lowest shows too; None leaves the bar empty. The ends of `bands`
    are drawn where the width has room for them beside a character for each level.
    """
    full, rest, _, mark = _PLAIN_MARKS if plain else _MARKS
    ground = _Ground(scale, width, bands)
    ends = ground.place(level) if level is not None else 0
    drawn = [full] * ends + [rest] * (ground.cells - ends)
    ground.mark(drawn, target, mark)
    return ground.with_ends(drawn, plain)


def spread_bar(
    spread: Spread,
    scale: Scale,
    width: int,
    target: Level | None = None,
    *,
    agreed: Level | None = None,
    bands: tuple[Band, ...] = (),
    plain: bool = False,
) -> str:
    """Return a bar of exactly `width` characters: from the lowest to the highest answer, with the mean marked.

    What may not be shown is not drawn. The level that a group has agreed since is marked too, and the target.
    """
    _, rest, _, mark = _PLAIN_MARKS if plain else _MARKS
    between, mean, level = _PLAIN_SPREAD_MARKS if plain else _SPREAD_MARKS
    ground = _Ground(scale, width, bands)
    drawn = [rest] * ground.cells
    if spread.lowest is not None and spread.highest is not None and ground.cells:
        for place in range(ground.place(spread.lowest), ground.place(spread.highest) + 1):
            drawn[place - 1] = between
    # The mean stands in the level to which it rounds, so that it is drawn in the band to which it belongs.
    rounded = nearest_whole(spread.mean) if spread.mean is not None else None
    for point, sign in ((rounded, mean), (agreed, level), (target, mark)):
        ground.mark(drawn, point, sign)
    return ground.with_ends(drawn, plain)


class _Ground:
    """The cells of a bar over a scale, and where the ends of bands stand between them."""

    def __init__(self, scale: Scale, width: int, bands: tuple[Band, ...]) -> None:
        self._lowest = scale.lowest
        self._levels = scale.highest - scale.lowest + 1
        ends = sorted({band.levels[1] for band in bands if scale.lowest <= band.levels[1] < scale.highest})
        self._ends = ends if width >= self._levels + len(ends) else []
        self.cells = max(width - len(self._ends), 0)

    def place(self, point: Level) -> int:
        """Return the number of the cell, from 1, in which a level ends."""
        return min(max(round(self.cells * (point - self._lowest + 1) / self._levels), 1), self.cells)

    def mark(self, drawn: list[str], point: Level | None, sign: str) -> None:
        """Put a sign where a level is, if there is one."""
        if point is not None and self.cells:
            drawn[self.place(point) - 1] = sign

    def with_ends(self, drawn: list[str], plain: bool) -> str:
        """Return the bar with the ends of the bands between its cells."""
        border = (_PLAIN_MARKS if plain else _MARKS)[2]
        for end in reversed(self._ends):
            drawn.insert(self.place(end), border)
        return "".join(drawn)


def legend(assessment: Assessment, *, plain: bool = False) -> str:
    """Return what the marks of the chart of this assessment mean."""
    if assessment.way == "survey":
        return PLAIN_SPREAD_LEGEND if plain else SPREAD_LEGEND
    return PLAIN_LEGEND if plain else LEGEND


def assessment_chart(assessment: Assessment, width: int, *, plain: bool = False) -> list[ChartLine]:
    """Return the chart of an assessment: a line for each section and each of its criteria, none wider than `width`.

    The words grow with the width; a mean is never shown without its rounding and band.
    """
    matrix = assessment.matrix
    result = assessment.survey or SurveyResult(answered=0)
    rows: list[_Row] = []
    for section, score in zip(matrix.sections, scores_of(assessment).sections, strict=True):
        rows.append(_section_row(matrix, score))
        rows += [
            _criterion_row(matrix, criterion.id, criterion.name, assessment.rating(criterion.id))
            if assessment.way == "group"
            else _spread_row(assessment, criterion, result.spread(criterion.id))
            for criterion in section.criteria
        ]
    labels, bars, words, form = _columns(rows, width)
    return [
        ChartLine(
            kind=row.kind,
            id=row.id,
            label=_filled(row.label, labels),
            bar=_bar(matrix, row, bars, plain),
            words=fitted(row.words[form], words),
        )
        for row in rows
    ]


def _bar(matrix: Matrix, row: _Row, width: int, plain: bool) -> str:
    if row.spread is None:
        return bar(row.level, matrix.scale, width, row.target, bands=matrix.bands, plain=plain)
    return spread_bar(row.spread, matrix.scale, width, row.target, agreed=row.level, bands=matrix.bands, plain=plain)


class _Row(Value, frozen=True, kw_only=True):
    kind: Literal["section", "criterion"]
    id: str
    label: str
    level: Level | None
    target: Level | None
    words: tuple[str, str, str]  # from the whole to the shortest
    spread: Spread | None = None


def _section_row(matrix: Matrix, score: Score) -> _Row:
    whole = mean_in_words(matrix, score)
    short = matrix.band_at(score.mean).name if score.mean is not None else "no level"
    return _Row(
        kind="section", id=score.id, label=score.name, level=score.mean, target=None, words=(whole, whole, short)
    )


def _criterion_row(matrix: Matrix, criterion_id: str, name: str, rating: Rating) -> _Row:
    target = "" if rating.target is None else f", target {number(rating.target)}"
    short = f"{number(rating.level)} of {matrix.scale.highest}" if rating.level is not None else "not yet"
    if rating.skip is not None:
        short = SKIP_WORDS[rating.skip]
    whole = level_in_words(matrix, rating) + target
    return _Row(
        kind="criterion",
        id=criterion_id,
        label=f"  {one_line(name)}",
        level=rating.level,
        target=rating.target,
        words=(whole, whole, short),
    )


def _spread_row(assessment: Assessment, criterion: Criterion, spread: Spread) -> _Row:
    rating = assessment.rating(criterion.id)
    return _Row(
        kind="criterion",
        id=criterion.id,
        label=f"  {one_line(criterion.name)}",
        level=rating.level,
        target=rating.target,
        words=("still open",) * 3 if assessment.collecting else _spread_words(assessment.matrix, rating, spread),
        spread=spread,
    )


def _spread_words(matrix: Matrix, rating: Rating, spread: Spread) -> tuple[str, str, str]:
    mean = f"mean {mean_with_band(matrix, spread.mean)}" if spread.mean is not None else ""
    whole = [answers_in_words(spread), range_in_words(spread)]
    whole += [f"standard deviation {deviation(spread.sd)}" if spread.sd is not None else "", mean]
    whole += [f"agreed since {number(rating.level)}" if rating.level is not None else ""]
    whole += [f"target {number(rating.target)}" if rating.target is not None else ""]
    count = f"{spread.n} answer{'' if spread.n == 1 else 's'}" if spread.n else "no answers"
    shown = range_in_words(spread).removeprefix("from ")
    forms = (whole, [count, shown, mean], [shown, count])
    words = [", ".join(part for part in parts if part) for parts in forms]
    return words[0], words[1], words[2]


def _columns(rows: list[_Row], width: int) -> tuple[int, int, int, int]:
    """Return the widths of label, bar and words, and which form of the words to show."""
    bars = min(max(width // 4, _NARROWEST_BAR), _WIDEST_BAR, max(width - 2, 0))
    left = max(width - bars - 2, 0)
    label = min(max((display_width(row.label) for row in rows), default=0), _WIDEST_LABEL)
    needed = [max((display_width(one_line(row.words[form])) for row in rows), default=0) for form in range(3)]
    for form, whole in enumerate(needed[:-1]):
        if whole + min(label, _LABEL) <= left:
            return min(label, left - whole), bars, whole, form
    words = min(needed[-1], max(_SHORTEST_WORDS, left * 2 // 5, left - label), left)
    return min(label, left - words), bars, words, len(needed) - 1


def _filled(label: str, width: int) -> str:
    indent = label[: len(label) - len(label.lstrip(" "))][:width]
    cut = indent + fitted(label, width - len(indent))
    return cut + " " * (width - display_width(cut))


def fitted(text: str, width: int) -> str:
    """Return the text on one line that takes no more than `width` places of a terminal, with an ellipsis if cut."""
    line = one_line(text)
    if display_width(line) <= width:
        return line
    kept = line[: max(width, 0)]
    while kept and display_width(kept) >= width:
        kept = kept[:-1]
    return f"{kept.rstrip()}…" if width > 0 else ""


def display_width(text: str) -> int:
    """Return how many places of a terminal a text takes. Emoji made of several are counted as their parts."""
    return len(text) if text.isascii() else sum(_places(character) for character in text)


def _places(character: str) -> int:
    if character == "\ufe0f":  # makes an emoji of the character before, which is then wide
        return 1
    if "\U0001f1e6" <= character <= "\U0001f1ff":  # half a flag, whatever the Unicode of this Python says
        return 1
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
