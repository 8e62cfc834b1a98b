"""What was done before, in plain text: read its report, write it to a file, open it again, delete it."""

from __future__ import annotations

from collections.abc import Callable

from kmtui.plain.bundles import write_bundle
from kmtui.plain.found import to_replace
from kmtui.plain.lists import exports_line, record_line
from kmtui.plain.menu import Choice, Menu
from kmtui.text import one_line
from kmtui.workspace.confiding import export_without, in_export
from kmtui.workspace.desk import Desk
from kmtui.workspace.sharing import default_export, rendered, write_text


class Past:
    """The conversation about the records of the workspace."""

    def __init__(self, menu: Menu, desk: Desk, go_on: Callable[[str], None]) -> None:
        self.menu = menu
        self.say = menu.say
        self.desk = desk
        self._go_on = go_on

    def run(self) -> None:
        """Read the records out, and ask what to do with the one that is chosen."""
        lines = self.desk.records()
        if not lines:
            self.say("Nothing has been kept yet. Begin a review, and it will be here.")
            return
        line = self.menu.pick("past", lines, record_line, self.undo)
        if line is None:
            return
        self.say(record_line(line))
        choices = [
            Choice("Read the report", lambda: self.show(line.id)),
            Choice("Write the report to a file", lambda: self._export(line.id)),
            Choice("Open it again" if line.finished else "Go on with it", lambda: self._go_on(line.id)),
            Choice("Delete it (undo brings it back until kmtui ends)", lambda: self.delete(line.id)),
            Choice("Bundle it for another kmtui", lambda: write_bundle(self.menu, self.desk, [line.id])),
        ]
        chosen = self.menu.choose("past.what", "Number, or Enter to go back:", choices, self.undo)
        if chosen is not None:
            chosen.does()

    def show(self, record_id: str) -> None:
        """Read out the report of a record."""
        for line in rendered(self.desk.tools, self.desk.read(record_id), "markdown").splitlines():
            self.say(line)

    def _export(self, record_id: str) -> None:
        record, tools = self.desk.read(record_id), self.desk.tools
        which = to_replace(self.menu.prompter, in_export(tools, record, "markdown"), self.menu.ask)
        path = default_export(self.desk.exports, record, "markdown")
        write_text(tools, path, export_without(tools, record, "markdown", which))
        self.say(f"Written: {path}")

    def delete(self, record_id: str) -> None:
        """Delete a record; undo brings it back until kmtui ends."""
        self.say(f"Deleted: {one_line(self.desk.delete(record_id))}. undo brings it back.")
        if self.desk.left_behind:
            self.menu.prompter.error(self.desk.left_behind)
        if words := exports_line(self.desk.exports):
            self.say(words)

    def undo(self) -> None:
        """Bring back what was deleted last."""
        name = self.desk.undo_delete()
        self.say("There is nothing to undo." if name is None else f"Back again: {one_line(name)}.")
