"""The answers to the steps of a technique."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kmtui.content.convert import BAD, SHORT_FORMS, is_nothing, reader_for
from kmtui.content.findings import Findings
from kmtui.content.nodes import Broken, Mapping, Node, Sequence
from kmtui.content.rules import get
from kmtui.content.step_answers import read_groups, read_marks, read_rows, read_votes
from kmtui.content.words import listed, quoted, unknown
from kmtui.model.answers import ActionAnswer, AssessmentAnswers, EntryAnswer, GroupsAnswer, LessonAnswer, VoteAnswer
from kmtui.model.base import Level, Value
from kmtui.model.technique import (
    Actions,
    AnyStep,
    Assess,
    Brief,
    Collect,
    Groups,
    Lessons,
    Score,
    Table,
    Technique,
    Vote,
)

SHORT_FORMS[EntryAnswer] = "text"

_TYPES: dict[type, Any] = {
    Collect: tuple[EntryAnswer, ...],
    Lessons: tuple[LessonAnswer, ...],
    Actions: tuple[ActionAnswer, ...],
}

ReadAssessment = Callable[[Node, Assess], AssessmentAnswers | None]
"""Reads the answers to an assess step, and notes what is wrong with them."""


class StepAnswers(Value, frozen=True, kw_only=True):
    """The answers by the id of the step, in the order of the steps; a step without any is not there."""

    entries: dict[str, tuple[EntryAnswer, ...]] = {}
    lessons: dict[str, tuple[LessonAnswer, ...]] = {}
    actions: dict[str, tuple[ActionAnswer, ...]] = {}
    marks: dict[str, tuple[Level, ...]] = {}
    votes: dict[str, tuple[VoteAnswer, ...]] = {}
    groups: dict[str, GroupsAnswer] = {}
    rows: dict[str, tuple[dict[str, str], ...]] = {}
    assessed: dict[str, AssessmentAnswers] = {}


_FIELDS: dict[type, str] = {
    Collect: "entries",
    Lessons: "lessons",
    Actions: "actions",
    Score: "marks",
    Vote: "votes",
    Groups: "groups",
    Table: "rows",
    Assess: "assessed",
}


def answerable(technique: Technique) -> tuple[AnyStep, ...]:
    """Return the steps that take answers."""
    return tuple(step for step in technique.steps if type(step) in _FIELDS)


def read_step_answers(
    node: Node | None,
    technique: Technique,
    variant: str | None,
    findings: Findings,
    assessment: ReadAssessment,
) -> StepAnswers:
    """Return the answers to each step, after noting what is wrong with them."""
    if not isinstance(node, Mapping):
        if node is not None and not is_nothing(node) and not isinstance(node, Broken):
            message = '"answers" takes the ids of steps, each with a list: write for example {id}: [one, another]'
            known = answerable(technique)
            findings.error(node, message.format(id=known[0].id if known else "step"))
        return StepAnswers()
    as_run = technique.as_run(variant)
    steps = {step.id: step for step in technique.steps}
    here = frozenset(step.id for step in as_run.steps)
    found: dict[str, Any] = {}
    for key, (place, value) in node.pairs.items():
        step = steps.get(key)
        if step is None or key not in here or type(step) not in _FIELDS:
            if findings.takes_more():
                findings.error(place, _refusal(key, technique, as_run))
        elif not is_nothing(value):
            found[key] = _read(step, value, findings, assessment)
    _numbers(node, as_run, found, findings)
    for step in as_run.steps:
        given = get(node, step.id)
        if isinstance(step, Vote) and given is not None and found.get(step.id):
            count = len(found.get(step.from_, ()))
            found[step.id] = read_votes(given, step, found[step.id], count, findings)
    by_field: dict[str, dict[str, Any]] = {field: {} for field in _FIELDS.values()}
    for step in as_run.steps:
        if found.get(step.id):
            by_field[_FIELDS[type(step)]][step.id] = found[step.id]
    return StepAnswers(**by_field)


def _read(step: AnyStep, value: Node, findings: Findings, assessment: ReadAssessment) -> Any:
    """Return the answers to one step, whatever its kind; nothing after noting what is wrong."""
    where = f"step {quoted(step.id)}"
    if isinstance(step, Score):
        return read_marks(value, step, where, findings)
    if isinstance(step, Groups):
        return read_groups(value, where, findings)
    if isinstance(step, Table):
        return read_rows(value, step, where, findings)
    if isinstance(step, Assess):
        return assessment(value, step)
    kind = tuple[VoteAnswer, ...] if isinstance(step, Vote) else _TYPES[type(step)]
    read = reader_for(kind).read(value, "it", where, findings)
    return () if read is BAD else read


def _refusal(key: str, technique: Technique, as_run: Technique) -> str:
    """Return why a key takes no answers."""
    step = technique.step(key)
    known = [each.id for each in answerable(as_run)]
    if step is None:
        message = unknown("step", key, known)
        return f"{message} Steps that take answers: {listed(known, 'and')}." if "did you mean" in message else message
    if isinstance(step, Brief):
        return f"the step {quoted(key)} takes no answers. Steps that do: {listed(known, 'and')}."
    others = [each.id for each in technique.variants if any(own.id == key for own in each.steps)]
    hint = f": write variant: {others[0]}" if others else ""
    return f'the step {quoted(key)} is not part of the variant "{as_run.variants[0].id}"{hint}'


def _numbers(node: Mapping, as_run: Technique, found: dict[str, Any], findings: Findings) -> None:
    """Note an entry that answers one that is not there."""
    for step in as_run.steps:
        given = get(node, step.id)
        if not isinstance(step, Collect) or not isinstance(given, Sequence):
            continue
        for entry, item in zip(found.get(step.id, ()), given.items, strict=False):
            if entry.answers is not None:
                at = get(item, "answers") or item
                message = _not_answered(step, entry.answers, found)
                if message:
                    findings.error(at, message, f"step {quoted(step.id)}")


def _not_answered(step: Collect, number: int, found: dict[str, Any]) -> str:
    if step.from_ is None:
        return 'its entries answer none of another step: take "answers" out'
    count = len(found.get(step.from_, ()))
    if not 1 <= number <= count:
        entries = "1 entry" if count == 1 else f"{count} entries"
        return f'"answers" takes the number of an entry of step {quoted(step.from_)}, which has {entries}, not {number}'
    return ""
