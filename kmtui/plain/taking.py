"""Responses to a survey out of a file: what was understood, which columns are for what, what was kept and refused."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from kmtui.model.assessment import Assessment
from kmtui.model.errors import KmtuiError, WrongInput
from kmtui.model.matrix import Criterion
from kmtui.model.survey import Column, Reading, Refused
from kmtui.plain.menu import Menu
from kmtui.plain.prompts import WrongAnswer
from kmtui.plain.reports import typed_path
from kmtui.plain.words import Command
from kmtui.report.words import capitalised, counted
from kmtui.text import one_line
from kmtui.workspace.desk import Desk
from kmtui.workspace.surveys import read_file, take_in

_KINDS = {"table": "A table", "e-mail": "E-mail replies", "response": "Responses"}
_USES = {"role": "role", "identity": "tells responses apart, and is not kept"}


_WHAT = re.compile(r"(why\s+)?([0-9]{1,4})$", re.IGNORECASE)


def _key(words: str, criteria: Sequence[Criterion], suggested: Criterion | None) -> str | None:
    if suggested is not None and words.lower() in ("yes", "y"):
        return suggested.id
    if words.lower() == "role":
        return "role"
    match = _WHAT.match(words)
    if match is None or not 1 <= int(match[2]) <= len(criteria):
        return None
    return criteria[int(match[2]) - 1].id + (".rationale" if match[1] else "")


class TakingIn:
    """The conversation about one file with responses. Nothing is kept before it is agreed."""

    def __init__(self, menu: Menu, desk: Desk) -> None:
        self.menu = menu
        self.say = menu.say
        self.desk = desk

    def run(self, survey: Assessment) -> None:
        """Ask for a file, show what is understood of it, and keep its responses."""
        while True:
            answer = self.menu.ask("survey.file", "Path of the file, or Enter to go back:")
            if answer in ("", Command(word="back"), Command(word="skip")):
                return
            if isinstance(answer, Command):
                self.menu.prompter.wrong("survey.file", f'"{answer.word}" does nothing here. Type a path.')
                continue
            try:
                path = typed_path(answer)
                reading = read_file(self.desk.tools, survey.id, path)
            except WrongAnswer:
                raise
            except KmtuiError as error:
                self.menu.prompter.wrong("survey.file", str(error))
                continue
            self._agree(survey, path, reading)
            return

    def _agree(self, survey: Assessment, path: Path, reading: Reading) -> None:
        self._tell(survey, reading)
        mapping = self._mapping(survey, reading.columns)
        if mapping:
            try:
                reading = read_file(self.desk.tools, survey.id, path, mapping)
            except WrongInput as error:
                self.menu.prompter.wrong("survey.column", str(error))
                return
            self._tell(survey, reading)
        if not reading.given:
            self._refused(reading.refused)
            self.say("Nothing was kept.")
            return
        if self._wanted(len(reading.given)):
            taken = take_in(self.desk.tools, survey.id, (reading,))
            self.say(f"Saved. Kept: {counted(taken.read, 'response', 'responses')}.")
            self._refused(taken.refused)
        else:
            self.say("Nothing was kept.")

    def _tell(self, survey: Assessment, reading: Reading) -> None:
        """Say what a file is and what its columns are taken for."""
        responses = counted(len(reading.given), "response", "responses")
        self.say(f"{_KINDS[reading.kind]}, {responses} in {one_line(reading.file)}.")
        for column in reading.columns:
            criterion = survey.matrix.criterion(column.criterion) if column.criterion else None
            if criterion is not None:
                why = "why, " if column.use == "rationale" else ""
                number = survey.matrix.criteria.index(criterion) + 1
                self.say(f"Column “{one_line(column.name)}”: {why}{number} {one_line(criterion.name)}.")
            elif column.use in _USES:
                self.say(f"Column “{one_line(column.name)}”: {_USES[column.use]}.")

    def _mapping(self, survey: Assessment, columns: tuple[Column, ...]) -> dict[str, str]:
        """Ask what the columns are for that are not used; return their names as `read_file` takes them."""
        mapping: dict[str, str] = {}
        for column in columns:
            if column.use == "nothing" and (key := self._column(survey, column, mapping)) is not None:
                mapping[key] = column.name
        return mapping

    def _column(self, survey: Assessment, column: Column, taken: Mapping[str, str]) -> str | None:
        """Return what a column is for: the id of a criterion, that with `.rationale`, or `role`; None for nothing."""
        criteria = survey.matrix.criteria
        suggested = survey.matrix.criterion(column.suggested) if column.suggested else None
        words = "Number of a criterion, why 3 for its reasons, role, or Enter to leave it:"
        if suggested is not None:
            words = "yes, number of another criterion, why 3 for its reasons, role, or Enter to leave it:"
            maybe = f" It may be {criteria.index(suggested) + 1} {one_line(suggested.name)}."
        self.say(f"Column “{one_line(column.name)}” is not used.{maybe if suggested is not None else ''}")
        while True:
            answer = self.menu.ask("survey.column", words)
            if isinstance(answer, Command) and answer.word in ("list", "list all"):
                for number, criterion in enumerate(criteria, 1):
                    self.say(f"{number}. {one_line(criterion.name)}")
            elif answer in ("", "no", Command(word="skip"), Command(word="back")):
                return None
            else:
                key = _key(answer, criteria, suggested) if isinstance(answer, str) else None
                if key is not None and key not in taken:
                    return key
                self.menu.prompter.wrong(
                    "survey.column",
                    f"Type a number from 1 to {len(criteria)}, or Enter. list shows the criteria."
                    if key is None
                    else f"There is a column for that already: {one_line(taken[key])}. Type something else, or Enter.",
                )

    def _wanted(self, count: int) -> bool:
        while True:
            answer = self.menu.ask("survey.take", f"Enter keeps {counted(count, 'response', 'responses')}, no leaves:")
            if answer in ("", "yes", "y"):
                return True
            if answer in ("no", "n", Command(word="back"), Command(word="skip")):
                return False
            self.menu.prompter.wrong("survey.take", "Enter keeps them, no leaves them.")

    def _refused(self, refused: tuple[Refused, ...]) -> None:
        whole = sum(each.whole and each.row > 0 for each in refused)
        if whole:
            self.say(f"{capitalised(counted(whole, 'response was', 'responses were'))} refused.")
        for each in refused:
            where = f"Row {each.row}" if each.row else one_line(each.file)
            self.say(f"{where}: {one_line(each.reason)}")
