"""Techniques in plain text: the list, the four questions that lead to one, its card, and its forms to begin."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from kmtui.analysis.suggesting import Suggestion, matches
from kmtui.flow.situation import SITUATION_QUESTIONS, Situation, SituationQuestion, situation_typed
from kmtui.model.errors import KmtuiError, WrongInput
from kmtui.model.technique import Technique
from kmtui.plain.card import card, technique_line
from kmtui.plain.menu import Choice, Menu
from kmtui.plain.which import suggestion_line
from kmtui.plain.words import Command
from kmtui.text import one_line
from kmtui.workspace.cards import default_card, write_card
from kmtui.workspace.desk import Desk
from kmtui.workspace.start import Start
from kmtui.workspace.suggesting import suggestions

NOTHING_FITS = "No technique fits that. With less said, more fit."


class Techniques:
    """The conversation about what could be run."""

    def __init__(self, menu: Menu, desk: Desk, run: Callable[[Start], None], undo: Callable[[], None]) -> None:
        """`run` begins a session; `undo` is what the word does at a menu."""
        self.menu = menu
        self.say = menu.say
        self.desk = desk
        self._run = run
        self._undo = undo

    def first(self) -> list[Choice]:
        """Return the line of home for the short review, reading no other technique; none where it cannot be read."""
        technique_id = self.desk.first_technique
        try:
            technique = self.desk.tools.library.technique(technique_id).value
        except KmtuiError:
            return []
        return [Choice(_named(technique), lambda: self._run(Start(kind="session", technique=technique_id)))]

    def choose(self) -> None:
        """Read all of them out, the short review first, and show the card of the one that is chosen."""
        found = [loaded.value for loaded in self.desk.tools.library.techniques()]
        found.sort(key=lambda each: each.id != self.desk.first_technique)
        technique = self.menu.pick(
            "technique", found, technique_line, self._undo, holds=lambda each, words: matches(each, words=words)
        )
        if technique is not None:
            self._card(technique)

    def which(self) -> None:
        """Ask what one is wanted for, suggest two or three, and show the card of the one that is chosen."""
        situation = self._situation()
        if situation is None:
            return
        found = suggestions(
            self.desk.tools,
            phase=situation.phase,
            people=situation.people,
            minutes=situation.minutes,
            words=situation.words,
        )
        if not found:
            self.say(NOTHING_FITS)
            return
        choices = [Choice(suggestion_line(each), partial(self._suggested, each)) for each in found]
        chosen = self.menu.choose("which", "Number for its card, or Enter to go back:", choices, self._undo)
        if chosen is not None:
            chosen.does()

    def _situation(self) -> Situation | None:
        """Ask the questions one after the other; return None where `back` leads out of the first one."""
        typed: dict[str, str] = {}
        number = 0
        while 0 <= number < len(SITUATION_QUESTIONS):
            number += self._asked(SITUATION_QUESTIONS[number], typed)
        return situation_typed(typed) if number >= 0 else None

    def _asked(self, question: SituationQuestion, typed: dict[str, str]) -> int:
        """Ask one of them, and take what is typed; return how many questions to go on."""
        before = typed.get(question.id, "")
        hint = f"{before}; Enter keeps it, - empties" if before else f"{question.hint} to leave it open"
        answer = self.menu.ask(f"which.{question.id}", f"{question.words} ({hint}):")
        if isinstance(answer, Command):
            if answer.word not in ("back", "skip"):
                self.menu.prompter.wrong(f"which.{question.id}", f'"{answer.word}" does nothing here.')
            return {"back": -1, "skip": 1}.get(answer.word, 0)
        words = "" if answer == "-" else answer or before
        try:
            question.check(words)
        except WrongInput as error:
            self.menu.prompter.wrong(f"which.{question.id}", str(error))
            return 0
        typed[question.id] = words
        return 1

    def _suggested(self, suggestion: Suggestion) -> None:
        self._card(self.desk.tools.library.technique(suggestion.id).value)

    def _card(self, technique: Technique) -> None:
        """Read the card out, and offer its forms."""
        for line in card(technique):
            self.say(line)
        self.say()
        forms = [
            Choice(f"Begin: {one_line(each.name)}", partial(self._begin, technique.id, each.id))
            for each in technique.variants
        ] or [Choice("Begin", partial(self._begin, technique.id, None))]
        words = "Number, export to write the card to a file, or Enter to go back:"
        export = {"export": lambda: self._export(technique)}
        chosen = self.menu.choose("form", words, forms, self._undo, export)
        if chosen is not None:
            chosen.does()

    def _begin(self, technique: str, form: str | None) -> None:
        self._run(Start(kind="session", technique=technique, variant=form))

    def _export(self, technique: Technique) -> None:
        path = default_card(self.desk.exports, technique)
        write_card(self.desk.tools, technique, path)
        self.say(f"Written: {path}")


def _named(technique: Technique) -> str:
    form = technique.variant(None)
    return one_line(technique.name) + (f", {one_line(form.name[:1].lower() + form.name[1:])}" if form else "")
