"""Tables with responses: rows, marks, headers, encodings, and 500 rows of damage."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from kmtui.content.survey_csv import records
from kmtui.model.errors import WrongInput
from kmtui.model.rating import Rating
from tests.content.damaged_survey import BLANK, ENCODINGS, NAMED, PARTLY, READ, ROWS, damaged, kinds, reading_of
from tests.content.damaged_survey import survey as damaged_survey
from tests.content.surveys import FIVE, answer, read, said, told
from tests.hostile import HOSTILE

SAME = "both are counted, since nothing in the file tells people apart"


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_each_of_500_damaged_rows_is_read_or_named(encoding: str, delimiter: str, tmp_path: Path) -> None:
    file = damaged(encoding, delimiter, seed=len(encoding), end="\r\n" if delimiter == ";" else "\n")
    assert len(file.rows) == ROWS and kinds() >= 20
    reading = reading_of(file, tmp_path)
    given = {each.row: each for each in reading.given}
    first_three = [criterion.id for criterion in damaged_survey().matrix.criteria[:3]]
    for row, made in file.rows.items():
        whole = [each for each in reading.refused if each.row == row and each.whole]
        cells = [each for each in reading.refused if each.row == row and not each.whole]
        assert (row in given, bool(whole), bool(cells)) == {
            READ: (True, False, False),
            PARTLY: (True, False, True),
            NAMED: (False, True, False),
            BLANK: (False, False, False),
        }[made.outcome], (row, made, whole, cells)
        if row in given:
            answers = {each.criterion: answer(each) for each in given[row].ratings}
            assert tuple(answers.get(each) for each in first_three) == made.answers, made
    assert len({each.mark for each in reading.given}) == len(reading.given)


def test_the_same_file_has_the_same_marks_however_it_is_written(tmp_path: Path) -> None:
    marks = {
        tuple(each.mark for each in reading_of(damaged(encoding, delimiter, seed=1), tmp_path).given)
        for encoding, delimiter in (("utf-8", ","), ("utf-16", ";"), ("utf-8-sig", "\t"))
    }
    assert len(marks) == 1


def test_rows_are_counted_as_a_spreadsheet_counts_them(tmp_path: Path) -> None:
    reading = read(tmp_path, 'innovation,Why?\n6,"one\ntwo\nthree"\n\n7,x\n')
    assert said(reading) == [(2, {"innovation": 6}), (4, {"innovation": 7})]
    assert reading.given[0].ratings == (Rating(criterion="innovation", level=6, rationale="one\ntwo\nthree"),)
    assert reading.kind == "table" and reading.file.endswith("file")


def test_words_behind_the_level_and_the_reason_are_both_kept(tmp_path: Path) -> None:
    reading = read(tmp_path, "innovation,innovation because\n6 because we ask,And we search\n")
    assert reading.given[0].ratings[0].rationale == "And we search\nwe ask"


def test_one_cell_is_lost_and_not_the_row(tmp_path: Path) -> None:
    reading = read(tmp_path, "innovation,sharing\n06-Sep,7\n13,x\n")
    assert said(reading) == [(2, {"sharing": 7})]
    assert told(reading) == [
        '2: innovation: "06-Sep" is not a level. Levels go from 1 to 12.',
        '3! there is no answer in it that can be read. innovation: "13" is not a level. Levels go from 1 to 12. '
        'sharing: "x" is not a level. Levels go from 1 to 12.',
    ]


def test_what_a_person_may_be_known_by_is_only_in_the_mark(tmp_path: Path) -> None:
    reading = read(tmp_path, "ID,Email,Name,IP address,Role,innovation\n1,jo@x.org,Jo,10.0.0.1,porter,6\n")
    (given,) = reading.given
    assert given.role == "porter"
    assert given.mark == "identity\nemail=jo@x.org\nid=1\nname=Jo"


def test_a_response_twice_in_a_file(tmp_path: Path) -> None:
    text = "ID,Timestamp,innovation\n1,10:00,6\n2,10:00,6\n1,10:05,7\n"
    reading = read(tmp_path, text)
    assert [row for row, _ in said(reading)] == [2, 3]
    assert told(reading) == ['4! it is the same response as row 2, by "ID"']
    only_times = read(tmp_path, "Timestamp,innovation\n2026 10:00,6\n2026 10:00,7\n2026 10:00,6\n2026,6\n2026,6\n")
    assert [row for row, _ in said(only_times)] == [2, 3, 5, 6]
    assert told(only_times) == [
        '4! it is the same response as row 2, by "Timestamp"',
        f"6: it says the same as row 5; {SAME}",
    ]
    assert len({each.mark for each in only_times.given}) == 4


def test_an_address_that_is_nobodys_tells_nobody_apart(tmp_path: Path) -> None:
    reading = read(tmp_path, "Email,innovation\nanonymous,6\nanonymous,7\n")
    assert len(reading.given) == 2 and told(reading) == []


def test_people_who_think_alike_are_both_counted_and_known_again(tmp_path: Path) -> None:
    text = "innovation,sharing\n6,7\n6,7\n5,7\n6,7\n6,\n6,\n"
    reading = read(tmp_path, text)
    assert len(reading.given) == 6
    assert told(reading) == [
        "3: it and row 5 say the same as row 2; all are counted, since nothing in the file tells people apart",
        f"7: it says the same as row 6; {SAME}",
    ]
    marks = [each.mark for each in reading.given]
    assert len(set(marks)) == 6
    assert [each.mark for each in read(tmp_path, text + "4,4\n").given][:6] == marks
    moved = read(tmp_path, "sharing,innovation\n7,6\n7,6\n7,5\n7,6\n,6\n,6\n")
    assert [each.mark for each in moved.given] == marks


def test_rows_that_are_no_responses(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        "StartDate,innovation,sharing\nStart Date,Approach to innovation,Sharing\n"
        '"{""ImportId"":""a""}","{""ImportId"":""b""}","{""ImportId"":""c""}"\nx,6,7\n,,\n'
        "StartDate,innovation,sharing\nMean,6,7\ny, ,\n",
    )
    assert said(reading) == [(4, {"innovation": 6, "sharing": 7})]
    assert told(reading) == [
        "2! it repeats the names of the columns",
        "3! it holds names that the form service gave, and no answers",
        "6! it repeats the names of the columns",
        '7! it begins with "Mean", so it is about all rows and no response',
        "8! there is no answer in it",
    ]


@pytest.mark.parametrize(
    ("column", "cells"),
    [
        ("Finished", ["True", "False", "", "0"]),
        ("Progress", ["100", "50", "", "99%"]),
        ("Status", ["complete", "Incomplete", "IP Address", "Partial"]),
        ("submitdate", ["2026-11-20 10:00:00", "", "1980-01-01 00:00:00", " "]),
        ("Date submitted", ["2026-11-20 10:00:00", "", "2026-11-20 10:00:01", ""]),
    ],
)
def test_rows_that_the_form_service_calls_unfinished_are_read_and_named(
    column: str, cells: list[str], tmp_path: Path
) -> None:
    rows = [f"{number},{cell},{number + 1}" for number, cell in enumerate(cells, 1)]
    reading = read(tmp_path, "\n".join([f"id,{column},innovation", *rows, "9,False,"]))
    assert [each.row for each in reading.given] == [2, 3, 4, 5]
    words = "the form service says that it was not finished; what is there was counted"
    assert told(reading) == [f"3: {words}", f"5: {words}", "6! there is no answer in it"]


def test_no_day_of_submission_anywhere_tells_nothing(tmp_path: Path) -> None:
    assert told(read(tmp_path, "id,submitdate,innovation\n1,,7\n2,,8\n")) == []


def test_names_of_columns_in_two_rows_and_lines_above_them(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        "Respondent ID,How far are we?,,Your role\n,Approach to innovation,Sharing between teams,\n7,6,5,porter\n",
    )
    assert said(reading) == [(3, {"innovation": 6, "sharing": 5})]
    assert reading.given[0].role == "porter" and reading.given[0].mark == "identity\nrespondentid=7"
    assert told(reading) == ["1! it stands above the names of the columns"]
    titled = read(tmp_path, "\nWinter survey,\n\ninnovation,x\n6,\n")
    assert said(titled) == [(5, {"innovation": 6})]


def test_a_line_for_excel_is_passed_over(tmp_path: Path) -> None:
    reading = read(tmp_path, "sep=;\ninnovation;x\n6;a,b\n")
    assert said(reading) == [(3, {"innovation": 6})] and told(reading) == []


def test_cells_below_no_name_are_named_only_where_there_are_any(tmp_path: Path) -> None:
    assert told(read(tmp_path, "innovation,,\n6,,\n")) == []
    assert told(read(tmp_path, "innovation,,\n6,,\n7,,x\n")) == [
        "1: column 3 has no name, so what stands there was not read (first in row 3)"
    ]


def test_too_many_cells_and_too_few(tmp_path: Path) -> None:
    reading = read(tmp_path, "innovation,sharing,plans\n6\n6,7,8,,\n6,7,8,9\n")
    assert [row for row, _ in said(reading)] == [2, 3]
    (refused,) = reading.refused
    assert refused.whole and refused.row == 4 and "4 cells where the columns are 3" in refused.reason


def test_a_quotation_mark_that_is_never_closed_takes_no_other_row(tmp_path: Path) -> None:
    reading = read(tmp_path, 'innovation,Why?,sharing\n6,"never closed,7\n5,"closed, and\nlong",4\n3,"x ""y"" z",2\n')
    assert said(reading) == [
        (2, {"innovation": 6}),
        (3, {"innovation": 5, "sharing": 4}),
        (4, {"innovation": 3, "sharing": 2}),
    ]
    assert reading.given[2].ratings[0].rationale == 'x "y" z'
    assert told(reading) == ['2: the quotation mark in "Why?" is never closed: from there on nothing was read.']


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a,b\n", [["a", "b"]]),
        ('"a","b"', [["a", "b"]]),
        ('"a,b" ,c', [["a,b", "c"]]),
        ('"a\nb",c\nd', [["a\nb", "c"], ["d"]]),
        ('"a"b,c', [["ab", "c"]]),
        ('a"b,c', [['a"b', "c"]]),
        ('""', [[""]]),
        ('"""",x', [['"', "x"]]),
        ('"a', [['"a']]),
        ("\n\na", [[""], [""], ["a"]]),
        ("", []),
    ],
)
def test_rows_and_cells(text: str, rows: list[list[str]]) -> None:
    assert [cells for cells, _ in records(text, ",")] == rows


