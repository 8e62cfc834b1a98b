"""Keys in sentences: the key that an action has now, however it was changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kmtui.tui.actions import ACTIONS

if TYPE_CHECKING:
    from kmtui.tui.screens.base import BaseScreen


def key_for(screen: BaseScreen, action_id: str) -> str:
    """Return the key of an action as people read it; the usual one where the action is not offered just now."""
    found = screen.kmtui.keys_of(screen).get(action_id)
    return found[0] if found is not None else ACTIONS[action_id].keys.split(",")[0].title()
