"""A record that is open for writing."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic

from kmtui.model.errors import ChangedMeanwhile, NewerSchema, StoreError
from kmtui.model.lines import RecordKind
from kmtui.store.locks import Lock
from kmtui.store.protocol import Kept
from kmtui.store.records import RecordFile, kind_of

_NOUNS: dict[RecordKind, str] = {"session": "session", "assessment": "assessment"}


def open_elsewhere(kind: RecordKind) -> str:
    """Return what to tell a second window that wants to save."""
    noun = _NOUNS[kind]
    return (
        f"Another window has this {noun} open, so it was not saved from here. What you wrote is still here: "
        "close the other window and save again, or save a copy in another place."
    )


class RecordHandle(Generic[Kept]):
    """One window's hold on one record. It may be used from any thread; one save is made at a time."""

    def __init__(self, file: RecordFile[Kept], lock: Lock, saved: Callable[[], None]) -> None:
        """`lock` belongs to the handle from now on; `saved` is called after every attempt to save."""
        self._file: RecordFile[Kept] = file
        self._lock = lock
        self._saved = saved
        self._mutex = threading.Lock()
        self._closed = False
        self._record: Kept | None = None
        self.second = not lock.take()

    @property
    def record(self) -> Kept:
        """The record as it was read or saved last."""
        if self._record is None:
            raise RuntimeError("the record has not been read yet")
        return self._record

    @property
    def read_only(self) -> str:
        """Why the record can only be read, or an empty text."""
        return self._file.newer

    def load(self) -> None:
        """Read the record. Raises NotFound, Damaged, StoreError, and gives the lock back then."""
        try:
            self._record = self._file.load()
        except BaseException:
            self.close()
            raise

    def create(self, record: Kept) -> None:
        """Write a record that is not there yet. Raises ChangedMeanwhile, StoreError, and gives the lock back then."""
        try:
            self._file.create(record)
        except BaseException:
            self.close()
            raise
        finally:
            self._saved()
        self._record = record

    def save(self, record: Kept) -> None:
        """Put the record on disk; when this returns it is there.

        Raises:
            ChangedMeanwhile: the file is not the one that was read, or another window has it open.
            NewerSchema: a newer version has written the record.
            StoreError: it could not be written. The file on disk is as it was.
        """
        with self._mutex:
            self._may_save(record)
            try:
                self._file.save(record)
            finally:
                self._saved()
            self._record = record

    def _may_save(self, record: Kept) -> None:
        if self._closed:
            raise StoreError(
                "This record was closed, so it was not saved. What you wrote is still here: open the record again."
            )
        if record.id != self._file.id:
            raise ValueError("a handle saves the record that it was opened for, and no other")
        if self.read_only:
            raise NewerSchema(self.read_only)
        if self.second:
            self.second = not self._lock.take()  # the first window may be closed by now
        if self.second:
            raise ChangedMeanwhile(open_elsewhere(kind_of(record)))

    def close(self) -> None:
        """Give the lock back. Nothing is saved here."""
        with self._mutex:
            self._closed = True
            self._lock.give_back()
