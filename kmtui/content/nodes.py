"""From YAML text to a tree of our own, in which every value keeps its place and its words as they were written.

The tree is built from YAML's events, in one pass and without recursion: YAML's own values read `No` as false and
`12:30` as 750, and its C library ends the whole process on deep nesting.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import yaml

from kmtui.content.findings import Findings
from kmtui.content.syntax import note_syntax
from kmtui.content.words import quoted
from kmtui.text import clean

DEEPEST = 64
MOST_VALUES = 30_000  # ten times a matrix with fifty criteria

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # without libyaml ten times slower, and as safe


class Scalar(msgspec.Struct, frozen=True, gc=False):
    """A text as it was written, cleaned. `plain` says that it stood without quotation marks."""

    value: str
    plain: bool
    line: int
    column: int


class Broken(msgspec.Struct, frozen=True, gc=False):
    """A value that has been noted as an error already, and about which nothing more is to be said."""

    line: int
    column: int


class Sequence(msgspec.Struct, frozen=True):
    """A list."""

    items: list[Node]
    line: int
    column: int


class Mapping(msgspec.Struct, frozen=True):
    """Keys with their values, in their order; each key with its own place."""

    pairs: dict[str, tuple[Scalar, Node]]
    line: int
    column: int


Node = Scalar | Broken | Sequence | Mapping

_Collection = Sequence | Mapping


def read_tree(text: str, findings: Findings) -> Node | None:
    """Return the tree of a YAML text; None where it is empty or cannot be read at all, which is noted."""
    builder = _Builder(findings)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
    except _Stop:
        return None
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # the last two: characters that cannot be
        note_syntax(error, text, findings)
        return None
    if builder.root is None:
        findings.error_at(1, 1, "the file is empty")
    return builder.root


class _Stop(Exception):
    """The rest of the file is not read."""


class _Builder:
    """Takes one event after another. `_open` are the lists and mappings that have begun and not ended."""

    def __init__(self, findings: Findings) -> None:
        self.root: Node | None = None
        self._findings = findings
        self._open: list[_Collection] = []
        self._keys: list[Scalar | None] = []  # for each open mapping the key that waits for its value
        self._lost: list[bool] = []  # for each open mapping whether that value is to be thrown away
        self._values = 0
        self._documents = 0
        self._takers: dict[type, Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.MappingStartEvent: lambda event: self._begin(event, Mapping({}, *_place(event))),
            yaml.SequenceStartEvent: lambda event: self._begin(event, Sequence([], *_place(event))),
            yaml.MappingEndEvent: self._end,
            yaml.SequenceEndEvent: self._end,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
        }

    def take(self, event: yaml.Event) -> None:
        taker = self._takers.get(type(event))
        if taker is not None:
            taker(event)

    def _document(self, event: yaml.DocumentStartEvent) -> None:
        self._documents += 1
        if self._documents > 1:
            self._stop(event, "a second document begins here: take the line --- out, or make two files")

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        line, column = _place(event)
        scalar = Scalar(clean(event.value), not event.style, line, column)
        node: Node = scalar if self._plainly_given(event) else Broken(line, column)
        if self._awaits_key():
            self._key(scalar)
        else:
            self._put(node)

    def _begin(self, event: yaml.CollectionStartEvent, node: _Collection) -> None:
        self._plainly_given(event)
        if self._awaits_key():
            self._stop(event, "a key has to be a text: put it in quotation marks if it begins with a bracket")
        if len(self._open) >= DEEPEST:
            self._stop(
                event, f"values lie in each other more than {DEEPEST} deep: look for brackets that are not closed"
            )
        self._put(node)
        self._open.append(node)
        self._keys.append(None)
        self._lost.append(False)

    def _end(self, event: yaml.Event) -> None:
        self._open.pop()
        self._keys.pop()
        self._lost.pop()

    def _alias(self, event: yaml.AliasEvent) -> None:
        message = f"*{event.anchor} would be a reference: put a text that begins with * in quotation marks"
        if self._awaits_key():
            self._stop(event, message)
        line, column = _place(event)
        self._note(line, column, message)
        self._put(Broken(line, column))

    def _plainly_given(self, event: yaml.NodeEvent) -> bool:
        """Note an anchor or a tag, which these files do not use; say whether a tag changes what the value means."""
        tag = getattr(event, "tag", None)
        if event.anchor is not None:
            message = f"&{event.anchor} would be a name for a value: put a text that begins with & in quotation marks"
            self._note(*_place(event), message)
        if tag is not None:
            self._note(*_place(event), "a value that begins with ! would be a tag: put the text in quotation marks")
        return tag is None

    def _awaits_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1], Mapping) and self._keys[-1] is None

    def _key(self, key: Scalar) -> None:
        pairs = self._open[-1].pairs if isinstance(self._open[-1], Mapping) else {}
        lost = False
        if not key.value:
            self._note(key.line, key.column, "there is no key before the colon")
            lost = True
        elif key.value in pairs:
            first = pairs[key.value][0]
            message = f"the key {quoted(key.value)} is there twice, first in line {first.line}: keep one of them"
            in_list = len(self._open) > 1 and isinstance(self._open[-2], Sequence)
            hint = ', or begin the next part of the list with "- "' if in_list else ""
            self._note(key.line, key.column, message + hint)
            lost = True
        self._keys[-1] = key
        self._lost[-1] = lost

    def _put(self, node: Node) -> None:
        self._values += 1
        if self._values > MOST_VALUES:
            self._stop_at(node.line, node.column, f"the file has more than {MOST_VALUES:,} values")
        if not self._open:
            self.root = node
            return
        parent = self._open[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
            return
        key = self._keys[-1]
        if key is not None and not self._lost[-1]:
            parent.pairs[key.value] = (key, node)
        self._keys[-1] = None

    def _note(self, line: int, column: int, message: str) -> None:
        if not self._findings.takes_more():
            raise _Stop
        self._findings.error_at(line, column, message)

    def _stop(self, event: yaml.Event, message: str) -> None:
        self._stop_at(*_place(event), message)

    def _stop_at(self, line: int, column: int, message: str) -> None:
        self._findings.error_at(line, column, message)
        raise _Stop


def _place(event: yaml.Event) -> tuple[int, int]:
    mark: Any = event.start_mark  # always there when YAML is read
    return mark.line + 1, mark.column + 1
