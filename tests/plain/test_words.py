"""What a typed line is taken for."""

from __future__ import annotations

import pytest

from kmtui.plain.words import Command, answered_number, read_line


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("back", Command(word="back")),
        ("  BACK ", Command(word="back")),
        ("?", Command(word="?")),
        ("help", Command(word="?")),
        ("time pause", Command(word="time pause")),
        ("edit 3", Command(word="edit", numbers=(3,))),
        ("move 3 1", Command(word="move", numbers=(3, 1))),
        ("park The lift broke", Command(word="park", words="The lift broke")),
        ("save E:/mine.json", Command(word="save", words="E:/mine.json")),
        ("go act", Command(word="go", words="act")),
    ],
)
def test_commands_are_known(line: str, expected: Command) -> None:
    assert read_line(line, {"act"}) == expected


@pytest.mark.parametrize(
    "line",
    [
        "back to the ward at noon",
        "edit the bed list",
        "move the beds",
        "list of beds was late",
        "time was short",
        "parking was full",
        "park",
        "save time by ordering the beds",
        "go home early",
        "go home",
        "12:30 the van came",
        "",
    ],
)
def test_words_that_begin_like_a_command_are_words(line: str) -> None:
    assert read_line(line, {"act"}) == line


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("\\back", "back"),
        ('"back"', "back"),
        ("'skip", "skip"),
        ("\\\\back", "\\back"),
        ("\\2: it was late", "2: it was late"),
        ("\\park the van", "park the van"),
        ('"Park it" was all they said', '"Park it" was all they said'),
        ('"We never knew"', '"We never knew"'),
        ("\\server\\share", "\\server\\share"),
    ],
)
def test_a_mark_makes_words_of_a_command_and_leaves_other_words_alone(line: str, words: str) -> None:
    assert read_line(line) == words


def test_any_path_can_be_saved_to_while_something_is_not_saved() -> None:
    assert read_line("save E:", unsaved=True) == Command(word="save", words="E:")


@pytest.mark.parametrize(
    ("words", "expected"), [("2: because", (2, "because")), ("2:because", (2, "because")), ("12:30 it came", None)]
)
def test_an_answer_to_a_line_begins_with_its_number(words: str, expected: tuple[int, str] | None) -> None:
    assert answered_number(words) == expected
