"""Surveys: an assessment to which individuals answer. Until it is closed only the number of answers is told."""

from __future__ import annotations

import contextlib
import hashlib
import random
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Literal, cast

from msgspec.structs import replace

from kmtui.analysis.survey import result_of
from kmtui.model.answers import ResponseAnswers
from kmtui.model.assessment import Assessment
from kmtui.model.base import Value
from kmtui.model.errors import ChangedMeanwhile, StoreError, WrongInput
from kmtui.model.survey import Column, Given, Reading, Refused, Response
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


def close_survey(tools: Tools, survey_id: str, fewest: int = FEWEST_FOR_SPREAD) -> Assessment:
    """Close a survey for good, keep what it came to, and return it. Who has closed it before is told.

    `fewest` is how many answers a criterion needs before more than its mean is shown.

    Raises:
        WrongInput: it is closed already.
        ChangedMeanwhile: another window has it open.
        StoreError: it could not be written, and is still open.
    """
    open_survey(tools, survey_id)
    handle = cast("Handle[Assessment]", tools.store.open(survey_id))
    try:
        result = result_of(handle.record.matrix, tools.store.responses(survey_id), fewest)
        now = tools.now()
        closed = replace(handle.record, closed=now, changed=now, survey=result)
        handle.save(closed)
        # Once more, so that the generation before is closed as well: an open one that was brought back could be closed
        # again with one answer more.
        with contextlib.suppress(StoreError):
            handle.save(replace(closed, changed=now + timedelta(seconds=1)))
        log.note("survey closed", id=survey_id, answered=result.answered)
        return handle.record
    finally:
        handle.close()


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


def take_in(tools: Tools, survey_id: str, reading: Reading) -> Taken:
    """Keep the responses of a file and return how many, and all that was refused. What is here already is refused.

    Raises:
        WrongInput: the survey is closed.
        StoreError: it could not be written; those before it are kept, and the same file can be taken in again.
    """
    open_survey(tools, survey_id)
    seen = set(tools.store.seen(survey_id))
    here = {response.id for response in tools.store.responses(survey_id)}
    refused: list[Refused] = list(reading.refused)
    new: list[tuple[Given, str]] = []
    for given in reading.given:
        mark = _mark(survey_id, given)
        if mark in seen or given.response_id in here:
            reason = "the same response is here already, and was not counted twice"
            refused.append(Refused(file=reading.file, row=given.row, reason=reason))
        else:
            seen.add(mark)
            new.append((given, mark))
    # In no order: that of the files on disk would tell who is who.
    random.SystemRandom().shuffle(new)
    read = 0
    for given, mark in new:
        if _kept(tools, survey_id, given):
            read += 1
        else:
            refused.append(Refused(file=reading.file, row=given.row, reason="a response with its id is here already"))
        tools.store.note_seen(survey_id, mark)
    log.note("survey import", id=survey_id, read=read)
    return Taken(read=read, refused=tuple(sorted(refused, key=lambda each: (each.file, each.row))))


def _mark(survey_id: str, given: Given) -> str:
    return hashlib.sha256(f"{survey_id}\n{given.mark}".encode()).hexdigest()


def _kept(tools: Tools, survey_id: str, given: Given) -> bool:
    response = Response(
        id=given.response_id or tools.ids.wholly_random(),
        survey=survey_id,
        role=given.role,
        ratings=given.ratings,
        finished=True,
    )
    try:
        tools.store.add_response(response)
    except ChangedMeanwhile:
        return False
    return True


def answer(tools: Tools, survey_id: str, answers: ResponseAnswers) -> Response:
    """Keep the answers of one person that a file or a script says. Raises WrongInput, StoreError."""
    open_survey(tools, survey_id)
    response = Response(
        id=tools.ids.wholly_random(),
        survey=survey_id,
        role=answers.role,
        ratings=answers.ratings,
        finished=True,
    )
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
