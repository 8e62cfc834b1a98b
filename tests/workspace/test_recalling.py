"""Lessons of earlier sessions, offered while one is being run."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kmtui.model.answers import LessonAnswer, SessionAnswers
from kmtui.model.errors import WrongInput
from kmtui.model.lines import LessonLine
from kmtui.workspace.desk import Desk
from kmtui.workspace.filling import fill
from kmtui.workspace.recalling import in_a_line, offered, recalls, take_along
from kmtui.workspace.sessions import OpenSession
from tests.workspace.kinds import at, desk_of_kinds, on_disk

PORTERS = LessonAnswer(lesson="Tell the porters the order", recommendation="Send the list by six.", tags=("moves",))
KITCHEN = LessonAnswer(lesson="The kitchen knew", keep_or_change="keep")
DRIP = LessonAnswer(lesson="Label the drip stands")


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A workspace with two sessions, in which three lessons were learned."""
    desk = desk_of_kinds(tmp_path)
    for day, title, lessons in ((1, "Ward move", (PORTERS, KITCHEN)), (2, "Porters' move", (DRIP,))):
        answers = SessionAnswers(
            technique="plan", title=title, team="Ward 7", date=date(2026, 5, day), lessons={"learn": lessons}
        )
        fill(desk.tools, answers)
    return desk


def lessons(opened: OpenSession, typed: str = "") -> list[str]:
    return [line.lesson for line in offered(opened, typed)]


def test_only_a_step_that_says_so_offers_lessons(desk: Desk) -> None:
    steps = desk.tools.library.technique("kinds").value.steps
    assert [step.id for step in steps if recalls(step)] == ["help"]


def test_what_is_typed_finds_lessons_and_nothing_else_does(desk: Desk) -> None:
    opened = at(desk, "help", title="The kitchen")
    assert lessons(opened, "a porter") == ["Label the drip stands", "Tell the porters the order"]
    assert lessons(opened, " drip ") == ["Label the drip stands"]
    assert lessons(opened, "nothing of the kind") == []


def test_while_nothing_is_typed_title_and_answers_find_them(desk: Desk) -> None:
    opened = at(desk, "ideas", title="Winter")
    assert lessons(opened) == []
    opened.add_entry("Ask the kitchen")
    for typed in ("", "  "):
        assert lessons(opened, typed) == ["The kitchen knew"]
    opened.about("A new kitchen and a drip", "", "")
    assert lessons(opened) == ["Label the drip stands", "The kitchen knew"]


def test_what_was_said_in_private_finds_nothing(desk: Desk) -> None:
    opened = at(desk, "alone", title="Winter")
    opened.add_entry("The kitchen is to blame")
    assert lessons(opened) == []


def test_lessons_of_this_session_are_not_offered(desk: Desk) -> None:
    opened = at(desk, "learn", title="Winter")
    opened.put_lesson("The drip stands again")
    assert lessons(opened, "drip") == ["Label the drip stands"]
    other = at(desk, "help", title="Spring")
    assert lessons(other, "drip") == ["The drip stands again", "Label the drip stands"]


def test_a_lesson_that_was_taken_along_is_an_entry_that_knows_it_and_is_not_offered_again(desk: Desk) -> None:
    opened = at(desk, "help", title="Winter")
    (line,) = offered(opened, "drip")
    take_along(opened, line)
    (entry,) = on_disk(desk, opened.record.id).entries_of("help")
    assert (entry.text, entry.lesson) == ("Label the drip stands", line.id)
    assert lessons(opened, "drip") == []
    opened.edit_entry(entry.id, "Label them first")
    assert lessons(opened, "drip") == []
    opened.remove(entry.id)
    assert lessons(opened, "drip") == ["Label the drip stands"]
    opened.undo()
    assert opened.record.entries[0].text == "Label them first"


def test_no_other_step_takes_a_lesson_along(desk: Desk) -> None:
    opened = at(desk, "ideas", title="Winter")
    with pytest.raises(WrongInput, match=r'^"Ideas" takes no lessons along\.$'):
        take_along(opened, offered(opened, "drip")[0])
    assert opened.record.entries == ()


def test_lessons_of_a_deleted_session_are_not_offered(desk: Desk) -> None:
    opened = at(desk, "help", title="Winter")
    (line,) = offered(opened, "drip")
    desk.delete(line.session)
    assert lessons(opened, "drip") == []


def test_a_lesson_in_a_line_says_what_to_do_and_where_it_comes_from(desk: Desk) -> None:
    lines = {line.lesson: in_a_line(line) for line in desk.lessons()}
    assert lines["Tell the porters the order"] == (
        "Tell the porters the order Send the list by six. (Ward move, Ward 7, 1 May 2026)"
    )
    assert lines["The kitchen knew"] == "Keep doing: The kitchen knew (Ward move, Ward 7, 1 May 2026)"
    bare = LessonLine(id="x", lesson="a\nb\x1b[2J", session="s", title="", team="", date=date(2026, 5, 1))
    assert in_a_line(bare) == "a b (1 May 2026)"
