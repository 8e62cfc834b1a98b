"""The facilitator's notes: what the room does not see unless it is asked for."""

from __future__ import annotations

from collections.abc import Sequence

from kmtui.model.assessment import Assessment
from kmtui.model.matrix import Criterion, Matrix, options_for
from kmtui.model.rating import Rating
from kmtui.model.session import Session
from kmtui.text import one_line


def opening_notes(matrix: Matrix) -> list[str]:
    """Return the notes on the opening question: what the wording is, and what it is not."""
    return [matrix.notice] if matrix.notice else []


def criterion_notes(matrix: Matrix, criterion: Criterion, rating: Rating) -> list[str]:
    """Return the notes on a criterion: questions, options that fit the level, clauses."""
    notes = [f"Ask: {question}" for question in criterion.ask]
    options = criterion.options if rating.level is None else options_for(criterion, matrix.band_at(rating.level))
    notes += [f"What could be done next: {option.text}" for option in options]
    if criterion.iso30401:
        notes.append(f"ISO 30401, clause {', '.join(criterion.iso30401)}")
    return notes


def notes_of(record: Session | Assessment, *, whole: bool) -> list[str]:
    """Return the notes on the present place of a record, or on all of them, under its title."""
    lines: list[str] = []
    for title, notes in _session(record, whole) if isinstance(record, Session) else _assessment(record, whole):
        lines += [one_line(title), *(f"- {one_line(note)}" for note in notes or ("There are no notes for this.",))]
    return lines


def _session(session: Session, whole: bool) -> list[tuple[str, Sequence[str]]]:
    return [(step.title, step.tips) for step in (session.technique.steps if whole else (session.step,))]


def _assessment(assessment: Assessment, whole: bool) -> list[tuple[str, Sequence[str]]]:
    matrix = assessment.matrix
    here = matrix.criterion(assessment.place)
    found: list[tuple[str, Sequence[str]]] = []
    if whole or here is None:
        found.append((matrix.opening_question or matrix.title, opening_notes(matrix)))
    return found + [
        (criterion.name, criterion_notes(matrix, criterion, assessment.rating(criterion.id)))
        for criterion in matrix.criteria
        if whole or criterion is here
    ]
