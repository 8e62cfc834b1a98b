"""Home: go on with what is open, run or find a technique, set up and assess a team, compare, see to open actions."""

from __future__ import annotations

import gc
from collections.abc import Callable
from difflib import get_close_matches
from functools import partial
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import OptionList, Static

from kmtui.model.errors import KmtuiError
from kmtui.tui.actions import ACTIONS, bindings
from kmtui.tui.safe import words
from kmtui.tui.screens.base import BaseScreen
from kmtui.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from kmtui.workspace.start import Start


STAYS = ("past", "actions", "compare", "setups", "techniques")
"""Lines on which one stands still after coming back from them."""


class HomeScreen(BaseScreen):
    """The first screen. It draws its frame at once and reads the workspace right after."""

    KEYS = ("palette", "quit")
    BINDINGS = bindings("undo")
    CSS = "#hint { height: auto; padding: 0 1; color: $muted; }"

    def __init__(self, start: Start) -> None:
        super().__init__()
        self._start: Start | None = start

    def compose_body(self) -> ComposeResult:
        """Show the menu."""
        yield Static(id="hint", markup=False)
        yield Rows(id="menu", focusable=True)

    class Looked(Message):
        """The workspace was read: the menu that comes of it, whether anything is kept, and what went wrong."""

        def __init__(self, rows: list[Row], empty: bool, trouble: str) -> None:
            super().__init__()
            self.rows = rows
            self.empty = empty
            self.trouble = trouble

    def arrive(self) -> None:
        """Draw the frame, then read."""
        self.head("kmtui")
        self.query_one("#hint", Static).update(words("Learn from what you do, and see where you stand."))
        self.draw_keys()
        self.call_after_refresh(self.call_after_refresh, self.draw)  # the frame is on its way by then

    def resumed(self) -> None:
        """Read again when a screen above has gone."""
        if self._start is None:
            self.draw()

    def draw(self) -> None:
        """Read what can be begun and what is there, in a thread: on a shared drive that can take a while."""
        super().draw()
        self.query_one(Rows).focus()
        self.run_worker(self._look, name="look", group="look", thread=True, exclusive=True)

    def _look(self) -> None:
        gc.enable()  # it may have been off for a quicker start
        from kmtui.tui.menu import menu_rows

        glance, trouble = None, ""
        try:
            glance = self.desk.glance()
        except KmtuiError as error:
            trouble = str(error)
        rows = menu_rows(self.desk.tools.library, self.desk.first_technique, glance, self.desk.tools.today())
        self.post_message(self.Looked(rows, glance is not None and not glance.kept, trouble))
        import kmtui.tui.opening  # noqa: F401 - so that the next screen comes at once and takes the first key typed

    def on_home_screen_looked(self, event: Looked) -> None:
        """Show what the workspace holds, and at the very start go where the command line pointed."""
        menu = self.query_one(Rows)
        stay = menu.chosen in STAYS  # else what is open is chosen, which comes first
        menu.show(event.rows, menu.chosen if stay else None)
        if event.trouble:
            self.tell(event.trouble, error=True)
        start, self._start = self._start, None
        if start is None or event.trouble:
            return
        self._tell_unknown_keys()
        if start.kind != "home":
            self._go(start)
        elif event.empty and not self.kmtui.settings.found:
            from kmtui.tui.screens.first import FirstScreen

            self.app.push_screen(FirstScreen())

    def _tell_unknown_keys(self) -> None:
        unknown = sorted(set(self.kmtui.settings.keys) - set(ACTIONS))
        if unknown:
            near = get_close_matches(unknown[0], ACTIONS, 1)
            help_words = f'Did you mean "{near[0]}"?' if near else "The README lists them all."
            file = self.kmtui.settings.file
            self.tell(f'{file}: under [keys], "{unknown[0]}" is not an action. {help_words}', error=True)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self._choose_row(self.query_one(Rows).chosen or "")

    def offers(self) -> list[tuple[str, Callable[[], None]]]:
        """Return what the menu offers, for the palette."""
        return [(words_, partial(self._choose_row, row_id)) for row_id, words_ in self.query_one(Rows).choices()]

    def _choose_row(self, row_id: str) -> None:
        kind, _, name = row_id.partition(":")
        try:
            self._choose(kind, name)
        except KmtuiError as error:
            self.tell(str(error), error=True)

    def _choose(self, kind: str, name: str) -> None:
        if kind == "open":
            from kmtui.tui.opening import open_record

            open_record(self.kmtui, name)
        elif kind == "run":
            from kmtui.tui.screens.card import CardScreen

            self.app.push_screen(CardScreen(self.desk.tools.library.technique(name).value))
        elif kind == "techniques":
            from kmtui.tui.screens.techniques import TechniquesScreen

            self.app.push_screen(TechniquesScreen())
        elif kind == "assess":
            from kmtui.tui.screens.begin import BeginAssessmentScreen

            self.app.push_screen(BeginAssessmentScreen())
        elif kind == "survey":
            from kmtui.tui.screens.survey import BeginSurveyScreen

            self.app.push_screen(BeginSurveyScreen())
        elif kind == "past":
            from kmtui.tui.screens.past import PastScreen

            self.app.push_screen(PastScreen())
        elif kind == "setups":
            from kmtui.tui.screens.setups import SetUpsScreen

            self.app.push_screen(SetUpsScreen())
        elif kind == "compare":
            from kmtui.tui.screens.compare import CompareScreen

            self.app.push_screen(CompareScreen())
        elif kind in ("actions", "due"):
            from kmtui.tui.screens.actions import ActionsScreen

            self.app.push_screen(ActionsScreen(name))
        elif kind == "trouble" and name:
            self.desk.recover(name)
            self.draw()
            self.tell("The version before is back. The damaged file is kept in the folder quarantine.")

    def _go(self, start: Start) -> None:
        from kmtui.tui.opening import go

        try:
            go(self.kmtui, start)
        except KmtuiError as error:
            self.tell(str(error), error=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer no way back from the first screen."""
        return action != "leave" and super().check_action(action, parameters)

    def action_undo(self) -> None:
        """Bring back what was deleted last."""
        name = self.desk.undo_delete()
        self.tell("Nothing to undo." if name is None else f'"{name}" is back.')
        self.draw()
