"""What was agreed, overdue first: mark it done, say what changed, give it to another or to another day, start it."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from textual import events, on
from textual.content import Content

from kmtui.flow.typed import parse_date
from kmtui.model.base import State, in_words
from kmtui.model.errors import KmtuiError, WrongInput
from kmtui.model.lines import ActionLine
from kmtui.text import one_line, shortened
from kmtui.tui.actions import bindings
from kmtui.tui.keys import key_for
from kmtui.tui.safe import parts, words
from kmtui.tui.screens.keeping import KeepingScreen
from kmtui.tui.screens.listed import ListedScreen
from kmtui.tui.widgets.asker import Asker, Question
from kmtui.tui.widgets.rows import Row, Rows
from kmtui.workspace.planning import start_from_action
from kmtui.workspace.suggesting import for_action

NOTE = Question("note", "What came of it?", "Enter: done, or open. Words: a note")
OUTCOME = Question("outcome", "What changed because of it?", "What is different now? Or Enter")
_DATE_HINT = "1 Dec, friday, 2 weeks, or Enter"
FOLLOWED = ("state", "note", "outcome", "owner", "due", "review", "done_when")
"""The fields of an action that can be followed up."""


class ActionsScreen(ListedScreen, KeepingScreen):
    """All actions of the workspace. Enter in the empty field marks the chosen one done, words in it are a note.

    Each answer of a form is on disk when it is entered; half-typed words are there again next time.
    """

    KEYS = ("leave", "edit", "start", "next")
    BINDINGS = bindings("edit", "dropped", "start", "which", "source", "undo", "next", "back")

    def __init__(self, chosen: str = "") -> None:
        """`chosen` is the id of the action to begin with."""
        super().__init__()
        self._first = chosen
        self._begun: dict[str, str] = {}  # what was typed and not entered, by action and question
        self._before: list[ActionLine] = []
        self._actions: dict[str, ActionLine] = {}

    def arrive(self) -> None:
        """Begin the form, and say what can be done."""
        self._begun = dict(self.left())
        super().arrive()
        self._ask()
        if self._first in self._actions:
            self.query_one(Rows).highlighted = self.query_one(Rows).place_of(self._first)
        if self._actions:
            keys = (("dropped", "it will not be done"), ("source", "where it comes from"))
            self.tell(" ".join(f"{key_for(self, name)}: {what}." for name, what in keys))

    def _ask(self) -> None:
        self.query_one(Asker).ask((NOTE,), {NOTE.id: self._begun.get(_field(None, NOTE.id), "")})
        self.draw_keys()

    def _change(self, line: ActionLine, questions: tuple[Question, ...], stands: dict[str, str]) -> None:
        """Open a form for an action, at the words that were typed there before and not entered."""
        begun = {each.id: text for each in questions if (text := self._begun.get(_field(line.id, each.id), ""))}
        self.query_one(Asker).ask(questions, stands | begun, editing=line.id, at=next(iter(begun), ""))
        self.draw_keys()

    def typed(self) -> dict[str, str]:
        """Return what was typed and not entered, of every action."""
        return {name: text for name, text in self._begun.items() if text.strip()}

    # Drawing

    def draw(self) -> None:
        """Show the actions, those that are open first, and ideas under a heading of their own."""
        super().draw()
        found = self.desk.actions()
        self._actions = {line.id: line for line in found}
        today = self.desk.tools.today()
        refused = [line for line in found if line.priority == "not-for-us" and line.state == "open"]
        ideas = [line for line in found if line.idea and line.state == "open" and line not in refused]
        promised = [line for line in found if line not in ideas and line not in refused]
        here = self.desk.tools.library.technique_ids
        shown = [Row(line.id, _shown(line, line.overdue(today), line.technique in here)) for line in promised]
        if ideas:
            shown.append(Row("", words("Ideas: nobody has promised them, or they have no day"), heading=True))
            shown += [Row(line.id, _shown(line, False, line.technique in here)) for line in ideas]
        if refused:
            shown.append(Row("", words("Not for us"), heading=True))
            shown += [Row(line.id, _refused(line, line.reason)) for line in refused]
        self.show_rows(shown)
        still = sum(line.state == "open" for line in promised)
        behind = f", {len(ideas)} {'idea' if len(ideas) == 1 else 'ideas'}" if ideas else ""
        self.head("Actions", f"{still} open{behind}")
        if not self._actions:
            self.tell("No actions yet. They come from the last step of a review, and from the plan of an assessment.")

    # What is typed

    @on(Asker.Typed)
    def _noted(self, event: Asker.Typed) -> None:
        """Take note of half-typed words; they are put on disk after a moment."""
        self._begun[_field(event.editing, event.question)] = event.text

    @on(Asker.Passed)
    def _passed(self, event: Asker.Passed) -> None:
        """Keep one answer of a form at once."""
        line = self._actions.get(event.editing or "")
        if line is not None:
            self._take(line, {event.question: event.text.strip()})

    def on_asker_answered(self, event: Asker.Answered) -> None:
        """Mark the chosen action done or open again, keep a note on it, or take a whole form."""
        editing, given = event.editing, {name: text.strip() for name, text in event.values.items()}
        line = self._actions.get(editing or self.chosen)
        if line is None:
            self._ask()
        elif editing is not None:
            self._ask()
            self._take(line, given)
            self.unsure()
        elif given[NOTE.id]:
            self._note(line, given[NOTE.id])
        else:
            self._ask()
            self._turn(line)

    def _note(self, line: ActionLine, text: str) -> None:
        if self._follow(line, {"note": text}, f"The note is kept on “{_short(line)}”."):
            self._begun.pop(_field(None, NOTE.id), None)
            self.unsure()
        else:
            self._begun[_field(None, NOTE.id)] = text
        self._ask()

    def _take(self, line: ActionLine, given: dict[str, str]) -> None:
        """Keep what has changed of a form. What cannot be read or kept stays in the form."""
        today = self.desk.tools.today()
        try:
            read: dict[str, Any] = {
                name: parse_date(text, today) if name in ("due", "review") else text for name, text in given.items()
            }
        except WrongInput as error:
            self._change(line, self._questions(given), given)
            self.tell(str(error), error=True)
            return
        changes = {name: value for name, value in read.items() if value != getattr(line, name)}
        if changes and not self._follow(line, changes, ""):
            self._begun.update({_field(line.id, name): given[name] for name in changes})
            return
        for name in given:
            self._begun.pop(_field(line.id, name), None)

    def _turn(self, line: ActionLine) -> None:
        """Mark an action done, and ask what changed because of it; or open it again."""
        state: State = "done" if line.state == "open" else "open"
        if not self.meant(f"mark “{_short(line)}” {state}."):
            return
        self.unsure()
        if self._follow(line, {"state": state}, f"The action is {state}.") and state == "done":
            self._change(line, (OUTCOME,), {OUTCOME.id: line.outcome})

    def _questions(self, given: dict[str, str]) -> tuple[Question, ...]:
        check = partial(parse_date, today=self.desk.tools.today())
        asked = (
            Question("note", "How does it go?", "A note, or Enter"),
            OUTCOME,
            Question("owner", "Who does it?", "One person or role"),
            Question("due", "By when?", _DATE_HINT, check=check),
            Question("review", "When do we look at it again?", _DATE_HINT, check=check),
            Question("done_when", "How will we know that it worked?", "What will be different? Who sees it?"),
        )
        return tuple(each for each in asked if each.id in given)

    def _follow(self, line: ActionLine, changes: dict[str, Any], told: str) -> bool:
        try:
            self.desk.follow_up(line.id, **_as_said(changes))
        except KmtuiError as error:
            self.tell(str(error), error=True)
            return False
        self._before.append(line)
        self.draw()
        self.tell(f"Saved. {told}".strip())
        return True

    # Keys

    def _line(self) -> ActionLine:
        """Return the chosen action. Raises WrongInput where there is none."""
        line = self._actions.get(self.chosen)
        if line is None:
            raise WrongInput("There is no action to choose yet.")
        return line

    def action_edit(self) -> None:
        """Change note, what changed, owner, days and sign of success of the chosen action."""
        line = self._line()
        values = {
            "note": line.note,
            "outcome": line.outcome,
            "owner": line.owner,
            "due": line.due.isoformat() if line.due else "",
            "review": line.review.isoformat() if line.review else "",
            "done_when": line.done_when,
        }
        self._change(line, self._questions(values), values)
        self.tell(f"{key_for(self, 'next')} takes it all. For “{_short(line)}”.")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Offer next and previous only in a form, and there nothing that belongs to the list."""
        filling = self.is_mounted and self.query_one(Asker).editing is not None
        if action in ("next", "back"):
            return filling
        if action in ("edit", "dropped", "start", "which", "source"):
            return not filling
        return super().check_action(action, parameters)

    def action_next(self) -> None:
        """Take the form as it stands."""
        asker = self.query_one(Asker)
        if (refusal := asker.refusal()) is not None:
            self.tell(refusal, error=True)
        else:
            self.on_asker_answered(Asker.Answered(dict(asker.present()), asker.editing))

    def action_back(self) -> None:
        """Go to the question before."""
        if not self.query_one(Asker).back():
            self.tell("This is the first question. Esc goes back to the list.")

    def action_dropped(self) -> None:
        """Say that the chosen action will not be done."""
        self._follow(self._line(), {"state": "dropped"}, "The action is dropped.")

    def action_start(self) -> None:
        """Start the technique of the chosen action; its session stays tied to it."""
        from kmtui.tui.screens.card import start_technique

        line = self._line()
        if line.technique is None:
            raise WrongInput(f"This action has no technique to start. {key_for(self, 'which')}: which one fits.")
        start_technique(
            self.kmtui, line.technique, lambda variant: start_from_action(self.desk.tools, line, variant=variant)
        )

    def action_which(self) -> None:
        """Show which techniques fit the chosen action; Enter starts one, and its session stays tied to it."""
        from kmtui.tui.screens.which import suggest_for_action

        tools, line = self.desk.tools, self._line()
        suggest_for_action(
            self.kmtui, line.action, lambda: for_action(tools, line), partial(start_from_action, tools, line)
        )

    def action_source(self) -> None:
        """Go to the assessment or session that the chosen action comes from."""
        from kmtui.tui.opening import open_record

        open_record(self.kmtui, self._line().source)

    def action_undo(self) -> None:
        """Put the action that was changed last back to what it was."""
        if not self._before:
            self.tell("Nothing to undo.")
            return
        before = self._before.pop()
        now = self.desk.follow_up(before.id, **_as_said({name: getattr(before, name) for name in FOLLOWED}))
        self._ask()
        self.draw()
        self.tell(f"Taken back: the action is {now.state}.")

    def on_key(self, event: events.Key) -> None:
        """Scroll the list with Page Up and Page Down."""
        self.scroll_by_page(event.key, self.query_one(Rows))

    def action_leave(self) -> None:
        """Leave a form if one is open; else go back. What was entered is kept, and so are half-typed words."""
        asker = self.query_one(Asker)
        if asker.editing is None:
            super().action_leave()
            return
        begun = any(self._begun.get(_field(asker.editing, question)) for question in asker.present())
        self._ask()
        self.tell("The words in the field come back with the same form." if begun else "What was entered is kept.")
        self.keep_typed()


