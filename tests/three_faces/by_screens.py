"""An invented run as it is typed on the screens."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from msgspec.structs import replace
from textual import events
from textual.pilot import Pilot

from kmtui.model.answers import EntryAnswer, VoteAnswer
from kmtui.model.base import Level
from kmtui.model.rating import Rating
from kmtui.model.technique import Actions, AnyStep, Assess, Brief, Collect, Groups, Lessons, Score, Table, Vote
from kmtui.tui.app import KmtuiApp
from kmtui.tui.screens.assessment import AssessmentScreen
from kmtui.tui.screens.opened import OpenedScreen
from kmtui.tui.screens.report import ReportScreen
from kmtui.tui.screens.session import SessionScreen
from kmtui.tui.steps.base import SOURCE
from kmtui.tui.widgets.asker import Asker
from kmtui.tui.widgets.rows import Rows
from kmtui.workspace.desk import Desk
from kmtui.workspace.sessions import OpenSession
from kmtui.workspace.settings import Settings
from tests.three_faces.by_lines import DUE_AS_TYPED, groups_lines, mark, rating_words, row_lines, start_of
from tests.three_faces.invented import Run
from tests.tui.driving import Hands

MOST_TURNS = 20_000
"""How often the screens get a turn before a key is taken to have done nothing."""


async def run_screens(desk: Desk, settings: Settings, run: Run) -> None:
    """Run a session on the screens, from its first step to its report."""
    app = KmtuiApp(lambda: desk, settings, start_of(run))
    async with app.run_test(size=(60, 18)) as pilot:
        keys = _Keys(pilot, app)
        await keys.until_begun()
        for step in run.technique.steps:
            assert keys.opened.step.id == step.id
            await _Typing(keys, run).at(step)
            await keys.press("f8", keys.place)
            await pilot.pause(0)
        await keys.hands.settle()
        assert isinstance(app.screen, ReportScreen)


class _Keys:
    """Presses keys and waits for what they do, no longer: `Hands` wait for the whole process to be idle."""

    def __init__(self, pilot: Pilot[str], app: KmtuiApp) -> None:
        self.hands = Hands(pilot)
        self.app = app

    @property
    def opened(self) -> OpenSession:
        """The session that is being run."""
        screen = self.app.screen
        assert isinstance(screen, SessionScreen), screen
        return screen.opened

    async def until_begun(self) -> None:
        """Wait for the session, before which home looks at the workspace."""
        for _ in range(MOST_TURNS):
            if isinstance(self.app.screen, SessionScreen):
                break
            await self.hands.pilot.pause(0)
        await self.hands.settle()

    async def press(self, key: str, changed: Callable[[], object]) -> None:
        """Press a key, and wait until something has changed by it."""
        before = changed()
        self.app.post_message(events.Key(key, {"enter": "\r"}.get(key, key if len(key) == 1 else None)))
        for _ in range(MOST_TURNS):
            if changed() != before:
                return
            await asyncio.sleep(0)
        raise AssertionError(f"{key} did nothing on {self.app.screen}, where {before}: {self.hands.told}")

    def record(self) -> object:
        """Return what is on record, without words that are not entered yet."""
        screen = self.app.screen
        return replace(screen.opened.record, drafts={}) if isinstance(screen, OpenedScreen) else screen

    def place(self) -> object:
        """Return where the record is, or another screen that has come instead."""
        screen = self.app.screen
        return screen.opened.record.place if isinstance(screen, OpenedScreen) else screen

    def question(self) -> object:
        """Return the place of the record, and the question that is asked in the field there, if there is a field."""
        asker = self.app.screen.query_one(Asker)
        return self.place(), asker.question.id if asker.display and asker.question is not None else ""

    def chosen(self) -> str | None:
        """Return the id of the row that is chosen."""
        return self.app.screen.query_one(Rows).chosen

    async def line(self, text: str) -> None:
        """Enter a line, which is a whole answer."""
        self.paste(text)
        await self.press("enter", self.record)

    async def answer(self, *lines: str) -> None:
        """Enter lines, after each of which another question is asked."""
        for line in lines:
            self.paste(line)
            await self.press("enter", self.question)

    async def form(self, *lines: str) -> None:
        """Enter the lines of a form, which is kept with the last one."""
        await self.answer(*lines[:-1])
        await self.line(lines[-1])

    def paste(self, text: str) -> None:
        """Put words where the cursor is."""
        if text:
            self.app.post_message(events.Paste(text))

    async def choose(self, row_id: str) -> None:
        """Go down until a row is chosen."""
        for _ in self.app.screen.query_one(Rows).options:
            if self.chosen() != row_id:
                await self.press("down", self.chosen)
        assert self.chosen() == row_id


class _Typing:
    """Types what is said in a run."""

    def __init__(self, keys: _Keys, run: Run) -> None:
        self._keys = keys
        self._run = run

    async def at(self, step: AnyStep) -> None:
        """Type what is said at a step."""
        answers = self._run.answers
        if isinstance(step, Brief):
            self._takes_nothing()
        elif isinstance(step, Collect):
            for entry in answers.entries.get(step.id, ()):
                await self._entry(step, entry)
        elif isinstance(step, Score):
            for number in answers.marks[step.id]:
                await self._keys.line(mark(number))
        elif isinstance(step, Vote):
            for vote in answers.votes.get(step.id, ()):
                await self._dots(step, vote)
        elif isinstance(step, Groups):
            for line in groups_lines(self._run, step):
                await self._keys.line(line)
        elif isinstance(step, Table):
            for number, cells in enumerate(answers.rows[step.id]):
                await self._keys.form(*row_lines(step, cells, number))
        elif isinstance(step, Lessons):
            for lesson in answers.lessons[step.id]:
                await self._keys.form(lesson.lesson, lesson.cause, lesson.recommendation, lesson.owner)
        elif isinstance(step, Actions):
            for action in answers.actions[step.id]:
                await self._keys.form(action.action, action.owner, DUE_AS_TYPED if action.due else "")
        elif isinstance(step, Assess):
            await self._assessment(step)

    def _takes_nothing(self) -> None:
        """See that there is no field where nothing is noted, and paste words, which then stand nowhere."""
        assert not self._keys.app.screen.query_one(Asker).display
        assert self._keys.app.focused is None
        self._keys.paste("Somebody said so")

    async def _entry(self, step: Collect, entry: EntryAnswer) -> None:
        if entry.answers is not None:
            source = self._keys.opened.record.entries_of(step.from_ or "")[entry.answers - 1]
            await self._keys.choose(f"{SOURCE}{source.id}")
        await self._keys.line(entry.text)

    async def _dots(self, step: Vote, vote: VoteAnswer) -> None:
        """Give several dots by number, and one by Enter on its line."""
        if vote.dots > 1:
            await self._keys.line(", ".join([str(vote.entry)] * vote.dots))
        else:
            await self._keys.choose(self._keys.opened.record.entries_of(step.from_)[vote.entry - 1].id)
            await self._keys.line("")

    async def _assessment(self, step: Assess) -> None:
        answers = self._run.answers.assessed[step.id]
        await self._keys.hands.press("enter")
        assert isinstance(self._keys.app.screen, AssessmentScreen)
        await self._keys.answer(answers.opening, answers.on_behalf_of)
        for rating in answers.ratings:
            await self._rating(rating)
        await self._keys.hands.press("ctrl+r", "f8", "f8")
        assert isinstance(self._keys.app.screen, ReportScreen)
        await self._keys.hands.press("escape")

    async def _rating(self, rating: Rating) -> None:
        before, after = rating_words(rating)
        await self._level(rating.level)
        await self._keys.answer(*before)
        await self._level(rating.target)
        await self._keys.answer(*after)

    async def _level(self, level: Level | None) -> None:
        for digit in str(level):
            await self._keys.press(digit, self._keys.record)
        await self._keys.answer("")
