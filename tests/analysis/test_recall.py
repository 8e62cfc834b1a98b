"""Lessons that may help with what is being written."""

from __future__ import annotations

from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kmtui.analysis.recall import MOST, helpful
from kmtui.model.lines import LessonLine


def line(lesson: str, **fields: Any) -> LessonLine:
    return LessonLine(
        id=lesson, session="s", date=date(2026, 1, 1), **{"lesson": lesson, "title": "", "team": "", **fields}
    )


LESSONS = (
    line("Tell the porters the order of beds"),
    line("Agree the times of meals with the kitchen"),
    line("Label the drip stands before they move"),
    line("The beds need labels"),
    line("Beds, beds and more beds"),
)


def found(words: str, lessons: tuple[LessonLine, ...] = LESSONS, **fields: Any) -> list[str]:
    return [each.lesson for each in helpful(lessons, words, **fields)]


def test_lessons_share_a_word_in_any_of_its_forms_and_in_any_case() -> None:
    assert found("PORTER") == ["Tell the porters the order of beds"]
    assert found("a meal in the kitchens") == ["Agree the times of meals with the kitchen"]
    assert found("when we were moving house") == ["Label the drip stands before they move"]


@pytest.mark.parametrize("words", ["", "   ", "the of and", "x", "?!", "nothing fits"])
def test_where_nothing_fits_nothing_is_offered(words: str) -> None:
    assert found(words) == []
    assert found("porters", ()) == []


def test_a_rarer_word_counts_more_and_a_word_counts_once() -> None:
    assert found("labels for beds and drip")[0] == "Label the drip stands before they move"
    assert found("beds")[0] == "Tell the porters the order of beds"  # the newest of those with the word


def test_of_lessons_that_fit_as_well_the_newer_comes_first() -> None:
    twins = tuple(line(f"{number} porter order bed kitchen label drip") for number in range(3))
    assert found("drip kitchen porter bed label order", twins) == [each.lesson for each in twins]


def test_three_are_offered_or_as_many_as_are_asked_for() -> None:
    many = tuple(line(f"Beds {number}") for number in range(9))
    assert len(found("beds", many)) == MOST == 3
    assert found("beds", many, most=1) == ["Beds 0"]


@pytest.mark.parametrize("half", ["por", "port", "porte", "porter"])
def test_the_last_word_may_be_half_typed(half: str) -> None:
    assert found(f"ask {half}") == ["Tell the porters the order of beds"]


@pytest.mark.parametrize("words", ["po", "por ask", "orters"])
def test_other_parts_of_words_find_nothing(words: str) -> None:
    assert found(words) == []


@pytest.mark.parametrize("field", ["recommendation", "cause", "context", "title"])
def test_all_that_is_said_of_a_lesson_is_looked_at(field: str) -> None:
    lesson = line("Something", **{field: "The lift was late"})
    assert found("lifts", (lesson,)) == ["Something"]
    assert found("lifts", (line("Something", tags=("lift", "moves")),)) == ["Something"]
    assert found("lifts", (line("Something", team="lift", owner="lift"),)) == []


def test_other_words_do_not_change_the_order_of_lessons_that_fit_as_well() -> None:
    """Floats that are added up in another order may come to another sum, and sets have no order."""
    chance = Random(7)
    for _ in range(100):
        words = ["".join(chance.choices("bcdfgh", k=6)) for _ in range(chance.randint(3, 9))]
        others = [line(" ".join(words[:each])) for each in range(1, len(words))]
        twins = []
        for number in range(5):
            more = ["".join(chance.choices("klmnp", k=6)) for _ in range(number * 9)]
            chance.shuffle(words)
            twins.append(line(f"{number} {' '.join(words)}", context=" ".join(more)))
        typed = [*words, *("".join(chance.choices("vwxz", k=6)) for _ in range(20))]
        assert helpful([*twins, *others], " ".join(typed), 5) == tuple(twins)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.text(max_size=20), max_size=6), st.text(max_size=30))
def test_what_is_offered_is_there_once(texts: list[str], words: str) -> None:
    lessons = tuple(line(f"{number} {text}") for number, text in enumerate(texts))
    offered = helpful(lessons, words)
    assert len(offered) <= MOST
    assert len({each.id for each in offered}) == len(offered)
    assert set(offered) <= set(lessons)
