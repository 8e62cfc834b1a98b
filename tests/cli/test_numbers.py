"""`kmtui numbers`: the contract, the time and the team, Markdown, JSON and files."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kmtui.flow.period import financial_year
from tests.cli.conftest import Kmtui

KEYS = {
    "from", "to", "team", "sessions", "open_sessions", "assessments", "people", "lessons", "actions", "criteria",
    "techniques", "teams",
}  # fmt: skip


def held(kmtui: Kmtui, folder: Path, team: str, day: str, people: str = "[Ward sister, 3 Porters]") -> None:
    """Hold a review."""
    file = folder / "a.yaml"
    file.write_text(
        f"technique: after-action-review\nteam: {json.dumps(team)}\ndate: {day}\npeople: {people}\n"
        "answers:\n  learn: [{lesson: Tell the porters}]\n  act: [{action: Send the list, due: 2025-02-01}]\n",
        "utf-8",
    )
    made = kmtui("aar", "--answers", file)
    assert made.code == 0, made.error


@pytest.fixture
def three(kmtui: Kmtui, tmp_path: Path) -> None:
    """Three reviews of two teams, in two financial years."""
    held(kmtui, tmp_path, "Ward 7", "2025-01-10")
    held(kmtui, tmp_path, "Ward 7", "2025-03-31")
    held(kmtui, tmp_path, "Theatres", "2025-04-01", "[Surgeon]")


@pytest.mark.usefixtures("three")
def test_json_has_the_numbers_of_the_days_from_and_to(kmtui: Kmtui) -> None:
    found = kmtui("numbers", "--from", "2025-01-01", "--to", "2025-03-31", "--json")
    assert (found.code, found.error) == (0, "")
    assert set(found.json) == KEYS
    assert (found.json["from"], found.json["to"], found.json["team"]) == ("2025-01-01", "2025-03-31", "")
    assert (found.json["sessions"], found.json["lessons"]["captured"], found.json["actions"]["agreed"]) == (2, 2, 2)
    assert [each["team"] for each in found.json["teams"]] == ["Ward 7"]


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("words", "first", "last", "sessions"),
    [
        ("2025", "2025-01-01", "2025-12-31", 3),
        ("2024/25", "2024-04-01", "2025-03-31", 2),
        ("2025-Q2", "2025-04-01", "2025-06-30", 1),
        ("March 2025", "2025-03-01", "2025-03-31", 1),
        ("2025-01-10 to 2025-01-11", "2025-01-10", "2025-01-11", 1),
    ],
)
def test_a_period_is_said_in_words(kmtui: Kmtui, words: str, first: str, last: str, sessions: int) -> None:
    found = kmtui("numbers", "--period", words, "--json").json
    assert (found["from"], found["to"], found["sessions"]) == (first, last, sessions)


def test_without_a_time_it_is_this_financial_year_so_far(kmtui: Kmtui, tmp_path: Path) -> None:
    today = datetime.now(UTC).astimezone().date()
    begin = financial_year(today).first
    held(kmtui, tmp_path, "Ward 7", begin.isoformat())
    held(kmtui, tmp_path, "Ward 7", (begin - timedelta(days=1)).isoformat())
    found = kmtui("numbers", "--json").json
    assert (found["from"], found["to"], found["sessions"]) == (begin.isoformat(), today.isoformat(), 1)


@pytest.mark.usefixtures("three")
def test_one_team_is_counted_alone(kmtui: Kmtui) -> None:
    found = kmtui("numbers", "--period", "2025", "--team", "theatres", "--json").json
    assert (found["sessions"], found["people"]) == (1, 1)
    unknown = kmtui("numbers", "--team", "Ward 70")
    assert (unknown.code, unknown.out) == (1, "")
    assert unknown.error == 'Error: Nothing here is of the team "Ward 70". kmtui list teams shows those there are.\n'


@pytest.mark.usefixtures("three")
def test_markdown_goes_to_standard_output_or_to_a_file(kmtui: Kmtui, tmp_path: Path) -> None:
    shown = kmtui("numbers", "--period", "2025")
    assert shown.code == 0
    assert shown.error == ""
    assert "\n# What was done, 1 January to 31 December 2025\n" in shown.out
    assert "\n## By team\n" in shown.out
    assert "\n## What is counted, and how\n" in shown.out
    file = tmp_path / "numbers.md"
    written = kmtui("numbers", "--period", "2025", "-o", file)
    assert (written.code, written.out, written.error) == (0, "", f"Written: {file}\n")
    assert file.read_text("utf-8") == shown.out
    refused = kmtui("numbers", "-o", tmp_path / "nowhere" / "numbers.md")
    assert (refused.code, refused.out) == (4, "")


@pytest.mark.parametrize(
    ("wrong", "code", "told"),
    [
        (("--period", "2025", "--from", "2025-01-01"), 2, "are not given beside it"),
        (("--period", "2025", "--to", "2025-01-01"), 2, "are not given beside it"),
        (("--period", "soon"), 1, '"soon" is not a period. Write it as 2026'),
        (("--from", "soon"), 1, '"soon" is not a date'),
        (("--from", "2025-02-01", "--to", "2025-01-01"), 1, "comes after"),
        (("--from", "2999-01-01"), 1, "has not come yet"),
    ],
)
def test_a_wrong_time_says_what_to_write(kmtui: Kmtui, wrong: tuple[str, ...], code: int, told: str) -> None:
    found = kmtui("numbers", *wrong)
    assert (found.code, found.out) == (code, "")
    assert told in found.error


def test_an_empty_workspace_has_numbers_of_nothing_and_is_not_made(kmtui: Kmtui, workspace: Path) -> None:
    found = kmtui("numbers", "--json")
    assert (found.code, found.json["sessions"], found.json["teams"]) == (0, 0, [])
    assert not workspace.exists()


def test_hostile_names_are_only_text(kmtui: Kmtui, tmp_path: Path) -> None:
    for team in ("\u202egnp.exe | x", "# [x](y) <b>", '=HYPERLINK("z")'):
        held(kmtui, tmp_path, team, "2025-01-10")
    report = kmtui("numbers", "--period", "2025").out
    assert "\u202e" not in report
    assert "\n| gnp\\.exe \\| x |" in report
    assert "\n| # [x\\](y) \\<b> |" in report
    names = [each["team"] for each in kmtui("numbers", "--period", "2025", "--json").json["teams"]]
    assert sorted(names) == sorted(["gnp.exe | x", "# [x](y) <b>", '=HYPERLINK("z")'])


def test_it_never_loads_the_screens(workspace: Path) -> None:
    loaded = "[each for each in ('textual', 'rich') if each in sys.modules]"
    code = f"import sys; from kmtui.cli.main import run; run(['numbers']); print({loaded})"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True, timeout=60)
    assert ran.stdout.splitlines()[-1] == "[]"
