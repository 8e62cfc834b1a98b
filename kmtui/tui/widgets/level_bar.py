"""The scale of a matrix: digits or arrows choose a level, Enter goes on."""

from __future__ import annotations

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from kmtui.flow.assessment import level_after_digit, scale_in_words
from kmtui.model.base import Level
from kmtui.model.matrix import Matrix
from kmtui.tui.safe import parts


class LevelBar(Static, can_focus=True):
    """Shows all levels in their bands with the chosen one marked."""

    DEFAULT_CSS = """
    LevelBar { height: auto; padding: 0 1; background: $field-background; }
    LevelBar:focus { background: $field-background; }
    """

    class LevelChosen(Message):
        """A digit or an arrow chose a level; None for emptied."""

        def __init__(self, level: Level | None) -> None:
            super().__init__()
            self.level = level

    class Refused(Message):
        """What was typed is no level."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    class Entered(Message):
        """Enter was pressed."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id, markup=False)
        self._matrix: Matrix | None = None
        self._level: Level | None = None
        self._typed = ""

    def ask(self, matrix: Matrix, level: Level | None) -> None:
        """Show a scale with a level on it; what was typed of a number before is forgotten."""
        self._matrix, self._level, self._typed = matrix, level, ""
        self._draw()

    def _draw(self) -> None:
        if self._matrix is None:
            return
        groups: list[Content] = []
        for band in self._matrix.bands:
            levels = [each for each in self._matrix.levels() if self._matrix.band_at(each) == band]
            cells = [self._cell(each) for each in levels]
            groups.append(Content(" ").join(cells))
        self.update(Content(" | ").join(groups))

    def _cell(self, level: Level) -> Content:
        if level == self._level:
            return parts((f"[{level}]", "bold reverse"))
        return parts((str(level), "$foreground"))

    def _choose(self, level: Level | None) -> None:
        self._level = level
        self._draw()
        self.post_message(self.LevelChosen(level))

    def on_key(self, event: events.Key) -> None:
        """Take digits, arrows, Backspace and Enter; other keys are the screen's. Down and right go up the scale,

        in the order in which the statements stand.
        """
        if self._matrix is None:
            return
        character = event.character or ""
        if event.key == "enter":
            self.post_message(self.Entered())
        elif event.key in ("left", "down", "right", "up"):
            self._typed = ""
            self._choose(self._stepped(list(self._matrix.levels()), 1 if event.key in ("right", "down") else -1))
        elif event.key == "backspace":
            self._typed = ""
            self._choose(None)
        elif character.isdecimal() or character == ".":
            self._typed, level = level_after_digit(self._matrix, self._typed, character)
            if level is not None:
                self._choose(level)
            elif not self._typed:
                self.post_message(self.Refused(f"{character} is no level. {scale_in_words(self._matrix.scale)}"))
        elif event.is_printable:
            self.post_message(self.Refused(f"Digits or arrows choose a level. {scale_in_words(self._matrix.scale)}"))
        else:
            return
        event.stop()
        event.prevent_default()

    def _stepped(self, levels: list[Level], by: int) -> Level:
        if self._level is None:
            return levels[0]
        return levels[min(max(levels.index(self._level) + by, 0), len(levels) - 1)]
