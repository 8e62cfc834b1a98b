"""What a typed line is: words, or one of the commands that are understood at every prompt."""

from __future__ import annotations

import re
from collections.abc import Collection

from kmtui.model.base import Value

_ALONE = re.compile(
    r"(back|skip|list(?: all)?|edit|remove|undo|redo|time(?: pause| more)?|parked|notes|more|about|results|export"
    r"|quit)$",
    re.IGNORECASE,
)
_WITH_NUMBER = re.compile(r"(edit|remove|more|unpark)\s+(\d{1,4})$", re.IGNORECASE)
_WITH_TWO = re.compile(r"(move)\s+(\d{1,4})\s+(\d{1,4})$", re.IGNORECASE)
_PARK = re.compile(r"(park)\s+(.+)$", re.IGNORECASE | re.DOTALL)
_SAVE = re.compile(r"(save)\s+(.+\.json\W?)$", re.IGNORECASE)
_SAVE_ANYWHERE = re.compile(r"(save)\s+(.+)$", re.IGNORECASE)
_GO = re.compile(r"(go)\s+(\S+)$", re.IGNORECASE)
_ANSWERS = re.compile(r"(\d{1,3}):(?!\d)\s*(.+)$", re.DOTALL)
_NUMBERS = re.compile(r"[0-9]{1,4}(?:[ ,]+[0-9]{1,4})*$")
_MARKS = ("\\", '"', "'")


class Command(Value, frozen=True, kw_only=True):
    """A command with what stands behind it: words (`park`, `go`, `save`) or numbers (`edit`, `move`)."""

    word: str
    words: str = ""
    numbers: tuple[int, ...] = ()


def read_line(line: str, places: Collection[str] = (), *, unsaved: bool = False) -> str | Command:
    """Return the command that a line is, or its words.

    A line of words that would be a command is typed with a backslash or a quotation mark in front, which is then taken
    away. `places` are what `go` knows here; other words behind `go` are words. `unsaved` makes `save` take any path,
    while otherwise only one that ends in .json is meant as a path.
    """
    words = line.strip()
    found = _command(words, places, unsaved)
    if found is not None:
        return found
    return unmarked(words, places, unsaved=unsaved)


def unmarked(words: str, places: Collection[str] = (), *, unsaved: bool = False) -> str:
    """Return the words without the mark that keeps them from being read as a command, where it does that."""
    if not words.startswith(_MARKS):
        return words
    rest = words[1:] if words[0] == "\\" else words[1:].removesuffix(words[0])
    if words[0] != "\\" and words[0] in rest:  # somebody is quoted: "Park it" was all they said
        return words
    is_mark = _command(rest, places, unsaved) is not None or answered_number(rest) is not None
    return rest if is_mark or unmarked(rest, places, unsaved=unsaved) != rest else words


def answered_number(words: str) -> tuple[int, str] | None:
    """Return the number and the words of an entry that answers one of an earlier step: `2: because …`.

    A time of day (12:30) is not one.
    """
    match = _ANSWERS.match(words)
    return (int(match[1]), match[2]) if match else None


def typed_numbers(words: str) -> list[int] | None:
    """Return the numbers of a line that has nothing else in it, with spaces or commas between; else None."""
    return [int(each) for each in re.findall(r"\d+", words)] if _NUMBERS.match(words) else None


def _command(words: str, places: Collection[str], unsaved: bool) -> Command | None:
    if words.lower() in ("?", "help"):
        return Command(word="?")
    if match := _ALONE.match(words):
        return Command(word=match[1].lower())
    if match := _WITH_NUMBER.match(words) or _WITH_TWO.match(words):
        return Command(word=match[1].lower(), numbers=tuple(int(number) for number in match.groups()[1:]))
    if match := _PARK.match(words) or (_SAVE_ANYWHERE if unsaved else _SAVE).match(words):
        return Command(word=match[1].lower(), words=match[2].strip())
    match = _GO.match(words)
    if match and match[2].lower() in places:
        return Command(word="go", words=match[2].lower())
    return None
