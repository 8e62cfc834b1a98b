"""The plan on one screen: what was chosen, in its order, with who does it by when. An idea looks like one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events

from kmtui.model.errors import KmtuiError
from kmtui.model.plan import PRIORITY_WORDS, Planned
from kmtui.text import one_line, shortened
from kmtui.tui.actions import bindings
from kmtui.tui.keys import key_for
from kmtui.tui.naming import not_here
from kmtui.tui.screens import plan_line
from kmtui.tui.screens.plan_lessons import LessonedPlan
from kmtui.tui.widgets.asker import Asker, Question
from kmtui.tui.widgets.rows import Rows
from kmtui.workspace.assessments import OpenAssessment

if TYPE_CHECKING:
    from textual.app import App

MORE = Question("text", "Add a line, or give dots (a number)", "Enter: now, next, later. Words add one")
DRAFT = "plan.text"
DRAFT_OF_LINE = "plan.{line}.{question}"
NOT_HERE = ("notes", "pause", "extend", "park", "about", "go_to")
"""What belongs to the walk and not to its plan."""

OF_THE_LIST = (
    *("edit", "remove", "move_up", "move_down", "not_planned", "order"),
    *("start", "which", "held", "options", "export"),
)


class PlanScreen(LessonedPlan):
    """Presents the plan back. Everything is changed in place: priority, dots, order, owner, day.

    Each answer of a form is in the plan when it is entered; half-typed words are drafts of the record.
    """

    KEYS = ("edit", "options", "leave")
    BINDINGS = bindings(
        "edit",
        "remove",
        "move-up",
        "move-down",
        "not-planned",
        "order",
        "start",
        "which",
        "held",
        "options",
    )

    def __init__(self, opened: OpenAssessment) -> None:
        super().__init__(opened)
        self._before: Planned | None = None  # the line as it stood when its form was opened

    def arrive(self) -> None:
        """Begin the form."""
        super().arrive()
        self._ask()
        if not self.opened.read_only and not self.opened.second:
            self._tell_how()

    def resumed(self) -> None:
        """Say again what can be done."""
        super().resumed()
        self._tell_how()

    def _tell_how(self) -> None:
        if not self.planning.lines:
            self.tell(f"Nothing is chosen yet. {key_for(self, 'options')} shows what could be done.")
            return
        keys = (("not-planned", "not for us"), ("order", "order"), ("start", "start the technique"))
        self.tell(" ".join(f"{key_for(self, name)}: {what}." for name, what in keys))

    def _ask(self) -> None:
        self.query_one(Asker).ask((MORE,), {"text": self.opened.record.drafts.get(DRAFT, "")})
        self.show_with()
        self.draw_keys()

    def rebuilt(self) -> None:
        """Begin the form anew: what was being changed may be gone."""
        self._ask()

    # The form of a line

    def _change(self, line: Planned, questions: tuple[Question, ...], stands: dict[str, str]) -> None:
        """Open a form for a line, at the words that were typed there before and not entered."""
        drafts = {each.id: self._draft(line.id, each.id) for each in questions}
        begun = {name: text for name, text in drafts.items() if text}
        self._before = line
        self.query_one(Asker).ask(questions, stands | begun, editing=line.id, at=next(iter(begun), ""))
        self.show_with()
        self.draw_keys()
        said = "Your words from before are in the field." if begun else self._about(line)
        self.tell(f"{key_for(self, 'next')} takes it all. {said}".strip())

    def _about(self, line: Planned) -> str:
        criterion = plan_line.criterion_of(self.opened.record, line)
        technique = self._names.get(line.technique, not_here(line.technique)) if line.technique else ""
        return " ".join(f"{each}." for each in (f"For {criterion}" if criterion else "", technique) if each)

    def _draft(self, line_id: str, question: str) -> str:
        return self.opened.record.drafts.get(DRAFT_OF_LINE.format(line=line_id, question=question), "")

    def _put(self, line_id: str, given: dict[str, str]) -> None:
        """Put answers into the plan; what was half typed of them is entered now. Raises KmtuiError."""
        if plan_line.WHY_NOT.id in given:
            self.planning.put(line_id, priority="not-for-us", reason=given[plan_line.WHY_NOT.id])
        else:
            self.planning.put(line_id, **plan_line.changes(given, self.opened.record, self.opened.tools.today()))
        for question in given:
            self.opened.draft(DRAFT_OF_LINE.format(line=line_id, question=question), "")

    # What is typed

    def on_asker_typed(self, event: Asker.Typed) -> None:
        """Keep half-typed words, but not those that stand in the line already."""
        line = next((each for each in self.planning.lines if each.id == event.editing), None)
        if line is None:
            self.keep_draft(DRAFT, event.text)
            return
        stands = {plan_line.WHY_NOT.id: line.reason, **plan_line.values(self.opened.record, line)}
        text = "" if event.text == stands[event.question] else event.text
        self.keep_draft(DRAFT_OF_LINE.format(line=line.id, question=event.question), text)

    def on_asker_passed(self, event: Asker.Passed) -> None:
        """Put one answer of a form into the plan at once."""
        if event.editing is None:
            return
        try:
            self._put(event.editing, {event.question: event.text})
        except KmtuiError as error:
            self.query_one(Asker).back()
            self.tell(str(error), error=True)
            return
        self.changed()

    def on_asker_answered(self, event: Asker.Answered) -> None:
        """Take what was typed; what cannot be taken stays in the field."""
        text = event.values.get(MORE.id, "").strip()
        try:
            if event.editing is not None:
                self._put(event.editing, event.values)
                self.changed("It is not for us." if plan_line.WHY_NOT.id in event.values else "")
                self.unsure()
            elif text:
                self._add(text)
                self.unsure()
            elif self.lesson_chosen is not None:
                self.action_take_lesson()
                return
            else:
                self._give_priority(self.line())
        except KmtuiError as error:
            self._ask_again(event)
            self.tell(str(error), error=True)
            return
        self._ask()

    def _ask_again(self, event: Asker.Answered) -> None:
        asker = self.query_one(Asker)
        if event.editing is None:
            asker.field.fill(event.values.get(MORE.id, ""))
        else:
            asker.ask(self._questions(event.editing, event.values), event.values, editing=event.editing)

    def _questions(self, line_id: str, given: dict[str, str]) -> tuple[Question, ...]:
        line = next((each for each in self.planning.lines if each.id == line_id), None)
        if line is None or plan_line.WHY_NOT.id in given:
            return (plan_line.WHY_NOT,)
        return plan_line.questions(self.opened.record, line, self.opened.tools.today())

    def _add(self, text: str) -> None:
        """Give the chosen line dots, or add words as a line. Raises KmtuiError."""
        chosen: str | None = None
        if plan_line.is_number(text):
            self.planning.put(self.line().id, dots=int(text))
        else:
            chosen = self.write_own(text)
        self.opened.draft(DRAFT, "")
        self.changed()
        self.show_plan(chosen)

    def _give_priority(self, line: Planned) -> None:
        """Give the chosen line the next priority. What is not for us keeps its reason."""
        if line.priority == "not-for-us":
            self.tell(f"It is not for us and stays so. {key_for(self, 'not-planned')} takes that back.")
            return
        priority = plan_line.CYCLE[line.priority]
        words = PRIORITY_WORDS[priority] if priority else "no priority"
        if self.meant(f"“{shortened(one_line(line.action), 30)}”, {words}."):
            self.planning.put(line.id, priority=priority)
            self.changed(f"{words[:1].upper()}{words[1:]}.")

    def enter_words(self) -> bool:
        """Take the words in the field, or the change that is being made."""
        asker = self.query_one(Asker)
        if asker.editing is None and not asker.field.text.strip():
            return True
        if (refusal := asker.refusal()) is not None:
            self.tell(refusal, error=True)
            return False
        editing, given = asker.editing, dict(asker.present())
        self.on_asker_answered(Asker.Answered(given, editing))
        return self.query_one(Asker).editing is None

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer nothing that belongs to the walk, and while a line is being changed nothing of the list."""
        filling = self.is_mounted and self.query_one(Asker).editing is not None
        if action == "back":  # the same key shows the options
            return filling
        if action in OF_THE_LIST:
            return not filling
        return action not in NOT_HERE and super().check_action(action, parameters)

    def action_edit(self) -> None:
        """Change the chosen line: words, owner, days, sign of success, goal, effort, benefit, dots."""
        line, record = self.line(), self.opened.record
        asked = plan_line.questions(record, line, self.opened.tools.today())
        self._change(line, asked, plan_line.values(record, line))

    def action_not_planned(self) -> None:
        """Say that the chosen line is not for this team, and why; again takes it back."""
        line = self.line()
        if line.priority == "not-for-us":
            self.planning.put(line.id, priority=None, reason="")
            self.opened.draft(DRAFT_OF_LINE.format(line=line.id, question=plan_line.WHY_NOT.id), line.reason)
            self.changed("It is open again.")
        else:
            self._change(line, (plan_line.WHY_NOT,), {plan_line.WHY_NOT.id: line.reason})

    def action_remove(self) -> None:
        """Take the chosen line out of the plan."""
        self.planning.drop(self.line().id)
        self.changed(f"Taken out of the plan; {key_for(self, 'undo')} brings it back.")

    def action_move_up(self) -> None:
        """Move the chosen line up."""
        self._move(-1)

    def action_move_down(self) -> None:
        """Move the chosen line down."""
        self._move(1)

    def _move(self, by: int) -> None:
        line = self.line()
        self.planning.move(line.id, by)
        self.changed()
        self.show_plan(line.id)

    def action_order(self) -> None:
        """Put most dots first; where it is so already, what is done now."""
        before = self.planning.lines
        self.planning.by_dots()
        if self.planning.lines != before:
            self.changed("Most dots first.")
            return
        self.planning.by_priority()
        self.changed("What is done now comes first.")

    def action_next(self) -> None:
        """Take the change that is being made."""
        busy = self.query_one(Asker).begun or self.query_one(Asker).editing is not None
        if self.enter_words() and not busy:
            self.tell(f"This is the whole plan. {key_for(self, 'export')} writes it to a file, Esc goes back.")

    def action_back(self) -> None:
        """Go to the question before of the change that is being made."""
        if not self.query_one(Asker).back():
            self.tell("This is the first question. Esc goes back to the plan.")

    def action_options(self) -> None:
        """Go to what could be done."""
        from kmtui.tui.screens.offers import OffersScreen

        if self.enter_words():
            self.app.push_screen(OffersScreen(self.planning))

    def action_export(self) -> None:
        """Write the plan to a file."""
        from kmtui.tui.screens.export import ExportScreen

        if self.enter_words():
            self.app.push_screen(ExportScreen(self.opened.record, "plan"))

    def on_key(self, event: events.Key) -> None:
        """Scroll the plan with Page Up and Page Down."""
        self.scroll_by_page(event.key, self.query_one(Rows))

    def action_leave(self) -> None:
        """Leave a form if one is open; else go back. What was entered is in the plan, half-typed words are kept."""
        asker = self.query_one(Asker)
        if asker.editing is None:
            super().action_leave()
            return
        begun = any(self._draft(asker.editing, question) for question in asker.present())
        changed = self._before not in self.planning.lines
        self._ask()
        if begun:
            entered = "What was entered is in the plan. " if changed else ""
            self.tell(f"{entered}The words in the field are kept; the same key shows them again.")
        else:
            self.tell("What was entered is in the plan." if changed else "Nothing was changed.")


def open_plan(app: App[str], opened: OpenAssessment) -> None:
    """Show the plan of an open assessment; where nothing is chosen yet, what could be done stands before it."""
    from kmtui.tui.screens.offers import OffersScreen

    screen = PlanScreen(opened)
    app.push_screen(screen)
    if not opened.record.actions:
        app.push_screen(OffersScreen(screen.planning))
