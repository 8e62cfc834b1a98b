"""What stands beside the steps of a session: lessons of earlier ones, and the assessment that a step hands over to."""

from __future__ import annotations

from typing import Any

from textual.message import Message
from textual.worker import get_current_worker

from kmtui.model.errors import KmtuiError, WrongInput
from kmtui.model.lines import LessonLine
from kmtui.model.session import Session
from kmtui.tui.actions import bindings
from kmtui.tui.keys import key_for
from kmtui.tui.safe import parts
from kmtui.tui.screens.opened import OpenedScreen
from kmtui.tui.widgets.rows import Row, Rows
from kmtui.workspace.recalling import in_a_line, offered, recalls, take_along
from kmtui.workspace.sessions import OpenSession
from kmtui.workspace.steps import begin_assessment_here

LESSON = "lesson:"
"""What the ids of rows with lessons of earlier sessions begin with."""
_LOOK_AFTER = 0.25
"""Seconds of quiet after which lessons are looked for."""


class BesideStepScreen(OpenedScreen[Session]):
    """A session with what stands beside its steps. Lessons come in below what was said, never over a field."""

    BINDINGS = bindings("take-lesson")

    opened: OpenSession

    class LessonsFound(Message):
        """Lessons were looked for at a step."""

        def __init__(self, step: str, found: tuple[LessonLine, ...]) -> None:
            super().__init__()
            self.step = step
            self.found = found

    def __init__(self, opened: OpenSession) -> None:
        super().__init__(opened)
        self._offered: tuple[LessonLine, ...] = ()
        self._look_timer: Any = None

    # Lessons

    def look_for_lessons(self, words: str = "", *, now: bool = False) -> None:
        """Look for lessons that fit the words, after a moment of quiet, in a thread; at other steps do nothing."""
        if self._look_timer is not None:
            self._look_timer.stop()
        if not recalls(self.opened.step):
            self._offered = ()
            return
        if now:
            self._look(words)
        else:
            self._look_timer = self.set_timer(_LOOK_AFTER, lambda: self._look(words))

    def _look(self, words: str) -> None:
        step = self.opened.step.id

        def look() -> None:
            try:
                found = offered(self.opened, words)
            except KmtuiError:
                found = ()  # a workspace that has gone is told by the next save
            if not get_current_worker().is_cancelled:
                self.post_message(self.LessonsFound(step, found))

        self.run_worker(look, name="lessons", group="lessons", thread=True, exclusive=True, exit_on_error=False)

    def on_beside_step_screen_lessons_found(self, event: LessonsFound) -> None:
        """Show the lessons, if the session is still at the step for which they were looked for."""
        if event.step == self.opened.step.id and event.found != self._offered:
            self._offered = event.found
            self.draw()
            self.query_one(Rows).to_end()

    def lesson_rows(self) -> list[Row]:
        """Return the lessons that are offered, under a heading that names the key."""
        if not self._offered:
            return []
        head = f"Lessons that may help; {key_for(self, 'take-lesson')} takes one along"
        rows = [Row(f"{LESSON}{line.id}", parts("› ", in_a_line(line))) for line in self._offered]
        return [Row("", parts(head), heading=True), *rows]

    def action_take_lesson(self) -> None:
        """Take the chosen lesson along, or the first one that is offered."""
        chosen = (self.query_one(Rows).chosen or "").removeprefix(LESSON)
        lesson = next((each for each in self._offered if each.id == chosen), next(iter(self._offered), None))
        if lesson is None:
            raise WrongInput("No lesson is offered here. Type a word that it may have.")
        take_along(self.opened, lesson)
        self._offered = tuple(each for each in self._offered if each.id != lesson.id)
        self.changed("The lesson is taken along.")
        self.look_for_lessons(now=True)

    # The assessment

    def begin_assessment(self) -> None:
        """Begin the assessment of the present step, or open the one that was begun here; the clock rests meanwhile."""
        from kmtui.tui.screens.assessment import AssessmentScreen

        assessment = begin_assessment_here(self.opened)
        if assessment.record.finished:
            assessment.reopen()
        self.rest()
        self.app.push_screen(AssessmentScreen(assessment))
