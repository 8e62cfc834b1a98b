"""Ids sort by the second in which they were made, are never given twice, and are read as people type them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kmtui.model.ids import ALPHABET, LENGTH, IdMaker, as_typed, derived_id, is_id


def counting(numbers: list[int]) -> Callable[[int], int]:
    waiting = iter(numbers)
    return lambda _: next(waiting)


def test_ids_sort_by_the_second_they_were_made_in() -> None:
    seconds = iter([1_000_000_000.9, 1_000_000_001.0, 1_900_000_000.0, 30_000_000_000.0])
    new = IdMaker(seconds=lambda: next(seconds), below=counting([5, 4, 3, 2]))
    made = [new() for _ in range(4)]
    assert made == sorted(made)
    assert all(is_id(each) for each in made)


def test_no_id_is_given_twice_even_if_chance_repeats_itself() -> None:
    new = IdMaker(seconds=lambda: 1.0, below=counting([7, 7, 7, 8]))
    assert [new(), new()] == ["000000100007", "000000100008"]


def test_an_id_that_is_wholly_random_tells_no_time() -> None:
    new = IdMaker(seconds=lambda: pytest.fail("the clock was read"), below=lambda most: most - 1)
    assert new.wholly_random() == "z" * LENGTH


def test_ids_differ_by_themselves() -> None:
    new = IdMaker()
    assert len({new() for _ in range(500)}) == 500


@pytest.mark.parametrize(("typed", "meant"), [(" 1NG5 ", "1ng5"), ("ilo", "110"), ("ILO", "110"), ("0z", "0z")])
def test_ids_are_read_as_people_type_them(typed: str, meant: str) -> None:
    assert as_typed(typed) == meant


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("1ng54y2nt70e", True),
        ("1ng54y2nt70", False),
        ("1ng54y2nt70E", False),
        ("1ng54y2nt70u", False),
        ("../../../../x", False),
    ],
)
def test_only_whole_ids_are_ids(text: str, whole: bool) -> None:
    assert is_id(text) is whole


def test_the_alphabet_has_no_letter_that_is_read_wrongly() -> None:
    assert len(set(ALPHABET)) == 32
    assert not set("ilou") & set(ALPHABET)


def test_a_derived_id_follows_from_its_parts_alone_and_from_where_they_end() -> None:
    made = [derived_id(), derived_id("a"), derived_id("a", "b"), derived_id("b", "a"), derived_id("ab"), derived_id("")]
    assert all(is_id(each) for each in made)
    assert len(set(made)) == len(made)
    assert derived_id("a", "b") == "hffsz03m3ra9"  # the same on every machine, for ever
    assert is_id(derived_id("half a character \ud800"))
