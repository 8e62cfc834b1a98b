"""What in a text may tell who somebody is: it is pointed out with its place, and a person decides."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime
from typing import Literal

from kmtui.analysis.identifiers_contacts import email_addresses, international_numbers, telephone_numbers
from kmtui.analysis.identifiers_dates import dates_of_birth
from kmtui.analysis.identifiers_names import titled_names
from kmtui.analysis.identifiers_nhs import is_nhs_number, nhs_numbers
from kmtui.analysis.identifiers_plain import plain
from kmtui.model.base import Value

__all__ = ["KIND_WORDS", "Finding", "Kind", "findings", "is_nhs_number", "place", "replaced"]

Kind = Literal["nhs-number", "date-of-birth", "email", "telephone", "titled-name"]
"""What a piece of text looks like."""

KIND_WORDS: dict[Kind, str] = {
    "nhs-number": "an NHS number",
    "date-of-birth": "a date of birth",
    "email": "an e-mail address",
    "telephone": "a telephone number",
    "titled-name": "a name with a title",
}
"""The kinds as people call them, for sentences such as: line 2, character 14: looks like a date of birth."""

_REPLACEMENTS: dict[Kind, str] = {
    "nhs-number": "[NHS number]",
    "date-of-birth": "[date of birth]",
    "email": "[e-mail address]",
    "telephone": "[telephone number]",
    "titled-name": "[name]",
}


class Finding(Value, frozen=True, kw_only=True):
    """A piece of a text that looks like an identifier: characters `start` up to and without `end`."""

    kind: Kind
    start: int
    end: int
    text: str


def findings(text: str, today: date | None = None) -> tuple[Finding, ...]:
    """Return what looks like an identifier of a person, in the order of the text and without overlaps.

    Of two that overlap, the surer kind is kept: an NHS number has a check digit, and wins over a telephone number. The
    time this takes grows with the length of the text and no faster, whatever is in it.

    Args:
        text: What a person has written; a digit, space or dash of any writing counts as one.
        today: The day from which years are counted; the present one by default.
    """
    words, places = plain(text)
    today = today or datetime.now(UTC).date()
    kept: list[Finding] = []
    taken = bytearray(len(words))
    for kind, (begin, end) in _found(words, today):
        if not any(taken[begin:end]):
            taken[begin:end] = b"\1" * (end - begin)
            start, stop = places[begin], places[end]
            kept.append(Finding(kind=kind, start=start, end=stop, text=text[start:stop]))
    return tuple(sorted(kept, key=lambda each: each.start))


def _found(words: str, today: date) -> Iterator[tuple[Kind, tuple[int, int]]]:
    """Yield all that is found, the surest first: nothing but a telephone number begins with + and a country."""
    yield from (("telephone", each) for each in international_numbers(words))
    yield from (("nhs-number", each) for each in nhs_numbers(words))
    yield from (("email", each) for each in email_addresses(words))
    yield from (("date-of-birth", each) for each in dates_of_birth(words, today))
    yield from (("telephone", each) for each in telephone_numbers(words))
    yield from (("titled-name", each) for each in titled_names(words))


def replaced(text: str, which: Collection[Finding]) -> str:
    """Return the text with a word in brackets for each of the findings, such as [NHS number].

    Raises:
        ValueError: A finding is not one of this text; nothing is replaced then, since it would be the wrong piece.
    """
    pieces, done = [], 0
    for each in sorted(set(which), key=lambda each: each.start):
        if each.start < done or text[each.start : each.end] != each.text:
            raise ValueError(f"no such finding in this text: {each.kind} at character {each.start + 1}")
        pieces += [text[done : each.start], _REPLACEMENTS[each.kind]]
        done = each.end
    return "".join([*pieces, text[done:]])


def place(text: str, finding: Finding) -> str:
    """Return where a finding begins, as people count: line 2, character 14. In a text of one line, character 14."""
    lines = text[: finding.start].split("\n")
    character = f"character {len(lines[-1]) + 1}"
    return f"line {len(lines)}, {character}" if "\n" in text.rstrip("\n") else character
