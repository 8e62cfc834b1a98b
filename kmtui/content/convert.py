"""From the tree of a file to a value of the model, by the types of its fields. Notes all problems, not the first.

A value that is left empty counts as left out. A single text is never taken for a list.
"""

from __future__ import annotations

import re
import types
from functools import cache, cached_property
from typing import Any, Literal, TypeVar, Union, get_args, get_origin

import msgspec

from kmtui.content import numbers
from kmtui.content.findings import Findings
from kmtui.content.labels import joined, label, noun_of
from kmtui.content.nodes import Mapping, Node, Scalar, Sequence
from kmtui.content.readers import BAD, Choice, Pair, Raw, Reader, Simple, Text, is_nothing, refuse
from kmtui.content.words import ODD_SPACES, listed, quoted, unknown
from kmtui.model.base import Day
from kmtui.text import shortened

__all__ = ("BAD", "SHORT_FORMS", "WANTED", "convert", "is_nothing", "reader_for", "refuse")

T = TypeVar("T")

SHORT_FORMS: dict[type, str] = {}
"""Types that may also be written as a single text, with the field that the text is."""

WANTED: dict[tuple[type, str], str] = {}
"""What is to be written at a key of a type, where that is more than a text or a number."""


def convert(root: Node, kind: type[T], findings: Findings) -> T | None:
    """Return the tree as a value of a type, or None after noting all that is wrong with it."""
    value = reader_for(kind).read(root, "the file", "", findings)
    return None if value is BAD else value


class _List:
    """Any number of values of one type."""

    wants = "a list"

    def __init__(self, item: Reader, noun: str | None) -> None:
        self._item, self._noun = item, noun

    @property
    def form(self) -> str:
        """How a list is written: of texts in one line or several, of groups below the key."""
        if isinstance(self._item, _ByKind) or (isinstance(self._item, _Struct) and not self._item.short):
            return f"each below the key as - {self._item.wants}"
        return '[one, another], or each in a line of its own that begins with "- "'

    def read(self, node: Node, what: str, where: str, findings: Findings) -> Any:
        if not isinstance(node, Sequence):
            return refuse(self, node, what, where, findings, self._dash(node))
        read, noun = self._item.read, self._noun
        if noun is None:
            values = [read(item, f"a text in {what}", where, findings) for item in node.items]
        else:
            places = [joined(where, label(noun, item, number)) for number, item in enumerate(node.items, 1)]
            values = [read(item, "it", place, findings) for item, place in zip(node.items, places, strict=True)]
        return BAD if BAD in values else tuple(values)

    def _dash(self, node: Node) -> str:
        """Return how a list begins where the dashes are there already, with other spaces behind them."""
        odd = isinstance(node, Scalar) and re.match(rf"-[{ODD_SPACES}]", node.value)
        return "- and the space of the keyboard, for the one here is another" if odd else ""


class _ByKey:
    """Values by keys that the file chooses itself."""

    wants = "keys with a text each"
    form = ""

    def __init__(self, value: Reader) -> None:
        self._value = value

    def read(self, node: Node, what: str, where: str, findings: Findings) -> Any:
        if not isinstance(node, Mapping):
            return refuse(self, node, what, where, findings)
        values = {
            key: self._value.read(value, f"{quoted(key)} in {what}", where, findings)
            for key, (_, value) in node.pairs.items()
        }
        return BAD if BAD in values.values() else values


