"""Coming back: what individuals answered, last time, good practice, then and now, actions with all that is said."""

from __future__ import annotations

from datetime import timedelta
from itertools import cycle
from pathlib import Path

import pytest

from kmtui.model.rating import Rating
from kmtui.tui.app import KmtuiApp
from kmtui.tui.screens.actions import ActionsScreen
from kmtui.tui.screens.assessment import AssessmentScreen
from kmtui.tui.screens.card import CardScreen
from kmtui.tui.screens.compare import CompareScreen
from kmtui.tui.screens.offers import OffersScreen
from kmtui.tui.screens.past import PastScreen
from kmtui.tui.screens.report import ReportScreen
from kmtui.tui.screens.results import ResultsScreen
from kmtui.tui.screens.session import SessionScreen
from kmtui.tui.screens.well import WellScreen
from kmtui.tui.widgets.asker import Asker
from kmtui.workspace.assessments import OpenAssessment
from kmtui.workspace.desk import Desk, open_desk
from kmtui.workspace.planning import Planning
from kmtui.workspace.settings import Settings
from kmtui.workspace.start import Start
from tests.tui.driving import Hands
from tests.tui.teams import LAST_YEAR, assessed, criteria, on_disk, surveyed
from tests.tui.test_compare import text_of
from tests.tui.test_hostile import FEWER, STEERING, Texts

DATA = Path(__file__).parents[1] / "data"
SIZES = [(40, 14), (60, 18), (100, 30)]


async def to_record(app: KmtuiApp, hands: Hands, record_id: str) -> None:
    """Open a record over home."""
    from kmtui.tui.opening import open_record

    await hands.settle()
    open_record(app, record_id)
    await hands.settle()


def whole(app: KmtuiApp, name: str) -> str:
    """Return all that a widget shows, also what would have to be scrolled to."""
    from textual.widgets import Static

    return str(app.screen.query_one(name, Static).content)


# What individuals answered, and what the group agrees


@pytest.mark.parametrize("size", SIZES)
async def test_the_group_sees_what_individuals_answered_and_agrees_a_level_beside_it(
    app: KmtuiApp, desk: Desk, size: tuple[int, int]
) -> None:
    survey = surveyed(desk, "Ward 7", [2, 11, 6, 6, 7], rationale="We ask when we can")
    async with app.run_test(size=size) as pilot:
        hands = Hands(pilot)
        await to_record(app, hands, survey)
        await hands.press("f8")
        assert "What individuals answered" in text_of(hands)
        shown = whole(app, "#answered")
        assert "five answers, from 2 to 11, standard deviation 3.2" in shown
        assert "Mean 6.4 (rounds to 6" in shown
        assert whole(app, "#said").count("We ask when we can") == 5
        await hands.press("7")
        record = on_disk(desk, survey)
        assert record.ratings == (Rating(criterion=criteria(desk)[0], level=7),)
        assert record.survey is not None
        assert record.survey.spread(criteria(desk)[0]).mean == 6.4
        assert "agreed 7" in whole(app, "#answered")


async def test_below_five_answers_nothing_individual_is_on_the_walk_or_the_results(app: KmtuiApp, desk: Desk) -> None:
    survey = surveyed(desk, "Ward 7", [2, 11, 6, 6], rationale="We ask when we can")
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await to_record(app, hands, survey)
        await hands.press("f8")
        assert "fewer than five answers: four" in whole(app, "#answered")
        assert "We ask" not in whole(app, "#said")
        assert "●" not in whole(app, "#answered")
        await hands.press("ctrl+r")
        assert "from 2" not in " ".join(hands.rows)
        assert "deviation" not in " ".join(hands.rows)


async def test_where_we_differ_comes_first_and_enter_goes_to_the_criterion(app: KmtuiApp, desk: Desk) -> None:
    survey = surveyed(desk, "Ward 7", [2, 11, 6, 6, 7])
    agreed_by_all = desk.tools.library.matrix().value.criteria[1].name
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_record(app, hands, survey)
        await hands.press("f8", "ctrl+r")
        assert hands.heading.startswith("Where we differ")
        assert hands.rows[-2].startswith(agreed_by_all)
        assert hands.rows[0].startswith("━ from the lowest to the highest answer")
        assert hands.rows[1].startswith("Opening question")
        assert "halves up" in hands.rows[-1]
        assert "how far apart the answers are" in hands.rows[-1]
        assert hands.told.startswith("Enter asks the opening question")
        await hands.press("down", "down", "enter")
        assert isinstance(app.screen, AssessmentScreen)
        assert on_disk(desk, survey).place == criteria(desk)[2]
        await hands.press("ctrl+r", "f4")
        assert "standard deviation" in text_of(hands)
        assert "━" not in text_of(hands)
        await hands.press("f4", "ctrl+r")
        assert hands.heading.startswith("Results")
        assert "halves up" in whole(app, "#chart")


