"""From the tree of a file to a value of the model, by the types of its fields. Notes all problems, not the first.

A value that is left empty counts as left out. A single text is never taken for a list.
"""

from __future__ import annotations

import types
from collections.abc import Callable
from functools import cache, cached_property
from typing import Any, Literal, Protocol, TypeVar, Union, get_args, get_origin

import msgspec

from kmtui.content import numbers
from kmtui.content.findings import Findings
from kmtui.content.labels import joined, label, noun_of
from kmtui.content.nodes import Broken, Mapping, Node, Scalar, Sequence
from kmtui.content.words import listed, nearest, quoted, unknown
from kmtui.model.base import Day

T = TypeVar("T")

BAD: Any = object()
"""Stands for a value that was noted as an error."""

SHORT_FORMS: dict[type, str] = {}
"""Types that may also be written as a single text, with the field that the text is."""


class Reader(Protocol):
    """Reads a value of one type."""

    @property
    def wants(self) -> str:
        """What is to be written, such as `a date`."""

    @property
    def form(self) -> str:
        """How it is to be written, or an empty text where that is clear."""

    def read(self, node: Node, what: str, where: str, findings: Findings) -> Any:
        """Return the value, or BAD after noting an error. `what` names the value in the error."""


def convert(root: Node, kind: type[T], findings: Findings) -> T | None:
    """Return the tree as a value of a type, or None after noting all that is wrong with it."""
    value = reader_for(kind).read(root, "the file", "", findings)
    return None if value is BAD else value


def is_nothing(node: Node) -> bool:
    """Say whether a value was left empty: nothing after the colon, an empty text, `~` or `null`."""
    if not isinstance(node, Scalar):
        return False
    return not node.value.strip() or (node.plain and node.value in ("~", "null"))


def refuse(reader: Reader, node: Node, what: str, where: str, findings: Findings) -> Any:
    """Note that a value is not what it should be, and return BAD."""
    if not isinstance(node, Broken):  # that has been noted
        if is_nothing(node):
            message = f"{what} is empty: write {reader.wants}"
        else:
            message = f"{what} takes {reader.wants}, not {_shown(node)}"
        findings.error(node, message + (f": write {reader.form}" if reader.form else ""), where)
    return BAD


def _shown(node: Node) -> str:
    if isinstance(node, Scalar):
        return quoted(node.value)
    return "a list" if isinstance(node, Sequence) else "keys with values"


class _Simple:
    """A text that means something, such as a number or a day."""

    def __init__(self, wants: str, parse: Callable[[str], Any], form: str = "") -> None:
        self.wants, self.form = wants, form
        self._parse = parse

    def read(self, node: Node, what: str, where: str, findings: Findings) -> Any:
        if isinstance(node, Scalar) and not is_nothing(node):
            value = self._parse(node.value.strip())
            if value is not None:
                return value
        return refuse(self, node, what, where, findings)


class _Text:
    """A text as it was written, without white space around it."""

    wants = "a text"
    form = ""

    def read(self, node: Node, what: str, where: str, findings: Findings) -> Any:
        if isinstance(node, Scalar) and not is_nothing(node):
            return node.value.strip()
        if isinstance(node, (Mapping, Sequence)):
            hint = f"{what} takes a text, not {_shown(node)}: put a text with a colon or brackets in quotation marks"
            findings.error(node, hint, where)
            return BAD
        return refuse(self, node, what, where, findings)


class _Raw:
    """A part of the tree that is read later, when it is known what it should be."""

    wants = "a value"
    form = ""

    def read(self, node: Node, what: str, where: str, findings: Findings) -> Any:
        return node


class _Choice:
    """One of a few words."""

    form = ""

    def __init__(self, words: tuple[str, ...]) -> None:
        self._words = words
        self.wants = listed(words)

    def read(self, node: Node, what: str, where: str, findings: Findings) -> Any:
        if not isinstance(node, Scalar) or is_nothing(node):
            return refuse(self, node, what, where, findings)
        word = node.value.strip()
        if word in self._words:
            return word
        near = nearest(word, self._words)
        hint = f': did you mean "{near}"?' if near else ""
        findings.error(node, f"{what} takes {self.wants}, not {quoted(word)}{hint}", where)
        return BAD


class _List:
    """Any number of values of one type."""

    wants = "a list"

    def __init__(self, item: Reader, noun: str | None) -> None:
        self._item, self._noun = item, noun
        self.form = '[one, another], or each in a line of its own that begins with "- "'
        if isinstance(item, _ByKind) or (isinstance(item, _Struct) and not item.short):
            self.form = 'each part below the key, beginning with "- "'

    def read(self, node: Node, what: str, where: str, findings: Findings) -> Any:
        if not isinstance(node, Sequence):
            return refuse(self, node, what, where, findings)
        read, noun = self._item.read, self._noun
        if noun is None:
            values = [read(item, f"a text in {what}", where, findings) for item in node.items]
        else:
            places = [joined(where, label(noun, item, number)) for number, item in enumerate(node.items, 1)]
            values = [read(item, "it", place, findings) for item, place in zip(node.items, places, strict=True)]
        return BAD if BAD in values else tuple(values)


class _Pair:
    """A fixed number of whole numbers."""

    form = ""

    def __init__(self, items: tuple[Reader, ...]) -> None:
        self._items = items
        self.wants = f"{len(items)} whole numbers such as [{', '.join(str(n) for n in range(1, len(items) + 1))}]"

    def read(self, node: Node, what: str, where: str, findings: Findings) -> Any:
        if not isinstance(node, Sequence) or len(node.items) != len(self._items):
            return refuse(self, node, what, where, findings)
        pairs = zip(self._items, node.items, strict=True)
        values = [reader.read(item, f"a number in {what}", where, findings) for reader, item in pairs]
        return BAD if BAD in values else tuple(values)


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
            return refuse(self, node, what, where, findings)
        # A group within a group, such as minutes, is named by its key; the file and the parts of a list are not.
        inside = joined(where, what.strip('"')) if what.startswith('"') else where
        return self._from_keys(node, inside, findings)

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
            findings.error(node, f'"{key}" is missing: add {key}: with {reader.wants}', where)
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
                    findings.error(place, unknown("key", key, self._fields), where)
        return fine


class _ByKind:
    """One of several types, told apart by a key such as `kind`."""

    form = ""

    def __init__(self, kinds: tuple[type[msgspec.Struct], ...]) -> None:
        self._tag_field = kinds[0].__struct_config__.tag_field or ""
        self._readers = {str(kind.__struct_config__.tag): _Struct(kind) for kind in kinds}
        self._choice = _Choice(tuple(self._readers))
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
    str: _Text(),
    int: _Simple("a whole number", numbers.whole),
    bool: _Simple("yes or no", numbers.yes_or_no),
    Day: _Simple("a date", numbers.day, form="it as 2026-11-30"),
}
_UNIONS: dict[frozenset[Any], Reader] = {
    frozenset((int, float)): _Simple("a number such as 2 or 2.5", numbers.level),
    frozenset((bool, str)): _Simple("yes, no or words", _same_for_everyone),
    frozenset(get_args(Node)): _Raw(),
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
        return _Choice(inner)
    if origin is tuple:
        return _list_of(inner[0]) if inner[-1] is Ellipsis else _Pair(tuple(reader_for(each) for each in inner))
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
