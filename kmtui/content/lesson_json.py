"""Lessons in JSON: a list of objects, as `kmtui search --json` prints it, or an object in each line."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from kmtui.content.incoming import Decoded, unreadable
from kmtui.content.lesson_source import MOST_ROWS, Row, Source, by_windows
from kmtui.content.survey_csv import MOST_CELLS
from kmtui.model.errors import WrongInput
from kmtui.model.imported import Rejected
from kmtui.text import one_line

_DEEPEST = 8
_WINDOW = 4096
_LONGEST_TOKEN = 16  # true, \\ud83d, -Infinity: such a word may be cut at the end of what is looked at
_LONGEST_NAME = 2000
_BETWEEN = re.compile(r"[\s,]*")
_LIKE_JSON = re.compile(r'\[?\s*\{\s*"')
_SPACES = re.compile(r"\s*")
_NEXT_OBJECT = re.compile(r"\n[ \t]*\{")

_Found = list[tuple[int, dict[str, Any]] | Rejected]


def json_of(read: Decoded, name: str, *, named_so: bool) -> Source | None:
    """Return the objects in a text, or None where it is no JSON.

    Raises:
        WrongInput: it is no JSON although its name (`named_so`) or its beginning says so, or there is too much in it.
    """
    begin = _SPACES.match(read.text)
    at = begin.end() if begin else 0
    if read.text[at : at + 1] not in ("[", "{"):
        if named_so:
            raise WrongInput(f"{name} is no JSON: it begins neither with [ nor with {{.")
        return None
    named_so = named_so or _LIKE_JSON.match(read.text, at) is not None
    found = _Objects(read.text, name).all(at)
    if not any(not isinstance(each, Rejected) for each in found) and found:
        if named_so and isinstance(found[0], Rejected):
            raise WrongInput(f"{name} has no lessons that can be read. Line {found[0].line}: {found[0].reason}.")
        return None
    keys: dict[str, int] = {}
    for each in found:
        if not isinstance(each, Rejected):
            for key in each[1]:
                keys.setdefault(_heading(key), len(keys))
        if len(keys) > MOST_CELLS:
            raise WrongInput(f"{name} has more than {MOST_CELLS:,} different keys. Keep those of lessons.")
    return Source(
        name=name,
        kind="json",
        headings=tuple(keys),
        rows=lambda _used: _rows(found, keys),
        encoding=read.encoding,
        notes=by_windows(read),
    )


def _rows(found: _Found, keys: dict[str, int]) -> Iterator[Row | Rejected]:
    for each in found:
        if isinstance(each, Rejected):
            yield each
            continue
        line, pairs = each
        texts = ((keys[_heading(key)], _text(value)) for key, value in pairs.items())
        yield Row(line, {place: text for place, text in texts if text.strip()})


def _heading(key: str) -> str:
    return one_line(key[:_LONGEST_NAME])


def _text(value: Any, depth: int = 0) -> str:
    """Return a value as text: a list line by line, an object with its keys."""
    if isinstance(value, str):
        return value
    if value is None or depth > _DEEPEST:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        texts = (_text(each, depth + 1) for each in value)
        return "\n".join(text for text in texts if text)
    texts = (f"{key}: {text}" for key, each in value.items() if (text := _text(each, depth + 1)))
    return "\n".join(texts)


class _Broken(Exception):
    """What is wrong, and where."""

    def __init__(self, words: str, at: int) -> None:
        super().__init__(words[:1].lower() + words[1:])
        self.at = at


class _Objects:
    """Finds one object after the other, so that a damaged one takes no others with it."""

    def __init__(self, text: str, name: str) -> None:
        self._text, self._name = text, name
        self._line, self._seen = 1, 0
        self._found: _Found = []
        # Numbers stay as they are written: what is asked for are texts, and long ones take time.
        self._decoder = json.JSONDecoder(parse_float=str, parse_int=str, parse_constant=str)

    def all(self, at: int) -> _Found:
        in_list = self._text[at] == "["
        at += in_list
        while True:
            between = _BETWEEN.match(self._text, at)
            at = between.end() if between else at
            if at >= len(self._text) or (in_list and self._text[at] == "]"):
                return self._found
            if len(self._found) >= MOST_ROWS:
                raise WrongInput(f"{self._name} has more than {MOST_ROWS:,} lessons. Divide it.")
            next_at = self._one(at)
            if next_at is None:
                return self._found
            at = next_at

    def _one(self, at: int) -> int | None:
        """Take what begins here, and return where it ends; None where nothing that follows can be read."""
        line = self._line_at(at)
        try:
            value, end = self._decoded(at)
        except _Broken as broken:
            where = self._text.count("\n", at, broken.at) + line
            next_at = self._next(at, broken.at)
            rest = "" if next_at < len(self._text) else ", and nothing behind it was read"
            reason = f"it cannot be read as JSON (line {where}: {broken}){rest}"
            self._found.append(Rejected(line=line, reason=reason))
            return next_at
        except (RecursionError, ValueError):
            reason = "it cannot be read as JSON: values lie in each other too deep, and nothing from here on was read"
            self._found.append(Rejected(line=line, reason=reason))
            return None
        if unreadable(self._text[at:end]):
            self._found.append(Rejected(line=line, reason="it has bytes that are not in this encoding"))
        elif not isinstance(value, dict):
            self._found.append(Rejected(line=line, reason="it is no object with a lesson in it"))
        elif value:
            self._found.append((line, value))
        return end

    def _decoded(self, at: int) -> tuple[Any, int]:
        """Return a value and where it ends. Python counts all lines for each error, so only a part is shown to it."""
        size = _WINDOW
        while True:
            window = self._text[at : at + size]
            try:
                value, end = self._decoder.raw_decode(window)
            except json.JSONDecodeError as error:
                cut = error.msg.startswith("Unterminated") or error.pos > len(window) - _LONGEST_TOKEN
                if cut and at + size < len(self._text):
                    size *= 2
                    continue
                raise _Broken(error.msg, at + error.pos) from None
            return value, at + end

    def _next(self, at: int, wrong: int) -> int:
        """Return where the next object begins: in a line of its own, not before the place that cannot be read."""
        begin = max(at + 1, self._text.rfind("\n", at, wrong + 1))
        found = _NEXT_OBJECT.search(self._text, begin)
        return found.end() - 1 if found else len(self._text)

    def _line_at(self, at: int) -> int:
        self._line += self._text.count("\n", self._seen, at)
        self._seen = at
        return self._line
