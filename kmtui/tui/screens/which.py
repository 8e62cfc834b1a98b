"""Which technique? Four plain questions, or an action, or a criterion; then two or three that fit, and why."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from textual import events, on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import OptionList, Static

from kmtui.analysis.suggesting import PHASE_WORDS, Suggestion
from kmtui.flow.situation import SITUATION_QUESTIONS, Situation, situation_typed
from kmtui.model.errors import KmtuiError
from kmtui.report.words import counted
from kmtui.text import one_line
from kmtui.tui.actions import bindings
from kmtui.tui.keys import key_for
from kmtui.tui.safe import parts, words
from kmtui.tui.screens.base import BaseScreen
from kmtui.tui.screens.begin import FormScreen
from kmtui.tui.widgets.asker import Asker, Question
from kmtui.tui.widgets.rows import Row, Rows
from kmtui.workspace.suggesting import for_criterion, suggestions

if TYPE_CHECKING:
    from kmtui.model.assessment import Assessment
    from kmtui.model.matrix import Criterion
    from kmtui.tui.app import KmtuiApp
    from kmtui.workspace.sessions import OpenSession

_SHOWS_CARD = "Enter shows its card."


class WhichScreen(FormScreen):
    """Asks for the situation. What was typed is there still when the way leads back from the suggestions."""

    HEADING = "Which technique fits?"
    QUESTIONS = tuple(
        Question(each.id, each.words, each.hint, check=each.check, kept=False) for each in SITUATION_QUESTIONS
    )

    def __init__(self, choose: Callable[[str], None] | None = None, told: str = _SHOWS_CARD) -> None:
        """`choose` takes the id of the technique that is chosen, and `told` says so; else its card is shown."""
        super().__init__()
        self._then = choose or (lambda technique: show_card(self.kmtui, technique))
        self._told = told

    _answered: dict[str, str] | None = None  # what led to suggestions: nothing of it waits to be entered

    def about(self) -> tuple[str, ...]:
        """Return what comes of it."""
        return ("Two or three techniques that fit are suggested, each with the reason.",)

    def typed(self) -> dict[str, str]:
        """Return what was typed and led to no suggestions yet."""
        present = super().typed()
        return {} if present == self._answered else present

    @on(Asker.Passed)
    def _passed(self) -> None:
        """Leave what was refused behind."""
        self.tell("")

    def take(self, values: dict[str, str]) -> None:
        """Show what fits."""
        situation, tools = situation_typed(values), self.desk.tools
        self._answered = values
        self.tell("")
        self.query_one(Asker).ask(self.QUESTIONS, values, at=self.QUESTIONS[-1].id)  # the others stand above it

        def find() -> tuple[Suggestion, ...]:
            return suggestions(
                tools,
                phase=situation.phase,
                people=situation.people,
                minutes=situation.minutes,
                words=situation.words,
            )

        self.app.push_screen(SuggestedScreen(_in_words(situation), find, self._then, self._told, asked_for=True))

    def action_next(self) -> None:
        """Show what fits what has been filled in so far; what cannot be taken is asked again."""
        if (refusal := self.query_one(Asker).refusal()) is not None:
            self.tell(refusal, error=True)
        else:
            super().action_next()


class SuggestedScreen(BaseScreen):
    """Two or three techniques with their reasons. They are looked for in a thread, since all cards are read for it."""

    KEYS = ("leave", "which")
    BINDINGS = bindings("which")
    CSS = """
    #asked { height: auto; max-height: 2; padding: 0 1; color: $muted; }
    #suggested { scrollbar-gutter: stable; }
    """

    class Looked(Message):
        """It was found what fits, or why that could not be."""

        def __init__(self, found: tuple[Suggestion, ...], trouble: str = "") -> None:
            super().__init__()
            self.found = found
            self.trouble = trouble

    def __init__(
        self,
        asked: str,
        find: Callable[[], tuple[Suggestion, ...]],
        choose: Callable[[str], None],
        told: str = _SHOWS_CARD,
        *,
        asked_for: bool = False,
    ) -> None:
        """`asked` is what they are for, `choose` takes the id of the chosen one, `told` says what Enter does.

        With `asked_for` they come of the four questions; else these can still be asked.
        """
        super().__init__()
        self._asked = asked
        self._find = find
        self._then = choose
        self._told = told
        self._asked_for = asked_for

    def compose_body(self) -> ComposeResult:
        """Show what they are for, and the list."""
        yield Static(id="asked", markup=False)
        yield Rows(id="suggested", focusable=True)

    def arrive(self) -> None:
        """Draw the frame, and look."""
        super().arrive()
        self.query_one("#asked", Static).update(words(one_line(self._asked)))
        self.query_one("#asked").display = bool(self._asked.strip())
        self.query_one(Rows).focus()
        self.tell("Looking…")
        self.run_worker(self._look, name="look", group="look", thread=True, exit_on_error=False)

    def draw(self) -> None:
        """Show the heading."""
        super().draw()
        self.head("Which technique fits")

    def _look(self) -> None:
        try:
            message = self.Looked(self._find())
        except KmtuiError as error:
            message = self.Looked((), str(error))
        self.post_message(message)

    def on_suggested_screen_looked(self, event: Looked) -> None:
        """Show what fits."""
        if event.trouble:
            self.tell(event.trouble, error=True)
            return
        self.query_one(Rows).show(
            Row(each.id, parts((each.name, "bold"), (f"\n{one_line(each.why)}", "not bold"))) for each in event.found
        )
        if self._asked_for:
            self.tell(self._told if event.found else "No technique fits that. Esc goes back; with less said, more fit.")
        else:
            found = self._told if event.found else "No card speaks of this."
            self.tell(f"{found} {key_for(self, 'which')} asks four questions.")

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        try:
            self._then(self.query_one(Rows).chosen or "")
        except KmtuiError as error:
            self.tell(str(error), error=True)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer the questions where they were not asked yet."""
        return not self._asked_for if action == "which" else super().check_action(action, parameters)

    def action_which(self) -> None:
        """Ask the four questions; what Enter does with their suggestions is the same as here."""
        self.app.push_screen(WhichScreen(self._then, self._told))

    def on_key(self, event: events.Key) -> None:
        """Scroll with Page Up and Page Down."""
        self.scroll_by_page(event.key, self.query_one(Rows))


