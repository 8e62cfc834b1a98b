"""Driving the screens as a person does: keys are counted, words are not."""

from __future__ import annotations

from textual import events
from textual.pilot import Pilot
from textual.widgets import Static

from kmtui.tui.app import KmtuiApp
from kmtui.tui.widgets.asker import Asker
from kmtui.tui.widgets.rows import Rows


class Hands:
    """Presses keys, types words and reads the screen."""

    def __init__(self, pilot: Pilot[str]) -> None:
        self.pilot = pilot
        self.keys: list[str] = []

    @property
    def app(self) -> KmtuiApp:
        """The app under the hands."""
        app = self.pilot.app
        if not isinstance(app, KmtuiApp):
            raise TypeError("not our app")
        return app

    async def press(self, *keys: str) -> None:
        """Press keys one after the other, and wait until the screen and the disk are done."""
        for key in keys:
            self.keys.append(key)
            await self.pilot.press(key)
            await self.settle()

    async def say(self, words: str) -> None:
        """Put words where the cursor is, as a paste does, with everything that they hold."""
        if self.app.focused is None:
            raise AssertionError(f"nothing takes words on {self.app.screen}")
        self.app.post_message(events.Paste(words))
        await self.settle()

    async def enter(self, *lines: str) -> None:
        """Type lines, each followed by Enter; what is pointed out in them is kept with Enter again."""
        for line in lines:
            if line:
                await self.say(line)
            await self.press("enter")
            while self.pointed:
                await self.press("enter")

    async def settle(self) -> None:
        """Wait until messages are handled and saving threads have ended."""
        await self.pilot.pause()
        await self.app.workers.wait_for_complete()
        await self.pilot.pause()

    @property
    def told(self) -> str:
        """The line above the keys."""
        return str(self.app.screen.query_one("#told", Static).content)

    @property
    def heading(self) -> str:
        """The heading."""
        return str(self.app.screen.query_one("#heading", Static).content)

    @property
    def field(self) -> str:
        """What stands in the field."""
        return self.app.screen.query_one(Asker).field.text

    @property
    def pointed(self) -> str:
        """What is pointed out below the field, or nothing."""
        shown = self.app.screen.query("#pointed.-some").results(Static)
        return next((str(each.content) for each in shown), "")

    @property
    def rows(self) -> list[str]:
        """The lines of the list."""
        return [str(option.prompt) for option in self.app.screen.query_one(Rows).options]

    def screen_text(self) -> list[str]:
        """The whole screen as the terminal would get it, line by line."""
        strips = self.app.screen._compositor.render_strips()
        return [strip.text for strip in strips]
