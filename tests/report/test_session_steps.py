"""What was said in steps as Markdown: its words, what it leaves out, and that no text of anyone's becomes structure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from msgspec.structs import replace

from kmtui.model.base import Level
from kmtui.model.session import Assessed, Dots, Entry, Grouping, Marks, Person, Session, TableRow
from kmtui.model.technique import AnyStep, Collect, Table
from kmtui.report.parts import joined
from kmtui.report.session_markdown import session_markdown
from kmtui.report.session_steps import cell_in_words, numbers_in_words, ranked, steps_markdown
from kmtui.text import clean
from tests.hostile import HOSTILE
from tests.report.every_kind import DOTS, EMPTY, INVENTORY, RATE, TECHNIQUE, WHOLE
from tests.report.reader import PARSERS, as_read, on_one_line, read

TOLD = [text for text in HOSTILE if clean(text).strip()]
BLANK = [text for text in HOSTILE if not clean(text).strip()]
ASSESSMENTS = {"1ng54y2v06fz": "The assessment of 20 November 2026: Ward 7."}


def report(session: Session, *, with_names: bool = True, assessments: Mapping[str, str] = ASSESSMENTS) -> str:
    return joined(steps_markdown(session, with_names=with_names, assessments=assessments))


def part(session: Session, title: str, *, with_names: bool = True) -> str:
    """Return what stands under the heading of one step; an empty text where there is no such heading."""
    return report(session, with_names=with_names).partition(f"## {title}\n\n")[2].partition("\n\n## ")[0].rstrip("\n")


def test_steps_stand_in_their_order_and_only_where_something_was_said() -> None:
    assert [line for line in report(WHOLE).split("\n") if line.startswith("#")] == [
        "## What could help",
        "## How did it go",
        "## What first",
        "## Who meets whom",
        "## What we have",
        "## Where we stand",
    ]
    assert steps_markdown(EMPTY, with_names=True, assessments={}) == []


def test_entries_tell_who_said_them_only_with_names() -> None:
    assert part(WHOLE, "What could help") == "- Ask the night staff (Jo Smith)\n- A list on paper\n- A second lift"
    assert part(WHOLE, "What could help", with_names=False).startswith("- Ask the night staff\n")


def test_the_numbers_of_a_score_step_stand_under_what_they_come_to() -> None:
    assert part(WHOLE, "How did it go") == (
        "Four people, from 3 to 8; mean 6.1 of 10, standard deviation 2.4 (the scale goes from 1 to 10).\n\n"
        "| Number | Given by |\n|---|---|\n| 8 | two people |\n| 5.5 | one person |\n| 3 | one person |"
    )


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((), "Nobody has given a number from 1 to 10 yet."),
        ((7,), "One person: 7, on a scale from 1 to 10."),
        ((2.5,), "One person: 2.5, on a scale from 1 to 10."),
        ((3, 3), "Two people, all of them 3 (the scale goes from 1 to 10)."),
        ((1, 2), "Two people, from 1 to 2; mean 1.5 of 10, standard deviation 0.7 (the scale goes from 1 to 10)."),
        (
            (1,) * 13,
            "13 people, all of them 1 (the scale goes from 1 to 10).",
        ),
    ],
)
def test_how_far_apart_numbers_are_is_said_before_their_mean(numbers: tuple[Level, ...], words: str) -> None:
    assert numbers_in_words(RATE, numbers) == words


def test_what_got_most_dots_comes_first_and_what_got_none_is_not_told() -> None:
    assert part(WHOLE, "What first") == "| What | Dots |\n|---|---|\n| A second lift | 4 |\n| A list on paper | 1 |"
    assert [(entry.id, dots) for entry, dots in ranked(WHOLE, DOTS)] == [("e4", 4), ("e2", 1), ("e1", 0)]
    level = replace(WHOLE, dots=tuple(Dots(step="dots", entry=each, dots=2) for each in ("e4", "e1", "e2")))
    assert [entry.id for entry, _ in ranked(level, DOTS)] == ["e1", "e2", "e4"]


def test_groups_stand_by_round_and_what_the_draw_told_below_with_names_alone() -> None:
    assert part(WHOLE, "Who meets whom") == (
        "Round 1:\n\n- Jo Smith, porter 2\n- Amina Khan, porter 1, Sam Late\n\n"
        "Round 2:\n\n- porter 1, Jo Smith, Sam Late\n- porter 2, Amina Khan\n\n"
        "Over the 2 rounds, porter 1 and Sam Late sit together again."
    )
    assert part(WHOLE, "Who meets whom", with_names=False) == (
        "Round 1:\n\n- ward sister, porter 2\n- Person 1, porter 1, Guest 1\n\n"
        "Round 2:\n\n- porter 1, ward sister, Guest 1\n- porter 2, Person 1"
    )


def test_one_round_has_no_number() -> None:
    one = replace(WHOLE, groups=(Grouping(step="pairs", rounds=((("A", "B"), ("C", "D")),)),))
    assert part(one, "Who meets whom") == "- A, B\n- C, D"


def test_a_draw_without_groups_is_no_step_in_which_something_was_said() -> None:
    nobody = replace(EMPTY, groups=(Grouping(step="pairs", rounds=(), seed=1, told=("There is nobody to draw.",)),))
    assert report(nobody) == report(EMPTY)


def test_a_table_has_the_columns_that_were_used_with_dates_for_reading() -> None:
    assert part(WHOLE, "What we have") == (
        "| What | Until | State |\n|---|---|---|\n| The list | 1 December 2026 | good |\n| The lift |  |  |"
    )


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        ("date", "2026-12-01", "1 December 2026"),
        ("date", "soon", "soon"),
        ("date", "", ""),
        ("text", "2026-12-01", "2026-12-01"),
    ],
)
def test_a_cell_is_told_for_reading(kind: str, text: str, words: str) -> None:
    column = replace(INVENTORY.columns[0], kind=kind)
    assert cell_in_words(column, text) == words


def test_rows_in_which_nothing_stands_are_no_rows() -> None:
    cells: list[dict[str, str]] = [{}, {"what": " "}, {"gone": "x"}, {"until": "\x1b[0m"}]
    rows = tuple(TableRow(id=f"r{number}", step="inventory", cells=each) for number, each in enumerate(cells))
    assert report(replace(EMPTY, rows=rows)) == report(EMPTY)
    more = replace(EMPTY, rows=(*rows, TableRow(id="r9", step="inventory", cells={"who": "Jo"})))
    assert part(more, "What we have") == "| Who |\n|---|\n| Jo |"


def test_an_assessment_is_told_where_it_is_known() -> None:
    assert part(WHOLE, "Where we stand") == "The assessment of 20 November 2026: Ward 7."
    assert "Where we stand" not in report(WHOLE, assessments={})
    assert "Where we stand" not in report(WHOLE, assessments={"1ng54y2v06fz": ""})


def test_the_report_of_a_session_has_it_all_and_what_it_goes_on_from() -> None:
    text = session_markdown(
        WHOLE, with_names=True, continues=("Plan, 1 May 2026", "Plan, 2 May 2026"), assessments=ASSESSMENTS
    )
    assert "Goes on from: Plan, 1 May 2026; Plan, 2 May 2026.\n" in text
    assert report(WHOLE) in text
    assert "Goes on from" not in session_markdown(WHOLE)
    assert "Where we stand" not in session_markdown(WHOLE)


def saying(text: str) -> Session:
    """Return a session with a text in every field that people or the technique's file fill, in every kind of step."""
    columns = tuple(replace(column, name=text) for column in INVENTORY.columns)
    steps = tuple(
        replace(step, title=text, columns=columns) if isinstance(step, Table) else replace(step, title=text)
        for step in TECHNIQUE.steps
    )
    earlier = Entry(id="e1", step="ideas", text=text, by=text)
    follow: AnyStep = Collect(id="follow", title=text, from_="ideas")
    return replace(
        EMPTY,
        technique=replace(TECHNIQUE, steps=(*steps, follow)),
        people=(Person(role=text, name=text, department=text, site=text),),
        entries=(earlier, Entry(id="e2", step="follow", text=text, answers="e1")),
        marks=(Marks(step="rate", numbers=(4, 5)),),
        dots=(Dots(step="dots", entry="e1", dots=2),),
        groups=(Grouping(step="pairs", rounds=(((text, text), (text,)), ((text,),)), told=(text,)),),
        rows=(TableRow(id="r1", step="inventory", cells={column.id: text for column in columns}),),
        assessed=(Assessed(step="hand-over", assessment="1ng54y2v06fz"),),
    )


