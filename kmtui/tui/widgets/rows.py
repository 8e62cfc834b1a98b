"""A list of lines with one chosen. Beside a field it never takes the focus: the field is always ready."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from kmtui.tui.safe import parts

MOST = 400
"""How many rows are shown at once; more would take seconds to draw."""


class Row:
    """One line: an id, what it shows, and whether it can be chosen, by itself or only by hand."""

    __slots__ = ("by_hand", "content", "heading", "id")

    def __init__(self, row_id: str, content: Content, *, heading: bool = False, by_hand: bool = False) -> None:
        self.id = row_id
        self.content = content
        self.heading = heading
        self.by_hand = by_hand


class Rows(OptionList):
    """A list of rows. What is chosen is marked with a sign as well as with colour."""

    DEFAULT_CSS = """
    Rows {
        height: 1fr; border: none; padding: 0; background: $background; color: $foreground; scrollbar-size-vertical: 1;
        overflow-x: hidden;
        &:focus { border: none; background: $background; background-tint: transparent; }
        & > .option-list--option { padding: 0 1; }
        & > .option-list--option-disabled { color: $accent; text-style: bold; }
        & > .option-list--option-hover { background: $background; }
        & > .option-list--option-highlighted,
        &:focus > .option-list--option-highlighted {
            color: $chosen; background: $chosen-background; text-style: $chosen-style;
        }
    }
    """

    def __init__(self, *, id: str | None = None, focusable: bool = False) -> None:
        super().__init__(id=id, markup=False)
        self.can_focus = focusable
        self._ids: list[str] = []

    def show(self, rows: Iterable[Row], chosen: str | None = None) -> None:
        """Show these rows, at most `MOST`, and choose one by its id; None chooses none."""
        kept = list(rows)[:MOST]
        self._ids = [row.id for row in kept]
        self.set_options(Option(row.content, disabled=row.heading) for row in kept)
        index = self._ids.index(chosen) if chosen in self._ids else None
        if index is None and self.can_focus:
            index = next((number for number, row in enumerate(kept) if not row.heading), None)
        self.highlighted = index

    @property
    def chosen(self) -> str | None:
        """The id of the chosen row."""
        return self._ids[self.highlighted] if self.highlighted is not None and self._ids else None

    def place_of(self, row_id: str) -> int | None:
        """Return where a row stands, counted from 0; None where it is not shown."""
        return self._ids.index(row_id) if row_id in self._ids else None

    def choices(self) -> list[tuple[str, str]]:
        """Return id and words of every row that can be chosen."""
        shown = zip(self._ids, self.options, strict=True)
        return [(row_id, str(option.prompt).strip()) for row_id, option in shown if not option.disabled]

    @property
    def last(self) -> str | None:
        """The id of the last row that can be chosen."""
        choosable = [number for number in range(len(self._ids)) if not self.options[number].disabled]
        return self._ids[choosable[-1]] if choosable else None

    def choose_next(self, by: int) -> None:
        """Choose the row below (1) or above (-1); from nothing chosen, the first or the last."""
        if by > 0:
            self.action_cursor_down()
        else:
            self.action_cursor_up()

    def to_end(self) -> None:
        """Scroll to the last row without choosing it."""
        self.scroll_end(animate=False)


def numbered(number: int, content: Content) -> Content:
    """Return a row's content with its number."""
    return parts((f"{number}. ", "bold"), content)
