"""Past sessions and assessments: type to narrow the list, Enter opens."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.content import Content

from kmtui.model.base import in_words
from kmtui.model.errors import KmtuiError
from kmtui.model.lines import RecordLine
from kmtui.text import shortened
from kmtui.tui.actions import bindings
from kmtui.tui.keys import key_for
from kmtui.tui.menu import how_far
from kmtui.tui.safe import parts
from kmtui.tui.screens.base import BaseScreen
from kmtui.tui.widgets.asker import Asker, Question
from kmtui.tui.widgets.rows import MOST, Row, Rows


class PastScreen(BaseScreen):
    """Finds, opens, exports and deletes what was kept. What is marked goes into a bundle for another kmtui."""

    KEYS: ClassVar[tuple[str, ...]] = ("leave", "export", "bundle", "remove")
    BINDINGS = bindings("choose-previous", "choose-next", "remove", "undo", "export", "mark", "bundle", "import")

    def __init__(self) -> None:
        super().__init__()
        self._narrowed = ""
        self._found: list[tuple[RecordLine, str]] = []
        self._marked: dict[str, None] = {}  # ids, in the order in which they were marked

    def compose_body(self) -> ComposeResult:
        """Show list and field."""
        yield Rows(id="rows")
        yield Asker(id="asker")

    def arrive(self) -> None:
        """Begin with the whole list."""
        super().arrive()
        self.query_one(Asker).ask((Question("words", "Find", "Enter opens. Words: title, team, date", kept=False),))
        self.query_one(Asker).field.on_space = self.action_mark  # no word begins with a space

    def heading(self) -> str:
        """Return the heading. Screens extend this."""
        return "Past sessions and assessments"

    def nothing(self) -> str:
        """Return what is said where there is nothing. Screens extend this."""
        return "Nothing has been kept yet. Esc goes back; the first line there begins a review."

    def lines(self) -> list[RecordLine]:
        """Return what is listed. Screens extend this."""
        return self.desk.records()

    @property
    def found(self) -> bool:
        """Whether there is anything to list, whatever words narrow it."""
        return bool(self._found)

    def draw(self) -> None:
        """Show what fits the words."""
        super().draw()
        self._found = [(line, _searched(line)) for line in self.lines()]
        self._marked = {line.id: None for line, _ in self._found if line.id in self._marked}
        self._show()

    def _show(self) -> None:
        wanted = self._narrowed.casefold().split()
        found = [line for line, text in self._found if all(word in text for word in wanted)]
        rows = self.query_one(Rows)
        rows.show([Row(line.id, _shown(line, marked=line.id in self._marked)) for line in found], rows.chosen)
        if rows.chosen is None and found:
            rows.highlighted = 0
        more = f", the newest {MOST} shown" if len(found) > MOST else ""
        self.head(self.heading(), f"{len(found)} of {len(self._found)}{more}")
        if self._found and not found:
            self.tell("Nothing has these words in its title, team or date. Backspace takes them away.")
        elif self._found and wanted:
            self.tell("")
        if not self._found:
            self.tell(self.nothing())

    def on_asker_typed(self, event: Asker.Typed) -> None:
        """Narrow the list."""
        self._narrowed = event.text
        self._show()

    def on_asker_answered(self, event: Asker.Answered) -> None:
        """Open the chosen record."""
        from kmtui.tui.opening import open_record

        chosen = self.query_one(Rows).chosen
        self.query_one(Asker).field.fill(event.values["words"])
        if chosen is None:
            return
        try:
            open_record(self.kmtui, chosen)
        except KmtuiError as error:
            self.tell(str(error), error=True)

    def action_choose_previous(self) -> None:
        """Choose the line above."""
        self.query_one(Rows).choose_next(-1)

    def action_choose_next(self) -> None:
        """Choose the line below."""
        self.query_one(Rows).choose_next(1)

    def action_export(self) -> None:
        """Export the chosen record."""
        from kmtui.tui.screens.export import ExportScreen

        chosen = self.query_one(Rows).chosen
        if chosen is None:
            return
        try:
            self.app.push_screen(ExportScreen(self.desk.read(chosen)))
        except KmtuiError as error:
            self.tell(str(error), error=True)

    def action_mark(self) -> None:
        """Mark the chosen record, or take the mark away."""
        rows = self.query_one(Rows)
        if rows.chosen is None:
            return
        if rows.chosen in self._marked:
            del self._marked[rows.chosen]
        else:
            self._marked[rows.chosen] = None
        self._show()
        count = len(self._marked)
        key = key_for(self, "bundle")
        self.tell(f"{count} marked. {key} writes them into a bundle." if count else "Nothing is marked.")

    def action_bundle(self) -> None:
        """Write the marked records, or else the chosen one, into a file for another kmtui."""
        from kmtui.tui.screens.bundle import WriteBundleScreen

        chosen = self.query_one(Rows).chosen
        ids = tuple(self._marked) or ((chosen,) if chosen is not None else ())
        if ids:
            self.app.push_screen(WriteBundleScreen(ids))

    def action_import(self) -> None:
        """Take in a bundle, a record or lessons from a file."""
        from kmtui.tui.screens.lesson_import import TakeFileScreen

        self.app.push_screen(TakeFileScreen())

    def action_remove(self) -> None:
        """Delete the chosen record; undo brings it back until kmtui ends."""
        chosen = self.query_one(Rows).chosen
        if chosen is None:
            return
        try:
            name = self.desk.delete(chosen)
        except KmtuiError as error:
            self.tell(str(error), error=True)
            return
        self.draw()
        left = f" {self.desk.left_behind}" if self.desk.left_behind else ""
        keys = f"{key_for(self, 'undo')} brings it back until you quit; then it is gone."
        self.tell(f'"{shortened(name, 60)}" is deleted. {keys}{left}', error=bool(left))

    def action_undo(self) -> None:
        """Bring back what was deleted last."""
        try:
            name = self.desk.undo_delete()
        except KmtuiError as error:
            self.tell(str(error), error=True)
            return
        self.draw()
        self.tell("Nothing to undo." if name is None else f'"{name}" is back.')


def _searched(line: RecordLine) -> str:
    return f"{line.title} {line.team} {line.about_name} {line.date.isoformat()} {in_words(line.date)}".casefold()


def _shown(line: RecordLine, *, marked: bool = False) -> Content:
    name = line.title or line.team or line.about_name
    what = line.about_name if line.kind == "session" else "Survey" if line.way == "survey" else "Assessment"
    behind = " · ".join(part for part in (line.team if line.team != name else "", in_words(line.date)) if part)
    if line.collecting:
        until = f" until {in_words(line.closes)}" if line.closes else ""
        state = f" · answers still come in{until}"
    elif line.way == "survey" and not line.finished:
        state = f" · closed, {line.done} of {line.steps} agreed since"
    else:
        state = "" if line.finished else f" · open, {how_far(line)}"
    mark = ("[x] ", "bold") if marked else ""
    return parts(mark, (name, "bold"), f" · {what}" if what != name else "", (f" · {behind}{state}", "$muted"))
