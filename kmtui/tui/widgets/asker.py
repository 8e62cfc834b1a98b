"""Asks one question after the other in one field: small enough for any window, and always ready to type."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static, TextArea

from kmtui.model.errors import WrongInput
from kmtui.tui.actions import bindings
from kmtui.tui.keys import key_for
from kmtui.tui.safe import parts, words
from kmtui.tui.widgets.entry_field import EntryField
from kmtui.tui.widgets.question import Question

if TYPE_CHECKING:
    from kmtui.analysis.identifiers import Finding
    from kmtui.tui.app import KmtuiApp
    from kmtui.tui.screens.base import BaseScreen
    from kmtui.workspace.confiding import Decided

__all__ = ["UNDECIDED", "Asker", "Question"]

UNDECIDED = "Not entered yet: something is pointed out below the field."
"""Said where the program is to end before somebody has decided about that."""


class Asker(Vertical):
    """A form that asks its questions one at a time. Enter goes on; after the last one `Answered` is posted."""

    DEFAULT_CSS = """
    Asker {
        height: auto; border-top: solid $line; background: $background;
        & > #given { color: $muted; height: auto; max-height: 4; padding: 0 1; display: none; }
        & > #given.-some { display: block; }
        & > #label { color: $primary; text-style: bold; height: auto; max-height: 2; padding: 0 1; }
        & > #pointed { color: $warning; height: auto; max-height: 4; padding: 0 1; display: none; }
        & > #pointed.-some { display: block; }
    }
    """

    BINDINGS = bindings("replace")

    class Answered(Message):
        """All questions were answered."""

        def __init__(self, values: dict[str, str], editing: str | None) -> None:
            super().__init__()
            self.values = values
            self.editing = editing

    class Passed(Message):
        """One question was answered, and the next one is asked."""

        def __init__(self, question: str, text: str, editing: str | None) -> None:
            super().__init__()
            self.question = question
            self.text = text
            self.editing = editing

    class Typed(Message):
        """The words in the field of one question have changed."""

        def __init__(self, question: str, text: str, editing: str | None = None) -> None:
            super().__init__()
            self.question = question
            self.text = text
            self.editing = editing

    class Refused(Message):
        """What was typed cannot be taken."""

        def __init__(self, words: str) -> None:
            super().__init__()
            self.words = words

    class PointedOut(Message):
        """Something in the words may tell who somebody is. Nothing is entered until that is decided."""

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._pointed: Finding | None = None
        self._pointed_in = ""  # the words in which it was pointed out
        self.decided: Decided | None = None  # what is kept without asking again; for None that of the app
        self._questions: tuple[Question, ...] = ()
        self._values: dict[str, str] = {}
        self._number = 0
        self._beside = ""
        self.editing: str | None = None

    def compose(self) -> ComposeResult:
        """Show what was given so far, the question, and the field."""
        yield Static(id="given", markup=False)
        yield Static(id="label", markup=False)
        field = EntryField(id="field")
        field.on_enter = self._entered
        yield field
        yield Static(id="pointed", markup=False)

    @property
    def field(self) -> EntryField:
        """The field that people type into."""
        return self.query_one("#field", EntryField)

    @property
    def question(self) -> Question | None:
        """The question that is asked now."""
        return self._questions[self._number] if self._questions else None

    @property
    def begun(self) -> bool:
        """Whether anything stands in the form."""
        return bool(self.field.text.strip() or any(self._values.values()))

    def ask(
        self,
        questions: tuple[Question, ...],
        values: dict[str, str] | None = None,
        *,
        editing: str | None = None,
        resume: bool = False,
        at: str = "",
    ) -> None:
        """Begin a form. `values` are filled in; `editing` is the id of what is being changed.

        With `resume` it goes on at the last question that has words, with `at` at the one with that id.
        """
        self._questions = questions
        self._values = dict(values or {})
        self.editing = editing
        self.display = bool(questions)
        begun = [number for number, each in enumerate(questions) if self._values.get(each.id)]
        there = next((number for number, each in enumerate(questions) if each.id == at), 0)
        self._show(begun[-1] if begun and resume else there)

    def renew(self, questions: tuple[Question, ...]) -> None:
        """Ask the same questions in other words; what has been typed since stays as it is."""
        if [each.label for each in questions] != [each.label for each in self._questions]:
            self._keep()
            self._questions = questions
            self._show(min(self._number, len(questions) - 1))

    def restore(self, values: dict[str, str]) -> None:
        """Put back what could not be taken, in front of what has been typed since."""
        since = self.field.text.strip()
        self._values = dict(values)
        begun = [number for number, each in enumerate(self._questions) if values.get(each.id)]
        self._show(begun[-1] if begun else 0)
        if since:
            self.field.fill(f"{self.field.text} {since}".strip())

    def _show(self, number: int) -> None:
        self._number = number
        self._point(None)
        question = self.question
        if question is None:
            return
        count = f" ({number + 1} of {len(self._questions)})" if len(self._questions) > 1 else ""
        changing = " (changing it)" if self.editing is not None else ""
        self.query_one("#label", Static).update(parts(question.label, (f"{count}{changing}", "not bold $muted")))
        self._show_given()
        self.field.placeholder = parts(question.hint)
        with self.prevent(TextArea.Changed):
            self.field.fill(self._values.get(question.id, ""))
        self.field.focus()

    def _show_given(self) -> None:
        given = [
            parts((f"{each.label.rstrip('?')}: ", "$muted"), self._values[each.id])
            for each in self._questions[: self._number]
            if self._values.get(each.id)
        ]
        given += [parts((self._beside, "$muted italic"))] if self._beside else []
        shown = self.query_one("#given", Static)
        shown.update(parts(*(piece for each in given for piece in (each, "\n")[: 2 if each is not given[-1] else 1])))
        shown.set_class(bool(given), "-some")

    def beside(self, words: str) -> None:
        """Show a quiet line above the question; nothing that was typed changes."""
        self._beside = words
        self._show_given()

    def back(self) -> bool:
        """Go to the question before; return False at the first one."""
        if self._number == 0:
            return False
        self._keep()
        self._show(self._number - 1)
        return True

    def _keep(self) -> None:
        if self.question is not None:
            self._values[self.question.id] = self.field.text

    def present(self) -> dict[str, str]:
        """Return what stands in the form now, by question, in their order."""
        self._keep()
        return {each.id: self._values.get(each.id, "") for each in self._questions}

    def refusal(self) -> str | None:
        """Return why the form as it stands cannot be taken, and go to that question; None if it can.

        It is an empty text where something is pointed out, since that is said below the field.
        """
        self._keep()
        for number, question in enumerate(self._questions):
            if (refusal := self._refusal(question)) is not None:
                self._show(number)
                return refusal
        return None if self.settled() else ""

    def _refusal(self, question: Question) -> str | None:
        text = self._values.get(question.id, "").strip()
        if question.required and not text:
            return f"{question.label.rstrip('?')}: type some words first."
        if question.check is not None:
            try:
                question.check(text)
            except WrongInput as error:
                return str(error)
        return None

    def _answer(self) -> None:
        values, editing = self._values, self.editing
        self.ask(self._questions)
        self.post_message(self.Answered(values, editing))

    def _entered(self) -> None:
        if self.question is None:
            return
        self._keep()
        if (refusal := self._refusal(self.question)) is not None:
            self.post_message(self.Refused(refusal))
        elif not self._settled((self._number,)):
            return
        elif self._number + 1 < len(self._questions):
            passed = self.Passed(self.question.id, self._values[self.question.id], self.editing)
            self._show(self._number + 1)
            self.post_message(passed)
        else:
            self._answer()

    # What may tell who somebody is

    def settled(self) -> bool:
        """Point out the next thing in the form that is not decided yet; return whether there is none.

        Who goes on without a change keeps what was pointed out the time before.
        """
        self._keep()
        return self._settled(range(len(self._questions)))

    @property
    def pointing(self) -> bool:
        """Whether something is pointed out just now."""
        return self._pointed is not None

    def _settled(self, numbers: Iterable[int]) -> bool:
        decided = self.decided or cast("KmtuiApp", self.app).decided
        if self._pointed is not None and self.field.text == self._pointed_in:
            decided.keep(self._pointed)
        self._point(None)
        for number in numbers:
            question = self._questions[number]
            found = decided.open(self._values.get(question.id, ""), but=question.fine) if question.kept else ()
            if found:
                if number != self._number:
                    self._show(number)
                self._point(found[0])
                self.post_message(self.PointedOut())
                return False
        return True

    def _point(self, finding: Finding | None) -> None:
        if finding is None and self._pointed is None:
            return
        from kmtui.workspace.confiding import pointed_out

        self._pointed, self._pointed_in = finding, self.field.text
        shown = self.query_one("#pointed", Static)
        shown.set_class(finding is not None, "-some")
        if finding is not None:
            key = key_for(cast("BaseScreen", self.screen), "replace")
            told = f"{pointed_out(self.field.text, finding)} Enter keeps it, {key} replaces it, or change it."
            shown.update(words(told))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Replace only what is pointed out: else the key is the screen's."""
        return self._pointed is not None if action == "replace" else super().check_action(action, parameters)

    def action_replace(self) -> None:
        """Put a word such as [NHS number] in the place of what is pointed out, and enter the words."""
        from kmtui.analysis.identifiers import replaced

        if self._pointed is None:
            return
        finding, text = self._pointed, self.field.text
        start, end = (_location(text, each) for each in (finding.start, finding.end))
        stands = replaced(text, (finding,))[finding.start :].removesuffix(text[finding.end :])
        self._point(None)
        self.field.replace(stands, start, end)
        self._entered()

    @on(TextArea.Changed)
    def _typed(self, event: TextArea.Changed) -> None:
        event.stop()
        if self.field.text != self._pointed_in:
            self._point(None)
        if self.question is not None:
            self.post_message(self.Typed(self.question.id, self.field.text, self.editing))


def _location(text: str, index: int) -> tuple[int, int]:
    """Return the line and the column of a character, each from 0."""
    before = text[:index].split("\n")
    return len(before) - 1, len(before[-1])
