"""Teams, years and surveys for the screens that look back or beside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from kmtui.model.answers import ResponseAnswers
from kmtui.model.assessment import Assessment
from kmtui.model.base import Level
from kmtui.model.rating import Rating
from kmtui.model.setup import Objective, SetUp
from kmtui.workspace import surveys
from kmtui.workspace.assessments import start_assessment
from kmtui.workspace.desk import Desk
from kmtui.workspace.planning import Planning
from kmtui.workspace.setups import TeamSetUp

LAST_YEAR = date(2025, 11, 3)


def criteria(desk: Desk) -> list[str]:
    """Return the ids of all criteria."""
    return [criterion.id for criterion in desk.tools.library.matrix().value.criteria]


def goal(desk: Desk, number: int, text: str = "Fewer beds moved twice") -> Objective:
    """Return a goal to which one criterion matters."""
    return Objective(text=text, criteria=(criteria(desk)[number],))


def assessed(
    desk: Desk,
    team: str,
    level: Level,
    *,
    day: date | None = None,
    target: Level | None = None,
    rationale: str = "",
    contact: str = "",
    goals: Sequence[Objective] = (),
    agreed: str = "",
    finish: bool = True,
) -> str:
    """Keep an assessment with one level on every criterion, and an action where one was agreed; return its id."""
    tools = desk.tools if day is None else replace(desk.tools, today=lambda: day)
    setup = TeamSetUp(team=team, setup=SetUp(id="s", name="", on_behalf_of="us", objectives=tuple(goals)))
    opened = start_assessment(tools, setup=setup)
    while opened.forward():
        opened.rate(level=level, rationale=rationale, target=target)
        if contact:
            opened.rate(example=f"What {team} does", contact=contact)
    if agreed:
        planning = Planning(tools, opened)
        line = planning.write_own(agreed, criteria(desk)[0])
        planning.put(line.id, owner="Bed manager", due=date(2026, 1, 2))
    opened.go(criteria(desk)[0])
    if finish:
        opened.finish()
    opened.close()
    return opened.record.id


def surveyed(desk: Desk, team: str, levels: Sequence[Level], *, close: bool = True, rationale: str = "") -> str:
    """Keep a survey in which each person gave one level; on the second criterion all gave the first one."""
    survey = surveys.create_survey(desk.tools, team=team, closes=date(2026, 12, 1))
    for number, level in enumerate(levels):
        ratings = [Rating(criterion=each, level=level) for each in criteria(desk)]
        ratings[0] = Rating(criterion=ratings[0].criterion, level=level, rationale=f"{rationale} {number}".strip())
        ratings[1:2] = [Rating(criterion=each.criterion, level=levels[0]) for each in ratings[1:2]]
        surveys.answer(desk.tools, survey.id, ResponseAnswers(survey=survey.id, ratings=tuple(ratings)))
    if close:
        surveys.close_survey(desk.tools, survey.id)
    return survey.id


def on_disk(desk: Desk, record_id: str) -> Assessment:
    """Return an assessment as it is on disk."""
    record = desk.read(record_id)
    assert isinstance(record, Assessment)
    return record
