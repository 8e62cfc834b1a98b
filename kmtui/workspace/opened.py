"""A record that is being worked on: its present state, undo, clock, and saving. Faces show it and never hold it."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Generic

from msgspec.structs import replace

from kmtui.flow import clock as clocks
from kmtui.flow import undo as versions
from kmtui.flow.clock import Clock
from kmtui.flow.common import park, unpark, with_draft
from kmtui.model.base import Level
from kmtui.model.errors import ChangedMeanwhile, StoreError, WrongInput
from kmtui.store.protocol import Handle, Kept
from kmtui.text import clean
from kmtui.workspace.following import followed_ids, say_again, with_followup
from kmtui.workspace.sharing import own_copy, whole_document
from kmtui.workspace.tools import Tools

SAVED = "Saved"


def wanted(text: str, what: str) -> str:
    """Return the cleaned text without white space around it.

    Raises:
        WrongInput: nothing is left of it.
    """
    words = clean(text).strip()
    if not words:
        raise WrongInput(f"{what} is empty. Type some words first.")
    return words


class Opened(Generic[Kept]):
    """A session or an assessment that is open for writing.

    Every change goes through `_set`, which calls `on_change`; by default that saves at once. A face that saves in a
    thread sets its own `on_change` and calls `save` there.
    """

    def __init__(self, tools: Tools, handle: Handle[Kept]) -> None:
        self.tools = tools
        self.on_change: Callable[[], object] = self.save
        self._handle: Handle[Kept] = handle
        followed = tools.store.followed() if handle.record.actions else {}
        self._followed_up = followed_ids(handle.record, followed)
        self._record: Kept = with_followup(handle.record, followed)
        self._on_disk: Kept = self._record
        self._history: versions.History[Kept] = versions.History()
        self._saving = threading.Lock()
        self._changing = threading.RLock()  # a save in a thread may put a copy in the record's place
        self._copied: Kept | None = None
        self._lessons: dict[str, str] = {}
        place = self._record.place
        self.clock = Clock(spent=self._record.spent, extended=self._record.extended, step=place)
        if not self._record.finished:
            self.clock = clocks.resumed(self.clock, tools.monotonic())

    @property
    def record(self) -> Kept:
        """The present state; newer than what is on disk while it is being saved."""
        return self._record

    @property
    def saved(self) -> bool:
        """Whether the present state is on disk (the running clock apart)."""
        return self._record == self._on_disk

    @property
    def second(self) -> bool:
        """Whether another window has the same record open."""
        return self._handle.second

    @property
    def read_only(self) -> str:
        """Why nothing can be changed, or an empty text."""
        return self._handle.read_only

    def save(self) -> str:
        """Put the present state on disk and return what to tell: "Saved", or that it went into a copy.

        Raises:
            StoreError: it could not be written. The state is kept and can be saved again.
        """
        with self._saving:
            record = self._record
            if record == self._on_disk:
                return SAVED
            try:
                self._handle.save(self._timed(record))
            except ChangedMeanwhile:
                return self._go_on_in_copy()
            if self._followed_up:
                say_again(self.tools.store, record.actions, self._followed_up)
            self._on_disk = record
            return SAVED

    def _timed(self, record: Kept) -> Kept:
        """Return a record with the time of this moment and the time spent so far."""
        clock = clocks.settled(self.clock, self.tools.monotonic())
        return replace(record, changed=self.tools.now(), spent=dict(clock.spent), extended=dict(clock.extended))

    def _go_on_in_copy(self) -> str:
        """Keep the words of a second window in a record of their own, and go on with that one."""
        with self._changing:
            copy = own_copy(self._timed(self._record), self.tools.ids)
            handle = self.tools.store.create(copy)
            self._handle.close()
            self._handle = handle
            self._record = self._on_disk = replace(self._record, id=copy.id, title=copy.title)
            self._history = versions.History()  # earlier versions belong to the other record
        return f"{SAVED} as a copy of its own, since another window has the original open or has changed it."

    def save_elsewhere(self, path: Path) -> None:
        """Write the whole record as one JSON file to another place, from which it can be imported.

        Raises:
            StoreError: that place cannot be written to either.
        """
        record = self._record
        self.tools.store.write_file(path, whole_document(record))
        self._copied = record

    def close(self) -> str:
        """Save what is not saved with the time spent, and give the record back.

        A clock that ran while somebody only looked is no change: where it cannot be saved, nothing is lost.

        Raises:
            StoreError: words could not be saved, neither here nor as a copy elsewhere; the record stays open.
        """
        self.clock = clocks.paused(self.clock, self.tools.monotonic())
        told = SAVED
        if not self.read_only:
            try:
                told = self.save()
            except StoreError:
                if self._copied != self._record:
                    raise
            self._save_clock()
        self._handle.close()
        return told

    def _save_clock(self) -> None:
        """Save the time spent, if it is worth a line and nobody else has the record."""
        spent = sum(self.clock.spent.values()) - sum(self._record.spent.values())
        if self.saved and spent >= 1 and not self.second:
            with contextlib.suppress(StoreError):
                self._handle.save(self._timed(self._record))

    def _set(self, record: Kept, words: str = "") -> None:
        """Take a new state. With `words` for what was changed it can be undone."""
        if self.read_only:
            raise StoreError(self.read_only)
        with self._changing:
            if record.id != self._record.id:  # a copy was put in its place since this state was made
                record = replace(record, id=self._record.id, title=self._record.title)
            if record == self._record:
                return
            if words:
                self._history = versions.remember(self._history, self._record, words)
            self._record = record
        self.clock = clocks.at_step(self.clock, record.place, self.tools.monotonic())
        self.on_change()

    def change(self, record: Kept, words: str) -> None:
        """Take a new state that was made of the present one; `words` say what was changed, for undo."""
        self._set(record, words)

    def undo(self) -> str | None:
        """Take back the last change; return words for it, or None where there is nothing to undo."""
        return self._travel(versions.undo(self._history, self._record))

    def redo(self) -> str | None:
        """Make the last undone change again; return words for it, or None."""
        return self._travel(versions.redo(self._history, self._record))

    def _travel(self, found: tuple[versions.History[Kept], Kept, str] | None) -> str | None:
        if found is None:
            return None
        self._history, record, words = found
        self._set(replace(record, drafts=self._record.drafts))
        return words

    def draft(self, field: str, text: str) -> None:
        """Keep what stands in a field and is not entered yet. It is on disk after the next `save` or `close`."""
        if not self.read_only:
            self._record = with_draft(self._record, field, clean(text))

    def lesson_words(self, lesson_id: str | None) -> str:
        """Return what a lesson says that something goes with; empty where that cannot be told just now."""
        if lesson_id is None:
            return ""
        if lesson_id not in self._lessons:
            try:
                self._lessons[lesson_id] = self.tools.store.register.words([lesson_id]).get(lesson_id, "")
            except StoreError:
                return ""
        return self._lessons[lesson_id]

    def park(self, text: str) -> None:
        """Put a matter on the parking list."""
        self._set(park(self._record, wanted(text, "The matter to park")), "matter parked")

    def unpark(self, number: int) -> None:
        """Take a matter off the parking list; `number` counts from 0."""
        self._set(unpark(self._record, number), "matter taken off the parking list")

    def pause_or_resume(self) -> bool:
        """Pause the clock, or let it run on; return whether it runs now."""
        now = self.tools.monotonic()
        self.clock = clocks.paused(self.clock, now) if self.clock.running else clocks.resumed(self.clock, now)
        return self.clock.running

    def extend(self, minutes: Level = 1) -> None:
        """Give the present step more minutes."""
        self.clock = clocks.extended_by(self.clock, minutes)

    def seconds_left(self, minutes: Level) -> float:
        """Return the seconds left for the present step, which has so many minutes; below zero when over."""
        return clocks.left(self.clock, self.clock.step, minutes, self.tools.monotonic())

    def seconds_spent(self) -> float:
        """Return the seconds spent on the record in all."""
        return clocks.spent_in_all(self.clock, self.tools.monotonic())
