"""Thousands of damaged files with lessons: wrong input at worst, soon, and nothing of them lost in silence."""

from __future__ import annotations

import json
import random
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kmtui.content.lesson_file import look_at, read_lessons
from kmtui.model.errors import WrongInput
from kmtui.model.imported import LessonReading
from kmtui.text import one_line
from tests.content.test_lesson_folder import WARD_MOVE
from tests.hostile import HOSTILE

SLOWEST = 5.0 if sys.gettrace() is None else 30.0
ROWS = 40
N = 400_000

PIECES = (
    *HOSTILE,
    '"',
    '""',
    '","',
    ",",
    ";",
    "|",
    "\n",
    "\r",
    "\x00",
    "\\",
    "{",
    "}",
    "[",
    "---\n",
    "# ",
    "```\n",
    "<p>",
    "&",
)


def _table(delimiter: str = ",") -> str:
    rows = [
        delimiter.join((f"k{n:03}a", f'"k{n:03}b{delimiter} and\nk{n:03}c"', f"k{n:03}d", f'"k{n:03}e ""so"""'))
        for n in range(ROWS)
    ]
    return "\n".join([delimiter.join(("Ref", "Lesson", "Context", "Recommendation")), *rows]) + "\n"


def _objects() -> list[dict[str, object]]:
    return [{"id": f"k{n:03}a", "lesson": f"k{n:03}b\nk{n:03}c", "tags": [f"k{n:03}d"]} for n in range(ROWS)]


FILES: dict[str, bytes] = {
    "commas.csv": _table().encode(),
    "semicolons.csv": _table(";").encode("cp1252"),
    "tabs.tsv": _table("\t").encode("utf-16"),
    "list.json": json.dumps(_objects(), indent=1).encode(),
    "lines.jsonl": "\n".join(json.dumps(each) for each in _objects()).encode(),
    "page.md": WARD_MOVE.encode(),
}
PRINTED = tuple(piece for piece in PIECES if not re.search("[\x1b\x80-\x9f\ud800-\udfff]", piece))
TOKEN = re.compile(r"k\d{3}[a-e]")


def _damage(data: bytes, chance: random.Random) -> bytes:
    here, there = sorted((chance.randrange(len(data)), chance.randrange(len(data))))
    match chance.randrange(6):
        case 0:
            return data[:here]
        case 1:
            return data[:here] + data[min(there, here + 200) :]
        case 2:
            return data[:there] + data[here : min(there, here + 300)] + data[there:]
        case 3:
            return data[:here] + bytes((data[here] ^ 1 << chance.randrange(8),)) + data[here + 1 :]
        case 4:
            return data[:here] + chance.randbytes(4) + data[here:]
        case _:
            return data[:here] + chance.choice(PIECES).encode("utf-8", "surrogatepass") + data[here:]


def _both(path: Path) -> LessonReading | None:
    try:
        look_at(path)
    except WrongInput as error:
        assert one_line(str(error)) == str(error)
    try:
        return read_lessons(path)
    except WrongInput as error:
        assert one_line(str(error)) == str(error)
        return None


@pytest.mark.parametrize("name", FILES)
def test_damaged_files_are_wrong_input_at_worst(name: str, tmp_path: Path) -> None:
    chance, path, read = random.Random(name), tmp_path / name, 0
    for _ in range(300):
        data = FILES[name]
        for _ in range(chance.randint(1, 4)):
            data = _damage(data or b"x", chance)
        path.write_bytes(data)
        reading = _both(path)
        read += reading is not None and len(reading.lessons) > 0
        lines = [each.line for each in reading.lessons] if reading else []
        lines += [each.line for each in reading.rejected] if reading else []
        for line in lines:
            assert 1 <= line <= data.count(b"\n") + data.count(b"\r") + 1
    assert read > 100  # or it would be the refusing that is tested


def _spans(reading: LessonReading, text: str) -> list[tuple[int, int]]:
    """Return the lines from each rejected row to the one before the next row."""
    begins = sorted([each.line for each in reading.lessons] + [each.line for each in reading.rejected])
    last = text.count("\n") + 2
    return [(each.line, next((line for line in begins if line > each.line), last)) for each in reading.rejected]


