"""Lessons beside the plan: one is taken along with a line that is being written, or goes with one that is there."""

from __future__ import annotations

from textual import on

from kmtui.model.lines import LessonLine
from kmtui.text import one_line, shortened
from kmtui.tui.actions import bindings
from kmtui.tui.keys import key_for
from kmtui.tui.screens.plan_started import StartedPlan
from kmtui.tui.widgets.asker import Asker
from kmtui.workspace.earlier_lessons import advice

_WITH = "tied:plan"  # the draft that keeps which lesson goes with the line that is being written
_WORDS = ("text", "action")  # the questions whose answers are what will be done


class LessonedPlan(StartedPlan):
    """Offers lessons that fit what is typed. Keys and changes of a line belong to the screen that extends this one."""

    BINDINGS = bindings("take-lesson")

    def place_of_offers(self) -> str:
        """Return the line that is being changed, or an empty text for a new one."""
        return self.query_one(Asker).editing or ""

    def find_lessons(self, words: str) -> tuple[LessonLine, ...]:
        """Return the lessons that fit the words; none where there are no words."""
        return self.planning.lessons(typed=words)

    @on(Asker.Typed)
    def _look_for_lessons(self, event: Asker.Typed) -> None:
        if event.question in _WORDS:
            self.look_for_lessons(event.text)

    def action_take_lesson(self) -> None:
        """Take the chosen lesson along, or the first one that is offered; where one goes along already, leave it."""
        asker = self.query_one(Asker)
        if self._with() is not None and self.lesson_chosen is None:
            self._put_with(None)
            self.tell("It goes with no lesson now.")
            return
        lesson = self.lesson_to_take()
        self._put_with(lesson.id)
        if asker.editing is None and not asker.begun:
            asker.field.fill(advice(lesson))
        self.tell(f"It goes with the lesson. {key_for(self, 'take-lesson')} again: with none.")

    def _with(self) -> str | None:
        """Return the id of the lesson that goes with what is being written, or changed."""
        editing = self.query_one(Asker).editing
        if editing is None:
            return self.opened.record.drafts.get(_WITH) or None
        return next((line.lesson for line in self.planning.lines if line.id == editing), None)

    def _put_with(self, lesson_id: str | None) -> None:
        editing = self.query_one(Asker).editing
        if editing is None:
            self.keep_draft(_WITH, lesson_id or "")
        else:
            self.planning.put(editing, lesson=lesson_id)
            self.changed()
        self.show_with()

    def show_with(self) -> None:
        """Say in a quiet line above the field which lesson goes with what is being written, and look for others."""
        lesson_id = self._with()
        said = one_line(self.opened.lesson_words(lesson_id)) or "a lesson that is not here"
        room = max(self.size.width - 14, 20)
        asker = self.query_one(Asker)
        asker.beside("" if lesson_id is None else f"Goes with: {shortened(said, room)}")
        self.look_for_lessons(asker.present().get(_WORDS[0 if asker.editing is None else 1], ""), now=True)

    def write_own(self, text: str) -> str:
        """Put words into the plan, with the lesson that goes along, and return the id of the line."""
        line = self.planning.write_own(text, lesson=self._with())
        self.opened.draft(_WITH, "")
        return line.id
