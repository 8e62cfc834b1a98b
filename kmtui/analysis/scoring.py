"""Scores of an assessment that a group agreed: mean and band per criterion, section and whole; gaps to the target.

Rule for bands: a mean belongs to the band that holds its nearest whole level, halves up (design, part 6).
"Don't know", "not for us" and "parked" are answers, and leave the mean alone.
"""

from __future__ import annotations

from kmtui.model.assessment import Assessment
from kmtui.model.base import Level, Value
from kmtui.model.matrix import Criterion, Matrix, Section, as_level, nearest_whole


class Score(Value, frozen=True, kw_only=True):
    """A mean with what stands behind it.

    For a criterion `n` counts levels, for a section or the whole the criteria that have a mean. `band` is the id of a
    band of the matrix; `rounded` the whole level through which the mean belongs to it. All None where `n` is 0.
    """

    id: str
    name: str
    n: int
    mean: Level | None = None
    rounded: int | None = None
    band: str | None = None


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
    """Return the scores of a group's assessment."""
    matrix = assessment.matrix
    criteria = {
        criterion.id: _score(matrix, criterion.id, criterion.name, _levels(assessment, criterion))
        for criterion in matrix.criteria
    }
    sections = tuple(
        _score(matrix, section.id, section.name, _means([criteria[criterion.id] for criterion in section.criteria]))
        for section in matrix.sections
    )
    whole = _score(matrix, "whole", "Whole", _means(list(criteria.values())))
    return Scores(whole=whole, sections=sections, criteria=tuple(criteria.values()))


def gaps_of(assessment: Assessment) -> tuple[Gap, ...]:
    """Return the criteria with a level below their target, the widest gap first, then in the order of the matrix."""
    gaps = []
    for section in assessment.matrix.sections:
        for criterion in section.criteria:
            rating = assessment.rating(criterion.id)
            if rating.level is not None and rating.target is not None and rating.target > rating.level:
                gaps.append(
                    Gap(
                        criterion=criterion,
                        section=section,
                        level=rating.level,
                        target=rating.target,
                        gap=as_level(rating.target - rating.level),
                    )
                )
    return tuple(sorted(gaps, key=lambda gap: -gap.gap))


def _levels(assessment: Assessment, criterion: Criterion) -> list[Level]:
    level = assessment.rating(criterion.id).level
    return [] if level is None else [level]


def _means(scores: list[Score]) -> list[Level]:
    return [score.mean for score in scores if score.mean is not None]


def _score(matrix: Matrix, name_id: str, name: str, numbers: list[Level]) -> Score:
    if not numbers:
        return Score(id=name_id, name=name, n=0)
    mean = as_level(sum(numbers) / len(numbers))
    return Score(
        id=name_id,
        name=name,
        n=len(numbers),
        mean=mean,
        rounded=nearest_whole(mean),
        band=matrix.band_at(mean).id,
    )


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
