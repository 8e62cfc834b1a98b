"""The answers to the steps of a technique."""

from __future__ import annotations

from typing import Any

from kmtui.content.convert import BAD, SHORT_FORMS, is_nothing, reader_for
from kmtui.content.findings import Findings
from kmtui.content.nodes import Broken, Mapping, Node, Sequence
from kmtui.content.rules import get
from kmtui.content.words import listed, quoted, unknown
from kmtui.model.answers import ActionAnswer, EntryAnswer, LessonAnswer
from kmtui.model.base import Value
from kmtui.model.technique import RUNNABLE, Actions, AnyStep, Brief, Collect, Lessons, Technique

SHORT_FORMS[EntryAnswer] = "text"

_TYPES: dict[type, Any] = {
    Collect: tuple[EntryAnswer, ...],
    Lessons: tuple[LessonAnswer, ...],
    Actions: tuple[ActionAnswer, ...],
}


class StepAnswers(Value, frozen=True, kw_only=True):
    """The answers by the id of the step, in the order of the steps; a step without any is not there."""

    entries: dict[str, tuple[EntryAnswer, ...]] = {}
    lessons: dict[str, tuple[LessonAnswer, ...]] = {}
    actions: dict[str, tuple[ActionAnswer, ...]] = {}


def answerable(technique: Technique) -> tuple[AnyStep, ...]:
    """Return the steps that take answers in this version."""
    return tuple(step for step in technique.steps if type(step) in _TYPES)


def read_step_answers(node: Node | None, technique: Technique, variant: str | None, findings: Findings) -> StepAnswers:
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
    found: dict[str, tuple[Any, ...]] = {}
    for key, (place, value) in node.pairs.items():
        step = steps.get(key)
        if step is None or key not in here or type(step) not in _TYPES:
            if findings.takes_more():
                findings.error(place, _refusal(key, technique, as_run))
        elif not is_nothing(value):
            read = reader_for(_TYPES[type(step)]).read(value, "it", f"step {quoted(key)}", findings)
            found[key] = () if read is BAD else read
    _numbers(node, as_run, found, findings)
    in_order = [step for step in as_run.steps if found.get(step.id)]
    return StepAnswers(
        entries={step.id: found[step.id] for step in in_order if isinstance(step, Collect)},
        lessons={step.id: found[step.id] for step in in_order if isinstance(step, Lessons)},
        actions={step.id: found[step.id] for step in in_order if isinstance(step, Actions)},
    )


def _refusal(key: str, technique: Technique, as_run: Technique) -> str:
    """Return why a key takes no answers."""
    step = technique.step(key)
    known = [each.id for each in answerable(as_run)]
    if step is None:
        message = unknown("step", key, known)
        return f"{message} Steps that take answers: {listed(known, 'and')}." if "did you mean" in message else message
    if isinstance(step, Brief):
        return f"the step {quoted(key)} takes no answers. Steps that do: {listed(known, 'and')}."
    if not isinstance(step, RUNNABLE):
        kind = type(step).__name__.lower()
        return f"this version of kmtui cannot take answers to the step {quoted(key)} yet (kind {kind})"
    others = [each.id for each in technique.variants if any(own.id == key for own in each.steps)]
    hint = f": write variant: {others[0]}" if others else ""
    return f'the step {quoted(key)} is not part of the variant "{as_run.variants[0].id}"{hint}'


def _numbers(node: Mapping, as_run: Technique, found: dict[str, tuple[Any, ...]], findings: Findings) -> None:
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


def _not_answered(step: Collect, number: int, found: dict[str, tuple[Any, ...]]) -> str:
    if step.from_ is None:
        return 'its entries answer none of another step: take "answers" out'
    count = len(found.get(step.from_, ()))
    if not 1 <= number <= count:
        entries = "1 entry" if count == 1 else f"{count} entries"
        return f'"answers" takes the number of an entry of step {quoted(step.from_)}, which has {entries}, not {number}'
    return ""
