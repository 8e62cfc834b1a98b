"""What somebody asks of the register, in words with their limits."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from kmtui.analysis.query import LIMITS, MOST_LIMITS, Query, parse_query
from kmtui.model.errors import WrongInput
from kmtui.model.lesson import LESSON_STATES
from tests.hostile import HOSTILE


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("", {}),
        ("  \t\n ", {}),
        ("beds", {"words": ("beds",)}),
        ("Porters and BEDS", {"words": ("porters", "and", "beds")}),
        ("beds beds Beds", {"words": ("beds",)}),
        ("bed-list, beds/wards (two)", {"words": ("bed", "list", "beds", "wards", "two")}),
        ("patient's patient’s", {"words": ("patient's", "patient’s")}),
        ("snake_case", {"words": ("snake", "case")}),
        ("-beds +list ^lift", {"words": ("beds", "list", "lift")}),
        ("beds AND OR NOT NEAR", {"words": ("beds", "and", "or", "not", "near")}),
        ("?!… — ☎️", {}),
        ("café", {"words": ("café",)}),
        ("cafe\u0301", {"words": ("café",)}),
        ("İstanbul", {"words": ("i\u0307stanbul",)}),
        ("患者 ward", {"words": ("患者", "ward")}),
        ("https://example.org/a", {"words": ("https", "example", "org", "a")}),
        ("10:30", {"words": ("10", "30")}),
        ("note:beds", {"words": ("note", "beds")}),
    ],
)
def test_words_are_taken_as_they_are_said(text: str, asked: dict[str, Any]) -> None:
    assert parse_query(text) == Query(**asked)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ('"order of beds"', {"phrases": (("order", "of", "beds"),)}),
        ('"Order of" beds', {"phrases": (("order", "of"),), "words": ("beds",)}),
        ('"order of beds', {"phrases": (("order", "of", "beds"),)}),
        ('"beds"', {"words": ("beds",)}),
        ('"beds', {"words": ("beds",)}),
        ('""', {}),
        ('"', {}),
        ('" - "', {}),
        ('"a b" "c d" "a b"', {"phrases": (("a", "b"), ("c", "d"))}),
        ('beds"two words"', {"words": ("beds",), "phrases": (("two", "words"),)}),
    ],
)
def test_phrases_keep_their_words_in_order(text: str, asked: dict[str, Any]) -> None:
    assert parse_query(text) == Query(**asked)
    assert parse_query(text, typing=True).phrases == Query(**asked).phrases


@pytest.mark.parametrize(
    ("text", "words", "begun"),
    [
        ("mov*", (), ("mov",)),
        ("mov* beds", ("beds",), ("mov",)),
        ("beds mov* lif*", ("beds",), ("mov", "lif")),
        ("bed-li*", ("bed",), ("li",)),
        ("mov* mov*", (), ("mov",)),
        ("*", (), ()),
        ('"mov*"', ("mov",), ()),
    ],
)
def test_a_star_asks_for_a_beginning(text: str, words: tuple[str, ...], begun: tuple[str, ...]) -> None:
    assert parse_query(text) == Query(words=words, begun=begun)


@pytest.mark.parametrize(
    ("text", "words", "begun"),
    [
        ("mov", (), ("mov",)),
        ("beds mov", ("beds",), ("mov",)),
        ("beds mov ", ("beds", "mov"), ()),
        ("beds mov\n", ("beds", "mov"), ()),
        ("bed-li", ("bed",), ("li",)),
        ("beds mov.", ("beds",), ("mov",)),
        ("beds beds", ("beds",), ("beds",)),
        ('"mov"', ("mov",), ()),
        ("mov* lif", (), ("mov", "lif")),
    ],
)
def test_the_last_word_may_be_half_typed(text: str, words: tuple[str, ...], begun: tuple[str, ...]) -> None:
    assert parse_query(text, typing=True) == Query(words=words, begun=begun)


@pytest.mark.parametrize(
    ("limit", "field"),
    [("tag", "tags"), ("team", "teams"), ("technique", "techniques"), ("criterion", "criteria")],
)
def test_limits_with_texts(limit: str, field: str) -> None:
    def found(text: str, *, typing: bool = False) -> tuple[str, ...]:
        query = parse_query(text, typing=typing)
        value: tuple[str, ...] = getattr(query, field)
        assert query == replace(Query(), **{field: value})
        return value

    assert found(f"{limit}:Ward") == ("Ward",)
    assert found(f"{limit.upper()}:Ward") == ("Ward",)
    assert found(f'{limit}:"Ward 7"') == ("Ward 7",)
    assert found(f'{limit}:"Ward 7') == ("Ward 7",)
    assert found(f"{limit}:Wa*") == ("Wa*",)
    assert found(f"{limit}:one {limit}:two") == ("one", "two")
    assert found(f"{limit}:Wa", typing=True) == ("Wa*",)
    assert found(f"{limit}:Wa*", typing=True) == ("Wa*",)
    assert found(f"{limit}:Wa ", typing=True) == ("Wa",)
    assert found(f"{limit}:one {limit}:tw", typing=True) == ("one", "tw*")
    assert found(f'{limit}:"Ward 7"', typing=True) == ("Ward 7",)
    assert parse_query(f"{limit}:") == Query(words=(limit,))
    assert parse_query(f"{limit}:Ward beds") == replace(Query(words=("beds",)), **{field: ("Ward",)})


@pytest.mark.parametrize("state", LESSON_STATES)
def test_a_state_may_be_half_typed(state: str) -> None:
    assert parse_query(f"state:{state}").states == (state,)
    assert parse_query(f"State:{state[:2].upper()}").states == (state,)
    assert parse_query(f"state:{state} state:retired").states == (state, "retired")


def test_the_kind_is_keep_or_change() -> None:
    assert parse_query("kind:keep") == Query(kind="keep")
    assert parse_query("kind:c") == Query(kind="change")
    assert parse_query("kind:keep kind:change").kind == "change"


@pytest.mark.parametrize(
    ("text", "since", "until"),
    [
        ("after:2026", date(2026, 1, 1), None),
        ("after:2026-05", date(2026, 5, 1), None),
        ("after:2026-5-9", date(2026, 5, 9), None),
        ("before:2026", None, date(2025, 12, 31)),
        ("before:2026-03", None, date(2026, 2, 28)),
        ("before:2024-03-01", None, date(2024, 2, 29)),
        ("after:2026-05 before:2026-06", date(2026, 5, 1), date(2026, 5, 31)),
        ("after:2025 after:2026 before:2028 before:2027", date(2026, 1, 1), date(2026, 12, 31)),
        ("after:0001 before:9999-12-31", date.min, date(9999, 12, 30)),
    ],
)
def test_after_and_before_a_year_a_month_or_a_day(text: str, since: date | None, until: date | None) -> None:
    assert parse_query(text) == Query(since=since, until=until)


def test_before_the_first_day_there_is_no_error() -> None:
    assert parse_query("before:0001").until == date.min


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("after:yesterday", '"after:yesterday" is no date. Write a year, a month or a day: after:2026, after:2026-05.'),
        ("before:2026-13", '"before:2026-13" is no date'),
        ("after:2026-02-30", "is no date"),
        ("after:0000", "is no date"),
        ("before:26", "is no date"),
        ("after:2026-05-01-01", "is no date"),
        ("state:done", '"state:done" is none of these: state:captured, state:agreed, state:applied, state:retired.'),
        ("state:a", "none of these"),
        ("state:*", "none of these"),
        ("kind:both", '"kind:both" is none of these: kind:keep, kind:change.'),
        ("team:a " * (MOST_LIMITS + 1), f'"team:" is there {MOST_LIMITS + 1} times. Name at most {MOST_LIMITS}.'),
    ],
)
def test_what_a_limit_cannot_have_is_named(text: str, says: str) -> None:
    for typing in (False, True):
        with pytest.raises(WrongInput) as error:
            parse_query(text, typing=typing)
        assert says in str(error.value)


def test_only_limits_are_wordless() -> None:
    assert parse_query("").wordless
    assert parse_query("tag:moves state:agreed after:2026").wordless
    assert not parse_query("beds").wordless
    assert not parse_query("mov*").wordless
    assert not parse_query('"two words"').wordless


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_words_and_nothing_else(text: str) -> None:
    query = parse_query(text)
    assert query == Query(words=query.words, phrases=query.phrases, begun=query.begun)


PIECES = st.one_of(
    st.sampled_from([*(f"{name}:" for name in LIMITS), '"', "*", ":", " ", "'", "-", "2026", "0001", "mov", "keep"]),
    st.text(max_size=5),
)


@example("before:0001-01-01", False)
@example('tag:"', True)
@example("after:٢٠٢٦", False)
@given(st.lists(PIECES, max_size=12).map("".join), st.booleans())
def test_a_text_is_a_query_or_wrong_and_nothing_else(text: str, typing: bool) -> None:
    try:
        query = parse_query(text, typing=typing)
    except WrongInput as error:
        assert any(f"{name}:" in str(error) for name in LIMITS)
        return
    for word in (*query.words, *query.begun, *(each for phrase in query.phrases for each in phrase)):
        assert word
        assert not set(word) & set('" :*()\n')
    assert all(len(phrase) > 1 for phrase in query.phrases)
    assert all((*query.tags, *query.teams, *query.techniques, *query.criteria))
