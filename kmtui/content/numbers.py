"""Numbers and days out of texts, as people write them."""

from __future__ import annotations

from datetime import date

from kmtui.model.base import Level
from kmtui.model.matrix import as_level

_MOST_DIGITS = 9


def _digits(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS


def whole(text: str) -> int | None:
    """Return a whole number of up to nine digits, or None. 010 is ten: to people a leading 0 means nothing."""
    return int(text) if _digits(text.removeprefix("-")) else None


def level(text: str) -> Level | None:
    """Return a number with or without a part after the full stop (or comma), or None. No exponents, no infinity."""
    number = whole(text)
    if number is not None:
        return number
    before, point, after = text.replace(",", ".").partition(".")
    if point and _digits(before.removeprefix("-")) and _digits(after):
        return as_level(float(f"{before}.{after}"))
    return None


def yes_or_no(text: str) -> bool | None:
    """Return yes and true as True, no and false as False, anything else as None."""
    return {"yes": True, "true": True, "no": False, "false": False}.get(text.lower())


def day(text: str) -> date | None:
    """Return a day written as 2026-11-30, or None for any other way of writing one."""
    if len(text) != len("2026-11-30") or text[4] != "-" or text[7] != "-":
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
