"""The chart of an assessment on a screen, and the same as sentences."""

from __future__ import annotations

from textual.content import Content

from kmtui.model.assessment import Assessment
from kmtui.report.drawing import LEGEND, assessment_chart
from kmtui.report.sentences import chart_sentences, summary_sentences
from kmtui.tui.safe import lines, parts, words


def chart(assessment: Assessment, width: int) -> Content:
    """Return summary, bars of sections and criteria, and the legend, none wider than `width`."""
    summary = [words(sentence) for sentence in summary_sentences(assessment)]
    bars = [
        parts((line.label, "bold $accent"), " ", (line.bar, "$primary"), " ", line.words)
        if line.kind == "section"
        else parts(line.label, " ", (line.bar, "$primary"), " ", (line.words, "$muted"))
        for line in assessment_chart(assessment, width)
    ]
    return lines(*summary, words(""), *bars, words(""), parts((LEGEND, "$muted")))


def sentences(assessment: Assessment) -> Content:
    """Return the same in words."""
    told = [*summary_sentences(assessment), "", *chart_sentences(assessment)]
    return lines(*(words(sentence) for sentence in told))
