"""One thing in several versions: which of its words are kept, under which id, and which come first."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from kmtui.flow.shapes import Items
from kmtui.model.ids import LENGTH, derived_id

_HALF = LENGTH // 2
NOTHING: tuple[object, ...] = ("", (), None, {})
"""What is in a field that nobody has filled."""


class Variant(NamedTuple):
    """A thing as one version has it, and what tells how late that version is."""

    later: tuple[Any, ...]
    thing: Any


Worded = Callable[[Any], dict[str, Any]]
"""What gives the words of a thing by field."""


def canonical(value: Any) -> bytes:
    """Return the content of a value in one form, whatever the order in which it was put together."""
    return msgspec.json.encode(value, order="deterministic")


def winning(variants: Iterable[Variant], content: Callable[[Any], Any] = lambda thing: thing) -> Variant:
    """Return the variant of the latest version; where several are as late, that whose content comes last."""
    return max(variants, key=lambda each: (each.later, canonical(content(each.thing))))


def in_one_order(lists: Sequence[Sequence[Hashable]]) -> list[Hashable]:
    """Return all keys in the order of the first list; what only others have comes behind what is before it there."""
    order = list(dict.fromkeys(lists[0])) if lists else []
    known = set(order)
    for each in lists[1:]:
        before = None
        for key in each:
            if key not in known:
                order.insert(len(order) if before is None else order.index(before) + 1, key)
                known.add(key)
            before = key
    return order


def fullest(values: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the values that are not another one with some fields left empty, each once."""
    single = list({canonical(value): value for value in values}.values())
    return [value for value in single if not any(value is not other and _within(value, other) for other in single)]


def _within(value: dict[str, Any], other: dict[str, Any]) -> bool:
    return all(each in NOTHING or each == other[field] for field, each in value.items())


def leading(variants: Sequence[Variant], full: Sequence[dict[str, Any]], worded: Worded) -> dict[str, Any] | None:
    """Return which of the fullest words come first: those of the latest version that has them, or a part of them.

    Returns:
        None where no variant has any of them.
    """
    found = [Variant(each.later, words) for each in variants for words in full if _within(worded(each.thing), words)]
    own = [each for each in found if any(worded(variant.thing) == each.thing for variant in variants)]
    return winning(own).thing if own else None


def joined_items(versions: Sequence[Variant], items: Items) -> tuple[tuple[Any, ...], list[list[Any]]]:
    """Return the things of all versions, and those of which several are kept since their words differ.

    Args:
        versions: lists of things with ids, the latest one first.
        items: what is typed in them.
    """
    if all(each.thing == versions[0].thing for each in versions):
        return versions[0].thing, []
    by_id: dict[str, list[Variant]] = {}
    for later, things in versions:
        for thing in things:
            by_id.setdefault(thing.id, []).append(Variant(later, thing))
    order = in_one_order([[thing.id for thing in things] for _, things in versions])
    joining = _Joining(items.words, by_id)
    kept = [thing for thing_id in order for thing in joining.kept(str(thing_id))]
    return tuple(kept), joining.several


class _Joining:
    """The things of one list by their ids. Ids that follow from another one are known by their first half."""

    def __init__(self, words: tuple[str, ...], by_id: dict[str, list[Variant]]) -> None:
        self._words = words
        self._by_id = by_id
        self._by_half: dict[str, list[str]] = {}
        for thing_id in by_id:
            self._by_half.setdefault(thing_id[:_HALF], []).append(thing_id)
        self._derived = {each: self._others(each) for each in by_id}
        self._owner = {other: each for each, others in self._derived.items() for other in others}
        self.several: list[list[Any]] = []

    def kept(self, thing_id: str) -> list[Any]:
        """Return what stands in the place of a thing: itself, and one more for each of its other words."""
        if self._has_owner(thing_id):
            return []
        own = self._by_id[thing_id]
        mine = [other for other in self._derived[thing_id] if self._has_owner(other)]
        others = [variant for other in mine for variant in self._by_id[other]]
        wordings = fullest([self._worded(each.thing) for each in (*own, *others)])
        first = leading(own, wordings, self._worded) or leading(others, wordings, self._worded) or wordings[0]
        choices = winning(own, self._choices).thing
        things = [replace(choices, **first)]
        for wording in sorted((each for each in wordings if each != first), key=canonical):
            alike = [each for each in (*own, *others) if self._worded(each.thing) == wording]
            things.append(replace(winning(alike, self._choices).thing, id=self._other_id(thing_id, wording)))
        if len(things) > 1:
            self.several.append(things)
        return things

    def _has_owner(self, thing_id: str) -> bool:
        """Say whether a thing stands with another one, which stands for itself."""
        owner = self._owner.get(thing_id)
        return owner is not None and not self._has_owner(owner)

    def _others(self, thing_id: str) -> list[str]:
        """Return the ids in this list that follow from another one and the words that stand there."""
        half = _half(thing_id)
        return [
            other
            for other in self._by_half.get(half, ())
            if other != thing_id
            and all(self._other_id(thing_id, self._worded(each.thing)) == other for each in self._by_id[other])
        ]

    def _other_id(self, thing_id: str, wording: dict[str, Any]) -> str:
        return _half(thing_id) + derived_id(thing_id, canonical(wording).decode())[_HALF:]

    def _worded(self, thing: Any) -> dict[str, Any]:
        return {field: getattr(thing, field) for field in self._words}

    def _choices(self, thing: Any) -> Any:
        return {field: getattr(thing, field) for field in thing.__struct_fields__ if field not in self._words}


def _half(thing_id: str) -> str:
    return derived_id(thing_id)[:_HALF]
