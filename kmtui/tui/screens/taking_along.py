"""Lessons that are offered when a session begins, for its title and team, and those that are taken along."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from kmtui.model.lines import LessonLine
from kmtui.text import clean, shortened
from kmtui.tui.actions import bindings
from kmtui.tui.keys import key_for
from kmtui.tui.safe import parts
from kmtui.tui.screens.offering import LESSON, OfferingScreen
from kmtui.tui.widgets.asker import Asker
from kmtui.tui.widgets.rows import Row, Rows
from kmtui.workspace.earlier_lessons import in_a_line, lessons_for


class TakingAlong(OfferingScreen):
    """A form that begins something. Lessons stand between the words above and the field, which stays where it is."""

    BINDINGS = bindings("take-lesson", "choose-previous", "choose-next")
    CSS = """
    #about { padding: 0 1; height: auto; max-height: 50%; }
    #rows { height: 1fr; }
    """

    _along: tuple[LessonLine, ...] = ()

    def compose_body(self) -> ComposeResult:
        """Show the words, the lessons and the form."""
        yield Static(id="about", markup=False)
        yield Rows(id="rows")
        yield Asker(id="asker")

    def arrive(self) -> None:
        """Begin the form, and look for lessons that fit what stands in it already."""
        super().arrive()
        self.look_for_lessons(self._subject(), now=True)

    def draw(self) -> None:
        """Show the lessons: those that are taken along first."""
        super().draw()
        room = self.room_for_lesson() - len("[x] ")
        taken = [
            Row(f"{LESSON}{line.id}", parts(("[x] ", "bold"), shortened(in_a_line(line), room))) for line in self._along
        ]
        head = [Row("", parts("Taken along"), heading=True)] if taken else []
        rows = self.query_one(Rows)
        rows.show([*head, *taken, *self.lesson_rows()], rows.chosen)

    def lines_for_lesson(self) -> int:
        """Return how many lines a lesson may have: nothing else stands here."""
        return 1 if self.has_class("-low") else 2

    # What lessons are for

    def subject(self) -> tuple[str, ...]:
        """Return the ids of the questions whose answers say what it is about. Screens extend this."""
        return ()

    def _subject(self) -> str:
        present = self.query_one(Asker).present()
        return " ".join(clean(present.get(each, "")) for each in self.subject())

    def find_lessons(self, words: str) -> tuple[LessonLine, ...]:
        """Return the lessons that fit title and team."""
        return lessons_for(self.desk.tools, words, {line.id for line in self._along})

    @on(Asker.Typed)
    @on(Asker.Passed)
    def _look_again(self) -> None:
        self.look_for_lessons(self._subject())

    @property
    def taken_along(self) -> tuple[str, ...]:
        """The ids of the lessons that are taken along."""
        return tuple(line.id for line in self._along)

    # Keys

    def action_take_lesson(self) -> None:
        """Take the chosen lesson along, or the first one that is offered; one that is taken along already no more."""
        rows = self.query_one(Rows)
        chosen = (rows.chosen or "").removeprefix(LESSON)
        rows.highlighted = None
        if left := next((line for line in self._along if line.id == chosen), None):
            self._along = tuple(line for line in self._along if line is not left)
            self.tell("It is not taken along.")
        else:
            lesson = next((each for each in self._offered if each.id == chosen), None) or self.lesson_to_take()
            self._along = (*self._along, lesson)
            self.take_from_offers(lesson)
            self.tell(f"It is taken along. {key_for(self, 'take-lesson')} takes the next one.")
        self.draw()
        self.look_for_lessons(self._subject(), now=True)

    def action_choose_previous(self) -> None:
        """Choose the lesson above."""
        self.query_one(Rows).choose_next(-1)

    def action_choose_next(self) -> None:
        """Choose the lesson below."""
        self.query_one(Rows).choose_next(1)
