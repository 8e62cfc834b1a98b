"""The plan on the screens: what could be done, and the plan presented back. After each step the state on disk."""

from __future__ import annotations

from datetime import timedelta

import pytest

from kmtui.model.base import in_words
from kmtui.model.plan import Planned
from kmtui.tui.app import KmtuiApp
from kmtui.tui.screens.assessment import AssessmentScreen
from kmtui.tui.screens.card import CardScreen
from kmtui.tui.screens.home import HomeScreen
from kmtui.tui.screens.offers import OffersScreen
from kmtui.tui.screens.plan import PlanScreen
from kmtui.tui.screens.report import ReportScreen
from kmtui.tui.screens.session import SessionScreen
from kmtui.tui.widgets.asker import Asker
from kmtui.workspace.assessments import OpenAssessment
from kmtui.workspace.desk import Desk
from kmtui.workspace.planning import Planning
from kmtui.workspace.settings import Settings
from kmtui.workspace.start import Start
from tests.tui.driving import Hands
from tests.tui.teams import LAST_YEAR, assessed, criteria, goal, on_disk
from tests.tui.test_hostile import FEWER, STEERING, Texts

SIZES = [(40, 14), (60, 18), (100, 30)]


def plan_of(desk: Desk, record_id: str) -> tuple[Planned, ...]:
    """Return the plan on disk."""
    return on_disk(desk, record_id).actions


def with_lines(desk: Desk, *words: str, technique: str | None = None) -> str:
    """Keep an open assessment with these lines in its plan; return its id."""
    record_id = assessed(desk, "Ward 7", 4, finish=False)
    opened = desk.open(record_id)
    assert isinstance(opened, OpenAssessment)
    planning = Planning(desk.tools, opened)
    for each in words:
        line = planning.write_own(each, criteria(desk)[0])
        if technique:
            planning.put(line.id, technique=technique)
    opened.close()
    return record_id


async def to_plan(hands: Hands) -> None:
    """Go from home to the plan of the record worked on last."""
    await hands.settle()
    await hands.press("enter", "ctrl+l")


@pytest.mark.parametrize("size", SIZES)
async def test_an_empty_plan_shows_first_what_could_be_done_and_enter_ticks(
    app: KmtuiApp, desk: Desk, size: tuple[int, int]
) -> None:
    record_id = assessed(desk, "Ward 7", 4, target=8, finish=False)
    async with app.run_test(size=size) as pilot:
        hands = Hands(pilot)
        await to_plan(hands)
        assert isinstance(app.screen, OffersScreen)
        assert hands.rows[0].startswith("[ ]")
        await hands.press("enter")
        assert hands.rows[0].startswith("[x]")
        (line,) = plan_of(desk, record_id)
        assert (line.criterion, line.action) == (criteria(desk)[0], hands.rows[0].split("\n")[0].removeprefix("[x] "))
        await hands.press("enter")
        assert plan_of(desk, record_id) == ()
        await hands.press("ctrl+z")
        assert len(plan_of(desk, record_id)) == 1
        assert app.screen.query_one(Asker).field.region.bottom < size[1]
        await hands.press("ctrl+l")
        assert isinstance(app.screen, PlanScreen)
        await hands.press("escape")
        assert isinstance(app.screen, AssessmentScreen)
        await hands.press("5")
        assert on_disk(desk, record_id).ratings[0].level == 5


async def test_gaps_that_matter_to_a_goal_come_first_and_it_is_said_why(app: KmtuiApp, desk: Desk) -> None:
    assessed(desk, "Ward 7", 4, target=8, goals=[goal(desk, 3)], finish=False)
    name = desk.tools.library.matrix().value.criteria[3].name
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await to_plan(hands)
        shown = " ".join(" ".join(hands.screen_text()).split())
        assert name in shown
        assert "target 8: four levels to go" in shown
        assert "It matters to: Fewer beds moved twice" in shown
        await hands.press("f8")
        assert "It comes after the gaps that matter to a goal" in " ".join(" ".join(hands.screen_text()).split())


