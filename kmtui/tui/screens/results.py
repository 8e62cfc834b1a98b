"""Results on the way: bars against the scale and bands, the widest gaps, and the same as sentences."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from kmtui.tui.actions import bindings
from kmtui.tui.chart import chart, sentences
from kmtui.tui.screens.base import BaseScreen
from kmtui.workspace.assessments import OpenAssessment


class ResultsScreen(BaseScreen):
    """Shows how an assessment stands; finishing is one key away."""

    KEYS = ("leave", "sentences", "next")
    BINDINGS = bindings("sentences", "export", "next", "back")
    CSS = "#results { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; } #results Static { height: auto; }"

    def __init__(self, opened: OpenAssessment) -> None:
        super().__init__()
        self._opened = opened
        self._in_words = False

    def compose_body(self) -> ComposeResult:
        """Show the chart."""
        with VerticalScroll(id="results"):
            yield Static(id="chart", markup=False)

    def draw(self) -> None:
        """Show bars or sentences."""
        super().draw()
        record = self._opened.record
        self.head(f"Results: {record.name}")
        shown = sentences(record) if self._in_words else chart(record, max(self.size.width - 3, 36))
        self.query_one("#chart", Static).update(shown)
        self.query_one("#results").focus()
        self.tell("F8 finishes the assessment. Esc goes back to the criteria.")

    def resized(self) -> None:
        """Draw in the new width."""
        super().resized()
        self.call_after_refresh(self.draw)

    def action_sentences(self) -> None:
        """Change between bars and sentences."""
        self._in_words = not self._in_words
        self.draw()

    def action_back(self) -> None:
        """Go back to the criteria."""
        self.app.pop_screen()

    def action_export(self) -> None:
        """Write the report to a file."""
        from kmtui.tui.screens.export import ExportScreen

        self.app.push_screen(ExportScreen(self._opened.record))

    def action_next(self) -> None:
        """Finish the assessment as it stands, and show its report."""
        from kmtui.tui.screens.assessment import AssessmentScreen
        from kmtui.tui.screens.report import ReportScreen

        self._opened.finish()
        self.app.pop_screen()
        walk = self.app.screen
        if isinstance(walk, AssessmentScreen) and walk.release():
            self.app.switch_screen(ReportScreen(self._opened.record.id, "Finished and saved.", view="chart"))
