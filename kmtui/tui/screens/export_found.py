"""Writing lessons that were found to a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kmtui.report.words import capitalised, counted
from kmtui.store.protocol import Hit
from kmtui.tui.actions import bindings
from kmtui.tui.keys import key_for
from kmtui.tui.screens.found import FoundForm
from kmtui.tui.widgets.asker import Asker, Question
from kmtui.workspace.confiding import FoundIn, hits_without, in_hits
from kmtui.workspace.register_export import FOUND_ENDINGS, FoundFormat, export_found, found_file

FORMS: dict[FoundFormat, str] = {
    "markdown": "a page to be read",
    "csv": "a table",
    "json": "data for scripts",
}
"""What lessons can be written as, and how it is called."""


class ExportFoundScreen(FoundForm):
    """Asks where to, and writes. The end of the name decides what is written."""

    HEADING = "Export lessons"
    QUESTIONS = (Question("path", "Write them to", "", required=True, kept=False),)
    KEYS = ("leave", "form", "replace-all")
    BINDINGS = bindings("form")
    HINT = "Enter writes the file."

    def __init__(self, hits: Sequence[Hit], asked: str) -> None:
        """`asked` is what was looked for, and stands in the file."""
        super().__init__()
        self._hits = hits
        self._asked = asked
        self._form: FoundFormat = "markdown"

    def about(self) -> tuple[str, ...]:
        """Return what will be written."""
        others = ", ".join(words for form, words in FORMS.items() if form != self._form)
        what = capitalised(counted(len(self._hits), "lesson", "lessons"))
        return (
            *self.told_of_found(),
            f"{what}, as {FORMS[self._form]}. {key_for(self, 'form')} changes that: {others}.",
            "Owners and what was written stand in it as they were typed.",
        )

    def look(self) -> tuple[FoundIn, ...]:
        """Return what is found in the lessons."""
        return in_hits(self._hits)

    def values(self) -> dict[str, str]:
        """Return a file that is not there yet."""
        return {"path": str(found_file(self.desk.exports, self.desk.tools, self._asked, self._form))}

    def take(self, values: dict[str, str]) -> None:
        """Write the file."""
        path = Path(values["path"].strip()).expanduser()
        ends = {ending: form for form, ending in FOUND_ENDINGS.items()}
        hits = hits_without(self._hits, self.replacing(self._found))
        export_found(self.desk.tools, hits, self._asked, ends.get(path.suffix.lower(), self._form), path)
        self.back_with(f"Written to {path}")

    def action_form(self) -> None:
        """Write it in the next form, into a file that is named after it."""
        forms = list(FORMS)
        self._form = forms[(forms.index(self._form) + 1) % len(forms)]
        self.draw()
        self.query_one(Asker).ask(self.QUESTIONS, self.values())
