"""Setting a team up: lines, goals, criteria, local options, the advance copy, and beginning with it."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from kmtui.model.assessment import Assessment
from kmtui.model.session import Person
from kmtui.model.setup import LeftOut, LocalOption, Objective, SetUp
from kmtui.text import clean
from kmtui.tui.app import KmtuiApp
from kmtui.tui.editing import SetUpEditing
from kmtui.tui.screens import keeping
from kmtui.tui.screens.assessment import AssessmentScreen
from kmtui.tui.screens.begin import BeginAssessmentScreen
from kmtui.tui.screens.goals import GoalsScreen, TickScreen
from kmtui.tui.screens.home import HomeScreen
from kmtui.tui.screens.leaving_out import LeavingOutScreen
from kmtui.tui.screens.local_options import LocalOptionsScreen
from kmtui.tui.screens.setup import SetUpScreen
from kmtui.tui.screens.setups import SetUpsScreen
from kmtui.tui.screens.survey import BeginSurveyScreen, SurveyScreen
from kmtui.tui.screens.texts import TextScreen
from kmtui.workspace.desk import Desk, open_desk
from kmtui.workspace.settings import Settings
from kmtui.workspace.setups import TeamSetUp, keep_set_up, new_set_up, set_ups
from kmtui.workspace.start import Start
from kmtui.workspace.typed import read_typed
from tests.hostile import HOSTILE
from tests.tui.driving import Hands
from tests.tui.test_hostile import STEERING

DATA = Path(__file__).parents[1] / "data"
SHORT = (40, 14)


def only(desk: Desk) -> TeamSetUp:
    """Return the one set-up of a workspace as it is on disk."""
    (found,) = set_ups(desk.tools)
    return found


def kept(desk: Desk, team: str = "Ward 7", name: str = "Whole team", **fields: object) -> TeamSetUp:
    """Keep a set-up."""
    setup = new_set_up(desk.tools, name)
    return keep_set_up(desk.tools, team, SetUp(id=setup.id, name=name, **fields))  # type: ignore[arg-type]


async def open_list(hands: Hands) -> None:
    """Go from home to the list of set-ups."""
    await hands.settle()
    await hands.press("home")
    await choose(hands, "Set up a team")
    await hands.press("enter")
    assert isinstance(hands.app.screen, SetUpsScreen)


def chosen_number(hands: Hands) -> int:
    """Return the place of the chosen line."""
    from kmtui.tui.widgets.rows import Rows

    return hands.app.screen.query_one(Rows).highlighted or 0


async def choose(hands: Hands, words: str) -> None:
    """Choose the line with these words, going down from where the hands are."""
    for _ in hands.rows:
        if words in hands.rows[chosen_number(hands)]:
            return
        await hands.press("down")
    raise AssertionError(f"no line has the words {words}: {hands.rows}")


async def test_a_team_is_set_up_line_by_line_and_each_is_on_disk(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await open_list(hands)
        await hands.enter("Ward 7")
        await hands.press("enter")
        assert isinstance(app.screen, SetUpScreen)
        assert (only(desk).team, only(desk).setup.name) == ("Ward 7", "Whole team")
        await hands.enter("survey")
        assert only(desk).setup.way == "survey"
        await hands.enter("the whole ward", "ward sister, 4 porters", "St Elsewhere", "1/12/2027", "Fewer moves")
        setup = only(desk).setup
        assert setup.on_behalf_of == "the whole ward"
        assert setup.people == (Person(role="ward sister"), Person(role="porters", count=4))
        assert setup.organisation == "St Elsewhere"
        assert setup.feedback == date(2027, 12, 1)
        assert setup.objectives == (Objective(text="Fewer moves"),)
        assert any("1 December 2027" in row for row in hands.rows)


async def test_the_fewest_keys_to_a_set_up(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await hands.press("down", "down", "down", "enter")
        await hands.enter("Ward 7", "")
        assert isinstance(app.screen, SetUpScreen)
        assert len(hands.keys) == 6


async def test_what_is_no_date_stays_in_the_field_and_a_second_esc_leaves_without_it(app: KmtuiApp, desk: Desk) -> None:
    found = kept(desk)
    async with app.run_test(size=SHORT) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await app.push_screen(SetUpScreen(SetUpEditing(desk.tools, found)))
        await hands.settle()
        await choose(hands, "Feedback")
        await hands.enter("soon")
        assert "is not a date" in hands.told
        assert hands.field == "soon"
        await hands.press("escape")
        assert isinstance(app.screen, HomeScreen)
    assert only(desk).setup.feedback is None


async def test_esc_keeps_the_words_in_the_field(app: KmtuiApp, desk: Desk) -> None:
    found = kept(desk)
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await app.push_screen(SetUpScreen(SetUpEditing(desk.tools, found)))
        await hands.settle()
        await choose(hands, "Organisation")
        await hands.say("St Elsewhere")
        await hands.press("escape")
    assert only(desk).setup.organisation == "St Elsewhere"


async def test_changes_are_taken_back_and_made_again(app: KmtuiApp, desk: Desk) -> None:
    found = kept(desk)
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await app.push_screen(SetUpScreen(SetUpEditing(desk.tools, found)))
        await hands.settle()
        await hands.enter("survey")
        await hands.press("ctrl+z")
        assert only(desk).setup.way == "group"
        assert "Taken back" in hands.told
        await hands.press("ctrl+y")
        assert only(desk).setup.way == "survey"


async def test_a_name_that_is_taken_is_refused_and_nothing_is_lost(app: KmtuiApp, desk: Desk) -> None:
    first = kept(desk, name="Whole team", organisation="One")
    kept(desk, name="Night staff", organisation="Two")
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await app.push_screen(SetUpScreen(SetUpEditing(desk.tools, first)))
        await hands.settle()
        await hands.press("up", "up")
        await hands.press("ctrl+u")
        await hands.enter("night  STAFF")
        assert "already" in hands.told
        assert hands.field == "night  STAFF"
    assert {(each.setup.name, each.setup.organisation) for each in set_ups(desk.tools)} == {
        ("Whole team", "One"),
        ("Night staff", "Two"),
    }


async def test_goals_are_written_ticked_changed_and_removed(app: KmtuiApp, desk: Desk) -> None:
    found = kept(desk)
    first, second = desk.tools.library.matrix().value.criteria[:2]
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await app.push_screen(GoalsScreen(SetUpEditing(desk.tools, found)))
        await hands.settle()
        await hands.enter("Fewer moves", "")
        assert isinstance(app.screen, TickScreen)
        await hands.press("enter", "down", "enter")
        assert only(desk).setup.objectives == (Objective(text="Fewer moves", criteria=(first.id, second.id)),)
        await hands.press("enter")
        assert only(desk).setup.objectives[0].criteria == (first.id,)
        assert f"[x] {first.name}" in hands.rows
        await hands.press("escape")
        assert "1 criterion" in hands.rows[0]
        await hands.press("f2")
        await hands.enter(" at night")
        assert only(desk).setup.objectives[0] == Objective(text="Fewer moves at night", criteria=(first.id,))
        await hands.enter("Better handovers")
        await hands.press("ctrl+up")
        assert [each.text for each in only(desk).setup.objectives] == ["Better handovers", "Fewer moves at night"]
        await hands.press("delete")
        assert [each.text for each in only(desk).setup.objectives] == ["Fewer moves at night"]
        await hands.press("ctrl+z")
        assert len(only(desk).setup.objectives) == 2


async def test_a_criterion_and_a_whole_section_are_left_out_with_a_reason_and_taken_back(
    app: KmtuiApp, desk: Desk
) -> None:
    found = kept(desk)
    matrix = desk.tools.library.matrix().value
    section = matrix.sections[0]
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await app.push_screen(LeavingOutScreen(SetUpEditing(desk.tools, found)))
        await hands.settle()
        await hands.press("down", "enter")
        one = section.criteria[0]
        assert only(desk).setup.left_out == (LeftOut(criterion=one.id, reason="", name=one.name),)
        assert "Type why" in hands.told
        await hands.enter("others do this for us")
        assert only(desk).setup.left_out[0].reason == "others do this for us"
        assert any("others do this for us" in row for row in hands.rows)
        await hands.press("up")
        await hands.enter("not this year")
        assert len(only(desk).setup.left_out) == 1
        assert "Enter again leaves out all" in hands.told
        await hands.press("enter")
        assert {each.criterion for each in only(desk).setup.left_out} == {each.id for each in section.criteria}
        assert {each.reason for each in only(desk).setup.left_out} == {"not this year"}
        await hands.press("enter")
        assert only(desk).setup.left_out == ()
        await hands.press("ctrl+z")
        assert len(only(desk).setup.left_out) == len(section.criteria)


async def test_one_criterion_at_least_is_used(app: KmtuiApp, desk: Desk) -> None:
    found = kept(desk)
    matrix = desk.tools.library.matrix().value
    last = matrix.sections[-1]
    editing = SetUpEditing(desk.tools, found)
    rest = tuple(each.id for each in matrix.criteria if each not in last.criteria)
    editing.leave_out(rest, "not ours")
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await app.push_screen(LeavingOutScreen(editing))
        await hands.settle()
        await choose(hands, f"{last.name}  ")
        await hands.enter("nor this", "")
        assert "Keep at least one" in hands.told
        assert hands.field == "nor this"
    assert len(only(desk).setup.left_out) == len(rest)


async def test_options_of_the_local_service(app: KmtuiApp, desk: Desk) -> None:
    found = kept(desk)
    first, second = desk.tools.library.matrix().value.criteria[:2]
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await app.push_screen(LocalOptionsScreen(SetUpEditing(desk.tools, found)))
        await hands.settle()
        await hands.enter("Ask for a search", "the library")
        await hands.press("escape")  # no criterion yet: the words are still there
        assert isinstance(app.screen, LocalOptionsScreen)
        assert hands.field == "the library"
        assert only(desk).setup.options == ()
        await hands.press("enter", "down", "enter")
        (option,) = only(desk).setup.options
        assert option == LocalOption(criterion=second.id, text="Ask for a search", service="the library")
        await hands.press("f2")
        await hands.enter(" of evidence", "")
        await hands.press("up", "enter")
        (option,) = only(desk).setup.options
        assert option == LocalOption(criterion=first.id, text="Ask for a search of evidence", service="the library")
        await hands.press("delete")
        assert only(desk).setup.options == ()
        await hands.press("ctrl+z")
        assert only(desk).setup.options == (option,)


async def test_the_advance_copy_is_read_and_written(app: KmtuiApp, desk: Desk) -> None:
    found = kept(desk, objectives=(Objective(text="Fewer moves"),))
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await app.push_screen(SetUpScreen(SetUpEditing(desk.tools, found)))
        await hands.settle()
        await choose(hands, "Advance copy")
        await hands.press("enter")
        assert isinstance(app.screen, TextScreen)
        assert "Ward 7" in " ".join(hands.screen_text())
        await hands.press("ctrl+e", "enter")
        assert "Written to" in hands.told
    (written,) = (desk.folder / "exports").iterdir()
    assert written.name == "ward-7_whole-team_advance-copy.md"
    assert "Fewer moves" in written.read_text(encoding="utf-8")


async def test_a_group_begins_with_the_set_up(app: KmtuiApp, desk: Desk) -> None:
    matrix = desk.tools.library.matrix().value
    out = matrix.criteria[0]
    kept(desk, objectives=(Objective(text="Fewer moves"),), left_out=(LeftOut(criterion=out.id, reason="no"),))
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await open_list(hands)
        await hands.press("f8")
        assert isinstance(app.screen, AssessmentScreen)
        (line,) = desk.records()
        record = desk.read(line.id)
        assert isinstance(record, Assessment)
        assert (record.team, record.setup, record.way) == ("Ward 7", "Whole team", "group")
        assert record.matrix.criterion(out.id) is None
        assert record.left_out[0].name == out.name
        await hands.press("escape")
        assert isinstance(app.screen, HomeScreen)


async def test_a_survey_begins_with_the_set_up_and_a_return_date(app: KmtuiApp, desk: Desk) -> None:
    kept(desk, way="survey")
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await open_list(hands)
        await hands.press("enter")
        assert isinstance(app.screen, SetUpScreen)
        await hands.press("escape", "f8")
        assert isinstance(app.screen, BeginSurveyScreen)
        await hands.enter("2001-01-01")
        assert "has passed" in hands.told
        assert desk.records() == []
        await hands.press("ctrl+u")
        await hands.enter("2 weeks")
        assert isinstance(app.screen, SurveyScreen)
        (line,) = desk.records()
        assert line.collecting
        assert line.closes is not None
        await hands.press("escape")
        assert isinstance(app.screen, HomeScreen)
        assert any("survey, return by" in row for row in hands.rows)


async def test_from_assess_a_team_the_team_goes_along_and_esc_comes_back(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await hands.press("down", "enter")
        await hands.say("Ward 7")
        await hands.press("ctrl+t")
        assert isinstance(app.screen, SetUpsScreen)
        assert hands.field == "Ward 7"
        await hands.press("escape")
        assert isinstance(app.screen, BeginAssessmentScreen)
        assert hands.field == "Ward 7"
        await hands.press("ctrl+r")
        assert isinstance(app.screen, BeginSurveyScreen)
        assert hands.field == "Ward 7"


async def test_a_set_up_is_taken_away_and_comes_back(app: KmtuiApp, desk: Desk) -> None:
    found = kept(desk)
    async with app.run_test(size=SHORT) as pilot:
        hands = Hands(pilot)
        await open_list(hands)
        await hands.press("delete")
        assert set_ups(desk.tools) == []
        await hands.press("ctrl+z")
        assert only(desk) == found


async def test_another_model_is_chosen_where_there_is_one(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "workspace"
    folder.mkdir()
    shutil.copy(DATA / "matrix-halves.yaml", folder / "matrix.yaml")
    desk = open_desk(folder, cache=tmp_path / "cache")
    app = KmtuiApp(lambda: desk, settings, Start())
    own, shipped = (loaded.value for loaded in desk.tools.library.matrices())
    found = kept(desk)
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await app.push_screen(SetUpScreen(SetUpEditing(desk.tools, found)))
        await hands.settle()
        await choose(hands, f"Model             {own.title}"[:30])
        await hands.press("enter", "down", "enter")
        assert only(desk).setup.matrix == shipped.id
        assert any(f"{len(shipped.criteria)} of {len(shipped.criteria)}" in row for row in hands.rows)


@pytest.mark.parametrize("size", [SHORT, (200, 60)])
@pytest.mark.parametrize("start", range(0, len(HOSTILE), 26))
async def test_hostile_words_do_nothing_on_any_line(
    app: KmtuiApp, desk: Desk, start: int, size: tuple[int, int]
) -> None:
    texts = [text for text in HOSTILE[start : start + 26] if clean(text).strip()] or ["x"]

    def some(number: int) -> str:
        return texts[number % len(texts)]

    criteria = desk.tools.library.matrix().value.criteria
    found = kept(
        desk,
        team=f"T {some(0)}",
        name=f"N {some(1)}",
        organisation=some(2),
        on_behalf_of=some(3),
        people=(Person(role=some(4)),),
        objectives=tuple(Objective(text=text) for text in texts),
        left_out=tuple(LeftOut(criterion=each.id, reason=some(n)) for n, each in enumerate(criteria[1:])),
        options=tuple(LocalOption(criterion=criteria[0].id, text=text, service=text) for text in texts),
    )
    async with app.run_test(size=size) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        editing = SetUpEditing(desk.tools, found)
        screens = [SetUpsScreen(), SetUpScreen(editing), GoalsScreen(editing), TickScreen(editing, 0)]
        for screen in [*screens, LeavingOutScreen(editing), LocalOptionsScreen(editing)]:
            await app.push_screen(screen)
            await hands.settle()
            await hands.press("down", "f1", "escape")
            for line in hands.screen_text():
                assert not STEERING.search(line)
    assert only(desk) == found


# What was not entered


async def restarted(desk: Desk, settings: Settings) -> KmtuiApp:
    """Return the program as it starts again on the same workspace, with nothing of it in memory."""
    again = open_desk(desk.folder, cache=settings.file.parent / "cache")
    return KmtuiApp(lambda: again, settings, Start())


async def test_ctrl_q_keeps_a_line_that_is_half_typed(app: KmtuiApp, desk: Desk) -> None:
    found = kept(desk)
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await app.push_screen(SetUpScreen(SetUpEditing(desk.tools, found)))
        await hands.settle()
        await choose(hands, "Organisation")
        await hands.say("St Elsewhere")
        await hands.press("ctrl+q")
        assert not app.is_running or app._exit
    assert only(desk).setup.organisation == "St Elsewhere"


async def test_ctrl_q_tells_once_what_cannot_be_kept(app: KmtuiApp, desk: Desk) -> None:
    found = kept(desk)
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await app.push_screen(SetUpScreen(SetUpEditing(desk.tools, found)))
        await hands.settle()
        await choose(hands, "Feedback")
        await hands.say("soon")
        await hands.press("ctrl+q")
        assert "is not a date" in hands.told
        assert "Ctrl+Q once more" in hands.told
        assert not app._exit
        await hands.press("ctrl+q")
        assert app._exit


async def test_ctrl_q_keeps_what_has_no_place_yet_for_the_next_start(
    app: KmtuiApp, desk: Desk, settings: Settings
) -> None:
    found = kept(desk)
    editing = SetUpEditing(desk.tools, found)
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        for screen, words in ((GoalsScreen(editing), "Fewer mo"), (LocalOptionsScreen(editing), "Ask the li")):
            await app.push_screen(screen)
            await hands.settle()
            await hands.say(words)
            await hands.press("escape")
        await app.push_screen(LeavingOutScreen(editing))
        await hands.settle()
        await hands.press("down", "down")
        await hands.say("others do")
        await app.push_screen(SetUpsScreen())
        await hands.settle()
        await hands.enter("Ward 8")
        await hands.say("Night st")
        await hands.press("ctrl+q")
    app = await restarted(desk, settings)
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        for screen, words in ((GoalsScreen(editing), "Fewer mo"), (LocalOptionsScreen(editing), "Ask the li")):
            await app.push_screen(screen)
            await hands.settle()
            assert hands.field == words
        await app.push_screen(LeavingOutScreen(editing))
        await hands.settle()
        assert (chosen_number(hands), hands.field) == (2, "others do")
        await app.push_screen(SetUpsScreen())
        await hands.settle()
        assert hands.field == "Night st"
        await hands.press("enter")
        assert {(each.team, each.setup.name) for each in set_ups(desk.tools)} == {
            ("Ward 7", "Whole team"),
            ("Ward 8", "Night st"),
        }
        assert "SetUpsScreen" not in (desk.folder / "typed.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(("screen", "line"), [(GoalsScreen, ""), (SetUpScreen, "Organisation")])
async def test_words_are_on_disk_after_a_moment_of_quiet(
    app: KmtuiApp, desk: Desk, monkeypatch: pytest.MonkeyPatch, screen: type, line: str
) -> None:
    monkeypatch.setattr(keeping, "KEPT_AFTER", 0.001)
    found = kept(desk)
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await app.push_screen(screen(SetUpEditing(desk.tools, found)))
        await hands.settle()
        if line:
            await choose(hands, line)
        await hands.say("half a w")
        for _ in range(100):
            if "half a w" in str(read_typed(desk.folder)):
                break
            await pilot.pause(0.01)
        assert "half a w" in str(read_typed(desk.folder))
        assert only(desk) == found
        await hands.press("enter")
        assert read_typed(desk.folder) == {}
        assert "half a w" in str(only(desk))


async def test_a_goal_on_the_line_of_goals_is_kept_with_down_and_with_esc(app: KmtuiApp, desk: Desk) -> None:
    found = kept(desk)
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await app.push_screen(SetUpScreen(SetUpEditing(desk.tools, found)))
        await hands.settle()
        await choose(hands, "Goals")
        await hands.say("Fewer moves")
        await hands.press("down", "up")
        assert hands.field == ""
        await hands.say("Better handovers")
        await hands.press("escape")
    assert [each.text for each in only(desk).setup.objectives] == ["Fewer moves", "Better handovers"]


async def test_an_option_typed_on_its_line_waits_for_its_criterion(app: KmtuiApp, desk: Desk) -> None:
    found = kept(desk)
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await app.push_screen(SetUpScreen(SetUpEditing(desk.tools, found)))
        await hands.settle()
        await choose(hands, "Local options")
        await hands.enter("Ask the library")
        assert isinstance(app.screen, LocalOptionsScreen)
        assert hands.field == "Ask the library"


async def test_a_reason_stays_with_the_line_where_it_was_typed(app: KmtuiApp, desk: Desk) -> None:
    found = kept(desk)
    first = desk.tools.library.matrix().value.criteria[0]
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await app.push_screen(LeavingOutScreen(SetUpEditing(desk.tools, found)))
        await hands.settle()
        await hands.press("down")
        await hands.say("others do this")
        await hands.press("up")
        assert hands.field == ""
        await hands.press("down")
        assert hands.field == "others do this"
        await hands.press("enter")
    (out,) = only(desk).setup.left_out
    assert (out.criterion, out.reason) == (first.id, "others do this")


async def test_the_lines_do_not_go_round(app: KmtuiApp, desk: Desk) -> None:
    found = kept(desk)
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await app.push_screen(SetUpScreen(SetUpEditing(desk.tools, found)))
        await hands.settle()
        await hands.press(*["down"] * len(hands.rows))
        assert chosen_number(hands) == len(hands.rows) - 1
        await hands.press(*["up"] * (len(hands.rows) + 2))
        assert chosen_number(hands) == 0


async def test_a_name_is_typed_instead_of_the_suggested_one_which_is_free(app: KmtuiApp, desk: Desk) -> None:
    kept(desk)
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await open_list(hands)
        await hands.enter("ward 7")
        assert hands.field == ""
        await hands.enter("Night staff")
        await hands.press("escape")
        await hands.enter("Ward 7", "")
    assert {each.setup.name for each in set_ups(desk.tools)} == {"Whole team", "Night staff", "Whole team 2"}


@pytest.mark.parametrize("screen", [GoalsScreen, LocalOptionsScreen])
async def test_esc_is_shown_and_what_needs_a_line_only_where_there_is_one(
    app: KmtuiApp, desk: Desk, screen: type
) -> None:
    found = kept(desk)
    async with app.run_test(size=SHORT) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await app.push_screen(screen(SetUpEditing(desk.tools, found)))
        await hands.settle()
        keys = hands.screen_text()[-1]
        assert "Esc Back" in keys
        assert not app.keys_of(app.screen).keys() & {"edit", "remove"}


async def test_home_leads_to_a_survey(app: KmtuiApp) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await choose(hands, "Ask people one by one")
        await hands.press("enter")
        assert isinstance(app.screen, BeginSurveyScreen)
        assert "the team is needed" in " ".join(" ".join(hands.screen_text()).split())
        await hands.press("f8")
        assert isinstance(app.screen, BeginSurveyScreen)
        assert "team" in hands.told


@pytest.mark.parametrize(("content", "told"), [("id: [", True), ("", False)])
async def test_home_tells_of_a_broken_technique_and_of_nothing_else(
    settings: Settings, tmp_path: Path, content: str, told: bool
) -> None:
    folder = tmp_path / "workspace"
    (folder / "techniques").mkdir(parents=True)
    if content:
        (folder / "techniques" / "own.yaml").write_text(content, encoding="utf-8")
    matrix = (Path(__file__).parents[2] / "matrix.yaml").read_text(encoding="utf-8")
    assert "technique: after-action-review" in matrix
    changed = matrix.replace("technique: after-action-review", "technique: not-installed", 1)
    (folder / "matrix.yaml").write_text(changed, encoding="utf-8")  # which is a warning
    desk = open_desk(folder, cache=tmp_path / "cache")
    desk.tools.library.matrix()
    assert desk.tools.library.problems
    app = KmtuiApp(lambda: desk, settings, Start())
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        assert any("has an error" in row for row in hands.rows) is told