def _field(action_id: str | None, question: str) -> str:
    return f"{action_id or ''}.{question}"


def _short(line: ActionLine) -> str:
    return shortened(one_line(line.action), 30)


def _as_said(changes: dict[str, Any]) -> dict[str, Any]:
    """Return changed fields as follow-up takes them: a day that is gone is said so."""
    said = {name: value for name, value in changes.items() if value is not None}
    gone = {f"no_{name}": True for name in ("due", "review") if name in changes and changes[name] is None}
    return said | gone


def _shown(line: ActionLine, overdue: bool, can_start: bool) -> Content:
    mark = "idea" if line.idea and line.state == "open" else ""
    mark = mark or ("overdue" if overdue else "" if line.state == "open" else line.state)
    where = one_line(line.title or line.team)
    pieces: list[str | tuple[str, str]] = [(one_line(line.action), "not bold" if line.idea else "bold"), "\n   "]
    pieces.append((f"{mark}, " if mark else "", "bold $warning"))
    pieces.append(f"{one_line(line.owner) or 'no owner yet'}, {_by(line.due)}" + (f" · {where}" if where else ""))
    technique = "a technique, can be started here" if can_start and line.state == "open" else ""
    signs = [
        f"For {one_line(line.criterion_name)}" if line.criterion_name else "",
        technique,
        f"look at it again on {in_words(line.review)}" if line.review else "",
    ]
    told = [
        " · ".join(each for each in signs if each),
        one_line(line.note),
        f"What changed: {one_line(line.outcome)}" if line.outcome else "",
    ]
    pieces += [(f"\n   {each}", "$muted") for each in told if each]
    for field, value in line.rivals.items():
        pieces.append(
            (f"\n   Two people changed the {field.replace('_', ' ')} at once; the other said: {value}", "$warning")
        )
    return parts(*pieces)


def _refused(line: ActionLine, reason: str) -> Content:
    """Return an action that is not for its team, with the reason, and where it comes from."""
    where = one_line(line.title or line.team)
    told = [f"because: {one_line(reason)}" if one_line(reason) else "no reason is given", where]
    return parts(one_line(line.action), (f"\n   {' · '.join(each for each in told if each)}", "$muted"))


def _by(day: date | None) -> str:
    return f"by {in_words(day)}" if day else "no day yet"
