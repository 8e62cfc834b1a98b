"""What can be read of a damaged file: as many whole documents of each of its tables as possible.

A file that is cut off, ends in NULs or in something else, or has bad bytes in the middle, still holds most of what was
written: its tables lie one behind the other, and each of their documents stands for itself.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from contextlib import suppress
from copy import deepcopy
from datetime import UTC
from typing import Any

import msgspec
from msgspec.structs import replace

from kmtui.model.errors import Damaged, NewerSchema
from kmtui.model.events import Event
from kmtui.store.migrations import FORM, Form
from kmtui.store.records import PARTS, FileKind, checked, composed, lenient
from kmtui.store.storage import Tables, cleaned, parse
from kmtui.store.words import TABLE

_BEGINNING = re.compile(r'"([^"\\]{1,40})"\s*:\s*\{')
"""Where a table or a document begins. Within a text the second quotation mark would have a backslash before it."""

_END = re.compile(r"\s*\}")
_BOM = b"\xef\xbb\xbf"
_REPLACED = "\N{REPLACEMENT CHARACTER}"
_STRICT = json.JSONDecoder()
_TOLERANT = json.JSONDecoder(strict=False)
_NOUNS = {
    "entries": ("entry", "entries"),
    "lessons": ("lesson", "lessons"),
    "actions": ("action", "actions"),
    "ratings": ("rating", "ratings"),
    "setups": ("set-up", "set-ups"),
    "practices": ("example", "examples"),
    "contacts": ("contact", "contacts"),
}


def salvage(content: bytes, kind: FileKind, form: Form = FORM) -> tuple[Any, str]:
    """Return the record in the content of a damaged file, and in words what of it can be read.

    Returns:
        The record, or None where the document that holds it is not whole itself, and the words as a part of a sentence
        (`12 entries and no lessons`). They are empty where nothing at all is lost.
    """
    tables, complete, exact = _tables(content, kind)
    if kind not in tables:
        return None, ""
    try:
        whole = form.brought_up(composed(tables, kind, ""), kind, "")
        if form.newer(whole):
            return None, ""
        before = deepcopy(whole)
        record = lenient(whole, kind, "")
        record = checked(record, record.id, "")
    except (Damaged, NewerSchema):
        return None, ""
    if complete and whole == before:
        return record, "" if exact else "all but a few characters"
    counts = [_counted(len(getattr(record, part)), part) for part in PARTS[kind]]
    return record, _listed(counts) if counts else "all that is not damaged"


def _tables(content: bytes, kind: FileKind) -> tuple[Tables, bool, bool]:
    """Return the tables in the content of a file, whether all of them is there, and whether to the letter."""
    with suppress(Damaged):
        return parse(content, kind, ""), True, True
    text = content.removeprefix(_BOM).decode("utf-8", "replace")
    with suppress(Damaged, ValueError, RecursionError):
        _, end = _STRICT.raw_decode(text)  # something else stands behind the end
        return parse(text[:end].encode(), kind, ""), True, _REPLACED not in text[:end]
    found = _Scan(text, (kind, *PARTS[kind]))
    return cleaned(found.tables), found.complete, found.exact


def salvaged_events(content: bytes) -> tuple[Event, ...]:
    """Return the events that can be read in the content of a damaged file of events."""
    events = []
    text = content.removeprefix(_BOM).decode("utf-8", "replace")
    for document in cleaned(_Scan(text, (TABLE,)).tables).get(TABLE, {}).values():
        with suppress(msgspec.ValidationError):
            event = msgspec.convert(document, Event)
            events.append(event if event.at.tzinfo is not None else replace(event, at=event.at.replace(tzinfo=UTC)))
    return tuple(events)


class _Scan:
    """The whole documents in a damaged file by their tables.

    `complete` says that no document is missing, `exact` that no character of those that are there is.
    """

    def __init__(self, text: str, names: Collection[str]) -> None:
        self._text = text
        self._names = names
        self.exact = True
        self._missed = False
        self._table: dict[str, dict[str, Any]] | None = None
        self.tables: Tables = {}
        self._walk()
        closed = self._table is None and all(name in self.tables for name in names)
        # Our files number documents from 1 on: where bad bytes have made one of two, a number is missing.
        self.complete = closed and not self._missed and all(map(_is_numbered, self.tables.values()))

    def _walk(self) -> None:
        """Go from one beginning to the next, past each document that can be read."""
        at = 0
        while (beginning := _BEGINNING.search(self._text, at)) is not None:
            name, at = beginning[1], beginning.end()
            if name in self._names:
                self._table = self.tables.setdefault(name, {})
                self._close(at)
            elif name.isascii() and name.isdecimal():
                at = self._document(name, at)

    def _document(self, number: str, at: int) -> int:
        """Take in the document that begins before a place, and return where to go on."""
        try:
            document, end = self._decoded(at - 1)
        except (ValueError, RecursionError):
            self._missed = True
            return at
        if self._table is None or number in self._table:
            self._missed = True
        else:
            self._table[number] = document
        self._close(end)
        return end

    def _decoded(self, at: int) -> tuple[dict[str, Any], int]:
        try:
            document, end = _STRICT.raw_decode(self._text, at)
        except ValueError:
            document, end = _TOLERANT.raw_decode(self._text, at)
            self.exact = False
        if _REPLACED in self._text[at:end]:
            self.exact = False
        return document, end

    def _close(self, at: int) -> None:
        """Leave the table where it ends: what comes behind that is in no table until the next one begins."""
        if _END.match(self._text, at):
            self._table = None


def _is_numbered(table: dict[str, Any]) -> bool:
    return sorted(map(int, table)) == list(range(1, len(table) + 1))


def _counted(number: int, part: str) -> str:
    one, many = _NOUNS[part]
    return f"{number or 'no'} {one if number == 1 else many}"


def _listed(parts: list[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
