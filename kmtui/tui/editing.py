"""A set-up while it is changed: every change is on disk before it is shown, and can be taken back."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from kmtui.flow import undo as versions
from kmtui.model.matrix import Matrix
from kmtui.model.setup import LeftOut, SetUp
from kmtui.workspace.setups import TeamSetUp, keep_set_up, matrix_of
from kmtui.workspace.tools import Tools


class SetUpEditing:
    """The set-up that the screens around it change. They show `found` and hold nothing of their own."""

    def __init__(self, tools: Tools, found: TeamSetUp) -> None:
        self._tools = tools
        self._history: versions.History[TeamSetUp] = versions.History()
        self.found = found

    @property
    def setup(self) -> SetUp:
        """The set-up as it is on disk."""
        return self.found.setup

    @property
    def matrix(self) -> Matrix:
        """Its whole matrix. Raises NotFound, WrongContent."""
        return matrix_of(self._tools, self.setup).value

    def change(self, words: str, *, team: str | None = None, **fields: Any) -> bool:
        """Change fields, or whose it is, and put it on disk; return whether anything has changed.

        Raises:
            WrongInput: name or team is empty or taken, or every criterion is left out.
            StoreError: it could not be written; what is on disk is as it was.
        """
        before = self.found
        after = keep_set_up(self._tools, before.team if team is None else team, replace(self.setup, **fields))
        self.found = after
        if after == before:
            return False
        self._history = versions.remember(self._history, before, words)
        return True

    def undo(self) -> str | None:
        """Take the last change back; return words for it, or None where there is nothing to undo."""
        return self._travel(versions.undo(self._history, self.found))

    def redo(self) -> str | None:
        """Make the last undone change again; return words for it, or None."""
        return self._travel(versions.redo(self._history, self.found))

    def _travel(self, went: tuple[versions.History[TeamSetUp], TeamSetUp, str] | None) -> str | None:
        if went is None:
            return None
        history, wanted, words = went
        self.found = keep_set_up(self._tools, wanted.team, wanted.setup)
        self._history = history
        return words

    def leave_out(self, criteria: tuple[str, ...], reason: str) -> bool:
        """Leave criteria out. A reason that was given before stays where none is given now. Raises as `change`."""
        before = {each.criterion: each.reason for each in self.setup.left_out}
        rest = tuple(each for each in self.setup.left_out if each.criterion not in criteria)
        added = tuple(LeftOut(criterion=each, reason=reason or before.get(each, "")) for each in criteria)
        return self.change("criteria left out", left_out=(*rest, *added))

    def take_back(self, criteria: tuple[str, ...]) -> bool:
        """Use criteria that were left out. Raises as `change`."""
        rest = tuple(each for each in self.setup.left_out if each.criterion not in criteria)
        return self.change("criteria taken back", left_out=rest)
