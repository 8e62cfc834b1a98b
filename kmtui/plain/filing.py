"""What has to do with files, in plain text: taking one in, writing a bundle, care of those of the workspace."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from kmtui.plain.bundles import write_chosen
from kmtui.plain.care import CareTalk
from kmtui.plain.lesson_import import TakeFileTalk
from kmtui.plain.menu import Choice, Menu
from kmtui.workspace.desk import Desk


class FilesTalk:
    """The menu of it."""

    def __init__(self, menu: Menu, desk: Desk, undo: Callable[[], None]) -> None:
        self.menu = menu
        self._undo = undo
        self._choices = [
            Choice("Take in a file: lessons, a bundle, a record", TakeFileTalk(menu, desk).run),
            Choice("Write a bundle for another kmtui", partial(write_chosen, menu, desk)),
            Choice("Care of the files: examine, back up, put back", CareTalk(menu, desk).run),
        ]

    def run(self) -> None:
        """Do one of them."""
        chosen = self.menu.choose("files", "Number, or Enter to go back:", self._choices, self._undo)
        if chosen is not None:
            chosen.does()
