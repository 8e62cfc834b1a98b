"""Dates of birth: full dates with a word that says so, and full dates of long ago that no event explains."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from kmtui.model.base import ENGLISH_MONTHS

LONG_AGO = 15
"""Years after which a date without a word beside it is rather that of a birth than that of a meeting."""

_OLDEST = 120  # years
_CENTURY = 100
_MONTH_NUMBERS = {month[:3].casefold(): number for number, month in enumerate(ENGLISH_MONTHS, 1)}

_MONTH = "|".join(rf"{month[:3]}(?:{month[3:]})?" for month in ENGLISH_MONTHS).replace("Sep(?:", "Sept?(?:")
_YEAR = r"(?:[0-9]{4}|'?[0-9]{2})"
_FULL_DATE = re.compile(
    r"(?<![0-9])(?<![0-9][/.-])(?:"
    rf"(?P<d1>[0-9]{{1,2}})(?P<s1> ?[/.-] ?| )(?P<m1>[0-9]{{1,2}})(?P=s1)(?P<y1>{_YEAR})"
    r"|(?P<y2>[0-9]{4})(?P<s2>[/.-])(?P<m2>[0-9]{1,2})(?P=s2)(?P<d2>[0-9]{1,2})"
    rf"|(?P<d3>[0-9]{{1,2}})(?:st|nd|rd|th)?(?: of)?[ ./-]{{0,2}}(?P<m3>{_MONTH})[.,]?[ ./-]{{0,2}}(?P<y3>{_YEAR})"
    rf"|(?<![^\W_])(?P<m4>{_MONTH})\.? (?P<d4>[0-9]{{1,2}})(?:st|nd|rd|th)?,? (?P<y4>{_YEAR})"
    r")(?![0-9])(?![/.-][0-9])",
    re.IGNORECASE,
)

_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun),? "
_BEFORE = 60  # characters that are looked through for the word
# The word's own replacement, "[date of birth]", is not one.
_SAYS_SO_BEFORE = re.compile(
    r"(?:(?<![\w\[])(?:d[./ ]{0,2}o[./ ]{0,2}bs?\b|dates? of birth|birth ?-?date|birthday|date born)[^0-9;\[\]\n]{0,40}"
    rf"|(?<!\w)born[ :,(-]{{0,3}}(?:(?:on|in) )?(?:the )?(?:{_WEEKDAY})?)\Z",
    re.IGNORECASE,
)
_SAYS_SO_AFTER = re.compile(
    r" ?[(,-]? ?(?:(?:is|was) (?:his|her|their|the|my) )?(?:d\.?o\.?b\b|date of birth|birthday)(?![^\n;]{0,4}[0-9])",
    re.IGNORECASE,
)
# An event: on 3 March 1999, since Wednesday, 3 March 1999, updated: 3 March 1999. Nobody's birth is told like that.
_EVENT_BEFORE = re.compile(
    r"(?<!\w)(?:(?:on|since|until|till|from|by|before|after|of|to|and|or|between|in|as|at|effective|version|release|"
    r"revision|rev|date|[a-z]{2,12}ed|[0-9]{1,3}\.[0-9.]{1,8})[ :,(\[]{1,3}(?:the )?"
    rf"(?:{_WEEKDAY})?|{_WEEKDAY})\Z",
    re.IGNORECASE,
)
_AND = re.compile(r",? (?:and|&) ")
_TIME_AFTER = re.compile(r",?[T ] {0,2}[0-9]{1,2}[:.][0-9]{2}|:[0-9]{2}")


def dates_of_birth(text: str, today: date) -> Iterator[tuple[int, int]]:
    """Yield the begin and end of each date of birth in a plain text."""
    end = len(text)
    for found in _FULL_DATE.finditer(text):
        day = _day(found, today)
        if day is None or day > today or today.year - day.year > _OLDEST:
            continue
        another = _AND.fullmatch(text, end, found.start())
        if another or _is_said_to_be_one(text, found) or _is_of_long_ago(text, found, day, today):
            end = found.end()
            yield found.span()


def _day(found: re.Match[str], today: date) -> date | None:
    """Return the day that is written, the British way or else the American one; None where there is no such day."""
    form = (found.lastgroup or "")[-1]
    day, month, year = (found[f"{part}{form}"] for part in "dmy")
    number = _year(year, today)
    named = _MONTH_NUMBERS.get(month[:3].casefold())
    orders = [(named, int(day))] if named else [(int(month), int(day)), (int(day), int(month))]
    for each in orders:
        try:
            return date(number, *each)
        except ValueError:
            continue
    return None


def _year(written: str, today: date) -> int:
    """Return the year; one of two digits is the last such year that has begun."""
    digits = written.lstrip("'")
    if len(digits) > 2:
        return int(digits)
    year = today.year - today.year % _CENTURY + int(digits)
    return year if year <= today.year else year - _CENTURY


def _is_said_to_be_one(text: str, found: re.Match[str]) -> bool:
    before = text[max(0, found.start() - _BEFORE) : found.start()]
    return bool(_SAYS_SO_BEFORE.search(before) or _SAYS_SO_AFTER.match(text, found.end()))


def _is_of_long_ago(text: str, found: re.Match[str], day: date, today: date) -> bool:
    """Tell whether a date without a word beside it is rather that of a birth: old, and without an event beside it."""
    british = found["m4"] is None and not (found["m1"] and int(found["m1"]) != day.month)
    usual = found["s1"] != " " and found["s2"] not in {"/", "."}
    in_full = str(day.year) in found[0]
    if not (british and usual and in_full and today.year - day.year > LONG_AGO) or _TIME_AFTER.match(text, found.end()):
        return False
    return _EVENT_BEFORE.search(text[max(0, found.start() - _BEFORE) : found.start()]) is None
