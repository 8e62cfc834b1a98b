"""What could be done, criterion by criterion, the one that matters most first: tick, copy, write one's own."""

from __future__ import annotations

from textual import events
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from kmtui.analysis.scoring import number
from kmtui.model.assessment import Assessment
from kmtui.model.errors import KmtuiError, WrongInput
from kmtui.model.lines import ActionLine, LessonLine
from kmtui.model.plan import Planned
from kmtui.report.sentences import levels_in_words
from kmtui.report.words import standing
from kmtui.text import one_line
from kmtui.tui.actions import bindings
from kmtui.tui.naming import not_here
from kmtui.tui.safe import parts, words
from kmtui.tui.screens.listed import ListedScreen
from kmtui.tui.screens.offering import OfferingScreen
from kmtui.tui.screens.opened import OpenedScreen
from kmtui.tui.widgets.asker import Asker, Question
from kmtui.tui.widgets.rows import Row, Rows
from kmtui.workspace.assessments import OpenAssessment
from kmtui.workspace.earlier_lessons import advice
from kmtui.workspace.planning import CriterionOffers, Offer, Planning
from kmtui.workspace.sharing import technique_names

OWN = Question("text", "One of our own", "Enter ticks the line. Words add one")


class OffersScreen(OpenedScreen[Assessment], ListedScreen, OfferingScreen):
    """One criterion at a time, in the order in which they matter. Lies above the plan that it fills.

    Lessons about the criterion stand below: Enter on one puts what it recommends into the plan, words go with it.
    """

    KEYS = ("next", "go-to", "plan")
    BINDINGS = bindings("plan", "who-does-well", "which")
    CSS = """
    #name { height: auto; max-height: 2; padding: 0 1; text-style: bold; color: $accent; }
    #why { height: auto; max-height: 4; padding: 0 1; color: $muted; }
    """

    opened: OpenAssessment

    def __init__(self, planning: Planning, criterion_id: str = "") -> None:
        super().__init__(planning.opened)
        self.planning = planning
        self._order: list[str] = []
        self._here = criterion_id
        self._names: dict[str, str] = {}

    def compose_body(self) -> ComposeResult:
        """Show criterion, why it stands here, what could be done, and the field."""
        yield Static(id="name", markup=False)
        yield Static(id="why", markup=False)
        yield Rows(id="rows")
        yield Asker(id="asker")

    def arrive(self) -> None:
        """Put the criteria in order, once: what is ticked does not move them."""
        self._order = [each.criterion.id for each in self.planning.offers()]
        self._names = technique_names(self.opened.tools)
        if self._here not in self._order:
            self._here = self._order[0] if self._order else ""
        super().arrive()
        self._ask()

    @property
    def _offers(self) -> CriterionOffers:
        if not self._here:
            raise WrongInput("Every criterion is marked as not for us, so there is nothing to choose from here.")
        return self.planning.offers_for(self._here)

    def draw(self) -> None:
        """Show what could be done about one criterion."""
        super().draw()
        number = self._order.index(self._here) + 1 if self._here else 0
        self.head(f"What could be done: {self.opened.record.name}", f"{number} of {len(self._order)}")
        found = self._offers
        self.query_one("#name", Static).update(words(one_line(found.criterion.name)))
        self.query_one("#why", Static).update(words(why_here(self.opened.record, found)))
        self.show_rows(self._rows(found))

    def _rows(self, found: CriterionOffers) -> list[Row]:
        rows = [Row(f"option:{each.option.id}", self._offer(each)) for each in found.offers]
        options = {each.option.id for each in found.offers}
        rows += [
            Row(f"line:{line.id}", parts(("[x] ", "bold"), one_line(line.action)))
            for line in self.planning.lines
            if line.criterion == found.criterion.id and line.option not in options
        ]
        if not rows:
            rows.append(Row("", words("No suggestion fits here. Type one of your own."), heading=True))
        if found.worked:
            rows.append(Row("", words("What other teams did, and what changed; Enter copies it"), heading=True))
            rows += [Row(f"worked:{line.id}", _worked(line)) for line in found.worked]
        return [*rows, *self.lesson_rows("Enter takes one into the plan")]

    def _offer(self, offer: Offer) -> Content:
        option = offer.option
        behind = [f"service: {option.service}"] if option.service else []
        if option.technique:
            name = self._names.get(option.technique)
            behind.append(f"{name}, can be run here" if name and offer.installed else not_here(option.technique))
        box = "[x] " if offer.chosen is not None else "[ ] "
        return parts(
            (box, "bold"), one_line(option.text), (f"\n    {one_line(' · '.join(behind))}" if behind else "", "$muted")
        )

    def _ask(self) -> None:
        draft = self.opened.record.drafts.get(self._draft, "")
        self.query_one(Asker).ask((OWN,), {"text": draft})
        self.look_for_lessons(draft, now=True)

    @property
    def _draft(self) -> str:
        return f"plan.{self._here}"

    def rebuilt(self) -> None:
        """Begin the form anew."""
        self._ask()

    def on_asker_typed(self, event: Asker.Typed) -> None:
        """Keep half-typed words."""
        self.keep_draft(self._draft, event.text)
        self.look_for_lessons(event.text)

    def place_of_offers(self) -> str:
        """Return the criterion."""
        return self._here

    def offers_here(self) -> bool:
        """Say whether there is a criterion."""
        return bool(self._here)

    def find_lessons(self, words: str) -> tuple[LessonLine, ...]:
        """Return the lessons that fit the words, or those about the criterion."""
        return self.planning.lessons(self._here, words)

    def on_asker_answered(self, event: Asker.Answered) -> None:
        """Tick the chosen line, or add words as one of the team's own."""
        text = event.values["text"].strip()
        self.opened.draft(self._draft, "")
        try:
            told = self._own(text) if text else self._tick(self.chosen)
        except KmtuiError as error:
            self.query_one(Asker).field.fill(text)
            self.tell(str(error), error=True)
            return
        self.changed(told)
        self.look_for_lessons(now=True)

    def _own(self, text: str) -> str:
        lesson = self.lesson_chosen
        self.planning.write_own(text, self._offers.criterion.id, lesson=lesson.id if lesson is not None else None)
        return "It is in the plan." if lesson is None else "It is in the plan, and goes with the lesson."

    def _tick(self, chosen: str) -> str:
        kind, _, item = chosen.partition(":")
        if kind == "option":
            added = self.planning.toggle(self._here, item)
            return "It is in the plan." if added is not None else "It is out of the plan."
        if kind == "line":
            self.planning.drop(item)
            return "It is out of the plan."
        if (lesson := self.lesson_chosen) is not None:
            return self._own(advice(lesson))
        if kind == "worked":
            return self._copied(next(line for line in self._offers.worked if line.id == item))
        raise WrongInput("There is no line to tick. Type one of your own.")

    def _copied(self, line: ActionLine) -> str:
        if any(_same(each, line) for each in self.planning.lines):
            raise WrongInput("That is in the plan already.")
        self.planning.copy(line)
        return "It is in the plan, without an owner yet."

    def enter_words(self) -> bool:
        """Enter the words in the field."""
        asker = self.query_one(Asker)
        if asker.field.text.strip():
            if not asker.settled():
                return False
            self.on_asker_answered(Asker.Answered(asker.present(), None))
            asker.field.fill(self.opened.record.drafts.get(self._draft, ""))
        return True

    # Keys

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer nothing that belongs to the walk."""
        from kmtui.tui.screens.plan import NOT_HERE

        return (action not in NOT_HERE or action == "go_to") and super().check_action(action, parameters)

    def action_next(self) -> None:
        """Go to the next criterion; after the last one to the plan."""
        self._step(1)

    def action_back(self) -> None:
        """Go to the criterion before."""
        self._step(-1)

    def _step(self, by: int) -> None:
        if not self.enter_words() or not self._here:
            return
        there = self._order.index(self._here) + by
        if there < 0:
            self.tell("This is the first one: nothing matters more.")
        elif there == len(self._order):
            self.action_plan()
        else:
            self._go(self._order[there])

    def _go(self, criterion_id: str) -> None:
        self._here = criterion_id
        self.query_one(Rows).highlighted = None
        self.draw()
        self._ask()
        self.tell("")

    def action_go_to(self) -> None:
        """Choose any criterion."""
        from kmtui.tui.screens.choose import ChooseScreen

        if self.enter_words():
            found = self.planning.offers()
            places = [(each.criterion.id, one_line(each.criterion.name), self._beside(each)) for each in found]
            self.app.push_screen(ChooseScreen("What could be done about", places, self._here, self._go))

    def _beside(self, found: CriterionOffers) -> str:
        planned = sum(line.criterion == found.criterion.id for line in self.planning.lines)
        return " · ".join(
            part for part in (_standing(self.opened.record, found), f"{planned} in the plan" if planned else "") if part
        )

    def action_plan(self) -> None:
        """Go to the plan, which lies below."""
        if self.enter_words():
            self.action_leave()

    def action_who_does_well(self) -> None:
        """Show who does this criterion well."""
        from kmtui.tui.screens.well import WellScreen

        if self.enter_words():
            self.app.push_screen(WellScreen(self.opened.record, self._offers.criterion))

    def action_which(self) -> None:
        """Show which techniques fit this criterion."""
        from kmtui.tui.screens.which import suggest_for_criterion

        if self.enter_words():
            suggest_for_criterion(self.kmtui, self.opened.record, self._offers.criterion)

    def on_key(self, event: events.Key) -> None:
        """Scroll the list with Page Up and Page Down."""
        self.scroll_by_page(event.key, self.query_one(Rows))

    def action_export(self) -> None:
        """Write the plan to a file."""
        from kmtui.tui.screens.export import ExportScreen

        if self.enter_words():
            self.app.push_screen(ExportScreen(self.opened.record, "plan"))


def why_here(assessment: Assessment, found: CriterionOffers) -> str:
    """Return why a criterion stands where it stands: its gap, and the goals to which it matters."""
    goals = "; ".join(one_line(each) for each in found.objectives)
    told = f"{_standing_in_full(assessment, found)}."
    if goals:
        told += f" It matters to: {goals}."
    if found.gap and not goals and assessment.objectives:
        told += " It comes after the gaps that matter to a goal."
    return told


def _standing_in_full(assessment: Assessment, found: CriterionOffers) -> str:
    if found.level is None or found.band is None:
        target = f", target {number(found.target)}" if found.target is not None else ""
        return f"No level yet{target}, so every suggestion is shown"
    agreed = assessment.rating(found.criterion.id).level is not None
    level = standing(assessment, found.criterion.id, found.level)
    words = f"Level {level}, {one_line(found.band.name)}" if agreed else f"Mean {level}"
    if found.target is None:
        return f"{words}, no target"
    gap = f"{levels_in_words(found.gap)} to go" if found.gap else "reached"
    return f"{words}, target {number(found.target)}: {gap}"


def _standing(assessment: Assessment, found: CriterionOffers) -> str:
    if found.level is None:
        return "no level yet"
    level = standing(assessment, found.criterion.id, found.level)
    target = f", target {number(found.target)}" if found.target is not None else ""
    goal = ", matters to a goal" if found.objectives else ""
    return f"level {level}{target}{goal}"


def _worked(line: ActionLine) -> Content:
    behind = f"{one_line(line.team)}: {one_line(line.outcome) if line.outcome else 'done'}"
    return parts(("+ ", "bold"), one_line(line.action), (f"\n    {behind}", "$muted"))


def _same(planned: Planned, line: ActionLine) -> bool:
    return planned.criterion == line.criterion and planned.action == line.action
