"""A session as a conversation: step by step, one question at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from kmtui.flow.typed import parse_people
from kmtui.model.base import Level
from kmtui.model.session import Entry, Lesson, Session
from kmtui.model.technique import Actions, AnyStep, Brief, Collect, Lessons
from kmtui.plain.item_forms import ItemForms
from kmtui.plain.items import counted, items_of, line_of, short
from kmtui.plain.prompts import Prompter
from kmtui.plain.recall import Recall, as_words
from kmtui.plain.record import RecordTalk
from kmtui.plain.step_kinds import StepKinds
from kmtui.plain.talk import AGAIN
from kmtui.plain.words import Command, answered_number
from kmtui.text import one_line
from kmtui.workspace.desk import Desk
from kmtui.workspace.recalling import tied_to
from kmtui.workspace.sessions import Item, OpenSession, start_session
from kmtui.workspace.start import Start
from kmtui.workspace.steps import whose_turn
from kmtui.workspace.thread import names_of_earlier

_HELP = (
    "Type an answer and Enter; it is saved at once. Enter alone goes on.",
    "back: the step before. skip: go on. go 3: go to step 3.",
    "list: what was said here, with numbers. list all: everything.",
    "edit 3: new words for number 3. remove 3. move 3 1: number 3 becomes number 1.",
    "more, or more 2: what else can be said of a lesson or an action.",
    "2: in front of an answer says which line of the earlier question it answers.",
)


def new_session(prompter: Prompter, desk: Desk, start: Start, *, talk: Callable[[OpenSession], SessionTalk]) -> None:
    """Ask what is not given, begin the session with the first answer, and run it to its end.

    Raises:
        As `Talk.run`.
    """
    prompter.help = lambda: _HELP
    title = start.title or prompter.words("title", "Title, what is it about:")
    opened = start_session(
        desk.tools,
        start.technique,
        variant=start.variant,
        title=title,
        team=start.team,
        people=parse_people(start.people),
        continues=start.continues,
        takes=start.takes,
    )
    talk(opened).begin(start, ("team", "people"))


class SessionTalk(RecordTalk[Session]):
    """The conversation about one open session."""

    own_help = _HELP

    def __init__(
        self,
        prompter: Prompter,
        desk: Desk,
        opened: OpenSession,
        *,
        resume: Callable[[str], str],
        export_to: Path | None = None,
    ) -> None:
        super().__init__(prompter, desk, opened, opened, resume=resume, export_to=export_to)
        self.opened = opened
        self._kinds = StepKinds(self, resume)
        self.forms = ItemForms(self)
        self._recall = Recall(self)

    def _help(self) -> Iterable[str]:
        step = self.opened.step
        return (*self._kinds.help(step), *self._recall.help(), *super()._help())

    # The walk through the steps

    def _walk(self) -> None:
        self._open()
        while True:
            step = self.opened.step
            self._introduce(step)
            while (command := self._at(step)).word == "again" and self.opened.step.id == step.id:
                pass
            if self._left_by(command):
                return

    def _left_by(self, command: Command) -> bool:
        """Follow a command that leads away from a step; return whether the session is over."""
        number, count = self.opened.position
        if command.word == "go":
            self._go(command)
        elif command.word == "back":
            self.moved(self.opened.back)
        elif command.word == "on" and number < count:
            self.moved(self.opened.forward)
        elif command.word == "on":
            return self._end()
        return False

    def _end(self) -> bool:
        """Finish the session and offer the report; return False when a command leads back into it."""
        self.change("finish", self.opened.finish, told=False)
        self.settle("finish")
        record = self.opened.record
        counts = (
            counted(len(record.entries), "entry", "entries"),
            counted(len(record.lessons), "lesson", "lessons"),
            counted(len(record.actions), "action", "actions"),
        )
        self.say()
        self.say(f"Finished: {', '.join(counts)}.")
        if record.parked:
            self.say("Parked for another time:")
            self._numbered(record.parked, "")
        command = self.offer_report(self._places())
        if command is None:
            return True
        self._lead_back(command)
        return False

    def _places(self) -> dict[str, str]:
        """Return what `go` knows: the numbers and the ids of the steps."""
        steps = self.opened.record.technique.steps
        return {str(number): step.id for number, step in enumerate(steps, 1)} | {step.id: step.id for step in steps}

    def _introduce(self, step: AnyStep) -> None:
        number, count = self.opened.position
        minutes = f" ({step.minutes} {'minute' if step.minutes == 1 else 'minutes'})" if step.minutes else ""
        self.say()
        self.say(f"Step {number} of {count}. {one_line(step.title)}{minutes}")
        if step.say:
            self.say(f"Say: {one_line(step.say)}")
        for point in step.points:
            self.say(f"- {one_line(point)}")
        for number, table in enumerate(self.opened.record.seats_of(step), 1):
            self.say(f"{number}. {', '.join(map(one_line, table))}")
        if isinstance(step, Collect) and step.private:
            self.say("What is typed here stays here: it is in no export.")
        if isinstance(step, Collect) and step.each == "person":
            self.say("Go round: one from each person at a time.")
        if self._kinds.knows(step):
            self._kinds.introduce(step)
            self._recall.introduce()
            return
        if self._sources(step):
            answered = " Begin with 2: to answer number 2." if isinstance(step, Collect) else ""
            self.say(f"What was said before.{answered}")
            self._numbered((self._with_dots(entry) for entry in self._sources(step)), "")
        for name, words in self.opened.record.drafts.items():
            if name.startswith(f"{step.id}.") and words.strip():
                self.say(f"Typed before and not entered: {one_line(words)}")
        if self.opened.items():
            self.say(self._where_from(step) or "So far:")
            self._list(whole=False)
        self._recall.introduce()

    def _with_dots(self, entry: Entry) -> str:
        dots = self.opened.record.dots_on(entry.id)
        return entry.text + (f" ({counted(dots, 'dot', 'dots')})" if dots else "")

    def _sources(self, step: AnyStep) -> tuple[Entry, ...]:
        from_ = step.from_ if isinstance(step, Collect | Lessons | Actions) else None
        return self.opened.record.entries_of(from_) if from_ else ()

    def _where_from(self, step: AnyStep) -> str:
        """Return from which earlier sessions the lines of a step come, as far as they do."""
        earlier = {entry.session for entry in self.opened.record.entries_of(step.id)}
        names = [
            name for each, name in names_of_earlier(self.desk.tools, self.opened.record).items() if each in earlier
        ]
        return f"From {'; '.join(map(one_line, names))}. edit and remove change it:" if names else ""

    # One question

    def _at(self, step: AnyStep) -> Command:
        """Ask once at a step; return "again", or the command that leads away ("on" for an empty line)."""
        number = len(self.opened.items()) + 1
        words = {Collect: "Answer", Lessons: "Lesson", Actions: "Action"}.get(type(step))
        prompt = f"{words} {number}, or Enter to go on:" if words else "Enter goes on:"
        if isinstance(step, Collect) and (turn := whose_turn(self.opened.record, step)):
            prompt = f"{one_line(turn)}: {words} {number}, or Enter to go on:"
        elif self._kinds.knows(step):
            prompt = self._kinds.prompt(step)
        answer = self.asked(step.id, prompt, self._places())
        if answer == "" and self._kinds.enters(step):
            return AGAIN
        if answer in ("", Command(word="skip")):
            return Command(word="on")
        if isinstance(answer, Command):
            if answer.word == "back" and self.opened.position[0] == 1:
                self.prompter.wrong(step.id, "This is the first step.")
            elif answer.word in ("back", "go", "again"):
                return answer
            else:
                self._deal(step, answer)
        elif self._kinds.knows(step):
            self._kinds.take(step, answer)
        elif self._recall.follow(answer):
            pass
        elif isinstance(step, Collect):
            self._enter(step, as_words(answer))
        elif isinstance(step, Lessons):
            self.forms.lesson(step.id, as_words(answer))
        elif isinstance(step, Actions):
            self.forms.action(step.id, as_words(answer))
        elif isinstance(step, Brief):
            self.prompter.wrong(step.id, "Nothing is noted at this step. Enter goes on.")
        return AGAIN

    def _deal(self, step: AnyStep, command: Command) -> None:
        if self._kinds.knows(step):
            if not self._kinds.deal(step, command):
                self.unknown(step.id, command)
            return
        items = self.opened.items()
        if command.word not in ("edit", "remove", "move", "more") or isinstance(step, Brief):
            self.unknown(step.id, command)
            return
        place = self.numbered(step.id, command, len(items))
        if place is None:
            return
        item = items[place]
        if command.word == "remove":
            self.change(step.id, lambda: self.opened.remove(item.id), f"Removed: {short(item)} (undo brings it back)")
        elif command.word == "move":
            there = min(max(command.numbers[1], 1), len(items)) - 1
            self.change(step.id, lambda: self.opened.move(item.id, there - place), f"It is number {there + 1} now.")
        elif command.word == "edit":
            self.forms.edit(step.id, item)
        else:
            self.forms.more(step.id, item)

    def draft_name(self, question: str) -> str:
        """Return under what half-typed words of a question are kept, which is the same on the screens."""
        step = self.opened.record.technique.step(question)
        names: dict[type, str] = {Collect: "text", Lessons: "lesson", Actions: "action"}
        first = names.get(type(step), "")
        return f"{question}.{first}" if first else super().draft_name(question)

    def _enter(self, step: Collect, typed: str) -> None:
        words = self.prompter.decided(step.id, typed)
        if words is None:
            return
        sources = self._sources(step)
        numbered = answered_number(words) if sources else None
        if numbered is None:
            self.change(step.id, lambda: self.opened.add_entry(words))
        elif 1 <= numbered[0] <= len(sources):
            source = sources[numbered[0] - 1].id
            self.change(step.id, lambda: self.opened.add_entry(numbered[1], source), f"It answers {numbered[0]}.")
        else:
            self.prompter.wrong(
                step.id, f"There is no number {numbered[0]} above. A backslash in front makes it words: \\{words[:40]}"
            )

    # What Talk asks for

    def _minutes(self) -> Level:
        return self.opened.step.minutes

    def _notes(self) -> Sequence[str]:
        return self.opened.step.tips

    def _list(self, whole: bool) -> None:
        record = self.opened.record
        for step in record.technique.steps if whole else (self.opened.step,):
            if self._kinds.knows(step):
                self._list_kind(step, whole)
                continue
            items = items_of(record, step)
            if whole and items:
                self.say(one_line(step.title))
            if items or not whole:
                self._numbered((self._line_of(item) for item in items), "Nothing is here yet.")
        if whole and record.parked:
            self.say("Parked")
            self._numbered(record.parked, "")

    def _line_of(self, item: Item) -> str:
        """Return an item on one line, with the earlier lesson that it goes with."""
        before = self.opened.lesson_words(tied_to(self.opened, item.id))
        how = "Learnt before" if isinstance(item, Lesson) else "Because of"
        return f"{line_of(self.opened.record, item)}{f'. {how}: {one_line(before)}' if before else ''}"

    def _list_kind(self, step: AnyStep, whole: bool) -> None:
        if whole:
            self.say(one_line(step.title))
        for line in self._kinds.lines(step):
            self.say(line)
