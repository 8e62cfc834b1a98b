"""A log without anyone's words: what happened, to which id, and where in the program a fault lies."""

from __future__ import annotations

import contextlib
import os
import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path

from kmtui import __version__
from kmtui.workspace.settings import log_file

_LARGEST = 1_000_000  # bytes; then the log begins anew and the one before is kept


def note(event: str, **facts: str | int) -> None:
    """Append one line. A log that cannot be written is no reason to stop. Never pass what people typed."""
    with contextlib.suppress(OSError):
        _append(log_file(), " ".join([event, *(f"{name}={value}" for name, value in facts.items())]))


def note_fault(error: BaseException) -> None:
    """Log an unexpected error: its type and the places in the code; neither its message nor any value."""
    places = [
        f"{Path(frame.filename).name}:{frame.lineno}:{frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    note(
        "fault",
        type=type(error).__name__,
        version=__version__,
        python=sys.version.split()[0],
        at=">".join(places[-12:]),
    )


def where_it_arose(fault: BaseException) -> str:
    """Return the type of a fault and the place in our code; never its message, which may hold someone's words."""
    frames = traceback.extract_tb(fault.__traceback__)
    ours = [frame for frame in frames if "kmtui" in Path(frame.filename).parts]
    last = (ours or frames)[-1:]
    where = "".join(f" at {Path(frame.filename).name}:{frame.lineno}" for frame in last)
    return f"{type(fault).__name__}{where}"


def _append(file: Path, words: str) -> None:
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if file.exists() and file.stat().st_size > _LARGEST:
        file.replace(file.with_suffix(".log.1"))
    line = f"{datetime.now(UTC).isoformat(timespec='seconds')} {words}\n"
    descriptor = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "a", encoding="utf-8") as log:
        log.write(line)
