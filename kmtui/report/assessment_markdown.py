"""An assessment as Markdown: the summary in words, the sections, who does what, then criterion by criterion."""

from __future__ import annotations

from collections.abc import Mapping

from kmtui.analysis.scoring import Gap, Score, Scores, gaps_of, number, scores_of
from kmtui.model.assessment import Assessment
from kmtui.model.base import in_words
from kmtui.model.matrix import Criterion, Matrix, Option, Section, options_for
from kmtui.model.rating import SKIP_WORDS, Rating
from kmtui.report.advance import left_out_part, objectives_part, origin
from kmtui.report.escape import block, inline
from kmtui.report.parts import (
    actions_table,
    because_of,
    bullets,
    facts,
    for_criterion,
    front,
    how,
    joined,
    labelled,
    parked,
    sentence,
    table,
    technique_name,
    title_of,
    told,
)
from kmtui.report.plan_parts import OBJECTIVE, Held, actions_of, declined, held_column, ideas, ideas_of, not_for_us
from kmtui.report.sentences import WIDEST, section_in_words, summary_sentences
from kmtui.report.survey_parts import answers_to, where_we_differ
from kmtui.report.then_parts import agreed_last_time, then_now
from kmtui.report.words import rounding_rule, standing, still_open, target_in_words
from kmtui.text import one_line


def assessment_markdown(
    assessment: Assessment,
    *,
    with_names: bool = False,
    technique_names: Mapping[str, str] | None = None,
    before: Assessment | None = None,
    held: Held | None = None,
    lessons: Mapping[str, str] | None = None,
) -> str:
    """Return the report of an assessment, finished or not.

    Args:
        assessment: of a group, or a survey, to which responses may still come.
        with_names: whether names of people are told.
        technique_names: the names of installed techniques by id; others are named by their id in words.
        before: the assessment of the same team before this one, to look back on.
        held: sessions by the id of the action from which they were begun.
        lessons: the words of lessons because of which something is done, by id.
    """
    matrix = assessment.matrix
    names, sessions = technique_names or {}, held or {}
    scores = scores_of(assessment)
    behalf = f"on behalf of {assessment.on_behalf_of}" if told(assessment.on_behalf_of) else ""
    parts = [
        title_of(assessment, matrix.title),
        facts(assessment, [assessment.team, assessment.organisation, behalf], with_names),
        "" if assessment.finished else _unfinished(assessment),
        bullets(() if assessment.collecting else summary_sentences(assessment)),
        inline(rounding_rule(matrix)) if scores.whole.n else "",
        _arranged(assessment),
        *(where_we_differ(assessment) if assessment.survey else []),
        *_together(assessment, scores),
        *objectives_part(matrix, assessment.objectives),
        *(agreed_last_time(before, names, sessions) if before else []),
        *(then_now(assessment, before) if before and not assessment.collecting else []),
        *_plan(assessment, names, sessions, lessons or {}),
        *_opening(assessment),
    ]
    for section, score in zip(matrix.sections, scores.sections, strict=True):
        parts += [] if assessment.collecting else _section(assessment, section, score)
    about = {"matrix": matrix.id, "matrix_version": matrix.version}
    parts += [*_options(assessment, names), *left_out_part(matrix, assessment.left_out, "What we left out")]
    return front(assessment, "assessment", about) + "\n" + joined([*parts, *parked(assessment), origin(matrix)])


def _unfinished(assessment: Assessment) -> str:
    if assessment.collecting:
        return still_open(assessment)
    if assessment.survey is not None:
        agreed = any(rating.level is not None for rating in assessment.ratings)
        return "The group is still agreeing levels." if agreed else "The group has not agreed levels yet."
    return "Not finished yet: this is where the assessment stands."


def _arranged(assessment: Assessment) -> str:
    """Return what was arranged: by which set-up it began, and when the results are talked over."""
    closed = assessment.closed
    lines = [
        f"Set-up: {one_line(assessment.setup)}." if told(assessment.setup) else "",
        f"The survey was closed on {in_words(closed.date())}." if closed else "",
        f"The results are talked over on {in_words(assessment.feedback)}." if assessment.feedback else "",
    ]
    return " ".join(inline(line) for line in lines if line)


def _plan(assessment: Assessment, names: Mapping[str, str], held: Held, lessons: Mapping[str, str]) -> list[str]:
    """Return who does what, and apart from it the ideas and what is not for us."""
    matrix = assessment.matrix
    more = [for_criterion(matrix), OBJECTIVE, how(names), because_of(lessons), held_column(held)]
    return [
        *actions_table(actions_of(assessment), more),
        *ideas(ideas_of(assessment), matrix, names, held, lessons),
        *declined(not_for_us(assessment)),
    ]


