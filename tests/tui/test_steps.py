"""The steps with numbers, dots, groups, rows, lessons of others and an assessment, as a facilitator works with them."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual import events

from kmtui.model.technique import Brief, Seats
from kmtui.tui.app import KmtuiApp
from kmtui.tui.screens.assessment import AssessmentScreen
from kmtui.tui.screens.session import SessionScreen
from kmtui.tui.widgets.asker import Asker
from kmtui.workspace.desk import Desk
from kmtui.workspace.settings import Settings
from kmtui.workspace.start import Start
from kmtui.workspace.steps import draw_groups
from tests.tui.driving import Hands
from tests.workspace.kinds import at as begun
from tests.workspace.kinds import desk_of_kinds


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A workspace with techniques of the tests' own."""
    return desk_of_kinds(tmp_path)


@asynccontextmanager
async def at(
    desk: Desk, step: str, people: str = "nurse, 2 porters", size: tuple[int, int] = (60, 18)
) -> AsyncIterator[Hands]:
    """Go to a step of a session with a step of every kind, in which two things were said."""
    opened = begun(desk, "ideas", people)
    for place, text in (("ideas", "A list"), ("ideas", "A bell")):
        opened.go(place)
        opened.add_entry(text)
    opened.go(step)
    opened.close()
    app = KmtuiApp(
        lambda: desk,
        Settings(file=desk.folder / "c.toml", found=True),
        Start(kind="record", record_id=opened.record.id),
    )
    async with app.run_test(size=size) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        assert isinstance(app.screen, SessionScreen)
        yield hands


def screen(hands: Hands) -> SessionScreen:
    assert isinstance(hands.app.screen, SessionScreen)
    return hands.app.screen


async def test_numbers_are_taken_changed_and_taken_away(desk: Desk) -> None:
    async with at(desk, "rate") as hands:
        await hands.enter("7", "4,5", "12")
        assert "outside the scale" in hands.told
        assert hands.field == "12"
        hands.app.screen.query_one(Asker).field.fill("")
        assert "Two people, from 4.5 to 7; mean 5.8 of 10" in hands.rows[-1]
        await hands.press("f2")
        hands.app.screen.query_one(Asker).field.fill("9")
        await hands.press("enter")
        assert screen(hands).opened.record.marks_of("rate") in ((7, 9), (9, 4.5))
        await hands.press("up", "up", "up", "up", "up", "up", "delete")
        assert len(screen(hands).opened.record.marks_of("rate")) == 1
        await hands.press("ctrl+z")
        assert len(screen(hands).opened.record.marks_of("rate")) == 2


async def test_dots_by_number_and_on_the_chosen_line(desk: Desk) -> None:
    async with at(desk, "dots") as hands:
        await hands.enter("1, 1, 2")
        assert hands.rows[-1] == "Dots given: 3 of 9."
        await hands.enter("7")
        assert "There is no number 7" in hands.told
        assert hands.field == "7"
        hands.app.screen.query_one(Asker).field.fill("")
        await hands.press("down", "enter")
        ideas = screen(hands).opened.record.entries_of("ideas")
        assert screen(hands).opened.record.dots_of("dots") == {ideas[0].id: 3, ideas[1].id: 1}
        await hands.press("f2")
        hands.app.screen.query_one(Asker).field.fill("5")
        await hands.press("enter")
        assert screen(hands).opened.record.dots_of("dots")[ideas[0].id] == 5
        await hands.press("down", "delete")
        assert screen(hands).opened.record.dots_of("dots") == {ideas[1].id: 1}


async def test_groups_are_drawn_and_newcomers_get_a_place(desk: Desk) -> None:
    async with at(desk, "pairs", people="") as hands:
        await hands.press("enter")
        assert "at least two people" in hands.told
        await hands.enter("Amina / pharmacy", "Ben / ward 7", "Cara", "")
        assert len(hands.rows[0].split(",")) == 3
        await hands.enter("Amina/pharmacy")
        assert "takes part already" in hands.told
        assert hands.field == "Amina/pharmacy"
        hands.app.screen.query_one(Asker).field.fill("")
        await hands.enter("Dev")
        assert "no place yet" in hands.rows[-1]
        await hands.press("enter")
        (round_,) = screen(hands).opened.record.grouping_of("pairs").rounds  # type: ignore[union-attr]
        assert sorted(len(group) for group in round_) == [2, 2]
        await hands.press("ctrl+z")
        assert "no place yet" in hands.rows[-1]
        await hands.press("up", "delete")
        assert "Dev" not in " ".join(hands.rows)


async def test_rows_are_asked_column_by_column(desk: Desk) -> None:
    async with at(desk, "inventory") as hands:
        await hands.enter("Bed list", "1 Dec 2026", "fine")
        assert "none of the choices: good, bad" in hands.told
        hands.app.screen.query_one(Asker).field.fill("")
        await hands.enter("g")
        assert "Bed list" in hands.rows[0]
        assert "1 December 2026" in hands.rows[0]
        await hands.press("f2", "enter", "enter")
        hands.app.screen.query_one(Asker).field.fill("2")
        await hands.press("enter")
        (row,) = screen(hands).opened.record.rows
        assert row.cells == {"what": "Bed list", "until": "2026-12-01", "state": "bad"}


