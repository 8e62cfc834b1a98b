"""Events: every process writes its own file of them, and what they come to is the fold of all."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec
from msgspec.structs import replace
from tinydb import TinyDB
from tinydb.table import Table

from kmtui.flow.followup import Followed, fold
from kmtui.flow.lesson_life import lives
from kmtui.model.errors import ChangedMeanwhile, Damaged, StoreError
from kmtui.model.events import FULL, Event
from kmtui.model.ids import IdMaker
from kmtui.model.lesson import Life
from kmtui.store import layout, words
from kmtui.store.atomic import backup_of, told
from kmtui.store.layout import Stamp
from kmtui.store.protocol import Trouble
from kmtui.store.storage import AtomicStorage, Tables, parse, plain, read_file
from kmtui.store.system import System
from kmtui.store.words import TABLE, TRIES, Taken

_MOMENT = timedelta(microseconds=1)


class Followups:
    """The events of a workspace. May be used from any thread."""

    def __init__(self, workspace: Path, system: System, now: Callable[[], datetime], ids: IdMaker) -> None:
        self._workspace = workspace
        self._system = system
        self._now = now
        self._ids = ids
        self._mutex = threading.RLock()
        self._own: _OwnFile | None = None
        self._files: dict[str, _File] = {}
        self._folded: dict[str, Followed] = {}
        self._at: dict[str, datetime] = {}
        self._lives: dict[str, Life] | None = None

    def followed(self) -> dict[str, Followed]:
        """Return what all events come to, by subject; those of a damaged file as far as its backup has them."""
        with self._mutex:
            self._refresh()
            return self._folded

    def events(self) -> dict[str, tuple[Event, ...]]:
        """Return all events by subject, in the order of time."""
        with self._mutex:
            self._refresh()
            found: dict[str, dict[str, Event]] = {}
            for event in (event for each in self._files.values() for event in each.events):
                found.setdefault(event.about, {})[event.id] = event
            return {about: tuple(sorted(each.values(), key=_in_time)) for about, each in found.items()}

    def lives(self) -> dict[str, Life]:
        """Return what has become of lessons, by id."""
        with self._mutex:
            self._refresh()
            if self._lives is None:
                self._lives = lives(self.events())
            return self._lives

    def troubles(self) -> list[Trouble]:
        """Return the files of events that cannot be read."""
        with self._mutex:
            self._refresh()
            return [each.trouble for _, each in sorted(self._files.items()) if each.trouble is not None]

    def deleted(self) -> frozenset[str]:
        """Return the ids of all that was deleted and has not come back."""
        return frozenset(about for about, followed in self.followed().items() if followed.deleted)

    def add(self, about: str, change: dict[str, str | None]) -> Event:
        """Write an event; when this returns it is on disk. Raises StoreError."""
        with self._mutex:
            newest = self._newest(about)
            own = self._own if self._own is not None and self._own.has_room else self._begin()
            for _ in range(TRIES - 1):
                event = self._event(own, about, change, newest)
                try:
                    own.add(event)
                except ChangedMeanwhile:  # words of a deleted record were taken out of our file, or it was moved
                    own = own if own.read_again() else self._begin()
                else:
                    self._own = own
                    return event
            event = self._event(own, about, change, newest)
            own.add(event)
            self._own = own
            return event

    def add_all(self, events: Iterable[Event]) -> int:
        """Write events of other processes, but for those that are here; return how many are new. Raises StoreError.

        They go into a file of their own, as they were said: whatever the order in which files come, the fold is alike.
        Where the words of one were taken when its subject was deleted, it gets them back.
        """
        with self._mutex:
            known = {event.id: event for said in self.events().values() for event in said}
            found = {event.id: event for event in events}
            new = {each: event for each, event in found.items() if each not in known}
            bare = [event for each, event in found.items() if each in known and event.change and not known[each].change]
            self.put_words_back({event.id: msgspec.to_builtins(event) for event in bare})
            wanted = sorted(new.values(), key=_in_time)
            for begin in range(0, len(wanted), FULL):
                self._begin().add_all(wanted[begin : begin + FULL])
            return len(wanted)

    def take_words(self, subjects: frozenset[str], taken: Taken) -> None:
        """Leave of all events about the subjects, whoever said them, the ids alone; what they were goes to `taken`.

        Raises:
            StoreError: a file could not be written; others may be without the words already.
        """
        with self._mutex:
            try:
                for path in layout.event_files(self._workspace):
                    words.take(self._system, path, subjects, taken)
                for path in layout.event_leftovers(self._workspace):
                    with told(path, "deleted"):
                        words.remove_leftover(self._system, path, subjects)
            finally:
                self._forget()

    def put_words_back(self, taken: Taken) -> None:
        """Make events again what they were. Raises StoreError."""
        with self._mutex:
            try:
                for process in layout.followups(self._workspace) if taken else ():
                    words.put_back(self._system, layout.followup_path(self._workspace, process), taken)
            finally:
                self._forget()

    def _forget(self) -> None:
        """Have all files read again."""
        self._files, self._folded, self._at, self._lives = {}, {}, {}, None

    def _newest(self, about: str) -> str | None:
        followed = self.followed().get(about)
        return followed.newest if followed is not None else None

    def _begin(self) -> _OwnFile:
        process = self._ids.wholly_random()
        return _OwnFile(layout.followup_path(self._workspace, process), process, self._system)

    def _event(self, own: _OwnFile, about: str, change: dict[str, str | None], newest: str | None) -> Event:
        at = self._now()
        if newest is not None:
            # Where another machine's clock is ahead, what was done in knowledge of its event still comes after it.
            at = max(at, self._at[newest] + _MOMENT)
        return Event(
            id=self._ids(),
            about=about,
            at=at,
            process=own.process,
            sequence=len(own.events) + 1,
            change=change,
            after=newest,
        )

    def _refresh(self) -> None:
        stamps = layout.followups(self._workspace)
        if all(each.fits(stamps.get(process)) for process, each in self._files.items()) and len(stamps) == len(
            self._files
        ):
            return
        self._files = {process: self._file(process, stamp) for process, stamp in stamps.items()}
        events = [event for each in self._files.values() for event in each.events]
        self._at = {event.id: event.at for event in events}
        self._folded = fold(events)
        self._lives = None

    def _file(self, process: str, stamp: Stamp) -> _File:
        known = self._files.get(process)
        return known if known is not None and known.fits(stamp) else self._read(process, stamp)

    def _read(self, process: str, stamp: Stamp) -> _File:
        path = layout.followup_path(self._workspace, process)
        try:
            return _File(stamp, _events(self._system, path))
        except StoreError as error:
            message = str(error)
        try:
            events = _events(self._system, backup_of(path))
        except StoreError:
            events = ()
        name = f"{layout.FOLLOWUP}/{path.name}"
        return _File(stamp, events, Trouble(id="", file=name, message=message, backup=bool(events)))


def _in_time(event: Event) -> tuple[datetime, str, int, str]:
    return event.at, event.process, event.sequence, event.id


class _File(msgspec.Struct, frozen=True):
    """The file of one process as it was read."""

    stamp: Stamp
    events: tuple[Event, ...]
    trouble: Trouble | None = None

    def fits(self, stamp: Stamp | None) -> bool:
        """Say whether a file with this stamp need not be read again."""
        return stamp == self.stamp


class _OwnFile:
    """The file that this process writes."""

    def __init__(self, path: Path, process: str, system: System) -> None:
        self.process = process
        self.events: tuple[Event, ...] = ()
        self._lost: tuple[Event, ...] = ()
        self._storage = AtomicStorage(path, needs=TABLE, marker=process, system=system)
        self._storage.expect_nothing()
        self._table = self._new_table()

    def _new_table(self) -> Table:
        return TinyDB(storage=lambda: self._storage).table(TABLE, cache_size=0)

    @property
    def has_room(self) -> bool:
        return len(self.events) < FULL

    def add(self, event: Event) -> None:
        with self._storage.together():
            self._table.insert_multiple(msgspec.to_builtins((*self._lost, event)))
        self.events, self._lost = (*self.events, event), ()

    def add_all(self, events: Sequence[Event]) -> None:
        with self._storage.together():
            self._table.insert_multiple(msgspec.to_builtins(events))
        self.events = tuple(events)

    def read_again(self) -> bool:
        """Read what somebody else has made of the file, and say whether it can be added to.

        What was said and is not there any more, since the other one was not quick enough, is said again with the next.
        """
        try:
            raw = self._storage.read()
            found = () if raw is None else _converted(raw, self._storage.path.name)
        except StoreError:
            return False
        there = {event.id for event in found}
        self._lost = tuple(event for event in self.events if event.id not in there)
        self.events = (*found, *self._lost)
        self._table = self._new_table()  # it numbers its documents anew
        return raw is not None


def _events(system: System, path: Path) -> tuple[Event, ...]:
    """Return the events in a file. Raises Damaged, StoreError."""
    content = read_file(system, path)
    if content is None:
        return ()
    return _converted(parse(content, TABLE, path.name), path.name)


def _converted(tables: Tables, name: str) -> tuple[Event, ...]:
    """Return the events in the tables of a file. Raises Damaged."""
    try:
        events = msgspec.convert(list(tables[TABLE].values()), tuple[Event, ...])
    except msgspec.ValidationError as error:
        raise Damaged(f"{name} cannot be read. {plain(error)}") from None
    return tuple(_in_utc(event) for event in events)


def _in_utc(event: Event) -> Event:
    """Return an event whose time can be compared with others, though somebody wrote it by hand without a zone."""
    return event if event.at.tzinfo is not None else replace(event, at=event.at.replace(tzinfo=UTC))
