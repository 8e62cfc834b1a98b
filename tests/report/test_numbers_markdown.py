"""Numbers as a page: sentences, tables, and no name that becomes structure."""

from __future__ import annotations

import pytest
import yaml
from msgspec.structs import replace

from kmtui.model.numbers import Numbers
from kmtui.report.numbers_markdown import numbers_markdown
from kmtui.report.numbers_sentences import counting_sentences, numbers_sentences
from kmtui.text import clean, one_line
from tests.hostile import HOSTILE
from tests.report.counted_examples import NOTHING, numbers
from tests.report.reader import PARSERS, on_one_line, read, without_front_matter

HEAD = (
    "| Team | Sessions | Assessments | People | Lessons captured | Taken along | Applied | Actions agreed | Closed "
    "| On time | Overdue | Criteria up | Down |"
)


def headings(text: str) -> list[str]:
    return [line for line in text.splitlines() if line.startswith("#")]


def test_the_page_has_sentences_first_then_tables_and_says_how_it_counts() -> None:
    page = without_front_matter(numbers_markdown(numbers()))
    assert headings(page) == [
        "# What was done, 1 January to 31 March 2026",
        "## By team",
        "## Criteria that moved",
        "## Techniques",
        "## What is counted, and how",
    ]
    _, texts = read(page)
    assert texts[1 : 1 + len(numbers_sentences(numbers()))] == numbers_sentences(numbers())
    assert texts[-len(counting_sentences(numbers())) :] == counting_sentences(numbers())


def test_the_table_by_team_ends_with_the_whole() -> None:
    lines = numbers_markdown(numbers()).splitlines()
    begin = lines.index(HEAD)
    assert lines[begin + 2 : begin + 6] == [
        "| Ward 4 | 4 | 1 | 32 | 0 | 2 | 0 | 0 | 0 | 0 | 0 | 1 | 0 |",
        "| Ward 7 | 9 | 0 | 61 | 12 | 5 | 0 | 11 | 8 | 5 | 3 | 1 | 1 |",
        "| No team named | 1 | 0 | 3 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
        "| All | 14 | 1 | 96 | 12 | 6 | 0 | 11 | 8 | 5 | 3 | 2 | 1 |",
    ]


def test_criteria_that_moved_are_told_with_both_days_the_furthest_up_first() -> None:
    lines = numbers_markdown(numbers()).splitlines()
    begin = lines.index("| Team | Criterion | Before | After | Levels |")
    assert lines[begin + 2 : begin + 6] == [
        "| Ward 7 | Learning before we start | 4 (3 February 2025) | 6 (10 February 2026) | +2 |",
        "| Ward 4 | Innovation Ward | 5 (3 February 2025) | 5.6 (mean of a survey, 10 February 2026) | +0.6 |",
        "| Ward 7 | Leadership | 8 (3 February 2025) | 7 (10 February 2026) | −1 |",
        "",
    ]


def test_of_one_team_there_is_no_table_by_team_and_the_title_names_it() -> None:
    of_one = replace(numbers(), team="Ward 7", teams=numbers().teams[1:2])
    page = numbers_markdown(of_one)
    assert "# Ward 7: What was done, 1 January to 31 March 2026" in page.splitlines()
    assert HEAD not in page


def test_where_nothing_was_done_there_is_no_empty_heading() -> None:
    page = without_front_matter(numbers_markdown(NOTHING))
    assert headings(page) == ["# What was done, 1 January to 31 March 2026", "## What is counted, and how"]
    assert "- No lesson was captured in this time.\n" in page


def test_the_front_matter_has_the_period() -> None:
    front = yaml.safe_load(numbers_markdown(replace(numbers(), team="Ward: 7")).split("---\n")[1])
    assert (front["kind"], front["from"], front["to"], front["team"]) == (
        "numbers",
        "2026-01-01",
        "2026-03-31",
        "Ward: 7",
    )
    assert "team" not in yaml.safe_load(numbers_markdown(numbers()).split("---\n")[1])


def made(text: str) -> Numbers:
    return replace(numbers(text), team=f"Ward {text}")


@pytest.mark.parametrize("text", [text for text in HOSTILE if clean(text).strip()])
def test_no_name_becomes_structure_and_every_name_is_read_as_it_was_typed(text: str) -> None:
    for parser in PARSERS:
        structure, texts = read(without_front_matter(numbers_markdown(made(text))), parser)
        expected, _ = read(without_front_matter(numbers_markdown(made("Ward"))), parser)
        assert structure == expected
        assert on_one_line(f"{text} 7") in texts
        assert any(one_line(f"Innovation {text}") in one_line(each) for each in texts)
