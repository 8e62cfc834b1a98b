"""Surveys: an assessment to which individuals answer. Until it is closed only the number of answers is told."""

from __future__ import annotations

import contextlib
import hashlib
import random
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Literal, cast

from msgspec.structs import replace

from kmtui.analysis.survey import result_of
from kmtui.flow.assessment import check_rating
from kmtui.model.answers import ResponseAnswers
from kmtui.model.assessment import Assessment
from kmtui.model.base import Value
from kmtui.model.errors import StoreError, WrongInput
from kmtui.model.survey import Column, Given, Reading, Refused, Response, SurveyResult
from kmtui.model.thresholds import FEWEST_FOR_SPREAD
from kmtui.store.protocol import Handle
from kmtui.text import clean
from kmtui.workspace import log
from kmtui.workspace.assessments import begin_assessment
from kmtui.workspace.setups import TeamSetUp
from kmtui.workspace.tools import Tools

Form = Literal["email", "paper", "csv", "yaml"]


class Status(Value, frozen=True, kw_only=True):
    """All that is told of a survey while it is open. `unfinished` were begun on this machine and not ended."""

    answered: int
    closed: bool
    unfinished: int = 0


class Taken(Value, frozen=True, kw_only=True):
    """What came of an import: how many responses were kept, and what was refused, with row and reason."""

    read: int
    refused: tuple[Refused, ...] = ()


def create_survey(
    tools: Tools,
    *,
    team: str = "",
    title: str = "",
    closes: date | None = None,
    organisation: str = "",
    on_behalf_of: str = "",
    setup: TeamSetUp | None = None,
) -> Assessment:
    """Begin a survey, put it on disk, and return it.

    Raises:
        WrongInput: there is no team, or every criterion is left out.
        NotFound, WrongContent: there is no such matrix.
        StoreError: the workspace cannot be written to.
    """
    assessment = begin_assessment(
        tools,
        title=title,
        team=team,
        organisation=organisation,
        on_behalf_of=on_behalf_of,
        setup=setup,
        way="survey",
        closes=closes,
    )
    if not assessment.team:
        raise WrongInput("A survey needs a team. Type whose it is.")
    tools.store.create(assessment).close()
    log.note("survey", id=assessment.id)
    return assessment


def survey(tools: Tools, survey_id: str) -> Assessment:
    """Return a survey. Raises NotFound, StoreError; WrongInput where the record is no survey."""
    found = tools.store.read(survey_id)
    if not isinstance(found, Assessment) or found.way != "survey":
        raise WrongInput(f'"{found.name}" is not a survey. kmtui survey create begins one.')
    return found


def open_survey(tools: Tools, survey_id: str) -> Assessment:
    """Return a survey to which responses can come. Raises WrongInput where it is closed; NotFound, StoreError."""
    found = survey(tools, survey_id)
    if not found.collecting:
        raise WrongInput(
            f'The survey "{found.name}" is closed. No more answers can come in, or two reports would tell '
            "what one person answered. Create another survey for them."
        )
    return found


def status(tools: Tools, survey_id: str) -> Status:
    """Return how many have answered, and whether the survey is closed: nothing else."""
    found = survey(tools, survey_id)
    responses = tools.store.responses(survey_id)
    finished = sum(response.finished for response in responses)
    answered = found.survey.answered if found.survey is not None else finished
    return Status(answered=answered, closed=not found.collecting, unfinished=len(responses) - finished)


def change_survey(
    tools: Tools, survey_id: str, *, title: str | None = None, closes: date | None = None, no_date: bool = False
) -> Assessment:
    """Give an open survey another title or return date and return it; what is None stays, `no_date` takes it away.

    Raises:
        WrongInput: the survey is closed.
        ChangedMeanwhile: another window has it open.
        NotFound, StoreError: it is not there, or could not be written.
    """
    open_survey(tools, survey_id)
    handle = cast("Handle[Assessment]", tools.store.open(survey_id))
    try:
        before = handle.record
        changed = replace(
            before,
            title=before.title if title is None else clean(title).strip(),
            closes=None if no_date else closes or before.closes,
        )
        if changed != before:
            handle.save(replace(changed, changed=tools.now()))
        return handle.record
    finally:
        handle.close()


