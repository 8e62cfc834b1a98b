"""What a screen shows of a criterion: indicator, statements, what was said, and the questions that are asked on it."""

from __future__ import annotations

from textual.content import Content

from kmtui.model.assessment import Assessment
from kmtui.model.matrix import Band, Criterion
from kmtui.model.rating import SKIP_WORDS, Rating
from kmtui.text import one_line
from kmtui.tui.chart import answers, spread_legend
from kmtui.tui.safe import lines, parts, words
from kmtui.tui.widgets.asker import Question

QUESTIONS = {
    question.id: question
    for question in (
        Question("level", "Which level are we at?"),
        Question("rationale", "Why this level?", "What makes us say so? Enter goes on"),
        Question("example", "What is an example?", "When did we last do that?"),
        Question("contact", "Keep it as good practice?", "The role that others may ask, or Enter"),
        Question("same_for_everyone", "Is it the same for everyone?", "yes, no, or where it differs"),
        Question("target", "Where do we want to be?"),
        Question("enough", "Why is that good enough for us?", "At or below the level is fine; say why"),
        Question("opening", "What do we say to that?", "A few words, or Enter to go on"),
        Question("on_behalf_of", "On whose behalf do we answer?", "The whole team, not ourselves"),
    )
}

TEXTS = ("rationale", "example", "same_for_everyone")
"""The stages between level and target; each is asked in the same field."""
OPENING_STAGES = ("opening", "on_behalf_of")

WHY_LEFT_OUT = Question("rationale", "Why?", "What makes us say so? Enter goes on")
"""Asked in place of the question why this level, where the criterion was left out."""


def stages(assessment: Assessment, *, behalf: bool) -> tuple[str, ...]:
    """Return what is asked at the present place, one after the other; `behalf` asks on whose behalf.

    Only an example of a level in the upper half of the bands is asked whether others may use it, and only a target that
    is reached why it is good enough.
    """
    if assessment.matrix.criterion(assessment.place) is None:
        return OPENING_STAGES if behalf else OPENING_STAGES[:1]
    rating = assessment.rating(assessment.place)
    if rating.skip is not None:
        return ("level", "rationale")
    asked = [each for stage in TEXTS for each in ((stage, "contact") if stage == "example" else (stage,))]
    if not rating.contact and (not rating.example or rating.level is None or is_low(assessment)):
        asked.remove("contact")
    content = rating.target is not None and rating.level is not None and rating.target <= rating.level
    below_top = rating.target is not None and rating.target < assessment.matrix.scale.highest
    return ("level", *asked, "target", *(("enough",) if content and below_top else ()))


def kept(assessment: Assessment, stage: str) -> str:
    """Return what was answered at a stage of the present place, as somebody would type it."""
    if stage in OPENING_STAGES:
        return str(getattr(assessment, stage))
    rating = assessment.rating(assessment.place)
    return same_words(rating) if stage == "same_for_everyone" else str(getattr(rating, stage))


def places(assessment: Assessment) -> list[tuple[str, str, str]]:
    """Return all places of the walk to choose from: id, name, and the answer; sections stand as headings."""
    found: list[tuple[str, str, str]] = [("opening", "Opening question", "")]
    for section in assessment.matrix.sections:
        found.append(("", section.name, ""))
        for criterion in section.criteria:
            answer = level_words(assessment.rating(criterion.id)) or "no answer yet"
            found.append((criterion.id, f"  {criterion.name}", answer))
    return found


def indicator(assessment: Assessment, *, notes: bool) -> Content:
    """Return the indicator of the present criterion, with the facilitator's questions if wanted.

    At the opening question it says what follows, and with notes where the wording comes from.
    """
    matrix = assessment.matrix
    criterion = matrix.criterion(assessment.place)
    if criterion is not None:
        asked = [parts(("Ask: ", "bold $primary"), question) for question in criterion.ask]
        return lines(words(criterion.indicator), *(asked if notes else []))
    goals = [parts(("Goal: ", "bold $primary"), each.text) for each in assessment.objectives]
    return lines(
        words(f"{len(matrix.criteria)} criteria in {len(matrix.sections)} sections follow."),
        words("What counts is the conversation: ask for an example each time."),
        *goals,
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
            ("Good practice, ask", rating.contact if rating.example else ""),
            ("Same for everyone", same_words(rating)),
            ("Target", "" if rating.target is None else str(rating.target)),
            ("Good enough because", rating.enough),
        ]
    shown = [parts((f"{label}: ", "bold"), text) for label, text in told if text]
    return lines(words(""), *shown) if shown else words("")


def answered(assessment: Assessment, width: int, *, below: bool, notes: bool) -> list[Content]:
    """Return what individuals answered on the present criterion, if there was a survey: range, spread, bands, mean.

    `below` says that their reasons have to be scrolled to; with `notes` the marks are explained.
    """
    criterion = assessment.matrix.criterion(assessment.place)
    if criterion is None or assessment.survey is None:
        return []
    spread = assessment.survey.spread(criterion.id)
    found = answers(assessment, criterion, spread, width)
    count = len(spread.rationales)
    told = "1 reason" if count == 1 else f"{count} reasons"
    more = f" ({told} below: Page Down)" if below and count else ""
    legend = [parts((spread_legend(), "$muted"))] if notes and spread.lowest is not None else []
    return [parts(("What individuals answered:", "bold $accent"), more), *legend, *found]


def half_typed(assessment: Assessment, asked: str) -> list[Content]:
    """Return words that were typed on the present place and not entered, but those of the question `asked` now."""
    drafts = {each: assessment.drafts.get(f"{assessment.place}.{each}", "") for each in QUESTIONS if each != asked}
    return [
        parts(("Typed, not entered: ", "bold"), one_line(text), (f" ({QUESTIONS[name].label})", "$muted"))
        for name, text in drafts.items()
        if one_line(text) and text != kept(assessment, name)
    ]


def is_low(assessment: Assessment) -> bool:
    """Say whether the present criterion stands in the lower half of the bands, where it helps to ask others."""
    level, bands = assessment.rating(assessment.place).level, assessment.matrix.bands
    return level is not None and bands.index(assessment.matrix.band_at(level)) < len(bands) // 2


def reasons(assessment: Assessment) -> list[Content]:
    """Return why individuals answered so, without names, as far as enough of them did for that to be shown."""
    result = assessment.survey
    told = result.spread(assessment.place).rationales if result is not None else ()
    head = [words(""), parts(("Why individuals said so:", "bold $accent"))] if told else []
    return [*head, *(parts("• ", one_line(each)) for each in told)]


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
