"""Teams with their set-ups, each in a file of its own."""

from __future__ import annotations

from pathlib import Path

from kmtui.model.setup import Team
from kmtui.store import layout
from kmtui.store.protocol import Trouble
from kmtui.store.singles import Singles
from kmtui.store.system import System


class Teams:
    """The teams of a workspace. May be used from any thread."""

    def __init__(self, workspace: Path, system: System) -> None:
        self._files = Singles[Team](workspace, layout.TEAMS, "team", "Keep this as a new set-up instead.", system)

    def all(self) -> list[Team]:
        """Return all readable teams in order of the alphabet. Raises StoreError."""
        return sorted(self._files.all(), key=lambda team: (team.name.casefold(), team.name, team.id))

    def save(self, team: Team, before: Team | None) -> None:
        """Put a team in the place of `before`, as it was read; None for a new one.

        Raises:
            ChangedMeanwhile: somebody else has changed it, or made it.
            StoreError: it could not be written, or cannot be read.
        """
        self._files.save(team, before, team.name or team.id)

    def troubles(self) -> list[Trouble]:
        """Return the files of teams that cannot be read. Raises StoreError."""
        return self._files.troubles()
