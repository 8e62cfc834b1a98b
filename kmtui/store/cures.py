"""What a file that is damaged can be replaced with: what can still be read of it, the version before, a backup."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, cast

import msgspec

from kmtui.flow.joining import join
from kmtui.model.base import Day, in_words
from kmtui.model.errors import NotFound, StoreError
from kmtui.model.survey import Response
from kmtui.store import contents
from kmtui.store.archives import opened
from kmtui.store.atomic import backup_of
from kmtui.store.backups import Backups
from kmtui.store.layout_files import BACKUPS, Member
from kmtui.store.migrations import FORM, Form
from kmtui.store.quarantine import TRACELESS
from kmtui.store.records import FileKind, RecordFile, new_content
from kmtui.store.salvage import salvage, salvaged_events
from kmtui.store.storage import encode, read_file
from kmtui.store.system import System
from kmtui.store.words import TABLE, without_words

FromBackup = Callable[[str], Iterable[tuple[Day, bytes]]]
"""Given the path of a file, returns what it held in each backup that has it, with its day, the newest first."""


class Cure(msgspec.Struct, frozen=True):
    """What a file shall hold instead, and in sentences where that comes from."""

    content: bytes
    words: str


def wrong_with(member: Member, content: bytes) -> str:
    """Return why the content of a file cannot be read as what it is, or an empty text; to the last byte of it."""
    try:
        content.decode()  # reading quickly passes over bad bytes where it passes over a field
    except UnicodeDecodeError:
        return f"{member.name} cannot be read: it holds bytes that are no text."
    return contents.wrong_with(member, content)


def from_backups(backups: Backups, workspace: Path) -> FromBackup:
    """Return what looks for a file in all backups of a workspace that can be read."""

    def versions(path: str) -> Iterator[tuple[Day, bytes]]:
        for line in backups.all():
            with suppress(StoreError, NotFound):
                content = _in_archive(workspace / BACKUPS / line.name, path)
                if content is not None:
                    yield line.when.date(), content

    return versions


def _in_archive(archive_path: Path, path: str) -> bytes | None:
    with opened(archive_path) as archive:
        return archive.read(path) if path in archive.names else None


class Cures:
    """Finds what damaged files can be replaced with. Changes nothing."""

    def __init__(
        self,
        workspace: Path,
        system: System,
        from_backup: FromBackup,
        deleted: Collection[str] = (),
        form: Form = FORM,
    ) -> None:
        """`deleted` are the ids whose words must not come back with old events."""
        self._workspace = workspace
        self._system = system
        self._from_backup = from_backup
        self._deleted = deleted
        self._form = form

    def cure(self, member: Member, content: bytes | None) -> Cure | None:
        """Return what a file can be replaced with, or None. `content` is what it holds; None where it is not there.

        Raises:
            StoreError: the version before or a backup could not be read.
        """
        if member.kind == "events":
            return self._events(member, content or b"")
        kind = record_kind(member)
        if kind is None:
            return self._old(member, None)
        record, readable = self.salvaged(member, content or b"")
        if record is not None and not readable:
            return Cure(new_content(record, kind), "All of it can be read all the same.")
        before = self.before(member)
        if before is not None:
            return Cure(before, "The version before is there.")
        old = self._old(member, record)
        if old is not None or record is None:
            return old
        return Cure(new_content(record, kind), f"Of it can be read: {readable}.")

    def salvaged(self, member: Member, content: bytes) -> tuple[Any, str]:
        """Return the record that the name tells as far as it can be read of a damaged file, as `salvage` does."""
        kind = record_kind(member)
        record, readable = (None, "") if kind is None else salvage(content, kind, self._form)
        if record is None or record.id != member.id:
            return None, ""
        if isinstance(record, Response) and record.survey != member.survey:
            return None, ""
        return record, readable

    def before(self, member: Member) -> bytes | None:
        """Return the version before of a file where it is there and can be read. Raises StoreError."""
        if member.kind in TRACELESS:
            return None
        content = read_file(self._system, backup_of(self._workspace / member.path))
        return content if content is not None and not wrong_with(member, content) else None

    def _old(self, member: Member, record: Any) -> Cure | None:
        """Return what the newest readable backup has, together with what can be read of the damaged file."""
        for day, content in self._from_backup(member.path):
            if wrong_with(member, content):
                continue
            words = f"A backup of {in_words(day)} has it."
            kind = record_kind(member)
            old, lost = self.salvaged(member, content) if record is not None else (None, "")
            if kind is None or old is None or lost:
                return Cure(content, words)
            both = join(old, record).record
            return Cure(new_content(both, kind), f"{words} What can be read of it is joined with that.")
        return None

    def _events(self, member: Member, content: bytes) -> Cure | None:
        """Return the events that can be found anywhere; of one that is there twice the one of the newest source."""
        found = {event.id: event for event in reversed(salvaged_events(content))}
        words = [f"{len(found)} {'event' if len(found) == 1 else 'events'} of it can be read."] if found else []
        before = self.before(member)
        if before is not None:
            words.append("The version before is there.")
            for event in salvaged_events(before):
                found.setdefault(event.id, event)
        else:
            for day, old in self._from_backup(member.path):
                if not wrong_with(member, old):
                    for event in salvaged_events(without_words(old, self._deleted, member.name)):
                        found.setdefault(event.id, event)
                    words.append(f"A backup of {in_words(day)} has it.")
                    break
        return Cure(events_content(found.values()), " ".join(words)) if words else None


def events_content(events: Iterable[Any]) -> bytes:
    """Return what the file of a process holds that has said these events."""
    ordered = sorted(events, key=lambda event: (event.sequence, event.at, event.id))
    return encode({TABLE: {str(number): msgspec.to_builtins(event) for number, event in enumerate(ordered, 1)}})


def record_kind(member: Member) -> FileKind | None:
    """Return of what kind the record in a file is; None for a file that holds no record."""
    return None if member.kind in ("events", "seen", "workspace") else cast(FileKind, member.kind)


def loaded(path: Path, member: Member, system: System, form: Form = FORM) -> RecordFile[Any]:
    """Return a file that is to be read as a record, wherever it lies."""
    return RecordFile[Any](path, cast(FileKind, member.kind), member.id, system, form)
