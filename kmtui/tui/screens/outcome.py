"""What came of taking something in or putting something back: how much, and every sentence about it."""

from __future__ import annotations

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.widgets import Static

from kmtui.text import clean, file_slug, one_line
from kmtui.tui.actions import bindings
from kmtui.tui.keys import key_for
from kmtui.tui.safe import parts, words
from kmtui.tui.screens.base import BaseScreen
from kmtui.tui.widgets.rows import MOST, Row, Rows
from kmtui.workspace.sharing import free_file

Section = tuple[str, Sequence[str]]
"""A heading, and the lines below it."""

POINTED_OUT = "What could identify somebody"
"""Above what was found in something that was taken in, all of which is kept."""


class OutcomeScreen(BaseScreen):
    """A sum, and lists that can be read through and written to a file."""

    KEYS = ("export", "leave")
    BINDINGS = bindings("export")
    CSS = "#sum { height: auto; padding: 0 1; }"

    def __init__(self, heading: str, total: str, sections: Sequence[Section]) -> None:
        super().__init__()
        self._heading = heading
        self._total = total
        self._sections = [(name, lines) for name, lines in sections if lines]

    def compose_body(self) -> ComposeResult:
        """Show the sum and the lists."""
        yield Static(id="sum", markup=False)
        yield Rows(id="lists", focusable=True)

    def arrive(self) -> None:
        """Draw, and say what can be done."""
        super().arrive()
        if not self._sections:
            self.tell(f"{key_for(self, 'leave')} goes back.")
            return
        count = sum(len(lines) for _, lines in self._sections)
        more = f"The first {MOST} lines are shown. " if count + len(self._sections) > MOST else ""
        self.tell(f"{more}{key_for(self, 'export')} writes the list to a file.")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a file only where there is a list."""
        return bool(self._sections) if action == "export" else super().check_action(action, parameters)

    def draw(self) -> None:
        """Show both."""
        super().draw()
        self.head(self._heading)
        self.query_one("#sum", Static).update(words(self._total, "bold"))
        shown = self.query_one(Rows)
        rows: list[Row] = []
        for number, (name, lines) in enumerate(self._sections):
            rows.append(Row("", words(name), heading=True))
            rows += [Row(f"{number}:{place}", parts(f"  {one_line(line)}")) for place, line in enumerate(lines)]
        shown.show(rows, shown.chosen)
        shown.focus()

    def action_export(self) -> None:
        """Write all of it to a file."""
        from kmtui.tui.screens.texts import WriteScreen

        lists = (f"\n{name}\n" + "".join(f"{one_line(line)}\n" for line in lines) for name, lines in self._sections)
        path = free_file(self.desk.exports, (self.desk.tools.today().isoformat(), file_slug(self._heading)), ".txt")
        self.app.push_screen(WriteScreen(self._heading, clean(f"{self._total}\n{''.join(lists)}"), path))
