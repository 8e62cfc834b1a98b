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

from kmtui.model.errors import StoreError
from kmtui.model.lines import ActionLine, MeetingLine, PracticeLine, RecordLine
from kmtui.store import layout
from kmtui.store.layout import Scan, Stamp
from kmtui.store.protocol import Trouble
from kmtui.store.records import has_backup
from kmtui.store.system import System

if TYPE_CHECKING:  # SQLite is loaded when lines are asked for, not with the program
    from kmtui.store.cache import Cache
    from kmtui.store.lesson_index import LessonIndex

Result = TypeVar("Result")

_AT_A_TIME = 200  # files
_PATIENCE = 0.05  # seconds that a question waits which must not keep anybody

Progress = Callable[[int, int], bool]
"""Told how many of how many are done; says whether to go on."""


class Catalogue:
    """The lines of one workspace. May be used from any thread."""

    def __init__(self, workspace: Path, folder: Path, system: System) -> None:
        """`folder` is where caches lie."""
        self._workspace = workspace
        self._system = system
        digest = hashlib.sha256(str(workspace.absolute()).encode("utf-8", "surrogateescape")).hexdigest()
        self._path = folder / f"catalogue-{digest[:32]}.sqlite"
        self._looks = threading.RLock()  # held by whoever looks at the files; taken before the other one
        self._mutex = threading.RLock()  # held by whoever uses the database
        self._cache: Cache | None = None
        self._stamps: dict[str, Stamp] = {}
        self._twice: list[str] = []
        self._strange: list[str] = []
        self._touched: set[str] = set()
        self._folders: dict[str, int] = {}
        self._lists: dict[str, Any] = {}
        self._looks_kept = False
        self._looked = False

    def records(self) -> list[RecordLine]:
        """Return the lines of all records, the newest first. Raises StoreError."""
        return list(self._listed("records", lambda cache: cache.records()))

    def pick_records(self, keep: Callable[[RecordLine], bool]) -> list[RecordLine]:
        """Return the lines of some records, the newest first; the others are not held in memory. Raises StoreError."""
        return self._listed("", lambda cache: cache.pick_records(keep))

    def pick_actions(self, pick: Callable[[ActionLine], ActionLine | None]) -> list[ActionLine]:
        """Return what is made of some actions before any follow-up, those of the newest record first."""
        return self._listed("", lambda cache: cache.pick_actions(pick))

    def actions(self) -> list[ActionLine]:
        """Return the lines of all actions before any follow-up, those of the newest record first. Raises StoreError."""
        return list(self._listed("actions", lambda cache: cache.actions()))

    def practices(self) -> list[PracticeLine]:
        """Return the lines of all good practice, those of the newest record first. Raises StoreError."""
        return list(self._listed("practices", lambda cache: cache.practices()))

    def meetings(self) -> list[MeetingLine]:
        """Return who sat with whom in groups, those of the newest session first. Raises StoreError."""
        return list(self._listed("meetings", lambda cache: cache.meetings()))

    def troubles(self) -> list[Trouble]:
        """Return the record files that cannot be read, or are not used. Raises StoreError."""
        from kmtui.store.conflicts import copy_troubles

        with self._looks:
            errors = self._listed("errors", lambda cache: cache.errors())
            return [self._trouble(path, error) for path, error in errors.items()] + [
                *(_unused(path) for path in sorted(self._twice)),
                *copy_troubles(self._strange, self._stamps),
            ]

    @contextmanager
    def one_look(self) -> Iterator[None]:
        """Look at the files once for all that is asked for within."""
        with self._looks:
            self._looks_kept, self._looked = True, False
            try:
                yield
            finally:
                self._looks_kept = False

    def look(self, progress: Progress | None = None) -> bool:
        """Bring what is kept up to date with the files, and say whether that was done to the end.

        `progress` is called with how many of how many files are read, and says whether to go on. What was read until
        then is kept. Meanwhile others can ask for what is there. Raises StoreError.
        """
        with self._looks, without_collecting():
            return self._with_cache(lambda cache: self._refresh(cache, progress))

    def look_if_changed(self, progress: Progress | None = None) -> None:
        """Bring what is kept up to date where a file has come, gone or been replaced since the last look.

        That is told by the times of folders, which costs next to nothing. A file that an editor has written into is not
        seen before the next look. Where somebody is looking at the files just now, nobody waits for it.
        Raises StoreError.
        """
        if not self._looks.acquire(blocking=False):
            return
        try:
            known = self._folders
            if self._touched or not known or known != layout.folder_times(self._workspace):
                self.look(progress)
        finally:
            self._looks.release()

    def ask(self, query: Callable[[LessonIndex], Result]) -> Result:
        """Return what the lessons say to a question, as they were at the last look."""
        from kmtui.store.cache import FAILURES

        try:
            with self._mutex:
                return query(self._opened(self._path).lessons)
        except FAILURES as error:
            self._replace(error)

        def after_a_look(cache: Cache) -> Result:
            self._refresh(cache)  # it may be a new one, with nothing in it
            return query(cache.lessons)

        with self._looks, self._mutex, without_collecting():
            return self._with_cache(after_a_look)

    def ask_now(self, query: Callable[[LessonIndex], Result]) -> Result:
        """Return what the lessons say to a question as they are kept, without a look at the files and without waiting.

        Raises:
            StoreError: that is not possible just now; another thread or process is busy with them.
        """
        from kmtui.store.cache import FAILURES

        if not self._mutex.acquire(timeout=_PATIENCE):
            raise StoreError("The lessons cannot be asked just now.")
        try:
            with self._opened(self._path).hurried(_PATIENCE) as cache:
                return query(cache.lessons)
        except FAILURES as error:
            raise StoreError("The lessons cannot be asked just now.") from error
        finally:
            self._mutex.release()

    def touch(self, path: str) -> None:
        """Have a file read again, whatever its stamp says. Costs nothing: it is called with every save."""
        self._touched.add(path)

    def forget(self, path: str) -> None:
        """Remove what is kept of a file that was deleted, and the words of it that are left in the index, at once."""
        with self._looks, self._mutex:
            self._with_cache(lambda cache: cache.change((), (path,)))
            self._stamps.pop(path, None)
            self._lists.clear()
        self.forget_words()

    def forget_words(self) -> None:
        """Take out of the index what it holds of words that are in no file any more."""
        with self._mutex:
            self._with_cache(lambda cache: cache.forget_words())

    def close(self) -> None:
        """Close the database; it is opened again when it is needed."""
        with self._mutex:
            if self._cache is not None:
                self._cache.close()
            self._cache = None
            self._lists.clear()

    def _listed(self, name: str, query: Callable[[Cache], Result]) -> Result:
        with self._looks, without_collecting():
            if not (self._looks_kept and self._looked):
                self._with_cache(self._refresh)
                self._looked = True
            with self._mutex:
                return self._with_cache(lambda cache: self._kept(cache, name, query))

    def _kept(self, cache: Cache, name: str, query: Callable[[Cache], Result]) -> Result:
        if not name:  # it is asked for otherwise each time
            return query(cache)
        if name not in self._lists:
            self._lists[name] = query(cache)
        result: Result = self._lists[name]
        return result

    def _with_cache(self, use: Callable[[Cache], Result]) -> Result:
        """Use the cache; where it fails, a new one in its place; where that fails too, one in memory."""
        from kmtui.store.cache import FAILURES

        try:
            return use(self._opened(self._path))
        except FAILURES as error:
            self._replace(error)
        try:
            return use(self._opened(self._path))
        except FAILURES:
            self._drop()
        return use(self._opened(None))

    def _opened(self, path: Path | None) -> Cache:
        from kmtui.store.cache import Cache

        with self._mutex:
            if self._cache is None:
                self._cache = Cache(path)
                self._stamps = self._cache.stamps()
                self._folders = {}
                self._lists.clear()
            return self._cache

    def _replace(self, error: Exception) -> None:
        """Close a database that failed, and throw it away unless another process only holds it."""
        from kmtui.store.cache import is_busy, throw_away

        with self._mutex:
            self._drop()
            if not is_busy(error):
                throw_away(self._path)

    def _drop(self) -> None:
        if self._cache is not None:
            self._cache.close()
        self._cache = None

    def _refresh(self, cache: Cache, progress: Progress | None = None) -> bool:
        """Make the cache say what the files say, and say whether that was done to the end."""
        from kmtui.store.file_rows import TOO_FRESH

        now = time.time_ns()
        touched, self._touched = self._touched, set()
        scan = layout.scan(self._workspace, self._stamps)
        self._twice, self._strange = scan.twice, scan.strange
        gone = self._stamps.keys() - scan.stamps.keys()
        changed = self._changed(scan, touched)
        try:
            whole = self._read_again(cache, changed, scan.stamps, list(gone), progress)
        except BaseException:
            self._touched |= touched
            raise
        if not whole:
            self._touched |= touched
        # A folder that has changed just now can change again within one tick of its clock. What somebody has stopped
        # reading is not read to the end behind their back: the next look does.
        fresh = now - TOO_FRESH
        self._folders = {path: at if at < fresh else -1 for path, at in scan.folders.items()}
        return whole

    def _read_again(
        self, cache: Cache, changed: list[str], stamps: dict[str, Stamp], gone: list[str], progress: Progress | None
    ) -> bool:
        """Put into the cache what files say, some at a time, so that others have their turn in between."""
        from kmtui.store.file_rows import row_of

        for begin in range(0, max(len(changed), 1), _AT_A_TIME):
            now = time.time_ns()
            part = changed[begin : begin + _AT_A_TIME]
            rows = [
                row
                for path in part
                if (row := row_of(self._workspace, path, stamps[path], now, self._system)) is not None
            ]
            if rows or gone:
                with self._mutex:
                    cache.change(rows, gone)
                    self._lists.clear()
                    for path in gone:
                        self._stamps.pop(path, None)
                    self._stamps.update((row.path, row.stamp) for row in rows)
                gone = []
            if progress is not None and not progress(min(begin + _AT_A_TIME, len(changed)), len(changed)):
                return begin + _AT_A_TIME >= len(changed)
        return True

    def _changed(self, scan: Scan, touched: set[str]) -> list[str]:
        """Return the files to be read, in the order of their names: by day, so that what is newest is added last."""
        known = self._stamps
        changed = [path for path, stamp in scan.stamps.items() if known.get(path) != stamp or path in touched]
        return sorted(changed, key=lambda path: path.rpartition("/")[2])

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


def _unused(path: str) -> Trouble:
    place = layout.place(path)
    message = f"{place.name} has the same id as another record, which is shown instead. Move one of them away."
    return Trouble(id=place.id, file=path, message=message, backup=False)
