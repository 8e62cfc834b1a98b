"""One lesson: what it says, what has become of it, where it was used; and saying what has become of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widgets import Static

from kmtui.flow.typed import parse_date
from kmtui.model.base import in_words
from kmtui.model.errors import KmtuiError, WrongInput
from kmtui.model.lines import LessonLine
from kmtui.text import clean, one_line, shortened
from kmtui.tui.actions import bindings
from kmtui.tui.keys import key_for
from kmtui.tui.screens.keeping import KeepingScreen
from kmtui.tui.screens.lesson_shown import lesson_content
from kmtui.tui.unanswered import Form
from kmtui.tui.widgets.asker import Asker, Question
from kmtui.workspace.finding import Thing
from kmtui.workspace.register import LessonPage, join, page, say, stood, take_apart

ROLE = Question("role", "Who says so?", "A role: ward sister. Or Enter")
CHANGED = Question("note", "What has changed because of it?", "What is different now?", required=True)
WHY = Question("note", "Why is it of no use any more?", "What has taken its place?", required=True)
OWNER = Question("owner", "Which role looks after it?", "One role, or Enter for none")
REVIEW = "When do we look at it again?"

_FORM_KEYS = ("next", "back")
_LESSON_KEYS = (
    "agreed", "applied", "retired", "review", "owner", "join", "apart", "source", "delete-lesson", "undo",
)  # fmt: skip


class LessonScreen(KeepingScreen):
    """Shows a lesson. A form stands below it while something is asked; what is half typed there is kept."""

    KEYS = ("next", "agreed", "applied", "retired", "undo", "leave")
    BINDINGS = bindings(*_LESSON_KEYS, *_FORM_KEYS)
    CSS = """
    #page { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    #page Static { height: auto; }
    #asker { display: none; }
    """

    class Looked(Message):
        """The lesson was read, or could not be."""

        def __init__(self, found: LessonPage | None, trouble: str = "") -> None:
            super().__init__()
            self.found = found
            self.trouble = trouble

    def __init__(self, lesson_id: str) -> None:
        super().__init__()
        self._lesson_id = lesson_id
        self._page: LessonPage | None = None
        self._asked = ""  # what the form below is for
        self._stood: dict[str, str] = {}  # what stood in it at first
        self._role = ""  # who said so the last time
        self._undo: list[Callable[[], object]] = []
        self._deleted = False

    def compose_body(self) -> ComposeResult:
        """Show the lesson, and the form."""
        with VerticalScroll(id="page"):
            yield Static(id="lesson", markup=False)
        yield Asker(id="asker")

    def arrive(self) -> None:
        """Draw the frame, and read."""
        super().arrive()
        self.query_one("#page").focus()
        self.tell(f"{key_for(self, 'help')} lists what can be said of it.")

    def draw(self) -> None:
        """Show the heading, and read the lesson in a thread: names of techniques and criteria are read for it."""
        super().draw()
        if self._deleted:
            return
        self.head("A lesson")
        self.run_worker(self._look, name="look", group="look", thread=True, exclusive=True)

    def _look(self) -> None:
        try:
            message = self.Looked(page(self.desk.tools, self._lesson_id))
        except KmtuiError as error:
            message = self.Looked(None, str(error))
        self.post_message(message)

    def on_lesson_screen_looked(self, event: Looked) -> None:
        """Show the lesson."""
        if event.found is None:
            self.tell(event.trouble, error=True)
            return
        self._page = event.found
        line = event.found.line
        self.head("A lesson", shortened(line.team or line.title, 24))
        self.query_one("#lesson", Static).update(lesson_content(event.found, self.desk.tools.today()))
        self.draw_keys()

    @property
    def _line(self) -> LessonLine:
        """The lesson. Raises WrongInput while it is not read yet."""
        if self._page is None:
            raise WrongInput("The lesson is not read yet.")
        return self._page.line

    # Asking

    @property
    def form(self) -> Form:
        """Under what half-typed words are kept: of each lesson, what is asked."""
        return f"LessonScreen {self._lesson_id} {self._asked}"

    def typed(self) -> dict[str, str]:
        """Return what was typed and not entered."""
        present = self.query_one(Asker).present() if self._asked else {}
        return {} if present == self._stood else present

    def _ask(self, asked: str, *questions: Question, **stands: str) -> None:
        """Open a form below the lesson, with what was typed there before and not entered."""
        self._asked = asked
        self._stood = {each.id: stands.get(each.id, "") for each in questions}
        asker = self.query_one(Asker)
        asker.ask(questions, {**self._stood, **self.left()}, resume=bool(self.left()))
        self.tell("Esc goes back to the lesson.")
        self.draw_keys()

    def _close(self) -> None:
        self._asked = ""
        self.query_one(Asker).ask(())
        self.query_one("#page").focus()
        self.draw_keys()

    def on_asker_refused(self, event: Asker.Refused) -> None:
        """Say why what was typed cannot be taken; it is still in the field."""
        self.tell(event.words, error=True)

    def on_asker_answered(self, event: Asker.Answered) -> None:
        """Keep what was said, or say why that cannot be, with the words still in the form."""
        asked, given = self._asked, {name: clean(text).strip() for name, text in event.values.items()}
        try:
            told = self._take(asked, given)
        except KmtuiError as error:
            asker = self.query_one(Asker)
            asker.restore(event.values)
            asker.display = True
            self.tell(str(error), error=True)
            return
        self.kmtui.unanswered.pop(self.form, None)
        self._close()
        self.kmtui.unanswered.save()
        self.draw()
        self.tell(told)

    def _take(self, asked: str, given: dict[str, str]) -> str:
        """Put on disk what a form says, and return what was done. Raises WrongInput, StoreError."""
        if asked in ("agreed", "applied", "retired"):
            self._role = given["role"]
            self._say(state=asked, note=given.get("note", ""), role=given["role"])
            return f"Saved. The lesson is {asked}."
        if asked == "owner":
            self._say(owner=given["owner"])
            return f"Saved. {one_line(given['owner']) or 'No role'} looks after it."
        day = parse_date(given["review"], self.desk.tools.today())
        self._say(review=day, no_review=day is None)
        return (
            f"Saved. It is looked at again on {in_words(day)}."
            if day
            else "Saved. It has no day to be looked at again."
        )

    def _say(self, **change: Any) -> None:
        """Say something of the lesson, and remember how it was before."""
        line, found = self._line, self._page
        say(self.desk.tools, line.id, **change)
        if found is not None:
            self._undo.append(partial(say, self.desk.tools, line.id, **stood(found, change)))

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what belongs to the form while one is open, and else what can be done with this lesson."""
        if action in _FORM_KEYS:
            return bool(self._asked)
        if action.replace("_", "-") in _LESSON_KEYS:
            return not self._asked and self._page is not None and self._can(action, self._page)
        return super().check_action(action, parameters)

    def _can(self, action: str, found: LessonPage) -> bool:
        if self._deleted:
            return action == "undo"
        if action in ("agreed", "retired"):
            return found.line.state != action
        if action == "apart":
            return found.line.joined is not None or bool(found.sources)
        if action == "source":
            return not found.line.imported
        return action != "undo" or bool(self._undo)

    def action_agreed(self) -> None:
        """Say that those who own it agree to the lesson."""
        self._ask("agreed", ROLE, role=self._role)

    def action_applied(self) -> None:
        """Say that something has changed because of the lesson."""
        self._ask("applied", CHANGED, ROLE, role=self._role)

    def action_retired(self) -> None:
        """Say that the lesson is of no use any more."""
        self._ask("retired", WHY, ROLE, role=self._role)

    def action_review(self) -> None:
        """Say when the lesson is looked at again."""
        check = partial(parse_date, today=self.desk.tools.today())
        question = Question("review", REVIEW, "1 Dec, friday, 6 months; empty for no day", check=check)
        day = self._line.review
        self._ask("review", question, review=day.isoformat() if day else "")

    def action_owner(self) -> None:
        """Say which role looks after the lesson."""
        self._ask("owner", OWNER, owner=self._line.owner)

    def action_next(self) -> None:
        """Take the form as it stands."""
        asker = self.query_one(Asker)
        if (refusal := asker.refusal()) is not None:
            self.tell(refusal, error=True)
        else:
            self.on_asker_answered(Asker.Answered(dict(asker.present()), None))

    def action_back(self) -> None:
        """Go to the question before."""
        if not self.query_one(Asker).back():
            self.tell("This is the first question. Esc goes back to the lesson.")

    def action_join(self) -> None:
        """Choose another lesson that says the same, and join it into this one."""
        from kmtui.tui.screens.register import ChooseLessonScreen

        self.app.push_screen(ChooseLessonScreen("Join which lesson into this one?", self._join))

    def _join(self, other: LessonLine) -> None:
        try:
            join(self.desk.tools, self._lesson_id, [other.id])
        except KmtuiError as error:
            self.tell(str(error), error=True)
            return
        self._undo.append(partial(take_apart, self.desk.tools, other.id))
        self.draw()
        self.tell(f"Saved. “{shortened(other.lesson, 40)}” is joined into this one.")

    def action_apart(self) -> None:
        """Have a lesson that was joined stand for itself again: this one, or one that was joined into it."""
        from kmtui.tui.screens.choose import ChooseScreen

        sources = self._page.sources if self._page is not None else ()
        if self._line.joined is not None or len(sources) == 1:
            self._apart(self._lesson_id if self._line.joined is not None else sources[0].id)
            return
        places = [(each.id, one_line(each.lesson), one_line(each.team or each.title)) for each in sources]
        heading, told = "Which one stands for itself?", "Enter takes it out."
        self.app.push_screen(ChooseScreen(heading, places, "", self._apart, told))

    def _apart(self, lesson_id: str) -> None:
        into = self._line.joined or self._lesson_id
        apart = take_apart(self.desk.tools, lesson_id)
        self._undo.append(partial(join, self.desk.tools, into, [lesson_id]))
        self.draw()
        self.tell(f"Saved. “{shortened(apart.lesson, 40)}” stands for itself again.")

    def action_source(self) -> None:
        """Open the session that the lesson comes from."""
        from kmtui.tui.opening import open_record

        open_record(self.kmtui, self._line.session)

    def action_delete_lesson(self) -> None:
        """Delete the lesson. It stays in sight, and can be brought back until kmtui ends."""
        line = self._line
        self.desk.delete_thing(Thing(kind="lesson", id=line.id, name=line.lesson))
        self._deleted = True
        self.head("A lesson that is deleted", shortened(line.team or line.title, 24))
        self.draw_keys()
        left = f" {self.desk.left_behind}" if self.desk.left_behind else ""
        keys = f"{key_for(self, 'undo')} brings it back until you quit; then it is gone."
        self.tell(f"Deleted, also out of the backups. {keys}{left}", error=bool(left))

    def _bring_back(self) -> None:
        name = self.desk.undo_delete()
        self._deleted = False
        self.draw()
        self.tell("It was brought back already." if name is None else "The lesson is back.")

    def action_undo(self) -> None:
        """Take back what was said last, or bring the lesson back."""
        if self._deleted:
            self._bring_back()
            return
        if not self._undo:
            self.tell("Nothing to undo.")
            return
        self._undo[-1]()
        self._undo.pop()
        self.draw()
        self.tell("Saved. It is as it was before.")

    def on_key(self, event: events.Key) -> None:
        """Scroll the lesson with Page Up and Page Down."""
        self.scroll_by_page(event.key, self.query_one("#page"))

    def action_leave(self) -> None:
        """Leave the form if one is open, with what was typed kept; else go back."""
        if not self._asked:
            super().action_leave()
            return
        kept = bool(self.typed())
        self.keep_typed()
        self._close()
        self.tell("The words come back with the same form." if kept else "")
