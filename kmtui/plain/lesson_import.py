"""Taking a file in, in plain text: of lessons from elsewhere the columns are read out, and each is for a field."""

from __future__ import annotations

import re
from pathlib import Path

from kmtui.model.errors import KmtuiError, WrongInput
from kmtui.model.imported import LessonColumn
from kmtui.plain.bundles import take_bundle
from kmtui.plain.menu import Menu
from kmtui.plain.prompts import WrongAnswer
from kmtui.plain.words import Command
from kmtui.report.words import counted
from kmtui.text import one_line, shortened
from kmtui.workspace.confiding import kept_in
from kmtui.workspace.desk import Desk
from kmtui.workspace.lesson_imports import FIELDS, TakenIn, keep, look_at, mapping_for, read
from kmtui.workspace.sharing import import_file
from kmtui.workspace.taking import kind_of, typed_file

_NONE = ("none", "nothing", "-")
_COLUMN = re.compile(r"(\d{1,4})\s+(\S.*)$")
_ENCODING = re.compile(r"encoding\s+(\S+)$", re.IGNORECASE)
_MOST = 400
_QUESTION = "import.columns"
_NAMES = ", ".join(each.replace("_", " ") for each in FIELDS)

_HELP = (
    "A number and a field say for which field a column is: 3 cause. 3 none leaves it out.",
    f"The fields: {_NAMES}.",
    "encoding cp1252 reads the file again so, where letters look wrong. list reads the columns out, undo takes a "
    "change back.",
    "Enter takes the lessons in. back leaves them, and nothing is kept.",
)


class TakeFileTalk:
    """The conversation about one file. Of lessons nothing is kept before Enter takes them in."""

    def __init__(self, menu: Menu, desk: Desk) -> None:
        self.menu = menu
        self.say = menu.say
        self.desk = desk

    def run(self) -> None:
        """Ask for a file, and take in what it is."""
        while True:
            answer = self.menu.ask("import.file", "Path of a file or folder, or Enter to go back:")
            if answer in ("", Command(word="back"), Command(word="skip")):
                return
            if isinstance(answer, Command):
                self.menu.prompter.wrong("import.file", f'"{answer.word}" does nothing here. Type a path.')
                continue
            try:
                self._take(typed_file(answer))
            except WrongAnswer:
                raise
            except KmtuiError as error:
                self.menu.prompter.wrong("import.file", str(error))
                continue
            return

    def _take(self, path: Path) -> None:
        kind = kind_of(path)
        if kind == "bundle":
            take_bundle(self.menu, self.desk, path)
        elif kind == "record":
            record, here = import_file(self.desk.tools, path)
            name = one_line(record.name)
            self.say(f"{name} was here already, just the same." if here else f"Saved. Taken in: {name}.")
            self._warn(() if here else kept_in(record))
        else:
            _Columns(self.menu, self.desk, path).run()

    def _warn(self, lines: tuple[str, ...] | list[str]) -> None:
        for line in lines:
            self.menu.prompter.warn(line)


