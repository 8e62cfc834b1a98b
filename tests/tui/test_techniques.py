"""Which technique? The list, the four questions, the card, and the suggestions for a line, an action, a criterion."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from kmtui.analysis.suggesting import PHASE_WORDS
from kmtui.report.card_markdown import card_markdown
from kmtui.report.words import capitalised
from kmtui.tui.app import KmtuiApp
from kmtui.tui.screens.actions import ActionsScreen
from kmtui.tui.screens.assessment import AssessmentScreen
from kmtui.tui.screens.begin import BeginSessionScreen
from kmtui.tui.screens.card import CardScreen
from kmtui.tui.screens.choose import ChooseScreen
from kmtui.tui.screens.hand_out import HandOutScreen
from kmtui.tui.screens.home import HomeScreen
from kmtui.tui.screens.offers import OffersScreen
from kmtui.tui.screens.plan import PlanScreen
from kmtui.tui.screens.session import SessionScreen
from kmtui.tui.screens.techniques import TechniquesScreen
from kmtui.tui.screens.which import SuggestedScreen, WhichScreen
from kmtui.tui.widgets.asker import Asker
from kmtui.tui.widgets.rows import Rows
from kmtui.workspace.desk import Desk, open_desk
from kmtui.workspace.sessions import start_session
from kmtui.workspace.settings import Settings
from kmtui.workspace.start import Start
from tests.hostile import HOSTILE
from tests.tui.driving import Hands
from tests.tui.teams import assessed, criteria
from tests.tui.test_around import with_an_action
from tests.tui.test_hostile import STEERING
from tests.tui.test_plan import plan_of, to_plan, with_lines
from tests.tui.test_session import REVIEW

SIZES = [(40, 14), (60, 18), (100, 30), (200, 60)]
BEFORE = "before-action-review"


async def to_techniques(hands: Hands) -> None:
    """Go from home to the list of techniques."""
    await hands.settle()
    rows = hands.app.screen.query_one(Rows)
    rows.highlighted = rows.place_of("techniques")
    await hands.press("enter")
    assert isinstance(hands.app.screen, TechniquesScreen)


def names(hands: Hands) -> list[str]:
    """Return the first words of the lines of the list."""
    return [row.split("\n")[0].strip().split("  ")[0] for row in hands.rows]


def earlier(desk: Desk, title: str = "Ward move", team: str = "Ward 7", said: str = "All moved by noon") -> str:
    """Keep a session before the work, from which the review goes on; return its id."""
    opened = start_session(desk.tools, BEFORE, title=title, team=team)
    opened.go("intended")
    opened.add_entry(said)
    opened.finish()
    opened.close()
    return opened.record.id


# Home and the list


async def test_home_stays_small_and_reads_one_technique(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        begin = hands.rows[hands.rows.index("Begin") + 1 : hands.rows.index("Look back")]
        count = len(desk.tools.library.technique_ids)
        assert count > 10
        assert [row.strip() for row in begin] == [
            "After Action Review  15 to 60 min",
            "Assess a team  about an hour",
            "Ask people one by one  a survey",
            "Set up a team  goals and people",
            f"Find a technique  {count}, and which one fits",
        ]
        assert app.screen.query_one(Rows).max_scroll_y == 0
        assert set(desk.tools.library._techniques) == {REVIEW}


async def test_the_list_is_grouped_by_phase_and_enter_shows_the_card(app: KmtuiApp, desk: Desk) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await to_techniques(hands)
        headings = [capitalised(words) for words in PHASE_WORDS.values()]
        expected: list[str] = []
        for heading, phase in zip(headings, PHASE_WORDS, strict=True):
            found = [each.value for each in desk.tools.library.techniques() if each.value.phase == phase]
            expected += [heading, *(each.name for each in found)]
        assert names(hands) == expected
        assert any(row.strip() == "Premortem  30 to 60 min, 3 to 12 people" for row in hands.rows)
        await hands.press("down", "enter")
        assert isinstance(app.screen, CardScreen)
        assert hands.heading == "Before Action Review"


async def test_words_narrow_the_list_and_stay_when_the_way_leads_back(app: KmtuiApp) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_techniques(hands)
        await hands.say("go wrong prem")
        assert names(hands) == ["Before the work starts", "Premortem"]
        await hands.press("enter")
        assert hands.heading == "Premortem"
        await hands.press("escape")
        assert hands.field == "go wrong prem"
        assert names(hands) == ["Before the work starts", "Premortem"]
        await hands.say("zzz")
        assert hands.rows == []
        assert "F4 suggests" in hands.told
        await hands.press("enter")
        assert isinstance(app.screen, TechniquesScreen)
        await hands.press("escape")
        assert isinstance(app.screen, HomeScreen)
        assert app.screen.query_one(Rows).chosen == "techniques"


async def test_a_broken_file_is_told_at_home_and_below_the_list(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "workspace" / "techniques"
    folder.mkdir(parents=True)
    (folder / "zz-own.yaml").write_text("id: [", encoding="utf-8")
    app = KmtuiApp(lambda: open_desk(folder.parent, cache=tmp_path / "cache"), settings, Start())
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        assert any("kmtui check" in row for row in hands.rows)
        await to_techniques(hands)
        assert hands.rows[-1] == "A technique file has an error. Run: kmtui check"
        await hands.press("up")
        assert "kmtui check" not in (app.screen.query_one(Rows).chosen or "")


async def test_a_first_technique_that_is_broken_leaves_the_rest_of_home(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "workspace" / "techniques"
    folder.mkdir(parents=True)
    (folder / f"{REVIEW}.yaml").write_text("id: [", encoding="utf-8")
    app = KmtuiApp(lambda: open_desk(folder.parent, cache=tmp_path / "cache"), settings, Start())
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        assert names(hands)[:2] == ["Begin", "Assess a team"]
        assert any("kmtui check" in row for row in hands.rows)


# Four questions


async def test_four_questions_lead_to_two_or_three_with_the_reason_and_back_step_by_step(app: KmtuiApp) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_techniques(hands)
        await hands.say("cafe")
        await hands.press("f4")
        assert isinstance(app.screen, WhichScreen)
        await hands.enter("before", "8", "30 min", "learn from what others did")
        assert isinstance(app.screen, SuggestedScreen)
        assert 2 <= len(hands.rows) <= 3
        assert all("Before the work starts." in row for row in hands.rows)
        assert "eight people · 30 minutes · learn from what others did" in " ".join(
            " ".join(hands.screen_text()).split()
        )
        second = names(hands)[1]
        await hands.press("down", "enter")
        assert isinstance(app.screen, CardScreen)
        assert hands.heading == second
        await hands.press("escape")
        assert isinstance(app.screen, SuggestedScreen)
        assert app.screen.query_one(Rows).highlighted == 1
        await hands.press("escape")
        assert isinstance(app.screen, WhichScreen)
        assert list(app.screen.query_one(Asker).present().values()) == [
            "before",
            "8",
            "30 min",
            "learn from what others did",
        ]
        await hands.press("escape")
        assert isinstance(app.screen, TechniquesScreen)
        assert hands.field == "cafe"


async def test_half_typed_answers_are_kept_and_answered_ones_are_not(app: KmtuiApp) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_techniques(hands)
        await hands.press("f4")
        await hands.enter("before")
        await hands.say("8")
        await hands.press("escape", "f4")
        assert app.screen.query_one(Asker).present() == {"phase": "before", "people": "8", "minutes": "", "words": ""}
        await hands.press("f8")
        assert isinstance(app.screen, SuggestedScreen)
        await hands.press("escape", "escape", "f4")
        assert not any(app.screen.query_one(Asker).present().values())


@pytest.mark.parametrize(
    ("typed", "number", "told"),
    [
        (["sometime"], 1, "Type before, during or after"),
        (["", "all"], 2, "no number of people"),
        (["", "", "soon"], 3, "no time"),
    ],
)
async def test_nonsense_is_refused_and_stays_in_the_field(
    app: KmtuiApp, typed: list[str], number: int, told: str
) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_techniques(hands)
        await hands.press("f4")
        await hands.enter(*typed)
        for key in (None, "f8"):
            if key:
                await hands.press(key)
            assert isinstance(app.screen, WhichScreen)
            assert told in hands.told
            assert f"({number} of 4)" in " ".join(hands.screen_text())
            assert hands.field == typed[-1]
        app.screen.query_one(Asker).field.fill("")
        await hands.press("enter")
        assert hands.told == ""


async def test_everything_may_be_left_open_and_what_fits_nothing_is_said(app: KmtuiApp) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_techniques(hands)
        await hands.press("f4")
        await hands.enter("", "", "", "")
        assert len(hands.rows) == 3
        await hands.press("escape")
        await hands.press("f7", "f7")
        await hands.enter("9000")
        await hands.enter("1", "")
        assert isinstance(app.screen, SuggestedScreen)
        assert hands.rows == []
        assert "No technique fits" in hands.told
        await hands.press("enter")
        assert isinstance(app.screen, SuggestedScreen)


async def test_a_session_takes_the_place_of_all_that_led_to_it(app: KmtuiApp) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_techniques(hands)
        await hands.press("f4", "f8", "enter", "enter")
        assert isinstance(app.screen, BeginSessionScreen)
        await hands.enter("Ward move", "Ward 7", "")
        assert isinstance(app.screen, SessionScreen)
        await hands.press("escape")
        assert isinstance(app.screen, HomeScreen)


# The card


async def test_the_card_has_all_forms_with_their_minutes_and_the_steps_of_the_chosen_one(
    app: KmtuiApp, desk: Desk
) -> None:
    technique = desk.tools.library.technique("peer-assist").value
    async with app.run_test(size=(200, 60)) as pilot:
        hands = Hands(pilot)
        await to_techniques(hands)
        await hands.say("peer assist")
        await hands.press("enter")
        assert [row.split("Begin: ")[1] for row in hands.rows] == [
            f"{each.name}  {each.minutes:g} min" for each in technique.variants
        ]
        for number, form in enumerate(technique.variants):
            shown = " ".join(" ".join(hands.screen_text()).split())
            assert f"Steps: {form.name}" in shown, number
            run = technique.as_run(form.id)
            for step in run.steps:
                assert f"{step.title} ({step.minutes:g} min)" in shown
            await hands.press("down")


async def test_the_card_is_written_as_a_hand_out_of_all_forms_or_of_one(app: KmtuiApp, desk: Desk) -> None:
    technique = desk.tools.library.technique(REVIEW).value
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await hands.press("enter", "ctrl+e")
        assert isinstance(app.screen, HandOutScreen)
        assert "all forms side by side" in " ".join(" ".join(hands.screen_text()).split())
        await hands.press("enter")
        assert isinstance(app.screen, CardScreen)
        assert "Written to" in hands.told
        await hands.press("ctrl+e", "ctrl+r")
        assert technique.variants[0].name in " ".join(" ".join(hands.screen_text()).split())
        await hands.press("enter")
    files = {path.name: path.read_text(encoding="utf-8") for path in desk.exports.iterdir()}
    assert files == {
        f"{REVIEW}_card.md": card_markdown(technique),
        f"{REVIEW}_short_card.md": card_markdown(technique.as_run("short")),
    }


async def test_a_hand_out_that_cannot_be_written_is_told(app: KmtuiApp, tmp_path: Path) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await hands.press("enter", "ctrl+e")
        app.screen.query_one(Asker).field.fill(str(tmp_path / "nowhere" / "card.md"))
        await hands.press("enter")
        assert isinstance(app.screen, HandOutScreen)
        assert "nowhere" in hands.told
        assert "nowhere" in hands.field


# For a line, an action, a criterion


async def test_a_line_without_a_technique_starts_one_that_is_suggested(app: KmtuiApp, desk: Desk) -> None:
    record_id = with_lines(desk, "Hold a peer assist")
    (line,) = plan_of(desk, record_id)
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await to_plan(hands)
        plan = app.screen
        assert isinstance(plan, PlanScreen)
        await hands.press("ctrl+t")
        assert "F4: which one fits" in hands.told
        await hands.press("f4")
        assert isinstance(app.screen, SuggestedScreen)
        assert "For: Hold a peer assist" in "\n".join(hands.screen_text())
        while names(hands)[app.screen.query_one(Rows).highlighted or 0] != "Peer Assist":
            await hands.press("down")
        await hands.press("enter")
        assert isinstance(app.screen, CardScreen)
        await hands.press("escape")
        assert isinstance(app.screen, SuggestedScreen)
        assert plan.opened.clock.running
        await hands.press("enter", "down", "enter")
        screen = app.screen
        assert isinstance(screen, SessionScreen)
        session = screen.opened.record
        assert (session.technique.id, session.technique.variants[0].id) == ("peer-assist", "table")
        assert (session.action, session.criterion, session.assessment) == (line.id, line.criterion, record_id)
        assert not plan.opened.clock.running
        await hands.press("escape")
        assert app.screen is plan
        assert plan.opened.clock.running
        assert "Held" in hands.rows[0]
    assert plan_of(desk, record_id) == (line,)


async def test_suggestions_are_not_offered_while_a_line_is_changed(app: KmtuiApp, desk: Desk) -> None:
    with_lines(desk, "Hold a peer assist")
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_plan(hands)
        await hands.press("f2", "f4")
        assert isinstance(app.screen, PlanScreen)
        await hands.press("escape", "f4")
        assert isinstance(app.screen, SuggestedScreen)


async def test_a_plan_without_lines_says_so(app: KmtuiApp, desk: Desk) -> None:
    with_lines(desk)
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_plan(hands)
        await hands.press("escape")
        assert isinstance(app.screen, PlanScreen)
        await hands.press("f4")
        assert "no line yet" in hands.told


async def test_an_action_of_a_session_starts_one_that_is_suggested(app: KmtuiApp, desk: Desk) -> None:
    with_an_action(desk)
    (action,) = desk.actions()
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await hands.press("end", "up", "enter", "ctrl+t")
        assert "F4: which one fits" in hands.told
        await hands.press("f4")
        assert isinstance(app.screen, SuggestedScreen)
        assert hands.rows == []
        assert hands.told == "No card speaks of this. F4 asks four questions."
        await hands.press("f4", "f8")
        assert isinstance(app.screen, SuggestedScreen)
        assert hands.told == "Enter starts it for this."
        first = names(hands)[0]
        await hands.press("f4")
        assert isinstance(app.screen, SuggestedScreen)  # the questions were asked
        await hands.press("enter", "enter")
        screen = app.screen
        assert isinstance(screen, SessionScreen)
        assert screen.opened.record.technique.name == first
        assert (screen.opened.record.action, screen.opened.record.assessment) == (action.id, None)
        await hands.press("escape")
        assert isinstance(app.screen, ActionsScreen)
        await hands.press("f2", "f4")
        assert isinstance(app.screen, ActionsScreen)


async def test_a_criterion_shows_what_fits_and_enter_shows_the_card(app: KmtuiApp, desk: Desk) -> None:
    record_id = assessed(desk, "Ward 7", 2, finish=False)
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await hands.press("enter", "f4")
        assert isinstance(app.screen, SuggestedScreen)
        assert "An option for this criterion names it." in hands.rows[0]
        await hands.press("enter")
        assert isinstance(app.screen, CardScreen)
        await hands.press("enter")
        await hands.enter("Who leads", "Ward 7", "")
        session = app.screen
        assert isinstance(session, SessionScreen)
        await hands.press("escape")
        walk = app.screen
        assert isinstance(walk, AssessmentScreen)
        assert walk.opened.clock.running
        await hands.press("9", "enter")
        await hands.enter("We have one now")
        await hands.press("escape")
    record = desk.read(record_id)
    rating = record.rating(criteria(desk)[0])
    assert (rating.level, rating.rationale) == (9, "We have one now")


async def test_the_opening_question_has_no_suggestions(app: KmtuiApp, desk: Desk) -> None:
    assessed(desk, "Ward 7", 2, finish=False)
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await hands.press("enter")
        assert "which" in app.keys_of(app.screen)
        await hands.press("f7", "f4")
        assert isinstance(app.screen, AssessmentScreen)
        assert "which" not in app.keys_of(app.screen)


async def test_what_could_be_done_about_a_criterion_shows_techniques(app: KmtuiApp, desk: Desk) -> None:
    assessed(desk, "Ward 7", 2, finish=False)
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await to_plan(hands)
        assert isinstance(app.screen, OffersScreen)
        await hands.press("f8")
        name = str(app.screen.query_one("#name").render())
        await hands.press("f4")
        assert isinstance(app.screen, SuggestedScreen)
        assert f"For: {name}"[:50] in " ".join(" ".join(hands.screen_text()).split())
        await hands.press("enter")
        assert isinstance(app.screen, CardScreen)
        await hands.press("escape", "escape")
        assert isinstance(app.screen, OffersScreen)


# Going on from an earlier session


async def test_title_and_team_of_an_earlier_session_say_that_it_is_gone_on_from(app: KmtuiApp, desk: Desk) -> None:
    session_id = earlier(desk)
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await hands.press("enter", "enter")
        about = app.screen.query_one("#about")
        assert "bring in what was said there" in str(about.render())
        await hands.enter("ward MOVE")
        assert "Goes on from" not in str(about.render())
        await hands.enter("Ward 7")
        assert "Goes on from Before Action Review" in str(about.render())
        await hands.enter("")
        screen = app.screen
        assert isinstance(screen, SessionScreen)
        assert screen.opened.record.continues == (session_id,)
        assert [entry.text for entry in screen.opened.record.entries] == ["All moved by noon"]


async def test_another_earlier_session_can_be_chosen_and_left_out_again(app: KmtuiApp, desk: Desk) -> None:
    session_id = earlier(desk, title="First move")
    earlier(desk, title="Other", team="Ward 9", said="Nothing")
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await hands.press("enter", "enter")
        await hands.enter("Second move")
        await hands.say("Ward 7")
        await hands.press("ctrl+g")
        assert isinstance(app.screen, ChooseScreen)
        assert hands.rows[0].startswith("[ ] First move  Before Action Review · Ward 7")  # of the same team
        await hands.press("enter")
        assert isinstance(app.screen, BeginSessionScreen)
        assert app.screen.query_one(Asker).present() == {"title": "Second move", "team": "Ward 7", "people": ""}
        assert "Goes on from Before Action Review" in str(app.screen.query_one("#about").render())
        await hands.press("ctrl+g")
        assert hands.rows[0].startswith("[x] First move")
        await hands.press("enter")
        assert "Goes on from" not in str(app.screen.query_one("#about").render())
        await hands.press("ctrl+g", "enter", "f8")
        screen = app.screen
        assert isinstance(screen, SessionScreen)
        assert (screen.opened.record.title, screen.opened.record.continues) == ("Second move", (session_id,))


async def test_a_session_that_is_chosen_gives_title_and_team_where_none_are_typed(app: KmtuiApp, desk: Desk) -> None:
    session_id = earlier(desk)
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await hands.press("enter", "enter", "ctrl+g", "enter")
        assert app.screen.query_one(Asker).present() == {"title": "Ward move", "team": "Ward 7", "people": ""}
        await hands.press("ctrl+g", "enter", "f8")  # left out again, though title and team are the same
        screen = app.screen
        assert isinstance(screen, SessionScreen)
        assert screen.opened.record.continues == ()
        assert session_id in {line.id for line in desk.records()}


async def test_nothing_is_said_of_earlier_sessions_where_there_are_none(app: KmtuiApp, desk: Desk) -> None:
    with_an_action(desk)
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await hands.press("enter", "enter")
        assert "earlier" not in str(app.screen.query_one("#about").render())
        assert "earlier" not in app.keys_of(app.screen)


# Every size, and hostile words


@pytest.mark.parametrize("size", SIZES)
async def test_every_new_screen_shows_heading_field_and_keys(app: KmtuiApp, desk: Desk, size: tuple[int, int]) -> None:
    earlier(desk)
    async with app.run_test(size=size) as pilot:
        hands = Hands(pilot)
        await to_techniques(hands)
        for keys in ([], ["f4"], ["enter", "enter", "enter", "enter"], ["enter"], ["ctrl+e"], ["escape", "enter"]):
            await hands.press(*keys)
            shown = hands.screen_text()
            assert hands.heading[:20] in shown[0]
            assert "F1 Help" in shown[-1]
            assert all(len(line) <= size[0] for line in shown)


@pytest.mark.slow
async def test_hostile_words_of_cards_sessions_and_fields_do_nothing(settings: Settings, tmp_path: Path) -> None:
    folder = tmp_path / "workspace" / "techniques"
    folder.mkdir(parents=True)
    texts = [text for text in HOSTILE if text.isprintable() and text.strip()]
    some = texts[: len(texts) // 2]
    card = {
        "id": "own",
        "version": "1",
        "name": some[0],
        "phase": "before",
        "about": " ".join(some),
        "minutes": {"least": 5, "most": 10},
        "people": {"least": 2, "most": 9},
        "use_when": some,
        "avoid_when": some,
        "roles": [{"name": text, "does": text} for text in some],
        "pitfalls": some,
        "sources": some,
        "steps": [
            {
                "id": "one",
                "kind": "collect",
                "title": some[1],
                "say": some[2],
                "minutes": 5,
                "earlier": [{"technique": BEFORE, "step": "intended"}],
            }
        ],
        "variants": [{"id": "v", "name": some[3], "steps": [{"id": "one", "minutes": 5}]}],
    }
    (folder / "own.yaml").write_text(json.dumps(card), encoding="utf-8")
    desk = open_desk(folder.parent, cache=tmp_path / "cache")
    assert desk.tools.library.technique("own").value.name == some[0]
    for text in HOSTILE:
        earlier(desk, title=text, team=text)
    app = KmtuiApp(lambda: desk, replace(settings), Start())
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await to_techniques(hands)
        rows = app.screen.query_one(Rows)
        rows.highlighted = rows.place_of("own")
        for keys in (["enter"], ["ctrl+e"], ["escape", "enter"], ["ctrl+g"], ["enter"], ["escape", "escape", "f4"]):
            await hands.press(*keys)
            assert app.is_running
            assert not any(STEERING.search(line) for line in hands.screen_text()), keys
        for text in HOSTILE[::3]:
            await hands.enter("", "", "")
            await hands.say(text)
            await hands.press("f8")
            assert isinstance(app.screen, SuggestedScreen), text
            assert not any(STEERING.search(line) for line in hands.screen_text()), text
            await hands.press("escape", "f7", "f7", "f7")
            app.screen.query_one(Asker).ask(WhichScreen.QUESTIONS)
