"""Writing a report or a whole copy to a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kmtui.store.protocol import Record
from kmtui.tui.actions import bindings
from kmtui.tui.screens.begin import FormScreen
from kmtui.tui.widgets.asker import Question
from kmtui.workspace.opened import Opened
from kmtui.workspace.sharing import Format, default_export, export


class ExportScreen(FormScreen):
    """Asks where to, and writes. A name that ends in .json gives the whole record."""

    HEADING = "Export"
    QUESTIONS = (Question("path", "Write it to", "", required=True),)
    KEYS = ("leave", "names")
    BINDINGS = bindings("names")
    HINT = "Enter writes the file."

    def __init__(self, record: Record) -> None:
        super().__init__()
        self._record = record
        self._names = False

    def about(self) -> tuple[str, ...]:
        """Return what will be written."""
        taking_part = "Names of people who took part"
        names = f"{taking_part} are in it." if self._names else f"{taking_part} are left out; owners stand as typed."
        return (
            "A name that ends in .md gives the report, in .json the whole record for another kmtui.",
            f"{names} Ctrl+O changes that.",
        )

    def values(self) -> dict[str, str]:
        """Return a file that is not there yet."""
        return {"path": str(default_export(self.desk.exports, self._record, "markdown"))}

    def take(self, values: dict[str, str]) -> None:
        """Write the file."""
        path = Path(values["path"].strip()).expanduser()
        form: Format = "json" if path.suffix.lower() == ".json" else "markdown"
        export(self.desk.tools, self._record, form, path, with_names=self._names)
        self.back_with(f"Written to {path}")

    def action_names(self) -> None:
        """Put names in, or leave them out."""
        self._names = not self._names
        self.draw()


class SaveElsewhereScreen(FormScreen):
    """Asks for another place, and writes the whole record there."""

    HEADING = "Save a copy elsewhere"
    HINT = "Enter writes the file."
    QUESTIONS = (Question("path", "Write the copy to", "", required=True),)

    def __init__(self, opened: Opened[Any]) -> None:
        super().__init__()
        self._opened = opened

    def about(self) -> tuple[str, ...]:
        """Return what will be written."""
        return ("Everything goes into one file, from which kmtui import reads it back. It holds names too.",)

    def values(self) -> dict[str, str]:
        """Return a file in the home folder that is not there yet."""
        return {"path": str(default_export(Path.home(), self._opened.record, "json"))}

    def take(self, values: dict[str, str]) -> None:
        """Write the file."""
        path = Path(values["path"].strip()).expanduser()
        self._opened.save_elsewhere(path)
        self.back_with(f"A whole copy stands in {path}")
