"""Text drawings of an assessment, which read without colour.

Legend: `█` up to the level, `░` above it, `│` where a band ends, `◆` the target; in plain letters `#`, `-`, `|`, `T`.
"""

from __future__ import annotations

import unicodedata
from typing import Literal

from kmtui.analysis.scoring import Score, mean_in_words, number, scores_of
from kmtui.model.assessment import SKIP_WORDS, Assessment, Rating
from kmtui.model.base import Level, Value
from kmtui.model.matrix import Band, Matrix, Scale
from kmtui.report.sentences import level_in_words
from kmtui.text import one_line

LEGEND = "█ level, ░ the rest of the scale, │ end of a band, ◆ target"
PLAIN_LEGEND = "# level, - the rest of the scale, | end of a band, T target"

_MARKS = ("█", "░", "│", "◆")
_PLAIN_MARKS = ("#", "-", "|", "T")
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
    full, rest, border, mark = _PLAIN_MARKS if plain else _MARKS
    levels = scale.highest - scale.lowest + 1
    ends = sorted({band.levels[1] for band in bands if scale.lowest <= band.levels[1] < scale.highest})
    if width < levels + len(ends):
        ends = []
    cells = max(width - len(ends), 0)

    def place(point: Level) -> int:
        return min(max(round(cells * (point - scale.lowest + 1) / levels), 1), cells)

    drawn = [full] * (place(level) if level is not None else 0)
    drawn += [rest] * (cells - len(drawn))
    if target is not None and cells:
        drawn[place(target) - 1] = mark
    for end in reversed(ends):
        drawn.insert(place(end), border)
    return "".join(drawn)


def assessment_chart(assessment: Assessment, width: int, *, plain: bool = False) -> list[ChartLine]:
    """Return the chart of an assessment: a line for each section and each of its criteria, none wider than `width`.

    The words grow with the width; a mean is never shown without its rounding and band.
    """
    matrix = assessment.matrix
    rows: list[_Row] = []
    for section, score in zip(matrix.sections, scores_of(assessment).sections, strict=True):
        rows.append(_section_row(matrix, score))
        rows += [
            _criterion_row(matrix, criterion.id, criterion.name, assessment.rating(criterion.id))
            for criterion in section.criteria
        ]
    labels, bars, words, form = _columns(rows, width)
    return [
        ChartLine(
            kind=row.kind,
            id=row.id,
            label=_filled(row.label, labels),
            bar=bar(row.level, matrix.scale, bars, row.target, bands=matrix.bands, plain=plain),
            words=fitted(row.words[form], words),
        )
        for row in rows
    ]


class _Row(Value, frozen=True, kw_only=True):
    kind: Literal["section", "criterion"]
    id: str
    label: str
    level: Level | None
    target: Level | None
    words: tuple[str, str]  # the whole, and a short form


def _section_row(matrix: Matrix, score: Score) -> _Row:
    whole = mean_in_words(matrix, score)
    short = matrix.band_at(score.mean).name if score.mean is not None else "no level"
    return _Row(kind="section", id=score.id, label=score.name, level=score.mean, target=None, words=(whole, short))


def _criterion_row(matrix: Matrix, criterion_id: str, name: str, rating: Rating) -> _Row:
    target = "" if rating.target is None else f", target {number(rating.target)}"
    short = f"{number(rating.level)} of {matrix.scale.highest}" if rating.level is not None else "not yet"
    if rating.skip is not None:
        short = SKIP_WORDS[rating.skip]
    return _Row(
        kind="criterion",
        id=criterion_id,
        label=f"  {one_line(name)}",
        level=rating.level,
        target=rating.target,
        words=(level_in_words(matrix, rating) + target, short),
    )


def _columns(rows: list[_Row], width: int) -> tuple[int, int, int, int]:
    """Return the widths of label, bar and words, and which form of the words to show."""
    bars = min(max(width // 4, _NARROWEST_BAR), _WIDEST_BAR, max(width - 2, 0))
    left = max(width - bars - 2, 0)
    label = min(max((display_width(row.label) for row in rows), default=0), _WIDEST_LABEL)
    whole, short = (max((display_width(one_line(row.words[form])) for row in rows), default=0) for form in (0, 1))
    if whole + min(label, _LABEL) <= left:
        return min(label, left - whole), bars, whole, 0
    words = min(short, max(_SHORTEST_WORDS, left * 2 // 5, left - label), left)
    return min(label, left - words), bars, words, 1


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
    return sum(_places(character) for character in text)


def _places(character: str) -> int:
    if character == "\ufe0f":  # makes an emoji of the character before, which is then wide
        return 1
    if "\U0001f1e6" <= character <= "\U0001f1ff":  # half a flag, whatever the Unicode of this Python says
        return 1
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
