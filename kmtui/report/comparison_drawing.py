"""River, stairs and trend as text drawings, which read without colour and have a twin in plain letters.

Every drawing is a list of lines, none wider than asked for; a legend comes first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import floor

from kmtui.analysis.comparison import Compared, Comparison, CriterionTrend, Point, Standing, Trend, climb
from kmtui.analysis.scoring import number
from kmtui.model.base import ENGLISH_MONTHS, Day, Level, Value
from kmtui.model.matrix import Band, Matrix, Scale, nearest_whole
from kmtui.report.comparison_sentences import level_words, river_words
from kmtui.report.drawing import bar, display_width, fitted
from kmtui.report.words import capitalised
from kmtui.text import one_line

_WIDEST_STRETCH = 5  # places for one level
_SHORTEST_WORDS = 12
_INDENT = "  "


class _Marks(Value, frozen=True, kw_only=True):
    outside: str
    bank: str
    border: str
    own: str
    target: str
    both: str
    step: str
    up: str
    full: str
    rest: str


_DRAWN = _Marks(outside="·", bank="▒", border="│", own="●", target="◆", both="◈", step="┌", up="▲", full="█", rest="░")
_LETTERS = _Marks(
    outside=".", bank="=", border="|", own="O", target="T", both="X", step="+", up="^", full="#", rest="-"
)


def _marks(plain: bool) -> _Marks:
    return _LETTERS if plain else _DRAWN


def river_legend(comparison: Comparison, *, plain: bool = False) -> str:
    """Return what the marks of the river mean."""
    marks = _marks(plain)
    parts = [f"{marks.bank} from the lowest to the highest team", f"{marks.outside} the rest of the scale"]
    parts.append(f"{marks.border} end of a band")
    if comparison.own:
        own = one_line(comparison.own)
        parts += [f"{marks.own} {own}", f"{marks.target} its target", f"{marks.both} both in one place"]
    return ", ".join(parts)


def river_drawing(comparison: Comparison, width: int, *, plain: bool = False) -> list[str]:
    """Return for each criterion the scale, the bank from the lowest to the highest team, and the own team in it."""
    lines = wrapped(river_legend(comparison, plain=plain), width)
    for row in comparison.criteria:
        own = next((each for each in row.teams if each.own), None)
        lines += ["", fitted(row.criterion.name, width), _INDENT + _scale(comparison.matrix, row, own, width, plain)]
        lines += wrapped(capitalised(river_words(comparison, row)), width, _INDENT)
    return lines


def _scale(matrix: Matrix, row: Compared, own: Standing | None, width: int, plain: bool) -> str:
    low, high = str(matrix.scale.lowest), str(matrix.scale.highest)
    room = width - len(_INDENT) - len(low) - len(high) - 2
    return f"{low} {river_bar(row, matrix.scale, room, own, bands=matrix.bands, plain=plain)} {high}"


def river_bar(
    row: Compared,
    scale: Scale,
    width: int,
    own: Standing | None = None,
    *,
    bands: tuple[Band, ...] = (),
    plain: bool = False,
) -> str:
    """Return a scale of at most `width` characters with the bank between the lowest and the highest level filled.

    Every level has a stretch of its own, in the middle of which it stands; a mean stands within the stretch of the
    level that it rounds to. The ends of bands are drawn where there is room for them.
    """
    marks = _marks(plain)
    levels = scale.highest - scale.lowest + 1
    ends = sorted({band.levels[1] for band in bands if scale.lowest <= band.levels[1] < scale.highest})
    if width < levels + len(ends):
        ends = []
    stretch = (width - len(ends)) // levels
    cells = levels * min(stretch, _WIDEST_STRETCH) if stretch else max(width, 1)

    def place(level: Level) -> int:
        return min(max(floor(cells * (level - scale.lowest + 0.5) / levels), 0), cells - 1)

    drawn = [marks.outside] * cells
    if row.lowest is not None and row.highest is not None:
        for cell in range(place(row.lowest), place(row.highest) + 1):
            drawn[cell] = marks.bank
    if own is not None and own.target is not None:
        drawn[place(own.target)] = marks.target
    if own is not None and own.level is not None:
        taken = drawn[place(own.level)] == marks.target
        drawn[place(own.level)] = marks.both if taken else marks.own
    for end in reversed(ends):
        drawn.insert(cells * (end - scale.lowest + 1) // levels, marks.border)
    return "".join(drawn)


def stairs_legend(*, plain: bool = False) -> str:
    """Return what the marks of the stairs mean."""
    marks = _marks(plain)
    return (
        f"{marks.step} a level where teams stand, the highest first; {marks.up} the level that a team wants "
        "to climb to; a mean stands on the level that it rounds to"
    )


def stairs_drawing(comparison: Comparison, width: int, *, plain: bool = False) -> list[str]:
    """Return for each criterion a flight of stairs, from the highest level down, with the teams that stand on it.

    Where there are more names on a step than two lines hold, teams are counted.
    """
    lines = wrapped(stairs_legend(plain=plain), width)
    for row in comparison.criteria:
        lines += ["", fitted(row.criterion.name, width), *_flight(comparison.matrix, row, width, _marks(plain))]
    return lines


def _flight(matrix: Matrix, row: Compared, width: int, marks: _Marks) -> list[str]:
    steps = steps_of(row)
    if not steps:
        return wrapped("No team has a level yet.", width, _INDENT)
    lines = []
    widest = max(len(number(step)) for step in steps)
    scale = matrix.scale
    for step in steps:
        rise = round((step - scale.lowest) / (scale.highest - scale.lowest) * (width // 4))
        head = f"{_INDENT}{' ' * rise}{marks.step} {number(step):>{widest}} "
        lines += _step(head, steps[step], width, marks)
    return lines


def steps_of(row: Compared) -> dict[Level, list[Standing]]:
    """Return who stands on which level, the highest first; a mean on the one that it rounds to."""
    steps: dict[Level, list[Standing]] = {}
    for each in row.teams:
        if each.level is not None:
            steps.setdefault(nearest_whole(each.level) if each.mean else each.level, []).append(each)
    return {step: steps[step] for step in sorted(steps, reverse=True)}


def _step(head: str, standings: Sequence[Standing], width: int, marks: _Marks) -> list[str]:
    hang = " " * len(head)
    ordered = sorted(standings, key=lambda each: not each.own)
    if len(ordered) <= width:  # more could not be named on two lines in any case
        lines = wrapped(", ".join(_who(each, marks) for each in ordered), width, hang)
    if len(ordered) > width or (len(lines) > 2 and len(ordered) > 1):
        lines = wrapped(_counted(ordered, marks), width, hang)
    return [head + lines[0][len(head) :], *lines[1:]]


def _who(standing: Standing, marks: _Marks) -> str:
    wish = f" {marks.up}{number(standing.target)}" if standing.target is not None and climb(standing) else ""
    return f"{one_line(standing.team)}{wish}"


def _counted(standings: Sequence[Standing], marks: _Marks) -> str:
    own = [each for each in standings if each.own]
    others = [each for each in standings if not each.own]
    targets = [each.target for each in others if each.target is not None and climb(each)]
    words = [_who(each, marks) for each in own]
    words.append(f"{len(others)} {'more ' if own else ''}{'team' if len(others) == 1 else 'teams'}")
    if targets:
        words.append(f"{len(targets)} of them to climb, up to {marks.up}{number(max(targets))}")
    return ", ".join(words)


def trend_legend(*, plain: bool = False) -> str:
    """Return what the marks of a trend mean."""
    marks = _marks(plain)
    return (
        f"{marks.full} level, {marks.rest} the rest of the scale, {marks.border} end of a band, {marks.target} target"
    )


def trend_drawing(trend: Trend, width: int, *, plain: bool = False) -> list[str]:
    """Return for each criterion a bar for each assessment, the oldest first, with the level and the target."""
    lines = wrapped(trend_legend(plain=plain), width)
    for row in trend.criteria:
        lines += ["", fitted(row.criterion.name, width), *_years(trend.matrix, row, width, plain)]
    return lines


def _years(matrix: Matrix, row: CriterionTrend, width: int, plain: bool) -> Iterable[str]:
    if not row.points:
        return wrapped("No level yet.", width, _INDENT)
    lines = []
    for point in row.points:
        day = f"{_INDENT}{_short(point.date):<11} "
        bars = min(max(width // 3, 10), 40, max(width - len(day), 0))
        drawn = bar(point.level, matrix.scale, bars, point.target, bands=matrix.bands, plain=plain)
        words = _point(matrix, point)
        line = f"{day}{drawn} {words}"
        if display_width(line) <= width:
            lines.append(line)
        else:
            lines += [f"{day}{drawn}", *wrapped(words, width, _INDENT * 2)]
    return lines


def _short(day: Day) -> str:
    return f"{day.day} {ENGLISH_MONTHS[day.month - 1][:3]} {day.year}"


def _point(matrix: Matrix, point: Point) -> str:
    target = f", target {number(point.target)}" if point.target is not None else ""
    return f"{level_words(matrix, point)}{target}"


def wrapped(text: str, width: int, indent: str = "") -> list[str]:
    """Return the text as lines that take at most `width` places of a terminal, broken between words where possible."""
    room = max(width - len(indent), 1)
    lines, line, taken = [], "", 0
    for word in one_line(text).split(" "):
        wide = len(word) if word.isascii() else display_width(word)
        if line and taken + 1 + wide <= room:
            line, taken = f"{line} {word}", taken + 1 + wide
            continue
        if line:
            lines.append(line)
        *full, line = _pieces(word, room) if wide > room else [word]
        lines += full
        taken = display_width(line) if full else wide
    return [indent + each for each in (*lines, line)]


def _pieces(word: str, room: int) -> list[str]:
    """Return a word in pieces that fit, a single one as a rule."""
    pieces, piece, places = [], "", 0
    for character in word:
        wide = display_width(character)
        if places + wide > room and piece:
            pieces.append(piece)
            piece, places = "", 0
        piece, places = piece + character, places + wide
    return [*pieces, piece]
