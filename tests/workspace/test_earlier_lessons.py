"""Lessons that were learnt before: those that may help, and the one that is learnt again."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from kmtui.model.answers import LessonAnswer, SessionAnswers
from kmtui.model.errors import NotFound
from kmtui.model.lines import LessonLine
from kmtui.model.session import Session
from kmtui.workspace.desk import Desk
from kmtui.workspace.earlier_lessons import advice, learnt_before, lessons_about, lessons_for, seen_again, taken
from kmtui.workspace.filling import fill
from kmtui.workspace.recalling import offered
from kmtui.workspace.register import join, say
from kmtui.workspace.sessions import OpenSession, begin_session
from tests.workspace.kinds import at, desk_of_kinds, on_disk

ORDER = "Tell the porters the order of beds the evening before"
REWORDED = "The porters need to be told the order of the beds the evening before."


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A workspace without a lesson."""
    return desk_of_kinds(tmp_path)


def learn(desk: Desk, *lessons: str, team: str = "Ward 3", title: str = "A move", day: int = 12) -> Session:
    answers = SessionAnswers(
        technique="plan",
        title=title,
        team=team,
        date=date(2026, 5, day),
        lessons={"learn": tuple(LessonAnswer(lesson=each) for each in lessons)},
    )
    record = fill(desk.tools, answers)
    assert isinstance(record, Session)
    return record


def found(desk: Desk, words: str, *without: str) -> list[str]:
    return [line.lesson for line in lessons_for(desk.tools, words, without)]


def at_lessons(desk: Desk) -> OpenSession:
    """Come to a step of lessons as the faces do, which look there for lessons to offer."""
    opened = at(desk, "learn")
    offered(opened)
    return opened


# Those that may help


def test_three_lessons_share_a_word_in_any_of_its_forms(desk: Desk) -> None:
    learn(desk, *(f"Porters {number} were late" for number in range(9)), "Agree meal times")
    assert len(found(desk, "PORTER ")) == 3
    assert found(desk, "a meal in the kitchens ") == ["Agree meal times"]


@pytest.mark.parametrize("words", ["", "   ", "the of and", "x", "?!", "nothing fits here", '"', "* OR NEAR("])
def test_where_nothing_fits_nothing_is_offered(desk: Desk, words: str) -> None:
    assert found(desk, words) == []
    learn(desk, ORDER)
    assert found(desk, words) == []


@pytest.mark.parametrize("half", ["por", "port", "porte", "porter", "porters"])
def test_the_last_word_may_be_half_typed(desk: Desk, half: str) -> None:
    learn(desk, ORDER, "Label the stands")
    assert found(desk, f"ask {half}") == [ORDER]
    assert found(desk, "po") == []


def test_one_word_that_many_lessons_have_is_not_enough(desk: Desk) -> None:
    """More than twenty, in a small register: here the word "bed" tells nothing."""
    learn(desk, *(f"Bed number {number} stood elsewhere" for number in range(30)), "Count each bed before lunch")
    assert found(desk, "Order a new bed ") == []
    assert found(desk, "Order a new bed for lunch ") == ["Count each bed before lunch"]
    assert len(found(desk, "Which bed stood there ")) == 3  # two such words together do tell something


def test_what_shares_more_words_comes_first(desk: Desk) -> None:
    learn(desk, "The kitchen was closed", "Agree meal times with the kitchen", "Meals were late")
    assert found(desk, "Ask the kitchen about meal times ")[0] == "Agree meal times with the kitchen"


def test_retired_lessons_are_not_offered_and_joined_ones_as_the_one_they_went_into(desk: Desk) -> None:
    first, second = learn(desk, "Label the drip stands", "Drip stands need a label").lessons
    join(desk.tools, first.id, [second.id])
    assert found(desk, "drip") == ["Label the drip stands"]
    say(desk.tools, first.id, state="retired", note="They hang from the bed now.")
    assert found(desk, "drip") == []


def test_what_was_taken_already_is_left_out(desk: Desk) -> None:
    record = learn(desk, "Label the drip stands", "The drip was empty")
    assert found(desk, "drip", record.id) == []
    assert found(desk, "drip", record.lessons[0].id) == ["The drip was empty"]


def test_lessons_about_a_criterion_are_those_with_its_words(desk: Desk) -> None:
    learn(desk, "Networks of peers help", "Label the stands")
    assert [line.lesson for line in lessons_about(desk.tools, "networks", "Networks and peers")] == [
        "Networks of peers help"
    ]


def test_advice_is_what_is_recommended_or_else_the_lesson() -> None:
    line = LessonLine(id="x", lesson="The list was\nlate", session="s", title="", team="", date=date(2026, 5, 1))
    assert advice(line) == "The list was late"
    assert advice(
        LessonLine(**{**{f: getattr(line, f) for f in line.__struct_fields__}, "recommendation": "Ring"})
    ) == ("Ring")


