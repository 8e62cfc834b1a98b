"""Teams beside each other as a river or as stairs, and one team over the years; the same as sentences."""

from __future__ import annotations

from pathlib import Path

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from kmtui.analysis.comparison import Comparison, Trend, with_names_hidden
from kmtui.analysis.hidden_names import OUR_TEAM, trend_with_name_hidden
from kmtui.model.errors import KmtuiError
from kmtui.report.comparison_drawing import river_drawing, stairs_drawing, trend_drawing
from kmtui.report.comparison_sentences import (
    not_compared_sentences,
    river_sentences,
    stairs_sentences,
    trend_sentences,
    years_not_compared_sentences,
)
from kmtui.report.words import counted
from kmtui.text import file_slug, one_line
from kmtui.tui.actions import bindings
from kmtui.tui.keys import key_for
from kmtui.tui.safe import lines, parts, words
from kmtui.tui.screens.base import BaseScreen
from kmtui.tui.screens.found import FoundForm
from kmtui.tui.widgets.asker import Question
from kmtui.workspace.comparing import View, comparison, comparison_report, team_trend
from kmtui.workspace.confiding import FoundIn, in_text, text_without
from kmtui.workspace.sharing import free_file, write_text

VIEWS: dict[View, str] = {"river": "River", "stairs": "Stairs", "trend": "Trend"}
ABOUT: dict[View, str] = {
    "river": "How far apart all teams are.",
    "stairs": "Who stands where, and wants to climb how far.",
    "trend": "One team over the years.",
}
NARROWEST = 36


class CompareScreen(BaseScreen):
    """Reads all assessments in a thread, and again only for another team or for the years of one."""

    KEYS = ("view", "sentences", "choose-team")
    BINDINGS = bindings("view", "sentences", "team-names", "choose-team", "export")
    CSS = "#compared { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; } #compared Static { height: auto; }"

    class Looked(Message):
        """The assessments were read: what came of them, the names of the teams, and what went wrong."""

        def __init__(self, found: Comparison | Trend | None, teams: list[str], trouble: str = "") -> None:
            super().__init__()
            self.found = found
            self.teams = teams
            self.trouble = trouble

    def __init__(self, view: str = "river", team: str = "") -> None:
        super().__init__()
        self._view: View = next((each for each in VIEWS if each == view), "river")
        self._team = team
        self._in_words = False
        self._hidden = False
        self._found: Comparison | Trend | None = None
        self._teams: list[str] = []

    def compose_body(self) -> ComposeResult:
        """Show the drawing."""
        with VerticalScroll(id="compared"):
            yield Static(id="drawing", markup=False)

    def arrive(self) -> None:
        """Draw the frame, and read."""
        super().arrive()
        self._look_soon()

    def resized(self) -> None:
        """Draw in the new width."""
        super().resized()
        self.call_after_refresh(self.draw)

    # Reading

    def _look_soon(self) -> None:
        self._found = None
        self.draw()
        self.tell("Looking…")
        self.run_worker(self._look, name="look", group="look", thread=True, exclusive=True)

    def _look(self) -> None:
        tools = self.desk.tools
        teams: list[str] = []
        try:
            teams = self._names()
            if self._view == "trend" and not self._team and len(teams) > 1:
                message = self.Looked(None, teams, "A trend is that of one team.")
            elif self._view == "trend":
                message = self.Looked(team_trend(tools, self._team), teams)
            else:
                message = self.Looked(comparison(tools, team=self._team), teams)
        except KmtuiError as error:
            message = self.Looked(None, teams, str(error))
        self.post_message(message)

    def _names(self) -> list[str]:
        """Return the teams that can be compared, each once: a survey that is open tells nothing yet."""
        lines = [line for line in self.desk.records() if line.kind == "assessment" and not line.collecting]
        found = {one_line(line.team).casefold(): one_line(line.team) for line in lines if line.team.strip()}
        return [found[name] for name in sorted(found)]

    def on_compare_screen_looked(self, event: Looked) -> None:
        """Show it, or say what is in the way and which key helps."""
        self._found, self._teams = event.found, event.teams
        self.draw()
        if event.trouble:
            key = key_for(self, "choose-team")
            self.tell(f"{event.trouble} {key} chooses a team." if event.teams else event.trouble, error=True)
        else:
            self._tell_how()

    def _tell_how(self) -> None:
        told = f"{ABOUT[self._view]} {key_for(self, 'team-names')} {'shows' if self._hidden else 'hides'} names."
        self.tell(f"{told} {key_for(self, 'export')} writes it to a file.")

    # Drawing

    def draw(self) -> None:
        """Show the drawing or the sentences."""
        super().draw()
        own = self._team or ("" if self._view == "trend" else "no team chosen")
        own = OUR_TEAM if self._hidden and self._team else own
        self.head(f"{VIEWS[self._view]}: {own}" if own else VIEWS[self._view], self._how_many())
        self.query_one("#drawing", Static).update(self._content() if self._found is not None else words(""))
        self.query_one("#compared").focus()

    def _how_many(self) -> str:
        if self._found is None:
            return ""
        if isinstance(self._found, Trend):
            return counted(len(self._found.dates), "assessment", "assessments")
        return counted(len(self._found.teams), "team", "teams") + (", names hidden" if self._hidden else "")

    @property
    def _shown(self) -> Comparison | Trend:
        """What was found, with the names of teams or without."""
        if self._found is None:
            raise KmtuiError("There is nothing to compare yet.")
        if not self._hidden:
            return self._found
        if isinstance(self._found, Trend):
            return trend_with_name_hidden(self._found)
        return with_names_hidden(self._found)

    def _content(self) -> Content:
        found = self._shown
        width = max(self.size.width - 3, NARROWEST)
        if isinstance(found, Trend):
            told, drawn = trend_sentences(found), trend_drawing(found, width)
            missing = years_not_compared_sentences(found.not_compared)
        elif self._view == "stairs":
            told, drawn = stairs_sentences(found), stairs_drawing(found, width)
            missing = not_compared_sentences(found.not_compared)
        else:
            told, drawn = river_sentences(found), river_drawing(found, width)
            missing = not_compared_sentences(found.not_compared)
        shown = [parts(each, "\n") for each in told] if self._in_words else _styled(drawn)
        if missing:
            shown += [words(""), parts(("Not compared", "bold $accent")), *(words(each) for each in missing)]
        return lines(*shown)

    # Keys

    def action_view(self) -> None:
        """Go on to the next of river, stairs and trend."""
        order = tuple(VIEWS)
        before, self._view = self._view, order[(order.index(self._view) + 1) % len(order)]
        self.query_one("#compared").scroll_home(animate=False)
        if "trend" in (before, self._view) or self._found is None:
            self._look_soon()
        else:
            self.draw()
            self._tell_how()

    def action_sentences(self) -> None:
        """Change between the drawing and its sentences."""
        self._in_words = not self._in_words
        self.query_one("#compared").scroll_home(animate=False)
        self.draw()

    def action_team_names(self) -> None:
        """Hide the names of teams, or show them."""
        if self._found is None:
            what = "A trend is that of one team." if self._view == "trend" else "There are no names yet."
            self.tell(f"{what} {key_for(self, 'choose-team')} chooses a team." if self._teams else what)
            return
        self._hidden = not self._hidden
        self.draw()
        self._tell_how()

    def action_choose_team(self) -> None:
        """Choose the team that is marked, or whose years are shown."""
        from kmtui.tui.screens.choose import ChooseScreen

        if not self._teams:
            self.tell("There is no assessment of a team yet.")
            return
        places = [(str(number), team, "") for number, team in enumerate(self._teams)]
        if self._view != "trend":
            places.append(("none", "No team marked", ""))
        here = next((place for place, team, _ in places if team == self._team), "none")
        self.app.push_screen(ChooseScreen("Which team is yours?", places, here, self._choose))

    def _choose(self, place: str) -> None:
        self._team = "" if place == "none" else self._teams[int(place)]
        self._look_soon()

    def action_export(self) -> None:
        """Write it to a file, with the names as they are shown."""
        if self._found is None:
            self.tell("There is nothing to write yet.")
        else:
            self.app.push_screen(CompareExportScreen(self._view, self._shown))


