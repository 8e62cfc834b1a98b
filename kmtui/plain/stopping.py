"""Signals that ask the program to end: they end a conversation at its next question, with everything saved."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from kmtui.plain.prompts import Prompter, Stopped

_NAMES = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")  # SIGHUP is missing on Windows, SIGBREAK everywhere else
_WAKE_EVERY = 1.0
"""Seconds after which a read that waits for a line is woken. A signal that came just before such a read does not end
it: the system has handed it over already, and Python hears of it only once the read returns."""
_IMPATIENT = 3
"""So many signals end the program even when it is not waiting for an answer, as when a disk hangs."""


@contextmanager
def stopping(prompter: Prompter) -> Iterator[None]:
    """Within this, a signal makes the prompter raise `Stopped`, and never in the middle of saving."""
    count = 0

    def stop(_number: int, _frame: FrameType | None) -> None:
        nonlocal count
        count += 1
        prompter.stopped = True
        if (prompter.waiting and count == 1) or count >= _IMPATIENT:
            raise Stopped

    numbers = [number for name in _NAMES if (number := getattr(signal, name, None)) is not None]
    before = {number: signal.signal(number, stop) for number in numbers}
    try:
        with _woken():
            yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler if handler is not None else signal.SIG_DFL)


@contextmanager
def _woken() -> Iterator[None]:
    """Within this a timer interrupts reads again and again; Python looks for signals then, and reads on."""
    if not hasattr(signal, "setitimer"):  # Windows, where Ctrl+C ends the reading of a console by itself
        yield
        return
    before = signal.signal(signal.SIGALRM, lambda _number, _frame: None)
    signal.setitimer(signal.ITIMER_REAL, _WAKE_EVERY, _WAKE_EVERY)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before if before is not None else signal.SIG_DFL)
