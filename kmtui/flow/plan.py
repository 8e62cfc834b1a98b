"""How a plan comes about: options are chosen, put in order, and agreed. Every function returns a new assessment."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from kmtui.flow.common import moved
from kmtui.model.assessment import Assessment
from kmtui.model.errors import NotFound, WrongInput
from kmtui.model.matrix import Option
from kmtui.model.plan import Planned

MOST_DOTS = 999


def chosen(assessment: Assessment, criterion_id: str, option_id: str) -> Planned | None:
    """Return what was planned out of an option of a criterion, or None."""
    found = (each for each in assessment.actions if each.criterion == criterion_id and each.option == option_id)
    return next(found, None)


def choose(assessment: Assessment, action_id: str, criterion_id: str, option: Option) -> Assessment:
    """Return the assessment with an option of a criterion at the end of its plan; unchanged where it is there."""
    if chosen(assessment, criterion_id, option.id) is not None:
        return assessment
    return add(
        assessment,
        Planned(
            id=action_id,
            action=option.text,
            criterion=criterion_id,
            technique=option.technique,
            option=option.id,
            objective=objective_of(assessment, criterion_id),
        ),
    )


def add(assessment: Assessment, planned: Planned) -> Assessment:
    """Return the assessment with one more line at the end of its plan."""
    return replace(assessment, actions=(*assessment.actions, planned))


def planned(assessment: Assessment, action_id: str) -> Planned:
    """Return a line of the plan. Raises NotFound."""
    for each in assessment.actions:
        if each.id == action_id:
            return each
    raise NotFound("That is not in the plan any more.")


def put(assessment: Assessment, action_id: str, **changes: Any) -> Assessment:
    """Return the assessment with changed fields in a line of its plan. `changes` are fields of `Planned`.

    Raises:
        NotFound: there is no such line.
        WrongInput: there are less than no dots, or too many.
    """
    changed = replace(planned(assessment, action_id), **changes)
    if not 0 <= changed.dots <= MOST_DOTS:
        raise WrongInput(f"Dots go from 0 to {MOST_DOTS}.")
    return replace(assessment, actions=tuple(changed if each.id == action_id else each for each in assessment.actions))


def drop(assessment: Assessment, action_id: str) -> Assessment:
    """Return the assessment without a line of its plan."""
    return replace(assessment, actions=tuple(each for each in assessment.actions if each.id != action_id))


def move(assessment: Assessment, action_id: str, by: int) -> Assessment:
    """Return the assessment with a line of its plan moved up (negative) or down among the others."""
    return replace(assessment, actions=moved(assessment.actions, action_id, by))


def by_dots(assessment: Assessment) -> Assessment:
    """Return the assessment with the lines that got most dots first; those with as many stay as they stand."""
    return _ordered(assessment, lambda each: -each.dots)


_PRIORITIES = ("now", "next", "later", None, "not-for-us")


def by_priority(assessment: Assessment) -> Assessment:
    """Return the assessment with what is done now first, then next, later, undecided, and what is not for us."""
    return _ordered(assessment, lambda each: _PRIORITIES.index(each.priority))


def _ordered(assessment: Assessment, key: Callable[[Planned], int]) -> Assessment:
    return replace(assessment, actions=tuple(sorted(assessment.actions, key=key)))


def objective_of(assessment: Assessment, criterion_id: str) -> str:
    """Return the first goal of the team to which a criterion matters, in its words; else an empty text."""
    return next((each.text for each in assessment.objectives if criterion_id in each.criteria), "")
