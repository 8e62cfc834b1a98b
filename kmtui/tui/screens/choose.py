"""Choose one out of a list: a step or a criterion to go to."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual import on
from textual.app import ComposeResult
from textual.widgets import OptionList

from kmtui.model.errors import KmtuiError
from kmtui.tui.safe import parts
from kmtui.tui.screens.base import BaseScreen
from kmtui.tui.widgets.rows import Row, Rows


class ChooseScreen(BaseScreen):
    """A list of places with a word beside each; Enter goes there."""

    def __init__(
        self,
        heading: str,
        places: Sequence[tuple[str, str, str]],
        here: str,
        go: Callable[[str], None],
        told: str = "Enter goes there.",
    ) -> None:
        """`places` are id, words, and what stands beside them; an empty id makes a heading. `told` is for Enter."""
        super().__init__()
        self._heading = heading
        self._places = places
        self._here = here
        self._then = go
        self._told = told

    def compose_body(self) -> ComposeResult:
        """Show the list."""
        yield Rows(id="places", focusable=True)

    def draw(self) -> None:
        """Show the places."""
        super().draw()
        self.head(self._heading)
        rows = [
            Row(place, parts(title, (f"  {beside}", "$muted")) if place else parts(title), heading=not place)
            for place, title, beside in self._places
        ]
        self.query_one(Rows).show(rows, self._here)
        self.query_one(Rows).focus()
        self.tell(self._told)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        chosen = self.query_one(Rows).chosen
        self.app.pop_screen()
        if not chosen:
            return
        try:
            self._then(chosen)
        except KmtuiError as error:
            below = self.app.screen
            if isinstance(below, BaseScreen):
                below.tell(str(error), error=True)
