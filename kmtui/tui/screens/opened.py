"""What the screens of a session and of an assessment share: saving, undo, clock, parking, export."""

from __future__ import annotations

from typing import Any, Generic

from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

from kmtui.flow.clock import in_words
from kmtui.model.errors import KmtuiError, StoreError
from kmtui.store.protocol import Kept
from kmtui.tui.actions import bindings
from kmtui.tui.screens.base import BaseScreen
from kmtui.tui.widgets.asker import Asker
from kmtui.workspace.opened import SAVED, Opened

RETRY = 5.0
"""Seconds until a save that failed is tried again."""
DRAFT_AFTER = 0.7
"""Seconds of quiet after which half-typed words are put on disk."""


class OpenedScreen(BaseScreen, Generic[Kept]):
    """Works on one record. Saving runs in a thread, so that a slow drive does not freeze the screen."""

    BINDINGS = bindings(
        "next", "back", "go-to", "undo", "redo", "notes", "pause", "extend", "park", "about", "export", "save-elsewhere"
    )
    KEYS = ("next", "undo", "notes")

    class SaveEnded(Message):
        """A save has ended: on disk (`trouble` is None), or not."""

        def __init__(self, words: str, trouble: str | None) -> None:
            super().__init__()
            self.words = words
            self.trouble = trouble

    def __init__(self, opened: Opened[Kept]) -> None:
        super().__init__()
        self.opened: Opened[Kept] = opened
        self._last_words = ""
        self._announce = False  # half-typed words are put on disk without a word
        self._draft_timer: Any = None
        self._rests = False

    def arrive(self) -> None:
        """Take the record on, and tell what there is to know of it."""
        self.kmtui.opened = self.opened
        self.opened.on_change = self._save_soon
        super().arrive()
        self.set_interval(1.0, self.draw_clock)
        self.set_interval(RETRY, self._retry)
        if self.opened.read_only:
            self.tell(self.opened.read_only, error=True)
        elif self.opened.second:
            self.tell("Another window has this open. What you type here is kept in a copy of its own.", error=True)

    def resumed(self) -> None:
        """Take the record on again, with its saving, when a screen above has gone."""
        if self.app.screen is self:  # it may have been given back on the way
            self.kmtui.opened = self.opened
            self.opened.on_change = self._save_soon
            if self._rests:
                self.opened.pause_or_resume()
            self._rests = False
        super().resumed()

    def rest(self) -> None:
        """Save, and let the clock rest, before another record is worked on above this screen. Raises StoreError."""
        self.opened.save()
        self._rests = self.opened.clock.running
        if self._rests:
            self.opened.pause_or_resume()

    # Saving

    def tell(self, message: str, *, error: bool = False) -> None:
        """Say what happened; behind an error no "Saved" of an earlier change follows."""
        if error:
            self._announce = False
        super().tell(message, error=error)

    def _save_soon(self) -> None:
        self.tell("Saving…")
        self._announce = True
        self.run_worker(self._save, name="save", group="save", thread=True, exit_on_error=False)

    def _save(self) -> None:
        try:
            words = self.opened.save()
        except StoreError as error:
            message = self.SaveEnded("", str(error))
        else:
            message = self.SaveEnded(words, None)
        if not get_current_worker().is_cancelled:
            self.post_message(message)

    def on_opened_screen_save_ended(self, event: SaveEnded) -> None:
        """Say whether the words are on disk."""
        if event.trouble is not None:
            key = self.kmtui.keys_of(self).get("save-elsewhere", ("F9", ""))[0]
            self.tell(f"Not saved. {event.trouble} Your words are still here. {key} saves them elsewhere.", error=True)
        elif self.opened.saved and (self._announce or event.words != SAVED):
            words = f"{SAVED}{self._last_words}" if event.words == SAVED else event.words
            self.tell(words, error=event.words != SAVED)
            self._last_words, self._announce = "", False

    def _retry(self) -> None:
        if not self.opened.saved and not self.opened.read_only:
            self._save_soon()

    def changed(self, words: str = "") -> None:
        """Draw after a change; `words` go behind "Saved" once it is on disk."""
        self._last_words = f". {words}" if words else "."
        self.draw()

    def on_asker_refused(self, event: Asker.Refused) -> None:
        """Say why what was typed cannot be taken; it is still in the field."""
        self.tell(event.words, error=True)

    # Half-typed words

    def keep_draft(self, field: str, text: str) -> None:
        """Keep half-typed words in memory at once and on disk after a moment of quiet."""
        self.opened.draft(field, text)
        if self._draft_timer is not None:
            self._draft_timer.stop()
        self._draft_timer = self.set_timer(DRAFT_AFTER, self._save_draft)

    def on_asker_passed(self, event: Asker.Passed) -> None:
        """Put an answered part of a form on disk at once: Enter was pressed on it."""
        if event.editing is None:
            self._save_draft()

    def on_asker_pointed_out(self) -> None:
        """Put half-typed words on disk at once: they are not entered until it is decided about them."""
        self._save_draft()

    def _save_draft(self) -> None:
        if not self.opened.saved:
            self.run_worker(self._save, name="save", group="save", thread=True, exit_on_error=False)

    # Keys

    def action_undo(self) -> None:
        """Take the last change back."""
        self._travelled(self.opened.undo(), "Taken back", "Nothing to undo.")

    def action_redo(self) -> None:
        """Make the last undone change again."""
        self._travelled(self.opened.redo(), "Done again", "Nothing to do again.")

    def _travelled(self, words: str | None, told: str, nothing: str) -> None:
        if words is None:
            self.tell(nothing)
        else:
            self.rebuilt()
            self.changed(f"{told}: {words}.")

    def rebuilt(self) -> None:
        """Begin the form anew after the record has changed below it. Screens extend this."""

    def action_pause(self) -> None:
        """Pause the clock or let it run on."""
        self.tell("The clock runs." if self.opened.pause_or_resume() else "The clock is paused.")
        self.draw_clock()

    def action_extend(self) -> None:
        """Give the present step one more minute."""
        self.opened.extend(1)
        self.tell("One more minute.")
        self.draw_clock()

    def draw_clock(self) -> None:
        """Show the time. Screens extend this."""

    def clock_words(self, left: float | None) -> str:
        """Return what the clock shows: the time left of a step, or the time spent."""
        if not self.kmtui.settings.clock:
            return ""
        paused = "" if self.opened.clock.running else " paused"
        if left is None:
            return f"{in_words(self.opened.seconds_spent())} so far{paused}"
        return f"{in_words(left)}{'' if left < 0 else ' left'}{paused}"

    def action_park(self) -> None:
        """Park the words in the field; with an empty field, show what is parked."""
        field = self.query_one(Asker).field
        if self.query_one(Asker).display and field.text.strip():
            if not self.query_one(Asker).settled():
                return
            self.opened.park(field.text)
            field.fill("")
            self.changed("It stands on the parking list.")
            return
        from kmtui.tui.screens.parked import ParkedScreen

        self.app.push_screen(ParkedScreen(self.opened))

    def action_export(self) -> None:
        """Write the report to a file, at any time."""
        from kmtui.tui.screens.export import ExportScreen

        if self.enter_words():
            self.app.push_screen(ExportScreen(self.opened.record))

    def action_save_elsewhere(self) -> None:
        """Save a whole copy in another place."""
        from kmtui.tui.screens.export import SaveElsewhereScreen

        if self.enter_words():
            self.app.push_screen(SaveElsewhereScreen(self.opened))

    def enter_words(self) -> bool:
        """Take the words in the field before going elsewhere; return False if they were refused. Screens extend it."""
        return True

    def action_leave(self) -> None:
        """Save, give the record back, and go to the screen before."""
        if self.release():
            super().action_leave()

    def _below(self) -> list[Screen[Any]]:
        stack = self.app.screen_stack
        return stack[: stack.index(self)] if self in stack else []

    def release(self) -> bool:
        """Save and give the record back; return False, with the reason shown, if it cannot be saved.

        Where a screen below works on the same record it goes on there.
        """
        if any(isinstance(each, OpenedScreen) and each.opened is self.opened for each in self._below()):
            return True
        try:
            self.kmtui.close_opened()
        except KmtuiError as error:
            self.on_opened_screen_save_ended(self.SaveEnded("", str(error)))
            return False
        return True
