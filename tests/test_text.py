"""Cleaning of text: what steers a terminal goes, what people wrote stays."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kmtui.text import clean, file_slug, one_line, shortened
from tests.hostile import HOSTILE

ANY_TEXT = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=())),
    st.lists(st.sampled_from(["\x1b", "[", "]", "\x9b", "3", "m", "\x07", "\\", "\r", "\n", "\x00", "\u202e"])).map(
        "".join
    ),
)


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("\x1b[31mred\x1b[0m", "red"),
        ("\x1b[38;2;1;2;3mred", "red"),
        ("\x1b[?25lhidden", "hidden"),
        ("\x1b]0;title\x07after", "after"),
        ("\x1b]8;;https://example.org\x1b\\link\x1b]8;;\x1b\\", "link"),
        ("\x1bP1$qm\x1b\\device", "device"),
        ("\x1bXstart of string\x9cafter", "after"),
        ("\x1bcreset", "reset"),
        ("\x1b(0line\x1b(B", "line"),
        ("\x9b31mC1\x9b0m", "C1"),
        ("\x9d0;title\x9cafter", "after"),
        ("cut off \x1b[", "cut off "),
        ("an open \x1b]0;title stays as text", "an open 0;title stays as text"),
        ("\x1b", ""),
    ],
)
def test_whole_escape_sequences_go(raw: str, cleaned: str) -> None:
    assert clean(raw) == cleaned


@pytest.mark.parametrize("piece", ["\x9d", "\x1b]", "\x1b", "\x9b0", "\x90x"])
def test_cleaning_takes_no_longer_the_more_often_a_sequence_is_left_open(piece: str) -> None:
    # Going back to the start for each of them would take hours.
    assert not set(clean(piece * 300_000)) & set("\x1b\x90\x9b\x9d")


def test_controls_go_but_newline_and_tab() -> None:
    assert clean("a\x00b\x07c\x7fd\x85e\nf\tg") == "abcde\nf\tg"


def test_carriage_returns_become_newlines() -> None:
    assert clean("one\r\ntwo\rthree\n\rfour") == "one\ntwo\nthree\n\nfour"


def test_bidirectional_embeddings_overrides_and_isolates_go() -> None:
    assert clean("\u202a\u202b\u202c\u202d\u202ex\u2066\u2067\u2068\u2069") == "x"


@pytest.mark.parametrize(
    "text", ["👩\u200d⚕\ufe0f", "e\u0301", "é", "می\u200cخواهم", "a\u200eb\u200f", "🇬🇧", "\xa0x", "a  b\t", "[/x]"]
)
def test_what_people_wrote_stays_as_it_is(text: str) -> None:
    assert clean(text) == text


def test_a_lone_surrogate_becomes_the_replacement_character() -> None:
    assert clean("\ud800x") == "\ufffdx"


@settings(deadline=None)
@given(ANY_TEXT)
def test_cleaned_text_is_harmless_can_be_written_and_stays_the_same(text: str) -> None:
    cleaned = clean(text)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", cleaned)
    assert clean(cleaned) == cleaned
    cleaned.encode()


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=("C", "Z"))))
def test_nothing_is_refused_shortened_or_normalised(text: str) -> None:
    assert clean(text) == text


def test_one_line_has_single_spaces_and_none_at_the_edges() -> None:
    assert one_line("  a \r\n\t b\u3000c\x1b[0m ") == "a b c"


@pytest.mark.parametrize(
    ("width", "short"), [(10, "Moving Wa…"), (14, "Moving Ward 7"), (13, "Moving Ward 7"), (8, "Moving…"), (1, "…")]
)
def test_a_long_text_ends_in_an_ellipsis(width: int, short: str) -> None:
    assert shortened("Moving  Ward 7", width) == short


@settings(deadline=None)
@given(st.text(), st.integers(min_value=-2, max_value=12))
def test_a_shortened_text_is_never_longer_than_asked(text: str, width: int) -> None:
    assert len(shortened(text, width)) <= max(width, 0)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Ward 7: move!", "ward-7-move"),
        ("CON", "con-"),
        ("com1", "com1-"),
        ("Lpt9", "lpt9-"),
        ("console", "console"),
        ("../../etc/passwd", "etc-passwd"),
        (".hidden", "hidden"),
        ("患者", ""),
        ("x" * 60, "x" * 40),
        ("a" * 39 + " b", "a" * 39),
    ],
)
def test_a_slug_is_safe_in_a_file_name(text: str, slug: str) -> None:
    assert file_slug(text) == slug


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_hostile_text_gets_out_of_the_alphabet_of_file_names(text: str) -> None:
    slug = file_slug(text)
    assert re.fullmatch(r"(?:[a-z0-9][a-z0-9-]*)?", slug)
    assert slug not in {"con", "prn", "aux", "nul", "com1", "lpt1"}
    assert len(slug) <= 41


def test_there_are_enough_hostile_texts_and_no_two_alike() -> None:
    assert len(set(HOSTILE)) == len(HOSTILE) >= 80
