"""What one version of a record lacks since it was written without it: names of people, private entries, drafts.

Where a version says nothing else than another one does, written without these, it gets them from there. So taking in a
record without names loses none, and makes no two versions out of one.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import Any, TypeVar

from msgspec.structs import replace

from kmtui.flow.variants import in_one_order
from kmtui.model.assessment import Assessment
from kmtui.model.session import Entry, Grouping, Person, Session
from kmtui.model.technique import Collect
from kmtui.report.reading import read_document
from kmtui.workspace.sharing import document

Version = TypeVar("Version", Session, Assessment)


def filled_in(record: Version, other: Version) -> Version:
    """Return a record with what was left out of it, as far as another version of it has that."""
    people = _people(record.people, other.people)
    for names, private in product((True, False), repeat=2):
        if not (names and private):
            less: Any = read_document(document(other, with_names=names, with_private=private))
            record = _filled(record, less, other, private)
    return replace(record, people=_people(record.people, people))


def _filled(record: Version, less: Version, whole: Version, private: bool) -> Version:
    """Return a record with those fields as they are in the whole one that it has as they are in the lesser one."""
    fields = [each for each in record.__struct_fields__ if each not in ("entries", "groups")]
    changes = {each: getattr(whole, each) for each in fields if getattr(record, each) == getattr(less, each)}
    if isinstance(record, Session) and isinstance(less, Session) and isinstance(whole, Session):
        changes["groups"] = _groups(record.groups, less.groups, whole.groups)
        changes["entries"] = _entries(record, less, whole, private)
    return replace(record, **changes)


def _groups(own: Sequence[Grouping], less: Sequence[Grouping], whole: Sequence[Grouping]) -> tuple[Grouping, ...]:
    by_step = {each.step: each for each in whole}
    return tuple(by_step.get(each.step, each) if each in less else each for each in own)


def _entries(record: Session, less: Session, whole: Session, private: bool) -> tuple[Entry, ...]:
    alike = {each.id: each for each in less.entries}
    full = {each.id: each for each in whole.entries}
    own = {each.id: full[each.id] if alike.get(each.id) == each else each for each in record.entries}
    for each in own.values():
        if not each.by and each.id in full:
            own[each.id] = replace(each, by=full[each.id].by)
    if not private:
        steps = {each.id for each in whole.technique.steps if isinstance(each, Collect) and each.private}
        if not any(each.step in steps for each in own.values()):
            own |= {each.id: each for each in whole.entries if each.step in steps and each.id not in own}
            order = in_one_order([[each.id for each in record.entries], list(full)])
            return tuple(own[str(each)] for each in order if each in own)
    return tuple(own.values())


def _people(own: Sequence[Person], others: Sequence[Person]) -> tuple[Person, ...]:
    """Return people with the names that others of the same role have, in their order."""
    names: dict[Person, list[str]] = {}
    for each in others:
        names.setdefault(replace(each, name=""), []).append(each.name)
    found = []
    for each in own:
        same = names.get(replace(each, name=""), [])
        name = same.pop(0) if same else ""
        found.append(each if each.name else replace(each, name=name))
    return tuple(found)