def close_survey(
    tools: Tools, survey_id: str, fewest: int = FEWEST_FOR_SPREAD, *, leave_unfinished: bool = False
) -> Assessment:
    """Close a survey for good, keep what it came to, and return it.

    Args:
        tools: the store and the clocks.
        survey_id: its id.
        fewest: how many answers a criterion needs before more than its mean is shown.
        leave_unfinished: whether to close it though somebody has begun to answer and not handed in.

    Raises:
        WrongInput: it is closed already, somebody has not handed in, or a response cannot be read.
        ChangedMeanwhile: another window has it open.
        StoreError: it could not be written, and is still open.
    """
    with tools.store.alone(survey_id):
        tools.store.clear_interrupted(survey_id)
        found = open_survey(tools, survey_id)
        responses = tools.store.responses(survey_id)
        _check_readable(tools, found, responses)
        waiting = sum(not response.finished for response in responses)
        if waiting and not leave_unfinished:
            people = "1 person has" if waiting == 1 else f"{waiting} people have"
            raise WrongInput(f"{people} begun to answer and not handed in. Closing leaves that out for good.")
        closed = _closed(tools, survey_id, result_of(found.matrix, responses, fewest))
        with contextlib.suppress(StoreError):
            tools.store.forget_seen(survey_id)  # nothing is taken in any more, so nothing has to be told apart
        log.note("survey closed", id=survey_id, answered=closed.survey.answered if closed.survey else 0)
        return closed


def _closed(tools: Tools, survey_id: str, result: SurveyResult) -> Assessment:
    handle = cast("Handle[Assessment]", tools.store.open(survey_id))
    try:
        now = tools.now()
        closed = replace(handle.record, closed=now, changed=now, survey=result)
        handle.save(closed)
        # Once more, so that the generation before is closed as well: an open one that was brought back could be closed
        # again with one answer more.
        with contextlib.suppress(StoreError):
            handle.save(replace(closed, changed=now + timedelta(seconds=1)))
        return handle.record
    finally:
        handle.close()


def _check_readable(tools: Tools, found: Assessment, responses: Sequence[Response]) -> None:
    """Raise WrongInput where a response cannot be read or says what the survey did not ask: closing is for good."""
    files = [trouble.file for trouble in tools.store.damaged_responses(found.id)]
    files += [f"responses/{found.id}/{each.id}.json" for each in responses if not _sound(found, each)]
    if files:
        named = ", ".join(files[:3]) + (f" and {len(files) - 3} more" if len(files) > 3 else "")
        raise WrongInput(
            f"Not every answer can be read: {named}. Closing would leave it out for good. "
            "Put a good copy in its place, or move it out of the workspace to close without it."
        )


def _sound(found: Assessment, response: Response) -> bool:
    try:
        for rating in response.ratings:
            criterion = found.matrix.criterion(rating.criterion)
            if criterion is not None:
                check_rating(found.matrix, criterion, rating)
    except WrongInput:
        return False
    return True


def forget_responses(tools: Tools, survey_id: str) -> None:
    """Delete the single answers to a closed survey for good; what it came to stays.

    Raises:
        WrongInput: the survey is open, or the record is none.
        StoreError: they could not be deleted.
    """
    if survey(tools, survey_id).collecting:
        raise WrongInput("The survey is open, and its answers are needed. Close it first.")
    with tools.store.alone(survey_id):
        tools.store.forget_responses(survey_id)
    log.note("survey forgotten", id=survey_id)


