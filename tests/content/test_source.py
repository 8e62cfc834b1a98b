"""From bytes to text: encodings, limits, and files that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

from kmtui.content.document import open_file, open_text
from kmtui.content.source import MATRIX_LIMIT, TECHNIQUE_LIMIT
from tests.content.helpers import told


def _told(path: Path, limit: int = MATRIX_LIMIT) -> list[str]:
    document = open_file(path, limit)
    return [problem.removeprefix(f"{path}:") for problem in told(document)]


@pytest.mark.parametrize(
    "data",
    [
        "a: é\n".encode(),
        b"\xef\xbb\xbf" + "a: é\n".encode(),
        "a: é\n".encode("utf-16"),
        b"\xfe\xff" + "a: é\n".encode("utf-16-be"),
        "a: é\r\n".encode(),
    ],
    ids=["utf-8", "byte order mark", "utf-16", "utf-16 big end first", "Windows line ends"],
)
def test_encodings_that_are_read(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(data)
    document = open_file(path)
    assert told(document) == []
    assert document.keys() == {"a"}


def test_a_byte_order_mark_in_a_text_is_passed_over() -> None:
    document = open_text("\ufeffa: b", "-")
    assert told(document) == []
    assert document.keys() == {"a"}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (
            b"a: 1\nb: \xc3\xa9\xe9\n",
            "2:5: byte 11 (0xe9) is not part of a UTF-8 text: save the file in the encoding UTF-8",
        ),
        (b"\xff\xfea", "1:2: byte 3 (0x61) is not part of a UTF-8 text: save the file in the encoding UTF-8"),
    ],
)
def test_other_encodings_name_the_byte(tmp_path: Path, data: bytes, message: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(data)
    found = _told(path)
    assert len(found) == 1
    assert found[0].split(": ", 1)[1] == message.split(": ", 1)[1]
    if data[0] != 0xFF:
        assert found == [message]


def test_a_file_at_its_limit_is_read_and_one_byte_more_is_not(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"a: " + b"b" * (TECHNIQUE_LIMIT - 3))
    assert _told(path, TECHNIQUE_LIMIT) == []
    path.write_bytes(b"a: " + b"b" * (TECHNIQUE_LIMIT - 2))
    assert _told(path, TECHNIQUE_LIMIT) == ["1:1: the file is larger than 256 KB, the most that is read of its kind"]


def test_a_text_is_measured_in_bytes() -> None:
    assert told(open_text("a: " + "é" * 200, "f", 400)) == [
        "1:1: the file is larger than 0 KB, the most that is read of its kind"
    ]


def test_files_that_cannot_be_read_say_why(tmp_path: Path) -> None:
    assert _told(tmp_path / "none.yaml") == ["1:1: there is no such file"]
    assert _told(tmp_path) == ["1:1: this is a folder, not a file"]
    assert "1:1: the file cannot be read (" in _told(tmp_path / ("x" * 5000))[0]
    assert told(open_file(Path("a\0b")))[0].endswith("1:1: the file cannot be read (embedded null byte)")
