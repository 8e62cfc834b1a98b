"""From home or the command line to the screen of a record. Loaded when needed: the first frame does without."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from textual.screen import Screen

from kmtui.flow.typed import parse_people
from kmtui.model.errors import NotFound, WrongInput
from kmtui.tui.screens.assessment import AssessmentScreen
from kmtui.tui.screens.begin import BeginAssessmentScreen, BeginSessionScreen
from kmtui.tui.screens.card import CardScreen
from kmtui.tui.screens.opened import OpenedScreen
from kmtui.tui.screens.report import ReportScreen
from kmtui.tui.screens.session import SessionScreen
from kmtui.tui.screens.techniques import TechniquesScreen
from kmtui.tui.screens.which import SuggestedScreen, WhichScreen
from kmtui.workspace.assessments import OpenAssessment, start_assessment
from kmtui.workspace.sessions import OpenSession, start_session

if TYPE_CHECKING:
    from kmtui.tui.app import KmtuiApp
    from kmtui.workspace.setups import TeamSetUp
    from kmtui.workspace.start import Start

LEADING = (TechniquesScreen, WhichScreen, SuggestedScreen, CardScreen, BeginSessionScreen)
"""The screens that lead to a session. They have done their part when it begins."""


def open_record(app: KmtuiApp, record_id: str) -> None:
    """Open a record that is not finished, or show the report of one that is. A survey leads to its own screen first.

    Raises:
        NotFound, Damaged, StoreError: it is not there, or cannot be read.
    """
    opened = app.desk.open(record_id)
    if opened.record.finished or opened.read_only:
        opened.close()
        app.push_screen(ReportScreen(record_id, opened.read_only))
    elif isinstance(opened, OpenAssessment) and opened.record.collecting:
        opened.close()  # nobody writes to it but the one who closes it
        from kmtui.tui.screens.survey import SurveyScreen

        app.push_screen(SurveyScreen(record_id))
    elif isinstance(opened, OpenAssessment):
        app.push_screen(AssessmentScreen(opened))
    else:
        app.push_screen(SessionScreen(opened))


def show_session(app: KmtuiApp, begin: Callable[[], OpenSession]) -> None:
    """Begin a session and show it in place of what led to it: list, questions, suggestions, card, form.

    What is worked on below is saved first, and its clock rests.

    Raises:
        KmtuiError: it cannot be begun, or what is below cannot be saved; all screens stay.
    """
    leading = [screen for screen in app.screen_stack if isinstance(screen, LEADING)]
    below = next(screen for screen in reversed(app.screen_stack) if screen not in leading)
    if isinstance(below, OpenedScreen):
        if below.opened.clock.running:
            below.rest()
        else:  # it rests already
            below.opened.save()
    shown = SessionScreen(begin())
    if app.screen is below:
        app.push_screen(shown)
        return
    while app.screen_stack[-2] is not below:
        app.pop_screen()
    app.switch_screen(shown)


def to_home(app: KmtuiApp) -> None:
    """Take away all screens above home: the forms and lists that led on have done their part."""
    while len(app.screen_stack) > 2:
        app.pop_screen()


def above_home(app: KmtuiApp, screen: Screen[None]) -> None:
    """Show a screen right above home."""
    to_home(app)
    app.push_screen(screen)


def use_set_up(app: KmtuiApp, found: TeamSetUp) -> None:
    """Begin with a set-up: with a group at once, or a survey, which asks for its return date.

    Raises:
        KmtuiError: the matrix is not there, or the workspace cannot be written to.
    """
    if found.setup.way == "survey":
        from kmtui.tui.screens.survey import BeginSurveyScreen

        app.push_screen(BeginSurveyScreen(found))
    else:
        above_home(app, AssessmentScreen(start_assessment(app.desk.tools, setup=found)))


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
    elif start.kind == "survey":
        _survey(app, start)
    elif start.kind == "plan":
        _plan(app, start)
    elif start.kind == "compare":
        from kmtui.tui.screens.compare import CompareScreen

        app.push_screen(CompareScreen(view=start.view, team=start.team))


def _session(app: KmtuiApp, start: Start) -> None:
    tools = app.desk.tools
    technique = tools.library.technique(start.technique).value
    if not (start.title or start.team or start.continues or start.takes):
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
        continues=start.continues,
        takes=start.takes,
    )
    app.push_screen(SessionScreen(opened))


def _survey(app: KmtuiApp, start: Start) -> None:
    from kmtui.tui.screens.survey import BeginSurveyScreen
    from kmtui.workspace.surveys import survey

    if start.record_id:
        open_record(app, survey(app.desk.tools, start.record_id).id)
        if start.view == "answer":
            from kmtui.tui.screens.answering import AnsweringScreen
            from kmtui.workspace.answering import next_person

            app.push_screen(AnsweringScreen(next_person(app.desk.tools, start.record_id)))
    else:
        app.push_screen(BeginSurveyScreen(_set_up(app, start), team=start.team, title=start.title))


def _plan(app: KmtuiApp, start: Start) -> None:
    from kmtui.tui.screens.plan import PlanScreen

    opened = app.desk.open(start.record_id)
    if not isinstance(opened, OpenAssessment) or opened.record.collecting:
        why = "has no plan: only an assessment has one"
        if isinstance(opened, OpenAssessment):
            why = "is a survey to which answers still come. Its plan is made after it is closed"
        opened.close()
        raise WrongInput(f'"{opened.record.name}" {why}.')
    app.push_screen(PlanScreen(opened))


def _set_up(app: KmtuiApp, start: Start) -> TeamSetUp | None:
    from kmtui.workspace.setups import find_set_up

    return find_set_up(app.desk.tools, start.setup, start.team) if start.setup else None


def _assessment(app: KmtuiApp, start: Start) -> None:
    found = _set_up(app, start)
    if found is None and not (start.title or start.team):
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
        setup=found,
    )
    app.push_screen(AssessmentScreen(opened))
