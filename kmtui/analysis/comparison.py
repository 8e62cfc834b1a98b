"""Teams and years beside each other: who stands where, how far each wants to climb, who could help whom.

River and stairs follow Collison and Parcell, Learning to Fly (domain facts, 1.3 c). Criteria are compared where id,
indicator, statements, scale and bands are the same; what does not match is named, never left out in silence.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable

from kmtui.analysis.hidden_names import with_names_hidden
from kmtui.analysis.matching import beside, folded, newest_first, of_model, other_models, same_name, with_left_out
from kmtui.analysis.scoring import levels_of
from kmtui.analysis.standing import (
    Compared,
    Comparison,
    CriterionTrend,
    Help,
    NotCompared,
    Point,
    Standing,
    ThenAndNow,
    Trend,
)
from kmtui.analysis.years import not_comparable, then_and_now, trend
from kmtui.model.assessment import Assessment
from kmtui.model.base import Level
from kmtui.model.matrix import Criterion, as_level
from kmtui.model.rating import Rating
from kmtui.text import one_line

__all__ = [
    "Compared",
    "Comparison",
    "CriterionTrend",
    "Help",
    "NotCompared",
    "Point",
    "Standing",
    "ThenAndNow",
    "Trend",
    "climb",
    "compared",
    "helpers",
    "not_comparable",
    "seekers",
    "then_and_now",
    "trend",
    "with_names_hidden",
]

_DIGITS = re.compile(r"(\d+)")


def compared(assessments: Iterable[Assessment], *, own: str = "", matrix_id: str | None = None) -> Comparison | None:
    """Return the newest assessment of each team beside each other; None where there is nothing to compare.

    An assessment without any level gives way to the one before it, where there is one. A criterion that one team leaves
    out is there as long as another uses it.

    Args:
        assessments: in any order; those without a team, and surveys to which responses still come, are passed over.
        own: the name of the team that asks, in any case.
        matrix_id: the model; without it that of the newest assessment, of `own` if it has one. What is compared is its
            newest version among the assessments of the own team, else of all.
    """
    found = newest_first(assessments)
    of_own = [each for each in found if same_name(each.team, own)]
    reference = of_model(of_own, matrix_id) or of_model(found, matrix_id)
    if reference is None:
        return None
    chosen = _one_of_each_team(found, reference.matrix.id)
    reference = chosen[folded(reference.team)]
    matrix = with_left_out(reference, chosen.values())
    rows: dict[str, list[Standing]] = {criterion.id: [] for criterion in matrix.criteria}
    differences: list[NotCompared] = []
    teams = []
    for assessment in sorted(
        (*chosen.values(), *other_models(found, matrix.id)), key=lambda each: _order(each.team, own)
    ):
        matched, different = beside(matrix, assessment)
        differences += different
        levels = levels_of(assessment) if matched else {}
        ratings = {rating.criterion: rating for rating in assessment.ratings}
        teams += [one_line(assessment.team)] if matched else []
        for criterion_id in matched:
            rating = ratings.get(criterion_id, Rating(criterion=criterion_id))
            standing = Standing(
                team=one_line(assessment.team),
                date=assessment.date,
                assessment=assessment.id,
                level=levels.get(criterion_id),
                target=rating.target,
                mean=criterion_id in levels and rating.level is None,
                own=same_name(assessment.team, own),
            )
            rows[criterion_id].append(standing)
    return Comparison(
        matrix=matrix,
        own=one_line(of_own[0].team if of_own else own),
        teams=tuple(teams),
        criteria=tuple(_row(criterion, rows[criterion.id]) for criterion in matrix.criteria),
        not_compared=tuple(differences),
    )


def _one_of_each_team(newest_first: Iterable[Assessment], matrix_id: str) -> dict[str, Assessment]:
    """Return the newest assessment of each team that has a level, else its newest, by the folded name."""
    with_levels: dict[str, Assessment] = {}
    newest: dict[str, Assessment] = {}
    for each in newest_first:
        name = folded(each.team)
        if each.matrix.id == matrix_id and name not in with_levels:
            newest.setdefault(name, each)
            if levels_of(each):
                with_levels[name] = each
    return newest | with_levels


def _order(team: str, own: str) -> tuple[bool, list[tuple[int, str]]]:
    """Return what puts the own team first, then goes by the name as people count: Ward 4 before Ward 10."""
    parts = _DIGITS.split(folded(team))
    return not same_name(team, own), [(int(part[:15]), part) if part.isdecimal() else (0, part) for part in parts]


def _row(criterion: Criterion, standings: list[Standing]) -> Compared:
    levels = [each.level for each in standings if each.level is not None]
    return Compared(
        criterion=criterion,
        lowest=min(levels, default=None),
        highest=max(levels, default=None),
        teams=tuple(standings),
    )


def climb(standing: Standing) -> Level:
    """Return how many levels a team wants to climb; 0 where it has no level, no target or has reached it."""
    if standing.level is None or standing.target is None:
        return 0
    # Rounded, since the difference of a mean and a target is not exact in binary.
    return as_level(round(max(standing.target - standing.level, 0), 9))


def helpers(row: Compared, *, most: int | None = None) -> tuple[Help, ...]:
    """Return who could help whom on a criterion: a team that stands at or above the target of one that wants to climb.

    Those who want to climb furthest come first, and for each the nearest above its target first, `most` of them.
    """
    standing = sorted((each for each in row.teams if each.level is not None), key=_level)
    levels = [_level(each) for each in standing]
    found = []
    for seeker in seekers(row):
        first = bisect_left(levels, seeker.target or 0)
        nearest = standing[first : None if most is None else first + most]
        found += [Help(helper=helper, seeker=seeker) for helper in nearest]
    return tuple(found)


def seekers(row: Compared) -> tuple[Standing, ...]:
    """Return the teams that want to climb on a criterion, those who want to climb furthest first."""
    return tuple(sorted((each for each in row.teams if climb(each) > 0), key=climb, reverse=True))


def _level(standing: Standing) -> Level:
    return standing.level if standing.level is not None else 0
