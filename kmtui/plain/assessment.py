"""An assessment as a conversation: the opening question, then criterion by criterion, then the results in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from kmtui.flow.assessment import OPENING, open_criteria, parse_level, parse_same_for_everyone
from kmtui.flow.typed import parse_people
from kmtui.model.assessment import Assessment, Rating, Skip
from kmtui.model.errors import WrongInput
from kmtui.model.matrix import Criterion, Matrix
from kmtui.plain.forms import about_fields, filled
from kmtui.plain.notes import criterion_notes, opening_notes
from kmtui.plain.prompts import Prompter
from kmtui.plain.talk import AGAIN, Talk
from kmtui.plain.words import Command
from kmtui.report.sentences import level_in_words, summary_sentences, target_in_words
from kmtui.text import one_line
from kmtui.workspace.assessments import OpenAssessment, start_assessment
from kmtui.workspace.desk import Desk
from kmtui.workspace.start import Start

_HELP = (
    "At a level: type a number, or dk (don't know), not-for-us, park. Enter or skip leaves it open or as it is.",
    "Then why, an example, whether it is the same for everyone, and the target; Enter leaves each of them empty.",
    "back: the question before. go 4, or go and the id of a criterion: there. list: all criteria with their levels.",
    "results: what the answers come to, in sentences.",
)
_SKIPS: dict[str, Skip] = {
    "dk": "dont-know",
    "dont-know": "dont-know",
    "don't know": "dont-know",
    "dont know": "dont-know",
    "nfu": "not-for-us",
    "not-for-us": "not-for-us",
    "not for us": "not-for-us",
    "park": "parked",
}
_ON = Command(word="on")
_FIELDS = (
    ("rationale", "Why this level:"),
    ("example", "An example:"),
    ("same_for_everyone", "Is it the same for everyone (yes, no, or where it differs):"),
    ("target", "Target, where do you want to be:"),
)


def new_assessment(
    prompter: Prompter, desk: Desk, start: Start, *, talk: Callable[[OpenAssessment], AssessmentTalk]
) -> None:
    """Ask what is not given, begin the assessment, and run it to its end.

    Raises:
        As `Talk.run`.
    """
    prompter.help = lambda: _HELP
    team = start.team or prompter.words("team", "Which team:")
    opened = start_assessment(
        desk.tools,
        title=start.title,
        team=team,
        on_behalf_of=start.on_behalf_of,
        people=parse_people(start.people),
    )
    conversation = talk(opened)
    conversation.asks_first = () if start.on_behalf_of else ("on_behalf_of",)
    conversation.run()


class AssessmentTalk(Talk[Assessment]):
    """The conversation about one open assessment."""

    own_help = _HELP

    def __init__(
        self,
        prompter: Prompter,
        desk: Desk,
        opened: OpenAssessment,
        *,
        resume: Callable[[str], str],
        export_to: Path | None = None,
    ) -> None:
        super().__init__(prompter, desk, opened, resume=resume, export_to=export_to)
        self.opened = opened
        self.asks_first: tuple[str, ...] = ()
        self._section = ""

    @property
    def matrix(self) -> Matrix:
        """The matrix of the assessment."""
        return self.opened.record.matrix

    # The walk

    def _walk(self) -> None:
        if self.asks_first:
            self._ask_about(self.asks_first)
        if self.opened.record.finished:
            self.moved(self.opened.reopen)
            self.say("This was finished, and is open again.")
        while True:
            criterion = self.opened.criterion
            command = self._opening() if criterion is None else self._criterion(criterion)
            if command.word == "go":
                self._go(command)
            elif command.word == "back":
                self.moved(self.opened.back)
            elif command.word == "on" and self.opened.position[0] < self.opened.position[1]:
                self.moved(self.opened.forward)
            elif command.word == "on" and self._end():
                return

    def _go(self, command: Command) -> None:
        self.moved(lambda: self.opened.go(self._places()[command.words]))

    def _places(self) -> dict[str, str]:
        """Return what `go` knows: the numbers and the ids of the criteria, and the opening question."""
        ids = [criterion.id for criterion in self.matrix.criteria]
        named = {each.lower(): each for each in ids}
        return {**named, **{str(number): each for number, each in enumerate(ids, 1)}, "opening": OPENING, "0": OPENING}

    def _end(self) -> bool:
        """Finish, tell the results and offer the report; return False when a command leads back."""
        self.change("finish", self.opened.finish, told=False)
        self.settle("finish")
        self.say()
        self.say("Finished.")
        self._results()
        numbers = {criterion.id: number for number, criterion in enumerate(self.matrix.criteria, 1)}
        waiting = open_criteria(self.opened.record)
        if waiting:
            named = ", ".join(f"{numbers[each.id]} {one_line(each.name)}" for each in waiting)
            self.say(f"Still open or parked: {named}. go and a number leads there.")
        command = self.offer_report(self._places())
        if command is None:
            return True
        if self.opened.record.finished:
            self.moved(self.opened.reopen)
        if command.word == "go":
            self._go(command)
        return False

    def _opening(self) -> Command:
        record = self.opened.record
        self.say()
        self.say(f"{one_line(self.matrix.title)}: {len(self.matrix.criteria)} criteria.")
        if self.matrix.opening_question:
            self.say(f"Ask: {one_line(self.matrix.opening_question)}")
        if record.opening:
            self.say(f"Said so far: {one_line(record.opening)}")
        answer = self.asked("opening", "What the team says, or Enter to go on:", self._places())
        if isinstance(answer, Command):
            if answer.word in ("go", "again"):
                return answer
            if answer.word == "skip":
                return _ON
            if answer.word == "back":
                self.prompter.wrong("opening", "This is the first question.")
            else:
                self.unknown("opening", answer)
            return AGAIN
        if answer and not self.change("opening", lambda: self.opened.say_opening(answer)):
            return AGAIN
        return _ON

    # One criterion

    def _criterion(self, criterion: Criterion) -> Command:
        """Ask about one criterion; return the command that leads on."""
        self._introduce(criterion)
        while True:
            command = self._level(criterion)
            if command.word == "rated":
                command = self._reasons(criterion)
            if self.opened.record.place != criterion.id or command.word not in ("again", "level"):
                return command

    def _introduce(self, criterion: Criterion) -> None:
        number, count = self.opened.position
        section = self.matrix.section_of(criterion.id)
        self.say()
        if section is not None and section.id != self._section:
            self._section = section.id
            self.say(f"Section: {one_line(section.name)}. {one_line(section.about)}".rstrip())
        self.say(f"Criterion {number} of {count}: {one_line(criterion.name)}")
        self.say(one_line(criterion.indicator))
        for band in self.matrix.bands:
            low, high = band.levels
            levels = f"{low} to {high}" if low != high else str(low)
            self.say(f"{levels}, {one_line(band.name)}: {one_line(criterion.statements.get(band.id, ''))}")
        for question in criterion.ask:
            self.say(f"Ask: {one_line(question)}")
        if self.opened.rating.answered:
            self.say(f"Answered: {self._answer(self.opened.rating)}")

    def _answer(self, rating: Rating) -> str:
        parts = [level_in_words(self.matrix, rating), target_in_words(rating), rating.rationale, rating.example]
        return ". ".join(one_line(part).rstrip(".") for part in parts if part) + "."

    def _level(self, criterion: Criterion) -> Command:
        """Ask for the level; return "rated" when there is one, "on" when there is nothing more to ask here."""
        question = f"{criterion.id}.level"
        scale = self.matrix.scale
        keeps = "Enter keeps the answer" if self.opened.rating.answered else "Enter goes on"
        answer = self.asked(question, f"Level, {scale.lowest} to {scale.highest} ({keeps}):", self._places())
        if isinstance(answer, Command):
            return self._led(question, answer)
        skip = _SKIPS.get(answer.lower())
        if not answer:
            return _ON
        if skip is not None:
            return _ON if self.change(question, lambda: self.opened.rate(skip=skip)) else AGAIN
        if answer.lower().startswith("go "):
            self.prompter.wrong(question, f'There is no criterion "{answer[3:43].strip()}". list shows all of them.')
            return AGAIN
        try:
            level = parse_level(self.matrix, answer)
        except WrongInput as error:
            self.prompter.wrong(question, str(error))
            return AGAIN
        band = one_line(self.matrix.band_at(level).name)
        self.change(question, lambda: self.opened.rate(level=level), f"{level}: {band}.")
        return Command(word="rated")

    def _led(self, question: str, command: Command) -> Command:
        if command.word in ("back", "go", "again"):
            return command
        if command.word == "skip":
            return _ON
        if command.word == "results":
            self._results()
        else:
            self.unknown(question, command)
        return AGAIN

    def _reasons(self, criterion: Criterion) -> Command:
        """Ask for what stands behind a level; return "level" when `back` leads to the level again."""
        number = 0
        while 0 <= number < len(_FIELDS):
            name, words = _FIELDS[number]
            question = f"{criterion.id}.{name}"
            before = _before(self.opened.rating, name)
            if before:
                self.say(f"{words} {one_line(before)}")
                words = "New words, Enter keeps them, - empties:"
            answer = self.asked(question, words, self._places())
            if isinstance(answer, Command):
                if answer.word == "go" or (answer.word == "again" and self.opened.record.place != criterion.id):
                    return answer
                if answer.word == "results":
                    self._results()
                elif answer.word not in ("back", "skip", "again"):
                    self.unknown(question, answer)
                number += {"back": -1, "skip": 1}.get(answer.word, 0)
            elif not answer or self._reason(question, name, "" if answer == "-" and before else answer):
                number += 1
        return Command(word="level") if number < 0 else _ON

    def _reason(self, question: str, name: str, words: str) -> bool:
        try:
            value: object = words
            if name == "target":
                value = parse_level(self.matrix, words) if words else None
            elif name == "same_for_everyone":
                value = parse_same_for_everyone(words)
        except WrongInput as error:
            self.prompter.wrong(question, str(error))
            return False
        return self.change(question, lambda: self.opened.rate(**{name: value}))

    # What Talk asks for

    def _notes(self) -> Sequence[str]:
        criterion = self.opened.criterion
        return (
            opening_notes(self.matrix)
            if criterion is None
            else criterion_notes(self.matrix, criterion, self.opened.rating)
        )

    def _list(self, whole: bool) -> None:
        record = self.opened.record
        for number, criterion in enumerate(self.matrix.criteria, 1):
            rating = record.rating(criterion.id)
            words = self._answer(rating) if whole and rating.answered else f"{level_in_words(self.matrix, rating)}."
            self.say(f"{number}. {one_line(criterion.name)}: {words}")
        if whole and record.parked:
            self.say("Parked")
            self._numbered(record.parked, "")

    def _results(self) -> None:
        for sentence in summary_sentences(self.opened.record):
            self.say(sentence)

    def _change_about(self) -> None:
        self._ask_about(("title", "team", "on_behalf_of", "people"))

    def _ask_about(self, names: Sequence[str]) -> None:
        fields, values = about_fields(self.opened.record)
        before = dict(values)
        try:
            filled(self, "", [field for field in fields if field.name in names], before, values)
        finally:
            if values != before:
                self.change("about", lambda: self.opened.about(**values), told=False)


def _before(rating: Rating, name: str) -> str:
    value = getattr(rating, name)
    if value is None or isinstance(value, bool):
        return {True: "yes", False: "no", None: ""}[value]
    return str(value)
