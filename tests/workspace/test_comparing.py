"""Teams and years beside each other, what was agreed last time, and who does something well."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from msgspec.structs import replace

from kmtui.model.errors import NotFound
from kmtui.model.rating import Rating
from kmtui.workspace.comparing import (
    NothingToCompare,
    View,
    before,
    comparison,
    comparison_json,
    comparison_report,
    comparison_sentences,
    team_trend,
    who_does_well,
)
from kmtui.workspace.desk import Desk
from kmtui.workspace.planning import Planning
from kmtui.workspace.sharing import own_copy
from kmtui.workspace.surveys import close_survey
from tests.workspace.making import Said, assessed, on_day, on_disk, surveyed

NOW, YEAR_BEFORE = date(2026, 11, 22), date(2025, 11, 22)
VIEWS: tuple[View, ...] = ("river", "stairs", "trend")


def at(level: int, target: int | None = None, rationale: str = "") -> Rating:
    """Return a rating with a level, perhaps a target and a reason."""
    return Rating(criterion="", level=level, target=target, rationale=rationale)


def kept(desk: Desk, team: str, said: Said, day: date = NOW) -> str:
    """Keep an assessment of a day, and return its id."""
    opened = assessed(on_day(desk, day), team, said)
    opened.finish()
    opened.close()
    return opened.record.id


def row(found: dict[str, Any], criterion: str) -> dict[str, Any]:
    """Return one criterion of a comparison."""
    return next(each for each in found["criteria"] if each["id"] == criterion)


@pytest.fixture
def three(small: Desk) -> Desk:
    """Three teams, one of them for the second time."""
    kept(small, "Ward 7", {"agenda": at(4)}, YEAR_BEFORE)
    kept(small, "Ward 7", {"agenda": at(2, 4), "papers": 3})
    kept(small, "Ward 8", {"agenda": at(5), "papers": "dont-know"})
    close_survey(small.tools, surveyed(on_day(small, NOW), [{"agenda": n} for n in (1, 2, 2, 5, 4)], team="Ward 9"))
    return small


def test_the_newest_assessment_of_each_team_stands_in_river_and_stairs(three: Desk) -> None:
    for view in ("river", "stairs"):
        found = comparison_json(view, comparison(three.tools, team="ward 8"))
        agenda = row(found, "agenda")
        assert (agenda["lowest"], agenda["highest"]) == (2, 5)
        assert {each["team"]: (each["level"], each["target"]) for each in agenda["teams"]} == {
            "Ward 7": (2, 4),
            "Ward 8": (5, None),
            "Ward 9": (2.8, None),
        }
        assert row(found, "minutes")["lowest"] is None
    (help_,) = row(comparison_json("stairs", comparison(three.tools)), "agenda")["help"]
    assert help_ == {"helper": "Ward 8", "seeker": "Ward 7"}


def test_a_trend_has_all_years_of_one_team(three: Desk) -> None:
    found = comparison_json("trend", team_trend(three.tools, " ward  7 "))
    assert row(found, "agenda")["points"] == [
        {"date": "2025-11-22", "level": 4, "target": None},
        {"date": "2026-11-22", "level": 2, "target": 4},
    ]
    assert found["team"] == "Ward 7"


@pytest.mark.parametrize("view", VIEWS)
def test_hidden_names_are_hidden_wherever_it_is_shown(three: Desk, view: View) -> None:
    found = (
        team_trend(three.tools, "Ward 7", hide_names=True)
        if view == "trend"
        else comparison(three.tools, hide_names=True)
    )
    told = [str(comparison_json(view, found)), comparison_report(three.tools, view, found)]
    for words in (*told, *comparison_sentences(view, found)):
        assert "Ward" not in words
    assert ("Our team" if view == "trend" else "Team A") in told[0]


def test_the_own_team_is_told_as_ours_where_names_are_hidden(three: Desk) -> None:
    found = comparison(three.tools, team="Ward 8", hide_names=True)
    assert found.teams[0] == "Our team"
    assert "Ward" not in str(comparison_json("stairs", found))


@pytest.mark.parametrize("call", [comparison, team_trend])
def test_where_names_are_hidden_no_error_tells_them(three: Desk, call: Any) -> None:
    with pytest.raises(NotFound) as told:
        call(three.tools, team="Nobody", hide_names=True)
    assert "Ward" not in str(told.value)
    with pytest.raises(NotFound) as told:
        team_trend(three.tools, hide_names=True)
    assert "Ward" not in str(told.value)


def test_an_assessment_that_went_on_in_a_copy_counts_once(three: Desk) -> None:
    one = next(each for each in three.tools.store.assessments() if each.team == "Ward 7")
    copy = own_copy(replace(one, changed=one.changed + timedelta(hours=1)), three.tools.ids)
    three.tools.store.create(copy).close()
    points = team_trend(three.tools, "Ward 7").criteria[0].points
    assert len(points) == len({each.date for each in points})


def test_an_empty_assessment_is_not_what_was_agreed_last_time(small: Desk) -> None:
    kept(small, "Ward 7", {"agenda": 2}, YEAR_BEFORE)
    kept(small, "Ward 7", {}, date(2026, 1, 5))
    found = before(small.tools, assessed(on_day(small, NOW), "Ward 7", {}).record)
    assert found is not None
    assert found.date == YEAR_BEFORE


def test_a_wrong_team_or_matrix_is_told_with_those_there_are(three: Desk) -> None:
    for call in (comparison, team_trend):
        with pytest.raises(NotFound, match=r"Teams: Ward 7, Ward 8, Ward 9\."):
            call(three.tools, team="Ward 70")
        with pytest.raises(NotFound, match=r"meetings \(How we meet\)"):
            call(three.tools, matrix_id="nothing")
    with pytest.raises(NotFound, match="Whose trend"):
        team_trend(three.tools)


def test_the_only_team_need_not_be_named(small: Desk) -> None:
    kept(small, "Ward 7", {"agenda": 2}, YEAR_BEFORE)
    kept(small, "WARD 7", {"agenda": 3}, NOW)
    assert len(team_trend(small.tools).dates) == 2


def test_nothing_to_compare_is_no_wrong_name(small: Desk) -> None:
    kept(small, "", {"agenda": 2})
    surveyed(small, [{"agenda": 1}] * 6)
    for call in (comparison, team_trend):
        with pytest.raises(NothingToCompare):
            call(small.tools, team="Ward 7")
        with pytest.raises(NothingToCompare):
            call(small.tools, matrix_id="nothing")


def test_an_open_survey_takes_no_part(three: Desk) -> None:
    told = comparison_report(three.tools, "river", comparison(three.tools))
    surveyed(three, [{"agenda": 1}] * 6, team="Ward 7")
    surveyed(three, [{"agenda": 1}] * 6, team="Ward 10")
    assert comparison_report(three.tools, "river", comparison(three.tools)) == told


def test_other_models_are_named_and_not_compared(three: Desk) -> None:
    other = three.tools.library.matrix("knowledge-mobilisation").value
    first = other.criteria[0].id
    opened = assessed(on_day(three, NOW), "Ward 11", {first: 3}, matrix_id=other.id)
    opened.close()
    found = comparison(three.tools, matrix_id="meetings")
    assert "Ward 11" not in found.teams
    assert any(each.team == "Ward 11" and each.what == other.title for each in found.not_compared)
    assert comparison(three.tools, matrix_id=other.id).teams == ("Ward 11",)


def test_the_assessment_before_is_of_the_same_team_and_knows_what_became_of_its_plan(small: Desk) -> None:
    first = assessed(on_day(small, YEAR_BEFORE), "Ward 7", {"agenda": 4})
    line = Planning(small.tools, first).write_own("Write one", "agenda")
    first.close()
    kept(small, "Ward 8", {"agenda": 1}, YEAR_BEFORE)
    small.follow_up(line.id, state="done", outcome="it works")
    now = on_disk(small, kept(small, "ward  7", {"agenda": 2}))
    found = before(small.tools, now)
    assert found is not None
    assert found.id == first.record.id
    assert (found.actions[0].state, found.actions[0].outcome) == ("done", "it works")
    assert before(small.tools, found) is None
    assert before(small.tools, replace(now, team="")) is None


def test_an_open_survey_is_not_the_assessment_before(small: Desk) -> None:
    surveyed(on_day(small, YEAR_BEFORE), [{"agenda": 1}])
    now = on_disk(small, kept(small, "Ward 7", {"agenda": 2}))
    assert before(small.tools, now) is None


def test_who_does_well_has_practice_first_and_then_those_who_stand_higher(small: Desk) -> None:
    practice = Rating(criterion="", level=4, example="We send it on Friday", contact="Clerk")
    kept(small, "Ward 8", {"agenda": practice})
    kept(small, "Ward 9", {"agenda": 5})
    kept(small, "Ward 10", {"agenda": 1, "papers": 5})
    own = on_disk(small, kept(small, "Ward 7", {"agenda": Rating(criterion="", level=2, example="x", contact="me")}))
    found = who_does_well(small.tools, own, "agenda")
    assert [(line.team, line.example, line.contact) for line in found.practices] == [
        ("Ward 8", "We send it on Friday", "Clerk")
    ]
    assert found.teams == ("Ward 9", "Ward 8")
    assert who_does_well(small.tools, own, "papers").teams == ("Ward 10",)
    assert who_does_well(small.tools, own, "minutes").practices == ()


def test_of_two_assessments_on_one_day_the_one_before_was_begun_before(small: Desk) -> None:
    """The ids of one second are in no order, and the wrong one was taken now and then."""
    ticks = (datetime(2026, 11, 22, 9, microsecond=each, tzinfo=UTC) for each in count())
    desk = Desk(replace(small.tools, now=lambda: next(ticks), today=lambda: NOW), small.folder)

    def another() -> str:
        opened = assessed(desk, "Ward 7", {"agenda": 3})
        opened.close()
        return opened.record.id

    first = another()
    for _ in range(6):
        later = another()
        found = before(desk.tools, on_disk(desk, later))
        assert found is not None
        assert found.id == first
        first = later
