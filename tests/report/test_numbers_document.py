"""The JSON of the numbers: the keys that scripts depend on, and cleaned text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from msgspec.structs import replace

from kmtui.report.numbers_document import numbers_document
from kmtui.text import clean
from tests.hostile import HOSTILE
from tests.report.counted_examples import NOTHING, numbers

KEYS = ["sessions", "open_sessions", "assessments", "people", "lessons", "actions", "criteria", "techniques"]


def test_the_document_has_the_keys_of_the_contract_for_the_whole_and_for_each_team() -> None:
    found = numbers_document(numbers())
    assert list(found) == ["from", "to", "team", *KEYS, "teams"]
    assert [list(each) for each in found["teams"]] == [["team", *KEYS]] * 3
    assert (found["from"], found["to"], found["team"]) == ("2026-01-01", "2026-03-31", "")
    assert (found["sessions"], found["open_sessions"], found["assessments"], found["people"]) == (14, 1, 1, 96)
    assert found["lessons"] == {
        "captured": 12,
        "keep": 4,
        "agreed": 3,
        "reused": 6,
        "uses": 8,
        "applied": 0,
        "retired": 0,
        "seen_again": 2,
    }
    assert found["actions"] == {
        "agreed": 11,
        "closed": 8,
        "on_time": 5,
        "late": 2,
        "without_a_day": 1,
        "dropped": 1,
        "overdue": 3,
    }
    assert found["techniques"] == [
        {"name": "After Action Review Ward", "sessions": 12},
        {"name": "Fishbowl", "sessions": 2},
    ]
    assert [(each["team"], each["sessions"]) for each in found["teams"]] == [("Ward 4", 4), ("Ward 7", 9), ("", 1)]
    assert json.loads(json.dumps(found)) == found


def test_the_moves_are_those_of_criteria_that_are_not_where_they_were() -> None:
    criteria = numbers_document(numbers())["criteria"]
    assert (criteria["up"], criteria["down"], criteria["same"]) == (2, 1, 1)
    assert criteria["moves"][0] == {
        "team": "Ward 4",
        "criterion": "Ward",
        "name": "Innovation Ward",
        "from": 5,
        "from_date": "2025-02-03",
        "from_mean": False,
        "to": 5.6,
        "to_date": "2026-02-10",
        "to_mean": True,
    }
    assert [(each["from"], each["to"]) for each in criteria["moves"]] == [(5, 5.6), (4, 6), (8, 7)]


def test_where_nothing_was_done_every_key_is_there() -> None:
    found = numbers_document(NOTHING)
    assert list(found) == ["from", "to", "team", *KEYS, "teams"]
    assert found["criteria"] == {"up": 0, "down": 0, "same": 0, "moves": []}
    assert (found["teams"], found["techniques"], found["people"]) == ([], [], 0)


def texts(value: Any) -> Iterator[str]:
    """Yield every text in a document."""
    if isinstance(value, str):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from texts(each)


@pytest.mark.parametrize("text", HOSTILE)
def test_every_text_is_cleaned(text: str) -> None:
    found = list(texts(numbers_document(replace(numbers(text), team=text))))
    assert all(each == clean(each) for each in found)
    assert f"Innovation {clean(text)}" in found
    assert clean(text) in found
