"""Asks one question after the other in one field: small enough for any window, and always ready to type."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Static, TextArea

from kmtui.model.errors import WrongInput
from kmtui.tui.safe import parts
from kmtui.tui.widgets.entry_field import EntryField


class Question:
    """One question of a form: an id, what is asked, a hint in the empty field, and a check that may refuse."""

    __slots__ = ("check", "hint", "id", "label", "required")

    def __init__(
        self,
        question_id: str,
        label: str,
        hint: str = "",
        *,
        required: bool = False,
        check: Callable[[str], object] | None = None,
    ) -> None:
        self.id = question_id
        self.label = label
        self.hint = hint
        self.required = required
        self.check = check


class Asker(Vertical):
    """A form that asks its questions one at a time. Enter goes on; after the last one `Answered` is posted."""

    DEFAULT_CSS = """
    Asker {
        height: auto; border-top: solid $line; background: $background;
        & > #given { color: $muted; height: auto; max-height: 4; padding: 0 1; display: none; }
        & > #given.-some { display: block; }
        & > #label { color: $primary; text-style: bold; height: auto; max-height: 2; padding: 0 1; }
    }
    """

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

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._questions: tuple[Question, ...] = ()
        self._values: dict[str, str] = {}
        self._number = 0
        self.editing: str | None = None

    def compose(self) -> ComposeResult:
        """Show what was given so far, the question, and the field."""
        yield Static(id="given", markup=False)
        yield Static(id="label", markup=False)
        field = EntryField(id="field")
        field.on_enter = self._entered
        yield field

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
        question = self.question
        if question is None:
            return
        count = f" ({number + 1} of {len(self._questions)})" if len(self._questions) > 1 else ""
        changing = " (changing it)" if self.editing is not None else ""
        self.query_one("#label", Static).update(parts(question.label, (f"{count}{changing}", "not bold $muted")))
        given = [
            parts((f"{each.label.rstrip('?')}: ", "$muted"), self._values[each.id])
            for each in self._questions[:number]
            if self._values.get(each.id)
        ]
        shown = self.query_one("#given", Static)
        shown.update(parts(*(piece for each in given for piece in (each, "\n")[: 2 if each is not given[-1] else 1])))
        shown.set_class(bool(given), "-some")
        self.field.placeholder = parts(question.hint)
        with self.prevent(TextArea.Changed):
            self.field.fill(self._values.get(question.id, ""))
        self.field.focus()

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
        """Return why the form as it stands cannot be taken, and go to that question; None if it can."""
        self._keep()
        for number, question in enumerate(self._questions):
            if (refusal := self._refusal(question)) is not None:
                self._show(number)
                return refusal
        return None

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
        elif self._number + 1 < len(self._questions):
            passed = self.Passed(self.question.id, self._values[self.question.id], self.editing)
            self._show(self._number + 1)
            self.post_message(passed)
        else:
            self._answer()

    @on(TextArea.Changed)
    def _typed(self, event: TextArea.Changed) -> None:
        event.stop()
        if self.question is not None:
            self.post_message(self.Typed(self.question.id, self.field.text, self.editing))
