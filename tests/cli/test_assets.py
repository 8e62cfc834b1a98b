"""`kmtui asset`: pages made, changed and listed by commands."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Kmtui

ANSWERS = """
technique: after-action-review
title: May review
team: Ward 7
answers:
  learn:
    - {lesson: Tell the porters the order of beds, recommendation: Send the list by six}
    - {lesson: Label the drip stands before a move}
    - {lesson: Close the car park early}
"""
RATINGS = """
assess: small
team: Ward 9
ratings:
  {criterion}: {{level: 3, example: Moves are rehearsed, contact: Ward sister}}
"""


@pytest.fixture
def lessons(kmtui: Kmtui, tmp_path: Path) -> dict[str, str]:
    """Return the ids of three lessons by their first word."""
    file = tmp_path / "answers.yaml"
    file.write_text(ANSWERS, encoding="utf-8")
    assert kmtui("run", "after-action-review", "--answers", file).code == 0
    return {row["lesson"].split()[0]: row["id"] for row in kmtui("list", "lessons", "--json").json}


def made(kmtui: Kmtui, *options: str) -> str:
    """Make a page and return its id."""
    result = kmtui("asset", "new", "Moving a ward", *options)
    assert result.code == 0, result.error
    return result.out.strip()


def test_a_page_is_made_out_of_lessons_and_contacts(kmtui: Kmtui, lessons: dict[str, str]) -> None:
    result = kmtui(
        "asset", "new", "Moving a ward", "--about", "For all", "--lesson", lessons["Tell"], "--found", "drip stands",
        "--contact", "Bed manager: the order: of beds", "--contact", "Porter", "--json",
    )  # fmt: skip
    assert result.code == 0, result.error
    assert [each["id"] for each in result.json["lessons"]] == [lessons["Tell"], lessons["Label"]]
    assert result.json["contacts"] == [
        {"role": "Bed manager", "about": "the order: of beds"},
        {"role": "Porter", "about": ""},
    ]
    (row,) = kmtui("list", "assets", "--json").json
    assert (row["id"], row["title"], row["lessons"], row["contacts"]) == (result.json["id"], "Moving a ward", 2, 2)
    assert kmtui("list", "assets").out == (f"Moving a ward, two lessons, two contacts, never looked at. {row['id']}\n")


def test_a_page_is_changed_and_somebody_looked(kmtui: Kmtui, lessons: dict[str, str]) -> None:
    page = made(kmtui, "--lesson", lessons["Tell"])
    result = kmtui(
        "asset", "change", page[:-1], "--title", "Moves", "--add", lessons["Close"], "--remove", lessons["Tell"],
        "--looked", "--role", "Matron", "--on", "2026-01-02", "--json",
    )  # fmt: skip
    assert result.code == 0, result.error
    assert (result.json["title"], [each["id"] for each in result.json["lessons"]]) == ("Moves", [lessons["Close"]])
    assert (result.json["looked"], result.json["looked_by"]) == ("2026-01-02", "Matron")
    assert kmtui("asset", "change", page, "--contact", "Porter").out == f"{page}\n"
    assert kmtui("asset", "change", page, "--no-contact", "porter", "--json").json["contacts"] == []


def test_good_practice_is_put_on_and_taken_off(kmtui: Kmtui, small: Path, tmp_path: Path) -> None:
    from kmtui.workspace.desk import open_desk

    matrix = open_desk(small, cache=tmp_path / "cache").tools.library.matrices()[0].value
    file = tmp_path / "ratings.yaml"
    text = RATINGS.format(criterion=matrix.criteria[0].id).replace("assess: small", f"assess: {matrix.id}")
    file.write_text(text, encoding="utf-8")
    assert kmtui("assess", "--answers", file).code == 0
    (practice,) = kmtui("list", "practices", "--json").json
    example = f"{practice['id']}:{practice['criterion']}"
    page = made(kmtui, "--practice", example)
    assert kmtui("asset", "change", page, "--looked", "--json").json["practices"][0]["example"] == "Moves are rehearsed"
    assert kmtui("asset", "change", page, "--no-practice", example, "--json").json["practices"] == []
    wrong = kmtui("asset", "change", page, "--practice", practice["id"])
    assert (wrong.code, "a colon" in wrong.error) == (1, True)


def test_a_session_gives_its_lessons(kmtui: Kmtui, lessons: dict[str, str]) -> None:
    (session,) = kmtui("list", "sessions", "--json").json
    page = kmtui("asset", "new", "Moves", "--session", session["id"], "--json").json
    assert {each["id"] for each in page["lessons"]} == set(lessons.values())


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("new", " "), 1, "no title"),
        (("new", "moving A ward"), 1, "already"),
        (("new", "Other", "--lesson", "zzzz"), 1, "zzzz"),
        (("new", "Other", "--found", "penguin"), 1, "No lesson has all of these words"),
        (("new", "Other", "--contact", ": beds"), 1, "no role"),
        (("change", "zzzz", "--looked"), 1, "no knowledge asset"),
        (("change", "PAGE"), 1, "Nothing to change"),
        (("change", "PAGE", "--role", "Matron"), 2, "belong to --looked"),
        (("change", "PAGE", "--looked", "--on", "2999-01-01"), 1, "has not come yet"),
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(
    kmtui: Kmtui, lessons: dict[str, str], arguments: tuple[str, ...], code: int, words: str
) -> None:
    page = made(kmtui, "--lesson", lessons["Tell"])
    before = kmtui("list", "assets", "--json").json
    result = kmtui("asset", *(page if each == "PAGE" else each for each in arguments))
    assert (result.code, result.out) == (code, "")
    assert words in result.error
    assert kmtui("list", "assets", "--json").json == before


def test_an_empty_list_says_how_a_page_is_made(kmtui: Kmtui) -> None:
    result = kmtui("list", "assets")
    assert (result.code, result.out) == (0, "")
    assert "kmtui asset new TITLE" in result.error
    assert kmtui("list", "assets", "--json").json == []
