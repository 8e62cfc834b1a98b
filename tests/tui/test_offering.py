"""Lessons offered at the right moment: beside an action, a lesson, the plan, and when a session begins."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

import pytest

from kmtui.model.answers import LessonAnswer, SessionAnswers
from kmtui.model.lines import LessonLine
from kmtui.tui.app import KmtuiApp
from kmtui.tui.screens.begin import BeginSessionScreen
from kmtui.tui.screens.offering import LOOK_AFTER
from kmtui.tui.screens.offers import OffersScreen
from kmtui.tui.screens.plan import PlanScreen
from kmtui.tui.screens.session import SessionScreen
from kmtui.tui.widgets.asker import Asker
from kmtui.tui.widgets.rows import Rows
from kmtui.workspace.desk import Desk
from kmtui.workspace.filling import fill
from kmtui.workspace.planning import Planning
from kmtui.workspace.settings import Settings
from kmtui.workspace.start import Start
from tests.tui.driving import Hands
from tests.workspace.kinds import at as begun
from tests.workspace.kinds import desk_of_kinds, on_disk
from tests.workspace.making import assessed
from tests.workspace.making import on_disk as assessment_on_disk

ORDER = "Tell the porters the order of beds the evening before"
ADVICE = "The bed manager sends the list."
MEALS = "Agree the times of meals with the kitchen"
SIZES = [(40, 14), (60, 18), (100, 30)]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A workspace in which two lessons were learned."""
    desk = desk_of_kinds(tmp_path)
    lessons = (LessonAnswer(lesson=ORDER, recommendation=ADVICE), LessonAnswer(lesson=MEALS))
    answers = SessionAnswers(
        technique="plan", title="A move", team="Ward 3", date=date(2026, 5, 12), lessons={"learn": lessons}
    )
    fill(desk.tools, answers)
    return desk


def lesson(desk: Desk, words: str) -> LessonLine:
    return next(line for line in desk.tools.store.register.all() if line.lesson == words and line.team)


@asynccontextmanager
async def running(desk: Desk, start: Start, size: tuple[int, int] = (60, 18)) -> AsyncIterator[Hands]:
    app = KmtuiApp(lambda: desk, Settings(file=desk.folder / "c.toml", found=True), start)
    async with app.run_test(size=size) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        yield hands


@asynccontextmanager
async def at(desk: Desk, step: str, size: tuple[int, int] = (60, 18), title: str = "Winter") -> AsyncIterator[Hands]:
    """Go to a step of a session."""
    opened = begun(desk, step, title=title)
    opened.close()
    async with running(desk, Start(kind="record", record_id=opened.record.id), size) as hands:
        assert isinstance(hands.app.screen, SessionScreen)
        yield hands


async def quiet(hands: Hands) -> None:
    """Wait until what is looked for after a moment of quiet has come."""
    await hands.pilot.pause(LOOK_AFTER * 1.6)
    await hands.settle()


async def type_slowly(hands: Hands, words: str) -> None:
    await hands.say(words)
    await quiet(hands)


def session_id(hands: Hands) -> str:
    assert isinstance(hands.app.screen, SessionScreen)
    return hands.app.screen.opened.record.id


def beside(hands: Hands) -> str:
    """What the quiet line above the field says, with what was given before."""
    return str(hands.app.screen.query_one("#given").render())


# Actions


@pytest.mark.parametrize("size", SIZES)
async def test_an_empty_field_gets_what_a_lesson_recommends_and_the_action_keeps_which_one(
    desk: Desk, size: tuple[int, int]
) -> None:
    async with at(desk, "act", size, title="The beds") as hands:
        await quiet(hands)
        assert any("Lessons that may help; Ctrl+L takes one along" in row for row in hands.rows)
        await hands.press("ctrl+l")
        assert hands.field == ADVICE
        assert f"Goes with: {ORDER[:12]}" in beside(hands)
        await hands.press("enter", "enter", "enter")
        (action,) = on_disk(desk, session_id(hands)).actions
        assert (action.action, action.lesson) == (ADVICE, lesson(desk, ORDER).id)
        assert f"because of: {ORDER}" in hands.rows[0]
        assert beside(hands) == ""
        await hands.press("ctrl+z")
        assert on_disk(desk, session_id(hands)).actions == ()
        assert len(hands.screen_text()) == size[1]


async def test_what_was_typed_and_the_focus_stay_as_they_are(desk: Desk) -> None:
    async with at(desk, "act") as hands:
        field = hands.app.screen.query_one(Asker).field
        await type_slowly(hands, "Ask a porter")
        assert any(ORDER[:20] in row for row in hands.rows)
        assert hands.field == "Ask a porter" and hands.app.focused is field
        assert hands.app.screen.query_one(Rows).chosen is None
        await hands.press("ctrl+l")
        assert hands.field == "Ask a porter" and hands.app.focused is field
        await hands.press("enter", "enter", "enter")
        (action,) = on_disk(desk, session_id(hands)).actions
        assert (action.action, action.lesson) == ("Ask a porter", lesson(desk, ORDER).id)


