"""What a survey of individuals came to, without anything in it that belongs to one person.

Rules (design, part 6): below three answers on a criterion nothing but their count is kept, below five the count and
the mean. What is kept is made once, when the survey is closed, and responses are refused afterwards: so no two reports
differ by one person, and nothing hidden can be worked out by subtracting one from the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import fsum, sqrt

from kmtui.model.assessment import Assessment
from kmtui.model.base import Level
from kmtui.model.matrix import Criterion, Matrix, as_level
from kmtui.model.rating import Rating
from kmtui.model.session import Person
from kmtui.model.survey import Response, Spread, SurveyResult
from kmtui.model.thresholds import FEWEST_FOR_MEAN, FEWEST_FOR_SPREAD


def result_of(matrix: Matrix, responses: Sequence[Response], fewest: int = FEWEST_FOR_SPREAD) -> SurveyResult:
    """Return what the finished responses come to.

    Args:
        matrix: what was asked.
        responses: all of them; those not finished are not counted.
        fewest: how many answers a criterion needs before more than its mean is kept; never fewer than five.
    """
    counted = [response for response in responses if response.finished]
    fewest = max(fewest, FEWEST_FOR_SPREAD)
    ratings = [{rating.criterion: rating for rating in response.ratings} for response in counted]
    spreads = tuple(
        _spread(matrix, criterion.id, [each[criterion.id] for each in ratings if criterion.id in each], fewest)
        for criterion in matrix.criteria
    )
    return SurveyResult(answered=len(counted), spreads=spreads, roles=_roles(counted, fewest))


def _spread(matrix: Matrix, criterion_id: str, ratings: Sequence[Rating], fewest: int) -> Spread:
    levels = [rating.level for rating in ratings if rating.level is not None]
    n = len(levels)
    if n < FEWEST_FOR_MEAN:
        return Spread(criterion=criterion_id, n=n)
    mean = fsum(levels) / n
    if n < fewest:
        return Spread(criterion=criterion_id, n=n, mean=as_level(mean))
    counts = Counter(matrix.band_at(level).id for level in levels)
    return Spread(
        criterion=criterion_id,
        n=n,
        mean=as_level(mean),
        sd=_sample_deviation(levels, mean),
        lowest=min(levels),
        highest=max(levels),
        bands={band.id: counts[band.id] for band in matrix.bands},
        dont_know=sum(rating.skip == "dont-know" for rating in ratings),
        rationales=tuple(sorted((rating.rationale for rating in ratings if rating.rationale.strip()), key=_in_order)),
    )


def _sample_deviation(levels: Sequence[Level], mean: float) -> float:
    return sqrt(fsum((level - mean) ** 2 for level in levels) / (len(levels) - 1))


def _in_order(words: str) -> tuple[str, str]:
    return words.casefold(), words


def _roles(responses: Sequence[Response], fewest: int) -> tuple[Person, ...]:
    """Return the roles that enough people have, with how many, in the order of the alphabet.

    A role of one or a few would point at them, and at what is said in their words; and some write their name there.
    """
    named: dict[str, list[str]] = {}
    for response in responses:
        if role := " ".join(response.role.split()):
            named.setdefault(role.casefold(), []).append(role)
    enough = [same for _, same in sorted(named.items()) if len(same) >= fewest]
    return tuple(Person(role=max(sorted(set(same)), key=same.count), count=len(same)) for same in enough)


def by_disagreement(assessment: Assessment) -> tuple[tuple[Criterion, Spread], ...]:
    """Return the criteria of a closed survey with what was answered, the widest disagreement first.

    Disagreement is the standard deviation; where it may not be shown a criterion comes last. Those alike stay in the
    order of the matrix.
    """
    result = assessment.survey or SurveyResult(answered=0)
    pairs = [(criterion, result.spread(criterion.id)) for criterion in assessment.matrix.criteria]
    return tuple(sorted(pairs, key=lambda pair: -1.0 if pair[1].sd is None else pair[1].sd, reverse=True))
