"""What individuals answered, in a report: where they differ first, then the spread and the reasons per criterion."""

from __future__ import annotations

from kmtui.analysis.scoring import number
from kmtui.analysis.survey import by_disagreement
from kmtui.model.assessment import Assessment
from kmtui.model.matrix import Criterion
from kmtui.model.survey import Spread, SurveyResult
from kmtui.report.escape import block, inline
from kmtui.report.parts import table, told
from kmtui.report.words import (
    bands_in_words,
    capitalised,
    deviation,
    few_answers,
    hidden,
    mean_with_band,
    range_in_words,
    spread_in_words,
)

_NOT_SHOWN = "not shown"


def where_we_differ(assessment: Assessment) -> list[str]:
    """Return the criteria by disagreement, the widest first, and why some of them show less."""
    pairs = [(criterion, spread) for criterion, spread in by_disagreement(assessment) if spread.n]
    if not pairs:
        return []
    agreed = any(assessment.rating(criterion.id).level is not None for criterion, _ in pairs)
    heads = ["Criterion", "Answers", "Lowest to highest", "Standard deviation", "In each band", "Mean"]
    rows = [_row(assessment, criterion, spread, agreed) for criterion, spread in pairs]
    few = few_answers([spread for _, spread in pairs])
    return ["## Where we differ", table([*heads, *(["Agreed since"] if agreed else [])], rows), few]


def _row(assessment: Assessment, criterion: Criterion, spread: Spread, agreed: bool) -> list[str]:
    matrix, level = assessment.matrix, assessment.rating(criterion.id).level
    shown = [range_in_words(spread), deviation(spread.sd), bands_in_words(matrix, spread)]
    return [
        criterion.name,
        str(spread.n),
        *([_NOT_SHOWN] * 3 if hidden(spread) else shown),
        _NOT_SHOWN if spread.mean is None else mean_with_band(matrix, spread.mean),
        *([("" if level is None else f"{number(level)} ({matrix.band_at(level).name})")] if agreed else []),
    ]


def answers_to(assessment: Assessment, criterion: Criterion) -> list[str]:
    """Return what individuals answered on a criterion: mean, spread in words, and the reasons without names."""
    matrix = assessment.matrix
    spread = (assessment.survey or SurveyResult(answered=0)).spread(criterion.id)
    parts = [] if spread.mean is None else [_mean(assessment, criterion, spread.mean)]
    parts.append(f"{inline(capitalised(spread_in_words(matrix, spread)))}.")
    reasons = [f"- {block(words, 2)}" for words in spread.rationales if told(words)]
    return [*parts, "Reasons that were given, in the order of the alphabet:", "\n".join(reasons)] if reasons else parts


def _mean(assessment: Assessment, criterion: Criterion, mean: float) -> str:
    statement = block(criterion.statements.get(assessment.matrix.band_at(mean).id, ""))
    words = f"**Mean of the answers: {inline(mean_with_band(assessment.matrix, mean))}**"
    return f"{words} — {statement}" if statement else words
