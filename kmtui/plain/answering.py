"""One person answers a survey on this machine: quietly, alone, and out of sight of whoever comes next."""

from __future__ import annotations

import shutil
from collections.abc import Callable

from kmtui.flow.assessment import parse_level
from kmtui.model.errors import StoreError, WrongInput
from kmtui.model.matrix import Criterion
from kmtui.plain.prompts import InputEnded, Prompter, QuitAsked, Stopped
from kmtui.plain.ratings import skip_as_typed, statement_lines
from kmtui.plain.talk import Unsaved
from kmtui.plain.words import Command
from kmtui.report.sentences import level_in_words
from kmtui.text import one_line
from kmtui.workspace.answering import Answering
from kmtui.workspace.confiding import Decided

_HELP = (
    "Type a number, or dk (don't know), or not-for-us; then why, if you want to say it. Enter leaves it open.",
    "back: the one before. go 4: number 4. list: what you have answered. finish: hand the answers in.",
    "Every answer is kept at once, without a name or a time. Only how many have answered is shown to anyone",
    "until the survey is closed. quit: stop here; only who knows your code can go on with your answers.",
)
_LEAST_LINES = 40
"""How many empty lines at least put what was typed out of sight."""
_WHY = "Why (Enter leaves it):"


def out_of_sight(prompter: Prompter) -> None:
    """Leave nothing of one person on the screen for whoever sits down next."""
    for _ in range(max(_LEAST_LINES, shutil.get_terminal_size().lines)):
        prompter.say()


