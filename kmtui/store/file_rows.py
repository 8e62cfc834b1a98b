"""What the catalogue keeps of one file: its lines, or why it cannot be read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kmtui.model.errors import NotFound, StoreError
from kmtui.model.lesson import KeptLesson
from kmtui.store import layout
from kmtui.store.cache import Row
from kmtui.store.layout import Stamp
from kmtui.store.lines import action_lines, lesson_lines, meeting_lines, practice_lines, record_line, uses
from kmtui.store.records import Record, RecordFile, quick
from kmtui.store.storage import read_file
from kmtui.store.system import System

TOO_FRESH = 2_000_000_000
"""Nanoseconds. A file that was changed less before it was looked at can change again within the same tick of the
coarsest clocks of file systems, so its stamp is not trusted yet."""

_NO_STAMP: Stamp = (0, -1, 0)


def row_of(workspace: Path, path: str, stamp: Stamp, now: int, system: System) -> Row | None:
    """Read a file; None where it has gone since it was seen.

    Args:
        workspace: the folder.
        path: that of the file from there on.
        stamp: which generation was seen.
        now: the time in nanoseconds since 1970, from before it was seen.
        system: the calls to the operating system.
    """
    place = layout.place(path)
    try:
        record = _read(workspace, place, system)
    except NotFound:
        return None
    except StoreError as error:
        # What is wrong may be the access to the file, which its stamp does not show: look again next time.
        return Row(path=path, stamp=_NO_STAMP, id=place.id, error=str(error))
    return Row(
        path=path,
        stamp=stamp if stamp[1] < now - TOO_FRESH else _NO_STAMP,
        id=place.id,
        day=_when(record),
        lessons=lesson_lines(record),
        **({} if isinstance(record, KeptLesson) else _lines(record)),
    )


def _read(workspace: Path, place: layout.Place, system: System) -> Record | KeptLesson:
    path = workspace / place.path
    content = read_file(system, path)
    if content is not None:
        record: Record | KeptLesson | None = quick(content, place.kind, place.id, place.name)
        if record is not None:
            return record
    loaded: Record | KeptLesson = RecordFile[Any](path, place.kind, place.id, system).load()
    return loaded


def _lines(record: Record) -> dict[str, Any]:
    return {
        "record": record_line(record),
        "actions": action_lines(record),
        "practices": practice_lines(record),
        "meetings": meeting_lines(record),
        "uses": uses(record),
    }


def _when(record: Record | KeptLesson) -> str:
    """Return what puts records in order: their day, and on one day the moment when they were begun.

    The ids of one second are random behind the second, so they put in order only what was begun at one moment.
    """
    moment = record.created if isinstance(record, KeptLesson) else record.begun
    begun = moment.isoformat() if moment is not None else ""
    return f"{record.date.isoformat()} {begun}"
