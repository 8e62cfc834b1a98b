"""F1: what the keys do on the screen below, made from its bindings."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from kmtui.tui.actions import ACTIONS, bindings
from kmtui.tui.safe import lines, parts
from kmtui.tui.screens.base import BaseScreen

TYPING = (
    ("Enter", "Take the words in the field and go on"),
    ("Ctrl+J", "A new line within the words"),
    ("Up, Down", "Choose a line of the list"),
    ("Page Up, Page Down", "Scroll"),
)


class HelpScreen(BaseScreen):
    """A list of keys with words; Esc goes back."""

    CSS = "#keys-list { padding: 0 1; } #keys-list Static { height: auto; }"
    BINDINGS = bindings("leave")

    def __init__(self, below: Screen[Any]) -> None:
        super().__init__()
        self._below = below

    def compose_body(self) -> ComposeResult:
        """Show the list."""
        with VerticalScroll(id="keys-list"):
            yield Static(id="list", markup=False)

    def draw(self) -> None:
        """Show all actions of the screen below with the keys they have now."""
        super().draw()
        self.head("What the keys do here")
        keys = self.kmtui.keys_of(self._below)
        rows: list[tuple[str, str]] = [(key, ACTIONS[action].tooltip) for action, (key, _) in keys.items()]
        shown: list[Content] = [
            parts((f"{key:<12}", "bold $primary"), " ", meaning) for key, meaning in (*rows, *TYPING)
        ]
        shown += [parts(""), parts(("Everything is saved as you type it. Nothing leaves this machine.", "$muted"))]
        self.query_one("#list", Static).update(lines(*shown))
        self.query_one("#keys-list").focus()
        self.tell("Esc goes back.")
