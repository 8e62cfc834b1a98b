"""A form in plain mode: several short questions that make one thing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Protocol

from kmtui.flow.typed import parse_date, people_as_typed
from kmtui.model.assessment import Assessment
from kmtui.model.base import in_words
from kmtui.model.errors import WrongInput
from kmtui.model.session import Session
from kmtui.plain.prompts import Prompter
from kmtui.plain.words import Command
from kmtui.text import one_line


class Field:
    """One question of a form: its name behind the dot of the id, its words, and what refuses a wrong value."""

    def __init__(self, name: str, words: str, check: Callable[[str], object] | None = None) -> None:
        self.name = name
        self.words = words
        self.check = check


def coming_day(words: str, today: date) -> date | None:
    """Return the day that was typed; None for an empty text. Raises WrongInput where it is no date, or has passed."""
    day = parse_date(words, today)
    if day is not None and day < today:
        raise WrongInput(f"{in_words(day)} has passed. Say a day from today on.")
    return day


class Asker(Protocol):
    """Who asks the questions of a form."""

    prompter: Prompter

    def asked(self, question: str, words: str) -> str | Command:
        """Ask, and return words or a command that leads elsewhere."""
        ...

    def unknown(self, question: str, command: Command) -> None:
        """Say that a command does nothing here."""
        ...


class FormAsker:
    """Asks the questions of a form where no record is open: no command but those of the form makes sense."""

    def __init__(self, prompter: Prompter, help_lines: Sequence[str]) -> None:
        self.prompter = prompter
        self._help = (*help_lines, "back: the question before. -: empties it. quit: end.")

    def asked(self, question: str, words: str) -> str | Command:
        """Ask, and return words or a command."""
        self.prompter.help = lambda: self._help
        return self.prompter.ask(question, words)

    def unknown(self, question: str, command: Command) -> None:
        """Say that a command does nothing here."""
        self.prompter.wrong(question, f'"{command.word}" does nothing here. ? lists what can be typed.')


def filled(
    asker: Asker, question: str, fields: Sequence[Field], before: dict[str, str], values: dict[str, str]
) -> bool:
    """Ask for the fields one by one and put what is typed into `values`.

    An empty line keeps what was there before, `-` empties it, `back` goes to the field before. Return False when
    `back` was typed at the first field. What was typed stands in `values` even when an exception ends it.
    """
    number = 0
    while number < len(fields):
        if number < 0:
            return False
        field = fields[number]
        name = ".".join(part for part in (question, field.name) if part)
        words = field.words
        if before.get(field.name):
            asker.prompter.say(f"{field.words} {one_line(before[field.name])}")
            words = "New words, Enter keeps them, - empties:" if field.name else "New words, Enter keeps them:"
        answer = asker.asked(name, words)
        if isinstance(answer, Command):
            if answer.word not in ("back", "skip", "again"):
                asker.unknown(name, answer)
            number += {"back": -1, "skip": 1}.get(answer.word, 0)
        elif _taken(asker, name, field, answer, before, values):
            number += 1
    return True


class FormTalk(Asker, Protocol):
    """Who asks the questions of a form, and keeps what comes of it."""

    def change(self, question: str, act: Callable[[], object], words: str = "") -> bool:
        """Make a change and say what became of it."""
        ...


def whole_form(
    talk: FormTalk,
    question: str,
    fields: Sequence[Field],
    before: dict[str, str],
    typed: dict[str, str],
    put: Callable[[dict[str, str]], None],
) -> None:
    """Ask for a form and save it once. What is there when the conversation ends in the middle is saved as well.

    `typed` has the value of the first field where it was typed already.
    """
    values = {**before, **typed}
    rest = fields[1:] if typed else fields
    try:
        while not filled(talk, question, rest, {**before, **values} if before else values, values):
            if rest is fields:  # `back` at the first field of all: what is there stays
                break
            rest = fields
    except BaseException:
        if values.get(""):
            talk.change(question, lambda: put(values))
        raise
    talk.change(question, lambda: put(values))


def _taken(asker: Asker, name: str, field: Field, answer: str, before: dict[str, str], values: dict[str, str]) -> bool:
    if answer == "-" and field.name and before.get(field.name):
        values[field.name] = ""
    elif answer:
        try:
            if field.check is not None:
                field.check(answer)
        except WrongInput as error:
            asker.prompter.wrong(name, str(error))
            return False
        decided = asker.prompter.decided(name, answer)
        if decided is None:
            return False
        values[field.name] = decided
    return True


def about_fields(record: Session | Assessment) -> tuple[list[Field], dict[str, str]]:
    """Return the fields that say what a record is about, and what they hold."""
    fields = [Field("title", "Title:"), Field("team", "Team:")]
    values = {"title": record.title, "team": record.team, "people": people_as_typed(record.people)}
    if isinstance(record, Assessment):
        fields.append(Field("on_behalf_of", "On whose behalf does the team answer:"))
        values["on_behalf_of"] = record.on_behalf_of
    return [*fields, Field("people", "Who takes part (roles, with commas between):")], values
