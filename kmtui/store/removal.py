"""Deleting a record so that it can come back, and putting a damaged one right."""

from __future__ import annotations

import time
from contextlib import AbstractContextManager, suppress
from pathlib import Path

import msgspec

from kmtui.flow.followup import DELETED
from kmtui.model.errors import ChangedMeanwhile, Damaged, NotFound, StoreError
from kmtui.store import layout, words
from kmtui.store.atomic import backup_of, create_file, discard, overwrite, sync_folder, told
from kmtui.store.conflicts import copies_beside
from kmtui.store.followup import Followups
from kmtui.store.layout import Kind, Place
from kmtui.store.locks import Lock, held
from kmtui.store.quarantine import mentioning
from kmtui.store.records import has_backup, readable
from kmtui.store.storage import read_file
from kmtui.store.system import System
from kmtui.store.words import TRIES, Taken

GONE: dict[str, str | None] = {DELETED: "yes"}
BACK: dict[str, str | None] = {DELETED: "no"}

_DEAD = 24 * 60 * 60  # seconds after which a temporary file has no writer any more


class RemovedFile(msgspec.Struct, frozen=True):
    """A deleted record in memory: its file and its backup, conflict copies, what lay in the quarantine, and events.

    `responses` are what individuals answered, with the marks of imported ones, where the record is a survey; `left`
    says where something of it may still be.
    """

    place: Place
    content: bytes
    backup: bytes | None
    aside: dict[Path, bytes] = {}
    events: Taken = {}
    responses: dict[Path, bytes] = {}
    left: str = ""

    @property
    def id(self) -> str:
        """The id of the record."""
        return self.place.id


def alone(lock: Lock, kind: Kind) -> AbstractContextManager[None]:
    """Hold the lock of a record. Raises ChangedMeanwhile where another window has it open."""
    return held(lock, f"Another window has this {kind} open. Close it there, and try again.")


def alone_with_responses(lock: Lock) -> AbstractContextManager[None]:
    """Hold the lock on the responses to a survey. Raises ChangedMeanwhile where another window has it."""
    return held(
        lock,
        "Another window is taking in answers to this survey, or closing it. Try again when it is done.",
    )


def refuse_taken(workspace: Path, record_id: str) -> None:
    """Raise ChangedMeanwhile where a record has this id already, under whatever name."""
    with suppress(NotFound):
        place = layout.place_of(workspace, record_id)
        raise ChangedMeanwhile(f"There is a record {record_id} already: {place.path}. It was left as it is.")


def remove(workspace: Path, place: Place, system: System, followups: Followups) -> RemovedFile:
    """Delete a record, its backup, what lies of it in the quarantine and the leftovers of its killed writers.

    With a survey all that was answered goes too.

    Of all events about it, its actions and its lessons the ids alone stay.

    Raises:
        NotFound: it is not there.
        StoreError: it could not be deleted, and is as it was.
    """
    path = workspace / place.path
    content = read_file(system, path)
    if content is None:
        raise NotFound(f"There is no record {place.id} in {workspace}.")
    with told(path, "deleted"):
        others = [*layout.set_aside(workspace, place.id), *copies_beside(workspace, place.path)]
    aside = {each: read_file(system, each) or b"" for each in others}
    removed = RemovedFile(place, content, read_file(system, backup_of(path)), aside)
    subjects = words.subjects_in(content, removed.backup, *aside.values()) | {place.id}
    aside.update({each: read_file(system, each) or b"" for each in mentioning(workspace, system, subjects)})
    try:
        # First the words: if the program is killed here, the record is still there, and deleting it does the rest.
        followups.take_words(subjects, removed.events)
        _delete(workspace, removed, system)
        followups.add(place.id, GONE)
    except StoreError:
        if _is_put_back(workspace, removed, system, followups):
            raise
        # Deleted as it was asked, and only other copies of the workspace do not hear of it. The words must not be lost
        # with an error: what is returned is all that is left of them.
    return removed


def _delete(workspace: Path, removed: RemovedFile, system: System) -> None:
    path = workspace / removed.place.path
    with told(path, "deleted"):
        for leftover in layout.leftovers(path.parent, removed.id):
            system.remove(leftover)
        for each in removed.aside:
            with suppress(FileNotFoundError):
                system.remove(each)
            sync_folder(system, each.parent)
        with suppress(FileNotFoundError):
            system.remove(backup_of(path))
        if removed.place.kind == "assessment":
            _delete_responses(workspace, removed.id, system, removed.responses)
        system.remove(path)
        # Flushed when all is gone: where the disk fails here, what is returned is all that is left, and whole.
        for folder in (path.parent, *_folders_of_responses(workspace, removed)):
            sync_folder(system, folder)


def _delete_responses(workspace: Path, survey_id: str, system: System, kept: dict[Path, bytes]) -> None:
    """Delete what individuals answered; what it was is in `kept` before it is gone. Raises OSError, StoreError."""
    for _ in range(TRIES):  # somebody may answer in this moment
        for path in layout.of_responses(workspace, survey_id):
            content = read_file(system, path)
            if content is not None and not path.name.startswith("."):  # what a killed writer left never comes back
                kept[path] = content
            with suppress(FileNotFoundError):
                system.remove(path)
        folder = layout.responses_folder(workspace, survey_id)
        for each in (folder / layout.SEEN, folder):
            with suppress(OSError):  # not empty: of things that are not ours, or of a new answer
                system.remove_folder(each)
        if not layout.of_responses(workspace, survey_id):
            return


