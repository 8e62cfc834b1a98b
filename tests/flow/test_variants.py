"""Which words are kept of one thing in several versions, under which id, and in which order."""

from __future__ import annotations

from typing import Any

from kmtui.flow.shapes import Items
from kmtui.flow.variants import Variant, canonical, fullest, in_one_order, joined_items, leading, winning
from kmtui.model.ids import derived_id
from kmtui.model.session import Entry

ONE, TWO, THREE = "06jx2kq8z9a1", "06jx2kq8z9a2", "06jx2kq8z9a3"
ENTRIES = Items(nouns=("entry", "entries"), words=("text",))


def entry(entry_id: str, text: str, step: str = "x") -> Entry:
    return Entry(id=entry_id, step=step, text=text)


def joined(*versions: tuple[Entry, ...]) -> tuple[Any, ...]:
    """Join versions of which the first is the latest."""
    found = [Variant((len(versions) - number,), things) for number, things in enumerate(versions)]
    return joined_items(found, ENTRIES)[0]


def test_one_content_has_one_form() -> None:
    assert canonical({"b": 1, "a": (2,)}) == canonical({"a": [2], "b": 1})


def test_the_latest_wins_and_of_the_same_moment_always_the_same() -> None:
    early, late = Variant((1,), "b"), Variant((2,), "a")
    assert winning([early, late]) is winning([late, early]) is late
    assert winning([Variant((1,), "a"), early]) is early is winning([early, Variant((1,), "a")])


def test_what_others_have_comes_behind_what_is_before_it_there() -> None:
    assert in_one_order([]) == []
    assert in_one_order([["a", "b", "a"]]) == ["a", "b"]
    assert in_one_order([["a", "b"], ["x", "a", "y", "z"], ["y", "w"]]) == ["a", "y", "w", "z", "b", "x"]


def test_of_two_words_the_fuller_ones_are_enough() -> None:
    short, full, other = {"a": "1", "b": ""}, {"a": "1", "b": "2"}, {"a": "3", "b": ""}
    assert fullest([short, full, other, full]) == [full, other]
    assert fullest([{"a": "", "b": None}, {"a": "", "b": None}]) == [{"a": "", "b": None}]


def test_fuller_words_count_as_late_as_the_part_of_them_that_somebody_kept() -> None:
    short, full, other = {"a": "1", "b": ""}, {"a": "1", "b": "2"}, {"a": "3", "b": ""}
    variants = [Variant((3,), short), Variant((1,), full), Variant((2,), other)]
    assert leading(variants, [full, other], lambda thing: thing) == full
    assert leading([Variant((3,), short)], [full], lambda thing: thing) is None


def test_other_words_get_an_id_that_follows_from_them() -> None:
    first, second = joined((entry(ONE, "late"),), (entry(ONE, "early"),))
    assert (first, second.text) == (entry(ONE, "late"), "early")
    assert second.id[:6] == derived_id(ONE)[:6] != derived_id(TWO)[:6]
    assert joined((first, second), (entry(ONE, "early"),)) == (first, second)
    assert joined((entry(ONE, "early"),), (first, second))[0] == entry(ONE, "early")
    third = joined((entry(ONE, "third"),), (first, second))
    assert (third[0], {each.text for each in third}) == (entry(ONE, "third"), {"third", "late", "early"})


def test_a_thing_that_another_one_follows_from_can_itself_be_put_right() -> None:
    first, second = joined((entry(ONE, "late"),), (entry(ONE, "early"),))
    again = joined((first, entry(second.id, "put right")), (first, second))
    assert {each.text for each in again} == {"late", "early", "put right"}
    assert {each.id: each.text for each in again}[second.id] == "put right"
    assert joined(again, (first, second)) == again


def test_one_id_that_a_hand_has_written_twice_loses_nothing() -> None:
    both = joined((entry(ONE, "a"), entry(ONE, "b")), (entry(TWO, "c"),))
    assert {each.text for each in both} == {"a", "b", "c"}
    assert len({each.id for each in both}) == 3
