"""Copying a workspace into one archive while others go on writing in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from kmtui.model.errors import StoreError
from kmtui.model.ids import LENGTH
from kmtui.store import imports, layout, layout_files
from kmtui.store.archives import write_archive
from kmtui.store.atomic import make_folders, told
from kmtui.store.layout_files import Member
from kmtui.store.storage import read_file
from kmtui.store.system import System
from kmtui.store.words import TRIES

Progress = Callable[[int, int], bool]
"""Called with how many files of how many are done; returns False to stop."""

_PAUSE = 0.05


class Stopped(Exception):
    """The person has stopped it."""


class Copying:
    """The writing of one archive of a workspace. `unread` says which files could not be read, and why."""

    def __init__(self, workspace: Path, system: System, path: Path, progress: Progress | None) -> None:
        self._workspace = workspace
        self._system = system
        self._progress = progress
        self.path = path
        self.unread: list[str] = []

    def write(self) -> None:
        """Write it. Raises StoreError, Stopped."""
        found = sorted(each.path for each in self._counting())
        with told(self.path):
            make_folders(self._system, self.path.parent)
        write_archive(self._system, self.path, self.path.stem[-LENGTH:], self._contents(found))

    def _counting(self) -> Iterator[Member]:
        """Yield all files without those of imports under way, which do not count. Raises StoreError."""
        before = self._under_way()
        found = list(layout_files.members(self._workspace))
        after = self._under_way()
        yield from (each for each in found if not each.survey or each.id not in before | after)

    def _under_way(self) -> frozenset[str]:
        """Return the ids of the imports that are not complete and of their responses."""
        found: set[str] = set()
        for survey_id in layout.surveys(self._workspace):
            found.update(*imports.under_way(self._workspace, survey_id, self._system))
        return frozenset(found)

    def _contents(self, paths: list[str]) -> Iterator[tuple[str, bytes]]:
        for done, path in enumerate(paths):
            if self._progress is not None and not self._progress(done, len(paths)):
                raise Stopped
            try:
                content = self._whole(self._workspace / path)
            except StoreError as error:
                self.unread.append(f"{path} ({error})")
            else:
                if content is not None:
                    yield path, content
        if self._progress is not None:
            self._progress(len(paths), len(paths))

    def _whole(self, path: Path) -> bytes | None:
        """Return what one generation of a file holds, or None where it is gone. Raises StoreError."""
        for _ in range(TRIES):
            before = _generation(path)
            content = read_file(self._system, path)
            if before == _generation(path):
                return content
            self._system.wait(_PAUSE)
        raise StoreError(f"{path.name} is being written all the time. Close what writes it, and try again.")


def _generation(path: Path) -> tuple[int, ...] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_mtime_ns, status.st_ctime_ns, status.st_size
