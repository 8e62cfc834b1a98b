"""kmtui import and kmtui bundle: the contract that scripts rely on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Kmtui

ROW = "Tell the porters,No list,2026-05-01\n"
HEAD = "Lesson,Cause,Date\n"


def table(folder: Path, text: str, name: str = "lessons.csv", encoding: str = "utf-8") -> Path:
    """Write a table."""
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def held(folder: Path) -> dict[str, bytes]:
    """Return all files in a folder."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


# Lessons


def test_lessons_are_counted_as_the_contract_says(kmtui: Kmtui, tmp_path: Path) -> None:
    file = table(tmp_path, HEAD + ROW + ROW + "Tell the porters,A list,2026-05-01\n,No lesson,2026-05-01\na,b,c,d,e\n")
    done = kmtui("import", file, "--as", "lessons", "--json")
    assert done.code == 0
    assert (done.json["read"], done.json["duplicates"]) == (2, 1)
    assert [row["line"] for row in done.json["rejected"]] == [5, 6]
    assert all(set(row) == {"line", "reason"} and len(row["reason"]) > 10 for row in done.json["rejected"])
    again = kmtui("import", file, "--as", "lessons", "--json").json
    assert (again["read"], again["duplicates"], len(again["rejected"])) == (0, 3, 2)
    plain = kmtui("import", file, "--as", "lessons")
    assert plain.out.splitlines()[0] == "0 new, 3 here already, 2 not read."
    assert plain.out.splitlines()[1].startswith("line 5: ")


def test_a_text_of_fifty_thousand_characters_is_kept_whole(kmtui: Kmtui, tmp_path: Path) -> None:
    long = 'Tell “them”, then "go".\n' * 2100
    long = long[:49_999] + "."
    quoted = long.replace('"', '""')
    file = table(tmp_path, f'{HEAD}"{quoted}","{quoted}",2026-05-01\n')
    assert kmtui("import", file, "--as", "lessons", "--json").json["read"] == 1
    (row,) = kmtui("search", "tell", "--json").json
    assert (row["lesson"], row["cause"]) == (long, long)
    out = tmp_path / "out.csv"
    assert kmtui("search", "tell", "--format", "csv", "-o", out).code == 0
    other = ("--workspace", tmp_path / "other")
    assert kmtui("import", out, "--as", "lessons", "--json", *other).json["read"] == 1
    (copy,) = kmtui("search", "tell", "--json", *other).json
    assert {**copy, "source": ""} == {**row, "source": ""}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings_are_found_out(kmtui: Kmtui, tmp_path: Path, encoding: str) -> None:
    file = table(tmp_path, HEAD + "Café – “früh” öffnen,Größe,2026-05-01\n", encoding=encoding)
    options = ("--encoding", encoding) if encoding == "utf-16-le" else ()
    assert kmtui("import", file, "--as", "lessons", "--json", *options).json["read"] == 1
    assert kmtui("search", "--json").json[0]["lesson"] == "Café – “früh” öffnen"


def test_another_encoding_is_named(kmtui: Kmtui, tmp_path: Path) -> None:
    file = table(tmp_path, HEAD + "Žluťoučký kůň,x,2026-05-01\n", encoding="cp1250")
    assert kmtui("import", file, "--as", "lessons", "--encoding", "cp1250").code == 0
    assert kmtui("search", "--json").json[0]["lesson"] == "Žluťoučký kůň"
    wrong = kmtui("import", file, "--as", "lessons", "--encoding", "klingon")
    assert (wrong.code, wrong.out) == (1, "")
    assert "klingon" in wrong.error


def test_columns_are_mapped(kmtui: Kmtui, tmp_path: Path) -> None:
    file = table(tmp_path, "A,B,C\nTell,No list,Ward 7\n")
    done = kmtui(
        "import", file, "--as", "lessons", "--map", "lesson=A", "--map", "cause=2", "--map", "team=C", "--json"
    )
    assert done.json["read"] == 1
    (row,) = kmtui("search", "--json").json
    assert (row["lesson"], row["cause"], row["team"]) == ("Tell", "No list", "Ward 7")


