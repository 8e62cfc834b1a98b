"""The report of a session or an assessment as it would be sent, with export one key away."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from kmtui.model.assessment import Assessment
from kmtui.model.errors import KmtuiError
from kmtui.model.session import Session
from kmtui.tui.actions import bindings
from kmtui.tui.chart import chart, sentences
from kmtui.tui.reading import as_read
from kmtui.tui.screens.base import BaseScreen
from kmtui.workspace.sharing import rendered


class ReportScreen(BaseScreen):
    """Shows a report. F4 goes from the report of an assessment to its chart and on to its sentences."""

    KEYS = ("export", "sentences", "leave", "reopen")
    BINDINGS = bindings("export", "reopen", "undo", "sentences")
    CSS = """
    #report { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    #report Static { height: auto; }
    """

    def __init__(self, record_id: str, told: str = "", view: str = "report") -> None:
        super().__init__()
        self._record_id = record_id
        self._told = told
        self._view = view
        self._has_chart = False

    def compose_body(self) -> ComposeResult:
        """Show the report."""
        with VerticalScroll(id="report"):
            yield Static(id="text", markup=False)

    def arrive(self) -> None:
        """Draw, and say what has just happened."""
        super().arrive()
        if self._told and "Finished" not in self._told:
            self.tell(self._told, error=True)
        elif self._told:
            keys = self.kmtui.keys_of(self)
            self.tell(
                f"{self._told} {keys['export'][0]} writes the report to a file, {keys['reopen'][0]} opens it again."
            )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the chart and sentences of an assessment alone."""
        return super().check_action(action, parameters) if action != "sentences" else self._has_chart

    def draw(self) -> None:
        """Show the report, the chart or the sentences."""
        super().draw()
        try:
            record = self.desk.read(self._record_id)
        except KmtuiError as error:
            self.tell(str(error), error=True)
            return
        self._has_chart = isinstance(record, Assessment)
        self.draw_keys()
        self.head(record.name, "" if record.finished else "not finished")
        self.query_one("#text", Static).update(self._content(record))
        self.query_one("#report").focus()

    def _content(self, record: Session | Assessment) -> Content:
        if isinstance(record, Assessment) and self._view == "chart":
            return chart(record, max(self.size.width - 3, 36))
        if isinstance(record, Assessment) and self._view == "sentences":
            return sentences(record)
        text = rendered(self.desk.tools, record, "markdown")
        return as_read(without_front_matter(text))

    def resized(self) -> None:
        """Draw the chart in the new width."""
        super().resized()
        if self._view == "chart":
            self.call_after_refresh(self.draw)

    def action_sentences(self) -> None:
        """Go on to the chart, the sentences, and back to the report."""
        self._view = {"report": "chart", "chart": "sentences", "sentences": "report"}[self._view]
        self.draw()

    def action_export(self) -> None:
        """Write the report to a file."""
        from kmtui.tui.screens.export import ExportScreen

        self.app.push_screen(ExportScreen(self.desk.read(self._record_id)))

    def action_undo(self) -> None:
        """Take the finishing back."""
        self.action_reopen()

    def action_reopen(self) -> None:
        """Work on the record again."""
        from kmtui.tui.screens.assessment import AssessmentScreen
        from kmtui.tui.screens.session import SessionScreen
        from kmtui.workspace.assessments import OpenAssessment

        try:
            opened = self.desk.open(self._record_id)
            opened.reopen()
        except KmtuiError as error:
            self.tell(str(error), error=True)
            return
        if isinstance(opened, OpenAssessment):
            self.app.switch_screen(AssessmentScreen(opened))
        else:
            self.app.switch_screen(SessionScreen(opened))


def without_front_matter(text: str) -> str:
    """Return a report without the block of data at its beginning, which is for programs."""
    if not text.startswith("---\n"):
        return text
    end = text.find("\n---\n", 3)
    return text[end + 5 :].lstrip("\n") if end >= 0 else text
