"""The parts of a set-up that are lists: goals, criteria that are left out, and what the local service offers."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from msgspec.structs import replace

from kmtui.model.matrix import Matrix
from kmtui.model.setup import LeftOut, LocalOption, Objective, SetUp
from kmtui.plain.menu import Menu
from kmtui.plain.words import Command, typed_numbers
from kmtui.text import one_line
from kmtui.workspace.tools import Tools

_SECTION = re.compile(r"section\s+(\d{1,3})$", re.IGNORECASE)
_BACK = ("", Command(word="back"), Command(word="skip"))


class _Part:
    """A list within a set-up: read out, added to, changed, each time kept at once."""

    question = ""
    words = ""

    def __init__(self, menu: Menu, tools: Tools, matrix: Matrix, keep: Callable[[SetUp], SetUp]) -> None:
        self.menu = menu
        self.say = menu.say
        self.tools = tools
        self.matrix = matrix
        self.keep = keep

    def run(self, setup: SetUp) -> None:
        """Talk until Enter goes back."""
        self._list(setup)
        while True:
            answer = self.menu.ask(self.question, self.words)
            if answer in _BACK:
                return
            after = self._command(setup, answer) if isinstance(answer, Command) else self._answer(setup, answer)
            if after is not None:
                setup = after

    def _list(self, setup: SetUp) -> None:
        raise NotImplementedError

    def _answer(self, setup: SetUp, words: str) -> SetUp | None:
        raise NotImplementedError

    def _remove(self, setup: SetUp, number: int) -> SetUp | None:
        raise NotImplementedError

    def _command(self, setup: SetUp, command: Command) -> SetUp | None:
        if command.word in ("list", "list all"):
            self._list(setup)
            self._say_criteria()
        elif command.word == "remove" and command.numbers:
            return self._remove(setup, command.numbers[0])
        elif command.word == "edit" and command.numbers:
            return self._edit(setup, command.numbers[0])
        else:
            self.menu.prompter.wrong(self.question, f'"{command.word}" does nothing here. Enter goes back.')
        return None

    def _edit(self, setup: SetUp, number: int) -> SetUp | None:
        """Change one line; where a part has no words to change, nothing can be edited."""
        self.menu.prompter.wrong(self.question, "Nothing is edited here. remove takes a line away.")
        return None

    def _say_criteria(self) -> None:
        number = 0
        for place, section in enumerate(self.matrix.sections, 1):
            self.say(f"Section {place}: {one_line(section.name)}")
            for criterion in section.criteria:
                number += 1
                self.say(f"{number}. {one_line(criterion.name)}")

    def _numbered(self, items: Sequence[str], nothing: str) -> None:
        for number, item in enumerate(items, 1):
            self.say(f"{number}. {one_line(item)}")
        if not items:
            self.say(nothing)

    def _there(self, number: int, count: int) -> bool:
        if 1 <= number <= count:
            return True
        self.menu.prompter.wrong(self.question, f"There is no number {number} here.")
        return False

    def _words(self, field: str, words: str) -> str:
        """Ask for words; an empty text for Enter and for a command that means nothing here."""
        question = f"{self.question}.{field}"
        while isinstance(answer := self.menu.ask(question, words), str):
            if (decided := self.menu.prompter.decided(question, answer)) is not None:
                return decided
        return ""

    def _criteria(self, words: str) -> list[str] | None:
        """Return the ids of the criteria that numbers mean (`section 2` for all of one), or None after saying why."""
        if match := _SECTION.match(words):
            if not self._there(int(match[1]), len(self.matrix.sections)):
                return None
            return [each.id for each in self.matrix.sections[int(match[1]) - 1].criteria]
        numbers = typed_numbers(words)
        if numbers is None:
            self.menu.prompter.wrong(
                self.question, f'"{words[:40]}" is no number of a criterion. list shows the criteria.'
            )
            return None
        criteria = self.matrix.criteria
        if not all(self._there(number, len(criteria)) for number in numbers):
            return None
        return [criteria[number - 1].id for number in numbers]

    def _name(self, criterion_id: str) -> str:
        """Return number and name of a criterion."""
        for number, criterion in enumerate(self.matrix.criteria, 1):
            if criterion.id == criterion_id:
                return f"{number} {criterion.name}"
        return criterion_id


class Goals(_Part):
    """The current goals of the team, and the criteria that matter to each."""

    question = "setup.goals"
    words = "A goal in words, edit 2, remove 2, or Enter to go back:"

    def _list(self, setup: SetUp) -> None:
        self._numbered([self._shown(each) for each in setup.objectives], "No goal is kept yet.")

    def _shown(self, objective: Objective) -> str:
        names = ", ".join(self._name(each) for each in objective.criteria)
        return f"{objective.text.rstrip('.')}. Matters here: {names or 'nothing named yet'}."

    def _answer(self, setup: SetUp, words: str) -> SetUp | None:
        decided = self.menu.prompter.decided(self.question, words)
        if decided is None:
            return None
        setup = self.keep(replace(setup, objectives=(*setup.objectives, Objective(text=decided))))
        return self._matters(setup, len(setup.objectives) - 1)

    def _edit(self, setup: SetUp, number: int) -> SetUp | None:
        if not self._there(number, len(setup.objectives)):
            return None
        self.say(self._shown(setup.objectives[number - 1]))
        words = self._words("words", "New words, Enter keeps them:")
        if words:
            setup = self.keep(_with_goal(setup, number - 1, text=words))
        return self._matters(setup, number - 1)

    def _matters(self, setup: SetUp, place: int) -> SetUp:
        """Ask which criteria matter to a goal; Enter keeps those that do."""
        while True:
            numbers = self.menu.ask(
                f"{self.question}.criteria", "Numbers of the criteria that matter to it (list shows them):"
            )
            if numbers in _BACK:
                return setup
            if isinstance(numbers, Command):
                self._say_criteria()
            elif (ids := self._criteria(numbers)) is not None:
                return self.keep(_with_goal(setup, place, criteria=tuple(dict.fromkeys(ids))))

    def _remove(self, setup: SetUp, number: int) -> SetUp | None:
        if not self._there(number, len(setup.objectives)):
            return None
        kept = tuple(each for place, each in enumerate(setup.objectives, 1) if place != number)
        return self.keep(replace(setup, objectives=kept))


def _with_goal(setup: SetUp, place: int, **changes: Any) -> SetUp:
    goal = replace(setup.objectives[place], **changes)
    return replace(setup, objectives=(*setup.objectives[:place], goal, *setup.objectives[place + 1 :]))


class LeavingOut(_Part):
    """The criteria that the team does not use, each with the reason."""

    question = "setup.leave"
    words = "Numbers to leave out or take in again, section 2 for a whole one, or Enter to go back:"

    def run(self, setup: SetUp) -> None:
        """Talk until Enter goes back."""
        self._say_criteria()
        super().run(setup)

    def _list(self, setup: SetUp) -> None:
        lines = [
            f"Left out: {self._name(each.criterion)}{f'. {each.reason}' if each.reason else ''}"
            for each in setup.left_out
        ]
        for line in lines or ["Nothing is left out."]:
            self.say(one_line(line))

    def _answer(self, setup: SetUp, words: str) -> SetUp | None:
        ids = self._criteria(words)
        if ids is None:
            return None
        gone = {each.criterion for each in setup.left_out}
        if gone.issuperset(ids):
            setup = self.keep(
                replace(setup, left_out=tuple(each for each in setup.left_out if each.criterion not in ids))
            )
            self._list(setup)
            return setup
        new = [LeftOut(criterion=each) for each in ids if each not in gone]
        if len(gone) + len(new) >= len(self.matrix.criteria):
            self.menu.prompter.wrong(self.question, "Every criterion would be left out. Keep at least one of them.")
            return None
        setup = self.keep(replace(setup, left_out=(*setup.left_out, *new)))
        reason = self._words("reason", "Why:")
        if reason:
            named = {each.criterion for each in new}
            setup = self.keep(
                replace(
                    setup,
                    left_out=tuple(
                        replace(each, reason=reason) if each.criterion in named else each for each in setup.left_out
                    ),
                )
            )
        self._list(setup)
        return setup

    def _remove(self, setup: SetUp, number: int) -> SetUp | None:
        return self._answer(setup, str(number))


class OwnOptions(_Part):
    """What the local service offers for a criterion, beside the options of the matrix."""

    question = "setup.options"
    words = "Number of a criterion for which you offer something, remove 2, or Enter to go back:"

    def run(self, setup: SetUp) -> None:
        """Talk until Enter goes back."""
        self._say_criteria()
        super().run(setup)

    def _list(self, setup: SetUp) -> None:
        lines = [f"{each.text.rstrip('.')}. For {self._name(each.criterion)}." for each in setup.options]
        self._numbered(lines, "Your service offers nothing of its own here yet.")

    def _answer(self, setup: SetUp, words: str) -> SetUp | None:
        ids = self._criteria(words)
        if ids is None:
            return None
        text = self._words("text", "What can be done, as a sentence that begins with a verb:")
        if not text:
            return None
        made = LocalOption(criterion=ids[0], text=text)
        setup = self.keep(replace(setup, options=(*setup.options, made)))
        service = self._words("service", "Which service gives it:")
        technique = self._technique()
        bands = self._bands()
        if service or technique or bands:
            made = replace(made, service=service or None, technique=technique, bands=bands)
            setup = self.keep(replace(setup, options=(*setup.options[:-1], made)))
        self._list(setup)
        return setup

    def _technique(self) -> str | None:
        """Ask for a technique by its name or id; None for Enter."""
        known = {loaded.value.id: loaded.value for loaded in self.tools.library.techniques()}
        while True:
            words = self._words("technique", "Which technique runs it, by its name (Enter: none):")
            if not words:
                return None
            wanted = words.casefold()
            found = next((each.id for each in known.values() if wanted in (each.id, each.name.casefold())), None)
            if found is not None:
                return found
            names = ", ".join(one_line(each.name) for each in known.values())
            self.menu.prompter.wrong(f"{self.question}.technique", f'There is no "{words[:40]}". There are: {names}.')

    def _bands(self) -> tuple[str, ...]:
        bands = self.matrix.bands
        named = ", ".join(f"{number} {one_line(band.name)}" for number, band in enumerate(bands, 1))
        while True:
            words = self._words("bands", f"For which bands (Enter: all): {named}:")
            if not words:
                return ()
            numbers = typed_numbers(words) or [0]
            if all(1 <= number <= len(bands) for number in numbers):
                return tuple(bands[number - 1].id for number in sorted(set(numbers)))
            self.menu.prompter.wrong(f"{self.question}.bands", f"Type numbers from 1 to {len(bands)}, or Enter.")

    def _remove(self, setup: SetUp, number: int) -> SetUp | None:
        if not self._there(number, len(setup.options)):
            return None
        kept = tuple(each for place, each in enumerate(setup.options, 1) if place != number)
        return self.keep(replace(setup, options=kept))