async def test_a_group_has_bars_first_and_no_other_view_without_last_time(app: KmtuiApp, desk: Desk) -> None:
    record_id = assessed(desk, "Ward 7", 6, finish=False)
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_record(app, hands, record_id)
        await hands.press("ctrl+r")
        assert isinstance(app.screen, ResultsScreen)
        assert "view" not in app.keys_of(app.screen)
        assert "Ctrl+L Plan" in hands.screen_text()[-1]


@pytest.mark.parametrize("size", SIZES)
async def test_an_open_survey_is_marked_and_tells_only_how_many_answered(
    app: KmtuiApp, desk: Desk, size: tuple[int, int]
) -> None:
    survey = surveyed(desk, "Ward 7", [2, 11, 6], close=False, rationale="We ask when we can")
    async with app.run_test(size=size) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        app.push_screen(PastScreen())
        await hands.settle()
        assert "answers still come in until 1 December 2026" in hands.rows[0]
        app.push_screen(ReportScreen(survey))
        await hands.settle()
        assert "Responses are still coming in, until 1 December 2026" in text_of(hands)
        assert "three people have answered" in text_of(hands)
        await hands.press("f4", "ctrl+r", "ctrl+l", "f2")
        assert isinstance(app.screen, ReportScreen)
        assert "We ask" not in text_of(hands)
        assert on_disk(desk, survey).collecting


# Last time


@pytest.mark.parametrize("size", SIZES)
async def test_last_time_stands_beside_the_criterion_and_a_fall_is_explained(
    app: KmtuiApp, desk: Desk, size: tuple[int, int]
) -> None:
    assessed(desk, "Ward 7", 7, day=LAST_YEAR, target=9, rationale="We ask every time")
    record_id = assessed(desk, "ward 7", 7, finish=False)
    async with app.run_test(size=size) as pilot:
        hands = Hands(pilot)
        await to_record(app, hands, record_id)
        assert "Last time (3 November 2025): 7, target 9, because: We ask every time" in whole(app, "#last-time")
        assert "A first fall" not in whole(app, "#last-time")
        await hands.press("5")
        assert "A first fall often means better understanding" in whole(app, "#last-time")
        await hands.press("8")
        assert "A first fall" not in whole(app, "#last-time")


async def test_the_opening_lists_what_was_agreed_last_time_with_what_came_of_it(app: KmtuiApp, desk: Desk) -> None:
    assessed(desk, "Ward 7", 7, day=LAST_YEAR, agreed="Send the list")
    (line,) = desk.actions()
    desk.follow_up(line.id, state="done", note="It took two goes", outcome="Fewer beds moved twice")
    record_id = assessed(desk, "Ward 7", 7, finish=False)
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_record(app, hands, record_id)
        await hands.press("f7")
        told = whole(app, "#last-time")
        assert "Agreed last time, on 3 November 2025" in told
        assert "Done: Send the list (Bed manager, by 2 January 2026)" in told
        assert "What changed: Fewer beds moved twice" in told
        assert "It took two goes" in told
        assert "Send the list" in text_of(hands)


async def test_another_team_has_no_last_time(app: KmtuiApp, desk: Desk) -> None:
    assessed(desk, "Ward 9", 7, day=LAST_YEAR, agreed="Send the list")
    record_id = assessed(desk, "Ward 7", 7, finish=False)
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_record(app, hands, record_id)
        assert not app.screen.query_one("#last-time").display


@pytest.mark.parametrize("size", SIZES)
async def test_then_and_now_is_a_view_of_results_and_of_the_report(
    app: KmtuiApp, desk: Desk, size: tuple[int, int]
) -> None:
    assessed(desk, "Ward 7", 7, day=LAST_YEAR, rationale="We ask every time")
    record_id = assessed(desk, "Ward 7", 5, rationale="Nights do not", finish=False)
    async with app.run_test(size=size) as pilot:
        hands = Hands(pilot)
        await to_record(app, hands, record_id)
        await hands.press("ctrl+r", "ctrl+r")
        assert hands.heading.startswith("Then and now")
        for words in ("two levels lower", "We ask every time", "Nights do not", "A first fall"):
            assert words in whole(app, "#chart")
        await hands.press("f4")
        assert "on 3 November 2025, 5" in whole(app, "#chart")
        await hands.press("f8")
        assert isinstance(app.screen, ReportScreen)  # it shows the chart
        await hands.press("ctrl+r")
        assert "We ask every time" in whole(app, "#text")
        assert "two levels lower" in whole(app, "#text")
        seen = []
        for _ in range(3):
            await hands.press("ctrl+r")
            seen.append(whole(app, "#text").split("\n")[0])
        assert seen[:2] == ["Ward 7: plan", seen[1]]
        assert len(set(seen)) == 3


