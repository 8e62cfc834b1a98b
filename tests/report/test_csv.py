"""Tables for spreadsheets: every text comes back, and none is a formula."""

from __future__ import annotations

import csv
import io

import pytest

from kmtui.report.csv_report import actions_csv, assessment_csv, lessons_csv
from kmtui.text import clean
from tests.hostile import HOSTILE
from tests.report.examples import ASSESSMENT, SESSION
from tests.report.hostile_records import assessment_with, session_with


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_every_text_comes_back_and_none_is_a_formula(text: str) -> None:
    for table, lines in (
        (rows(assessment_csv(assessment_with(text))), 8),
        (rows(actions_csv(assessment_with(text))), 3),
        (rows(lessons_csv(session_with(text))), 3),
    ):
        assert len(table) == lines
        assert len({len(row) for row in table}) == 1
        for row in table[1:]:
            assert row[0] in (clean(text), f"'{clean(text)}")
            assert not any(each.strip().startswith(tuple("=+-@＝＋－＠")) for each in row)


@pytest.mark.parametrize(
    "text", ["\tword", "=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =1", "\n=1", "＝1", "＋1", "－1", "＠x"]
)
def test_what_a_spreadsheet_takes_for_a_formula_is_marked_as_text(text: str) -> None:
    assert rows(lessons_csv(session_with(text)))[1][0] == f"'{text}"


def test_a_table_has_a_line_for_each_thing() -> None:
    table = rows(assessment_csv(ASSESSMENT))
    assert [row[1] for row in table] == ["Criterion", *(each.name for each in ASSESSMENT.matrix.criteria)]
    assert table[1][2:6] == ["6", "Pockets of good practice", "", "8"]
    assert table[3][2:6] == ["", "", "don't know", ""]
    assert [row[2] for row in rows(actions_csv(SESSION))] == ["By", "2026-12-01", ""]
    assert rows(lessons_csv(SESSION))[1][6] == "moves, beds"
