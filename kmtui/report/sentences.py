"""What a drawing of an assessment shows, as sentences: every picture has its sentence."""

from __future__ import annotations

from collections.abc import Iterable

from kmtui.analysis.comparison import ThenAndNow, not_comparable, then_and_now
from kmtui.analysis.scoring import Score, agreed_scores, gaps_of, mean_in_words, number, scores_of
from kmtui.analysis.survey import by_disagreement
from kmtui.flow.assessment import answered
from kmtui.model.assessment import Assessment
from kmtui.model.base import in_words
from kmtui.model.matrix import Criterion, Matrix
from kmtui.model.plan import PRIORITY_WORDS, Planned
from kmtui.model.rating import SKIP_WORDS
from kmtui.model.session import number_in_words
from kmtui.model.survey import Spread, SurveyResult
from kmtui.report.words import (
    FIRST_FALL,
    answered_in_words,
    capitalised,
    counted,
    deviation,
    hidden,
    level_in_words,
    level_with_band,
    levels_in_words,
    mean_with_band,
    range_in_words,
    rounding_rule,
    spread_in_words,
    standing,
    still_open,
    target_in_words,
)
from kmtui.text import one_line

__all__ = [
    "WIDEST",
    "chart_sentences",
    "criterion_sentence",
    "disagreement_sentences",
    "level_in_words",
    "levels_in_words",
    "plan_sentences",
    "rounding_rule",
    "section_in_words",
    "section_sentence",
    "spread_in_words",
    "summary_sentences",
    "target_in_words",
    "then_and_now_sentences",
]

WIDEST = 5
"""How many gaps are named as the widest."""

_WIDEST_DISAGREEMENTS = 3


def chart_sentences(assessment: Assessment) -> tuple[str, ...]:
    """Return what the chart shows: each section and its criteria in the order of the matrix, then the widest gaps."""
    if assessment.collecting:
        return (still_open(assessment),)
    sentences = []
    for section, score in zip(assessment.matrix.sections, scores_of(assessment).sections, strict=True):
        sentences.append(section_sentence(assessment.matrix, score))
        sentences += [criterion_sentence(assessment, criterion) for criterion in section.criteria]
    return tuple(one_line(words) for words in (*sentences, *_gap_sentences(assessment)))


def section_sentence(matrix: Matrix, score: Score) -> str:
    """Return the mean of a section in words, and how many criteria it rests on."""
    return f"{one_line(score.name)}: {section_in_words(matrix, score)}."


def section_in_words(matrix: Matrix, score: Score) -> str:
    """Return `5.6 (rounds to 6: Pockets of good practice), the mean of four criteria`, or that there is no level."""
    if not score.n:
        return mean_in_words(matrix, score)
    return f"{mean_in_words(matrix, score)}, the mean of {counted(score.n, 'criterion', 'criteria')}"


def criterion_sentence(assessment: Assessment, criterion: Criterion) -> str:
    """Return what was said of a criterion: its level and band, or why it has none, and its target.

    Of a survey what individuals answered comes first, then what a group has agreed since.
    """
    matrix, rating = assessment.matrix, assessment.rating(criterion.id)
    if assessment.way == "survey":
        result = assessment.survey or SurveyResult(answered=0)
        parts = [_spread_sentence(matrix, criterion, result.spread(criterion.id))]
        if rating.answered:
            parts.append(f"Agreed since: {level_in_words(matrix, rating)}.")
    else:
        parts = [f"{one_line(criterion.name)}: {level_in_words(matrix, rating)}."]
    if rating.target is not None:
        parts.append(f"{target_in_words(rating)}.")
    return " ".join(parts)


def _spread_sentence(matrix: Matrix, criterion: Criterion, spread: Spread) -> str:
    words = f"{one_line(criterion.name)}: {spread_in_words(matrix, spread)}."
    return words if spread.mean is None else f"{words} The mean is {mean_with_band(matrix, spread.mean)}."


def disagreement_sentences(assessment: Assessment) -> tuple[str, ...]:
    """Return what individuals answered, criterion by criterion, the widest disagreement first, to be read aloud."""
    if assessment.way != "survey":
        return ()
    if assessment.collecting:
        return (still_open(assessment),)
    return tuple(_spread_sentence(assessment.matrix, *pair) for pair in by_disagreement(assessment))


def _gap_sentences(assessment: Assessment) -> list[str]:
    gaps = gaps_of(assessment)
    if not gaps:
        return []
    named = "; ".join(
        f"{one_line(gap.criterion.name)}, from {standing(assessment, gap.criterion.id, gap.level)} "
        f"to {number(gap.target)} ({levels_in_words(gap.gap)})"
        for gap in gaps[:WIDEST]
    )
    return [f"Widest gap to the target: {named}." if len(gaps) == 1 else f"Widest gaps to the target: {named}."]


def summary_sentences(assessment: Assessment) -> tuple[str, ...]:
    """Return the whole assessment in a few sentences: how far, how high, where strongest, what is next, what is out.

    Of a survey they say how many answered and where they disagree most before any mean.
    """
    if assessment.collecting:
        return (still_open(assessment),)
    scores = scores_of(assessment)
    survey = assessment.way == "survey"
    sentences = [answered_in_words(assessment), *_disagreement(assessment)] if survey else [_progress(assessment)]
    if scores.whole.n:
        scale = assessment.matrix.scale
        of_what = counted(scores.whole.n, "criterion", "criteria")
        words = mean_in_words(assessment.matrix, scores.whole)
        with_what = "a mean that is shown" if survey else "a level"
        sentences.append(
            f"On a scale from {scale.lowest} to {scale.highest} the mean is {words}, out of {of_what} with {with_what}."
        )
    sentences += _extremes(assessment.matrix, scores.sections)
    sentences += [*(_agreed(assessment) if survey else []), *_gap_sentences(assessment), *_left_out(assessment)]
    return tuple(one_line(words) for words in sentences)