async def test_own_words_belong_to_the_criterion_shown_and_to_its_goal(app: KmtuiApp, desk: Desk) -> None:
    record_id = assessed(desk, "Ward 7", 4, target=8, goals=[goal(desk, 3)], finish=False)
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_plan(hands)
        await hands.enter("Ask the night staff")
        (line,) = plan_of(desk, record_id)
        assert (line.action, line.criterion) == ("Ask the night staff", criteria(desk)[3])
        assert line.objective == "Fewer beds moved twice"
        assert any(row.startswith("[x] Ask the night staff") for row in hands.rows)


async def test_what_worked_for_another_team_is_copied_once(app: KmtuiApp, desk: Desk) -> None:
    assessed(desk, "Ward 9", 4, day=LAST_YEAR, agreed="Meet at the board at eight")
    (other,) = desk.actions()
    desk.follow_up(other.id, state="done", outcome="Handover takes half the time")
    record_id = assessed(desk, "Ward 7", 4, finish=False)
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await to_plan(hands)
        assert any("Handover takes half the time" in row for row in hands.rows)
        while not hands.rows[_highlighted(app)].startswith("+"):
            await hands.press("down")
        await hands.press("enter")
        (line,) = plan_of(desk, record_id)
        assert (line.action, line.owner, line.due) == ("Meet at the board at eight", "", None)
        while not hands.rows[_highlighted(app)].startswith("+"):
            await hands.press("down")
        await hands.press("enter")
        assert "already" in hands.told
        assert len(plan_of(desk, record_id)) == 1


def _highlighted(app: KmtuiApp) -> int:
    from kmtui.tui.widgets.rows import Rows

    return app.screen.query_one(Rows).highlighted or 0


async def test_behind_the_last_criterion_stands_the_plan(app: KmtuiApp, desk: Desk) -> None:
    assessed(desk, "Ward 7", 4, finish=False)
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_plan(hands)
        await hands.press("f7")
        assert "first" in hands.told
        await hands.press("ctrl+g", "end", "enter")
        assert isinstance(app.screen, OffersScreen)
        await hands.press("f8")
        assert isinstance(app.screen, PlanScreen)
        assert "Nothing is chosen yet" in hands.told
        await hands.press("f7")
        assert isinstance(app.screen, OffersScreen)


async def test_priority_dots_and_words_are_given_in_the_one_field(app: KmtuiApp, desk: Desk) -> None:
    record_id = with_lines(desk, "Send the list")
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_plan(hands)
        await hands.press("enter")
        assert plan_of(desk, record_id)[0].priority is None
        assert "Enter again: “Send the list”, do now" in hands.told
        for priority in ("now", "next", "later", None, "now"):
            await hands.press("enter")
            assert plan_of(desk, record_id)[0].priority == priority
        assert "Do now" in hands.rows[0]
        await hands.enter("3")
        assert plan_of(desk, record_id)[0].dots == 3
        assert "●●● three dots" in hands.rows[0]
        await hands.enter("99999")
        assert "999" in hands.told
        assert hands.field == "99999"
        app.screen.query_one(Asker).field.fill("")
        await hands.enter("Thank the kitchen")
        assert [line.action for line in plan_of(desk, record_id)] == ["Send the list", "Thank the kitchen"]


async def test_not_for_us_asks_why_and_the_same_key_takes_it_back(app: KmtuiApp, desk: Desk) -> None:
    record_id = with_lines(desk, "Send the list")
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_plan(hands)
        await hands.press("ctrl+d")
        await hands.enter("We have no list")
        (line,) = plan_of(desk, record_id)
        assert (line.priority, line.reason) == ("not-for-us", "We have no list")
        assert "because: We have no list" in hands.rows[0]
        for _ in range(3):
            await hands.press("enter")
        assert plan_of(desk, record_id) == (line,)
        assert "stays so" in hands.told
        await hands.press("ctrl+d")
        assert plan_of(desk, record_id)[0].priority is None
        await hands.press("ctrl+d")
        assert hands.field == "We have no list"
        await hands.press("escape")
        assert plan_of(desk, record_id)[0].priority is None
        assert isinstance(app.screen, PlanScreen)


