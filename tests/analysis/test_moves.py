"""Criteria that moved: which levels are compared, and which are not."""

from __future__ import annotations

from datetime import UTC, date, datetime

from msgspec.structs import replace

from kmtui.analysis.moves import moves
from kmtui.model.assessment import Assessment
from kmtui.model.numbers import Move, Period
from tests.analysis.teams import surveyed, team, with_criterion
from tests.model.test_matrix import MATURITY
from tests.report.examples import MATRIX

QUARTER = Period(first=date(2026, 1, 1), last=date(2026, 3, 31))
LONG_AGO, BEFORE, EARLY, LATE, AFTER = (
    date(2024, 5, 1),
    date(2025, 12, 31),
    date(2026, 1, 1),
    date(2026, 3, 31),
    date(2026, 4, 1),
)
FIRST, SECOND, THIRD, *_ = (criterion.id for criterion in MATRIX.criteria)
BEGUN = datetime(2026, 1, 1, 9, tzinfo=UTC)


def on(day: date, level: float | None, name: str = "Ward 7", criterion: str = FIRST) -> Assessment:
    return team(name, {criterion: level}, date=day, id=f"{name} {day}", ended=BEGUN)


def told(*assessments: Assessment) -> list[tuple[str, str, float, float]]:
    return [(each.team, each.criterion, each.before, each.after) for each in moves(assessments, QUARTER)]


def test_a_criterion_moves_from_its_last_level_before_the_period_to_its_last_one_within() -> None:
    found = moves([on(LATE, 7), on(EARLY, 5), on(AFTER, 12), on(BEFORE, 4), on(LONG_AGO, 1)], QUARTER)
    name = MATRIX.criteria[0].name
    assert found == (
        Move(
            team="Ward 7",
            criterion=FIRST,
            criterion_name=name,
            before=4,
            before_on=BEFORE,
            after=7,
            after_on=LATE,
        ),
    )


def test_without_a_level_before_it_moves_from_the_first_one_within() -> None:
    assert told(on(EARLY, 5), on(LATE, 7), on(AFTER, 12)) == [("Ward 7", FIRST, 5, 7)]


def test_one_level_is_no_move_nor_are_two_before_or_after_the_period() -> None:
    assert told(on(EARLY, 5)) == []
    assert told(on(LONG_AGO, 5), on(BEFORE, 7)) == []
    assert told(on(BEFORE, 5), on(AFTER, 7)) == []
    assert told(on(BEFORE, 5), on(EARLY, None)) == []
    assert told(on(BEFORE, None), on(EARLY, 5)) == []
    assert told(on(BEFORE, 5, criterion=SECOND), on(EARLY, 5)) == []


def test_what_was_not_answered_the_last_time_moves_to_where_it_was_scored_last() -> None:
    assert told(on(BEFORE, 4), on(EARLY, 6), on(LATE, 3, criterion=SECOND)) == [("Ward 7", FIRST, 4, 6)]


def test_what_stays_where_it_was_is_told_too() -> None:
    assert told(on(BEFORE, 4), on(EARLY, 4)) == [("Ward 7", FIRST, 4, 4)]


def test_teams_go_in_order_of_the_alphabet_each_with_its_own_levels_whatever_the_case_of_its_name() -> None:
    found = told(
        on(LATE, 9, "ward 8"),
        on(EARLY, 6, "Ward 7"),
        on(BEFORE, 4, " ward  7"),
        on(BEFORE, 8, "Ward 8"),
        on(BEFORE, 1, ""),
        on(LATE, 2, ""),
    )
    assert found == [("Ward 7", FIRST, 4, 6), ("ward 8", FIRST, 8, 9)]


def test_other_words_and_other_models_are_not_compared() -> None:
    reworded = with_criterion(MATRIX, FIRST, indicator="Something else.")
    before = team(
        "Ward 7", {FIRST: 4, SECOND: 4}, date=BEFORE, id="before", ended=BEGUN, matrix=replace(reworded, version="0.9")
    )
    now = team("Ward 7", {FIRST: 6, SECOND: 6}, date=EARLY, id="now", ended=BEGUN)
    assert told(before, now) == [("Ward 7", SECOND, 4, 6)]
    other = team("Ward 7", {"a": 1}, matrix=MATURITY, date=EARLY, id="other", ended=BEGUN)
    assert told(on(BEFORE, 4), other) == []
    both = (on(BEFORE, 4), on(LATE, 6), other, replace(other, date=BEFORE, id="older"))
    assert sorted(told(*both)) == sorted([("Ward 7", FIRST, 4, 6), ("Ward 7", "a", 1, 1)])


def test_only_what_is_finished_or_closed_counts() -> None:
    assert told(on(BEFORE, 4), replace(on(EARLY, 6), ended=None)) == []
    survey = surveyed("Ward 7", {FIRST: 5.6}, date=EARLY, id="survey", ended=None)
    (found,) = moves([on(BEFORE, 4), survey], QUARTER)
    assert (found.after, found.before_mean, found.after_mean) == (5.6, False, True)
    assert told(on(BEFORE, 4), replace(survey, closed=None)) == []


def test_an_assessment_that_went_on_in_a_copy_counts_once() -> None:
    first = replace(on(EARLY, 5), begun=BEGUN)
    later = first.changed.replace(year=first.changed.year + 1)
    copy = replace(on(EARLY, 7), id="copy", begun=BEGUN, changed=later)
    assert told(first, copy) == []
    assert told(on(BEFORE, 4), first, copy) == [("Ward 7", FIRST, 4, 7)]
    assert told(on(BEFORE, 4), first, replace(copy, ended=None)) == [("Ward 7", FIRST, 4, 5)]
