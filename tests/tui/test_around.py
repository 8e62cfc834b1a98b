"""The screens around the two journeys: first start, home, past sessions, actions, help, palette, keys, export."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from textual.command import CommandPalette

from kmtui.tui.actions import ACTIONS
from kmtui.tui.app import KmtuiApp
from kmtui.tui.run import PLAIN_WANTED
from kmtui.tui.screens.assessment import AssessmentScreen
from kmtui.tui.screens.card import CardScreen
from kmtui.tui.screens.first import FirstScreen
from kmtui.tui.screens.help import HelpScreen
from kmtui.tui.screens.home import HomeScreen
from kmtui.tui.screens.past import PastScreen
from kmtui.tui.screens.report import ReportScreen
from kmtui.tui.screens.session import SessionScreen
from kmtui.tui.screens.setups import SetUpsScreen
from kmtui.tui.screens.unsaved import UnsavedScreen
from kmtui.tui.widgets.asker import Asker
from kmtui.workspace.desk import Desk, open_desk
from kmtui.workspace.sessions import start_session
from kmtui.workspace.settings import Settings
from kmtui.workspace.start import Start
from kmtui.workspace.tools import Tools
from tests.tui.conftest import FullDisk
from tests.tui.driving import Hands
from tests.tui.test_session import REVIEW, begin, only_session


def with_an_action(desk: Desk, title: str = "Ward move", due: date | None = date(2026, 1, 2)) -> str:
    """Keep a finished session with one action; return its id."""
    opened = start_session(desk.tools, REVIEW, title=title, team="Ward 7")
    opened.go("act")
    opened.put_action("Send the list", owner="Sister", due=due)
    opened.finish()
    opened.close()
    return opened.record.id


async def test_the_first_start_says_where_files_lie_and_asks_once(desk: Desk, settings: Settings) -> None:
    app = KmtuiApp(lambda: desk, replace(settings, found=False), Start())
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        assert isinstance(app.screen, FirstScreen)
        assert str(desk.folder)[:20] in " ".join(hands.screen_text())
        await hands.press("enter")
        assert isinstance(app.screen, HomeScreen)
    assert tomllib.loads(settings.file.read_text())["plain"] is False


async def test_the_first_start_can_choose_plain_text(desk: Desk, settings: Settings) -> None:
    app = KmtuiApp(lambda: desk, replace(settings, found=False), Start())
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await hands.press("down", "enter")
    assert app.return_value == PLAIN_WANTED
    assert tomllib.loads(settings.file.read_text())["plain"] is True


async def test_no_first_start_where_a_record_exists(desk: Desk, settings: Settings) -> None:
    with_an_action(desk)
    app = KmtuiApp(lambda: desk, replace(settings, found=False), Start())
    async with app.run_test(size=(60, 18)) as pilot:
        await Hands(pilot).settle()
        assert isinstance(app.screen, HomeScreen)


async def test_home_shows_what_is_open_and_what_is_overdue(app: KmtuiApp, desk: Desk) -> None:
    with_an_action(desk)
    start_session(desk.tools, REVIEW, title="Night shift").close()
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        assert hands.rows[0] == "Go on with"
        assert "Night shift" in hands.rows[1]
        assert any("Open actions  1, 1 overdue" in row for row in hands.rows)
        assert "After Action Review" in hands.rows[3]
        await hands.press("enter")
        assert isinstance(app.screen, SessionScreen)


async def test_esc_on_home_does_not_quit(app: KmtuiApp) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await hands.press("escape", "escape")
        assert isinstance(app.screen, HomeScreen)
        assert app.is_running


async def test_a_damaged_file_is_told_and_the_version_before_comes_back(app: KmtuiApp, desk: Desk) -> None:
    record_id = with_an_action(desk)
    (file,) = (desk.folder / "sessions").rglob("*.json")
    file.write_bytes(b"\x00" * 40)
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        assert "Cannot be read" in hands.rows[-1]
        await hands.press("end", "enter")
        assert "quarantine" in hands.told
    assert desk.read(record_id).id == record_id
    assert [kept.read_bytes() for kept in (desk.folder / "quarantine").iterdir()] == [b"\x00" * 40]


async def test_the_card_shows_when_when_not_who_and_steps(app: KmtuiApp) -> None:
    async with app.run_test(size=(200, 60)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await hands.press("enter")
        assert isinstance(app.screen, CardScreen)
        shown = "\n".join(hands.screen_text())
        for heading in ("When\n", "When not", "Who", "Steps", "How long: 15 to 60 minutes", "2 to 12 people"):
            assert heading.strip() in shown
        assert "Begin: In 15 minutes" in shown


async def test_past_sessions_are_found_opened_and_deleted_with_undo(app: KmtuiApp, desk: Desk) -> None:
    with_an_action(desk, "Ward move")
    with_an_action(desk, "Night shift")
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await hands.press("end", "enter")
        assert isinstance(app.screen, PastScreen)
        await hands.say("night")
        assert len(hands.rows) == 1
        await hands.press("enter")
        assert isinstance(app.screen, ReportScreen)
        await hands.press("escape")
        hands.app.screen.query_one(Asker).field.fill("")
        await hands.press("delete")
        assert "is deleted" in hands.told
        assert len(desk.records()) == 1
        await hands.press("ctrl+z")
        assert len(desk.records()) == 2


async def test_actions_are_done_noted_dropped_and_taken_back(app: KmtuiApp, desk: Desk) -> None:
    with_an_action(desk)
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await hands.press("end", "up", "enter")
        assert "overdue" in hands.rows[0]
        await hands.enter("The list goes out at six")
        await hands.press("enter", "enter")  # it was chosen by nobody yet, so the first Enter only says what it will do
        (action,) = desk.actions()
        assert (action.state, action.note) == ("done", "The list goes out at six")
        await hands.press("ctrl+z")
        assert desk.actions()[0].state == "open"
        await hands.press("delete")
        assert desk.actions()[0].state == "dropped"


async def test_help_is_made_from_the_bindings(app: KmtuiApp) -> None:
    async with app.run_test(size=(100, 60)) as pilot:
        hands = Hands(pilot)
        await begin(hands)
        keys = app.keys_of(app.screen)
        await hands.press("f1")
        assert isinstance(app.screen, HelpScreen)
        shown = "\n".join(hands.screen_text())
        for action_id, (key, _) in keys.items():
            assert key in shown
            assert ACTIONS[action_id].tooltip in shown
        await hands.press("escape")
        assert isinstance(app.screen, SessionScreen)


async def test_the_palette_runs_an_action_of_the_screen(app: KmtuiApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await begin(hands)
        await hands.press("ctrl+p")
        assert isinstance(app.screen, CommandPalette)
        await hands.press(*"one more minute")
        await pilot.pause()
        await hands.press("down", "enter")
        screen = app.screen
        assert isinstance(screen, SessionScreen)
        assert screen.opened.left() > 120


async def test_keys_are_remapped_by_id(desk: Desk, settings: Settings) -> None:
    app = KmtuiApp(lambda: desk, replace(settings, keys={"next": "f10", "undo": "ctrl+l"}), Start())
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await begin(hands)
        await hands.enter("one")
        assert "F10 Next" in hands.screen_text()[-1]
        await hands.press("f8")
        assert "What was supposed" in " ".join(hands.screen_text())
        await hands.press("ctrl+l")
        assert hands.rows == []
        await hands.press("f10")
        assert "What actually" in " ".join(hands.screen_text())


async def test_an_unknown_action_in_the_keys_is_told(desk: Desk, settings: Settings) -> None:
    app = KmtuiApp(lambda: desk, replace(settings, keys={"nxt": "f10"}), Start())
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        assert '"nxt"' in hands.told


async def test_a_full_disk_keeps_the_words_says_so_and_saves_later(
    desk: Desk, settings: Settings, tmp_path: Path
) -> None:
    from kmtui.store.files import FileStore

    disk = FullDisk()
    tools = Tools(store=FileStore(desk.folder, tmp_path / "cache", system=disk), library=desk.tools.library)
    app = KmtuiApp(lambda: Desk(tools, desk.folder), settings, Start())
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await begin(hands)
        await hands.enter("before")
        disk.full = True
        await hands.enter("while the disk was full")
        assert hands.told.startswith("Not saved")
        assert "F9" in hands.told
        assert hands.rows == ["1. before", "2. while the disk was full"]
        assert [entry.text for entry in only_session(desk).entries] == ["before"]
        await hands.press("ctrl+q")
        assert isinstance(app.screen, UnsavedScreen)
        await hands.press("escape")
        disk.full = False
        await hands.enter("after")
        assert hands.told.startswith("Saved")
    assert [entry.text for entry in only_session(desk).entries] == ["before", "while the disk was full", "after"]


async def test_words_that_cannot_be_saved_go_elsewhere(desk: Desk, settings: Settings, tmp_path: Path) -> None:
    app = KmtuiApp(lambda: desk, settings, Start())
    target = tmp_path / "elsewhere.json"
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await begin(hands)
        await hands.enter("the words")
        await hands.press("f9")
        app.screen.query_one(Asker).field.fill("")
        await hands.enter(str(target))
        assert isinstance(app.screen, SessionScreen)
    other = open_desk(tmp_path / "other", cache=tmp_path / "cache")
    from kmtui.workspace.sharing import import_file

    record, already = import_file(other.tools, target)
    assert not already
    assert record.id == only_session(desk).id
    assert only_session(other).entries == only_session(desk).entries


async def test_a_second_window_is_told_and_keeps_its_words_in_a_copy(
    desk: Desk, settings: Settings, tmp_path: Path
) -> None:
    opened = start_session(desk.tools, REVIEW, title="Ward move")
    opened.forward()
    other = open_desk(desk.folder, cache=tmp_path / "cache-2")
    app = KmtuiApp(lambda: other, settings, Start())
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await hands.press("enter")
        assert "Another window" in hands.told
        await hands.enter("said in the second window")
        assert "copy" in hands.told
        opened.add_entry("said in the first window")
        assert opened.saved
    opened.close()
    lines = {line.title: desk.read(line.id) for line in desk.records()}
    assert set(lines) == {"Ward move", "Ward move (copy)"}
    texts = {title: [entry.text for entry in record.entries] for title, record in lines.items()}  # type: ignore[union-attr]
    assert texts == {
        "Ward move": ["said in the first window"],
        "Ward move (copy)": ["said in the second window"],
    }


@pytest.mark.parametrize(
    ("start", "screen"),
    [
        (Start(kind="session", technique=REVIEW), CardScreen),
        (Start(kind="session", technique=REVIEW, title="Ward move", team="Ward 7"), SessionScreen),
        (Start(kind="assessment", team="Ward 7"), AssessmentScreen),
    ],
)
async def test_the_command_line_leads_to_the_right_screen(
    desk: Desk, settings: Settings, start: Start, screen: type
) -> None:
    app = KmtuiApp(lambda: desk, settings, start)
    async with app.run_test(size=(60, 18)) as pilot:
        await Hands(pilot).settle()
        assert isinstance(app.screen, screen)


async def test_export_can_put_names_in(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await begin(hands)
        await hands.press("ctrl+e")
        assert "left out" in " ".join(hands.screen_text())
        await hands.press("ctrl+o")
        assert "are in it" in " ".join(hands.screen_text())
        await hands.press("enter")
        assert "Written to" in hands.told
    assert list((desk.folder / "exports").glob("*.md"))


async def test_a_workspace_that_goes_away_is_told_and_does_not_end_the_program(app: KmtuiApp, desk: Desk) -> None:
    with_an_action(desk)
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        gone = desk.folder.with_name("moved")
        desk.folder.rename(gone)
        desk.folder.write_text("a file in place of the folder")
        for keys in (["end", "enter"], ["escape", "end", "up", "enter"], ["escape", "ctrl+z"]):
            await hands.press(*keys)
            assert app.is_running
        assert app.fault is None
        await hands.press("end", "up", "enter")
        assert isinstance(app.screen, SetUpsScreen)
        assert "folder" in hands.told


async def test_a_record_of_a_newer_version_is_shown_and_not_opened(app: KmtuiApp, desk: Desk) -> None:
    start_session(desk.tools, REVIEW, title="From the future").close()
    (file,) = (desk.folder / "sessions").rglob("*.json")
    file.write_text(file.read_text().replace('"schema": 1', '"schema": 99').replace('"schema":1', '"schema":99'))
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await hands.press("enter")
        assert isinstance(app.screen, ReportScreen)
        assert "newer" in hands.told
        await hands.press("f2")
        assert isinstance(app.screen, ReportScreen)


async def test_a_matrix_with_an_error_is_told(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "matrix.yaml").write_text("id: own\nversion: '1'\ntitle: Own\nbands: []\nsections: []\n")
    app = KmtuiApp(lambda: open_desk(tmp_path, cache=tmp_path / "cache"), settings, Start())
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await hands.press("down", "enter")
        assert "matrix.yaml" in hands.told
        assert app.is_running


async def test_del_stands_in_help_and_footer_of_lists_beside_a_field(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(100, 60)) as pilot:
        hands = Hands(pilot)
        await begin(hands)
        await hands.enter("one")
        assert app.keys_of(app.screen)["remove"][0] == "Del"
        await hands.press("ctrl+p")
        await hands.press(*"remove")
        await pilot.pause()
        assert "Remove the chosen line" in "\n".join(hands.screen_text())


async def test_the_palette_at_home_offers_what_home_offers(app: KmtuiApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await hands.press("ctrl+p")
        await hands.press(*"past sess")
        await pilot.pause()
        await hands.press("down", "enter")
        assert isinstance(app.screen, PastScreen)


async def test_words_in_a_form_left_with_esc_are_there_again(app: KmtuiApp) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await hands.press("enter", "enter")
        await hands.enter("Ward move")
        await hands.press("escape")
        assert isinstance(app.screen, CardScreen)
        await hands.press("enter")
        assert app.screen.query_one(Asker).present()["title"] == "Ward move"


async def test_notes_stand_beside_the_question_on_a_wide_screen(app: KmtuiApp) -> None:
    async with app.run_test(size=(120, 40)) as pilot:
        hands = Hands(pilot)
        await begin(hands)
        await hands.press("f3")
        notes, rows = app.screen.query_one("#notes"), app.screen.query_one("#rows")
        assert notes.region.x > rows.region.x
        assert notes.region.y < rows.region.y
