"""Everything that lies in the folders of a workspace, without looking into it."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator
from pathlib import Path

import msgspec

from kmtui.model.ids import ALPHABET, LENGTH
from kmtui.store import layout
from kmtui.store.layout_files import BACKUPS, WORKSPACE
from kmtui.store.quarantine import FOLDER as QUARANTINE

LOCKS = ".locks"
_FOLDERS = (
    *layout.FOLDERS.values(),
    layout.LESSONS,
    layout.ASSETS,
    layout.TEAMS,
    layout.RESPONSES,
    layout.FOLLOWUP,
    QUARANTINE,
    BACKUPS,
    LOCKS,
)
_WITHIN = re.compile(rf"\d{{4}}|[{ALPHABET}]{{{LENGTH}}}|{layout.SEEN}", re.ASCII)
_OURS = re.compile(rf"[{ALPHABET}]{{{LENGTH}}}|{re.escape(WORKSPACE)}", re.ASCII)
_DEEPEST = 4  # responses/<survey>/seen/<file>


class Found(msgspec.Struct, frozen=True):
    """A file or a folder: its path from the workspace on, with slashes, and what the disk tells of it.

    Times are in seconds since 1970: `modified` that of the content, `changed` that of the entry in the disk's table.
    `unread` says why a folder could not be listed.
    """

    path: str
    folder: bool
    mode: int
    modified: float
    changed: float
    unread: str = ""

    @property
    def name(self) -> str:
        """Its name."""
        return self.path.rpartition("/")[2]

    @property
    def above(self) -> str:
        """The folder in which it lies; empty for the workspace."""
        return self.path.rpartition("/")[0]


def is_ours(name: str) -> bool:
    """Say whether a file is named as ours are, with an id in its name, whatever else is there."""
    return _OURS.search(name) is not None


def everything(workspace: Path) -> Iterator[Found]:
    """Yield the workspace itself, with an empty path, and all files in folders that are named as ours.

    Of what lies in the workspace beside these folders only the file that tells the format is looked at.
    """
    top, _ = _look(workspace, "", within=False)
    if top is not None:
        yield top
        for name in sorted((WORKSPACE, *_FOLDERS)):
            yield from _below(workspace, name, 1)


def _below(workspace: Path, path: str, depth: int) -> Iterator[Found]:
    found, names = _look(workspace, path, within=depth < _DEEPEST)
    if found is not None:
        yield found
        for name in names:
            yield from _below(workspace, f"{path}/{name}", depth + 1)


def _look(workspace: Path, path: str, *, within: bool) -> tuple[Found | None, list[str]]:
    """Return what the disk tells, and what is in a folder; nothing of what has just gone or is not ours."""
    where = workspace / path
    try:
        status = where.stat()
    except OSError:
        return None, []
    folder = stat.S_ISDIR(status.st_mode)
    if folder and "/" in path and not _WITHIN.fullmatch(where.name):
        return None, []
    names: list[str] = []
    unread = ""
    if folder and within:
        try:
            names = sorted(os.listdir(where))  # noqa: PTH208  # names alone: there may be 20,000
        except OSError as error:
            unread = error.strerror or type(error).__name__
    return Found(path, folder, status.st_mode, status.st_mtime, status.st_ctime, unread), names
