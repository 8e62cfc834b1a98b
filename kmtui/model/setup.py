"""What is agreed about a team before it is assessed, and kept to be used again: a set-up."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from msgspec.structs import replace

from kmtui.model.base import SCHEMA, Day, Value
from kmtui.model.matrix import Criterion, Matrix, Option, Section
from kmtui.model.session import Person

Way = Literal["group", "survey"]
"""How levels come about: agreed by a group in the room, or the mean of what individuals answer."""


class Objective(Value, frozen=True, kw_only=True):
    """A current goal of the team, and the ids of the criteria that matter to it."""

    text: str
    criteria: tuple[str, ...] = ()


class LeftOut(Value, frozen=True, kw_only=True):
    """A criterion that the team does not use, and why. `name` is kept, since the matrix in use no longer has it."""

    criterion: str
    reason: str = ""
    name: str = ""


class LocalOption(Value, frozen=True, kw_only=True):
    """An intervention that the local service offers for a criterion, beside those of the matrix."""

    criterion: str
    text: str
    technique: str | None = None
    service: str | None = None
    bands: tuple[str, ...] = ()


class SetUp(Value, frozen=True, kw_only=True):
    """One way to assess one team, under a name. `matrix` is an id, empty for the one that comes first."""

    id: str
    name: str
    matrix: str = ""
    organisation: str = ""
    on_behalf_of: str = ""
    people: tuple[Person, ...] = ()
    objectives: tuple[Objective, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    options: tuple[LocalOption, ...] = ()
    feedback: Day | None = None
    way: Way = "group"


class Team(Value, frozen=True, kw_only=True):
    """A team with its set-ups, one record. Times are UTC."""

    id: str
    schema: int = SCHEMA
    created: datetime
    changed: datetime
    name: str
    setups: tuple[SetUp, ...] = ()

    def setup(self, setup_id: str) -> SetUp | None:
        """Return the set-up with this id, or None."""
        return next((setup for setup in self.setups if setup.id == setup_id), None)


def as_used(matrix: Matrix, left_out: tuple[LeftOut, ...], options: tuple[LocalOption, ...]) -> Matrix:
    """Return the matrix as a team uses it: without what is left out, with the options of the local service.

    A section of which nothing is left is left out too. Nothing is changed where both are empty. What names a criterion
    that the matrix does not have is passed over.
    """
    gone = {each.criterion for each in left_out}
    sections = []
    for section in matrix.sections:
        criteria = tuple(_with_options(each, options) for each in section.criteria if each.id not in gone)
        if criteria:
            sections.append(replace(section, criteria=criteria))
    return replace(matrix, sections=tuple(sections))


def _with_options(criterion: Criterion, options: tuple[LocalOption, ...]) -> Criterion:
    own = [each for each in options if each.criterion == criterion.id]
    if not own:
        return criterion
    taken = {option.id for option in criterion.options}
    added = []
    for each in own:
        number = 1
        while (option_id := f"local-{number}") in taken:
            number += 1
        taken.add(option_id)
        added.append(
            Option(id=option_id, text=each.text, technique=each.technique, service=each.service, bands=each.bands)
        )
    return replace(criterion, options=(*criterion.options, *added))


def named(matrix: Matrix, left_out: tuple[LeftOut, ...]) -> tuple[LeftOut, ...]:
    """Return what is left out with the names of the criteria, in the order of the matrix, each once.

    The id of a section stands for all its criteria. What the matrix does not have is dropped.
    """
    reasons: dict[str, str] = {}
    for each in left_out:
        for criterion_id in _criteria_of(matrix, each.criterion):
            reasons[criterion_id] = each.reason
    return tuple(
        LeftOut(criterion=criterion.id, reason=reasons[criterion.id], name=criterion.name)
        for criterion in matrix.criteria
        if criterion.id in reasons
    )


def _criteria_of(matrix: Matrix, criterion_or_section: str) -> tuple[str, ...]:
    section: Section | None = next((each for each in matrix.sections if each.id == criterion_or_section), None)
    if matrix.criterion(criterion_or_section) is not None or section is None:
        return (criterion_or_section,)
    return tuple(criterion.id for criterion in section.criteria)
