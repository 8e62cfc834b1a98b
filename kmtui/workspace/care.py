"""Care of what is kept: the daily backup, putting one back, examining the files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kmtui.model.backup import BackupLine, Restored
from kmtui.model.errors import StoreError
from kmtui.store.protocol import Problem
from kmtui.workspace import log
from kmtui.workspace.tools import Tools

Progress = Callable[[int, int], bool]


def back_up(tools: Tools, progress: Progress | None = None) -> Path | None:
    """Make a backup now and return where it is; None where it was stopped. Raises NotFound, StoreError."""
    path = tools.store.backups.make(progress)
    log.note("backup", made=path is not None)
    return path


def back_up_once_a_day(tools: Tools, progress: Progress | None = None) -> str:
    """Make the backup of this day if there is none yet, and return what went wrong, or an empty text."""
    try:
        if tools.store.backups.due():
            back_up(tools, progress)
    except StoreError as error:
        return f"There is no backup of today: {error}"
    return ""


def backups(tools: Tools) -> list[BackupLine]:
    """Return all backups, the newest first. Raises StoreError."""
    return tools.store.backups.all()


def put_back(tools: Tools, path: Path, *, deleted: bool = False, progress: Progress | None = None) -> Restored:
    """Put back what is missing or different of a backup; what is replaced is kept aside, and backed up before.

    Args:
        tools: what use cases need.
        path: of a backup anywhere, or its name among the backups.
        deleted: whether what was deleted here comes back too.
        progress: told how many of how many files are done; says whether to go on.

    Raises:
        NotFound, Damaged, StoreError: there is no such backup, or it cannot be read. Nothing was changed.
    """
    restored = tools.store.backups.restore(path, deleted=deleted, progress=progress)
    tools.store.register.look()
    log.note("restore backup", files=len(restored.restored))
    return restored


def examine(tools: Tools, progress: Callable[[int, int], object] | None = None) -> list[Problem]:
    """Return all that is wrong with the files, in their order. Nothing is changed of them. Raises StoreError.

    An index of lessons that does not fit them, since its own file was damaged, is made anew.
    """
    found = tools.store.doctor().check(progress)
    tools.store.register.check_index()
    return found


def repair(tools: Tools, problems: list[Problem]) -> list[Problem]:
    """Put right what can be, and return what is left. Whatever is replaced is kept in the quarantine."""
    left = tools.store.doctor().repair(problems)
    tools.store.register.look()
    log.note("repair", asked=len(problems), left=len(left))
    return left
