"""Fields that this version does not know: found when a file is read, and put back when it is written."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import msgspec

_NAMES = {"id": "", "criterion": "text", "role": "name", "name": "", "text": ""}
"""What objects of lists are known by, and with what, where that alone may be there twice."""


class Extras(msgspec.Struct):
    """What a document holds beyond what was understood of it.

    `fields` are unknown fields with their values, `within` leads to what is unknown in a known field, and `items` to
    what is unknown in an object of a list, by its name in the list.
    """

    fields: dict[str, Any] = {}
    within: dict[str, Extras] = {}
    items: dict[Hashable, Extras] = {}

    def __bool__(self) -> bool:
        return bool(self.fields or self.within or self.items)


def find(raw: Any, known: Any) -> Extras:
    """Return what `raw` (as read) holds beyond `known` (the same, after it went through our types)."""
    extras = Extras()
    if isinstance(raw, dict) and isinstance(known, dict):
        for field, value in raw.items():
            if field not in known:
                extras.fields[field] = value
            elif within := find(value, known[field]):
                extras.within[field] = within
    elif isinstance(raw, list) and isinstance(known, list | tuple):
        by_name = {name_in_list(item): item for item in known}
        for item in raw:
            name = name_in_list(item)
            if name is not None and (within := find(item, by_name.get(name))):
                extras.items[name] = within
    return extras


def put_back(known: Any, extras: Extras) -> Any:
    """Return a document with the unknown fields put back where they were. What has been removed stays away."""
    if isinstance(known, dict):
        whole = {
            field: put_back(value, extras.within[field]) if field in extras.within else value
            for field, value in known.items()
        }
        return {**extras.fields, **whole}
    return [_item_put_back(item, extras) for item in known]


def _item_put_back(item: Any, extras: Extras) -> Any:
    own = extras.items.get(name_in_list(item))
    return item if own is None else put_back(item, own)


def name_in_list(item: Any) -> Hashable:
    """Return what an object of a list is known by: its id, its criterion, its role and name, its text; or None."""
    if not isinstance(item, dict):
        return None
    for field, second in _NAMES.items():
        value = item.get(field)
        if isinstance(value, str):
            return field, value, str(item.get(second))
    return None
