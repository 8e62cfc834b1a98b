"""Standard input and output: UTF-8 for data, no character that cannot be shown stops the program."""

from __future__ import annotations

import errno
import io
import os
import sys
from pathlib import Path
from typing import TextIO


def patient_streams() -> None:
    """Make the standard streams take any text, and stand in for those that were closed."""
    if sys.stdin is None:
        sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115 - open until the program ends
    if sys.stdout is None:
        sys.stdout = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    if sys.stderr is None:
        sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    if isinstance(sys.stdin, io.TextIOWrapper):
        if sys.stdin.isatty():
            sys.stdin.reconfigure(errors="surrogateescape")
        else:
            sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")


class ReaderGone(Exception):
    """Nobody reads what is printed any more."""


def put(text: str) -> None:
    """Print data: as UTF-8 whatever the locale, but on a terminal as the terminal wants it.

    Raises:
        ReaderGone: the pipe behind standard output is closed.
    """
    buffer = getattr(sys.stdout, "buffer", None)
    try:
        if buffer is None or sys.stdout.isatty():
            sys.stdout.write(text)
        else:
            sys.stdout.flush()
            buffer.write(text.encode("utf-8", "replace"))
            buffer.flush()
    except BrokenPipeError as error:
        raise ReaderGone from error
    except OSError as error:
        if os.name == "nt" and error.errno == errno.EINVAL:  # so Windows says it
            raise ReaderGone from error
        raise


def talk(text: str) -> None:
    """Say something on standard error."""
    from kmtui.text import clean

    sys.stderr.write(f"{clean(text)}\n")
    sys.stderr.flush()


def quiet(stream: TextIO) -> None:
    """Let what is still to be written to a stream whose reader has gone disappear without a word."""
    try:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, stream.fileno())
        os.close(nothing)
    except (OSError, ValueError):
        return
