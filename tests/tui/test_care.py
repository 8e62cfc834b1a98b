"""Care of the files on the screens: examined, put right, backed up by hand and by itself, put back."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from kmtui.model.backup import BackupLine
from kmtui.tui.app import KmtuiApp
from kmtui.tui.screens.care import CareScreen
from kmtui.tui.screens.choose import ChooseScreen
from kmtui.tui.screens.home import HomeScreen
from kmtui.tui.screens.outcome import OutcomeScreen
from kmtui.tui.widgets.rows import Rows
from kmtui.workspace.care import back_up
from kmtui.workspace.desk import Desk, open_desk
from tests.tui.driving import Hands
from tests.workspace.asset_things import with_lessons

SIZES = [(40, 14), (60, 18), (100, 30)]


def record_file(desk: Desk) -> Path:
    """Return the file of the one session."""
    (path,) = desk.folder.glob("sessions/*/*.json")
    return path


def all_backups(desk: Desk) -> list[BackupLine]:
    """Return the backups, read by a store of its own."""
    return open_desk(desk.folder, cache=desk.folder.parent / "another cache").tools.store.backups.all()


async def to_care(hands: Hands) -> CareScreen:
    """Go to the files from home, as the palette does."""
    await hands.settle()
    home = hands.app.screen
    assert isinstance(home, HomeScreen)
    next(run for words, run in home.offers() if words.startswith("Care of the files"))()
    await hands.settle()
    screen = hands.app.screen
    assert isinstance(screen, CareScreen)
    return screen


def choose(hands: Hands, words: str) -> None:
    """Choose the row that has some words."""
    rows = hands.app.screen.query_one(Rows)
    rows.highlighted = next(number for number, row in enumerate(hands.rows) if words in row)


async def test_the_palette_leads_there_and_home_has_a_row_when_something_is_wrong(app: KmtuiApp, desk: Desk) -> None:
    with_lessons(desk)
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        assert not any("Care of the files" in row for row in hands.rows)
        await hands.press("ctrl+p")
        await hands.pilot.press(*"care of")
        await hands.settle()
        await hands.press("enter")
        assert isinstance(app.screen, CareScreen)
        record_file(desk).write_text("{", encoding="utf-8")
        await hands.press("escape")
        choose(hands, "Care of the files")
        await hands.press("enter")
        assert isinstance(app.screen, CareScreen)


@pytest.mark.parametrize("size", SIZES)
async def test_files_are_examined_and_put_right(app: KmtuiApp, desk: Desk, size: tuple[int, int]) -> None:
    with_lessons(desk)
    path = record_file(desk)
    whole = path.read_bytes()
    async with app.run_test(size=size) as pilot:
        hands = Hands(pilot)
        screen = await to_care(hands)
        await hands.press("f5")
        assert hands.told == "All files are well."
        assert screen.check_action("repair", ()) is False
        back_up(desk.tools)
        path.write_bytes(whole[: len(whole) // 2])
        await hands.press("f5")
        assert any(path.name in row and "Enter puts it right." in row for row in hands.rows)
        await hands.press("f8")
        assert "1 of 1 put right. What was replaced lies in the folder quarantine." in hands.told
        assert hands.rows[0].endswith("all are well")
    assert len(open_desk(desk.folder, cache=desk.folder.parent / "other").lessons()) == 4
    assert any((desk.folder / "quarantine").rglob("*"))


async def test_a_conflict_copy_is_joined_there(app: KmtuiApp, desk: Desk) -> None:
    with_lessons(desk)
    path = record_file(desk)
    copy = path.with_name(f"{path.stem} (conflicted copy 2026-11-02).json")
    copy.write_bytes(path.read_bytes().replace(b"Label the drip stands", b"Label all drip stands"))
    copy.chmod(0o600)
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await to_care(hands)
        await hands.press("f5")
        choose(hands, "Enter joins it.")
        await hands.press("enter")
        assert hands.told.startswith("1 of 1 put right.")
    assert not copy.exists()
    words = path.read_text("utf-8")
    assert "Label the drip stands" in words and "Label all drip stands" in words


async def test_what_cannot_be_put_right_says_so(app: KmtuiApp, desk: Desk) -> None:
    with_lessons(desk)
    path = record_file(desk)
    path.with_name(f"{path.name}.bak").unlink(missing_ok=True)
    path.write_text("{", encoding="utf-8")
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_care(hands)
        await hands.press("f5")
        assert hands.told.startswith("Nothing of it can be put right here.")
        choose(hands, path.name)
        await hands.press("enter")
        assert "Nothing of it can be recovered" in hands.told
    assert path.read_text("utf-8") == "{"


async def test_a_backup_is_made_and_put_back(app: KmtuiApp, desk: Desk) -> None:
    with_lessons(desk)
    path = record_file(desk)
    before = path.read_bytes()
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await to_care(hands)
        await hands.press("f9")
        assert hands.told.startswith("Backed up: ")
        (line,) = all_backups(desk)
        assert any(f"{line.when.astimezone():%H:%M}" in row and "file" in row for row in hands.rows)
        path.write_bytes(before.replace(b"Ward 7", b"Ward 8"))
        changed = path.read_bytes()
        await hands.press("end", "enter")
        assert isinstance(app.screen, ChooseScreen)
        await hands.press("enter")  # leave everything as it is
        assert path.read_bytes() == changed
        await hands.press("end", "enter", "down", "enter")
        assert isinstance(app.screen, OutcomeScreen)
        assert f"  {path.relative_to(desk.folder).as_posix()}" in hands.rows
        assert any("What was here before is in the backup" in row for row in hands.rows)
    assert path.read_bytes() == before
    assert any(each.read_bytes() == changed for each in (desk.folder / "quarantine").rglob("*") if each.is_file())


async def test_one_that_is_cut_off_is_told(app: KmtuiApp, desk: Desk) -> None:
    with_lessons(desk)
    made = back_up(desk.tools)
    assert made is not None
    made.write_bytes(made.read_bytes()[:100])
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_care(hands)
        await hands.press("end", "enter")
        assert hands.told == "This backup cannot be read: it is cut off or damaged."


# By itself


async def test_home_makes_one_backup_a_day(app: KmtuiApp, desk: Desk) -> None:
    with_lessons(desk)
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        home = app.screen
        assert isinstance(home, HomeScreen)
        assert all_backups(desk) == []  # never with the first frame
        home.back_up()
        await hands.settle()
        (first,) = all_backups(desk)
        home.back_up()
        await hands.settle()
        assert all_backups(desk) == [first]
        assert hands.told == ""


async def test_a_failure_is_one_quiet_line(app: KmtuiApp, desk: Desk) -> None:
    with_lessons(desk)
    (desk.folder / "backups").write_text("a file in its place", encoding="utf-8")
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        home = app.screen
        assert isinstance(home, HomeScreen)
        home.back_up()
        await hands.settle()
        assert hands.told.startswith("There is no backup of today: ")
        assert not home.query_one("#told").has_class("-error")
        assert any("Care of the files  there is no backup of today" in row for row in hands.rows)


async def test_the_program_ends_while_a_backup_is_made(
    app: KmtuiApp, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_lessons(desk)
    import kmtui.workspace.care as care

    begun, ended = threading.Event(), threading.Event()

    def endless(tools: object, progress: Callable[[int, int], bool]) -> str:
        begun.set()
        while progress(1, 2):
            pass
        ended.set()
        return ""

    monkeypatch.setattr(care, "back_up_once_a_day", endless)
    async with app.run_test(size=(60, 18)) as pilot:
        await pilot.pause()
        home = app.screen
        assert isinstance(home, HomeScreen)
        home.back_up()
        assert await asyncio.to_thread(begun.wait, 20)
        assert not ended.is_set()
        await app.action_quit()
    assert await asyncio.to_thread(ended.wait, 20)
