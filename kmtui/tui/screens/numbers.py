"""The specialist's own numbers: what came of the work in a time, of all teams or of one."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from textual import events
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from kmtui.flow.period import parse_period
from kmtui.model.errors import KmtuiError, NotFound
from kmtui.model.numbers import Numbers
from kmtui.report.numbers_drawing import NARROWEST, teams_drawing
from kmtui.report.numbers_sentences import counting_sentences, numbers_sentences, team_sentences
from kmtui.text import clean, one_line, shortened
from kmtui.tui.actions import bindings
from kmtui.tui.keys import key_for
from kmtui.tui.safe import lines, parts, words
from kmtui.tui.screens.base import BaseScreen
from kmtui.tui.screens.found import FoundForm
from kmtui.tui.widgets.asker import Asker, Question
from kmtui.workspace.confiding import FoundIn, in_text, text_without
from kmtui.workspace.counting import count, numbers_file, numbers_report
from kmtui.workspace.sharing import write_text

_PERIOD_HINT = "This financial year; or 2026-Q1, last year"


class NumbersScreen(BaseScreen):
    """Counts in a thread whenever the time or the team is entered; the two are asked for above what came of it."""

    KEYS = ("export", "sentences", "choose-team", "leave")
    BINDINGS = bindings("export", "sentences", "choose-team", "back")
    CSS = """
    #asker { border-top: none; border-bottom: solid $line; }
    #numbers { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    #numbers Static { height: auto; }
    """

    class Counted(Message):
        """It was counted for a time and a team, or could not be; `teams` are the names that can be chosen."""

        def __init__(self, wanted: dict[str, str], found: Numbers | None, teams: list[str], trouble: str = "") -> None:
            super().__init__()
            self.wanted = wanted
            self.found = found
            self.teams = teams
            self.trouble = trouble

    def __init__(self) -> None:
        super().__init__()
        self._wanted = {"period": "", "team": ""}  # what is counted, as it was typed
        self._found: Numbers | None = None
        self._teams: list[str] = []
        self._in_words = False

    def compose_body(self) -> ComposeResult:
        """Show the two fields, and what came of the work."""
        yield Asker(id="asker")
        with VerticalScroll(id="numbers"):
            yield Static(id="text", markup=False)

    def arrive(self) -> None:
        """Draw the frame, and count this financial year."""
        super().arrive()
        self._ask("period")
        self._count_soon()

    def resized(self) -> None:
        """Draw the table in the new width."""
        super().resized()
        self.call_after_refresh(self.draw)

    # Asking

    def _ask(self, at: str) -> None:
        check = partial(parse_period, today=self.desk.tools.today())
        questions = (
            Question("period", "Which time?", _PERIOD_HINT, check=check, kept=False),
            Question("team", "Which team?", "All teams; or such as Ward 7", kept=False),
        )
        self.query_one(Asker).ask(questions, self._wanted, at=at)

    def on_asker_passed(self, event: Asker.Passed) -> None:
        """Count for another time; the team is asked next."""
        self._take(self._wanted | {event.question: clean(event.text)})

    def on_asker_answered(self, event: Asker.Answered) -> None:
        """Count for another team; the time is asked again."""
        self._take({name: clean(text) for name, text in event.values.items()})
        self._ask("period")

    def on_asker_refused(self, event: Asker.Refused) -> None:
        """Say why what was typed is no time; it is still in the field."""
        self.tell(event.words, error=True)

    def _take(self, wanted: dict[str, str]) -> None:
        self._wanted = wanted
        self.query_one("#numbers").scroll_home(animate=False)
        self._count_soon()

    # Counting

    def _count_soon(self) -> None:
        self._found = None
        self.draw()
        self.tell("Counting…")
        self.run_worker(partial(self._count, self._wanted), name="count", group="count", thread=True, exclusive=True)

    def _count(self, wanted: dict[str, str]) -> None:
        tools = self.desk.tools
        teams: list[str] = []
        try:
            teams = [one_line(line.name) for line in self.desk.teams() if line.name.strip()]
            period = parse_period(wanted["period"], tools.today())
            message = self.Counted(wanted, count(tools, period.first, period.last, wanted["team"]), teams)
        except NotFound:
            message = self.Counted(wanted, None, teams, f'Nothing here is of the team "{one_line(wanted["team"])}".')
        except KmtuiError as error:
            message = self.Counted(wanted, None, teams, str(error))
        self.post_message(message)

    def on_numbers_screen_counted(self, event: Counted) -> None:
        """Show it, or say what is in the way. What was counted for words before these is passed over."""
        if event.wanted != self._wanted:
            return
        self._found, self._teams = event.found, event.teams
        self.draw()
        if event.trouble:
            key = f" {key_for(self, 'choose-team')} chooses one." if self._teams and event.wanted["team"] else ""
            self.tell(f"{event.trouble}{key}", error=True)
        else:
            self.tell(f"{key_for(self, 'export')} writes it to a file.")

    # Drawing

    def draw(self) -> None:
        """Show what was counted."""
        super().draw()
        team = one_line(self._wanted["team"])
        self.head("Numbers", shortened(team, 24) or "all teams")
        self.query_one("#text", Static).update(words("") if self._found is None else self._content(self._found))

    def _content(self, found: Numbers) -> Content:
        shown = [_item(each) for each in numbers_sentences(found)]
        if len(found.teams) > 1:
            shown += [words(""), parts(("By team", "bold $accent")), *self._by_team(found)]
        shown += [words(""), parts(("What is counted, and how", "bold $accent"))]
        shown += [parts((f"- {each}", "$muted")) for each in counting_sentences(found)]
        return lines(*shown)

    def _by_team(self, found: Numbers) -> list[Content]:
        """Return the table, or its sentences where those are wanted, or where it has no room."""
        drawn = [] if self._in_words else teams_drawing(found, self._room)
        return [words(each) for each in drawn] or [_item(each) for each in team_sentences(found)]

    @property
    def _room(self) -> int:
        """How many places a line has, beside the bar that scrolls."""
        return self.size.width - 3

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer sentences only where there is a table, or where they stand in its place."""
        if action == "sentences":
            return self._found is not None and len(self._found.teams) > 1 and self._room >= NARROWEST
        return super().check_action(action, parameters)

    def action_sentences(self) -> None:
        """Change between the table and its sentences."""
        self._in_words = not self._in_words
        self.draw()

    def action_back(self) -> None:
        """Go from the team to the time."""
        if not self.query_one(Asker).back():
            self.tell("This is the first question.")

    def action_choose_team(self) -> None:
        """Choose the team of which it is counted, or all of them."""
        from kmtui.tui.screens.choose import ChooseScreen

        if not self._teams:
            self.tell("No team is named yet.")
            return
        places = [("all", "All teams", ""), *((str(number), team, "") for number, team in enumerate(self._teams))]
        own = one_line(self._wanted["team"]).casefold()
        here = next((place for place, team, _ in places if team.casefold() == own), "all")
        self.app.push_screen(ChooseScreen("Which team?", places, here, self._choose, "Enter counts for it."))

    def _choose(self, place: str) -> None:
        self._take(self._wanted | {"team": "" if place == "all" else self._teams[int(place)]})
        self._ask("period")

    def action_export(self) -> None:
        """Write it to a file."""
        if self._found is None:
            self.tell("There is nothing to write yet.")
        else:
            self.app.push_screen(NumbersExportScreen(self._found))

    def on_key(self, event: events.Key) -> None:
        """Scroll with Page Up and Page Down; the field has the focus."""
        self.scroll_by_page(event.key, self.query_one("#numbers"))


class NumbersExportScreen(FoundForm):
    """Asks where to, and writes the numbers as Markdown."""

    HEADING = "Export"
    QUESTIONS = (Question("path", "Write it to", "", required=True, kept=False),)
    HINT = "Enter writes the file."

    def __init__(self, found: Numbers) -> None:
        super().__init__()
        self._numbers = found

    def about(self) -> tuple[str, ...]:
        """Return what will be written."""
        what = "This writes the numbers as Markdown: sentences, a table by team, and what is counted, and how."
        return (what, *self.told_of_found())

    def look(self) -> tuple[FoundIn, ...]:
        """Return what is found in the numbers: names of teams and criteria stand in them."""
        return in_text(numbers_report(self._numbers))

    def values(self) -> dict[str, str]:
        """Return a file that is not there yet."""
        return {"path": str(numbers_file(self.desk.exports, self._numbers))}

    def take(self, values: dict[str, str]) -> None:
        """Write the file."""
        path = Path(values["path"].strip()).expanduser()
        text = numbers_report(self._numbers)
        write_text(self.desk.tools, path, text_without(text, self.replacing(self._found)))
        self.back_with(f"Written to {path}")


def _item(sentence: str) -> Content:
    return parts(f"- {sentence}")
