"""Records that are too old, on the screens; lessons that are deleted and come back."""

from __future__ import annotations

from datetime import date

import pytest

from kmtui.model.answers import SessionAnswers
from kmtui.tui.app import KmtuiApp
from kmtui.tui.screens.lesson import LessonScreen
from kmtui.tui.screens.old import OldScreen
from kmtui.tui.screens.register import RegisterScreen
from kmtui.tui.widgets.rows import Rows
from kmtui.workspace.desk import Desk, open_desk
from kmtui.workspace.filling import fill
from kmtui.workspace.retention import too_old
from tests.tui.driving import Hands
from tests.workspace.asset_things import KITCHEN, with_lessons

SIZES = [(40, 14), (60, 18), (100, 30)]


@pytest.fixture
def old(desk: Desk) -> Desk:
    """A workspace in which records are kept for eight years, with two that are older."""
    for day, title in ((date(2010, 3, 1), "Oldest"), (date(2011, 3, 1), "Older"), (desk.tools.today(), "New")):
        fill(desk.tools, SessionAnswers(technique="after-action-review", title=title, date=day))
    desk.keep_years = 8
    return desk


async def to_old(hands: Hands) -> OldScreen:
    """Go to what is too old from home."""
    await hands.settle()
    menu = hands.app.screen.query_one(Rows)
    menu.highlighted = menu.place_of("old")
    assert menu.highlighted is not None
    await hands.press("enter")
    assert isinstance(hands.app.screen, OldScreen)
    return hands.app.screen


def fresh(desk: Desk) -> Desk:
    """Return the same workspace, read by a store of its own."""
    return open_desk(desk.folder, cache=desk.folder.parent / "another cache")


@pytest.mark.parametrize("size", SIZES)
async def test_each_is_deleted_or_kept_another_year(app: KmtuiApp, old: Desk, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        assert any("2 records are older than 8 years" in row for row in hands.rows)
        await to_old(hands)
        assert [row.split(" · ")[0] for row in hands.rows] == ["Oldest", "Older"]
        assert "Nothing is deleted by itself." in hands.told
        await hands.press("f6")
        assert hands.told.startswith("Saved. It is asked about again on ")
        assert [row.split(" · ")[0] for row in hands.rows] == ["Older"]
        await hands.press("delete")
        assert hands.told.startswith('"Older" is deleted.')
        await hands.press("ctrl+z")
        assert [row.split(" · ")[0] for row in hands.rows] == ["Older"]
        assert len(fresh(old).records()) == 3
        await hands.press("delete", "escape")
        assert not any("older than" in row for row in hands.rows)
    assert {line.title for line in fresh(old).records()} == {"Oldest", "New"}
    assert too_old(fresh(old).tools, 8) == []


async def test_without_a_setting_nothing_is_asked(app: KmtuiApp, old: Desk) -> None:
    old.keep_years = None
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        assert not any("older than" in row for row in hands.rows)
    assert len(fresh(old).records()) == 3


@pytest.mark.parametrize("size", SIZES)
async def test_a_lesson_is_deleted_and_comes_back_until_one_quits(
    app: KmtuiApp, desk: Desk, size: tuple[int, int]
) -> None:
    with_lessons(desk)
    async with app.run_test(size=size) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await hands.press("ctrl+f")
        await hands.say("kitchen")
        await hands.press("enter")
        screen = app.screen
        assert isinstance(screen, LessonScreen)
        await hands.press("ctrl+d")
        assert hands.told.startswith("Deleted, also out of the backups. Ctrl+Z brings it back")
        assert KITCHEN not in {line.lesson for line in fresh(desk).lessons()}
        assert not any(screen.check_action(each, ()) for each in ("agreed", "review", "delete_lesson", "source"))
        await hands.press("ctrl+z")
        assert hands.told == "The lesson is back."
        assert KITCHEN in {line.lesson for line in fresh(desk).lessons()}
        await hands.press("ctrl+d", "escape")
        assert isinstance(app.screen, RegisterScreen)
        assert hands.rows == []
        app.screen.query_one("#field").fill("")  # type: ignore[attr-defined]
        await hands.press("ctrl+z")
        assert hands.told.endswith("is back.")
        assert KITCHEN in {line.lesson for line in fresh(desk).lessons()}
        assert len(hands.rows) == 4


async def test_a_deleted_lesson_is_gone_when_the_program_has_ended(app: KmtuiApp, desk: Desk) -> None:
    with_lessons(desk)
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await hands.press("ctrl+f")
        await hands.say("kitchen")
        await hands.press("enter", "ctrl+d", "ctrl+q")
    assert KITCHEN not in {line.lesson for line in fresh(desk).lessons()}
    assert fresh(desk).undo_delete() is None