@pytest.mark.parametrize(
    ("text", "options", "code", "told"),
    [
        ("", [], 1, "lessons.csv"),
        ("A,B\n1,2\n", [], 1, "lesson"),
        (HEAD + ROW, ["--map", "lesson=Z"], 1, "Z"),
        (HEAD + ROW, ["--map", "words=Lesson"], 1, "The fields are"),
        (HEAD + ",x,2026-05-01\n", [], 1, ""),
        ("\0\1\2" * 100, [], 1, "lessons.csv"),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_is_kept(
    kmtui: Kmtui, workspace: Path, tmp_path: Path, text: str, options: list[str], code: int, told: str
) -> None:
    done = kmtui("import", table(tmp_path, text), "--as", "lessons", *options)
    assert done.code == code
    assert told in done.error
    assert not list(workspace.glob("lessons/*/*"))


def test_a_wrong_command_is_told(kmtui: Kmtui, tmp_path: Path) -> None:
    file = table(tmp_path, HEAD + ROW)
    assert kmtui("import", file, "--map", "lesson=A").code == 2
    assert kmtui("import", file, "--as", "sessions").code == 2
    assert kmtui("import", tmp_path / "none.csv", "--as", "lessons").code == 1
    assert kmtui("import").code == 2


def test_a_workspace_that_cannot_be_written_is_told(kmtui: Kmtui, workspace: Path, tmp_path: Path) -> None:
    workspace.write_text("a file", encoding="utf-8")
    done = kmtui("import", table(tmp_path, HEAD + ROW), "--as", "lessons")
    assert (done.code, done.out) == (4, "")


def test_an_import_that_was_killed_is_done_again_without_doubles(workspace: Path, tmp_path: Path) -> None:
    rows = "".join(f"Lesson {number},No list,2026-05-01,applied,Done {number}\n" for number in range(2000))
    file = table(tmp_path, "Lesson,Cause,Date,State,Note\n" + rows)
    command = [sys.executable, "-m", "kmtui", "import", str(file), "--as", "lessons", "--json"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    end = time.monotonic() + 60
    while not list(workspace.glob("lessons/2026/*.json"))[150:] and time.monotonic() < end:
        assert process.poll() is None
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    there = len(list(workspace.glob("lessons/2026/*.json")))
    assert 150 < there < 2000
    done = subprocess.run(command, capture_output=True, check=True, timeout=120)
    counts = json.loads(done.stdout)
    assert (counts["read"], counts["duplicates"]) == (2000 - there, there)
    search = [sys.executable, "-m", "kmtui", "search", "--limit", "5000", "--json"]
    found = json.loads(subprocess.run(search, capture_output=True, check=True, timeout=60).stdout)
    assert len({row["lesson"] for row in found}) == len(found) == 2000
    assert {row["state"] for row in found} == {"applied"}


# Bundles


def test_a_bundle_goes_out_and_comes_in(kmtui: Kmtui, answers: Path, ratings: Path, tmp_path: Path) -> None:
    session = kmtui("aar", "--answers", answers).out.strip()
    assert kmtui("assess", "--answers", ratings).code == 0
    (lesson,) = kmtui("search", "porters", "--json").json
    kmtui("lesson", lesson["id"], "--state", "applied", "--note", "They know")
    file = tmp_path / "all.json"
    made = kmtui("bundle", "-o", file)
    assert (made.code, made.out) == (0, "")
    assert "2 records, 0 lessons, 0 knowledge assets." in made.error
    assert b"Bob Smith" not in file.read_bytes()
    other = ("--workspace", tmp_path / "other")
    done = kmtui("import", file, "--json", *other)
    assert done.code == 0
    assert (len(done.json["new"]), done.json["same"], done.json["conflicts"]) == (2, 0, [])
    assert kmtui("search", "porters", "--json", *other).json == [lesson | {"state": "applied"}]
    before = held(tmp_path / "other")
    again = kmtui("import", file, *other)
    assert (again.code, again.out.splitlines()) == (0, ["0 new, 0 joined, 2 here already."])
    assert held(tmp_path / "other") == before
    named = tmp_path / "named.json"
    assert kmtui("bundle", session, "--with-names", "--with-private", "-o", named).code == 0
    filled = kmtui("import", named, "--json", *other)
    assert (filled.json["joined"], filled.json["conflicts"]) == ([session], [])
    assert kmtui("show", session, "--json", *other).json == kmtui("show", session, "--json").json
    assert kmtui("bundle", session[:11]).json["records"][0]["id"] == session


def test_a_bundle_of_what_is_not_there_is_refused(kmtui: Kmtui, tmp_path: Path) -> None:
    done = kmtui("bundle", "zzzz", "-o", tmp_path / "x.json")
    assert (done.code, done.out) == (1, "")
    assert not (tmp_path / "x.json").exists()
    assert kmtui("bundle").code == 0
    assert kmtui("bundle").json["records"] == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b'{"kind": "bundle"}',
        b'{"kind": "bundle", "schema": 9}',
        b"\xff\xfe",
        b'{"kind": "bundle", "made": "2026-05-01T09:00:00Z", "records": [{}]}',
    ],
)
def test_a_damaged_bundle_is_refused_and_changes_nothing(
    kmtui: Kmtui, workspace: Path, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "bundle.json"
    file.write_bytes(content)
    done = kmtui("import", file)
    assert (done.code, done.out) == (1, "")
    assert str(file) in done.error
    assert "Traceback" not in done.error
    assert not workspace.exists()


def test_conflicts_are_printed_as_sentences(kmtui: Kmtui, answers: Path, tmp_path: Path) -> None:
    kmtui("aar", "--answers", answers)
    file = tmp_path / "all.json"
    kmtui("bundle", "-o", file)
    raw = json.loads(file.read_bytes())
    raw["records"][0]["lessons"][0]["lesson"] = "Tell nobody"
    file.write_text(json.dumps(raw), encoding="utf-8")
    done = kmtui("import", file)
    assert done.code == 0
    assert any('"Tell nobody"' in line and '"Tell the porters"' in line for line in done.out.splitlines())
    assert len(kmtui("search", "tell", "--json").json) == 2
