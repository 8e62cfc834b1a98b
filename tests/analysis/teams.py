"""Assessments of teams for comparisons, in a few words."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec.structs import replace

from kmtui.model.assessment import Assessment
from kmtui.model.base import Level
from kmtui.model.matrix import Criterion, Matrix
from kmtui.model.rating import Rating
from kmtui.model.survey import Spread, SurveyResult
from tests.report.examples import ASSESSMENT, MATRIX

DAY = date(2026, 11, 20)

Said = Level | None | tuple[Level | None, Level | None]
"""A level, or a level and a target."""


def team(name: str, said: dict[str, Said] | None = None, *, matrix: Matrix = MATRIX, **changes: Any) -> Assessment:
    """Return an assessment of a team by a group; `said` goes by the id of the criterion."""
    ratings = []
    for criterion, what in (said or {}).items():
        level, target = what if isinstance(what, tuple) else (what, None)
        ratings.append(Rating(criterion=criterion, level=level, target=target))
    fields = {
        "id": f"id-{name}",
        "date": DAY,
        "team": name,
        "matrix": matrix,
        "ratings": tuple(ratings),
        "left_out": (),
    }
    return replace(ASSESSMENT, **{**fields, **changes})


def surveyed(
    name: str, means: dict[str, Level | None], said: dict[str, Said] | None = None, **changes: Any
) -> Assessment:
    """Return a closed survey of a team with these means; None where too few answered."""
    spreads = tuple(Spread(criterion=each, n=3 if mean is not None else 2, mean=mean) for each, mean in means.items())
    survey = SurveyResult(answered=3, spreads=spreads)
    return team(name, said, way="survey", closed=ASSESSMENT.created, survey=survey, **changes)


def with_criterion(matrix: Matrix, criterion_id: str, **changes: Any) -> Matrix:
    """Return the matrix with changed fields in one criterion."""

    def changed(criterion: Criterion) -> Criterion:
        return replace(criterion, **changes) if criterion.id == criterion_id else criterion

    sections = (replace(section, criteria=tuple(map(changed, section.criteria))) for section in matrix.sections)
    return replace(matrix, sections=tuple(sections))