async def test_order_by_dots_by_priority_and_by_hand_with_undo(app: KmtuiApp, desk: Desk) -> None:
    record_id = with_lines(desk, "one", "two", "three")

    def order() -> list[str]:
        return [line.action for line in plan_of(desk, record_id)]

    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_plan(hands)
        await hands.press("down")
        await hands.enter("2")
        await hands.press("down")
        await hands.enter("1", "", "")
        await hands.press("ctrl+o")
        assert order() == ["two", "three", "one"]
        await hands.press("ctrl+o")
        assert order() == ["three", "two", "one"]
        await hands.press("up", "up", "up", "ctrl+down")
        assert order()[1] == "three"
        await hands.press("ctrl+z", "ctrl+z", "ctrl+z")
        assert order() == ["one", "two", "three"]


@pytest.mark.parametrize("size", SIZES)
async def test_an_idea_becomes_an_action_when_it_has_an_owner_and_a_day(
    app: KmtuiApp, desk: Desk, size: tuple[int, int]
) -> None:
    record_id = with_lines(desk, "Send the list")
    today = desk.tools.today()
    async with app.run_test(size=size) as pilot:
        hands = Hands(pilot)
        await to_plan(hands)
        assert "Idea" in hands.rows[0]
        await hands.press("f2")
        await hands.enter("", "Bed manager", "someday")
        assert "not a date" in hands.told
        app.screen.query_one(Asker).field.fill("")
        await hands.enter("tomorrow", "2 weeks", "no bed is moved twice", "Calmer nights", "lo", "high", "4")
        (line,) = plan_of(desk, record_id)
        assert (line.owner, line.due, line.review) == (
            "Bed manager",
            today + timedelta(days=1),
            today + timedelta(days=14),
        )
        assert (line.done_when, line.objective) == ("no bed is moved twice", "Calmer nights")
        assert (line.effort, line.benefit, line.dots) == ("low", "high", 4)
        assert not line.idea
        assert "Idea" not in hands.rows[0]
        assert app.screen.query_one(Asker).field.region.bottom < size[1]


async def test_f8_takes_a_change_as_it_stands_and_esc_keeps_what_was_half_typed(app: KmtuiApp, desk: Desk) -> None:
    record_id = with_lines(desk, "Send the list")
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_plan(hands)
        await hands.press("f2", "enter")
        await hands.say("Bed manager")
        await hands.press("f8")
        assert plan_of(desk, record_id)[0].owner == "Bed manager"
        await hands.press("f2")
        await hands.say(" twice")
        await hands.press("delete", "escape")
        assert plan_of(desk, record_id)[0].action == "Send the list"
        assert isinstance(app.screen, PlanScreen)
        assert "words in the field are kept" in hands.told
        await hands.press("f2")
        assert hands.field == "Send the list twice"


async def test_each_answer_of_a_form_is_in_the_plan_at_once_and_undo_takes_it_back(app: KmtuiApp, desk: Desk) -> None:
    record_id = with_lines(desk, "Send the list")
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_plan(hands)
        await hands.press("f2")
        await hands.enter("", "Bed manager", "tomorrow")
        (line,) = plan_of(desk, record_id)
        assert (line.owner, line.due) == ("Bed manager", desk.tools.today() + timedelta(days=1))
        await hands.press("escape")
        assert hands.told == "What was entered is in the plan."
        assert plan_of(desk, record_id) == (line,)
        await hands.press("enter")
        assert plan_of(desk, record_id)[0].priority is None
        await hands.press("ctrl+z")
        assert (plan_of(desk, record_id)[0].owner, plan_of(desk, record_id)[0].due) == ("Bed manager", None)
        await hands.press("ctrl+z", "f2", "escape")
        assert plan_of(desk, record_id)[0].owner == ""
        assert hands.told == "Nothing was changed."