@pytest.mark.parametrize(
    ("content", "level"),
    [
        (codecs.BOM_UTF8 + "innovation;café\n6;é\n".encode(), 6),
        ("innovation;caf\xe9\n6;\x80\n".encode("latin-1"), 6),
        ("innovation;caf\xe9\n6;\x81\n".encode("latin-1"), 6),
        ("innovation;café\n6;“é”\n".encode("cp1252"), 6),
        ("innovation;café\n6;é\n".encode("utf-16"), 6),
        (codecs.BOM_UTF16_BE + "innovation;café\n6;é\n".encode("utf-16-be"), 6),
        (codecs.BOM_UTF16_LE + "innovation;café\n6;é\n".encode("utf-16-le") + b"x", 6),
        (b"inno\x00vation;x\r6;\x00y\r", 6),
    ],
)
def test_encodings_and_ends_of_lines(content: bytes, level: int, tmp_path: Path) -> None:
    assert said(read(tmp_path, content)) == [(2, {"innovation": level})]


def test_a_text_of_two_encodings_loses_nothing(tmp_path: Path) -> None:
    reading = read(tmp_path, "innovation,Why?\n6,café\n".encode() + "7,naïve\n".encode("latin-1"))
    assert [each.ratings[0].rationale for each in reading.given] == ["café", "naïve"]


