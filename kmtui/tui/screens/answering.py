"""One person who answers a survey, quietly: nothing of the facilitator, of others, or of whoever answered before."""

from __future__ import annotations

from typing import Any

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from kmtui.model.errors import KmtuiError
from kmtui.model.rating import SKIP_WORDS
from kmtui.tui.actions import bindings
from kmtui.tui.criterion import level_words, statement
from kmtui.tui.safe import lines, parts, words
from kmtui.tui.screens.base import BaseScreen
from kmtui.tui.widgets.asker import Asker, Question
from kmtui.tui.widgets.level_bar import LevelBar
from kmtui.workspace.answering import Answering, next_person
from kmtui.workspace.confiding import Decided

KEPT_AFTER = 0.7
"""Seconds of quiet after which words that were not entered yet are put on disk."""

QUESTIONS = {
    "role": Question("role", "What is your role?", "Porter, ward sister… may be left empty"),
    "rationale": Question("rationale", "Why?", "May be left empty; Enter goes on"),
    "end": Question("end", "Hand your answers in?", "Enter hands them in; F7 goes back", kept=False),
}
AGREED = ("", "y", "yes")
"""What hands answers in when it is entered at the end. Nothing else does: it is for good."""
TOGETHER = "Your answers are shown only together with those of others."


