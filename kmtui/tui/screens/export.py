"""Writing a report or a whole copy to a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kmtui.model.assessment import Assessment
from kmtui.model.errors import WrongInput
from kmtui.store.protocol import Record
from kmtui.tui.actions import bindings
from kmtui.tui.keys import key_for
from kmtui.tui.screens.begin import FormScreen
from kmtui.tui.screens.found import FoundForm
from kmtui.tui.widgets.asker import Asker, Question
from kmtui.workspace.confiding import FoundIn, export_without, in_export
from kmtui.workspace.opened import Opened
from kmtui.workspace.sharing import Format, default_export, write_text

FORMS: dict[Format, str] = {
    "markdown": "the report",
    "plan": "the plan",
    "board": "one page for a board",
    "invitations": "invitations to the groups",
    "json": "the whole record for another kmtui",
}
"""What can be written, and how it is called. A session has a report, invitations to its groups, a whole record."""

OF_ASSESSMENTS: tuple[Format, ...] = ("markdown", "plan", "board", "json")


class ExportScreen(FoundForm):
    """Asks where to, and writes. A name that ends in .json gives the whole record."""

    HEADING = "Export"
    QUESTIONS = (Question("path", "Write it to", "", required=True, kept=False),)
    KEYS = ("leave", "form", "replace-all")
    BINDINGS = bindings("names", "form")
    HINT = "Enter writes the file."

    def __init__(self, record: Record, form: Format = "markdown") -> None:
        super().__init__()
        self._record = record
        self._form: Format = form
        self._names = False

    def about(self) -> tuple[str, ...]:
        """Return what will be written."""
        taking_part = "Names of people who took part"
        if self._form == "invitations":
            taking_part = "The people whom they go to"
        shown = self._names or self._form == "invitations"
        names = f"{taking_part} are in it." if shown else f"{taking_part} are left out; owners stand as typed."
        return (
            *self.told_of_found(),
            f"This writes {FORMS[self._form]}. {key_for(self, 'form')} changes that: {self._others()}.",
            f"{names} {key_for(self, 'names')} changes that.",
        )

    def look(self) -> tuple[FoundIn, ...]:
        """Return what is found in what would be written now."""
        return in_export(self.desk.tools, self._record, self._form, with_names=self._names)

    def _forms(self) -> tuple[Format, ...]:
        if isinstance(self._record, Assessment):
            return OF_ASSESSMENTS
        return ("markdown", "invitations", "json") if self._record.groups else ("markdown", "json")

    def _others(self) -> str:
        return ", ".join(FORMS[form] for form in self._forms() if form != self._form)

    def values(self) -> dict[str, str]:
        """Return a file that is not there yet."""
        return {"path": str(default_export(self.desk.exports, self._record, self._form))}

    def take(self, values: dict[str, str]) -> None:
        """Write the file. The end of its name decides between words and the whole record."""
        path = Path(values["path"].strip()).expanduser()
        form: Format = self._form
        if path.suffix.lower() == ".json":
            form = "json"
        elif form == "json":
            form = "markdown"
        tools, record, names = self.desk.tools, self._record, self._names
        found = in_export(tools, record, form, with_names=names)
        if form != self._form and not {each.words for each in found} <= {each.words for each in self._found}:
            self._form = form
            self.look_again()
            self.draw()
            raise WrongInput("In this form there is more that could identify somebody. Enter again writes it.")
        which = self.replacing(found)
        write_text(tools, path, export_without(tools, record, form, which, with_names=names))
        self.back_with(f"Written to {path}")

    def action_names(self) -> None:
        """Put names in, or leave them out."""
        self._names = not self._names
        self.look_again()
        self.draw()

    def action_form(self) -> None:
        """Write it in the next form, into a file that is named after it."""
        forms = self._forms()
        self._form = forms[(forms.index(self._form) + 1) % len(forms)]
        self.look_again()
        self.draw()
        self.query_one(Asker).ask(self.QUESTIONS, self.values())


class SaveElsewhereScreen(FormScreen):
    """Asks for another place, and writes the whole record there."""

    HEADING = "Save a copy elsewhere"
    HINT = "Enter writes the file."
    QUESTIONS = (Question("path", "Write the copy to", "", required=True, kept=False),)

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
