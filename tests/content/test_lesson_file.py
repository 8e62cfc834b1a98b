"""Lessons in tables and in JSON: every row is read, or named with its line and the reason."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kmtui.content import lesson_file, lesson_json, lesson_source
from kmtui.content.lesson_file import look_at, read_lessons
from kmtui.model.errors import WrongInput
from kmtui.model.imported import FIELDS, LessonReading, LessonTable, ReadLesson
from kmtui.model.lesson import LessonState
from kmtui.model.session import KeepOrChange, Lesson
from kmtui.report.csv_report import lessons_csv
from kmtui.text import clean
from tests.hostile import HOSTILE
from tests.report.examples import SESSION

TODAY = date(2026, 11, 22)


def read(
    folder: Path,
    content: str | bytes,
    mapping: Mapping[str, str] | None = None,
    encoding: str | None = None,
    name: str = "lessons.csv",
) -> LessonReading:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_lessons(path, mapping or {}, encoding, TODAY)


def looked(folder: Path, content: str | bytes, name: str = "lessons.csv") -> LessonTable:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return look_at(path)


def texts(reading: LessonReading) -> list[tuple[int, str]]:
    return [(lesson.line, lesson.lesson) for lesson in reading.lessons]


def rejected(reading: LessonReading) -> list[tuple[int, str]]:
    return [(each.line, each.reason) for each in reading.rejected]


def only(reading: LessonReading) -> ReadLesson:
    (lesson,) = reading.lessons
    assert reading.rejected == ()
    return lesson


COLLECTION = (
    "Lesson Number,Subject,Abstract,Driving Event,Lesson(s) Learned,Recommendation(s),Topic(s),Lesson Date,Center\n"
    '3001,Beds,In short,Two beds went astray.,Tell the porters.,"Send a list,\nby six.",Ward; Moves,11/22/2026,Leeds\n'
)


def test_a_public_collection_is_read_by_its_headings(tmp_path: Path) -> None:
    reading = read(tmp_path, COLLECTION)
    assert only(reading) == ReadLesson(
        line=2,
        lesson="Tell the porters.",
        context="Two beds went astray.",
        recommendation="Send a list,\nby six.",
        tags=("Ward", "Moves"),
        title="Beds",
        team="Leeds",
        date=TODAY,
        reference="3001",
    )
    assert reading.notes == (
        'Not used: column "Abstract".',
        "Dates are read as month/day/year, since they make no sense as day/month/year.",
    )


def test_looking_says_what_each_column_is_taken_for(tmp_path: Path) -> None:
    table = looked(tmp_path, COLLECTION + "\n,,,,\n3002,Porters,,,\x1b[2JAsk   early,,,,\n")
    assert (table.encoding, table.rows) == ("utf-8", 2)
    assert [(each.number, each.field) for each in table.columns] == [
        (1, "reference"),
        (2, "title"),
        (3, None),
        (4, "context"),
        (5, "lesson"),
        (6, "recommendation"),
        (7, "tags"),
        (8, "date"),
        (9, "team"),
    ]
    assert table.columns[4].sample == ("Tell the porters.", "Ask early")
    many = looked(tmp_path, "Lesson\n" + "\n".join(f"{number} {'word ' * 40}" for number in range(9)))
    assert len(many.columns[0].sample) == 3 and all(len(each) <= 60 for each in many.columns[0].sample)
    assert many.rows == 9
    plain = looked(tmp_path, "one,two\n1,2\n")
    assert [each.field for each in plain.columns] == [None, None]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("LESSON_LEARNED", "lesson"),
        ("Lessons learnt", "lesson"),
        ("3. What did we learn?", "lesson"),
        ("What did we learn from this move?", "lesson"),
        ("Lesson (one sentence)*", "lesson"),
        ("Action", "recommendation"),
        ("Recommendation / Action", "recommendation"),
        ("What should others do?", "recommendation"),
        ("What happened", "context"),
        ("Background", "context"),
        ("Root cause", "cause"),
        ("Why?", "cause"),
        ("Keywords", "tags"),
        ("Category", "tags"),
        ("Keep or change", "keep_or_change"),
        ("Submitted by", "owner"),
        ("Project", "title"),
        ("Event", "title"),
        ("Organisation", "team"),
        ("Department", "team"),
        ("Date raised", "date"),
        ("URL", "reference"),
        ("ID", "reference"),
        ("Status", "state"),
        ("Comments", "note"),
        ("Project phase", None),
        ("Project / Phase", None),
        ("Budget", None),
        ("", None),
    ],
)
def test_headings_that_people_write(heading: str, field: str | None, tmp_path: Path) -> None:
    table = looked(tmp_path, f'id of row,"{heading}"\n1,x\n')
    assert table.columns[1].field == field


def test_every_field_is_known_by_its_own_name(tmp_path: Path) -> None:
    table = looked(tmp_path, ",".join(FIELDS) + "\n")
    assert tuple(column.field for column in table.columns) == FIELDS


def test_the_surest_of_two_headings_is_taken(tmp_path: Path) -> None:
    reading = read(tmp_path, "Takeaway,Lesson\nshort,long\n")
    assert only(reading).lesson == "long" and reading.notes == ('Not used: column "Takeaway".',)


# --- mapping


def test_a_mapping_names_columns_by_heading_number_and_several(tmp_path: Path) -> None:
    text = "A,B + C,D,Lesson,5\nfirst,second,third,fourth,fifth\n"
    reading = read(
        tmp_path, text, {"lesson": "D+ a", "context": "B + C", "title": "", "Keep or change": "4", "cause": "5"}
    )
    lesson = only(reading)
    assert (lesson.lesson, lesson.context, lesson.cause) == ("third\n\nfirst", "second", "fifth")
    assert read(tmp_path, text, {"lesson": "1", "owner": "3+4"}).lessons[0].owner == "third, fourth"
    off = read(tmp_path, "Lesson,Owner\nx,Ann\n", {"owner": ""})
    assert only(off).owner == "" and off.notes == ('Not used: column "Owner".',)
    tags = read(tmp_path, "Lesson,Tags,Phase\nx,a;b,B;c\n", {"tags": "Tags+Phase"})
    assert only(tags).tags == ("a", "b", "c")


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ({"leson": "Lesson"}, 'unknown field "leson": did you mean "lesson"'),
        ({"xyz": "Lesson"}, "Known: lesson, context"),
        ({"context": "Lessen"}, 'no column "Lessen". Did you mean "Lesson"'),
        ({"context": "zzzzz"}, "There are: Lesson and Context"),
        ({"context": "3"}, "counted from 1 to 2"),
        ({"context": "0"}, "counted from 1 to 2"),
        ({"context": "9" * 5000}, "counted from 1 to 2"),
        ({"context": "Lesson+nothing"}, 'no column "nothing"'),
        ({"context": "1", "cause": "1"}, "mapped twice"),
        ({"keep_or_change": "1", "keep or change": "2"}, "mapped twice"),
        ({"lesson": ""}, "is for the lesson. Its columns are: 1 Lesson and 2 Context. .*--map lesson=1"),
    ],
)
def test_a_mapping_that_cannot_be(mapping: dict[str, str], message: str, tmp_path: Path) -> None:
    with pytest.raises(WrongInput, match=message):
        read(tmp_path, "Lesson,Context\na,b\n", mapping)


def test_without_a_column_for_the_lesson_the_best_other_is_taken_and_said(tmp_path: Path) -> None:
    reading = read(tmp_path, "Title,Abstract,Why\nBeds,They went astray,x\n")
    lesson = only(reading)
    assert (lesson.lesson, lesson.title, lesson.context) == ("They went astray", "Beds", "")
    assert reading.notes == ('No column is for the lesson: "Abstract" is taken for it.',)
    assert only(read(tmp_path, "Subject,Why\nBeds,x\n")).lesson == "Beds"
    with pytest.raises(WrongInput, match=r"No column of .* is for the lesson. Its columns are: 1 One and 2 Why"):
        read(tmp_path, "One,Why\nBeds,x\n")
    with pytest.raises(WrongInput, match="have no headings"):
        read(tmp_path, "sep=;\n")


# --- encodings


ACCENTS = "Lesson,Owner\nCafé – £5 for the “naïve”,Zoë\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (ACCENTS.encode(), "utf-8"),
        (ACCENTS.encode("utf-8-sig"), "utf-8"),
        (ACCENTS.encode("utf-16"), "utf-16"),
        (b"\xfe\xff" + ACCENTS.encode("utf-16-be"), "utf-16"),
        (ACCENTS.encode("utf-16-le"), "utf-16-le"),
        (ACCENTS.encode("utf-16-be"), "utf-16-be"),
        (ACCENTS.encode("cp1252"), "cp1252"),
        (ACCENTS.encode().replace("Zoë".encode(), "Zoë".encode("cp1252")), "utf-8 and cp1252"),
    ],
    ids=lambda given: given if isinstance(given, str) else "as",
)
def test_encodings(data: bytes, encoding: str, tmp_path: Path) -> None:
    reading = read(tmp_path, data)
    assert (only(reading).lesson, only(reading).owner) == ("Café – £5 for the “naïve”", "Zoë")
    assert looked(tmp_path, data).encoding == encoding
    assert any("cp1252" in note for note in reading.notes) == ("cp1252" in encoding)


def test_a_mixture_says_where_it_begins(tmp_path: Path) -> None:
    data = "Lesson\nfine é\n".encode() + b"caf\xe9 and \x93so\x94\n\x81\n"
    reading = read(tmp_path, data)
    assert texts(reading) == [(2, "fine é"), (3, "café and “so”")]
    assert rejected(reading) == [(4, "no lesson in it")]  # 0x81 is a control character in Latin-1, and Windows has none
    assert reading.notes[0].startswith("In 4 places, first in line 3, read as Windows text (cp1252)")


def test_an_encoding_that_is_named(tmp_path: Path) -> None:
    data = "Lesson,Owner\nœuvre,Ann\n".encode("iso8859-15")
    assert only(read(tmp_path, data, encoding="Latin9")).lesson == "œuvre"
    assert only(read(tmp_path, "Lesson\nまず聞く\n".encode("shift_jis"), encoding="shift_jis")).lesson == "まず聞く"
    assert only(read(tmp_path, "\ufeffLesson\na é\n".encode(), encoding="utf8")).lesson == "a é"
    assert only(read(tmp_path, "Lesson\na é\n".encode("utf-16"), encoding="utf-16")).lesson == "a é"


@pytest.mark.parametrize(
    ("encoding", "wrong"),
    [("utf-8", b"\xff"), ("ascii", "é".encode()), ("cp1252", b"\x81"), ("utf-8", b"\xc3"), ("shift_jis", b"\xff")],
)
def test_rows_that_the_named_encoding_cannot_read_are_named(encoding: str, wrong: bytes, tmp_path: Path) -> None:
    data = b'Lesson,Owner\nfirst,a\n"second\nline ' + wrong + b'",b\nthird,c\nfourth,' + wrong + b"\nfifth,\n"
    reading = read(tmp_path, data, encoding=encoding)
    assert texts(reading) == [(2, "first"), (5, "third"), (7, "fifth")]
    assert rejected(reading) == [(line, "it has bytes that are not in this encoding") for line in (3, 6)]


@pytest.mark.parametrize(
    "encoding", ["klingon", "", "hex", "rot13", "punycode", "idna", "unicode_escape", "a\0b", "../x"]
)
def test_an_encoding_that_is_none(encoding: str, tmp_path: Path) -> None:
    with pytest.raises(WrongInput, match=r"There is no encoding .*utf-8"):
        read(tmp_path, "Lesson\na\n", encoding=encoding)


# --- files


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"PK\x03\x04rest", "Save it as CSV"),
        (b"\xd0\xcf\x11\xe0rest", "Save it as CSV"),
        (b"%PDF-1.4", "is a PDF. Export the lessons as CSV"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01\x02\x03\x04\x05\x06\x08\x02\x03\x04", "is no file of text"),
        (b"", "is empty"),
        (b"\xef\xbb\xbf \r\n", "is empty"),
        (b"\0" * 5000, "is empty"),
        (b"Dear Ann, nothing to say.", "is for the lesson"),
        (b"," * 5000 + b"lesson\n6", "more than 2,000 columns"),
    ],
)
def test_what_cannot_be_read_at_all(content: bytes, message: str, tmp_path: Path) -> None:
    with pytest.raises(WrongInput, match=message):
        read(tmp_path, content)


def test_a_file_that_is_not_there_or_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("none.csv", "a\0b"):
        with pytest.raises(WrongInput, match=r"There is no file|its name is not possible"):
            read_lessons(tmp_path / name)
    monkeypatch.setattr(lesson_file, "LIMIT", 1 << 20)
    with pytest.raises(WrongInput, match=r"larger than 1 MB\. Divide it"):
        read(tmp_path, "Lesson\n" + "x" * (1 << 20))
    monkeypatch.setattr(lesson_source, "MOST_ROWS", 3)
    assert len(read(tmp_path, "Lesson\na\nb\n\n\nc\n").lessons) == 3
    with pytest.raises(WrongInput, match="more than 3 rows"):
        read(tmp_path, "Lesson\na\nb\nc\nd\n")
    monkeypatch.setattr(lesson_json, "MOST_ROWS", 3)
    with pytest.raises(WrongInput, match="more than 3 lessons"):
        read(tmp_path, '{"lesson":"a"}\n' * 4)


# --- rows and cells


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_ends_of_lines(delimiter: str, end: str, tmp_path: Path) -> None:
    rows = (["Lesson", "Context", "Tags"], ['Ask "first",; |\tnow', "one\n\ntwo", "a"], ["Then act", "", "b"])
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    text = f"sep={delimiter}\n{out.getvalue()}".replace("\n", end)
    reading = read(tmp_path, text.encode())
    assert texts(reading) == [(3, 'Ask "first",; |\tnow'), (6, "Then act")] and rejected(reading) == []
    assert reading.lessons[0].context == "one\n\ntwo"


def test_rows_that_are_ragged_empty_or_without_a_lesson(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        "Register of 2026,,\n\nRef,Lesson,Context\n1,short\n\n ,\xa0,\t\n2,,no lesson\n3,N/A,x\n4,long,x,,,\n"
        "5,too,many,cells\n\0\0\nRef,Lesson,Context\n6,last,x",
    )
    assert texts(reading) == [(4, "short"), (9, "long"), (13, "last")]
    assert rejected(reading) == [
        (1, "it stands above the headings of the columns"),
        (7, "no lesson in it"),
        (8, 'no lesson in it, only "N/A"'),
        (
            10,
            "it has 4 cells where the columns are 3, so nobody can tell which is which: "
            "put texts with the separator in quotation marks",
        ),
        (12, "it repeats the headings of the columns"),
    ]


def test_quotation_marks_that_are_not_closed_or_in_the_way(tmp_path: Path) -> None:
    reading = read(
        tmp_path,
        'Ref,Lesson,Owner\n1,"Quiet, calm" rooms help,Ann\n2,A 5" pipe is wide,Bob\n3,"never closed,Cyd\n'
        '4,"in ""good"" order",Dee\n5,"We saved\n1,000 of 2,000 pounds\nin all",Eve\n6,ends with ",Fay\n',
    )
    assert texts(reading) == [
        (2, '"Quiet, calm" rooms help'),
        (3, 'A 5" pipe is wide'),
        (5, 'in "good" order'),
        (6, "We saved\n1,000 of 2,000 pounds\nin all"),
        (9, 'ends with "'),
    ]
    assert rejected(reading) == [
        (4, 'a quotation mark in "Lesson" is never closed, so nobody can tell where its texts end')
    ]


def test_a_table_of_one_column_takes_commas_for_text(tmp_path: Path) -> None:
    reading = read(tmp_path, 'Lesson learned\nAsk, then act; or wait | rest\n"two\nlines"\n"stray\n')
    assert texts(reading) == [(2, "Ask, then act; or wait | rest"), (3, "two\nlines"), (5, '"stray')]


def test_long_texts_are_whole_or_named(tmp_path: Path) -> None:
    words = ("word, “quoted” and\n\n" * 3000)[:50_000]
    out = io.StringIO()
    csv.writer(out).writerows(
        [["Lesson", "Context"], ["x" * 50_000, words], ["y" * 1_000_001, ""], ["z" * 1_000_000, ""]]
    )
    reading = read(tmp_path, out.getvalue())
    assert [len(lesson.lesson) for lesson in reading.lessons] == [50_000, 1_000_000]
    assert reading.lessons[0].context == words.strip()
    assert [reason for _, reason in rejected(reading)] == ["a text in it has more than 1,000,000 characters"]


def test_texts_are_cleaned_and_otherwise_as_they_are(tmp_path: Path) -> None:
    reading = read(tmp_path, "Lesson,Context\n\x1b[31mred\x1b[0m  e\u0301  \u202e,\u200d x  y \n")
    assert only(reading).lesson == "red  e\u0301" and only(reading).context == "\u200d x  y"


def test_what_our_own_tables_guard_comes_back(tmp_path: Path) -> None:
    wanted = [
        text
        for text in HOSTILE
        if (said := clean(text).strip()) and said != "-" and "<b" not in said and "&" not in said
    ]
    lessons = tuple(
        Lesson(id=str(number), lesson=text, recommendation=f"-{number}", tags=("a", "b"), keep_or_change="keep")
        for number, text in enumerate(wanted)
    )
    session = replace(SESSION, lessons=lessons)
    reading = read(tmp_path, lessons_csv(session))
    assert [lesson.lesson for lesson in reading.lessons] == [clean(text).strip() for text in wanted]
    assert reading.lessons[7].recommendation == "-7" and reading.lessons[7].tags == ("a", "b")
    assert {lesson.keep_or_change for lesson in reading.lessons} == {"keep"} and reading.rejected == ()
    assert only(read(tmp_path, "Lesson\n'tis so\n")).lesson == "'tis so"


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("<p>First &amp; last.</p><p>Then<br/>this.</p>", "First & last.\n\nThen\nthis."),
        ("<ul>\n<li>one</li>\n<li class='x'>two</li>\n</ul>", "one\ntwo"),
        ("line <b>one</b>\nline <i>two</i>\n\nend", "line one\nline two\n\nend"),
        ("R&amp;D &#8211; caf&eacute; &bogus; AT&T;", "R&D – café &bogus; AT&T;"),
        ("&#27;[2Jx&#x202e;", "[2Jx"),
        ("a < b and c > d & e", "a < b and c > d & e"),
        ("if a <b and c> d", "if a <b and c> d"),
        ("write <script>alert(1)</script> <p>", "write <script>alert(1)</script> <p>"),
        ("<name@example.org> wrote", "<name@example.org> wrote"),
        ("x <b only", "x <b only"),
    ],
)
def test_pieces_of_web_pages_become_words_and_nothing_else_does(cell: str, text: str, tmp_path: Path) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([["Ref", "Lesson"], ["1", cell]])
    reading = read(tmp_path, out.getvalue())
    assert only(reading).lesson == text
    assert ("1 text was of web pages: the words alone are kept." in reading.notes) == (cell != text)


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-11-22", TODAY),
        ("2026-11-22T23:59:00+05:00", TODAY),
        ("2026-11-22 00:00:00", TODAY),
        ("20261122", TODAY),
        ("2026/11/22", TODAY),
        ("22/11/2026", TODAY),
        ("3/4/2026", date(2026, 4, 3)),
        ("22.11.26", TODAY),
        ("22/11/98", date(1998, 11, 22)),
        ("22-11-2026 10:30", TODAY),
        ("22 Nov 2026", TODAY),
        ("22nd November 2026", TODAY),
        ("22-Nov-26", TODAY),
        ("Sunday, 22 November 2026 at 10:30", TODAY),
        ("November 22, 2026", TODAY),
        ("Nov. 22nd 2026", TODAY),
        ("Sept 2026", date(2026, 9, 1)),
        ("Nov-26", date(2026, 11, 1)),
        ("11/2026", date(2026, 11, 1)),
        ("2026-11", date(2026, 11, 1)),
        ("2026", date(2026, 1, 1)),
        ("yesterday", None),
        ("31/02/2026", None),
        ("0000-00-00", None),
        ("2026-13-01", None),
        ("9999", None),
        ("²²/11/2026", None),
        ("22 Blah 2026", None),
        ("1" * 5000, None),
    ],
)
def test_dates(cell: str, day: date | None, tmp_path: Path) -> None:
    reading = read(tmp_path, f'Lesson,Date\nx,"{cell}"\ny,\n')
    assert reading.lessons[0].date == day and reading.lessons[1].date is None
    unread = [note for note in reading.notes if note.startswith("1 lesson has a date that could not be read")]
    assert len(unread) == (day is None)


def test_american_dates_are_taken_where_the_whole_column_is_so(tmp_path: Path) -> None:
    american = read(tmp_path, "Lesson,Date\na,01/02/2026\nb,12/31/2025\n")
    assert [each.date for each in american.lessons] == [date(2026, 1, 2), date(2025, 12, 31)]
    assert any("month/day/year" in note for note in american.notes)
    both = read(tmp_path, "Lesson,Date\na,01/02/2026\nb,12/31/2025\nc,31/12/2025\n")
    assert [each.date for each in both.lessons] == [date(2026, 2, 1), None, date(2025, 12, 31)]
    assert [note for note in both.notes if "date" in note] == [
        "1 lesson has a date that could not be read: today's is taken."
    ]


@pytest.mark.parametrize(
    ("cell", "tags"),
    [
        ("a; B,c|d\ne", ("a", "B", "c", "d", "e")),
        ("#ward #moves", ("ward", "moves")),
        ("Ward, ward ;; , WARD", ("Ward",)),
        ("None", ()),
        ("-", ()),
        ("n/a", ()),
        ("night shift", ("night shift",)),
    ],
)
def test_tags(cell: str, tags: tuple[str, ...], tmp_path: Path) -> None:
    assert only(read(tmp_path, f'Lesson,Tags\nx,"{cell}"\n')).tags == tags


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("keep", "keep"),
        ("Keep doing", "keep"),
        ("POSITIVE", "keep"),
        ("Good practice", "keep"),
        ("Success", "keep"),
        ("Worked well", "keep"),
        ("change", "change"),
        ("Negative", "change"),
        ("did not work well", "change"),
        ("", "change"),
    ],
)
def test_keep_or_change(words: str, meant: KeepOrChange, tmp_path: Path) -> None:
    assert only(read(tmp_path, f"Lesson,Keep or change\nx,{words}\n")).keep_or_change == meant


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("Applied", "applied"),
        ("closed", "applied"),
        ("Draft", "captured"),
        ("Approved", "agreed"),
        ("obsolete", "retired"),
    ],
)
def test_states(words: str, state: LessonState, tmp_path: Path) -> None:
    reading = read(tmp_path, f"Lesson,Status,Note\nx,{words},since May\ny,whatever,\n")
    assert [(each.state, each.note) for each in reading.lessons] == [(state, "since May"), (None, "")]
    assert reading.notes == ("1 lesson has a state that is not known here.",)


# --- JSON


def test_json_as_the_search_prints_it(tmp_path: Path) -> None:
    found = [
        {
            "id": "0123456789ab",
            "lesson": "Ask the porters.\nEarly.",
            "excerpt": "Ask",
            "score": 1.5,
            "team": "Ward 7",
            "session": "Ward move",
            "date": "2026-11-22",
            "state": "agreed",
            "used": 2,
            "tags": ["ward", "moves"],
            "recommendation": None,
        },
        {"lesson": "Second", "cause": {"first": "x", "then": ["y", True]}},
        {},
        {"lesson": ""},
        "no object",
    ]
    reading = read(tmp_path, json.dumps(found, indent=1))
    assert reading.lessons[0] == ReadLesson(
        line=2,
        lesson="Ask the porters.\nEarly.",
        team="Ward 7",
        title="Ward move",
        date=TODAY,
        reference="0123456789ab",
        state="agreed",
        tags=("ward", "moves"),
    )
    assert reading.lessons[1].cause == "first: x\nthen: y\nyes"
    assert [reason for _, reason in rejected(reading)] == ["no lesson in it", "it is no object with a lesson in it"]
    assert reading.notes == ('Not used: columns "excerpt", "score" and "used".',)
    assert read(tmp_path, "[]").notes[0].startswith("There is no lesson in")


def test_json_lines_of_which_some_are_damaged(tmp_path: Path) -> None:
    text = (
        '{"lesson": "first"}\n{"lesson": "cut\n\n{"lesson": "second", "n": 1' + "0" * 5000 + "}\n{lesson}\n"
        '{"lesson":\n  "third"}\n{"lesson": 1,\n{"lesson": "' + "x" * 50_000 + '"}\nend'
    )
    reading = read(tmp_path, text)
    assert [(line, len(words)) for line, words in texts(reading)] == [(1, 5), (4, 6), (6, 5), (9, 50_000)]
    assert [line for line, _ in rejected(reading)] == [2, 5, 8, 10]
    assert "nothing behind it was read" in rejected(reading)[-1][1]
    with pytest.raises(
        WrongInput, match=r"has no lessons that can be read. Line 1: it cannot be read as JSON \(line 2"
    ):
        read(tmp_path, '[{"a":\nb}]')
    with pytest.raises(WrongInput, match=r"begins neither with"):
        read(tmp_path, "Lesson\nx", name="x.json")
    assert only(read(tmp_path, "[Lesson],Owner\nx,y\n")).lesson == "x"
    deep = read(tmp_path, '{"lesson": "x"}\n' + "[" * 100_000)
    assert texts(deep) == [(1, "x")] and "too deep" in rejected(deep)[0][1]


# --- properties


_WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from(list('",;|\n\t"\'')), max_size=40)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(_WORDS, _WORDS, _WORDS), max_size=8), st.sampled_from([",", ";", "\t", "|"]))
def test_a_well_formed_table_comes_back_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str, str]], delimiter: str
) -> None:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(
        [["Lesson", "Context", "Cause"], *(["L" + lesson, "c" + context, cause] for lesson, context, cause in rows)]
    )
    reading = read(tmp_path_factory.getbasetemp(), out.getvalue())
    if not any("<" in text or "&" in text for row in rows for text in row):
        assert [(each.lesson, each.context) for each in reading.lessons] == [
            (clean("L" + lesson).strip(), clean("c" + context).strip()) for lesson, context, _ in rows
        ]
    assert len(reading.lessons) == len(rows) and reading.rejected == ()
