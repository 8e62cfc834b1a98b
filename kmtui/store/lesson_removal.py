"""Deleting one lesson for good: out of its session or its own file, and out of all that was kept of it elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from kmtui.model.errors import Damaged, NotFound, StoreError
from kmtui.model.session import Lesson, Session
from kmtui.store import layout
from kmtui.store.atomic import backup_of, sync_folder, told
from kmtui.store.conflicts import copies_beside
from kmtui.store.followup import Followups
from kmtui.store.protocol import Handle
from kmtui.store.removal import BACK, GONE
from kmtui.store.storage import encode, parse, read_file
from kmtui.store.system import System
from kmtui.store.words import Taken

_TABLE = "lessons"


class RemovedLesson(msgspec.Struct, frozen=True):
    """A lesson that was deleted from a session, in memory, with its place in it and the events about it.

    `left` says where something of it may still be.
    """

    lesson: Lesson
    session: str
    place: int
    events: Taken
    left: str = ""

    @property
    def id(self) -> str:
        """The id of the lesson."""
        return self.lesson.id


def remove_from_session(
    workspace: Path, lesson_id: str, handle: Handle[Session], system: System, followups: Followups
) -> RemovedLesson:
    """Take a lesson out of its open session, and leave nothing of it on disk beside it.

    Raises:
        NotFound: the session has no such lesson.
        ChangedMeanwhile: another window has the session open, or has changed it.
        StoreError: a conflict copy has it too, or it could not be deleted; it is as it was.
    """
    session = handle.record
    place = next((number for number, each in enumerate(session.lessons) if each.id == lesson_id), None)
    if place is None:
        raise NotFound(f"There is no lesson {lesson_id} in this session.")
    _refuse_copies(workspace, session.id, lesson_id, system)
    removed = RemovedLesson(session.lessons[place], session.id, place, {})
    try:
        # First the words: if the program is killed here, the lesson is still there, and deleting it does the rest.
        followups.take_words(frozenset({lesson_id}), removed.events)
        handle.save(replace(session, lessons=tuple(each for each in session.lessons if each.id != lesson_id)))
    except StoreError:
        with suppress(StoreError):
            handle.save(session)  # the file may be without the lesson already, though its writing failed at the end
        with suppress(StoreError):
            followups.put_words_back(removed.events)
        raise
    # From here on nobody finds it to delete it again, and what is returned is all that is left: no error may lose it.
    left = ""
    try:
        _forget_generations(workspace, session.id, lesson_id, system)
    except StoreError as error:
        left = str(error)
    with suppress(StoreError):
        followups.add(lesson_id, GONE)  # so that no old backup brings it back
    return replace(removed, left=left)


def _refuse_copies(workspace: Path, session_id: str, lesson_id: str, system: System) -> None:
    """Raise StoreError where a conflict copy of the session has the lesson too: joining it would bring it back."""
    path = workspace / layout.place_of(workspace, session_id).path
    with told(path, "deleted"):
        copies = copies_beside(workspace, path.relative_to(workspace).as_posix())
    for each in copies:
        if lesson_id.encode() in (read_file(system, each) or b""):
            raise StoreError(
                f"{each.name} is another copy of this session and has the lesson too. Nothing was deleted. "
                "Join both with kmtui doctor --repair, then delete the lesson."
            )


def _forget_generations(workspace: Path, session_id: str, lesson_id: str, system: System) -> None:
    """Delete the generation before, what killed writers left, and what was set aside, as far as it has the lesson."""
    path = workspace / layout.place_of(workspace, session_id).path
    others = [backup_of(path), *layout.leftovers(path.parent, session_id), *layout.set_aside(workspace, session_id)]
    with told(path, "deleted"):
        for each in others:
            if lesson_id.encode() in (read_file(system, each) or b""):
                with suppress(FileNotFoundError):
                    system.remove(each)
                sync_folder(system, each.parent)


def put_back(removed: RemovedLesson, handle: Handle[Session], followups: Followups) -> None:
    """Put a lesson back into its open session. Raises ChangedMeanwhile, StoreError."""
    session = handle.record
    lessons = [each for each in session.lessons if each.id != removed.id]
    lessons.insert(removed.place, removed.lesson)
    if removed.id in followups.deleted():
        followups.add(removed.id, BACK)
    followups.put_words_back(removed.events)
    handle.save(replace(session, lessons=tuple(lessons)))


def without_lesson(lesson_id: str) -> Callable[[str, bytes], bytes | None]:
    """Return what takes a lesson out of a session file in a backup; the file goes where that is not possible."""

    def edited(name: str, content: bytes) -> bytes | None:
        try:
            tables: dict[str, Any] = parse(content, "session", name)
        except Damaged:
            return content if not name.startswith(layout.FOLDERS["session"]) else None
        lessons = tables.get(_TABLE, {})
        left = {number: each for number, each in lessons.items() if each.get("id") != lesson_id}
        return content if len(left) == len(lessons) else encode({**tables, _TABLE: left})

    return edited
