"""What home and the lists are made of: actions that are due, teams with their set-ups, follow-up."""

from __future__ import annotations

from datetime import date

import pytest

from kmtui.model.errors import NotFound, WrongInput
from kmtui.workspace.desk import Desk
from kmtui.workspace.planning import Planning
from kmtui.workspace.sessions import start_session
from kmtui.workspace.setups import keep_set_up, new_set_up
from tests.workspace.making import assessed, on_day, surveyed

TODAY = date(2026, 11, 22)


@pytest.fixture
def planned(small: Desk) -> Desk:
    """A plan with an action that is overdue, one due soon, one due late, one done, one not for us, and an idea."""
    desk = on_day(small, TODAY)
    plan = Planning(desk.tools, assessed(desk, "Ward 7", {}))
    days = {
        "late": date(2026, 12, 30),
        "soon": date(2026, 12, 6),
        "overdue": date(2026, 11, 21),
        "done": date(2026, 11, 1),
        "not for us": date(2026, 11, 1),
    }
    plan.write_own("idea")
    for words, due in days.items():
        plan.put(plan.write_own(words).id, owner="Sister", due=due)
    plan.put(plan.lines[-1].id, priority="not-for-us")
    plan.opened.close()
    desk.follow_up(next(line.id for line in desk.actions() if line.action == "done"), state="done")
    return desk


def test_home_counts_actions_and_not_ideas_and_shows_those_due_within_two_weeks(planned: Desk) -> None:
    glance = planned.glance()
    assert [line.action for line in glance.due] == ["overdue", "soon"]
    assert (glance.actions, glance.overdue, glance.assessments, glance.kept) == (3, 1, 1, 1)


def test_lists_have_the_urgent_first_then_ideas_then_what_is_not_for_the_team(planned: Desk) -> None:
    assert [line.action for line in planned.actions()] == ["overdue", "soon", "late", "idea", "not for us", "done"]


def test_an_idea_becomes_an_action_with_an_owner_and_a_day(planned: Desk) -> None:
    idea = next(line for line in planned.actions() if line.action == "idea")
    assert planned.follow_up(idea.id, owner="Porter").idea
    assert not planned.follow_up(idea.id, due=date(2026, 11, 1)).idea
    assert planned.actions()[0].action == "idea"
    assert planned.follow_up(idea.id, no_due=True).idea


def test_follow_up_keeps_what_changed_and_when_to_look_again(planned: Desk) -> None:
    line = planned.actions()[0]
    said = planned.follow_up(
        line.id[:11],
        outcome=" shorter\x1b[2J ",
        review=date(2027, 1, 1),
        done_when="ten minutes",
        note="slow",
    )
    assert (said.outcome, said.review, said.done_when, said.note) == (
        "shorter",
        date(2027, 1, 1),
        "ten minutes",
        "slow",
    )
    assert planned.follow_up(line.id, no_review=True).review is None
    (kept,) = [each for each in planned.read(line.source).actions if each.id == line.id]
    assert (kept.outcome, kept.review, kept.done_when) == ("shorter", None, "ten minutes")
    with pytest.raises(WrongInput):
        planned.follow_up(line.id)
    with pytest.raises(NotFound):
        planned.follow_up("0" * 12, note="x")


def test_teams_are_those_of_records_and_of_set_ups(small: Desk) -> None:
    assessed(small, "Ward 7", {})
    start_session(small.tools, "after-action-review", team="ward 7")
    surveyed(small, [], team="Ward 8")
    for team in ("WARD 7", "Library"):
        keep_set_up(small.tools, team, new_set_up(small.tools, "Spring"))
    assert [(line.name.casefold(), line.sessions, line.assessments, line.setups) for line in small.teams()] == [
        ("library", 0, 0, 1),
        ("ward 7", 1, 1, 1),
        ("ward 8", 0, 1, 0),
    ]
    assert small.teams_named()[0] == "Library"


def test_a_team_with_spaces_between_is_the_same_team(small: Desk) -> None:
    assessed(small, "Ward  7", {})
    keep_set_up(small.tools, "Ward 7", new_set_up(small.tools, "Spring"))
    assert [(line.assessments, line.setups) for line in small.teams()] == [(1, 1)]
