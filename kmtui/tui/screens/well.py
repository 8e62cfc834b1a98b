"""Who does a criterion well: examples that others keep as good practice, and teams that stand higher."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from kmtui.analysis.scoring import number
from kmtui.model.assessment import Assessment
from kmtui.model.base import in_words
from kmtui.model.errors import KmtuiError
from kmtui.model.lines import PracticeLine
from kmtui.model.matrix import Criterion
from kmtui.report.words import listed
from kmtui.text import one_line
from kmtui.tui.safe import lines, parts, words
from kmtui.tui.screens.base import BaseScreen
from kmtui.workspace.comparing import WhoDoesWell, who_does_well


class WellScreen(BaseScreen):
    """Reads it in a thread, since other assessments are read for it. Esc goes back."""

    CSS = "#well { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; } #well Static { height: auto; }"

    class Looked(Message):
        """It was read who does well, or why it could not be."""

        def __init__(self, found: WhoDoesWell | None, trouble: str = "") -> None:
            super().__init__()
            self.found = found
            self.trouble = trouble

    def __init__(self, assessment: Assessment, criterion: Criterion) -> None:
        super().__init__()
        self._assessment = assessment
        self._criterion = criterion

    def compose_body(self) -> ComposeResult:
        """Show what was found."""
        with VerticalScroll(id="well"):
            yield Static(id="found", markup=False)

    def arrive(self) -> None:
        """Draw the frame, and read."""
        super().arrive()
        self.query_one("#well").focus()
        self.tell("Looking…")
        self.run_worker(self._look, name="look", group="look", thread=True, exit_on_error=False)

    def draw(self) -> None:
        """Show the heading."""
        super().draw()
        self.head(f"Who does this well: {self._criterion.name}")

    def _look(self) -> None:
        try:
            message = self.Looked(who_does_well(self.desk.tools, self._assessment, self._criterion.id))
        except KmtuiError as error:
            message = self.Looked(None, str(error))
        self.post_message(message)

    def on_well_screen_looked(self, event: Looked) -> None:
        """Show it."""
        if event.found is None:
            self.tell(event.trouble, error=True)
            return
        self.query_one("#found", Static).update(well_content(event.found))
        self.tell("Esc goes back.")


def well_content(found: WhoDoesWell) -> Content:
    """Return good practice with the role to ask, then the teams that stand higher, or what would be here."""
    blocks = [_practice(each) for each in found.practices]
    if found.teams:
        named = listed([one_line(team) for team in found.teams])
        verb = "stands" if len(found.teams) == 1 else "stand"
        blocks.append(parts(("Higher than you: ", "bold $accent"), f"{named} {verb} higher on this. Ask them how."))
    if not blocks:
        blocks.append(
            words(
                "Nobody here stands higher, and no team has kept an example as good practice yet. "
                "An example is kept when the role to ask is given with it."
            )
        )
    return Content("\n\n").join(blocks)


def _practice(line: PracticeLine) -> Content:
    where = ", ".join(one_line(each) for each in (line.team, line.organisation) if each.strip())
    level = f"level {number(line.level)}, " if line.level is not None else ""
    return lines(
        parts((one_line(line.example), "bold")),
        parts(("Ask: ", "bold $primary"), " · ".join(part for part in (one_line(line.contact), where) if part)),
        parts((f"{level}{in_words(line.date)}", "$muted")),
    )
