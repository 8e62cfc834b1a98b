"""A text to be sent round, as it would be read, with writing it to a file one key away."""

from __future__ import annotations

from pathlib import Path

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from kmtui.tui.actions import bindings
from kmtui.tui.reading import as_read
from kmtui.tui.safe import words
from kmtui.tui.screens.base import BaseScreen
from kmtui.tui.screens.found import FoundForm
from kmtui.tui.screens.report import without_front_matter
from kmtui.tui.widgets.asker import Question
from kmtui.workspace.confiding import FoundIn, in_text, text_without
from kmtui.workspace.sharing import write_text


class TextScreen(BaseScreen):
    """Shows a text; `path` is the file that is offered for it, and its ending says whether it is Markdown."""

    KEYS = ("export", "leave")
    BINDINGS = bindings("export")
    CSS = """
    #text-to-read { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    #text-to-read Static { height: auto; }
    """

    def __init__(self, heading: str, text: str, path: Path) -> None:
        super().__init__()
        self._heading = heading
        self._text = text
        self._path = path

    def compose_body(self) -> ComposeResult:
        """Show the text."""
        with VerticalScroll(id="text-to-read"):
            yield Static(id="text", markup=False)

    def arrive(self) -> None:
        """Draw, and say how it gets into a file."""
        super().arrive()
        self.tell(f"{self.kmtui.keys_of(self)['export'][0]} writes this to a file.")

    def draw(self) -> None:
        """Show the text as it would be read."""
        super().draw()
        self.head(self._heading)
        markdown = self._path.suffix == ".md"
        self.query_one("#text", Static).update(
            as_read(without_front_matter(self._text)) if markdown else words(self._text)
        )
        self.query_one("#text-to-read").focus()

    def action_export(self) -> None:
        """Ask for a file, and write the text to it."""
        self.app.push_screen(WriteScreen(self._heading, self._text, self._path))


class WriteScreen(FoundForm):
    """Asks where to, and writes a text."""

    HINT = "Enter writes the file."
    QUESTIONS = (Question("path", "Write it to", "", required=True, kept=False),)

    def __init__(self, heading: str, text: str, path: Path) -> None:
        super().__init__()
        self.HEADING = heading
        self._text = text
        self._path = path

    def about(self) -> tuple[str, ...]:
        """Return what was found in it."""
        return self.told_of_found()

    def look(self) -> tuple[FoundIn, ...]:
        """Return what is found in the text."""
        return in_text(self._text)

    def values(self) -> dict[str, str]:
        """Return the file that is offered."""
        return {"path": str(self._path)}

    def take(self, values: dict[str, str]) -> None:
        """Write the file."""
        path = Path(values["path"].strip()).expanduser()
        write_text(self.desk.tools, path, text_without(self._text, self.replacing(self._found)))
        self.back_with(f"Written to {path}")
