"""The register in plain mode: lessons found, read out, their life, lessons joined, and what is written to a file."""

from __future__ import annotations

import csv
import json
from datetime import UTC, date, datetime, timedelta
from itertools import cycle, islice
from typing import Any

import pytest

from kmtui.analysis.query import LIMITS
from kmtui.model.answers import LessonAnswer, SessionAnswers
from kmtui.model.lesson import KeptLesson
from kmtui.plain.prompts import WrongAnswer
from kmtui.workspace.desk import open_desk
from kmtui.workspace.filling import fill
from kmtui.workspace.register import LessonPage, page, say
from kmtui.workspace.sessions import start_session
from kmtui.workspace.settings import Settings
from kmtui.workspace.start import Start
from tests.plain.talker import AAR, TODAY, Talker, numbered, saved
from tests.plain.test_hostile import TYPED, only_text

HOME = Start()
NOON = datetime(2026, 5, 12, 12, tzinfo=UTC)
PORTERS = LessonAnswer(
    lesson="Tell the porters the order of beds",
    context="Two beds went to the wrong bay",
    cause="The list hung in one place",
    recommendation="Send the list by six",
    tags=("moves", "beds"),
    owner="Bed manager",
)
KITCHEN = LessonAnswer(lesson="The kitchen knew a week ahead", keep_or_change="keep")
DRIP = LessonAnswer(lesson="Label the drip stands")


def imported(lesson: str, number: int = 0, **more: Any) -> KeptLesson:
    """Return a lesson as importing makes it."""
    day = date(2025, 1, 1) + timedelta(days=number)
    made = {"title": "Elsewhere", "team": "Library", "source": "regional.csv"} | more
    return KeptLesson(id=f"1ngq{number:08d}", created=NOON, changed=NOON, date=day, lesson=lesson, **made)


@pytest.fixture
def lessons(talker: Talker) -> Talker:
    """Return a conversation whose workspace has three lessons of a session, and an imported one."""
    answers = SessionAnswers(
        technique=AAR.technique, title="Ward move", team="Ward 7", date=date(2026, 5, 12),
        lessons={"learn": (PORTERS, KITCHEN, DRIP)},
    )  # fmt: skip
    fill(talker.desk.tools, answers)
    talker.desk.tools.store.register.add([imported("Porters need the order of moves a day ahead", reference="R-1")])
    return talker


@pytest.fixture
def library(talker: Talker) -> Talker:
    """Return a conversation after the first start, for lessons that are imported."""
    talker.settings = Settings(file=talker.settings.file, found=True)
    return talker


def of_disk(talker: Talker, beginning: str) -> LessonPage:
    """Return what the disk has of a lesson, read by a store of its own."""
    fresh = open_desk(talker.desk.folder, cache=talker.desk.folder.parent / "another cache")
    found = next(line for line in fresh.lessons() if line.lesson.startswith(beginning))
    return page(fresh.tools, found.id)


def typed(talker: Talker, *lines: str, terminal: bool = False) -> str:
    """Type lines in the register, and return what was said from there on."""
    out = talker.type("\n".join((talker.menu("Lessons: the register"), *lines, "")), HOME, terminal=terminal)
    return out[out.index("Words to find") :]


def chosen(talker: Talker, words: str, choice: str, *lines: str, terminal: bool = False) -> str:
    """Open the first lesson with these words, make a choice, and go on with lines; return what was said then."""
    number = numbered(typed(talker, words, "1"), choice)
    out = typed(talker, words, "1", number, *lines, terminal=terminal)
    return out[out.index("hear it again") :]


def in_order(out: str, *parts: str) -> bool:
    """Say whether parts stand in a text one behind the other."""
    at = 0
    for part in parts:
        at = out.find(part, at)
        if at < 0:
            return False
    return True


# Finding


def test_words_find_lessons_numbered_and_marked_and_a_number_opens_one(lessons: Talker) -> None:
    out = typed(lessons, "porters order")
    assert "Two lessons found:\n1. " in out
    assert "«porters» the «order» of beds" in out
    assert "captured, Ward move, Ward 7, 12 May 2026." in out
    out = typed(lessons, "label", "1")
    assert "\nLabel the drip stands\nChange, captured.\nLearned in: Ward move, Ward 7, After Action Review" in out
    assert lessons.code == 0


