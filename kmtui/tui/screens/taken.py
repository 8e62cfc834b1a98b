"""What came of taking answers in: how many were kept, all that was refused, and what was not used."""

from __future__ import annotations

from pathlib import Path

from textual.app import ComposeResult
from textual.widgets import Static

from kmtui.model.survey import Refused
from kmtui.text import clean, file_slug
from kmtui.tui.actions import bindings
from kmtui.tui.safe import parts, words
from kmtui.tui.screens.base import BaseScreen
from kmtui.tui.screens.file_rows import answers_words, refused_words
from kmtui.tui.widgets.rows import MOST, Row, Rows
from kmtui.workspace.sharing import free_file
from kmtui.workspace.surveys import survey


class TakenScreen(BaseScreen):
    """How many answers were kept, and everything that was refused, with row and reason."""

    KEYS = ("export", "leave")
    BINDINGS = bindings("export")
    CSS = "#sum { height: auto; padding: 0 1; }"

    def __init__(self, survey_id: str, read: int, refused: tuple[Refused, ...], unused: tuple[str, ...] = ()) -> None:
        """`unused` are the names of columns of which nothing was kept."""
        super().__init__()
        self._survey_id = survey_id
        self._read = read
        self._refused = refused
        self._unused = unused

    def compose_body(self) -> ComposeResult:
        """Show the sum and what was refused."""
        yield Static(id="sum", markup=False)
        yield Rows(id="refused", focusable=True)

    def arrive(self) -> None:
        """Draw, and say what can be done."""
        super().arrive()
        if self._refused or self._unused:
            more = f"The first {MOST} are shown. " if len(self._refused) + len(self._unused) > MOST else ""
            rest = "" if self._unused else " Nothing else is lost."
            self.tell(f"{more}{self.kmtui.keys_of(self)['export'][0]} writes the list to a file.{rest}")
        else:
            self.tell("Everything was read. Esc goes back to the survey.")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a list only where there is one."""
        listed = bool(self._refused or self._unused)
        return listed if action == "export" else super().check_action(action, parameters)

    def draw(self) -> None:
        """Show both."""
        super().draw()
        self.head("Answers taken in", f"{self._read} kept")
        told = [f"{answers_words(self._read)} kept."]
        told += [f"{len(self._refused)} refused."] if self._refused else []
        told += [f"{_columns(len(self._unused))} not used."] if self._unused else []
        self.query_one("#sum", Static).update(parts((" ".join(told), "bold")))
        rows = self.query_one(Rows)
        rows.show(self._rows(), rows.chosen)
        rows.focus()

    def _rows(self) -> list[Row]:
        files = len({each.file for each in self._refused}) > 1
        rows = [Row("", words("What was refused"), heading=True)] if self._refused else []
        rows += [
            Row(str(number), parts(f"  {Path(each.file).name}, " if files else "  ", refused_words(each), _whole(each)))
            for number, each in enumerate(self._refused)
        ]
        rows += [Row("", words("Columns that were not used"), heading=True)] if self._unused else []
        return rows + [Row(f"unused:{number}", parts(f"  {name}")) for number, name in enumerate(self._unused)]

    def action_export(self) -> None:
        """Write what was refused, and what was not used, to a file."""
        from kmtui.tui.screens.texts import WriteScreen

        text = "".join(f"{Path(each.file).name}, {refused_words(each)}{_whole(each)}\n" for each in self._refused)
        text += "".join(f"Column not used: {name}\n" for name in self._unused)
        name = file_slug(survey(self.desk.tools, self._survey_id).name)
        path = free_file(self.desk.exports, (name, "refused"), ".txt")
        self.app.push_screen(WriteScreen("What was refused or not used", clean(text), path))


def _columns(count: int) -> str:
    return "1 column was" if count == 1 else f"{count} columns were"


def _whole(refused: Refused) -> str:
    return "" if refused.whole else " (the rest of the row is kept)"
