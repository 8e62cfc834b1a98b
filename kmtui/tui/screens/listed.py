"""A list above a field: lines are chosen with Up and Down while the field stays ready to type."""

from __future__ import annotations

from textual.app import ComposeResult

from kmtui.tui.actions import bindings
from kmtui.tui.screens.base import BaseScreen
from kmtui.tui.widgets.asker import Asker
from kmtui.tui.widgets.rows import Row, Rows


class ListedScreen(BaseScreen):
    """Shows lines and a field. What Enter does with words, and with an empty field, each screen says."""

    BINDINGS = bindings("choose-previous", "choose-next")

    _certain = False  # whether the chosen line was chosen by hand, and nothing was typed since

    def compose_body(self) -> ComposeResult:
        """Show list and field."""
        yield Rows(id="rows")
        yield Asker(id="asker")

    @property
    def chosen(self) -> str:
        """The id of the chosen line, or an empty text."""
        return self.query_one(Rows).chosen or ""

    def show_rows(self, rows: list[Row], chosen: str | None = None) -> None:
        """Show lines with the same one chosen as before, else the first that can be."""
        shown = self.query_one(Rows)
        shown.show(rows, chosen or shown.chosen)
        if shown.chosen is None:
            first = (number for number, row in enumerate(rows) if not row.heading and not row.by_hand)
            shown.highlighted = next(first, None)

    def choose(self, by: int) -> None:
        """Choose the line below (1) or above (-1); at the last and the first one stay there. Screens extend this."""
        self._certain = True
        rows = self.query_one(Rows)
        choices = [row_id for row_id, _ in rows.choices()]
        end = choices[-1 if by > 0 else 0] if choices else None
        if rows.chosen is None or rows.chosen != end:
            rows.choose_next(by)

    def meant(self, would: str) -> bool:
        """Say whether Enter alone is meant for the chosen line; where it may be one too many, say what it `would` do.

        It is meant where the line was chosen by hand, or when Enter comes a second time.
        """
        if not self._certain:
            self._certain = True
            self.tell(f"Enter again: {would}")
            return False
        return True

    def unsure(self) -> None:
        """Ask again before Enter alone does anything: something was entered with it just now."""
        self._certain = False

    def on_asker_refused(self, event: Asker.Refused) -> None:
        """Say why what was typed cannot be taken; it is still in the field."""
        self.tell(event.words, error=True)

    def action_choose_previous(self) -> None:
        """Choose the line above."""
        self.choose(-1)

    def action_choose_next(self) -> None:
        """Choose the line below."""
        self.choose(1)
