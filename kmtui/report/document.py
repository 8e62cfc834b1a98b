"""The one JSON document of a record: what `--json`, exports and imports share. `read_document` is its inverse.

Names of people, private steps and words not entered yet are left out unless asked for. Levels and dates are those of
the record; what follows from others (`finished`, `scores`) is there for readers and ignored when it is read back.
"""

from __future__ import annotations

from typing import Any

import msgspec

from kmtui.analysis.scoring import agreed_scores, scores_of
from kmtui.model.assessment import Assessment
from kmtui.model.session import Entry, Session
from kmtui.model.technique import Collect
from kmtui.report.reading import read_document
from kmtui.report.step_document import said
from kmtui.text import clean

__all__ = ["assessment_document", "plan_document", "read_document", "session_document"]


def session_document(session: Session, *, with_names: bool, with_private: bool = False) -> dict[str, Any]:
    """Return a session as JSON-ready values, its entries within their steps.

    `entry_order` is there only where entries were made in another order than that of their steps.
    """
    private = {step.id for step in session.technique.steps if isinstance(step, Collect) and step.private}
    entries = session.entries if with_private else _without(session.entries, private)
    technique = _builtins(session.technique)
    steps = technique.pop("steps")
    there = {entry.id for entry in entries}
    for step, own in zip(steps, session.technique.steps, strict=True):
        step["entries"] = [_entry(entry, with_names) for entry in entries if entry.step == step["id"]]
        step.update(said(session, own, with_names=with_names, entries=there))
    in_steps = [entry["id"] for step in steps for entry in step["entries"]]
    order = [entry.id for entry in entries]
    document: dict[str, Any] = cleaned(
        {
            "kind": "session",
            **_common(session, with_names, with_private),
            "technique": {**technique, "digest": session.digest},
            "steps": steps,
            "lessons": _builtins(session.lessons),
            "action": session.action,
            "criterion": session.criterion,
            "assessment": session.assessment,
            "continues": list(session.continues),
            "taken": _builtins(session.taken),
            **({"entry_order": order} if order != in_steps else {}),
        }
    )
    return document


def assessment_document(assessment: Assessment, *, with_names: bool, with_private: bool = False) -> dict[str, Any]:
    """Return an assessment as JSON-ready values, with the whole matrix that it used and its scores.

    The scores of a survey are those of what individuals answered; where a group has agreed levels since, those of the
    levels agreed stand beside them.
    """
    talked_over = assessment.way == "survey" and any(rating.level is not None for rating in assessment.ratings)
    document: dict[str, Any] = cleaned(
        {
            "kind": "assessment",
            **_common(assessment, with_names, with_private),
            "matrix": {**_builtins(assessment.matrix), "digest": assessment.digest},
            "organisation": assessment.organisation,
            "on_behalf_of": assessment.on_behalf_of,
            "opening": assessment.opening,
            "way": assessment.way,
            "setup": assessment.setup,
            "objectives": _builtins(assessment.objectives),
            "left_out": _builtins(assessment.left_out),
            "feedback": _builtins(assessment.feedback),
            "closes": _builtins(assessment.closes),
            "closed": _builtins(assessment.closed),
            "survey": _survey(assessment, with_names),
            "ratings": _builtins(assessment.ratings),
            "scores": _builtins(scores_of(assessment)),
            **({"agreed_scores": _builtins(agreed_scores(assessment))} if talked_over else {}),
        }
    )
    return document


def plan_document(assessment: Assessment) -> dict[str, Any]:
    """Return the plan of an assessment as JSON-ready values, in its order; `idea` says what is no action yet."""
    document: dict[str, Any] = cleaned(
        {
            "kind": "plan",
            "assessment": assessment.id,
            "title": assessment.title,
            "team": assessment.team,
            "date": assessment.date.isoformat(),
            "actions": [{**_builtins(planned), "idea": planned.idea} for planned in assessment.actions],
        }
    )
    return document


def _survey(assessment: Assessment, with_names: bool) -> dict[str, Any] | None:
    result = assessment.survey
    if result is None:
        return None
    roles = result.roles if with_names else [msgspec.structs.replace(role, name="") for role in result.roles]
    return {"answered": result.answered, "roles": _builtins(roles), "spreads": _builtins(result.spreads)}


def _common(record: Session | Assessment, with_names: bool, with_private: bool) -> dict[str, Any]:
    people = [person if with_names else msgspec.structs.replace(person, name="") for person in record.people]
    whole = _builtins(record)
    names = ("id", "schema", "created", "changed", "title", "team", "date", "begun", "ended")
    more = ("actions", "parked", "place", "spent", "extended")
    return {
        **{name: whole[name] for name in (*names, *more)},
        "people": _builtins(people),
        "finished": record.finished,
        "drafts": dict(record.drafts) if with_private else {},
    }


def _without(entries: tuple[Entry, ...], steps: set[str]) -> tuple[Entry, ...]:
    """Return the entries without those of some steps, and without a trace of them in the others."""
    gone = {entry.id for entry in entries if entry.step in steps}
    return tuple(
        msgspec.structs.replace(entry, answers=None) if entry.answers in gone else entry
        for entry in entries
        if entry.id not in gone
    )


def _entry(entry: Entry, with_names: bool) -> dict[str, Any]:
    named = {"id": entry.id, "text": entry.text, "answers": entry.answers, "by": entry.by if with_names else ""}
    origin = {"lesson": entry.lesson, "session": entry.session}
    return named | {field: value for field, value in origin.items() if value is not None}


def _builtins(value: Any) -> Any:
    return msgspec.to_builtins(value, str_keys=True)


def cleaned(value: Any) -> Any:
    """Return JSON-ready values with every text in them cleaned."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(key): cleaned(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [cleaned(each) for each in value]
    return value