def check(text: str, with_names: bool, parser: MarkdownIt) -> None:
    """The structure has to be that of any word, and the text as often there as it was said."""
    blocks, texts = read(report(saying(text), with_names=with_names, assessments={"1ng54y2v06fz": text}), parser)
    assert blocks == read(report(saying("word"), with_names=with_names), parser)[0]
    whole = "\n".join(texts)
    times = 7 + 2 + 1 + 8 + 1 + 4  # headings, entries, dots, table, assessment, groups
    times += 2 if with_names else 0  # who said it, and what the draw told
    assert whole.count(as_read(text)) + whole.count(on_one_line(text)) >= times


@pytest.mark.parametrize("text", TOLD, ids=range(len(TOLD)))
def test_no_hostile_text_changes_the_structure(text: str) -> None:
    check(text, True, PARSERS[0])


@pytest.mark.parametrize("parser", PARSERS[1:])
def test_nor_does_it_for_other_parsers_and_without_names(parser: MarkdownIt) -> None:
    for text in TOLD[::3]:
        check(text, False, parser)


@settings(deadline=None, max_examples=60)
@given(st.text(min_size=1).filter(lambda text: bool(clean(text).strip())))
def test_no_text_at_all_changes_the_structure(text: str) -> None:
    assert read(report(saying(text), assessments={}))[0] == read(report(saying("word"), assessments={}))[0]


@pytest.mark.parametrize("text", BLANK, ids=range(len(BLANK)))
def test_blank_texts_leave_no_trace(text: str) -> None:
    blank = replace(saying(text), technique=TECHNIQUE, marks=(), assessed=())
    rounds = blank.groups[0].rounds
    bare = replace(EMPTY, people=blank.people, groups=(Grouping(step="pairs", rounds=((), ()), told=(text,)),))
    assert read(report(blank)) == read(report(bare))
    named = replace(blank, groups=(Grouping(step="pairs", rounds=((("Jo", *rounds[0][0]), rounds[0][1]),)),))
    assert part(named, "Who meets whom") == "- Jo"


def test_every_kind_of_step_is_in_these_tests() -> None:
    assert {type(step) for step in TECHNIQUE.steps} == set(get_args(AnyStep))
