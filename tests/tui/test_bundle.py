"""Bundles on the screens: marked, written, taken in elsewhere, and every sentence about what differs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kmtui.model.session import Person
from kmtui.tui.app import KmtuiApp
from kmtui.tui.screens.bundle import WriteBundleScreen
from kmtui.tui.screens.lesson_import import TakeFileScreen
from kmtui.tui.screens.outcome import OutcomeScreen
from kmtui.tui.screens.past import PastScreen
from kmtui.tui.widgets.rows import Rows
from kmtui.workspace.assets import create
from kmtui.workspace.desk import Desk, open_desk
from kmtui.workspace.sessions import start_session
from kmtui.workspace.settings import Settings
from kmtui.workspace.sharing import export
from kmtui.workspace.start import Start
from tests.tui.driving import Hands
from tests.tui.test_session import REVIEW
from tests.workspace.asset_things import KITCHEN, with_lessons

SIZES = [(40, 14), (60, 18), (100, 30)]


def with_records(desk: Desk) -> list[str]:
    """Keep three reviews, and return their ids, the newest first."""
    people = (Person(role="Porter", name="Bob Smith"),)
    for title in ("One", "Two", "Three"):
        start_session(desk.tools, REVIEW, title=title, team="Ward 7", people=people).close()
    return [line.id for line in desk.records()]


async def to_past(hands: Hands) -> PastScreen:
    """Go to what was kept."""
    await hands.settle()
    menu = hands.app.screen.query_one(Rows)
    menu.highlighted = menu.place_of("past")
    await hands.press("enter")
    assert isinstance(hands.app.screen, PastScreen)
    return hands.app.screen


def written(desk: Desk) -> dict[str, Any]:
    """Return the one bundle that was written."""
    (path,) = desk.exports.iterdir()
    found: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return found


@pytest.mark.parametrize("size", SIZES)
async def test_marked_records_go_into_a_bundle(app: KmtuiApp, desk: Desk, size: tuple[int, int]) -> None:
    ids = with_records(desk)
    async with app.run_test(size=size) as pilot:
        hands = Hands(pilot)
        await to_past(hands)
        await hands.press("space", "down", "down", "ctrl+k")
        assert hands.told.startswith("2 marked.")
        assert [row.startswith("[x] ") for row in hands.rows] == [True, False, True]
        assert hands.field == ""
        await hands.press("f9")
        assert isinstance(app.screen, WriteBundleScreen)
        await hands.press("enter")
        assert hands.told.startswith("Written to ")
    found = written(desk)
    assert {each["id"] for each in found["records"]} == {ids[0], ids[2]}
    assert (found["with_names"], found["with_private"]) == (False, False)
    assert "Bob Smith" not in json.dumps(found)


async def test_names_go_in_only_when_asked_for(app: KmtuiApp, desk: Desk) -> None:
    with_records(desk)
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_past(hands)
        await hands.press("f9", "ctrl+o", "ctrl+t")
        assert "Names of people are in it" in "\n".join(hands.screen_text())
        await hands.press("enter")
    found = written(desk)
    assert (found["with_names"], found["with_private"], len(found["records"])) == (True, True, 1)


async def test_a_space_within_words_is_a_space_and_a_mark_is_taken_away(app: KmtuiApp, desk: Desk) -> None:
    with_records(desk)
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_past(hands)
        await hands.press("space", "space")
        assert hands.told == "Nothing is marked."
        await hands.press("t", "w", "o", "space", "w")
        assert hands.field == "two w"
        assert [row.startswith("[x] ") for row in hands.rows] == [False]


async def test_lessons_and_pages_go_into_a_bundle(app: KmtuiApp, desk: Desk) -> None:
    lessons = with_lessons(desk)
    create(desk.tools, "Moving a ward")
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await hands.press("ctrl+f")
        await hands.say("kitchen")
        await hands.press("f9", "enter")
        assert [each["id"] for each in written(desk)["lessons"]] == [lessons[KITCHEN]]
        next(desk.exports.iterdir()).unlink()
        await hands.press("escape")
        menu = app.screen.query_one(Rows)
        menu.highlighted = menu.place_of("assets")
        await hands.press("enter", "f9", "enter")
        assert [each["title"] for each in written(desk)["assets"]] == ["Moving a ward"]


async def test_a_bundle_is_taken_in_and_conflicts_are_told(desk: Desk, settings: Settings, tmp_path: Path) -> None:
    ids = with_records(desk)
    async with KmtuiApp(lambda: desk, settings, Start()).run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_past(hands)
        await hands.press("space", "down", "space", "f9", "ctrl+o", "ctrl+t", "enter")
    (path,) = desk.exports.iterdir()
    other = open_desk(tmp_path / "elsewhere", cache=tmp_path / "cache 2")
    async with KmtuiApp(lambda: other, settings, Start()).run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_past(hands)
        await hands.press("ctrl+o")
        await hands.enter(str(path))
        assert isinstance(hands.app.screen, OutcomeScreen)
        assert hands.rows == ["New", "  Three", "  Two"]
        await hands.press("escape")
        assert isinstance(hands.app.screen, PastScreen)
        assert len(hands.rows) == 2
        opened = other.open(ids[0])
        opened.about("Third", "Ward 9", "porter")
        opened.close()
        await hands.press("ctrl+o")
        await hands.enter(str(path))
        assert "Different on both sides; both are kept" in hands.rows
        assert "1 here already" in "\n".join(hands.screen_text())
        await hands.press("ctrl+e", "enter")
        assert hands.told.startswith("Written to ")
    assert any("Ward 9" in each.read_text("utf-8") for each in other.exports.iterdir())


async def test_a_whole_record_is_taken_in_too(desk: Desk, settings: Settings, tmp_path: Path) -> None:
    ids = with_records(desk)
    path = tmp_path / "record.json"
    export(desk.tools, desk.read(ids[0]), "json", path, with_names=True)
    other = open_desk(tmp_path / "elsewhere", cache=tmp_path / "cache 2")
    async with KmtuiApp(lambda: other, settings, Start()).run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_past(hands)
        for told in ('Saved. "Three" is taken in.', '"Three" was here already, just the same.'):
            await hands.press("ctrl+o")
            await hands.enter(str(path))
            assert hands.told == told
    assert [line.id for line in other.records()] == [ids[0]]


async def test_a_broken_bundle_takes_nothing_in(app: KmtuiApp, desk: Desk, tmp_path: Path) -> None:
    path = tmp_path / "bundle.json"
    path.write_text('{"kind": "bundle", "records": [', encoding="utf-8")
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_past(hands)
        await hands.press("ctrl+o")
        assert isinstance(app.screen, TakeFileScreen)
        await hands.enter(str(path))
        assert hands.told and not isinstance(app.screen, OutcomeScreen)
        await hands.press("escape")
        assert isinstance(app.screen, PastScreen)
    assert desk.records() == []
