"""Taking the words out of events whose subject is deleted, so that ids alone stay; and putting them back."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path
from typing import Any

from kmtui.flow.followup import DELETED
from kmtui.model.errors import ChangedMeanwhile, Damaged, StoreError
from kmtui.model.events import Event
from kmtui.model.ids import ALPHABET, LENGTH
from kmtui.store.atomic import overwrite
from kmtui.store.storage import Tables, encode, parse, read_file
from kmtui.store.system import System

TABLE = "events"
"""The table of a file of events."""

TRIES = 5
"""How often a file is read again that somebody else is writing."""

Document = dict[str, Any]
Taken = dict[str, Document]
"""Events as they were before their words were taken, by id."""

_ID = rf"[{ALPHABET}]{{{LENGTH}}}"
_NAMED = re.compile(rf'"id"\s*:\s*"({_ID})"'.encode())
_ANY = re.compile(_ID.encode())
_LEFT = 60  # seconds after which a temporary file of events has no writer any more: a write takes less than three


def subjects_in(*contents: bytes | None) -> frozenset[str]:
    """Return the ids of all that record files define: the record, its actions, its lessons. Damaged ones will do."""
    return frozenset(found.decode() for content in contents if content for found in _NAMED.findall(content))


def take(system: System, path: Path, subjects: frozenset[str], taken: Taken) -> None:
    """Leave of every event about the subjects in a file its ids alone, and add what it was to `taken`.

    A file that is not there, or cannot be read, is left alone. Raises StoreError where it cannot be written.
    """

    def edited(document: Document) -> Document | None:
        if document.get("about") not in subjects:
            return None
        bare = _bare(document)
        if bare == document:
            return None
        taken.setdefault(str(document.get("id")), document)
        return bare

    if any(found.decode() in subjects for found in _ANY.findall(_content(system, path) or b"")):
        _rewrite(system, path, edited)


def put_back(system: System, path: Path, taken: Taken) -> None:
    """Make the events in a file again what they were. Raises StoreError where it cannot be written."""

    def edited(document: Document) -> Document | None:
        before = taken.get(str(document.get("id")))
        return None if before is None or before == document else before

    _rewrite(system, path, edited)


def without_words(content: bytes, subjects: Collection[str], name: str) -> bytes:
    """Return the content of a file of events with the ids alone of all that are about the subjects. Raises Damaged."""
    tables = parse(content, TABLE, name)
    bare = {number: _bare(each) for number, each in tables[TABLE].items() if each.get("about") in subjects}
    if all(bare[number] == tables[TABLE][number] for number in bare):
        return content
    tables[TABLE].update(bare)
    return encode(tables)


def remove_leftover(system: System, path: Path, subjects: frozenset[str]) -> None:
    """Delete a temporary file of events whose writer was killed, if it tells of the subjects. Raises OSError."""
    content = _content(system, path) or b""
    with suppress(FileNotFoundError):
        if path.stat().st_mtime < time.time() - _LEFT and any(each.encode() in content for each in subjects):
            system.remove(path)


def _bare(document: Document) -> Document:
    """Return an event without its words; that a record was deleted or came back stays."""
    change = document.get("change")
    kept = {DELETED: change[DELETED]} if isinstance(change, dict) and DELETED in change else {}
    return {field: value for field, value in document.items() if field in Event.__struct_fields__} | {"change": kept}


def _rewrite(system: System, path: Path, edited: Callable[[Document], Document | None]) -> None:
    """Put other events in the place of some; read again where the writer of the file was quicker."""
    for left in reversed(range(TRIES)):
        content = _content(system, path)
        if content is None:
            return
        tables = _parsed(content, path)
        new = {number: event for number, each in tables[TABLE].items() if (event := edited(each)) is not None}
        if not new:
            return
        tables[TABLE].update(new)
        try:
            overwrite(system, path, encode(tables), accepted=(content,), marker=path.name.partition(".")[0])
        except ChangedMeanwhile:
            if not left:
                raise
        else:
            return


def _content(system: System, path: Path) -> bytes | None:
    try:
        return read_file(system, path)
    except StoreError:
        return None  # it is told among the troubles


def _parsed(content: bytes, path: Path) -> Tables:
    try:
        return parse(content, TABLE, path.name)
    except Damaged:
        return {TABLE: {}}
