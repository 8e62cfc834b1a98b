"""Files in plain mode: lessons from elsewhere, bundles, care, what is too old, and the backup of the day."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from kmtui.model.answers import SessionAnswers
from kmtui.plain.daily import DailyBackup
from kmtui.plain.prompts import WrongAnswer
from kmtui.workspace.desk import Desk, open_desk
from kmtui.workspace.filling import fill
from kmtui.workspace.settings import Settings
from kmtui.workspace.start import Start
from tests.lesson_files import lessons_table
from tests.plain.talker import Talker, numbered
from tests.plain.test_hostile import TYPED, only_text
from tests.workspace.asset_things import KITCHEN, with_lessons

HOME = Start()


@pytest.fixture
def known(talker: Talker) -> Talker:
    """Return a conversation after the first start."""
    talker.settings = Settings(file=talker.settings.file, found=True)
    return talker


def fresh(talker: Talker) -> Desk:
    """Return the workspace, read by a store of its own."""
    return open_desk(talker.desk.folder, cache=talker.desk.folder.parent / "another cache")


def files(talker: Talker, number: int, *lines: str, terminal: bool = True) -> str:
    """Choose a line of the menu of files, type lines there, and return what was said."""
    at = talker.menu("Files: take in")
    return talker.type("\n".join((at, str(number), *lines, "")), HOME, terminal=terminal)


def words_of(desk: Desk) -> set[str]:
    """Return the words of all lessons."""
    desk.tools.store.register.look()
    return {line.lesson for line in desk.lessons()}


# Lessons from elsewhere


def test_columns_are_read_out_mapped_and_taken_in(known: Talker, tmp_path: Path) -> None:
    out = files(known, 1, str(lessons_table(tmp_path)), "3 cause", "4 none", "list", "")
    assert "2. What we learned: lesson. Such as: Tell the porters the order of beds" in out
    assert out.count("3. Driving event: cause. Such as: Two beds went to the wrong bay") == 2
    assert "4. Root cause: not used." in out
    assert "Saved. 2 new, 0 here already, 1 not read." in out
    assert "line 4: no lesson in it" in out
    (porters, _) = sorted(fresh(known).lessons(), key=lambda line: line.reference)
    assert (porters.cause, porters.context, porters.team) == ("Two beds went to the wrong bay", "", "Ward 7")


def test_a_change_is_taken_back_and_a_wrong_one_told(known: Talker, tmp_path: Path) -> None:
    out = files(
        known, 1, str(lessons_table(tmp_path)), "2 none", "", "undo", "undo", "9 lesson", "2 penguin", "2", "?", "back"
    )
    assert "Error: No column is for the lesson yet." in out
    assert "There is nothing to undo." in out
    assert "Error: Type the number of a column, from 1 to 6, and a field: 1 lesson." in out
    assert 'Error: "penguin" is no field. The fields: lesson, context,' in out
    assert out.count("The fields: lesson, context") == 2
    assert "Nothing was kept." in out
    assert words_of(fresh(known)) == set()


def test_another_encoding_is_named(known: Talker, tmp_path: Path) -> None:
    path = lessons_table(tmp_path, "Lesson\nDie Küche wußte es\n", encoding="mac-roman")
    out = files(known, 1, str(path), "encoding penguin", "encoding mac-roman", "")
    assert "Error: " in out and "penguin" in out
    assert "Die Küche wußte es" in out
    assert words_of(fresh(known)) == {"Die Küche wußte es"}


def test_what_is_not_there_is_told_and_asked_again(known: Talker, tmp_path: Path) -> None:
    out = files(known, 1, str(tmp_path / "x.csv"), str(lessons_table(tmp_path)), "")
    assert "Error: There is no file or folder" in out
    assert "Saved. 2 new" in out
    with pytest.raises(WrongAnswer, match=r"import\.file: There is no file or folder"):
        files(known, 1, str(tmp_path / "x.csv"), terminal=False)


# Bundles


def test_chosen_records_are_bundled_and_taken_in_elsewhere(known: Talker, tmp_path: Path) -> None:
    for title in ("One", "Two", "Three"):
        fill(known.desk.tools, SessionAnswers(technique="after-action-review", title=title, date=date(2026, 5, 1)))
    out = files(known, 2, "wo", "1", "", "")
    assert "1 found." in out
    path = Path(out.split("Written: ")[1].splitlines()[0])
    found = json.loads(path.read_text("utf-8"))
    assert [each["title"] for each in found["records"]] == ["Two"]
    assert (found["with_names"], found["with_private"]) == (False, False)
    out = files(known, 2, "all", "yes", "yes")
    assert "bundle-2.json" in out
    other = Talker(tmp_path / "elsewhere")
    other.settings = known.settings
    out = files(other, 1, str(path))
    assert "Saved. 1 new, 0 joined, 0 here already." in out
    assert "New: Two." in out
    assert "Saved. 0 new, 0 joined, 1 here already." in files(other, 1, str(path))
    assert [line.title for line in fresh(other).records()] == ["Two"]


def test_one_record_and_one_lesson_are_bundled_where_they_are_read(known: Talker) -> None:
    lessons = with_lessons(known.desk)
    past = known.menu("Past sessions")
    number = numbered(known.type(f"{past}\n1\n", HOME), "Bundle it")
    out = known.type(f"{past}\n1\n{number}\n\n\n", HOME, terminal=True)
    assert "Written: " in out
    register = known.menu("Lessons: the register")
    number = numbered(known.type(f"{register}\nkitchen\n1\n", HOME), "Bundle it")
    out = known.type(f"{register}\nkitchen\n1\n{number}\n\n\n", HOME, terminal=True)
    path = Path(out.split("Written: ")[1].splitlines()[0])
    assert [each["id"] for each in json.loads(path.read_text("utf-8"))["lessons"]] == [lessons[KITCHEN]]


# Care


def test_files_are_examined_put_right_backed_up_and_put_back(known: Talker) -> None:
    with_lessons(known.desk)
    (path,) = known.desk.folder.glob("sessions/*/*.json")
    whole = path.read_bytes()
    out = files(known, 3, "1", "2")
    assert "All files are well." in out
    assert "Backed up: " in out
    path.write_bytes(whole[:100])
    out = files(known, 3, "1", "")
    assert "One problem:" in out and "Everything is as it was." in out
    assert path.read_bytes() == whole[:100]
    out = files(known, 3, "1", "yes")
    assert "1 of 1 put right. What was replaced lies in the folder quarantine." in out
    assert words_of(fresh(known)) >= {KITCHEN}
    path.write_bytes(whole.replace(b"Ward 7", b"Ward 8"))
    out = files(known, 3, "3", "1", "")
    assert b"Ward 8" in path.read_bytes()
    out = files(known, 3, "3", "1", "1")
    assert f"Put back: {path.relative_to(known.desk.folder).as_posix()}" in out
    assert "What was here before is in the backup " in out
    assert b"Ward 8" not in path.read_bytes()


# Too old


def test_what_is_too_old_is_kept_or_deleted_and_comes_back(known: Talker) -> None:
    for year in (2010, 2011, 2026):
        fill(
            known.desk.tools, SessionAnswers(technique="after-action-review", title=f"Of {year}", date=date(year, 3, 1))
        )
    assert "older than" not in known.type("", HOME)
    known.desk.keep_years = 8
    at = known.menu("2 records are older than 8 years: look at them")
    out = known.type(f"{at}\n1\n2\n\n", HOME, terminal=True)
    assert "Nothing is deleted by itself." in out
    assert "Saved. It is asked about again on 20 November 2027." in out
    at = known.menu("1 record is older than 8 years")
    out = known.type(f"{at}\n1\n3\nundo\n", HOME, terminal=True)
    assert "Deleted: Of 2011." in out and "Back again: Of 2011." in out
    assert len(fresh(known).records()) == 3
    known.type(f"{at}\n1\n3\n", HOME, terminal=True)
    assert {line.title for line in fresh(known).records()} == {"Of 2010", "Of 2026"}


def test_a_lesson_is_deleted_and_comes_back(known: Talker) -> None:
    with_lessons(known.desk)
    at = known.menu("Lessons: the register")
    number = numbered(known.type(f"{at}\nkitchen\n1\n", HOME), "Delete it")
    out = known.type(f"{at}\nkitchen\n1\n{number}\nundo\n", HOME, terminal=True)
    assert "Deleted, also out of the backups: " in out
    assert "Saved. It is as it was before" in out
    assert KITCHEN in words_of(fresh(known))
    known.type(f"{at}\nkitchen\n1\n{number}\n", HOME, terminal=True)
    assert KITCHEN not in words_of(fresh(known))


# The backup of the day


def test_one_backup_a_day_in_a_pipe_and_none_where_nothing_is(known: Talker) -> None:
    known.type("", HOME)
    assert not (known.desk.folder / "backups").exists()
    with_lessons(known.desk)
    known.type("", HOME)
    (first,) = (known.desk.folder / "backups").glob("*.zip")
    known.type("", HOME)
    assert list((known.desk.folder / "backups").glob("*.zip")) == [first]


def test_at_a_terminal_it_is_made_beside_the_conversation(known: Talker) -> None:
    with_lessons(known.desk)
    daily = DailyBackup(known.desk, print, beside=True)
    daily.begin()
    for each in threading.enumerate():
        if each.name == "backup":
            each.join(20)
    daily.end()
    assert len(list((known.desk.folder / "backups").glob("*.zip"))) == 1


def test_the_end_stops_one_that_is_half_made(known: Talker, monkeypatch: pytest.MonkeyPatch) -> None:
    import kmtui.plain.daily as module

    ended = threading.Event()

    def endless(tools: object, progress: Callable[[int, int], bool]) -> str:
        while progress(1, 2):
            pass
        ended.set()
        return ""

    monkeypatch.setattr(module, "back_up_once_a_day", endless)
    daily = DailyBackup(known.desk, print, beside=True)
    daily.begin()
    daily.end()
    assert ended.is_set()


def test_a_failure_is_told_and_stops_nothing(known: Talker) -> None:
    with_lessons(known.desk)
    (known.desk.folder / "backups").write_text("a file in its place", encoding="utf-8")
    known.type("", HOME)
    assert known.code == 0
    assert known.errors.startswith("There is no backup of today: ")


@pytest.mark.parametrize("text", TYPED)
def test_hostile_words_in_files_do_nothing(known: Talker, tmp_path: Path, text: str) -> None:
    cell = text.replace('"', "'").encode("utf-8", "replace").decode()
    path = lessons_table(tmp_path, f'Lesson,"{cell}"\n"{cell}",x\n')
    assert only_text(files(known, 1, str(path), (text.splitlines() or [""])[0], "1 lesson", ""))