# Taking along


def test_lessons_are_taken_along_by_the_beginning_of_their_ids_each_once(desk: Desk) -> None:
    (lesson,) = learn(desk, ORDER).lessons
    session = begin_session(desk.tools, "kinds", takes=(lesson.id, lesson.id[:11]))
    assert [(each.lesson, each.words) for each in session.taken] == [(lesson.id, ORDER)]
    assert taken(desk.tools, ()) == ()
    with pytest.raises(NotFound, match="lesson"):
        begin_session(desk.tools, "kinds", takes=("zzzz",))


def test_an_answers_file_takes_lessons_along(desk: Desk) -> None:
    (lesson,) = learn(desk, ORDER).lessons
    record = fill(desk.tools, SessionAnswers(technique="kinds", takes=(lesson.id,)))
    assert isinstance(record, Session)
    assert record.taken[0].lesson == lesson.id
    assert [use.into for use in desk.tools.store.register.uses(lesson.id)] == ["session"]


# Learnt again


def test_a_lesson_that_was_learnt_before_keeps_which_one_and_undo_takes_that_back_first(desk: Desk) -> None:
    (first,) = learn(desk, ORDER).lessons
    opened = at_lessons(desk)
    opened.put_lesson(REWORDED)
    assert on_disk(desk, opened.record.id).lessons[0].again == first.id
    assert opened.repeats is not None
    assert seen_again(opened.repeats) == (
        "Seen again: learnt before by Ward 3 on 12 May 2026 (“Tell the porters the order of beds the…”). "
        "It now counts as learnt twice."
    )
    assert desk.tools.store.register.find(first.id).seen == 2
    opened.undo()
    assert [lesson.again for lesson in on_disk(desk, opened.record.id).lessons] == [None]
    opened.undo()
    assert on_disk(desk, opened.record.id).lessons == ()


def test_a_third_time_counts_with_the_first_and_says_so(desk: Desk) -> None:
    (first,) = learn(desk, ORDER).lessons
    (second,) = learn(desk, REWORDED, day=13).lessons
    assert second.again == first.id
    opened = at_lessons(desk)
    opened.put_lesson(f"{REWORDED[:-1]}, said the sister")
    assert opened.repeats is not None and opened.repeats.id == second.id
    assert opened.record.lessons[0].again == first.id
    assert opened.repeats is not None and "It now counts as learnt 3 times." in seen_again(opened.repeats)
    assert desk.tools.store.register.find(first.id).seen == 3


def test_one_that_went_into_another_counts_there(desk: Desk) -> None:
    (first,) = learn(desk, ORDER).lessons
    (other,) = learn(desk, "Porters come first").lessons
    join(desk.tools, other.id, [first.id])
    (again,) = learn(desk, REWORDED, day=14).lessons
    assert again.again == other.id


def test_a_lesson_that_is_changed_keeps_its_tie_and_asks_no_more(desk: Desk) -> None:
    (first,) = learn(desk, ORDER).lessons
    opened = at_lessons(desk)
    opened.put_lesson(REWORDED)
    own = opened.record.lessons[0].id
    opened.put_lesson("Something else altogether", lesson_id=own)
    assert opened.record.lessons[0].again == first.id
    assert opened.repeats is None
    opened.tie(own, None)
    opened.put_lesson(REWORDED, lesson_id=own)
    assert opened.record.lessons[0].again is None


def test_other_lessons_own_ones_and_retired_ones_are_not_seen_again(desk: Desk) -> None:
    (first,) = learn(desk, ORDER).lessons
    opened = at_lessons(desk)
    opened.put_lesson("The porters had no key for the lift")
    opened.put_lesson("The porters had no key for the lift")
    assert [lesson.again for lesson in opened.record.lessons] == [None, None]
    say(desk.tools, first.id, state="retired", note="The list hangs there.")
    opened.put_lesson(REWORDED)
    assert opened.record.lessons[-1].again is None


def test_one_whose_first_was_deleted_is_the_first_now(desk: Desk) -> None:
    first = learn(desk, ORDER)
    (second,) = learn(desk, REWORDED, day=13).lessons
    desk.delete(first.id)
    (third,) = learn(desk, ORDER, day=14).lessons
    assert third.again == second.id


def test_where_nobody_can_say_a_lesson_is_entered_without(desk: Desk, tmp_path: Path) -> None:
    learn(desk, ORDER)
    opened = at_lessons(desk)
    (cache,) = (tmp_path / "cache").glob("*.sqlite")
    other = sqlite3.connect(cache, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        opened.put_lesson(REWORDED)
    finally:
        other.close()
    assert [lesson.again for lesson in on_disk(desk, opened.record.id).lessons] == [None]
    assert learnt_before(desk.tools, ORDER) is not None
    assert learnt_before(desk.tools, "the of and") is None
