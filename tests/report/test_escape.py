"""What a person typed comes back from a real parser as that text and nothing else."""

from __future__ import annotations

import json

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from kmtui.report import escape
from kmtui.report.escape import block, cell, front_matter, inline
from kmtui.text import clean
from tests.hostile import HOSTILE
from tests.report.examples import AT, DAY
from tests.report.reader import PARSERS, as_read, on_one_line, read

PIECES = (
    *"\\`*_{}[]()<>#+-.!|&;:/@$^~='\"\n\r\t 0123xXaA\u3000\xa0💩",
    *("www.", "http://", "mailto:", "a@b.com", ".com", "&amp;", "&#35;", "[x]: /u", "[^1]", "---", "==="),
    *("1. ", "- ", "| a |\n|---|", "```", "<b>", "<!--", "//localhost", "](", "[x] ", "xn--a", " ##"),
)
MARKDOWN = st.lists(st.sampled_from(PIECES) | st.characters(), max_size=14).map("".join)
TEXTS = MARKDOWN | st.text()
NUMBERED = pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))


def check_everywhere(text: str, parser: MarkdownIt) -> None:
    """Put the text into every place that a report has for one, and read it back."""
    whole, line = as_read(text), on_one_line(text)
    if whole:
        paragraph = ["paragraph_open", "inline", "paragraph_close"]
        assert read(block(text), parser) == (paragraph, [whole])
        assert read(f"1. **{block(text, 3)}**\n   Why: x", parser) == (
            ["ordered_list_open", "list_item_open", *paragraph, "list_item_close", "ordered_list_close"],
            [f"{whole}\nWhy: x"],
        )
        item = ["list_item_open", *paragraph, "list_item_close"]
        assert read(f"- {block(text, 2)}\n- end", parser) == (
            ["bullet_list_open", *item, *item, "bullet_list_close"],
            [whole, "end"],
        )
    if line:
        assert read(inline(text), parser) == (["paragraph_open", "inline", "paragraph_close"], [line])
        assert read(f"# {inline(text)}", parser) == (["heading_open", "inline", "heading_close"], [line])
        assert read(f"Why: {inline(text)} (end)", parser)[1] == [f"Why: {line} (end)"]
    structure, texts = read(f"| a | b |\n|---|---|\n| {cell(text)} | z |\n\nend", parser)
    assert texts == ["a", "b", line, "z", "end"]
    assert structure.count("tr_open") == 2


@NUMBERED
def test_hostile_texts_come_back_as_they_were_typed(text: str) -> None:
    for parser in PARSERS:
        check_everywhere(text, parser)


@settings(deadline=None, max_examples=300)
@given(TEXTS)
@example("0\\|")
@example("_\n_ _")
def test_any_text_comes_back_as_it_was_typed(text: str) -> None:
    for parser in PARSERS[:2]:
        check_everywhere(text, parser)


@settings(deadline=None, max_examples=300)
@given(st.text(alphabet="aZé09 ,;?'\"()’–-.", max_size=30))
def test_what_is_taken_for_prose_at_once_needs_no_escaping(text: str) -> None:
    if escape._is_prose(text):
        assert (escape._edges_kept(escape._start_escaped(escape._tidy(text))), cell(text)) == (text, text)
        for parser in PARSERS:
            check_everywhere(text, parser)


def test_strong_type_holds_the_whole_text() -> None:
    assert PARSERS[0].render(f"**{block('*a*')}**") == "<p><strong>*a*</strong></p>\n"
    two_lines = block("one\ntwo.")
    assert PARSERS[0].render(f"**{two_lines}**").count("<strong>") == 1


@pytest.mark.parametrize(
    "text",
    [
        "Because the list was only at the nurses' station, two beds went to the wrong bay.",
        "A follow-up (see the plan) [TODO] - half of 5.6 days, e.g. on Monday: 50% of 24 & more",
        "Is it so? Yes; “really”! #3 costs £5/day + VAT",
        "C:\\Users\\jo and snake_case, < 5 or > 6, $5, a|b",
        "a [link] and (brackets) in the middle",
    ],
)
def test_ordinary_prose_stays_as_it_is_in_the_raw_file(text: str) -> None:
    assert inline(text) == block(text) == text


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("1. First", "1\\. First"),
        ("# no heading", "\\# no heading"),
        ("- no item", "\\- no item"),
        ("someone@example.org", "someone\\@example\\.org"),
        ("https://example.org", "https:/\\/example\\.org"),
        ("*stars*", "\\*stars\\*"),
        ("_so_ and __so__", "\\_so\\_ and \\_\\_so\\_\\_"),
        ("www.1a", "www\\.1a"),
        ("\u3000x\xa0", "&#12288;x&#160;"),
        ("\u3000\xa0", "&#12288;&#160;"),
    ],
)
def test_only_what_means_something_is_escaped(text: str, raw: str) -> None:
    assert inline(text) == raw


def test_lines_are_kept_as_breaks_and_further_lines_indented() -> None:
    assert block("one\r\n  two\n\nthree\n", 3) == "one\\\n   two\\\n   \\\n   three"
    assert inline("one\n  two\n") == cell("one\n  two\n") == "one two"


def test_a_cell_needs_no_care_for_the_beginning_of_a_line() -> None:
    assert cell("- a | b") == "- a \\| b"


def test_front_matter_says_what_it_is() -> None:
    written = front_matter(
        {"id": "1ng5", "finished": True, "open": False, "levels": 6.5, "date": DAY, "made": AT, "gone": None}
    )
    assert written == (
        '---\nid: "1ng5"\nfinished: true\nopen: false\nlevels: 6.5\n'
        'date: "2026-11-20"\nmade: "2026-11-20T09:30:00+00:00"\n---\n'
    )


def check_front_matter(text: str) -> None:
    written = front_matter({"title": text, "after": "end"})
    lines = written.split("\n")
    assert (lines[0], lines[3:]) == ("---", ["---", ""])
    assert yaml.safe_load("\n".join(lines[1:3])) == {"title": clean(text), "after": "end"}


@NUMBERED
def test_front_matter_gives_hostile_texts_back(text: str) -> None:
    check_front_matter(text)


@settings(deadline=None, max_examples=300)
@given(TEXTS)
def test_front_matter_gives_any_text_back(text: str) -> None:
    check_front_matter(text)


def test_front_matter_of_ordinary_text_is_json_too() -> None:
    line = front_matter({"title": 'Say "yes" to C:\\ and é\nthen go'}).split("\n")[1]
    assert json.loads(line.removeprefix("title: ")) == 'Say "yes" to C:\\ and é\nthen go'
