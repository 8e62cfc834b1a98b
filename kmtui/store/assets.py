"""Knowledge assets, each in a file of its own."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from kmtui.model.asset import Asset
from kmtui.model.errors import NotFound
from kmtui.store import layout
from kmtui.store.atomic import backup_of, sync_folder, told
from kmtui.store.format import make_workspace
from kmtui.store.protocol import Trouble
from kmtui.store.singles import Singles
from kmtui.store.system import System


class FileAssets:
    """The knowledge assets of a workspace. Implements kmtui.store.protocol.Assets; may be used from any thread."""

    def __init__(self, workspace: Path, system: System, forget: Callable[[str], str]) -> None:
        """`forget` takes an id out of the backups, and says why something of it may still be there."""
        self._workspace = workspace
        self._system = system
        self._forget = forget
        self._files = Singles[Asset](workspace, layout.ASSETS, "asset", "Make it anew instead.", system)

    def all(self) -> list[Asset]:
        """Return all readable assets in order of the alphabet."""
        return sorted(self._files.all(), key=lambda asset: (asset.title.casefold(), asset.title, asset.id))

    def save(self, asset: Asset, before: Asset | None) -> None:
        """Put an asset in the place of `before`, as it was read; None for a new one."""
        make_workspace(self._workspace, self._system)
        self._files.save(asset, before, f'"{asset.title}"')

    def remove(self, asset_id: str) -> str:
        """Delete an asset for good, with all that was kept of it; return where something of it may still be.

        What it was linked to stays.
        """
        path = self._files.path(asset_id)
        if not path.is_file():
            raise NotFound(f"There is no knowledge asset {asset_id}.")
        with told(path, "deleted"):
            for leftover in layout.leftovers(path.parent, asset_id):
                self._system.remove(leftover)
            for each in (backup_of(path), *layout.set_aside(self._workspace, asset_id)):
                with suppress(FileNotFoundError):
                    self._system.remove(each)
                    sync_folder(self._system, each.parent)
            self._system.remove(path)
            sync_folder(self._system, path.parent)
        return self._forget(asset_id)

    def troubles(self) -> list[Trouble]:
        """Return the files of assets that cannot be read."""
        return self._files.troubles()