def forget_responses(workspace: Path, survey_id: str, system: System, *, only_marks: bool = False) -> None:
    """Delete all responses to a survey and all marks for good, or only the marks. Raises StoreError."""
    folder = layout.responses_folder(workspace, survey_id)
    folders = [each for each in (folder / layout.SEEN, folder) if each.is_dir()]
    with told(folder, "deleted"):
        for path in layout.of_responses(workspace, survey_id):
            if not only_marks or path.parent.name == layout.SEEN:
                with suppress(FileNotFoundError):
                    system.remove(path)
        for each in folders:
            sync_folder(system, each)
        for each in folders:
            with suppress(OSError):  # not empty
                system.remove_folder(each)
        if folders:
            sync_folder(system, folder.parent)


def _folders_of_responses(workspace: Path, removed: RemovedFile) -> list[Path]:
    """Return the folders that change when the responses are deleted, as far as they are there."""
    if not removed.responses:
        return []
    folder = layout.responses_folder(workspace, removed.id)
    return [each for each in (folder / layout.SEEN, folder, folder.parent) if each.is_dir()]


def _is_put_back(workspace: Path, removed: RemovedFile, system: System, followups: Followups) -> bool:
    """Write again what was deleted, and say whether the record is there."""
    with suppress(StoreError):
        _put_back(workspace, removed, system)
    if not (workspace / removed.place.path).exists():
        with suppress(StoreError, OSError):
            _delete_responses(workspace, removed.id, system, removed.responses)
        return False
    with suppress(StoreError):
        followups.put_words_back(removed.events)
    with suppress(StoreError):
        if removed.id in followups.deleted():  # the event is there already, though its writing failed in the last step
            followups.add(removed.id, BACK)
    return True


def _put_back(workspace: Path, removed: RemovedFile, system: System) -> None:
    """Write what is missing of a record again; what is there is left alone."""
    # First what tells that an import was not completed: none of its responses shall count for a moment.
    for each, answers in sorted(removed.responses.items(), key=lambda item: item[0].suffix != layout.IMPORT):
        with suppress(ChangedMeanwhile):
            create_file(system, each, answers, marker=removed.id, timeless=True)
    path = workspace / removed.place.path
    for each, content in ((path, removed.content), (backup_of(path), removed.backup), *removed.aside.items()):
        if content is not None:
            with suppress(ChangedMeanwhile):
                create_file(system, each, content, marker=removed.id)


def restore(workspace: Path, removed: RemovedFile, system: System, followups: Followups) -> None:
    """Put a deleted record back. Raises ChangedMeanwhile where its id is there again, StoreError."""
    refuse_taken(workspace, removed.id)
    # First the event: if the file cannot be written, the id of a record that is not there is not hidden, no more.
    if removed.id in followups.deleted():
        followups.add(removed.id, BACK)
    path = workspace / removed.place.path
    try:
        followups.put_words_back(removed.events)
        _put_back(workspace, removed, system)
    except StoreError:
        if not path.exists():
            with suppress(StoreError, OSError):
                _delete_responses(workspace, removed.id, system, removed.responses)
            with suppress(StoreError):
                followups.take_words(words.subjects_in(removed.content, removed.backup) | {removed.id}, {})
        raise


def recover(workspace: Path, place: Place, system: System) -> None:
    """Copy a damaged file into the quarantine, and put its backup in its place.

    Raises:
        StoreError: the file is not damaged, or something could not be written; then all is as it was.
        Damaged: the backup cannot be read either.
    """
    path = workspace / place.path
    if readable(path, place.kind, place.id, system):
        raise StoreError(f"{place.name} can be read. There is nothing to recover.")
    if not has_backup(path, place.kind, place.id, system):
        raise Damaged(f"{place.name} cannot be read, and there is no readable backup beside it.")
    damaged, backup = read_file(system, path), read_file(system, backup_of(path))
    if damaged is None or backup is None:
        raise NotFound(f"{place.name} is not there any more.")
    _set_aside(workspace / layout.QUARANTINE, place, damaged, system)
    overwrite(system, path, backup, accepted=(damaged,), marker=place.id)


def _set_aside(quarantine: Path, place: Place, content: bytes, system: System) -> None:
    """Write a copy of a damaged file under a name that is free."""
    number = 1
    while True:
        ending = "" if number == 1 else f".{number}"
        try:
            create_file(system, quarantine / f"{place.name}{ending}", content, marker=place.id)
            return
        except ChangedMeanwhile:
            number += 1


def tidy(path: Path, record_id: str, system: System) -> None:
    """Remove temporary files of a record whose writers were killed more than a day ago."""
    with suppress(OSError, StoreError):
        for leftover in layout.leftovers(path.parent, record_id):
            if leftover.stat().st_mtime < time.time() - _DEAD:
                discard(system, leftover)
