"""Who takes part, one by one: what each is called in the room, and whether that tells who they are on another day."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable

from kmtui.model.base import Value
from kmtui.model.session import Person


class Participant(Value, frozen=True, kw_only=True):
    """One person. `label` is what they are called in the room, `role` what a report without names calls them.

    `known` says that the label means the same person in another session: one porter of four does not.
    """

    label: str
    role: str
    known: bool
    department: str = ""
    site: str = ""

    def with_place(self, called: str) -> str:
        """Return what they are called with department and site behind it, unless the place is there already."""
        place = _place(self)
        return f"{called} ({place})" if place and not called.endswith(f"({place})") else called


def participants(people: Iterable[Person]) -> tuple[Participant, ...]:
    """Return everyone who takes part. Several of one role, or without one, are numbered: Porter 1, Porter 2.

    A name that two people of different places have comes with the place behind it.
    """
    people = tuple(people)
    roles = Counter(_folded(person.role) for person in people for _ in range(person.count))
    names = Counter(name for name, _ in {(_folded(person.name), _place(person)) for person in people})
    numbers: Counter[str] = Counter()
    found = []
    for person in people:
        for _ in range(person.count):
            role, name = person.role.strip(), person.name.strip()
            key = _folded(role)
            numbers[key] += 1
            plain = role if role and roles[key] == 1 else f"{role or 'Person'} {numbers[key]}"
            place = _place(person) if name and names[_folded(name)] > 1 else ""
            label = f"{name} ({place})" if place else name or plain
            known = bool(name) or (bool(role) and roles[key] == 1)
            found.append(
                Participant(label=label, role=plain, known=known, department=person.department, site=person.site)
            )
    return tuple(found)


def roles_by_label(people: Iterable[Person]) -> dict[str, str]:
    """Return what a report without names calls those who are in a group, by what they are called in the room."""
    return {each.label: each.role for each in participants(people)}


def _place(each: Person | Participant) -> str:
    return ", ".join(part for part in (each.department.strip(), each.site.strip()) if part)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split())).casefold()
