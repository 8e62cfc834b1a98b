"""Tables for spreadsheets. No text becomes a formula, and a line break in a text stays within its cell."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from kmtui.model.assessment import SKIP_WORDS, Assessment
from kmtui.model.session import Session
from kmtui.text import clean

_FORMULA = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")  # and their full-width twins

Cell = str | int | float | None


def assessment_csv(assessment: Assessment) -> str:
    """Return a line for each criterion: its section, what was said of it and its target."""
    matrix = assessment.matrix
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
                ]
            )
    heads = "Section,Criterion,Level,Band,No level because,Target,Good enough because,Why,Example,Same for everyone"
    return _csv(heads.split(","), rows)


def actions_csv(record: Session | Assessment) -> str:
    """Return a line for each action."""
    rows = [
        [
            action.action,
            action.owner,
            action.due.isoformat() if action.due else "",
            action.review.isoformat() if action.review else "",
            action.done_when,
            action.state,
            action.note,
        ]
        for action in record.actions
    ]
    return _csv(["Action", "Owner", "By", "Looked at again", "We know it worked when", "State", "Note"], rows)


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
    return _csv(["Lesson", "Keep or change", "Recommendation", "Why", "Where it comes from", "Owner", "Tags"], rows)


def _csv(heads: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
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
