"""One set-up: everything that is agreed about a team before it is assessed, line by line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from kmtui.flow.typed import parse_date, people_after, people_as_typed
from kmtui.model.base import in_words
from kmtui.model.errors import KmtuiError, WrongInput
from kmtui.model.setup import Objective, SetUp, Way
from kmtui.text import clean, one_line, shortened
from kmtui.tui.actions import bindings
from kmtui.tui.editing import SetUpEditing
from kmtui.tui.safe import parts
from kmtui.tui.screens.listed import ListedScreen
from kmtui.tui.screens.setups import WAYS
from kmtui.tui.widgets.asker import Asker, Question
from kmtui.tui.widgets.rows import Row, Rows
from kmtui.workspace.setups import TeamSetUp, advance_copy
from kmtui.workspace.sharing import free_file

NARROW = 80


class Line(NamedTuple):
    """A line that is changed in the field: what is asked, what stands there, and what words become."""

    id: str
    label: str
    question: str
    hint: str
    typed: Callable[[TeamSetUp], str]
    shown: Callable[[TeamSetUp], str]
    taken: Callable[[SetUp, str, date], dict[str, Any]]


def _text(field: str) -> Callable[[TeamSetUp], str]:
    return lambda found: str(getattr(found.setup, field))


def _day(found: TeamSetUp) -> str:
    return "" if found.setup.feedback is None else in_words(found.setup.feedback)


def _way(text: str) -> Way:
    typed = text.strip().casefold()
    for way in ("group", "survey"):
        if typed and way.startswith(typed):
            return "survey" if way == "survey" else "group"
    raise WrongInput(f'"{one_line(text)[:40]}" is neither. Type group or survey.')


LINES = (
    Line(
        "name",
        "Name",
        "What is the set-up called?",
        "A name to find it by",
        _text("name"),
        _text("name"),
        lambda _, text, __: {"name": text},
    ),
    Line(
        "team",
        "Team",
        "Which team?",
        "Ward 7",
        lambda found: found.team,
        lambda found: found.team,
        lambda _, text, __: {"team": text},
    ),
    Line(
        "way",
        "How",
        "With a group, or a survey of individuals?",
        "Type group or survey; Enter keeps it as it is",
        lambda _: "",
        lambda found: WAYS[found.setup.way],
        lambda setup, text, _: {"way": _way(text) if text.strip() else setup.way},
    ),
    Line(
        "on_behalf_of",
        "On behalf of",
        "On whose behalf does the team answer?",
        "The whole team, the directorate…",
        _text("on_behalf_of"),
        _text("on_behalf_of"),
        lambda _, text, __: {"on_behalf_of": text},
    ),
    Line(
        "people",
        "People",
        "Who takes part?",
        "Roles with commas between: ward sister, 4 porters",
        lambda found: people_as_typed(found.setup.people),
        lambda found: people_as_typed(found.setup.people),
        lambda setup, text, _: {"people": people_after(setup.people, text)},
    ),
    Line(
        "organisation",
        "Organisation",
        "Which organisation?",
        "May be left empty",
        _text("organisation"),
        _text("organisation"),
        lambda _, text, __: {"organisation": text},
    ),
    Line(
        "feedback",
        "Feedback meeting",
        "When are the results talked over?",
        "1 December, friday, 2 weeks; may be left empty",
        _day,
        _day,
        lambda _, text, today: {"feedback": parse_date(text, today)},
    ),
)
BY_ID = {line.id: line for line in LINES}


class SetUpScreen(ListedScreen):
    """Every line is changed in the field below; those of goals, criteria and options lead to lists of their own."""

    KEYS = ("use", "undo", "leave")
    BINDINGS = bindings("use", "undo", "redo", "export")

    def __init__(self, editing: SetUpEditing) -> None:
        super().__init__()
        self._editing = editing
        self._refused = ""  # words that could not be taken, so that a second Esc leaves without them

    def arrive(self) -> None:
        """Begin with the line that is asked for next."""
        super().arrive()
        self.query_one(Rows).highlighted = 2
        self._ask()
        self.tell("Saved. Up and Down choose a line; each may be left as it is.")

    def draw(self) -> None:
        """Show what is agreed so far."""
        super().draw()
        found = self._editing.found
        self.head(f"Set-up: {found.team}", found.setup.name if self.size.width >= NARROW else "")
        told = [(line.id, line.label, line.shown(found) or "not said") for line in LINES]
        rows = [self._row(*each) for each in (*told, *self._lists(found))]
        self.show_rows(rows)

    def _row(self, row_id: str, label: str, text: str) -> Row:
        room = max(self.size.width - 23, 12)
        return Row(row_id, parts((f"{label:<18}", "bold"), shortened(text, room)))

    def _lists(self, found: TeamSetUp) -> tuple[tuple[str, str, str], ...]:
        setup = found.setup
        count, out = len(self._editing.matrix.criteria), len(setup.left_out)
        model = [("matrix", "Model", self._editing.matrix.title)] if self._models() else []
        return (
            ("objectives", "Goals", "; ".join(one_line(each.text) for each in setup.objectives) or "none yet"),
            ("criteria", "Criteria", f"{count - out} of {count}" + (f", {out} left out" if out else "")),
            ("options", "Local options", f"{len(setup.options) or 'none yet'}"),
            *model,
            ("copy", "Advance copy", "for those who take part"),
        )

    def _models(self) -> list[str]:
        """Return the ids of the models that can be chosen, if there is more than one."""
        found = [loaded.value.id for loaded in self.desk.tools.library.matrices()]
        return found if len(found) > 1 else []

    # The form

    def _ask(self) -> None:
        line = BY_ID.get(self.chosen)
        if line is not None:
            question = Question(line.id, line.question, line.hint)
            self.query_one(Asker).ask((question,), {line.id: line.typed(self._editing.found)})
            return
        label, hint = {
            "objectives": ("Current goals of the team", "Type a goal; Enter shows them all"),
            "criteria": ("Which criteria are used?", "Enter shows them, and leaves some out"),
            "options": ("What does the local service offer?", "Enter shows the options"),
            "matrix": ("Which model?", "Enter shows those that are here"),
        }.get(self.chosen, ("What participants get beforehand", "Enter shows it; Ctrl+E writes it to a file"))
        self.query_one(Asker).ask((Question(self.chosen, label, hint),))

    def on_asker_answered(self, event: Asker.Answered) -> None:
        """Keep the line and go to the next one, or open its list."""
        ((line_id, text),) = event.values.items()
        if line_id in BY_ID:
            if self._take(line_id, text):
                super().choose(1)
                self._ask()
            return
        self._ask()
        if line_id == "objectives" and text.strip():
            goal = Objective(text=clean(text).strip())
            self._editing.change("goal added", objectives=(*self._editing.setup.objectives, goal))
            self.draw()
            self.tell("Saved. Enter shows the goals, and which criteria matter to each.")
        else:
            self._open(line_id)

    def _take(self, line_id: str, text: str) -> bool:
        """Keep what was typed; return False where it cannot be, with the words back in the field."""
        line, setup = BY_ID[line_id], self._editing.setup
        if text == line.typed(self._editing.found):
            return True
        try:
            changed = self._editing.change(
                f"{line.label.lower()} changed", **line.taken(setup, clean(text).strip(), self.desk.tools.today())
            )
        except KmtuiError as error:
            self._ask()
            self.query_one(Asker).field.fill(text)
            self._refused = text
            self.tell(str(error), error=True)
            return False
        self._refused = ""
        self.draw()
        self.tell("Saved." if changed else "")
        return True

    def flush(self) -> bool:
        """Take the words in the field before going elsewhere; return False if they were refused."""
        ((line_id, text),) = self.query_one(Asker).present().items()
        return line_id not in BY_ID or self._take(line_id, text)

    def choose(self, by: int) -> None:
        """Keep the line and go to the one above or below."""
        if self.flush():
            super().choose(by)
            self._ask()

    # Lists of their own

    def _open(self, line_id: str) -> None:
        if line_id == "objectives":
            from kmtui.tui.screens.goals import GoalsScreen

            self.app.push_screen(GoalsScreen(self._editing))
        elif line_id == "criteria":
            from kmtui.tui.screens.leaving_out import LeavingOutScreen

            self.app.push_screen(LeavingOutScreen(self._editing))
        elif line_id == "options":
            from kmtui.tui.screens.local_options import LocalOptionsScreen

            self.app.push_screen(LocalOptionsScreen(self._editing))
        elif line_id == "matrix":
            self._choose_model()
        else:
            self.action_export()

    def _choose_model(self) -> None:
        from kmtui.tui.screens.choose import ChooseScreen

        places = [
            (each.value.id, each.value.title, f"{len(each.value.criteria)} criteria")
            for each in self.desk.tools.library.matrices()
        ]
        self.app.push_screen(
            ChooseScreen("Which model?", places, self._editing.matrix.id, self._take_model, "Enter takes it.")
        )

    def _take_model(self, matrix_id: str) -> None:
        self._editing.change("model changed", matrix=matrix_id)
        self.draw()
        self.tell("Saved. What named criteria that this model does not have is gone; Ctrl+Z brings it back.")

    def action_export(self) -> None:
        """Show the advance copy, which can be written to a file from there."""
        from kmtui.tui.screens.texts import TextScreen

        if not self.flush():
            return
        found = self._editing.found
        text = advance_copy(self.desk.tools, found)
        path = free_file(self.desk.exports, file_parts(found), ".md")
        self.app.push_screen(TextScreen("Advance copy", text, path))

    # Keys

    def action_use(self) -> None:
        """Begin with this set-up."""
        from kmtui.tui.opening import use_set_up

        if self.flush():
            use_set_up(self.kmtui, self._editing.found)

    def action_undo(self) -> None:
        """Take the last change back."""
        self._travelled(self._editing.undo(), "Taken back", "Nothing to undo.")

    def action_redo(self) -> None:
        """Make the last undone change again."""
        self._travelled(self._editing.redo(), "Done again", "Nothing to do again.")

    def _travelled(self, words: str | None, told: str, nothing: str) -> None:
        if words is None:
            self.tell(nothing)
            return
        self.draw()
        self._ask()
        self.tell(f"{told}: {words}.")

    def action_leave(self) -> None:
        """Go back. Words that cannot be taken are told once; Esc again leaves without them."""
        typed = next(iter(self.query_one(Asker).present().values()))
        if (typed and typed == self._refused) or self.flush():
            super().action_leave()

    def resized(self) -> None:
        """Draw the lines in the new width."""
        super().resized()
        self.draw()


def file_parts(found: TeamSetUp) -> tuple[str, ...]:
    """Return what the file of an advance copy is named after."""
    from kmtui.text import file_slug

    return file_slug(found.team), file_slug(found.setup.name), "advance-copy"
