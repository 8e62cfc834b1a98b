"""The store that keeps every record in a file of its own, in one folder."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, closing, suppress
from datetime import UTC, datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from msgspec.structs import replace

from kmtui.flow.followup import Followed
from kmtui.model.assessment import Assessment
from kmtui.model.errors import Damaged, NotFound, StoreError
from kmtui.model.events import Event
from kmtui.model.ids import IdMaker, as_typed
from kmtui.model.lines import ActionLine, MeetingLine, PracticeLine, RecordLine
from kmtui.model.session import Session
from kmtui.model.setup import Team
from kmtui.store import layout, removal
from kmtui.store.assets import FileAssets
from kmtui.store.atomic import write_export
from kmtui.store.catalogue import Catalogue
from kmtui.store.followup import Followups
from kmtui.store.format import check_format, make_workspace
from kmtui.store.handle import RecordHandle
from kmtui.store.lesson_removal import RemovedLesson, put_back, remove_from_session, without_lesson
from kmtui.store.lines import with_followup
from kmtui.store.locks import Lock, NoLock, RecordLock
from kmtui.store.one import the_one
from kmtui.store.protocol import Handle, Kept, Record, Removed, Trouble
from kmtui.store.records import RecordFile, has_backup, kind_of
from kmtui.store.register import FileRegister
from kmtui.store.responses import Responses
from kmtui.store.survey_files import RESPONSES, SurveyFiles
from kmtui.store.system import SYSTEM, System
from kmtui.store.teams import Teams

if TYPE_CHECKING:  # what takes care of the files is loaded when it is asked for, not with the program
    from kmtui.store.backups import Backups
    from kmtui.store.doctor import Doctor
    from kmtui.store.forgetting import Edit


def utc_now() -> datetime:
    """Return the present moment."""
    return datetime.now(UTC)


class FileStore(SurveyFiles):
    """A workspace in a folder. Implements kmtui.store.protocol.Store, where the methods are described."""

    def __init__(
        self,
        folder: Path,
        cache: Path,
        *,
        now: Callable[[], datetime] = utc_now,
        ids: IdMaker | None = None,
        system: System = SYSTEM,
        locks: bool = True,
    ) -> None:
        """Nothing is read or made here.

        Args:
            folder: the workspace.
            cache: a folder for what can be thrown away.
            now: the time in UTC, for events.
            ids: makes the ids of events.
            system: the calls to the operating system.
            locks: whether to use lock files; without them two windows find out when the second one saves.
        """
        self._folder = folder.expanduser().absolute()
        self._system = system
        self._locks = locks
        self._catalogue = Catalogue(self._folder, cache, system)
        ids = ids or IdMaker()
        self._followups = Followups(self._folder, system, now, ids)
        self._teams = Teams(self._folder, system)
        self._responses = Responses(self._folder, system, ids)
        self.register = FileRegister(self._folder, system, self._catalogue, self._followups)
        self.assets = FileAssets(self._folder, system, self._left_in_backups)
        self._now = now

    @property
    def place(self) -> str:
        """Where the records lie, for people."""
        return str(self._folder)

    def one_look(self) -> AbstractContextManager[None]:
        """Have all lists that are asked for within it come from one look at the files."""
        return self._catalogue.one_look()

    def records(self) -> list[RecordLine]:
        """Return a line for every session and assessment, the newest first."""
        deleted = self._deleted()
        return [line for line in self._catalogue.records() if line.id not in deleted]

    def pick_records(self, keep: Callable[[RecordLine], bool]) -> list[RecordLine]:
        """Return a line for those sessions and assessments that are to be kept in mind, the newest first."""
        deleted = self._deleted()
        return self._catalogue.pick_records(lambda line: line.id not in deleted and keep(line))

    def pick_actions(self, keep: Callable[[ActionLine], bool]) -> list[ActionLine]:
        """Return those actions that are to be kept in mind, with what follow-up has made of them."""
        deleted, followed = self._deleted(), self._followups.followed()

        def pick(line: ActionLine) -> ActionLine | None:
            if line.source in deleted:
                return None
            now = with_followup(line, followed.get(line.id))
            return now if keep(now) else None

        return self._catalogue.pick_actions(pick)

    def actions(self) -> list[ActionLine]:
        """Return all actions of all records with what follow-up made of them, in the order of their records."""
        deleted = self._deleted()
        followed = self._followups.followed()
        return [
            with_followup(line, followed.get(line.id))
            for line in self._catalogue.actions()
            if line.source not in deleted
        ]

    def troubles(self) -> list[Trouble]:
        """Return the files that cannot be read."""
        wrong = check_format(self._folder, self._system)
        of_workspace = [Trouble(id="", file="workspace.json", message=wrong, backup=False)] if wrong else []
        deleted = self._followups.deleted()
        of_records = [trouble for trouble in self._catalogue.troubles() if trouble.id not in deleted]
        of_teams = self._teams.troubles()
        of_assets = self.assets.troubles()
        of_responses = self._responses.troubles(self._open_surveys(deleted))
        return of_workspace + of_records + self._followups.troubles() + of_teams + of_assets + of_responses

    def _open_surveys(self, deleted: frozenset[str]) -> list[str]:
        """Return the surveys to which responses still come. The others have their result, which stays as it is."""
        found = set(layout.surveys(self._folder)) - deleted
        return [line.id for line in self._catalogue.records() if line.id in found and line.collecting] if found else []

    def find(self, beginning: str) -> str:
        """Return the one record id that begins so; raises NotFound where there is none, or more than one."""
        typed = as_typed(beginning)
        deleted = self._deleted()
        found = sorted(
            (place.id, place.label)
            for place in layout.places(self._folder)
            if place.id.startswith(typed) and place.id not in deleted
        )
        return the_one("record", beginning, found)

    def find_action(self, beginning: str) -> ActionLine:
        """Return the one action whose id begins so; raises NotFound where there is none, or more than one."""
        typed = as_typed(beginning)
        found = {line.id: line for line in self.actions() if line.id.startswith(typed)}
        return found[the_one("action", beginning, sorted((line.id, line.action) for line in found.values()))]

    def read(self, record_id: str) -> Record:
        """Return a record without opening it for writing. Raises NotFound, Damaged, StoreError."""
        place = self._place(record_id)
        try:
            return cast(Record, self._file(place).load())
        except Damaged as error:
            raise self._damaged(place, error) from None

    def create(self, record: Kept) -> Handle[Kept]:
        """Write a new record and keep it open. Raises StoreError; ChangedMeanwhile if the id is there already."""
        make_workspace(self._folder, self._system)
        removal.refuse_taken(self._folder, record.id)
        if record.id in self._followups.deleted():
            self._followups.add(record.id, removal.BACK)
        path = layout.path_of(record)
        file = RecordFile[Kept](self._folder / path, kind_of(record), record.id, self._system)
        handle = RecordHandle(file, self._lock(record.id), partial(self._catalogue.touch, path))
        handle.create(record)
        return handle

    def open(self, record_id: str) -> Handle[Session] | Handle[Assessment]:
        """Open a record for writing. Raises NotFound, Damaged, StoreError."""
        place = self._place(record_id)
        touch = partial(self._catalogue.touch, place.path)
        handle = RecordHandle[Any](self._file(place), self._lock(record_id), touch)
        try:
            handle.load()
        except Damaged as error:
            raise self._damaged(place, error) from None
        if not handle.second:
            removal.tidy(self._folder / place.path, record_id, self._system)
        return handle

    def recover(self, record_id: str) -> None:
        """Set a damaged file aside into the quarantine and put the generation before in its place."""
        place = self._place(record_id)
        with removal.alone(self._lock(record_id), place.kind):
            removal.recover(self._folder, place, self._system)
        self._catalogue.touch(place.path)

    def remove(self, record_id: str) -> Removed:
        """Delete a record with its backup; what the returned value holds in memory is then all that is left."""
        place = self._place(record_id)
        # An import that is under way would go on writing into what is gone.
        answered = place.kind == "assessment" and layout.responses_folder(self._folder, record_id).is_dir()
        responses = self._lock(f"{record_id}{RESPONSES}") if answered else NoLock()
        with removal.alone_with_responses(responses):
            removed = self._remove(place)
        self._responses.forget(record_id)
        return removed

    def remove_lesson(self, lesson_id: str) -> Removed:
        """Delete a lesson for good, wherever it stands; what the returned value holds in memory is all that is left."""
        line = self.register.once(self.register.find(lesson_id))
        place = layout.lesson_place(self._folder, line.id)
        if place is not None:
            return self._remove(place)
        with closing(cast(Handle[Session], self.open(line.session))) as handle:
            taken = remove_from_session(self._folder, line.id, handle, self._system, self._followups)
        with suppress(StoreError):
            self._catalogue.look()
        self._catalogue.forget_words()
        left = taken.left, self._left_in_backups(line.id, without_lesson(line.id))
        return replace(taken, left=" ".join(filter(None, left)))

    def _remove(self, place: layout.Place) -> Removed:
        with removal.alone(self._lock(place.id), place.kind):
            removed = removal.remove(self._folder, place, self._system, self._followups)
        self._catalogue.forget(place.path)
        return replace(removed, left=self._left_in_backups(place.id))

    def _left_in_backups(self, thing_id: str, edited: Edit | None = None) -> str:
        """Take what was deleted out of the backups, and return why something of it may still be there."""
        try:
            self.backups.forget([thing_id], edited)
        except StoreError as error:
            return str(error)
        return ""

    def restore(self, removed: Removed) -> None:
        """Put a deleted record or lesson back."""
        if isinstance(removed, RemovedLesson):
            with closing(cast(Handle[Session], self.open(removed.session))) as handle:
                put_back(removed, handle, self._followups)
            return
        if not isinstance(removed, removal.RemovedFile):
            raise TypeError("only what this kind of store has removed can be put back by it")
        make_workspace(self._folder, self._system)
        removal.restore(self._folder, removed, self._system, self._followups)
        self._catalogue.touch(removed.place.path)

    def followed(self) -> dict[str, Followed]:
        """Return what all events come to, by subject."""
        check_format(self._folder, self._system)
        return dict(self._followups.followed())

    def events(self) -> dict[str, tuple[Event, ...]]:
        """Return all events by subject, in the order of time."""
        check_format(self._folder, self._system)
        return self._followups.events()

    def add_event(self, about: str, change: dict[str, str | None]) -> Event:
        """Write an event about an action or a record. When this returns it is on disk."""
        make_workspace(self._folder, self._system)
        return self._followups.add(about, change)

    def add_events(self, events: Iterable[Event]) -> int:
        """Write events that were said elsewhere, but for those that are here; return how many are new."""
        make_workspace(self._folder, self._system)
        return self._followups.add_all(events)

    def teams(self) -> list[Team]:
        """Return the teams that have set-ups, in order of the alphabet. Files that cannot be read are troubles."""
        check_format(self._folder, self._system)
        return self._teams.all()

    def save_team(self, team: Team, before: Team | None) -> None:
        """Put a team on disk in the place of `before`, as it was read; None for a new one."""
        make_workspace(self._folder, self._system)
        self._teams.save(team, before)

    def assessments(self) -> list[Assessment]:
        """Return all readable assessments whole, as they were written, the newest first."""
        from kmtui.store import whole  # only comparing needs it

        return whole.assessments(self._folder, self._system, self._deleted())

    def practices(self) -> list[PracticeLine]:
        """Return the examples that teams keep as good practice, those of the newest assessment first."""
        deleted = self._deleted()
        return [line for line in self._catalogue.practices() if line.source not in deleted]

    def meetings(self) -> list[MeetingLine]:
        """Return who sat with whom in the groups of all sessions, those of the newest session first."""
        deleted = self._deleted()
        return [line for line in self._catalogue.meetings() if line.session not in deleted]

    def write_file(self, path: Path, content: bytes) -> None:
        """Write an export wherever the person wants it, atomically. Raises StoreError."""
        write_export(self._system, path, content)

    def close(self) -> None:
        """Close what is open of the cache. The store can still be used."""
        self._catalogue.close()

    @cached_property
    def backups(self) -> Backups:
        """Copies of the whole workspace, made once a day of use."""
        from kmtui.store.backups import Backups

        return Backups(self._folder, self._system, self._now, self._followups, self._lock)

    def doctor(self) -> Doctor:
        """Return who examines all files, and puts right what can be."""
        from kmtui.store.cures import from_backups
        from kmtui.store.doctor import Doctor

        return Doctor(
            self._folder,
            self._system,
            from_backup=from_backups(self.backups, self._folder),
            deleted=self._deleted(),
            lock=self._lock,
        )

    def _deleted(self) -> frozenset[str]:
        """Return the ids that are hidden, once it is certain that this is a workspace for this version."""
        check_format(self._folder, self._system)
        return self._followups.deleted()

    def _place(self, record_id: str) -> layout.Place:
        if record_id in self._deleted():
            raise NotFound(f"The record {record_id} was deleted.")
        return layout.place_of(self._folder, record_id)

    def _file(self, place: layout.Place) -> RecordFile[Any]:
        return RecordFile[Any](self._folder / place.path, place.kind, place.id, self._system)

    def _lock(self, name: str, wait: float = 0) -> Lock:
        return RecordLock(layout.lock_path(self._folder, name), self._system, wait) if self._locks else NoLock()

    def _damaged(self, place: layout.Place, error: Damaged) -> Damaged:
        backup = has_backup(self._folder / place.path, place.kind, place.id, self._system)
        # The lists of troubles name the command themselves; whoever reads or opens a record is told here.
        hint = f" kmtui recover {place.id} puts the version before back." if backup else ""
        return Damaged(f"{error}{hint}", backup=backup)
