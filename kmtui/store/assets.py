"""Knowledge assets, each in a file of its own."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from kmtui.model.asset import Asset
from kmtui.model.errors import NotFound
from kmtui.store import layout
from kmtui.store.atomic import backup_of, sync_folder, told
from kmtui.store.protocol import Trouble
from kmtui.store.singles import Singles
from kmtui.store.system import System


class FileAssets:
    """The knowledge assets of a workspace. Implements kmtui.store.protocol.Assets; may be used from any thread."""

    def __init__(self, workspace: Path, system: System, begin: Callable[[], None]) -> None:
        """`begin` is called before anything is written."""
        self._system = system
        self._begin = begin
        self._files = Singles[Asset](workspace, layout.ASSETS, "asset", "Make it anew instead.", system)

    def all(self) -> list[Asset]:
        """Return all readable assets in order of the alphabet."""
        return sorted(self._files.all(), key=lambda asset: (asset.title.casefold(), asset.title, asset.id))

    def save(self, asset: Asset, before: Asset | None) -> None:
        """Put an asset in the place of `before`, as it was read; None for a new one."""
        self._begin()
        self._files.save(asset, before, f'"{asset.title}"')

    def remove(self, asset_id: str) -> None:
        """Delete an asset and the generation before for good. What it was linked to stays."""
        path = self._files.path(asset_id)
        if not path.is_file():
            raise NotFound(f"There is no knowledge asset {asset_id}.")
        with told(path, "deleted"):
            for leftover in layout.leftovers(path.parent, asset_id):
                self._system.remove(leftover)
            with suppress(FileNotFoundError):
                self._system.remove(backup_of(path))
            self._system.remove(path)
            sync_folder(self._system, path.parent)

    def troubles(self) -> list[Trouble]:
        """Return the files of assets that cannot be read."""
        return self._files.troubles()
