"""Lessons of earlier sessions in plain mode: offered, looked for, taken along, and said again."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kmtui.model.answers import LessonAnswer, SessionAnswers
from kmtui.model.session import Session
from kmtui.workspace.filling import fill
from kmtui.workspace.planning import Planning
from kmtui.workspace.start import Start
from tests.plain.talker import Talker
from tests.workspace.kinds import write_techniques
from tests.workspace.making import assessed

ORDER = "Tell the porters the order of beds the evening before"
MEALS = "Agree the times of meals with the kitchen"
KINDS = Start(kind="session", technique="kinds", title="Winter", team="Ward 7", people="4 porters")
TO_LEARN = "go learn\n"
TO_ACT = "go act\n"


@pytest.fixture
def talker(tmp_path: Path) -> Talker:
    """A workspace in which two lessons were learned."""
    write_techniques(tmp_path / "workspace")
    talker = Talker(tmp_path)
    lessons = (LessonAnswer(lesson=ORDER, recommendation="The bed manager sends the list."), LessonAnswer(lesson=MEALS))
    answers = SessionAnswers(
        technique="plan", title="A move", team="Ward 3", date=date(2026, 5, 12), lessons={"learn": lessons}
    )
    fill(talker.desk.tools, answers)
    return talker


def typed(talker: Talker, text: str, start: Start = KINDS) -> str:
    return talker.type(f"{text}quit\n", start, terminal=True)


def own(talker: Talker) -> Session:
    return next(each for each in talker.sessions if each.technique.id == "kinds")


def test_an_action_is_taken_along_from_a_lesson_with_its_advice(talker: Talker) -> None:
    out = typed(talker, f"{TO_ACT}find beds\ntake 1\nBed manager\n1 dec 2026\nlist\n")
    assert f"1. {ORDER}. The bed manager sends the list. (A move, Ward 3, 12 May 2026)" in out
    (action,) = own(talker).actions
    assert (action.action, action.owner) == ("The bed manager sends the list.", "Bed manager")
    assert talker.desk.tools.store.register.find(action.lesson or "").lesson == ORDER
    assert f"Because of: {ORDER}" in out


def test_the_tie_of_an_action_is_taken_away_and_brought_back(talker: Talker) -> None:
    taken = f"{TO_ACT}find beds\ntake 1\n\n\nuntie 1\nuntie 1\nuntie 7\n"
    out = typed(talker, taken)
    assert own(talker).actions[0].lesson is None
    assert "Number 1 goes with no earlier lesson." in out
    assert "Number 7 goes with no earlier lesson." in out
    typed(talker, f"{taken}undo\n")
    assert own(talker).actions[0].lesson is not None


def test_a_lesson_that_was_learnt_before_says_so_and_undo_keeps_the_lesson(talker: Talker) -> None:
    out = typed(talker, f"{TO_LEARN}The porters must be told the order of the beds the evening before\n\n\n\nlist\n")
    assert "Seen again: learnt before by Ward 3 on 12 May 2026" in out
    assert "It now counts as learnt twice. undo if it is another one." in out
    assert f"Learnt before: {ORDER}" in out
    (lesson,) = own(talker).lessons
    assert talker.desk.tools.store.register.find(lesson.again or "").seen == 2


def test_undo_takes_the_tie_first_and_then_the_lesson(talker: Talker) -> None:
    again = "The porters must be told the order of the beds the evening before\n\n\n\n"
    out = typed(talker, f"{TO_LEARN}{again}undo\n")
    assert "Undone: tie to an earlier lesson." in out
    assert [lesson.again for lesson in own(talker).lessons] == [None]


def test_one_that_is_taken_at_a_step_of_lessons_is_learnt_again(talker: Talker) -> None:
    typed(talker, f"{TO_LEARN}find kitchen\ntake 1\n\n\n\n")
    (lesson,) = own(talker).lessons
    assert lesson.lesson == MEALS
    assert talker.desk.tools.store.register.find(lesson.again or "").lesson == MEALS


def test_what_begins_like_a_command_is_words_behind_a_backslash(talker: Talker) -> None:
    out = typed(talker, f"{TO_ACT}find zebra\n\\find zebra\n\n\ntake two porters\n\n\ntake 9\n")
    assert "No lesson has these words." in out
    assert "begin with a backslash: \\find zebra" in out
    assert "There is no lesson 9 above." in out
    assert [action.action for action in own(talker).actions] == ["find zebra", "take two porters"]


def test_at_the_beginning_lessons_for_title_and_team_are_taken_along(talker: Talker) -> None:
    start = Start(kind="session", technique="kinds", title="The kitchen", team="Ward 7", people="2")
    out = typed(talker, "take 1\nundo\nfind porters\ntake 1\n", start)
    assert "Lessons that may help." in out
    assert [each.words for each in own(talker).taken] == [ORDER]
    out = typed(talker, "", Start(kind="record", record_id=own(talker).id))
    assert f"Taken along: {ORDER}" in out


def test_where_nothing_is_offered_take_and_find_are_answers(talker: Talker) -> None:
    typed(talker, "go ideas\nfind the key\ntake 1\n")
    assert [entry.text for entry in own(talker).entries] == ["find the key", "take 1"]


def test_lessons_go_into_the_plan_with_what_they_recommend(talker: Talker) -> None:
    opened = assessed(talker.desk, "Ward 7", {})
    criterion = opened.record.matrix.criteria[0]
    Planning(talker.desk.tools, opened).write_own("Something", criterion.id)
    opened.close()
    start = Start(kind="plan", record_id=opened.record.id)
    out = typed(talker, "find porters\ntake 1\nuntie 2\nuntie 1\nundo\n", start)
    assert [line.action for line in talker.assessment.actions] == ["Something", "The bed manager sends the list."]
    assert "It is in the plan, and goes with the lesson." in out
    assert "Number 1 of the plan goes with no lesson." in out
    assert "goes with no lesson now." in out
    assert talker.assessment.actions[1].lesson is not None
    out = typed(talker, "", start)
    assert f"Because of the lesson: {ORDER}." in out


def test_lessons_about_a_criterion_are_offered_where_it_is_planned(talker: Talker) -> None:
    opened = assessed(talker.desk, "Ward 7", {})
    criterion = opened.record.matrix.criteria[0]
    answers = SessionAnswers(
        technique="plan", title="More", lessons={"learn": (LessonAnswer(lesson=f"About {criterion.name}"),)}
    )
    fill(talker.desk.tools, answers)
    opened.close()
    out = typed(talker, "take 1\n", Start(kind="plan", record_id=opened.record.id))
    assert "take 1 puts what the first one recommends into the plan" in out
    (line,) = talker.assessment.actions
    assert (line.criterion, line.action) == (criterion.id, f"About {criterion.name}")
    assert line.lesson is not None
