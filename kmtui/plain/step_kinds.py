"""The steps of a session in which numbers, dots, groups, rows or an assessment come about, one question at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from kmtui.flow.people import participants
from kmtui.flow.steps import dots_to_give, parse_cell, scale_in_words
from kmtui.model.errors import KmtuiError, WrongInput
from kmtui.model.session import TableRow
from kmtui.model.technique import AnyStep, Assess, Column, Groups, Score, Table, Vote
from kmtui.plain.forms import Field, whole_form
from kmtui.plain.prompts import EndedWithin, InputEnded
from kmtui.plain.words import Command
from kmtui.report.session_steps import cell_in_words, numbers_in_words
from kmtui.text import one_line
from kmtui.workspace import steps
from kmtui.workspace.confiding import NAMED
from kmtui.workspace.sessions import OpenSession

if TYPE_CHECKING:
    from kmtui.plain.session import SessionTalk

_HELP: dict[type, tuple[str, ...]] = {
    Score: (
        "A number from each person, one after the other; nobody's name stands beside it.",
        "edit 3: another number in the place of the third. remove 3: take it away.",
    ),
    Vote: (
        "2: one dot for number 2. 2, 5, 5: one for number 2 and two for number 5.",
        "2: 4 gives number 2 four dots in all.",
        "remove 2: take all dots away from number 2.",
    ),
    Groups: (
        "A name adds somebody. Department and site go behind it with strokes between: Amina / pharmacy / north.",
        "Enter, or draw: put people into groups. draw 42: with that seed. seat: a place for those who came later.",
        "again: those who took part the last time, with department and site.",
        "remove 3: take number 3 off the list.",
    ),
    Table: ("A row is asked column by column. edit 2, remove 2, move 2 1: change, remove or move a row.",),
    Assess: ("yes begins the assessment, or opens it again. Enter goes on without it.",),
}


class StepKinds:
    """What the conversation about a session does at these steps."""

    def __init__(self, talk: SessionTalk, resume: Callable[[str], str]) -> None:
        """`resume` gives the command that goes on with an id."""
        self._talk = talk
        self._resume = resume

    @property
    def _opened(self) -> OpenSession:
        return self._talk.opened

    def knows(self, step: AnyStep) -> bool:
        """Say whether a step is of one of these kinds."""
        return type(step) in _HELP

    def help(self, step: AnyStep) -> Sequence[str]:
        """Return what can be typed at a step."""
        return _HELP.get(type(step), ())

    def prompt(self, step: AnyStep) -> str:
        """Return the question that is asked at a step."""
        record = self._opened.record
        if isinstance(step, Score):
            count = len(record.marks_of(step.id)) + 1
            people = sum(person.count for person in record.people)
            return f"Number {count}{f' of {people}' if count <= people else ''}, or Enter to go on:"
        if isinstance(step, Vote):
            return "Numbers that get a dot, or Enter to go on:"
        if isinstance(step, Groups):
            waits = self._waits(step)
            return f"Enter {waits}, a name adds somebody, skip goes on:" if waits else "A name, or Enter to go on:"
        if isinstance(step, Table):
            column = one_line(step.columns[0].name)
            return f"Row {len(record.rows_of(step.id)) + 1}, {column}, or Enter to go on:"
        begun = isinstance(step, Assess) and record.assessed_at(step.id) is not None
        return f"yes {'opens' if begun else 'begins'} the assessment, Enter goes on:"

    def lines(self, step: AnyStep) -> list[str]:
        """Return what stands in a step, each line with its number where it can be named by one."""
        record = self._opened.record
        if isinstance(step, Score):
            numbers = record.marks_of(step.id)
            return [*(f"{place}. {mark}" for place, mark in enumerate(numbers, 1)), numbers_in_words(step, numbers)]
        if isinstance(step, Vote):
            return self._dots(step)
        if isinstance(step, Groups):
            return self._groups(step)
        if isinstance(step, Table):
            rows = record.rows_of(step.id)
            return [f"{place}. {row_in_words(step, row)}" for place, row in enumerate(rows, 1)]
        return []

    def introduce(self, step: AnyStep) -> None:
        """Say what is asked here, and what stands here already."""
        if isinstance(step, Score):
            self._talk.say(scale_in_words(step))
        elif isinstance(step, Vote):
            each = "one dot" if step.dots == 1 else f"{step.dots} dots"
            self._talk.say(f"Everyone has {each}.")
        elif isinstance(step, Groups):
            rounds = "" if step.rounds == 1 else f", {step.rounds} rounds"
            self._talk.say(f"Groups of {step.size}{rounds}.")
        if not isinstance(step, Score) or self._opened.record.marks_of(step.id):
            self._say_lines(step)

    def _say_lines(self, step: AnyStep) -> None:
        for line in self.lines(step):
            self._talk.say(line)

    # Answers

    def _waits(self, step: Groups) -> str:
        """Return what Enter alone does at a groups step before it goes on; empty where nothing waits."""
        record = self._opened.record
        if not record.people and steps.people_of_last_time(self._opened):
            return "brings the people of last time"
        if record.grouping_of(step.id) is None:
            return "draws the groups" if sum(person.count for person in record.people) > 1 else ""
        return "gives newcomers a place" if steps.left_out_of(record, step) else ""

    def enters(self, step: AnyStep) -> bool:
        """Do what Enter alone does at a groups step; return False where it goes on."""
        waits = self._waits(step) if isinstance(step, Groups) else ""
        if not waits:
            return False
        record = self._opened.record
        words = "again" if not record.people else "draw" if record.grouping_of(step.id) is None else "seat"
        self.take(step, words)
        if words == "again":
            self._say_lines(step)
        return True

    def take(self, step: AnyStep, words: str) -> None:
        """Take what was typed at a step."""
        if isinstance(step, Score):
            if self._talk.change(step.id, lambda: steps.give_mark(self._opened, words)):
                self._talk.say(numbers_in_words(step, self._opened.record.marks_of(step.id)))
        elif isinstance(step, Vote):
            if self._talk.change(step.id, lambda: steps.vote(self._opened, words)):
                self._say_lines(step)
        elif isinstance(step, Groups):
            if self._talk.prompter.decided(step.id, words, fine=NAMED) != words:
                return  # only names are wanted here: what else was typed is typed again
            before = self._opened.record.grouping_of(step.id)
            made = self._talk.change(step.id, lambda: steps.seat(self._opened, words))
            if made and self._opened.record.grouping_of(step.id) != before:
                self._say_lines(step)
        elif isinstance(step, Table):
            self._begin_row(step, words)
        elif isinstance(step, Assess):
            self._assess(step, words)

    def deal(self, step: AnyStep, command: Command) -> bool:
        """Follow a command on one line of a step; return False where it does nothing here."""
        if command.word not in ("edit", "remove", "move"):
            return False
        record = self._opened.record
        if isinstance(step, Score) and command.word != "move":
            place = self._talk.numbered(step.id, command, len(record.marks_of(step.id)))
            if place is not None:
                self._change_mark(step, place, command.word)
        elif isinstance(step, Vote) and command.word == "remove":
            entries = record.entries_of(step.from_)
            place = self._talk.numbered(step.id, command, len(entries))
            if place is not None:
                entry = entries[place].id
                self._talk.change(step.id, lambda: steps.put_dots(self._opened, entry, 0))
        elif isinstance(step, Groups) and command.word == "remove":
            labels = [each.label for each in participants(record.people)]
            place = self._talk.numbered(step.id, command, len(labels))
            if place is not None:
                label = labels[place]
                told = "draw puts the others into groups anew."
                self._talk.change(step.id, lambda: steps.remove_person(self._opened, label), told)
        elif isinstance(step, Table):
            self._change_row(step, command)
        else:
            return False
        return True

    def _change_mark(self, step: Score, place: int, word: str) -> None:
        if word == "remove":
            self._talk.change(step.id, lambda: steps.remove_mark(self._opened, place))
            return
        answer = self._talk.asked(step.id, "Now, or Enter keeps it:")
        if isinstance(answer, str) and answer:
            self._talk.change(step.id, lambda: steps.change_mark(self._opened, place, answer))

    def _dots(self, step: Vote) -> list[str]:
        record = self._opened.record
        dots = record.dots_of(step.id)
        lines = []
        for number, entry in enumerate(record.entries_of(step.from_), 1):
            count = dots.get(entry.id, 0)
            given = f" ({count} {'dot' if count == 1 else 'dots'})" if count else ""
            lines.append(f"{number}. {one_line(entry.text)}{given}")
        whole = dots_to_give(record, step)
        if not lines:
            return ["Nothing was said before that dots could go to."]
        of_all = f" of {whole}" if whole is not None else ""
        total = sum(dots.values())
        over = ", more than there are" if whole is not None and total > whole else ""
        return [*lines, f"Dots given: {total}{of_all}{over}."]

    # Groups

    def _groups(self, step: Groups) -> list[str]:
        record = self._opened.record
        people = participants(record.people)
        grouping = record.grouping_of(step.id)
        if grouping is None:
            names = [f"{number}. {one_line(each.with_place(each.label))}" for number, each in enumerate(people, 1)]
            last = sum(person.count for person in steps.people_of_last_time(self._opened)) if not names else 0
            offered = f" again brings the {last} of last time." if last else ""
            return names or [f"Nobody is named yet. Type a name, or about and say who takes part.{offered}"]
        lines = []
        for number, round_ in enumerate(grouping.rounds, 1):
            lines += [f"Round {number}"] if len(grouping.rounds) > 1 else []
            lines += [f"- {', '.join(map(one_line, group))}" for group in round_]
        lines += list(grouping.told)
        lines += [f"Seed: {grouping.seed}."] if grouping.seed is not None else []
        late = [each.label for each in steps.left_out_of(record, step)]
        return lines + ([f"Without a place: {', '.join(map(one_line, late))}. seat gives them one."] if late else [])

    # Table

    def _begin_row(self, step: Table, words: str) -> None:
        """Ask for the other columns, unless the first one cannot be what was typed."""
        try:
            _check(step.columns[0], self._talk.desk.tools.today(), words)
        except WrongInput as error:
            self._talk.prompter.wrong(step.id, str(error))
            return
        decided = self._talk.prompter.decided(step.id, words)
        if decided is not None:
            self._row(step, {"": decided}, None)

    def _row(self, step: Table, typed: dict[str, str], before: TableRow | None) -> None:
        today = self._talk.desk.tools.today()
        first, *others = step.columns
        fields = [Field("", f"{one_line(first.name)}:", partial(_check, first, today))]
        for column in others:
            choices = f" ({', '.join(map(one_line, column.choices))})" if column.choices else ""
            fields.append(Field(column.id, f"{one_line(column.name)}{choices}:", partial(_check, column, today)))
        there = {} if before is None else {"": before.cells.get(first.id, ""), **before.cells}

        def put(values: dict[str, str]) -> None:
            cells = {**values, first.id: values.get("", "")}
            steps.put_row(self._opened, cells, before.id if before is not None else None)

        whole_form(self._talk, step.id, fields, there, typed if before is None else {}, put)

    def _change_row(self, step: Table, command: Command) -> None:
        rows = self._opened.record.rows_of(step.id)
        place = self._talk.numbered(step.id, command, len(rows))
        if place is None:
            return
        row = rows[place]
        if command.word == "edit":
            self._row(step, {}, row)
        elif command.word == "remove":
            told = f"Removed: {row_in_words(step, row)} (undo brings it back)"
            self._talk.change(step.id, lambda: self._opened.remove(row.id), told)
        else:
            there = min(max(command.numbers[1], 1), len(rows)) - 1
            self._talk.change(
                step.id, lambda: self._opened.move(row.id, there - place), f"It is number {there + 1} now."
            )

    # Assess

    def _assess(self, step: Assess, words: str) -> None:
        """Run the assessment right here, and come back to the session."""
        from kmtui.plain.assessment import AssessmentTalk  # here, since an assessment can run sessions as well

        if words.lower() not in ("y", "yes"):
            self._talk.prompter.wrong(step.id, "Type yes, or Enter to go on without it.")
            return
        try:
            assessment = steps.begin_assessment_here(self._opened)
        except KmtuiError as error:
            self._talk.prompter.wrong(step.id, str(error))
            return
        ran = self._opened.clock.running
        if ran:
            self._opened.pause_or_resume()
        talk = AssessmentTalk(self._talk.prompter, self._talk.desk, assessment, resume=self._resume, export_to=None)
        if assessment.criterion is None and not assessment.record.on_behalf_of:  # at its beginning, as on the screens
            talk.asks_first = ("on_behalf_of",)
        try:
            talk.run()
        except InputEnded as left:
            raise EndedWithin from left
        finally:
            self._talk.here_again()
            if ran:
                self._opened.pause_or_resume()
        self._talk.say()
        self._talk.say("Back in the session.")


def _check(column: Column, today: date, text: str) -> str:
    return parse_cell(column, text, today)


def row_in_words(step: Table, row: TableRow) -> str:
    """Return a row on one line: the first column, then the others with their names."""

    first, *others = step.columns
    told = [
        f"{one_line(each.name)}: {cell_in_words(each, row.cells[each.id])}" for each in others if row.cells.get(each.id)
    ]
    return ". ".join([one_line(row.cells.get(first.id, "")) or "(empty)", *told])