def show_card(app: KmtuiApp, technique_id: str) -> None:
    """Show the card of a technique. Raises NotFound, WrongContent."""
    from kmtui.tui.screens.card import CardScreen

    app.push_screen(CardScreen(app.desk.tools.library.technique(technique_id).value))


def suggest_for_criterion(app: KmtuiApp, assessment: Assessment, criterion: Criterion) -> None:
    """Show which techniques fit a criterion; Enter shows the card."""
    tools = app.desk.tools
    app.push_screen(
        SuggestedScreen(
            f"For: {criterion.name}",
            lambda: for_criterion(tools, assessment, criterion.id),
            lambda technique: show_card(app, technique),
        )
    )


class Starts(Protocol):
    """Begins a technique, in one of its forms, for something that was planned."""

    def __call__(self, *, technique: str, variant: str | None) -> OpenSession:
        """Return the session, open."""
        ...


def suggest_for_action(app: KmtuiApp, action: str, find: Callable[[], tuple[Suggestion, ...]], start: Starts) -> None:
    """Show which techniques fit an action, or a line of a plan; Enter starts one, in one of its forms."""

    def begin(technique: str) -> None:
        from kmtui.tui.screens.card import start_technique

        start_technique(app, technique, lambda variant: start(technique=technique, variant=variant))

    app.push_screen(SuggestedScreen(f"For: {action}", find, begin, "Enter starts it for this."))


def _in_words(situation: Situation) -> str:
    """Return what was asked for; empty where everything was left open."""
    said = (
        PHASE_WORDS[situation.phase] if situation.phase is not None else "",
        counted(situation.people, "person", "people") if situation.people is not None else "",
        counted(situation.minutes, "minute", "minutes") if situation.minutes is not None else "",
        situation.words,
    )
    shown = " · ".join(each for each in said if each)
    return f"For: {shown}" if shown else ""
