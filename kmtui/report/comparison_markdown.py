"""River, stairs and trend as Markdown: what they say in words, then tables, then the drawing as text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from kmtui import __version__
from kmtui.analysis.comparison import (
    Compared,
    Comparison,
    CriterionTrend,
    Standing,
    Trend,
    climb,
    helpers,
)
from kmtui.analysis.scoring import number
from kmtui.model.base import in_words
from kmtui.model.matrix import Matrix
from kmtui.model.session import number_in_words
from kmtui.report.comparison_drawing import river_drawing, stairs_drawing, steps_of, trend_drawing
from kmtui.report.comparison_sentences import (
    end_words,
    level_words,
    named,
    not_compared_sentences,
    river_sentences,
    stairs_words,
    trend_sentences,
    years_not_compared_sentences,
)
from kmtui.report.escape import front_matter, inline
from kmtui.report.parts import SEPARATOR, bullets, joined, table, told
from kmtui.report.words import capitalised, counted
from kmtui.text import clean

_WIDTH = 72  # of a drawing: it fits on a page of paper
_NAMED_ON_A_STEP = 20
_NAMED = 5
_MOST_HELP = 10  # pairs told for one criterion
_ALL = 1_000_000

_TICKS = re.compile("`+")


def river_markdown(comparison: Comparison, day: date) -> str:
    """Return the range of all teams for each criterion, with the own team and its target in it."""
    own = [comparison.own, "Target"] if told(comparison.own) else []
    rows = [_river_row(comparison, row) for row in comparison.criteria]
    parts = [
        *_head(comparison, "River", day),
        "Each line gives the lowest and the highest level of all teams, and how many teams have one.",
        table(["Criterion", "Lowest", "Highest", "Teams", *own], rows),
        "## In words",
        bullets(river_sentences(comparison)),
        "## As a drawing",
        fenced(river_drawing(comparison, _WIDTH)),
        *_not_compared(not_compared_sentences(comparison.not_compared, most=_ALL)),
    ]
    return _front(comparison.matrix, "river", comparison.own, day) + "\n" + joined(parts)


def _river_row(comparison: Comparison, row: Compared) -> list[str]:
    matrix = comparison.matrix
    cells = [row.criterion.name, end_words(matrix, row, row.lowest), end_words(matrix, row, row.highest)]
    cells.append(str(sum(each.level is not None for each in row.teams)))
    if told(comparison.own):
        own = next((each for each in row.teams if each.own), None)
        cells += [level_words(matrix, own) if own else "", _target(own) if own else ""]
    return cells


def stairs_markdown(comparison: Comparison, day: date) -> str:
    """Return for each criterion who stands where, who wants to climb where to, and who could help whom."""
    parts = [
        *_head(comparison, "Stairs", day),
        "Each criterion shows who stands on which level and who wants to climb. A team that stands where another one "
        "wants to be could help it.",
        *_help(comparison),
    ]
    for row in comparison.criteria:
        words = inline(capitalised(stairs_words(comparison.matrix, row)))
        parts += [f"## {inline(row.criterion.name)}", words, _steps_table(comparison.matrix, row)]
    parts += ["## As a drawing", fenced(stairs_drawing(comparison, _WIDTH))]
    parts += _not_compared(not_compared_sentences(comparison.not_compared, most=_ALL))
    return _front(comparison.matrix, "stairs", comparison.own, day) + "\n" + joined(parts)


def _help(comparison: Comparison) -> list[str]:
    matrix = comparison.matrix
    rows, more = [], 0
    for row in comparison.criteria:
        pairs = helpers(row, most=1)
        more += len(pairs[_MOST_HELP:])
        rows += [
            [
                row.criterion.name,
                pair.helper.team,
                level_words(matrix, pair.helper),
                pair.seeker.team,
                level_words(matrix, pair.seeker),
                _target(pair.seeker),
            ]
            for pair in pairs[:_MOST_HELP]
        ]
    if not rows:
        return []
    heads = ["Criterion", "Could help", "Stands at", "Wants to climb", "Stands at", "Wants"]
    others = f"{counted(more, 'more pair is', 'more pairs are')} not listed here." if more else ""
    return ["## Who could help whom", table(heads, rows), capitalised(others)]


def _steps_table(matrix: Matrix, row: Compared) -> str:
    rows = []
    for step, standings in steps_of(row).items():
        teams = sorted(standings, key=lambda each: not each.own)
        words = [_who(matrix, each) for each in teams]
        climbing = sum(climb(each) > 0 for each in teams)
        rows.append([number(step), matrix.band_at(step).name, _some(words), str(climbing or "")])
    return table(["Level", "Band", "Teams", "Want to climb"], rows) if rows else ""


def _some(words: Sequence[str]) -> str:
    kept = "; ".join(words[:_NAMED_ON_A_STEP])
    more = len(words) - _NAMED_ON_A_STEP
    return f"{kept}; and {number_in_words(more)} more" if more > 0 else kept


def _who(matrix: Matrix, standing: Standing) -> str:
    words = standing.team
    if standing.mean:
        words += f": {level_words(matrix, standing)}"
    return f"{words}, wants {_target(standing)}" if climb(standing) else words


def trend_markdown(trend: Trend, day: date) -> str:
    """Return one team over the years: its levels for each criterion and assessment, what rose and what fell."""
    days = list(dict.fromkeys(trend.dates))
    rows = [
        [row.criterion.name, *(_on(trend.matrix, row, each) for each in days), _last_target(row)]
        for row in trend.criteria
    ]
    first, *rest = trend_sentences(trend)
    parts = [
        f"# {inline(trend.team)} over the years: {inline(trend.matrix.title)}",
        f"Made on {in_words(day)}",
        inline(first),
        table(["Criterion", *(in_words(each) for each in days), "Target"], rows),
        "## In words",
        bullets(rest),
        "## As a drawing",
        fenced(trend_drawing(trend, _WIDTH)),
        *_not_compared(years_not_compared_sentences(trend.not_compared, most=_ALL)),
    ]
    return _front(trend.matrix, "trend", trend.team, day) + "\n" + joined(parts)


def _on(matrix: Matrix, row: CriterionTrend, day: date) -> str:
    """Return the level on a day; where there were several assessments, all of them in their order."""
    return ", then ".join(level_words(matrix, point) for point in row.points if point.date == day)


def _last_target(row: CriterionTrend) -> str:
    target = row.points[-1].target if row.points else None
    return number(target) if target is not None else ""


def _front(matrix: Matrix, kind: str, team: str, day: date) -> str:
    return front_matter(
        {
            "kind": kind,
            "matrix": matrix.id,
            "matrix_version": matrix.version,
            "team": team or None,
            "date": day,
            "made_by": f"kmtui {__version__}",
        }
    )


def _head(comparison: Comparison, title: str, day: date) -> list[str]:
    teams = capitalised(counted(len(comparison.teams), "team", "teams"))
    line = SEPARATOR.join(inline(part) for part in (teams, named(comparison.teams, _NAMED), f"made on {in_words(day)}"))
    return [f"# {title}: {inline(comparison.matrix.title)}", line]


def _target(standing: Standing) -> str:
    return number(standing.target) if standing.target is not None else ""


def _not_compared(sentences: Sequence[str]) -> list[str]:
    return ["## What is not compared", bullets(sentences)] if sentences else []


def fenced(lines: Sequence[str]) -> str:
    """Return lines as a code block, fenced by more backticks than there are anywhere in them."""
    text = "\n".join(clean(line).rstrip() for line in lines)
    fence = "`" * max(3, *(len(run) + 1 for run in _TICKS.findall(text)), 3)
    return f"{fence}text\n{text}\n{fence}"