class CompareExportScreen(FoundForm):
    """Asks where to, and writes a comparison as Markdown."""

    HEADING = "Export"
    QUESTIONS = (Question("path", "Write it to", "", required=True, kept=False),)
    HINT = "Enter writes the file."

    def __init__(self, view: View, found: Comparison | Trend) -> None:
        super().__init__()
        self._for = view
        self._comparison = found

    def about(self) -> tuple[str, ...]:
        """Return what will be written."""
        what = f"This writes the {self._for} as it is shown, as Markdown with tables, drawings and sentences."
        return (*self.told_of_found(), what)

    def look(self) -> tuple[FoundIn, ...]:
        """Return what is found in the comparison."""
        return in_text(comparison_report(self.desk.tools, self._for, self._comparison))

    def values(self) -> dict[str, str]:
        """Return a file that is not there yet."""
        team = self._comparison.team if isinstance(self._comparison, Trend) else self._comparison.own
        day = self.desk.tools.today().isoformat()
        return {"path": str(free_file(self.desk.exports, (day, file_slug(team), self._for), ".md"))}

    def take(self, values: dict[str, str]) -> None:
        """Write the file."""
        path = Path(values["path"].strip()).expanduser()
        tools = self.desk.tools
        text = comparison_report(tools, self._for, self._comparison)
        write_text(tools, path, text_without(text, self.replacing(self._found)))
        self.back_with(f"Written to {path}")


def _styled(drawn: list[str]) -> list[Content]:
    """Return the lines of a drawing: what the marks mean in the background, names of criteria in front."""
    shown, legend = [], True
    for number, line in enumerate(drawn):
        legend = legend and bool(line)
        name = number > 0 and not drawn[number - 1]
        shown.append(parts((line, "$muted" if legend else "bold $accent" if name else "$foreground")))
    return shown
