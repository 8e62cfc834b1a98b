"""What the walk through the criteria shows: the criterion, what is known of it already, and the time."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from kmtui.model.assessment import Assessment
from kmtui.model.base import Level
from kmtui.model.errors import KmtuiError
from kmtui.model.matrix import Criterion
from kmtui.report.last_time import LastTime
from kmtui.tui.criterion import OPENING_STAGES, answered, half_typed, indicator, reasons, said, statement
from kmtui.tui.last_time import agreed, of_last_time
from kmtui.tui.safe import lines, words
from kmtui.tui.screens.opened import OpenedScreen
from kmtui.tui.widgets.asker import Asker
from kmtui.tui.widgets.level_bar import LevelBar
from kmtui.workspace.assessments import OpenAssessment
from kmtui.workspace.comparing import before

HOUR = 60
"""Minutes for all criteria together; the clock shows how many of them are left for the present one."""


class WalkScreen(OpenedScreen[Assessment]):
    """Draws the present criterion. What is asked about it belongs to the screens that extend this one."""

    CSS = """
    #name { height: auto; max-height: 3; padding: 0 1; text-style: bold; color: $accent; }
    #criterion { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    #criterion Static { height: auto; }
    .statement { padding: 0 1; color: $foreground; }
    .statement.-here { color: $chosen; background: $chosen-background; text-style: $chosen-style; }
    #said, #last-time { color: $muted; }
    #scale { height: auto; border-top: solid $line; }
    #scale-label { height: auto; padding: 0 1; color: $primary; text-style: bold; }
    """

    opened: OpenAssessment

    class Looked(Message):
        """The assessment of the same team before this one was read."""

        def __init__(self, found: Assessment) -> None:
            super().__init__()
            self.found = found

    def __init__(self, opened: OpenAssessment) -> None:
        super().__init__(opened)
        self._last_time: LastTime | None = None
        self._stage = ""
        self._asked_for = ""
        self._notes = False

    def compose_body(self) -> ComposeResult:
        """Show criterion, scale and field."""
        yield Static(id="name", markup=False)
        with VerticalScroll(id="criterion", can_focus=False):
            yield Static(id="indicator", markup=False)
            yield Static(id="answered", markup=False)
            yield Static(id="typed", markup=False)
            yield Static(id="last-time", markup=False)
            for number in range(len(self.opened.record.matrix.bands)):
                yield Static(id=f"band-{number}", classes="statement", markup=False)
            yield Static(id="said", markup=False)
        with Vertical(id="scale"):
            yield Static(id="scale-label", markup=False)
            yield LevelBar(id="level")
        yield Asker(id="asker")

    def arrive(self) -> None:
        """Take the record on, and read once what the team said last time."""
        super().arrive()
        self.run_worker(self._look, name="look", group="look", thread=True, exit_on_error=False)

    def _look(self) -> None:
        try:
            found = before(self.opened.tools, self.opened.record)
        except KmtuiError:
            return  # the walk goes on without it
        if found is not None:
            self.post_message(self.Looked(found))

    def on_walk_screen_looked(self, event: Looked) -> None:
        """Show it beside the criteria."""
        self._last_time = LastTime(self.opened.record, event.found)
        self.draw()

    # Drawing

    def draw(self) -> None:
        """Show the present criterion, or the opening question."""
        super().draw()
        self.draw_clock()
        criterion = self.opened.criterion
        name = self.opened.record.matrix.opening_question or self.opened.record.matrix.title
        self.query_one("#name", Static).update(words(name if criterion is None else criterion.name))
        self.query_one("#indicator", Static).update(indicator(self.opened.record, notes=self._notes))
        self._draw_beside(criterion)
        if self.opened.spread is not None:  # what is below the fold is known once it is laid out
            self.call_after_refresh(self._draw_beside, criterion)
        self._draw_statements(criterion)
        self.query_one("#said", Static).update(lines(*reasons(self.opened.record), said(self.opened.record)))
        if self._asked_for != self.opened.record.place:
            self._asked_for = self.opened.record.place
            self.ask("level" if criterion is not None else OPENING_STAGES[0])
            self.query_one("#criterion").scroll_home(animate=False)

    def _draw_beside(self, criterion: Criterion | None) -> None:
        """Show what individuals answered, what was said last time or agreed then, and words that were half typed."""
        record = self.opened.record
        told: list[Content] = []
        if self._last_time is not None:
            level = self.opened.rating.level
            last = self._last_time
            told = of_last_time(last, criterion.id, level) if criterion is not None else agreed(last)
        below = any(scrolled.max_scroll_y > 0 for scrolled in self.query("#criterion"))
        shown = answered(record, max(self.size.width - 3, 20), below=below, notes=self._notes)
        typed = half_typed(record, self._stage)
        for name, contents in (("#answered", shown), ("#typed", typed), ("#last-time", told)):
            for beside in self.query(name).results(Static):  # none where the screen has gone meanwhile
                beside.display = bool(contents)
                beside.update(lines(*contents))

    def resized(self) -> None:
        """Draw what depends on the width."""
        super().resized()
        self.call_after_refresh(self._draw_beside, self.opened.criterion)

    def draw_clock(self) -> None:
        """Show team, place, and the time left for this criterion if all are to take an hour."""
        number, count = self.opened.position
        place = f"{number} of {count}" if number else "Opening"
        section = self.opened.record.matrix.section_of(self.opened.record.place)
        heading = " · ".join(part for part in (self.opened.record.name, section.name if section else "") if part)
        left = self.opened.seconds_left(HOUR / count) if number else None
        self.head(heading, "  ".join(part for part in (place, self.clock_words(left)) if part))

    def _draw_statements(self, criterion: Criterion | None) -> None:
        matrix = self.opened.record.matrix
        level = self._marked_level()
        for number, band in enumerate(matrix.bands):
            shown = self.query_one(f"#band-{number}", Static)
            shown.display = criterion is not None
            if criterion is None:
                continue
            here = level is not None and matrix.band_at(level) == band
            shown.update(statement(criterion, band, here=here))
            shown.set_class(here, "-here")
            if here:
                self.call_after_refresh(shown.scroll_visible, animate=False)

    def _marked_level(self) -> Level | None:
        rating = self.opened.rating
        return rating.target if self._stage == "target" and rating.target is not None else rating.level

    def ask(self, stage: str) -> None:
        """Ask a question on the present place. Screens extend this."""
