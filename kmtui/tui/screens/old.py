"""Records that are older than records are kept: each is deleted, or kept another year. Nothing goes by itself."""

from __future__ import annotations

from kmtui.model.base import in_words
from kmtui.model.lines import RecordLine
from kmtui.tui.actions import bindings
from kmtui.tui.keys import key_for
from kmtui.tui.screens.past import PastScreen
from kmtui.tui.widgets.rows import Rows
from kmtui.workspace.retention import a_year_on, keep_until, too_old


class OldScreen(PastScreen):
    """Lists them, the oldest first."""

    KEYS = ("remove", "keep-longer", "undo", "leave")
    BINDINGS = bindings("keep-longer")

    def arrive(self) -> None:
        """Begin with the whole list."""
        super().arrive()
        if self.found:
            keys = f"{key_for(self, 'remove')} deletes one, {key_for(self, 'keep-longer')} keeps it another year."
            self.tell(f"{keys} Nothing is deleted by itself.")

    def heading(self) -> str:
        """Return the heading."""
        years = self.desk.keep_years
        return f"Older than {years} years" if years != 1 else "Older than a year"

    def nothing(self) -> str:
        """Return what is said where there is none."""
        return "No record is older than records are kept, or waits for an answer."

    def lines(self) -> list[RecordLine]:
        """Return the records that are too old."""
        return too_old(self.desk.tools, self.desk.keep_years)

    def action_keep_longer(self) -> None:
        """Keep the chosen record another year."""
        chosen = self.query_one(Rows).chosen
        if chosen is None:
            return
        until = a_year_on(self.desk.tools.today())
        keep_until(self.desk.tools, chosen, until)
        self.draw()
        self.tell(f"Saved. It is asked about again on {in_words(until)}.")