def _together(assessment: Assessment, scores: Scores) -> list[str]:
    """Return the table of sections; of a survey it comes after the disagreement and has a heading of its own."""
    matrix, survey = assessment.matrix, assessment.way == "survey"
    if not scores.whole.n:
        return []
    rows = [
        [
            score.name,
            _level_with_rounding(score),
            matrix.band_at(score.mean).name,
            f"{score.n} of {len(section.criteria)}",
        ]
        for section, score in zip(matrix.sections, scores.sections, strict=True)
        if score.mean is not None
    ]
    level = "mean" if survey else "level"
    heads = ["Section", level.capitalize(), "Band", f"Criteria with a {level}"]
    return [*(["## Where we stand"] if survey else []), table(heads, rows)]


def _level_with_rounding(score: Score) -> str:
    if score.mean is None or score.mean == score.rounded:
        return str(score.mean)
    return f"{number(score.mean)} (rounds to {score.rounded})"


def _options(assessment: Assessment, names: Mapping[str, str]) -> list[str]:
    parts = []
    for gap in gaps_of(assessment)[:WIDEST]:
        fitting = options_for(gap.criterion, assessment.matrix.band_at(gap.level))
        if fitting:
            parts.append(f"### {inline(gap.criterion.name)}: from {_from(assessment, gap)} to {number(gap.target)}")
            parts.append("\n".join(f"- {_option(option, names)}" for option in fitting))
    return ["## Options for the widest gaps", *parts] if parts else []


def _from(assessment: Assessment, gap: Gap) -> str:
    return inline(standing(assessment, gap.criterion.id, gap.level))


def _option(option: Option, names: Mapping[str, str]) -> str:
    means = [technique_name(option.technique, names)] if option.technique else []
    means += [option.service] if option.service else []
    return block(option.text, 2) + (f" (with: {inline(', '.join(means))})" if means else "")


def _opening(assessment: Assessment) -> list[str]:
    if not told(assessment.opening):
        return []
    question = assessment.matrix.opening_question
    return [f"## {inline(question) or 'To begin with'}", block(assessment.opening)]


def _section(assessment: Assessment, section: Section, score: Score) -> list[str]:
    ratings = [(criterion, assessment.rating(criterion.id)) for criterion in section.criteria]
    parts = [f"## {inline(section.name)}"]
    if score.n:
        parts.append(f"Together: {inline(section_in_words(assessment.matrix, score))}.")
    for criterion, rating in ratings:
        if assessment.survey is not None:
            parts += _surveyed(assessment, criterion, rating)
        elif not rating.empty:
            parts += _criterion(assessment.matrix, criterion, rating)
    missing = [criterion.name for criterion, rating in ratings if rating.empty]
    if missing and assessment.survey is None:
        parts.append(f"Not yet discussed: {sentence(', '.join(missing))}")
    return parts


def _surveyed(assessment: Assessment, criterion: Criterion, rating: Rating) -> list[str]:
    """Return what individuals answered on a criterion, then what a group has agreed since."""
    parts = [f"### {inline(criterion.name)}", block(criterion.indicator), *answers_to(assessment, criterion)]
    if rating.answered:
        parts.append(f"Agreed since by a group: {_level(assessment.matrix, criterion, rating)}")
    elif not rating.empty:
        parts.append("Said since by a group:")
    return [*parts, _said(rating)]


def _criterion(matrix: Matrix, criterion: Criterion, rating: Rating) -> list[str]:
    return [
        f"### {inline(criterion.name)}",
        block(criterion.indicator),
        _level(matrix, criterion, rating),
        _said(rating),
    ]


def _said(rating: Rating) -> str:
    same = {True: "yes", False: "no", None: ""}
    words = rating.same_for_everyone
    lines = labelled(
        (
            ("Why", rating.rationale),
            ("Example", rating.example),
            ("Who can be asked about it", rating.contact),
            ("The same for everyone", words if isinstance(words, str) else same[words]),
            ("Target", target_in_words(rating).removeprefix("Target ")),
            ("Good enough for us", rating.enough),
        ),
        2,
    )
    return "\n".join(f"- {line}" for line in lines)


def _level(matrix: Matrix, criterion: Criterion, rating: Rating) -> str:
    if rating.level is None:
        return f"**No level: {SKIP_WORDS[rating.skip]}**" if rating.skip else "**No level yet**"
    band = matrix.band_at(rating.level)
    statement = block(criterion.statements.get(band.id, ""))
    level = f"**Level {number(rating.level)} of {matrix.scale.highest}: {inline(band.name)}**"
    return f"{level} — {statement}" if statement else level
