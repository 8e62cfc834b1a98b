"""A text as the search for identifiers reads it: one kind of digit, space, hyphen and apostrophe, nothing invisible."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

_LOOKS_LIKE = {
    "\N{MINUS SIGN}": "-",
    "\N{MIDDLE DOT}": ".",
    "\N{LEFT SINGLE QUOTATION MARK}": "'",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
    "\N{MODIFIER LETTER APOSTROPHE}": "'",
    "\t": " ",
}
_BY_CATEGORY = {"Zs": " ", "Pd": "-", "Cf": "", "Mn": "", "Me": ""}
_WIDE = range(0xFF01, 0xFF5F)  # full-width forms of ! to ~
_TO_NARROW = 0xFEE0


def plain(text: str) -> tuple[str, Sequence[int]]:
    """Return the text in plain characters, and where each of them stands in the text; after these, its length.

    Every digit of any writing becomes one of 0 to 9, every space and tab a space, every dash a hyphen. Accents that
    stand alone, joiners and other characters without a width are left out, so that nothing hides behind them.
    """
    if text.isascii():
        return text.replace("\t", " "), range(len(text) + 1)
    table = {ord(each): _plain(each) for each in set(text)}
    places = [place for place, each in enumerate(text) if table[ord(each)]]
    return text.translate(table), [*places, len(text)]


def _plain(character: str) -> str:
    """Return one character or, where it has no width, none."""
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if ord(character) in _WIDE:
        return chr(ord(character) - _TO_NARROW)
    return _LOOKS_LIKE.get(character) or _BY_CATEGORY.get(category, character)
