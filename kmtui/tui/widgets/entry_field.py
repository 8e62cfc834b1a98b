"""The field in which people type: Enter enters, and the screen's keys come before what a text area does with them."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.actions import SkipAction
from textual.binding import Binding
from textual.widgets import TextArea

from kmtui.text import clean


def _quiet(keys: str, action: str, words: str) -> Binding:
    return Binding(keys, action, words, show=False)


class EntryField(TextArea, inherit_bindings=False):
    """A text area of one to four lines. Ctrl+J makes a new line; Enter calls `on_enter`.

    It is a call and no message: keys that come in one go, over a slow line, would be handled before a message, and run
    into the text that is being entered.
    """

    DEFAULT_CSS = """
    EntryField {
        height: auto; max-height: 4; min-height: 1; border: none; padding: 0 1;
        background: $field-background; color: $foreground;
        &:focus { border: none; }
        .text-area--cursor { background: $foreground; color: $background; text-style: $cursor-style; }
        .text-area--selection { background: $input-selection-background; color: $foreground; text-style: reverse; }
        .text-area--placeholder { color: $muted; }
    }
    """

    BINDINGS = [
        _quiet("up", "line_up", "Cursor up"),
        _quiet("down", "line_down", "Cursor down"),
        _quiet("left", "cursor_left", "Cursor left"),
        _quiet("right", "cursor_right", "Cursor right"),
        _quiet("ctrl+left", "cursor_word_left", "Word left"),
        _quiet("ctrl+right", "cursor_word_right", "Word right"),
        _quiet("home,ctrl+a", "cursor_line_start", "Start of line"),
        _quiet("end", "cursor_line_end", "End of line"),
        _quiet("shift+left", "cursor_left(True)", "Select left"),
        _quiet("shift+right", "cursor_right(True)", "Select right"),
        _quiet("ctrl+shift+left", "cursor_word_left(True)", "Select word left"),
        _quiet("ctrl+shift+right", "cursor_word_right(True)", "Select word right"),
        _quiet("shift+home", "cursor_line_start(True)", "Select to start"),
        _quiet("shift+end", "cursor_line_end(True)", "Select to end"),
        _quiet("backspace", "delete_left", "Delete left"),
        _quiet("ctrl+w,ctrl+backspace", "delete_word_left", "Delete word"),
        _quiet("ctrl+u", "delete_to_start_of_line", "Delete to the start"),
        _quiet("ctrl+x", "cut", "Cut"),
        _quiet("ctrl+c", "copy", "Copy"),
        _quiet("ctrl+v", "paste", "Paste"),
        _quiet("ctrl+j,shift+enter,alt+enter", "new_line", "New line"),
        Binding("ctrl+z", "undo_typing", "Undo", show=False, id="undo"),
        Binding("ctrl+y", "redo_typing", "Redo", show=False, id="redo"),
    ]

    def __init__(self, text: str = "", *, id: str | None = None) -> None:
        super().__init__(text, soft_wrap=True, tab_behavior="focus", compact=True, highlight_cursor_line=False, id=id)
        self.cursor_blink = False  # a blinking caret costs traffic over SSH and unsettles readers
        self.match_cursor_bracket = False
        self.on_enter: Callable[[], object] = lambda: None
        self.on_space: Callable[[], object] | None = None  # what the space bar does in an empty field, if not a space

    async def _on_key(self, event: events.Key) -> None:
        if event.key == "enter":
            event.stop()
            event.prevent_default()
            self.on_enter()
            return
        if event.key == "space" and not self.text and self.on_space is not None:
            event.stop()
            event.prevent_default()
            self.on_space()
            return
        if event.key == "delete" and self.text:  # in an empty field the key is the screen's
            event.stop()
            event.prevent_default()
            self.action_delete_right()
            return
        await super()._on_key(event)

    async def _on_paste(self, event: events.Paste) -> None:
        """Clean what is pasted: an escape sequence in the field would reach the terminal."""
        event.prevent_default()
        await super()._on_paste(events.Paste(clean(event.text)))

    def fill(self, text: str) -> None:
        """Put a text into the field, with the cursor at its end and nothing to undo."""
        self.load_text(clean(text))
        self.move_cursor(self.document.end)

    def action_new_line(self) -> None:
        """Insert a line break."""
        self.insert("\n")

    def action_line_up(self) -> None:
        """Move up within the text; in its first line the key is the screen's."""
        if self.cursor_at_first_line:
            raise SkipAction()
        self.action_cursor_up()

    def action_line_down(self) -> None:
        """Move down within the text; in its last line the key is the screen's."""
        if self.cursor_at_last_line:
            raise SkipAction()
        self.action_cursor_down()

    def action_undo_typing(self) -> None:
        """Undo within the text while it is being written; after that the key is the screen's."""
        if not self.history.undo_stack:
            raise SkipAction()
        self.undo()

    def action_redo_typing(self) -> None:
        """Redo within the text; where nothing was undone the key is the screen's."""
        if not self.history.redo_stack:
            raise SkipAction()
        self.redo()
