"""From home or the command line to the screen of a record. Loaded when needed: the first frame does without."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kmtui.flow.typed import parse_people
from kmtui.model.errors import NotFound
from kmtui.tui.screens.assessment import AssessmentScreen
from kmtui.tui.screens.begin import BeginAssessmentScreen, BeginSessionScreen
from kmtui.tui.screens.card import CardScreen
from kmtui.tui.screens.report import ReportScreen
from kmtui.tui.screens.session import SessionScreen
from kmtui.workspace.assessments import OpenAssessment, start_assessment
from kmtui.workspace.sessions import start_session

if TYPE_CHECKING:
    from kmtui.tui.app import KmtuiApp
    from kmtui.workspace.start import Start


def open_record(app: KmtuiApp, record_id: str) -> None:
    """Open a record that is not finished, or show the report of one that is.

    Raises:
        NotFound, Damaged, StoreError: it is not there, or cannot be read.
    """
    opened = app.desk.open(record_id)
    if opened.record.finished or opened.read_only:
        opened.close()
        app.push_screen(ReportScreen(record_id, opened.read_only))
    elif isinstance(opened, OpenAssessment):
        app.push_screen(AssessmentScreen(opened))
    else:
        app.push_screen(SessionScreen(opened))


def go(app: KmtuiApp, start: Start) -> None:
    """Go where the command line pointed.

    Raises:
        KmtuiError: there is no such technique or record, or the workspace cannot be written to.
    """
    if start.kind == "record":
        open_record(app, start.record_id)
    elif start.kind == "session":
        _session(app, start)
    elif start.kind == "assessment":
        _assessment(app, start)


def _session(app: KmtuiApp, start: Start) -> None:
    tools = app.desk.tools
    technique = tools.library.technique(start.technique).value
    if not (start.title or start.team):
        app.unanswered[BeginSessionScreen] = {"title": "", "team": "", "people": start.people}
        if start.variant is None:
            app.push_screen(CardScreen(technique))
        else:
            if technique.variant(start.variant) is None:
                raise NotFound(f'{technique.name} has no form "{start.variant}". kmtui card shows its forms.')
            app.push_screen(BeginSessionScreen(technique, start.variant))
        return
    opened = start_session(
        tools,
        start.technique,
        variant=start.variant,
        title=start.title,
        team=start.team,
        people=parse_people(start.people),
    )
    app.push_screen(SessionScreen(opened))


def _assessment(app: KmtuiApp, start: Start) -> None:
    if not (start.title or start.team):
        app.unanswered[BeginAssessmentScreen] = {
            "team": "",
            "on_behalf_of": start.on_behalf_of,
            "people": start.people,
        }
        app.push_screen(BeginAssessmentScreen())
        return
    opened = start_assessment(
        app.desk.tools,
        title=start.title,
        team=start.team,
        on_behalf_of=start.on_behalf_of,
        people=parse_people(start.people),
    )
    app.push_screen(AssessmentScreen(opened))
