"""Days as people and programs write them: 2026-11-22, 22/11/2026, 22 Nov 2026, November 22, 2026, Nov 2026, 2026."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from kmtui.model.base import ENGLISH_MONTHS
from kmtui.text import one_line

_LONGEST = 60
_FIRST_YEAR, _LAST_YEAR = 1900, 2199
_YEARS_AHEAD = 10
"""A year of two digits is taken for one of the last ninety years, or of the ten that come."""

_MONTHS = {name.lower(): number for number, name in enumerate(ENGLISH_MONTHS, 1)}
_MONTHS |= {name[:3]: number for name, number in _MONTHS.items()} | {"sept": 9}
_WEEKDAY = re.compile(r"^(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? +(?=[0-9a-z])")
_TIME = re.compile(r"(?:t|,? +(?:at +)?)[0-9]{1,2}:[0-9]{2}\b.*$")
_YEAR_FIRST = re.compile(r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})|([0-9]{4})([0-9]{2})([0-9]{2})")
_NUMBERS = re.compile(r"([0-9]{1,2}) ?([-/.]) ?([0-9]{1,2}) ?\2 ?([0-9]{4}|[0-9]{2})")
_DAY_MONTH = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th)?[ .-]*(?:of +)?([a-z]{3,9})\.?[ ,.-]*([0-9]{4}|'?[0-9]{2})")
_MONTH_DAY = re.compile(r"([a-z]{3,9})\.? *([0-9]{1,2})(?:st|nd|rd|th)?,? +([0-9]{4})")
_MONTH = re.compile(r"([a-z]{3,9})\.?(?:[ ,-]+([0-9]{4})|-([0-9]{2}))")
_NUMBERED_MONTH = re.compile(r"([0-9]{4})-([0-9]{1,2})|([0-9]{1,2})[/-]([0-9]{4})")


class Dates:
    """Reads the dates of one column, which are all written alike."""

    def __init__(self, texts: Iterable[str], today: date) -> None:
        """Look at all the texts: `month_first` where they only make sense as American dates, 11/22/2026."""
        self._today = today
        days, months = False, False
        for text in texts:
            found = _NUMBERS.fullmatch(_bare(text))
            if found is not None:
                days = days or int(found[1]) > 12
                months = months or int(found[3]) > 12
        self.month_first = months and not days

    def read(self, text: str) -> date | None:
        """Return the day that a text means: the first one of a month or a year alone; None where it is no date."""
        bare = _bare(text)
        if (found := _YEAR_FIRST.fullmatch(bare)) is not None:
            return _day(found[1] or found[5], found[3] or found[6], found[4] or found[7])
        if (found := _NUMBERS.fullmatch(bare)) is not None:
            day, month = (found[3], found[1]) if self.month_first else (found[1], found[3])
            return _day(self._year(found[4]), month, day)
        if (found := _DAY_MONTH.fullmatch(bare)) is not None:
            return _day(self._year(found[3].removeprefix("'")), _MONTHS.get(found[2]), found[1])
        if (found := _MONTH_DAY.fullmatch(bare)) is not None:
            return _day(found[3], _MONTHS.get(found[1]), found[2])
        if (found := _MONTH.fullmatch(bare)) is not None:
            return _day(found[2] or self._year(found[3]), _MONTHS.get(found[1]), 1)
        if (found := _NUMBERED_MONTH.fullmatch(bare)) is not None:
            return _day(found[1] or found[4], found[2] or found[3], 1)
        return _day(bare, 1, 1) if re.fullmatch("[0-9]{4}", bare) else None

    def _year(self, text: str) -> int:
        year = int(text)
        if len(text) > 2:
            return year
        year += self._today.year // 100 * 100
        return year - 100 if year > self._today.year + _YEARS_AHEAD else year


def _bare(text: str) -> str:
    """Return a date in small letters without its time and its day of the week; nothing where a text is no date."""
    if len(text) > _LONGEST:
        return ""
    return _TIME.sub("", _WEEKDAY.sub("", one_line(text).lower())).strip()


def _day(year: str | int, month: str | int | None, day: str | int) -> date | None:
    if month is None or not _FIRST_YEAR <= int(year) <= _LAST_YEAR:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
