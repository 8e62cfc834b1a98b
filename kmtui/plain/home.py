"""Home in plain text: go on with what is open, run a technique, assess a team, look back, see to open actions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from kmtui.model.assessment import Assessment
from kmtui.model.errors import KmtuiError, WrongInput
from kmtui.model.lines import ActionLine, RecordLine
from kmtui.plain.assessment import AssessmentTalk, new_assessment
from kmtui.plain.assets import Assets
from kmtui.plain.compare import Comparing
from kmtui.plain.daily import DailyBackup
from kmtui.plain.filing import FilesTalk
from kmtui.plain.followup import FollowUp
from kmtui.plain.found import to_replace
from kmtui.plain.items import counted
from kmtui.plain.lists import action_line, record_line, trouble_lines
from kmtui.plain.menu import Choice, LeftFromMenu, Menu
from kmtui.plain.numbers import NumbersTalk
from kmtui.plain.old import OldTalk
from kmtui.plain.past import Past
from kmtui.plain.prompts import Prompter, WrongAnswer
from kmtui.plain.register import RegisterTalk
from kmtui.plain.reports import wanted_again
from kmtui.plain.session import SessionTalk, new_session
from kmtui.plain.setups import SetUps
from kmtui.plain.survey import SurveyTalk
from kmtui.plain.talk import Unsaved
from kmtui.plain.techniques import Techniques
from kmtui.store.protocol import Record
from kmtui.text import one_line
from kmtui.workspace.assessments import OpenAssessment
from kmtui.workspace.confiding import in_export
from kmtui.workspace.desk import Desk
from kmtui.workspace.library import trouble_of
from kmtui.workspace.planning import start_from_action
from kmtui.workspace.sessions import OpenSession
from kmtui.workspace.settings import Settings, write_first_settings
from kmtui.workspace.setups import TeamSetUp
from kmtui.workspace.sharing import export
from kmtui.workspace.start import Start

_MOST_DUE = 3
"""How many actions home names that are overdue or due soon."""

FIRST_LINE = "kmtui, plain text. ? and Enter gives help, quit ends; everything typed is kept."

_FIRST_START = (
    "Run a review with a team, assess where it stands, and share what you learned.",
    "Everything you type is kept in {folder} and stays on this machine.",
    "This is not an incident-reporting system: report incidents in the usual way.",
)


class Home:
    """The conversation around the records: what is done next."""

    def __init__(
        self,
        prompter: Prompter,
        desk: Desk,
        settings: Settings,
        *,
        resume: Callable[[str], str],
        export_to: Path | None = None,
    ) -> None:
        self.prompter = prompter
        self.say = prompter.say
        self.desk = desk
        self.settings = settings
        self.menu = Menu(prompter)
        self._past = Past(self.menu, desk, self.go_on)
        self._techniques = Techniques(self.menu, desk, self._run, self._past.undo)
        self._follow_up = FollowUp(self.menu, desk, self._session_talk)
        self._surveys = SurveyTalk(self.menu, desk, settings, self._go_on_unless_finished)
        self._set_ups = SetUps(self.menu, desk, self._use)
        self._comparing = Comparing(self.menu, desk)
        self._assets = Assets(self.menu, desk)
        self._register = RegisterTalk(self.menu, desk, self._past.show)
        self._numbers = NumbersTalk(self.menu, desk)
        self._files = FilesTalk(self.menu, desk, self._past.undo)
        self._old = OldTalk(self.menu, desk, self._past)
        self._backup = DailyBackup(desk, prompter.warn, beside=prompter.terminal)
        self._resume = resume
        self._export_to = export_to
        self._unsaved = False

    def begin(self, start: Start) -> int:
        """Do what the command names, or show the menu until it is left; return the exit code.

        Raises:
            InputEnded, QuitAsked, Stopped: the conversation was left in a record.
            KmtuiError: it cannot go on.
        """
        self.say(FIRST_LINE)
        self._backup.begin()
        try:
            with suppress(LeftFromMenu):  # nothing was under way
                self._begin(start)
        finally:
            self._backup.end()
        return Unsaved.exit_code if self._unsaved else 0

    def _begin(self, start: Start) -> None:
        if start.kind == "session" and start.action:
            self._run_for(start)
        elif start.kind == "session":
            self._run(start)
        elif start.kind == "assessment":
            self._assess(start)
        elif start.kind == "record":
            self._go_on_unless_finished(start.record_id)
        elif start.kind == "survey" and start.record_id and start.view == "answer":
            self._surveys.answer_here(start.record_id)
        elif start.kind == "survey" and start.record_id:
            self._surveys.run(start.record_id)
        elif start.kind == "survey":
            self._surveys.new(start)
        elif start.kind == "plan":
            self._plan(start.record_id)
        elif start.kind == "compare":
            self._comparing.begin(start)
        else:
            self._menus()

    def _assess(self, start: Start) -> None:
        new_assessment(self.prompter, self.desk, start, talk=self._assessment_talk)

    def _use(self, found: TeamSetUp) -> None:
        """Begin what a set-up says: an assessment with a group, or a survey."""
        if found.setup.way == "survey":
            self._surveys.new(Start(kind="survey"), found)
        else:
            self._assess(Start(kind="assessment", team=found.team, setup=found.setup.id))

    def _run_for(self, start: Start) -> None:
        """Run the technique of an action; the session stays tied to it."""
        line = self.desk.tools.store.find_action(start.action)
        opened = start_from_action(self.desk.tools, line, variant=start.variant)
        self.say(f"{one_line(opened.record.technique.name)}: {one_line(opened.record.name)}.")
        self._session_talk(opened).begin(replace(start, team=line.team), ("people",))

    def _run(self, start: Start) -> None:
        technique = self.desk.tools.library.technique(start.technique).value
        self.say(f"{one_line(technique.name)}{f': {one_line(start.title)}' if start.title else ''}.")
        new_session(self.prompter, self.desk, start, talk=self._session_talk)

    def go_on(self, record_id: str) -> None:
        """Go on with a record. Raises as `Talk.run`."""
        if self._collecting(self.desk.read(record_id)):
            self._surveys.run(record_id)
            return
        opened = self.desk.open(record_id)
        self.say(f"{one_line(opened.record.name)}.")
        if isinstance(opened, OpenSession):
            self._session_talk(opened).run()
        else:
            self._assessment_talk(opened).run()

    def _collecting(self, record: Record) -> bool:
        return isinstance(record, Assessment) and record.collecting

    def _plan(self, record_id: str) -> None:
        """Go through the plan of an assessment. Raises WrongInput where there is none to make yet."""
        record = self.desk.read(record_id)
        if not isinstance(record, Assessment):
            raise WrongInput(f'"{one_line(record.name)}" is a session. Only an assessment has a plan.')
        if record.collecting:
            raise WrongInput(f'Responses to "{one_line(record.name)}" are still coming in. Close the survey first.')
        opened = self.desk.open(record_id)
        if isinstance(opened, OpenSession):  # never: it was read above
            return
        self.say(f"{one_line(record.name)}.")
        talk = self._assessment_talk(opened)
        talk.only_plan = True
        talk.run()

    def _choose_plan(self) -> None:
        lines = [line for line in self.desk.records() if line.kind == "assessment" and not line.collecting]
        if not lines:
            self.say("No assessment has been made yet. Assess a team, and its plan will be here.")
            return
        line = self.menu.pick("plan.of", lines, record_line, self._past.undo)
        if line is not None:
            self._plan(line.id)

    def _go_on_unless_finished(self, record_id: str) -> None:
        """Go on with a record; one that is finished is shown, and opened again only when that is asked for."""
        record = self.desk.read(record_id)
        if record.finished:
            self.say(f"{one_line(record.name)}. This is finished.")
            self._past.show(record_id)
            self.say()
            if self._export_to is not None:
                to_replace(self.prompter, in_export(self.desk.tools, record, "markdown"))
                export(self.desk.tools, record, "markdown", self._export_to)
                self.say(f"Written: {self._export_to}")
            if not wanted_again(self.prompter):
                return
        self.go_on(record_id)

    def _session_talk(self, opened: OpenSession) -> SessionTalk:
        return SessionTalk(self.prompter, self.desk, opened, resume=self._resume, export_to=self._export_to)

    def _assessment_talk(self, opened: OpenAssessment) -> AssessmentTalk:
        return AssessmentTalk(self.prompter, self.desk, opened, resume=self._resume, export_to=self._export_to)

    # The menu

    def _menus(self) -> None:
        try:
            if not self.desk.tools.store.register.count():  # nothing is known yet, so that all of it is read
                self._register.look()
            if not self.settings.found and self.desk.empty:
                self._first_start()
            while True:
                self._menu()
        except LeftFromMenu:
            return

    def _menu(self) -> None:
        self.say()
        self._backup.tell()
        self.say("Home")
        chosen = self.menu.choose("home", "Number:", self._choices(), self._past.undo)
        if chosen is None:
            return
        try:
            chosen.does()
        except WrongAnswer:
            raise
        except KmtuiError as error:
            self._unsaved = self._unsaved or isinstance(error, Unsaved)
            if not self.prompter.terminal:
                raise
            self.prompter.error(str(error))

    def _choices(self) -> list[Choice]:
        with self.desk.tools.store.one_look():
            glance = self.desk.glance()
            thoughts = [line for line in self.desk.actions() if line.idea and line.state == "open"]
            ideas = sum(line.priority != "not-for-us" for line in thoughts)
        for trouble in glance.troubles:
            for line in trouble_lines(trouble):
                self.say(line)
        self._say_content_trouble()
        self._say_due(glance.due)
        found = list(glance.open)
        choices = []
        if found:
            newest = found[0]
            choices.append(Choice(f"Go on with: {record_line(newest)}", lambda: self.go_on(newest.id)))
        if len(found) > 1:
            choices.append(Choice(f"Go on with another ({len(found) - 1})", lambda: self._resume_one(found[1:])))
        late = f", {glance.overdue} overdue" if glance.overdue else ""
        thought = f", {counted(ideas, 'idea', 'ideas')}" if ideas else ""
        return [
            *choices,
            *self._techniques.first(),
            Choice("Another technique, or another form of it", self._techniques.choose),
            Choice("Which technique?", self._techniques.which),
            Choice("Assess a team", lambda: self._assess(Start(kind="assessment"))),
            Choice(f"Past sessions and assessments ({glance.kept or 'none yet'})", self._past.run),
            Choice(f"Open actions ({glance.actions or 'none'}{late}{thought})", self._follow_up.run),
            Choice("Set up a team", self._set_ups.run),
            Choice("Survey of individuals", self._surveys.choose),
            Choice("Plan of an assessment", self._choose_plan),
            Choice("Compare teams and years", self._comparing.run),
            Choice(f"Lessons: the register ({_many(glance.lessons)})", self._register.run),
            *([Choice(_waiting(len(glance.review)), self._register.review)] if glance.review else []),
            Choice("Knowledge assets: pages on a subject", self._assets.run),
            Choice("Numbers: what came of our work", self._numbers.run),
            *([Choice(self._old.words(len(glance.old)), self._old.run)] if glance.old else []),
            Choice("Files: take in, write a bundle, examine, back up", self._files.run),
        ]

    def _say_content_trouble(self) -> None:
        """Say that content cannot be used, where that is so."""
        trouble = trouble_of(self.desk.tools.library)
        if trouble:
            self.say(trouble)

    def _say_due(self, due: Sequence[ActionLine]) -> None:
        """Say what is overdue, and what is due soon, as far as it can be said in a few lines."""
        today = self.desk.tools.today()
        for line in due[:_MOST_DUE]:
            self.say(f"{'' if line.overdue(today) else 'Due soon: '}{action_line(line, today)}")
        more = len(due) - _MOST_DUE
        if more > 0:
            self.say(f"{more} more {'is' if more == 1 else 'are'} overdue or due soon: open actions lists them.")

    def _first_start(self) -> None:
        for line in _FIRST_START:
            self.say(line.format(folder=self.desk.folder))
        while self.prompter.terminal:
            answer = self.menu.ask("plain", "Plain text each time? yes, no for the screens, Enter to decide later:")
            if answer == "":
                return
            if isinstance(answer, str) and answer.lower() in ("yes", "y", "no", "n"):
                try:
                    write_first_settings(self.settings.file, plain=answer.lower().startswith("y"))
                except KmtuiError as error:
                    self.prompter.error(str(error))
                else:
                    self.say(f"Written to {self.settings.file}, where it can be changed.")
                return
            self.prompter.wrong("plain", "Type yes or no, or Enter.")

    # Past records

    def _resume_one(self, lines: list[RecordLine]) -> None:
        line = self.menu.pick("resume", lines, record_line, self._past.undo)
        if line is not None:
            self.go_on(line.id)


def _many(count: int) -> str:
    return f"{count:,}" if count else "none yet"


def _waiting(count: int) -> str:
    return "1 lesson waits for review" if count == 1 else f"{count} lessons wait for review"
