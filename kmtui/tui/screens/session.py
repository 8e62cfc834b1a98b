"""One question at a time: what was said, a field that is always ready, and the clock."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.containers import Container, Vertical, VerticalScroll
from textual.widgets import Static

from kmtui.flow.clock import behind_in_words
from kmtui.model.errors import KmtuiError
from kmtui.model.technique import AnyStep, Assess, Brief, Lessons
from kmtui.tui.actions import bindings
from kmtui.tui.keys import key_for
from kmtui.tui.safe import lines, parts, words
from kmtui.tui.screens.beside_step import BesideStepScreen
from kmtui.tui.steps import face_of
from kmtui.tui.steps.lessons import lesson_of
from kmtui.tui.widgets.asker import Asker
from kmtui.tui.widgets.rows import Rows
from kmtui.workspace.sessions import OpenSession

DRAFT = "{step}.{question}"


class SessionScreen(BesideStepScreen):
    """Runs a session. All changes go to the use case; the screen draws what comes of them."""

    BINDINGS = bindings("edit", "remove", "move-up", "move-down", "more", "keep-or-change")
    CSS = """
    #question { height: auto; max-height: 4; padding: 0 1; text-style: bold; color: $accent; }
    #say { height: auto; max-height: 8; padding: 0 1; color: $muted; }
    #say.-hidden { display: none; }
    #middle, #main { height: 1fr; }
    SessionScreen.-wide #middle { layout: horizontal; }
    SessionScreen.-wide #main { width: 1fr; }
    #notes { display: none; height: 1fr; padding: 0 1; background: $panel; border-top: solid $line;
             scrollbar-size-vertical: 1; }
    #notes.-shown { display: block; }
    #notes Static { height: auto; }
    SessionScreen.-wide #notes { width: 40%; border-top: none; border-left: solid $line; }
    SessionScreen.-tall #question { padding: 1 1 0 1; }
    SessionScreen.-tall #say { padding: 0 1 1 1; }
    """

    def __init__(self, opened: OpenSession) -> None:
        super().__init__(opened)
        self._asked_for = ""
        self._notes = False

    def compose_body(self) -> ComposeResult:
        """Show question, words to say, lines, notes and field."""
        with Container(id="middle"):
            with Vertical(id="main"):
                yield Static(id="question", markup=False)
                yield Static(id="say", markup=False)
                yield Rows(id="rows")
            with VerticalScroll(id="notes", can_focus=False):
                yield Static(id="notes-text", markup=False)
        yield Asker(id="asker")

    # Drawing

    def draw(self) -> None:
        """Show the present step."""
        super().draw()
        opened, step = self.opened, self.opened.step
        number, count = opened.position
        self._draw_head(number, count)
        self.query_one("#question", Static).update(words(step.title))
        face = face_of(step)
        rows = face.rows(opened)
        shown = self.query_one(Rows)
        shown.show([*rows, *self.beside_rows()], shown.chosen)
        self._draw_say(step, face.begun(opened), "" if rows else face.empty)
        self._draw_notes(step)
        if self._asked_for != step.id:
            self._ask(step)

    def _draw_head(self, number: int, count: int) -> None:
        left = self.clock_words(self.opened.left() if self.opened.step.minutes else None)
        behind = behind_in_words(self.opened.behind()) if left else ""
        place = f"{number} of {count}"
        aside = ", ".join(part for part in (left, behind) if part)
        self.head(self.opened.record.name, "  ".join(part for part in (place, aside) if part))

    def draw_clock(self) -> None:
        """Show the time left."""
        self._draw_head(*self.opened.position)

    def _draw_say(self, step: AnyStep, some: bool, empty: str) -> None:
        """Show the words to say while there is room: always on tall screens, else until something stands below."""
        say = self.query_one("#say", Static)
        brief = isinstance(step, Brief)
        room = self.has_class("-tall") or brief or (not some and not self.has_class("-low"))
        shown = [words(step.say)] if step.say and room and not self._notes else []
        if shown and not brief:
            shown += [parts("• ", point) for point in step.points]
        if empty:
            shown.append(parts((empty, "italic")))
        if step.say and not shown and not some:
            shown.append(parts((f"{key_for(self, 'notes')} shows the words to say.", "italic")))
        say.update(lines(*shown))
        say.set_class(not shown, "-hidden")

    def _draw_notes(self, step: AnyStep) -> None:
        notes = self.query_one("#notes")
        notes.set_class(self._notes, "-shown")
        tips = [parts("• ", tip) for tip in step.tips]
        told = [parts(("Say: ", "bold $accent"), step.say)] if step.say else []
        head = [parts(("For the facilitator", "bold $accent"))] if tips else []
        self.query_one("#notes-text", Static).update(lines(*told, *head, *tips))

    def resized(self) -> None:
        """Draw what depends on the size."""
        super().resized()
        self.call_after_refresh(self.draw)

    # The form

    def _ask(self, step: AnyStep) -> None:
        """Begin the form of a step, with the words that were typed there and not entered."""
        self._asked_for = step.id
        face = face_of(step)
        questions = face.questions(self.opened)
        drafts = self.opened.record.drafts
        values = {each.id: drafts.get(DRAFT.format(step=step.id, question=each.id), "") for each in questions}
        self.query_one(Asker).ask(questions, values, resume=True)
        rows = self.query_one(Rows)
        rows.highlighted = None
        if not questions:
            self.set_focus(None)
        self.show_tied()
        self._scroll(step)
        self.look_for_lessons(now=True)

    def _scroll(self, step: AnyStep) -> None:
        """Show the end of a list that grows, and the beginning of one that is done."""
        rows = self.query_one(Rows)
        if face_of(step).to_end(self.opened):
            rows.to_end()
        else:
            rows.scroll_home(animate=False)

    def rebuilt(self) -> None:
        """Begin the form of the present step anew."""
        self._asked_for = ""

    def on_asker_typed(self, event: Asker.Typed) -> None:
        """Keep half-typed words."""
        if self.query_one(Asker).editing is None:
            self.keep_draft(DRAFT.format(step=self.opened.step.id, question=event.question), event.text)
            if event.question == next(iter(self.query_one(Asker).present())):
                self.look_for_lessons(event.text)

    def on_asker_answered(self, event: Asker.Answered) -> None:
        """Take the form; what cannot be taken stands in it again."""
        asker, step = self.query_one(Asker), self.opened.step
        taken = self._take(event.values, event.editing)
        if not taken and event.editing is None:
            asker.restore(event.values)
        elif event.editing is not None and asker.display:
            self._ask(step)  # the form may have asked for more; it goes back to the usual questions
        elif asker.display and self.opened.step.id == step.id:
            asker.renew(face_of(step).questions(self.opened))  # they may tell how many have answered

    def _take(self, values: dict[str, str], editing: str | None) -> bool:
        step = self.opened.step
        rows = self.query_one(Rows)
        for question in values:
            self.opened.draft(DRAFT.format(step=step.id, question=question), "")
        try:
            values = self.with_tied(values, editing)
            choose = face_of(step).take(self.opened, values, editing, rows.chosen)
        except KmtuiError as error:
            self.tell(str(error), error=True)
            return False
        self.entered(values)
        rows.show([*face_of(step).rows(self.opened), *self.beside_rows()], choose)
        if choose is None:
            self._scroll(step)
        return True

    def enter_words(self) -> bool:
        """Enter the words in the field, if there are any."""
        asker = self.query_one(Asker)
        if not asker.display or not asker.begun:
            return True
        values = dict(asker.present())
        first = next(iter(values))
        if asker.editing is None and not values[first].strip():
            return True  # only later questions are filled in: they stay as a draft
        refusal = asker.refusal()
        if refusal is not None:
            self.tell(refusal, error=True)
            return False
        taken = self._take(values, asker.editing)
        self._asked_for = ""
        return taken

    # Keys

    def action_next(self) -> None:
        """Go to the next step; after the last one the session is finished and its report shown."""
        if not self.enter_words():
            return
        if self.opened.forward():
            self._arrived()
            return
        from kmtui.tui.screens.report import ReportScreen

        self.opened.finish()
        if self.release():
            self.app.switch_screen(ReportScreen(self.opened.record.id, told="Finished and saved."))

    def action_back(self) -> None:
        """Go to the question before, or from the first one to the step before."""
        asker = self.query_one(Asker)
        if asker.display and asker.back():
            return
        if asker.editing is not None:
            self.action_leave()
            return
        if not self.enter_words():
            return
        if self.opened.back():
            self._arrived()
        else:
            self.tell("This is the first step.")

    def _arrived(self) -> None:
        number, count = self.opened.position
        self.changed(f"After this step {key_for(self, 'next')} finishes the session." if number == count else "")
        self.query_one(Rows).to_end()

    def action_go_to(self) -> None:
        """Choose any step."""
        from kmtui.tui.screens.choose import ChooseScreen

        if not self.enter_words():
            return
        steps = self.opened.record.technique.steps
        places = [
            (step.id, f"{number}. {step.title}", f"{len(self.opened.items_of(step)) or ''}")
            for number, step in enumerate(steps, 1)
        ]
        self.app.push_screen(ChooseScreen("Go to a step", places, self.opened.step.id, self._go))

    def _go(self, step_id: str) -> None:
        self.opened.go(step_id)
        self._arrived()

    def action_edit(self) -> None:
        """Change the chosen line, or the last one."""
        self._edit(more=False)

    def action_more(self) -> None:
        """Say more about the chosen line, or the last one."""
        self._edit(more=True)

    def _edit(self, *, more: bool) -> None:
        item = self.chosen_or_last()
        face = face_of(self.opened.step)
        values = face.values(self.opened, item) if item is not None else None
        questions = face.more_questions(self.opened) if more else face.edit_questions(self.opened)
        if item is None or values is None or not questions:
            self.tell("Nothing more is asked here." if more else "There is nothing here to change.")
            return
        self.query_one(Asker).ask(questions, {each.id: values[each.id] for each in questions}, editing=item)
        self.show_tied()
        self.tell("Change the words; Enter goes on. Esc leaves them as they were.")

    def action_keep_or_change(self) -> None:
        """Mark the chosen lesson, or the last one, as keep doing or as change."""
        lesson = lesson_of(self.opened, self.chosen_or_last())
        if not isinstance(self.opened.step, Lessons) or lesson is None:
            self.tell("Lessons can be marked as keep doing, once one is entered.")
            return
        self.opened.mark_lesson(lesson.id, "change" if lesson.keep_or_change == "keep" else "keep")
        self.changed()

    def action_remove(self) -> None:
        """Remove the chosen line."""
        chosen, face = self.query_one(Rows).chosen, face_of(self.opened.step)
        if chosen is None or not face.removable(self.opened, chosen):
            self.tell("Choose a line with Up and Down first.")
            return
        face.remove(self.opened, chosen)
        self.changed("Removed; Ctrl+Z brings it back.")

    def action_move_up(self) -> None:
        """Move the chosen line up."""
        self._move(-1)

    def action_move_down(self) -> None:
        """Move the chosen line down."""
        self._move(1)

    def _move(self, by: int) -> None:
        chosen = self.chosen_or_last()
        if chosen is None or face_of(self.opened.step).values(self.opened, chosen) is None:
            self.tell("Choose a line with Up and Down first.")
            return
        self.opened.move(chosen, by)
        self.changed()
        self.query_one(Rows).show([*face_of(self.opened.step).rows(self.opened), *self.beside_rows()], chosen)

    def on_key(self, event: events.Key) -> None:
        """Let Enter go on where nothing is asked, and the page keys scroll the notes or the lines."""
        if event.key == "enter" and not self.query_one(Asker).display:
            event.stop()
            if isinstance(self.opened.step, Assess):
                self.begin_assessment()
            else:
                self.action_next()
        self.scroll_by_page(event.key, self.query_one("#notes" if self._notes else "#rows"))

    def action_notes(self) -> None:
        """Show or hide the facilitator's notes."""
        self._notes = not self._notes
        self.draw()

    def action_about(self) -> None:
        """Change title, team and who takes part."""
        from kmtui.tui.screens.begin import AboutSessionScreen

        if self.enter_words():
            self.app.push_screen(AboutSessionScreen(self.opened))

    def action_leave(self) -> None:
        """Leave a change alone if one is being made; else save and go home. Half-typed words are kept."""
        asker = self.query_one(Asker)
        if asker.editing is not None:
            self._ask(self.opened.step)
            self.tell("Left as it was.")
            return
        super().action_leave()
