"""A survey of individuals as its facilitator sees it: who answers next, what comes in, and its closing."""

from __future__ import annotations

from collections.abc import Callable

from kmtui.model.assessment import Assessment
from kmtui.model.base import in_words
from kmtui.model.errors import KmtuiError, NotFound
from kmtui.model.thresholds import FEWEST_FOR_MEAN, FEWEST_FOR_SPREAD
from kmtui.plain.answering import AnsweringTalk, out_of_sight
from kmtui.plain.forms import Field, FormAsker, coming_day, filled
from kmtui.plain.lists import single_answers_line
from kmtui.plain.menu import Choice, Menu
from kmtui.plain.prompts import InputEnded, QuitAsked, Stopped, WrongAnswer
from kmtui.plain.taking import TakingIn
from kmtui.plain.talk import Unsaved
from kmtui.plain.words import Command
from kmtui.report.sentences import disagreement_sentences
from kmtui.report.words import answered_in_words, capitalised, counted
from kmtui.text import file_slug, one_line
from kmtui.workspace.answering import Answering, go_on, next_person
from kmtui.workspace.desk import Desk
from kmtui.workspace.settings import Settings
from kmtui.workspace.setups import TeamSetUp, find_set_up
from kmtui.workspace.sharing import free_file, write_text
from kmtui.workspace.start import Start
from kmtui.workspace.surveys import Form, change_survey, close_survey, create_survey, form, status, survey

_HELP = ("Whose survey it is, its title, and the day by which answers are wanted. Enter leaves a question empty.",)
_FORMS: tuple[tuple[Form, str, str], ...] = (
    ("email", "Text for an e-mail, to which people reply", ".txt"),
    ("paper", "A form to print", ".md"),
    ("csv", "The first row of a table (CSV)", ".csv"),
    ("yaml", "A response file (YAML)", ".yaml"),
)


