"""The lessons that wait for review: their day to be looked at again has come."""

from __future__ import annotations

from textual import events

from kmtui.model.base import in_words
from kmtui.model.lines import LessonLine
from kmtui.tui.screens.listed import ListedScreen
from kmtui.tui.screens.register_rows import waiting_row
from kmtui.tui.widgets.asker import Asker, Question
from kmtui.tui.widgets.rows import Row, Rows


class ReviewScreen(ListedScreen):
    """The longest waiting first. Words narrow the list; Enter opens a lesson, where it gets another day or is done."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self._waiting: list[LessonLine] = []

    def arrive(self) -> None:
        """Begin with all of them."""
        super().arrive()
        self.query_one(Asker).ask((Question("words", "Find", "Words narrow the list; Enter opens", kept=False),))

    def draw(self) -> None:
        """Read what waits, and show it."""
        super().draw()
        self._waiting = self.desk.tools.store.register.waiting(self.desk.tools.today())
        self._show()

    def _show(self) -> None:
        today, wanted = self.desk.tools.today(), self._text.casefold().split()
        found = [line for line in self._waiting if all(each in _searched(line) for each in wanted)]
        self.show_rows([Row(line.id, waiting_row(line, today)) for line in found])
        self.head("Lessons that wait for review", f"{len(found)} of {len(self._waiting)}")
        if not self._waiting:
            self.tell("No lesson waits. A lesson comes here on the day that was set to look at it again.")
        elif not found:
            self.tell("Nothing that waits has these words. Backspace takes them away.")
        else:
            self.tell("Enter opens one. There it gets another day, is applied, or retired.")

    def on_asker_typed(self, event: Asker.Typed) -> None:
        """Narrow the list."""
        self._text = event.text
        self._show()

    def on_asker_answered(self, event: Asker.Answered) -> None:
        """Open the chosen lesson; the words stay in the field."""
        from kmtui.tui.screens.lesson import LessonScreen

        self.query_one(Asker).field.fill(event.values["words"])
        if self.chosen:
            self.app.push_screen(LessonScreen(self.chosen))

    def on_key(self, event: events.Key) -> None:
        """Scroll the list with Page Up and Page Down."""
        self.scroll_by_page(event.key, self.query_one(Rows))


def _searched(line: LessonLine) -> str:
    day = in_words(line.review) if line.review else ""
    return f"{line.lesson} {line.title} {line.team} {line.owner} {' '.join(line.tags)} {day}".casefold()
