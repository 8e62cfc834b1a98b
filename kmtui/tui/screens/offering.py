"""Lessons offered beside a field: looked for after a moment of quiet, in a thread, and shown below the other lines."""

from __future__ import annotations

from typing import Any

from textual.message import Message
from textual.worker import get_current_worker

from kmtui.model.errors import KmtuiError, WrongInput
from kmtui.model.lines import LessonLine
from kmtui.text import shortened
from kmtui.tui.keys import key_for
from kmtui.tui.safe import parts
from kmtui.tui.screens.base import BaseScreen
from kmtui.tui.widgets.rows import Row, Rows
from kmtui.workspace.earlier_lessons import in_a_line

LESSON = "lesson:"
"""What the ids of rows with lessons that are offered begin with."""

LOOK_AFTER = 0.25
"""Seconds of quiet after which lessons are looked for."""


class OfferingScreen(BaseScreen):
    """Offers lessons. They come in below the other lines, never over a field, and take neither focus nor words."""

    _offered: tuple[LessonLine, ...] = ()
    _look_timer: Any = None

    class LessonsFound(Message):
        """Lessons were looked for at a place of the screen."""

        def __init__(self, place: str, found: tuple[LessonLine, ...]) -> None:
            super().__init__()
            self.place = place
            self.found = found

    # What screens say

    def place_of_offers(self) -> str:
        """Return for what lessons are offered: those that were found for another place are not shown."""
        return ""

    def offers_here(self) -> bool:
        """Say whether lessons are offered at this place."""
        return True

    def find_lessons(self, words: str) -> tuple[LessonLine, ...]:
        """Return the lessons that fit. Called in a thread. Screens extend this."""
        return ()

    def lessons_came(self) -> None:
        """Show the lessons that were found. Screens extend this."""
        self.draw()

    # Looking

    def look_for_lessons(self, words: str = "", *, now: bool = False) -> None:
        """Look for lessons that fit the words, after a moment of quiet, in a thread."""
        if self._look_timer is not None:
            self._look_timer.stop()
        if not self.offers_here():
            self._offered = ()
        elif now:
            self._look_up_lessons(words)
        else:
            self._look_timer = self.set_timer(LOOK_AFTER, lambda: self._look_up_lessons(words))

    def _look_up_lessons(self, words: str) -> None:
        place = self.place_of_offers()

        def look() -> None:
            try:
                found = self.find_lessons(words)
            except KmtuiError:
                found = ()  # a workspace that has gone is told by the next save
            if not get_current_worker().is_cancelled:
                self.post_message(self.LessonsFound(place, found))

        self.run_worker(look, name="lessons", group="lessons", thread=True, exclusive=True, exit_on_error=False)

    def on_offering_screen_lessons_found(self, event: LessonsFound) -> None:
        """Show the lessons, if the screen is still at the place for which they were looked for."""
        if event.place == self.place_of_offers() and event.found != self._offered:
            self._offered = event.found
            self.lessons_came()

    # Showing

    def lines_for_lesson(self) -> int:
        """Return how many lines a lesson may have. In a small window what was said here needs the room."""
        return 2 if self.has_class("-tall") else 1

    def room_for_lesson(self) -> int:
        """Return how many characters a lesson may have."""
        return max(self.size.width * self.lines_for_lesson() - 8, 30)

    def lesson_rows(self, how: str = "") -> list[Row]:
        """Return the lessons that are offered, under a heading that says `how` one is taken along."""
        if not self._offered or not self.offers_here():
            return []
        how = how or f"{key_for(self, 'take-lesson')} takes one along"
        room = self.room_for_lesson()
        rows = [
            Row(f"{LESSON}{line.id}", parts("› ", shortened(in_a_line(line), room)), by_hand=True)
            for line in self._offered
        ]
        return [Row("", parts(f"Lessons that may help; {how}"), heading=True), *rows]

    @property
    def lesson_chosen(self) -> LessonLine | None:
        """The offered lesson on which the choice lies."""
        chosen = (self.query_one(Rows).chosen or "").removeprefix(LESSON)
        return next((each for each in self._offered if each.id == chosen), None)

    def lesson_to_take(self) -> LessonLine:
        """Return the chosen lesson, or the first one that is offered. Raises WrongInput where there is none."""
        lesson = self.lesson_chosen or next(iter(self._offered), None)
        if lesson is None:
            raise WrongInput("No lesson is offered here. Type a word that it may have.")
        return lesson

    def take_from_offers(self, lesson: LessonLine) -> None:
        """Offer a lesson no longer, since it was taken along."""
        self._offered = tuple(each for each in self._offered if each.id != lesson.id)
