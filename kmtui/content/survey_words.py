"""How texts of form services are compared: without case, punctuation and spaces."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kmtui.text import clean

_WORD = re.compile(r"[^\W_]+")
_LONGEST = 1000  # no name or id is longer, and what is longer is only text


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of the beginning of a text, folded."""
    return _words_of(text[:_LONGEST])


@lru_cache(maxsize=4096)
def _words_of(text: str) -> tuple[str, ...]:
    folded = unicodedata.normalize("NFKC", clean(text)).casefold().replace("'", "").replace("’", "")
    return tuple(_WORD.findall(folded))


def compact(text: str) -> str:
    """Return the words of a text in one piece, so that `Response ID`, `response_id` and `ResponseId` are the same."""
    return "".join(words_of(text))


def word_set(text: str) -> frozenset[str]:
    """Return the words of a list in the code."""
    return frozenset(text.split())
