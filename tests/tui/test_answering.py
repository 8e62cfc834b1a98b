"""One person answers a survey on this machine, and the next one finds nothing of it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from textual.command import CommandPalette

from kmtui.model.rating import Rating
from kmtui.model.survey import Response
from kmtui.text import clean
from kmtui.tui.app import KmtuiApp
from kmtui.tui.screens import answering as screens
from kmtui.tui.screens.answering import AnsweringScreen
from kmtui.tui.screens.survey import CodeScreen, SurveyScreen
from kmtui.workspace.answering import next_person
from kmtui.workspace.desk import Desk, open_desk
from kmtui.workspace.settings import Settings
from kmtui.workspace.start import Start
from kmtui.workspace.surveys import close_survey, create_survey, status
from tests.hostile import HOSTILE
from tests.tui.driving import Hands
from tests.tui.test_hostile import STEERING

DATA = Path(__file__).parents[1] / "data"


@pytest.fixture
def survey_id(desk: Desk) -> str:
    """A survey to which nobody has answered."""
    return create_survey(desk.tools, team="Ward 7").id


def responses(desk: Desk, survey_id: str) -> list[Response]:
    """Return what is on disk."""
    return desk.tools.store.responses(survey_id)


async def sit_down(hands: Hands, survey_id: str) -> AnsweringScreen:
    """Open the survey and begin as the next person."""
    await hands.settle()
    await hands.app.push_screen(SurveyScreen(survey_id))
    await hands.settle()
    await hands.press("enter")
    assert isinstance(hands.app.screen, AnsweringScreen)
    return hands.app.screen


async def to_the_end(hands: Hands) -> None:
    """Leave all that follows open."""
    while "Hand your answers in?" not in " ".join(hands.screen_text()):
        await hands.press("f8")


async def test_level_reason_and_role_are_on_disk_as_they_are_given(app: KmtuiApp, desk: Desk, survey_id: str) -> None:
    first, second = desk.tools.library.matrix().value.criteria[:2]
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await sit_down(hands, survey_id)
        assert "only together with those of others" in " ".join(" ".join(hands.screen_text()).split())
        assert responses(desk, survey_id) == []
        await hands.enter("porter")
        await hands.press("1", "0")
        (response,) = responses(desk, survey_id)
        assert (response.role, response.ratings) == ("porter", (Rating(criterion=first.id, level=10),))
        await hands.press("enter")
        await hands.enter("We ask every time")
        await hands.press("ctrl+d")
        await hands.enter("I am new here")
        (response,) = responses(desk, survey_id)
        assert response.ratings == (
            Rating(criterion=first.id, level=10, rationale="We ask every time"),
            Rating(criterion=second.id, skip="dont-know", rationale="I am new here"),
        )
        assert not response.finished


async def test_back_and_forward_keep_what_was_answered(app: KmtuiApp, desk: Desk, survey_id: str) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await sit_down(hands, survey_id)
        await hands.press("enter", "7", "enter")
        await hands.say("half a rea")
        await hands.press("f8", "f7", "enter")
        assert hands.field == "half a rea"
        assert responses(desk, survey_id)[0].ratings[0].rationale == "half a rea"
        await hands.press("f7")
        assert "What is your role?" in " ".join(hands.screen_text())
        await hands.press("f8", "backspace")
        (rating,) = responses(desk, survey_id)[0].ratings
        assert rating.level is None


async def test_dont_know_is_taken_back_with_the_same_key_or_a_level(app: KmtuiApp, desk: Desk, survey_id: str) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await sit_down(hands, survey_id)
        await hands.press("enter", "ctrl+d", "f2", "ctrl+d")
        assert responses(desk, survey_id)[0].ratings == ()
        await hands.press("ctrl+d", "up", "3")
        (rating,) = responses(desk, survey_id)[0].ratings
        assert (rating.level, rating.skip) == (3, None)


async def test_whoever_hands_in_leaves_nothing_to_the_next_person(app: KmtuiApp, desk: Desk, survey_id: str) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        before = await sit_down(hands, survey_id)
        await hands.enter("night porter")
        await hands.press("9", "enter")
        await hands.say("the bed manager shouts")
        await hands.press("shift+home", "ctrl+c", "enter")
        assert app.clipboard
        await to_the_end(hands)
        await hands.press("enter")
        assert "Thank you" in hands.told
        after = app.screen
        assert isinstance(after, AnsweringScreen)
        assert after is not before
        assert before not in app.screen_stack
        (handed_in,) = responses(desk, survey_id)
        assert (handed_in.role, handed_in.finished) == ("night porter", True)

        assert hands.field == ""
        await hands.press("ctrl+z", "ctrl+y", "ctrl+v")
        assert hands.field == ""
        assert app.clipboard == ""
        assert app.unanswered == {}
        seen = hands.screen_text()
        await hands.press("ctrl+p")
        assert isinstance(app.screen, CommandPalette)
        await pilot.pause()
        seen += hands.screen_text()
        await hands.press("escape", "f7", "f8")
        seen += hands.screen_text()
        await hands.press("ctrl+g")
        seen += hands.screen_text()
        await hands.press("escape", "enter")
        seen += hands.screen_text()
        for theirs in ("night", "shouts", "[9]", "Level: 9"):
            assert theirs not in "\n".join(seen)
        assert len(responses(desk, survey_id)) == 1


async def test_esc_keeps_the_answers_under_their_code_and_the_next_form_is_empty(
    app: KmtuiApp, desk: Desk, survey_id: str
) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        screen = await sit_down(hands, survey_id)
        code = screen._answering.code
        assert f"Your code, to go on later: {code}" in " ".join(" ".join(hands.screen_text()).split())
        await hands.enter("porter")
        await hands.press("9", "enter")
        await hands.say("not entered yet")
        await hands.press("escape")
        assert isinstance(app.screen, SurveyScreen)
        assert "wait under the code" in hands.told
        assert "Hand the keyboard back" in hands.told
        assert code not in " ".join(hands.screen_text())
        assert status(desk.tools, survey_id).unfinished == 1
        assert responses(desk, survey_id)[0].ratings[0].rationale == "not entered yet"
        await hands.press("enter")
        assert isinstance(app.screen, AnsweringScreen)
        assert hands.field == ""
        await hands.press("escape")
        assert "Nothing was answered" in hands.told
        await hands.press("down", "enter")
        assert isinstance(app.screen, CodeScreen)
        await hands.enter(f" {code.upper()}")
        assert isinstance(app.screen, AnsweringScreen)
        await hands.press("f7", "enter")
        assert hands.field == "not entered yet"
        await to_the_end(hands)
        await hands.press("enter")
        assert status(desk.tools, survey_id).answered == 1
        assert status(desk.tools, survey_id).unfinished == 0


async def test_only_enter_and_yes_hand_in(app: KmtuiApp, desk: Desk, survey_id: str) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await sit_down(hands, survey_id)
        await hands.press("enter", "4")
        await to_the_end(hands)
        await hands.press("f8", "f8", "ctrl+n")
        assert "Enter hands your answers in" in hands.told
        await hands.enter("no, wait")
        assert "Not handed in" in hands.told
        assert hands.field == "no, wait"
        assert not responses(desk, survey_id)[0].finished
        await hands.press("ctrl+u")
        await hands.enter("Yes")
        assert responses(desk, survey_id)[0].finished


async def test_dont_know_is_marked_at_the_scale_and_its_key_is_shown(app: KmtuiApp, desk: Desk, survey_id: str) -> None:
    async with app.run_test(size=(40, 14)) as pilot:
        hands = Hands(pilot)
        await sit_down(hands, survey_id)
        await hands.press("enter")
        assert "Ctrl+D Don't know" in hands.screen_text()[-1]
        assert "[don't know]" not in " ".join(hands.screen_text())
        await hands.press("ctrl+d", "up")
        assert "[don't know]" in " ".join(hands.screen_text())
        await hands.press("3")
        assert "[don't know]" not in " ".join(hands.screen_text())


async def test_ctrl_q_keeps_half_a_reason(app: KmtuiApp, desk: Desk, survey_id: str) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await sit_down(hands, survey_id)
        await hands.press("enter", "4", "enter")
        await hands.say("half a rea")
        await hands.press("ctrl+q")
    assert responses(desk, survey_id)[0].ratings[0].rationale == "half a rea"


async def test_words_are_on_disk_after_a_moment_without_enter(
    app: KmtuiApp, desk: Desk, survey_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screens, "KEPT_AFTER", 0.001)
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await sit_down(hands, survey_id)
        await hands.press("enter", "9", "enter")
        await hands.say("because")
        for _ in range(100):
            if responses(desk, survey_id)[0].ratings[0].rationale:
                break
            await pilot.pause(0.01)
        assert responses(desk, survey_id)[0].ratings[0].rationale == "because"
        assert hands.field == "because"


async def test_nothing_at_all_cannot_be_handed_in(app: KmtuiApp, desk: Desk, survey_id: str) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await sit_down(hands, survey_id)
        await to_the_end(hands)
        await hands.press("enter")
        assert "Nothing is answered yet" in hands.told
        assert responses(desk, survey_id) == []


async def test_any_criterion_can_be_gone_to_from_the_end(app: KmtuiApp, desk: Desk, survey_id: str) -> None:
    criteria = desk.tools.library.matrix().value.criteria
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await sit_down(hands, survey_id)
        await to_the_end(hands)
        await hands.press("ctrl+g", "home", "down", "down", "enter")
        await hands.press("4")
        (rating,) = responses(desk, survey_id)[0].ratings
        assert rating == Rating(criterion=criteria[2].id, level=4)
        await to_the_end(hands)
        await hands.press("f7", "4")
        assert responses(desk, survey_id)[0].ratings[-1].criterion == criteria[-1].id


async def test_a_survey_that_is_closed_elsewhere_takes_nothing_and_says_so(
    app: KmtuiApp, desk: Desk, survey_id: str
) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await sit_down(hands, survey_id)
        await hands.press("enter", "4")
        await to_the_end(hands)
        close_survey(desk.tools, survey_id, leave_unfinished=True)
        await hands.press("enter")
        assert "is closed" in hands.told
        assert not responses(desk, survey_id)[0].finished


async def test_nothing_of_the_facilitator_is_there(app: KmtuiApp, desk: Desk, survey_id: str) -> None:
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await sit_down(hands, survey_id)
        await hands.press("enter")
        criterion = desk.tools.library.matrix().value.criteria[0]
        shown = " ".join(" ".join(hands.screen_text()).split())
        assert criterion.indicator in shown
        assert not any(question in shown for question in criterion.ask)
        assert "so far" not in shown
        keys = app.keys_of(app.screen)
        assert not keys.keys() & {"notes", "undo", "redo", "results", "pause", "extend", "about", "export", "park"}


@pytest.mark.parametrize("name", ["matrix-1-to-5.yaml", "matrix-halves.yaml", "matrix-cymraeg.yaml"])
async def test_any_scale(settings: Settings, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "workspace"
    folder.mkdir()
    shutil.copy(DATA / name, folder / "matrix.yaml")
    desk = open_desk(folder, cache=tmp_path / "cache")
    app = KmtuiApp(lambda: desk, settings, Start())
    made = create_survey(desk.tools, team="Ward 7")
    async with app.run_test(size=(40, 14)) as pilot:
        hands = Hands(pilot)
        await sit_down(hands, made.id)
        await hands.press("enter")
        for _ in made.matrix.criteria:
            await hands.press("right", "enter", "enter")
        await hands.press("enter")
        (response,) = responses(desk, made.id)
        assert response.finished
        assert {rating.level for rating in response.ratings} == {made.matrix.scale.lowest}
        assert len(response.ratings) == len(made.matrix.criteria)


SOME = [text for text in HOSTILE if clean(text).strip()][::3]  # each is typed key by key; test_hostile has them all


@pytest.mark.parametrize("start", range(0, len(SOME), 25))
async def test_hostile_words_are_kept_as_they_are(app: KmtuiApp, desk: Desk, survey_id: str, start: int) -> None:
    count = len(desk.tools.library.matrix().value.criteria)
    texts = SOME[start : start + 25][:count]
    async with app.run_test(size=(40, 14)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        await app.push_screen(SurveyScreen(survey_id))
        await app.push_screen(AnsweringScreen(next_person(desk.tools, survey_id)))
        await hands.settle()
        await hands.enter(texts[0])
        for text in texts:
            await hands.press("1", "enter")
            await hands.enter(text)
            for line in hands.screen_text():
                assert not STEERING.search(line)
        (response,) = responses(desk, survey_id)
        typed = ["\n".join(clean(text).splitlines()).strip() for text in texts]
        assert [rating.rationale for rating in response.ratings] == typed
        await hands.press("escape", "down", "enter")
        for line in hands.screen_text():
            assert not STEERING.search(line)