class _Struct:
    """A group of keys that are the fields of a type."""

    form = ""

    def __init__(self, kind: type[msgspec.Struct]) -> None:
        self._kind = kind
        self.others: dict[str, _Struct] = {}  # those of the other kinds, by kind
        self.short = SHORT_FORMS.get(kind)
        self._tag_field: str | None = kind.__struct_config__.tag_field
        self._labelled = noun_of(kind) is not None

    @cached_property
    def _fields(self) -> dict[str, tuple[msgspec.structs.FieldInfo, Reader]]:
        return {field.encode_name: (field, reader_for(field.type)) for field in msgspec.structs.fields(self._kind)}

    @cached_property
    def wants(self) -> str:
        required = ", ".join(f"{key}: …" for key, (field, _) in self._fields.items() if field.required)
        group = f"{{{required}}}" if required else "keys with values"
        return f"a text or {group}" if self.short else group

    def read(self, node: Node, what: str, where: str, findings: Findings) -> Any:
        if isinstance(node, Scalar) and self.short is not None and not is_nothing(node):
            field, reader = self._fields[self.short]
            value = reader.read(node, what, where, findings)
            return BAD if value is BAD else self._kind(**{field.name: value})
        if not isinstance(node, Mapping):
            return refuse(self, node, what, where, findings, self._with_numbers(node))
        # A group within a group, such as minutes, is named by its key; the file and the parts of a list are not.
        inside = joined(where, what.strip('"')) if what.startswith('"') else where
        return self._from_keys(node, inside, findings)

    def _with_numbers(self, node: Node) -> str:
        """Return the keys with the numbers of a text, as in `30 to 60`, where each of them takes a whole number."""
        found = re.findall(r"\d+", node.value) if isinstance(node, Scalar) else []
        needed = [key for key, (field, _) in self._fields.items() if field.required]
        if (
            not needed
            or len(found) not in (1, len(needed))
            or any(self._fields[key][0].type is not int for key in needed)
        ):
            return ""
        numbers = found * len(needed) if len(found) == 1 else found
        return "{" + ", ".join(f"{key}: {number}" for key, number in zip(needed, numbers, strict=True)) + "}"

    def _from_keys(self, node: Mapping, where: str, findings: Findings) -> Any:
        fine = self._knows_all_keys(node, where, findings)
        values = {}
        for key, (field, reader) in self._fields.items():
            value = self._field(node, key, field.required, reader, where, findings)
            if value is BAD:
                fine = False
            elif value is not msgspec.NODEFAULT:
                values[field.name] = value
        return self._kind(**values) if fine else BAD

    def _field(self, node: Mapping, key: str, required: bool, reader: Reader, where: str, findings: Findings) -> Any:
        pair = node.pairs.get(key)
        if pair is None:
            if not required:
                return msgspec.NODEFAULT
            if any(each.startswith(f"{key}:") for each in node.pairs):  # a space is missing, which is noted
                return BAD
            wants = WANTED.get((self._kind, key), reader.wants)
            findings.error(node, f'"{key}" is missing: add {key}: with {wants}', where)
            return BAD
        if not required and is_nothing(pair[1]):
            return msgspec.NODEFAULT
        return reader.read(pair[1], f'"{key}"', where, findings)

    def _knows_all_keys(self, node: Mapping, where: str, findings: Findings) -> bool:
        fine = True
        for key, (place, _) in node.pairs.items():
            if key not in self._fields and key != self._tag_field:
                fine = False
                if findings.takes_more():
                    findings.error(place, self._unknown(key), where)
        return fine

    def _unknown(self, key: str) -> str:
        """Return why a key is not taken, and what to write."""
        name, colon, value = key.partition(":")
        if colon and name in self._fields:
            return f"a space is missing behind the colon: write {name}: {shortened(value, 40)}"
        if key.strip() in self._fields:
            return f'a space beside "{key.strip()}" is none of the keyboard: type this line again'
        kinds = [kind for kind, other in self.others.items() if key in other._fields]
        if kinds:
            return f'"{key}" belongs to kind {listed(kinds)}: take it out, or write another kind'
        return unknown("key", key, self._fields)


class _ByKind:
    """One of several types, told apart by a key such as `kind`."""

    form = ""

    def __init__(self, kinds: tuple[type[msgspec.Struct], ...]) -> None:
        self._tag_field = kinds[0].__struct_config__.tag_field or ""
        self._readers = {str(kind.__struct_config__.tag): _Struct(kind) for kind in kinds}
        self._choice = Choice(tuple(self._readers))
        for reader in self._readers.values():
            reader.others = self._readers
        self.wants = f"{{{self._tag_field}: …}} with the keys of its kind"

    def read(self, node: Node, what: str, where: str, findings: Findings) -> Any:
        if not isinstance(node, Mapping):
            return refuse(self, node, what, where, findings)
        pair = node.pairs.get(self._tag_field)
        if pair is None:
            findings.error(
                node, f'"{self._tag_field}" is missing: add {self._tag_field}: with {self._choice.wants}', where
            )
            return BAD
        tag = self._choice.read(pair[1], f'"{self._tag_field}"', where, findings)
        return BAD if tag is BAD else self._readers[tag].read(node, what, where, findings)


def _same_for_everyone(text: str) -> bool | str:
    said = numbers.yes_or_no(text)
    return text if said is None else said


_SIMPLE: dict[Any, Reader] = {
    str: Text(),
    int: Simple("a whole number", numbers.whole),
    bool: Simple("yes or no", numbers.yes_or_no),
    Day: Simple("a date", numbers.day, form="it as 2026-11-30"),
}
_UNIONS: dict[frozenset[Any], Reader] = {
    frozenset((int, float)): Simple("a number such as 2 or 2.5", numbers.level),
    frozenset((bool, str)): Simple("yes, no or words", _same_for_everyone),
    frozenset(get_args(Node)): Raw(),
}


def reader_for(kind: Any) -> Reader:
    """Return the reader for a type. Made once for each type, since asking a type for its fields takes time."""
    return _made(kind)


@cache
def _made(kind: Any) -> Reader:
    simple = _SIMPLE.get(kind)
    if simple is not None:
        return simple
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Literal:
        return Choice(inner)
    if origin is tuple:
        return _list_of(inner[0]) if inner[-1] is Ellipsis else Pair(tuple(reader_for(each) for each in inner))
    if origin is dict:
        return _ByKey(reader_for(inner[1]))
    if origin in (Union, types.UnionType):
        return _one_of(tuple(each for each in inner if each is not type(None)))
    return _Struct(kind)


def _one_of(kinds: tuple[Any, ...]) -> Reader:
    if len(kinds) == 1:
        return reader_for(kinds[0])
    return _UNIONS.get(frozenset(kinds)) or _ByKind(kinds)


def _list_of(kind: Any) -> Reader:
    first = get_args(kind)[0] if get_origin(kind) in (Union, types.UnionType) else kind
    return _List(reader_for(kind), noun_of(first) if isinstance(first, type) else None)
