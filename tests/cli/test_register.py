"""kmtui search and kmtui lesson: the contract that scripts rely on."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import ANSWERS, Kmtui

FIELDS = ["id", "lesson", "excerpt", "score", "team", "session", "date", "state", "used"]
TABLE = (
    "Lesson,Cause,Tags,Team,Title,Date,State,Note,Keep or change\n"
    "Tell the porters,No list,moves; beds,Ward 7,May,2026-05-01,applied,A list hangs,change\n"
    "Porters know the lift,,moves,Ward 9,June,2026-06-01,,,keep\n"
    "Label the drips,Porters asked,beds,Ward 7,July,2026-07-01,agreed,,change\n"
    '"=SUM(1), [x](y) and <b>","A ""quote""\nand a line",odd,Ward 9,August,2026-08-01,retired,Odd,change\n'
)


@pytest.fixture
def lessons(kmtui: Kmtui, tmp_path: Path) -> dict[str, str]:
    """Take in four lessons; return their ids by their words."""
    file = tmp_path / "lessons.csv"
    file.write_text(TABLE, encoding="utf-8", newline="")
    done = kmtui("import", file, "--as", "lessons", "--json")
    assert (done.code, done.json["read"], done.json["rejected"]) == (0, 4, [])
    return {row["lesson"]: row["id"] for row in kmtui("search", "--json").json}


def names(rows: list[dict[str, Any]]) -> list[str]:
    """Return the first words of what was found."""
    return [" ".join(row["lesson"].split()[:2]) for row in rows]


def test_what_is_found_has_the_fields_of_the_contract_and_the_best_comes_first(
    kmtui: Kmtui, lessons: dict[str, str]
) -> None:
    done = kmtui("search", "porters", "--json")
    assert done.code == 0
    assert done.error == ""
    assert all(list(row)[: len(FIELDS)] == FIELDS for row in done.json)
    assert {*names(done.json[:2])} == {"Tell the", "Porters know"}
    assert names(done.json[2:]) == ["Label the"]
    scores = [row["score"] for row in done.json]
    assert scores == sorted(scores, reverse=True)
    row = next(each for each in done.json if each["id"] == lessons["Tell the porters"])
    assert row["excerpt"] == "Tell the «porters»"
    assert (row["team"], row["session"], row["date"]) == ("Ward 7", "May", "2026-05-01")
    assert (row["state"], row["used"]) == ("applied", 0)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--tag", "moves"], ["Porters know", "Tell the"]),
        (["--tag", "moves", "--tag", "beds"], ["Tell the"]),
        (["--team", "ward 7"], ["Label the", "Tell the"]),
        (["--state", "captured"], ["Porters know"]),
        (["--state", "applied"], ["Tell the"]),
        (["--limit", "1"], ["=SUM(1), [x](y)"]),
        (["porters", "--team", "Ward 7", "--tag", "beds", "--state", "agreed"], ["Label the"]),
        (["mov*", "kind:keep"], ["Porters know"]),
        (['"the porters"'], ["Tell the"]),
        (["after:2026-07"], ["=SUM(1), [x](y)", "Label the"]),
    ],
)
def test_limits(kmtui: Kmtui, lessons: dict[str, str], arguments: list[str], expected: list[str]) -> None:
    done = kmtui("search", *arguments, "--json")
    assert done.code == 0
    assert names(done.json) == expected


@pytest.mark.parametrize("words", [[], ["nothing of this"], ["--team", "Ward 1"], ['"'], ["*"], ["x\x00y"], ["("]])
def test_no_hits_are_an_empty_list(kmtui: Kmtui, words: list[str]) -> None:
    done = kmtui("search", *words, "--json")
    assert (done.code, done.json, done.error) == (0, [], "")
    plain = kmtui("search", *words)
    assert (plain.code, plain.out) == (0, "")
    assert plain.error.startswith("No lesson")


@pytest.mark.parametrize("words", ["after:soon", "state:lost", "kind:both", "before:2026-13"])
def test_a_wrong_limit_is_told(kmtui: Kmtui, lessons: dict[str, str], words: str) -> None:
    done = kmtui("search", words, "--json")
    assert (done.code, done.out) == (1, "")
    assert words.partition(":")[2] in done.error
    assert len(done.error.splitlines()) == 1


@pytest.mark.parametrize("options", [["--limit", "0"], ["--state", "lost"], ["--format", "pdf"], ["--new"]])
def test_a_wrong_option_is_a_wrong_command(kmtui: Kmtui, options: list[str]) -> None:
    assert kmtui("search", "x", *options).code == 2


@pytest.mark.parametrize("form", ["csv", "json", "markdown"])
def test_a_result_is_exported_to_a_file_a_folder_or_the_output(
    kmtui: Kmtui, lessons: dict[str, str], tmp_path: Path, form: str
) -> None:
    printed = kmtui("search", "porters", "--format", form)
    assert printed.code == 0
    file = tmp_path / "found"
    assert kmtui("search", "porters", "--format", form, "-o", file).code == 0
    assert file.read_bytes() == printed.bytes
    folder = tmp_path / "out"
    folder.mkdir()
    assert kmtui("search", "porters", "--format", form, "-o", folder).code == 0
    (written,) = folder.iterdir()
    assert written.read_bytes() == printed.bytes


@pytest.mark.parametrize("form", ["csv", "json"])
def test_a_result_taken_in_elsewhere_is_the_same_lessons_with_the_same_ids(
    kmtui: Kmtui, lessons: dict[str, str], tmp_path: Path, form: str
) -> None:
    kmtui("lesson", lessons["Porters know the lift"], "--state", "agreed")
    file = tmp_path / f"out.{form}"
    before = kmtui("search", "--json").json
    assert kmtui("search", "--format", form, "-o", file).code == 0
    other = ("--workspace", tmp_path / "other")
    done = kmtui("import", file, "--as", "lessons", "--json", *other)
    assert (done.json["read"], done.json["rejected"]) == (4, [])
    after = kmtui("search", "--json", *other).json

    def told(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        fields = [each for each in rows[0] if each not in ("source", "id")]
        return [{field: row[field] for field in fields} for row in rows]

    assert told(after) == told(before)
    assert [row["id"] for row in after] == [row["id"] for row in before]
    assert kmtui("import", file, "--as", "lessons", "--json").json["duplicates"] == 4


def test_lessons_of_sessions_are_found_with_their_uses(kmtui: Kmtui, answers: Path) -> None:
    session = kmtui("aar", "--answers", answers).out.strip()
    (row,) = kmtui("search", "porters", "--json").json
    assert (row["session"], row["session_id"], row["team"]) == ("Ward move", session, "Ward 7")
    kmtui("delete", session)
    assert kmtui("search", "porters", "--json").json == []


# kmtui lesson


def test_a_state_is_said_with_what_changed(kmtui: Kmtui, lessons: dict[str, str]) -> None:
    lesson = lessons["Porters know the lift"]
    done = kmtui("lesson", lesson, "--state", "applied", "--note", "A list hangs there", "--role", "Sister", "--json")
    assert done.code == 0
    assert (done.json["id"], done.json["state"]) == (lesson, "applied")
    (turn,) = done.json["life"]
    assert (turn["state"], turn["note"], turn["role"]) == ("applied", "A list hangs there", "Sister")
    assert turn["at"].endswith(("Z", "+00:00"))
    assert kmtui("lesson", lesson[:11], "--json").json == done.json
    assert "A list hangs there" in kmtui("lesson", lesson).out


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--state", "applied"], "what changed"),
        (["--state", "applied", "--note", "  "], "what changed"),
        (["--state", "retired"], "why"),
        (["--review", "someday"], "someday"),
        (["--join", "zzzzzzzzzzzz"], "zzzzzzzzzzzz"),
        (["--apart"], "not joined"),
    ],
)
def test_what_cannot_be_said_of_a_lesson_is_refused(
    kmtui: Kmtui, lessons: dict[str, str], options: list[str], told: str
) -> None:
    lesson = lessons["Porters know the lift"]
    before = kmtui("lesson", lesson, "--json").json
    done = kmtui("lesson", lesson, *options)
    assert (done.code, done.out) == (1, "")
    assert told in done.error
    assert kmtui("lesson", lesson, "--json").json == before


def test_a_wrong_part_of_a_command_changes_nothing_of_the_others(kmtui: Kmtui, lessons: dict[str, str]) -> None:
    one, other = lessons["Porters know the lift"], lessons["Tell the porters"]
    before = kmtui("search", "--json").json
    for wrong in (["--state", "applied"], ["--review", "someday"], ["--apart"]):
        assert kmtui("lesson", one, "--join", other, *wrong).code == 1
        assert kmtui("search", "--json").json == before


def test_a_review_day_is_set_and_taken_away(kmtui: Kmtui, lessons: dict[str, str]) -> None:
    lesson = lessons["Label the drips"]
    assert (
        kmtui("lesson", lesson, "--review", "2027-01-31", "--owner", "Sister", "--json").json["review"] == "2027-01-31"
    )
    done = kmtui("lesson", lesson, "--review", "none", "--json").json
    assert (done["review"], done["owner"]) == (None, "Sister")


def test_lessons_are_joined_and_taken_apart(kmtui: Kmtui, lessons: dict[str, str]) -> None:
    one, other = lessons["Porters know the lift"], lessons["Tell the porters"]
    done = kmtui("lesson", one, "--join", other, "--json")
    assert (done.code, done.json["sources"], done.json["seen"]) == (0, [other], 2)
    assert kmtui("lesson", other, "--json").json["joined"] == one
    assert kmtui("search", "tell porters", "--json").json[0]["id"] == one
    assert other not in {row["id"] for row in kmtui("search", "porters", "--json").json}
    refused = kmtui("lesson", one, "--join", one)
    assert (refused.code, refused.out) == (1, "")
    apart = kmtui("lesson", other, "--apart", "--json")
    assert (apart.code, apart.json["joined"]) == (0, None)
    assert kmtui("lesson", one, "--json").json["sources"] == []


def test_an_id_that_is_none_or_of_several_is_told(kmtui: Kmtui, lessons: dict[str, str]) -> None:
    assert kmtui("lesson", "zzzz").code == 1
    assert kmtui("lesson", "").code == 1
    assert "Traceback" not in kmtui("lesson", "\x1b[31m").error


def test_text_that_may_tell_who_somebody_is_can_be_replaced(kmtui: Kmtui, tmp_path: Path) -> None:
    file = tmp_path / "answers.yaml"
    file.write_text(ANSWERS.replace("Tell the porters", "Tell amina@example.nhs.uk"), encoding="utf-8")
    assert kmtui("aar", "--answers", file).code == 0
    kept = kmtui("search", "tell", "--json")
    assert "amina@example" in kept.out
    replaced = kmtui("search", "tell", "--json", "--replace", "all")
    assert "amina" not in json.dumps(replaced.json)
    assert "[e-mail address]" in replaced.json[0]["lesson"]
