"""A stretch of time as people say it: a year, a quarter, a financial year, two dates.

The financial year of the NHS and of British public bodies goes from 1 April to 31 March. A quarter written after a
calendar year is one of that year, after a financial year one of that: 2026-Q1 begins in January, 2026/27-Q1 in April.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from kmtui.flow.typed import parse_date
from kmtui.model.base import ENGLISH_MONTHS, in_words
from kmtui.model.errors import WrongInput
from kmtui.model.numbers import Period

_APRIL = 4
_YEAR = re.compile(r"(\d{4})(?:[- ]?q([1-4]))?$")
_FINANCIAL = re.compile(r"(\d{4})/(\d{2})?(\d{2})(?:[- ]?q([1-4]))?$")
_MONTH = re.compile(r"(\d{4})-(\d{2})$")
_NAMED_MONTH = re.compile(r"([a-z]{3,9})\s+(\d{4})$")
_RELATIVE = re.compile(r"(this|last)\s+(month|quarter|year|financial year)$")
_BETWEEN = re.compile(r"(?:from |between )?(.+?)(?:\s+(?:to|until|and|-|–)\s+|\s*(?:\.\.|,)\s*)(.+)$")
_NO_YEAR = re.compile(r"\d{1,2}(?:[/.]\d{1,2}|(?:st|nd|rd|th)?\s+[a-z]+\.?)$")
_TWO_DATES = re.compile(r"(\d{4}-\d{2}-\d{2})\s+(\d{4}-\d{2}-\d{2})$")
_MONTHS_IN = {"month": 1, "quarter": 3, "year": 12, "financial year": 12}

PERIOD_HELP = (
    "Write it as 2026, 2026-Q1, 2025/26 (April to March), March 2026, this quarter, last year, last financial year, "
    "or 2026-01-01 to 2026-03-31."
)


def financial_year(today: date) -> Period:
    """Return the financial year that a day lies in, up to that day."""
    return until(_months(today.year - (today.month < _APRIL), _APRIL, 12), today)


def until(period: Period, today: date) -> Period:
    """Return a period without the days that have not come yet. One that has not begun stays as it is."""
    return Period(first=period.first, last=max(period.first, min(period.last, today)))


def between(first: date | None, last: date | None, today: date) -> Period:
    """Return the days from the first to the last, up to today.

    Without a first day it begins with the financial year of the last day; without a last day it goes to today.

    Raises:
        WrongInput: it would end before it begins, or has not begun yet.
    """
    end = min(last or today, today)
    begin = first or financial_year(end).first
    if begin > today:
        raise WrongInput(f"{in_words(begin)} has not come yet, so there is nothing to count.")
    if begin > end:
        raise WrongInput(f"{in_words(begin)} comes after {in_words(end)}. Give the earlier day first.")
    return Period(first=begin, last=end)


def parse_period(text: str, today: date) -> Period:
    """Return the period that somebody typed, up to today; the financial year so far for an empty text.

    Raises:
        WrongInput: it is no period, ends before it begins, or has not begun yet.
    """
    words = " ".join(text.lower().split())
    if not words:
        return financial_year(today)
    try:
        found = _named(words, today)
    except (ValueError, OverflowError):
        found = None
    if found is None:
        found = _two_dates(words, today)
    if found is None:
        raise WrongInput(f'"{text.strip()[:40]}" is not a period. {PERIOD_HELP}')
    return between(found.first, found.last, today)


def _named(words: str, today: date) -> Period | None:
    """Return a period that has a name of its own. Raises ValueError, OverflowError for one that cannot be."""
    if match := _RELATIVE.match(words):
        return _relative(match[1] == "last", match[2], today)
    if match := _YEAR.match(words):
        return _year(int(match[1]), 1, match[2])
    if match := _MONTH.match(words):
        if 1 <= int(match[2]) <= 12:
            return _months(int(match[1]), int(match[2]), 1)
    elif match := _NAMED_MONTH.match(words):
        spelt = [number for number, name in enumerate(ENGLISH_MONTHS, 1) if name.lower().startswith(match[1])]
        return _months(int(match[2]), spelt[0], 1) if len(spelt) == 1 else None
    if match := _FINANCIAL.match(words):
        first, century, second = int(match[1]), match[2], int(match[3])
        follows = second == (first + 1) % 100 and (century is None or int(century) == (first + 1) // 100)
        return _year(first, _APRIL, match[4]) if follows else None
    return None


def _relative(before: bool, what: str, today: date) -> Period:
    """Return the month, quarter or year that a day lies in, or the one before."""
    count = _MONTHS_IN[what]
    begins = _APRIL if what == "financial year" else 1
    behind = (today.month - begins) % count
    return _months(today.year, today.month - behind - count * before, count)


def _year(year: int, month: int, quarter: str | None) -> Period:
    """Return the year that begins with a month, or one of its quarters."""
    return _months(year, month, 12) if quarter is None else _months(year, month + 3 * (int(quarter) - 1), 3)


def _months(year: int, month: int, count: int) -> Period:
    """Return so many months; the first one may lie outside the year, as month 0 is December of the year before."""
    return Period(first=_first_of(year, month), last=_first_of(year, month + count) - timedelta(days=1))


def _first_of(year: int, month: int) -> date:
    return date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)


def _two_dates(words: str, today: date) -> Period | None:
    """Return the period between two dates. Raises WrongInput where one of them is none.

    What has no year is the latest such day on or before the last day, or the next one from the first day on.
    """
    match = _TWO_DATES.match(words) or _BETWEEN.match(words)
    if match is None:
        return None
    begin, end = match[1], match[2]
    if _NO_YEAR.match(begin):
        first = _latest(begin, today if _NO_YEAR.match(end) else _day(end, today))
    else:
        first = _day(begin, today)
    return Period(first=first, last=_day(end, first if _NO_YEAR.match(end) else today))


def _latest(words: str, day: date) -> date:
    """Return the latest day without a year that is not after another day."""
    found = _day(words, day)
    return found if found <= day else _day(words, day - timedelta(days=365))


def _day(words: str, today: date) -> date:
    try:
        found = parse_date(words, today)
    except WrongInput:
        found = None
    if found is None:
        raise WrongInput(f'"{words[:40]}" is not a date. {PERIOD_HELP}')
    return found
