"""Text from people does nothing on any screen: no markup, no control character, nothing lost but what must go."""

from __future__ import annotations

import re
from itertools import cycle

import pytest

from kmtui.text import clean
from kmtui.tui.app import KmtuiApp
from kmtui.tui.screens.session import SessionScreen
from kmtui.workspace.assessments import start_assessment
from kmtui.workspace.desk import Desk
from kmtui.workspace.register import say
from kmtui.workspace.sessions import start_session
from kmtui.workspace.settings import Settings
from kmtui.workspace.start import Start
from tests.hostile import HOSTILE
from tests.tui.driving import Hands
from tests.tui.test_session import REVIEW, begin

STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


Texts = tuple[str, ...]


def keep_everything_hostile(desk: Desk, texts: Texts) -> None:
    """Keep sessions and assessments with a hostile text in every field, open and finished, each another one."""
    following = cycle(texts)

    def some() -> str:
        return next(following)

    for finished in (True, False):
        opened = start_session(desk.tools, REVIEW, title=some(), team=some())
        opened.about(some(), some(), f"{some()}, 2 {some()}")
        for step in ("expected", "actual", "why"):
            opened.go(step)
            for text in texts:
                opened.add_entry(text)
        opened.go("learn")
        for _ in texts:
            opened.put_lesson(
                some(), cause=some(), recommendation=some(), owner=some(), context=some(), tags=f"{some()},{some()}"
            )
        opened.go("act")
        for _ in texts:
            opened.put_action(some(), owner=some(), done_when=some())
        opened.park(some())
        opened.go("why")
        if finished:
            opened.finish()
        opened.close()
        walk = start_assessment(desk.tools, title=some(), team=some(), organisation=some(), on_behalf_of=some())
        walk.say_opening(some())
        walk.forward()
        walk.rate(level=3, rationale=some(), example=some(), same_for_everyone=some(), target=3, enough=some())
        if finished:
            walk.finish()
        walk.close()
    for line in desk.actions()[:3]:
        desk.follow_up(line.id, note=some(), owner=some())
    for each in desk.lessons()[:3]:
        say(desk.tools, each.id, state="applied", note=some(), role=some(), owner=some())


SOME = tuple(text for text in HOSTILE if clean(text).strip())
GROUPS = [SOME[::2][start : start + 12] for start in range(0, len(SOME[::2]), 12)]
FEWER = [SOME[::3][start : start + 12] for start in range(0, len(SOME[::3]), 12)]
"""A third of them, for journeys that take long. Every screen sees every second one here."""


@pytest.mark.slow
@pytest.mark.parametrize("texts", GROUPS, ids=range(len(GROUPS)))
async def test_every_screen_mounts_and_steers_nothing(desk: Desk, settings: Settings, texts: Texts) -> None:
    keep_everything_hostile(desk, texts)
    app = KmtuiApp(lambda: desk, settings, Start())
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        for keys in (
            ["f1"],
            ["escape", "end", "enter"],  # past sessions
            ["enter"],  # the report of one of them
            ["escape", "escape", "end", "up", "enter"],  # actions
            ["f4"],  # which technique fits one of them
            ["escape", "escape", "end", "up", "up", "enter"],  # the register
            ["ctrl+k"],
            ["enter"],  # the best lesson
            ["f3"],
            ["escape", "escape", "ctrl+e"],
            ["escape", "escape", "home", "enter"],  # the record worked on last
            ["ctrl+g"],
            ["escape", "f3"],
            ["f4"],  # which technique fits the criterion
            ["escape", "ctrl+t"],
            ["escape", "ctrl+e"],
            ["escape", "escape", "home", "down", "enter"],  # the other open one
            ["ctrl+g"],
            ["escape", "f2"],
            ["ctrl+r"],
            ["f4"],
            ["escape", "ctrl+p"],
        ):
            await hands.press(*keys)
            for line in hands.screen_text():
                assert not STEERING.search(line), (keys, line)


def as_typed(text: str) -> str:
    """Return what a field makes of a text: Textual's text area takes every line separator of Unicode for a new line."""
    return "\n".join(clean(text).splitlines()).strip()


@pytest.mark.slow
@pytest.mark.parametrize("texts", GROUPS, ids=range(len(GROUPS)))
async def test_what_is_typed_comes_back_as_that_text(app: KmtuiApp, desk: Desk, texts: Texts) -> None:
    async with app.run_test(size=(60, 18)) as pilot:
        hands = Hands(pilot)
        await begin(hands)
        await hands.enter(*texts)
        screen = app.screen
        assert isinstance(screen, SessionScreen)
        assert [entry.text for entry in screen.opened.record.entries] == [as_typed(text) for text in texts]
        assert hands.told.startswith("Saved")
        for line in hands.screen_text():
            assert not STEERING.search(line)
