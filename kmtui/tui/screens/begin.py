"""The few things asked before a session or an assessment, each of which may be left open."""

from __future__ import annotations

import contextlib
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from kmtui.flow.typed import parse_people, people_as_typed
from kmtui.model.base import in_words
from kmtui.model.errors import KmtuiError, StoreError
from kmtui.model.lines import RecordLine
from kmtui.model.technique import Technique
from kmtui.text import clean, one_line
from kmtui.tui.actions import bindings
from kmtui.tui.keys import key_for
from kmtui.tui.safe import lines, parts, words
from kmtui.tui.screens.keeping import KeepingScreen
from kmtui.tui.screens.taking_along import TakingAlong
from kmtui.tui.widgets.asker import UNDECIDED, Asker, Question
from kmtui.workspace.assessments import OpenAssessment, start_assessment
from kmtui.workspace.sessions import OpenSession, start_session
from kmtui.workspace.thread import could_go_on_from, on_the_same_work

TITLE = Question("title", "What is it about?", "A name to find it by: Ward move")
TEAM = Question("team", "Which team?", "Ward 7")
PEOPLE = Question("people", "Who takes part?", "Roles with commas between: ward sister, 4 porters")
ON_BEHALF_OF = Question("on_behalf_of", "On whose behalf do you answer?", "The whole team, the directorate…")


class FormScreen(KeepingScreen):
    """A short form with a few words above it."""

    KEYS: ClassVar[tuple[str, ...]] = ("leave", "back")
    BINDINGS = bindings("next", "back")
    CSS = "#about { padding: 0 1; height: 1fr; }"
    HEADING = ""
    HINT = "Enter goes on; every line may be left empty."
    QUESTIONS: tuple[Question, ...] = ()
    CHANGES: ClassVar[bool] = False
    """Whether the form changes what is there already: what was typed is then taken when the form is left."""

    _refused: dict[str, str] | None = None  # what could not be taken, so that a second Esc leaves without it

    def compose_body(self) -> ComposeResult:
        """Show the words and the form."""
        yield Static(id="about", markup=False)
        yield Asker(id="asker")

    def arrive(self) -> None:
        """Begin the form."""
        super().arrive()
        self.query_one(Asker).ask(self.QUESTIONS, self.values() or self.left())

    def draw(self) -> None:
        """Show the heading."""
        super().draw()
        self.head(self.HEADING)
        self.query_one("#about", Static).update(
            lines(
                *(words(line) for line in self.about()),
                parts((self.HINT, "$muted")),
            )
        )

    def about(self) -> tuple[str, ...]:
        """Return the words above the form."""
        return ()

    def values(self) -> dict[str, str]:
        """Return what is filled in already."""
        return {}

    def on_asker_refused(self, event: Asker.Refused) -> None:
        """Say why what was typed cannot be taken."""
        self.tell(event.words, error=True)

    def typed(self) -> dict[str, str]:
        """Return what was typed, where the form was empty at first: else it is filled in anew each time."""
        return {} if self.values() else super().typed()

    def _changed(self) -> dict[str, str]:
        """Return what a form that changes something would change it to; nothing where that is as it was."""
        present = self.query_one(Asker).present()
        return present if self.CHANGES and present not in (self.values(), self._refused) else {}

    def flush(self) -> str:
        """Take what was changed, or keep what was typed."""
        if changed := self._changed():
            asker = self.query_one(Asker)
            if not asker.pointing and not asker.settled():
                return UNDECIDED
            self._refused = changed
            self._take(changed)
            return ""
        return super().flush()

    def action_leave(self) -> None:
        """Go back; what was changed is taken, and what was typed is there again when the same form is opened."""
        if changed := self._changed():
            if not self.query_one(Asker).settled():
                return
            self._refused = changed
            self.on_asker_answered(Asker.Answered(changed, None))
            return
        super().action_leave()

    def on_asker_answered(self, event: Asker.Answered) -> None:
        """Take the answers, or say why they cannot be taken and keep them."""
        try:
            self._take(event.values)
        except KmtuiError as error:
            self.query_one(Asker).ask(self.QUESTIONS, event.values)
            self.tell(str(error), error=True)

    def _take(self, values: dict[str, str]) -> None:
        forms, form = self.kmtui.unanswered, self.form
        self.take({name: clean(text) for name, text in values.items()})
        forms.pop(form, None)  # only now: until it is taken it is kept
        with contextlib.suppress(StoreError):
            forms.save()

    def take(self, values: dict[str, str]) -> None:
        """Do what the form is for."""

    def action_next(self) -> None:
        """Begin with what has been filled in so far."""
        if self.query_one(Asker).settled():
            self.on_asker_answered(Asker.Answered(self.query_one(Asker).present(), None))

    def action_back(self) -> None:
        """Go to the question before."""
        if not self.query_one(Asker).back():
            self.tell("This is the first question.")


