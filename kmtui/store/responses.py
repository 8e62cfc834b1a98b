"""The responses to surveys, each in a file of its own, and the marks of those that were imported.

Nothing in what is kept tells who answered, or when, or after whom: ids are wholly random, files bear one fixed time and
have no generation before, and marks are sorted in files of their own.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from kmtui.model.errors import ChangedMeanwhile, Damaged, NotFound, StoreError
from kmtui.model.ids import IdMaker
from kmtui.model.survey import Response
from kmtui.store import layout
from kmtui.store.atomic import discard
from kmtui.store.protocol import Trouble
from kmtui.store.records import RecordFile
from kmtui.store.shelf import Shelf
from kmtui.store.storage import AtomicStorage, parse, read_file
from kmtui.store.system import System

_MARKS = "marks"
_LEFT = 60  # seconds after which a temporary file has no writer any more: a write takes less than three


class Responses:
    """The responses of a workspace. May be used from any thread."""

    def __init__(self, workspace: Path, system: System, ids: IdMaker) -> None:
        self._workspace = workspace
        self._system = system
        self._ids = ids
        self._mutex = threading.RLock()
        self._shelves: dict[str, Shelf[Response]] = {}
        self._held: RecordFile[Response] | None = None
        self._own: dict[str, _OwnMarks] = {}

    def all(self, survey_id: str) -> list[Response]:
        """Return the readable responses to a survey in the order of their random ids. Raises StoreError."""
        with self._mutex:
            records, _ = self._shelf(survey_id).look()
            return [response for response in records if response.survey == survey_id]

    def add(self, response: Response) -> None:
        """Write a new response. Raises ChangedMeanwhile if its id is there already, StoreError."""
        with self._mutex:
            self._tidy(response.survey)
            file = self._file(response)
            file.create(response)
            self._held = file

    def save(self, response: Response) -> None:
        """Put a response in the place of the one with its id.

        The file that was written last is remembered: while one person answers, nothing is read but for comparing.

        Raises:
            ChangedMeanwhile: somebody else has changed or deleted it.
            StoreError: it could not be written. What is on disk is as it was.
        """
        with self._mutex:
            path = layout.response_path(self._workspace, response.survey, response.id)
            if self._held is None or self._held.path != path:
                self._held = self._opened(response)
            self._held.save(response)

    def seen(self, survey_id: str) -> frozenset[str]:
        """Return the marks of the responses that were imported, as far as they can be read. Raises StoreError."""
        found: set[str] = set()
        for process in layout.named_by_id(layout.responses_folder(self._workspace, survey_id) / layout.SEEN):
            with suppress(Damaged):
                found |= _marks(self._system, layout.seen_path(self._workspace, survey_id, process))
        return frozenset(found)

    def note_seen(self, survey_id: str, mark: str) -> None:
        """Keep the mark of a response that was imported. Raises StoreError."""
        with self._mutex:
            own = self._own.get(survey_id) or self._begin(survey_id, frozenset())
            try:
                own.add(mark)
            except ChangedMeanwhile:  # somebody has moved or changed our file: say all of it again in another
                own = self._begin(survey_id, own.marks)
                own.add(mark)
            self._own[survey_id] = own

    def troubles(self, survey_ids: Iterable[str]) -> list[Trouble]:
        """Return the files of some surveys that cannot be read. Raises StoreError."""
        with self._mutex:
            return [trouble for survey_id in survey_ids for trouble in self._troubles(survey_id)]

    def forget(self, survey_id: str) -> None:
        """Hold nothing in memory of a survey that is deleted."""
        with self._mutex:
            self._shelves.pop(survey_id, None)
            self._own.pop(survey_id, None)
            self._held = None

    def _shelf(self, survey_id: str) -> Shelf[Response]:
        if survey_id not in self._shelves:
            folder = layout.responses_folder(self._workspace, survey_id)
            self._shelves[survey_id] = Shelf[Response](folder, "response", self._system, timeless=True)
        return self._shelves[survey_id]

    def _file(self, response: Response) -> RecordFile[Response]:
        path = layout.response_path(self._workspace, response.survey, response.id)
        return RecordFile[Response](path, "response", response.id, self._system)

    def _opened(self, response: Response) -> RecordFile[Response]:
        file = self._file(response)
        try:
            file.load()
        except NotFound:
            raise ChangedMeanwhile(
                f"{file.path.name} is not there any more: somebody has deleted this response or its survey. "
                "What was answered is still here."
            ) from None
        return file

    def _tidy(self, survey_id: str) -> None:
        """Remove what writers left behind that were killed; it holds answers. Files that cannot be removed stay."""
        with suppress(StoreError, OSError):
            for leftover in layout.response_leftovers(self._workspace, survey_id):
                if leftover.stat().st_ctime < time.time() - _LEFT:  # the other time of the file is a fixed one
                    discard(self._system, leftover)

    def _begin(self, survey_id: str, marks: frozenset[str]) -> _OwnMarks:
        process = self._ids.wholly_random()
        return _OwnMarks(layout.seen_path(self._workspace, survey_id, process), process, self._system, marks)

    def _troubles(self, survey_id: str) -> Iterable[Trouble]:
        folder = f"{layout.RESPONSES}/{survey_id}"
        records, errors = self._shelf(survey_id).look()
        for response in records:
            if response.survey != survey_id:
                errors[response.id] = (
                    f"{response.id}.json is a response to another survey and is not counted. Move it away."
                )
        for response_id, message in sorted(errors.items()):
            yield Trouble(id="", file=f"{folder}/{response_id}.json", message=message, backup=False)
        for process in sorted(layout.named_by_id(layout.responses_folder(self._workspace, survey_id) / layout.SEEN)):
            path = layout.seen_path(self._workspace, survey_id, process)
            try:
                _marks(self._system, path)
            except StoreError as error:
                yield Trouble(id="", file=f"{folder}/{layout.SEEN}/{path.name}", message=str(error), backup=False)


class _OwnMarks:
    """The file with marks that this process writes for one survey: sorted, so that their order tells nothing."""

    def __init__(self, path: Path, process: str, system: System, marks: frozenset[str]) -> None:
        self.marks = marks
        self._storage = AtomicStorage(path, needs=layout.SEEN, marker=process, system=system, traceless=True)
        self._storage.expect_nothing()

    def add(self, mark: str) -> None:
        marks = self.marks | {mark}
        if mark not in self.marks:
            self._storage.write({layout.SEEN: {"1": {_MARKS: sorted(marks)}}})
        self.marks = marks


def _marks(system: System, path: Path) -> frozenset[str]:
    """Return the marks in a file. Raises Damaged, StoreError."""
    content = read_file(system, path)
    if content is None:
        return frozenset()
    documents = parse(content, layout.SEEN, path.name)[layout.SEEN].values()
    found = [mark for document in documents for mark in _as_list(document.get(_MARKS), path.name)]
    return frozenset(found)


def _as_list(marks: object, name: str) -> list[str]:
    if not isinstance(marks, list) or not all(isinstance(mark, str) for mark in marks):
        raise Damaged(f'{name} cannot be read. The field "{_MARKS}" does not fit.')
    return marks
