"""Home in plain text: go on with what is open, run a technique, assess a team, look back, see to open actions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kmtui.model.errors import KmtuiError
from kmtui.model.lines import RecordLine
from kmtui.model.technique import RUNNABLE, Technique
from kmtui.plain.assessment import AssessmentTalk, new_assessment
from kmtui.plain.card import card, technique_line
from kmtui.plain.followup import FollowUp
from kmtui.plain.lists import record_line, trouble_lines
from kmtui.plain.menu import Choice, LeftFromMenu, Menu
from kmtui.plain.prompts import Prompter, WrongAnswer
from kmtui.plain.reports import wanted_again
from kmtui.plain.session import SessionTalk, new_session
from kmtui.plain.talk import Unsaved
from kmtui.text import one_line
from kmtui.workspace.assessments import OpenAssessment
from kmtui.workspace.desk import Desk
from kmtui.workspace.sessions import OpenSession
from kmtui.workspace.settings import Settings, write_first_settings
from kmtui.workspace.sharing import default_export, export, rendered
from kmtui.workspace.start import Start

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
        self._follow_up = FollowUp(self.menu, desk)
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
        if start.kind == "session":
            self._run(start)
        elif start.kind == "assessment":
            new_assessment(self.prompter, self.desk, start, talk=self._assessment_talk)
        elif start.kind == "record":
            self._go_on_unless_finished(start.record_id)
        else:
            self._menus()
        return Unsaved.exit_code if self._unsaved else 0

    def _run(self, start: Start) -> None:
        technique = self.desk.tools.library.technique(start.technique).value
        self.say(f"{one_line(technique.name)}{f': {one_line(start.title)}' if start.title else ''}.")
        new_session(self.prompter, self.desk, start, talk=self._session_talk)

    def go_on(self, record_id: str) -> None:
        """Go on with a record. Raises as `Talk.run`."""
        opened = self.desk.open(record_id)
        self.say(f"{one_line(opened.record.name)}.")
        if isinstance(opened, OpenSession):
            self._session_talk(opened).run()
        else:
            self._assessment_talk(opened).run()

    def _go_on_unless_finished(self, record_id: str) -> None:
        """Go on with a record; one that is finished is shown, and opened again only when that is asked for."""
        record = self.desk.read(record_id)
        if record.finished:
            self.say(f"{one_line(record.name)}. This is finished.")
            self._show(record_id)
            self.say()
            if self._export_to is not None:
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
            if not self.settings.found and self.desk.empty:
                self._first_start()
            while True:
                self._menu()
        except LeftFromMenu:
            return

    def _menu(self) -> None:
        self.say()
        self.say("Home")
        chosen = self.menu.choose("home", "Number:", self._choices(), self._undo_delete)
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
        for trouble in self.desk.troubles():
            for line in trouble_lines(trouble):
                self.say(line)
        found = self.desk.open_records()
        choices = []
        if found:
            newest = found[0]
            choices.append(Choice(f"Go on with: {record_line(newest)}", lambda: self.go_on(newest.id)))
        if len(found) > 1:
            choices.append(Choice(f"Go on with another ({len(found) - 1})", lambda: self._resume_one(found[1:])))
        first = self.desk.first_technique
        names = {each.id: each for each in self._techniques()}
        if first in names:
            choices.append(Choice(_named(names[first]), lambda: self._run(Start(kind="session", technique=first))))
        actions = [line for line in self.desk.actions() if line.state == "open"]
        overdue = sum(line.overdue(self.desk.tools.today()) for line in actions)
        late = f", {overdue} overdue" if overdue else ""
        return [
            *choices,
            Choice("Another technique, or another form of it", self._technique),
            Choice(
                "Assess a team",
                lambda: new_assessment(self.prompter, self.desk, Start(kind="assessment"), talk=self._assessment_talk),
            ),
            Choice(f"Past sessions and assessments ({len(self.desk.records()) or 'none yet'})", self._past),
            Choice(f"Open actions ({len(actions) or 'none'}{late})", self._follow_up.run),
        ]

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

    # Techniques

    def _techniques(self) -> list[Technique]:
        """Return the techniques that can be run, the short review first."""
        found = [loaded.value for loaded in self.desk.tools.library.techniques()]
        runnable = [each for each in found if all(isinstance(step, RUNNABLE) for step in each.steps)]
        return sorted(runnable, key=lambda each: each.id != self.desk.first_technique)

    def _technique(self) -> None:
        technique = self.menu.pick("technique", self._techniques(), technique_line, self._undo_delete)
        if technique is None:
            return
        for line in card(technique):
            self.say(line)
        self.say()
        forms = [
            Choice(f"Begin: {one_line(each.name)}", lambda form=each.id: self._run_form(technique.id, form))  # type: ignore[misc]
            for each in technique.variants
        ] or [Choice("Begin", lambda: self._run_form(technique.id, None))]
        chosen = self.menu.choose("form", "Number, or Enter to go back:", forms, self._undo_delete)
        if chosen is not None:
            chosen.does()

    def _run_form(self, technique: str, form: str | None) -> None:
        self._run(Start(kind="session", technique=technique, variant=form))

    # Past records

    def _resume_one(self, lines: list[RecordLine]) -> None:
        line = self.menu.pick("resume", lines, record_line, self._undo_delete)
        if line is not None:
            self.go_on(line.id)

    def _past(self) -> None:
        lines = self.desk.records()
        if not lines:
            self.say("Nothing has been kept yet. Begin a review, and it will be here.")
            return
        line = self.menu.pick("past", lines, record_line, self._undo_delete)
        if line is None:
            return
        self.say(record_line(line))
        choices = [
            Choice("Read the report", lambda: self._show(line.id)),
            Choice("Write the report to a file", lambda: self._export(line.id)),
            Choice("Open it again" if line.finished else "Go on with it", lambda: self.go_on(line.id)),
            Choice("Delete it (undo brings it back until kmtui ends)", lambda: self._delete(line.id)),
        ]
        chosen = self.menu.choose("past.what", "Number, or Enter to go back:", choices, self._undo_delete)
        if chosen is not None:
            chosen.does()

    def _show(self, record_id: str) -> None:
        for line in rendered(self.desk.tools, self.desk.read(record_id), "markdown").splitlines():
            self.say(line)

    def _export(self, record_id: str) -> None:
        record = self.desk.read(record_id)
        path = default_export(self.desk.exports, record, "markdown")
        export(self.desk.tools, record, "markdown", path)
        self.say(f"Written: {path}")

    def _delete(self, record_id: str) -> None:
        self.say(f"Deleted: {one_line(self.desk.delete(record_id))}. undo brings it back.")

    def _undo_delete(self) -> None:
        name = self.desk.undo_delete()
        self.say("There is nothing to undo." if name is None else f"Back again: {one_line(name)}.")


def _named(technique: Technique) -> str:
    form = technique.variant(None)
    return one_line(technique.name) + (f", {one_line(form.name[:1].lower() + form.name[1:])}" if form else "")