class SurveyTalk:
    """The conversation about the surveys of the workspace."""

    def __init__(self, menu: Menu, desk: Desk, settings: Settings, walk: Callable[[str], None]) -> None:
        """`walk` goes on with a closed survey: a group talks over what individuals answered."""
        self.menu = menu
        self.say = menu.say
        self.desk = desk
        self.settings = settings
        self._walk = walk

    def choose(self) -> None:
        """Offer the surveys that are open, and a new one."""
        lines = [line for line in self.desk.open_records() if line.collecting]
        choices = [
            Choice(f"Go on with: {one_line(line.title or line.team)}", lambda id_=line.id: self.run(id_))  # type: ignore[misc]
            for line in lines
        ]
        if not choices:
            self.new(Start(kind="survey"))
            return
        choices.append(Choice("A new survey", lambda: self.new(Start(kind="survey"))))
        chosen = self.menu.choose("survey", "Number, or Enter to go back:", choices, self._nothing_to_undo)
        if chosen is not None:
            chosen.does()

    def new(self, start: Start, setup: TeamSetUp | None = None) -> None:
        """Ask what is not given, create a survey, and go on with it."""
        tools = self.desk.tools
        if setup is None and start.setup:
            setup = find_set_up(tools, start.setup, start.team)
        team = start.team or (setup.team if setup is not None else "")
        asker = FormAsker(self.menu.prompter, _HELP)
        fields = [
            Field("team", "Which team:"),
            Field("title", "Title, if it needs one:"),
            Field("closes", "By when are answers wanted:", lambda words: coming_day(words, tools.today())),
        ]
        values = {"team": team, "title": start.title, "closes": ""}
        asked = [field for field in fields if not values[field.name]]
        try:
            filled(asker, "survey", asked, {}, values)
        except (InputEnded, QuitAsked, Stopped):
            if values["team"]:
                self._made(values, start, setup)
            raise
        self.run(self._made(values, start, setup).id)

    def _made(self, values: dict[str, str], start: Start, setup: TeamSetUp | None) -> Assessment:
        made = create_survey(
            self.desk.tools,
            team=values["team"],
            title=values["title"],
            closes=coming_day(values["closes"], self.desk.tools.today()),
            on_behalf_of=start.on_behalf_of,
            setup=setup,
        )
        self.say(f"Saved. The survey is open, {counted(len(made.matrix.criteria), 'criterion', 'criteria')}: {made.id}")
        return made

    def run(self, survey_id: str) -> None:
        """Talk about one survey until Enter goes back, or it is closed and the group goes on with it."""
        while True:
            found = survey(self.desk.tools, survey_id)
            if not found.collecting:
                self._walk(survey_id)
                return
            self.say()
            self._tell(found, status(self.desk.tools, survey_id).answered)
            choices = self._choices(found)
            chosen = self.menu.choose("survey.what", "Number, or Enter to go back:", choices, self._nothing_to_undo)
            if chosen is None:
                return
            try:
                chosen.does()
            except (WrongAnswer, Unsaved):
                raise
            except KmtuiError as error:
                if not self.menu.prompter.terminal:
                    raise
                self.menu.prompter.error(str(error))

    def _tell(self, found: Assessment, answered: int) -> None:
        """Say how many have answered and until when answers are wanted: nothing else is told before it is closed."""
        have = "has" if answered == 1 else "have"
        words = f"{counted(answered, 'person', 'people')} {have} answered" if answered else "nobody has answered yet"
        self.say(f"{one_line(found.name)}. A survey of individuals: {words}.")
        if found.closes is not None:
            over = found.closes < self.desk.tools.today()
            day = in_words(found.closes)
            self.say(f"Answers were wanted by {day}. It can be closed." if over else f"Answers are wanted by {day}.")

    def _choices(self, found: Assessment) -> list[Choice]:
        return [
            Choice("The next person answers here", lambda: self.answer_here(found.id)),
            Choice("Take in a file: a table, e-mail replies, responses", lambda: self._take_in(found)),
            Choice("Write a form to send round", lambda: self._form(found)),
            Choice("Close the survey and see the results", lambda: self._close(found)),
            Choice("Go on with answers begun before", lambda: self._begun(found.id)),
            Choice("Change its title or the day by which answers are wanted", lambda: self._change(found)),
        ]

    def _nothing_to_undo(self) -> None:
        self.say("There is nothing to undo.")

    # Answering here

    def answer_here(self, survey_id: str) -> None:
        """Let one person after the other answer, until the facilitator goes back."""
        self.say("The first person can sit down. Each one goes on to the end without anybody beside them.")
        self._one(next_person(self.desk.tools, survey_id))
        while True:
            answer = self.menu.ask(
                "next", "Enter begins for the next person, a code goes on with theirs. back: leaves:"
            )
            if answer in (Command(word="back"), Command(word="skip")):
                return
            if answer == "":
                self._one(next_person(self.desk.tools, survey_id))
            elif isinstance(answer, str):
                self._with_code("next", survey_id, answer)
            else:
                self.menu.prompter.wrong("next", "Enter begins for the next person, back leaves.")

    def _one(self, answering: Answering) -> None:
        AnsweringTalk(self.menu.prompter, answering).run()

    def _begun(self, survey_id: str) -> None:
        """Ask for the code of answers that were begun, and go on with them. Nothing tells which there are."""
        while True:
            answer = self.menu.ask("survey.code", "Your code, or Enter to go back:")
            if answer in ("", Command(word="back"), Command(word="skip")):
                return
            if isinstance(answer, Command):
                self.menu.prompter.wrong("survey.code", f'"{answer.word}" does nothing here. Type your code.')
            elif self._with_code("survey.code", survey_id, answer):
                return

    def _with_code(self, question: str, survey_id: str, code: str) -> bool:
        """Go on with the answers that have this code; return False after saying that there are none."""
        try:
            answering = go_on(self.desk.tools, survey_id, code)
        except NotFound as error:
            if self.menu.prompter.terminal:
                out_of_sight(self.menu.prompter)  # a code that was typed wrong is nearly the right one
            self.menu.prompter.wrong(question, str(error))
            return False
        self._one(answering)
        return True

    def _change(self, found: Assessment) -> None:
        """Ask for another title and another return date."""
        today = self.desk.tools.today()
        fields = [
            Field("title", "Title, if it needs one:"),
            Field("closes", "By when are answers wanted:", lambda words: coming_day(words, today)),
        ]
        before = {"title": found.title, "closes": found.closes.isoformat() if found.closes else ""}
        values = dict(before)
        filled(FormAsker(self.menu.prompter, _HELP), "survey", fields, before, values)
        closes = found.closes if values["closes"] == before["closes"] else coming_day(values["closes"], today)
        change_survey(self.desk.tools, found.id, title=values["title"], closes=closes, no_date=closes is None)
        self.say("Saved.")

    # Files and forms

    def _take_in(self, found: Assessment) -> None:
        TakingIn(self.menu, self.desk).run(found)

    def _form(self, found: Assessment) -> None:
        choices = [
            Choice(words, lambda kind=kind, ending=ending: self._write(found, kind, ending))  # type: ignore[misc]
            for kind, words, ending in _FORMS
        ]
        chosen = self.menu.choose("survey.form", "Number, or Enter to go back:", choices, self._nothing_to_undo)
        if chosen is not None:
            chosen.does()

    def _write(self, found: Assessment, kind: Form, ending: str) -> None:
        parts = (self.desk.tools.today().isoformat(), file_slug(found.name), f"survey-{kind}")
        path = free_file(self.desk.exports, parts, ending)
        write_text(self.desk.tools, path, form(self.desk.tools, found.id, kind))
        self.say(f"Written: {path}")

    # Closing

    def _close(self, found: Assessment) -> None:
        fewest = max(self.settings.fewest_answers, FEWEST_FOR_SPREAD)
        mean = FEWEST_FOR_MEAN + fewest - FEWEST_FOR_SPREAD
        here = status(self.desk.tools, found.id)
        self.say(f"{capitalised(counted(here.answered, 'person', 'people'))} so far.")
        if here.unfinished:
            have = "has" if here.unfinished == 1 else "have"
            people = capitalised(counted(here.unfinished, "person", "people"))
            self.say(f"{people} {have} begun to answer here and not handed in. That is not counted.")
        self.say(
            "Closing is for good: no answer can come in afterwards, or two reports could tell what one person said."
        )
        self.say(
            f"Of a criterion with fewer than {fewest} answers only their number is shown, and from {mean} up the mean."
        )
        while True:
            answer = self.menu.ask("survey.close", "Type close to close it, or Enter to leave it open:")
            if answer in ("", "no", Command(word="back"), Command(word="skip")):
                self.say("It stays open.")
                return
            if isinstance(answer, str) and answer.lower() == "close":
                break
            self.menu.prompter.wrong("survey.close", "Type close, or Enter to leave it open.")
        # Who has begun since it was said how many wait is not left out unsaid: closing is refused then.
        leave = here.unfinished > 0
        closed = close_survey(self.desk.tools, found.id, self.settings.fewest_answers, leave_unfinished=leave)
        self.say("Saved. The survey is closed.")
        self.results(closed)
        if here.answered or here.unfinished:
            self.say(single_answers_line(found.id))

    def results(self, closed: Assessment) -> None:
        """Read out what individuals answered, where they differ most first."""
        if closed.survey is not None and not closed.survey.answered:
            self.say("Nobody answered the survey.")
            return
        self.say(answered_in_words(closed))
        self.say("Where people differ most comes first.")
        for sentence in disagreement_sentences(closed):
            self.say(sentence)
