"""E-mail addresses and telephone numbers, as they are written in the United Kingdom, and international ones."""

from __future__ import annotations

import re
from collections.abc import Iterator

_LONGEST_LOCAL_PART = 64  # characters before the @, by RFC 5321
_DOMAIN = re.compile(r"@(?:[^\W_](?:[^\W_]|-){0,62}\.){1,8}[^\W\d_]{2,24}(?![^\W_])")
_IN_LOCAL_PART = frozenset(".-_'+%&")

# A digit, alone only where the group before it goes on: "0113 496 0000 2 visits" ends with the zeros.
_DIGIT = r"(?:[0-9]|[) .-]{1,3}[0-9](?=[0-9]))"
_EXTENSION = r"(?:[ ,]{0,2}(?:ext(?:n|ension)?|x)\.?[ :]{0,2}[0-9]{2,6}(?![0-9]))?"
_ENDS = r"(?![0-9a-wyz])(?![./-][0-9])"  # an x may begin an extension
_BEGINS = r"(?<![0-9a-z+])(?<![0-9][./,-])"
_UNITED_KINGDOM = re.compile(
    rf"{_BEGINS}\(?(?:\+|00)44[) .-]{{0,2}}(?:\(0\))?{_DIGIT}{{9,10}}{_ENDS}{_EXTENSION}", re.IGNORECASE
)
_ABROAD = re.compile(
    rf"{_BEGINS}\(?\+(?!44)[1-9][0-9]{{0,2}}[() -]{{0,3}}[0-9]{_DIGIT}{{7,12}}{_ENDS}{_EXTENSION}", re.IGNORECASE
)
_NATIONAL = re.compile(rf"{_BEGINS}\(?0[1-9][0-9]{_DIGIT}{{7,8}}{_ENDS}{_EXTENSION}", re.IGNORECASE)
_BY_ITS_WORD = re.compile(
    r"(?<![\w\[])(?:(?:tele)?phone|tel|mobile|mob|fax)\.?(?: (?:number|num|no)\.?)?[ :.#=-]{1,4}"
    r"(?![0-9]{1,4}[.-][0-9]{1,2}[.-][0-9]{2,4}(?![0-9]))"  # a date
    rf"(?P<number>[0-9](?:[ -]{{0,2}}[0-9]){{5,13}}){_ENDS}",
    re.IGNORECASE,
)
_IN_HOUSE = re.compile(
    r"(?<!\w)(?:ext(?:n|ension)?|bleep|pager|dect)\.?(?: (?:number|num|no)\.?)?[ :.#]{0,3}[0-9]{3,6}"
    r"(?![0-9])(?![/-][0-9]{2}(?![0-9]))(?!\.[0-9])",
    re.IGNORECASE,
)


def email_addresses(text: str) -> Iterator[tuple[int, int]]:
    """Yield the begin and end of each e-mail address in a plain text."""
    for domain in _DOMAIN.finditer(text):
        begin = at = domain.start()
        first = max(0, at - _LONGEST_LOCAL_PART)
        while begin > first and (text[begin - 1].isalnum() or text[begin - 1] in _IN_LOCAL_PART):
            begin -= 1
        while begin < at and not text[begin].isalnum():  # quotation marks, bullets, emphasis
            begin += 1
        if begin < at:
            yield begin, domain.end()


def international_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Yield the begin and end of each telephone number with its country in a plain text: +44 113 496 0000."""
    for pattern in (_UNITED_KINGDOM, _ABROAD):
        yield from map(_without_lonely_bracket, pattern.finditer(text))


def telephone_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Yield the begin and end of each other telephone number, extension and bleep in a plain text."""
    yield from map(_without_lonely_bracket, _NATIONAL.finditer(text))
    yield from (found.span("number") for found in _BY_ITS_WORD.finditer(text))
    yield from (found.span() for found in _IN_HOUSE.finditer(text))


def _without_lonely_bracket(found: re.Match[str]) -> tuple[int, int]:
    begin, end = found.span()
    return begin + (found[0].count("(") > found[0].count(")")), end
