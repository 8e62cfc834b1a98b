"""The first start: what kmtui does, where files lie, and whether plain text is wanted."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import OptionList, Static

from kmtui.model.errors import KmtuiError
from kmtui.tui.run import PLAIN_WANTED
from kmtui.tui.safe import lines, parts, words
from kmtui.tui.screens.base import BaseScreen
from kmtui.tui.widgets.rows import Row, Rows
from kmtui.workspace.settings import write_first_settings


class FirstScreen(BaseScreen):
    """Three lines and one choice."""

    CSS = "#welcome { padding: 0 1; height: auto; } #choices { height: auto; max-height: 4; }"

    def compose_body(self) -> ComposeResult:
        """Show lines and choice."""
        with VerticalScroll(can_focus=False):
            yield Static(id="welcome", markup=False)
        yield Rows(id="choices", focusable=True)

    def draw(self) -> None:
        """Show what there is to know."""
        super().draw()
        self.head("Welcome to kmtui")
        self.query_one("#welcome", Static).update(
            lines(
                words("Run a review with a team, assess where it stands, and share what you learned."),
                words(f"Everything you type is kept in {self.desk.folder} and stays on this machine."),
                words("It is not an incident-reporting system: report incidents in the usual way."),
            )
        )
        rows = [
            Row("screens", parts(("Use these screens", "bold"))),
            Row("plain", parts(("Use plain text", "bold"), ", line by line, for a screen reader")),
        ]
        self.query_one(Rows).show(rows, self.query_one(Rows).chosen)
        self.query_one(Rows).focus()

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        plain = self.query_one(Rows).chosen == "plain"
        try:
            write_first_settings(self.kmtui.settings.file, plain=plain)
        except KmtuiError as error:
            self.tell(str(error), error=True)
        if plain:
            self.app.exit(PLAIN_WANTED)
        else:
            self.app.pop_screen()
