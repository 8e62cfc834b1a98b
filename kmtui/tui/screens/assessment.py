"""The walk through the criteria: indicator, statements, a level, and why."""

from __future__ import annotations

from textual import events, on
from textual.widgets import Static

from kmtui.analysis.survey import by_disagreement
from kmtui.flow.assessment import answered as answered_so_far
from kmtui.flow.assessment import parse_same_for_everyone
from kmtui.model.errors import KmtuiError
from kmtui.model.rating import Skip
from kmtui.report.words import hidden as is_hidden
from kmtui.tui.actions import bindings
from kmtui.tui.criterion import (
    QUESTIONS,
    WHY_LEFT_OUT,
    is_low,
    kept,
    level_words,
    places,
    stages,
)
from kmtui.tui.keys import key_for
from kmtui.tui.safe import parts
from kmtui.tui.screens.walk import WalkScreen
from kmtui.tui.widgets.asker import Asker
from kmtui.tui.widgets.level_bar import LevelBar


class AssessmentScreen(WalkScreen):
    """One criterion at a time. Level and target are digits or arrows; everything else is a line of words."""

    KEYS = ("next", "dont-know", "results")
    BINDINGS = bindings(
        "choose-previous",
        "choose-next",
        "dont-know",
        "not-for-us",
        "park-criterion",
        "results",
        "edit",
        "who-does-well",
        "which",
        "plan",
    )
    # The form

    def _stages(self) -> tuple[str, ...]:
        return stages(self.opened.record, behalf=not self._behalf_known)

    @property
    def _behalf_known(self) -> bool:
        """Whether it was said before the walk on whose behalf the team answers, so that it is not asked again."""
        return bool(self.opened.record.on_behalf_of) and self._stage != "on_behalf_of"

    def ask(self, stage: str) -> None:
        """Ask a question on the present place, with what was answered to it already."""
        self._stage = stage
        self.draw_keys()
        on_scale = stage in ("level", "target")
        asker, bar = self.query_one(Asker), self.query_one(LevelBar)
        self.query_one("#scale").display = on_scale
        if on_scale:
            asker.display = False
            rating = self.opened.rating
            bar.ask(self.opened.record.matrix, rating.level if stage == "level" else rating.target)
            self._draw_label()
            bar.focus()
        else:
            draft = self.opened.record.drafts.get(self._draft_name(stage), "")
            left_out = stage == "rationale" and self.opened.rating.skip is not None
            asker.ask(
                (WHY_LEFT_OUT if left_out else QUESTIONS[stage],), {stage: draft or kept(self.opened.record, stage)}
            )
        self._draw_beside(self.opened.criterion)
        self._draw_statements(self.opened.criterion)

    def _draw_label(self) -> None:
        """Show what is asked on the scale; beside a low level also which key shows who does it well."""
        low = self._stage == "level" and is_low(self.opened.record)
        hint = "digits, Enter" if self.size.width < 60 else "digits or arrows, then Enter"
        hint = f"Enter; {key_for(self, 'who-does-well')}: who does well" if low else hint
        label = parts(QUESTIONS[self._stage].label, (f" ({hint})", "not bold $muted"))
        self.query_one("#scale-label", Static).update(label)

    def _draft_name(self, stage: str) -> str:
        return f"{self.opened.record.place}.{stage}"

    def rebuilt(self) -> None:
        """Begin the form of the present criterion anew."""
        self._asked_for = ""

    def _go_on(self) -> None:
        """Ask the next question, or go to the next criterion after the last one."""
        stages = self._stages()
        number = stages.index(self._stage) + 1 if self._stage in stages else len(stages)
        if number < len(stages):
            self.ask(stages[number])
            self.draw()
        else:
            self._to_next()

    @on(LevelBar.LevelChosen)
    def _level_chosen(self, event: LevelBar.LevelChosen) -> None:
        if self._change(**{self._stage: event.level}):
            self._draw_label()
            self.changed()

    @on(LevelBar.Refused)
    def _level_refused(self, event: LevelBar.Refused) -> None:
        self.tell(event.words, error=True)

    @on(LevelBar.Entered)
    def _level_entered(self, event: LevelBar.Entered) -> None:
        self._go_on()

    def on_asker_typed(self, event: Asker.Typed) -> None:
        """Keep half-typed words."""
        self.keep_draft(self._draft_name(event.question), event.text)

    def on_asker_answered(self, event: Asker.Answered) -> None:
        """Take one answer and ask the next question."""
        if self._take(event.values):
            self._go_on()

    def _take(self, values: dict[str, str]) -> bool:
        for stage, text in values.items():
            self.opened.draft(self._draft_name(stage), "")
            try:
                self._say(stage, text)
            except KmtuiError as error:
                self.tell(str(error), error=True)
                return False
        self.changed()
        return True

    def _say(self, stage: str, text: str) -> None:
        if stage == "opening":
            self.opened.say_opening(text)
        elif stage == "on_behalf_of":
            self.opened.say_on_behalf_of(text)
        elif stage == "same_for_everyone":
            self.opened.rate(same_for_everyone=parse_same_for_everyone(text))
        else:
            self.opened.rate(**{stage: text})

    def _change(self, **changes: object) -> bool:
        try:
            self.opened.rate(**changes)
        except KmtuiError as error:
            self.tell(str(error), error=True)
            return False
        return True

    def enter_words(self) -> bool:
        """Take the words in the field."""
        asker = self.query_one(Asker)
        if not asker.display or self._stage in ("level", "target"):
            return True
        if not asker.settled():
            return False
        return self._take(asker.present())

    # Keys

    def action_next(self) -> None:
        """Go to the next criterion; after the last one show the results."""
        if self.enter_words():
            self._to_next()

    def _to_next(self) -> None:
        """Go to the next criterion. After the opening of a survey that is where answers lie furthest apart."""
        record = self.opened.record
        widest = by_disagreement(record) if self.opened.criterion is None and not answered_so_far(record) else ()
        if widest and not is_hidden(widest[0][1]):
            self.opened.go(widest[0][0].id)
            self.changed("Answers lie furthest apart here: talk them over and agree a level.")
        elif self.opened.forward():
            self.changed()
        else:
            self._finish()

    def _finish(self) -> None:
        from kmtui.tui.screens.report import ReportScreen

        count = len(self.opened.record.matrix.criteria) - answered_so_far(self.opened.record)
        if count:
            have = "has" if count == 1 else "have"
            keys = f"{key_for(self, 'go-to')} shows them, {key_for(self, 'results')} the results."
            self.tell(f"This is the last one. {count} {have} no answer yet: {keys}")
            return
        self.opened.finish()
        if self.release():
            self.app.switch_screen(ReportScreen(self.opened.record.id, "Finished and saved.", view="chart"))

    def action_back(self) -> None:
        """Go to the criterion before."""
        if not self.enter_words():
            return
        if self.opened.back():
            self.changed()
        else:
            self.tell("This is the opening question.")

    def action_edit(self) -> None:
        """Begin again with the first question on this criterion."""
        if self.enter_words():
            self.ask(self._stages()[0])

    def action_choose_previous(self) -> None:
        """Go back to the question before."""
        stages = self._stages()
        if self._stage in stages and stages.index(self._stage) > 0 and self.enter_words():
            self.ask(stages[stages.index(self._stage) - 1])

    def action_choose_next(self) -> None:
        """Leave this question and go to the next one of the criterion."""
        stages = self._stages()
        if self._stage in stages and stages.index(self._stage) + 1 < len(stages) and self.enter_words():
            self.ask(stages[stages.index(self._stage) + 1])

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer what leaves a criterion out only at its scale: in a field the same keys belong to the words there."""
        on_scale = self._stage in ("level", "target")
        if action in ("who_does_well", "which"):
            return self.opened.criterion is not None
        if action in ("dont_know", "not_for_us", "park_criterion"):
            return self.opened.criterion is not None and on_scale
        if action == "park":
            return not on_scale
        return super().check_action(action, parameters)

    def action_dont_know(self) -> None:
        """Answer that the team does not know, and ask why."""
        self._leave_out("dont-know")

    def action_not_for_us(self) -> None:
        """Answer that it is not for this team, and ask why."""
        self._leave_out("not-for-us")

    def action_park_criterion(self) -> None:
        """Park the criterion for later."""
        self._leave_out("parked")

    def _leave_out(self, skip: Skip) -> None:
        if self.enter_words() and self._change(skip=None if self.opened.rating.skip == skip else skip):
            self.changed(f"The answer is: {level_words(self.opened.rating) or 'open again'}.")
            self.ask("rationale")

    def action_go_to(self) -> None:
        """Choose any criterion."""
        from kmtui.tui.screens.choose import ChooseScreen

        if not self.enter_words():
            return
        record = self.opened.record
        self.app.push_screen(ChooseScreen("Go to a criterion", places(record), record.place, self._go))

    def _go(self, place: str) -> None:
        self.opened.go(place)
        self.changed()

    def action_notes(self) -> None:
        """Show or hide the questions to ask."""
        self._notes = not self._notes
        self.draw()
        self.query_one("#criterion").scroll_home(animate=False)

    def action_results(self) -> None:
        """Show bars and gaps of what has been answered so far."""
        from kmtui.tui.screens.results import ResultsScreen

        if self.enter_words():
            last_time = self._last_time.before if self._last_time is not None else None
            self.app.push_screen(ResultsScreen(self.opened, last_time))

    def action_plan(self) -> None:
        """Go to what the team will do about it."""
        from kmtui.tui.screens.plan import open_plan

        if self.enter_words():
            open_plan(self.app, self.opened)

    def action_who_does_well(self) -> None:
        """Show who does this criterion well."""
        from kmtui.tui.screens.well import WellScreen

        criterion = self.opened.criterion
        if criterion is not None and self.enter_words():
            self.app.push_screen(WellScreen(self.opened.record, criterion))

    def action_which(self) -> None:
        """Show which techniques fit this criterion."""
        from kmtui.tui.screens.which import suggest_for_criterion

        criterion = self.opened.criterion
        if criterion is not None and self.enter_words():
            suggest_for_criterion(self.kmtui, self.opened.record, criterion)

    def action_about(self) -> None:
        """Change title, team, on whose behalf and people."""
        from kmtui.tui.screens.begin import AboutAssessmentScreen

        if self.enter_words():
            self.app.push_screen(AboutAssessmentScreen(self.opened))

    def on_key(self, event: events.Key) -> None:
        """Scroll the criterion with Page Up and Page Down."""
        self.scroll_by_page(event.key, self.query_one("#criterion"))
