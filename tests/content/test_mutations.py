"""Thousands of spoilt files: problems with a place at worst, soon, and never a traceback."""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from kmtui.content.answers import read_answers
from kmtui.content.check import check_file
from kmtui.content.library import Library
from kmtui.content.templates import assessment_template, session_template
from kmtui.model.errors import KmtuiError, Problem
from tests.content.helpers import DATA, MATRIX, TECHNIQUE, small_library
from tests.content.test_answers import ASSESSMENT, SESSION, WITHOUT_VARIANTS
from tests.content.test_set_up_answers import SET_UP
from tests.hostile import HOSTILE

pytestmark = pytest.mark.slow

PARTS = 10
FILES_OF_EACH = 500
SLOWEST = 1.0 if sys.gettrace() is None else 5.0  # gathering coverage takes the rest

SCALARS = (
    *HOSTILE,
    "~", "null", "''", '""', "[]", "{}", "[[[]]]", "{a: {b: {c: d}}}", "-", "- -", "? ", ": ", "|", ">", "|+9",
    "&a", "*a", "!!python/object:os.system", "!x", "<<: *a", "---", "...", "%YAML 1.2", "#", "'", '"', '"\\',
    '"\\ud800"', '"\\x00"', "0", "-1", "00", "010", "0x10", "0o7", "1_0", "1.5", "1,5", ".inf", "-.inf", ".nan", "nan",
    "inf", "1e400", "-0.0",
    "9" * 400, "9" * 5000, "1" + "0" * 400 + ".5", "12:30", "No", "yes", "2026-02-30", "0000-00-00", "2026-11-30",
    "[" * 200, "{" * 200, "- " * 200, "[" * 5000, "a: " * 100, "\t", "\ud800", "\0", "\x85", "\u2028",
    "\ufeff", "\uffff", "first", "small", "talk", "brief", "low", "[1, 2]", "[2, 1]", "[1, 999999999]",
    "{id: a}", "[a, [b, {c: d}]]",
)  # fmt: skip