def _progress(assessment: Assessment) -> str:
    total, done = len(assessment.matrix.criteria), answered(assessment)
    if not done:
        return f"None of the {counted(total, 'criterion', 'criteria')} has an answer yet."
    if done == total:
        return f"Every criterion has an answer: {number_in_words(total)} of {number_in_words(total)}."
    have = "has" if done == 1 else "have"
    return f"{number_in_words(done).capitalize()} of {counted(total, 'criterion', 'criteria')} {have} an answer."


def _disagreement(assessment: Assessment) -> list[str]:
    """Return where individuals disagree most, or that too few answered to say so."""
    pairs = by_disagreement(assessment)
    shown = [(criterion, spread) for criterion, spread in pairs if not hidden(spread)]
    wide = [f"{one_line(each.name)}, {_width(spread)}" for each, spread in shown[:_WIDEST_DISAGREEMENTS] if spread.sd]
    if wide:
        return [f"Widest disagreement: {'; '.join(wide)}."]
    if shown:
        return ["On every criterion that can be shown all answers are the same."]
    if any(spread.n for _, spread in pairs):
        return ["No criterion has enough answers to show how far they differ."]
    return []


def _width(spread: Spread) -> str:
    return f"{range_in_words(spread)} (standard deviation {deviation(spread.sd)})"


def _agreed(assessment: Assessment) -> list[str]:
    """Return how far a group has talked a survey over, and what mean its levels have."""
    whole = agreed_scores(assessment).whole
    if not whole.n:
        return []
    total = counted(len(assessment.matrix.criteria), "criterion", "criteria")
    mean = f", with a mean of {mean_in_words(assessment.matrix, whole)}"
    return [f"A group has since agreed a level on {number_in_words(whole.n)} of {total}{mean}."]


def _extremes(matrix: Matrix, sections: Iterable[Score]) -> list[str]:
    scored = [(score.mean, score) for score in sections if score.mean is not None]
    means = [mean for mean, _ in scored]
    if len(set(means)) < 2:
        return []

    def at(mean: float) -> tuple[str, str]:
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


def then_and_now_sentences(now: Assessment, before: Assessment) -> tuple[str, ...]:
    """Return how each criterion stood the time before and stands now, and what cannot be compared.

    Beside the first fall they say that it often means better understanding.
    """
    pairs = then_and_now(now, before)
    first = next((pair.criterion.id for pair in pairs if pair.fell), None)
    sentences = []
    for pair in pairs:
        id_ = pair.criterion.id
        then, level = pair.then.level, pair.now.level
        if then is not None and level is not None:
            words = (
                f"{one_line(pair.criterion.name)}: {level_with_band(before, id_, then)} on {in_words(before.date)}, "
            )
            words += f"{level_with_band(now, id_, level)} on {in_words(now.date)}, {change_in_words(pair)}."
            sentences.append(f"{words} {FIRST_FALL}" if id_ == first else words)
    return (*sentences, *(f"Not compared: {words}." for words in missing_in_words(now, before)))


def missing_in_words(now: Assessment, before: Assessment) -> tuple[str, ...]:
    """Return what cannot be compared between two assessments and why, each once: Handover (its wording has changed)."""
    found = (f"{one_line(each.what)} ({one_line(each.why)})" for each in not_comparable(now, before))
    return tuple(dict.fromkeys(found))


def change_in_words(pair: ThenAndNow) -> str:
    """Return how a level has moved: two levels higher, one level lower, the same."""
    change = (pair.now.level or 0) - (pair.then.level or 0)
    if not change:
        return "the same"
    return f"{levels_in_words(abs(change))} {'higher' if change > 0 else 'lower'}"


def plan_sentences(assessment: Assessment) -> tuple[str, ...]:
    """Return the plan line by line in its order, to be read aloud: number, priority, words, owner and day."""
    return tuple(
        f"{place}. {capitalised(_planned(assessment.matrix, each))}"
        for place, each in enumerate(assessment.actions, start=1)
    )


def _planned(matrix: Matrix, planned: Planned) -> str:
    priority = PRIORITY_WORDS[planned.priority] if planned.priority else "undecided"
    kind = "an idea, " if planned.idea and planned.priority != "not-for-us" else ""
    criterion = matrix.criterion(planned.criterion) if planned.criterion else None
    parts = [f"{kind}{priority}: {_closed(planned.action)}", f"For {one_line(criterion.name)}." if criterion else ""]
    if planned.priority == "not-for-us":
        parts.append(f"Because: {_closed(planned.reason)}" if one_line(planned.reason) else "No reason is given.")
    else:
        parts.append(f"{capitalised(who_and_when(planned))}.")
    if planned.state != "open":
        parts.append(f"It is {planned.state}.")
    return " ".join(part for part in parts if part)


def who_and_when(planned: Planned) -> str:
    """Return `Ward sister, by 1 December 2026`, or which of the two is missing."""
    owner, due = one_line(planned.owner), in_words(planned.due) if planned.due else ""
    if not owner and not due:
        return "no owner and no day yet"
    return f"{owner or 'no owner yet'}, {f'by {due}' if due else 'no day yet'}"


def _closed(text: str) -> str:
    words = one_line(text)
    return f"{words}." if words[-1:].isalnum() else words
