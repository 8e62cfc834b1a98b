"""kmtui in a real pseudo terminal: what it draws, what it does when the terminal or a signal ends it."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

import pyte

PATIENCE = 20.0
"""Seconds after which a program that does not do what is waited for has failed."""


class Terminal:
    """A program in a terminal of 100 by 30. `raw` is everything that it wrote."""

    def __init__(self, command: list[str], environment: Mapping[str, str]) -> None:
        self._ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
        self.process = subprocess.Popen(
            command,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**environment, "TERM": "xterm-256color"},
            start_new_session=True,
            preexec_fn=self._take_terminal,
        )
        os.close(theirs)
        self.raw = b""
        self._screen = pyte.Screen(100, 30)
        self._stream = pyte.ByteStream(self._screen)
        self._open = True

    @staticmethod
    def _take_terminal() -> None:
        fcntl.ioctl(0, termios.TIOCSCTTY, 0)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.process.kill()
        self.process.wait()
        self.close()

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(self._screen.display)

    def _read(self, seconds: float) -> bool:
        """Take in what was written; return False when there is nothing more to come."""
        if not self._open or not select.select([self._ours], [], [], seconds)[0]:
            return self._open
        try:
            part = os.read(self._ours, 65536)
        except OSError:  # Linux' way to say that nobody has the other end any more
            return False
        self.raw += part
        self._stream.feed(part)
        return bool(part)

    def wait_for(self, words: str) -> None:
        """Wait until some words stand on the screen."""
        end = time.monotonic() + PATIENCE
        while words not in self.text:
            if time.monotonic() > end or not self._read(0.1):
                raise AssertionError(f"{words!r} never came; there is:\n{self.text}")

    def type(self, keys: str) -> None:
        """Type keys, as the terminal sends them."""
        os.write(self._ours, keys.encode())

    def close(self) -> None:
        """Close the terminal, as somebody does who closes its window."""
        if self._open:
            self._open = False
            os.close(self._ours)

    def ended(self) -> int:
        """Wait until the program has ended, and return its exit code."""
        end = time.monotonic() + PATIENCE
        while self.process.poll() is None and time.monotonic() < end:
            if not self._read(0.1) and self.process.poll() is None:
                self.process.wait(max(end - time.monotonic(), 0.1))
        while self._open and self._read(0.0) and select.select([self._ours], [], [], 0)[0]:
            pass
        return self.process.wait(0.1)


def kmtui(workspace: Path, *arguments: str) -> list[str]:
    """Return the command that opens a workspace."""
    return [sys.executable, "-m", "kmtui", "--workspace", str(workspace), *arguments]
