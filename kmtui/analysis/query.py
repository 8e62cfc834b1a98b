"""What somebody asks of the register: words, phrases, and limits such as tag:moves or after:2026."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from typing import TypeVar

from msgspec.structs import replace

from kmtui.model.base import Day, Value
from kmtui.model.errors import WrongInput
from kmtui.model.lesson import LESSON_STATES, LessonState
from kmtui.model.session import KeepOrChange

Part = TypeVar("Part", str, tuple[str, ...])

_PART = re.compile(r'(?:(?P<limit>[A-Za-z]+):)?(?:"(?P<quoted>[^"]*)"?|(?P<plain>[^\s"]+))')
_LETTERS = "[^\\W_](?:[^\\W_]|[\u0300-\u036f])*"  # with their accents, also where these stand for themselves
_WORD = re.compile(f"{_LETTERS}(?:['’]{_LETTERS})*")
_DAY = re.compile(r"(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?")
_TEXTS = {"tag": "tags", "team": "teams", "technique": "techniques", "criterion": "criteria"}
LIMITS = ("tag", "team", "technique", "criterion", "state", "after", "before", "kind")
"""The words before a colon that narrow a search."""

MOST_LIMITS = 100
"""How many limits of one name a search has at most."""


class Query(Value, frozen=True, kw_only=True):
    """A search. All limits hold; of several with the same name, such as two teams, one is enough, but all tags count.

    `words` are whole words in small letters, `begun` are beginnings of words, `phrases` have their words in this order.
    Texts of limits are compared without regard to case; one that ends with * is a beginning. `since` and `until` are
    included.
    """

    words: tuple[str, ...] = ()
    begun: tuple[str, ...] = ()
    phrases: tuple[tuple[str, ...], ...] = ()
    tags: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()
    techniques: tuple[str, ...] = ()
    criteria: tuple[str, ...] = ()
    states: tuple[LessonState, ...] = ()
    kind: KeepOrChange | None = None
    since: Day | None = None
    until: Day | None = None

    @property
    def wordless(self) -> bool:
        """Whether only limits are asked for, so that the newest lessons come first."""
        return not (self.words or self.begun or self.phrases)


def parse_query(text: str, *, typing: bool = False) -> Query:
    """Return what a text asks for.

    Args:
        text: words; "phrases"; beginnings such as mov*; tag:, team:, technique:, criterion:, state:, kind:keep,
            after: and before: a year, a month or a day.
        typing: whether the last word may be half typed, so that its beginning is looked for.

    Raises:
        WrongInput: a limit has a value that it cannot have.
    """
    words: list[str] = []
    phrases: list[tuple[str, ...]] = []
    limits: dict[str, list[str]] = {name: [] for name in LIMITS}
    begun: list[str] = []
    for match in _PART.finditer(text):
        value = match["quoted"] if match["quoted"] is not None else match["plain"]
        limit = (match["limit"] or "").lower()
        found = _words(value)
        at_end = match.end() == len(text.rstrip()) and match["quoted"] is None
        if limit in limits and value:
            typed = typing and at_end and limit in _TEXTS and not text[-1:].isspace()
            limits[limit].append(f"{value.rstrip('*')}*" if typed else value)
        elif match["quoted"] is not None and len(found) > 1:
            phrases.append(found)
        else:
            words += [*_words(limit), *found]
            starred = match["quoted"] is None and value.endswith("*")
            if found and (starred or (at_end and typing and not text[-1:].isspace())):
                begun.append(words.pop())
    query = Query(words=_once(words), begun=_once(begun), phrases=_once(phrases))
    return _limited(query, limits)


def _once(parts: Iterable[Part]) -> tuple[Part, ...]:
    return tuple(dict.fromkeys(parts))


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(unicodedata.normalize("NFC", text).lower()))


def _limited(query: Query, limits: dict[str, list[str]]) -> Query:
    for name, values in limits.items():
        if len(values) > MOST_LIMITS:
            raise WrongInput(f'"{name}:" is there {len(values)} times. Name at most {MOST_LIMITS}.')
    texts = {field: tuple(limits[name]) for name, field in _TEXTS.items()}
    since = max((_first_day(value) for value in limits["after"]), default=None)
    until = min((_last_day(value) for value in limits["before"]), default=None)
    kinds = [_one_of(value, ("keep", "change"), "kind") for value in limits["kind"]]
    states = tuple(_one_of(value, LESSON_STATES, "state") for value in limits["state"])
    return replace(query, **texts, since=since, until=until, states=states, kind=kinds[-1] if kinds else None)


def _one_of(value: str, known: tuple[str, ...], limit: str) -> str:
    """Return the only one that begins so, since it may still be typed."""
    found = [each for each in known if each.startswith(value.lower())]
    if len(found) != 1:
        raise WrongInput(f'"{limit}:{value}" is none of these: {", ".join(f"{limit}:{each}" for each in known)}.')
    return found[0]


def _first_day(value: str) -> date:
    return _day(value, "after", (1, 1))


def _last_day(value: str) -> date:
    """Return the day before a year, a month or a day begins: before:2026 is all until the end of 2025."""
    first = _day(value, "before", (1, 1))
    return first if first == date.min else first - timedelta(days=1)


def _day(value: str, limit: str, rest: tuple[int, int]) -> date:
    match = _DAY.fullmatch(value)
    try:
        if match is None:
            raise ValueError
        return date(int(match[1]), int(match[2] or rest[0]), int(match[3] or rest[1]))
    except ValueError:
        raise WrongInput(
            f'"{limit}:{value}" is no date. Write a year, a month or a day: {limit}:2026, {limit}:2026-05.'
        ) from None
