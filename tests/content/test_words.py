"""Words that errors share."""

from __future__ import annotations

from kmtui.content.words import listed, nearest, quoted, unknown


def test_lists_in_a_sentence() -> None:
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b"]) == "a or b"
    assert listed(["a", "b", "c"], "and") == "a, b and c"
    assert listed([str(number) for number in range(33)]).endswith("28, 29 and 3 more")


def test_the_nearest_word() -> None:
    assert nearest("Frist", ["first", "second"]) == "first"
    assert nearest("third", ["first", "second"]) is None
    assert nearest("x" * 61, ["x" * 60]) is None
    assert nearest("a", [f"a{number}" for number in range(301)]) is None


def test_what_is_not_known() -> None:
    assert unknown("step", "sayd", ["said"]) == 'unknown step "sayd": did you mean "said"?'
    assert unknown("step", "x", ["said", "why"]) == 'unknown step "x". Known: said and why.'
    assert unknown("step", "x", []) == 'unknown step "x". There are none.'


def test_quoted_texts_are_short_and_on_one_line() -> None:
    assert quoted("a\nb\x1b[31mc") == '"a bc"'
    assert len(quoted("x" * 1000)) == 62
