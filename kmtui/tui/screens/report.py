"""The report of a session or an assessment as it would be sent, with export one key away."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from kmtui.model.assessment import Assessment
from kmtui.model.errors import KmtuiError
from kmtui.model.session import Session
from kmtui.report.words import counted, still_open
from kmtui.tui import chart
from kmtui.tui.actions import bindings
from kmtui.tui.keys import key_for
from kmtui.tui.reading import as_read
from kmtui.tui.safe import words
from kmtui.tui.screens.base import BaseScreen
from kmtui.workspace.comparing import before
from kmtui.workspace.sharing import Format, rendered

TEXTS: dict[str, Format] = {"report": "markdown", "plan": "plan", "board": "board"}
VIEWS = {"report": "", "chart": "Chart", "then": "Then and now", "plan": "Plan", "board": "For a board"}
"""The views of an assessment in the order in which one key goes through them, with what the heading says of each."""
NARROWEST = 36


class ReportScreen(BaseScreen):
    """Shows a report; of an assessment also its chart, then and now, its plan, and one page for a board."""

    KEYS = ("export", "view", "plan", "reopen")
    BINDINGS = bindings("export", "reopen", "undo", "sentences", "view", "plan")
    CSS = """
    #report { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    #report Static { height: auto; }
    """

    def __init__(self, record_id: str, told: str = "", view: str = "report") -> None:
        super().__init__()
        self._record_id = record_id
        self._told = told
        self._view = "chart" if view == "sentences" else view if view in VIEWS else "report"
        self._in_words = view == "sentences"
        self._record: Session | Assessment | None = None
        self._before: Assessment | None = None

    def compose_body(self) -> ComposeResult:
        """Show the report."""
        with VerticalScroll(id="report"):
            yield Static(id="text", markup=False)

    def arrive(self) -> None:
        """Draw, and say what has just happened."""
        super().arrive()
        keys = self.kmtui.keys_of(self)
        if self._told and "Finished" not in self._told:
            self.tell(self._told, error=True)
        elif self._told:
            reopen = f", {keys['reopen'][0]} opens it again" if "reopen" in keys else ""
            self.tell(f"{self._told} {key_for(self, 'export')} writes the report to a file{reopen}.")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what there is: other views of an assessment, sentences of a picture, nothing of an open survey."""
        record = self._record
        collecting = isinstance(record, Assessment) and record.collecting
        if action in ("view", "plan"):
            return isinstance(record, Assessment) and not collecting
        if action in ("reopen", "undo"):
            return not collecting
        if action == "sentences":
            return isinstance(record, Assessment) and not collecting and self._view not in TEXTS
        return super().check_action(action, parameters)

    def draw(self) -> None:
        """Show the present view."""
        super().draw()
        try:
            record = self._record = self.desk.read(self._record_id)
        except KmtuiError as error:
            self.tell(str(error), error=True)
            return
        self.draw_keys()
        state = VIEWS[self._view] if isinstance(record, Assessment) else ""
        if isinstance(record, Assessment) and record.collecting:
            state = "survey open"
        self.head(record.name, " · ".join(part for part in (state, "" if record.finished else "not finished") if part))
        self.query_one("#text", Static).update(self._content(record))
        self.query_one("#report").focus()

    def _content(self, record: Session | Assessment) -> Content:
        if isinstance(record, Assessment):
            if record.collecting:
                return self._of_open_survey(record)
            width = max(self.size.width - 3, NARROWEST)
            if self._view == "chart":
                return chart.sentences(record) if self._in_words else chart.chart(record, width)
            if self._view == "then" and self._before is not None:
                if self._in_words:
                    return chart.beside_sentences(record, self._before)
                return chart.beside(record, self._before, width)
        text = rendered(self.desk.tools, record, TEXTS.get(self._view, "markdown"))
        return as_read(without_front_matter(text))

    def _of_open_survey(self, record: Assessment) -> Content:
        from kmtui.workspace.surveys import status

        answered = status(self.desk.tools, record.id).answered
        have = "has" if answered == 1 else "have"
        return words(f"{still_open(record)}\n\n{counted(answered, 'person', 'people')} {have} answered so far.")

    def resized(self) -> None:
        """Draw pictures in the new width."""
        super().resized()
        if self._view not in TEXTS:
            self.call_after_refresh(self.draw)

    def action_view(self) -> None:
        """Go on to the next view; then and now is passed over where there is no assessment before this one."""
        order = tuple(VIEWS)
        following = order[(order.index(self._view) + 1) % len(order)]
        if following == "then":
            record = self._record
            self._before = before(self.desk.tools, record) if isinstance(record, Assessment) else None
            following = "then" if self._before is not None else order[order.index("then") + 1]
        self._view = following
        self.query_one("#report").scroll_home(animate=False)
        self.draw()
        self.tell("" if following in TEXTS else f"{key_for(self, 'sentences')}: the same as sentences, and back.")

    def action_sentences(self) -> None:
        """Change between a picture and its sentences."""
        self._in_words = not self._in_words
        self.query_one("#report").scroll_home(animate=False)
        self.draw()

    def action_plan(self) -> None:
        """Open the plan, also of an assessment that is finished."""
        from kmtui.tui.screens.plan import open_plan
        from kmtui.workspace.assessments import OpenAssessment

        opened = self.desk.open(self._record_id)
        if isinstance(opened, OpenAssessment):
            open_plan(self.app, opened)

    def action_export(self) -> None:
        """Write what is shown to a file."""
        from kmtui.tui.screens.export import ExportScreen

        form = TEXTS.get(self._view, "markdown")
        self.app.push_screen(ExportScreen(self.desk.read(self._record_id), form))

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
