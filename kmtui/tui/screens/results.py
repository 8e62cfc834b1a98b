"""Results on the way: where individuals differ, bars against the scale, then and now, and the same as sentences."""

from __future__ import annotations

from typing import Literal

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static

from kmtui.flow.assessment import OPENING, answered
from kmtui.model.assessment import Assessment
from kmtui.text import one_line
from kmtui.tui import chart
from kmtui.tui.actions import bindings
from kmtui.tui.keys import key_for
from kmtui.tui.safe import parts
from kmtui.tui.screens.base import BaseScreen
from kmtui.tui.widgets.rows import Row, Rows
from kmtui.workspace.assessments import OpenAssessment

View = Literal["differ", "bars", "then"]

HEADINGS: dict[View, str] = {"differ": "Where we differ", "bars": "Results", "then": "Then and now"}
NARROWEST = 36


class ResultsScreen(BaseScreen):
    """Shows how an assessment stands; of a survey first where people differ. Finishing is one key away."""

    KEYS = ("leave", "plan", "sentences")
    BINDINGS = bindings("sentences", "view", "plan", "export", "next", "back")
    CSS = """
    #results { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    #results Static { height: auto; }
    """

    def __init__(self, opened: OpenAssessment, before: Assessment | None = None) -> None:
        """`before` is the assessment of the same team before this one, if there is one."""
        super().__init__()
        self._opened = opened
        self._before = before
        self._in_words = False
        self._asked_to_finish = False
        self._view: View = self._views()[0]

    def _views(self) -> tuple[View, ...]:
        differ: tuple[View, ...] = ("differ",) if self._opened.record.survey is not None else ()
        then: tuple[View, ...] = ("then",) if self._before is not None else ()
        return (*differ, "bars", *then)

    def compose_body(self) -> ComposeResult:
        """Show the list of differences, or a picture."""
        yield Rows(id="differences", focusable=True)
        with VerticalScroll(id="results"):
            yield Static(id="chart", markup=False)

    def draw(self) -> None:
        """Show the present view, or its sentences."""
        super().draw()
        record = self._opened.record
        self.head(f"{HEADINGS[self._view]}: {record.name}")
        listed = self._view == "differ" and not self._in_words
        rows, picture = self.query_one(Rows), self.query_one("#results")
        rows.display = listed
        picture.display = not listed
        if listed:
            rows.show(self._differences(record), rows.chosen)
            rows.focus()
        else:
            self.query_one("#chart", Static).update(self._content(record))
            picture.focus()
        self._tell_how(listed)

    def _differences(self, record: Assessment) -> list[Row]:
        """Return the legend, the opening question where it was not asked yet, the criteria, and what numbers mean."""
        marks = parts((chart.spread_legend(), "$muted not bold"))
        rule = parts((chart.differences_rule(record), "$muted not bold"))
        shown = [Row(name, found) for name, found in chart.differences(record, self._width)]
        if self._opening_first:
            question = record.matrix.opening_question or "on whose behalf we answer"
            shown.insert(0, Row(OPENING, parts(("Opening question: ", "bold"), (one_line(question), "not bold"))))
        return [Row("", marks, heading=True), *shown, Row("", rule, heading=True)]

    @property
    def _opening_first(self) -> bool:
        """Whether the group has not begun yet: then the opening question comes before the criteria."""
        record = self._opened.record
        return not record.opening and not answered(record)

    @property
    def _open(self) -> int:
        """How many criteria have no answer yet."""
        record = self._opened.record
        return len(record.matrix.criteria) - answered(record)

    @property
    def _width(self) -> int:
        return max(self.size.width - 3, NARROWEST)

    def _content(self, record: Assessment) -> Content:
        if self._view == "differ":
            return chart.differences_sentences(record)
        if self._view == "then" and self._before is not None:
            if self._in_words:
                return chart.beside_sentences(record, self._before)
            return chart.beside(record, self._before, self._width)
        return chart.sentences(record) if self._in_words else chart.chart(record, self._width)

    def _tell_how(self, listed: bool) -> None:
        enter = "Enter goes to the criterion, to agree a level."
        if listed and self._opening_first:
            enter = "Enter asks the opening question; then talk over the widest difference and agree a level."
        told = [enter if listed else ""]
        views = self._views()
        if len(views) > 1:
            following = views[(views.index(self._view) + 1) % len(views)]
            told.append(f"{key_for(self, 'view')}: {HEADINGS[following].lower()}.")
        if not (listed and self._open):
            told.append(f"{key_for(self, 'next')} finishes the assessment.")
        self.tell(" ".join(each for each in told if each))

    def resized(self) -> None:
        """Draw in the new width."""
        super().resized()
        self.call_after_refresh(self.draw)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        chosen = self.query_one(Rows).chosen
        if chosen:
            self._opened.go(chosen)
            self.app.pop_screen()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer another view only where there is one."""
        return (action != "view" or len(self._views()) > 1) and super().check_action(action, parameters)

    def action_view(self) -> None:
        """Go on to the next view."""
        self._asked_to_finish = False
        views = self._views()
        self._view = views[(views.index(self._view) + 1) % len(views)]
        self.query_one("#results").scroll_home(animate=False)
        self.draw()

    def action_sentences(self) -> None:
        """Change between the picture and its sentences."""
        self._in_words = not self._in_words
        self.query_one("#results").scroll_home(animate=False)
        self.draw()

    def action_plan(self) -> None:
        """Go to what the team will do about it."""
        from kmtui.tui.screens.plan import open_plan

        open_plan(self.app, self._opened)

    def action_back(self) -> None:
        """Go back to the criteria."""
        self.app.pop_screen()

    def action_export(self) -> None:
        """Write the report to a file."""
        from kmtui.tui.screens.export import ExportScreen

        self.app.push_screen(ExportScreen(self._opened.record))

    def action_next(self) -> None:
        """Finish the assessment as it stands, and show its report; where answers are missing, asked a second time."""
        from kmtui.tui.screens.assessment import AssessmentScreen
        from kmtui.tui.screens.report import ReportScreen

        if self._open and not self._asked_to_finish:
            self._asked_to_finish = True
            have = "criterion has" if self._open == 1 else "criteria have"
            key = key_for(self, "next")
            self.tell(f"{self._open} {have} no answer yet. {key} again finishes all the same; Esc goes back.")
            return
        self._opened.finish()
        self.app.pop_screen()
        walk = self.app.screen
        if isinstance(walk, AssessmentScreen) and walk.release():
            self.app.switch_screen(ReportScreen(self._opened.record.id, "Finished and saved.", view="chart"))
