"""`kmtui suggest`, lists of techniques that are narrowed, and the card to hand out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Kmtui

OWN = """\
id: feeding-time
version: "1"
name: Feeding time
phase: during
about: How we feed the penguins.
minutes: {least: 10, most: 45}
people: {least: 2, most: 6}
use_when: [Penguins are hungry.]
steps:
  - {id: hello, kind: brief, title: Welcome, points: [Fish for everyone], minutes: 1}
  - {id: fish, kind: collect, title: Which fish?, say: Look at them. Which fish would they like?, minutes: 9}
variants:
  - {id: short, name: In ten minutes, steps: [{id: hello, minutes: 1}, {id: fish, minutes: 9}]}
  - {id: long, name: In 45 minutes, steps: [{id: hello, minutes: 5}, {id: fish, minutes: 40}]}
"""

ANSWERS = """
technique: after-action-review
answers:
  act: [{action: Feed the penguins, owner: Keeper, due: 2020-12-01}]
"""


@pytest.fixture(autouse=True)
def own(workspace: Path) -> Path:
    """Return the workspace with a technique of its own."""
    (workspace / "techniques").mkdir(parents=True)
    (workspace / "techniques" / "feeding-time.yaml").write_text(OWN, encoding="utf-8")
    return workspace


def test_suggestions_have_an_id_and_a_reason(kmtui: Kmtui) -> None:
    found = kmtui("suggest", "--phase", "before", "--people", "8", "--minutes", "30", "--json")
    assert found.code == 0
    assert 1 <= len(found.json) <= 3
    for each in found.json:
        assert {"id", "why"} <= set(each)
        assert each["why"].startswith("Before the work starts. Takes ")
    known = {row["id"] for row in kmtui("list", "techniques", "--phase", "before", "--json").json}
    assert {each["id"] for each in found.json} <= known


def test_words_say_what_for_and_a_line_ends_with_the_id(kmtui: Kmtui) -> None:
    (found,) = kmtui("suggest", "--for", "a hungry penguin", "--json").json
    assert found == {
        "id": "feeding-time",
        "name": "Feeding time",
        "why": "While the work goes on. Takes 10 to 45 minutes and suits 2 to 6 people. "
        "Good when: penguins are hungry.",
    }
    assert kmtui("suggest", "--for", "penguins").out == f"{found['name']}. {found['why']} feeding-time\n"


def test_nothing_that_fits_is_no_error(kmtui: Kmtui) -> None:
    found = kmtui("suggest", "--for", "xylophones", "--json")
    assert (found.code, found.json, found.error) == (0, [], "")
    told = kmtui("suggest", "--for", "xylophones")
    assert (told.code, told.out) == (0, "")
    assert "No technique fits that." in told.error


def test_without_any_option_something_is_suggested(kmtui: Kmtui) -> None:
    assert len(kmtui("suggest", "--json").json) == 3


def test_an_action_says_what_for(kmtui: Kmtui, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(ANSWERS, encoding="utf-8")
    assert kmtui("aar", "--answers", tmp_path / "a.yaml").code == 0
    (action,) = kmtui("list", "actions", "--json").json
    found = kmtui("suggest", "--action", action["id"][:10], "--json").json
    assert [each["id"] for each in found] == ["feeding-time"]
    (far,) = kmtui("suggest", "--action", action["id"], "--people", "9", "--json").json[:1]
    assert "you have 9: split into two groups" in far["why"]
    assert kmtui("suggest", "--action", "zzzz").code == 1


def test_a_broken_technique_is_told_and_stops_nothing(kmtui: Kmtui, own: Path) -> None:
    (own / "techniques" / "broken.yaml").write_text("id: broken\n", encoding="utf-8")
    found = kmtui("suggest", "--for", "penguins", "--json")
    assert (found.code, len(found.json)) == (0, 1)
    assert "broken.yaml:1:1: " in found.error


@pytest.mark.parametrize(
    "arguments",
    [
        ("suggest", "--phase", "later"),
        ("suggest", "--people", "0"),
        ("suggest", "--people", "many"),
        ("suggest", "--minutes", "-5"),
        ("suggest", "--action", "x", "--for", "y"),
        ("list", "techniques", "--phase", "later"),
        ("list", "techniques", "--minutes", "0"),
        ("list", "sessions", "--phase", "after"),
        ("list", "actions", "--for", "penguins"),
        ("list", "teams", "--people", "3"),
        ("list", "lessons", "--minutes", "3"),
    ],
)
def test_wrong_values_exit_with_2(kmtui: Kmtui, arguments: tuple[str, ...]) -> None:
    made = kmtui(*arguments)
    assert (made.code, made.out) == (2, "")
    assert "Error: " in made.error


def test_lists_of_techniques_are_narrowed(kmtui: Kmtui) -> None:
    whole = {row["id"]: row for row in kmtui("list", "techniques", "--json").json}

    def listed(*options: str) -> list[str]:
        rows = kmtui("list", "techniques", *options, "--json").json
        assert all(row == whole[row["id"]] for row in rows)
        return [row["id"] for row in rows]

    assert listed("--for", "penguins") == ["feeding-time"]
    assert listed("--for", "penguins", "--phase", "during", "--minutes", "10", "--people", "6") == ["feeding-time"]
    assert listed("--for", "penguins", "--minutes", "9") == []
    assert listed("--for", "penguins", "--people", "7") == []
    assert listed("--for", "penguins", "--phase", "after") == []
    assert listed("--phase", "during") == [row for row in whole if whole[row]["phase"] == "during"]
    told = kmtui("list", "techniques", "--for", "xylophones")
    assert (told.code, told.out, told.error) == (0, "", "No technique suits all of that.\n")


def test_the_card_is_markdown_with_all_forms(kmtui: Kmtui) -> None:
    card = kmtui("card", "feeding-time")
    assert card.out.startswith("# Feeding time\n\nHow we feed the penguins.\n")
    assert "| 2. Which fish? | 9 | 40 |\n" in card.out
    assert "- **Which fish?** Which fish would they like?\n" in card.out
    assert card.error == "Forms for --variant: short (In ten minutes), long (In 45 minutes).\n"


def test_the_card_of_one_form(kmtui: Kmtui) -> None:
    card = kmtui("card", "feeding-time", "--variant", "long")
    assert card.out.startswith("# Feeding time: In 45 minutes\n")
    assert ("| 2. Which fish? | 40 |\n" in card.out, card.error) == (True, "")
    wrong = kmtui("card", "feeding-time", "--variant", "none")
    assert (wrong.code, wrong.out) == (1, "")
    assert "Its forms: short, long." in wrong.error


def test_the_card_goes_into_a_file(kmtui: Kmtui, own: Path, tmp_path: Path) -> None:
    printed = kmtui("card", "feeding-time")
    made = kmtui("card", "feeding-time", "-o", tmp_path / "card.md")
    assert (made.code, made.out) == (0, "")
    assert (tmp_path / "card.md").read_bytes() == printed.bytes
    assert str(tmp_path / "card.md") in made.error
    assert kmtui("card", "feeding-time", "-o", own / "exports" / "card.md").code == 0  # that folder is made
    assert kmtui("card", "feeding-time", "-o", tmp_path / "none" / "card.md").code == 4
    assert kmtui("card", "feeding-time", "-o", "-").bytes == printed.bytes
