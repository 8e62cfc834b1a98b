"""Finding lessons for a page: Enter adds the chosen one, or all that are marked."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from kmtui.model.lines import LessonLine
from kmtui.tui.screens.register import RegisterScreen


class AddLessonsScreen(RegisterScreen):
    """Finds lessons, of which several can be marked."""

    KEYS = ("leave", "mark")
    HEADING = "Add lessons"

    def __init__(self, add: Callable[[tuple[LessonLine, ...]], None], words_: str = "") -> None:
        """`add` is called with the lessons when the screen below is back."""
        super().__init__(words_)
        self._add = add

    def hint(self) -> str:
        """Return what stands in the empty field."""
        return "Words find lessons as you type; Enter adds"

    def take(self, line: LessonLine) -> None:
        """Go back with the marked lessons, or with the chosen one where none is marked."""
        below, lines = self.app.screen_stack[-2], self.marked or (line,)
        self.app.pop_screen()
        below.call_after_refresh(partial(self._add, lines))

    def action_mark(self) -> None:
        """Mark the chosen lesson, or take the mark away."""
        super().action_mark()
        count = len(self.marked)
        self.tell(f"{count} marked. Enter adds {'it' if count == 1 else 'them'}." if count else "Nothing is marked.")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer nothing but choosing some."""
        return action not in ("join", "export_found") and super().check_action(action, parameters)
