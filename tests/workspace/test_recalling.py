"""Lessons of earlier sessions, offered while one is being run."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kmtui.model.answers import LessonAnswer, SessionAnswers
from kmtui.model.errors import WrongInput
from kmtui.model.lines import LessonLine
from kmtui.workspace.desk import Desk
from kmtui.workspace.earlier_lessons import in_a_line
from kmtui.workspace.filling import fill
from kmtui.workspace.recalling import at_beginning, goes_with, offered, offers, recalls, take_along, tied_to
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


def test_lessons_are_offered_where_a_step_says_so_and_where_lessons_and_actions_are_written(desk: Desk) -> None:
    steps = desk.tools.library.technique("kinds").value.steps
    assert [step.id for step in steps if recalls(step)] == ["help", "learn", "act"]
    opened = at(desk, "hello")
    assert at_beginning(opened) and offers(opened)
    opened.go("ideas")
    assert not offers(opened)


def test_what_is_typed_finds_lessons_and_nothing_else_does(desk: Desk) -> None:
    opened = at(desk, "help", title="The kitchen")
    assert set(lessons(opened, "a porter")) == {"Label the drip stands", "Tell the porters the order"}
    assert lessons(opened, " drip ") == ["Label the drip stands"]
    assert lessons(opened, "nothing of the kind") == []


def test_while_nothing_is_typed_title_and_answers_find_them(desk: Desk) -> None:
    opened = at(desk, "ideas", title="Winter")
    assert lessons(opened) == []
    opened.add_entry("Ask the kitchen")
    for typed in ("", "  "):
        assert lessons(opened, typed) == ["The kitchen knew"]
    opened.about("A new kitchen and a drip", "", "")
    assert set(lessons(opened)) == {"Label the drip stands", "The kitchen knew"}


def test_what_was_said_in_private_finds_nothing(desk: Desk) -> None:
    opened = at(desk, "alone", title="Winter")
    opened.add_entry("The kitchen is to blame")
    assert lessons(opened) == []


def test_lessons_of_this_session_are_not_offered(desk: Desk) -> None:
    opened = at(desk, "learn", title="Winter")
    opened.put_lesson("The drip stands again")
    assert lessons(opened, "drip") == ["Label the drip stands"]
    other = at(desk, "help", title="Spring")
    assert set(lessons(other, "drip")) == {"The drip stands again", "Label the drip stands"}


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


def test_an_action_keeps_because_of_which_lesson_it_is_done_and_undo_takes_it_back(desk: Desk) -> None:
    opened = at(desk, "act", title="Winter")
    (line,) = offered(opened, "drip")
    opened.put_action("Buy labels", owner="Bed manager", lesson=goes_with(opened, line))
    (action,) = on_disk(desk, opened.record.id).actions
    assert action.lesson == line.id == tied_to(opened, action.id)
    assert opened.lesson_words(action.lesson) == "Label the drip stands"
    assert lessons(opened, "drip") == []
    opened.put_action("Buy many labels", action_id=action.id)
    assert opened.record.actions[0].lesson == line.id
    (use,) = desk.tools.store.register.uses(line.id)
    assert (use.record, use.into) == (opened.record.id, "action")
    opened.tie(action.id, None)
    assert on_disk(desk, opened.record.id).actions[0].lesson is None
    assert desk.tools.store.register.uses(line.id) == []
    opened.undo()
    assert len(desk.tools.store.register.uses(line.id)) == 1


def test_at_the_beginning_title_and_team_find_lessons_and_one_is_taken_along_for_all_of_it(desk: Desk) -> None:
    opened = at(desk, "hello", title="The drip stands")
    (line,) = offered(opened)
    take_along(opened, line)
    (taken,) = on_disk(desk, opened.record.id).taken
    assert (taken.lesson, taken.words) == (line.id, "Label the drip stands")
    assert lessons(opened) == []
    (use,) = desk.tools.store.register.uses(line.id)
    assert use.into == "session"
    opened.undo()
    assert on_disk(desk, opened.record.id).taken == ()


def test_what_a_lesson_says_is_not_known_where_it_has_gone(desk: Desk) -> None:
    opened = at(desk, "act")
    assert (opened.lesson_words(None), opened.lesson_words("nothing here")) == ("", "")


def test_lessons_of_a_deleted_session_are_not_offered(desk: Desk) -> None:
    opened = at(desk, "help", title="Winter")
    (line,) = offered(opened, "drip")
    desk.delete(line.session)
    assert lessons(opened, "drip") == []


def test_a_lesson_in_a_line_says_what_to_do_and_where_it_comes_from(desk: Desk) -> None:
    lines = {line.lesson: in_a_line(line) for line in desk.lessons()}
    assert lines["Tell the porters the order"] == (
        "Tell the porters the order. Send the list by six. (Ward move, Ward 7, 1 May 2026)"
    )
    assert lines["The kitchen knew"] == "Keep doing: The kitchen knew (Ward move, Ward 7, 1 May 2026)"
    bare = LessonLine(id="x", lesson="a\nb\x1b[2J", session="s", title="", team="", date=date(2026, 5, 1))
    assert in_a_line(bare) == "a b (1 May 2026)"