# Good practice


async def test_after_the_results_of_a_survey_comes_the_opening_and_then_the_widest_difference(
    app: KmtuiApp, desk: Desk
) -> None:
    survey = surveyed(desk, "Ward 7", [2, 11, 6, 6, 7])
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_record(app, hands, survey)
        await hands.press("f8", "f8", "ctrl+r", "enter")
        assert on_disk(desk, survey).place == "opening"
        await hands.enter("Not sure", "the whole team")
        assert on_disk(desk, survey).place == criteria(desk)[0]
        assert "talk them over" in hands.told
        await hands.press("7", "ctrl+r")
        assert not any(row.startswith("Opening") for row in hands.rows)
        assert hands.told.startswith("Enter goes to the criterion, to agree a level")


async def test_reasons_of_individuals_below_the_fold_are_announced(app: KmtuiApp, desk: Desk) -> None:
    survey = surveyed(desk, "Ward 7", [2, 11, 6, 6, 7], rationale="We ask when we can")
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_record(app, hands, survey)
        await hands.press("f8")
        assert "(5 reasons below: Page Down)" in text_of(hands)
        assert "━ from" not in text_of(hands)
        await hands.press("f3")
        assert "━ from the lowest to the highest answer" in whole(app, "#answered")
        await pilot.resize_terminal(200, 60)
        await hands.settle()
        assert "Page Down" not in text_of(hands)


async def test_results_ask_before_they_finish_with_criteria_open(app: KmtuiApp, desk: Desk) -> None:
    survey = surveyed(desk, "Ward 7", [2, 11, 6, 6, 7])
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_record(app, hands, survey)
        await hands.press("f8", "ctrl+r", "f8")
        assert f"{len(criteria(desk))} criteria have no answer yet. F8 again" in hands.told
        assert not on_disk(desk, survey).finished
        await hands.press("escape", "ctrl+r", "f8")
        assert not on_disk(desk, survey).finished
        await hands.press("f8")
        assert on_disk(desk, survey).finished


async def test_half_typed_words_stand_beside_the_criterion(app: KmtuiApp, desk: Desk) -> None:
    assessed(desk, "Ward 7", 7, finish=False)
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await hands.press("enter", "enter")
        await hands.say("because we")
        assert not app.screen.query_one("#typed").display
        await hands.press("ctrl+q")
    again = KmtuiApp(lambda: desk, app.settings, app.start)
    async with again.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await hands.press("enter")
        assert "Typed, not entered: because we (Why this level?)" in text_of(hands)
        await hands.press("enter")
        assert not again.screen.query_one("#typed").display


async def test_an_example_of_a_low_level_is_not_asked_to_be_good_practice(app: KmtuiApp, desk: Desk) -> None:
    assessed(desk, "Ward 7", 3, finish=False)
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await hands.press("enter")
        assert "Ctrl+F: who does well" in text_of(hands)
        await hands.enter("", "", "We asked once")
        assert "Is it the same for everyone?" in text_of(hands)
        await hands.press("f2", "9")
        assert "Ctrl+F" not in text_of(hands)
        await hands.enter("", "", "")
        assert "Keep it as good practice?" in text_of(hands)


async def test_only_an_example_is_asked_whom_others_may_ask(app: KmtuiApp, desk: Desk) -> None:
    record_id = assessed(desk, "Ward 7", 7, finish=False)
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_record(app, hands, record_id)
        await hands.enter("", "", "")
        assert "Is it the same for everyone?" in text_of(hands)
        await hands.press("up")
        await hands.enter("The bed board")
        assert "Keep it as good practice?" in text_of(hands)
        await hands.enter("Ward clerk")
        rating = on_disk(desk, record_id).rating(criteria(desk)[0])
        assert (rating.example, rating.contact) == ("The bed board", "Ward clerk")
        assert "Is it the same for everyone?" in text_of(hands)


