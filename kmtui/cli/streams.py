"""Standard input and output: UTF-8 for data, no character that cannot be shown stops the program."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

if TYPE_CHECKING:
    from kmtui.model.errors import StoreError


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
        ReaderGone, StoreError: as `printing`.
    """
    buffer = getattr(sys.stdout, "buffer", None)
    with printing():
        if buffer is None or sys.stdout.isatty():
            sys.stdout.write(text)
        else:
            sys.stdout.flush()
            buffer.write(text.encode("utf-8", "replace"))
            buffer.flush()


@contextmanager
def printing() -> Iterator[None]:
    """Within this, standard output is written to and nothing else is.

    Raises:
        ReaderGone: the pipe behind it is closed.
        StoreError: it takes nothing, as on a full disk.
    """
    try:
        yield
    except BrokenPipeError as error:
        raise ReaderGone from error
    except OSError as error:
        if os.name == "nt" and error.errno == errno.EINVAL:  # so Windows says it
            raise ReaderGone from error
        raise not_printed(error) from error


def not_printed(error: OSError) -> StoreError:
    """Return the error for a standard output that takes nothing. What still waits for it is let go."""
    from kmtui.model.errors import StoreError

    quiet(sys.stdout)
    return StoreError(f"standard output cannot be written to ({error.strerror or type(error).__name__}).")


def talk(text: str) -> None:
    """Say something on standard error."""
    from kmtui.text import clean

    try:
        sys.stderr.write(f"{clean(text)}\n")
        sys.stderr.flush()
    except OSError:  # nobody listens any more
        quiet(sys.stderr)


def quiet(stream: TextIO) -> None:
    """Let what is still to be written to a stream whose reader has gone disappear without a word."""
    try:
        nothing = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nothing, stream.fileno())
        os.close(nothing)
    except (OSError, ValueError):
        return
