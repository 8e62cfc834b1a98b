"""Lessons for the tests of the register, and what looks for them."""

from __future__ import annotations

import os
import zipfile
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from kmtui.analysis.query import parse_query
from kmtui.model.lesson import KeptLesson
from kmtui.model.session import Lesson, Session
from kmtui.store.files import FileStore
from kmtui.store.protocol import Hit
from tests.store.things import AT, DAY, create, lesson, new_id, session


def learnt(text: str, **fields: Any) -> Lesson:
    """Return a lesson with an id of its own."""
    return replace(lesson(text), **fields)


def with_lessons(*lessons: Lesson | str, **fields: Any) -> Session:
    """Return a session with lessons; those that are only text get an id."""
    made = tuple(lesson(each) if isinstance(each, str) else each for each in lessons)
    return session(fields.pop("title", "Review"), lessons=made, **fields)


def learn(store: FileStore, *lessons: Lesson | str, **fields: Any) -> Session:
    """Keep a session with lessons, and return it."""
    record = with_lessons(*lessons, **fields)
    create(store, record)
    return record


def kept(text: str, *, day: date = DAY, **fields: Any) -> KeptLesson:
    """Return a lesson without a session."""
    return KeptLesson(
        id=fields.pop("id", None) or new_id(), created=AT, changed=AT, date=day, lesson=text, source="old.csv", **fields
    )


def hits(store: FileStore, text: str, limit: int = 50, *, typing: bool = False) -> list[Hit]:
    """Return what a search finds."""
    return store.register.search(parse_query(text, typing=typing), limit)


def found(store: FileStore, text: str, limit: int = 50, *, typing: bool = False) -> list[str]:
    """Return the lessons that a search finds, in order."""
    return [hit.line.lesson for hit in hits(store, text, limit, typing=typing)]


def age(folder: Path) -> None:
    """Let all files of the workspace look old, so that nobody reads them again without need."""
    for path in (folder / "work").rglob("*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))


def cache_file(folder: Path) -> Path:
    """Return the one file of the index."""
    (only,) = (folder / "cache").glob("*.sqlite")
    return only


def files_with(folder: Path, *words: str) -> list[str]:
    """Return which files below a folder have one of the words in their bytes, in any case; archives are opened."""
    wanted = [word.lower().encode() for word in words]
    return [
        path.relative_to(folder).as_posix()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and any(word in _content(path).lower() for word in wanted)
    ]


def _content(path: Path) -> bytes:
    content = path.read_bytes()
    if zipfile.is_zipfile(BytesIO(content)):
        with zipfile.ZipFile(path) as archive:
            content += b"\n".join(archive.read(name) for name in archive.namelist())
    return content