@pytest.mark.parametrize("size", SIZES)
async def test_who_does_this_well_is_one_key_from_a_low_score(app: KmtuiApp, desk: Desk, size: tuple[int, int]) -> None:
    assessed(desk, "Ward 9", 11, contact="Ward clerk")
    assessed(desk, "Theatres", 8)
    record_id = assessed(desk, "Ward 7", 3, finish=False)
    async with app.run_test(size=size) as pilot:
        hands = Hands(pilot)
        await to_record(app, hands, record_id)
        await hands.press("ctrl+f")
        assert isinstance(app.screen, WellScreen)
        assert "What Ward 9 does" in text_of(hands)
        assert "Ask: Ward clerk · Ward 9" in text_of(hands)
        assert "Ward 9 and Theatres stand higher" in text_of(hands)
        await hands.press("escape")
        assert isinstance(app.screen, AssessmentScreen)


async def test_where_nobody_does_it_well_it_is_said(app: KmtuiApp, desk: Desk) -> None:
    record_id = assessed(desk, "Ward 7", 3, finish=False)
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_record(app, hands, record_id)
        await hands.press("ctrl+f")
        assert "Nobody here stands higher" in text_of(hands)


async def test_the_clock_shows_the_time_left_for_this_criterion_if_all_take_an_hour(app: KmtuiApp, desk: Desk) -> None:
    record_id = assessed(desk, "Ward 7", 3, finish=False)
    pace = 3600 / len(criteria(desk))
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_record(app, hands, record_id)
        assert _seconds_left(hands) <= pace
        await hands.press("f6")
        assert pace < _seconds_left(hands) <= pace + 60
        await hands.press("f5")
        assert "paused" in hands.screen_text()[0]


def _seconds_left(hands: Hands) -> float:
    minutes, seconds = hands.screen_text()[0].split(" left")[0].split(" ")[-1].split(":")
    return int(minutes) * 60 + int(seconds)


# Actions


async def to_actions(app: KmtuiApp, hands: Hands) -> None:
    """Show the actions over home."""
    await hands.settle()
    app.push_screen(ActionsScreen())
    await hands.settle()


@pytest.mark.parametrize("size", SIZES)
async def test_done_asks_what_changed_and_undo_takes_both_back(
    app: KmtuiApp, desk: Desk, size: tuple[int, int]
) -> None:
    assessed(desk, "Ward 7", 4, agreed="Send the list")
    async with app.run_test(size=size) as pilot:
        hands = Hands(pilot)
        await to_actions(app, hands)
        await hands.press("enter")
        assert desk.actions()[0].state == "open"
        assert hands.told == "Enter again: mark “Send the list” done."
        await hands.press("enter")
        assert "What changed because of it?" in text_of(hands)
        assert desk.actions()[0].state == "done"
        assert app.screen.query_one(Asker).field.region.bottom < size[1]
        await hands.enter("Fewer beds moved twice")
        (line,) = desk.actions()
        assert (line.state, line.outcome) == ("done", "Fewer beds moved twice")
        assert "What changed: Fewer beds" in hands.rows[0]
        await hands.press("ctrl+z")
        assert (desk.actions()[0].state, desk.actions()[0].outcome) == ("done", "")
        await hands.press("ctrl+z")
        assert desk.actions()[0].state == "open"
        await hands.press("ctrl+z")
        assert "Nothing to undo" in hands.told


async def test_owner_days_and_words_are_changed_in_a_form_and_taken_back(app: KmtuiApp, desk: Desk) -> None:
    assessed(desk, "Ward 7", 4, agreed="Send the list")
    (before,) = desk.actions()
    today = desk.tools.today()
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_actions(app, hands)
        await hands.press("f2")
        await hands.enter("Slowly", "A little")
        app.screen.query_one(Asker).field.fill("")
        await hands.enter("Ward clerk")
        app.screen.query_one(Asker).field.fill("")
        await hands.enter("", "someday")
        assert "not a date" in hands.told
        app.screen.query_one(Asker).field.fill("")
        await hands.enter("tomorrow", "no bed is moved twice")
        (line,) = desk.actions()
        assert (line.note, line.outcome, line.owner) == ("Slowly", "A little", "Ward clerk")
        assert (line.due, line.review, line.done_when) == (None, today + timedelta(days=1), "no bed is moved twice")
        for _ in range(6):
            await hands.press("ctrl+z")
        assert desk.actions() == [before]