async def test_the_same_key_leaves_the_lesson_out_again_and_words_that_wait_keep_it(desk: Desk) -> None:
    async with at(desk, "act") as hands:
        await type_slowly(hands, "Ask a porter")
        await hands.press("ctrl+l", "ctrl+l")
        assert "with no lesson" in hands.told and beside(hands) == ""
        await hands.press("ctrl+l", "escape")
        await hands.press("enter")  # home goes on with it
        assert hands.field == "Ask a porter"
        assert f"Goes with: {ORDER[:20]}" in beside(hands)
        await hands.press("ctrl+l", "enter", "enter", "enter")
        assert on_disk(desk, session_id(hands)).actions[0].lesson is None


async def test_the_lesson_of_an_action_that_is_there_is_left_out_and_another_one_taken(desk: Desk) -> None:
    async with at(desk, "act", title="The beds") as hands:
        await quiet(hands)
        await hands.press("ctrl+l", "enter", "enter", "enter", "up", "f2")
        assert f"Goes with: {ORDER[:20]}" in beside(hands)
        await hands.press("ctrl+l")
        assert on_disk(desk, session_id(hands)).actions[0].lesson is None
        await hands.press("ctrl+z")
        assert on_disk(desk, session_id(hands)).actions[0].lesson == lesson(desk, ORDER).id


async def test_up_and_f2_reach_the_last_action_and_not_the_lessons_below_it(desk: Desk) -> None:
    async with at(desk, "act", title="The beds") as hands:
        await hands.enter("Buy a bell", "", "")
        await quiet(hands)
        assert "Tell the porters" in hands.rows[-1]
        await hands.press("f2")
        assert hands.field == "Buy a bell"
        await hands.press("escape", "up")
        assert hands.app.screen.query_one(Rows).highlighted == 0
        await hands.press("down", "ctrl+l")
        assert hands.field == ADVICE


async def test_where_nothing_is_offered_the_key_says_so(desk: Desk) -> None:
    async with at(desk, "act") as hands:
        await hands.press("ctrl+l")
        assert "No lesson is offered here" in hands.told


# Lessons


@pytest.mark.parametrize("size", SIZES)
async def test_a_lesson_that_was_learnt_before_says_so_and_undo_takes_that_back_first(
    desk: Desk, size: tuple[int, int]
) -> None:
    async with at(desk, "learn", size) as hands:
        await type_slowly(hands, "The porters must be told the order of the beds the evening before")
        await hands.press("enter", "enter", "enter", "enter")
        assert "Seen again: learnt before by Ward 3 on 12 May 2026" in hands.told
        assert "It now counts as learnt twice. Ctrl+Z if it is another one." in hands.told
        shown = " ".join("".join(hands.screen_text()).split())
        assert "if it is another one." in shown
        assert f"learnt before: {ORDER}" in hands.rows[0]
        (learnt,) = on_disk(desk, session_id(hands)).lessons
        assert learnt.again == lesson(desk, ORDER).id
        await hands.press("ctrl+z")
        assert [each.again for each in on_disk(desk, session_id(hands)).lessons] == [None]
        assert "learnt before" not in hands.rows[0]


async def test_a_lesson_that_is_taken_at_a_step_of_lessons_is_learnt_again(desk: Desk) -> None:
    async with at(desk, "learn", title="The kitchen") as hands:
        await quiet(hands)
        await hands.press("ctrl+l")
        assert hands.field == MEALS and "Learnt before: Agree" in beside(hands)
        await hands.press("enter", "enter", "enter", "enter")
        (learnt,) = on_disk(desk, session_id(hands)).lessons
        assert (learnt.lesson, learnt.again) == (MEALS, lesson(desk, MEALS).id)


# The beginning


@pytest.mark.parametrize("size", SIZES)
async def test_title_and_team_bring_lessons_of_which_one_is_taken_along(desk: Desk, size: tuple[int, int]) -> None:
    async with running(desk, Start(kind="session", technique="kinds"), size) as hands:
        await hands.press("enter")
        assert isinstance(hands.app.screen, BeginSessionScreen)
        place = hands.app.screen.query_one(Asker).field.region
        await type_slowly(hands, "Where the beds go")
        assert hands.app.screen.query_one(Asker).field.region == place
        assert any(ORDER[:12] in row for row in hands.rows)
        assert hands.field == "Where the beds go"
        await hands.press("ctrl+l")
        assert hands.rows[0] == "Taken along" and hands.rows[1].startswith("[x] Tell")
        assert hands.field == "Where the beds go"
        await hands.press("enter", "enter", "enter")
        record = on_disk(desk, session_id(hands))
        assert [(each.lesson, each.words) for each in record.taken] == [(lesson(desk, ORDER).id, ORDER)]
        assert any(f"Taken along: {ORDER}" in row for row in hands.rows)
        (use,) = desk.tools.store.register.uses(lesson(desk, ORDER).id)
        assert (use.record, use.into) == (record.id, "session")


