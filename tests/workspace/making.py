"""Assessments and surveys of the small matrix, made through the use cases."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from msgspec.structs import replace

from kmtui.model.answers import ResponseAnswers
from kmtui.model.assessment import Assessment
from kmtui.model.base import Level
from kmtui.model.rating import Rating
from kmtui.workspace.assessments import OpenAssessment, start_assessment
from kmtui.workspace.desk import Desk
from kmtui.workspace.surveys import answer, create_survey

Said = dict[str, Level | str | Rating]
"""What is said by criterion: a level, a reason to leave it out, or a whole rating."""


def rating(criterion: str, said: Level | str | Rating) -> Rating:
    """Return a rating of what is said in short."""
    if isinstance(said, Rating):
        return replace(said, criterion=criterion)
    if isinstance(said, str):
        return Rating(criterion=criterion, skip=said)  # type: ignore[arg-type]
    return Rating(criterion=criterion, level=said)


def answered(survey_id: str, said: Said, role: str = "") -> ResponseAnswers:
    """Return what one person answers."""
    return ResponseAnswers(survey=survey_id, role=role, ratings=tuple(rating(*each) for each in said.items()))


def respond(desk: Desk, survey_id: str, people: Iterable[Said]) -> None:
    """Let people answer a survey."""
    for said in people:
        answer(desk.tools, survey_id, answered(survey_id, said))


def surveyed(desk: Desk, people: Iterable[Said], team: str = "Ward 7", **about: Any) -> str:
    """Create a survey, let people answer, and return its id."""
    made = create_survey(desk.tools, team=team, **about)
    respond(desk, made.id, people)
    return made.id


def assessed(desk: Desk, team: str, said: Said, **about: Any) -> OpenAssessment:
    """Assess a team in a group, and return the assessment, which is open for writing."""
    opened = start_assessment(desk.tools, team=team, **about)
    for criterion, what in said.items():
        opened.go(criterion)
        given = rating(criterion, what)
        fields = {name: getattr(given, name) for name in ("level", "skip", "rationale", "example", "target", "contact")}
        opened.rate(**{name: value for name, value in fields.items() if value not in (None, "")})
    return opened


def on_day(desk: Desk, day: date) -> Desk:
    """Return the same desk on another day."""
    tools = replace(desk.tools, today=lambda: day)
    return Desk(tools, desk.folder)


def on_disk(desk: Desk, record_id: str) -> Assessment:
    """Return an assessment as it is on disk."""
    found = desk.tools.store.read(record_id)
    assert isinstance(found, Assessment)
    return found
