"""What was said in a step as JSON-ready values, and back: numbers, dots, groups, rows, an assessment.

A score step has `n`, `mean`, `sd`, `lowest` and `highest` of the numbers given, its `scale`, and the `numbers`; a vote
step `votes`; a groups step `groups` (round, group, person), `seed` and `told`; a table step `rows` by the id of the
column with their `row_ids`; an assess step the id of its `assessment`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from kmtui.analysis.marks import tally
from kmtui.flow.people import roles_by_label
from kmtui.flow.steps import MOST_DOTS, candidates, check_mark
from kmtui.model.errors import WrongInput
from kmtui.model.session import Session
from kmtui.model.technique import AnyStep, Assess, Groups, Score, Table, Vote

Document = dict[str, Any]


def said(session: Session, step: AnyStep, *, with_names: bool, entries: set[str]) -> Document:
    """Return what stands in a step beside its entries. `entries` are the ids of those that the document has."""
    if isinstance(step, Score):
        numbers = session.marks_of(step.id)
        scale = {"lowest": step.lowest, "highest": step.highest}
        return {**msgspec.to_builtins(tally(numbers)), "scale": scale, "numbers": list(numbers)}
    if isinstance(step, Vote):
        votes = session.dots_of(step.id)
        return {"votes": [{"entry": entry, "dots": votes[entry]} for entry in votes if entry in entries]}
    if isinstance(step, Groups):
        return _groups(session, step, with_names)
    if isinstance(step, Table):
        rows = session.rows_of(step.id)
        return {"rows": [dict(row.cells) for row in rows], "row_ids": [row.id for row in rows]}
    if isinstance(step, Assess):
        return {"assessment": session.assessed_at(step.id)}
    return {}


def _groups(session: Session, step: Groups, with_names: bool) -> Document:
    grouping = session.grouping_of(step.id)
    if grouping is None:
        return {"groups": [], "seed": None, "told": []}
    return {
        "groups": [[list(group) for group in round_] for round_ in rounds_for(session, step.id, with_names=with_names)],
        "seed": grouping.seed,
        "told": list(grouping.told) if with_names else [],  # they name people
    }


def rounds_for(session: Session, step_id: str, *, with_names: bool) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Return who sits with whom; without names everybody is called by a role, or Person and a number."""
    grouping = session.grouping_of(step_id)
    if grouping is None:
        return ()
    if with_names:
        return grouping.rounds
    roles = roles_by_label(session.people)
    others: dict[str, str] = {}

    def called(label: str) -> str:
        return roles.get(label) or others.setdefault(label, f"Guest {len(others) + 1}")

    return tuple(tuple(tuple(called(label) for label in group) for group in round_) for round_ in grouping.rounds)


class Said(NamedTuple):
    """One value of a field of a session, out of a step of a document.

    `places` says where in the step a part of the value stands, by the beginning of the path to it within the value.
    """

    field: str
    value: Any
    places: dict[str, str]


def read_said(step: Document, where: str) -> tuple[Document, list[Said]]:
    """Return a step of a document as the technique has it, and what it says beside its entries.

    Types within the lists are not checked here: what is wrong is refused when the whole session is converted.

    Raises:
        WrongInput: what has to be a list is none; `where` is the place of the step.
    """
    own = dict(step)
    step_id, kind = own.get("id"), own.get("kind")
    if kind == "score":
        return _with_scale(own), _marks(own, where)
    if kind == "vote":
        return own, [
            Said("dots", {**each, "step": step_id} if isinstance(each, Mapping) else each, {"": f".votes[{number}]"})
            for number, each in enumerate(_listed(own, "votes", where))
        ]
    if kind == "groups":
        return own, _grouping(own, where)
    if kind == "table":
        return own, _table(own, where)
    if kind == "assess" and own.get("assessment") is not None:
        return own, [Said("assessed", {"step": step_id, "assessment": own["assessment"]}, {"": ""})]
    return own, []


def _with_scale(step: Document) -> Document:
    """Return a score step with the ends of its scale, where the document has those of the numbers."""
    scale = step.get("scale")
    if not isinstance(scale, Mapping):
        return step
    return {**step, "lowest": scale.get("lowest"), "highest": scale.get("highest")}


def _marks(step: Document, where: str) -> list[Said]:
    numbers = _listed(step, "numbers", where)
    return [Said("marks", {"step": step.get("id"), "numbers": numbers}, {"": ""})] if numbers else []


def _grouping(step: Document, where: str) -> list[Said]:
    rounds, told = _listed(step, "groups", where), _listed(step, "told", where)
    if not (rounds or told) and step.get("seed") is None:
        return []
    grouping = {"step": step.get("id"), "rounds": rounds, "seed": step.get("seed"), "told": told}
    return [Said("groups", grouping, {".rounds": ".groups", "": ""})]


def _table(step: Document, where: str) -> list[Said]:
    ids = _listed(step, "row_ids", where)
    rows = []
    for number, cells in enumerate(_listed(step, "rows", where)):
        row = {"step": step.get("id"), "cells": cells}
        row["id"] = ids[number] if number < len(ids) else f"{step.get('id')}-{number + 1}"
        here = f".rows[{number}]"
        rows.append(Said("rows", row, {".cells": here, ".id": f".row_ids[{number}]", "": here}))
    return rows


def _listed(step: Document, field: str, where: str) -> list[Any]:
    """Return what stands in a field of a step; nothing where the field is missing or null."""
    found = step.get(field)
    if found is None:
        return []
    if not isinstance(found, list):
        raise WrongInput(f"{where}.{field}: a list is needed here.")
    return found


def check_steps(session: Session) -> None:
    """Raise WrongInput for numbers outside the scale of their step, dots on what is not there, no columns."""
    for number, step in enumerate(session.technique.steps):
        if isinstance(step, Score):
            for mark in session.marks_of(step.id):
                try:
                    check_mark(step, mark)
                except WrongInput as error:
                    raise WrongInput(f"steps[{number}].numbers: {error}") from None
        if isinstance(step, Table) and not step.columns:
            raise WrongInput(f"steps[{number}].columns: there has to be at least one column.")
        if isinstance(step, Vote):
            known = {entry.id for entry in candidates(session, step)}
            for entry, dots in session.dots_of(step.id).items():
                if entry not in known:
                    raise WrongInput(f"steps[{number}].votes: there is no entry {entry[:40]} to vote for.")
                if not 0 <= dots <= MOST_DOTS:
                    raise WrongInput(f"steps[{number}].votes: a number from 0 to {MOST_DOTS} is needed here.")
