"""Tables for spreadsheets. No text becomes a formula, and a line break in a text stays within its cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from kmtui.model.assessment import Assessment
from kmtui.model.matrix import Matrix, nearest_whole
from kmtui.model.plan import PRIORITY_WORDS, Planned
from kmtui.model.rating import SKIP_WORDS
from kmtui.model.session import Action, Session
from kmtui.model.survey import Spread, SurveyResult
from kmtui.report.parts import criterion_name, technique_name
from kmtui.text import clean

_FORMULA = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")  # and their full-width twins

Cell = str | int | float | None


def assessment_csv(assessment: Assessment) -> str:
    """Return a line for each criterion: its section, what was said of it and its target.

    Of a survey what individuals answered follows, as far as it may be shown; level and band are those agreed since.
    """
    matrix = assessment.matrix
    survey = assessment.way == "survey"
    result = assessment.survey or SurveyResult(answered=0)
    same = {True: "yes", False: "no", None: ""}
    rows: list[list[Cell]] = []
    for section in matrix.sections:
        for criterion in section.criteria:
            rating = assessment.rating(criterion.id)
            words = rating.same_for_everyone
            rows.append(
                [
                    section.name,
                    criterion.name,
                    rating.level,
                    matrix.band_at(rating.level).name if rating.level is not None else "",
                    SKIP_WORDS[rating.skip] if rating.skip else "",
                    rating.target,
                    rating.enough,
                    rating.rationale,
                    rating.example,
                    words if isinstance(words, str) else same[words],
                    rating.contact,
                    *(_answers(matrix, result.spread(criterion.id)) if survey else []),
                ]
            )
    heads = "Section,Criterion,Level,Band,No level because,Target,Good enough because,Why,Example,Same for everyone"
    more = _SURVEY_HEADS + [f"Answers: {band.name}" for band in matrix.bands] if survey else []
    return as_csv([*heads.split(","), "Who can be asked", *map(_safe_head, more)], rows)


_SURVEY_HEADS = [
    *("Answers", "Lowest answer", "Highest answer", "Standard deviation", "Mean of the answers", "Mean rounds to"),
    *("Band of the mean", "Answers “don't know”", "Reasons given"),
]


def _answers(matrix: Matrix, spread: Spread) -> list[Cell]:
    mean, bands = spread.mean, spread.bands
    return [
        spread.n,
        spread.lowest,
        spread.highest,
        spread.sd,
        mean,
        None if mean is None else nearest_whole(mean),
        "" if mean is None else matrix.band_at(mean).name,
        spread.dont_know,
        "\n".join(spread.rationales),
        *(None if bands is None else bands.get(band.id, 0) for band in matrix.bands),
    ]


def header_csv(heads: Sequence[str]) -> str:
    """Return one line of column names, none of which is a formula."""
    return as_csv([_safe_head(head) for head in heads], [])


def _safe_head(head: str) -> str:
    return str(_safe(head))


def actions_csv(record: Session | Assessment) -> str:
    """Return a line for each action. Ideas are none; they are in `plan_csv`."""
    actions = (action for action in record.actions if not (isinstance(action, Planned) and action.idea))
    return as_csv(_ACTION_HEADS, [_action(action) for action in actions])


def plan_csv(assessment: Assessment, technique_names: Mapping[str, str] | None = None) -> str:
    """Return a line for each action and idea of a plan, in its order."""
    names = technique_names or {}
    rows = [
        [
            *_action(planned),
            "idea" if planned.idea else "action",
            PRIORITY_WORDS[planned.priority] if planned.priority else "undecided",
            planned.reason,
            criterion_name(assessment.matrix, planned.criterion),
            planned.objective,
            technique_name(planned.technique, names) if planned.technique else "",
            planned.effort or "",
            planned.benefit or "",
            planned.dots,
        ]
        for planned in assessment.actions
    ]
    return as_csv([*_ACTION_HEADS, *_PLAN_HEADS], rows)


_ACTION_HEADS = [
    *("Action", "Owner", "By", "Looked at again", "We know it worked when", "State", "Note", "What changed"),
]
_PLAN_HEADS = [
    *("Action or idea", "Priority", "Not for us because", "For criterion", "Objective", "How", "Effort", "Benefit"),
    "Dots",
]


def _action(action: Action) -> list[Cell]:
    return [
        action.action,
        action.owner,
        action.due.isoformat() if action.due else "",
        action.review.isoformat() if action.review else "",
        action.done_when,
        action.state,
        action.note,
        action.outcome,
    ]


def lessons_csv(session: Session) -> str:
    """Return a line for each lesson."""
    rows = [
        [
            lesson.lesson,
            lesson.keep_or_change,
            lesson.recommendation,
            lesson.cause,
            lesson.context,
            lesson.owner,
            ", ".join(lesson.tags),
        ]
        for lesson in session.lessons
    ]
    return as_csv(["Lesson", "Keep or change", "Recommendation", "Why", "Where it comes from", "Owner", "Tags"], rows)


def as_csv(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Return a table with its heads. No text in it becomes a formula."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([_safe(value) for value in row] for row in rows)
    return out.getvalue()


def _safe(value: Cell) -> Cell:
    if not isinstance(value, str):
        return value
    text = clean(value)
    return f"'{text}" if text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA) else text
