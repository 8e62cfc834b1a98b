"""What the screen of a plan shows: the lines, the sessions that were held for them, and what a technique is called."""

from __future__ import annotations

from textual.message import Message

from kmtui.model.assessment import Assessment
from kmtui.model.errors import KmtuiError, WrongInput
from kmtui.model.lines import RecordLine
from kmtui.model.plan import Planned
from kmtui.tui.keys import key_for
from kmtui.tui.naming import not_here
from kmtui.tui.screens import plan_line
from kmtui.tui.screens.listed import ListedScreen
from kmtui.tui.screens.offering import OfferingScreen
from kmtui.tui.screens.opened import OpenedScreen
from kmtui.tui.widgets.rows import Row
from kmtui.workspace.assessments import OpenAssessment
from kmtui.workspace.planning import Planning, held_for
from kmtui.workspace.sharing import technique_names


class ShownPlan(OpenedScreen[Assessment], ListedScreen, OfferingScreen):
    """Draws the plan. What is asked about a line belongs to the screen that extends this one."""

    opened: OpenAssessment

    class Looked(Message):
        """It was read which sessions were held for the lines, and which techniques are installed."""

        def __init__(self, held: dict[str, tuple[RecordLine, ...]], names: dict[str, str]) -> None:
            super().__init__()
            self.held = held
            self.names = names

    def __init__(self, opened: OpenAssessment) -> None:
        super().__init__(opened)
        self.planning = Planning(opened.tools, opened)
        self._held: dict[str, tuple[RecordLine, ...]] = {}
        self._names: dict[str, str] = {}

    def arrive(self) -> None:
        """Read what was held."""
        super().arrive()
        self._look_soon()

    def resumed(self) -> None:
        """Read again what was held: a session may have been, just now."""
        super().resumed()
        self._look_soon()

    def _look_soon(self) -> None:
        self.run_worker(self._look, name="look", group="look", thread=True, exclusive=True)

    def _look(self) -> None:
        try:
            tools = self.opened.tools
            message = self.Looked(held_for(tools, self.opened.record), technique_names(tools))
        except KmtuiError:
            return
        self.post_message(message)

    def on_shown_plan_looked(self, event: Looked) -> None:
        """Show what was held beside the lines."""
        self._held, self._names = event.held, event.names
        self.draw()

    def draw(self) -> None:
        """Show the plan in its order."""
        super().draw()
        lines = self.planning.lines
        ideas = sum(line.idea for line in lines)
        self.head(f"Plan: {self.opened.record.name}", f"{len(lines) - ideas} agreed, {ideas} not" if lines else "")
        self.show_plan()

    def show_plan(self, chosen: str | None = None) -> None:
        """Show the lines, with one chosen."""
        record, key = self.opened.record, key_for(self, "held")
        rows = [
            Row(
                line.id,
                plan_line.line_content(
                    record,
                    line,
                    number,
                    self.technique_of(line),
                    self._held.get(line.id, ()),
                    key,
                    self.opened.lesson_words(line.lesson),
                ),
            )
            for number, line in enumerate(record.actions, 1)
        ]
        self.show_rows([*rows, *self.lesson_rows()], chosen)

    def technique_of(self, line: Planned) -> str:
        """Return what is said of the technique of a line; an empty text where it has none."""
        if line.technique is None:
            return ""
        name = self._names.get(line.technique)
        return f"{name}: {key_for(self, 'start')} starts it" if name else not_here(line.technique)

    def line(self) -> Planned:
        """Return the chosen line. Raises WrongInput where there is none."""
        line = next((each for each in self.planning.lines if each.id == self.chosen), None)
        if line is None:
            raise WrongInput("There is no line yet. Type words for one of your own.")
        return line
