"""One person who answers a survey on this machine, quietly and alone."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from kmtui.flow.assessment import check_rating
from kmtui.model.assessment import Assessment
from kmtui.model.errors import NotFound, WrongInput
from kmtui.model.ids import as_typed
from kmtui.model.matrix import Criterion
from kmtui.model.rating import Rating
from kmtui.model.survey import Response
from kmtui.text import clean
from kmtui.workspace.surveys import open_survey
from kmtui.workspace.tools import Tools


def next_person(tools: Tools, survey_id: str) -> Answering:
    """Return an empty response for the next person. Nothing is on disk before the first answer.

    Raises:
        WrongInput: the survey is closed.
    """
    found = open_survey(tools, survey_id)
    return Answering(tools, found, Response(id=tools.ids.wholly_random(), survey=survey_id), kept=False)


def go_on(tools: Tools, survey_id: str, code: str) -> Answering:
    """Return the answers that were begun and not handed in, for the person who knows their code.

    There is no list of them: nobody but that person is to see them.

    Raises:
        NotFound: nothing that was not handed in has this code.
        WrongInput: the survey is closed.
    """
    found = open_survey(tools, survey_id)
    typed = as_typed(code)
    begun = [each for each in tools.store.responses(survey_id) if not each.finished and each.id.startswith(typed)]
    if len(typed) < CODE or len(begun) != 1:
        raise NotFound("No answers that wait to be handed in have this code. Begin anew, or type it again.")
    return Answering(tools, found, begun[0], kept=True)


CODE = 6
"""How many characters of the id of a response are the code by which its person goes on with it."""


class Answering:
    """What one person answers, criterion by criterion. Every change is on disk before it is told as kept."""

    def __init__(self, tools: Tools, survey: Assessment, response: Response, *, kept: bool) -> None:
        self.tools = tools
        self.survey = survey
        self.response = response
        self._kept = kept
        answered = {rating.criterion for rating in response.ratings if rating.answered}
        open_ones = [n for n, each in enumerate(survey.matrix.criteria) if each.id not in answered]
        self._number = open_ones[0] if open_ones else 0

    @property
    def code(self) -> str:
        """What the person types to go on later, if the answers are not handed in now."""
        return self.response.id[:CODE]

    @property
    def criterion(self) -> Criterion:
        """The criterion that is asked now."""
        return self.survey.matrix.criteria[self._number]

    @property
    def rating(self) -> Rating:
        """What the person has answered on it so far."""
        return self.response.rating(self.criterion.id)

    @property
    def position(self) -> tuple[int, int]:
        """The number of the criterion, from 1, and how many there are."""
        return self._number + 1, len(self.survey.matrix.criteria)

    def forward(self) -> bool:
        """Go to the next criterion; return False at the last one."""
        return self._at(self._number + 1)

    def back(self) -> bool:
        """Go to the criterion before; return False at the first one."""
        return self._at(self._number - 1)

    def _at(self, number: int) -> bool:
        if not 0 <= number < len(self.survey.matrix.criteria):
            return False
        self._number = number
        return True

    def say_role(self, role: str) -> None:
        """Keep the role, which may stay empty. Raises StoreError."""
        self._save(replace(self.response, role=" ".join(clean(role).split())))

    def rate(self, **changes: Any) -> None:
        """Change level, skip or rationale of the present criterion; a level takes a skip away and the other way round.

        Raises:
            WrongInput: the scale has no such level.
            StoreError: it could not be written; the answer is kept in memory and saved with the next one.
        """
        if changes.get("level") is not None:
            changes = {"skip": None, **changes}
        elif changes.get("skip") is not None:
            changes = {"level": None, **changes}
        if isinstance(changes.get("rationale"), str):
            changes["rationale"] = clean(changes["rationale"]).strip()
        rating = replace(self.rating, **changes)
        check_rating(self.survey.matrix, self.criterion, rating)
        ratings = {each.criterion: each for each in self.response.ratings} | {rating.criterion: rating}
        order = [criterion.id for criterion in self.survey.matrix.criteria]
        kept = tuple(ratings[each] for each in order if each in ratings and not ratings[each].empty)
        self._save(replace(self.response, ratings=kept))

    def finish(self) -> None:
        """Hand the answers in. They are counted from now on and cannot be opened again.

        Raises:
            WrongInput: nothing has been answered yet, or the survey has been closed meanwhile.
            StoreError: it could not be written.
        """
        if not self.response.answered:
            raise WrongInput("Nothing is answered yet. Give at least one level, or say don't know.")
        with self.tools.store.alone(self.survey.id):  # so that it is not closed in this moment
            open_survey(self.tools, self.survey.id)
            self._save(replace(self.response, finished=True))

    def _save(self, response: Response) -> None:
        if self.response.finished:
            raise WrongInput("These answers have been handed in and cannot be changed.")
        self.response = replace(response, finished=False)
        if self._kept:
            self.tools.store.save_response(response)
        else:
            self.tools.store.add_response(response)
            self._kept = True
        self.response = response
