"""An invented run as it is typed in plain mode."""

from __future__ import annotations

from collections.abc import Iterator

from kmtui.model.answers import EntryAnswer, VoteAnswer
from kmtui.model.base import Level
from kmtui.model.rating import Rating
from kmtui.model.session import Person
from kmtui.model.technique import (
    Actions,
    AnyStep,
    Assess,
    Collect,
    Column,
    Groups,
    Lessons,
    Score,
    Table,
    Vote,
)
from kmtui.workspace.start import Start
from tests.three_faces.invented import DUE, GUESTS, HOSTS_AS_TYPED, Run

DUE_AS_TYPED = f"{DUE.day} dec"
GOES_ON = ""


def start_of(run: Run) -> Start:
    """Return where a run begins that is typed, in plain mode or on the screens."""
    answers = run.answers
    return Start(
        kind="session",
        technique=answers.technique,
        variant=answers.variant,
        title=answers.title,
        team=answers.team,
        people=HOSTS_AS_TYPED,
    )


def typed_lines(run: Run) -> Iterator[str]:
    """Yield what is typed from the first step to the end, where the report is left alone."""
    for step in run.technique.steps:
        yield from _at(run, step)
        yield GOES_ON
    yield "no"


def _at(run: Run, step: AnyStep) -> Iterator[str]:
    answers = run.answers
    if isinstance(step, Collect):
        yield from map(_entry, answers.entries.get(step.id, ()))
    elif isinstance(step, Score):
        yield from map(mark, answers.marks[step.id])
    elif isinstance(step, Vote):
        yield from map(_dots, answers.votes.get(step.id, ()))
    elif isinstance(step, Groups):
        yield from groups_lines(run, step)
    elif isinstance(step, Table):
        for number, cells in enumerate(answers.rows[step.id]):
            yield from row_lines(step, cells, number)
    elif isinstance(step, Lessons):
        for lesson in answers.lessons[step.id]:
            yield from (lesson.lesson, lesson.cause, lesson.recommendation, lesson.owner)
    elif isinstance(step, Actions):
        for action in answers.actions[step.id]:
            yield from (action.action, action.owner, DUE_AS_TYPED if action.due else "")
    elif isinstance(step, Assess):
        yield from _assessment(run, step)


def _entry(entry: EntryAnswer) -> str:
    return entry.text if entry.answers is None else f"{entry.answers}: {entry.text}"


def mark(number: Level) -> str:
    """Return a number as many people type it."""
    return str(number).replace(".", ",")


def _dots(vote: VoteAnswer) -> str:
    return ", ".join([str(vote.entry)] * vote.dots) if vote.dots > 1 else f"{vote.entry}: {vote.dots}"


def groups_lines(run: Run, step: Groups) -> Iterator[str]:
    """Yield the people who are added, and the drawing."""
    yield from map(guest, GUESTS if step.id == run.guests_at else ())
    yield f"draw {run.answers.groups[step.id].seed}"


def guest(person: Person) -> str:
    """Return somebody as they are added at a step in which people are put into groups."""
    return " / ".join(part for part in (person.name, person.department, person.site) if part)


def row_lines(step: Table, cells: dict[str, str], number: int) -> Iterator[str]:
    """Yield a row column by column, each as it is typed."""
    for column in step.columns:
        yield _cell(column, cells.get(column.id, ""), number)


def _cell(column: Column, text: str, number: int) -> str:
    """Return a cell as it is typed: a date without its year, a choice in capitals or by its number."""
    if column.kind == "date" and text:
        return f"{int(text[-2:])} dec"
    if column.kind == "choice" and text:
        return str(column.choices.index(text) + 1) if number else text.upper()
    return text


def _assessment(run: Run, step: Assess) -> Iterator[str]:
    answers = run.answers.assessed[step.id]
    ratings = {rating.criterion: rating for rating in answers.ratings}
    yield from ("yes", answers.on_behalf_of, answers.opening)
    for criterion in run.matrix.criteria:
        yield from _rating(ratings[criterion.id]) if criterion.id in ratings else (GOES_ON,)
    yield "no"


def _rating(rating: Rating) -> Iterator[str]:
    before, after = rating_words(rating)
    yield from (str(rating.level), *before, str(rating.target), *after)


def rating_words(rating: Rating) -> tuple[list[str], list[str]]:
    """Return what is typed at a criterion between its level and its target, and after it."""
    known: dict[object, str] = {True: "yes", False: "no"}
    same = known.get(rating.same_for_everyone, str(rating.same_for_everyone))
    asked = [rating.rationale, rating.example, *([rating.contact] if rating.contact else []), same]
    return asked, [rating.enough] if rating.enough else []
