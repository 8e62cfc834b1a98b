"""Ctrl+P: every action of the screen below, found by its name."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider

from kmtui.tui.actions import ACTIONS
from kmtui.tui.safe import words
from kmtui.tui.screens.home import HomeScreen

if TYPE_CHECKING:
    from kmtui.tui.app import KmtuiApp


class ActionsProvider(Provider):
    """Offers the actions whose keys work on the screen below, and the change of colours."""

    def _offers(self) -> list[tuple[str, Callable[[], object]]]:
        offers: dict[str, tuple[str, Callable[[], object]]] = {}
        for active in self.screen.active_bindings.values():
            action = ACTIONS.get(active.binding.id or "")
            if action is None or action.id in ("palette", "choose-previous", "choose-next") or action.id in offers:
                continue
            key = self.app.get_key_display(active.binding)
            name = "screen" if active.node is self.screen else "app"
            run = partial(self._run, name, action.id.replace("-", "_"))
            offers[action.id] = (f"{action.tooltip} ({key})", run)
        offers["theme"] = ("Dark or light colours", partial(self._run, "app", "theme"))
        below = self.screen.offers() if isinstance(self.screen, HomeScreen) else []
        return [*below, *offers.values()]

    async def discover(self) -> Hits:
        """Show everything before anything is typed."""
        for title, run in self._offers():
            yield DiscoveryHit(words(title), run, text=title)

    async def search(self, query: str) -> Hits:
        """Show what matches."""
        matcher = self.matcher(query)
        for title, run in self._offers():
            if (score := matcher.match(title)) > 0:
                yield Hit(score, words(title), run, text=title)

    async def _run(self, name: str, action: str) -> None:
        await self.app.run_action(action, self.screen if name == "screen" else self.app)


def open_palette(app: KmtuiApp) -> None:
    """Open the palette over the present screen."""
    if not isinstance(app.screen, CommandPalette):
        app.push_screen(CommandPalette(providers=[ActionsProvider], placeholder="What do you want to do?"))
