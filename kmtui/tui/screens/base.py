"""What all screens have: a heading, a line that tells what happened, and at most four keys below."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from inspect import isfunction
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Static

from kmtui.model.errors import KmtuiError
from kmtui.text import shortened
from kmtui.tui.actions import bindings
from kmtui.tui.safe import parts, words

if TYPE_CHECKING:
    from kmtui.tui.app import KmtuiApp
    from kmtui.workspace.desk import Desk


MOST_KEYS = 4
"""How many keys stand in the footer."""


def _guarded(method: Callable[..., Any]) -> Callable[..., Any]:
    """Return a method that tells an error on the screen where it would end the program."""

    @wraps(method)
    def guarded(self: BaseScreen, *arguments: Any, **named: Any) -> Any:
        try:
            return method(self, *arguments, **named)
        except KmtuiError as error:
            self.tell(str(error), error=True)
            return None

    return guarded


class BaseScreen(Screen[None]):
    """A whole screen. `KEYS` are the ids of the actions in the footer after F1, the most useful first."""

    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (80, "-wide")]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (17, "-middle"), (25, "-tall")]
    AUTO_FOCUS = ""
    BINDINGS = bindings("leave")
    KEYS: ClassVar[tuple[str, ...]] = ("leave",)

    def __init_subclass__(cls, **named: Any) -> None:
        """Guard everything that a key, a message or a drawing starts: a workspace can go away at any moment."""
        super().__init_subclass__(**named)
        for name, value in list(vars(cls).items()):
            if isfunction(value) and (name.startswith(("action_", "on_")) or name in ("draw", "arrive", "resumed")):
                setattr(cls, name, _guarded(value))

    @property
    def kmtui(self) -> KmtuiApp:
        """The app, with its type."""
        return cast("KmtuiApp", self.app)

    @property
    def desk(self) -> Desk:
        """The desk of the workspace."""
        return self.kmtui.desk

    def compose(self) -> ComposeResult:
        """Show heading, body, what was told, and keys."""
        with Horizontal(id="top"):
            yield Static(id="heading", markup=False)
            yield Static(id="aside", markup=False)
        yield from self.compose_body()
        yield Static(id="told", markup=False)
        yield Static(id="keys", markup=False)

    def compose_body(self) -> ComposeResult:
        """Yield the widgets between heading and footer."""
        yield from ()

    # Textual calls a handler of every class in turn, so only this one has them, and screens extend what they call.

    def on_mount(self) -> None:
        """Set the screen up."""
        self.arrive()

    def on_resize(self) -> None:
        """Draw what depends on the size."""
        if self.is_mounted:
            self.resized()

    def on_screen_resume(self) -> None:
        """Draw again when the screen above has gone."""
        self.resumed()

    def arrive(self) -> None:
        """Draw for the first time. Screens extend this."""
        self.draw()

    def resized(self) -> None:
        """Draw what depends on the size. Screens extend this."""
        self.draw_keys()

    def resumed(self) -> None:
        """Draw again when the screen above has gone. Screens extend this."""
        self.draw()

    def draw(self) -> None:
        """Show the present state. Screens extend this."""
        self.draw_keys()

    def head(self, heading: str, aside: str = "") -> None:
        """Show the heading and what stands at its right."""
        width = max(self.size.width - len(aside) - 4, 10)
        self.query_one("#heading", Static).update(words(shortened(heading, width)))
        self.query_one("#aside", Static).update(words(aside))

    def tell(self, message: str, *, error: bool = False) -> None:
        """Say what happened, in the line above the keys."""
        told = self.query_one("#told", Static)
        told.update(words(message))
        told.set_class(error, "-error")

    def draw_keys(self) -> None:
        """Show F1 and at most three more keys, as many as there is room for, with the keys they have now."""
        shown: list[Content] = []
        room = self.size.width - 2
        keys = self.kmtui.keys_of(self)
        for action_id in [each for each in ("help", *self.KEYS) if each in keys][:MOST_KEYS]:
            key, label = keys[action_id]
            room -= len(key) + 1 + len(label) + (3 if shown else 0)
            if room < 0 and shown:
                break
            shown.append(parts((key, "bold"), " ", label))
        self.query_one("#keys", Static).update(parts(*(piece for each in shown for piece in (each, "   "))))

    def back_with(self, message: str) -> None:
        """Go back to the screen before, which then tells what was done here."""
        below = self.app.screen_stack[-2]
        self.app.pop_screen()
        if isinstance(below, BaseScreen):
            below.call_after_refresh(below.tell, message)

    def scroll_by_page(self, key: str, scrolled: Widget) -> None:
        """Scroll a widget that never has the focus with Page Up and Page Down."""
        if key == "pageup":
            scrolled.scroll_page_up(animate=False)
        elif key == "pagedown":
            scrolled.scroll_page_down(animate=False)

    def flush(self) -> str:
        """Keep what was typed here before the program ends; return what cannot be kept, or nothing. Screens extend it.

        Where words come back, they are told and the program stays; asked to quit once more, it ends.
        """
        return ""

    def action_leave(self) -> None:
        """Go back to the screen before. The first screen stays: Esc never quits."""
        if len(self.app.screen_stack) > 2:
            self.app.pop_screen()