@pytest.mark.parametrize("keys", [("ctrl+q",), ("escape", "escape", "ctrl+q")])
async def test_words_half_typed_in_the_form_of_a_line_are_there_again(
    app: KmtuiApp, desk: Desk, keys: tuple[str, ...]
) -> None:
    record_id = with_lines(desk, "Send the list", "Thank the kitchen")
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_plan(hands)
        await hands.press("f2")
        await hands.enter("", "Bed manager")
        await hands.say("next mon")
        await hands.press(*keys)
    assert plan_of(desk, record_id)[0].owner == "Bed manager"
    again = KmtuiApp(lambda: desk, app.settings, app.start)
    async with again.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_plan(hands)
        await hands.press("down", "f2")
        assert hands.field == "Thank the kitchen"
        await hands.press("escape", "up", "f2")
        assert hands.field == "next mon"
        assert "from before" in hands.told


async def test_a_half_typed_reason_why_it_is_not_for_us_is_there_again(app: KmtuiApp, desk: Desk) -> None:
    record_id = with_lines(desk, "Send the list")
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_plan(hands)
        await hands.press("ctrl+d")
        await hands.say("We have no")
        await hands.press("ctrl+q")
    assert plan_of(desk, record_id)[0].priority is None
    again = KmtuiApp(lambda: desk, app.settings, app.start)
    async with again.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_plan(hands)
        await hands.press("ctrl+d")
        assert hands.field == "We have no"


async def test_own_words_are_put_to_a_criterion_and_the_form_names_it(app: KmtuiApp, desk: Desk) -> None:
    record_id = with_lines(desk, "Send the list", technique="no-such-thing")
    first, second = desk.tools.library.matrix().value.criteria[:2]
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await to_plan(hands)
        assert "No such thing: not part of this kmtui yet; the library can help" in hands.rows[0]
        assert "no-such-thing" not in hands.rows[0]
        await hands.press("ctrl+t")
        assert "No such thing: not part of this kmtui yet" in hands.told
        await hands.press("f2")
        assert f"For {first.name}" in hands.told
        await hands.enter("", "", "", "", "", "", "", "", "")
        assert hands.field == first.name
        app.screen.query_one(Asker).field.fill("zzz")
        await hands.press("enter")
        assert "No criterion has" in hands.told
        app.screen.query_one(Asker).field.fill(second.name.upper())
        await hands.press("enter")
        assert plan_of(desk, record_id)[0].criterion == second.id


async def test_a_goal_is_chosen_by_its_number(app: KmtuiApp, desk: Desk) -> None:
    record_id = assessed(desk, "Ward 7", 4, target=8, goals=[goal(desk, 3), goal(desk, 4, "Calmer nights")])
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        app.push_screen(ReportScreen(record_id))
        await hands.settle()
        await hands.press("ctrl+l", "enter", "ctrl+l", "f2")
        await hands.enter("", "", "", "", "")
        app.screen.query_one(Asker).field.fill("")
        await hands.enter("2")
        await hands.press("f8")
        assert plan_of(desk, record_id)[0].objective == "Calmer nights"


async def test_a_line_is_removed_and_comes_back(app: KmtuiApp, desk: Desk) -> None:
    record_id = with_lines(desk, "one", "two")
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_plan(hands)
        await hands.press("down", "delete")
        assert [line.action for line in plan_of(desk, record_id)] == ["one"]
        await hands.press("ctrl+z")
        assert [line.action for line in plan_of(desk, record_id)] == ["one", "two"]
        await hands.press("ctrl+y")
        assert [line.action for line in plan_of(desk, record_id)] == ["one"]


async def test_a_technique_is_started_and_what_came_of_it_stands_at_the_line(app: KmtuiApp, desk: Desk) -> None:
    record_id = with_lines(desk, "Look back on the move", technique=desk.first_technique)
    (line,) = plan_of(desk, record_id)
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await to_plan(hands)
        await hands.press("ctrl+r")
        assert "No session was held" in hands.told
        await hands.press("ctrl+t")
        assert isinstance(app.screen, CardScreen)  # it has several forms to choose from
        await hands.press("enter")
        screen = app.screen
        assert isinstance(screen, SessionScreen)
        session = screen.opened.record
        assert (session.action, session.criterion, session.assessment) == (line.id, line.criterion, record_id)
        criterion = desk.tools.library.matrix().value.criteria[0]
        assert (session.team, session.title) == ("Ward 7", criterion.name)
        await hands.press("escape")
        assert isinstance(app.screen, PlanScreen)
        assert f"Held {in_words(desk.tools.today())} (not finished). Ctrl+R shows what came of it." in hands.rows[0]
        await hands.enter("3")
        assert plan_of(desk, record_id)[0].dots == 3
        await hands.press("ctrl+r")
        assert isinstance(app.screen, SessionScreen)
        assert app.screen.opened.record.id == session.id