def read_file(tools: Tools, survey_id: str, path: Path, mapping: Mapping[str, str] | None = None) -> Reading:
    """Return what is understood of a file with responses; nothing is kept yet.

    `mapping` gives columns by the id of a criterion.

    Raises:
        WrongInput: the survey is closed, or nothing of the file can be understood; the message says what to do.
    """
    from kmtui.content.survey_file import read_responses

    return read_responses(path, open_survey(tools, survey_id), mapping or {})


def columns_of(
    tools: Tools, survey_id: str, path: Path, mapping: Mapping[str, str] | None = None
) -> tuple[Column, ...]:
    """Return the columns of a table in which nothing could be read, with what each might be; none of other files."""
    from kmtui.content.survey_file import read_columns

    try:
        return read_columns(path, open_survey(tools, survey_id), mapping or {})
    except WrongInput:
        return ()


def take_in(tools: Tools, survey_id: str, readings: Sequence[Reading]) -> Taken:
    """Keep the responses of files, all of them or none, and return how many, and all that was refused.

    What is here already is refused, and not counted twice.

    Raises:
        WrongInput: the survey is closed.
        ChangedMeanwhile: another window is taking in answers.
        StoreError: it could not be written, and nothing of it was kept.
    """
    with tools.store.alone(survey_id):
        refused = _interrupted(tools.store.clear_interrupted(survey_id))
        open_survey(tools, survey_id)
        seen = set(tools.store.seen(survey_id))
        here = {response.id for response in tools.store.responses(survey_id)}
        new: list[Response] = []
        marks: list[str] = []
        for reading in readings:
            again = []
            for given in reading.given:
                mark = _mark(survey_id, given)
                if mark in seen or given.response_id in here:
                    again.append(Refused(file=reading.file, row=given.row, reason=_HERE_ALREADY))
                    continue
                response = _response(tools, survey_id, given)
                seen.add(mark)
                here.add(response.id)
                marks.append(mark)
                new.append(response)
            refused += sorted((*reading.refused, *again), key=lambda each: each.row)
        # In no order: that of the files on disk would tell who is who.
        random.SystemRandom().shuffle(new)
        if new:
            tools.store.add_responses(new, marks)
    log.note("survey import", id=survey_id, read=len(new))
    return Taken(read=len(new), refused=tuple(refused))


_HERE_ALREADY = (
    "a response with the same number, address, time or words is here already, and this one was not counted again"
)


def _interrupted(imports: int) -> list[Refused]:
    reason = "it was interrupted, and nothing of it was kept: take its file in again"
    return [Refused(file="An earlier import", row=0, reason=reason)] if imports else []


def _mark(survey_id: str, given: Given) -> str:
    return hashlib.sha256(f"{survey_id}\n{given.mark}".encode()).hexdigest()


def _response(tools: Tools, survey_id: str, given: Given) -> Response:
    return Response(
        id=given.response_id or tools.ids.wholly_random(),
        survey=survey_id,
        role=given.role,
        ratings=given.ratings,
        finished=True,
    )


def answer(tools: Tools, survey_id: str, answers: ResponseAnswers) -> Response:
    """Keep the answers of one more person, as a file or a script says them. Raises WrongInput, StoreError."""
    response = Response(
        id=tools.ids.wholly_random(),
        survey=survey_id,
        role=answers.role,
        ratings=answers.ratings,
        finished=True,
    )
    with tools.store.alone(survey_id):
        open_survey(tools, survey_id)
        tools.store.add_response(response)
    return response


def form(tools: Tools, survey_id: str, kind: Form) -> str:
    """Return a form to be sent round: text for an e-mail, Markdown to print, a CSV header, or YAML for a file."""
    found = open_survey(tools, survey_id)
    if kind == "yaml":
        from kmtui.content.templates import response_template

        return response_template(found)
    from kmtui.report import forms

    return {"email": forms.email_form, "paper": forms.paper_form, "csv": forms.csv_form}[kind](found)
