"""A facilitated assessment on the screens: walk, levels, skips, results, report."""

from __future__ import annotations

import pytest

from kmtui.model.assessment import Assessment
from kmtui.tui.app import KmtuiApp
from kmtui.tui.screens.assessment import AssessmentScreen
from kmtui.tui.screens.report import ReportScreen
from kmtui.tui.screens.results import ResultsScreen
from kmtui.tui.widgets.asker import Asker
from kmtui.tui.widgets.level_bar import LevelBar
from kmtui.workspace.desk import Desk
from tests.tui.driving import Hands


def only_assessment(desk: Desk) -> Assessment:
    """Return the one assessment of a workspace as it is on disk."""
    (line,) = desk.records()
    record = desk.read(line.id)
    assert isinstance(record, Assessment)
    return record


async def begin(hands: Hands) -> None:
    """Go from home to the first criterion."""
    await hands.settle()
    await hands.press("down", "enter")
    await hands.enter("Ward 7", "the whole team", "ward sister, 4 porters")
    await hands.enter("We are not sure")


async def test_a_level_with_reasons_and_target_is_on_disk_as_it_is_given(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await begin(hands)
        await hands.press("1", "0", "enter")
        assert hands.told.startswith("Saved")
        await hands.enter("We ask every time", "The ward move", "", "no", "")
        await hands.press("f7")
        await hands.press("f2")
        first = only_assessment(desk).matrix.criteria[0].id
        rating = only_assessment(desk).rating(first)
        assert (rating.level, rating.rationale, rating.example) == (10, "We ask every time", "The ward move")
        assert rating.same_for_everyone is False
        record = only_assessment(desk)
        assert (record.team, record.on_behalf_of, record.opening) == ("Ward 7", "the whole team", "We are not sure")


async def test_a_second_digit_makes_twelve_and_arrows_go_on_from_there(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await begin(hands)
        await hands.press("1", "2", "left", "left")
        assert only_assessment(desk).ratings[0].level == 10
        await hands.press("7")
        assert only_assessment(desk).ratings[0].level == 7
        await hands.press("backspace")
        assert only_assessment(desk).ratings == ()
        await hands.press("ctrl+z")
        assert only_assessment(desk).ratings[0].level == 7


async def test_the_statement_of_the_band_is_marked(app: KmtuiApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await begin(hands)
        await hands.press("4")
        marked = [line for line in hands.screen_text() if "> " in line]
        assert len(marked) == 1
        assert "> 4-5 In early stages" in marked[0]


async def test_a_target_with_its_level_reached_asks_why_that_is_enough(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await begin(hands)
        await hands.press("6", "enter")
        await hands.enter("", "", "")
        await hands.press("6", "enter")
        assert "good enough" in " ".join(hands.screen_text())
        await hands.enter("We have other worries this year")
        rating = only_assessment(desk).ratings[0]
        assert (rating.target, rating.enough) == (6, "We have other worries this year")


@pytest.mark.parametrize(("key", "skip"), [("ctrl+d", "dont-know"), ("ctrl+u", "not-for-us"), ("ctrl+k", "parked")])
async def test_leaving_a_criterion_out_is_an_answer_and_asks_why(
    app: KmtuiApp, desk: Desk, key: str, skip: str
) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await begin(hands)
        await hands.press("5", key)
        await hands.enter("Nobody here knows")
        rating = only_assessment(desk).ratings[0]
        assert (rating.level, rating.skip, rating.rationale) == (None, skip, "Nobody here knows")


async def test_those_keys_do_nothing_at_the_opening_question(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await hands.press("down", "enter")
        await hands.enter("", "", "")
        await hands.press("ctrl+d", "ctrl+u")
        assert only_assessment(desk).ratings == ()
        assert "Ctrl+D" not in hands.screen_text()[-1]


async def test_going_to_any_criterion_shows_what_was_answered(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await begin(hands)
        await hands.press("5", "ctrl+g")
        assert any(row.strip().endswith("5") for row in hands.rows)
        await hands.press("down", "down", "enter")
        assert hands.heading.startswith("Ward 7")
        assert only_assessment(desk).place == only_assessment(desk).matrix.criteria[2].id


async def test_results_as_bars_and_as_sentences(app: KmtuiApp) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await begin(hands)
        await hands.press("5", "ctrl+r")
        assert isinstance(app.screen, ResultsScreen)
        assert "█" in " ".join(hands.screen_text())
        await hands.press("f4")
        shown = " ".join(hands.screen_text())
        assert "█" not in shown
        assert "5 of 12" in shown
        await hands.press("escape")
        assert isinstance(app.screen, AssessmentScreen)


async def test_finishing_goes_through_every_criterion_and_shows_the_report(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await begin(hands)
        count = len(only_assessment(desk).matrix.criteria)
        for number in range(count - 1):
            await hands.press("6", "f8")
            assert isinstance(app.screen, AssessmentScreen), number
        await hands.press("f8")
        assert "no answer yet" in hands.told
        await hands.press("8", "f8")
        assert isinstance(app.screen, ReportScreen)
        assert only_assessment(desk).finished
        await hands.press("f4", "f4")
        assert "Ward 7" in " ".join(hands.screen_text())
        await hands.press("f2")
        assert isinstance(app.screen, AssessmentScreen)
        assert not only_assessment(desk).finished


async def test_finishing_early_from_the_results(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await begin(hands)
        await hands.press("6", "ctrl+r", "f8", "f8")
        assert isinstance(app.screen, ReportScreen)
        assert only_assessment(desk).finished


async def test_half_typed_words_come_back(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await begin(hands)
        await hands.press("6", "enter")
        await hands.say("because we")
        await hands.press("ctrl+q")
    again = KmtuiApp(lambda: desk, app.settings, app.start)
    async with again.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await hands.press("enter", "enter")
        assert hands.field == "because we"


@pytest.mark.parametrize("size", [(40, 14), (60, 18), (100, 30), (200, 60)])
async def test_scale_and_footer_are_on_every_size(app: KmtuiApp, size: tuple[int, int]) -> None:
    async with app.run_test(size=size) as pilot:
        hands = Hands(pilot)
        await begin(hands)
        await hands.press("9")
        screen = hands.screen_text()
        assert screen[-1].startswith(" F1 Help")
        assert "[9]" in " ".join(screen)
        assert "10 11 12" in " ".join(screen)
        assert app.screen.query_one(LevelBar).region.bottom <= size[1] - 2
        await hands.press("enter")
        assert app.screen.query_one(Asker).field.region.bottom < size[1]