def _flip(text: str, chance: random.Random) -> str:
    data = bytearray(text.encode("utf-8", "surrogatepass"))
    for _ in range(chance.randint(1, 4)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return data.decode("utf-8", "surrogateescape")


def _lines(text: str, chance: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    here = chance.randrange(len(lines))
    match chance.randrange(5):
        case 0:
            del lines[here]
        case 1:
            lines.insert(chance.randrange(len(lines)), lines[here])
        case 2:
            lines[here] = " " * chance.randint(1, 5) + lines[here]
        case 3:
            lines[here] = lines[here].lstrip()
        case _:
            chance.shuffle(lines)
    return "".join(lines)


def _value(text: str, chance: random.Random) -> str:
    """Put a hostile value in the place of another, behind a colon, a dash, a bracket or a comma."""
    places = [place for place, character in enumerate(text) if character in ":-[{,"]
    place = chance.choice(places) + 1 if places else 0
    ends = [found for stop in ",}]\n" if (found := text.find(stop, place)) >= 0]
    end = chance.choice([min(ends, default=len(text)), place])
    return f"{text[:place]} {chance.choice(SCALARS)}{text[end:]}"


def _cut(text: str, chance: random.Random) -> str:
    return text[: chance.randrange(len(text))]


def _put_in(text: str, chance: random.Random) -> str:
    place = chance.randrange(len(text))
    return text[:place] + chance.choice(SCALARS) + text[place:]


def _key(text: str, chance: random.Random) -> str:
    """Put a hostile key in the place of another."""
    colons = [place for place, character in enumerate(text) if character == ":"]
    end = chance.choice(colons) if colons else 0
    begin = end
    while begin and (text[begin - 1].isalnum() or text[begin - 1] in "_-"):
        begin -= 1
    return text[:begin] + chance.choice(SCALARS) + text[end:]


MUTATIONS = (_flip, _lines, _value, _value, _cut, _put_in, _key)


def _spoilt(text: str, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 3)):
        text = chance.choice(MUTATIONS)(text, chance) or "x"
    return text.encode("utf-8", "surrogateescape" if chance.random() < 0.9 else "surrogatepass")


def _encoded(text: str, chance: random.Random) -> bytes:
    try:
        return _spoilt(text, chance)
    except UnicodeEncodeError:  # a lone surrogate, which no file can hold: put it there as bytes
        return text.encode("utf-16", "surrogatepass")


def _well_told(problems: tuple[Problem, ...], path: Path) -> None:
    for problem in problems:
        assert problem.file == str(path)
        assert problem.line >= 1 and problem.column >= 1
        assert problem.message and "\n" not in problem.message and "\x1b" not in problem.message
        assert len(problem.message) < 2000


def _soon(what: Callable[[], object]) -> None:
    """Call something that may refuse, and see that it takes less than a second of the processor."""
    begun = time.process_time()
    try:
        what()
    except KmtuiError as error:
        assert str(error)
    took = time.process_time() - begun
    assert took < SLOWEST, f"{took:.2f} s"


def _try(path: Path, data: bytes, library: Library) -> None:
    path.write_bytes(data)
    _soon(lambda: _well_told(check_file(path, library), path))
    _soon(lambda: Library([], [path]).matrix())
    if b"technique" in data or b"assess" in data:
        text = data.decode("utf-8", "surrogateescape")
        _soon(lambda: read_answers(path, library, text))


def _originals(library: Library) -> list[str]:
    every_kind = (DATA / "techniques" / "every-kind.yaml").read_text(encoding="utf-8")
    halves = (DATA / "matrix-halves.yaml").read_text(encoding="utf-8")
    templates = [
        session_template(library.technique("talk").value, "whole"),
        assessment_template(library.matrix().value),
    ]
    return [MATRIX, halves, TECHNIQUE, every_kind, SESSION, WITHOUT_VARIANTS, ASSESSMENT, SET_UP, *templates]


@pytest.mark.parametrize("part", range(PARTS))
def test_spoilt_files_make_problems_and_no_traceback(part: int, tmp_path: Path) -> None:
    chance = random.Random(part)
    library = small_library(tmp_path)
    originals = _originals(library)
    folder = tmp_path / "spoilt"
    folder.mkdir()
    for _ in range(FILES_OF_EACH):
        _try(folder / "talk.yaml", _encoded(chance.choice(originals), chance), library)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "{" * 100_000,
        "- " * 100_000,
        "? " * 100_000,
        "a:\n" + "".join(" " * depth + "a:\n" for depth in range(1, 600)),
        "answers: " + "[" * 100_000,
        "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
        "bands: [" + "{id: a}," * 30_000 + "]",
        "sections: [" + "{}," * 60_000 + "]",
        "steps: [" + "{id: a, kind: collect, from: b}," * 7_000 + "]",
        "steps: [" + "x," * 120_000 + "]",
        "technique: talk\nanswers: {" + "".join(f"k{number}: ," for number in range(20_000)) + "}",
        "technique: talk\nanswers: {said: [" + "x," * 100_000 + "]}",
        "assess: small\nratings: {" + "".join(f"k{number}: 1," for number in range(20_000)) + "}",
        "".join(f"k{number}: 1\n" for number in range(20_000)),
        "k: 1\n" * 40_000,
        "title: " + "x" * 250_000,
        "x" * 250_000 + ": 1",
        "x" * 250_000,
        "'" * 250_000,
        '"' + "\\x41" * 60_000 + '"',
        "a: |\n" + " b\n" * 80_000,
        "#" * 250_000,
        "\n" * 250_000,
        "a: " + "\u2028" * 80_000,
        "- \x07" * 50_000,
        "a: b: " * 40_000,
        "{a: " + " " * 250_000,
        "*a " * 80_000,
        "- *a\n" * 50_000,
        "- !x y\n" * 30_000,
        "---\n" * 60_000,
    ],
    ids=lambda text: str(text[:24]),
)
def test_large_and_deep_files_end_soon(text: str, tmp_path: Path) -> None:
    library = small_library(tmp_path)
    folder = tmp_path / "spoilt"
    folder.mkdir()
    _try(folder / "talk.yaml", text.encode(), library)
