"""Lessons from elsewhere on the screens: the file, its columns, another encoding, taking in, and what came of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kmtui.text import clean
from kmtui.tui.app import KmtuiApp
from kmtui.tui.screens.lesson_import import MappingScreen, TakeFileScreen
from kmtui.tui.screens.outcome import POINTED_OUT, OutcomeScreen
from kmtui.tui.screens.register import RegisterScreen
from kmtui.tui.widgets.asker import Asker
from kmtui.tui.widgets.rows import Rows
from kmtui.workspace.desk import Desk, open_desk
from tests.lesson_files import lessons_table
from tests.tui.driving import Hands
from tests.tui.test_hostile import GROUPS, STEERING, Texts

SIZES = [(40, 14), (60, 18), (100, 30)]


def kept(desk: Desk) -> dict[str, tuple[str, str, str]]:
    """Return context, cause and team of all lessons by their words, read by a store of its own."""
    fresh = open_desk(desk.folder, cache=desk.folder.parent / "another cache")
    fresh.tools.store.register.look()
    return {line.lesson: (line.context, line.cause, line.team) for line in fresh.lessons()}


async def to_mapping(hands: Hands, path: Path) -> MappingScreen:
    """Open a file from the register."""
    await hands.settle()
    await hands.press("ctrl+f", "ctrl+o")
    assert isinstance(hands.app.screen, TakeFileScreen)
    await hands.enter(str(path))
    assert isinstance(hands.app.screen, MappingScreen)
    return hands.app.screen


@pytest.mark.parametrize("size", SIZES)
async def test_a_table_is_mapped_and_taken_in(app: KmtuiApp, desk: Desk, tmp_path: Path, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        hands = Hands(pilot)
        await to_mapping(hands, lessons_table(tmp_path))
        assert [row.splitlines()[0] for row in hands.rows] == [
            "Ref → reference",
            "What we learned → lesson",
            "Driving event → context",
            "Root cause → cause",
            "Recommended action → recommendation",
            "Ward → team",
        ]
        assert "Tell the porters" in hands.rows[1]
        await hands.press("f8")
        assert isinstance(app.screen, OutcomeScreen)
        assert hands.rows[-2:] == ["What was not read", "  line 4: no lesson in it"]
        assert "2 lessons have no day that can be read" in "\n".join(hands.rows[:-2])
        assert "2 new, 0 here already, 1 not read." in "\n".join(hands.screen_text())
        await hands.press("escape")
        assert isinstance(app.screen, RegisterScreen)
    assert kept(desk) == {
        "Tell the porters the order of beds": (
            "Two beds went to the wrong bay",
            "The list hung in one place",
            "Ward 7",
        ),
        "The kitchen knew a week ahead": ("", "", "Ward 9"),
    }


async def test_a_column_goes_to_another_field_and_back(app: KmtuiApp, desk: Desk, tmp_path: Path) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        screen = await to_mapping(hands, lessons_table(tmp_path))
        rows = screen.query_one(Rows)
        rows.highlighted = 2
        await hands.press("space")
        assert hands.rows[2].startswith("Driving event → cause")
        assert hands.told.startswith("Several columns are for cause")
        await hands.press("ctrl+z")
        assert hands.rows[2].startswith("Driving event → context")
        rows.highlighted = 5
        await hands.press("enter", "home", "enter")  # not used
        assert hands.rows[5].startswith("Ward → not used")
        rows.highlighted = 1
        await hands.press("enter", "home", "enter", "f8")
        assert hands.told == "No column is for the lesson yet. Choose it, and press Enter."
        assert app.screen is screen
        await hands.press("ctrl+z", "f8")
        assert isinstance(app.screen, OutcomeScreen)
    assert {team for _, _, team in kept(desk).values()} == {""}


async def test_the_same_file_twice_is_here_already(app: KmtuiApp, desk: Desk, tmp_path: Path) -> None:
    path = lessons_table(tmp_path)
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_mapping(hands, path)
        await hands.press("f8", "escape", "ctrl+o")
        assert hands.field == ""
        await hands.enter(str(path))
        await hands.press("f8")
        assert "0 new, 2 here already, 1 not read." in "\n".join(hands.screen_text())
    assert len(kept(desk)) == 2


async def test_a_file_is_read_in_another_encoding(app: KmtuiApp, desk: Desk, tmp_path: Path) -> None:
    path = lessons_table(tmp_path, "Lesson\nDie Küche wußte es\n", encoding="mac-roman")
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_mapping(hands, path)
        assert "Die Küche" not in hands.rows[0]
        await hands.press("ctrl+r")
        await hands.press(*["down"] * 4, "enter")
        assert "Die Küche wußte es" in hands.rows[0]
        await hands.press("f8")
    assert list(kept(desk)) == ["Die Küche wußte es"]


async def test_what_is_no_file_of_lessons_is_told_and_stays(app: KmtuiApp, tmp_path: Path) -> None:
    picture = tmp_path / "x.png"
    picture.write_bytes(b"PK\x03\x04 a spreadsheet")
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await hands.press("ctrl+f", "ctrl+o")
        await hands.enter(str(tmp_path / "nothing.csv"))
        assert hands.told.startswith("There is no file or folder")
        assert hands.field.endswith("nothing.csv")
        app.screen.query_one(Asker).field.fill(str(picture))
        await hands.press("enter")
        assert "Office file" in hands.told
        await hands.press("f8", "ctrl+r", "space", "enter")
        assert isinstance(app.screen, MappingScreen)
        await hands.press("escape")
        assert isinstance(app.screen, TakeFileScreen)
        assert hands.field == str(picture)


async def test_a_folder_of_pages_is_taken_in(app: KmtuiApp, desk: Desk, tmp_path: Path) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "one.md").write_text("---\nteam: Ward 7\n---\n# Lesson\nTell the porters\n", encoding="utf-8")
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_mapping(hands, folder)
        await hands.press("f8")
        assert isinstance(app.screen, OutcomeScreen)
    assert kept(desk) == {"Tell the porters": ("", "", "Ward 7")}


async def test_esc_stops_taking_in_and_again_does_the_rest(app: KmtuiApp, desk: Desk, tmp_path: Path) -> None:
    path = lessons_table(tmp_path, "Lesson\n" + "".join(f"Lesson number {number}\n" for number in range(250)))
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        screen = await to_mapping(hands, path)
        screen.action_take_in()
        screen.action_leave()  # before the thread has kept the first hundred
        await hands.settle()
        assert isinstance(app.screen, OutcomeScreen)
        assert "It was stopped" in " ".join("\n".join(hands.screen_text()).split())
        assert len(kept(desk)) == 100
        await hands.press("escape", "ctrl+o")
        await hands.enter(str(path))
        await hands.press("f8")
        assert "150 new, 100 here already" in "\n".join(hands.screen_text())
    assert len(kept(desk)) == 250


@pytest.mark.parametrize("texts", GROUPS, ids=range(len(GROUPS)))
async def test_hostile_columns_and_values_do_nothing(app: KmtuiApp, desk: Desk, tmp_path: Path, texts: Texts) -> None:
    import csv
    import io

    whole = [text for text in texts if clean(text).strip()]
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["Lesson", *whole])
    for text in whole:
        writer.writerow([f"Lesson {text}", *whole])
    path = tmp_path / "hostile.csv"
    path.write_bytes(out.getvalue().encode("utf-8", "replace"))
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_mapping(hands, path)
        for keys in (["end"], ["enter"], ["escape", "space"], ["f8"], ["escape"]):
            await hands.press(*keys)
            for line in hands.screen_text():
                assert not STEERING.search(line), (keys, line)
    assert kept(desk)


async def test_what_could_identify_somebody_is_said_and_kept(app: KmtuiApp, desk: Desk, tmp_path: Path) -> None:
    path = lessons_table(tmp_path, "Lesson\nRing 07700 900123 first\n")
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await to_mapping(hands, path)
        await hands.press("f8")
        place = hands.rows.index(POINTED_OUT)
        assert "telephone number" in "".join(hands.rows[place + 1 :])
    assert list(kept(desk)) == ["Ring 07700 900123 first"]
