"""What a screen shows of a criterion: indicator, statements, what was said, and the questions that are asked on it."""

from __future__ import annotations

from textual.content import Content

from kmtui.model.assessment import SKIP_WORDS, Assessment, Rating
from kmtui.model.matrix import Band, Criterion
from kmtui.tui.safe import lines, parts, words
from kmtui.tui.widgets.asker import Question

QUESTIONS = {
    question.id: question
    for question in (
        Question("level", "Which level are we at?"),
        Question("rationale", "Why this level?", "What makes us say so? Enter goes on"),
        Question("example", "What is an example?", "When did we last do that?"),
        Question("same_for_everyone", "Is it the same for everyone?", "yes, no, or where it differs"),
        Question("target", "Where do we want to be?"),
        Question("enough", "Why is that good enough for us?", "A target at or below the level is fine; say why"),
        Question("opening", "What do we say to that?", "A few words, or Enter to go on"),
        Question("on_behalf_of", "On whose behalf do we answer?", "The whole team, not ourselves"),
    )
}

WHY_LEFT_OUT = Question("rationale", "Why?", "What makes us say so? Enter goes on")
"""Asked in place of the question why this level, where the criterion was left out."""


def indicator(assessment: Assessment, *, notes: bool) -> Content:
    """Return the indicator of the present criterion, with the facilitator's questions if wanted.

    At the opening question it says what follows, and with notes where the wording comes from.
    """
    matrix = assessment.matrix
    criterion = matrix.criterion(assessment.place)
    if criterion is not None:
        asked = [parts(("Ask: ", "bold $primary"), question) for question in criterion.ask]
        return lines(words(criterion.indicator), *(asked if notes else []))
    return lines(
        words(f"{len(matrix.criteria)} criteria in {len(matrix.sections)} sections follow."),
        words("What counts is the conversation: ask for an example each time."),
        *([parts((matrix.notice, "$muted"))] if matrix.notice and notes else []),
    )


def statement(criterion: Criterion, band: Band, *, here: bool) -> Content:
    """Return the statement of a band with its levels; a sign as well as a colour marks where the team is."""
    lowest, highest = band.levels
    levels = f"{lowest}" if lowest == highest else f"{lowest}-{highest}"
    return parts((f"{'> ' if here else ''}{levels} {band.name}: ", "bold"), criterion.statements.get(band.id, ""))


def said(assessment: Assessment) -> Content:
    """Return what has been said of the present criterion, or to the opening question."""
    rating = assessment.rating(assessment.place)
    if assessment.matrix.criterion(assessment.place) is None:
        told = [("Answer", assessment.opening), ("On behalf of", assessment.on_behalf_of)]
    else:
        told = [
            ("Level", level_words(rating)),
            ("Why", rating.rationale),
            ("Example", rating.example),
            ("Same for everyone", same_words(rating)),
            ("Target", "" if rating.target is None else str(rating.target)),
            ("Good enough because", rating.enough),
        ]
    shown = [parts((f"{label}: ", "bold"), text) for label, text in told if text]
    return lines(words(""), *shown) if shown else words("")


def level_words(rating: Rating) -> str:
    """Return a rating in short: its level, why it is left out, or nothing."""
    if rating.skip is not None:
        return SKIP_WORDS[rating.skip]
    return "" if rating.level is None else str(rating.level)


def same_words(rating: Rating) -> str:
    """Return "same for everyone" as words."""
    same = rating.same_for_everyone
    if isinstance(same, bool):
        return "yes" if same else "no"
    return same or ""