async def test_a_line_without_a_technique_starts_nothing(app: KmtuiApp, desk: Desk) -> None:
    with_lines(desk, "Send the list")
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_plan(hands)
        await hands.press("ctrl+t")
        assert "no technique" in hands.told
        assert isinstance(app.screen, PlanScreen)


async def test_the_plan_of_a_finished_assessment_is_changed_from_its_report(app: KmtuiApp, desk: Desk) -> None:
    record_id = assessed(desk, "Ward 7", 4, agreed="Send the list")
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        app.push_screen(ReportScreen(record_id))
        await hands.settle()
        await hands.press("ctrl+l")
        assert isinstance(app.screen, PlanScreen)
        await hands.press("enter", "enter")
        assert plan_of(desk, record_id)[0].priority == "now"
        await hands.press("escape")
        assert isinstance(app.screen, ReportScreen)
        assert app.opened is None
        assert on_disk(desk, record_id).finished


async def test_plan_and_board_page_are_exported(app: KmtuiApp, desk: Desk) -> None:
    with_lines(desk, "Send the list")
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await to_plan(hands)
        await hands.press("ctrl+e")
        assert hands.field.endswith("_plan.md")
        await hands.press("enter")
        assert "Written to" in hands.told
        await hands.press("ctrl+e", "ctrl+r")
        assert hands.field.endswith("_board.md")
        await hands.press("enter")
        await hands.press("ctrl+e", "ctrl+r", "ctrl+r")
        assert hands.field.endswith(".json")
    files = {path.name.split("assessment")[1]: path.read_text() for path in (desk.folder / "exports").iterdir()}
    assert set(files) == {"_plan.md", "_board.md"}
    assert "Send the list" in files["_plan.md"]
    assert files["_plan.md"] != files["_board.md"]


async def test_half_typed_words_come_back_in_plan_and_options(app: KmtuiApp, desk: Desk) -> None:
    with_lines(desk, "Send the list")
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_plan(hands)
        await hands.say("half a line")
        await hands.press("ctrl+q")
    again = KmtuiApp(lambda: desk, app.settings, app.start)
    async with again.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_plan(hands)
        assert hands.field == "half a line"
        await hands.press("escape", "escape")
        assert isinstance(again.screen, HomeScreen)


@pytest.mark.slow
@pytest.mark.parametrize("texts", FEWER, ids=range(len(FEWER)))
async def test_hostile_words_stand_in_plan_options_and_form(desk: Desk, settings: Settings, texts: Texts) -> None:
    record_id = assessed(desk, texts[0], 4, target=8, goals=[goal(desk, 0, texts[-1])], finish=False)
    opened = desk.open(record_id)
    assert isinstance(opened, OpenAssessment)
    planning = Planning(desk.tools, opened)
    for text in texts:
        line = planning.write_own(text, criteria(desk)[0])
        planning.put(line.id, owner=text, done_when=text, reason=text, objective=text, outcome=text, note=text)
    planning.put(planning.lines[0].id, priority="not-for-us")
    opened.close()
    app = KmtuiApp(lambda: desk, settings, Start())
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_plan(hands)
        for keys in (["down"], ["f2"], ["escape", "f7"], ["ctrl+g"], ["escape", "ctrl+f"], ["escape", "escape"]):
            await hands.press(*keys)
            for line_shown in hands.screen_text():
                assert not STEERING.search(line_shown), keys
        assert isinstance(app.screen, PlanScreen)
