"""The register of lessons: words in the field find them while they are typed; Enter opens one."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from functools import partial
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import Static
from textual.worker import get_current_worker

from kmtui.analysis.query import LIMITS, Query
from kmtui.model.errors import KmtuiError, WrongInput
from kmtui.model.lines import LessonLine
from kmtui.report.lesson_parts import NO_LESSONS, nothing_found
from kmtui.store.protocol import Hit
from kmtui.text import shortened
from kmtui.tui.actions import bindings
from kmtui.tui.keys import key_for
from kmtui.tui.safe import parts, words
from kmtui.tui.screens.lesson_files import FILE_ACTIONS, LessonFiles
from kmtui.tui.screens.register_rows import found_row
from kmtui.tui.widgets.asker import Asker, Question
from kmtui.tui.widgets.rows import Row, Rows
from kmtui.workspace.register import MOST_FOUND, asked, join, search

QUIET = 0.04
"""Seconds without a key after which a search begins: words that are typed in one go are looked for once."""

LOOKS_EVERY = 5.0
"""Seconds after which the files are looked at again while the screen is on top and nobody types."""

_BAR = 20
"""How many signs the bar has that shows how far reading is."""


class RegisterScreen(LessonFiles):
    """Finds lessons. Searching and reading files are done in threads, and the field is ready all the time."""

    KEYS: ClassVar[tuple[str, ...]] = ("leave", "mark", "export-found")
    BINDINGS = bindings("mark", "join", "pause-reading")
    HEADING = "The register"
    CSS = """
    #asker { border-top: none; border-bottom: solid $line; }
    #limits, #reading, #nothing { height: auto; padding: 0 1; color: $muted; }
    #reading, #nothing { display: none; }
    #reading.-some, #nothing.-some { display: block; }
    RegisterScreen.-low #limits.-typed { display: none; }
    """

    class Reading(Message):
        """So many of so many files that have changed are read."""

        def __init__(self, done: int, total: int) -> None:
            super().__init__()
            self.done = done
            self.total = total

    class Looked(Message):
        """The files were looked at, to the end or not, or could not be."""

        def __init__(self, whole: bool, trouble: str = "") -> None:
            super().__init__()
            self.whole = whole
            self.trouble = trouble

    def __init__(self, words_: str = "") -> None:
        """`words_` stand in the field to begin with."""
        super().__init__()
        self._begin_with = words_
        self._text = ""
        self._typed_at = 0.0
        self._shown: dict[str, Hit] = {}
        self._count: int | None = None
        self._marked: dict[str, LessonLine] = {}
        self._reading = False
        self._stopped = False  # whether somebody has stopped the reading

    def compose_body(self) -> ComposeResult:
        """Show the field, what can narrow a search, how far reading is, and what was found."""
        yield Asker(id="asker")
        yield Static(id="limits", markup=False)
        yield Static(id="reading", markup=False)
        yield Static(id="nothing", markup=False)
        yield Rows(id="rows")

    def arrive(self) -> None:
        """Begin with the newest lessons, and look at the files."""
        super().arrive()
        self._text = self._begin_with
        self.query_one(Asker).ask(
            (Question("words", "Find lessons", self.hint(), kept=False),), {"words": self._begin_with}
        )
        limits = " ".join(f"{each}:" for each in LIMITS)
        self.query_one("#limits", Static).update(words(f'Narrowed by {limits} "a phrase"'))
        self.query_one("#nothing", Static).update(words(NO_LESSONS))
        self._look()
        self._search()
        self.set_interval(LOOKS_EVERY, self._look_again)

    def hint(self) -> str:
        """Return what stands in the empty field."""
        return "Words find lessons as you type; Enter opens"

    def resumed(self) -> None:
        """Look again: something may have been said of a lesson meanwhile."""
        super().resumed()
        self._look()
        self._search()

    def draw(self) -> None:
        """Show the heading with how many there are."""
        super().draw()
        self.head(self.HEADING, self._how_many())

    def _how_many(self) -> str:
        found, count = len(self._shown), self._count
        if count is None:
            return ""
        if found >= MOST_FOUND:
            return f"the {'best' if self._text.strip() else 'newest'} {found} of {count:,}"
        there = f"{count:,} lesson{'' if count == 1 else 's'}"
        return f"{found} of {there}" if self._text.strip() else there

    # Searching

    def on_asker_typed(self, event: Asker.Typed) -> None:
        """Look for what stands in the field now."""
        if event.text != self._text:
            self._text = event.text
            self._typed_at = time.monotonic()
            self.query_one("#limits").set_class(bool(event.text.strip()), "-typed")
            self._search(anew=True)

    def _search(self, *, anew: bool = False) -> None:
        """Search in a thread. A search that was begun before is given up, so its result never comes after this one."""
        self.run_worker(self._find(self._text, anew), name="find", group="find", exclusive=True)

    async def _find(self, text: str, anew: bool) -> None:
        await asyncio.sleep(QUIET)
        try:
            query = asked(text, typing=True)
        except WrongInput as error:
            self.tell(str(error))  # it may be typed half
            return
        try:
            hits, count = await asyncio.to_thread(self._found, query)
        except KmtuiError as error:
            self.tell(str(error), error=True)
            return
        self._show(hits, count, anew)

    def _found(self, query: Query) -> tuple[list[Hit], int]:
        tools = self.desk.tools
        return search(tools, query), tools.store.register.count()

    def _show(self, hits: list[Hit], count: int, anew: bool) -> None:
        """Show what was found; where the words are new the first one is chosen, else the same one as before."""
        before, self._shown = self._shown, _by_row(hits)
        if anew or list(before.items()) != list(self._shown.items()):
            self._show_hits(next(iter(self._shown), None) if anew else None)
        self._count = count
        self.query_one("#nothing").set_class(not count and not self._reading, "-some")
        self.draw()
        if anew:
            self.tell("" if hits or not count else nothing_found(self._text))

    def _show_hits(self, chosen: str | None = None) -> None:
        rows = [Row(each, found_row(hit, marked=hit.line.id in self._marked)) for each, hit in self._shown.items()]
        self.show_rows(rows, chosen)

    # Looking at the files

    def _look(self) -> None:
        if not (self._reading or self._stopped):
            self._reading = True
            self.run_worker(self._look_at_files, name="look", group="look", thread=True)

    def _look_again(self) -> None:
        if self.app.screen is self and time.monotonic() - self._typed_at > LOOKS_EVERY / 2:
            self._look()

    def _look_at_files(self) -> None:
        worker = get_current_worker()  # it is cancelled when the screen goes

        def progress(done: int, total: int) -> bool:
            self.post_message(self.Reading(done, total))
            return self.app.screen is self and not (worker.is_cancelled or self._stopped)

        try:
            message = self.Looked(self.desk.tools.store.register.look(progress))
        except KmtuiError as error:
            message = self.Looked(False, str(error))
        self.post_message(message)

    def on_register_screen_reading(self, event: Reading) -> None:
        """Show how far reading is, where there is much to read."""
        reading = self.query_one("#reading", Static)
        reading.set_class(event.done < event.total, "-some")
        if event.done < event.total:
            bar = "━" * (event.done * _BAR // event.total)
            told = f"Reading {event.done:,} of {event.total:,} records; you can search meanwhile."
            key = f" {key_for(self, 'pause-reading')} stops it. "
            reading.update(parts(told, key, (bar, "$primary"), ("─" * (_BAR - len(bar)), "$line")))
            if not self._shown:
                self._search()

    def on_register_screen_looked(self, event: Looked) -> None:
        """Search again, since what is there may have changed."""
        self._reading = False
        reading = self.query_one("#reading", Static)
        reading.set_class(self._stopped, "-some")
        if event.trouble:
            self.tell(event.trouble, error=True)
        elif self._stopped:
            key = key_for(self, "pause-reading")
            reading.update(words(f"Not all records are read, so lessons are missing here. {key} reads on."))
        elif not event.whole and self.app.screen is self:  # another screen was on top for a moment
            self._look()
        self._search()

    def action_pause_reading(self) -> None:
        """Stop reading, or go on with it."""
        self._stopped = not self._stopped
        self._look()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer to stop reading while something is read, and to go on when it was stopped."""
        if action == "pause_reading":
            return self._reading or self._stopped
        return super().check_action(action, parameters)

    # What was found

    @property
    def marked(self) -> tuple[LessonLine, ...]:
        """The lessons that were marked, in the order in which that was done."""
        return tuple(self._marked.values())

    def came_back(self) -> None:
        """Look again."""
        self._look()
        self._search()

    def _hit(self) -> Hit:
        """Return the chosen lesson. Raises WrongInput where there is none."""
        hit = self._shown.get(self.chosen)
        if hit is None:
            raise WrongInput("There is no lesson to choose here.")
        return hit

    def on_asker_answered(self, event: Asker.Answered) -> None:
        """Open the chosen lesson; the words stay in the field."""
        self.query_one(Asker).field.fill(event.values["words"])
        if self.chosen in self._shown:
            self.take(self._hit().line)

    def take(self, line: LessonLine) -> None:
        """Do what Enter is for: open a lesson. Screens extend this."""
        from kmtui.tui.screens.lesson import LessonScreen

        self.app.push_screen(LessonScreen(line.id))

    def action_mark(self) -> None:
        """Mark the chosen lesson, or take the mark away."""
        line = self._hit().line
        if self._marked.pop(line.id, None) is None:
            self._marked[line.id] = line
        self._show_hits()
        count = len(self._marked)
        keys = f"{key_for(self, 'join')} joins them into the chosen one, {key_for(self, 'export-found')} writes them."
        self.tell(f"{count} marked. {keys}" if count else "Nothing is marked.")

    def action_join(self) -> None:
        """Join the marked lessons into the chosen one."""
        line = self._hit().line
        others = [each for each in self._marked if each != line.id]
        if not others:
            raise WrongInput(f"Mark the lessons that say the same with {key_for(self, 'mark')}, then choose another.")
        join(self.desk.tools, line.id, others)
        self._marked.clear()
        self._search()
        self._show_hits()
        what = "One lesson is" if len(others) == 1 else f"{len(others)} lessons are"
        self.tell(f"Saved. {what} joined into “{shortened(line.lesson, 30)}”. Open it to take them apart.")

    def found(self) -> tuple[list[Hit], str]:
        """Return what was found, and with which words."""
        return list(self._shown.values()), self._text.strip()

    def on_key(self, event: events.Key) -> None:
        """Scroll the list with Page Up and Page Down."""
        self.scroll_by_page(event.key, self.query_one(Rows))


class ChooseLessonScreen(RegisterScreen):
    """Finds a lesson for something else: Enter takes it."""

    KEYS = ("leave",)

    def __init__(self, heading: str, take: Callable[[LessonLine], None], words_: str = "") -> None:
        """`take` is called with the lesson that is chosen, when the screen below is back."""
        super().__init__(words_)
        self.HEADING = heading
        self._taker = take

    def hint(self) -> str:
        """Return what stands in the empty field."""
        return "Words find lessons as you type; Enter takes one"

    def take(self, line: LessonLine) -> None:
        """Go back with the lesson."""
        below = self.app.screen_stack[-2]
        self.app.pop_screen()
        below.call_after_refresh(partial(self._taker, line))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer nothing but choosing one."""
        return action not in ("mark", "join", *FILE_ACTIONS) and super().check_action(action, parameters)


def _by_row(hits: list[Hit]) -> dict[str, Hit]:
    """Return hits by the id of their row; two people can have put one lesson in different words."""
    rows: dict[str, Hit] = {}
    for number, hit in enumerate(hits):
        rows[hit.line.id if hit.line.id not in rows else f"{hit.line.id}/{number}"] = hit
    return rows
