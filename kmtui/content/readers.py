"""Readers of single values: texts, numbers, days, words to choose from, pairs."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Protocol

from kmtui.content.findings import Findings
from kmtui.content.nodes import Broken, Mapping, Node, Scalar, Sequence
from kmtui.content.words import listed, nearest, quoted
from kmtui.text import shortened

BAD: Any = object()
"""Stands for a value that was noted as an error."""


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


def is_nothing(node: Node) -> bool:
    """Say whether a value was left empty: nothing after the colon, an empty text, `~` or `null`."""
    if not isinstance(node, Scalar):
        return False
    return not node.value.strip() or (node.plain and node.value in ("~", "null"))


def refuse(reader: Reader, node: Node, what: str, where: str, findings: Findings, form: str = "") -> Any:
    """Note that a value is not what it should be, and return BAD. `form` is how to write it, if not as always."""
    form = form or reader.form
    if not isinstance(node, Broken):  # that has been noted
        if is_nothing(node):
            message = f"{what} is empty: write {form or reader.wants}"
        else:
            message = f"{what} takes {reader.wants}, not {_shown(node)}" + (f": write {form}" if form else "")
        findings.error(node, message, where)
    return BAD


def _shown(node: Node) -> str:
    if isinstance(node, Scalar):
        return quoted(node.value)
    return "a list" if isinstance(node, Sequence) else "keys with values"


class Simple:
    """A text that means something, such as a number or a day."""

    def __init__(self, wants: str, parse: Callable[[str], Any], form: str = "") -> None:
        self.wants, self.form = wants, form
        self._parse = parse

    def read(self, node: Node, what: str, where: str, findings: Findings) -> Any:
        """Return what the text means, or BAD."""
        if isinstance(node, Scalar) and not is_nothing(node):
            value = self._parse(node.value.strip())
            if value is not None:
                return value
        return refuse(self, node, what, where, findings, self._within(node))

    def _within(self, node: Node) -> str:
        """Return what was meant where there is one number among words, as in `5 min`."""
        found = re.findall(r"\d+(?:[.,]\d+)?", node.value) if isinstance(node, Scalar) else []
        return found[0] if len(found) == 1 and self._parse(found[0]) is not None else ""


class Text:
    """A text as it was written, without white space around it."""

    wants = "a text"
    form = ""

    def read(self, node: Node, what: str, where: str, findings: Findings) -> Any:
        """Return the text, or BAD."""
        if isinstance(node, Scalar) and not is_nothing(node):
            return node.value.strip()
        if isinstance(node, (Mapping, Sequence)):
            hint = f"{what} takes a text, not {_shown(node)}: put a text with a colon or brackets in quotation marks"
            findings.error(node, hint + _meant(node), where)
            return BAD
        return refuse(self, node, what, where, findings)


def _meant(node: Mapping | Sequence) -> str:
    """Return a text with a colon as it has to be written, where it was read as a key with a value."""
    pairs = list(node.pairs.values()) if isinstance(node, Mapping) else []
    if len(pairs) != 1 or not isinstance(pairs[0][1], Scalar):
        return ""
    text = shortened(f"{pairs[0][0].value}: {pairs[0][1].value}", 80)
    if "'" in text and '"' not in text:
        return f': "{text}"'
    doubled = text.replace("'", "''")
    return f": '{doubled}'"


class Raw:
    """A part of the tree that is read later, when it is known what it should be."""

    wants = "a value"
    form = ""

    def read(self, node: Node, what: str, where: str, findings: Findings) -> Any:
        """Return the part as it is."""
        return node


class Choice:
    """One of a few words."""

    form = ""

    def __init__(self, words: tuple[str, ...]) -> None:
        self._words = words
        self.wants = listed(words)

    def read(self, node: Node, what: str, where: str, findings: Findings) -> Any:
        """Return the word, or BAD."""
        if not isinstance(node, Scalar) or is_nothing(node):
            return refuse(self, node, what, where, findings)
        word = node.value.strip()
        if word in self._words:
            return word
        near = nearest(word, self._words)
        hint = f': did you mean "{near}"?' if near else ""
        findings.error(node, f"{what} takes {self.wants}, not {quoted(word)}{hint}", where)
        return BAD


class Pair:
    """A fixed number of whole numbers."""

    form = ""

    def __init__(self, items: tuple[Reader, ...]) -> None:
        self._items = items
        self.wants = f"{len(items)} whole numbers such as [{', '.join(str(n) for n in range(1, len(items) + 1))}]"

    def read(self, node: Node, what: str, where: str, findings: Findings) -> Any:
        """Return the numbers, or BAD."""
        if not isinstance(node, Sequence) or len(node.items) != len(self._items):
            return refuse(self, node, what, where, findings)
        pairs = zip(self._items, node.items, strict=True)
        values = [reader.read(item, f"a number in {what}", where, findings) for reader, item in pairs]
        return BAD if BAD in values else tuple(values)
