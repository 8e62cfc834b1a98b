"""What a drawing of an assessment shows, as sentences: every picture has its sentence."""

from __future__ import annotations

from collections.abc import Iterable

from kmtui.analysis.scoring import Gap, Score, gaps_of, mean_in_words, number, scores_of
from kmtui.flow.assessment import answered
from kmtui.model.assessment import SKIP_WORDS, Assessment, Rating
from kmtui.model.base import Level
from kmtui.model.matrix import Criterion, Matrix
from kmtui.model.session import number_in_words
from kmtui.text import one_line

WIDEST = 5
"""How many gaps are named as the widest."""


def chart_sentences(assessment: Assessment) -> tuple[str, ...]:
    """Return what the chart shows: each section and its criteria in the order of the matrix, then the widest gaps."""
    sentences = []
    for section, score in zip(assessment.matrix.sections, scores_of(assessment).sections, strict=True):
        sentences.append(section_sentence(assessment.matrix, score))
        sentences += [criterion_sentence(assessment, criterion) for criterion in section.criteria]
    return tuple(one_line(words) for words in (*sentences, *_gap_sentences(gaps_of(assessment))))


def section_sentence(matrix: Matrix, score: Score) -> str:
    """Return the mean of a section in words, and how many criteria it rests on."""
    return f"{one_line(score.name)}: {section_in_words(matrix, score)}."


def section_in_words(matrix: Matrix, score: Score) -> str:
    """Return `5.6 (rounds to 6: Pockets of good practice), the mean of four criteria`, or that there is no level."""
    if not score.n:
        return mean_in_words(matrix, score)
    return f"{mean_in_words(matrix, score)}, the mean of {_counted(score.n, 'criterion', 'criteria')}"


def criterion_sentence(assessment: Assessment, criterion: Criterion) -> str:
    """Return what was said of a criterion: its level and band, or why it has none, and its target."""
    rating = assessment.rating(criterion.id)
    parts = [f"{one_line(criterion.name)}: {level_in_words(assessment.matrix, rating)}."]
    if rating.target is not None:
        parts.append(f"{target_in_words(rating)}.")
    return " ".join(parts)


def level_in_words(matrix: Matrix, rating: Rating) -> str:
    """Return `6 of 12, Pockets of good practice`, or why there is no level."""
    if rating.level is not None:
        return f"{number(rating.level)} of {matrix.scale.highest}, {one_line(matrix.band_at(rating.level).name)}"
    return SKIP_WORDS[rating.skip] if rating.skip is not None else "not yet discussed"


def target_in_words(rating: Rating) -> str:
    """Return `Target 8, two levels to go` for a rating that has a target."""
    if rating.target is None:
        return ""
    if rating.level is None:
        return f"Target {number(rating.target)}"
    gap = rating.target - rating.level
    return f"Target {number(rating.target)}, {f'{levels_in_words(gap)} to go' if gap > 0 else 'reached'}"


def levels_in_words(gap: Level) -> str:
    """Return a distance on the scale: one level, two levels, half a level, 1.5 levels."""
    if gap == 0.5:
        return "half a level"
    if float(gap).is_integer():
        return _counted(int(gap), "level", "levels")
    return f"{number(gap)} levels"


def _counted(count: int, one: str, more: str) -> str:
    return f"{number_in_words(count)} {one if count == 1 else more}"


def _gap_sentences(gaps: tuple[Gap, ...]) -> list[str]:
    if not gaps:
        return []
    named = "; ".join(
        f"{one_line(gap.criterion.name)}, from {number(gap.level)} to {number(gap.target)} ({levels_in_words(gap.gap)})"
        for gap in gaps[:WIDEST]
    )
    return [f"Widest gap to the target: {named}." if len(gaps) == 1 else f"Widest gaps to the target: {named}."]


def summary_sentences(assessment: Assessment) -> tuple[str, ...]:
    """Return the whole assessment in a few sentences: how far, how high, where strongest, what is next, what is out."""
    scores = scores_of(assessment)
    sentences = [_progress(assessment)]
    if scores.whole.n:
        scale = assessment.matrix.scale
        of_what = _counted(scores.whole.n, "criterion", "criteria")
        words = mean_in_words(assessment.matrix, scores.whole)
        sentences.append(
            f"On a scale from {scale.lowest} to {scale.highest} the mean is {words}, out of {of_what} with a level."
        )
    sentences += _extremes(assessment.matrix, scores.sections)
    sentences += [*_gap_sentences(gaps_of(assessment)), *_left_out(assessment)]
    return tuple(one_line(words) for words in sentences)


def _progress(assessment: Assessment) -> str:
    total, done = len(assessment.matrix.criteria), answered(assessment)
    if not done:
        return f"None of the {_counted(total, 'criterion', 'criteria')} has an answer yet."
    if done == total:
        return f"Every criterion has an answer: {number_in_words(total)} of {number_in_words(total)}."
    have = "has" if done == 1 else "have"
    return f"{number_in_words(done).capitalize()} of {_counted(total, 'criterion', 'criteria')} {have} an answer."


def _extremes(matrix: Matrix, sections: Iterable[Score]) -> list[str]:
    scored = [(score.mean, score) for score in sections if score.mean is not None]
    means = [mean for mean, _ in scored]
    if len(set(means)) < 2:
        return []

    def at(mean: Level) -> tuple[str, str]:
        found = [score for each, score in scored if each == mean]
        return " and ".join(one_line(score.name) for score in found), mean_in_words(matrix, found[0])

    (strongest, high), (weakest, low) = at(max(means)), at(min(means))
    return [f"Strongest section: {strongest}, {high}.", f"Weakest section: {weakest}, {low}."]


def _left_out(assessment: Assessment) -> list[str]:
    sentences = []
    for skip, words in SKIP_WORDS.items():
        named = [each.name for each in assessment.matrix.criteria if assessment.rating(each.id).skip == skip]
        if named:
            sentences.append(f"{words.capitalize()}: {', '.join(named)}.")
    return sentences
