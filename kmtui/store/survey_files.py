"""What individuals answer to surveys, as a part of the store that keeps files."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING

from kmtui.model.errors import StoreError
from kmtui.model.survey import Response
from kmtui.store import layout, removal
from kmtui.store.followup import Followups
from kmtui.store.format import check_format, make_workspace
from kmtui.store.locks import Lock
from kmtui.store.protocol import Trouble
from kmtui.store.responses import Responses
from kmtui.store.system import System

if TYPE_CHECKING:
    from kmtui.store.backups import Backups

RESPONSES = "-responses"
"""What the name of a lock has after the id of the survey."""

_WAIT = 30.0  # seconds for which an import waits for another one


class SurveyFiles:
    """The part of kmtui.store.protocol.Store that concerns surveys, where the methods are described."""

    _folder: Path
    _system: System
    _followups: Followups
    _responses: Responses

    @property
    def backups(self) -> Backups:
        """Copies of the whole workspace."""
        raise NotImplementedError

    def _lock(self, name: str, wait: float = 0) -> Lock:
        raise NotImplementedError

    def responses(self, survey_id: str) -> list[Response]:
        """Return all readable responses to a survey, finished or not, in the order of their random ids."""
        check_format(self._folder, self._system)
        return self._responses.all(survey_id)

    def add_response(self, response: Response) -> None:
        """Write a new response. Raises ChangedMeanwhile if its id is there already, StoreError."""
        make_workspace(self._folder, self._system)
        _refuse_deleted(self._followups, response.survey)
        self._responses.add(response)

    def save_response(self, response: Response) -> None:
        """Put a response in the place of the one with its id. When this returns it is on disk. Raises StoreError."""
        self._responses.save(response)

    def seen(self, survey_id: str) -> frozenset[str]:
        """Return the marks of the responses that were imported, which nothing ties to single responses."""
        check_format(self._folder, self._system)
        return self._responses.seen(survey_id)

    def alone(self, survey_id: str) -> AbstractContextManager[None]:
        """Hold the responses to a survey alone, so that nobody else takes in answers to it or closes it meanwhile."""
        check_format(self._folder, self._system)
        return removal.alone_with_responses(self._lock(f"{layout.checked(survey_id)}{RESPONSES}", _WAIT))

    def add_responses(self, responses: Sequence[Response], marks: Collection[str]) -> None:
        """Write new responses to one survey, in the order given, with the marks of what they were: all or none."""
        make_workspace(self._folder, self._system)
        for survey_id in {response.survey for response in responses}:
            _refuse_deleted(self._followups, survey_id)
        self._responses.add_all(responses, marks)

    def clear_interrupted(self, survey_id: str) -> int:
        """Remove what is left of imports that were not completed, and return how many those were."""
        check_format(self._folder, self._system)
        return self._responses.clear_interrupted(survey_id)

    def damaged_responses(self, survey_id: str) -> list[Trouble]:
        """Return the files among the responses to a survey that cannot be read, whether it is open or closed."""
        check_format(self._folder, self._system)
        return self._responses.damaged(survey_id)

    def forget_seen(self, survey_id: str) -> None:
        """Delete the marks of the responses to a closed survey for good."""
        check_format(self._folder, self._system)
        removal.forget_responses(self._folder, survey_id, self._system, only_marks=True)
        self.backups.forget_responses(survey_id, only_marks=True)

    def forget_responses(self, survey_id: str) -> None:
        """Delete all responses to a closed survey, and their marks, for good."""
        check_format(self._folder, self._system)
        removal.forget_responses(self._folder, survey_id, self._system)
        self._responses.forget(survey_id)
        self.backups.forget_responses(survey_id)


def _refuse_deleted(followups: Followups, survey_id: str) -> None:
    if survey_id in followups.deleted():
        raise StoreError(f"The survey {survey_id} was deleted, so nothing was added to it.")
