"""Ids: twelve characters of Crockford base32, seconds first, then random."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections.abc import Callable

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
LENGTH = 12
_TIME_CHARACTERS = 7  # 35 bits of seconds last until the year 3058
_RANDOM_CHARACTERS = LENGTH - _TIME_CHARACTERS
_READ_AS = str.maketrans("ilo", "110")


def _base32(number: int, characters: int) -> str:
    digits = []
    for _ in range(characters):
        number, digit = divmod(number, 32)
        digits.append(ALPHABET[digit])
    return "".join(reversed(digits))


class IdMaker:
    """Makes ids that sort by the second in which they were made, and never repeats one within a process."""

    def __init__(
        self,
        seconds: Callable[[], float] = time.time,
        below: Callable[[int], int] = secrets.randbelow,
    ) -> None:
        """`seconds` is the time since 1970 in seconds; `below` draws a whole number from 0 to below its argument."""
        self._seconds = seconds
        self._below = below
        self._given: set[str] = set()
        self._lock = threading.Lock()

    def __call__(self) -> str:
        """Return a new id."""
        with self._lock:
            while True:
                made = _base32(int(self._seconds()), _TIME_CHARACTERS) + self._tail(_RANDOM_CHARACTERS)
                if made not in self._given:
                    self._given.add(made)
                    return made

    def wholly_random(self) -> str:
        """Return an id that tells nothing of when it was made (for survey responses)."""
        return self._tail(LENGTH)

    def _tail(self, characters: int) -> str:
        return _base32(self._below(32**characters), characters)


def derived_id(*parts: str) -> str:
    """Return the id that follows from some texts: the same ones give the same id anywhere, in their order."""
    digest = hashlib.sha256()
    for part in parts:
        content = part.encode("utf-8", "surrogatepass")
        digest.update(f"{len(content)}:".encode() + content)
    return _base32(int.from_bytes(digest.digest()), LENGTH)  # the last sixty bits


def as_typed(text: str) -> str:
    """Return an id, or its beginning, as people type it: in any case, with i and l for 1 and o for 0."""
    return text.strip().lower().translate(_READ_AS)


def is_id(text: str) -> bool:
    """Say whether the text is a whole id."""
    return len(text) == LENGTH and all(character in ALPHABET for character in text)