class AnsweringScreen(BaseScreen):
    """Role, then one criterion at a time: a level or "don't know", and why. There is no undo: people go back."""

    KEYS = ("next", "dont-know", "back")
    BINDINGS = bindings("next", "back", "go-to", "edit", "dont-know", "choose-previous")
    CSS = """
    #name { height: auto; max-height: 3; padding: 0 1; text-style: bold; color: $accent; }
    #criterion { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    #criterion Static { height: auto; }
    .statement { padding: 0 1; color: $foreground; }
    .statement.-here { color: $chosen; background: $chosen-background; text-style: $chosen-style; }
    #said { color: $muted; }
    #scale { height: auto; border-top: solid $line; }
    #scale-label { height: auto; padding: 0 1; color: $primary; text-style: bold; }
    """

    def __init__(self, answering: Answering, told: str = "") -> None:
        super().__init__()
        self._answering = answering
        self._told = told
        self._stage = "level" if answering.response.answered else "role"
        self._quiet: Any = None

    def compose_body(self) -> ComposeResult:
        """Show criterion, scale and field."""
        yield Static(id="name", markup=False)
        with VerticalScroll(id="criterion", can_focus=False):
            yield Static(id="indicator", markup=False)
            for number in range(len(self._answering.survey.matrix.bands)):
                yield Static(id=f"band-{number}", classes="statement", markup=False)
            yield Static(id="said", markup=False)
        with Vertical(id="scale"):
            yield Static(id="scale-label", markup=False)
            yield LevelBar(id="level")
        yield Asker(id="asker")

    def arrive(self) -> None:
        """Begin with an empty form, and nothing to paste from whoever sat here before."""
        self._forget()
        self.query_one(Asker).decided = Decided()  # what others have decided before says what they have written
        super().arrive()
        self._ask(self._stage)
        self.tell(self._told)

    # Drawing

    def draw(self) -> None:
        """Show where the person is."""
        super().draw()
        number, count = self._answering.position
        on_criterion = self._stage in ("level", "rationale")
        self.head("Your answers", f"code {self._answering.code}  {number} of {count}" if on_criterion else "")
        self.query_one("#said").display = on_criterion
        for place in range(len(self._answering.survey.matrix.bands)):
            self.query_one(f"#band-{place}").display = on_criterion
        if on_criterion:
            self._draw_criterion()
        else:
            name, told = self._before() if self._stage == "role" else self._after()
            self.query_one("#name", Static).update(words(name))
            self.query_one("#indicator", Static).update(told)

    def _before(self) -> tuple[str, Content]:
        survey = self._answering.survey
        count = len(survey.matrix.criteria)
        told = [
            words(TOGETHER),
            words(f"{count} statements follow. No name is asked; a role may be left empty."),
            self._code_words(),
        ]
        if survey.on_behalf_of:
            told.append(parts("Answer on behalf of: ", survey.on_behalf_of))
        return survey.name, lines(*told)

    def _code_words(self) -> Content:
        return parts("Your code, to go on later: ", (self._answering.code, "bold"))

    def _after(self) -> tuple[str, Content]:
        count, answered = self._answering.position[1], self._answering.response.answered
        told = [words(f"{answered} of {count} are answered."), words(TOGETHER)]
        if answered < count:
            told.append(words("The rest may stay open. Ctrl+G shows which they are."))
        told.append(self._code_words())
        told.append(words("Once they are handed in, nobody can open or change them, not even you."))
        return "That was the last one", lines(*told)

    def _draw_criterion(self) -> None:
        matrix, criterion, rating = self._answering.survey.matrix, self._answering.criterion, self._answering.rating
        self.query_one("#name", Static).update(words(criterion.name))
        self.query_one("#indicator", Static).update(words(criterion.indicator))
        for place, band in enumerate(matrix.bands):
            shown = self.query_one(f"#band-{place}", Static)
            here = rating.level is not None and matrix.band_at(rating.level) == band
            shown.update(statement(criterion, band, here=here))
            shown.set_class(here, "-here")
            if here:
                self.call_after_refresh(shown.scroll_visible, animate=False)
        said = [("Level", level_words(rating)), ("Why", rating.rationale)]
        told = [parts((f"{label}: ", "bold"), text) for label, text in said if text]
        self.query_one("#said", Static).update(lines(words(""), *told) if told else words(""))

    # The form

    def _ask(self, stage: str) -> None:
        self._stage = stage
        asker, bar = self.query_one(Asker), self.query_one(LevelBar)
        self.query_one("#scale").display = stage == "level"
        if stage == "level":
            asker.display = False
            bar.ask(self._answering.survey.matrix, self._answering.rating.level)
            self.query_one("#scale-label", Static).update(self._scale_label())
            bar.focus()
        else:
            asker.ask((QUESTIONS[stage],), {stage: self._kept(stage)})
        self.draw()

    def _scale_label(self) -> Content:
        """Return what is asked at the scale, with an answer that is no level: none is marked there then."""
        skip = self._answering.rating.skip
        if skip is not None:
            return parts("Which level are we at?  ", (f"[{SKIP_WORDS[skip]}]", "bold reverse"))
        return parts("Which level are we at?", (" (digits or arrows, then Enter)", "not bold $muted"))

    def _kept(self, stage: str) -> str:
        if stage == "role":
            return self._answering.response.role
        return self._answering.rating.rationale if stage == "rationale" else ""

    def on_level_bar_level_chosen(self, event: LevelBar.LevelChosen) -> None:
        """Keep the level."""
        try:
            self._answering.rate(level=event.level)
        finally:
            self.draw()
            self.query_one("#scale-label", Static).update(self._scale_label())
        self.tell("Saved.")

    def on_level_bar_refused(self, event: LevelBar.Refused) -> None:
        """Say what a level may be."""
        self.tell(event.words, error=True)

    def on_level_bar_entered(self) -> None:
        """Ask why, where there is a level to ask for."""
        if self._answering.rating.answered:
            self._ask("rationale")
        else:
            self.tell("Digits or arrows choose a level. Ctrl+D answers don't know; F8 leaves it open.")

    def on_asker_typed(self, event: Asker.Typed) -> None:
        """Put words on disk after a moment of quiet."""
        if event.question in ("role", "rationale"):
            self._no_longer_wait()
            self._quiet = self.set_timer(KEPT_AFTER, self.action_keep)

    def on_asker_answered(self, event: Asker.Answered) -> None:
        """Keep the words and go on."""
        self._say(event.values)
        typed = event.values.get("end", "")
        if self._stage == "end" and typed.strip().casefold().rstrip(".") not in AGREED:
            self.query_one(Asker).ask((QUESTIONS["end"],), {"end": typed})
            self.tell("Not handed in. Enter in the empty field or yes hands them in; F7 goes back.", error=True)
            return
        self._go_on()

    def on_asker_refused(self, event: Asker.Refused) -> None:
        """Say why what was typed cannot be taken."""
        self.tell(event.words, error=True)

    def action_keep(self) -> None:
        """Keep what stands in the field. Raises StoreError; the words are kept in memory then."""
        asker = self.query_one(Asker)
        if asker.display:
            self._say(asker.present())

    def _say(self, values: dict[str, str]) -> None:
        self._no_longer_wait()
        for stage, text in values.items():
            if stage == "end" or text.strip() == self._kept(stage):
                continue
            if stage == "role":
                self._answering.say_role(text)
            else:
                self._answering.rate(rationale=text)
            self.tell("Saved.")

    def _no_longer_wait(self) -> None:
        if self._quiet is not None:
            self._quiet.stop()
            self._quiet = None

    def _go_on(self) -> None:
        if self._stage == "role":
            self._ask("level")
        elif self._stage == "end":
            self._hand_in()
        elif self._answering.forward():
            self._to_criterion()
        else:
            self._ask("end")

    def _to_criterion(self) -> None:
        self._ask("level")
        self.query_one("#criterion").scroll_home(animate=False)

    def _hand_in(self) -> None:
        self._answering.finish()
        self._forget()
        told = "Thank you. Your answers are handed in. Next person."
        try:
            following = next_person(self.desk.tools, self._answering.survey.id)
        except KmtuiError as error:  # it was closed elsewhere at this moment
            self.back_with(f"Thank you. {error}")
            return
        self.app.switch_screen(AnsweringScreen(following, told))

    def _forget(self) -> None:
        """Leave nothing that was copied in a field for the next person to paste."""
        if self.app.clipboard:
            self.app.copy_to_clipboard("")

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer "don't know" at the scale alone: in a field the key belongs to the words there."""
        return self._stage == "level" if action == "dont_know" else super().check_action(action, parameters)

    def action_next(self) -> None:
        """Go to the next criterion, answered or not. At the end only Enter hands in: it is for good."""
        self.action_keep()
        if self._stage in ("role", "rationale") and not self.query_one(Asker).settled():
            return
        if self._stage == "end":
            self.tell("This is the end. Enter hands your answers in; F7 goes back.")
        else:
            self._go_on()

    def action_back(self) -> None:
        """Go to the criterion before, and from the first one to the role."""
        self.action_keep()
        if self._stage == "role":
            self.tell("This is the beginning.")
        elif self._stage == "end" or self._answering.back():
            self._to_criterion()
        else:
            self._ask("role")

    def action_dont_know(self) -> None:
        """Answer that one does not know, and ask why; once more takes it back."""
        known = self._answering.rating.skip == "dont-know"
        try:
            self._answering.rate(skip=None if known else "dont-know")
        finally:
            self.draw()
        if known:
            self._ask("level")
            self.tell("Saved. The answer is open again.")
        else:
            self._ask("rationale")
            self.tell(f"Saved. The answer is: {SKIP_WORDS['dont-know']}.")

    def action_edit(self) -> None:
        """Go back to the level of this criterion."""
        self.action_choose_previous()

    def action_choose_previous(self) -> None:
        """Go back to the level of this criterion."""
        if self._stage == "rationale":
            self.action_keep()
            self._ask("level")

    def action_go_to(self) -> None:
        """Choose any criterion; only the own answers stand beside them."""
        from kmtui.tui.screens.choose import ChooseScreen

        self.action_keep()
        places: list[tuple[str, str, str]] = []
        for section in self._answering.survey.matrix.sections:
            places.append(("", section.name, ""))
            for criterion in section.criteria:
                rating = self._answering.response.rating(criterion.id)
                places.append((criterion.id, f"  {criterion.name}", level_words(rating) or "no answer yet"))
        self.app.push_screen(ChooseScreen("Go to", places, self._answering.criterion.id, self._go))

    def _go(self, wanted: str) -> None:
        ids = [criterion.id for criterion in self._answering.survey.matrix.criteria]
        while self._answering.position[0] - 1 < ids.index(wanted) and self._answering.forward():
            pass
        while self._answering.position[0] - 1 > ids.index(wanted) and self._answering.back():
            pass
        self._to_criterion()

    def action_leave(self) -> None:
        """Go back; what was answered is kept for whoever knows its code, and nobody else."""
        self.action_keep()
        self._forget()
        response = self._answering.response
        waits = "Your answers wait under the code that you were shown." if response.role or response.ratings else ""
        self.back_with(f"{waits or 'Nothing was answered.'} Hand the keyboard back to whoever runs the survey.")

    def flush(self) -> str:
        """Keep what stands in the field before the program ends."""
        self.action_keep()
        return super().flush()

    def on_key(self, event: events.Key) -> None:
        """Scroll the criterion with Page Up and Page Down."""
        self.scroll_by_page(event.key, self.query_one("#criterion"))
