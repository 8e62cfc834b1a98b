"""Home: go on with what is open, run or find a technique, assess a team, compare, find lessons, see to actions."""

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
from textual.worker import get_current_worker

from kmtui.model.errors import KmtuiError
from kmtui.tui.actions import ACTIONS, bindings
from kmtui.tui.safe import words
from kmtui.tui.screens.base import BaseScreen
from kmtui.tui.widgets.rows import Row, Rows

if TYPE_CHECKING:
    from kmtui.workspace.desk import Glance
    from kmtui.workspace.start import Start


STAYS = (
    "past", "actions", "register", "assets", "review", "compare", "numbers", "setups", "techniques", "old", "care",
)  # fmt: skip
"""Lines on which one stands still after coming back from them."""


BACK_UP_AFTER = 5.0
"""Seconds after the first frame when it is looked whether there is a backup of today; it never delays a start."""

BACK_UP_AGAIN = 60.0 * 60
"""Seconds after which that is looked at again: kmtui may stay open for days."""

MORE = (("care", "Care of the files: examine, back up, put back"), ("import", "Take in a file: lessons, a bundle"))
"""What the palette offers at home besides the lines of the menu."""


class HomeScreen(BaseScreen):
    """The first screen. It draws its frame at once and reads the workspace right after."""

    KEYS = ("palette", "quit", "register")
    BINDINGS = bindings("undo", "register")
    CSS = "#hint { height: auto; padding: 0 1; color: $muted; }"

    def __init__(self, start: Start) -> None:
        super().__init__()
        self._start: Start | None = start
        self._reading = False  # whether it was told how far reading is
        self._no_backup = ""  # why there is no backup of today

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

    class BackedUp(Message):
        """It was looked whether a backup is due, and made one; `trouble` says why there is none."""

        def __init__(self, trouble: str) -> None:
            super().__init__()
            self.trouble = trouble

    class Reading(Message):
        """So many of so many records are read, which takes a while where none were known; what can be begun already."""

        def __init__(self, done: int, total: int, rows: list[Row]) -> None:
            super().__init__()
            self.done = done
            self.total = total
            self.rows = rows

    def arrive(self) -> None:
        """Draw the frame, then read."""
        self.head("kmtui")
        self.query_one("#hint", Static).update(words("Learn from what you do, and see where you stand."))
        self.draw_keys()
        self.call_after_refresh(self.call_after_refresh, self.draw)  # the frame is on its way by then
        self.set_timer(BACK_UP_AFTER, self.back_up)
        self.set_interval(BACK_UP_AGAIN, self.back_up)

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

        def rows_for(glance: Glance | None) -> list[Row]:
            desk, tools = self.desk, self.desk.tools
            return menu_rows(
                tools.library,
                desk.first_technique,
                glance,
                tools.today(),
                keep_years=desk.keep_years,
                no_backup=self._no_backup,
            )

        def progress(done: int, total: int) -> bool:
            if done < total:
                self.post_message(self.Reading(done, total, rows_for(None)))
            return self.app.screen is self

        glance, trouble = None, ""
        try:
            register = self.desk.tools.store.register
            if not register.count() and not register.look(progress):
                return  # another screen is on top, which reads on; home looks again when it is back
            glance = self.desk.glance()
        except KmtuiError as error:
            trouble = str(error)
        rows = rows_for(glance)
        self.post_message(self.Looked(rows, glance is not None and not glance.kept, trouble))
        import kmtui.tui.opening  # noqa: F401 - so that the next screen comes at once and takes the first key typed

    def back_up(self) -> None:
        """Make the backup of today, if there is none yet, in a thread that ends with the program."""
        self.run_worker(self._back_up, name="backup", group="backup", thread=True, exit_on_error=False)

    def _back_up(self) -> None:
        from kmtui.workspace.care import back_up_once_a_day

        worker = get_current_worker()  # it is cancelled when the program ends
        trouble = back_up_once_a_day(self.desk.tools, lambda _done, _total: not worker.is_cancelled)
        self.post_message(self.BackedUp(trouble))

    def on_home_screen_backed_up(self, event: BackedUp) -> None:
        """Tell quietly that there is no backup."""
        if event.trouble != self._no_backup:
            self._no_backup = event.trouble
            self.tell(event.trouble)
            if self.app.screen is self:
                self.draw()

    def on_home_screen_reading(self, event: Reading) -> None:
        """Show what can be begun, and how far reading is."""
        if not self.query_one(Rows).choices():
            self.query_one(Rows).show(event.rows)
        self._reading = True
        self.tell(f"Reading {event.done:,} of {event.total:,} records; you can begin meanwhile.")
        if self._start is not None and self._start.kind == "home":
            self._start = None

    def on_home_screen_looked(self, event: Looked) -> None:
        """Show what the workspace holds, and at the very start go where the command line pointed."""
        menu = self.query_one(Rows)
        stay = menu.chosen in STAYS or self._reading  # else what is open is chosen, which comes first
        menu.show(event.rows, menu.chosen if stay else None)
        if event.trouble:
            self.tell(event.trouble, error=True)
        elif self._reading:
            self.tell("")
        self._reading = False
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
        rows = self.query_one(Rows).choices()
        there = {row_id for row_id, _ in rows}
        more = [each for each in MORE if each[0] not in there]
        return [(words_, partial(self._choose_row, row_id)) for row_id, words_ in (*rows, *more)]

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
        elif kind == "numbers":
            from kmtui.tui.screens.numbers import NumbersScreen

            self.app.push_screen(NumbersScreen())
        elif kind == "register":
            from kmtui.tui.screens.register import RegisterScreen

            self.app.push_screen(RegisterScreen())
        elif kind == "assets":
            from kmtui.tui.screens.assets import AssetsScreen

            self.app.push_screen(AssetsScreen())
        elif kind == "review":
            from kmtui.tui.screens.review import ReviewScreen

            self.app.push_screen(ReviewScreen())
        elif kind == "old":
            from kmtui.tui.screens.old import OldScreen

            self.app.push_screen(OldScreen())
        elif kind == "care":
            from kmtui.tui.screens.care import CareScreen

            self.app.push_screen(CareScreen())
        elif kind == "import":
            from kmtui.tui.screens.lesson_import import TakeFileScreen

            self.app.push_screen(TakeFileScreen())
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

    def action_register(self) -> None:
        """Find lessons in the register."""
        self._choose("register", "")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer no way back from the first screen."""
        return action != "leave" and super().check_action(action, parameters)

    def action_undo(self) -> None:
        """Bring back what was deleted last."""
        name = self.desk.undo_delete()
        self.tell("Nothing to undo." if name is None else f'"{name}" is back.')
        self.draw()
