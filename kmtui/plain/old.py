"""Records that are older than records are kept, in plain text: each is deleted, or kept another year."""

from __future__ import annotations

from kmtui.model.base import in_words
from kmtui.model.lines import RecordLine
from kmtui.plain.lists import record_line
from kmtui.plain.menu import Choice, Menu
from kmtui.plain.past import Past
from kmtui.workspace.desk import Desk
from kmtui.workspace.retention import a_year_on, keep_until, old_words, too_old


class OldTalk:
    """The conversation about them. Nothing is deleted by itself."""

    def __init__(self, menu: Menu, desk: Desk, past: Past) -> None:
        self.menu = menu
        self.say = menu.say
        self.desk = desk
        self._past = past

    def words(self, count: int) -> str:
        """Return that there are so many."""
        return f"{old_words(count, self.desk.keep_years or 0)}: look at them"

    def run(self) -> None:
        """Read them out, the oldest first, and ask what becomes of the one that is chosen, until Enter goes back."""
        while True:
            lines = too_old(self.desk.tools, self.desk.keep_years)
            if not lines:
                self.say("No record is older than records are kept, or waits for an answer.")
                return
            self.say("Nothing is deleted by itself. A record stays until somebody deletes it.")
            line = self.menu.pick("old", lines, record_line, self._past.undo)
            if line is None:
                return
            self._one(line)

    def _one(self, line: RecordLine) -> None:
        choices = [
            Choice("Read the report", lambda: self._past.show(line.id)),
            Choice("Keep it another year", lambda: self._keep(line)),
            Choice("Delete it (undo brings it back until kmtui ends)", lambda: self._past.delete(line.id)),
        ]
        self.say(record_line(line))
        chosen = self.menu.choose("old.what", "Number, or Enter to go back:", choices, self._past.undo)
        if chosen is not None:
            chosen.does()

    def _keep(self, line: RecordLine) -> None:
        until = a_year_on(self.desk.tools.today())
        keep_until(self.desk.tools, line.id, until)
        self.say(f"Saved. It is asked about again on {in_words(until)}.")
