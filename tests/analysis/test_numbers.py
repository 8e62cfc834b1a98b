"""Counting: what lies in a period, whose it is, and what counts once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmtui.analysis.numbers import numbers
from kmtui.model.lesson import Use
from kmtui.model.lines import RecordLine
from kmtui.model.numbers import ActionFact, LessonFact, LessonTurn, Move, Numbers, Period, Tally, TeamTally

QUARTER = Period(first=date(2026, 1, 1), last=date(2026, 3, 31))
BEFORE, FIRST, WITHIN, LAST, AFTER = (
    date(2025, 12, 31),
    date(2026, 1, 1),
    date(2026, 2, 10),
    date(2026, 3, 31),
    date(2026, 4, 1),
)
NOON = datetime(2026, 2, 10, 12, tzinfo=UTC)


def line(record_id: str, team: str = "Ward 7", day: date = WITHIN, **fields: Any) -> RecordLine:
    about = {"kind": "session", "about": "aar", "about_name": "Review", "finished": True, "changed": NOON, **fields}
    return RecordLine(id=record_id, title="", team=team, date=day, **about)


def lesson(lesson_id: str, team: str = "Ward 7", day: date = WITHIN, **fields: Any) -> LessonFact:
    return LessonFact(id=lesson_id, team=team, date=day, **fields)


def action(action_id: str, team: str = "Ward 7", day: date = WITHIN, **fields: Any) -> ActionFact:
    return ActionFact(id=action_id, team=team, date=day, **fields)


def use(lesson_id: str, team: str = "Ward 7", day: date = WITHIN, record: str = "r") -> Use:
    return Use(lesson=lesson_id, record=record, title="", team=team, date=day, into="entry")


def turn(lesson_id: str, state: Any, day: date = WITHIN, team: str = "Ward 7") -> LessonTurn:
    return LessonTurn(lesson=lesson_id, team=team, state=state, day=day)


def move(team: str, before: float, after: float) -> Move:
    return Move(
        team=team, criterion="c", criterion_name="C", before=before, before_on=BEFORE, after=after, after_on=WITHIN
    )


def counted(
    sessions: Iterable[RecordLine] = (),
    *,
    lessons: Iterable[LessonFact] = (),
    actions: Iterable[ActionFact] = (),
    uses: Iterable[Use] = (),
    moves: Iterable[Move] = (),
    turns: Iterable[LessonTurn] = (),
    team: str = "",
) -> Numbers:
    return numbers(QUARTER, sessions, lessons, actions, uses, moves, team, turns=turns)


def test_where_nothing_was_done_everything_is_nought() -> None:
    assert counted() == Numbers(period=QUARTER, total=Tally())


def test_finished_sessions_of_the_period_count_with_their_people() -> None:
    total = counted(
        [
            line("1", day=BEFORE, people=50),
            line("2", day=FIRST, people=4),
            line("3", day=LAST, people=6),
            line("4", day=AFTER, people=50),
            line("5", people=50, finished=False),
        ]
    ).total
    assert (total.sessions, total.open_sessions, total.people_reached) == (2, 1, 10)


def test_an_assessment_counts_once_it_is_finished_and_a_survey_once_it_is_closed() -> None:
    total = counted(
        [
            line("1", kind="assessment", people=3),
            line("2", kind="assessment", people=50, finished=False),
            line("3", kind="assessment", people=5, finished=False, way="survey"),
            line("4", kind="assessment", people=50, finished=False, way="survey", collecting=True),
        ]
    ).total
    assert (total.assessments, total.people_reached, total.sessions, total.open_sessions) == (2, 8, 0, 0)
    assert total.techniques == ()


def test_a_session_that_went_on_in_a_second_window_counts_once_as_it_was_changed_last() -> None:
    later = NOON + timedelta(minutes=5)
    first = line("1", begun=NOON, people=4, finished=False)
    copy = line("2", " ward  7 ", begun=NOON, changed=later, people=6)
    for lines in ([first, copy], [copy, first]):
        total = counted(lines, uses=[use("a", record="1"), use("a", record="2")]).total
        assert (total.sessions, total.open_sessions, total.people_reached, total.uses) == (1, 0, 6, 1)
    apart = [line("1", begun=NOON), line("2", begun=later), line("3"), line("4"), line("5", "Ward 8", begun=NOON)]
    assert counted(apart).total.sessions == 5


def test_techniques_are_told_most_used_first_then_in_order_of_the_alphabet() -> None:
    lines = [
        line("1", about="fish", about_name="Fishbowl"),
        line("2", about="cafe", about_name="café"),
        line("3"),
        line("4", about_name="Review of old"),
        line("5", about="peer", about_name="Peer", finished=False),
    ]
    assert counted(lines).techniques == (("Review", 2), ("café", 1), ("Fishbowl", 1))


def test_lessons_of_the_period_are_captured_each_once() -> None:
    total = counted(
        lessons=[
            lesson("1", keep=True),
            lesson("1", keep=True),
            lesson("2", again="0"),
            lesson("3", day=BEFORE, again="0", keep=True),
            lesson("4", day=AFTER),
            lesson("5", imported=True, again="0", keep=True),
        ]
    ).total
    assert (total.lessons_captured, total.lessons_keep, total.seen_again) == (2, 1, 1)


def test_what_becomes_of_a_lesson_counts_on_its_day_and_once_for_each_lesson() -> None:
    total = counted(
        lessons=[lesson("1", day=BEFORE)],
        turns=[
            turn("1", "captured"),
            turn("1", "agreed", BEFORE),
            turn("1", "applied", FIRST),
            turn("1", "retired"),
            turn("1", "applied", LAST),
            turn("2", "applied"),
            turn("2", "retired", AFTER),
        ],
    ).total
    assert (total.lessons_captured, total.lessons_agreed) == (0, 0)
    assert (total.lessons_applied, total.lessons_retired) == (2, 1)


def test_a_lesson_that_two_teams_took_along_counts_for_each_and_once_in_the_whole() -> None:
    uses = [use("a"), use("a"), use("a", "Ward 8"), use("b", "Ward 8"), use("c", day=AFTER)]
    found = counted(uses=uses)
    assert (found.total.lessons_reused, found.total.uses) == (2, 4)
    assert [(each.tally.lessons_reused, each.tally.uses) for each in found.teams] == [(1, 2), (2, 2)]


def test_actions_are_closed_in_the_period_whenever_they_were_agreed() -> None:
    total = counted(
        actions=[
            action("1", day=BEFORE, due=LAST, closed=LAST, state="done"),
            action("2", due=FIRST, closed=WITHIN, state="done"),
            action("3", closed=WITHIN, state="done"),
            action("4", due=LAST, closed=WITHIN, state="dropped"),
            action("5", due=LAST, closed=AFTER, state="done"),
            action("6", due=LAST, state="done"),
            action("6", due=LAST, state="done"),
            action("7", day=AFTER, due=AFTER),
        ]
    ).total
    assert total.actions_agreed == 5
    assert (total.actions_closed, total.actions_dropped) == (3, 1)
    how = (total.actions_closed_on_time, total.actions_closed_late, total.actions_closed_without_a_day)
    assert how == (1, 1, 1)


@pytest.mark.parametrize(
    ("fields", "overdue"),
    [
        ({"due": WITHIN}, 1),
        ({"due": LAST}, 0),
        ({"due": None}, 0),
        ({"due": BEFORE, "day": BEFORE}, 1),
        ({"due": BEFORE, "day": AFTER}, 0),
        ({"due": WITHIN, "closed": LAST, "state": "done"}, 0),
        ({"due": WITHIN, "closed": AFTER, "state": "done"}, 1),
        ({"due": WITHIN, "closed": AFTER, "state": "dropped"}, 1),
        ({"due": WITHIN, "closed": None, "state": "done"}, 0),
    ],
)
def test_an_action_is_overdue_if_it_was_open_on_the_last_day_and_its_day_had_passed(
    fields: dict[str, Any], overdue: int
) -> None:
    assert counted(actions=[action("1", **fields)]).total.actions_overdue == overdue


def test_teams_go_in_order_of_the_alphabet_and_what_names_none_comes_last() -> None:
    found = counted(
        [line("1", " ward  8"), line("2", ""), line("3", "Ward 8"), line("4", "Élan", day=AFTER)],
        lessons=[lesson("1", "élan")],
        actions=[action("1", "Quiet", day=BEFORE)],
        moves=[move("Ward 7", 4, 6), move("ward 7", 4, 4)],
    )
    assert [each.team for each in found.teams] == ["Ward 7", "ward 8", "élan", ""]
    assert [each.tally.sessions for each in found.teams] == [0, 2, 0, 1]
    (moved,) = (each.tally for each in found.teams if each.tally.moves)
    assert (moved.criteria_moved_up, moved.criteria_moved_down, moved.criteria_same) == (1, 0, 1)


def test_of_one_team_only_what_it_did_is_counted() -> None:
    found = counted(
        [line("1", people=4), line("2", "Ward 8", people=9)],
        lessons=[lesson("1"), lesson("2", "Ward 8")],
        actions=[action("1"), action("2", "Ward 8")],
        uses=[use("1"), use("1", "Ward 8")],
        moves=[move("Ward 7", 4, 6), move("Ward 8", 4, 6)],
        turns=[turn("1", "applied"), turn("2", "applied", team="Ward 8")],
        team="  ward 7",
    )
    total = found.total
    ones = (total.sessions, total.lessons_captured, total.actions_agreed, total.uses, len(total.moves))
    assert ones == (1, 1, 1, 1, 1)
    assert (total.lessons_applied, total.people_reached, found.team) == (1, 4, "Ward 7")
    assert found.teams == (TeamTally(team="Ward 7", tally=total),)
    assert counted([line("1")], team=" Ward  99 ") == Numbers(period=QUARTER, team="Ward 99", total=Tally())


TEAMS = st.sampled_from(["Ward 7", "ward 7", "Ward 8", ""])
DAYS = st.dates(min_value=date(2025, 12, 1), max_value=date(2026, 4, 30))
IDS = st.sampled_from("abcdef")


@given(
    st.lists(st.builds(lesson, IDS, st.just("Ward 7"), DAYS)),
    st.lists(st.builds(use, IDS, TEAMS, DAYS)),
    st.lists(st.tuples(TEAMS, DAYS, st.integers(min_value=0, max_value=20))),
)
def test_the_teams_add_up_to_the_whole(
    lessons: list[LessonFact], uses: list[Use], held: list[tuple[str, date, int]]
) -> None:
    lines = [line(str(number), team, day, people=people) for number, (team, day, people) in enumerate(held)]
    found = counted(lines, lessons=lessons, uses=uses)
    for field in ("sessions", "people_reached", "lessons_captured", "uses"):
        assert sum(getattr(each.tally, field) for each in found.teams) == getattr(found.total, field)
    assert found.total.lessons_reused <= sum(each.tally.lessons_reused for each in found.teams)
    for each in found.teams:
        if each.team:
            assert counted(lines, lessons=lessons, uses=uses, team=each.team.upper()).total == each.tally
