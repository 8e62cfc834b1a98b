"""The register of lessons in plain text: words find lessons, a number opens one, what was found goes to a file."""

from __future__ import annotations

from collections.abc import Callable

from kmtui.analysis.query import LIMITS
from kmtui.model.base import in_words
from kmtui.model.errors import WrongInput
from kmtui.model.lines import LessonLine
from kmtui.plain.lesson import LessonTalk
from kmtui.plain.lesson_file import write_found
from kmtui.plain.lists import hit_lines, lesson_line
from kmtui.plain.menu import Menu
from kmtui.plain.words import Command
from kmtui.report.lesson_parts import NO_LESSONS, nothing_found
from kmtui.report.words import capitalised, counted
from kmtui.store.protocol import Hit
from kmtui.text import one_line
from kmtui.workspace.desk import Desk
from kmtui.workspace.register import MOST_FOUND, asked, search

_PAGE = 10
"""How many lessons that were found are read out at once: each takes two or three lines."""

_MANY = 500
"""So many files to read take long enough to be told of."""

_HELP = (
    'Words find lessons in all their forms, the best first. mov* finds beginnings, "a phrase" the words in this order.',
    f"Limits stand among the words: {' '.join(f'{each}:' for each in LIMITS)}. "
    'Such as tag:beds team:"Ward 7" state:agreed kind:keep after:2026 before:2026-06.',
    "list: the newest lessons. A number opens a lesson. more: the next ones. export: write what was found to a file.",
    "undo: take back what was said of a lesson last. Enter alone, or back, goes back. quit: end.",
)


class Found:
    """What was looked for last, what came of it, and how far that is read out."""

    def __init__(self) -> None:
        self.asked: str | None = None
        self.hits: list[Hit] = []
        self.first = 0


class RegisterTalk:
    """The conversation about the lessons of the workspace."""

    def __init__(self, menu: Menu, desk: Desk, show: Callable[[str], None]) -> None:
        """`show` reads out the report of a record."""
        self.menu = menu
        self.say = menu.say
        self.desk = desk
        self._lesson = LessonTalk(menu, desk, show, self._another)
        self._told_of_reading = False

    def run(self) -> None:
        """Find lessons, and open those that are chosen, until Enter goes back."""
        self.look()
        if not self.desk.tools.store.register.count():
            self.say(NO_LESSONS)
            return
        found = Found()
        while (line := self._find("register", found)) is not None:
            self._lesson.run(line.id)
            self._again(found)

    def review(self) -> None:
        """Read out the lessons that wait for review, and open those that are chosen, until Enter goes back."""
        while True:
            lines = self.desk.tools.store.register.waiting(self.desk.tools.today())
            if not lines:
                self.say("No lesson waits. A lesson comes here on the day that was set to look at it again.")
                return
            line = self.menu.pick("review", lines, self._waiting, self._lesson.undo)
            if line is None:
                return
            self._lesson.run(line.id)

    def _waiting(self, line: LessonLine) -> str:
        owner = f"{one_line(line.owner)}: " if line.owner else ""
        return f"Since {in_words(line.review)}, {owner}{lesson_line(line)}" if line.review else lesson_line(line)

    # Finding

    def _another(self) -> LessonLine | None:
        """Find a lesson that is joined into another one; None to go back."""
        return self._find("register.join", Found())

    def _find(self, question: str, found: Found) -> LessonLine | None:
        """Look for what is typed and return the lesson that is chosen; None to go back."""
        while True:
            number = "Number, words to find, or Enter to go back:"
            answer = self.menu.ask(question, number if found.hits else "Words to find, or Enter to go back:", _HELP)
            if answer in ("", Command(word="back"), Command(word="skip")):
                return None
            if isinstance(answer, Command):
                self._command(question, answer, found)
            elif not (answer.isdecimal() and found.hits):
                self._search(question, answer, found)
            elif 1 <= int(answer) <= len(found.hits):
                return found.hits[int(answer) - 1].line
            else:
                self.menu.prompter.wrong(question, f"There is no number {answer[:40]} here.")

    def _command(self, question: str, command: Command, found: Found) -> None:
        if command.word == "list":
            self._search(question, "", found)
        elif command.word == "undo":
            self._lesson.undo()
        elif command.word in ("more", "export") and not found.hits:
            self.say("Nothing is found yet. Words find lessons; list shows the newest ones.")
        elif command.word == "more" and not command.numbers:
            found.first = found.first + _PAGE if found.first + _PAGE < len(found.hits) else 0
            self._read_out(found)
        elif command.word == "export":
            write_found(self.menu, self.desk, found.hits, found.asked or "")
        else:
            self.menu.prompter.wrong(question, f'"{command.word}" does nothing here. ? lists what can be typed.')

    def _search(self, question: str, words: str, found: Found) -> None:
        self.look()
        try:
            hits = search(self.desk.tools, asked(words))
        except WrongInput as error:
            wrong = str(error)
        else:
            found.asked, found.hits, found.first = words, hits, 0
            self._read_out(found)
            return
        self.menu.prompter.wrong(question, wrong)

    def _again(self, found: Found) -> None:
        """Look again for the same, since what was said of a lesson may have changed that, and read that place out."""
        found.hits = search(self.desk.tools, asked(found.asked or ""))
        found.first = found.first if found.first < len(found.hits) else 0
        self._read_out(found)

    def look(self) -> None:
        """Bring the register up to date with the files, and say so once where there is much to read."""

        def progress(_done: int, total: int) -> bool:
            if total >= _MANY and not self._told_of_reading:
                self._told_of_reading = True
                self.menu.prompter.warn(f"Reading {total:,} records. That is needed once, and what has changed later.")
            return not self.menu.prompter.stopped

        self.desk.tools.store.register.look(progress)

    def _read_out(self, found: Found) -> None:
        if not found.hits:
            self.say(nothing_found(found.asked or ""))
            return
        if found.first == 0:
            self.say(self._how_many(found))
        here = found.hits[found.first : found.first + _PAGE]
        for number, hit in enumerate(here, found.first + 1):
            first, *rest = hit_lines(hit)
            self.say(f"{number}. {first}")
            for line in rest:
                self.say(line)
        more = len(found.hits) - found.first - len(here)
        if more:
            self.say(f"{more} more: type more.")

    def _how_many(self, found: Found) -> str:
        if len(found.hits) < MOST_FOUND:
            there = " found" if (found.asked or "").strip() else ", the newest first"
            return f"{capitalised(counted(len(found.hits), 'lesson', 'lessons'))}{there}:"
        best = "best" if (found.asked or "").strip() else "newest"
        return f"The {best} {len(found.hits)} of {self.desk.tools.store.register.count():,} lessons:"
