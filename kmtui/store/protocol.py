"""What a store does, whatever it keeps records in. The floors above know this and nothing else of storing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol, TypeVar

from kmtui.flow.followup import Followed
from kmtui.model.assessment import Assessment
from kmtui.model.base import Value
from kmtui.model.events import Event
from kmtui.model.lines import ActionLine, MeetingLine, PracticeLine, RecordLine
from kmtui.model.session import Session
from kmtui.model.setup import Team
from kmtui.model.survey import Response
from kmtui.store.care_protocol import Backups, Doctor, Problem
from kmtui.store.register_protocol import Added, Assets, Hit, Register

__all__ = [
    "Added",
    "Assets",
    "Backups",
    "Doctor",
    "Handle",
    "Hit",
    "Kept",
    "Problem",
    "Record",
    "Register",
    "Removed",
    "Store",
    "Trouble",
]

Record = Session | Assessment
Kept = TypeVar("Kept", Session, Assessment)


class Trouble(Value, frozen=True, kw_only=True):
    """A file of the workspace that cannot be read. `id` is the record's, as far as the file name tells it.

    `backup` says that the generation before is there and readable.
    """

    id: str
    file: str
    message: str
    backup: bool


class Handle(Protocol[Kept]):
    """A record that is open for writing."""

    @property
    def record(self) -> Kept:
        """The record as it was read or saved last."""
        ...

    @property
    def second(self) -> bool:
        """Whether another window has the same record open; this one is then told when saving would overwrite."""
        ...

    @property
    def read_only(self) -> str:
        """Why the record can only be read (a newer schema), or an empty text."""
        ...

    def save(self, record: Kept) -> None:
        """Put the record on disk; when this returns it is there.

        Raises:
            ChangedMeanwhile: the file is not the one that was read, or another window has it open.
            NewerSchema: a newer version has written the record.
            StoreError: it could not be written (read-only, full, gone). The file on disk is as it was.
        """
        ...

    def close(self) -> None:
        """Give the lock back. Nothing is saved here."""
        ...


class Removed(Protocol):
    """A deleted record, kept in memory until the program ends, so that deleting can be undone."""

    @property
    def id(self) -> str:
        """The id of the record."""
        ...

    @property
    def left(self) -> str:
        """Where something of it may still be, since a backup could not be read or written; or an empty text."""
        ...


class Store(Protocol):
    """A workspace that keeps records. Reading never writes, locks or creates anything in the workspace."""

    @property
    def place(self) -> str:
        """Where the records lie, for people."""
        ...

    def one_look(self) -> AbstractContextManager[None]:
        """Have all lists that are asked for within it come from one look at the files, which costs the most."""
        ...

    def records(self) -> list[RecordLine]:
        """Return a line for every session and assessment, the newest first."""
        ...

    def actions(self) -> list[ActionLine]:
        """Return all actions of all records with what follow-up made of them, in the order of their records."""
        ...

    @property
    def register(self) -> Register:
        """All lessons, also those that have no session here."""
        ...

    @property
    def backups(self) -> Backups:
        """Copies of the whole workspace."""
        ...

    def doctor(self) -> Doctor:
        """Return who examines all files, and puts right what can be."""
        ...

    @property
    def assets(self) -> Assets:
        """The pages on which lessons, good practice and contacts are collected."""
        ...

    def pick_records(self, keep: Callable[[RecordLine], bool]) -> list[RecordLine]:
        """Return a line for those records that `keep` says yes to, the newest first; `keep` sees every record once.

        The others are not held in memory, as they would be with `records`.
        """
        ...

    def pick_actions(self, keep: Callable[[ActionLine], bool]) -> list[ActionLine]:
        """Return those actions that `keep` says yes to, as `actions` does; `keep` sees every action once."""
        ...

    def meetings(self) -> list[MeetingLine]:
        """Return who sat with whom in the groups of all sessions, those of the newest session first."""
        ...

    def troubles(self) -> list[Trouble]:
        """Return the files that cannot be read."""
        ...

    def find(self, beginning: str) -> str:
        """Return the one record id that begins so; raises NotFound where there is none, or more than one."""
        ...

    def find_action(self, beginning: str) -> ActionLine:
        """Return the one action whose id begins so; raises NotFound where there is none, or more than one."""
        ...

    def read(self, record_id: str) -> Record:
        """Return a record without opening it for writing. Raises NotFound, Damaged, StoreError."""
        ...

    def create(self, record: Kept) -> Handle[Kept]:
        """Write a new record and keep it open. Raises StoreError; ChangedMeanwhile if the id is there already."""
        ...

    def open(self, record_id: str) -> Handle[Session] | Handle[Assessment]:
        """Open a record for writing. Raises NotFound, Damaged, StoreError."""
        ...

    def recover(self, record_id: str) -> None:
        """Set a damaged file aside into the quarantine and put the generation before in its place."""
        ...

    def remove(self, record_id: str) -> Removed:
        """Delete a record with its backup; what the returned value holds in memory is then all that is left."""
        ...

    def remove_lesson(self, lesson_id: str) -> Removed:
        """Delete a lesson for good, out of its session or with its own file, and out of the backups.

        Raises:
            NotFound: there is no such lesson.
            ChangedMeanwhile: another window has its session open.
            StoreError: it could not be deleted, and is as it was.
        """
        ...

    def restore(self, removed: Removed) -> None:
        """Put a deleted record or lesson back. Backups stay without it."""
        ...

    def followed(self) -> dict[str, Followed]:
        """Return what all events come to, by subject."""
        ...

    def events(self) -> dict[str, tuple[Event, ...]]:
        """Return all events by subject, in the order of time."""
        ...

    def add_event(self, about: str, change: dict[str, str | None]) -> Event:
        """Write an event about an action or a record. When this returns it is on disk."""
        ...

    def add_events(self, events: Iterable[Event]) -> int:
        """Write events that were said elsewhere, but for those that are here; return how many are new."""
        ...

    # Teams and their set-ups

    def teams(self) -> list[Team]:
        """Return the teams that have set-ups, in order of the alphabet. Files that cannot be read are troubles."""
        ...

    def save_team(self, team: Team, before: Team | None) -> None:
        """Put a team on disk in the place of `before`, as it was read; None for a new one.

        Raises:
            ChangedMeanwhile: it was changed, or made, by somebody else since.
            StoreError: it could not be written.
        """
        ...

    # Surveys

    def responses(self, survey_id: str) -> list[Response]:
        """Return all readable responses to a survey, finished or not, in the order of their random ids."""
        ...

    def add_response(self, response: Response) -> None:
        """Write a new response. Raises ChangedMeanwhile if its id is there already, StoreError."""
        ...

    def save_response(self, response: Response) -> None:
        """Put a response in the place of the one with its id. When this returns it is on disk. Raises StoreError."""
        ...

    def seen(self, survey_id: str) -> frozenset[str]:
        """Return the marks of the responses that were imported, which nothing ties to single responses."""
        ...

    def alone(self, survey_id: str) -> AbstractContextManager[None]:
        """Hold the responses to a survey alone: of all who do so, one has them at a time. Reading never needs it.

        Whoever has them elsewhere is waited for, up to 30 seconds, without giving control to anybody. It cannot be
        held twice within each other, nor while deleting the survey. Where locks cannot be made it holds nothing.

        Raises:
            ChangedMeanwhile: another window has them still.
        """
        ...

    def add_responses(self, responses: Sequence[Response], marks: Collection[str]) -> None:
        """Write new responses to one survey with the marks of what they were taken from: all of it counts, or nothing.

        To be called within `alone`, after `clear_interrupted`. The responses are written in the order given, so they
        are to be in none. The program may be killed at any moment.

        Raises:
            ChangedMeanwhile: one of the ids is there already.
            StoreError: something could not be written; the message says what became of the answers.
        """
        ...

    def clear_interrupted(self, survey_id: str) -> int:
        """Remove what killed programs have left of imports, and return how many those were. None of them count.

        To be called within `alone`: an import that is under way cannot be told from one that was killed.
        Raises StoreError.
        """
        ...

    def damaged_responses(self, survey_id: str) -> list[Trouble]:
        """Return the files of responses that cannot be read, whether the survey is open or closed. Raises StoreError.

        Responses are not compared with the scale of the survey.
        """
        ...

    def forget_seen(self, survey_id: str) -> None:
        """Delete all marks of a closed survey for good: nothing can be taken in any more. Raises StoreError."""
        ...

    def forget_responses(self, survey_id: str) -> None:
        """Delete all responses to a closed survey and all its marks for good. Raises StoreError."""
        ...

    # What comparing needs

    def assessments(self) -> list[Assessment]:
        """Return all readable assessments whole, as they were written, the newest first."""
        ...

    def practices(self) -> list[PracticeLine]:
        """Return the examples that teams keep as good practice, those of the newest assessment first."""
        ...

    def write_file(self, path: Path, content: bytes) -> None:
        """Write an export wherever the person wants it, atomically. Raises StoreError."""
        ...
