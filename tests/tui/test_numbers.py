"""The specialist's own numbers on the screen: counted in a thread for a time and a team, and written to a file."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace
from textual.widgets import Static

from kmtui.flow.typed import parse_people
from kmtui.model.answers import LessonAnswer, SessionAnswers
from kmtui.tui.app import KmtuiApp
from kmtui.tui.screens.choose import ChooseScreen
from kmtui.tui.screens.home import HomeScreen
from kmtui.tui.screens.numbers import NumbersExportScreen, NumbersScreen
from kmtui.tui.widgets.rows import Rows
from kmtui.workspace.desk import Desk
from kmtui.workspace.filling import fill
from kmtui.workspace.settings import Settings
from kmtui.workspace.start import Start
from tests.tui.driving import Hands
from tests.tui.test_compare import text_of
from tests.tui.test_hostile import FEWER, STEERING, Texts
from tests.tui.test_session import REVIEW

TODAY = date(2026, 11, 22)
SIZES = [(40, 14), (60, 18), (100, 30)]


def held(desk: Desk, team: str, day: date, people: str = "sister, 3 porters") -> None:
    """Hold a review."""
    said = (LessonAnswer(lesson=f"Tell {team or 'everybody'}"),)
    fill(
        desk.tools,
        SessionAnswers(technique=REVIEW, team=team, date=day, people=parse_people(people), lessons={"learn": said}),
    )


@pytest.fixture
def worked(desk: Desk) -> Desk:
    """A workspace with reviews of two teams, one of them last year, on a day that is always the same."""
    held(desk, "Ward 7", date(2026, 5, 12))
    held(desk, "Theatres", date(2026, 11, 2), "9 nurses")
    held(desk, "Ward 7", date(2025, 5, 12))
    return Desk(replace(desk.tools, today=lambda: TODAY), desk.folder)


@pytest.fixture
def counting(worked: Desk, settings: Settings) -> KmtuiApp:
    """The screens on that day."""
    return KmtuiApp(lambda: worked, settings, Start())


async def to_numbers(hands: Hands) -> NumbersScreen:
    """Go to the numbers from home, as the palette finds them."""
    await hands.settle()
    await hands.press("ctrl+p")
    await hands.say("Numbers")
    await hands.pilot.pause(0.2)
    await hands.press("enter")
    screen = hands.app.screen
    assert isinstance(screen, NumbersScreen)
    return screen


def body(hands: Hands) -> str:
    """Return all that was counted, also what is scrolled out of sight."""
    return str(hands.app.screen.query_one("#text", Static).content)


@pytest.mark.parametrize("size", SIZES)
async def test_it_counts_this_financial_year_of_all_teams(counting: KmtuiApp, size: tuple[int, int]) -> None:
    async with counting.run_test(size=size) as pilot:
        hands = Hands(pilot)
        await to_numbers(hands)
        assert hands.heading == "Numbers"
        assert "Between 1 April and 22 November 2026: two sessions" in text_of(hands)
        assert "13 people" in body(hands)
        assert "Theatres" in body(hands)
        assert "What is counted, and how" in body(hands)
        assert hands.told == "Ctrl+E writes it to a file."
        assert hands.screen_text()[-1].startswith(" F1 Help")
        assert all(len(line) <= size[0] for line in hands.screen_text())


async def test_time_and_team_are_entered_one_after_the_other(counting: KmtuiApp) -> None:
    async with counting.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await to_numbers(hands)
        await hands.enter("last year")
        assert "Between 1 January and 31 December 2025: one session with four people" in text_of(hands)
        assert "Which team? (2 of 2)" in text_of(hands)
        assert "Which time: last year" in text_of(hands)
        await hands.press("f7")
        assert hands.field == "last year"
        await hands.press("ctrl+a", *["delete"] * 9)
        await hands.enter("2026", "theatres")
        assert "Between 1 January and 22 November 2026, Theatres: one session with nine people" in text_of(hands)
        assert hands.field == "2026"
        assert "By team" not in body(hands)


async def test_what_is_no_time_stays_in_the_field_and_no_team_says_what_helps(counting: KmtuiApp) -> None:
    async with counting.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await to_numbers(hands)
        await hands.enter("soon")
        assert hands.told.startswith('"soon" is not a period. Write it as 2026')
        assert hands.field == "soon"
        assert "Between 1 April" in text_of(hands)
        await hands.press("ctrl+a", *["delete"] * 4)
        await hands.enter("", "Ward 70")
        assert hands.told == 'Nothing here is of the team "Ward 70". Ctrl+G chooses one.'
        assert body(hands) == ""
        await hands.press("ctrl+e")
        assert hands.told == "There is nothing to write yet."
        await hands.press("ctrl+g")
        assert isinstance(counting.screen, ChooseScreen)
        assert [row.strip() for row in hands.rows] == ["All teams", "Theatres", "Ward 7"]
        await hands.press("end", "enter")
        assert "Ward 7: one session with four people" in text_of(hands)
        await hands.press("ctrl+g", "home", "enter")
        assert "two sessions with 13 people" in text_of(hands)


async def test_the_table_follows_the_width_and_has_its_sentences(counting: KmtuiApp) -> None:
    async with counting.run_test(size=(100, 40)) as pilot:
        hands = Hands(pilot)
        await to_numbers(hands)
        assert "Ward 7           1            0       4" in body(hands)
        await hands.press("f4")
        assert "- Ward 7: one session, four people and one lesson captured." in body(hands)
        assert "Assessments" not in body(hands)
        await hands.press("f4")
        assert "Assessments" in body(hands)
        await pilot.resize_terminal(40, 14)
        await hands.settle()
        assert "- Ward 7: one session, four people and one lesson captured." in body(hands)
        assert "sentences" not in counting.keys_of(counting.screen)


async def test_it_scrolls_while_the_field_is_ready(counting: KmtuiApp) -> None:
    async with counting.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        screen = await to_numbers(hands)
        await hands.press("pagedown")
        assert screen.query_one("#numbers").scroll_offset.y > 0
        assert "two sessions" not in text_of(hands)
        await hands.press("pageup")
        assert "two sessions" in text_of(hands)


async def test_home_has_its_line_and_stays_there(counting: KmtuiApp) -> None:
    async with counting.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await hands.press("end")
        menu = counting.screen.query_one(Rows)
        for _ in menu.choices():
            if menu.chosen != "numbers":
                await hands.press("up")
        await hands.press("enter")
        assert isinstance(counting.screen, NumbersScreen)
        await hands.press("escape")
        assert isinstance(counting.screen, HomeScreen)
        assert menu.chosen == "numbers"


async def test_it_is_written_as_markdown_to_the_folder_of_exports(counting: KmtuiApp, worked: Desk) -> None:
    async with counting.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await to_numbers(hands)
        await hands.press("ctrl+e")
        assert isinstance(counting.screen, NumbersExportScreen)
        await hands.press("enter")
        assert hands.told.startswith("Written to ")
        assert isinstance(counting.screen, NumbersScreen)
        assert "two sessions" in text_of(hands)
    (file,) = worked.exports.iterdir()
    assert file.name == "2026-04-01_2026-11-22_numbers.md"
    assert "| All | 2 | 0 | 13 |" in file.read_text("utf-8")


async def test_what_may_tell_who_somebody_is_is_shown_and_replaced(counting: KmtuiApp, worked: Desk) -> None:
    held(worked, "Ring 07700 900123", date(2026, 6, 1))
    async with counting.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await to_numbers(hands)
        await hands.press("ctrl+e")
        assert "a telephone number" in text_of(hands).lower()
        await hands.press("f4", "enter")
    (file,) = worked.exports.iterdir()
    assert "900123" not in file.read_text("utf-8")


async def test_an_answer_to_earlier_words_is_passed_over(counting: KmtuiApp) -> None:
    async with counting.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        screen = await to_numbers(hands)
        before = body(hands)
        screen.post_message(screen.Counted({"period": "2020", "team": ""}, None, [], "Too late."))
        await hands.settle()
        assert body(hands) == before
        assert "Too late." not in text_of(hands)


async def test_an_empty_workspace_says_that_nothing_was_done(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_numbers(hands)
        assert "no session and no assessment was finished" in text_of(hands)
        await hands.press("ctrl+g", "f4")
        assert hands.told == "No team is named yet."
    assert not desk.folder.exists()


@pytest.mark.slow
@pytest.mark.parametrize("texts", FEWER, ids=range(len(FEWER)))
async def test_hostile_names_steer_nothing(counting: KmtuiApp, worked: Desk, texts: Texts) -> None:
    for text in texts:
        held(worked, text.encode("utf-8", "ignore").decode(), date(2026, 6, 1))
    async with counting.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await to_numbers(hands)
        await hands.say(texts[0])
        for keys in (["enter"], ["pagedown"], ["f4"], ["pagedown"], ["ctrl+g"], ["end", "enter"], ["ctrl+e"]):
            await hands.press(*keys)
            for line in hands.screen_text():
                assert not STEERING.search(line), keys
        assert counting.fault is None
