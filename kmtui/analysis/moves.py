"""Criteria that teams scored again in a period, and where they moved.

Each criterion of a team moves once in a period: from its last level before the period, or where there is none its first
level within, to its last level within. Criteria are compared where their words, scale and bands are the same
(`kmtui.analysis.matching`), in the words of the newest assessment of the period.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kmtui.analysis.matching import folded, newest_first, without_copies
from kmtui.analysis.standing import Point
from kmtui.analysis.years import trend
from kmtui.model.assessment import Assessment
from kmtui.model.matrix import Criterion
from kmtui.model.numbers import Move, Period
from kmtui.text import one_line


def moves(assessments: Iterable[Assessment], period: Period) -> tuple[Move, ...]:
    """Return how the criteria moved that have an earlier level and were scored again in the period.

    They go by team in order of the alphabet, then as in the matrix; those that stayed where they were are among them.
    An assessment counts once it is finished, a survey once it is closed; one that names no team is passed over.
    """
    held = (each for each in assessments if each.finished or each.way == "survey")
    found: dict[tuple[str, str], list[Assessment]] = {}
    for each in without_copies(newest_first(held)):
        if each.date <= period.last:
            found.setdefault((folded(each.team), each.matrix.id), []).append(each)
    return tuple(move for key in sorted(found) for move in _moves_of(found[key], period))


def _moves_of(newest_first: Sequence[Assessment], period: Period) -> Iterable[Move]:
    """Return the moves of one team in one model."""
    if len(newest_first) < 2 or not period.holds(newest_first[0].date):
        return
    found = trend(newest_first, newest_first[0].team)
    for row in found.criteria if found is not None else ():
        earlier = [point for point in row.points if point.date < period.first]
        within = [point for point in row.points if period.holds(point.date)]
        known = [*earlier[-1:], *within]
        if within and len(known) > 1:
            yield _move(one_line(newest_first[0].team), row.criterion, known[0], known[-1])


def _move(team: str, criterion: Criterion, then: Point, now: Point) -> Move:
    if then.level is None or now.level is None:
        raise ValueError("only points with a level are compared")
    return Move(
        team=team,
        criterion=criterion.id,
        criterion_name=one_line(criterion.name),
        before=then.level,
        before_on=then.date,
        before_mean=then.mean,
        after=now.level,
        after_on=now.date,
        after_mean=now.mean,
    )
