"""One team over the years: its trend, and the assessment before beside this one."""

from __future__ import annotations

from collections.abc import Iterable

from kmtui.analysis.matching import beside, matching, newest_first, of_model, other_models, same_name, with_left_out
from kmtui.analysis.scoring import levels_of
from kmtui.analysis.standing import CriterionTrend, NotCompared, Point, ThenAndNow, Trend
from kmtui.model.assessment import Assessment
from kmtui.model.rating import Rating
from kmtui.text import one_line


def trend(assessments: Iterable[Assessment], team: str, *, matrix_id: str | None = None) -> Trend | None:
    """Return the assessments of one team over the years; None where it has none."""
    found = [each for each in newest_first(assessments) if same_name(each.team, team)]
    newest = of_model(found, matrix_id)
    if newest is None:
        return None
    all_of = [each for each in found if each.matrix.id == newest.matrix.id]
    matrix = with_left_out(newest, all_of)
    points: dict[str, list[Point]] = {criterion.id: [] for criterion in matrix.criteria}
    dates, differences = [], []
    for assessment in reversed(all_of):
        matched, different = beside(matrix, assessment)
        differences += different
        dates += [assessment.date] if matched else []
        for criterion_id, point in _points(assessment, matched).items():
            points[criterion_id].append(point)
    for other in other_models(found, matrix.id):
        differences += beside(matrix, other)[1]
    return Trend(
        matrix=matrix,
        team=one_line(newest.team),
        dates=tuple(dates),
        criteria=tuple(
            CriterionTrend(criterion=criterion, points=tuple(points[criterion.id])) for criterion in matrix.criteria
        ),
        not_compared=tuple(differences),
    )


def _points(assessment: Assessment, criteria: Iterable[str]) -> dict[str, Point]:
    """Return the points of an assessment by criterion, where there is a level."""
    levels = levels_of(assessment)
    ratings = {rating.criterion: rating for rating in assessment.ratings}
    points = {}
    for criterion_id in criteria:
        if criterion_id in levels:
            rating = ratings.get(criterion_id, Rating(criterion=criterion_id))
            agreed = rating.level is not None
            points[criterion_id] = Point(
                date=assessment.date,
                level=levels[criterion_id],
                target=rating.target,
                mean=not agreed,
                rationale=rating.rationale if agreed else "",
            )
    return points


def then_and_now(now: Assessment, before: Assessment) -> tuple[ThenAndNow, ...]:
    """Return the criteria that have a level in both assessments and match, in the order of the matrix."""
    matched = matching(now.matrix, before).criteria
    then, today = _points(before, matched), _points(now, matched)
    return tuple(
        ThenAndNow(criterion=criterion, then=then[criterion.id], now=today[criterion.id])
        for criterion in now.matrix.criteria
        if criterion.id in then and criterion.id in today
    )


def not_comparable(now: Assessment, before: Assessment) -> tuple[NotCompared, ...]:
    """Return what does not match between two assessments of a team."""
    matrix = with_left_out(now, [before])
    _, then = beside(matrix, before)
    _, today = beside(matrix, now)
    return (*then, *today)
