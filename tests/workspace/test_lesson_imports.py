"""Lessons from elsewhere: each is kept once, whole, with its state, however often and in however many pieces."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from kmtui.model.errors import WrongInput
from kmtui.model.lines import LessonLine
from kmtui.report.lessons_report import found_csv
from kmtui.workspace import register
from kmtui.workspace.desk import Desk
from kmtui.workspace.lesson_imports import TakenIn, keep, mapping_of, read
from tests.workspace.bundled import files, review, words_of, workspace

HEAD = "Lesson,Context,Cause,Recommendation,Tags,Keep or change,Owner,Title,Team,Technique,Criterion,Date,Reference\n"
ROW = "Tell,Ward,List,Send,moves,change,Sister,May,Ward 7,premortem,agenda,2026-05-01,R1"


def taken_in(desk: Desk, folder: Path, text: str, name: str = "lessons.csv") -> TakenIn:
    """Take in a table."""
    path = folder / name
    path.write_text(text, encoding="utf-8", newline="")
    return keep(desk.tools, read(desk.tools, path), name)


def lines_of(desk: Desk) -> list[LessonLine]:
    """Return the lessons but for where they were taken from, in order of their ids."""
    return sorted((replace(each, source="") for each in desk.lessons()), key=lambda line: line.id)


def test_the_same_file_twice_is_read_once(desk: Desk, tmp_path: Path) -> None:
    text = HEAD + ROW + "\n"
    assert taken_in(desk, tmp_path, text).read == 1
    before = files(desk)
    for name in ("lessons.csv", "other.csv"):
        again = taken_in(desk, tmp_path, text, name)
        assert (again.read, again.duplicates, again.ids) == (0, 1, ())
        assert files(desk) == before


def test_equal_rows_are_one_and_rows_that_differ_in_any_field_are_not(desk: Desk, tmp_path: Path) -> None:
    cells = ROW.split(",")
    others = {"keep", "2026-05-02"}
    rows = [ROW, ROW]
    for place, cell in enumerate(cells):
        other = {"change": "keep", "2026-05-01": "2026-05-02"}.get(cell, f"{cell} 2")
        rows.append(",".join([*cells[:place], other, *cells[place + 1 :]]))
    assert others <= {cell for row in rows for cell in row.split(",")}
    done = taken_in(desk, tmp_path, HEAD + "\n".join(rows) + "\n")
    assert (done.read, done.duplicates, done.rejected) == (1 + len(cells), 1, ())
    assert len(desk.lessons()) == 1 + len(cells)


@pytest.mark.parametrize("rows", [("applied,It hangs", "captured,"), ("captured,", "applied,It hangs"),
                                  ("applied,It hangs", "applied,It stands"), ("agreed,", "retired,Old")])  # fmt: skip
def test_rows_that_differ_in_their_state_are_both_read(desk: Desk, tmp_path: Path, rows: tuple[str, str]) -> None:
    text = "Lesson,Date,State,Note\n" + "".join(f"Tell,2026-05-01,{row}\n" for row in rows)
    done = taken_in(desk, tmp_path, text)
    assert (done.read, done.duplicates) == (2, 0)
    assert sorted(line.state for line in desk.lessons()) == sorted(row.partition(",")[0] for row in rows)
    assert (taken_in(desk, tmp_path, text).read, len(desk.lessons())) == (0, 2)


def test_a_lesson_that_has_moved_on_is_still_the_same(desk: Desk, tmp_path: Path) -> None:
    text = HEAD + ROW + "\n"
    (lesson,) = taken_in(desk, tmp_path, text).ids
    register.say(desk.tools, lesson, state="applied", note="It hangs")
    assert taken_in(desk, tmp_path, text).duplicates == 1
    session = review(desk, "Label the drips")
    before = found_csv(desk.lessons())
    register.say(desk.tools, session.lessons[0].id, state="agreed")
    for each in (before, found_csv(desk.lessons())):
        done = taken_in(desk, tmp_path, each)
        assert (done.read, done.duplicates) == (0, 2)


def test_a_lesson_without_a_day_gets_that_of_the_import_and_is_the_same_tomorrow(desk: Desk, tmp_path: Path) -> None:
    text = "Lesson\nTell the porters\n"
    (lesson,) = taken_in(desk, tmp_path, text).ids
    assert desk.tools.store.register.find(lesson).date == desk.tools.today()
    tomorrow = Desk(replace(desk.tools, today=lambda: date(2099, 1, 1)), desk.folder)
    assert taken_in(tomorrow, tmp_path, text).duplicates == 1


def test_a_long_text_is_kept_whole_through_a_table_and_back(desk: Desk, tmp_path: Path) -> None:
    long = "".join(f'Line {number} says, “wait”; "then" go.\n' for number in range(1800))[:50_000].strip()
    cell = long.replace('"', '""')
    (lesson,) = taken_in(desk, tmp_path, f'Lesson,Cause,Date\n"{cell}","{cell}",2026-05-01\n').ids
    assert len(long) > 49_000
    line = desk.tools.store.register.find(lesson)
    assert (line.lesson, line.cause) == (long, long)
    other = workspace(tmp_path, "other")
    assert taken_in(other, tmp_path, found_csv(desk.lessons()), "out.csv").ids == (lesson,)
    assert lines_of(other) == lines_of(desk)


@pytest.mark.parametrize("words", ["=1+1", "- do", "'=x", "@me", "a;b", "a\tb", "“q”", "  ", "<b>x</b>", "A & B", "é"])
def test_a_table_that_went_out_comes_in_as_the_same(desk: Desk, tmp_path: Path, words: str) -> None:
    taken_in(desk, tmp_path, f'Lesson,Cause,Team,Date,State,Note\n"Tell {words}","{words}",A,2026-05-01,agreed,\n')
    other = workspace(tmp_path, "other")
    table = found_csv(desk.lessons())
    assert taken_in(other, tmp_path, table, "out.csv").rejected == ()
    assert lines_of(other) == lines_of(desk)
    assert found_csv(other.lessons()) == table


def test_what_was_stopped_is_done_again_without_doubles(desk: Desk, tmp_path: Path) -> None:
    text = "Lesson,State,Note\n" + "".join(f"Lesson {number},applied,Done {number}\n" for number in range(250))
    path = tmp_path / "many.csv"
    path.write_text(text, encoding="utf-8")
    reading = read(desk.tools, path)
    told: list[tuple[int, int]] = []

    def stop(done: int, of: int) -> bool:
        told.append((done, of))
        return False

    part = keep(desk.tools, reading, "many.csv", stop)
    assert (part.read, part.stopped, told) == (100, True, [(100, 250)])
    rest = keep(desk.tools, reading, "many.csv")
    assert (rest.read, rest.duplicates, rest.stopped) == (150, 100, False)
    assert len(desk.lessons()) == 250
    assert {line.state for line in desk.lessons()} == {"applied"}


def test_a_kill_between_a_state_and_its_lesson_loses_neither(desk: Desk, tmp_path: Path) -> None:
    text = "Lesson,State,Note\nTell,applied,It hangs\n"
    (lesson,) = taken_in(desk, tmp_path, text).ids
    for path in desk.folder.glob("lessons/*/*"):
        path.unlink()
    assert taken_in(desk, tmp_path, text).ids == (lesson,)
    assert taken_in(desk, tmp_path, text).duplicates == 1
    (turn,) = register.page(desk.tools, lesson).turns
    assert (turn.state, turn.note) == ("applied", "It hangs")


def test_what_was_deleted_comes_back_when_it_is_asked_for(desk: Desk, tmp_path: Path) -> None:
    text = "Lesson,State,Note\nTell,applied,It hangs\n"
    (lesson,) = taken_in(desk, tmp_path, text).ids
    desk.tools.store.remove_lesson(lesson)
    assert words_of(desk) == []
    assert taken_in(desk, tmp_path, text).ids == (lesson,)
    assert words_of(desk) == ["Tell"]
    assert desk.tools.store.register.find(lesson).state == "applied"


def test_a_mapping_names_fields_that_there_are() -> None:
    assert mapping_of(["lesson=What we learned", " cause = Why = how"]) == {
        "lesson": "What we learned",
        "cause": "Why = how",
    }
    for wrong in ("lesson", "words=What", "=What"):
        with pytest.raises(WrongInput, match="The fields are: lesson, context"):
            mapping_of([wrong])
