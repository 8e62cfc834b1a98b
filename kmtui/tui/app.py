"""The app: a router between screens. It knows no session and no assessment."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, Any

from textual.app import App
from textual.binding import Binding
from textual.screen import Screen

from kmtui.model.errors import KmtuiError
from kmtui.tui.actions import ACTIONS, Action
from kmtui.tui.themes import DARK, LIGHT, THEMES, without_colour

if TYPE_CHECKING:
    from kmtui.tui.unanswered import Unanswered
    from kmtui.workspace.confiding import Decided
    from kmtui.workspace.desk import Desk
    from kmtui.workspace.opened import Opened
    from kmtui.workspace.settings import Settings
    from kmtui.workspace.start import Start

CRASHED = 5
"""What the program ends with after a fault in it."""


def _always(action_id: str) -> Binding:
    action: Action = ACTIONS[action_id]
    return Binding(
        action.keys,
        action_id,
        action.words,
        tooltip=action.tooltip,
        show=False,
        id=action_id,
        priority=action_id == "quit",
    )


class KmtuiApp(App[str]):
    """Shows screens. `opened` holds what is being worked on, so that it is saved however the app ends."""

    TITLE = "kmtui"
    ENABLE_COMMAND_PALETTE = False  # ours is opened by an action of our own, so that its key can be changed
    BINDINGS = [_always("help"), _always("palette"), _always("quit")]
    CSS = """
    Screen { background: $background; color: $foreground; }
    CommandPalette { background: $background; }
    CommandPalette #--container { background: $background; }
    CommandPalette #--input, CommandPalette CommandList { border: none; border-bottom: solid $line; }
    CommandPalette SearchIcon { display: none; }
    Input > .input--placeholder, Input > .input--suggestion { color: $muted; }
    #top { height: 1; background: $panel; padding: 0 1; }
    #heading { width: 1fr; height: 1; text-style: bold; color: $foreground; }
    #aside { width: auto; height: 1; color: $foreground; padding: 0 0 0 1; }
    #told { height: auto; min-height: 1; max-height: 4; padding: 0 1; color: $muted; background: $background; }
    #told.-error { color: $error; text-style: bold; }
    #keys { height: 1; padding: 0 1; background: $panel; color: $foreground; }
        """

    def __init__(self, open_desk: Callable[[], Desk], settings: Settings, start: Start) -> None:
        """`open_desk` is called when the first frame stands: what the desk needs takes as long to load as Textual."""
        self._no_colour = os.environ.pop("NO_COLOR", None) is not None  # Textual would make greys of it
        super().__init__()
        self._open_desk = open_desk
        self.settings = settings
        self.start = start
        self.opened: Opened | None = None  # type: ignore[type-arg]
        self.fault: Exception | None = None
        self._told_once: tuple[Screen[Any], str] | None = None  # what cannot be kept, told when somebody quits
        theme = without_colour() if self._no_colour else THEMES[settings.theme or "dark"]
        for each in (DARK, LIGHT, theme):
            self.register_theme(each)
        self.theme = theme.name
        self.animation_level = "none"

    @cached_property
    def desk(self) -> Desk:
        """The desk of the workspace."""
        return self._open_desk()

    @cached_property
    def unanswered(self) -> Unanswered:
        """What stands in forms and was not entered."""
        from kmtui.tui.unanswered import Unanswered

        return Unanswered(lambda: self.desk)

    @cached_property
    def decided(self) -> Decided:
        """What people have decided to keep though it may tell who somebody is."""
        from kmtui.workspace.confiding import Decided

        return Decided()

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return our own variables for the moment before our theme is set."""
        return dict(DARK.variables)

    def on_mount(self) -> None:
        """Draw the first screen."""
        from kmtui.tui.screens.home import HomeScreen

        self.listen()
        known = {key: value for key, value in self.settings.keys.items() if key in ACTIONS}
        self.set_keymap(known)
        self.push_screen(HomeScreen(self.start))

    def listen(self) -> None:
        """Listen to signals, where the app runs in a real terminal."""

    # What every screen may ask for

    def keys_of(self, screen: Screen[Any]) -> dict[str, tuple[str, str]]:
        """Return the keys that work on a screen now: by action id, the key as people read it, and the words."""
        found: dict[str, tuple[str, str]] = {}
        for active in screen.active_bindings.values():
            action_id = active.binding.id or ""
            if action_id in ACTIONS and action_id not in found and active.enabled:
                found[action_id] = (self.get_key_display(active.binding), ACTIONS[action_id].words)
        return found

    def get_key_display(self, binding: Binding) -> str:
        """Return a key as it stands on a keyboard."""
        names = {"escape": "Esc", "delete": "Del", "up": "Up", "down": "Down", "enter": "Enter"}
        return "+".join(
            names.get(part, part.upper() if len(part) <= 3 and part[0] == "f" else part.capitalize())
            for part in binding.key.split("+")
        )

    def action_help(self) -> None:
        """Show what the keys do here."""
        from kmtui.tui.screens.help import HelpScreen

        if not isinstance(self.screen, HelpScreen):
            self.push_screen(HelpScreen(self.screen))

    def action_palette(self) -> None:
        """Find any action by its name."""
        from kmtui.tui.palette import open_palette

        open_palette(self)

    async def action_quit(self) -> None:
        """Keep what was typed, save and leave. What cannot be kept is told once; asked again, the program ends."""
        if self._cannot_keep():
            return
        try:
            self.close_opened()
        except KmtuiError as error:
            from kmtui.tui.screens.unsaved import UnsavedScreen

            self.push_screen(UnsavedScreen(str(error)))
            return
        self.exit()

    def _cannot_keep(self) -> bool:
        """Have every screen keep what was typed there; say whether to stay, since one cannot, for the first time."""
        from kmtui.tui.screens.base import BaseScreen

        for screen in reversed(self.screen_stack):
            if not isinstance(screen, BaseScreen):
                continue
            try:
                why = screen.flush()
            except KmtuiError as error:
                why = str(error)
            if why and self._told_once != (screen, why):
                self._told_once = (screen, why)
                shown = self.screen if isinstance(self.screen, BaseScreen) else screen
                shown.tell(f"{why} {self._quit_key()} once more leaves without it.", error=True)
                return True
        return False

    def _quit_key(self) -> str:
        found = self.keys_of(self.screen).get("quit")
        return found[0] if found is not None else "Quit"

    def action_theme(self) -> None:
        """Change between dark and light."""
        if not self._no_colour:
            self.theme = LIGHT.name if self.theme == DARK.name else DARK.name

    def close_opened(self) -> None:
        """Save what is being worked on and give it back. Raises StoreError if it cannot be saved."""
        if self.opened is not None:
            self.opened.close()
            self.opened = None

    # A fault in the program

    def _handle_exception(self, error: Exception) -> None:
        """End without printing anyone's notes: Textual's own way shows local variables and ends with 0.

        There is no public way to do this in Textual 8.2; a test in a real terminal holds it.
        """
        from kmtui.workspace.log import note_fault

        self._return_code = CRASHED
        if self.fault is None:
            self.fault = error
            self._exception = error
            self._exception_event.set()
            note_fault(error)
        self._close_messages_no_wait()
