"""A survey as its facilitator sees it: how many have answered, until when, and nothing else while it is open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.widgets import OptionList, Static

from kmtui.flow.typed import parse_date
from kmtui.model.assessment import Assessment
from kmtui.model.base import in_words
from kmtui.model.errors import WrongInput
from kmtui.model.thresholds import FEWEST_FOR_MEAN, FEWEST_FOR_SPREAD
from kmtui.text import file_slug
from kmtui.tui.safe import lines, parts, words
from kmtui.tui.screens.base import BaseScreen
from kmtui.tui.screens.begin import TEAM, FormScreen
from kmtui.tui.screens.choose import ChooseScreen
from kmtui.tui.widgets.asker import Question
from kmtui.tui.widgets.rows import Row, Rows
from kmtui.workspace.answering import go_on, next_person
from kmtui.workspace.setups import TeamSetUp
from kmtui.workspace.sharing import free_file
from kmtui.workspace.surveys import Form, change_survey, close_survey, create_survey, form, status, survey

WORD = "close"
"""What has to be typed before a survey is closed, since that cannot be undone."""

NAME = Question("title", "What is the survey called?", "A name to find it by; may be left empty")

FORMS: tuple[tuple[Form, str, str, str], ...] = (
    ("email", "Text for an e-mail", "people reply to it", ".txt"),
    ("paper", "A form to print", "Markdown", ".md"),
    ("csv", "A spreadsheet", "CSV: one row for each person", ".csv"),
    ("yaml", "A file to fill in", "YAML: one file for each person", ".yaml"),
)


class BeginSurveyScreen(FormScreen):
    """Asks for team and return date, then begins a survey. A set-up says all the rest."""

    HEADING = "Survey of individuals"

    def __init__(self, found: TeamSetUp | None = None, *, team: str = "", title: str = "") -> None:
        super().__init__()
        self._found = found
        self._given = {"team": team, "title": title}

    def arrive(self) -> None:
        """Make the questions, one of which knows what day it is."""
        closes = Question(
            "closes", "By when do answers come back?", "1 December, 2 weeks; may be left empty", check=self._day
        )
        team = Question("team", TEAM.label, f"{TEAM.hint}; a survey needs a team", required=True)
        self.QUESTIONS = (closes,) if self._found is not None else (team, NAME, closes)
        if self._found is None:
            self.HINT = "Enter goes on; the team is needed, the other lines may be left empty."
        super().arrive()

    def _day(self, text: str) -> date | None:
        today = self.desk.tools.today()
        day = parse_date(text, today)
        if day is not None and day < today:
            raise WrongInput(f"{in_words(day)} has passed. Type a day from today on, or leave it empty.")
        return day

    def about(self) -> tuple[str, ...]:
        """Return what a survey is, and with which set-up it begins."""
        told = "Each person answers alone. Until the survey is closed only the number of answers is shown."
        return (told,) if self._found is None else (f"{self._found.team}: {self._found.setup.name}.", told)

    def left(self) -> dict[str, str]:
        """Return what was left in the form, and what is known already."""
        return {**super().left(), **{name: text for name, text in self._given.items() if text}}

    @property
    def form(self) -> str:
        """One form for each set-up, and one without."""
        return type(self).__name__ + (f" {self._found.setup.id}" if self._found is not None else "")

    def take(self, values: dict[str, str]) -> None:
        """Begin the survey."""
        from kmtui.tui.opening import above_home

        made = create_survey(
            self.desk.tools,
            team=values.get("team", ""),
            title=values.get("title", "") or self._given["title"],
            closes=self._day(values["closes"]),
            setup=self._found,
        )
        above_home(self.kmtui, SurveyScreen(made.id, "Saved. Write the form to send round, or let people answer here."))


class SurveyScreen(BaseScreen):
    """Counts answers, and leads to all that is done while a survey is open."""

    KEYS = ("leave", "palette")
    CSS = "#counts { height: auto; padding: 0 1 1 1; } .-low #counts { padding: 0 1; }"

    def __init__(self, survey_id: str, told: str = "") -> None:
        super().__init__()
        self._survey_id = survey_id
        self._told = told

    def compose_body(self) -> ComposeResult:
        """Show the counts and what can be done."""
        yield Static(id="counts", markup=False)
        yield Rows(id="menu", focusable=True)

    def arrive(self) -> None:
        """Draw, and say what has just happened."""
        super().arrive()
        if self._told:
            self.tell(self._told)

    def draw(self) -> None:
        """Show how many have answered and the return date."""
        super().draw()
        found, now = survey(self.desk.tools, self._survey_id), status(self.desk.tools, self._survey_id)
        self.head(f"Survey: {found.name}", found.team if found.team != found.name else "")
        self.query_one("#counts", Static).update(
            lines(
                parts((answered_words(now.answered), "bold")),
                words(until_words(found.closes, self.desk.tools.today())),
            )
        )
        menu = self.query_one(Rows)
        menu.show(_menu(), menu.chosen)
        menu.focus()

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        self.action_choose(self.query_one(Rows).chosen or "")

    def action_choose(self, row: str) -> None:
        """Do what a line says."""
        done: dict[str, Callable[[], None]] = {
            "next": self._next_person,
            "go-on": self._go_on,
            "files": self._files,
            "form": self._form,
            "change": self._change,
            "close": self._close,
        }
        if row in done:
            self.tell("")
            done[row]()

    def _next_person(self) -> None:
        from kmtui.tui.screens.answering import AnsweringScreen

        self.app.push_screen(AnsweringScreen(next_person(self.desk.tools, self._survey_id)))

    def _go_on(self) -> None:
        self.app.push_screen(CodeScreen(self._survey_id))

    def _files(self) -> None:
        from kmtui.tui.screens.taking_in import FilesScreen

        self.app.push_screen(FilesScreen(self._survey_id))

    def _form(self) -> None:
        places = [(kind, name, beside) for kind, name, beside, _ in FORMS]
        self.app.push_screen(ChooseScreen("Which form?", places, FORMS[0][0], self._show_form, "Enter shows it."))

    def _show_form(self, chosen: str) -> None:
        from kmtui.tui.screens.texts import TextScreen

        kind, name, _, ending = next(each for each in FORMS if each[0] == chosen)
        found = survey(self.desk.tools, self._survey_id)
        path = free_file(self.desk.exports, (file_slug(found.name), "survey", kind), ending)
        self.app.push_screen(TextScreen(name, form(self.desk.tools, self._survey_id, kind), path))

    def _change(self) -> None:
        self.app.push_screen(ChangeSurveyScreen(self._survey_id))

    def _close(self) -> None:
        self.app.push_screen(CloseSurveyScreen(self._survey_id))


def _menu() -> list[Row]:
    told = [
        ("next", "Next person answers here", ""),
        ("go-on", "Go on with answers begun before", ""),
        ("files", "Take in answers from files", "spreadsheet, e-mail, file"),
        ("form", "Write the form to send round", "e-mail, print, table"),
        ("change", "Change title or return date", ""),
        ("close", "Close the survey", "for good; then see the results"),
    ]
    return [
        Row(row_id, parts(f"  {name}", (f"  {beside}" if beside else "", "$muted"))) for row_id, name, beside in told
    ]


def answered_words(answered: int) -> str:
    """Return how many have answered, as a sentence."""
    if not answered:
        return "Nobody has answered yet."
    return "1 person has answered." if answered == 1 else f"{answered} people have answered."


def until_words(closes: date | None, today: date) -> str:
    """Return the return date with the days that are left, or have passed."""
    if closes is None:
        return "There is no return date."
    days = (closes - today).days
    if days < 0:
        return f"The return date was {in_words(closes)}, {_days(-days)} ago. Answers still count."
    return f"Return by {in_words(closes)}: {'today' if not days else f'{_days(days)} left'}."


def _days(count: int) -> str:
    return "1 day" if count == 1 else f"{count} days"


class CodeScreen(FormScreen):
    """Asks for the code of answers that were begun: whoever has it goes on with them, and nobody sees a list."""

    HEADING = "Go on with your answers"
    HINT = "Enter opens them; Esc goes back."
    QUESTIONS = (
        Question("code", "What is your code?", "The six characters that you were shown", required=True, kept=False),
    )

    def __init__(self, survey_id: str) -> None:
        super().__init__()
        self._survey_id = survey_id

    def about(self) -> tuple[str, ...]:
        """Return whose answers are opened."""
        return ("It was shown before the first question, and above each one.",)

    def typed(self) -> dict[str, str]:
        """Keep nothing: whoever comes next would have the code."""
        return {}

    def take(self, values: dict[str, str]) -> None:
        """Open the answers."""
        from kmtui.tui.screens.answering import AnsweringScreen

        self.app.switch_screen(AnsweringScreen(go_on(self.desk.tools, self._survey_id, values["code"].strip())))


class ChangeSurveyScreen(FormScreen):
    """Another title or return date for a survey that is open."""

    CHANGES = True
    HEADING = "Title and return date"
    HINT = "Enter goes on; an empty line takes the title or the date away."

    def __init__(self, survey_id: str) -> None:
        super().__init__()
        self._survey_id = survey_id
        self.QUESTIONS = (NAME, Question("closes", "Until when can people answer?", "1 Dec, friday, 2 weeks"))

    def values(self) -> dict[str, str]:
        """Return what stands there now."""
        found = survey(self.desk.tools, self._survey_id)
        return {"title": found.title, "closes": found.closes.isoformat() if found.closes else ""}

    def take(self, values: dict[str, str]) -> None:
        """Change them."""
        closes = parse_date(values["closes"], self.desk.tools.today())
        change_survey(self.desk.tools, self._survey_id, title=values["title"], closes=closes, no_date=closes is None)
        self.back_with("Saved.")


class CloseSurveyScreen(FormScreen):
    """Says what closing means, and takes a word typed: it is the one thing that cannot be undone."""

    HEADING = "Close the survey for good"
    HINT = "Esc goes back, and the survey stays open."

    def __init__(self, survey_id: str) -> None:
        super().__init__()
        self._survey_id = survey_id
        self.QUESTIONS = (Question("word", f'Type "{WORD}" and press Enter', check=_is_word, kept=False),)

    def about(self) -> tuple[str, ...]:
        """Return what is counted, what will not be shown, and why it is for good."""
        now = status(self.desk.tools, self._survey_id)
        told = [
            answered_words(now.answered),
            "Nobody can answer afterwards, or two reports would tell what one person answered.",
            *withheld(now.answered, self.kmtui.settings.fewest_answers),
        ]
        if now.unfinished:
            told.append(f"{now.unfinished} begun here and not handed in: not counted, and left out for good.")
        return tuple(told)

    def take(self, values: dict[str, str]) -> None:
        """Close the survey and show its results."""
        from kmtui.tui.opening import open_record, to_home
        from kmtui.tui.screens.assessment import AssessmentScreen

        _is_word(values["word"])
        fewest = self.kmtui.settings.fewest_answers
        # Those that were not handed in were told above the field.
        closed: Assessment = close_survey(self.desk.tools, self._survey_id, fewest, leave_unfinished=True)
        to_home(self.kmtui)
        open_record(self.kmtui, closed.id)
        walk = self.app.screen
        if isinstance(walk, AssessmentScreen):
            walk.call_after_refresh(walk.action_results)  # where people differ; Esc goes on to agreeing levels

    def typed(self) -> dict[str, str]:
        """Keep nothing: a word that was half typed would close the survey next time."""
        return {}


def _is_word(text: str) -> None:
    if text.strip().casefold() != WORD:
        raise WrongInput(f'The survey is still open. Type "{WORD}" to close it, or go back with Esc.')


def withheld(answered: int, fewest: int) -> tuple[str, ...]:
    """Return what will not be shown of so few answers, as a sentence; nothing where all of it will be."""
    if answered >= fewest:
        return ()
    for_mean = FEWEST_FOR_MEAN + fewest - FEWEST_FOR_SPREAD
    if answered < for_mean:
        return (f"Below {for_mean} answers only their number will be shown.",)
    return (f"Below {fewest} answers only number and mean will be shown: no range, bands or reasons.",)
