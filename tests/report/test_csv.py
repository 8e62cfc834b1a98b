"""Tables for spreadsheets: every text comes back, and none is a formula."""

from __future__ import annotations

import csv
import io

import pytest

from kmtui.report.csv_report import actions_csv, assessment_csv, lessons_csv, plan_csv
from kmtui.text import clean
from tests.hostile import HOSTILE
from tests.report.examples import ASSESSMENT, FEW, SESSION, SURVEY
from tests.report.hostile_records import assessment_with, session_with, survey_with


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_every_text_comes_back_and_none_is_a_formula(text: str) -> None:
    for table, lines in (
        (rows(assessment_csv(assessment_with(text))), 8),
        (rows(assessment_csv(survey_with(text))), 8),
        (rows(actions_csv(assessment_with(text))), 4 if text.strip() else 1),
        (rows(plan_csv(assessment_with(text))), 7),
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


def test_what_individuals_answered_stands_in_columns_of_its_own() -> None:
    heads, *lines = rows(assessment_csv(SURVEY))
    assert heads[11:19] == [
        *("Answers", "Lowest answer", "Highest answer", "Standard deviation", "Mean of the answers", "Mean rounds to"),
        *("Band of the mean", "Answers “don't know”"),
    ]
    assert heads[20:] == [f"Answers: {band.name}" for band in SURVEY.matrix.bands]
    innovation = dict(zip(heads, lines[0], strict=True))
    assert (innovation["Level"], innovation["Answers"], innovation["Mean rounds to"]) == ("5", "7", "6")
    assert (innovation["Answers: Nothing in place"], innovation["Answers: In early stages"]) == ("3", "0")
    assert innovation["Reasons given"] == "The drip stand was ours,\nand others took it up\nWe hear of new ideas last"
    assert lines[4][11:] == ["3", "", "", "", "5.666666666666667", "6", "Pockets of good practice", *[""] * 6]
    assert rows(assessment_csv(FEW))[5][11:] == ["2", *[""] * 12]


def test_an_idea_is_told_from_an_action() -> None:
    heads, *lines = rows(plan_csv(ASSESSMENT, {"peer-assist": "Peer Assist"}))
    found = [dict(zip(heads, line, strict=True)) for line in lines]
    assert [each["Action or idea"] for each in found] == ["action", "idea", "action", "idea", "action", "idea"]
    assert [each["Priority"] for each in found][:4] == ["do now", "undecided", "next", "not for us"]
    assert (found[0]["How"], found[0]["For criterion"], found[0]["Dots"]) == (
        "Peer Assist",
        "A librarian on the ward",
        "5",
    )
    assert found[3]["Not for us because"] == "we are a small team"
    assert [row[0] for row in rows(actions_csv(ASSESSMENT))[1:]] == [
        "Invite a librarian to the handover",
        "Hold a review of the last idea",
        "Read the alerts on Fridays",
    ]


def test_a_table_has_a_line_for_each_thing() -> None:
    table = rows(assessment_csv(ASSESSMENT))
    assert [row[1] for row in table] == ["Criterion", *(each.name for each in ASSESSMENT.matrix.criteria)]
    assert table[1][2:6] == ["6", "Pockets of good practice", "", "8"]
    assert table[3][2:6] == ["", "", "don't know", ""]
    assert [row[2] for row in rows(actions_csv(SESSION))] == ["By", "2026-12-01", ""]
    assert rows(lessons_csv(SESSION))[1][6] == "moves, beds"