def test_where_nothing_is_found_there_is_nothing_to_write(lessons: Talker) -> None:
    out = typed(lessons, "more", "penguins", "export", "kitchen")
    assert out.count("Nothing is found yet. Words find lessons; list shows the newest ones.") == 2
    assert "One lesson found:" in out
    assert not lessons.desk.exports.exists()


def test_home_counts_lessons(talker: Talker) -> None:
    assert "Lessons: the register (none yet)" in talker.type("", HOME)
    out = talker.type(f"{talker.menu('Lessons: the register')}\n", HOME)
    assert "No lessons yet. They come from the reviews that are held here" in out
    talker.desk.tools.store.register.add([imported("Ring first")])
    assert "Lessons: the register (1)" in talker.type("", HOME)


def test_all_of_a_lesson_is_read_out_in_order(lessons: Talker) -> None:
    tools = lessons.desk.tools
    line = of_disk(lessons, PORTERS.lesson).line
    say(tools, line.id, state="agreed", role="matron", review=date(2026, 11, 1))
    say(tools, line.id, state="applied", note="The list hangs at the door", role="ward sister")
    opened = start_session(tools, AAR.technique, title="Second move", team="Ward 8")
    opened.go("expected")
    opened.add_entry("All told by six", lesson=line.id)
    opened.close()
    assert in_order(
        typed(lessons, "tag:beds", "1"),
        "\nTell the porters the order of beds\n",
        "Change, applied, used once.\n",
        "Somebody wanted to look at it again on 1 November 2026.\n",
        "Where it comes from: Two beds went to the wrong bay\n",
        "Cause: The list hung in one place\n",
        "Recommendation: Send the list by six\n",
        "Tags: moves, beds\n",
        "Owner: Bed manager\n",
        "Learned in: Ward move, Ward 7, After Action Review, 12 May 2026\n",
        "What has become of it:\n- ",
        ": agreed, said by matron\n",
        ": applied, said by ward sister: The list hangs at the door\n",
        "- To be looked at again on: 1 November 2026\n",
        "Where it was taken along:\n- Second move, Ward 8, ",
        "1. Agreed: those who own it agree to it\n",
    )


def test_more_reads_out_the_next_ones_and_their_numbers_open_them(talker: Talker) -> None:
    talker.desk.tools.store.register.add([imported(f"Porters wait {number}", number) for number in range(12)])
    out = typed(talker, "porters", "more", "more", "12")
    assert out.count("2 more: type more.\n") == 2
    first, second = out.split("2 more: type more.\n")[:2]
    assert "\n10. " in first
    assert "\n11. " not in first
    assert "\n12. " in second
    assert out.count("Twelve lessons found:") + out.count("12 lessons found:") == 2
    opened = next(line for line in second.splitlines() if line.startswith("12. "))
    assert opened.replace("«", "").replace("»", "")[4:18] in out.split("\n\n")[-1]


def test_many_are_told_as_the_best_of_all(talker: Talker) -> None:
    talker.desk.tools.store.register.add([imported(f"Porters wait {number}", number) for number in range(60)])
    assert "The best 50 of 60 lessons:" in typed(talker, "porters")
    assert "The newest 50 of 60 lessons:\n1. Porters wait 59" in typed(talker, "list")


def test_limits_narrow_and_help_names_each(lessons: Talker) -> None:
    out = typed(lessons, "?", 'porters team:"ward 7"')
    assert all(f" {limit}:" in out for limit in LIMITS)
    assert "One lesson found:" in out
    assert "No lesson has these words." in typed(lessons, "penguins")
    assert "No lesson fits. With fewer limits" in typed(lessons, "tag:penguins")


