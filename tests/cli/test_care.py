"""kmtui doctor, backup, restore and delete: the contract that scripts rely on, and what is left of what was deleted."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from zipfile import ZipFile, is_zipfile

import pytest

from tests.cli.conftest import ANSWERS, Kmtui


@pytest.fixture
def session(kmtui: Kmtui, answers: Path) -> str:
    """Keep a review, and return its id."""
    return kmtui("aar", "--answers", answers).out.strip()


def records(workspace: Path) -> dict[str, bytes]:
    """Return the files of records, lessons and events."""
    folders = ("sessions", "assessments", "lessons", "assets", "followup")
    paths = (path for folder in folders for path in (workspace / folder).rglob("*.json"))
    return {path.relative_to(workspace).as_posix(): path.read_bytes() for path in paths}


# doctor


def test_a_healthy_workspace_has_nothing_to_report(kmtui: Kmtui, session: str) -> None:
    for options in ([], ["--repair"]):
        done = kmtui("doctor", "--json", *options)
        assert (done.code, done.json) == (0, [])
    assert (kmtui("doctor").code, kmtui("doctor").out) == (0, "")


def test_an_empty_workspace_is_well_and_is_not_made(kmtui: Kmtui, workspace: Path) -> None:
    assert (kmtui("doctor", "--json").code, kmtui("doctor", "--json").json) == (0, [])
    assert not workspace.exists()


def test_what_is_damaged_is_told_and_repaired_on_request(kmtui: Kmtui, workspace: Path, session: str) -> None:
    action = kmtui("list", "actions", "--json").json[0]["id"]
    lesson = kmtui("search", "porters", "--json").json[0]["id"]
    kmtui("lesson", lesson, "--state", "agreed")
    kmtui("action", action, "--note", "Soon")
    (file,) = workspace.glob("sessions/*/*.json")
    good = file.read_bytes()
    assert kmtui("backup").code == 0
    file.write_bytes(good[: len(good) // 2])
    before = records(workspace)
    done = kmtui("doctor", "--json")
    assert done.code == 1
    (row,) = done.json
    assert list(row) == ["file", "problem", "repairable"]
    assert row["file"] == file.relative_to(workspace).as_posix()
    assert row["repairable"] is True
    assert records(workspace) == before
    assert file.name in kmtui("doctor").out
    repaired = kmtui("doctor", "--repair", "--json")
    assert (repaired.code, repaired.json) == (0, [])
    assert kmtui("doctor", "--json").code == 0
    assert kmtui("show", session, "--json").json["lessons"][0]["lesson"] == "Tell the porters"
    assert kmtui("search", "porters", "--json").json[0]["state"] == "agreed"
    kept = [path.read_bytes() for path in (workspace / "quarantine").iterdir()]
    assert good[: len(good) // 2] in kept


def test_what_cannot_be_repaired_is_still_wrong_and_untouched(kmtui: Kmtui, workspace: Path, session: str) -> None:
    (file,) = workspace.glob("sessions/*/*.json")
    shutil.rmtree(workspace / "backups", ignore_errors=True)
    for each in file.parent.iterdir():
        each.write_bytes(b"\0" * 300)
    for options in ([], ["--repair"]):
        done = kmtui("doctor", "--json", *options)
        assert done.code == 1
        assert [row["repairable"] for row in done.json] == [False] * len(done.json)
        assert file.read_bytes() == b"\0" * 300


# backup and restore


@pytest.mark.parametrize("elsewhere", [False, True])
def test_a_backup_brings_everything_back(
    kmtui: Kmtui, workspace: Path, session: str, tmp_path: Path, elsewhere: bool
) -> None:
    lesson = kmtui("search", "porters", "--json").json[0]
    kmtui("lesson", lesson["id"], "--state", "applied", "--note", "They know")
    found = kmtui("search", "porters", "--json").json
    before = records(workspace)
    done = kmtui("backup", "--json")
    assert done.code == 0
    made = Path(done.json["file"])
    assert made.parent == workspace / "backups"
    assert made.stat().st_mode & 0o777 == 0o600
    assert made.name in [line["name"] for line in kmtui("backup", "--list", "--json").json]
    copy = tmp_path / "stick" / "other name.zip"
    copy.parent.mkdir()
    shutil.copy(made, copy)
    for each in workspace.iterdir():
        if elsewhere or each.name != "backups":
            shutil.rmtree(each) if each.is_dir() else each.unlink()
    if elsewhere:
        workspace.rmdir()
    assert kmtui("search", "--json").json == []
    restored = kmtui("restore", copy if elsewhere else made.name, "--json")
    assert restored.code == 0
    assert sorted(restored.json["restored"]) == sorted({*before, "workspace.json"} & {*restored.json["restored"]})
    assert records(workspace) == before
    assert kmtui("search", "porters", "--json").json == found
    again = kmtui("restore", copy, "--json")
    assert (again.code, again.json["restored"]) == (0, [])


@pytest.mark.parametrize("content", [b"", b"PK\3\4", b"no archive"])
def test_what_is_no_backup_changes_nothing(
    kmtui: Kmtui, workspace: Path, session: str, tmp_path: Path, content: bytes
) -> None:
    file = tmp_path / "x.zip"
    file.write_bytes(content)
    before = records(workspace)
    done = kmtui("restore", file)
    assert done.code in (1, 4)
    assert (done.out, records(workspace)) == ("", before)
    assert "Traceback" not in done.error
    assert kmtui("restore", tmp_path / "none.zip").code == 1


# delete


def contents(*folders: Path) -> Iterator[tuple[str, bytes]]:
    """Yield the content of every file, and of every file in an archive."""
    for path in (path for folder in folders for path in folder.rglob("*")):
        if path.is_file():
            yield str(path), path.read_bytes()
            if is_zipfile(path):
                with ZipFile(path) as archive:
                    yield from ((f"{path}!{name}", archive.read(name)) for name in archive.namelist())


def assert_gone(workspace: Path, *words: str) -> None:
    """Assert that no byte of some words is left in the workspace or the cache."""
    cache = Path(os.environ["XDG_CACHE_HOME"])
    assert list(cache.rglob("*.sqlite"))
    for name, content in contents(workspace, cache):
        for word in words:
            for encoding in ("utf-8", "utf-16-le"):
                assert word.encode(encoding) not in content, name
                assert word.lower().encode(encoding) not in content, name


def left(workspace: Path, word: str) -> list[str]:
    """Return where a word still is."""
    return [name for name, content in contents(workspace) if word.encode() in content]


SECRET = "Zanzibarine"
STAYS = "Quixotical"


@pytest.fixture
def kept(kmtui: Kmtui, workspace: Path, tmp_path: Path) -> dict[str, str]:
    """Keep things with secret words and others, through several saves, states and backups; return their ids."""
    file = tmp_path / "secret.yaml"
    text = ANSWERS.replace("They did not know", f"{SECRET} cause").replace("All patients", f"{STAYS} patients")
    text = text.replace("tags: [moves]}]", f"tags: [{SECRET}tag]}}, {{lesson: {STAYS} lesson}}]")
    file.write_text(text.replace("Tell the porters", f"{SECRET} one"), encoding="utf-8")
    session = kmtui("aar", "--answers", file).out.strip()
    table = tmp_path / "lessons.csv"
    table.write_text(f"Lesson,Team,State,Note\n{SECRET} loose,{SECRET} team,applied,{SECRET} note\n{STAYS} other,,,\n")
    assert kmtui("import", table, "--as", "lessons", "--json").json["read"] == 2
    ids = {row["lesson"]: row["id"] for row in kmtui("search", "--json").json}
    found = {"session": session, "lesson": ids[f"{SECRET} one"], "loose": ids[f"{SECRET} loose"]}
    for each in ("lesson", "loose"):
        assert kmtui("lesson", found[each], "--state", "agreed", "--note", f"{SECRET} said").code == 0
    assert kmtui("backup").code == 0
    action = kmtui("list", "actions", "--json").json[0]["id"]
    assert kmtui("action", action, "--note", "Soon").code == 0
    assert kmtui("lesson", found["lesson"], "--review", "2027-01-01").code == 0
    assert kmtui("backup").code == 0
    assert len(left(workspace, SECRET)) > 4
    return found


def test_a_lesson_in_a_session_is_really_gone(kmtui: Kmtui, workspace: Path, kept: dict[str, str]) -> None:
    kmtui("delete", kept["loose"])
    done = kmtui("delete", kept["lesson"])
    assert (done.code, done.out) == (0, "")
    assert_gone(workspace, SECRET)
    assert len(kmtui("search", STAYS, "--json").json) == 2
    assert kmtui("show", kept["session"]).code == 0
    assert left(workspace, STAYS)
    assert kmtui("doctor").code == 0


def test_an_imported_lesson_is_really_gone(kmtui: Kmtui, workspace: Path, kept: dict[str, str]) -> None:
    assert kmtui("delete", kept["loose"]).code == 0
    assert_gone(workspace, f"{SECRET} loose", f"{SECRET} team", f"{SECRET} note")
    assert kmtui("delete", kept["loose"]).code == 1
    assert [row["id"] for row in kmtui("search", SECRET, "--json").json] == [kept["lesson"]]


def test_a_session_is_really_gone(kmtui: Kmtui, workspace: Path, kept: dict[str, str]) -> None:
    kmtui("delete", kept["loose"])
    assert kmtui("delete", kept["session"]).code == 0
    assert_gone(workspace, SECRET, f"{STAYS} patients", f"{STAYS} lesson")
    assert [row["lesson"] for row in kmtui("search", "--json").json] == [f"{STAYS} other"]
    for each in sorted((workspace / "backups").iterdir()):
        assert kmtui("restore", each.name, "--json").code == 0
    assert_gone(workspace, SECRET)
    assert kmtui("list", "sessions", "--json").json == []


def test_a_knowledge_asset_is_really_gone(kmtui: Kmtui, workspace: Path, kept: dict[str, str]) -> None:
    made = kmtui("asset", "new", "Wanderlustig", "--about", "Wanderlustig words", "--json")
    assert made.code == 0, made.error
    assert kmtui("backup").code == 0
    asset = made.json["id"]
    (file,) = workspace.glob("assets/*.json")
    (workspace / "quarantine").mkdir(exist_ok=True)
    shutil.copy(file, workspace / "quarantine" / file.name)
    assert len(left(workspace, "Wanderlustig")) > 2
    assert kmtui("delete", asset).code == 0
    assert_gone(workspace, "Wanderlustig")
    assert kmtui("delete", asset).code == 1


def test_a_lesson_that_stands_twice_is_really_gone(
    kmtui: Kmtui, workspace: Path, kept: dict[str, str], tmp_path: Path
) -> None:
    kmtui("delete", kept["loose"])
    bundle, other = tmp_path / "one.json", tmp_path / "other"
    assert kmtui("bundle", kept["lesson"], "-o", bundle).code == 0
    assert kmtui("import", bundle, "--workspace", other).code == 0
    shutil.copytree(other / "lessons", workspace / "lessons", dirs_exist_ok=True)
    assert kmtui("delete", kept["lesson"]).code == 0
    assert_gone(workspace, SECRET)


def test_on_a_terminal_it_is_asked_first(kmtui: Kmtui, session: str) -> None:
    refused = kmtui("delete", session, stdin="no\n", terminal=True)
    assert (refused.code, "Nothing was deleted." in refused.error) == (0, True)
    assert kmtui("show", session).code == 0
    assert kmtui("delete", session, stdin="yes\n", terminal=True).code == 0
    assert kmtui("show", session).code == 1


def test_a_file_that_was_copied_by_hand_is_no_json_and_hurts_nobody(
    kmtui: Kmtui, workspace: Path, session: str
) -> None:
    (workspace / "sessions" / "notes.txt").write_text("mine", encoding="utf-8")
    assert kmtui("doctor", "--json").code == 0
    assert json.loads(kmtui("search", "porters", "--json").out)
