"""Putting what a second file of one record holds into the first: a conflict copy, a file with the same id."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec

from kmtui.flow.joining import Joined, join
from kmtui.model.errors import Damaged, NotFound, StoreError
from kmtui.store import quarantine
from kmtui.store.atomic import create_file, overwrite
from kmtui.store.cures import Cures, events_content, loaded, record_kind, wrong_with
from kmtui.store.imports import MARKS
from kmtui.store.layout import SEEN
from kmtui.store.layout_files import Member
from kmtui.store.migrations import FORM, Form
from kmtui.store.quarantine import TRACELESS, folder_of
from kmtui.store.records import RecordFile, new_content
from kmtui.store.salvage import salvaged_events
from kmtui.store.storage import encode, parse, read_file
from kmtui.store.system import System

_NEWER = "One of the two was written by a newer version of kmtui. Install that version to join them."
_MOST_SENTENCES = 5


class _Outcome(msgspec.Struct, frozen=True):
    """What is to be done with the first file, and in words what the two have differently.

    It gets some `content`, where it is not there, cannot be read or holds no record; else a `record` is saved in it.
    """

    words: str
    possible: bool = True
    content: bytes | None = None
    file: RecordFile[Any] | None = None
    record: Any = None


class Merging:
    """Joins files of one workspace."""

    def __init__(self, workspace: Path, system: System, cures: Cures, form: Form = FORM) -> None:
        self._workspace = workspace
        self._system = system
        self._cures = cures
        self._form = form
        self._kept: set[str] = set()

    def begin(self) -> None:
        """Begin with joining: what each first file holds now is kept, and not what it holds between two joinings."""
        self._kept.clear()

    def outlook(self, path: str, first: Member) -> tuple[str, bool]:
        """Return in sentences what a second file has that the first has not, and whether they can be joined.

        Raises:
            StoreError: one of them could not be read.
        """
        outcome = self._outcome(path, first)
        return outcome.words, outcome.possible

    def merge(self, path: str, first: Member) -> None:
        """Put what a second file holds into the first, and move the second into the quarantine.

        A response is kept beside the others under a name that tells nothing of who made it, unless it is the same.

        Raises:
            ChangedMeanwhile: one of the files was changed in this moment.
            StoreError: they cannot be joined, or could not be written.
        """
        content = read_file(self._system, self._workspace / path)
        if content is None:
            return
        outcome = self._outcome(path, first)
        if not outcome.possible:
            raise StoreError(outcome.words)
        if outcome.file is not None:
            self._keep(first)
            outcome.file.save(outcome.record)
        elif outcome.content is not None:
            self._put(first, outcome.content)
        self._put_aside(path, first, content)

    def _keep(self, first: Member) -> None:
        if first.path not in self._kept:
            quarantine.keep_generations(self._system, self._workspace / first.path, first.kind, marker=first.id)
            self._kept.add(first.path)

    def _put(self, first: Member, content: bytes) -> None:
        target, traceless = self._workspace / first.path, first.kind in TRACELESS
        here = read_file(self._system, target)
        if here is None:
            create_file(self._system, target, content, marker=first.id, timeless=traceless)
            return
        if wrong_with(first, here):
            name = f"{first.name}.damaged" if traceless else first.name
            folder = folder_of(target, first.kind)
            quarantine.keep(self._system, folder, name, here, marker=first.id, timeless=traceless)
        overwrite(self._system, target, content, accepted=(here,), marker=first.id, timeless=traceless)

    def _put_aside(self, path: str, first: Member, content: bytes) -> None:
        where = self._workspace / path
        if first.kind not in TRACELESS:
            quarantine.put_aside(self._system, where, first.kind, where.name, content, marker=first.id)
        elif read_file(self._system, self._workspace / first.path) == content:
            quarantine.take_away(self._system, where, content)
        else:
            quarantine.put_aside(self._system, where, first.kind, f"{first.name}.copy", content, marker=first.id)

    def _outcome(self, path: str, first: Member) -> _Outcome:
        """Return what comes of joining. Raises StoreError where a file cannot be reached."""
        there = read_file(self._system, self._workspace / path)
        here = read_file(self._system, self._workspace / first.path)
        if there is None or here == there:
            return _Outcome("It holds nothing else.")
        whole = not wrong_with(first, there)
        if here is None:
            return self._alone(first, there, whole, "The file that it is a copy of is not there.")
        if wrong_with(first, here):
            return self._alone(first, there, whole, "The file that it is a copy of cannot be read.")
        if first.kind == "events":
            return self._events(here, there)
        if first.kind == "seen":
            return self._marks(first, here, there, whole)
        return self._records(path, first, there, whole)

    def _alone(self, first: Member, there: bytes, whole: bool, words: str) -> _Outcome:
        """Return that the second file takes the place of the first, as far as it can be read."""
        if whole:
            return _Outcome(f"{words} It can take its place.", content=there)
        cure = self._salvaged(first, there)
        if cure is None:
            return _Outcome(f"{words} This one cannot be read either.", possible=False)
        return _Outcome(f"{words} What can be read of this one can take its place.", content=cure)

    def _salvaged(self, first: Member, there: bytes) -> bytes | None:
        if first.kind == "events":
            events = salvaged_events(there)
            return events_content(events) if events else None
        kind = record_kind(first)
        record, _ = self._cures.salvaged(first, there)
        return None if kind is None or record is None else new_content(record, kind)

    def _events(self, here: bytes, there: bytes) -> _Outcome:
        known = {event.id: event for event in salvaged_events(here)}
        new = [event for event in salvaged_events(there) if event.id not in known]
        if not new:
            return _Outcome("It holds nothing else.")
        words = f"It has {len(new)} more {'event' if len(new) == 1 else 'events'}."
        return _Outcome(words, content=events_content([*known.values(), *new]))

    def _marks(self, first: Member, here: bytes, there: bytes, whole: bool) -> _Outcome:
        if not whole:
            return _Outcome("It cannot be read. Delete it.", possible=False)
        marks = {
            mark
            for content in (here, there)
            for document in parse(content, SEEN, first.name)[SEEN].values()
            for mark in document[MARKS]
        }
        return _Outcome("The marks of both can be kept.", content=encode({SEEN: {"1": {MARKS: sorted(marks)}}}))

    def _records(self, path: str, first: Member, there: bytes, whole: bool) -> _Outcome:
        file = loaded(self._workspace / first.path, first, self._system, self._form)
        own = file.load()
        if file.newer:
            return _Outcome(_NEWER, possible=False)
        other = self._other(path, first, there) if whole else self._cures.salvaged(first, there)[0]
        if isinstance(other, str):
            return _Outcome(other, possible=False)
        if other is None:
            return _Outcome("It cannot be read. Delete it if you do not need it.", possible=False)
        joined: Joined[Any] = join(own, other)
        if joined.record == own:
            return _Outcome("It holds nothing that the other one lacks.")
        told = [] if first.kind in TRACELESS else list(joined.both[:_MOST_SENTENCES])
        more = len(joined.both) - len(told)
        if told and more:
            told.append(f"And they differ in {more} more {'thing' if more == 1 else 'things'}.")
        words = " ".join(["They can be joined without losing anything.", *told])
        return _Outcome(words, file=file, record=joined.record)

    def _other(self, path: str, first: Member, there: bytes) -> Any:
        """Return the record in the second file, or why it cannot be joined."""
        file = loaded(self._workspace / path, first, self._system, self._form)
        try:
            record = file.load()
        except (Damaged, NotFound):
            return None
        except StoreError as error:
            return str(error)
        return _NEWER if file.newer else record
