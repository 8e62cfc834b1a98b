"""The parking list: what matters and belongs elsewhere."""

from __future__ import annotations

from typing import Any

from textual.app import ComposeResult

from kmtui.model.errors import KmtuiError
from kmtui.tui.actions import bindings
from kmtui.tui.safe import words
from kmtui.tui.screens.base import BaseScreen
from kmtui.tui.widgets.asker import Asker, Question
from kmtui.tui.widgets.rows import Row, Rows
from kmtui.workspace.opened import Opened

DRAFT = "parked.text"


class ParkedScreen(BaseScreen):
    """Shows and changes the parking list of a record that is open."""

    KEYS = ("leave", "remove", "undo")
    BINDINGS = bindings("choose-previous", "choose-next", "edit", "remove", "undo")

    def __init__(self, opened: Opened[Any]) -> None:
        super().__init__()
        self._opened = opened

    def compose_body(self) -> ComposeResult:
        """Show list and field."""
        yield Rows(id="rows")
        yield Asker(id="asker")

    def arrive(self) -> None:
        """Begin the form."""
        super().arrive()
        self.query_one(Asker).ask(
            (Question("text", "Park this", "For another time", required=True),),
            {"text": self._opened.record.drafts.get(DRAFT, "")},
        )

    def draw(self) -> None:
        """Show what is parked."""
        super().draw()
        self.head("Parked for another time")
        rows = [Row(str(number), words(text)) for number, text in enumerate(self._opened.record.parked)]
        self.query_one(Rows).show(rows, self.query_one(Rows).chosen)
        if not rows:
            self.tell("Nothing is parked yet. Type a matter that belongs elsewhere, and press Enter.")

    def on_asker_answered(self, event: Asker.Answered) -> None:
        """Park the words."""
        self._opened.draft(DRAFT, "")
        try:
            self._opened.park(event.values["text"])
        except KmtuiError as error:
            self.tell(str(error), error=True)
        self.draw()

    def on_asker_typed(self, event: Asker.Typed) -> None:
        """Keep half-typed words."""
        self._opened.draft(DRAFT, event.text)

    def on_asker_refused(self, event: Asker.Refused) -> None:
        """Say why it cannot be parked."""
        self.tell(event.words, error=True)

    def action_choose_previous(self) -> None:
        """Choose the line above."""
        self.query_one(Rows).choose_next(-1)

    def action_choose_next(self) -> None:
        """Choose the line below."""
        self.query_one(Rows).choose_next(1)

    def action_edit(self) -> None:
        """Take the chosen matter off the list and into the field."""
        chosen = self.query_one(Rows).chosen or self.query_one(Rows).last
        if chosen is not None:
            text = self._opened.record.parked[int(chosen)]
            self._opened.unpark(int(chosen))
            self.draw()
            self.query_one(Asker).field.fill(text)
            self._opened.draft(DRAFT, text)

    def action_remove(self) -> None:
        """Take the chosen matter off the list."""
        chosen = self.query_one(Rows).chosen
        if chosen is None:
            self.tell("Choose a line with Up and Down first.")
            return
        self._opened.unpark(int(chosen))
        self.draw()

    def action_undo(self) -> None:
        """Take the last change back."""
        told = self._opened.undo()
        self.draw()
        self.tell("Nothing to undo." if told is None else f"Taken back: {told}.")
