"""The responses to surveys, each in a file of its own, and the marks of those that were imported.

Nothing in what is kept tells who answered, or when, or after whom: ids are wholly random, files bear one fixed time and
have no generation before, and marks are sorted in files of their own.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from kmtui.model.errors import ChangedMeanwhile, Damaged, NotFound, StoreError
from kmtui.model.ids import IdMaker
from kmtui.model.survey import Response
from kmtui.store import imports, layout
from kmtui.store.atomic import discard
from kmtui.store.protocol import Trouble
from kmtui.store.records import RecordFile
from kmtui.store.shelf import Shelf
from kmtui.store.system import System

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

    def all(self, survey_id: str) -> list[Response]:
        """Return the readable responses to a survey in the order of their random ids. Raises StoreError."""
        with self._mutex:
            records, _ = self._look(survey_id)
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

    def add_all(self, responses: Sequence[Response], marks: Collection[str]) -> None:
        """Write new responses to one survey with the marks of what they were taken from: all of them or none.

        For whoever holds the responses alone. Raises ChangedMeanwhile if an id is there already, StoreError.
        """
        survey_ids = {response.survey for response in responses}
        if len(survey_ids) > 1 or (marks and not responses):
            raise ValueError("what is added together belongs to one survey, and marks belong to responses")
        with self._mutex:
            for survey_id in survey_ids:
                self._tidy(survey_id)
                new = imports.Import(self._workspace, survey_id, self._ids.wholly_random(), self._system)
                new.write(responses, marks)

    def clear_interrupted(self, survey_id: str) -> int:
        """Remove what is left of imports that were not completed, and return how many. Raises StoreError."""
        with self._mutex:
            self._tidy(survey_id)
            return imports.clear(self._workspace, survey_id, self._system)

    def seen(self, survey_id: str) -> frozenset[str]:
        """Return the marks of the responses that were imported, as far as they can be read. Raises StoreError."""
        before, _ = imports.under_way(self._workspace, survey_id, self._system)
        found: dict[str, list[str]] = {}
        for each in layout.named_by_id(layout.responses_folder(self._workspace, survey_id) / layout.SEEN):
            if each not in before:
                with suppress(Damaged):
                    found[each] = self._marks(survey_id, each)
        after, _ = imports.under_way(self._workspace, survey_id, self._system)
        return frozenset(mark for each, marks in found.items() if each not in after for mark in marks)

    def troubles(self, survey_ids: Iterable[str]) -> list[Trouble]:
        """Return the files of some surveys that cannot be read. Raises StoreError."""
        with self._mutex:
            return [
                trouble
                for survey_id in survey_ids
                for trouble in (*self._damaged(survey_id), *self._damaged_marks(survey_id))
            ]

    def damaged(self, survey_id: str) -> list[Trouble]:
        """Return the files of a survey because of which answers may not be counted rightly. Raises StoreError."""
        with self._mutex:
            return list(self._damaged(survey_id))

    def forget(self, survey_id: str) -> None:
        """Hold nothing in memory of a survey whose responses are deleted."""
        with self._mutex:
            self._shelves.pop(survey_id, None)
            self._held = None

    def _look(self, survey_id: str) -> tuple[list[Response], dict[str, str]]:
        """Return what counts and why the rest cannot be read, by id, without what belongs to imports under way.

        They are looked at before and after: one that begins or ends in between is counted as before it.
        """
        _, before = imports.under_way(self._workspace, survey_id, self._system)
        records, errors = self._shelf(survey_id).look(without=before)
        _, after = imports.under_way(self._workspace, survey_id, self._system)
        errors = {each: error for each, error in errors.items() if each not in after}
        return [record for record in records if record.id not in after], errors

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

    def _marks(self, survey_id: str, each: str) -> list[str]:
        path = layout.seen_path(self._workspace, survey_id, each)
        return imports.listed(path, layout.SEEN, imports.MARKS, self._system)

    def _damaged(self, survey_id: str) -> Iterable[Trouble]:
        folder = f"{layout.RESPONSES}/{survey_id}"
        records, errors = self._look(survey_id)
        for response in records:
            if response.survey != survey_id:
                errors[response.id] = (
                    f"{response.id}.json is a response to another survey and is not counted. Move it away."
                )
        for response_id, message in sorted(errors.items()):
            yield Trouble(id="", file=f"{folder}/{response_id}.json", message=message, backup=False)
        for name, message in imports.unreadable(self._workspace, survey_id, self._system):
            yield Trouble(id="", file=f"{folder}/{name}", message=message, backup=False)

    def _damaged_marks(self, survey_id: str) -> Iterable[Trouble]:
        folder = layout.responses_folder(self._workspace, survey_id) / layout.SEEN
        under_way, _ = imports.under_way(self._workspace, survey_id, self._system)
        for each in sorted(layout.named_by_id(folder).keys() - under_way):
            try:
                self._marks(survey_id, each)
            except StoreError as error:
                file = f"{layout.RESPONSES}/{survey_id}/{layout.SEEN}/{each}.json"
                yield Trouble(id="", file=file, message=str(error), backup=False)
