"""What goes from a list of lessons into files, and what comes out of them; and lessons deleted that come back."""

from __future__ import annotations

from kmtui.model.errors import WrongInput
from kmtui.model.lines import LessonLine
from kmtui.store.protocol import Hit
from kmtui.text import shortened
from kmtui.tui.actions import bindings
from kmtui.tui.screens.listed import ListedScreen

FILE_ACTIONS = ("export_found", "bundle", "import", "undo")


class LessonFiles(ListedScreen):
    """A list of lessons, some of which may be marked."""

    BINDINGS = bindings("export-found", "bundle", "import", "undo")

    @property
    def marked(self) -> tuple[LessonLine, ...]:
        """The lessons that were marked. Screens extend this."""
        return ()

    def found(self) -> tuple[list[Hit], str]:
        """Return what was found, and with which words. Screens extend this."""
        return [], ""

    def came_back(self) -> None:
        """Look again: a lesson has come back. Screens extend this."""

    def action_export_found(self) -> None:
        """Write the marked lessons to a file; where none is marked, all that were found."""
        from kmtui.tui.screens.export_found import ExportFoundScreen

        found, asked = self.found()
        hits = [Hit(line=line, score=0.0) for line in self.marked] or found
        if not hits:
            raise WrongInput("There is nothing to write. Other words may find something.")
        self.app.push_screen(ExportFoundScreen(hits, asked))

    def action_bundle(self) -> None:
        """Write the marked lessons, or else the chosen one, into a file for another kmtui."""
        from kmtui.tui.screens.bundle import WriteBundleScreen

        chosen = self.chosen.partition("/")[0]  # one lesson may stand here in the words of two people
        ids = tuple(line.id for line in self.marked) or ((chosen,) if chosen else ())
        if not ids:
            raise WrongInput("There is no lesson to write. Other words may find something.")
        self.app.push_screen(WriteBundleScreen(ids))

    def action_import(self) -> None:
        """Take in lessons, a bundle or a record from a file."""
        from kmtui.tui.screens.lesson_import import TakeFileScreen

        self.app.push_screen(TakeFileScreen())

    def action_undo(self) -> None:
        """Bring back what was deleted last."""
        name = self.desk.undo_delete()
        self.came_back()
        self.tell("Nothing to undo." if name is None else f'"{shortened(name, 60)}" is back.')
