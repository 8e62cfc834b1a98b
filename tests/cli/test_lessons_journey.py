"""A lesson's way round: taken in from a collection, met before new work, applied, put on a page, sent and joined."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Kmtui

COLLECTION = """Lesson number;What we learned;Driving event;Recommendations;Topics;Lesson date;Project
L-1;Porters need the bed list the evening before a move;Two beds went to the wrong bay;Send the list by six;moves, porters;03/05/2024;Ward 3 move
L-2;Order reagents before the bank holiday;The laboratory ran out;Keep two weeks in store;stock;12/01/2023;Laboratory
L-3;Test the projector in the room itself;The cable did not fit;Go there the day before;training;2022-06-01;Study day
;;;;;;
L-5;;An empty lesson;;;;
"""  # noqa: E501 - a table as people have it
STEPS_BEFORE = 5  # people, welcome, result, measures, challenges: Enter each
LAST = "What did we learn from last time?"


@pytest.fixture
def collection(tmp_path: Path) -> Path:
    path = tmp_path / "collection.csv"
    path.write_bytes(COLLECTION.encode("cp1252"))
    return path


def test_a_lesson_goes_once_round(
    tmp_path: Path, kmtui: Kmtui, collection: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A collection of somebody else is taken in; what cannot be read is told with its line.
    done = kmtui("import", collection, "--as", "lessons", "--json")
    assert (done.code, done.json["read"], done.json["duplicates"]) == (0, 3, 0)
    assert [each["line"] for each in done.json["rejected"]] == [6]

    # A Before Action Review on a like subject meets the lesson by itself, where it asks what is known already.
    talk = kmtui(
        "run",
        "before-action-review",
        "--plain",
        "--title",
        "Moving the beds of ward 9",
        "--team",
        "Ward 9",
        stdin="\n" * STEPS_BEFORE + "take 1\n" + "\n" * 5,
    )
    assert talk.code == 0, talk.error
    asked = talk.out.index(LAST)
    assert "Porters need the bed list the evening before a move" in talk.out[asked:]
    (session,) = kmtui("list", "sessions", "--json").json
    (hit,) = kmtui("search", "porters", "--json").json
    assert (hit["lesson"], hit["used"], hit["session"]) == (
        "Porters need the bed list the evening before a move", 1, "Ward 3 move",
    )  # fmt: skip
    shown = kmtui("show", hit["id"], "--json").json
    assert [(use["record"], use["into"]) for use in shown["uses"]] == [(session["id"], "entry")]

    # What changed because of it is said, and stays with the lesson.
    assert kmtui("lesson", hit["id"], "--state", "applied").code == 1
    told = kmtui("lesson", hit["id"], "--state", "applied", "--note", "The list hangs at the door", "--role", "Sister")
    assert told.code == 0
    (hit,) = kmtui("search", "porters", "--state", "applied", "--json").json

    # It is put on a page with a role to ask, and the page is sent as one file.
    made = kmtui(
        "asset", "new", "Moving a ward", "--found", "bed list", "--contact", "Bed manager: the order", "--json"
    )
    assert made.code == 0, made.error
    asset = made.json["id"]
    page = kmtui("export", asset).out
    assert "The list hangs at the door" in page or "pplied" in page
    bundle = tmp_path / "moving.json"
    assert kmtui("bundle", asset, session["id"], "-o", bundle).code == 0

    # Another workspace takes it in, twice, and has the page, the lesson and what became of it.
    monkeypatch.setenv("KMTUI_WORKSPACE", str(tmp_path / "elsewhere"))
    assert kmtui("import", bundle, "--json").json["new"]
    again = kmtui("import", bundle, "--json").json
    assert (again["new"], again["conflicts"]) == ([], [])
    (there,) = kmtui("search", "porters", "--json").json
    assert (there["id"], there["state"], there["team"], there["date"]) == (hit["id"], "applied", "", "2024-05-03")
    assert kmtui("export", asset).out == page
    assert kmtui("doctor", "--json").json == []
