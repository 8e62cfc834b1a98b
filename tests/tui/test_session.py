"""An After Action Review on the screens, from the first key to the Markdown file, and everything on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from kmtui.model.session import Session
from kmtui.tui.app import KmtuiApp
from kmtui.tui.screens.home import HomeScreen
from kmtui.tui.screens.report import ReportScreen
from kmtui.tui.screens.session import SessionScreen
from kmtui.tui.widgets.asker import Asker
from kmtui.tui.widgets.rows import Rows
from kmtui.workspace.desk import Desk
from tests.tui.driving import Hands

REVIEW = "after-action-review"


def only_session(desk: Desk) -> Session:
    """Return the one session of a workspace as it is on disk."""
    (line,) = desk.records()
    record = desk.read(line.id)
    assert isinstance(record, Session)
    return record


async def begin(hands: Hands, title: str = "Ward move") -> None:
    """Go from home to the first question of the short review."""
    await hands.settle()
    await hands.press("enter", "enter")
    await hands.enter(title, "Ward 7", "ward sister, 4 porters")
    await hands.press("enter")


async def test_a_review_from_the_first_key_to_the_file_takes_at_most_36_keys(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        hands.keys.append("enter")  # after the word kmtui in the shell
        await begin(hands)
        for words in ("expected", "actual", "why"):
            await hands.enter(f"{words} one", f"{words} two", f"{words} three")
            await hands.press("f8")
        await hands.enter("Tell the porters", "The list was at the desk", "Send it the evening before", "Sister")
        await hands.enter("Keep the huddle", "It brought calm", "Hold it at every move", "Porter")
        await hands.press("f8")
        await hands.enter("Send the bed list", "Bed manager", "2026-12-01")
        await hands.press("f8")
        assert isinstance(app.screen, ReportScreen)
        await hands.press("ctrl+e", "enter")
        assert "Written to" in hands.told
        assert len(hands.keys) <= 36, hands.keys
    session = only_session(desk)
    assert session.finished
    assert [entry.text for entry in session.entries_of("why")] == ["why one", "why two", "why three"]
    assert [lesson.cause for lesson in session.lessons] == ["The list was at the desk", "It brought calm"]
    assert session.actions[0].due is not None
    assert session.actions[0].due.isoformat() == "2026-12-01"
    assert session.people[1].count == 4
    (report,) = (desk.folder / "exports").glob("*.md")
    text = report.read_text(encoding="utf-8")
    assert "# Ward move: After Action Review" in text
    assert "| Send the bed list | Bed manager | 1 December 2026 |" in text


async def test_each_entry_is_on_disk_when_the_screen_says_saved(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await begin(hands)
        await hands.enter("All moved by noon")
        assert hands.told.startswith("Saved")
        assert [entry.text for entry in only_session(desk).entries] == ["All moved by noon"]


async def test_edit_remove_move_and_undo(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await begin(hands)
        await hands.enter("first", "second", "thrid")
        await hands.press("f2")
        assert hands.field == "thrid"
        await hands.press("ctrl+w")
        await hands.enter("third")
        assert hands.rows == ["1. first", "2. second", "3. third"]
        await hands.press("up", "ctrl+up")
        assert hands.rows == ["1. first", "2. third", "3. second"]
        await hands.press("delete")
        assert hands.rows == ["1. first", "2. second"]
        await hands.press("ctrl+z")
        assert hands.rows == ["1. first", "2. third", "3. second"]
        await hands.press("ctrl+z", "ctrl+z")
        assert hands.rows == ["1. first", "2. second", "3. thrid"]
        await hands.press("ctrl+y")
        assert hands.rows == ["1. first", "2. second", "3. third"]
    assert [entry.text for entry in only_session(desk).entries] == ["first", "second", "third"]


async def test_undo_works_in_the_words_while_they_are_written(app: KmtuiApp) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await begin(hands)
        await hands.enter("kept")
        await hands.say("half")
        await hands.press("ctrl+z")
        assert hands.field == ""
        assert hands.rows == ["1. kept"]


async def test_an_empty_entry_is_refused_and_nothing_is_added(app: KmtuiApp) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await begin(hands)
        await hands.press("enter")
        assert "type some words first" in hands.told
        assert hands.rows == []


async def test_going_on_enters_the_words_in_the_field(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await begin(hands)
        await hands.say("typed, and no Enter")
        await hands.press("f8")
        await hands.press("ctrl+b")
        assert hands.rows == ["1. typed, and no Enter"]
    assert len(only_session(desk).entries) == 1


async def test_half_typed_words_come_back_after_quitting(app: KmtuiApp, desk: Desk, settings: object) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await begin(hands)
        await hands.say("half a thou")
        await hands.press("ctrl+q")
    assert only_session(desk).drafts == {"expected.text": "half a thou"}
    again = KmtuiApp(lambda: desk, app.settings, app.start)
    async with again.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await hands.press("enter")
        assert isinstance(again.screen, SessionScreen)
        assert hands.field == "half a thou"
        await hands.press("enter")
        assert hands.rows == ["1. half a thou"]
    assert only_session(desk).drafts == {}


async def test_half_a_lesson_comes_back_with_its_parts(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await begin(hands)
        await hands.press("f8", "f8", "f8")
        await hands.enter("Tell the porters")
        await hands.say("because")
        await hands.press("escape")
        assert isinstance(app.screen, HomeScreen)
        await hands.press("enter")
        asker = app.screen.query_one(Asker)
        assert asker.present() == {
            "lesson": "Tell the porters",
            "cause": "because",
            "recommendation": "",
            "owner": "",
        }


async def test_an_answer_stands_below_what_it_answers(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await begin(hands)
        await hands.press("f8")
        await hands.enter("Two beds went wrong", "All was done by two")
        await hands.press("f8", "down")
        await hands.enter("The list was at the desk", "Nobody had a copy")
        assert hands.rows == [
            "· Two beds went wrong",
            "   → The list was at the desk",
            "   → Nobody had a copy",
            "· All was done by two",
        ]
    session = only_session(desk)
    source = session.entries_of("actual")[0].id
    assert [entry.answers for entry in session.entries_of("why")] == [source, source]


async def test_more_on_a_lesson_and_keep_doing(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await begin(hands)
        await hands.press("f8", "f8", "f8")
        await hands.enter("Keep the huddle", "", "", "")
        await hands.press("ctrl+r")
        await hands.enter("On move days", "moves, beds")
        await hands.press("ctrl+o")
        await hands.press("f8")
        await hands.enter("Send the list", "", "no day", "")
        assert "is not a date" in hands.told
        await hands.press("ctrl+w", "ctrl+w")
        await hands.enter("friday")
        await hands.press("ctrl+r")
        await hands.enter("no bed is moved twice", "")
    session = only_session(desk)
    (lesson,), (action,) = session.lessons, session.actions
    assert (lesson.lesson, lesson.context, lesson.tags) == ("Keep the huddle", "On move days", ("moves", "beds"))
    assert lesson.keep_or_change == "keep"
    assert (action.action, action.done_when) == ("Send the list", "no bed is moved twice")
    assert action.due is not None
    assert action.due.strftime("%A") == "Friday"


async def test_the_clock_pauses_and_takes_more_time(app: KmtuiApp) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await begin(hands)
        screen = app.screen
        assert isinstance(screen, SessionScreen)
        assert 60 < screen.opened.left() <= 120
        await hands.press("f6")
        assert 120 < screen.opened.left() <= 180
        await hands.press("f5")
        assert not screen.opened.clock.running
        assert "paused" in hands.screen_text()[0]
        await hands.press("f5")
        assert screen.opened.clock.running


async def test_parking_from_the_field_and_the_parking_list(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await begin(hands)
        await hands.say("The lift")
        await hands.press("ctrl+k")
        assert hands.field == ""
        await hands.press("ctrl+k")
        await hands.enter("The car park")
        assert hands.rows == ["The lift", "The car park"]
        await hands.press("up", "up", "delete")
        assert hands.rows == ["The car park"]
        await hands.press("ctrl+z")
        assert hands.rows == ["The lift", "The car park"]
    assert only_session(desk).parked == ("The lift", "The car park")


async def test_notes_are_hidden_until_asked_for(app: KmtuiApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await begin(hands)
        tip = "Before Action Review, read out"
        assert tip not in " ".join(" ".join(hands.screen_text()).split())
        await hands.press("f3")
        assert "For the facilitator" in " ".join(hands.screen_text())
        await hands.press("f3")
        assert "For the facilitator" not in " ".join(hands.screen_text())


async def test_going_to_a_step_and_changing_the_title(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await begin(hands)
        await hands.press("ctrl+g", "down", "down", "enter")
        assert "Why was there a difference?" in hands.screen_text()[1]
        await hands.press("ctrl+t")
        await hands.press("ctrl+w", "ctrl+w")
        await hands.enter("Move of Ward 7", "", "")
        assert hands.heading == "Move of Ward 7"
    assert only_session(desk).title == "Move of Ward 7"


async def test_a_finished_session_opens_again(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await begin(hands)
        await hands.press("f8", "f8", "f8", "f8", "f8")
        assert only_session(desk).finished
        await hands.press("ctrl+z")
        assert isinstance(app.screen, SessionScreen)
        assert not only_session(desk).finished
        await hands.press("escape")
        assert isinstance(app.screen, HomeScreen)


async def test_export_works_for_an_unfinished_session(app: KmtuiApp, tmp_path: Path) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await begin(hands)
        await hands.enter("One thing")
        await hands.press("ctrl+e")
        for _ in range(12):
            await hands.press("ctrl+w")
        target = tmp_path / "out.json"
        hands.app.screen.query_one(Asker).field.fill("")
        await hands.enter(str(target))
        assert target.read_text(encoding="utf-8").startswith("{")
        assert isinstance(app.screen, SessionScreen)


@pytest.mark.parametrize("size", [(40, 14), (60, 18), (100, 30), (200, 60)])
async def test_field_and_footer_are_on_every_size(app: KmtuiApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        hands = Hands(pilot)
        await begin(hands)
        await hands.enter(*(f"entry {number}" for number in range(12)))
        await hands.press("f3")
        screen = hands.screen_text()
        assert screen[-1].startswith(" F1 Help")
        assert any("Next line" in line for line in screen)
        assert "What was supposed to happen?" in " ".join(screen)
        assert app.screen.query_one(Asker).field.region.bottom < size[1]
        assert app.screen.query_one(Rows).size.height > 0