class AnsweringTalk:
    """The conversation with one person who answers a survey."""

    def __init__(self, prompter: Prompter, answering: Answering) -> None:
        self.prompter = prompter
        self.say = prompter.say
        self.answering = answering
        self._unsaved = False

    def run(self) -> None:
        """Ask role and criteria until the answers are handed in. Nothing of them is left on a terminal.

        Raises:
            InputEnded, QuitAsked, Stopped: it was left before; what was answered is kept.
            WrongAnswer: as above, and an answer from a pipe was wrong.
            Unsaved: as above, and not everything could be kept.
        """
        code = self.answering.code
        self.prompter.help = lambda: (*_HELP, f"Your code, to go on later: {code}.")
        total = self.answering.position[1]
        matrix = self.answering.survey.matrix
        self.say()
        self.say(f"{one_line(matrix.title)}: {total} criteria. Your answers are kept without your name. ? gives help.")
        self.say(f"Your code, to go on later: {code}.")
        before, self.prompter.kept = self.prompter.kept, Decided()  # what others decided says what they have written
        try:
            try:
                self._role()
                self._walk()
            finally:
                self.prompter.kept = before
                out_of_sight(self.prompter)
        except (InputEnded, QuitAsked, Stopped):
            if self.answering.response.answered:
                self.say("Stopped. What was answered is kept, and counts once its code is typed and it is handed in.")
            if self._unsaved:
                raise Unsaved("The workspace does not have all of these answers. The rest is lost now.") from None
            raise
        self.say("Thank you. Next person.")

    def _role(self) -> None:
        if self.answering.response.role or self.answering.response.answered:
            return
        role = self.prompter.words("role", "Your role, if you want to say it (Enter leaves it):")
        if role:
            self._kept("role", lambda: self.answering.say_role(role))

    def _walk(self) -> None:
        while True:
            command = self._criterion(self.answering.criterion)
            if command.word == "back" and not self.answering.back():
                self.prompter.wrong(self._question("level"), "This is the first one.")
            elif command.word == "go":
                self._go(int(command.words))
            elif (
                command.word == "finish" or (command.word == "on" and not self.answering.forward())
            ) and self._hand_in():
                return

    def _question(self, field: str) -> str:
        return f"{self.answering.criterion.id}.{field}"

    def _places(self) -> list[str]:
        return [str(number) for number in range(1, self.answering.position[1] + 1)]

    def _go(self, number: int) -> None:
        while self.answering.position[0] < number and self.answering.forward():
            pass
        while self.answering.position[0] > number and self.answering.back():
            pass

    def _criterion(self, criterion: Criterion) -> Command:
        """Ask about one criterion; return the command that leads on."""
        number, count = self.answering.position
        matrix = self.answering.survey.matrix
        self.say()
        self.say(f"{number} of {count}: {one_line(criterion.name)}")
        for line in statement_lines(matrix, criterion):
            self.say(line)
        if self.answering.rating.answered:
            self.say(f"You answered: {level_in_words(matrix, self.answering.rating)}.")
        question, scale = self._question("level"), matrix.scale
        keeps = "Enter keeps the answer" if self.answering.rating.answered else "Enter leaves it open"
        while True:
            answer = self.prompter.ask(
                question, f"Level, {scale.lowest} to {scale.highest}, dk or not-for-us ({keeps}):", self._places()
            )
            if isinstance(answer, Command):
                if answer.word in ("back", "go"):
                    return answer
                if answer.word == "skip":
                    return Command(word="on")
                self._other(question, answer)
            elif not answer:
                return Command(word="on")
            elif answer.lower() == "finish":
                return Command(word="finish")
            elif self._answered(question, answer):
                return self._why()

    def _answered(self, question: str, words: str) -> bool:
        skip = skip_as_typed(words)
        if skip == "parked":
            self.prompter.wrong(question, "Only a group can park a criterion. Enter leaves it open.")
            return False
        if skip is not None:
            return self._kept(question, lambda: self.answering.rate(skip=skip))
        try:
            level = parse_level(self.answering.survey.matrix, words)
        except WrongInput as error:
            self.prompter.wrong(question, str(error))
            return False
        return self._kept(question, lambda: self.answering.rate(level=level))

    def _why(self) -> Command:
        """Ask why; return the command that leads on."""
        question = self._question("rationale")
        if self.answering.rating.skip is not None:
            return Command(word="on")
        before = self.answering.rating.rationale
        if before:
            self.say(f"{_WHY} {one_line(before)}")
        while True:
            answer = self.prompter.ask(
                question, "New words, Enter keeps them, - empties:" if before else _WHY, self._places()
            )
            if isinstance(answer, Command):
                if answer.word == "back":
                    return Command(word="go", words=str(self.answering.position[0]))
                if answer.word == "go":
                    return answer
                if answer.word == "skip":
                    return Command(word="on")
                self._other(question, answer)
            else:
                words = self.prompter.decided(question, "" if answer == "-" and before else answer)
                if words is None:
                    continue
                if not answer or self._kept(question, lambda words=words: self.answering.rate(rationale=words)):  # type: ignore[misc]
                    return Command(word="on")

    def _hand_in(self) -> bool:
        """Ask whether the answers are handed in, and do so; return False to go on with them."""
        self.say()
        self._list()
        while True:
            answer = self.prompter.ask(
                "finish", "Enter hands the answers in, for good. back, or go and a number, changes one:", self._places()
            )
            if isinstance(answer, Command):
                if answer.word == "back":
                    return False
                if answer.word == "go":
                    self._go(int(answer.words))
                    return False
                self._other("finish", answer)
            elif answer and answer.lower() not in ("yes", "y", "finish"):
                self.prompter.wrong("finish", "Enter hands the answers in. back changes them.")
            elif not self.answering.response.answered:
                self.prompter.wrong("finish", "Nothing is answered yet. Give at least one level, or type dk at one.")
                return False
            elif self._finished():
                return True

    def _finished(self) -> bool:
        """Hand the answers in; return False after saying why they could not be kept. Raises from a pipe."""
        try:
            self.answering.finish()
        except StoreError as error:
            if not self.prompter.terminal:
                raise
            self._unsaved = True
            self.prompter.error(f"{error} The answers are kept here. Enter tries again.")
            return False
        self._unsaved = False
        return True

    def _other(self, question: str, command: Command) -> None:
        if command.word in ("list", "list all"):
            self._list()
        else:
            self.prompter.wrong(question, f'"{command.word}" does nothing here. ? lists what can be typed.')

    def _list(self) -> None:
        survey = self.answering.survey
        for number, criterion in enumerate(survey.matrix.criteria, 1):
            rating = self.answering.response.rating(criterion.id)
            words = level_in_words(survey.matrix, rating) if rating.answered else "open"
            why = f". {one_line(rating.rationale).rstrip('.')}" if rating.rationale else ""
            self.say(f"{number}. {one_line(criterion.name)}: {words}{why}.")

    def _kept(self, question: str, act: Callable[[], object]) -> bool:
        """Keep an answer and say so; return False where it cannot be taken."""
        try:
            act()
        except WrongInput as error:
            self.prompter.wrong(question, str(error))
            return False
        except StoreError as error:
            self._unsaved = True
            self.prompter.error(f"{error} What you typed is kept here, and saved with the next answer.")
            return True
        self._unsaved = False
        self.say("Saved.")
        return True
