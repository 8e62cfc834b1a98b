"""What stands beside the steps of a session: lessons of earlier ones, and the assessment that a step hands over to."""

from __future__ import annotations

from kmtui.model.lines import LessonLine
from kmtui.model.session import Session
from kmtui.model.technique import Actions, Lessons
from kmtui.text import one_line, shortened
from kmtui.tui.actions import bindings
from kmtui.tui.keys import key_for
from kmtui.tui.safe import parts
from kmtui.tui.screens.offering import LESSON, OfferingScreen
from kmtui.tui.screens.opened import OpenedScreen
from kmtui.tui.steps import face_of
from kmtui.tui.steps.base import TIED
from kmtui.tui.widgets.asker import Asker
from kmtui.tui.widgets.rows import Row, Rows
from kmtui.workspace.earlier_lessons import advice, seen_again
from kmtui.workspace.recalling import goes_with, offered, offers, take_along, tied_to
from kmtui.workspace.sessions import OpenSession
from kmtui.workspace.steps import begin_assessment_here

_TAKEN = "taken:"


class BesideStepScreen(OpenedScreen[Session], OfferingScreen):
    """A session with what stands beside its steps. Lessons come in below what was said, never over a field.

    At a step of actions a lesson that is taken goes with the action that is being written; at one of lessons it is the
    one that is learnt again. Which one it is is a draft, as half-typed words are.
    """

    BINDINGS = bindings("take-lesson", "choose-previous", "choose-next")

    opened: OpenSession

    # Lessons that are offered

    def place_of_offers(self) -> str:
        """Return the step."""
        return self.opened.step.id

    def offers_here(self) -> bool:
        """Say whether the step offers lessons."""
        return offers(self.opened)

    def find_lessons(self, words: str) -> tuple[LessonLine, ...]:
        """Return the lessons that fit the words, or what the session is about."""
        return offered(self.opened, words)

    def lessons_came(self) -> None:
        """Show them below what was said. What is read from its beginning stays there, and where a line is chosen."""
        super().lessons_came()
        if self.query_one(Rows).chosen is None and face_of(self.opened.step).to_end(self.opened):
            self.query_one(Rows).to_end()

    def beside_rows(self) -> list[Row]:
        """Return what stands below what was said: at first what was taken along, then lessons that are offered."""
        first = self.opened.position[0] == 1
        taken = [
            Row(f"{_TAKEN}{each.lesson}", parts("Taken along: ", one_line(each.words)))
            for each in (self.opened.record.taken if first else ())
        ]
        return [*taken, *self.lesson_rows()]

    # Lines that are chosen

    def action_choose_previous(self) -> None:
        """Choose the line above; at first the last one that was said here, and not a lesson that is offered below."""
        rows = self.query_one(Rows)
        own = self.own_lines() if rows.chosen is None else []
        if own:
            rows.highlighted = rows.place_of(own[-1])
        else:
            rows.choose_next(-1)

    def action_choose_next(self) -> None:
        """Choose the line below."""
        self.query_one(Rows).choose_next(1)

    def own_lines(self) -> list[str]:
        """Return the ids of the lines that are none of the lessons beside them."""
        return [each for each, _ in self.query_one(Rows).choices() if not each.startswith((LESSON, _TAKEN))]

    def chosen_or_last(self) -> str | None:
        """Return the id of the chosen line, or of the last one that was said here."""
        return self.query_one(Rows).chosen or next(reversed(self.own_lines()), None)

    # Lessons that are taken along

    def action_take_lesson(self) -> None:
        """Take the chosen lesson along, or the first one that is offered; where one goes along already, leave it."""
        editing = self.query_one(Asker).editing
        if not isinstance(self.opened.step, Lessons | Actions):
            lesson = self.lesson_to_take()
            take_along(self.opened, lesson)
            self.take_from_offers(lesson)
            self.changed("The lesson is taken along.")
            self.look_for_lessons(now=True)
        elif self._tied() is not None and self.lesson_chosen is None:
            self._tie(editing, None)
            self.tell("It goes with no lesson now.")
        else:
            self._write_with(self.lesson_to_take(), editing)

    def _write_with(self, lesson: LessonLine, editing: str | None) -> None:
        self._tie(editing, goes_with(self.opened, lesson))
        asker = self.query_one(Asker)
        if editing is None and not asker.begun:
            words = one_line(lesson.lesson) if isinstance(self.opened.step, Lessons) else advice(lesson)
            asker.field.fill(words)  # a draft of its own: the field tells that it has changed
        self.tell(f"It goes with the lesson. {key_for(self, 'take-lesson')} again: with none.")
        self.query_one(Rows).highlighted = None

    def _tie(self, editing: str | None, lesson_id: str | None) -> None:
        if editing is None:
            self.keep_draft(self._tied_draft, lesson_id or "")
        else:
            self.opened.tie(editing, lesson_id)
            self.changed()
        self.show_tied()

    @property
    def _tied_draft(self) -> str:
        return f"tied:{self.opened.step.id}"

    def _tied(self) -> str | None:
        """Return the id of the lesson that goes with what is being written, or changed."""
        editing = self.query_one(Asker).editing
        if editing is not None:
            return tied_to(self.opened, editing)
        return self.opened.record.drafts.get(self._tied_draft) or None

    def show_tied(self) -> None:
        """Say in a quiet line above the field which lesson goes with what is being written."""
        asker, tied = self.query_one(Asker), self._tied()
        how = "Learnt before" if isinstance(self.opened.step, Lessons) else "Goes with"
        said = one_line(self.opened.lesson_words(tied)) or "a lesson that is not here"
        room = max(self.size.width - len(how) - 4, 20)
        asker.beside("" if tied is None else f"{how}: {shortened(said, room)}")

    def with_tied(self, values: dict[str, str], editing: str | None) -> dict[str, str]:
        """Return what was typed with the id of the lesson that goes with it. A line that is changed has it already."""
        tied = self.opened.record.drafts.get(self._tied_draft, "") if editing is None else ""
        return {**values, TIED: tied} if tied else values

    def entered(self, values: dict[str, str]) -> None:
        """Draw after something was entered; say where it was learnt before, and look for other lessons."""
        if TIED in values:
            self.opened.draft(self._tied_draft, "")
        again = self.opened.repeats if isinstance(self.opened.step, Lessons) else None
        said = seen_again(again, 40 if self.has_class("-wide") else 20) if again is not None else ""
        self.changed(f"{said} {key_for(self, 'undo')} if it is another one." if said else "")
        self.show_tied()
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
