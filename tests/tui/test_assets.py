"""Knowledge assets on the screens: pages begun, filled, looked after, exported, deleted and brought back."""

from __future__ import annotations

from datetime import date
from itertools import cycle

import pytest
from msgspec.structs import replace

from kmtui.model.asset import Asset, Contact
from kmtui.text import clean, one_line
from kmtui.tui.app import KmtuiApp
from kmtui.tui.screens.adding_lessons import AddLessonsScreen
from kmtui.tui.screens.asset import AssetScreen
from kmtui.tui.screens.assets import AssetsScreen
from kmtui.tui.screens.home import HomeScreen
from kmtui.tui.screens.lesson import LessonScreen
from kmtui.tui.widgets.rows import Rows
from kmtui.workspace.assets import AssetChange, change, create
from kmtui.workspace.desk import Desk, open_desk
from kmtui.workspace.register import say
from tests.tui.driving import Hands
from tests.tui.test_hostile import FEWER, STEERING, Texts
from tests.workspace.asset_things import DRIP, KITCHEN, PARKING, PORTERS, with_lessons, with_practice

SIZES = [(40, 14), (60, 18), (100, 30)]


def pages(desk: Desk) -> list[Asset]:
    """Return all pages, read by a store of its own."""
    return open_desk(desk.folder, cache=desk.folder.parent / "another cache").tools.store.assets.all()


async def to_assets(hands: Hands) -> AssetsScreen:
    """Go to the pages from home."""
    await hands.settle()
    menu = hands.app.screen.query_one(Rows)
    menu.highlighted = menu.place_of("assets")
    await hands.press("enter")
    assert isinstance(hands.app.screen, AssetsScreen)
    return hands.app.screen


async def to_page(hands: Hands) -> AssetScreen:
    """Go to the first page from home."""
    await to_assets(hands)
    await hands.press("enter")
    assert isinstance(hands.app.screen, AssetScreen)
    return hands.app.screen


def choose(hands: Hands, words: str) -> None:
    """Choose the row that has some words."""
    rows = hands.app.screen.query_one(Rows)
    rows.highlighted = next(number for number, row in enumerate(hands.rows) if words in row)


@pytest.mark.parametrize("size", SIZES)
async def test_a_page_is_begun_and_filled(app: KmtuiApp, desk: Desk, size: tuple[int, int]) -> None:
    ids = with_lessons(desk)
    async with app.run_test(size=size) as pilot:
        hands = Hands(pilot)
        await to_assets(hands)
        assert "No page yet" in hands.told
        await hands.enter("Parking and moves")
        assert isinstance(app.screen, AssetScreen)
        assert hands.heading == "Parking and moves"
        await hands.press("ctrl+f")
        assert isinstance(app.screen, AddLessonsScreen)
        await hands.say("porters")
        await hands.press("enter")
        assert hands.told == "Saved. One lesson added."
        (page,) = pages(desk)
        assert page.lessons == (ids[PORTERS],)
        await hands.press("ctrl+o")
        await hands.enter("Bed manager", "the order of beds")
        assert hands.told == "Saved. The contact is added."
        assert pages(desk)[0].contacts == (Contact(role="Bed manager", about="the order of beds"),)
        await hands.press("escape")
        assert any("one lesson, one contact · never looked at" in row for row in hands.rows)


async def test_several_lessons_are_marked_and_added_at_once(app: KmtuiApp, desk: Desk) -> None:
    ids = with_lessons(desk)
    create(desk.tools, "Moving")
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_page(hands)
        await hands.press("ctrl+f", "ctrl+k", "down", "ctrl+k")
        assert hands.told == "2 marked. Enter adds them."
        await hands.press("enter")
        assert hands.told == "Saved. Two lessons added."
    assert len(set(pages(desk)[0].lessons) & set(ids.values())) == 2


async def test_a_lesson_that_is_offered_is_added_with_one_key(app: KmtuiApp, desk: Desk) -> None:
    ids = with_lessons(desk)
    create(desk.tools, "Drip stands", lessons=[ids[PORTERS]])
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await to_page(hands)
        assert "Lessons that may belong here; Ctrl+L adds one" in hands.rows
        choose(hands, DRIP)
        await hands.press("ctrl+l")
        assert pages(desk)[0].lessons == (ids[PORTERS], ids[DRIP])
        assert not any("may belong" in row for row in hands.rows)


async def test_lessons_stand_there_as_they_are_and_open(app: KmtuiApp, desk: Desk) -> None:
    ids = with_lessons(desk)
    create(desk.tools, "Penguins", lessons=[ids[PORTERS], ids[DRIP], ids[KITCHEN]])
    say(desk.tools, ids[DRIP], state="retired", note="No stands any more")
    say(desk.tools, ids[KITCHEN], state="agreed")
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await to_page(hands)
        firsts = [row.split("\n")[0] for row in hands.rows]
        assert firsts == [
            "What we learned",
            f"Keep doing: {KITCHEN}",
            "Said, and not agreed yet",
            f"Change: {PORTERS}",
            "Of no use any more",
            f"Change: {DRIP}",
        ]
        assert "retired, changed since · No stands any more" in hands.rows[-1]
        assert "Two lessons have changed since." in "\n".join(hands.screen_text())
        choose(hands, PORTERS)
        await hands.press("enter")
        assert isinstance(app.screen, LessonScreen)


