"""Writing the card of a technique to a file, as a page to hand out."""

from __future__ import annotations

from pathlib import Path

from kmtui.model.technique import Technique
from kmtui.tui.actions import bindings
from kmtui.tui.keys import key_for
from kmtui.tui.screens.begin import FormScreen
from kmtui.tui.widgets.asker import Asker, Question
from kmtui.workspace.cards import default_card, write_card


class HandOutScreen(FormScreen):
    """Asks where to, and writes. All forms stand side by side, unless one of them is asked for."""

    HEADING = "Hand-out"
    QUESTIONS = (Question("path", "Write it to", "", required=True, kept=False),)
    KEYS = ("leave", "form")
    BINDINGS = bindings("form")
    HINT = "Enter writes the file."

    def __init__(self, technique: Technique) -> None:
        super().__init__()
        self._technique = technique
        self._forms: list[str | None] = [None]  # None is all of them; what is written now comes first
        if len(technique.variants) > 1:
            self._forms += [each.id for each in technique.variants]

    def about(self) -> tuple[str, ...]:
        """Return what will be written."""
        what = f"This writes the card of {self._technique.name} as Markdown, about a page to hand out"
        if len(self._forms) == 1:
            return (f"{what}.",)
        changes = f"{key_for(self, 'form')} changes that: {self._named(self._forms[1])}."
        return (f"{what}: {self._named(self._forms[0])}.", changes)

    def _named(self, form: str | None) -> str:
        found = self._technique.variant(form) if form is not None else None
        return found.name if found is not None else "all forms side by side"

    def values(self) -> dict[str, str]:
        """Return a file that is not there yet."""
        return {"path": str(default_card(self.desk.exports, self._technique, self._forms[0]))}

    def take(self, values: dict[str, str]) -> None:
        """Write the file."""
        path = Path(values["path"].strip()).expanduser()
        write_card(self.desk.tools, self._technique, path, self._forms[0])
        self.back_with(f"Written to {path}")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the other forms only where there are some."""
        return len(self._forms) > 1 if action == "form" else super().check_action(action, parameters)

    def action_form(self) -> None:
        """Write it in the next form, into a file that is named after it."""
        self._forms = [*self._forms[1:], self._forms[0]]
        self.draw()
        self.query_one(Asker).ask(self.QUESTIONS, self.values())