async def test_the_assessment_is_begun_left_and_opened_again(desk: Desk) -> None:
    async with at(desk, "hand-over") as hands:
        await hands.press("enter")
        assert isinstance(hands.app.screen, AssessmentScreen)
        begun_here = hands.app.screen.opened.record.id
        await hands.press("escape")
        assert screen(hands).opened.record.assessed_at("hand-over") == begun_here
        assert "criteria answered" in hands.rows[0]
        await hands.press("enter")
        assert isinstance(hands.app.screen, AssessmentScreen)
        assert hands.app.screen.opened.record.id == begun_here


async def test_lessons_of_others_stand_below_what_was_said_and_one_key_takes_them_along(desk: Desk) -> None:
    earlier = begun(desk, "learn", title="Night move")
    earlier.put_lesson("Ring the bell before the move", recommendation="Let the porter ring")
    earlier.close()
    async with at(desk, "help") as hands:
        await hands.say("bell")
        await hands.pilot.pause(0.4)
        await hands.settle()
        assert "Ring the bell" in hands.rows[-1]
        assert "Ctrl+L takes one along" in hands.rows[-2]
        assert hands.field == "bell"
        await hands.press("ctrl+l")
        (entry,) = screen(hands).opened.record.entries_of("help")
        assert entry.text == "Ring the bell before the move"
        assert entry.lesson == earlier.record.lessons[0].id
        assert hands.field == "bell"


async def test_keys_that_come_in_one_go_are_two_answers_and_not_one(desk: Desk) -> None:
    """Over a slow line keys arrive together; the second answer used to run into the first."""
    async with at(desk, "ideas", people="") as hands:
        field = hands.app.screen.query_one(Asker).field
        for key in ("o", "n", "e", "enter", "t", "w", "o", "enter", "t", "h"):
            field.post_message(events.Key(key, key if len(key) == 1 else "\r"))
        await hands.settle()
        said = [entry.text for entry in screen(hands).opened.record.entries_of("ideas")]
        assert said == ["A list", "A bell", "one", "two"]
        assert hands.field == "th"


@pytest.mark.parametrize("step", ["rate", "dots", "pairs", "inventory", "hand-over", "help"])
async def test_each_kind_is_whole_in_a_small_window(desk: Desk, step: str) -> None:
    async with at(desk, step, size=(40, 14)) as hands:
        lines = hands.screen_text()
        assert len(lines) == 14
        title = screen(hands).opened.step.title
        assert any(title in line for line in lines)
        assert "F1" in lines[-1]


async def test_the_words_to_say_stay_until_something_was_said_here(desk: Desk) -> None:
    """Lines of an earlier step, or of an earlier session, took their place at 60 by 18."""
    opened = begun(desk, "ideas")
    opened.add_entry("A list")
    opened.close()
    technique = opened.record.technique
    said = replace(technique.steps[4], say="Three dots each. Which of these?", points=("Small things count",))
    steps = (*technique.steps[:4], said, *technique.steps[5:])
    with_words = desk.tools.store.open(opened.record.id)
    with_words.save(replace(opened.record, technique=replace(technique, steps=steps), place=said.id))  # type: ignore[arg-type]
    with_words.close()
    settings = Settings(file=desk.folder / "config.toml", found=True)
    app = KmtuiApp(lambda: desk, settings, Start(kind="record", record_id=opened.record.id))
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        text = "\n".join(hands.screen_text())
        assert "Three dots each. Which of these?" in text
        assert "• Small things count" in text
        assert "A list" in text
        await hands.enter("1")
        assert "Three dots each" not in "\n".join(hands.screen_text())


async def test_an_answered_part_of_a_form_is_on_disk_at_once(desk: Desk) -> None:
    async with at(desk, "learn") as hands:
        await hands.enter("Tell the porters")
        record = desk.tools.store.read(screen(hands).opened.record.id)
        assert list(record.drafts.values()) == ["Tell the porters"]


async def test_seats_of_a_round_stand_at_its_step(desk: Desk) -> None:
    opened = begun(desk, "pairs", "Ann, Bob, Cy, Di")
    draw_groups(opened, 3)
    technique = opened.record.technique
    talk = Brief(id="talk", title="Talk", seats=Seats(step="pairs"))
    later = replace(opened.record, technique=replace(technique, steps=(*technique.steps, talk)), place="talk")
    opened.close()
    handle = desk.tools.store.open(opened.record.id)
    handle.save(later)  # type: ignore[arg-type]
    handle.close()
    app = KmtuiApp(
        lambda: desk,
        Settings(file=desk.folder / "config.toml", found=True),
        Start(kind="record", record_id=opened.record.id),
    )
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        (round_,) = later.groups[0].rounds
        assert hands.rows == [f"{number}. {', '.join(group)}" for number, group in enumerate(round_, 1)]
