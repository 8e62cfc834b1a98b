"""Reads an answers file: a whole session or assessment without a keyboard, checked as strictly as typed answers."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from kmtui.content.answer_parts import broken, check_people, check_team, is_another, left_out, matrix_of, opened
from kmtui.content.convert import convert
from kmtui.content.document import Document
from kmtui.content.findings import Findings
from kmtui.content.library import Library
from kmtui.content.nodes import Mapping, Node, Scalar
from kmtui.content.plan_rules import check_days, check_left_out, check_plan, check_targets
from kmtui.content.ratings import read_ratings
from kmtui.content.response_answers import read_response
from kmtui.content.rules import get, words
from kmtui.content.session_answers import read_step_answers
from kmtui.content.set_up_answers import read_set_up
from kmtui.content.step_answers import check_seats
from kmtui.content.words import quoted, unknown
from kmtui.model.answers import Answers, AssessmentAnswers, PlannedAnswer, SessionAnswers
from kmtui.model.base import Day, Value
from kmtui.model.errors import NotFound, Problem, WrongContent
from kmtui.model.session import Person
from kmtui.model.setup import LocalOption, Objective, as_used, named
from kmtui.model.technique import Assess, Span, Technique

__all__ = ("answers_from", "read_answers", "read_response", "read_set_up")


class _SessionFile(Value, frozen=True, kw_only=True):
    """The keys of an answers file for a session. The answers wait until it is known what the steps are."""

    technique: str
    variant: str | None = None
    title: str = ""
    team: str = ""
    date: Day | None = None
    people: tuple[Person, ...] = ()
    answers: Node | None = None
    parked: tuple[str, ...] = ()
    continues: tuple[str, ...] | None = None
    takes: tuple[str, ...] = ()


class _AssessmentFile(Value, frozen=True, kw_only=True):
    """The keys of an answers file for an assessment. The ratings wait until it is known what the criteria are."""

    assess: str
    title: str = ""
    team: str = ""
    organisation: str = ""
    on_behalf_of: str = ""
    date: Day | None = None
    people: tuple[Person, ...] = ()
    opening: str = ""
    ratings: Node | None = None
    actions: tuple[PlannedAnswer, ...] = ()
    parked: tuple[str, ...] = ()
    objectives: tuple[Objective, ...] = ()
    leave_out: Node | None = None
    options: tuple[LocalOption, ...] = ()
    feedback: Day | None = None


def read_answers(
    path: Path, library: Library, text: str | bytes | None = None, *, variant: str | None = None
) -> tuple[Answers, tuple[Problem, ...]]:
    """Return what an answers file says, and warnings.

    With `text` that is read, as a file would be, and `path` only names it: `Path("-")` for the standard input.
    `variant` is the form of the technique where the file names none.

    Raises:
        WrongContent: with all the problems of the file.
    """
    document = opened(path, text)
    answers = answers_from(document, library, variant)
    if answers is None:
        raise WrongContent(document.findings.problems)
    return answers, document.findings.problems


def answers_from(document: Document, library: Library, variant: str | None = None) -> Answers | None:
    """Return the answers in a document, or None after noting all that is wrong."""
    if document.root is None or is_another(document, ("technique", "assess")):
        return None
    keys = document.keys()
    answers: Answers | None = None
    if "assess" in keys or ("technique" not in keys and "ratings" in keys):
        answers = _assessment(document.root, document.findings, library)
    elif "technique" in keys or "answers" in keys:
        answers = _session(document.root, document.findings, library, variant)
    else:
        message = 'a file of answers begins with "technique:" and the id of one, or "assess:" and the id of a matrix'
        document.findings.error(document.root, message)
    return None if document.findings.failed else answers


def _session(root: Node, findings: Findings, library: Library, otherwise: str | None) -> SessionAnswers | None:
    head = convert(root, _SessionFile, findings)
    check_people(root, findings)
    technique = _technique(get(root, "technique"), library, findings)
    if technique is None:
        return None
    variant = words(get(root, "variant")) or otherwise
    if variant is not None and technique.variant(variant) is None:
        known = [each.id for each in technique.variants]
        findings.error(get(root, "variant") or get(root, "technique") or root, unknown("variant", variant, known))
        return None
    given = read_step_answers(
        get(root, "answers"), technique, variant, findings, lambda node, step: _step(node, step, findings, library)
    )
    for step in given.actions:
        check_days(get(root, "answers"), step, findings, f"step {quoted(step)}, ")
    if head is None:
        return None
    _how_many(get(root, "people"), head.people, technique.people, findings)
    check_seats(get(root, "answers"), head.people, technique, given.groups, findings)
    return SessionAnswers(
        technique=head.technique,
        variant=variant,
        title=head.title,
        team=head.team,
        date=head.date,
        people=head.people,
        entries=given.entries,
        lessons=given.lessons,
        actions=given.actions,
        marks=given.marks,
        votes=given.votes,
        groups=given.groups,
        rows=given.rows,
        assessed=given.assessed,
        parked=head.parked,
        continues=head.continues,
        takes=head.takes,
    )


def _step(node: Node, step: Assess, findings: Findings, library: Library) -> AssessmentAnswers | None:
    """Return the answers to an assess step, which are those of an assessment without "assess": the step names it."""
    if not isinstance(node, Mapping):
        findings.error(node, "it takes the keys of an assessment: write ratings: below it", f"step {quoted(step.id)}")
        return None
    if "assess" in node.pairs:
        place = node.pairs["assess"][0]
        findings.error(place, '"assess" is said by the step: take it out here', f"step {quoted(step.id)}")
    if "assess" in node.pairs or not node.pairs:
        return None
    matrix = step.matrix or library.matrix().value.id
    named = Scalar(value=matrix, plain=True, line=node.line, column=node.column)
    return _assessment(replace(node, pairs={"assess": (named, named), **node.pairs}), findings, library)


def _assessment(root: Node, findings: Findings, library: Library) -> AssessmentAnswers | None:
    head = convert(root, _AssessmentFile, findings)
    check_people(root, findings)
    matrix = matrix_of(get(root, "assess"), library, findings)
    if matrix is None:
        return None
    check_team(root, matrix, library, findings)
    gone = left_out(root, matrix, findings)
    used = as_used(matrix, named(matrix, gone), () if head is None else head.options)
    known = [criterion.id for criterion in matrix.criteria]
    ratings = read_ratings(get(root, "ratings"), used, findings, left_out=known)
    check_left_out(root, gone, findings)
    check_targets(root, matrix, findings)
    check_plan(root, matrix, used, library, findings)
    check_days(root, "actions", findings)
    if head is None:
        return None
    return AssessmentAnswers(
        assess=head.assess,
        title=head.title,
        team=head.team,
        organisation=head.organisation,
        on_behalf_of=head.on_behalf_of,
        date=head.date,
        people=head.people,
        opening=head.opening,
        ratings=ratings,
        actions=head.actions,
        parked=head.parked,
        objectives=head.objectives,
        left_out=gone,
        options=head.options,
        feedback=head.feedback,
    )


def _technique(place: Node | None, library: Library, findings: Findings) -> Technique | None:
    named = words(place)
    if place is None or named is None:
        return None
    try:
        return library.technique(named).value
    except NotFound:
        findings.error(place, unknown("technique", named, library.technique_ids))
    except WrongContent as error:
        findings.error(place, broken(f"the technique {quoted(named)}", error))
    return None


def _how_many(place: Node | None, people: tuple[Person, ...], limits: Span, findings: Findings) -> None:
    """Warn of more or fewer people than the technique is made for. People who were not named are not counted."""
    total = sum(person.count for person in people)
    if place is not None and people and not limits.least <= total <= limits.most:
        message = f"this technique is made for {limits.least} to {limits.most} people, and here are {total}"
        findings.warning(place, message)
