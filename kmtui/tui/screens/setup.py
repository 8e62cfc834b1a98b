"""One set-up: everything that is agreed about a team before it is assessed, line by line."""

from __future__ import annotations

from kmtui.model.errors import KmtuiError
from kmtui.model.setup import Objective
from kmtui.text import clean, one_line, shortened
from kmtui.tui.actions import bindings
from kmtui.tui.editing import SetUpEditing
from kmtui.tui.safe import parts
from kmtui.tui.screens.keeping import KeepingScreen
from kmtui.tui.screens.listed import ListedScreen
from kmtui.tui.screens.setup_lines import BY_ID, LINES
from kmtui.tui.widgets.asker import Asker, Question
from kmtui.tui.widgets.rows import Row, Rows
from kmtui.workspace.setups import TeamSetUp, advance_copy
from kmtui.workspace.sharing import free_file

NARROW = 80


class SetUpScreen(KeepingScreen, ListedScreen):
    """Every line is changed in the field below; those of goals, criteria and options lead to lists of their own."""

    KEYS = ("use", "leave", "undo")
    BINDINGS = bindings("use", "undo", "redo", "export")

    def __init__(self, editing: SetUpEditing) -> None:
        super().__init__()
        self._editing = editing
        self._refused = ("", "")  # words that could not be taken, so that a second Esc leaves without them, and why

    def arrive(self) -> None:
        """Begin with the line that is asked for next."""
        super().arrive()
        left = self.left()
        place = self.query_one(Rows).place_of(left["line"]) if "line" in left else None
        self.query_one(Rows).highlighted = 2 if place is None else place
        self._ask()
        if place is not None:
            self.query_one(Asker).field.fill(left["text"])
        self.tell("Saved. Up and Down choose a line; each may be left as it is.")

    @property
    def form(self) -> str:
        """One form for each set-up."""
        return f"{type(self).__name__} {self._editing.setup.id}"

    def typed(self) -> dict[str, str]:
        """Return the words in the field where they are others than those that the line has."""
        ((line_id, text),) = self.query_one(Asker).present().items()
        stands = BY_ID[line_id].typed(self._editing.found) if line_id in BY_ID else ""
        return {} if text == stands else {"line": line_id, "text": text}

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
                self.keep_typed()
            return
        self._ask()
        if line_id == "objectives" and text.strip():
            self.query_one(Asker).field.fill(text)  # what cannot be kept stays in the field
            self._add_goal(text)
        else:
            self.keep_typed()
            self._open(line_id, text)

    def _add_goal(self, text: str) -> None:
        goal = Objective(text=clean(text).strip())
        self._editing.change("goal added", objectives=(*self._editing.setup.objectives, goal))
        self._ask()
        self.draw()
        self.tell("Saved. Enter shows the goals, and which criteria matter to each.")

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
            self._refused = (text, str(error))
            self.tell(str(error), error=True)
            return False
        self._refused = ("", "")
        self.draw()
        self.tell("Saved." if changed else "")
        return True

    def enter_words(self) -> bool:
        """Take the words in the field before going elsewhere; return False if they were refused."""
        if not self.query_one(Asker).settled():
            return False
        ((line_id, text),) = self.query_one(Asker).present().items()
        if line_id == "objectives" and text.strip():
            self._add_goal(text)
        elif line_id == "options" and text.strip():
            self._hand_on(text)
        elif line_id in BY_ID and not self._take(line_id, text):
            return False
        return True

    def _hand_on(self, text: str) -> None:
        """Keep the words of an option for the screen on which it gets its criterion."""
        from kmtui.tui.screens.local_options import LocalOptionsScreen

        self.kmtui.unanswered[LocalOptionsScreen(self._editing).form] = {"text": text}
        self._ask()
        self.keep_typed()
        self.tell("The words wait under local options. Enter there shows them, and asks for the criterion.")

    def flush(self) -> str:
        """Keep the line before the program ends; return why it cannot be kept."""
        if not self.enter_words():
            return self._refused[1]
        return super().flush()

    def choose(self, by: int) -> None:
        """Keep the line and go to the one above or below."""
        if self.enter_words():
            super().choose(by)
            self._ask()
            self.keep_typed()

    # Lists of their own

    def _open(self, line_id: str, text: str = "") -> None:
        if line_id == "objectives":
            from kmtui.tui.screens.goals import GoalsScreen

            self.app.push_screen(GoalsScreen(self._editing))
        elif line_id == "criteria":
            from kmtui.tui.screens.leaving_out import LeavingOutScreen

            self.app.push_screen(LeavingOutScreen(self._editing))
        elif line_id == "options":
            from kmtui.tui.screens.local_options import LocalOptionsScreen

            if text.strip():
                self._hand_on(text)
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

        if not self.enter_words():
            return
        found = self._editing.found
        text = advance_copy(self.desk.tools, found)
        path = free_file(self.desk.exports, file_parts(found), ".md")
        self.app.push_screen(TextScreen("Advance copy", text, path))

    # Keys

    def action_use(self) -> None:
        """Begin with this set-up."""
        from kmtui.tui.opening import use_set_up

        if self.enter_words():
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
        if typed and typed == self._refused[0]:
            self._ask()  # it was told why they cannot be kept
        elif not self.enter_words():
            return
        super().action_leave()

    def resized(self) -> None:
        """Draw the lines in the new width."""
        super().resized()
        self.draw()


def file_parts(found: TeamSetUp) -> tuple[str, ...]:
    """Return what the file of an advance copy is named after."""
    from kmtui.text import file_slug

    return file_slug(found.team), file_slug(found.setup.name), "advance-copy"
