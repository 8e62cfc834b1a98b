"""Scores of an assessment: mean and band per criterion, section and whole; gaps to the target.

Of a group the levels that it agreed, of a survey the means of what individuals answered, as far as they may be shown
(kmtui.analysis.survey).

Rule for bands: a mean belongs to the band that holds its nearest whole level, halves up (design, part 6).
"Don't know", "not for us" and "parked" are answers, and leave the mean alone.
"""

from __future__ import annotations

from collections.abc import Callable
from math import fsum

from kmtui.model.assessment import Assessment
from kmtui.model.base import Level, Value
from kmtui.model.matrix import Criterion, Matrix, Section, as_level, nearest_whole
from kmtui.model.survey import SurveyResult


class Score(Value, frozen=True, kw_only=True):
    """A mean with what stands behind it.

    For a criterion `n` counts levels, for a section or the whole the criteria that have a mean. `band` is the id of a
    band of the matrix; `rounded` the whole level through which the mean belongs to it. All None where there is no mean
    that may be shown.

    For a criterion of a survey `n` counts answers; `sd` (of the sample, n - 1), `lowest`, `highest` and `bands`, the
    count of answers by the id of the band, are None below five answers, and always for a group.
    """

    id: str
    name: str
    n: int
    mean: Level | None = None
    rounded: int | None = None
    band: str | None = None
    sd: float | None = None
    lowest: Level | None = None
    highest: Level | None = None
    bands: dict[str, int] | None = None


class Scores(Value, frozen=True, kw_only=True):
    """The scores of one assessment, in the order of the matrix."""

    whole: Score
    sections: tuple[Score, ...]
    criteria: tuple[Score, ...]


class Gap(Value, frozen=True, kw_only=True):
    """How far a criterion is below its target, in levels. Never negative."""

    criterion: Criterion
    section: Section
    level: Level
    target: Level
    gap: Level


def scores_of(assessment: Assessment) -> Scores:
    """Return the scores of an assessment: of a survey those of its result, else those of the levels agreed.

    A survey to which responses still come has no scores.
    """
    if assessment.way == "group":
        return agreed_scores(assessment)
    result = assessment.survey or SurveyResult(answered=0)
    return _scores(assessment.matrix, lambda criterion: _of_spread(assessment.matrix, criterion, result))


def agreed_scores(assessment: Assessment) -> Scores:
    """Return the scores of the levels that a group agreed, also after a survey."""
    return _scores(assessment.matrix, lambda criterion: _of_level(assessment, criterion))


def level_of(assessment: Assessment, criterion_id: str) -> Level | None:
    """Return where the team stands on a criterion: the level agreed, else the mean of a survey, as far as shown."""
    return levels_of(assessment).get(criterion_id)


def levels_of(assessment: Assessment) -> dict[str, Level]:
    """Return where the team stands by the id of the criterion, where it has a level: agreed, else a survey's mean."""
    spreads = assessment.survey.spreads if assessment.survey is not None else ()
    means = {spread.criterion: spread.mean for spread in spreads if spread.mean is not None}
    return means | {rating.criterion: rating.level for rating in assessment.ratings if rating.level is not None}


def _scores(matrix: Matrix, of: Callable[[Criterion], Score]) -> Scores:
    criteria = {criterion.id: of(criterion) for criterion in matrix.criteria}
    sections = tuple(
        _score(matrix, section.id, section.name, _means([criteria[criterion.id] for criterion in section.criteria]))
        for section in matrix.sections
    )
    whole = _score(matrix, "whole", "Whole", _means(list(criteria.values())))
    return Scores(whole=whole, sections=sections, criteria=tuple(criteria.values()))


def _of_level(assessment: Assessment, criterion: Criterion) -> Score:
    level = assessment.rating(criterion.id).level
    return _score(assessment.matrix, criterion.id, criterion.name, [] if level is None else [level])


def _of_spread(matrix: Matrix, criterion: Criterion, result: SurveyResult) -> Score:
    spread = result.spread(criterion.id)
    if spread.mean is None:
        return Score(id=criterion.id, name=criterion.name, n=spread.n)
    return Score(
        id=criterion.id,
        name=criterion.name,
        n=spread.n,
        mean=spread.mean,
        rounded=nearest_whole(spread.mean),
        band=matrix.band_at(spread.mean).id,
        sd=spread.sd,
        lowest=spread.lowest,
        highest=spread.highest,
        bands=spread.bands,
    )


def gaps_of(assessment: Assessment) -> tuple[Gap, ...]:
    """Return the criteria with a level below their target, the widest gap first, then in the order of the matrix."""
    levels = levels_of(assessment)
    gaps = []
    for section in assessment.matrix.sections:
        for criterion in section.criteria:
            level, target = levels.get(criterion.id), assessment.rating(criterion.id).target
            if level is not None and target is not None and target > level:
                gap = as_level(target - level)
                gaps.append(Gap(criterion=criterion, section=section, level=level, target=target, gap=gap))
    return tuple(sorted(gaps, key=lambda gap: -gap.gap))


def _means(scores: list[Score]) -> list[Level]:
    return [score.mean for score in scores if score.mean is not None]


def _score(matrix: Matrix, name_id: str, name: str, numbers: list[Level]) -> Score:
    if not numbers:
        return Score(id=name_id, name=name, n=0)
    mean = as_level(_mended(fsum(numbers) / len(numbers)))
    return Score(
        id=name_id,
        name=name,
        n=len(numbers),
        mean=mean,
        rounded=nearest_whole(mean),
        band=matrix.band_at(mean).id,
    )


def _mended(mean: float) -> float:
    """Return a mean of means that should be a whole or a half as just that: thirds do not always add up to it."""
    halves = round(mean * 2) / 2
    return halves if abs(mean - halves) < 1e-9 else mean


def number(mean: Level) -> str:
    """Return a mean for reading: whole numbers as they are, others with one decimal.

    A mean just below a half gets as many decimals as it takes to read on its own side of it: 5.46, since 5.5 would
    round to 6.
    """
    if isinstance(mean, int):
        return str(mean)
    readings = (f"{mean:.{decimals}f}" for decimals in range(1, 16))
    return next((words for words in readings if nearest_whole(float(words)) == nearest_whole(mean)), str(mean))


def mean_in_words(matrix: Matrix, score: Score) -> str:
    """Return a mean with its rounding and band: 5.6 (rounds to 6: Pockets of good practice)."""
    if score.mean is None or score.rounded is None:
        return "no level yet"
    band = matrix.band_at(score.mean).name
    if score.mean == score.rounded:
        return f"{number(score.mean)} ({band})"
    return f"{number(score.mean)} (rounds to {score.rounded}: {band})"
