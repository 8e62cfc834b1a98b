"""Menus: numbered choices, and long lists that are read out page by page."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from kmtui.plain.prompts import InputEnded, Prompter, QuitAsked
from kmtui.plain.words import Command
from kmtui.text import one_line

PAGE = 20
"""How many lines of a long list are read out at once."""

_HELP = (
    "Type the number of a line and Enter. Enter alone, or back, goes back.",
    "In a long list: words find lines that hold them, more shows the next ones. At a card: export writes it to a file.",
    "undo: bring back what was deleted last, or take back what was said of an action. quit: end.",
)

NO_COMMANDS: Mapping[str, Callable[[], object]] = MappingProxyType({})

Line = TypeVar("Line")


class LeftFromMenu(Exception):
    """The input ended, or `quit` was typed, where nothing was under way."""


class Choice(NamedTuple):
    """A line of a menu and what it does."""

    words: str
    does: Callable[[], object]


class Menu:
    """Asks at menus. The end of the input is a normal end here, since nothing is under way."""

    def __init__(self, prompter: Prompter) -> None:
        self.prompter = prompter
        self.say = prompter.say

    def ask(self, question: str, words: str, told: Sequence[str] = _HELP) -> str | Command:
        """Ask for a line; `told` is the help that `?` gives here. Raises LeftFromMenu."""
        self.prompter.help = lambda: told
        try:
            return self.prompter.ask(question, words)
        except (InputEnded, QuitAsked) as left:
            raise LeftFromMenu from left

    def choose(
        self,
        question: str,
        words: str,
        choices: Sequence[Choice],
        undo: Callable[[], None],
        commands: Mapping[str, Callable[[], object]] = NO_COMMANDS,
    ) -> Choice | None:
        """Read out the choices and return the chosen one; None to go back. `commands` are what else can be typed."""
        for number, choice in enumerate(choices, 1):
            self.say(f"{number}. {choice.words}")
        while True:
            answer = self.ask(question, words)
            if answer in ("", Command(word="back"), Command(word="skip")):
                return None
            if isinstance(answer, Command) and answer.word in commands:
                commands[answer.word]()
            elif isinstance(answer, Command):
                self._command(question, answer, undo)
            elif answer.isdecimal() and 1 <= int(answer) <= len(choices):
                return choices[int(answer) - 1]
            else:
                self.prompter.wrong(question, f'"{answer[:40]}" is not one of the numbers 1 to {len(choices)}.')

    def pick(
        self,
        question: str,
        lines: Sequence[Line],
        shown: Callable[[Line], str],
        undo: Callable[[], None],
        holds: Callable[[Line, str], bool] = lambda _line, _words: False,
    ) -> Line | None:
        """Read a list out page by page and return the chosen line; None to go back, or after `undo`.

        Words that are typed find the lines in which all of them stand, and those of which `holds` says that they fit.
        """
        found, first = list(lines), 0
        while True:
            page = found[first : first + PAGE]
            for number, line in enumerate(page, first + 1):
                self.say(f"{number}. {one_line(shown(line))}")
            if len(found) > first + PAGE:
                self.say(f"{len(found) - first - PAGE} more: type more.")
            answer = self.ask(question, "Number, words to find, or Enter to go back:")
            if answer in ("", Command(word="back"), Command(word="skip")):
                return None
            if answer == Command(word="more"):
                first = first + PAGE if first + PAGE < len(found) else 0
            elif answer == Command(word="undo"):
                undo()
                return None
            elif isinstance(answer, Command):
                self._command(question, answer, undo)
            elif answer.isdecimal():
                if 1 <= int(answer) <= len(found):
                    return found[int(answer) - 1]
                self.prompter.wrong(question, f"There is no number {answer[:40]} here.")
            else:
                first = 0
                found = [each for each in lines if _holds(shown(each), answer) or holds(each, answer)]
                self.say(f"{len(found)} found." if found else "Nothing found. Enter goes back.")

    def _command(self, question: str, command: Command, undo: Callable[[], None]) -> None:
        if command.word == "undo":
            undo()
        else:
            self.prompter.wrong(question, f'"{command.word}" does nothing here. Type a number, or Enter to go back.')


def _holds(shown: str, words: str) -> bool:
    return all(word in shown.casefold() for word in words.casefold().split())
