"""Techniques and a matrix of one's own: the skeleton, and what the configuration names, in every command."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Kmtui
from tests.content.helpers import MATRIX, TECHNIQUE


@pytest.fixture
def config(isolated: Path) -> Path:
    """A configuration that names a folder of techniques and a matrix, which are there."""
    file = isolated / "config.toml"
    file.write_text('techniques = "shared"\nmatrix = "shared/small.yml"\n', encoding="utf-8")
    (isolated / "shared").mkdir()
    (isolated / "shared" / "talk.yaml").write_text(TECHNIQUE, encoding="utf-8")
    (isolated / "shared" / "small.yml").write_text(MATRIX, encoding="utf-8")
    return file


def test_the_skeleton_is_right_when_it_is_saved_under_its_id(kmtui: Kmtui, workspace: Path) -> None:
    printed = kmtui("template", "technique")
    assert (printed.code, printed.error) == (0, "")
    file = workspace / "techniques" / "our-technique.yaml"
    file.parent.mkdir(parents=True)
    file.write_bytes(printed.bytes)
    checked = kmtui("check", file)
    assert (checked.code, checked.out) == (0, "")
    (row,) = [row for row in kmtui("list", "techniques", "--json").json if row["id"] == "our-technique"]
    assert row["file"] == str(file)
    assert kmtui("template", "technique", "--variant", "long").code == 2


def test_a_technique_with_the_name_of_the_word_is_there_for_all_else(kmtui: Kmtui, workspace: Path) -> None:
    file = workspace / "techniques" / "technique.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(TECHNIQUE.replace("id: talk", "id: technique"), encoding="utf-8")
    assert kmtui("template", "technique").out.startswith("# A technique")
    assert "Talk" in kmtui("card", "technique").out
    answers = file.with_name("answers.txt")
    answers.write_text("technique: technique\nanswers: {said: [a]}\n", encoding="utf-8")
    assert kmtui("run", "technique", "--answers", answers).code == 0


def test_every_command_has_what_the_configuration_names(kmtui: Kmtui, config: Path, tmp_path: Path) -> None:
    assert "talk" in {row["id"] for row in kmtui("list", "techniques", "--json").json}
    assert "Talk" in kmtui("card", "talk").out
    assert kmtui("template", "matrix").out == MATRIX
    assert kmtui("check").out == ""
    answers = tmp_path / "answers.yaml"
    answers.write_text("technique: talk\nanswers: {said: [From a file]}\n", encoding="utf-8")
    assert kmtui("run", "talk", "--answers", answers).code == 0
    answers.write_text("assess: small\nratings: {first: 4}\n", encoding="utf-8")
    assert kmtui("assess", "--answers", answers).code == 0
    talked = kmtui("run", "talk", "--plain", "--title", "T", "--team", "U", stdin="\n\nSaid at once\n\n")
    assert "Hello" in talked.out
    assert {row["technique"] for row in kmtui("list", "sessions", "--json").json} == {"talk"}


def test_what_is_not_there_is_a_warning_and_all_else_works(kmtui: Kmtui, config: Path, isolated: Path) -> None:
    config.write_text('techniques = "gone"\nmatrix = "gone.yaml"\n', encoding="utf-8")
    checked = kmtui("check", "--json")
    assert checked.code == 0
    assert [(each["file"], each["line"], each["severity"]) for each in checked.json] == [
        (str(config), 1, "warning"),
        (str(config), 2, "warning"),
    ]
    listed = kmtui("list", "techniques", "--json")
    assert listed.error.count(f'{config}:1:1: warning: "techniques" names {isolated / "gone"}: there is no such') == 1
    assert "after-action-review" in {row["id"] for row in listed.json}
    asked = kmtui("card", "talk")
    assert asked.code == 1
    assert "there is no such folder" in asked.error
    assert kmtui("template", "assess").code == 0


def test_a_setting_of_the_wrong_type_is_told_by_every_command(kmtui: Kmtui, config: Path) -> None:
    config.write_text("techniques = 5\n", encoding="utf-8")
    for command in (("check",), ("list", "techniques"), ("card", "aar")):
        told = kmtui(*command)
        assert (told.code, '"techniques" is a folder in quotation marks' in told.error) == (1, True)
