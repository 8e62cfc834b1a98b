"""Pictures of an assessment on a screen, and the same as sentences."""

from __future__ import annotations

from textual.content import Content

from kmtui.analysis.comparison import Point, not_comparable, then_and_now
from kmtui.analysis.survey import by_disagreement
from kmtui.model.assessment import Assessment
from kmtui.model.base import in_words
from kmtui.model.matrix import Criterion
from kmtui.model.survey import Spread
from kmtui.report.drawing import LEGEND, SPREAD_LEGEND, assessment_chart, display_width, fitted, legend, spread_bar
from kmtui.report.sentences import (
    change_in_words,
    chart_sentences,
    disagreement_sentences,
    rounding_rule,
    spread_in_words,
    summary_sentences,
    then_and_now_sentences,
)
from kmtui.report.words import FIRST_FALL, mean_with_band, standing
from kmtui.text import one_line
from kmtui.tui.safe import lines, parts, words

DEVIATION = "Standard deviation: how far apart the answers are; 0 where all are the same."
"""What the one word of statistics means that is shown."""
_WIDEST_BAR = 48
_WIDEST_COLUMN = 44


def chart(assessment: Assessment, width: int) -> Content:
    """Return summary, the legend, bars of sections and criteria, and the rule of rounding, none wider than `width`."""
    summary = [words(sentence) for sentence in summary_sentences(assessment)]
    if assessment.collecting:
        return lines(*summary)
    bars = [
        parts((line.label, "bold $accent"), " ", (line.bar, "$primary"), " ", line.words)
        if line.kind == "section"
        else parts(line.label, " ", (line.bar, "$primary"), " ", (line.words, "$muted"))
        for line in assessment_chart(assessment, width)
    ]
    marks = parts((legend(assessment), "$muted"))
    return lines(*summary, words(""), marks, *bars, words(""), parts((_rule(assessment), "$muted")))


def _rule(assessment: Assessment) -> str:
    """Return how a mean is rounded; of a survey also what a standard deviation is."""
    rule = rounding_rule(assessment.matrix)
    spreads = assessment.survey.spreads if assessment.survey is not None else ()
    return f"{DEVIATION} {rule}" if any(each.sd is not None for each in spreads) else rule


def sentences(assessment: Assessment) -> Content:
    """Return the same in words."""
    told = [*summary_sentences(assessment), "", *chart_sentences(assessment)]
    return lines(*(words(sentence) for sentence in told))


# Where individuals differ


def differences(assessment: Assessment, width: int) -> list[tuple[str, Content]]:
    """Return a block for each criterion of a survey, by its id, the widest disagreement first."""
    return [(each.id, _difference(assessment, each, spread, width)) for each, spread in by_disagreement(assessment)]


def _difference(assessment: Assessment, criterion: Criterion, spread: Spread, width: int) -> Content:
    return lines(
        parts((fitted(criterion.name, width), "bold")),
        *answers(assessment, criterion, spread, width),
    )


def answers(assessment: Assessment, criterion: Criterion, spread: Spread, width: int) -> list[Content]:
    """Return what individuals answered on a criterion: a bar over the scale, the same in words, the mean."""
    matrix, rating = assessment.matrix, assessment.rating(criterion.id)
    told = [parts((spread_in_words(matrix, spread), "not bold"))]
    if spread.mean is not None:
        agreed = f"; agreed {rating.level}" if rating.level is not None else ""
        told.append(parts((f"Mean {mean_with_band(matrix, spread.mean)}{agreed}", "not bold")))
    if spread.lowest is None:
        return told
    drawn = spread_bar(
        spread, matrix.scale, min(width, _WIDEST_BAR), rating.target, agreed=rating.level, bands=matrix.bands
    )
    return [parts((drawn, "not bold $primary")), *told]


def spread_legend() -> str:
    """Return what the marks of those bars mean."""
    return f"{SPREAD_LEGEND.split(';')[0]}, {', '.join(LEGEND.split(', ')[2:])}"


def differences_rule(assessment: Assessment) -> str:
    """Return what the numbers below those bars mean."""
    return _rule(assessment)


def differences_sentences(assessment: Assessment) -> Content:
    """Return the same in words."""
    told = [*disagreement_sentences(assessment), "", _rule(assessment)]
    return lines(*(words(sentence) for sentence in told))


# Then and now


def beside(now: Assessment, before: Assessment, width: int) -> Content:
    """Return each criterion as it stood last time and stands now, with what was said beside each other."""
    pairs = then_and_now(now, before)
    first_fall = next((pair.criterion.id for pair in pairs if pair.fell), None)
    blocks: list[Content] = []
    column = (width - 3) // 2
    for pair in pairs:
        then = _said(before, pair.criterion, pair.then)
        today = _said(now, pair.criterion, pair.now)
        block = [parts((one_line(pair.criterion.name), "bold $accent"), f": {change_in_words(pair)}")]
        if column >= _WIDEST_COLUMN:
            block += [words(line) for line in _columns(then, today, column)]
        else:
            block += [words(then), words(today)]
        if pair.criterion.id == first_fall:
            block.append(parts((FIRST_FALL, "italic")))
        blocks.append(lines(*block))
    missing = [words(f"{one_line(each.what)}: {one_line(each.why)}") for each in not_comparable(now, before)]
    if missing:
        blocks.append(lines(parts(("Not compared", "bold $accent")), *missing))
    return Content("\n\n").join(blocks) if blocks else words("No criterion has a level both times yet.")


def _said(assessment: Assessment, criterion: Criterion, point: Point) -> str:
    level = standing(assessment, criterion.id, point.level) if point.level is not None else ""
    why = f". {one_line(point.rationale)}" if point.rationale else ""
    return f"{in_words(assessment.date)}: {level}{why}"


def _columns(left: str, right: str, width: int) -> list[str]:
    from kmtui.report.comparison_drawing import wrapped

    one, other = wrapped(left, width), wrapped(right, width)
    height = max(len(one), len(other))
    one += [""] * (height - len(one))
    other += [""] * (height - len(other))
    return [f"{a}{' ' * (width - display_width(a))} │ {b}" for a, b in zip(one, other, strict=True)]


def beside_sentences(now: Assessment, before: Assessment) -> Content:
    """Return the same in words."""
    return lines(*(words(sentence) for sentence in then_and_now_sentences(now, before)))
