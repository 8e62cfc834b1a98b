"""Teams beside each other on the screen: river, stairs and trend, with names and without."""

from __future__ import annotations

from datetime import date

import pytest

from kmtui.model.setup import LeftOut, SetUp
from kmtui.tui.app import KmtuiApp
from kmtui.tui.screens.choose import ChooseScreen
from kmtui.tui.screens.compare import CompareScreen
from kmtui.tui.screens.home import HomeScreen
from kmtui.workspace.assessments import start_assessment
from kmtui.workspace.desk import Desk
from kmtui.workspace.setups import TeamSetUp
from tests.tui.driving import Hands
from tests.tui.teams import LAST_YEAR, assessed, criteria, surveyed
from tests.tui.test_hostile import FEWER, STEERING, Texts


def text_of(hands: Hands) -> str:
    """Return the whole screen as one line."""
    return " ".join(" ".join(hands.screen_text()).split())


async def compare(app: KmtuiApp, hands: Hands, view: str = "river", team: str = "") -> None:
    """Show the comparison over home."""
    await hands.settle()
    app.push_screen(CompareScreen(view, team))
    await hands.settle()


@pytest.mark.parametrize("size", [(40, 14), (60, 18), (100, 30)])
async def test_river_stairs_and_trend_follow_each_other_on_every_size(
    app: KmtuiApp, desk: Desk, size: tuple[int, int]
) -> None:
    assessed(desk, "Ward 7", 6, target=9)
    assessed(desk, "Ward 9", 11)
    async with app.run_test(size=size) as pilot:
        hands = Hands(pilot)
        await compare(app, hands, team="Ward 7")
        assert hands.heading == "River: Ward 7"
        assert "▒" in text_of(hands)
        await hands.press("ctrl+r")
        assert hands.heading == "Stairs: Ward 7"
        assert "┌" in text_of(hands)
        await hands.press("ctrl+r")
        assert hands.heading == "Trend: Ward 7"
        assert "█" in text_of(hands)
        await hands.press("ctrl+r")
        assert hands.heading == "River: Ward 7"
        assert hands.screen_text()[-1].startswith(" F1 Help")
        await hands.press("escape")
        assert isinstance(app.screen, HomeScreen)


async def test_every_view_has_its_sentences(app: KmtuiApp, desk: Desk) -> None:
    assessed(desk, "Ward 7", 8, day=LAST_YEAR)
    assessed(desk, "Ward 7", 6, target=9)
    assessed(desk, "Ward 9", 11)
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await compare(app, hands, team="Ward 7")
        await hands.press("f4")
        assert "▒" not in text_of(hands)
        assert "two teams, from 6 to 11. Ward 7 stands at 6 and wants 9." in text_of(hands)
        await hands.press("ctrl+r")
        assert "Ward 9 stands at 11 and could help Ward 7" in text_of(hands)
        await hands.press("ctrl+r")
        assert "It fell by two levels since the time before" in text_of(hands)
        assert "A first fall often means better understanding" in text_of(hands)
        await hands.press("f4")
        assert "█" in text_of(hands)


async def test_names_of_other_teams_are_hidden_and_shown_with_one_key(app: KmtuiApp, desk: Desk) -> None:
    assessed(desk, "Ward 7", 6)
    assessed(desk, "Theatres", 11)
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await compare(app, hands, "stairs", "Ward 7")
        assert "Theatres" in text_of(hands)
        await hands.press("ctrl+o")
        assert "Theatres" not in text_of(hands)
        assert "names hidden" in text_of(hands)
        assert "Our team" in text_of(hands)
        assert "Ward 7" not in text_of(hands)
        await hands.press("ctrl+e", "enter")
        assert "Written to" in hands.told
        await hands.press("ctrl+o")
        assert "Theatres" in text_of(hands)
    (file,) = (desk.folder / "exports").iterdir()
    assert file.name.endswith("_our-team_stairs.md")
    assert "Team A" in file.read_text()
    assert "Theatres" not in file.read_text()
    assert "Ward 7" not in file.read_text()