async def test_one_that_was_taken_along_is_chosen_and_left_out_again(desk: Desk) -> None:
    async with running(desk, Start(kind="session", technique="kinds")) as hands:
        await hands.press("enter")
        await type_slowly(hands, "Beds, porters and the kitchen")
        await hands.press("ctrl+l", "ctrl+l", "down", "ctrl+l")
        assert "not taken along" in hands.told
        await hands.press("f8")
        assert len(on_disk(desk, session_id(hands)).taken) == 1


async def test_a_session_that_began_without_a_form_takes_lessons_along_at_its_first_step(desk: Desk) -> None:
    async with at(desk, "hello", title="The kitchen") as hands:
        await quiet(hands)
        await hands.press("ctrl+l")
        assert [each.words for each in on_disk(desk, session_id(hands)).taken] == [MEALS]
        assert any(f"Taken along: {MEALS}" in row for row in hands.rows)


# The plan


@asynccontextmanager
async def planning(desk: Desk, *words: str) -> AsyncIterator[tuple[Hands, str]]:
    opened = assessed(desk, "Ward 7", {})
    for each in words:
        Planning(desk.tools, opened).write_own(each, opened.record.matrix.criteria[0].id)
    opened.close()
    async with running(desk, Start(kind="plan", record_id=opened.record.id)) as hands:
        yield hands, opened.record.id


async def test_a_line_of_the_plan_goes_with_a_lesson_and_no_more(desk: Desk) -> None:
    async with planning(desk, "Something") as (hands, record_id):
        assert isinstance(hands.app.screen, PlanScreen)
        await type_slowly(hands, "Ask a porter")
        await hands.press("ctrl+l")
        assert hands.field == "Ask a porter" and f"Goes with: {ORDER[:20]}" in beside(hands)
        await hands.press("enter")
        line = assessment_on_disk(desk, record_id).actions[1]
        assert (line.action, line.lesson) == ("Ask a porter", lesson(desk, ORDER).id)
        assert f"because of: {ORDER}" in hands.rows[1]
        await hands.press("f2", "ctrl+l")
        assert assessment_on_disk(desk, record_id).actions[1].lesson is None
        await hands.press("ctrl+z")
        assert assessment_on_disk(desk, record_id).actions[1].lesson is not None


async def test_no_lesson_is_chosen_unless_by_hand(desk: Desk) -> None:
    async with planning(desk) as (hands, record_id):
        await type_slowly(hands, "Ask a porter")
        assert any("Tell the porters" in row for row in hands.rows)
        assert hands.app.screen.query_one(Rows).chosen is None
        await hands.press("enter")
        assert [line.lesson for line in assessment_on_disk(desk, record_id).actions] == [None]


async def test_enter_on_an_offered_lesson_puts_its_advice_into_the_field_of_the_plan(desk: Desk) -> None:
    async with planning(desk, "Something") as (hands, record_id):
        await type_slowly(hands, "porter")
        assert hands.app.screen.query_one(Rows).chosen is not None
        hands.app.screen.query_one(Asker).field.fill("")
        await hands.press("down", "enter", "enter")
        line = assessment_on_disk(desk, record_id).actions[1]
        assert (line.action, line.lesson) == (ADVICE, lesson(desk, ORDER).id)


async def test_what_could_be_done_shows_lessons_and_words_go_with_one_only_where_it_is_chosen(desk: Desk) -> None:
    async with planning(desk) as (hands, record_id):
        await hands.press("f7")
        assert isinstance(hands.app.screen, OffersScreen)
        await type_slowly(hands, "Ask a porter")
        assert any("Enter takes one into the plan" in row for row in hands.rows)
        await hands.press("enter")
        (line,) = assessment_on_disk(desk, record_id).actions
        assert (line.action, line.lesson) == ("Ask a porter", None)
        await type_slowly(hands, "Ask in the kitchen")
        await hands.press(*["down"] * len(hands.rows), "enter")
        line = assessment_on_disk(desk, record_id).actions[1]
        assert (line.action, line.lesson) == ("Ask in the kitchen", lesson(desk, MEALS).id)
        assert line.criterion == assessment_on_disk(desk, record_id).matrix.criteria[0].id
