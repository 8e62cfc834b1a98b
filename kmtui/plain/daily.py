"""The backup of the day in plain mode: made beside the conversation at a terminal, at its end in a pipe."""

from __future__ import annotations

import threading
from collections.abc import Callable

from kmtui.workspace.care import back_up_once_a_day
from kmtui.workspace.desk import Desk

_PATIENCE = 5.0
"""Seconds for which the end of the program waits for a file that is being copied."""


class DailyBackup:
    """Makes the backup of today, if there is none yet. A failure is told once, and stops nothing."""

    def __init__(self, desk: Desk, warn: Callable[[str], None], *, beside: bool) -> None:
        """With `beside` it is made in a thread, which `end` stops; otherwise `end` makes it."""
        self._desk = desk
        self._warn = warn
        self._beside = beside
        self._ended = threading.Event()
        self._trouble = ""
        self._thread = threading.Thread(target=self._make, name="backup", daemon=True)

    def begin(self) -> None:
        """Begin, where somebody is at a terminal."""
        if self._beside:
            self._thread.start()

    def tell(self) -> None:
        """Say why there is no backup, once, where that is so."""
        if self._trouble:
            self._warn(self._trouble)
            self._trouble = ""

    def end(self) -> None:
        """Stop what is half done, or make it now in a pipe."""
        if self._beside:
            self._ended.set()
            self._thread.join(_PATIENCE)
        else:
            self._make()
        self.tell()

    def _make(self) -> None:
        self._trouble = back_up_once_a_day(self._desk.tools, lambda _done, _total: not self._ended.is_set())
