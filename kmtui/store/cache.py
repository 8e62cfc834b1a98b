"""What the catalogue keeps between two runs, in SQLite. A cache: it may be deleted at any moment."""

from __future__ import annotations

import os
import sqlite3
import weakref
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import chain
from operator import itemgetter
from pathlib import Path

import msgspec

from kmtui.model.lesson import Use
from kmtui.model.lines import ActionLine, LessonLine, MeetingLine, PracticeLine, RecordLine
from kmtui.store.layout import Stamp
from kmtui.store.lesson_index import LessonIndex

VERSION = 6
"""Raised whenever what is kept changes its shape; a cache with another number is thrown away."""

# Two tables, since the lists of records are asked for most and need not wade through actions and lessons.
_TABLES = (
    "CREATE TABLE files (path TEXT PRIMARY KEY, inode INTEGER, modified INTEGER, size INTEGER, id TEXT, day TEXT, "
    "error TEXT, record BLOB) WITHOUT ROWID",
    "CREATE TABLE details (path TEXT PRIMARY KEY, id TEXT, day TEXT, actions BLOB, practices BLOB, meetings BLOB)",
)
_WAIT = 3.0  # seconds for another process that is writing
_BUSY = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}

FAILURES = (sqlite3.Error, OSError, msgspec.MsgspecError, ValueError)
"""What can go wrong with a cache; none of it concerns people."""


class Row(msgspec.Struct, frozen=True):
    """What is known of one record file: its lines, or why it cannot be read. `day` puts the lines in order."""

    path: str
    stamp: Stamp
    id: str
    day: str = ""
    error: str = ""
    record: RecordLine | None = None
    actions: list[ActionLine] = []
    lessons: list[LessonLine] = []
    practices: list[PracticeLine] = []
    meetings: list[MeetingLine] = []
    uses: list[Use] = []


