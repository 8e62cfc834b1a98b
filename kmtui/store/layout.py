"""Where things lie in a workspace, and what their names tell. The only module that knows paths."""

from __future__ import annotations

import os
import re
from collections.abc import Container, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import Literal

import msgspec

from kmtui.model.errors import NotFound, StoreError
from kmtui.model.ids import ALPHABET, LENGTH, is_id
from kmtui.model.lesson import KeptLesson
from kmtui.model.lines import RecordKind
from kmtui.model.session import Session
from kmtui.store.records import Record, kind_of
from kmtui.text import file_slug, shortened

FOLDERS: dict[RecordKind, str] = {"session": "sessions", "assessment": "assessments"}
LESSONS = "lessons"
ASSETS = "assets"
FOLLOWUP = "followup"
QUARANTINE = "quarantine"
TEAMS = "teams"
RESPONSES = "responses"
SEEN = "seen"
IMPORT = ".import"

_ID = f"[{ALPHABET}]{{{LENGTH}}}"
_RECORD = re.compile(rf"\d{{4}}-\d\d-\d\d_(?:[A-Za-z0-9_-]*_)?{_ID}\.json")
_LESSON = re.compile(rf"{_ID}\.json")
_NAMED = {ending: re.compile(rf"({_ID})\{ending}") for ending in (".json", IMPORT)}
_ID_OF_PATH = slice(-LENGTH - len(".json"), -len(".json"))
_LARGEST = 2**63 - 1  # what SQLite holds
_YEAR = re.compile(r"\d{4}")
_OF_PROCESS = re.compile(rf"{_ID}\.json(?:\.bak)?")
_LEFTOVER = re.compile(rf"\.({_ID})\.[0-9a-f]+\.tmp")
# Also imports, leftovers, and copies that a synchronised folder makes.
_OF_RESPONSE = re.compile(rf"\.?{_ID}(?:[^0-9A-Za-z].*)?")


Kind = RecordKind | Literal["lesson"]
"""What the files in the folders of years hold: sessions, assessments, and lessons without a session here."""


class Place(msgspec.Struct, frozen=True):
    """A record file: its path from the workspace on with slashes, and what that tells."""

    path: str
    kind: Kind
    id: str

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.path.rpartition("/")[2]

    @property
    def label(self) -> str:
        """The name without its id and ending, for people."""
        return self.name[: -LENGTH - len("_.json")].replace("_", " ")


_KIND_OF_FOLDER: dict[str, Kind] = {**{folder: kind for kind, folder in FOLDERS.items()}, LESSONS: "lesson"}

Stamp = tuple[int, int, int]
"""Inode, time of change in nanoseconds since 1970, and size: they tell one generation of a file from the next."""


def path_of(record: Record) -> str:
    """Return where a new record belongs, from the workspace on. Parts without a letter are left out."""
    about = (record.technique.id, record.title) if isinstance(record, Session) else (record.team,)
    parts = [slug for slug in map(file_slug, about) if any(character.isalpha() for character in slug)]
    day = record.date.isoformat()
    return f"{FOLDERS[kind_of(record)]}/{day[:4]}/{'_'.join([day, *parts, record.id])}.json"


def lesson_path(lesson: KeptLesson) -> str:
    """Return where a lesson without a session belongs, from the workspace on. Raises StoreError."""
    return f"{LESSONS}/{lesson.date.year:04}/{checked(lesson.id)}.json"


def lock_path(workspace: Path, record_id: str) -> Path:
    """Return the lock file of a record."""
    return workspace / ".locks" / f"{record_id}.lock"


def followup_path(workspace: Path, process: str) -> Path:
    """Return the file of events of a process."""
    return workspace / FOLLOWUP / f"{process}.json"


def responses_folder(workspace: Path, survey_id: str) -> Path:
    """Return the folder of the responses to a survey. Raises StoreError."""
    return workspace / RESPONSES / checked(survey_id)


def response_path(workspace: Path, survey_id: str, response_id: str) -> Path:
    """Return the file of a response. Raises StoreError."""
    return responses_folder(workspace, survey_id) / f"{checked(response_id)}.json"


def seen_path(workspace: Path, survey_id: str, process: str) -> Path:
    """Return the file with the marks of the responses that a process has imported. Raises StoreError."""
    return responses_folder(workspace, survey_id) / SEEN / f"{checked(process)}.json"


def import_path(workspace: Path, survey_id: str, import_id: str) -> Path:
    """Return what is there while an import is written; its marks have the same id. Raises StoreError."""
    return responses_folder(workspace, survey_id) / f"{checked(import_id)}{IMPORT}"