class BeginSessionScreen(TakingAlong, FormScreen):
    """Asks for title, team and who takes part, then begins; where it can, from what was said in earlier sessions."""

    QUESTIONS = (TITLE, TEAM, PEOPLE)
    KEYS = ("leave", "back", "earlier")
    BINDINGS = bindings("earlier")

    def __init__(self, technique: Technique, variant: str | None) -> None:
        super().__init__()
        self._technique = technique
        self._variant = variant
        self._earlier: list[RecordLine] = []  # from which it could go on, the newest first
        self._continues: tuple[str, ...] | None = None  # as chosen by hand; for None title and team decide
        self.HEADING = technique.name

    def arrive(self) -> None:
        """Begin the form, and read from which sessions this one could go on."""
        super().arrive()
        self._earlier = could_go_on_from(self.desk.tools, self._technique)
        self.draw()

    def subject(self) -> tuple[str, ...]:
        """Return title and team: lessons that fit them are offered."""
        return TITLE.id, TEAM.id

    def about(self) -> tuple[str, ...]:
        """Return a caution on what to write, and from which session this one goes on."""
        return ("Write roles rather than names, and nothing that could identify a patient.", *self._going_on())

    def _going_on(self) -> tuple[str, ...]:
        if not self._earlier:
            return ()
        ids, key = self._continued(), key_for(self, "earlier")
        named = "; ".join(_told(line) for line in reversed(self._earlier) if line.id in ids)
        if named:
            return (f"Goes on from {named}: what was said there stands here, to be changed. {key}: another.",)
        return (f"Title and team of an earlier session bring in what was said there. {key} chooses one.",)

    def _continued(self) -> tuple[str, ...]:
        """Return the ids of the sessions that this one goes on from, the oldest first."""
        if self._continues is not None or not self._earlier:
            return self._continues or ()
        present = self.query_one(Asker).present()
        title, team = (clean(present.get(each.id, "")) for each in (TITLE, TEAM))
        return on_the_same_work(self.desk.tools, self._technique, title, team)

    @on(Asker.Passed)
    def _passed(self) -> None:
        """Say from which session this one goes on as soon as title and team match."""
        self.draw()

    def action_keep_typed(self) -> None:
        """Keep what was typed, and say what it leads to."""
        super().action_keep_typed()
        self.draw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer earlier sessions only where there are some."""
        return bool(self._earlier) if action == "earlier" else super().check_action(action, parameters)

    def action_earlier(self) -> None:
        """Choose a session to go on from, or leave it out again. Those of the team that was typed come first."""
        from kmtui.tui.screens.choose import ChooseScreen

        ids = self._continued()
        team = clean(self.query_one(Asker).present()[TEAM.id])
        places = [
            (line.id, f"{'[x]' if line.id in ids else '[ ]'} {_named(line)}", _beside(line))
            for line in could_go_on_from(self.desk.tools, self._technique, team)
        ]
        here = ids[-1] if ids else ""
        told = "Enter goes on from it, or no longer."
        self.app.push_screen(ChooseScreen("Go on from which session?", places, here, self._choose, told))

    def _choose(self, chosen: str) -> None:
        """Go on from a session, or no longer. Its title and team are those of this one where none are typed."""
        before = self._continued()
        ids = set(before) ^ {chosen}
        self._continues = tuple(line.id for line in reversed(self._earlier) if line.id in ids)
        asker = self.query_one(Asker)
        present, question = asker.present(), asker.question
        line = next(each for each in self._earlier if each.id == chosen)
        if chosen in ids:
            present |= {
                name: text for name, text in ((TITLE.id, line.title), (TEAM.id, line.team)) if not present[name].strip()
            }
        asker.ask(self.QUESTIONS, present, at=question.id if question is not None else "")
        self.draw()

    def take(self, values: dict[str, str]) -> None:
        """Begin the session."""
        from kmtui.tui.opening import show_session

        show_session(
            self.kmtui,
            lambda: start_session(
                self.desk.tools,
                self._technique.id,
                variant=self._variant,
                title=values["title"],
                team=values["team"],
                people=parse_people(values["people"]),
                continues=self._continues,
                takes=self.taken_along,
            ),
        )


def _named(line: RecordLine) -> str:
    return one_line(line.title) or line.about_name


def _beside(line: RecordLine) -> str:
    what = line.about_name if line.title else ""
    return " · ".join(each for each in (what, one_line(line.team), in_words(line.date)) if each)


def _told(line: RecordLine) -> str:
    return f"{line.about_name}, {in_words(line.date)}"


class BeginAssessmentScreen(FormScreen):
    """Asks for the team, on whose behalf it answers, and who takes part, then begins."""

    HEADING = "Assess a team"
    QUESTIONS = (TEAM, ON_BEHALF_OF, PEOPLE)
    KEYS = ("set-ups", "survey", "leave")
    BINDINGS = bindings("set-ups", "survey")

    def about(self) -> tuple[str, ...]:
        """Return what the assessment is, and the other ways to begin one."""
        matrix, keys = self.desk.tools.library.matrix().value, self.kmtui.keys_of(self)
        set_ups, survey = (keys[each][0] for each in ("set-ups", "survey"))
        return (
            f"{matrix.title}: {len(matrix.criteria)} criteria.",
            "Agree first on whose behalf you answer.",
            f"With a group now: type. {set_ups}: from a set-up of the team. {survey}: a survey of individuals.",
        )

    def action_set_ups(self) -> None:
        """Begin with a set-up; the team that was typed goes along."""
        from kmtui.tui.screens.setups import SetUpsScreen

        self.app.push_screen(SetUpsScreen(self.query_one(Asker).present()["team"].strip()))

    def action_survey(self) -> None:
        """Ask individuals instead of a group; the team that was typed goes along."""
        from kmtui.tui.screens.survey import BeginSurveyScreen

        self.app.push_screen(BeginSurveyScreen(team=self.query_one(Asker).present()["team"].strip()))

    def take(self, values: dict[str, str]) -> None:
        """Begin the assessment."""
        from kmtui.tui.screens.assessment import AssessmentScreen

        opened = start_assessment(
            self.desk.tools,
            team=values["team"],
            on_behalf_of=values["on_behalf_of"],
            people=parse_people(values["people"]),
        )
        self.app.switch_screen(AssessmentScreen(opened))


class AboutSessionScreen(FormScreen):
    """Changes title, team and people of a session that runs."""

    CHANGES = True
    HEADING = "Title, team and people"
    QUESTIONS = (TITLE, TEAM, PEOPLE)

    def __init__(self, opened: OpenSession) -> None:
        super().__init__()
        self._opened = opened

    def values(self) -> dict[str, str]:
        """Return what stands there now."""
        record = self._opened.record
        return {"title": record.title, "team": record.team, "people": people_as_typed(record.people)}

    def take(self, values: dict[str, str]) -> None:
        """Change them."""
        self._opened.about(values["title"], values["team"], values["people"])
        self.app.pop_screen()


class AboutAssessmentScreen(FormScreen):
    """Changes title, team, on whose behalf and people of an assessment that runs."""

    CHANGES = True
    HEADING = "Title, team and people"
    QUESTIONS = (TITLE, TEAM, ON_BEHALF_OF, PEOPLE)

    def __init__(self, opened: OpenAssessment) -> None:
        super().__init__()
        self._opened = opened

    def values(self) -> dict[str, str]:
        """Return what stands there now."""
        record = self._opened.record
        return {
            "title": record.title,
            "team": record.team,
            "on_behalf_of": record.on_behalf_of,
            "people": people_as_typed(record.people),
        }

    def take(self, values: dict[str, str]) -> None:
        """Change them."""
        self._opened.about(values["title"], values["team"], values["on_behalf_of"], values["people"])
        self.app.pop_screen()