class Cache:
    """One database file, or one in memory."""

    def __init__(self, path: Path | None) -> None:
        """Open a database, or make it; None is one in memory. Raises one of FAILURES."""
        if path is not None:
            _make_private(path)
        self._database = sqlite3.connect(
            ":memory:" if path is None else path, timeout=_WAIT, check_same_thread=False, isolation_level=None
        )
        # Closed when nobody uses the cache any more, from whatever thread, and at the end of the program at the latest.
        self._closing = weakref.finalize(self, self._database.close)
        self.lessons = LessonIndex(self._database)
        try:
            self._prepare()
        except BaseException:
            self._closing()
            raise

    def _prepare(self) -> None:
        self._database.execute("PRAGMA secure_delete = ON")  # words of deleted records leave the file
        self._database.execute("PRAGMA synchronous = NORMAL")
        version = self._database.execute("PRAGMA user_version").fetchone()[0]
        if version == VERSION:
            return
        with self._database:
            self._database.execute("BEGIN IMMEDIATE")
            for table in ("files", "details"):
                self._database.execute(f"DROP TABLE IF EXISTS {table}")
            for table in _TABLES:
                self._database.execute(table)
            self.lessons.make()
            self._database.execute(f"PRAGMA user_version = {VERSION}")

    def close(self) -> None:
        """Close the database."""
        self._closing()

    def stamps(self) -> dict[str, Stamp]:
        """Return which generation of each file is kept."""
        return {row[0]: row[1:] for row in self._database.execute("SELECT path, inode, modified, size FROM files")}

    def change(self, rows: Sequence[Row], gone: Iterable[str]) -> None:
        """Put rows in the place of those with the same path, and drop those of files that are gone."""
        gone = list(gone)
        with self._database:
            self._database.execute("BEGIN IMMEDIATE")
            for path in (*gone, *(row.path for row in rows)):
                self._database.execute("DELETE FROM files WHERE path = ?", (path,))
                self._database.execute("DELETE FROM details WHERE path = ?", (path,))
            self._database.executemany("INSERT INTO files VALUES (?,?,?,?,?,?,?,?)", map(_file, rows))
            self._database.executemany("INSERT INTO details VALUES (?,?,?,?,?,?)", map(_details, rows))
            self.lessons.change(
                [*gone, *(row.path for row in rows)],
                [(row.path, row.day, line) for row in rows for line in row.lessons],
                [(row.path, use) for row in rows for use in row.uses],
            )

    def forget_words(self) -> None:
        """Take out of the index what it holds of words that are deleted."""
        with self._database:
            self._database.execute("BEGIN IMMEDIATE")
            self.lessons.forget_words()

    @contextmanager
    def hurried(self, wait: float) -> Iterator[Cache]:
        """Wait for another process that is writing no longer than so many seconds."""
        self._database.execute(f"PRAGMA busy_timeout = {wait * 1000:.0f}")
        try:
            yield self
        finally:
            self._database.execute(f"PRAGMA busy_timeout = {_WAIT * 1000:.0f}")

    def records(self) -> list[RecordLine]:
        """Return the lines of all records, the newest first."""
        blobs = self._blobs("SELECT record, day, id FROM files WHERE record IS NOT NULL")
        return msgspec.json.decode(_as_list(blobs), type=list[RecordLine])

    def pick_records(self, keep: Callable[[RecordLine], bool]) -> list[RecordLine]:
        """Return some records, the newest first, without holding the others in memory."""
        decoder = msgspec.json.Decoder(RecordLine)
        found = [
            (day, record_id, line)
            for blob, day, record_id in self._database.execute(
                "SELECT record, day, id FROM files WHERE record IS NOT NULL"
            )
            if keep(line := decoder.decode(blob))
        ]
        return [line for _, _, line in sorted(found, key=itemgetter(0, 1), reverse=True)]

    def pick_actions(self, pick: Callable[[ActionLine], ActionLine | None]) -> list[ActionLine]:
        """Return what is made of some actions, those of the newest record first, without holding the others."""
        decoder = msgspec.json.Decoder(list[ActionLine])
        found = [
            (day, record_id, picked)
            for blob, day, record_id in self._database.execute(
                "SELECT actions, day, id FROM details WHERE actions IS NOT NULL"
            )
            for line in decoder.decode(blob)
            if (picked := pick(line)) is not None
        ]
        return [line for _, _, line in sorted(found, key=itemgetter(0, 1), reverse=True)]

    def actions(self) -> list[ActionLine]:
        """Return the lines of all actions, those of the newest record first."""
        blobs = self._blobs("SELECT actions, day, id FROM details WHERE actions IS NOT NULL")
        return list(chain.from_iterable(msgspec.json.decode(_as_list(blobs), type=list[list[ActionLine]])))

    def practices(self) -> list[PracticeLine]:
        """Return the lines of all good practice, those of the newest record first."""
        blobs = self._blobs("SELECT practices, day, id FROM details WHERE practices IS NOT NULL")
        return list(chain.from_iterable(msgspec.json.decode(_as_list(blobs), type=list[list[PracticeLine]])))

    def meetings(self) -> list[MeetingLine]:
        """Return who sat with whom in groups, those of the newest session first."""
        blobs = self._blobs("SELECT meetings, day, id FROM details WHERE meetings IS NOT NULL")
        return list(chain.from_iterable(msgspec.json.decode(_as_list(blobs), type=list[list[MeetingLine]])))

    def errors(self) -> dict[str, str]:
        """Return why files cannot be read, by path."""
        return dict(self._database.execute("SELECT path, error FROM files WHERE error != '' ORDER BY path"))

    def _blobs(self, query: str) -> list[bytes]:
        """Return what was asked for, that of the newest record first."""
        rows = sorted(self._database.execute(query), key=itemgetter(1, 2), reverse=True)
        return [row[0] for row in rows]


def is_busy(error: Exception) -> bool:
    """Say whether another process holds the database, so that it must not be thrown away."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _BUSY


def throw_away(path: Path) -> None:
    """Delete a database with its journals, if that is possible."""
    for ending in ("", "-journal", "-wal", "-shm"):
        with suppress(OSError):
            path.with_name(path.name + ending).unlink()


def _make_private(path: Path) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


def _file(row: Row) -> tuple[str | int | bytes | None, ...]:
    record = None if row.record is None else msgspec.json.encode(row.record)
    return row.path, *row.stamp, row.id, row.day, row.error, record


def _details(row: Row) -> tuple[str | bytes | None, ...]:
    actions = msgspec.json.encode(row.actions) if row.actions else None
    practices = msgspec.json.encode(row.practices) if row.practices else None
    meetings = msgspec.json.encode(row.meetings) if row.meetings else None
    return row.path, row.id, row.day, actions, practices, meetings


def _as_list(blobs: list[bytes]) -> bytes:
    """Join encoded values, since decoding many at once is quicker than one by one."""
    return b"[" + b",".join(blobs) + b"]"
