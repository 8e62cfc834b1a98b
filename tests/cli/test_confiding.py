"""Commands: what may tell who somebody is is said on standard error, and taken out with --replace."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kmtui.workspace.settings import log_file
from tests.cli.conftest import ANSWERS, Kmtui

NHS = "943 476 5919"
MAIL = "amina@example.nhs.uk"


@pytest.fixture
def record(kmtui: Kmtui, tmp_path: Path) -> str:
    """Return the id of a review with three things in it that may tell who somebody is."""
    file = tmp_path / "found.yaml"
    text = ANSWERS.replace("All patients moved by noon", f"Mr Smith was {NHS}")
    file.write_text(text.replace("They did not know", f"Write to {MAIL}"), encoding="utf-8")
    made = kmtui("aar", "--answers", file)
    assert made.code == 0
    assert made.error.splitlines() == [
        "Three things look like what could identify somebody:",
        '1. a name with a title "Mr Smith" in What was supposed to happen?, entry 1, character 1',
        f'2. an NHS number "{NHS}" in What was supposed to happen?, entry 1, character 14',
        f'3. an e-mail address "{MAIL}" in lesson 1, cause, character 10',
        "It is kept as it is.",
    ]
    return made.out.strip()


def test_an_answers_file_is_kept_as_it_is(kmtui: Kmtui, record: str) -> None:
    shown = kmtui("show", record)
    assert NHS in shown.out
    assert shown.error == ""


def test_an_export_warns_and_keeps_all(kmtui: Kmtui, record: str) -> None:
    written = kmtui("export", record)
    assert written.code == 0
    assert f"Mr Smith was {NHS}" in written.out
    assert "Three things look like" in written.error
    assert written.error.splitlines()[-1] == "All of it is kept. --replace all or --replace 1,3 replaces it."


@pytest.mark.parametrize("form", ["markdown", "json"])
def test_an_export_replaces_what_is_chosen(kmtui: Kmtui, record: str, tmp_path: Path, form: str) -> None:
    file = tmp_path / "out.txt"
    some = kmtui("export", record, "--format", form, "--replace", "1,3", "-o", file)
    assert some.code == 0
    text = file.read_text(encoding="utf-8").replace("\\", "")
    assert f"[name] was {NHS}" in text
    assert "[e-mail address]" in text
    assert "Replaced: 1, 3." in some.error
    every = kmtui("export", record, "--format", form, "--replace", "all")
    assert not any(each in every.out for each in (NHS, "Smith", "amina"))
    if form == "json":
        assert json.loads(every.out)["id"] == record
    assert NHS in kmtui("show", record).out  # the record itself is as it was


def test_a_number_that_is_not_there_is_wrong_input_and_nothing_is_written(kmtui: Kmtui, record: str) -> None:
    wrong = kmtui("export", record, "--replace", "1,7")
    assert (wrong.code, wrong.out) == (1, "")
    assert '"7" is not in the list: it has 1 to 3.' in wrong.error


def test_where_nothing_is_found_nothing_is_said(kmtui: Kmtui, answers: Path) -> None:
    made = kmtui("aar", "--answers", answers)
    assert made.error == ""
    written = kmtui("export", made.out.strip(), "--replace", "all")
    assert (written.code, written.error) == (0, "")


def test_a_search_result_that_is_written(kmtui: Kmtui, record: str) -> None:
    assert kmtui("search", "porters").error == ""
    assert kmtui("search", "porters", "--json").error == ""
    for form in ("markdown", "csv", "json"):
        kept = kmtui("search", "porters", "--format", form)
        assert f'1. an e-mail address "{MAIL}" in lesson 1, cause, character 10' in kept.error
        assert "amina" in kept.out
        gone = kmtui("search", "porters", "--format", form, "--replace", "all")
        assert gone.code == 0
        assert "amina" not in gone.out
        assert "e-mail address" in gone.out


def test_a_lesson_that_is_written(kmtui: Kmtui, record: str) -> None:
    lesson = kmtui("search", "porters", "--json").json[0]["id"]
    kept = kmtui("export", lesson)
    assert MAIL in kept.error
    gone = kmtui("export", lesson, "--replace", "1")
    assert "amina" not in gone.out
    assert "[e-mail address]" in gone.out.replace("\\", "")


def test_a_bundle_and_what_is_taken_in(
    kmtui: Kmtui, record: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, without = tmp_path / "whole.json", tmp_path / "without.json"
    kept = kmtui("bundle", record, "-o", whole)
    assert '2. an NHS number "943 476 5919" in "Ward move", What was supposed to happen?, entry 1' in kept.error
    assert kmtui("bundle", record, "-o", without, "--replace", "all").code == 0
    assert NHS in whole.read_text(encoding="utf-8")
    assert NHS not in without.read_text(encoding="utf-8")
    monkeypatch.setenv("KMTUI_WORKSPACE", str(tmp_path / "other"))
    silent = kmtui("import", without)
    assert (silent.code, silent.error) == (0, "")
    monkeypatch.setenv("KMTUI_WORKSPACE", str(tmp_path / "third"))
    told = kmtui("import", whole)
    assert told.code == 0
    assert "Three things look like" in told.error
    assert "It is kept as it is." in told.error


def test_an_imported_record_and_imported_lessons(
    kmtui: Kmtui, record: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, table = tmp_path / "record.json", tmp_path / "lessons.csv"
    kmtui("export", record, "--format", "json", "-o", file)
    table.write_text(f"lesson,cause\nAsk first,because\nRing the ward,{NHS}\n", encoding="utf-8")
    monkeypatch.setenv("KMTUI_WORKSPACE", str(tmp_path / "other"))
    assert "Three things look like" in kmtui("import", file).error
    told = kmtui("import", table, "--as", "lessons")
    assert f'1. an NHS number "{NHS}" in lesson in line 3, cause, character 1' in told.error
    assert told.code == 0


def test_nothing_of_it_stands_in_the_log(kmtui: Kmtui, record: str) -> None:
    kmtui("export", record, "--replace", "1")
    log = log_file().read_text(encoding="utf-8") if log_file().exists() else ""
    assert not any(each in log for each in (NHS, "Smith", "amina"))


def test_hostile_words_beside_it_reach_the_terminal_clean(kmtui: Kmtui, tmp_path: Path) -> None:
    file = tmp_path / "found.yaml"
    file.write_text(ANSWERS.replace("Ward move", '"\\x1b[31mMr Smith\\x1b[0m"'), encoding="utf-8")
    made = kmtui("aar", "--answers", file)
    assert "Mr Smith" in made.error
    assert "\x1b" not in made.error
