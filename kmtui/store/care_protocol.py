"""What backups and the doctor do, whatever the records are kept in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from kmtui.model.backup import BackupLine, Refused, Restored
from kmtui.store.problems import Problem

__all__ = ["Backups", "Doctor", "Problem"]


class Backups(Protocol):
    """Copies of the whole workspace."""

    def due(self) -> bool:
        """Say whether there are records, and no backup of this day, which is the local one. Raises StoreError."""
        ...

    def all(self) -> list[BackupLine]:
        """Return all backups, the newest first; those that are cut off too. Raises StoreError."""
        ...

    def make(self, progress: Callable[[int, int], bool] | None = None) -> Path | None:
        """Make a backup and remove those that are too old; return where it is, or None where it was stopped.

        Raises:
            NotFound: there is nothing in the workspace.
            StoreError: it could not be made, or was made without files that could not be read, which are named.
        """
        ...

    def check(self, path: Path) -> list[Refused]:
        """Return what is wrong with a backup, file by file. Raises NotFound, Damaged, StoreError."""
        ...

    def restore(
        self, path: Path, *, deleted: bool = False, progress: Callable[[int, int], bool] | None = None
    ) -> Restored:
        """Put back what is in a backup and missing here or different; what is replaced is kept.

        Raises:
            NotFound, Damaged, StoreError: it is not there or cannot be read. Nothing was changed.
        """
        ...


class Doctor(Protocol):
    """Examines all files of a workspace, and puts right what can be."""

    def check(self, progress: Callable[[int, int], object] | None = None) -> list[Problem]:
        """Return all that is wrong, in the order of the files. Nothing is changed. Raises StoreError."""
        ...

    def repair(self, problems: Sequence[Problem]) -> list[Problem]:
        """Put right what can be, and return what is left, with the reason where something failed."""
        ...
