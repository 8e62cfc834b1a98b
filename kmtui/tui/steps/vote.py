"""Dots on the entries of an earlier step: by their numbers, or on the chosen line with Enter."""

from __future__ import annotations

from kmtui.flow.steps import candidates, dots_to_give
from kmtui.model.errors import WrongInput
from kmtui.model.technique import Vote
from kmtui.report.words import counted
from kmtui.text import one_line
from kmtui.tui.safe import parts
from kmtui.tui.steps.base import StepFace
from kmtui.tui.widgets.asker import Question
from kmtui.tui.widgets.rows import Row, numbered
from kmtui.workspace import steps
from kmtui.workspace.sessions import OpenSession

_MOST_SIGNS = 12  # dots that are drawn; beyond that their number is enough


class VoteFace(StepFace[Vote]):
    """The dots of a vote step."""

    empty = "Nothing was said before that dots could go to."

    def questions(self, opened: OpenSession) -> tuple[Question, ...]:
        """Ask for the numbers that get a dot."""
        step = self.step(opened)
        each = counted(step.dots, "dot", "dots")
        hint = "Numbers, such as 2, 5, 5; Enter alone: the chosen line"
        return (Question("text", f"Who gets a dot? Everyone has {each}", hint, kept=False),)

    def begun(self, opened: OpenSession) -> bool:
        """Say whether any dots were given."""
        return bool(opened.record.dots_of(self.step(opened).id))

    def rows(self, opened: OpenSession) -> list[Row]:
        """Return the entries with their dots."""
        step, record = self.step(opened), opened.record
        dots = record.dots_of(step.id)
        entries = candidates(record, step)
        rows = []
        for number, entry in enumerate(entries, 1):
            count = dots.get(entry.id, 0)
            signs = f"\n   {'●' * min(count, _MOST_SIGNS)} {counted(count, 'dot', 'dots')}" if count else ""
            rows.append(Row(entry.id, numbered(number, parts(one_line(entry.text), (signs, "bold $accent")))))
        if rows:
            whole = dots_to_give(record, step)
            of_all = f" of {whole}" if whole is not None else ""
            given = sum(dots.values())
            over = ", more than there are" if whole is not None and given > whole else ""
            rows.append(Row("", parts(f"Dots given: {given}{of_all}{over}."), heading=True))
        return rows

    def edit_questions(self, opened: OpenSession) -> tuple[Question, ...]:
        """Ask how many dots a line is to have in all."""
        return (
            Question(
                "text", "How many dots in all?", "0 takes all of them away", required=True, check=_count, kept=False
            ),
        )

    def values(self, opened: OpenSession, item_id: str) -> dict[str, str] | None:
        """Return how many dots an entry has."""
        step = self.step(opened)
        if item_id not in {entry.id for entry in candidates(opened.record, step)}:
            return None
        return {"text": str(opened.record.dots_of(step.id).get(item_id, 0))}

    def take(self, opened: OpenSession, values: dict[str, str], editing: str | None, chosen: str | None) -> str | None:
        """Give dots, or change how many an entry has."""
        text = values["text"].strip()
        if editing is not None:
            steps.put_dots(opened, editing, _count(text))
            return editing
        if text:
            steps.vote(opened, text)
            return chosen
        if chosen is None:
            raise WrongInput("Type the number of a line, or choose one with Up and Down.")
        step = self.step(opened)
        steps.put_dots(opened, chosen, opened.record.dots_of(step.id).get(chosen, 0) + 1)
        return chosen

    def remove(self, opened: OpenSession, item_id: str) -> None:
        """Take all dots away from an entry."""
        steps.put_dots(opened, item_id, 0)


def _count(text: str) -> int:
    """Return a number of dots. Raises WrongInput."""
    if not text.strip().isascii() or not text.strip().isdigit() or len(text.strip()) > 5:
        raise WrongInput(f'"{text.strip()[:40]}" is not a number of dots.')
    return int(text)
