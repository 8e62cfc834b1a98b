"""Care of the files in plain text: examining all of them, putting right what can be, backups made and put back."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from kmtui.model.backup import BackupLine
from kmtui.plain.lists import backup_line
from kmtui.plain.menu import Choice, Menu
from kmtui.plain.words import Command
from kmtui.report.words import capitalised, counted
from kmtui.store.protocol import Problem
from kmtui.text import one_line
from kmtui.workspace.care import back_up, backups, examine, put_back, repair
from kmtui.workspace.desk import Desk

_MANY = 500
"""So many files take long enough to be told of."""


class CareTalk:
    """The conversation about the files of the workspace."""

    def __init__(self, menu: Menu, desk: Desk) -> None:
        self.menu = menu
        self.say = menu.say
        self.desk = desk

    def run(self) -> None:
        """Do one thing after the other, until Enter goes back."""
        while True:
            choices = [
                Choice("Examine all files", self._examine),
                Choice("Make a backup now", self._back_up),
                Choice("Put a backup back", self._choose),
            ]
            chosen = self.menu.choose("care", "Number, or Enter to go back:", choices, self._nothing_to_undo)
            if chosen is None:
                return
            chosen.does()

    def _nothing_to_undo(self) -> None:
        self.say("There is nothing to undo here. Put a backup back to have files as they were.")

    def _going_on(self, done: int, total: int) -> bool:
        if total >= _MANY and done and done % _MANY == 0:
            self.menu.prompter.warn(f"{done:,} of {total:,} files.")
        return not self.menu.prompter.stopped

    def _examine(self) -> None:
        tools = self.desk.tools
        problems = examine(tools, self._going_on)
        if not problems:
            self.say("All files are well.")
            return
        self.say(f"{capitalised(counted(len(problems), 'problem', 'problems'))}:")
        for number, each in enumerate(problems, 1):
            can = " It can be put right." if each.repairable else ""
            self.say(f"{number}. {one_line(each.file) or tools.store.place}: {one_line(each.problem)}{can}")
        can_be = [each for each in problems if each.repairable]
        if can_be:
            self._repair(can_be)

    def _repair(self, problems: list[Problem]) -> None:
        words = f"Put right what can be ({len(problems)})? yes, or Enter to leave it as it is:"
        if not self._yes("care.repair", words):
            self.say("Everything is as it was.")
            return
        left = repair(self.desk.tools, problems)
        done = len(problems) - len(left)
        self.say(f"{done} of {len(problems)} put right. What was replaced lies in the folder quarantine.")
        for each in left:
            self.menu.prompter.error(f"{one_line(each.file)}: {one_line(each.problem)}")

    def _yes(self, question: str, words: str) -> bool:
        while True:
            answer = self.menu.ask(question, words)
            if answer in ("", Command(word="back"), Command(word="skip")):
                return False
            if isinstance(answer, str) and answer.casefold() in ("yes", "y", "no", "n"):
                return answer.casefold().startswith("y")
            self.menu.prompter.wrong(question, "Type yes, or Enter.")

    def _back_up(self) -> None:
        path = back_up(self.desk.tools, self._going_on)
        self.say("No backup was made: it was stopped." if path is None else f"Backed up: {path}")

    def _choose(self) -> None:
        found = backups(self.desk.tools)
        if not found:
            self.say("There is no backup yet. One is made by itself on each day of use.")
            return
        line = self.menu.pick("care.backup", found, backup_line, self._nothing_to_undo)
        if line is not None:
            self._ask(line)

    def _ask(self, line: BackupLine) -> None:
        if not line.readable:
            self.say("This backup cannot be read: it is cut off or damaged.")
            return
        self.say("What is here is backed up before. What is replaced lies in the folder quarantine.")
        choices = [
            Choice(
                "Put it back; what was deleted here stays deleted", partial(self._put_back, line.name, deleted=False)
            ),
            Choice("Put back also what was deleted here", partial(self._put_back, line.name, deleted=True)),
        ]
        words = "Number, or Enter to leave everything as it is:"
        chosen = self.menu.choose("care.restore", words, choices, self._nothing_to_undo)
        if chosen is not None:
            chosen.does()

    def _put_back(self, name: str, *, deleted: bool) -> None:
        done = put_back(self.desk.tools, Path(name), deleted=deleted, progress=self._going_on)
        stopped = " It was stopped before its end." if done.stopped else ""
        self.say(f"{len(done.restored):,} put back, {done.same:,} were here as they are in it.{stopped}")
        for file in done.restored:
            self.say(f"Put back: {one_line(file)}")
        for each in done.refused:
            self.menu.prompter.error(f"Not put back: {one_line(each.file)}: {one_line(each.why)}")
        if done.backup:
            self.say(f"What was here before is in the backup {done.backup}.")
