"""What is counted: periods, closings and moves."""

from __future__ import annotations

from datetime import date

import pytest

from kmtui.model.numbers import ActionFact, Move, Period, Tally

DAY = date(2026, 3, 31)


def test_a_period_holds_both_its_ends() -> None:
    period = Period(first=date(2026, 1, 1), last=DAY)
    assert [period.holds(day) for day in (date(2025, 12, 31), date(2026, 1, 1), DAY, date(2026, 4, 1))] == [
        False,
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("due", "closed", "on_time"),
    [
        (DAY, DAY, True),
        (DAY, date(2026, 3, 30), True),
        (DAY, date(2026, 4, 1), False),
        (None, DAY, False),
        (DAY, None, False),
    ],
)
def test_an_action_is_on_time_until_the_end_of_its_day(due: date | None, closed: date | None, on_time: bool) -> None:
    assert ActionFact(id="a", team="", date=DAY, due=due, closed=closed, state="done").on_time is on_time


@pytest.mark.parametrize(
    ("before", "after", "change"), [(4, 6, 2), (6, 4, -2), (4, 4, 0), (5, 5.6, 0.6), (2.5, 3, 0.5), (5.61, 5.64, 0)]
)
def test_a_move_is_as_large_as_people_read_it(before: float, after: float, change: float) -> None:
    move = Move(team="", criterion="c", criterion_name="C", before=before, before_on=DAY, after=after, after_on=DAY)
    assert move.change == change
    tally = Tally(moves=(move,))
    ways = (tally.criteria_moved_up, tally.criteria_moved_down, tally.criteria_same)
    assert ways == (change > 0, change < 0, change == 0)
    assert tally.moved == ((move,) if change else ())
