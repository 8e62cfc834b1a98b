"""Text has a contrast of at least 4.5 to 1 and lines of 3 to 1, in both themes, on every screen."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich.color_triplet import ColorTriplet

from kmtui.tui.app import KmtuiApp
from kmtui.workspace.desk import Desk
from kmtui.workspace.settings import Settings
from kmtui.workspace.start import Start
from tests.tui.driving import Hands
from tests.tui.test_around import with_an_action
from tests.tui.test_register import kept

LINES = set("─│┌┐└┘▁▂▃▄▅▆▇█▔▏▎▍▌▋▊▉░◆")


def luminance(colour: ColorTriplet) -> float:
    """Return the relative luminance as WCAG 2 defines it."""

    def channel(value: int) -> float:
        part = value / 255
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    return 0.2126 * channel(colour.red) + 0.7152 * channel(colour.green) + 0.0722 * channel(colour.blue)


def contrast(one: ColorTriplet, other: ColorTriplet) -> float:
    """Return the contrast ratio as WCAG 2 defines it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def weak(hands: Hands) -> list[tuple[str, float]]:
    """Return the texts of the screen whose contrast is too low, with that contrast."""
    found = []
    for strip in hands.app.screen._compositor.render_strips():
        for text, style, _ in strip:
            if not text.strip() or style is None or style.color is None or style.bgcolor is None:
                continue
            fore, back = style.color.triplet, style.bgcolor.triplet
            if fore is None or back is None:
                continue
            if style.reverse:
                fore, back = back, fore
            wanted = 3.0 if set(text.strip()) <= LINES else 4.5
            if contrast(fore, back) < wanted:
                found.append((text, round(contrast(fore, back), 2)))
    return found


@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_contrast_on_every_screen(desk: Desk, settings: Settings, theme: str) -> None:
    with_an_action(desk)
    desk.tools.store.register.add([kept("Tell the porters the order of beds", team="Ward 7")])
    app = KmtuiApp(lambda: desk, replace(settings, theme=theme), Start())
    async with app.run_test(size=(100, 30)) as pilot:
        hands = Hands(pilot)
        await hands.settle()
        assert weak(hands) == [], "home"
        for keys in (
            ["f1"],
            ["escape", "end", "enter"],
            ["escape", "end", "up", "up", "enter"],
            [*"beds"],
            ["enter"],
            ["f3"],
            ["escape", "escape", "escape", "end", "up", "enter"],
            ["f4"],
            ["f4"],
            ["f8"],
            ["down", "enter"],
            ["ctrl+e"],
            [*["escape"] * 6, "home", *["down"] * 4, "enter"],  # the list of techniques
            ["x", "y", "z"],
            ["escape", "ctrl+p"],
            ["escape", "home", "enter"],
            ["enter"],
            ["enter", "enter", "enter"],
            ["enter", "enter", "f3"],
            ["W", "o", "enter", "x", "shift+left"],
            ["up", "ctrl+e"],
            ["escape", "ctrl+k"],
            ["escape", "ctrl+g"],
            ["escape", "escape"],
            ["home", "down", "down", "enter", "enter", "enter", "enter"],
            ["enter", "enter", "1", "0"],
            ["f3", "enter"],
            ["ctrl+r"],
            ["f8"],
        ):
            await hands.press(*keys)
            assert weak(hands) == [], (keys, app.screen)


def test_the_ratio_is_the_one_of_wcag() -> None:
    white, black, grey = ColorTriplet(255, 255, 255), ColorTriplet(0, 0, 0), ColorTriplet(118, 118, 118)
    assert contrast(white, black) == pytest.approx(21.0)
    assert contrast(grey, white) == pytest.approx(4.54, abs=0.01)
