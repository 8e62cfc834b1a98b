"""Things that are read whole and saved whole, each in a file of its own that is named by its id: teams, assets."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any, Generic

from kmtui.model.errors import ChangedMeanwhile, NotFound
from kmtui.store import layout
from kmtui.store.atomic import BACKUP
from kmtui.store.protocol import Trouble
from kmtui.store.records import Filed, FileKind, RecordFile, has_backup
from kmtui.store.shelf import Shelf
from kmtui.store.system import System


class Singles(Generic[Filed]):
    """The files of one kind in one folder of the workspace. May be used from any thread."""

    def __init__(self, workspace: Path, folder: str, kind: FileKind, instead: str, system: System) -> None:
        """`instead` says what to do with what was changed where its file has gone."""
        self._folder = workspace / folder
        self._name = folder
        self._kind: FileKind = kind
        self._instead = instead
        self._system = system
        self._mutex = threading.Lock()
        self._shelf: Shelf[Any] = Shelf(self._folder, kind, system)

    def all(self) -> list[Filed]:
        """Return all that can be read, in order of the ids. Raises StoreError."""
        with self._mutex:
            found: list[Filed] = self._shelf.look()[0]
            return found

    def save(self, value: Filed, before: Filed | None, name: str) -> None:
        """Put a value in the place of `before`, as it was read; None for a new one. `name` is what people call it.

        Raises:
            ChangedMeanwhile: somebody else has changed it, or made it.
            StoreError: it could not be written, or cannot be read.
        """
        with self._mutex:
            file = RecordFile[Filed](self.path(value.id), self._kind, value.id, self._system)
            if before is None:
                file.create(value)
                return
            # Where the saving before failed in its last step, what is on disk is what shall be there.
            if self._loaded(file, name) not in (before, value):
                raise ChangedMeanwhile(
                    f"What is kept of {name} was changed in another window or by somebody else "
                    "meanwhile. Nothing was overwritten. Look at it again, then make your change there."
                )
            file.save(value)

    def path(self, value_id: str) -> Path:
        """Return the file of an id. Raises StoreError where it is none."""
        return self._folder / f"{layout.checked(value_id)}.json"

    def troubles(self) -> list[Trouble]:
        """Return the files that cannot be read. Raises StoreError."""
        with self._mutex:
            return [self._trouble(value_id, error) for value_id, error in self._shelf.look()[1].items()]

    def _loaded(self, file: RecordFile[Filed], name: str) -> Filed:
        try:
            return file.load()
        except NotFound:
            raise ChangedMeanwhile(
                f"The file of {name} is not there any more: somebody has deleted or moved it. "
                f"Nothing was written. {self._instead}"
            ) from None

    def _trouble(self, value_id: str, error: str) -> Trouble:
        path = self.path(value_id)
        hint = ""
        if has_backup(path, self._kind, value_id, self._system):
            hint = f" The version before is in {path.name}{BACKUP}: give that the name {path.name} to go on with it."
        return Trouble(id="", file=f"{self._name}/{path.name}", message=f"{error}{hint}", backup=False)
