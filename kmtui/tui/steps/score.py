"""A number from each person: typed one after the other, and shown as bars and a sentence."""

from __future__ import annotations

from functools import partial

from kmtui.analysis.marks import counts
from kmtui.flow.steps import parse_mark, parse_marks, scale_in_words
from kmtui.model.base import Level
from kmtui.model.technique import Score
from kmtui.report.session_steps import numbers_in_words
from kmtui.report.words import counted
from kmtui.tui.safe import parts
from kmtui.tui.steps.base import StepFace
from kmtui.tui.widgets.asker import Question
from kmtui.tui.widgets.rows import Row
from kmtui.workspace import steps
from kmtui.workspace.sessions import OpenSession

_MARK = "mark:"
_WIDEST = 20  # cells that the longest bar takes


class ScoreFace(StepFace[Score]):
    """The numbers of a score step."""

    empty = "A number from each person. Type it and press Enter; nobody's name stands beside it."

    def questions(self, opened: OpenSession) -> tuple[Question, ...]:
        """Ask for the next number."""
        step = self.step(opened)
        given = len(opened.record.marks_of(step.id)) + 1
        people = sum(person.count for person in opened.record.people)
        label = f"Number {given}" + (f" of {people}" if given <= people else "")
        check = partial(parse_marks, step)
        return (Question("text", label, scale_in_words(step), required=True, check=check, kept=False),)

    def rows(self, opened: OpenSession) -> list[Row]:
        """Return the numbers one by one, the largest first, how often each was given, and what they come to."""
        step = self.step(opened)
        numbers = opened.record.marks_of(step.id)
        if not numbers:
            return []
        # By size and without their places, which would tell who gave which.
        by_size = sorted(enumerate(numbers), key=lambda pair: -pair[1])
        rows = [Row(f"{_MARK}{place}", parts("– ", str(mark))) for place, mark in by_size]
        rows += [_bar(mark, count, len(numbers)) for mark, count in counts(numbers)]
        return [*rows, Row("", parts(numbers_in_words(step, numbers)), heading=True)]

    def edit_questions(self, opened: OpenSession) -> tuple[Question, ...]:
        """Ask for another number in the place of one."""
        step = self.step(opened)
        return (
            Question("text", "Now", scale_in_words(step), required=True, check=partial(parse_mark, step), kept=False),
        )

    def values(self, opened: OpenSession, item_id: str) -> dict[str, str] | None:
        """Return a number as it would be typed."""
        numbers = opened.record.marks_of(self.step(opened).id)
        place = _place(item_id)
        return {"text": str(numbers[place])} if place is not None and place < len(numbers) else None

    def take(self, opened: OpenSession, values: dict[str, str], editing: str | None, chosen: str | None) -> str | None:
        """Add or change a number."""
        place = _place(editing or "")
        if place is None:
            steps.give_mark(opened, values["text"])
        else:
            steps.change_mark(opened, place, values["text"])
        return None

    def remove(self, opened: OpenSession, item_id: str) -> None:
        """Take a number away."""
        place = _place(item_id)
        if place is not None:
            steps.remove_mark(opened, place)


def _bar(mark: Level, count: int, n: int) -> Row:
    bar = "█" * max(round(_WIDEST * count / n), 1)
    return Row("", parts((f"{mark:>5} {bar} {counted(count, 'person', 'people')}", "$foreground")), heading=True)


def _place(item_id: str) -> int | None:
    return int(item_id.removeprefix(_MARK)) if item_id.startswith(_MARK) else None
