"""What came of taking answers in: how many were kept, and all that was refused."""

from __future__ import annotations

from pathlib import Path

from textual.app import ComposeResult
from textual.widgets import Static

from kmtui.model.survey import Refused
from kmtui.text import clean, file_slug
from kmtui.tui.actions import bindings
from kmtui.tui.safe import parts
from kmtui.tui.screens.base import BaseScreen
from kmtui.tui.screens.taking_in import answers_words, refused_words
from kmtui.tui.widgets.rows import MOST, Row, Rows
from kmtui.workspace.sharing import free_file
from kmtui.workspace.surveys import survey


class TakenScreen(BaseScreen):
    """How many answers were kept, and everything that was refused, with row and reason."""

    KEYS = ("export", "leave")
    BINDINGS = bindings("export")
    CSS = "#sum { height: auto; padding: 0 1; }"

    def __init__(self, survey_id: str, read: int, refused: tuple[Refused, ...], trouble: str) -> None:
        super().__init__()
        self._survey_id = survey_id
        self._read = read
        self._refused = refused
        self._trouble = trouble

    def compose_body(self) -> ComposeResult:
        """Show the sum and what was refused."""
        yield Static(id="sum", markup=False)
        yield Rows(id="refused", focusable=True)

    def arrive(self) -> None:
        """Draw, and say what can be done."""
        super().arrive()
        if self._trouble:
            self.tell(self._trouble, error=True)
        elif self._refused:
            more = f"The first {MOST} are shown. " if len(self._refused) > MOST else ""
            self.tell(f"{more}{self.kmtui.keys_of(self)['export'][0]} writes the list to a file. Nothing else is lost.")
        else:
            self.tell("Everything was read. Esc goes back to the survey.")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer a list only where there is one."""
        return bool(self._refused) if action == "export" else super().check_action(action, parameters)

    def draw(self) -> None:
        """Show both."""
        super().draw()
        self.head("Answers taken in", f"{self._read} kept")
        rest = f" {len(self._refused)} refused:" if self._refused else ""
        self.query_one("#sum", Static).update(parts((f"{answers_words(self._read)} kept.{rest}", "bold")))
        rows = self.query_one(Rows)
        files = len({each.file for each in self._refused}) > 1
        rows.show(
            (
                Row(str(number), parts(f"{Path(each.file).name}, " if files else "", refused_words(each), _whole(each)))
                for number, each in enumerate(self._refused)
            ),
            rows.chosen,
        )
        rows.focus()

    def action_export(self) -> None:
        """Write what was refused to a file."""
        from kmtui.tui.screens.texts import WriteScreen

        text = "".join(f"{Path(each.file).name}, {refused_words(each)}{_whole(each)}\n" for each in self._refused)
        name = file_slug(survey(self.desk.tools, self._survey_id).name)
        path = free_file(self.desk.exports, (name, "refused"), ".txt")
        self.app.push_screen(WriteScreen("What was refused", clean(text), path))


def _whole(refused: Refused) -> str:
    return "" if refused.whole else " (the rest of the row is kept)"