@settings(max_examples=300, deadline=None)
@given(st.integers(), st.lists(st.tuples(st.integers(30, 10_000), st.sampled_from(PRINTED)), max_size=5))
def test_every_row_is_read_or_named(
    tmp_path_factory: pytest.TempPathFactory, seed: int, put_in: list[tuple[int, str]]
) -> None:
    text, chance = _table(), random.Random(seed)
    head = text.index("\n") + 1
    for place, piece in put_in:
        at = head + place % (len(text) - head)
        text = text[:at] + piece + text[at + chance.randint(0, 2) :]
    path = tmp_path_factory.getbasetemp() / "rows.csv"
    path.write_bytes(text.encode())
    reading = read_lessons(path)
    lines = text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")
    told = {(each.line, reading.rejected.count(each)) for each in reading.rejected}
    assert len(told) == len(reading.rejected)
    kept = " ".join(
        " ".join((each.lesson, each.context, each.recommendation, each.reference)) for each in reading.lessons
    )
    spans = _spans(reading, lines)
    for token in TOKEN.finditer(lines):
        line = lines.count("\n", 0, token.start()) + 1
        assert token.group() in kept or any(begin <= line < end for begin, end in spans), token


HEAD, WIDE = "lesson,context,tags\n", "lesson,context,tags,cause,owner,title,team,date\n"
SLOW: dict[str, Callable[[], str]] = {
    "marks": lambda: HEAD + '"' * N,
    "marks that are never closed": lambda: HEAD + 'a,"b c,\n' * (N // 8),
    "marks around rows": lambda: WIDE + '"a,b,c,d,e,f,g,h\n1,2,3,4,5,6,7,8"\n' * (N // 34),
    "tags": lambda: HEAD + "x" + '<p a="' * (N // 6),
    "tags with spaces": lambda: HEAD + "<p " + "a= " * (N // 3),
    "comments": lambda: HEAD + "<p><!--" * (N // 7),
    "entities": lambda: HEAD + "&a" * (N // 2),
    "lines in a page": lambda: HEAD + '"<b>x</b>' + "\n \t" * (N // 3) + '"',
    "braces": lambda: "{" * N,
    "brackets": lambda: "[" * N,
    "deep objects": lambda: '{"a":[\n' * (N // 7),
    "objects that are cut": lambda: '{"lesson":"a"}\n' + '{"a":"\n' * (N // 7),
    "objects that are wrong": lambda: '[{"lesson":"a"},\n' + '{"lesson":a},\n' * (N // 14),
    "an endless text": lambda: '{"lesson":"a"}\n{"lesson":"' + "a" * N,
    "empty lines": lambda: "\n" * N + HEAD,
    "returns": lambda: HEAD.replace("\n", "\r") + "a,b,c\r" * (N // 6),
    "escapes": lambda: HEAD + "\x1b]" * (N // 2),
    "front matter": lambda: "---\n" + "a: [" * (N // 4) + "\n---\n",
    "lines of front matter": lambda: "---\n" + "---x\n" * (N // 5),
    "headings": lambda: "---\na: b\n---\n" + "# a\n" * (N // 4),
    "marks behind a heading": lambda: "---\na: b\n---\n# " + " #" * (N // 2),
    "fences": lambda: "---\na: b\n---\n" + "```\n" * (N // 4),
    "spaces in a date": lambda: "lesson,date\na," + " " * N + "x\n",
    "no letters of utf-8": lambda: HEAD + "\udcff," * (N // 2),
}


@pytest.mark.parametrize("name", SLOW)
def test_no_file_takes_long(name: str, tmp_path: Path) -> None:
    path = tmp_path / "slow.txt"
    path.write_bytes(SLOW[name]().encode("utf-8", "surrogateescape"))
    begun = time.monotonic()
    _both(path)
    assert time.monotonic() - begun < SLOWEST