@pytest.mark.parametrize("keys", [("ctrl+q",), ("escape", "ctrl+q"), ("escape", "escape", "ctrl+q")])
async def test_an_answer_of_a_form_is_kept_at_once_and_half_typed_words_come_back(
    app: KmtuiApp, desk: Desk, keys: tuple[str, ...]
) -> None:
    assessed(desk, "Ward 7", 4, agreed="Send the list")
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_actions(app, hands)
        await hands.press("f2")
        await hands.enter("Slowly")
        assert desk.actions()[0].note == "Slowly"
        await hands.say("A lit")
        await hands.press(*keys)
    again = KmtuiApp(lambda: desk, app.settings, app.start)
    async with again.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_actions(again, hands)
        await hands.press("f2")
        assert hands.field == "A lit"
        await hands.enter("tle")
        assert desk.actions()[0].outcome == "A little"
        await hands.press("escape")
        assert hands.told == "What was entered is kept."
        await hands.press("escape")
        again.push_screen(ActionsScreen())
        await hands.settle()
        await hands.press("f2")
        assert hands.field == "Slowly"


async def test_a_half_typed_note_comes_back_and_the_line_is_not_marked_done(app: KmtuiApp, desk: Desk) -> None:
    assessed(desk, "Ward 7", 4, agreed="Send the list")
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_actions(app, hands)
        await hands.say("It goes")
        await hands.press("escape")
        app.push_screen(ActionsScreen())
        await hands.settle()
        assert hands.field == "It goes"
        await hands.press("enter", "enter")
        (line,) = desk.actions()
        assert (line.note, line.state) == ("It goes", "open")
        assert hands.field == ""


async def test_a_line_chosen_by_hand_is_marked_done_with_one_enter(app: KmtuiApp, desk: Desk) -> None:
    for team in ("Ward 7", "Ward 8"):
        assessed(desk, team, 4, agreed=f"Send the list, {team}")
    second = desk.actions()[1]
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_actions(app, hands)
        await hands.press("down", "enter")
        assert {line.id: line.state for line in desk.actions()}[second.id] == "done"


async def test_actions_begin_with_the_one_that_was_chosen_before(app: KmtuiApp, desk: Desk) -> None:
    for team in ("Ward 7", "Ward 8"):
        assessed(desk, team, 4, agreed=f"Send the list, {team}")
    second = desk.actions()[1]
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        app.push_screen(ActionsScreen(second.id))
        await hands.settle()
        await hands.press("enter")
        assert second.action in hands.told


async def test_what_is_not_for_us_stands_apart_with_its_reason(app: KmtuiApp, desk: Desk) -> None:
    record_id = with_idea_and_technique(desk)
    opened = desk.open(record_id)
    assert isinstance(opened, OpenAssessment)
    planning = Planning(desk.tools, opened)
    line = planning.write_own("Hire a consultant")
    planning.put(line.id, priority="not-for-us", reason="We have no money")
    opened.close()
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_actions(app, hands)
        assert hands.rows[-2:] == ["Not for us", "Hire a consultant\n   because: We have no money · Ward 7"]
        assert "1 open, 1 idea" in hands.screen_text()[0]


async def test_esc_leaves_an_action_as_it_was(app: KmtuiApp, desk: Desk) -> None:
    assessed(desk, "Ward 7", 4, agreed="Send the list")
    before = desk.actions()
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_actions(app, hands)
        await hands.press("f2")
        await hands.say("Slowly")
        await hands.press("escape")
        assert isinstance(app.screen, ActionsScreen)
        assert desk.actions() == before


def with_idea_and_technique(desk: Desk) -> str:
    """Keep an assessment with an action that has a technique, and an idea; return its id."""
    record_id = assessed(desk, "Ward 7", 4, agreed="Look back on the move")
    opened = desk.open(record_id)
    assert isinstance(opened, OpenAssessment)
    planning = Planning(desk.tools, opened)
    planning.put(planning.lines[0].id, technique=desk.first_technique)
    planning.write_own("Thank the kitchen", criteria(desk)[1])
    opened.close()
    return record_id


async def test_ideas_stand_apart_at_the_end_and_say_so(app: KmtuiApp, desk: Desk) -> None:
    with_idea_and_technique(desk)
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_actions(app, hands)
        assert hands.rows[0].startswith("Look back on the move")
        assert hands.rows[1].startswith("Ideas")
        assert hands.rows[2].startswith("Thank the kitchen\n   idea, no owner yet")
        assert "1 open, 1 idea" in hands.screen_text()[0]


