"""What participants get before an assessment, so that they can think and ask around."""

from __future__ import annotations

from collections.abc import Sequence

from kmtui.model.base import Day, in_words
from kmtui.model.matrix import Band, Criterion, Matrix
from kmtui.model.session import Person, people_in_words
from kmtui.model.setup import LeftOut, Objective, Way
from kmtui.report.escape import block, inline
from kmtui.report.parts import SEPARATOR, begun, bullets, joined, sentence, table, told
from kmtui.text import one_line


def advance_markdown(
    matrix: Matrix,
    *,
    team: str = "",
    on_behalf_of: str = "",
    objectives: Sequence[Objective] = (),
    left_out: Sequence[LeftOut] = (),
    feedback: Day | None = None,
    closes: Day | None = None,
    people: Sequence[Person] = (),
    way: Way = "group",
) -> str:
    """Return the advance copy: what it is, on whose behalf to answer, every criterion with its statements, dates.

    Args:
        matrix: as the team uses it; what is left out of it is passed over where it is there still.
        team: whose assessment it is.
        on_behalf_of: for whom people answer.
        objectives: the current goals of the team.
        left_out: what is not asked, and why.
        feedback: when the results are talked over.
        closes: by when answers are needed, for a survey.
        people: who is asked; only their roles are told.
        way: whether a group talks it over, or individuals answer; with `closes` it is a survey anyway.
    """
    gone = {each.criterion for each in left_out}
    who = inline(people_in_words(tuple(people))) if people else ""
    parts = [
        f"# {inline(matrix.title)}: to read beforehand",
        SEPARATOR.join(part for part in (inline(team), who) if part),
        *_why(on_behalf_of, way == "survey" or closes is not None),
        *_dates(feedback, closes),
        *objectives_part(matrix, objectives),
        *_opening(matrix),
        *_scale(matrix),
    ]
    for section in matrix.sections:
        criteria = [each for each in section.criteria if each.id not in gone]
        if criteria:
            parts += [f"## {inline(section.name)}", block(section.about) if told(section.about) else ""]
            parts += [part for each in criteria for part in _criterion(matrix, each)]
    return joined([*parts, *left_out_part(matrix, left_out, "What is not asked"), origin(matrix)])


def _why(on_behalf_of: str, alone: bool) -> list[str]:
    how = (
        "Each person answers alone; answers are shown only together with those of others."
        if alone
        else "We talk each one over, and agree on a level together."
    )
    behalf = (
        f"Answer on behalf of {inline(one_line(on_behalf_of))}, not for yourself alone." if told(on_behalf_of) else ""
    )
    return [
        "This is what we will ask. It is no test, and nobody is marked: it finds out where we use what we know well, "
        "and what would help. There is nothing to prepare but this: read it, and think of an example for each "
        f"statement, or ask a colleague for one. {how}",
        behalf,
    ]


def _dates(feedback: Day | None, closes: Day | None) -> list[str]:
    lines = [f"Answers are needed by {in_words(closes)}." if closes else ""]
    lines += [f"The results are talked over on {in_words(feedback)}." if feedback else ""]
    return [bullets(lines)]


def objectives_part(matrix: Matrix, objectives: Sequence[Objective]) -> list[str]:
    """Return the goals of the team, and which criteria matter to each, under their heading."""
    lines = []
    for each in objectives:
        if told(each.text):
            names = [criterion.name for criterion in matrix.criteria if criterion.id in each.criteria]
            matters = f" What matters to it: {sentence(', '.join(names))}" if names else ""
            lines.append(f"- {begun(each.text)}{matters}")
    return ["## What we want to achieve", "\n".join(lines)] if lines else []


def _opening(matrix: Matrix) -> list[str]:
    return ["## The question to begin with", block(matrix.opening_question)] if told(matrix.opening_question) else []


def _scale(matrix: Matrix) -> list[str]:
    scale = matrix.scale
    halves = ", in steps of a half" if scale.step != 1 else ""
    return [
        "## The scale",
        f"Levels go from {scale.lowest} to {scale.highest}{halves}. “Don't know” is an answer too.",
        table(["Levels", "What they mean"], [[levels_of(band), band.name] for band in matrix.bands]),
    ]


def levels_of(band: Band) -> str:
    """Return the levels of a band: 6 to 9, or 3."""
    low, high = band.levels
    return str(low) if low == high else f"{low} to {high}"


def _criterion(matrix: Matrix, criterion: Criterion) -> list[str]:
    return [f"### {inline(criterion.name)}", block(criterion.indicator), statements_table(matrix, criterion)]


def statements_table(matrix: Matrix, criterion: Criterion) -> str:
    """Return the statements of a criterion with their bands and levels."""
    rows = [[levels_of(band), band.name, criterion.statements.get(band.id, "")] for band in matrix.bands]
    return table(["Levels", "Band", "This is how it is"], rows)


def left_out_part(matrix: Matrix, left_out: Sequence[LeftOut], heading: str) -> list[str]:
    """Return what is left out with the reasons, under a heading. Only names are told, never ids."""
    lines = []
    for each in left_out:
        criterion = matrix.criterion(each.criterion)
        name = each.name if told(each.name) or criterion is None else criterion.name
        if told(name):
            reason = f": {sentence(each.reason, 2)}" if told(each.reason) else ""
            lines.append(f"- {inline(name)}{reason}")
    return [f"## {heading}", "\n".join(lines)] if lines else []


def origin(matrix: Matrix) -> str:
    """Return the line that says which matrix this is, and who wrote its wording."""
    return f"Matrix: {inline(f'{matrix.title}, version {matrix.version}')}. {block(matrix.notice)}".rstrip()
