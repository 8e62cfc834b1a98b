"""An assessment as Markdown: the summary in words, the sections, who does what, then criterion by criterion."""

from __future__ import annotations

from collections.abc import Mapping

from kmtui.analysis.scoring import Score, Scores, gaps_of, number, scores_of
from kmtui.model.assessment import SKIP_WORDS, Assessment, Rating
from kmtui.model.matrix import Criterion, Matrix, Option, Section, options_for
from kmtui.report.escape import block, inline
from kmtui.report.parts import (
    actions_table,
    bullets,
    facts,
    front,
    joined,
    labelled,
    parked,
    sentence,
    table,
    technique_name,
    title_of,
    told,
)
from kmtui.report.sentences import WIDEST, section_in_words, summary_sentences, target_in_words


def assessment_markdown(
    assessment: Assessment, *, with_names: bool = False, technique_names: Mapping[str, str] | None = None
) -> str:
    """Return the report of an assessment, finished or not.

    `technique_names` are the names of installed techniques by id; others are named by their id in words.
    """
    matrix = assessment.matrix
    names = technique_names or {}
    scores = scores_of(assessment)
    behalf = f"on behalf of {assessment.on_behalf_of}" if told(assessment.on_behalf_of) else ""
    parts = [
        title_of(assessment, matrix.title),
        facts(assessment, [assessment.team, assessment.organisation, behalf], with_names),
        "" if assessment.finished else "Not finished yet: this is where the assessment stands.",
        bullets(summary_sentences(assessment)),
        _sections_table(matrix, scores),
        *actions_table(assessment.actions, matrix=matrix, technique_names=names),
        *_opening(assessment),
    ]
    for section, score in zip(matrix.sections, scores.sections, strict=True):
        parts += _section(assessment, section, score)
    about = {"matrix": matrix.id, "matrix_version": matrix.version}
    parts += [*_options(assessment, names), *parked(assessment), *_origin(matrix)]
    return front(assessment, "assessment", about) + "\n" + joined(parts)


def _sections_table(matrix: Matrix, scores: Scores) -> str:
    if not scores.whole.n:
        return ""
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
    return table(["Section", "Level", "Band", "Criteria with a level"], rows)


def _level_with_rounding(score: Score) -> str:
    if score.mean is None or score.mean == score.rounded:
        return str(score.mean)
    return f"{number(score.mean)} (rounds to {score.rounded})"


def _options(assessment: Assessment, names: Mapping[str, str]) -> list[str]:
    parts = []
    for gap in gaps_of(assessment)[:WIDEST]:
        fitting = options_for(gap.criterion, assessment.matrix.band_at(gap.level))
        if fitting:
            parts.append(f"### {inline(gap.criterion.name)}: from {number(gap.level)} to {number(gap.target)}")
            parts.append("\n".join(f"- {_option(option, names)}" for option in fitting))
    return ["## Options for the widest gaps", *parts] if parts else []


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
        if not rating.empty:
            parts += _criterion(assessment.matrix, criterion, rating)
    missing = [criterion.name for criterion, rating in ratings if rating.empty]
    if missing:
        parts.append(f"Not yet discussed: {sentence(', '.join(missing))}")
    return parts


def _criterion(matrix: Matrix, criterion: Criterion, rating: Rating) -> list[str]:
    same = {True: "yes", False: "no", None: ""}
    words = rating.same_for_everyone
    lines = labelled(
        (
            ("Why", rating.rationale),
            ("Example", rating.example),
            ("The same for everyone", words if isinstance(words, str) else same[words]),
            ("Target", target_in_words(rating).removeprefix("Target ")),
            ("Good enough for us", rating.enough),
        ),
        2,
    )
    return [
        f"### {inline(criterion.name)}",
        block(criterion.indicator),
        _level(matrix, criterion, rating),
        "\n".join(f"- {line}" for line in lines),
    ]


def _level(matrix: Matrix, criterion: Criterion, rating: Rating) -> str:
    if rating.level is None:
        return f"**No level: {SKIP_WORDS[rating.skip]}**" if rating.skip else "**No level yet**"
    band = matrix.band_at(rating.level)
    statement = block(criterion.statements.get(band.id, ""))
    level = f"**Level {number(rating.level)} of {matrix.scale.highest}: {inline(band.name)}**"
    return f"{level} — {statement}" if statement else level


def _origin(matrix: Matrix) -> list[str]:
    return [f"Matrix: {inline(f'{matrix.title}, version {matrix.version}')}. {block(matrix.notice)}".rstrip()]