async def test_somebody_looks_and_it_is_taken_back(app: KmtuiApp, desk: Desk) -> None:
    made = create(desk.tools, "Moving")
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_page(hands)
        await hands.press("f3")
        await hands.enter("Matron")
        assert hands.told == "Saved. The page is still right today."
        (page,) = pages(desk)
        assert (page.looked, page.looked_by) == (desk.tools.today(), "Matron")
        assert "Last looked at on" in "\n".join(hands.screen_text())
        await hands.press("ctrl+z")
        assert pages(desk) == [made]
        await hands.press("f3")
        assert hands.field == "Matron"


async def test_good_practice_is_chosen_and_removed(app: KmtuiApp, desk: Desk) -> None:
    line = with_practice(desk)
    create(desk.tools, "Moving")
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_page(hands)
        await hands.press("ctrl+g", "enter")
        assert pages(desk)[0].practices == (line,)
        await hands.press("ctrl+g")
        assert "No other good practice is kept" in hands.told
        choose(hands, "Moves are rehearsed")
        await hands.press("delete")
        assert "off the page" in hands.told
        assert pages(desk)[0].practices == ()
        await hands.press("ctrl+z")
        assert pages(desk)[0].practices == (line,)


async def test_title_and_purpose_are_changed_and_a_wrong_one_stays_in_the_form(app: KmtuiApp, desk: Desk) -> None:
    create(desk.tools, "Discharge")
    create(desk.tools, "Moving")
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_page(hands)
        await hands.press("ctrl+t", "shift+home", "delete")
        await hands.enter("moving")
        await hands.enter("For all")
        assert "already" in hands.told
        assert [page.about for page in pages(desk)] == ["", ""]
        await hands.press("f7", "shift+home", "delete")
        await hands.say("Going home")
        await hands.press("f8")
        assert hands.told == "Saved. The page is changed."
        assert [(page.title, page.about) for page in pages(desk)] == [("Going home", "For all"), ("Moving", "")]


async def test_nothing_that_another_one_wrote_is_overwritten(app: KmtuiApp, desk: Desk) -> None:
    made = create(desk.tools, "Moving")
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_page(hands)
        await hands.press("ctrl+t")
        elsewhere = open_desk(desk.folder, cache=desk.folder.parent / "another cache")
        change(elsewhere.tools, made.id, AssetChange(about="Said elsewhere"))
        await hands.enter("", "Said here")
        assert "Nothing was overwritten" in hands.told
        assert hands.field == "Said here"
        assert pages(desk)[0].about == "Said elsewhere"


async def test_words_of_a_form_that_is_left_come_back(app: KmtuiApp, desk: Desk) -> None:
    create(desk.tools, "Moving")
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_page(hands)
        await hands.press("ctrl+o")
        await hands.say("Bed man")
        await hands.press("escape")
        assert isinstance(app.screen, AssetScreen)
        await hands.press("ctrl+o")
        assert hands.field == "Bed man"


async def test_a_page_is_written_to_the_folder_of_exports(app: KmtuiApp, desk: Desk) -> None:
    ids = with_lessons(desk)
    create(desk.tools, "Moving", lessons=[ids[PARKING]])
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_page(hands)
        await hands.press("ctrl+e", "enter")
        assert hands.told.startswith("Written to ")
        (file,) = desk.exports.iterdir()
        assert f"### Change: {PARKING}" in file.read_text(encoding="utf-8")


async def test_a_page_is_deleted_and_brought_back(app: KmtuiApp, desk: Desk) -> None:
    made = create(desk.tools, "Moving")
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_assets(hands)
        await hands.say("half")
        await hands.press("escape")
        assert isinstance(app.screen, HomeScreen)
        await to_assets(hands)
        assert hands.field == "half"
        await hands.press("shift+home", "backspace", "delete")
        assert pages(desk) == []
        assert "Ctrl+Z brings it back" in hands.told
        await hands.press("ctrl+z")
        assert pages(desk) == [made]


@pytest.mark.parametrize("texts", FEWER, ids=range(len(FEWER)))
async def test_no_text_steers_the_screens(app: KmtuiApp, desk: Desk, texts: Texts) -> None:
    some = cycle(texts)
    ids = with_lessons(desk)
    for each in list(ids.values())[:2]:
        say(desk.tools, each, state="retired", note=next(some), role=next(some))
    practice = replace(
        with_practice(desk), example=next(some), criterion_name=next(some), contact=next(some), team=next(some),
    )  # fmt: skip
    made = create(desk.tools, next(some), next(some), lessons=ids.values())
    contacts = tuple(Contact(role=text, about=next(some)) for text in texts)
    whole = replace(made, practices=(practice,), contacts=contacts, looked=date(2026, 1, 1), looked_by=next(some))
    desk.tools.store.assets.save(whole, made)
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await to_assets(hands)
        assert one_line(made.title)[:20] in hands.rows[0]
        for keys in (["enter"], ["end"], ["ctrl+o"], ["escape", "ctrl+t"], ["escape", "ctrl+e"], ["escape", "f3"]):
            await hands.press(*keys)
            for line in hands.screen_text():
                assert not STEERING.search(line), (keys, line)
        await hands.press("escape", "ctrl+o")
        await hands.enter(next(some).replace("\n", " "))
        assert clean(hands.told) == hands.told
