"""The JSON documents of a comparison: what `kmtui compare --json` prints."""

from __future__ import annotations

from typing import Any, Literal

from kmtui.analysis.comparison import Compared, Comparison, NotCompared, Trend, helpers
from kmtui.model.base import Day
from kmtui.model.matrix import Matrix
from kmtui.text import clean

NEAREST = 5
"""How many teams that could help are named for each that wants to climb, those nearest above its target."""


def comparison_document(comparison: Comparison, kind: Literal["river", "stairs"]) -> dict[str, Any]:
    """Return teams beside each other as JSON-ready values; stairs also say who could help whom."""
    return {
        "matrix": _matrix(comparison.matrix),
        "own": clean(comparison.own),
        "criteria": [_row(row, with_help=kind == "stairs") for row in comparison.criteria],
        "not_compared": [_not_compared(each) for each in comparison.not_compared],
    }


def trend_document(trend: Trend) -> dict[str, Any]:
    """Return one team over the years as JSON-ready values, the oldest assessment first."""
    return {
        "matrix": _matrix(trend.matrix),
        "team": clean(trend.team),
        "criteria": [
            {
                "id": clean(row.criterion.id),
                "name": clean(row.criterion.name),
                "points": [
                    {"date": _date(point.date), "level": point.level, "target": point.target} for point in row.points
                ],
            }
            for row in trend.criteria
        ],
        "not_compared": [_not_compared(each) for each in trend.not_compared],
    }


def _row(row: Compared, *, with_help: bool) -> dict[str, Any]:
    document: dict[str, Any] = {
        "id": clean(row.criterion.id),
        "name": clean(row.criterion.name),
        "lowest": row.lowest,
        "highest": row.highest,
        "teams": [{"team": clean(each.team), "level": each.level, "target": each.target} for each in row.teams],
    }
    if with_help:
        document["help"] = [
            {"helper": clean(each.helper.team), "seeker": clean(each.seeker.team)}
            for each in helpers(row, most=NEAREST)
        ]
    return document


def _matrix(matrix: Matrix) -> dict[str, str]:
    return {"id": clean(matrix.id), "title": clean(matrix.title), "version": clean(matrix.version)}


def _not_compared(each: NotCompared) -> dict[str, Any]:
    return {"team": clean(each.team), "date": _date(each.date), "what": clean(each.what), "why": clean(each.why)}


def _date(day: Day | None) -> str | None:
    return day.isoformat() if day is not None else None