def test_a_table_that_names_no_criterion_names_its_columns(tmp_path: Path) -> None:
    with pytest.raises(WrongInput) as caught:
        read(tmp_path, "Q1;Which innovations?\n1;2\n")
    assert str(caught.value).endswith(
        "names a criterion. Its columns are: Q1 and Which innovations?. Perhaps --map innovation='Which innovations?'"
    )
    with pytest.raises(WrongInput, match="Say which is which, such as --map sponsor=COLUMN"):
        read(tmp_path, "Q1;Q2\n1;2\n")
    assert said(read(tmp_path, "Q1;Q2\n1;2\n", {"innovation": "Q2"})) == [(2, {"innovation": 2})]


def test_other_matrices(tmp_path: Path) -> None:
    first = FIVE.matrix.criteria[0]
    assert said(read(tmp_path, f"{first.name}\n5\n6\n", of=FIVE)) == [(2, {first.id: 5})]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_in_every_cell(text: str, tmp_path: Path) -> None:
    cell = '"' + text.encode("utf-8", "replace").decode().replace('"', '""') + '"'
    content = f"ID,Role,innovation,Why?,sharing,{cell}\n1,{cell},6,{cell},7,{cell}\n{cell},x,{cell},,5,\n"
    reading = read(tmp_path, content)
    rows = dict(said(reading))
    assert rows[2] == {"innovation": 6, "sharing": 7}
    assert rows[3]["sharing"] == 5 or text.strip() == "1"
    shown = [each.reason for each in reading.refused] + [each.role for each in reading.given]
    assert not (set("".join(shown)) & set("\x1b\x00\n\u202e"))
    words = reading.given[0].ratings[0].rationale + reading.given[0].ratings[1].rationale
    assert not (set(words) & set("\x1b\x00\r\u202e"))