async def test_the_technique_of_an_action_is_started_and_tied_to_it(app: KmtuiApp, desk: Desk) -> None:
    record_id = with_idea_and_technique(desk)
    (action, idea) = desk.actions()
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_actions(app, hands)
        await hands.press("ctrl+t")
        assert isinstance(app.screen, CardScreen)
        await hands.press("enter")
        screen = app.screen
        assert isinstance(screen, SessionScreen)
        assert screen.opened.record.action == action.id
        assert screen.opened.record.assessment == record_id
        await hands.press("escape")
        assert isinstance(app.screen, ActionsScreen)
        await hands.press("down", "ctrl+t")
        assert "no technique" in hands.told
        assert idea.technique is None


async def test_an_action_leads_to_the_assessment_that_it_comes_from(app: KmtuiApp, desk: Desk) -> None:
    assessed(desk, "Ward 7", 4, agreed="Send the list")
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_actions(app, hands)
        await hands.press("ctrl+g")
        assert isinstance(app.screen, ReportScreen)
        assert hands.heading == "Ward 7"
        await hands.press("escape")
        assert isinstance(app.screen, ActionsScreen)


# Other models


@pytest.mark.parametrize("name", ["matrix-1-to-5", "matrix-halves", "matrix-cymraeg"])
async def test_every_screen_works_with_other_scales_bands_and_languages(
    tmp_path: Path, settings: Settings, name: str
) -> None:
    folder = tmp_path / "workspace"
    folder.mkdir()
    (folder / "matrix.yaml").write_bytes((DATA / f"{name}.yaml").read_bytes())
    desk = open_desk(folder, cache=tmp_path / "cache")
    matrix = desk.tools.library.matrix().value
    low, *_, high = matrix.levels()
    assessed(desk, "Ward 7", high, day=LAST_YEAR, target=high, rationale="We ask", agreed="Send the list")
    assessed(desk, "Ward 9", high, contact="Ward clerk")
    survey = surveyed(desk, "Ward 7", [low, high, low, high, low, low])
    app = KmtuiApp(lambda: desk, settings, Start())
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await to_record(app, hands, survey)
        await hands.press("f8", *str(low))
        assert "A first fall" in whole(app, "#last-time")
        assert f"from {low} to {high}" in whole(app, "#answered")
        await hands.press("ctrl+f")
        assert "Ask: Ward clerk" in text_of(hands)
        await hands.press("escape", "ctrl+l")
        assert isinstance(app.screen, OffersScreen)
        await hands.enter("One of our own")
        await hands.press("ctrl+l", "enter", "enter")
        assert on_disk(desk, survey).actions[0].priority == "now"
        await hands.press("escape", "ctrl+r", "ctrl+r", "ctrl+r", "f4")
        assert hands.heading.startswith("Then and now")
        await hands.press("f8", "f8", *["ctrl+r"] * 5)
        assert app.fault is None
        for view in ("river", "stairs", "trend"):
            app.push_screen(CompareScreen(view, "Ward 7"))
            await hands.settle()
            assert matrix.criteria[0].name in text_of(hands)
            assert app.fault is None


# Hostile words


@pytest.mark.slow
@pytest.mark.parametrize("texts", FEWER, ids=range(len(FEWER)))
async def test_hostile_words_of_a_survey_and_of_last_time_steer_nothing(
    app: KmtuiApp, desk: Desk, texts: Texts
) -> None:
    some = cycle(texts)
    assessed(desk, "Ward 7", 7, day=LAST_YEAR, rationale=next(some), contact=next(some), agreed=next(some))
    assessed(desk, texts[-2], 9, contact=texts[-1])
    (line,) = desk.actions()
    desk.follow_up(line.id, note=next(some), outcome=next(some), owner=next(some), done_when=next(some))
    survey = surveyed(desk, "Ward 7", [2, 11, 6, 6, 7], rationale=" ".join(texts))
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await to_actions(app, hands)
        await hands.press("f2", "escape", "escape")
        await to_record(app, hands, survey)
        for keys in (
            ["f8"],
            ["ctrl+f"],
            ["escape", "3", "ctrl+r"],
            ["ctrl+r"],
            ["ctrl+r"],
            ["f4"],
            ["f8", "f8"],
            ["ctrl+r"],
            ["ctrl+r"],
            ["ctrl+r"],
        ):
            await hands.press(*keys)
            for shown in hands.screen_text():
                assert not STEERING.search(shown), keys
        assert isinstance(app.screen, ReportScreen)
