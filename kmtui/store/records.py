"""Sessions, assessments, teams and responses as the tables of one file each, and back."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar, cast

import msgspec
from msgspec.structs import replace
from tinydb import TinyDB

from kmtui.model.assessment import Assessment
from kmtui.model.asset import Asset, Contact
from kmtui.model.errors import Damaged, NewerSchema, NotFound, StoreError
from kmtui.model.lesson import KeptLesson
from kmtui.model.lines import PracticeLine, RecordKind
from kmtui.model.plan import Planned
from kmtui.model.rating import Rating
from kmtui.model.session import Action, Entry, Lesson, Session
from kmtui.model.setup import SetUp, Team
from kmtui.model.survey import Response
from kmtui.store import extras
from kmtui.store.atomic import backup_of
from kmtui.store.migrations import FORM, Form
from kmtui.store.quarantine import TRACELESS, keep_older
from kmtui.store.storage import AtomicStorage, Tables, plain, serialised, surely_clean
from kmtui.store.system import SYSTEM, System

Record = Session | Assessment
Filed = TypeVar("Filed", Session, Assessment, Team, Response, KeptLesson, Asset)
Row = TypeVar("Row")

FileKind = RecordKind | Literal["team", "response", "lesson", "asset"]
"""What has a file of its own; the name of the kind is that of its first table."""

TYPES: dict[FileKind, Any] = {
    "session": Session,
    "assessment": Assessment,
    "team": Team,
    "response": Response,
    "lesson": KeptLesson,
    "asset": Asset,
}
PARTS: dict[FileKind, tuple[str, ...]] = {
    "session": ("entries", "lessons", "actions"),
    "assessment": ("ratings", "actions"),
    "team": ("setups",),
    "response": ("ratings",),
    "lesson": (),
    "asset": ("practices", "contacts"),
}
"""The tables of a file beside the one that is named like the kind and holds one document with everything else."""

_TIMES = ("created", "changed", "begun", "ended", "closed")
_STEP_OF_PATH = re.compile(r"\[(\d+|\.\.\.)\]|([^.\[\]]+)")
_MOST_LEFT_OUT = 10_000


class SessionTables(msgspec.Struct):
    """The file of a session in types, for checking and for reading many files quickly."""

    session: dict[str, Session]
    entries: dict[str, Entry] = {}
    lessons: dict[str, Lesson] = {}
    actions: dict[str, Action] = {}


class AssessmentTables(msgspec.Struct):
    """The file of an assessment in types."""

    assessment: dict[str, Assessment]
    ratings: dict[str, Rating] = {}
    actions: dict[str, Planned] = {}


class TeamTables(msgspec.Struct):
    """The file of a team in types."""

    team: dict[str, Team]
    setups: dict[str, SetUp] = {}


class ResponseTables(msgspec.Struct):
    """The file of a response in types."""

    response: dict[str, Response]
    ratings: dict[str, Rating] = {}


class LessonTables(msgspec.Struct):
    """The file of a lesson without a session in types."""

    lesson: dict[str, KeptLesson]


class AssetTables(msgspec.Struct):
    """The file of a knowledge asset in types."""

    asset: dict[str, Asset]
    practices: dict[str, PracticeLine] = {}
    contacts: dict[str, Contact] = {}


_DECODERS: dict[FileKind, msgspec.json.Decoder[Any]] = {
    "session": msgspec.json.Decoder(SessionTables),
    "assessment": msgspec.json.Decoder(AssessmentTables),
    "team": msgspec.json.Decoder(TeamTables),
    "response": msgspec.json.Decoder(ResponseTables),
    "lesson": msgspec.json.Decoder(LessonTables),
    "asset": msgspec.json.Decoder(AssetTables),
}


def kind_of(record: Record) -> RecordKind:
    """Return which of the two kinds a record is."""
    return "session" if isinstance(record, Session) else "assessment"


class RecordFile(Generic[Filed]):
    """One record on disk. It remembers what it read or wrote last, and replaces nothing else."""

    def __init__(self, path: Path, kind: FileKind, record_id: str, system: System = SYSTEM, form: Form = FORM) -> None:
        self.path = path
        self.kind = kind
        self.id = record_id
        check = _DECODERS[kind].decode
        traceless = kind in TRACELESS
        self._storage = AtomicStorage(
            path, needs=kind, marker=record_id, system=system, check=check, traceless=traceless
        )
        self._tables = TinyDB(storage=lambda: self._storage)
        self._extras = extras.Extras()
        self._system = system
        self._form = form
        self.newer = ""
        self.older: int | None = None

    def load(self) -> Filed:
        """Return the record.

        Raises:
            NotFound: there is no such file.
            Damaged: it is no readable record.
            NewerSchema: a newer version wrote it, and not enough of it can be understood.
            StoreError: it could not be read.
        """
        raw = self._storage.read()
        if raw is None:
            raise NotFound(f"{self.path.name} is not there any more.")
        whole = composed(raw, self.kind, self.path.name)
        if self._form.newer(whole):
            self.newer = (
                f"{self.path.name} was written by a newer version of kmtui and can only be read here. "
                "Install the newer version to change it."
            )
            return cast(Filed, checked(lenient(whole, self.kind, self.newer), self.id, self.path.name))
        self.older = self._form.older(whole)
        whole = self._form.brought_up(whole, self.kind, self.path.name)
        record = strict(whole, self.kind, self.id, self.path.name)
        self._extras = extras.find(whole, msgspec.to_builtins(record))
        return cast(Filed, record)

    def create(self, record: Filed) -> None:
        """Write a record where there is no file yet. Raises ChangedMeanwhile where there is one, StoreError."""
        self._storage.expect_nothing()
        self.save(record)

    def save(self, record: Filed) -> None:
        """Put a record in the place of the one that was read or saved last.

        Raises:
            NewerSchema: a newer version has written the file.
            ChangedMeanwhile: the file holds something else now.
            StoreError: it could not be written.
        """
        if self.newer:
            raise NewerSchema(self.newer)
        if self.older is not None and self._storage.content is not None:
            keep_older(self._system, self.path, self.kind, self.id, self.older, self._storage.content)
        with self._storage.together():
            for name, documents in self._documents(record).items():
                table = self._tables.table(name, cache_size=0)
                table.truncate()
                table.insert_multiple(documents)
        self.older = None

    def _documents(self, record: Filed) -> dict[str, list[dict[str, Any]]]:
        whole = msgspec.to_builtins(record)
        if self._extras:
            whole = extras.put_back(whole, self._extras)
        parts = {name: list(whole.pop(name)) for name in PARTS[self.kind]}
        return {self.kind: [whole], **parts}


def new_content(record: Filed, kind: FileKind) -> bytes:
    """Return what the file of a new record holds, as RecordFile writes it. Raises StoreError."""
    whole = msgspec.to_builtins(record)
    parts = {name: list(whole.pop(name)) for name in PARTS[kind]}
    numbered = {name: _numbered(documents) for name, documents in {kind: [whole], **parts}.items()}
    return serialised(numbered, f"{record.id}.json", _DECODERS[kind].decode)


def _numbered(documents: list[dict[str, Any]]) -> dict[str, dict[str, Any]]:
    return {str(number): document for number, document in enumerate(documents, 1)}


def composed(raw: Tables, kind: FileKind, name: str) -> dict[str, Any]:
    """Return the tables as one document: the record with its parts as lists. Raises Damaged."""
    documents = list(raw[kind].values())
    if len(documents) != 1:
        raise Damaged(f'{name} has {len(documents)} documents in its table "{kind}", where one belongs.')
    return {**documents[0], **{part: list(_in_order(raw.get(part, {}))) for part in PARTS[kind]}}


def _in_order(table: dict[str, Row]) -> tuple[Row, ...]:
    """Return the documents in the order of their numbers, which outlasts programs that sort the fields of a file."""
    return tuple(table[number] for number in sorted(table, key=int))


def strict(whole: dict[str, Any], kind: FileKind, record_id: str, name: str) -> Any:
    """Return a document as the record that it is. Raises Damaged, naming the field that does not fit."""
    try:
        record = msgspec.convert(whole, TYPES[kind])
    except msgspec.ValidationError as error:
        raise Damaged(f"{name} cannot be read. {plain(error)}") from None
    return checked(record, record_id, name)


def checked(record: Filed, record_id: str, name: str) -> Filed:
    """Return a record with all its times in UTC, if its id is the one in the name of its file. Raises Damaged."""
    if record.id != record_id:
        raise Damaged(f'{name} holds the record "{record.id}", which is not the one in its name.')
    times = {field: getattr(record, field, None) for field in _TIMES}
    without_zone = {field: at for field, at in times.items() if isinstance(at, datetime) and at.tzinfo is None}
    if without_zone:  # written by hand: a time without a zone cannot be compared with the others
        return replace(record, **{field: at.replace(tzinfo=UTC) for field, at in without_zone.items()})
    return record


def lenient(whole: dict[str, Any], kind: FileKind, reason: str) -> Any:
    """Return as much of a document as can be understood, for reading. Raises NewerSchema with the reason."""
    for _ in range(_MOST_LEFT_OUT):
        try:
            record = msgspec.convert(whole, TYPES[kind], strict=False)
        except msgspec.ValidationError as error:
            if not _left_out(whole, str(error)):
                break
        else:
            return record
    raise NewerSchema(reason)


def _left_out(whole: dict[str, Any], message: str) -> bool:
    """Remove what an error points at, and say whether there was anything to remove."""
    path = message.rpartition(" - at `")[2].rstrip("`")
    steps: list[str | int] = []
    for index, field in _STEP_OF_PATH.findall(path.removeprefix("$")):
        if index == "...":  # some value of a dictionary: the whole dictionary goes
            break
        steps.append(int(index) if index else field)
    holder: Any = whole
    try:
        for step in steps[:-1]:
            holder = holder[step]
        del holder[steps[-1]]
    except (LookupError, TypeError):
        return False
    return True


def quick_and_clean(content: bytes, kind: FileKind, record_id: str, name: str) -> Any:
    """Return the record in the content of a file as `quick` does; None also where a text may need cleaning."""
    return quick(content, kind, record_id, name) if surely_clean(content) else None


def quick(
    content: bytes,
    kind: FileKind,
    record_id: str,
    name: str,
    decoder: msgspec.json.Decoder[Any] | None = None,
    form: Form = FORM,
) -> Any:
    """Return the record in the content of a file, without what is unknown in it; None where anything is in doubt.

    Its texts are not cleaned. Another `decoder` may give the tables other types. What has an older form is in doubt.
    """
    try:
        tables = (decoder or _DECODERS[kind]).decode(content)
        documents = list(getattr(tables, kind).values())
        if len(documents) != 1 or documents[0].schema != form.schema:
            return None
        parts = {part: _in_order(getattr(tables, part)) for part in PARTS[kind]}
        return checked(replace(documents[0], **parts), record_id, name)
    except (msgspec.MsgspecError, ValueError, RecursionError, Damaged):
        return None


def readable(path: Path, kind: FileKind, record_id: str, system: System = SYSTEM) -> bool:
    """Say whether a file can be read as a record."""
    try:
        RecordFile[Any](path, kind, record_id, system).load()
    except (StoreError, NotFound):
        return False
    return True


def has_backup(path: Path, kind: FileKind, record_id: str, system: System = SYSTEM) -> bool:
    """Say whether the generation before of a file is there and readable."""
    return readable(backup_of(path), kind, record_id, system)
