"""Open actions in plain text: overdue first; mark them done or dropped, note what came of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from kmtui.flow.typed import parse_date
from kmtui.model.base import State
from kmtui.model.errors import WrongInput
from kmtui.model.lines import ActionLine
from kmtui.plain.lists import action_line
from kmtui.plain.menu import Choice, Menu
from kmtui.plain.session import SessionTalk
from kmtui.plain.which import NOTHING_SPEAKS, suggestion_line
from kmtui.plain.words import Command
from kmtui.text import one_line
from kmtui.workspace.desk import Desk
from kmtui.workspace.planning import start_from_action
from kmtui.workspace.sessions import OpenSession
from kmtui.workspace.sharing import technique_names
from kmtui.workspace.start import Start
from kmtui.workspace.suggesting import for_action


class FollowUp:
    """The conversation about the actions of the workspace."""

    def __init__(self, menu: Menu, desk: Desk, session: Callable[[OpenSession], SessionTalk]) -> None:
        """`session` gives the conversation about the session that is held for an action."""
        self.menu = menu
        self.desk = desk
        self._session = session
        self._before: list[ActionLine] = []

    def run(self) -> None:
        """Read the open actions out until Enter goes back."""
        undone = True
        while undone:
            lines = [line for line in self.desk.actions() if line.state == "open"]
            if not lines:
                self.menu.say("No action is open. Actions come from the last step of a review, and from plans.")
                if not self._before:
                    return
            before = len(self._before)
            line = self.menu.pick("actions", lines, self._shown, self._undo)
            if line is not None:
                self._one(line)
            undone = line is not None or len(self._before) < before

    def _shown(self, line: ActionLine) -> str:
        return action_line(line, self.desk.tools.today())

    def _one(self, line: ActionLine) -> None:
        choices = [
            Choice("Done", lambda: self._state(line, "done")),
            Choice("Dropped, it will not be done", lambda: self._state(line, "dropped")),
            Choice("A note on it", lambda: self._words(line, "note", "What came of it:")),
            Choice("Another owner", lambda: self._words(line, "owner", "Owner:")),
            Choice("Another day", lambda: self._day(line, "due", "By when:")),
            Choice("What changed because of it", lambda: self._words(line, "outcome", "What changed:")),
            Choice("When to look at it again", lambda: self._day(line, "review", "Look at it again on:")),
            Choice("How you know that it worked", lambda: self._words(line, "done_when", "We know it worked when:")),
        ]
        technique = self._technique(line)
        if technique:
            choices.append(Choice(f"Start it now: {one_line(technique)}", lambda: self._start(line)))
        choices.append(Choice("Which technique fits it?", lambda: self._which(line)))
        self.menu.say(self._shown(line))
        chosen = self.menu.choose("actions.what", "Number, or Enter to go back:", choices, self._undo)
        if chosen is not None:
            chosen.does()

    def _technique(self, line: ActionLine) -> str:
        """Return the name of the technique of an action, where it can be started here."""
        return technique_names(self.desk.tools).get(line.technique, "") if line.technique is not None else ""

    def _which(self, line: ActionLine) -> None:
        """Suggest techniques for an action, and start the one that is chosen."""
        found = for_action(self.desk.tools, line)
        if not found:
            self.menu.say(NOTHING_SPEAKS)
            return
        choices = [Choice(suggestion_line(each), partial(self._forms, line, each.id)) for each in found]
        chosen = self.menu.choose("actions.which", "Number to start it, or Enter to go back:", choices, self._undo)
        if chosen is not None:
            chosen.does()

    def _forms(self, line: ActionLine, technique: str) -> None:
        """Start a technique, after asking for its form where it has several."""
        forms = self.desk.tools.library.technique(technique).value.variants
        if len(forms) < 2:
            self._start(line, technique)
            return
        choices = [Choice(one_line(each.name), partial(self._start, line, technique, each.id)) for each in forms]
        chosen = self.menu.choose("actions.form", "Number of the form, or Enter to go back:", choices, self._undo)
        if chosen is not None:
            chosen.does()

    def _start(self, line: ActionLine, technique: str | None = None, variant: str | None = None) -> None:
        opened = start_from_action(self.desk.tools, line, technique=technique, variant=variant)
        self._session(opened).begin(Start(team=line.team), ("people",))

    def _state(self, line: ActionLine, state: State) -> None:
        self._changed(line, lambda: self.desk.follow_up(line.id, state=state))

    def _words(self, line: ActionLine, field: str, words: str) -> None:
        answer = self.menu.ask(f"actions.{field}", words)
        if not isinstance(answer, str) or not answer:
            return
        decided = self.menu.prompter.decided(f"actions.{field}", answer)
        if decided is None:
            self._words(line, field, words)
        else:
            self._changed(line, lambda: self.desk.follow_up(line.id, **{field: decided}))  # type: ignore[arg-type]

    def _day(self, line: ActionLine, field: str, words: str) -> None:
        answer = self.menu.ask(f"actions.{field}", words)
        if isinstance(answer, Command) or not answer:
            return
        try:
            day = parse_date(answer, self.desk.tools.today())
        except WrongInput as error:
            self.menu.prompter.wrong(f"actions.{field}", str(error))
            self._day(line, field, words)
        else:
            self._changed(line, lambda: self.desk.follow_up(line.id, **{field: day}))  # type: ignore[arg-type]

    def _changed(self, line: ActionLine, act: Callable[[], ActionLine]) -> None:
        after = act()
        self._before.append(line)
        self.menu.say(f"Saved. {self._shown(after)}")

    def _undo(self) -> None:
        if not self._before:
            self.menu.say("There is nothing to undo.")
            return
        line = self._before.pop()
        after = self.desk.follow_up(
            line.id,
            state=line.state,
            note=line.note,
            owner=line.owner,
            due=line.due,
            no_due=line.due is None,
            outcome=line.outcome,
            review=line.review,
            no_review=line.review is None,
            done_when=line.done_when,
        )
        self.menu.say(f"Saved. Undone: {self._shown(after)}")