class _Columns:
    """The columns of one file with lessons, and for which field each is."""

    def __init__(self, menu: Menu, desk: Desk, path: Path) -> None:
        self.menu = menu
        self.say = menu.say
        self.desk = desk
        self._path = path
        self._encoding: str | None = None
        self._table = look_at(path)
        self._fields: list[str | None] = [column.field for column in self._table.columns]
        self._past: list[list[str | None]] = []

    def run(self) -> None:
        """Read the columns out, take what is said of them, and take the lessons in."""
        self._read_out()
        while True:
            answer = self.menu.ask(_QUESTION, "A change (3 cause), ? for help, or Enter to take them in:", _HELP)
            if answer == "":
                if "lesson" in self._fields:
                    self._keep()
                    return
                self.menu.prompter.wrong(_QUESTION, "No column is for the lesson yet. Say which: 1 lesson, or back.")
            elif answer in (Command(word="back"), Command(word="skip")):
                self.say("Nothing was kept.")
                return
            elif isinstance(answer, Command):
                self._command(answer)
            else:
                self._said(answer)

    def _command(self, command: Command) -> None:
        if command.word in ("list", "list all"):
            self._read_out()
        elif command.word == "undo" and self._past:
            self._fields = self._past.pop()
            self._read_out()
        elif command.word == "undo":
            self.say("There is nothing to undo.")
        else:
            self.menu.prompter.wrong(_QUESTION, f'"{command.word}" does nothing here. ? lists what can be typed.')

    def _said(self, answer: str) -> None:
        if match := _ENCODING.match(answer):
            self._read_as(match[1])
            return
        match = _COLUMN.match(answer)
        field = match[2].strip().casefold().replace(" ", "_").replace("-", "_") if match else ""
        if match is None or not 1 <= int(match[1]) <= len(self._fields):
            wrong = f"Type the number of a column, from 1 to {len(self._fields)}, and a field: 1 lesson."
        elif field in FIELDS or match[2].strip().casefold() in _NONE:
            self._past.append(list(self._fields))
            place = int(match[1]) - 1
            self._fields[place] = field if field in FIELDS else None
            self.say(self._column(self._table.columns[place]))
            return
        else:
            wrong = f'"{match[2][:40]}" is no field. The fields: {_NAMES}.'
        self.menu.prompter.wrong(_QUESTION, wrong)

    def _read_as(self, encoding: str) -> None:
        """Read the file again in an encoding; where the columns are as many, what was said of them stays."""
        try:
            table = look_at(self._path, encoding)
        except WrongInput as error:
            wrong = str(error)
        else:
            if len(table.columns) != len(self._fields):
                self._fields, self._past = [column.field for column in table.columns], []
            self._table, self._encoding = table, encoding
            self._read_out()
            return
        self.menu.prompter.wrong(_QUESTION, wrong)

    def _read_out(self) -> None:
        rows = counted(self._table.rows, "row", "rows")
        self.say(f"{one_line(self._path.name)}: {rows}, read as {self._table.encoding}. Nothing is kept yet.")
        for column in self._table.columns[:_MOST]:
            self.say(self._column(column))
        more = len(self._table.columns) - _MOST
        if more > 0:
            self.say(f"{more:,} more columns. They can be named by their numbers.")

    def _column(self, column: LessonColumn) -> str:
        field = self._fields[column.number - 1]
        values = "; ".join(one_line(each) for each in column.sample) or "empty"
        name = shortened(column.heading, 80) or "without a heading"
        return f"{column.number}. {name}: {field.replace('_', ' ') if field else 'not used'}. Such as: {values}"

    def _keep(self) -> None:
        reading = read(self.desk.tools, self._path, mapping_for(self._table, self._fields), self._encoding)

        def progress(done: int, total: int) -> bool:
            if done < total:
                self.menu.prompter.warn(f"{done:,} of {total:,}")
            return not self.menu.prompter.stopped

        taken = keep(self.desk.tools, reading, self._path.resolve().name, progress)
        for line in taken_lines(taken):
            self.say(line)
        for line in kept_in(reading.lessons):
            self.menu.prompter.warn(line)


def taken_lines(taken: TakenIn) -> list[str]:
    """Return what came of an import, a line each: how it was read, the sum, and what was not read."""
    total = f"Saved. {taken.read:,} new, {taken.duplicates:,} here already, {len(taken.rejected):,} not read."
    lines = [*(one_line(each) for each in taken.notes), total]
    if taken.stopped:
        lines.append("It was stopped before its end. Taking the file in again does the rest.")
    for each in taken.rejected[:_MOST]:
        lines.append(f"{one_line(each.file) + ', ' if each.file else ''}line {each.line}: {one_line(each.reason)}")
    more = len(taken.rejected) - _MOST
    return [*lines, f"{more:,} more were not read."] if more > 0 else lines
