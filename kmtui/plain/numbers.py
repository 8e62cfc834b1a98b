"""The specialist's own numbers in plain text: for which time and which team, read aloud, and written to a file."""

from __future__ import annotations

from kmtui.flow.period import PERIOD_HELP, parse_period
from kmtui.model.errors import NotFound, WrongInput
from kmtui.model.numbers import Numbers, Period
from kmtui.plain.found import to_replace
from kmtui.plain.menu import Choice, Menu
from kmtui.plain.words import Command
from kmtui.report.numbers_sentences import counting_sentences, numbers_sentences, team_sentences
from kmtui.workspace.confiding import in_text, text_without
from kmtui.workspace.counting import count, numbers_file, numbers_report
from kmtui.workspace.desk import Desk
from kmtui.workspace.sharing import write_text

_BACK = (Command(word="back"), Command(word="skip"))
_HELP = (PERIOD_HELP, "Enter alone: this financial year so far, from 1 April. back: home. quit: end.")


class NumbersTalk:
    """The conversation about what came of the work."""

    def __init__(self, menu: Menu, desk: Desk) -> None:
        self.menu = menu
        self.say = menu.say
        self.desk = desk

    def run(self) -> None:
        """Ask for a time and a team, and read the numbers out, until somebody goes back."""
        while (period := self._period()) is not None and (found := self._counted(period)) is not None:
            for sentence in numbers_sentences(found):
                self.say(sentence)
            if not self._go_on(found):
                return

    def _period(self) -> Period | None:
        """Ask for which time; None to go back."""
        while True:
            words = "Which time (Enter for this financial year so far, or such as 2026-Q1, last year):"
            answer = self.menu.ask("numbers.period", words, _HELP)
            if answer in _BACK:
                return None
            if isinstance(answer, Command):
                wrong = f'"{answer.word}" does nothing here. ? says what a time looks like.'
            else:
                try:
                    return parse_period(answer, self.desk.tools.today())
                except WrongInput as error:
                    wrong = str(error)
            self.menu.prompter.wrong("numbers.period", wrong)

    def _counted(self, period: Period) -> Numbers | None:
        """Ask for which team, and count; None to go back."""
        while True:
            answer = self.menu.ask("numbers.team", "Which team (Enter for all of them):")
            if answer in _BACK:
                return None
            if isinstance(answer, Command):
                wrong = f'"{answer.word}" does nothing here. Type the name of a team, or Enter.'
            else:
                try:
                    return count(self.desk.tools, period.first, period.last, answer)
                except NotFound as error:
                    wrong = str(error)
            self.menu.prompter.wrong("numbers.team", wrong)

    def _go_on(self, found: Numbers) -> bool:
        """Offer what can be done with the numbers; return whether others are wanted."""
        again = Choice("Another time, or another team", lambda: None)
        choices = [
            *([Choice("Team by team", lambda: self._listed(team_sentences(found)))] if len(found.teams) > 1 else []),
            Choice("What is counted, and how", lambda: self._listed(counting_sentences(found))),
            Choice("Write them to a file", lambda: self._write(found)),
            again,
        ]
        while True:
            chosen = self.menu.choose("numbers", "Number, or Enter to go back:", choices, self._nothing_to_undo)
            if chosen is None or chosen is again:
                return chosen is again
            chosen.does()

    def _listed(self, sentences: list[str]) -> None:
        for sentence in sentences:
            self.say(sentence)

    def _write(self, found: Numbers) -> None:
        text, path = numbers_report(found), numbers_file(self.desk.exports, found)
        which = to_replace(self.menu.prompter, in_text(text), self.menu.ask)
        write_text(self.desk.tools, path, text_without(text, which))
        self.say(f"Written: {path}")

    def _nothing_to_undo(self) -> None:
        self.say("There is nothing to undo.")
