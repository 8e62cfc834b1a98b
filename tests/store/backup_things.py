"""Backups, and archives of every kind, for the tests of them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from kmtui.model.ids import IdMaker
from kmtui.store.backups import Backups
from kmtui.store.followup import Followups
from kmtui.store.layout import lock_path
from kmtui.store.locks import Lock, NoLock, RecordLock
from kmtui.store.system import SYSTEM, System
from tests.store.things import AT, held_in, new_id


class Clock:
    """A clock that only tests move."""

    def __init__(self) -> None:
        self.at = AT

    def __call__(self) -> datetime:
        """Return the time, in UTC."""
        return self.at

    def forward(self, **parts: float) -> None:
        """Move on by so many days, hours or seconds."""
        self.at += timedelta(**parts)


def backups(
    folder: Path, system: System = SYSTEM, now: Callable[[], datetime] | None = None, *, locks: bool = True
) -> Backups:
    """Return the backups of the workspace in a folder."""
    work, now = folder / "work", now or Clock()

    def lock(name: str, wait: float) -> Lock:
        return RecordLock(lock_path(work, name), SYSTEM, wait) if locks else NoLock()

    return Backups(work, system, now, Followups(work, SYSTEM, now, IdMaker()), lock)


def made(folder: Path, now: Callable[[], datetime] | None = None) -> Path:
    """Make a backup, and return where it is."""
    path = backups(folder, now=now).make()
    assert path is not None
    return path


def archives(folder: Path) -> list[Path]:
    """Return the files in the folder of backups, whatever they are."""
    return sorted((folder / "work" / "backups").iterdir())


def inside(path: Path) -> dict[str, bytes]:
    """Return what is in an archive, by name; it must be whole."""
    with ZipFile(path) as zipped:
        assert zipped.testzip() is None
        return {name: zipped.read(name) for name in zipped.namelist()}


def ours(folder: Path) -> dict[str, bytes]:
    """Return what is in the workspace and belongs into a backup."""
    kept = ("sessions", "assessments", "lessons", "assets", "teams", "responses", "followup", "workspace.json")
    found = {name: content for name, content in held_in(folder, *kept[:-1]).items() if name.endswith(".json")}
    return found | {"workspace.json": (folder / "work" / "workspace.json").read_bytes()}


def packed(path: Path, files: dict[str, bytes], **fields: object) -> Path:
    """Write an archive as somebody else may do, with some fields of the description of each file."""
    with ZipFile(path, "w") as zipped:
        for name, content in files.items():
            info = ZipInfo(name)
            for field, value in {"compress_type": ZIP_DEFLATED, **fields}.items():
                setattr(info, field, value)
            zipped.writestr(info, content)
    return path


def locked(path: Path) -> Path:
    """Say of every file in an archive that it is locked with a password."""
    content = bytearray(path.read_bytes())
    for signature, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = -1
        while (at := content.find(signature, at + 1)) >= 0:
            content[at + flags] |= 1
    path.write_bytes(content)
    return path


def session_path(record_id: str | None = None) -> str:
    """Return a path where a session may lie."""
    return f"sessions/2026/2026-11-22_after-action-review_ward-move_{record_id or new_id()}.json"