def checked(name: str) -> str:
    """Return an id, which may come from a file of somebody else, if it leads nowhere else. Raises StoreError."""
    if not is_id(name):
        raise StoreError(f'"{shortened(name, 40)}" is no id of kmtui: one has {LENGTH} letters and digits.')
    return name


class Scan(msgspec.Struct):
    """The record files of a workspace: their stamps by path from the workspace on, with slashes.

    `twice` holds the paths of files with an id that another file has already; they are not used. `folders` are the
    times of change of the folders, which tell whether a file has come, gone or been replaced. `strange` are files of
    JSON with other names, such as copies that a synchronised folder makes.
    """

    stamps: dict[str, Stamp] = {}
    twice: list[str] = []
    folders: dict[str, int] = {}
    strange: list[str] = []


def scan(workspace: Path, known: Container[str] = ()) -> Scan:
    """Return every record file. Files that are not ours are passed over.

    Args:
        workspace: the folder; a missing one holds nothing.
        known: paths that were found before, which saves looking at their names.

    Raises:
        StoreError: a folder is not a folder, or cannot be listed.
    """
    stamps: dict[str, Stamp] = {}
    strange: list[str] = []
    folders = folder_times(workspace)  # before the files are looked at: what comes meanwhile is seen the next time
    for folder, named in _year_folders(workspace, lessons=True).items():
        with _listing(workspace / folder) as entries:
            for entry in entries:  # one plain loop: it runs 20,000 times before the home screen is there
                path = f"{folder}/{entry.name}"
                if path in known or named.fullmatch(entry.name):
                    stamp = _stamp(entry)
                    if stamp is not None:
                        stamps[path] = stamp
                elif path.endswith(".json") and not entry.name.startswith("."):
                    strange.append(path)
    found = _each_once(stamps, folders)
    found.strange = strange
    return found


def folder_times(workspace: Path) -> dict[str, int]:
    """Return when the folders of records have changed last, in nanoseconds since 1970, by path. Raises StoreError."""
    times = {}
    for folder in _year_folders(workspace, lessons=True):
        with suppress(OSError):
            times[folder] = (workspace / folder).stat().st_mtime_ns
    return times


def _each_once(stamps: dict[str, Stamp], folders: dict[str, int]) -> Scan:
    """Leave one file for each id, whatever the order in which the disk lists them."""
    if len({path[_ID_OF_PATH] for path in stamps}) == len(stamps):
        return Scan(stamps, [], folders)
    by_id: dict[str, str] = {}
    twice = [path for path in sorted(stamps) if by_id.setdefault(path[_ID_OF_PATH], path) != path]
    return Scan({path: stamps[path] for path in by_id.values()}, twice, folders)


def place(path: str) -> Place:
    """Return what the path of a record file tells; the path is one that `scan` found."""
    return Place(path, _KIND_OF_FOLDER[path.partition("/")[0]], path[_ID_OF_PATH])


def places(workspace: Path, *kinds: RecordKind) -> list[Place]:
    """Return every record file, or those of some kinds, without looking at it, one for each id. Raises StoreError."""
    by_id: dict[str, str] = {}
    for path in _records(workspace, *kinds):
        by_id[path[_ID_OF_PATH]] = min(path, by_id.get(path[_ID_OF_PATH], path))
    return [place(path) for path in by_id.values()]


def followups(workspace: Path) -> dict[str, Stamp]:
    """Return the files of events by process, with their stamps. Raises StoreError."""
    return named_by_id(workspace / FOLLOWUP)


def named_by_id(folder: Path, ending: str = ".json", *, timeless: bool = False) -> dict[str, Stamp]:
    """Return the files of a folder whose names are ids, by id, with their stamps. Raises StoreError.

    Files that are `timeless` are told from their next generation by the time of their entry in the disk's table.
    """
    found = {}
    with _listing(folder) as entries:
        for entry in entries:
            match = _NAMED[ending].fullmatch(entry.name)
            stamp = _stamp(entry, timeless) if match else None
            if match and stamp is not None:
                found[match[1]] = stamp
    return found


def surveys(workspace: Path) -> list[str]:
    """Return the ids of the surveys that have a folder for responses. Raises StoreError."""
    with _listing(workspace / RESPONSES) as entries:
        return sorted(entry.name for entry in entries if is_id(entry.name) and entry.is_dir())


def of_responses(workspace: Path, survey_id: str) -> list[Path]:
    """Return all that is kept of the responses to a survey: files, marks, copies, leftovers. Raises StoreError.

    Imports that were not completed are last: while they are there, nothing of them counts.
    """
    folder = responses_folder(workspace, survey_id)
    found = []
    for each in (folder, folder / SEEN):
        with _listing(each) as entries:
            names = [entry.name for entry in entries if not entry.is_dir(follow_symlinks=False)]
        found += [each / name for name in sorted(names) if _OF_RESPONSE.fullmatch(name)]
    return sorted(found, key=lambda path: path.suffix == IMPORT)


