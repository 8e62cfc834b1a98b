"""The plan as a conversation: what could be done about each criterion, then the whole plan to be agreed."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from kmtui.model.assessment import Assessment
from kmtui.model.base import Value
from kmtui.model.errors import WrongInput
from kmtui.model.lines import ActionLine
from kmtui.model.plan import Planned
from kmtui.plain.forms import whole_form
from kmtui.plain.plan_lines import plan_changes, plan_fields, plan_lines, plan_values, priority_as_typed, why_line
from kmtui.plain.plan_recall import PlanRecall
from kmtui.plain.record import RecordTalk
from kmtui.plain.session import SessionTalk
from kmtui.plain.which import form_asked, run_within, suggested, which_for_criterion
from kmtui.plain.words import Command, typed_numbers
from kmtui.text import one_line
from kmtui.workspace.planning import CriterionOffers, Offer, Planning, held_for
from kmtui.workspace.sessions import OpenSession
from kmtui.workspace.sharing import Format, default_export, technique_names
from kmtui.workspace.start import Start

PLAN_HELP = (
    "At a criterion: a number puts an option into the plan, or takes it out again; other words add one of your own.",
    "Enter: the next criterion. back: the one before. plan: the whole plan. which: techniques that fit.",
    "At the plan: edit 2: owner, day and so on of number 2. now 2, next 2, later 2, not 2: its priority.",
    "dots 2 5: number 2 has five dots. move 2 up, move 2 down. by dots, by priority: put it in that order. remove 2.",
    "start 2: run its technique right here. which 2: techniques that fit it, to start one.",
    "add WORDS: one more. choose: through the criteria again.",
    "find WORDS: lessons. take 1: what the first one recommends goes into the plan. untie 2: it goes with no lesson.",
    "export plan, export board: write the plan, or one page for a board, to a file. Enter: it is agreed for now.",
)
_PRIORITY = re.compile(r"(now|next|later|not(?:[ -]for[ -]us)?|undecided)\s+(\d{1,4})$", re.IGNORECASE)
_DOTS = re.compile(r"dots\s+(\d{1,4})\s+(\d{1,4})$", re.IGNORECASE)
_MOVE = re.compile(r"move\s+(\d{1,4})\s+(up|down)$", re.IGNORECASE)
_START = re.compile(r"start\s+(\d{1,4})$", re.IGNORECASE)
_WHICH = re.compile(r"which\s+(\d{1,4})$", re.IGNORECASE)
_EXPORT = re.compile(r"export\s+(plan|board)$", re.IGNORECASE)
_ORDER = re.compile(r"by\s+(dots|priority)$", re.IGNORECASE)
_ADD = re.compile(r"add\s+(\S.*)$", re.IGNORECASE | re.DOTALL)


class _Row(Value, frozen=True, kw_only=True):
    """One numbered line at a criterion: an option, what another team did, or own words that are in the plan."""

    words: str
    line: Planned | None = None
    offer: Offer | None = None
    other: ActionLine | None = None


class PlanTalk:
    """The conversation about the plan of an open assessment, held within that about the assessment."""

    def __init__(
        self,
        talk: RecordTalk[Assessment],
        planning: Planning,
        session: Callable[[OpenSession], SessionTalk],
    ) -> None:
        self.talk = talk
        self.say = talk.say
        self.planning = planning
        self._session = session
        self._here: str | None = None
        self._recall = PlanRecall(talk, planning)
        self._names = {each: name for each, name in technique_names(planning.tools).items() if planning.can_start(each)}

    def run(self) -> None:
        """Choose, where nothing is chosen yet; then read the plan back until it is agreed."""
        if not self.planning.lines:
            self._choose()
        while self._present():
            pass

    def say_here(self, whole: bool) -> None:
        """Read out what is at the present place: the options of a criterion, or the plan."""
        if self._here is None or whole:
            self._say_plan()
        else:
            self._say_rows(self._rows(self.planning.offers_for(self._here)))

    # Choosing, criterion by criterion

    def _choose(self) -> None:
        ids = [each.criterion.id for each in self.planning.offers()]
        number = 0
        try:
            while number < len(ids):
                self._here = ids[number]
                self.say()
                self.say(f"Plan, {number + 1} of {len(ids)}")
                step = self._criterion(ids[number])
                if step is None:
                    return
                number = max(number + step, 0)
        finally:
            self._here = None

    def _criterion(self, criterion_id: str) -> int | None:
        """Ask what to do about a criterion; return how many criteria to go on, or None to go to the plan."""
        found = self.planning.offers_for(criterion_id)
        self.say(f"{one_line(found.criterion.name)}. {why_line(self.planning.record, found)}")
        self._say_rows(self._rows(found))
        self._recall.offer(criterion_id)
        question = f"{criterion_id}.plan"
        while True:
            answer = self.talk.asked(question, "Number, words of your own, or Enter for the next:")
            if answer == Command(word="again"):
                self.say_here(whole=False)
            elif isinstance(answer, Command):
                if answer.word in ("back", "skip"):
                    return -1 if answer.word == "back" else 1
                self.talk.unknown(question, answer)
            elif not answer:
                return 1
            elif answer.lower() == "plan":
                return None
            elif answer.lower() == "which":
                which_for_criterion(self.talk, self.planning.opened, found.criterion, self._session)
                self.say_here(whole=False)
            elif self._recall.follow(question, answer, criterion_id):
                pass
            elif (numbers := typed_numbers(answer)) is not None:
                self._tick(question, criterion_id, numbers)
            else:
                self._own(question, answer.removeprefix("\\"), criterion_id)

    def _own(self, question: str, words: str, criterion_id: str | None) -> None:
        decided = self.talk.prompter.decided(question, words)
        if decided is not None:
            self.talk.change(question, lambda: self.planning.write_own(decided, criterion_id), "It is in the plan.")

    def _rows(self, found: CriterionOffers) -> list[_Row]:
        own = [line for line in self.planning.lines if line.criterion == found.criterion.id and line.option is None]
        rows = [_Row(words=self._option(each), line=each.chosen, offer=each) for each in found.offers]
        for other in found.worked:
            copied = next((line for line in own if line.action == other.action), None)
            own = [line for line in own if line is not copied]
            outcome = f" What changed: {one_line(other.outcome).rstrip('.')}." if other.outcome else ""
            words = f"{one_line(other.team)} did this: {one_line(other.action).rstrip('.')}.{outcome}"
            rows.append(_Row(words=words, line=copied, other=other))
        return [*rows, *(_Row(words=one_line(line.action), line=line) for line in own)]

    def _option(self, offer: Offer) -> str:
        name = self._names.get(offer.option.technique or "")
        helps = offer.option.service
        beside = f" (technique: {one_line(name)})" if name else f" (service: {one_line(helps)})" if helps else ""
        return f"{one_line(offer.option.text)}{beside}"

    def _say_rows(self, rows: Sequence[_Row]) -> None:
        if not rows:
            self.say("No option fits here. Words of your own add one.")
        for number, row in enumerate(rows, 1):
            self.say(f"{number}. {'In the plan: ' if row.line is not None else ''}{row.words}")

    def _tick(self, question: str, criterion_id: str, numbers: Sequence[int]) -> None:
        rows = self._rows(self.planning.offers_for(criterion_id))
        for number in numbers:
            if not 1 <= number <= len(rows):
                self.talk.prompter.wrong(question, f"There is no number {number} here.")
                continue
            row = rows[number - 1]
            done = f"{number} is in the plan." if row.line is None else f"{number} is taken out of the plan."
            self.talk.change(question, lambda row=row: self._toggle(criterion_id, row), done)  # type: ignore[misc]

    def _toggle(self, criterion_id: str, row: _Row) -> None:
        if row.offer is not None:
            self.planning.toggle(criterion_id, row.offer.option.id)
        elif row.line is not None:
            self.planning.drop(row.line.id)
        elif row.other is not None:
            self.planning.copy(row.other)

    # The plan, to be agreed

    def _say_plan(self) -> None:
        record, because = self.planning.record, self.planning.opened.lesson_words
        lines = [*plan_lines(record, self._names, held_for(self.planning.tools, record), because)]
        for line in lines or ["Nothing is in the plan yet. choose goes through the criteria, add WORDS adds one."]:
            self.say(line)

    def _present(self) -> bool:
        """Read the plan out and follow commands until it changes; return False when it is agreed."""
        self.say()
        self.say("The plan")
        self._say_plan()
        while True:
            answer = self.talk.asked("plan", "What is changed (? tells how), or Enter when it is agreed:")
            if answer in ("", Command(word="back"), Command(word="skip")):
                return False
            if answer == Command(word="again"):
                return True
            if isinstance(answer, Command):
                self._numbered(answer)
            elif answer.lower() == "choose":
                self._choose()
                return True
            elif not self._follow(answer):
                self.talk.prompter.wrong("plan", f'"{answer[:40]}" does nothing here. ? lists what can be typed.')

    def _numbered(self, command: Command) -> None:
        """Follow a command that plain mode knows everywhere: edit, remove, move."""
        if command.word not in ("edit", "remove", "move", "more"):
            self.talk.unknown("plan", command)
            return
        place = self.talk.numbered("plan", command, len(self.planning.lines))
        if place is None:
            return
        if command.word == "remove":
            self._remove(place)
        elif command.word == "move":
            there = min(max(command.numbers[1], 1), len(self.planning.lines)) - 1
            self._move(place, there - place)
        else:
            self._edit(place)

    def _follow(self, words: str) -> bool:
        """Follow a command of the plan; return False where it is none."""
        if self._recall.follow("plan", words, None):
            return True
        if match := _ADD.match(words):
            self._own("plan", match[1], None)
        elif match := _ORDER.match(words):
            self._order(match[1].lower())
        elif match := _EXPORT.match(words):
            form: Format = "board" if match[1].lower() == "board" else "plan"
            self.talk.write_to(default_export(self.talk.desk.exports, self.planning.record, form), form)
        elif match := _PRIORITY.match(words):
            priority = match[1]
            self._at(int(match[2]), lambda place: self._priority(place, priority))
        elif match := _DOTS.match(words):
            dots = int(match[2])
            self._at(int(match[1]), lambda place: self._put(place, dots=dots))
        elif match := _MOVE.match(words):
            by = -1 if match[2].lower() == "up" else 1
            self._at(int(match[1]), lambda place: self._move(place, by))
        elif match := _START.match(words):
            self._at(int(match[1]), self._start)
        elif match := _WHICH.match(words):
            self._at(int(match[1]), self._which)
        else:
            return False
        return True

    def _at(self, number: int, act: Callable[[int], None]) -> None:
        if 1 <= number <= len(self.planning.lines):
            act(number - 1)
        else:
            self.talk.prompter.wrong("plan", f"There is no number {number} in the plan.")

    def _order(self, by: str) -> None:
        self.talk.change("plan", self.planning.by_dots if by == "dots" else self.planning.by_priority, "In this order:")
        self._say_plan()

    def _put(self, place: int, **changes: object) -> None:
        if self.talk.change("plan", lambda: self.planning.put(self.planning.lines[place].id, **changes)):
            self._say_one(place)

    def _say_one(self, place: int) -> None:
        lines = [*plan_lines(self.planning.record, self._names, {}, self.planning.opened.lesson_words)]
        self.say(lines[place])

    def _priority(self, place: int, words: str) -> None:
        priority = priority_as_typed(words.replace("-", " "))
        self._put(place, priority=priority)
        if priority == "not-for-us" and not self.planning.lines[place].reason:
            answer = self.talk.asked("plan.reason", "Why not (Enter leaves it open):")
            reason = self.talk.prompter.decided("plan.reason", answer) if isinstance(answer, str) else ""
            if reason:
                self._put(place, reason=reason)

    def _move(self, place: int, by: int) -> None:
        line = self.planning.lines[place]
        there = min(max(place + by, 0), len(self.planning.lines) - 1) + 1
        self.talk.change("plan", lambda: self.planning.move(line.id, by), f"It is number {there} now.")

    def _remove(self, place: int) -> None:
        line = self.planning.lines[place]
        self.talk.change(
            "plan", lambda: self.planning.drop(line.id), f"Removed: {one_line(line.action)} (undo brings it back)"
        )

    def _edit(self, place: int) -> None:
        line, record, today = self.planning.lines[place], self.planning.record, self.planning.tools.today()

        def put(values: dict[str, str]) -> None:
            self.planning.put(line.id, **plan_changes(record, values, today))

        whole_form(self.talk, "plan", plan_fields(record, today), plan_values(line), {}, put)
        self._say_one(place)

    def _start(self, place: int) -> None:
        """Run the technique of a line."""
        line = self.planning.lines[place]
        if line.technique is None or not self.planning.can_start(line.technique):
            without = f"Number {place + 1} has no technique that can be started here."
            self.talk.prompter.wrong("plan", f"{without} which {place + 1} suggests some.")
            return
        self._run(place, line.technique)

    def _which(self, place: int) -> None:
        """Suggest techniques for a line, and run the one that is chosen."""
        found = self.planning.suggestions(self.planning.lines[place].id)
        chosen = suggested(self.talk, "plan.which", found, "Number to start it right here, or Enter to go back:")
        if chosen is not None:
            self._run(place, chosen.id)

    def _run(self, place: int, technique_id: str) -> None:
        """Run a technique for a line right here, and come back to the plan."""
        line, team = self.planning.lines[place], self.planning.record.team
        technique = self.planning.tools.library.technique(technique_id).value
        variant = form_asked(self.talk, "plan.form", technique)

        def run(begun: OpenSession) -> None:
            self.say(f"{one_line(technique.name)}: {one_line(line.action)}")
            self._session(begun).begin(Start(team=team), ("people",))

        try:
            run_within(
                self.talk,
                self.planning.opened,
                lambda: self.planning.start(line.id, technique=technique_id, variant=variant),
                run,
            )
        except WrongInput as error:
            self.talk.prompter.wrong("plan", str(error))
            return
        self.say()
        self.say("Back in the plan.")
        self._say_plan()