async def test_a_trend_hides_its_name_and_without_a_team_says_what_is_needed(app: KmtuiApp, desk: Desk) -> None:
    assessed(desk, "Ward 7", 6)
    assessed(desk, "Theatres", 11)
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await compare(app, hands, "trend")
        await hands.press("ctrl+o")
        assert hands.told == "A trend is that of one team. Ctrl+G chooses a team."
        await hands.press("ctrl+g", "end", "enter", "ctrl+o")
        assert hands.heading == "Trend: Our team"
        assert "Ward 7" not in text_of(hands)


async def test_the_own_team_is_chosen_from_a_list_and_marked(app: KmtuiApp, desk: Desk) -> None:
    assessed(desk, "Ward 7", 6, target=8)
    assessed(desk, "Ward 9", 11)
    surveyed(desk, "Theatres", [3, 4], close=False)
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await compare(app, hands)
        assert hands.heading == "River: no team chosen"
        assert "●" not in text_of(hands)
        await hands.press("ctrl+g")
        assert isinstance(app.screen, ChooseScreen)
        assert [row.strip() for row in hands.rows] == ["Ward 7", "Ward 9", "No team marked"]
        await hands.press("home", "enter")
        assert hands.heading == "River: Ward 7"
        assert "● Ward 7" in text_of(hands)


async def test_a_trend_says_that_a_team_has_to_be_chosen(app: KmtuiApp, desk: Desk) -> None:
    assessed(desk, "Ward 7", 6, day=LAST_YEAR)
    assessed(desk, "Ward 7", 7, day=date(2026, 11, 1))
    assessed(desk, "Ward 9", 11)
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await compare(app, hands, "trend")
        assert "Ctrl+G chooses a team" in hands.told
        await hands.press("ctrl+g", "home", "enter")
        assert hands.heading == "Trend: Ward 7"
        assert "3 Nov 2025" in text_of(hands)
        assert "1 Nov 2026" in text_of(hands)


async def test_what_is_not_compared_is_named(app: KmtuiApp, desk: Desk) -> None:
    first = desk.tools.library.matrix().value.criteria[0]
    assessed(desk, "Ward 7", 6)
    left_out = SetUp(id="s", name="", left_out=(LeftOut(criterion=first.id, reason="no leaders here"),))
    opened = start_assessment(desk.tools, setup=TeamSetUp(team="Ward 9", setup=left_out))
    opened.go(criteria(desk)[1])
    opened.rate(level=3)
    opened.close()
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await compare(app, hands, team="Ward 7")
        await hands.press("end")
        assert "Not compared" in text_of(hands)
        assert f"{first.name} is not compared for Ward 9: not used by this team" in text_of(hands)


async def test_an_empty_workspace_says_what_would_be_here(app: KmtuiApp) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        for view in ("river", "trend"):
            await compare(app, hands, view)
            assert "no assessment of a team" in hands.told
            await hands.press("f4", "ctrl+e", "ctrl+g", "ctrl+o")
            assert isinstance(app.screen, CompareScreen)
            await hands.press("escape")


@pytest.mark.slow
@pytest.mark.parametrize("texts", FEWER, ids=range(len(FEWER)))
async def test_hostile_names_steer_nothing(app: KmtuiApp, desk: Desk, texts: Texts) -> None:
    for number, text in enumerate(texts[:4]):
        assessed(desk, text, 3 + number, target=9, rationale=text)
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await compare(app, hands, "stairs")
        for keys in (["f4"], ["ctrl+g"], ["home", "enter"], ["ctrl+r"], ["f4"], ["ctrl+e"]):
            await hands.press(*keys)
            for line in hands.screen_text():
                assert not STEERING.search(line), keys
        assert app.fault is None
