"""Periods as people type them: years, quarters, financial years, two dates."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kmtui.flow.period import between, financial_year, parse_period, until
from kmtui.model.errors import WrongInput
from kmtui.model.numbers import Period

TODAY = date(2026, 11, 22)
DAYS = st.dates(min_value=date(1990, 1, 1), max_value=date(2090, 12, 31))


def days(first: str, last: str) -> Period:
    return Period(first=date.fromisoformat(first), last=date.fromisoformat(last))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("", days("2026-04-01", "2026-11-22")),
        ("2025", days("2025-01-01", "2025-12-31")),
        ("2026", days("2026-01-01", "2026-11-22")),
        ("2026-Q1", days("2026-01-01", "2026-03-31")),
        ("2026 q2", days("2026-04-01", "2026-06-30")),
        ("2026Q3", days("2026-07-01", "2026-09-30")),
        ("2025-Q4", days("2025-10-01", "2025-12-31")),
        ("2026-Q4", days("2026-10-01", "2026-11-22")),
        ("2025/26", days("2025-04-01", "2026-03-31")),
        ("2025/2026", days("2025-04-01", "2026-03-31")),
        ("1999/00", days("1999-04-01", "2000-03-31")),
        ("1999/2000", days("1999-04-01", "2000-03-31")),
        ("2026/27", days("2026-04-01", "2026-11-22")),
        ("2026/27-Q1", days("2026-04-01", "2026-06-30")),
        ("2025/26 Q4", days("2026-01-01", "2026-03-31")),
        ("2024-02", days("2024-02-01", "2024-02-29")),
        ("2025-12", days("2025-12-01", "2025-12-31")),
        ("March 2026", days("2026-03-01", "2026-03-31")),
        ("sept 2026", days("2026-09-01", "2026-09-30")),
        ("this month", days("2026-11-01", "2026-11-22")),
        ("last month", days("2026-10-01", "2026-10-31")),
        (" This  Quarter ", days("2026-10-01", "2026-11-22")),
        ("last quarter", days("2026-07-01", "2026-09-30")),
        ("this year", days("2026-01-01", "2026-11-22")),
        ("last year", days("2025-01-01", "2025-12-31")),
        ("this financial year", days("2026-04-01", "2026-11-22")),
        ("last financial year", days("2025-04-01", "2026-03-31")),
        ("2026-01-01 2026-03-31", days("2026-01-01", "2026-03-31")),
        ("2026-01-01 to 2026-03-31", days("2026-01-01", "2026-03-31")),
        ("from 2026-01-01 until today", days("2026-01-01", "2026-11-22")),
        ("2026-01-01..2026-03-31", days("2026-01-01", "2026-03-31")),
        ("Between 1 January 2026 and 31 March 2026", days("2026-01-01", "2026-03-31")),
        ("1/1/2026 - 31/3/2026", days("2026-01-01", "2026-03-31")),
        ("1 January to 31 March", days("2026-01-01", "2026-03-31")),
        ("1 January to 31 March 2024", days("2024-01-01", "2024-03-31")),
        ("1st December to 31st January", days("2025-12-01", "2026-01-31")),
        ("1 Dec 2023 to 31 Jan", days("2023-12-01", "2024-01-31")),
        ("22 Nov to 22 Nov", days("2026-11-22", "2026-11-22")),
        ("1/12 to today", days("2025-12-01", "2026-11-22")),
        ("2026-11-01 to 2027-01-31", days("2026-11-01", "2026-11-22")),
    ],
)
def test_a_period_is_read_as_it_is_written(words: str, expected: Period) -> None:
    assert parse_period(words, TODAY) == expected


@pytest.mark.parametrize(
    ("words", "today", "expected"),
    [
        ("last month", date(2026, 1, 31), days("2025-12-01", "2025-12-31")),
        ("last quarter", date(2026, 3, 31), days("2025-10-01", "2025-12-31")),
        ("this financial year", date(2026, 3, 31), days("2025-04-01", "2026-03-31")),
        ("this financial year", date(2026, 4, 1), days("2026-04-01", "2026-04-01")),
        ("last financial year", date(2026, 2, 1), days("2024-04-01", "2025-03-31")),
        ("last year", date(2024, 2, 29), days("2023-01-01", "2023-12-31")),
        ("3 Mar to today", date(2024, 3, 2), days("2023-03-03", "2024-03-02")),
        ("1 Apr to 31 Mar", date(2026, 2, 1), days("2025-04-01", "2026-02-01")),
    ],
)
def test_a_period_goes_by_the_day_on_which_it_is_said(words: str, today: date, expected: Period) -> None:
    assert parse_period(words, today) == expected


@pytest.mark.parametrize(
    "words",
    [
        "soon",
        "2026-Q5",
        "2026-13",
        "2026-00",
        "2025/27",
        "2025/1926",
        "2025-26",
        "26",
        "0000",
        "9999",
        "mar",
        "ma 2026",
        "32 March to today",
        "2026-02-30 2026-03-31",
        "next year",
        "to",
        ", today",
    ],
)
def test_what_is_no_period_is_told_with_what_to_write(words: str) -> None:
    with pytest.raises(WrongInput, match=r"2025/26 \(April to March\)"):
        parse_period(words, TODAY)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("2026-03-31 to 2026-01-01", "31 March 2026 comes after 1 January 2026. Give the earlier day first."),
        ("2027", "1 January 2027 has not come yet, so there is nothing to count."),
        ("2027-02-01 to 2027-01-01", "1 February 2027 has not come yet, so there is nothing to count."),
    ],
)
def test_a_period_that_cannot_be_is_told_with_its_day(words: str, told: str) -> None:
    with pytest.raises(WrongInput) as caught:
        parse_period(words, TODAY)
    assert str(caught.value) == told


def test_without_a_first_day_it_begins_with_the_financial_year_and_without_a_last_one_it_goes_to_today() -> None:
    assert between(None, None, TODAY) == days("2026-04-01", "2026-11-22")
    assert between(date(2026, 10, 1), None, TODAY) == days("2026-10-01", "2026-11-22")
    assert between(None, date(2026, 2, 3), TODAY) == days("2025-04-01", "2026-02-03")
    assert between(TODAY, TODAY, TODAY) == Period(first=TODAY, last=TODAY)


@given(DAYS)
@example(date(2024, 2, 29))
@example(date(2026, 3, 31))
@example(date(2026, 4, 1))
def test_every_day_lies_in_its_month_quarter_and_years_and_what_was_last_ends_the_day_before(today: date) -> None:
    for what in ("month", "quarter", "year", "financial year"):
        this, last = parse_period(f"this {what}", today), parse_period(f"last {what}", today)
        assert this.holds(today)
        assert this.last == today
        assert last.last + timedelta(days=1) == this.first
    assert financial_year(today) == parse_period("this financial year", today)
    assert (financial_year(today).first.month, financial_year(today).first.day) == (4, 1)


@given(DAYS, DAYS)
def test_two_dates_are_read_as_those_dates(one: date, other: date) -> None:
    first, last = min(one, other), max(one, other)
    assert parse_period(f"{first} to {last}", last) == Period(first=first, last=last)


@given(st.text(max_size=30), DAYS)
def test_any_text_is_a_period_or_told_to_be_none(text: str, today: date) -> None:
    try:
        found = parse_period(text, today)
    except WrongInput:
        return
    assert found.first <= found.last <= today


def test_a_period_ends_today_at_the_latest() -> None:
    assert until(days("2026-01-01", "2026-12-31"), TODAY) == days("2026-01-01", "2026-11-22")
    assert until(days("2025-01-01", "2025-12-31"), TODAY) == days("2025-01-01", "2025-12-31")
    assert until(days("2027-01-01", "2027-12-31"), TODAY) == days("2027-01-01", "2027-01-01")
