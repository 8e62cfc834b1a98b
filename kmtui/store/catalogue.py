"""What is in the workspace, without reading it all: lines are kept from run to run, and checked against the files.

Every reading compares inode, time and size of every file with what is kept and reads again those that differ. So what
is told is always what the files say, whoever wrote them.
"""

from __future__ import annotations

import gc
import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from kmtui.model.errors import NotFound, StoreError
from kmtui.model.lines import ActionLine, LessonLine, MeetingLine, PracticeLine, RecordLine
from kmtui.store import layout
from kmtui.store.layout import Scan, Stamp
from kmtui.store.lines import action_lines, lesson_lines, meeting_lines, practice_lines, record_line
from kmtui.store.protocol import Trouble
from kmtui.store.records import Record, RecordFile, has_backup, quick
from kmtui.store.storage import read_file
from kmtui.store.system import System

if TYPE_CHECKING:  # SQLite is loaded when lines are asked for, not with the program
    from kmtui.store.cache import Cache, Row

Result = TypeVar("Result")

# A file that was changed less than two seconds before it was looked at can change again within the same tick of the
# coarsest clocks of file systems, so its stamp is not trusted yet.
_TOO_FRESH = 2_000_000_000
_NO_STAMP: Stamp = (0, -1, 0)


class Catalogue:
    """The lines of one workspace. May be used from any thread."""

    def __init__(self, workspace: Path, folder: Path, system: System) -> None:
        """`folder` is where caches lie."""
        self._workspace = workspace
        self._system = system
        digest = hashlib.sha256(str(workspace.absolute()).encode("utf-8", "surrogateescape")).hexdigest()
        self._path = folder / f"catalogue-{digest[:32]}.sqlite"
        self._mutex = threading.RLock()
        self._cache: Cache | None = None
        self._stamps: dict[str, Stamp] = {}
        self._twice: list[str] = []
        self._touched: set[str] = set()
        self._lists: dict[str, Any] = {}
        self._looks_kept = False
        self._looked = False

    def records(self) -> list[RecordLine]:
        """Return the lines of all records, the newest first. Raises StoreError."""
        return list(self._listed("records", lambda cache: cache.records()))

    def actions(self) -> list[ActionLine]:
        """Return the lines of all actions before any follow-up, those of the newest record first. Raises StoreError."""
        return list(self._listed("actions", lambda cache: cache.actions()))

    def lessons(self) -> list[LessonLine]:
        """Return the lines of all lessons, those of the newest record first. Raises StoreError."""
        return list(self._listed("lessons", lambda cache: cache.lessons()))

    def practices(self) -> list[PracticeLine]:
        """Return the lines of all good practice, those of the newest record first. Raises StoreError."""
        return list(self._listed("practices", lambda cache: cache.practices()))

    def meetings(self) -> list[MeetingLine]:
        """Return who sat with whom in groups, those of the newest session first. Raises StoreError."""
        return list(self._listed("meetings", lambda cache: cache.meetings()))

    def troubles(self) -> list[Trouble]:
        """Return the record files that cannot be read, or are not used. Raises StoreError."""
        with self._mutex:
            errors = self._listed("errors", lambda cache: cache.errors())
            return [self._trouble(path, error) for path, error in errors.items()] + [
                _unused(path) for path in sorted(self._twice)
            ]

    @contextmanager
    def one_look(self) -> Iterator[None]:
        """Look at the files once for all that is asked for within."""
        with self._mutex:
            self._looks_kept, self._looked = True, False
            try:
                yield
            finally:
                self._looks_kept = False

    def touch(self, path: str) -> None:
        """Have a file read again, whatever its stamp says. Costs nothing: it is called with every save."""
        self._touched.add(path)

    def forget(self, path: str) -> None:
        """Remove what is kept of a file that was deleted, at once."""
        with self._mutex:
            self._with_cache(lambda cache: cache.change((), (path,)))
            self._stamps.pop(path, None)
            self._lists.clear()

    def close(self) -> None:
        """Close the database; it is opened again when it is needed."""
        with self._mutex:
            if self._cache is not None:
                self._cache.close()
            self._cache = None
            self._lists.clear()

    def _listed(self, name: str, query: Callable[[Cache], Result]) -> Result:
        with self._mutex, without_collecting():
            return self._with_cache(lambda cache: self._fresh(cache, name, query))

    def _fresh(self, cache: Cache, name: str, query: Callable[[Cache], Result]) -> Result:
        if not (self._looks_kept and self._looked):
            self._refresh(cache)
            self._looked = True
        if name not in self._lists:
            self._lists[name] = query(cache)
        result: Result = self._lists[name]
        return result

    def _with_cache(self, use: Callable[[Cache], Result]) -> Result:
        """Use the cache; where it fails, a new one in its place; where that fails too, one in memory."""
        from kmtui.store.cache import FAILURES, is_busy, throw_away

        try:
            return use(self._opened(self._path))
        except FAILURES as error:
            self._drop()
            if not is_busy(error):
                throw_away(self._path)
        try:
            return use(self._opened(self._path))
        except FAILURES:
            self._drop()
        return use(self._opened(None))

    def _opened(self, path: Path | None) -> Cache:
        from kmtui.store.cache import Cache

        if self._cache is None:
            self._cache = Cache(path)
            self._stamps = self._cache.stamps()
            self._lists.clear()
        return self._cache

    def _drop(self) -> None:
        if self._cache is not None:
            self._cache.close()
        self._cache = None

    def _refresh(self, cache: Cache) -> None:
        """Make the cache say what the files say."""
        now = time.time_ns()
        touched, self._touched = self._touched, set()
        scan = layout.scan(self._workspace, self._stamps)
        gone = self._stamps.keys() - scan.stamps.keys()
        changed = self._changed(scan, touched)
        rows = [row for path in changed if (row := self._row(path, scan.stamps[path], now)) is not None]
        if rows or gone:
            try:
                cache.change(rows, gone)
            except BaseException:
                self._touched |= touched
                raise
            self._lists.clear()
        for path in gone:
            del self._stamps[path]
        self._stamps.update((row.path, row.stamp) for row in rows)
        self._twice = scan.twice

    def _changed(self, scan: Scan, touched: set[str]) -> list[str]:
        known = self._stamps
        return [path for path, stamp in scan.stamps.items() if known.get(path) != stamp or path in touched]

    def _row(self, path: str, stamp: Stamp, now: int) -> Row | None:
        """Read a file; None where it has gone since it was seen."""
        from kmtui.store.cache import Row

        place = layout.place(path)
        try:
            record = self._read(place)
        except NotFound:
            return None
        except StoreError as error:
            # What is wrong may be the access to the file, which its stamp does not show: look again next time.
            return Row(path=path, stamp=_NO_STAMP, id=place.id, error=str(error))
        return Row(
            path=path,
            stamp=stamp if stamp[1] < now - _TOO_FRESH else _NO_STAMP,
            id=place.id,
            day=_when(record),
            record=record_line(record),
            actions=action_lines(record),
            lessons=lesson_lines(record),
            practices=practice_lines(record),
            meetings=meeting_lines(record),
        )

    def _read(self, place: layout.Place) -> Record:
        path = self._workspace / place.path
        content = read_file(self._system, path)
        if content is not None:
            record: Record | None = quick(content, place.kind, place.id, place.name)
            if record is not None:
                return record
        loaded: Record = RecordFile[Any](path, place.kind, place.id, self._system).load()
        return loaded

    def _trouble(self, path: str, error: str) -> Trouble:
        place = layout.place(path)
        backup = has_backup(self._workspace / path, place.kind, place.id, self._system)
        return Trouble(id=place.id, file=path, message=error, backup=backup)


@contextmanager
def without_collecting() -> Iterator[None]:
    """Keep the garbage collector from walking over all the lines again and again while they are being made."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _when(record: Record) -> str:
    """Return what puts records in order: their day, and on one day the moment when they were begun.

    The ids of one second are random behind the second, so they put in order only what was begun at one moment.
    """
    begun = record.begun.isoformat() if record.begun is not None else ""
    return f"{record.date.isoformat()} {begun}"


def _unused(path: str) -> Trouble:
    place = layout.place(path)
    message = f"{place.name} has the same id as another record, which is shown instead. Move one of them away."
    return Trouble(id=place.id, file=path, message=message, backup=False)
