"""What screens share that do long work: it runs in a thread, a line tells how far it is, and Esc stops it."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from textual.message import Message
from textual.worker import get_current_worker

from kmtui.model.errors import KmtuiError
from kmtui.tui.keys import key_for
from kmtui.tui.screens.base import BaseScreen

Result = TypeVar("Result")
Progress = Callable[[int, int], bool]

_EVERY = 0.1
"""Seconds between two times that it is told how far the work is."""

_BAR = 20
"""How many signs the bar has that shows it."""


class StoppedEarly(Exception):
    """The work was stopped, where it knows no other way to end before its end."""


class WorkingScreen(BaseScreen):
    """Does one long thing at a time."""

    class Advanced(Message):
        """So many of so many are done."""

        def __init__(self, done: int, total: int) -> None:
            super().__init__()
            self.done = done
            self.total = total

    class Worked(Message):
        """The work has ended: what is to be done with what came of it, or why it failed."""

        def __init__(self, then: Callable[[], None] | None, trouble: str = "") -> None:
            super().__init__()
            self.then = then
            self.trouble = trouble

    _doing = ""  # what is done just now, in words
    _stop = False

    @property
    def working(self) -> bool:
        """Whether something is done just now."""
        return bool(self._doing)

    def work(self, words: str, does: Callable[[Progress], Result], then: Callable[[Result], None]) -> None:
        """Do something in a thread; `then` is called with what came of it. `does` is told whether to go on."""
        if self.working:
            self.tell(f"{self._doing} already. {key_for(self, 'leave')} stops it.")
            return
        self._doing, self._stop = words, False
        self.tell(f"{words}…")
        self.run_worker(partial(self._run, does, then), name="work", group="work", thread=True)

    def _run(self, does: Callable[[Progress], Result], then: Callable[[Result], None]) -> None:
        worker = get_current_worker()  # it is cancelled when the screen or the program goes
        told = time.monotonic()

        def progress(done: int, total: int) -> bool:
            nonlocal told
            if time.monotonic() - told >= _EVERY:
                told = time.monotonic()
                self.post_message(self.Advanced(done, total))
            return not (self._stop or worker.is_cancelled)

        try:
            message = self.Worked(partial(then, does(progress)))
        except StoppedEarly:
            message = self.Worked(None)
        except KmtuiError as error:
            message = self.Worked(None, str(error))
        self.post_message(message)

    def on_working_screen_advanced(self, event: Advanced) -> None:
        """Tell how far the work is."""
        if self.working and not self._stop and event.total:
            full = event.done * _BAR // event.total
            bar = "━" * full + "─" * (_BAR - full)
            self.tell(f"{self._doing}: {event.done:,} of {event.total:,} {bar} {key_for(self, 'leave')} stops it.")

    def on_working_screen_worked(self, event: Worked) -> None:
        """Go on with what came of it."""
        self._doing = ""
        self.tell(event.trouble or ("Stopped." if event.then is None else ""), error=bool(event.trouble))
        if event.then is not None:
            event.then()

    def action_leave(self) -> None:
        """Stop what is done; where nothing is, go back."""
        if self.working:
            self._stop = True
            self.tell("Stopping…")
        else:
            super().action_leave()
