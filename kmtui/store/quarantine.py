"""Copies of files that were taken out of use: damaged ones, conflict copies, records in an older form.

They lie in the folder quarantine, those of survey responses beside the responses, where they are deleted with them and
bear no time. Whoever deletes a record deletes them too, since their names hold its id.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from kmtui.model.errors import ChangedMeanwhile
from kmtui.model.ids import ALPHABET, LENGTH
from kmtui.store.atomic import backup_of, create_file, discard, sync_folder, told
from kmtui.store.storage import read_file
from kmtui.store.system import System

FOLDER = "quarantine"

_WORKSPACE_ABOVE = {"session": 2, "assessment": 2, "lesson": 2, "team": 1, "asset": 1, "events": 1}
"""How many folders lie between the workspace and a file, by its kind."""

TRACELESS = ("response", "seen")
"""What leaves no generation before and no time: they could tell who said what."""

_OLDER = re.compile(r".+\.json\.v\d+(?:\.\d+)?")
_OF_PROCESS = re.compile(rf"[{ALPHABET}]{{{LENGTH}}}\.json")
_EVENTS = b'"events"'
_KEPT = 365 * 24 * 60 * 60  # seconds for which the older form of a record is kept once the new one is on disk


def folder_of(path: Path, kind: str) -> Path:
    """Return where copies of a file of this kind are kept."""
    return path.parent if kind in TRACELESS else path.parents[_WORKSPACE_ABOVE[kind]] / FOLDER


def keep(system: System, folder: Path, name: str, content: bytes, *, marker: str, timeless: bool = False) -> Path:
    """Write a copy under a name that is free, unless it is there already; when this returns it is on disk.

    Args:
        system: the calls to the operating system.
        folder: where it is kept.
        name: what it is called; a number is added where the name is taken by something else.
        content: what the file held.
        marker: a part for the name of the temporary file, by which leftovers are known.
        timeless: whether the copy shall not say when it was made.

    Raises:
        StoreError: it could not be written.
    """
    number = 1
    while True:
        path = folder / (name if number == 1 else f"{name}.{number}")
        there = read_file(system, path)
        if there == content:
            return path
        if there is None:
            with suppress(ChangedMeanwhile):  # somebody was quicker, with the same or something else
                create_file(system, path, content, marker=marker, timeless=timeless)
                return path
            continue
        number += 1


def keep_generations(system: System, path: Path, kind: str, *, marker: str) -> None:
    """Keep what a file holds and the generation before, of which saving leaves only one. Raises StoreError."""
    timeless = kind in TRACELESS
    for each in (path, backup_of(path)):
        content = read_file(system, each)
        if content is not None:
            name = f"{each.name}.before" if timeless else each.name
            keep(system, folder_of(path, kind), name, content, marker=marker, timeless=timeless)


def put_aside(system: System, path: Path, kind: str, name: str, content: bytes, *, marker: str) -> None:
    """Keep a copy of a file under a name, and take the file away. Raises ChangedMeanwhile, StoreError."""
    keep(system, folder_of(path, kind), name, content, marker=marker, timeless=kind in TRACELESS)
    take_away(system, path, content)


def take_away(system: System, path: Path, content: bytes) -> None:
    """Remove a file that holds what was kept elsewhere. Raises ChangedMeanwhile where it holds something else now."""
    there = read_file(system, path)
    if there is None:
        return
    if there != content:
        raise ChangedMeanwhile(f"{path.name} was changed in this moment, and stays as it is.")
    with told(path, "removed"):
        system.remove(path)
        sync_folder(system, path.parent)


def mentioning(workspace: Path, system: System, subjects: Collection[str]) -> list[Path]:
    """Return the files of events in the quarantine that tell of any of the subjects; their names do not say so.

    Raises:
        StoreError: one could not be read.
    """
    wanted = [subject.encode() for subject in subjects]
    found = []
    for path in _files(workspace):
        if _OF_PROCESS.match(path.name):
            content = read_file(system, path) or b""
            if _EVENTS in content and any(subject in content for subject in wanted):
                found.append(path)
    return found


def keep_older(system: System, path: Path, kind: str, record_id: str, schema: int, content: bytes) -> Path:
    """Keep a record as it was before it is written in a newer form. Raises StoreError."""
    name = f"{path.name}.v{schema}"
    return keep(system, folder_of(path, kind), name, content, marker=record_id, timeless=kind in TRACELESS)


def rotate(workspace: Path, system: System, now: float) -> int:
    """Delete records in an older form that were kept for a year, and return how many. What is damaged stays.

    `now` is in seconds since 1970. What cannot be deleted is left for the next time.
    """
    deleted = 0
    for path in _files(workspace):
        with suppress(OSError):
            if _OLDER.fullmatch(path.name) and path.stat().st_mtime < now - _KEPT:
                discard(system, path)
                deleted += not path.exists()
    return deleted


def _files(workspace: Path) -> list[Path]:
    try:
        return sorted(path for path in (workspace / FOLDER).iterdir() if path.is_file())
    except OSError:
        return []
