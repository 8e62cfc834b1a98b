"""Folders in which every file is named by its id: read once, and again where a file has changed."""

from __future__ import annotations

import time
from collections.abc import Container
from pathlib import Path
from typing import Generic

import msgspec

from kmtui.model.errors import NotFound, StoreError
from kmtui.store import layout
from kmtui.store.layout import Stamp
from kmtui.store.records import Filed, FileKind, RecordFile, quick_and_clean
from kmtui.store.storage import read_file
from kmtui.store.system import System

# As in the catalogue: what is younger than two seconds can change again within one tick of a coarse clock.
_TOO_FRESH = 2_000_000_000


class _Seen(msgspec.Struct, Generic[Filed], frozen=True):
    """What was in a file when it was looked at: a record, or why it cannot be read."""

    stamp: Stamp
    record: Filed | None
    error: str = ""


class Shelf(Generic[Filed]):
    """The files of one kind in one folder. What was read is kept in memory."""

    def __init__(self, folder: Path, kind: FileKind, system: System, *, timeless: bool = False) -> None:
        """`timeless` files do not say when they were written, so they are known by other marks."""
        self._folder = folder
        self._kind: FileKind = kind
        self._system = system
        self._timeless = timeless
        self._known: dict[str, _Seen[Filed]] = {}

    def look(self, without: Container[str] = ()) -> tuple[list[Filed], dict[str, str]]:
        """Return what can be read, in the order of the ids, and why the rest cannot, by id.

        Files `without` are passed over.

        Raises:
            StoreError: the folder cannot be listed.
        """
        now = time.time_ns()
        stamps = layout.named_by_id(self._folder, timeless=self._timeless)
        self._known = {
            record_id: seen
            for record_id, stamp in sorted(stamps.items())
            if record_id not in without and (seen := self._seen(record_id, stamp, now)) is not None
        }
        records = [seen.record for seen in self._known.values() if seen.record is not None]
        return records, {record_id: seen.error for record_id, seen in self._known.items() if seen.error}

    def _seen(self, record_id: str, stamp: Stamp, now: int) -> _Seen[Filed] | None:
        known = self._known.get(record_id)
        if known is not None and known.stamp == stamp and not known.error and stamp[1] < now - _TOO_FRESH:
            return known
        try:
            return _Seen(stamp, self._read(record_id))
        except NotFound:
            return None  # deleted in this moment
        except StoreError as error:
            return _Seen(stamp, None, str(error))

    def _read(self, record_id: str) -> Filed:
        path = self._folder / f"{record_id}.json"
        content = read_file(self._system, path)
        found: Filed | None = None
        if content is not None:
            found = quick_and_clean(content, self._kind, record_id, path.name)
        return found if found is not None else RecordFile[Filed](path, self._kind, record_id, self._system).load()
