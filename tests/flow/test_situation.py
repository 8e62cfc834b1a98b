"""What is typed when a technique is looked for: each answer may be left open, and nonsense is refused plainly."""

from __future__ import annotations

import pytest

from kmtui.flow.situation import (
    SITUATION_QUESTIONS,
    Situation,
    parse_minutes,
    parse_number_of_people,
    parse_phase,
    situation_typed,
)
from kmtui.model.errors import WrongInput
from tests.hostile import HOSTILE


@pytest.mark.parametrize(
    ("typed", "phase"),
    [
        ("before", "before"),
        (" After the work ", "after"),
        ("d", "during"),
        ("DURING", "during"),
        ("", None),
        (" \n", None),
    ],
)
def test_when_it_is(typed: str, phase: str | None) -> None:
    assert parse_phase(typed) == phase


@pytest.mark.parametrize(
    ("typed", "people"),
    [
        ("8", 8),
        ("8 people", 8),
        ("Eight people", 8),
        ("about twelve", 12),
        ("about 12", 12),
        ("1 person", 1),
        ("9999", 9999),
        ("", None),
    ],
)
def test_how_many_people(typed: str, people: int | None) -> None:
    assert parse_number_of_people(typed) == people


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("30", 30),
        ("30 min", 30),
        ("45 minutes.", 45),
        ("1 hour", 60),
        ("1.5 hours", 90),
        ("1,5 h", 90),
        ("1h30", 90),
        ("2 hours and 15 minutes", 135),
        ("Half an hour", 30),
        ("an hour", 60),
        ("", None),
    ],
)
def test_how_much_time(typed: str, minutes: int | None) -> None:
    assert parse_minutes(typed) == minutes


@pytest.mark.parametrize("typed", ["sometime", "8", "beforehand or after", "?"])
def test_another_time_is_refused(typed: str) -> None:
    with pytest.raises(WrongInput, match="Type before, during or after, or Enter alone"):
        parse_phase(typed)


@pytest.mark.parametrize("typed", ["0", "-3", "many", "8 to 12", "10000", "3.5", "8 minutes"])
def test_another_number_of_people_is_refused(typed: str) -> None:
    with pytest.raises(WrongInput, match="Type one such as 8, or Enter alone"):
        parse_number_of_people(typed)


@pytest.mark.parametrize("typed", ["0", "0 hours", "soon", "30 people", "10000", "200 hours", "min", "h", "-5"])
def test_another_time_span_is_refused(typed: str) -> None:
    with pytest.raises(WrongInput, match="Type minutes such as 30, or Enter alone"):
        parse_minutes(typed)


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_is_typed_is_taken_or_refused_in_one_short_line(text: str) -> None:
    for question in SITUATION_QUESTIONS:
        try:
            question.check(text)
        except WrongInput as error:
            assert len(str(error)) < 160


def test_what_is_left_open_is_not_asked_for() -> None:
    assert situation_typed({}) == Situation()
    assert situation_typed(dict.fromkeys(("phase", "people", "minutes", "words"), " ")) == Situation()
    typed = {"phase": "after", "people": "4", "minutes": "1 h", "words": " people\n are  leaving "}
    assert situation_typed(typed) == Situation(phase="after", people=4, minutes=60, words="people are leaving")
    with pytest.raises(WrongInput):
        situation_typed({"people": "none"})
