"""The backup of the day after commands that write, and the list of what is too old."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import ANSWERS, RATINGS, Kmtui
from tests.cli.test_survey import created, table
from tests.lesson_files import lessons_table


def backups(workspace: Path) -> list[Path]:
    return sorted((workspace / "backups").glob("*.zip"))


def without(workspace: Path) -> None:
    """Take away the backups, as on a new day."""
    for path in backups(workspace):
        path.unlink()


def made(kmtui: Kmtui, answers: str = ANSWERS) -> str:
    return kmtui("run", "aar", "--answers", "-", stdin=answers).out.strip()


def test_commands_that_write_make_the_backup_of_the_day_once(kmtui: Kmtui, workspace: Path, tmp_path: Path) -> None:
    record = made(kmtui)
    document = kmtui("show", record, "--json").json
    other = made(kmtui)
    for command in (
        ("run", "aar", "--answers", "-"),
        ("import", lessons_table(tmp_path), "--as", "lessons"),
        ("lesson", document["lessons"][0]["id"], "--state", "agreed"),
        ("action", document["actions"][0]["id"], "--state", "done"),
        ("asset", "new", "Moving a ward"),
        ("delete", other),
    ):
        without(workspace)
        done = kmtui(*command, stdin=ANSWERS if command[0] == "run" else "")
        assert done.code == 0, done.error
        assert "backup" not in done.error
        (first,) = backups(workspace)
        assert made(kmtui)
        assert backups(workspace) == [first]
    without(workspace)
    assert kmtui("assess", "--answers", "-", stdin=RATINGS).code == 0
    assert len(backups(workspace)) == 1


def test_answers_to_a_survey_make_it_too(kmtui: Kmtui, small: Path, tmp_path: Path) -> None:
    survey = created(kmtui)
    without(small)
    assert kmtui("survey", "import", survey, table(tmp_path, "3"), "--check").code == 0
    assert backups(small) == []
    assert kmtui("survey", "import", survey, table(tmp_path, "3")).code == 0
    assert len(backups(small)) == 1


@pytest.mark.parametrize("command", [("list", "sessions"), ("search", "porters"), ("numbers",), ("doctor",)])
def test_commands_that_read_make_none(kmtui: Kmtui, workspace: Path, command: tuple[str, ...]) -> None:
    made(kmtui)
    without(workspace)
    assert kmtui(*command).code == 0
    assert backups(workspace) == []


def test_a_failure_is_told_on_standard_error_and_the_command_is_done(kmtui: Kmtui, workspace: Path) -> None:
    workspace.mkdir()
    (workspace / "backups").write_text("a file in its place", encoding="utf-8")
    done = kmtui("run", "aar", "--answers", "-", stdin=ANSWERS)
    assert done.code == 0
    assert "There is no backup of today: " in done.error
    assert kmtui("show", done.out.strip()).code == 0


# Too old


def test_what_is_too_old_is_listed_and_nothing_deleted(
    kmtui: Kmtui, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = made(kmtui, ANSWERS.replace("2026-11-20", "2010-11-20"))
    made(kmtui)
    assert [each["id"] for each in kmtui("list", "old", "--years", "8", "--json").json] == [old]
    assert kmtui("list", "old", "--years", "8").out.strip().endswith(old)
    assert kmtui("list", "old", "--years", "100", "--json").json == []
    asked = kmtui("list", "old")
    assert asked.code == 1
    assert "--years 8" in asked.error
    config = tmp_path / "config.toml"
    config.write_text("keep_years = 8\n", encoding="utf-8")
    monkeypatch.setenv("KMTUI_CONFIG", str(config))
    assert kmtui("list", "old").out.strip().endswith(old)
    assert len(kmtui("list", "sessions", "--json").json) == 2
    assert kmtui("list", "sessions", "--years", "8").code == 2
