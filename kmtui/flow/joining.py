"""Joining versions of one record that went apart, so that nothing is lost that was typed in any of them.

The order of the versions does not matter, nor whether one of them takes part twice. What has an id stands once with
that id; where its words differ it stands once more for each of the other words, under an id that follows from them, so
that whoever joins the same versions elsewhere gets the same. Of two words of which one is only the other with something
added, the fuller ones are enough. What can be there only once is taken from the version that was changed later; other
words than those are kept among the matters to come back to, where a record has such.

Joined two by two, versions give the same in any order, but for one thing: where the latest version lacks what the words
of two others differ in, the order decides which of those words come first. All of them are there in any case.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Generic, TypeVar

import msgspec
from msgspec.structs import replace

from kmtui.flow.shapes import RATED, SHAPES, Items, Keyed, Shape, later_of
from kmtui.flow.variants import NOTHING, Variant, canonical, fullest, in_one_order, joined_items, leading, winning
from kmtui.model.assessment import Assessment
from kmtui.model.asset import Asset
from kmtui.model.base import in_words
from kmtui.model.lesson import KeptLesson
from kmtui.model.rating import SKIP_WORDS
from kmtui.model.session import Session, people_in_words
from kmtui.model.setup import Team
from kmtui.model.survey import Response
from kmtui.text import shortened

Kept = TypeVar("Kept", Session, Assessment, Team, Response, KeptLesson, Asset)

_SHOWN = 60
_ELSEWHERE = "in another version"


class Joined(msgspec.Struct, Generic[Kept], frozen=True):
    """What came of joining: the record, and in sentences what the versions had differently."""

    record: Kept
    both: tuple[str, ...] = ()


def join(here: Kept, *there: Kept) -> Joined[Kept]:
    """Return one record with all that its versions hold.

    Raises:
        ValueError: they are not versions of one record.
    """
    if any(type(each) is not type(here) or each.id != here.id for each in there):
        raise ValueError("what is joined must be versions of one record")
    versions = _latest_first(here, there)
    return Joined(versions[0]) if len(versions) == 1 else _Joining(versions, SHAPES[type(here)]).joined()


def _latest_first(here: Kept, there: Sequence[Kept]) -> list[Kept]:
    """Return the versions that differ, the one that was changed last in front."""
    different = {canonical(here): here}
    different.update({canonical(each): each for each in there})
    return sorted(different.values(), key=lambda each: (later_of(each), canonical(each)), reverse=True)


class _Joining:
    """One joining: it gathers the fields of the record, the sentences, and the words to come back to."""

    def __init__(self, versions: Sequence[Any], shape: Shape) -> None:
        self._versions = versions
        self._shape = shape
        self._changes: dict[str, Any] = {}
        self._both: list[str] = []
        self._notes: set[str] = set()
        self._no_notes: set[str] = set()

    def joined(self) -> Joined[Any]:
        """Return the record and the sentences."""
        self._ends()
        for unit in self._units():
            self._take_unit(unit)
        for name, items in self._shape.items.items():
            self._take_items(name, items)
        for name, keyed in self._shape.keyed.items():
            self._take_keyed(name, keyed)
        for name in self._shape.united:
            self._changes[name] = tuple(in_one_order([getattr(each, name) for each in self._versions]))
        for name in self._shape.counted:
            self._changes[name] = self._largest(name)
        for name, label in self._shape.mapped.items():
            self._take_mapped(name, label)
        if self._shape.rated:
            self._take_ratings(self._shape.rated)
        if self._shape.parked:
            self._take_parked(self._shape.parked)
        return Joined(replace(self._versions[0], **self._changes), tuple(self._both))

    def _ends(self) -> None:
        """Take when it was made first and changed last, as far as it has such times."""
        for name, choose in (("created", min), ("changed", max), ("schema", max)):
            values = [getattr(each, name) for each in self._versions if hasattr(each, name)]
            if values:
                self._changes[name] = choose(values)

    def _units(self) -> list[tuple[str, ...]]:
        """Return the fields that are taken from one version, alone or with those that they make sense with."""
        shape = self._shape
        apart = {"id", *self._changes, *shape.items, *shape.keyed, *shape.united, *shape.mapped, *shape.counted}
        apart |= {shape.rated, shape.parked, *(name for unit in shape.units for name in unit)}
        return [*shape.units, *((name,) for name in self._versions[0].__struct_fields__ if name not in apart)]

    def _take_unit(self, unit: tuple[str, ...]) -> None:
        def rank(version: Any) -> tuple[Any, ...]:
            values = [getattr(version, name) for name in unit]
            settled = self._shape.settled in unit and getattr(version, self._shape.settled) is not None
            filled = len(unit) > 1 or values[0] not in NOTHING
            return settled, filled, later_of(version), canonical(values)

        chosen = self._versions[0] if self._alike(unit) else max(self._versions, key=rank)
        for name in unit:
            self._changes[name] = value = getattr(chosen, name)
            left = [] if self._alike((name,)) else self._others(name, value)
            if name in self._shape.typed:
                self._take_typed(self._shape.typed[name], value, left)
            elif left and name in self._shape.told:
                self._tell(self._shape.told[name], value, left)

    def _alike(self, names: Iterable[str]) -> bool:
        return all(getattr(each, name) == getattr(self._versions[0], name) for each in self._versions for name in names)

    def _others(self, name: str, value: Any) -> list[Any]:
        """Return what else is in a field, each once and always in the same order."""
        others = {canonical(each): each for each in (getattr(version, name) for version in self._versions)}
        others.pop(canonical(value), None)
        return [each for _, each in sorted(others.items()) if each not in NOTHING]

    def _take_typed(self, label: str, value: str, others: Sequence[str]) -> None:
        self._no_notes.add(_note(label, value))
        self._notes.update(_note(label, each) for each in others)
        if others:
            elsewhere = _both_of(map(_quoted, others))
            self._both.append(f"{label}: {_quoted(value)} is kept; {_ELSEWHERE} it is {elsewhere}.")

    def _tell(self, noun: str, value: Any, others: Sequence[Any]) -> None:
        words = [_words(each) for each in (value, *others)]
        if all(words):
            self._both.append(f"The versions differ in {noun}: {words[0]} is kept, not {_both_of(words[1:])}.")
        else:
            self._both.append(f"The versions differ in {noun}; that of the version changed last is kept.")

    def _take_items(self, name: str, items: Items) -> None:
        lists = [getattr(each, name) for each in self._versions]
        found = [Variant(later_of(each), things) for each, things in zip(self._versions, lists, strict=True)]
        self._changes[name], several = joined_items(found, items)
        one, many = items.nouns
        for things in several:
            quoted = (_quoted(_in_short(getattr(thing, items.words[0]))) for thing in things)
            self._both.append(f"The words of one {one} differ, and all of them are kept: {_both_of(quoted)}.")
        sets = [{thing.id for thing in things} for things in lists]
        alone = len(set.union(*sets) - set.intersection(*sets))
        if alone:
            are = "is" if alone == 1 else "are"
            self._both.append(f"{alone} {one if alone == 1 else many} {are} not in every version, and {are} kept.")

    def _take_keyed(self, name: str, keyed: Keyed) -> None:
        found: dict[Any, list[Variant]] = {}
        lists: list[list[Any]] = []
        for version in self._versions:
            lists.append([])
            for thing in getattr(version, name):
                key = tuple(getattr(thing, field) for field in keyed.key)
                found.setdefault(key, []).append(Variant(later_of(version), thing))
                lists[-1].append(key)
        self._changes[name] = tuple(winning(found[key]).thing for key in in_one_order(lists))
        different = sum(len({canonical(each.thing) for each in variants}) > 1 for variants in found.values())
        if different:
            noun, do = (keyed.nouns[0], "differs") if different == 1 else (keyed.nouns[1], "differ")
            self._both.append(f"{different} {noun} {do}; what the version changed last has is kept.")

    def _largest(self, name: str) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for version in self._versions:
            for step, value in getattr(version, name).items():
                values[step] = max(value, values.get(step, value))
        return values

    def _take_mapped(self, name: str, label: str) -> None:
        found: dict[str, list[Variant]] = {}
        for version in self._versions:
            for field, text in getattr(version, name).items():
                found.setdefault(field, []).append(Variant(later_of(version), text))
        self._changes[name] = kept = {field: winning(variants).thing for field, variants in found.items()}
        for field, variants in found.items():
            self._take_typed(label, kept[field], sorted({each.thing for each in variants} - {kept[field], ""}))

    def _take_ratings(self, name: str) -> None:
        found: dict[str, list[Variant]] = {}
        for version in self._versions:
            for rating in getattr(version, name):
                found.setdefault(rating.criterion, []).append(Variant(later_of(version), rating))
        order = in_one_order([[rating.criterion for rating in getattr(each, name)] for each in self._versions])
        self._changes[name] = tuple(self._rated(str(criterion), found[str(criterion)]) for criterion in order)

    def _rated(self, criterion: str, variants: list[Variant]) -> Any:
        """Return the rating of one criterion; what others say goes to the matters to come back to."""
        full = fullest([_answer(each.thing) for each in variants])
        answer = leading(variants, full, _answer)
        kept = next(each.thing for each in variants if _answer(each.thing) == answer)
        matrix = self._changes.get("matrix")
        known = matrix.criterion(criterion) if matrix is not None else None
        label = known.name if known is not None else criterion
        own = _notes_of(label, _answer(kept))
        others = {note for each in full for note in _notes_of(label, each)} - own
        self._no_notes |= own
        self._notes |= others
        if others:
            self._both.append(f"{label} is answered differently; the answer of the version changed last is kept.")
        return kept

    def _take_parked(self, name: str) -> None:
        there = in_one_order([getattr(each, name) for each in self._versions])
        new = sorted(self._notes.difference(there))
        self._changes[name] = tuple(each for each in (*there, *new) if each not in self._no_notes)


def _answer(rating: Any) -> dict[str, Any]:
    return {field: getattr(rating, field) for field in RATED}


def _notes_of(label: str, answer: dict[str, Any]) -> set[str]:
    """Return each thing that is said in an answer as a matter to come back to."""
    said = {field: value for field, value in answer.items() if value not in NOTHING}
    if "skip" in said:
        said["skip"] = SKIP_WORDS[said["skip"]]
    return {_note(f"{label}, {RATED[field]}", _words(value)) for field, value in said.items()}


def _note(label: str, words: str) -> str:
    return f"{label}, {_ELSEWHERE}: {words}"


def _words(value: Any) -> str:
    """Return a value as people read it, or an empty text where it is too much for a line."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, date):
        return in_words(value)
    if isinstance(value, tuple) and value:
        return people_in_words(value)
    if isinstance(value, int | float):
        return f"{value:g}"
    return value if isinstance(value, str) else ""


def _in_short(value: Any) -> str:
    return ", ".join(map(str, value.values())) if isinstance(value, dict) else str(value)


def _quoted(text: str) -> str:
    return f'"{shortened(text, _SHOWN)}"'


def _both_of(words: Iterable[str]) -> str:
    *some, last = words
    return f"{', '.join(some)} and {last}" if some else last
