"""Shown when somebody quits and the last words could not be saved."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.widgets import Static

from kmtui.model.errors import KmtuiError
from kmtui.tui.actions import bindings
from kmtui.tui.safe import lines, words
from kmtui.tui.screens.base import BaseScreen


class UnsavedScreen(BaseScreen):
    """Offers to try again, to save elsewhere, or to go back."""

    KEYS = ("save-elsewhere", "next", "leave")
    BINDINGS = bindings("save-elsewhere", "next")
    CSS = "#why { padding: 1; height: auto; }"

    def __init__(self, why: str) -> None:
        super().__init__()
        self._why = why

    def compose_body(self) -> ComposeResult:
        """Show why."""
        yield Static(id="why", markup=False)

    def draw(self) -> None:
        """Show why it was not saved and what can be done."""
        super().draw()
        self.head("Not saved yet")
        self.query_one("#why", Static).update(
            lines(
                words(self._why),
                words("Your words are still here. F9 saves them in another place, F8 tries again, Esc goes back."),
            )
        )

    def action_save_elsewhere(self) -> None:
        """Ask for another place."""
        from kmtui.tui.screens.export import SaveElsewhereScreen

        if self.kmtui.opened is not None:
            self.app.push_screen(SaveElsewhereScreen(self.kmtui.opened))

    def action_next(self) -> None:
        """Try again, and leave if it works."""
        try:
            self.kmtui.close_opened()
        except KmtuiError as error:
            self.tell(str(error), error=True)
            return
        self.app.exit()
