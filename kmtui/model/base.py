"""What every value of the model has in common."""

from __future__ import annotations

import datetime
from typing import Literal

import msgspec


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """A frozen value: a change is a new value (`msgspec.structs.replace`)."""


Day = datetime.date
"""A calendar day; an alias, since many records have a field named date."""

Level = int | float
"""A place on the scale of a matrix: a whole number, or a half where the scale has half steps."""

State = Literal["open", "done", "dropped"]
"""What has become of an action."""

SCHEMA = 1
"""The number of the record format that this version writes. A record with a higher one opens read-only."""

ENGLISH_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def in_words(day: Day) -> str:
    """Return a date as British readers write it, whatever the locale: 1 December 2026."""
    return f"{day.day} {ENGLISH_MONTHS[day.month - 1]} {day.year}"


def utc_text(moment: datetime.datetime) -> str:
    """Return a moment as ISO 8601 text."""
    return moment.isoformat()
