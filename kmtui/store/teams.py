"""Teams with their set-ups, each in a file of its own."""

from __future__ import annotations

import threading
from pathlib import Path

from kmtui.model.errors import ChangedMeanwhile, NotFound
from kmtui.model.setup import Team
from kmtui.store import layout
from kmtui.store.atomic import BACKUP
from kmtui.store.protocol import Trouble
from kmtui.store.records import RecordFile, has_backup
from kmtui.store.shelf import Shelf
from kmtui.store.system import System


class Teams:
    """The teams of a workspace. May be used from any thread."""

    def __init__(self, workspace: Path, system: System) -> None:
        self._workspace = workspace
        self._system = system
        self._mutex = threading.Lock()
        self._shelf = Shelf[Team](workspace / layout.TEAMS, "team", system)

    def all(self) -> list[Team]:
        """Return all readable teams in order of the alphabet. Raises StoreError."""
        with self._mutex:
            teams, _ = self._shelf.look()
            return sorted(teams, key=lambda team: (team.name.casefold(), team.name, team.id))

    def save(self, team: Team, before: Team | None) -> None:
        """Put a team in the place of `before`, as it was read; None for a new one.

        Raises:
            ChangedMeanwhile: somebody else has changed it, or made it.
            StoreError: it could not be written, or cannot be read.
        """
        with self._mutex:
            file = RecordFile[Team](layout.team_path(self._workspace, team.id), "team", team.id, self._system)
            if before is None:
                file.create(team)
                return
            # Where the saving before failed in its last step, what is on disk is what shall be there.
            if _loaded(file, team) not in (before, team):
                raise ChangedMeanwhile(
                    f"What is kept of {team.name or team.id} was changed in another window or by somebody else "
                    "meanwhile. Nothing was overwritten. Look at it again, then make your change there."
                )
            file.save(team)

    def troubles(self) -> list[Trouble]:
        """Return the files of teams that cannot be read. Raises StoreError."""
        with self._mutex:
            _, errors = self._shelf.look()
            return [self._trouble(team_id, error) for team_id, error in errors.items()]

    def _trouble(self, team_id: str, error: str) -> Trouble:
        path = layout.team_path(self._workspace, team_id)
        hint = ""
        if has_backup(path, "team", team_id, self._system):
            hint = f" The version before is in {path.name}{BACKUP}: give that the name {path.name} to go on with it."
        return Trouble(id="", file=f"{layout.TEAMS}/{path.name}", message=f"{error}{hint}", backup=False)


def _loaded(file: RecordFile[Team], team: Team) -> Team:
    try:
        return file.load()
    except NotFound:
        raise ChangedMeanwhile(
            f"The file of {team.name or team.id} is not there any more: somebody has deleted or moved it. "
            "Nothing was written. Keep this as a new set-up instead."
        ) from None
