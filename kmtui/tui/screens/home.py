"""Home: go on with what is open, run a technique, assess a team, look back, see to open actions."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import OptionList, Static

from kmtui.flow.typed import parse_people
from kmtui.model.base import in_words
from kmtui.model.errors import KmtuiError
from kmtui.model.lines import RecordLine
from kmtui.model.technique import RUNNABLE, Technique
from kmtui.tui.actions import ACTIONS, bindings
from kmtui.tui.safe import parts, words
from kmtui.tui.screens.base import BaseScreen
from kmtui.tui.widgets.rows import Row, Rows
from kmtui.workspace.assessments import OpenAssessment, start_assessment
from kmtui.workspace.desk import Glance
from kmtui.workspace.sessions import start_session
from kmtui.workspace.start import Start

OPEN_SHOWN = 5
"""How many open records stand on the home screen; all of them stand under past sessions."""


class HomeScreen(BaseScreen):
    """The first screen. It draws its frame at once and reads the workspace right after."""

    KEYS = ("palette", "quit")
    BINDINGS = bindings("undo")
    CSS = "#hint { height: auto; padding: 0 1; color: $muted; }"

    def __init__(self, start: Start) -> None:
        super().__init__()
        self._start: Start | None = start

    def compose_body(self) -> ComposeResult:
        """Show the menu."""
        yield Static(id="hint", markup=False)
        yield Rows(id="menu", focusable=True)

    class Looked(Message):
        """The workspace was read: what it holds, or why it could not be read."""

        def __init__(self, glance: Glance | None, trouble: str = "") -> None:
            super().__init__()
            self.glance = glance
            self.trouble = trouble

    def on_mount(self) -> None:
        """Draw the frame, then read."""
        self.head("kmtui")
        self.query_one("#hint", Static).update(words("Learn from what you do, and see where you stand."))
        self.draw_keys()
        self.call_after_refresh(self.draw)

    def on_screen_resume(self) -> None:
        """Read again when a screen above has gone."""
        if self._start is None:
            self.draw()

    def draw(self) -> None:
        """Show what can be begun, and read the workspace in a thread: on a shared drive that can take a while."""
        super().draw()
        self._show(None)
        self.run_worker(self._look, name="look", group="look", thread=True, exclusive=True, exit_on_error=False)

    def _look(self) -> None:
        try:
            message = self.Looked(self.desk.glance())
        except KmtuiError as error:
            message = self.Looked(None, str(error))
        self.post_message(message)

    def on_home_screen_looked(self, event: Looked) -> None:
        """Show what the workspace holds, and at the very start go where the command line pointed."""
        self._show(event.glance)
        if event.trouble:
            self.tell(event.trouble, error=True)
        start, self._start = self._start, None
        if start is None or event.trouble:
            return
        self._tell_unknown_keys()
        if start.kind != "home":
            self._go(start)
        elif not self.kmtui.settings.found and event.glance is not None and not event.glance.kept:
            from kmtui.tui.screens.first import FirstScreen

            self.app.push_screen(FirstScreen())

    def _tell_unknown_keys(self) -> None:
        unknown = sorted(set(self.kmtui.settings.keys) - set(ACTIONS))
        if unknown:
            known = ", ".join(sorted(ACTIONS))
            self.tell(f'Under [keys], "{unknown[0]}" is not an action. Known: {known}.', error=True)

    def _show(self, glance: Glance | None) -> None:
        """Show the menu; None while the workspace is being read. What is open comes first, but for past and actions."""
        menu = self.query_one(Rows)
        chosen = menu.chosen if menu.chosen in ("past", "actions") else None
        menu.show([*self._open_rows(glance), *self._begin_rows(), *self._look_back_rows(glance)], chosen)
        menu.focus()

    def _open_rows(self, glance: Glance | None) -> list[Row]:
        found = glance.open[:OPEN_SHOWN] if glance is not None else ()
        rows = [Row("", words("Go on with"), heading=True)] if found else []
        return rows + [Row(f"open:{line.id}", parts("  ", open_words(line))) for line in found]

    def _begin_rows(self) -> list[Row]:
        rows = [Row("", words("Begin"), heading=True)]
        techniques = [loaded.value for loaded in self.desk.tools.library.techniques()]
        shown = [each for each in techniques if all(isinstance(step, RUNNABLE) for step in each.steps)]
        shown.sort(key=lambda each: each.id != self.desk.first_technique)
        for technique in shown:
            rows.append(
                Row(f"run:{technique.id}", parts(f"  {technique.name}", (f"  {_minutes(technique)}", "$muted")))
            )
        rows.insert(
            2, Row("assess", parts("  Assess a team", ("  about an hour, with the team in the room", "$muted")))
        )
        rows += [
            Row(f"broken:{number}", parts(("  A technique file has an error. Run: kmtui check", "$warning")))
            for number in range(bool(self.desk.tools.library.problems))
        ]
        return rows

    def _look_back_rows(self, glance: Glance | None) -> list[Row]:
        late = f", {glance.overdue} overdue" if glance is not None and glance.overdue else ""
        actions = "" if glance is None else f"  {glance.actions or 'none'}{late}"
        past = "" if glance is None else f"  {glance.kept or 'none yet'}"
        rows = [
            Row("", words("Look back"), heading=True),
            Row("actions", parts("  Open actions", (actions, "$muted"))),
            Row("past", parts("  Past sessions and assessments", (past, "$muted"))),
        ]
        for trouble in glance.troubles if glance is not None else ():
            help_words = "Enter puts the version before back" if trouble.backup else "it is left as it is"
            told = f"  Cannot be read: {trouble.file} ({help_words})"
            rows.append(Row(f"trouble:{trouble.id}", parts((told, "$error"))))
        return rows

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        kind, _, name = (self.query_one(Rows).chosen or "").partition(":")
        try:
            self._choose(kind, name)
        except KmtuiError as error:
            self.tell(str(error), error=True)

    def _choose(self, kind: str, name: str) -> None:
        if kind == "open":
            self.open_record(name)
        elif kind == "run":
            from kmtui.tui.screens.card import CardScreen

            self.app.push_screen(CardScreen(name))
        elif kind == "assess":
            from kmtui.tui.screens.begin import BeginAssessmentScreen

            self.app.push_screen(BeginAssessmentScreen())
        elif kind == "past":
            from kmtui.tui.screens.past import PastScreen

            self.app.push_screen(PastScreen())
        elif kind == "actions":
            from kmtui.tui.screens.actions import ActionsScreen

            self.app.push_screen(ActionsScreen())
        elif kind == "trouble" and name:
            self.desk.recover(name)
            self.draw()
            self.tell("The version before is back. The damaged file is kept in the folder quarantine.")

    def open_record(self, record_id: str) -> None:
        """Open a record that is not finished, or show the report of one that is."""
        opened = self.desk.open(record_id)
        if opened.record.finished:
            opened.close()
            from kmtui.tui.screens.report import ReportScreen

            self.app.push_screen(ReportScreen(record_id))
        elif isinstance(opened, OpenAssessment):
            from kmtui.tui.screens.assessment import AssessmentScreen

            self.app.push_screen(AssessmentScreen(opened))
        else:
            from kmtui.tui.screens.session import SessionScreen

            self.app.push_screen(SessionScreen(opened))

    def _go(self, start: Start) -> None:
        """Go where the command line pointed."""
        try:
            self._go_to(start)
        except KmtuiError as error:
            self.tell(str(error), error=True)

    def _go_to(self, start: Start) -> None:
        tools = self.desk.tools
        if start.kind == "record":
            self.open_record(start.record_id)
        elif start.kind == "session" and (start.title or start.team):
            from kmtui.tui.screens.session import SessionScreen

            people = parse_people(start.people)
            self.app.push_screen(
                SessionScreen(
                    start_session(
                        tools, start.technique, variant=start.variant, title=start.title, team=start.team, people=people
                    )
                )
            )
        elif start.kind == "session":
            from kmtui.tui.screens.card import CardScreen

            tools.library.technique(start.technique)
            self.app.push_screen(CardScreen(start.technique))
        elif start.team:
            from kmtui.tui.screens.assessment import AssessmentScreen

            assessment = start_assessment(
                tools,
                title=start.title,
                team=start.team,
                on_behalf_of=start.on_behalf_of,
                people=parse_people(start.people),
            )
            self.app.push_screen(AssessmentScreen(assessment))
        else:
            from kmtui.tui.screens.begin import BeginAssessmentScreen

            self.app.push_screen(BeginAssessmentScreen())

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer no way back from the first screen."""
        return action != "leave" and super().check_action(action, parameters)

    def action_undo(self) -> None:
        """Bring back what was deleted last."""
        name = self.desk.undo_delete()
        self.tell("Nothing to undo." if name is None else f'"{name}" is back.')
        self.draw()


def open_words(line: RecordLine) -> str:
    """Return a record that is open, for a list: title, technique, how far it is."""
    name = line.title or line.team or line.about_name
    what = line.about_name if line.kind == "session" else "Assessment"
    return f"{name} · {what} · {line.done} of {line.steps} · {in_words(line.date)}"


def _minutes(technique: Technique) -> str:
    least, most = technique.minutes.least, technique.minutes.most
    return f"{least} min" if least == most else f"{least} to {most} min"