def response_leftovers(workspace: Path, survey_id: str) -> list[Path]:
    """Return the temporary files among the responses to a survey. Raises StoreError."""
    return [path for path in of_responses(workspace, survey_id) if _LEFTOVER.fullmatch(path.name)]


def _records(workspace: Path, *kinds: RecordKind) -> Iterator[str]:
    """Yield the path of every record file from the workspace on, without looking at it."""
    for folder, named in _year_folders(workspace, *kinds).items():
        with _listing(workspace / folder) as entries:
            yield from (f"{folder}/{entry.name}" for entry in entries if named.fullmatch(entry.name))


def _year_folders(workspace: Path, *kinds: RecordKind, lessons: bool = False) -> dict[str, re.Pattern[str]]:
    """Return the folders that can hold records, or those of some kinds, and how files are named there."""
    wanted = {FOLDERS[kind]: _RECORD for kind in kinds or FOLDERS} | ({LESSONS: _LESSON} if lessons else {})
    found = {}
    for folder, named in wanted.items():
        with _listing(workspace / folder) as entries:
            years = [year.name for year in entries if _YEAR.fullmatch(year.name) and year.is_dir()]
        found.update({f"{folder}/{year}": named for year in years})
    return found


def _stamp(entry: os.DirEntry[str], timeless: bool = False) -> Stamp | None:
    try:
        status = entry.stat()  # on Windows without an inode; its times are fine enough there
    except OSError:
        return None  # deleted in this moment, or a link to nowhere
    return status.st_ino & _LARGEST, status.st_ctime_ns if timeless else status.st_mtime_ns, status.st_size


def place_of(workspace: Path, record_id: str) -> Place:
    """Return the file of a record. Raises NotFound, StoreError."""
    ending = f"_{record_id}.json"
    found = [path for path in _records(workspace) if path.endswith(ending)]
    if not found:
        raise NotFound(f"There is no record {record_id} in {workspace}.")
    return place(min(found))


def lesson_place(workspace: Path, lesson_id: str) -> Place | None:
    """Return the file of a lesson without a session; None where there is none. Raises StoreError."""
    years = (folder for folder, named in _year_folders(workspace, lessons=True).items() if named is _LESSON)
    name = f"{checked(lesson_id)}.json"
    return next((place(f"{year}/{name}") for year in sorted(years) if (workspace / year / name).is_file()), None)


def leftovers(folder: Path, record_id: str) -> list[Path]:
    """Return the temporary files that writers of a record left behind when they were killed."""
    with _listing(folder) as entries:
        names = [entry.name for entry in entries]
    return [folder / name for name in names if (found := _LEFTOVER.fullmatch(name)) and found[1] == record_id]


def event_files(workspace: Path) -> list[Path]:
    """Return the files of events and their backups. Raises StoreError."""
    with _listing(workspace / FOLLOWUP) as entries:
        return [workspace / FOLLOWUP / entry.name for entry in entries if _OF_PROCESS.fullmatch(entry.name)]


def event_leftovers(workspace: Path) -> list[Path]:
    """Return the temporary files in the folder of events, of writers that live or were killed. Raises StoreError."""
    with _listing(workspace / FOLLOWUP) as entries:
        return [workspace / FOLLOWUP / entry.name for entry in entries if _LEFTOVER.fullmatch(entry.name)]


def set_aside(workspace: Path, record_id: str) -> list[Path]:
    """Return what lies in the quarantine of a record. Raises StoreError."""
    with _listing(workspace / QUARANTINE) as entries:
        names = [entry.name for entry in entries if not entry.is_dir(follow_symlinks=False)]
    return [workspace / QUARANTINE / name for name in sorted(names) if record_id in name]


@contextmanager
def _listing(folder: Path) -> Iterator[Iterator[os.DirEntry[str]]]:
    """Give what is in a folder; nothing where there is none. Raises StoreError."""
    try:
        with _opened(folder) as entries:
            yield entries
    except NotADirectoryError:
        raise StoreError(f"{folder} is not a folder. Move that file away, or choose another workspace.") from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StoreError(f"{folder} could not be read: {reason}. Check the drive and your access to it.") from error


def _opened(folder: Path) -> AbstractContextManager[Iterator[os.DirEntry[str]]]:
    try:
        return os.scandir(folder)
    except FileNotFoundError:
        return nullcontext(iter(()))
