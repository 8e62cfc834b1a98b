"""Backups in lists, and what came of putting one back."""

from __future__ import annotations

from datetime import datetime

from kmtui.model.base import Value


class BackupLine(Value, frozen=True, kw_only=True):
    """A backup in a list: when it was made, how many files it holds, and its own size in bytes.

    One that is not `readable` is cut off or damaged; how many files it held is not known then.
    """

    name: str
    when: datetime
    files: int
    size: int
    readable: bool


class Refused(Value, frozen=True, kw_only=True):
    """A file in a backup that was not put back, or cannot be, and why."""

    file: str
    why: str


class Restored(Value, frozen=True, kw_only=True):
    """What came of putting a backup back: the files that were written, and how many were here as they are in it.

    `kept_aside` are the files in which what was replaced is kept, from the workspace on; `backup` is the name of the
    backup that was made before anything was changed, empty where there was nothing. `stopped` says that the person
    stopped it before its end.
    """

    restored: tuple[str, ...] = ()
    same: int = 0
    kept_aside: tuple[str, ...] = ()
    refused: tuple[Refused, ...] = ()
    backup: str = ""
    stopped: bool = False
