"""One lesson in plain text: all that is known of it, and saying what has become of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from kmtui.flow.typed import parse_date
from kmtui.model.base import in_words
from kmtui.model.errors import KmtuiError, NotFound, WrongInput
from kmtui.model.lesson import LessonState
from kmtui.model.lines import LessonLine
from kmtui.plain.bundles import write_bundle
from kmtui.plain.lesson_file import write_lesson
from kmtui.plain.lists import lesson_line
from kmtui.plain.menu import Choice, Menu
from kmtui.plain.prompts import WrongAnswer
from kmtui.report.lesson_parts import lesson_parts, life_parts, origin, standing, use_words, waiting_words
from kmtui.report.words import capitalised
from kmtui.text import one_line
from kmtui.workspace.desk import Desk
from kmtui.workspace.finding import Thing
from kmtui.workspace.register import LessonPage, join, page, say, stood, take_apart

_NONE = "-"
"""What empties an owner or a day."""

_CHANGED = "What has changed because of it:"
_WHY = "Why is it of no use any more:"


class LessonTalk:
    """The conversation about one lesson after the other. What was said last can be taken back until kmtui ends."""

    def __init__(
        self,
        menu: Menu,
        desk: Desk,
        show: Callable[[str], None],
        another: Callable[[], LessonLine | None],
    ) -> None:
        """`show` reads out the report of a record, `another` asks for a lesson that says the same."""
        self.menu = menu
        self.say = menu.say
        self.desk = desk
        self._show = show
        self._another = another
        self._role = ""  # who said so the last time
        self._undone: list[Callable[[], LessonLine]] = []

    def run(self, lesson_id: str) -> None:
        """Read a lesson out, and do one thing after the other with it, until Enter goes back."""
        self._read_out(page(self.desk.tools, lesson_id))
        while self._one(lesson_id):
            pass

    def undo(self) -> None:
        """Take back what was said last of a lesson."""
        if not self._undone:
            self.say("There is nothing to undo.")
            return
        line = self._undone[-1]()
        self._undone.pop()
        self.say(f"Saved. It is as it was before: {_told(line)}")

    def _one(self, lesson_id: str) -> bool:
        """Do one thing with a lesson; return whether to go on with it."""
        try:
            found = page(self.desk.tools, lesson_id)
        except NotFound:  # somebody has deleted it meanwhile
            self.say("This lesson is not here any more.")
            return False
        words = "Number, list to hear it again, or Enter to go back:"
        again = {"list": partial(self._read_out, found)}
        chosen = self.menu.choose("lesson.what", words, self._choices(found), self.undo, again)
        if chosen is None:
            return False
        try:
            chosen.does()
        except WrongAnswer:
            raise
        except KmtuiError as error:
            if not self.menu.prompter.terminal:
                raise
            self.menu.prompter.error(str(error))
        return True

    def _choices(self, found: LessonPage) -> list[Choice]:
        line = found.line
        agreed = [Choice("Agreed: those who own it agree to it", partial(self._state, found, "agreed"))]
        retired = [Choice("Retired: it is of no use any more", partial(self._state, found, "retired", _WHY))]
        apart = [Choice("Have a joined lesson stand for itself again", partial(self._apart, found))]
        source = [Choice("Read the report of its session", partial(self._show, line.session))]
        return [
            *(agreed if line.state != "agreed" else ()),
            Choice("Applied: something has changed because of it", partial(self._state, found, "applied", _CHANGED)),
            *(retired if line.state != "retired" else ()),
            Choice("When it is looked at again", partial(self._review, found)),
            Choice("Which role looks after it", partial(self._owner, found)),
            Choice("Join another lesson that says the same into this one", partial(self._join, line)),
            *(apart if line.joined is not None or found.sources else ()),
            *(source if not line.imported else ()),
            Choice("Write it to a file", partial(write_lesson, self.menu, self.desk, found)),
            Choice("Bundle it for another kmtui", partial(write_bundle, self.menu, self.desk, (line.id,))),
            Choice("Delete it (undo brings it back until kmtui ends)", partial(self._delete, line)),
        ]

    # Reading it out

    def _read_out(self, found: LessonPage) -> None:
        line = found.line
        self.say()
        self.say(one_line(line.lesson))
        self.say(f"{capitalised(standing(line))}.")
        if waits := waiting_words(line, self.desk.tools.today()):
            self.say(waits)
        for label, text in lesson_parts(line, technique=found.technique_name, criterion=found.criterion_name):
            if label != "Keep or change":
                self.say(f"{label}: {one_line(text)}")
        life = life_parts(line, found.turns)
        self._listed("What has become of it:", (f"{label}: {text}" for label, text in life))
        self._listed("Where it was taken along:", (use_words(use) for use in found.uses))
        self._listed("Joined out of:", (_other(each) for each in found.sources))
        self._listed("Joined into:", (_other(each) for each in (found.into,) if each is not None))
        self._listed("Learnt before:", (_other(each) for each in (found.earlier,) if each is not None))

    def _listed(self, heading: str, lines: Iterable[str]) -> None:
        for number, line in enumerate(lines):
            if number == 0:
                self.say(heading)
            self.say(f"- {one_line(line)}")

    # Saying what has become of it

    def _words(self, question: str, words: str) -> str:
        """Return what is typed, once it is decided what of it is kept; empty for Enter alone."""
        while True:
            answer = self.menu.ask(question, words)
            if not isinstance(answer, str) or not answer:
                return ""
            if (decided := self.menu.prompter.decided(question, answer)) is not None:
                return decided

    def _say(self, found: LessonPage, told: str, **change: Any) -> None:
        """Put on disk what was said, and remember how it was before."""
        line = found.line
        say(self.desk.tools, line.id, **change)
        self._undone.append(partial(say, self.desk.tools, line.id, **stood(found, change)))
        self.say(f"Saved. {told}")

    def _state(self, found: LessonPage, state: LessonState, asks: str = "") -> None:
        note = self._words("lesson.note", asks) if asks else ""
        if asks and not note:
            self.say("Nothing was changed.")
            return
        last = f"Enter for {one_line(self._role)}, {_NONE} for nobody" if self._role else "or Enter"
        typed = self._words("lesson.role", f"Who says so (a role, {last}):")
        self._role = "" if typed == _NONE else typed or self._role
        self._say(found, f"The lesson is {state}.", state=state, note=note, role=self._role)

    def _owner(self, found: LessonPage) -> None:
        now = one_line(found.line.owner)
        stands = f"Enter keeps {now}, {_NONE} takes it away" if now else "Enter goes back"
        typed = self._words("lesson.owner", f"Which role looks after it ({stands}):")
        if typed:
            owner = "" if typed == _NONE else typed
            self._say(found, f"{one_line(owner) or 'No role'} looks after it.", owner=owner)

    def _review(self, found: LessonPage) -> None:
        now = found.line.review
        stands = f"Enter keeps {in_words(now)}, {_NONE} takes it away" if now else "1 Dec, friday, 6 months"
        while True:
            answer = self.menu.ask("lesson.review", f"When do we look at it again ({stands}):")
            if not isinstance(answer, str) or not answer:
                return
            try:
                day = None if answer == _NONE else parse_date(answer, self.desk.tools.today())
                break
            except WrongInput as error:
                wrong = str(error)
            self.menu.prompter.wrong("lesson.review", wrong)
        told = f"It is looked at again on {in_words(day)}." if day else "It has no day to be looked at again."
        self._say(found, told, review=day, no_review=day is None)

    def _delete(self, line: LessonLine) -> None:
        self.desk.delete_thing(Thing(kind="lesson", id=line.id, name=line.lesson))
        self._undone.append(partial(self._back, line))
        self.say(f"Deleted, also out of the backups: {_told(line)} undo brings it back until kmtui ends.")
        if self.desk.left_behind:
            self.menu.prompter.error(self.desk.left_behind)

    def _back(self, line: LessonLine) -> LessonLine:
        self.desk.undo_delete()
        return line

    # Lessons that say the same

    def _join(self, line: LessonLine) -> None:
        self.say("Which lesson says the same? It stays as it is, and is found as this one.")
        other = self._another()
        if other is not None:
            join(self.desk.tools, line.id, [other.id])
            self._undone.append(partial(take_apart, self.desk.tools, other.id))
            self.say(f"Saved. Joined into this one: {_told(other)}")

    def _apart(self, found: LessonPage) -> None:
        line = found.line
        choices = [line] if line.joined is not None else list(found.sources)
        chosen = choices[0] if len(choices) == 1 else self._one_of(choices)
        if chosen is not None:
            apart = take_apart(self.desk.tools, chosen.id)
            self._undone.append(partial(self._joined_again, line.joined or line.id, apart))
            self.say(f"Saved. It stands for itself again: {_told(apart)}")

    def _one_of(self, lines: list[LessonLine]) -> LessonLine | None:
        return self.menu.pick("lesson.apart", lines, lesson_line, self.undo)

    def _joined_again(self, into: str, line: LessonLine) -> LessonLine:
        join(self.desk.tools, into, [line.id])
        return line


def _told(line: LessonLine) -> str:
    return f"{one_line(line.lesson).rstrip('.')}."


def _other(line: LessonLine) -> str:
    return f"{one_line(line.lesson)} ({one_line(origin(line))})"
