"""Find a technique: all of them by phase, narrowed by the words that are typed; Enter shows the card."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.message import Message

from kmtui.analysis.suggesting import PHASE_WORDS, matches
from kmtui.model.technique import Span, Technique
from kmtui.report.words import capitalised
from kmtui.tui.actions import bindings
from kmtui.tui.keys import key_for
from kmtui.tui.safe import parts, words
from kmtui.tui.screens.listed import ListedScreen
from kmtui.tui.screens.which import WhichScreen, show_card
from kmtui.tui.widgets.asker import Asker, Question
from kmtui.tui.widgets.rows import Row, Rows

FIND = Question("words", "Find", "Words narrow the list; Enter opens", kept=False)


class TechniquesScreen(ListedScreen):
    """All techniques with the time and the people that they take. Their files are read in a thread."""

    KEYS = ("leave", "which")
    BINDINGS = bindings("which")

    class Looked(Message):
        """The techniques were read; so many files have errors."""

        def __init__(self, found: tuple[Technique, ...], broken: int) -> None:
            super().__init__()
            self.found = found
            self.broken = broken

    def __init__(self) -> None:
        super().__init__()
        self._found: tuple[Technique, ...] = ()
        self._broken = 0
        self._words = ""

    def arrive(self) -> None:
        """Begin the form, and read."""
        super().arrive()
        self.query_one(Asker).ask((FIND,))
        self.tell("Looking…")
        self.run_worker(self._look, name="look", group="look", thread=True, exit_on_error=False)

    def _look(self) -> None:
        library = self.desk.tools.library
        found = tuple(loaded.value for loaded in library.techniques())
        self.post_message(self.Looked(found, len(library.technique_ids) - len(found)))

    def on_techniques_screen_looked(self, event: Looked) -> None:
        """Show them."""
        self._found, self._broken = event.found, event.broken
        self.draw()
        self._tell_how()

    def draw(self) -> None:
        """Show those that have the words."""
        super().draw()
        shown = [each for each in self._found if matches(each, words=self._words)]
        self.show_rows(self._rows(shown))
        of_all = f"{len(shown)} of {len(self._found)}" if self._words.strip() else f"{len(self._found) or ''}"
        self.head("Find a technique", of_all)

    def _rows(self, shown: list[Technique]) -> list[Row]:
        rows: list[Row] = []
        for phase, heading in PHASE_WORDS.items():
            found = [each for each in shown if each.phase == phase]
            rows += [Row("", words(capitalised(heading)), heading=True)] if found else []
            rows += [Row(each.id, _shown(each)) for each in found]
        if self._broken:
            files = "A technique file has an error" if self._broken == 1 else f"{self._broken} files have errors"
            rows.append(Row("", parts((f"{files}. Run: kmtui check", "$warning")), heading=True))
        return rows

    def _tell_how(self) -> None:
        if self._words.strip() and not any(row_id for row_id, _ in self.query_one(Rows).choices()):
            self.tell(f"No card has all these words. {key_for(self, 'which')} suggests what is near.")
        else:
            self.tell(f"{key_for(self, 'which')} asks four questions and suggests two or three.")

    def on_asker_typed(self, event: Asker.Typed) -> None:
        """Narrow the list."""
        self._words = event.text
        self.draw()
        self._tell_how()

    def on_asker_answered(self, event: Asker.Answered) -> None:
        """Show the card of the chosen technique; the words stay in the field."""
        self.query_one(Asker).field.fill(event.values[FIND.id])
        if self.chosen:
            show_card(self.kmtui, self.chosen)

    def action_which(self) -> None:
        """Ask what the technique is for, and suggest two or three."""
        self.app.push_screen(WhichScreen())

    def on_key(self, event: events.Key) -> None:
        """Scroll the list with Page Up and Page Down."""
        self.scroll_by_page(event.key, self.query_one(Rows))


def _shown(technique: Technique) -> Content:
    behind = f"{_span(technique.minutes)} min, {_span(technique.people)} people"
    return parts(f"  {technique.name}", (f"  {behind}", "$muted"))


def _span(span: Span) -> str:
    return f"{span.least}" if span.least == span.most else f"{span.least} to {span.most}"
