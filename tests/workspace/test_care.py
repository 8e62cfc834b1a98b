"""Care through the use cases: a backup a day, putting one back, examining and repairing."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from kmtui.model.errors import NotFound
from kmtui.workspace.care import back_up, back_up_once_a_day, backups, examine, put_back, repair
from kmtui.workspace.desk import Desk
from kmtui.workspace.register import asked, search
from kmtui.workspace.sessions import start_session
from tests.workspace.kinds import desk_of_kinds
from tests.workspace.test_register import LATE, ORDER, learn


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A workspace with a lesson."""
    desk = desk_of_kinds(tmp_path)
    (tmp_path / "workspace").chmod(0o700)
    learn(desk, ORDER)
    return desk


def found(desk: Desk, words: str) -> list[str]:
    return [hit.line.lesson for hit in search(desk.tools, asked(words))]


def files(folder: Path) -> list[Path]:
    return sorted((folder / "workspace" / "sessions").rglob("*.json"))


def test_there_is_one_backup_on_each_day_of_use(desk: Desk) -> None:
    assert backups(desk.tools) == []
    assert back_up_once_a_day(desk.tools) == ""
    assert back_up_once_a_day(desk.tools) == ""
    (line,) = backups(desk.tools)
    assert line.readable
    assert line.files >= 2
    path = back_up(desk.tools)  # of one day the newest is enough
    assert path is not None
    there = [each.name for each in backups(desk.tools)]
    assert path.name in there
    assert back_up(desk.tools, lambda done, of: False) is None
    assert [each.name for each in backups(desk.tools)] == there


def test_an_empty_workspace_has_no_backup_and_that_is_no_trouble(tmp_path: Path) -> None:
    desk = desk_of_kinds(tmp_path)
    assert back_up_once_a_day(desk.tools) == ""
    with pytest.raises(NotFound):
        back_up(desk.tools)


def test_what_goes_wrong_once_a_day_is_told_and_raises_nothing(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "workspace" / "backups").write_text("a file where the folder should be")
    assert back_up_once_a_day(desk.tools).startswith("There is no backup of today: ")


def test_a_backup_brings_lessons_back_and_they_are_found(desk: Desk, tmp_path: Path) -> None:
    path = back_up(desk.tools)
    assert path is not None
    learn(desk, LATE)
    for each in files(tmp_path):
        if "Tell the porters" in each.read_text("utf-8"):
            each.unlink()
    assert found(desk, "order") == []
    restored = put_back(desk.tools, Path(path.name))
    assert len(restored.restored) == 1
    assert found(desk, "order") == [ORDER.lesson]
    assert found(desk, "late") == [LATE.lesson]
    assert len(backups(desk.tools)) == 2  # what was here is backed up before
    with pytest.raises(NotFound):
        put_back(desk.tools, tmp_path / "gone.zip")


def test_a_damaged_file_is_named_and_repaired(desk: Desk, tmp_path: Path) -> None:
    assert examine(desk.tools) == []
    opened = start_session(desk.tools, "kinds", title="Winter")
    opened.go("ideas")
    opened.close()
    (path,) = [each for each in files(tmp_path) if "winter" in each.name]
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    told: list[tuple[int, int]] = []
    problems = examine(desk.tools, lambda done, of: told.append((done, of)))
    assert [each.file for each in problems] == [path.relative_to(tmp_path / "workspace").as_posix()]
    assert problems[0].repairable
    assert path.read_bytes() == whole[: len(whole) // 2]  # examining changes nothing
    assert told[-1][0] == told[-1][1]
    assert repair(desk.tools, problems) == []
    assert examine(desk.tools) == []
    assert found(desk, "order") == [ORDER.lesson]


def test_an_index_that_does_not_fit_is_made_anew_by_examining(desk: Desk, tmp_path: Path) -> None:
    for path in (tmp_path / "workspace").rglob("*"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    assert found(desk, "order") == [ORDER.lesson]
    (cache,) = (tmp_path / "cache").glob("*.sqlite")
    database = sqlite3.connect(cache)
    with database:
        database.execute("INSERT INTO words (words) VALUES ('delete-all')")
    database.close()
    assert found(desk, "order") == []
    assert examine(desk.tools) == []
    assert found(desk, "order") == [ORDER.lesson]