def test_a_wrong_answer_stops_a_pipe_with_its_question_and_is_asked_again_at_a_terminal(lessons: Talker) -> None:
    for wrong in ("state:lost", "after:never", "parked", "edit 3"):
        with pytest.raises(WrongAnswer, match=r"^register: "):
            typed(lessons, wrong)
    with pytest.raises(WrongAnswer, match=r"^register: There is no number 9 here"):
        typed(lessons, "porters", "9")
    out = typed(lessons, "state:lost", "porters", "9", "1", terminal=True)
    assert 'Error: "state:lost" is none of these' in out
    assert "Error: There is no number 9 here." in out
    assert "Number, list to hear it again" in out


def test_the_end_of_input_and_quit_are_normal_ends(lessons: Talker) -> None:
    for lines in ((), ("porters",), ("porters", "1"), ("porters", "1", "quit"), ("porters", "1", "1")):
        typed(lessons, *lines)
        assert lessons.code == 0
    assert of_disk(lessons, PORTERS.lesson).turns == ()


def test_much_to_read_is_told_once_on_standard_error(talker: Talker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kmtui.plain.register._MANY", 30)
    talker.desk.tools.store.register.add([imported(f"Porters wait {number}", number) for number in range(40)])
    fresh = Talker(talker.desk.folder.parent)
    fresh.desk = open_desk(talker.desk.folder, cache=talker.desk.folder.parent / "empty cache")
    out = fresh.type(f"{talker.menu('Lessons: the register')}\nporters\nwait\n", HOME)
    assert fresh.errors == "Reading 40 records. That is needed once, and what has changed later.\n"
    assert "Reading" not in out
    assert "40 lessons" in out


# Its life


def test_it_is_agreed_applied_and_retired_with_role_and_reason_and_each_is_taken_back(lessons: Talker) -> None:
    out = chosen(lessons, "tag:beds", "Agreed:", "matron", "list")
    assert "Saved. The lesson is agreed.\n" in out
    assert "agreed, said by matron" in out
    chosen(lessons, "tag:beds", "Applied:", "The list hangs at the door", "")
    chosen(lessons, "tag:beds", "Retired:", "Nobody moves any more", "porter")
    turns = of_disk(lessons, PORTERS.lesson).turns
    assert [(turn.state, turn.note, turn.role) for turn in turns] == [
        ("agreed", "", "matron"),
        ("applied", "The list hangs at the door", ""),
        ("retired", "Nobody moves any more", "porter"),
    ]
    out = chosen(lessons, "tag:beds", "Applied:", "Used again", "", "undo", "undo")
    assert f"Saved. It is as it was before: {PORTERS.lesson}.\n" in out
    assert "There is nothing to undo." in out
    last = of_disk(lessons, PORTERS.lesson).turns[-1]
    assert (last.state, last.note, last.role) == ("retired", "Nobody moves any more", "porter")


@pytest.mark.parametrize("choice", ["Applied:", "Retired:"])
def test_without_a_word_it_is_neither_applied_nor_retired(lessons: Talker, choice: str) -> None:
    out = chosen(lessons, "tag:beds", choice, "", "")
    assert "Nothing was changed." in out
    assert not saved(out)
    assert of_disk(lessons, PORTERS.lesson).turns == ()


def test_the_role_is_offered_again_and_can_be_left_out(lessons: Talker) -> None:
    out = chosen(lessons, "tag:beds", "Applied:", "One", "matron", "2", "Two", "", "2", "Three", "-")
    assert "Who says so (a role, Enter for matron, - for nobody):" in out
    assert [turn.role for turn in of_disk(lessons, PORTERS.lesson).turns] == ["matron", "matron", ""]


def test_it_gets_an_owner_and_a_day_and_loses_them(lessons: Talker) -> None:
    out = chosen(lessons, "tag:beds", "Which role", "Night sister", "undo")
    assert "(Enter keeps Bed manager, - takes it away):" in out
    assert "Saved. Night sister looks after it.\n" in out
    assert of_disk(lessons, PORTERS.lesson).line.owner == "Bed manager"
    assert "Saved. No role looks after it." in chosen(lessons, "tag:beds", "Which role", "-")
    assert of_disk(lessons, PORTERS.lesson).line.owner == ""
    out = chosen(lessons, "tag:beds", "When it is", "soonish", "1 Dec", terminal=True)
    assert 'Error: "soonish" is not a date.' in out
    assert "Saved. It is looked at again on 1 December 2026." in out
    chosen(lessons, "tag:beds", "When it is", "")
    assert of_disk(lessons, PORTERS.lesson).line.review == date(2026, 12, 1)
    assert "no day to be looked at again" in chosen(lessons, "tag:beds", "When it is", "-", "undo")
    assert of_disk(lessons, PORTERS.lesson).line.review == date(2026, 12, 1)
    with pytest.raises(WrongAnswer, match=r"^lesson\.review: "):
        chosen(lessons, "tag:beds", "When it is", "soonish")


def test_what_may_tell_who_somebody_is_is_asked_about(lessons: Talker) -> None:
    out = chosen(lessons, "tag:beds", "Applied:", "Ring 07700 900123", "replace", "", terminal=True)
    assert "telephone number" in out
    assert of_disk(lessons, PORTERS.lesson).turns[-1].note == "Ring [telephone number]"


# What waits


def test_lessons_that_wait_are_told_at_home_and_opened(lessons: Talker) -> None:
    assert "for review" not in lessons.type("", HOME)
    tools = lessons.desk.tools
    for number, beginning in enumerate((PORTERS.lesson, KITCHEN.lesson)):
        say(tools, of_disk(lessons, beginning).line.id, review=TODAY - timedelta(days=number))
    menu = lessons.menu("2 lessons wait for review")
    out = lessons.type(f"{menu}\n1\n4\n1 Dec\n\n1\n4\n-\n\n", HOME)
    assert "1. Since 19 November 2026, The kitchen knew a week ahead" in out
    assert "2. Since 20 November 2026, Bed manager: Tell the porters" in out
    assert "Somebody wanted to look at it again on 19 November 2026." in out
    assert "No lesson waits." in out
    assert of_disk(lessons, KITCHEN.lesson).line.review == date(2026, 12, 1)
    say(tools, of_disk(lessons, DRIP.lesson).line.id, review=TODAY)
    assert "1 lesson waits for review" in lessons.type("", HOME)


# Lessons that say the same


def test_lessons_are_joined_taken_apart_and_both_taken_back(lessons: Talker) -> None:
    out = chosen(lessons, "tag:beds", "Join another", "regional day ahead", "1", "list")
    assert "Saved. Joined into this one: Porters need the order of moves a day ahead." in out
    assert "Joined out of:\n- Porters need the order of moves a day ahead (Elsewhere, Library, 1 January 2025)" in out
    found = of_disk(lessons, PORTERS.lesson)
    assert [each.lesson for each in found.sources] == ["Porters need the order of moves a day ahead"]
    out = chosen(lessons, "tag:beds", "Have a joined", "undo")
    assert "Saved. It stands for itself again: Porters need" in out
    assert len(of_disk(lessons, PORTERS.lesson).sources) == 1
    chosen(lessons, "tag:beds", "Have a joined")
    assert of_disk(lessons, PORTERS.lesson).sources == ()
    chosen(lessons, "tag:beds", "Join another", "regional day ahead", "1", "undo")
    assert of_disk(lessons, PORTERS.lesson).sources == ()


def test_of_several_joined_lessons_one_is_chosen_to_stand_for_itself(lessons: Talker) -> None:
    join = numbered(typed(lessons, "tag:beds", "1"), "Join another")
    typed(lessons, "tag:beds", "1", join, "regional day ahead", "1", join, "kitchen", "1")
    assert len(of_disk(lessons, PORTERS.lesson).sources) == 2
    out = chosen(lessons, "tag:beds", "Have a joined", "1")
    (left,) = of_disk(lessons, PORTERS.lesson).sources
    assert f"Saved. It stands for itself again: {left.lesson}" not in out
    assert "Saved. It stands for itself again: " in out


def test_a_lesson_is_not_joined_into_itself(lessons: Talker) -> None:
    out = chosen(lessons, "tag:beds", "Join another", "tag:beds", "1", "", terminal=True)
    assert "Error: A lesson cannot be joined into itself." in out
    assert of_disk(lessons, PORTERS.lesson).sources == ()


def test_the_report_of_its_session_is_read_out_and_an_imported_one_has_none(lessons: Talker) -> None:
    out = chosen(lessons, "tag:beds", "Read the report")
    assert "# Ward move: After Action Review" in out
    assert "Read the report" not in typed(lessons, "regional day ahead", "1")


def test_a_lesson_that_was_deleted_meanwhile_is_told(lessons: Talker) -> None:
    kept = of_disk(lessons, "Porters need")
    menu = lessons.menu("Lessons: the register")

    def gone() -> None:
        lessons.desk.tools.store.remove_lesson(kept.line.id)

    out = lessons.type(f"{menu}\nday ahead\n1\n1\nmatron\n\n", HOME, before={"matron": gone}, terminal=True)
    assert "Error: " in out
    assert "Porters need" not in out.partition("This lesson is not here any more.")[2]
    assert "This lesson is not here any more." in out


# To a file


@pytest.mark.parametrize(("form", "ending"), [("", "md"), ("csv", "csv"), ("json", "json")])
def test_what_was_found_is_written_to_a_file(lessons: Talker, form: str, ending: str) -> None:
    out = typed(lessons, "porters", "export", form)
    file = lessons.desk.exports / f"2026-11-20_porters_lessons.{ending}"
    assert f"Written: {file}" in out
    text = file.read_text("utf-8")
    assert PORTERS.lesson in text
    assert "Porters need the order" in text
    assert DRIP.lesson not in text
    if ending == "json":
        assert len(json.loads(text)) == 2
    if ending == "csv":
        assert len(list(csv.DictReader(text.splitlines()))) == 2


def test_one_lesson_is_written_with_its_life(lessons: Talker) -> None:
    number = numbered(typed(lessons, "tag:beds", "1"), "Write it")
    typed(lessons, "tag:beds", "1", "2", "The list hangs", "", number, "", number, "json", number, "back")
    page_file, data = sorted(lessons.desk.exports.iterdir(), key=lambda path: path.suffix, reverse=True)
    assert "## What has become of it" in page_file.read_text("utf-8")
    assert [row["state"] for row in json.loads(data.read_text("utf-8"))] == ["applied"]
    with pytest.raises(WrongAnswer, match=r"^register\.write: "):
        typed(lessons, "porters", "export", "pdf")


def test_what_may_tell_who_somebody_is_is_replaced_in_a_file(library: Talker) -> None:
    talker = library
    talker.desk.tools.store.register.add([imported("Ring 07700 900123 first")])
    typed(talker, "ring", "export", "csv", "replace all", terminal=True)
    typed(talker, "ring", "1", numbered(typed(talker, "ring", "1"), "Write it"), "", "replace all", terminal=True)
    texts = [path.read_text("utf-8") for path in talker.desk.exports.iterdir()]
    assert len(texts) == 2
    assert not any("900123" in text for text in texts)


# Hostile text


def test_hostile_lessons_are_only_text(library: Talker) -> None:
    talker = library
    some = cycle(text.encode("utf-8", "ignore").decode() for text in TYPED)
    hostile = [
        imported(next(some), number, team=next(some), title=next(some), cause=next(some), owner=next(some),
                 tags=tuple(islice(some, 2)))
        for number in range(len(TYPED))
    ]  # fmt: skip
    talker.desk.tools.store.register.add(hostile)
    say(talker.desk.tools, hostile[0].id, review=TODAY, state="applied", note=TYPED[15], role=TYPED[16])
    opened = [line for number in range(1, 51) for line in (str(number), "")]
    assert only_text(typed(talker, "list", *opened, "export", "", terminal=True))
    note, role = "\x1b[2Jcleared", "\u202egnp.exe"
    out = talker.type(f"{talker.menu('waits for review')}\n1\n2\n{note}\n{role}\nlist\n\n", HOME, terminal=True)
    assert "applied, said by gnp.exe: cleared" in out
    assert only_text(out)
    for words in TYPED:
        assert only_text(typed(talker, f"\\{words}", terminal=True))
