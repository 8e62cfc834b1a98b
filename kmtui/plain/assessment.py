"""An assessment as a conversation: the opening question, then criterion by criterion, then the results in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path

from kmtui.flow.assessment import OPENING, open_criteria, parse_level, parse_same_for_everyone
from kmtui.flow.typed import parse_people
from kmtui.model.assessment import Assessment
from kmtui.model.errors import WrongInput
from kmtui.model.matrix import Criterion, Matrix
from kmtui.plain.beside import criterion_lines, opening_lines, then_lines, well_lines, widest, widest_lines
from kmtui.plain.notes import criterion_notes, opening_notes
from kmtui.plain.plan import PLAN_HELP, PlanTalk
from kmtui.plain.prompts import Prompter
from kmtui.plain.ratings import QUESTIONS, answer_in_words, asked_for, skip_as_typed, value_as_typed
from kmtui.plain.record import RecordTalk
from kmtui.plain.session import SessionTalk
from kmtui.plain.talk import AGAIN, COMMON_HELP
from kmtui.plain.which import which_for_criterion
from kmtui.plain.words import Command
from kmtui.report.last_time import LastTime
from kmtui.report.sentences import disagreement_sentences, level_in_words, summary_sentences
from kmtui.text import one_line
from kmtui.workspace.assessments import OpenAssessment, start_assessment
from kmtui.workspace.comparing import before, who_does_well
from kmtui.workspace.desk import Desk
from kmtui.workspace.planning import Planning
from kmtui.workspace.sessions import OpenSession
from kmtui.workspace.setups import find_set_up
from kmtui.workspace.start import Start

_HELP = (
    "At a level: type a number, or dk (don't know), not-for-us, park. Enter or skip leaves it open or as it is.",
    "Then why, an example, whether it is the same for everyone, and the target; Enter leaves each of them empty.",
    "A role behind an example keeps it as good practice: others may ask whoever has it.",
    "back: the question before. go 4, or go and the id of a criterion: there. list: all criteria with their levels.",
    "results: what the answers come to, in sentences. At a level, and at why, also:",
    "well: who does this well. which: techniques that fit. then: then and now. plan: what is done about it.",
)
_ON = Command(word="on")
_SHOWN = ("plan", "well", "then", "which")
"""Words that show something at a level and at its reason; as a reason they take a backslash in front."""


def new_assessment(
    prompter: Prompter, desk: Desk, start: Start, *, talk: Callable[[OpenAssessment], AssessmentTalk]
) -> None:
    """Ask what is not given, begin the assessment, and run it to its end.

    Raises:
        As `Talk.run`.
    """
    prompter.help = lambda: _HELP
    setup = find_set_up(desk.tools, start.setup, start.team) if start.setup else None
    team = start.team or (setup.team if setup is not None else prompter.words("team", "Which team:"))
    opened = start_assessment(
        desk.tools,
        title=start.title,
        team=team,
        on_behalf_of=start.on_behalf_of,
        people=parse_people(start.people),
        setup=setup,
    )
    talk(opened).begin(start, () if opened.record.on_behalf_of else ("on_behalf_of",))


class AssessmentTalk(RecordTalk[Assessment]):
    """The conversation about one open assessment."""

    own_help = _HELP
    about_names = ("title", "team", "on_behalf_of", "people")

    def __init__(
        self,
        prompter: Prompter,
        desk: Desk,
        opened: OpenAssessment,
        *,
        resume: Callable[[str], str],
        export_to: Path | None = None,
    ) -> None:
        super().__init__(prompter, desk, opened, opened, resume=resume, export_to=export_to)
        self.opened = opened
        self.only_plan = False
        self._planning: PlanTalk | None = None
        self._section = ""
        self._well_told = False

    @property
    def matrix(self) -> Matrix:
        """The matrix of the assessment."""
        return self.opened.record.matrix

    # The walk

    def _walk(self) -> None:
        if self.only_plan:
            self._plan()
            self.settle("plan")
            return
        self._open()
        if self.opened.criterion is None and self.opened.record.opening:
            self._to_widest()
        while True:
            criterion = self.opened.criterion
            command = self._opening() if criterion is None else self._criterion(criterion)
            if command.word == "go":
                self._go(command)
            elif command.word == "back":
                self.moved(self.opened.back)
            elif command.word == "on" and self.opened.position[0] < self.opened.position[1]:
                rated = criterion is not None and self.opened.rating.answered
                self.moved(self.opened.forward)
                if rated and widest(self.opened.record) != self.opened.criterion:
                    self._say_lines(widest_lines(self.opened.record))
            elif command.word == "on" and self._end():
                return

    @cached_property
    def _last_time(self) -> LastTime | None:
        found = before(self.desk.tools, self.opened.record)
        return LastTime(self.opened.record, found) if found is not None else None

    def _to_widest(self) -> None:
        """Go where people differ most, where a survey is talked over and its opening question is answered."""
        found = widest(self.opened.record)
        if found is not None:
            self.moved(lambda: self.opened.go(found.id))

    def _plan(self) -> None:
        """Go through the plan; it is left where it was entered."""
        self._planning = PlanTalk(self, Planning(self.desk.tools, self.opened), self._session)
        try:
            self._planning.run()
        finally:
            self._planning = None

    def _session(self, opened: OpenSession) -> SessionTalk:
        return SessionTalk(self.prompter, self.desk, opened, resume=self._resume)

    def _help(self) -> Iterable[str]:
        return super()._help() if self._planning is None else (*PLAN_HELP, *COMMON_HELP)

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
            self._say_lines(widest_lines(self.opened.record))
        self.say("plan: what is done about it, and who does it.")
        while (command := self.offer_report(self._places(), ("plan",))) == Command(word="plan"):
            self._plan()
        if command is None:
            return True
        self._lead_back(command)
        return False

    def _opening(self) -> Command:
        self.say()
        self._say_lines(opening_lines(self.opened.record, self._last_time))
        answer = self.asked("opening", "What the team says, or Enter to go on:", self._places())
        if isinstance(answer, Command):
            if answer.word in ("go", "again"):
                return answer
            if answer.word == "skip":
                return _ON
            if answer.word == "back":
                self.prompter.wrong("opening", "This is the first question.")
            elif answer.word == "results":
                self._results()
            else:
                self.unknown("opening", answer)
            return AGAIN
        decided = self.prompter.decided("opening", answer)
        if decided is None or (decided and not self.change("opening", lambda: self.opened.say_opening(decided))):
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
        self._say_lines(criterion_lines(self.opened.record, criterion, self._last_time))

    def _level(self, criterion: Criterion) -> Command:
        """Ask for the level; return "rated" when there is one, "on" when there is nothing more to ask here."""
        question = f"{criterion.id}.level"
        scale = self.matrix.scale
        keeps = "Enter keeps the answer" if self.opened.rating.answered else "Enter goes on"
        answer = self.asked(question, f"Level, {scale.lowest} to {scale.highest} ({keeps}):", self._places())
        if isinstance(answer, Command):
            return self._led(question, answer)
        skip = skip_as_typed(answer)
        if not answer:
            return _ON
        if answer.lower() in _SHOWN:
            self._show(answer.lower(), criterion)
            return AGAIN
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
        if self._last_time is not None and (words := self._last_time.fall(criterion.id, level)):
            self.say(words)
        if not self._well_told and level <= self.matrix.bands[0].levels[1]:
            self._well_told = True
            self.say("well: who does this well. It can be typed at a level, and at why.")
        return Command(word="rated")

    def _show(self, what: str, criterion: Criterion) -> None:
        """Show what one of the words at a level asks for."""
        if what == "plan":
            self._plan()
        elif what == "which":
            which_for_criterion(self, self.opened, criterion, self._session)
        elif what == "well":
            self._say_lines(well_lines(who_does_well(self.desk.tools, self.opened.record, criterion.id)))
        elif self._last_time is None:
            self.say("This is the first assessment of the team here, so there is no then and now.")
        else:
            lines = list(then_lines(self.opened.record, self._last_time.before))
            self._say_lines(lines or ["Nothing has a level both then and now yet."])

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
        while 0 <= number < len(names := asked_for(self.matrix, self.opened.rating)):
            name = names[number]
            question, words = f"{criterion.id}.{name}", QUESTIONS[name]
            before = value_as_typed(self.opened.rating, name)
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
            elif name == "rationale" and answer.lower() in _SHOWN:
                self._show(answer.lower(), criterion)
            elif not answer or self._reason(question, name, "" if answer == "-" and before else answer):
                number += 1
        return Command(word="level") if number < 0 else _ON

    def _reason(self, question: str, name: str, typed: str) -> bool:
        words = self.prompter.decided(question, typed)
        if words is None:
            return False
        if words[1:].lower() in _SHOWN:
            words = words.removeprefix("\\")
        try:
            value: object = words
            if name == "target":
                value = parse_level(self.matrix, words) if words else None
            elif name == "same_for_everyone":
                value = parse_same_for_everyone(words)
        except WrongInput as error:
            self.prompter.wrong(question, str(error))
            return False
        gone = {"contact": ""} if name == "example" and not words else {}
        return self.change(question, lambda: self.opened.rate(**{name: value}, **gone))

    # What Talk asks for

    def _notes(self) -> Sequence[str]:
        criterion = self.opened.criterion
        return (
            opening_notes(self.matrix)
            if criterion is None
            else criterion_notes(self.matrix, criterion, self.opened.rating)
        )

    def _list(self, whole: bool) -> None:
        if self._planning is not None:
            self._planning.say_here(whole)
            return
        record = self.opened.record
        for number, criterion in enumerate(self.matrix.criteria, 1):
            rating = record.rating(criterion.id)
            words = (
                answer_in_words(self.matrix, rating)
                if whole and rating.answered
                else f"{level_in_words(self.matrix, rating)}."
            )
            self.say(f"{number}. {one_line(criterion.name)}: {words}")
        if whole and record.parked:
            self.say("Parked")
            self._numbered(record.parked, "")

    def _results(self) -> None:
        self._say_lines((*disagreement_sentences(self.opened.record), *summary_sentences(self.opened.record)))

    def _say_lines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.say(line)
