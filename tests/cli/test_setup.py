"""`kmtui setup`: set-ups out of a file, and assessments and surveys that begin with them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Kmtui

SET_UP = """
set_up: Spring
team: Ward 7
organisation: The Trust
on_behalf_of: the whole ward
people: [Sister, {role: Porter, count: 2}]
objectives: [{text: Shorter meetings, criteria: [agenda]}]
leave_out: {papers: we have none}
options: [{criterion: agenda, text: Ask the library, bands: [weak]}]
feedback: 2026-12-01
"""


@pytest.fixture
def spring(tmp_path: Path) -> Path:
    """Return a file with a set-up."""
    file = tmp_path / "spring.yaml"
    file.write_text(SET_UP, encoding="utf-8")
    return file


def test_a_set_up_is_saved_listed_shown_and_removed(kmtui: Kmtui, small: Path, spring: Path) -> None:
    assert kmtui("setup", "list", "--json").json == []
    assert "No set-up yet" in kmtui("setup", "list").error
    assert kmtui("setup", "save", spring).out == "Spring, Ward 7\n"
    (row,) = kmtui("setup", "list", "--json").json
    assert (row["name"], row["team"], row["organisation"], row["feedback"]) == (
        "Spring",
        "Ward 7",
        "The Trust",
        "2026-12-01",
    )
    assert row["left_out"] == [{"criterion": "papers", "reason": "we have none", "name": "Papers"}]
    listed = kmtui("setup", "list").out
    assert listed.startswith("Spring, Ward 7, ")
    assert listed.endswith(f" {row['id']}\n")
    assert "1 criterion left out" in listed
    for name in ("spring", row["id"][:9]):
        assert kmtui("setup", "show", name, "--json").json == row
    words = kmtui("setup", "show", "spring").out
    for line in ("Goal: Shorter meetings (Agenda)", "Left out: Papers, we have none", "Matrix: How we meet"):
        assert f"\n{line}\n" in words
    assert "Option of our own for Agenda: Ask the library\n" in words
    assert kmtui("setup", "remove", "SPRING").code == 0
    assert kmtui("setup", "list", "--json").json == []
    for part in ("show", "remove", "advance"):
        assert kmtui("setup", part, "Spring").code == 1


def test_saving_again_replaces_it_and_the_team_tells_two_apart(kmtui: Kmtui, small: Path, spring: Path) -> None:
    first = kmtui("setup", "save", spring, "--json").json
    spring.write_text(SET_UP.replace("The Trust", "Another"), "utf-8")
    again = kmtui("setup", "save", spring, "--json").json
    assert (again["id"], again["organisation"]) == (first["id"], "Another")
    kmtui("setup", "save", "-", stdin=SET_UP.replace("Ward 7", "Ward 8"))
    assert "more than one" in kmtui("setup", "show", "Spring").error
    assert kmtui("setup", "show", "Spring", "--team", "ward 8", "--json").json["team"] == "Ward 8"
    teams = kmtui("list", "teams", "--json").json
    assert [(team["name"], team["setups"]) for team in teams] == [("Ward 7", 1), ("Ward 8", 1)]


def test_the_template_is_taken_as_it_is_printed(kmtui: Kmtui, workspace: Path, tmp_path: Path) -> None:
    file = tmp_path / "setup.yaml"
    file.write_bytes(kmtui("template", "setup").bytes)
    saved = kmtui("setup", "save", file)
    assert (saved.code, saved.error) == (0, "")
    assert kmtui("check", file).code == 0


@pytest.mark.parametrize(
    "wrong",
    [
        "set_up: Spring\n",
        "set_up: Spring\nteam: W\nleave_out: {nothing: x}\n",
        "set_up: Spring\nteam: W\nleave_out: {before: x, after: y}\n",
        "set_up: ''\nteam: W\n",
        "set_up: Spring\nteam: ''\n",
        "technique: after-action-review\n",
        "[]",
        "set_up: Spring\nteam: W\nmatrix: nothing\n",
    ],
)
def test_a_wrong_set_up_is_told_and_keeps_nothing(kmtui: Kmtui, small: Path, tmp_path: Path, wrong: str) -> None:
    file = tmp_path / "wrong.yaml"
    file.write_text(wrong, "utf-8")
    saved = kmtui("setup", "save", file)
    assert (saved.code, saved.out) == (1, "")
    assert saved.error.startswith("Error: ")
    assert kmtui("setup", "list", "--json").json == []


def test_the_advance_copy_is_printed_or_written(kmtui: Kmtui, small: Path, spring: Path, tmp_path: Path) -> None:
    kmtui("setup", "save", spring)
    printed = kmtui("setup", "advance", "Spring")
    assert "Everybody knows beforehand what will be decided." in printed.out
    assert "Papers can be read" not in printed.out
    written = kmtui("setup", "advance", "Spring", "-o", tmp_path / "advance.md")
    assert (written.out, written.error) == ("", f"Written: {tmp_path / 'advance.md'}\n")
    assert (tmp_path / "advance.md").read_bytes() == printed.bytes
    assert kmtui("setup", "advance", "Spring", "-o", tmp_path / "none" / "x.md").code == 4


def test_an_assessment_begins_with_a_set_up(kmtui: Kmtui, small: Path, spring: Path, tmp_path: Path) -> None:
    kmtui("setup", "save", spring)
    file = tmp_path / "ratings.yaml"
    file.write_text("assess: meetings\nratings: {agenda: 2}\n", "utf-8")
    made = kmtui("assess", "--setup", "spring", "--answers", file, "--json").json
    assert (made["team"], made["setup"], made["on_behalf_of"], made["feedback"]) == (
        "Ward 7",
        "Spring",
        "the whole ward",
        "2026-12-01",
    )
    assert [each["criterion"] for each in made["left_out"]] == ["papers"]
    file.write_text("assess: meetings\nratings: {papers: 2}\n", "utf-8")
    wrong = kmtui("assess", "--setup", "spring", "--answers", file)
    assert (wrong.code, "which the set-up leaves out" in wrong.error) == (1, True)
    assert kmtui("assess", "--setup", "nothing", "--answers", file).code == 1


def test_an_assessment_in_plain_mode_asks_what_the_team_uses(kmtui: Kmtui, small: Path, spring: Path) -> None:
    kmtui("setup", "save", spring)
    asked = kmtui("assess", "--setup", "Spring", "--plain", stdin="")
    assert asked.code == 3
    (line,) = kmtui("list", "assessments", "--json").json
    assert (line["team"], line["criteria"]) == ("Ward 7", 2)
    other = kmtui("assess", "--setup", "Spring", "--team", "Ward 9", "--plain", stdin="")
    assert other.code == 3
    assert {line["team"] for line in kmtui("list", "assessments", "--json").json} == {"Ward 7", "Ward 9"}


def test_a_survey_begins_with_a_set_up(kmtui: Kmtui, small: Path, spring: Path) -> None:
    kmtui("setup", "save", spring)
    record = kmtui("survey", "create", "--setup", "Spring").out.strip()
    shown = kmtui("show", record, "--json").json
    assert (shown["team"], shown["way"], shown["setup"]) == ("Ward 7", "survey", "Spring")
    assert [each["id"] for each in shown["scores"]["criteria"]] == ["agenda", "minutes"]
    other = kmtui("survey", "create", "--setup", "Spring", "--team", "Ward 9").out.strip()
    assert kmtui("show", other, "--json").json["team"] == "Ward 9"


def test_answers_say_a_set_up_of_their_own(kmtui: Kmtui, small: Path, tmp_path: Path) -> None:
    file = tmp_path / "ratings.yaml"
    file.write_text(
        "assess: meetings\nteam: Ward 7\norganisation: The Trust\nleave_out: {papers: we have none}\n"
        "objectives: [Shorter meetings]\nfeedback: 2026-12-01\nratings: {agenda: 2}\n",
        "utf-8",
    )
    made = kmtui("assess", "--answers", file, "--json").json
    assert (made["organisation"], made["feedback"]) == ("The Trust", "2026-12-01")
    assert [each["name"] for each in made["left_out"]] == ["Papers"]
    assert made["objectives"][0]["text"] == "Shorter meetings"


@pytest.mark.parametrize("command", ["list", "show", "save", "remove", "advance"])
def test_every_part_has_its_help_and_the_shared_options(kmtui: Kmtui, command: str) -> None:
    helped = kmtui("setup", command, "--help")
    assert helped.code == 0
    assert "--workspace" in helped.out
    assert "--plain" in helped.out
    assert f"\n  {command} " in kmtui("setup", "--help").out
