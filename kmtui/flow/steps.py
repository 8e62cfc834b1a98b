"""What is said in steps of the kinds score, vote, groups, table and assess.

Every function takes a session and returns a new one. Times of saving are not set here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from msgspec.structs import replace

from kmtui.flow.typed import parse_date
from kmtui.model.base import Level
from kmtui.model.errors import NotFound, WrongInput
from kmtui.model.matrix import as_level
from kmtui.model.session import Assessed, Dots, Entry, Grouping, Marks, Session, TableRow
from kmtui.model.technique import Collect, Column, Lessons, Score, Table, Vote

Part = TypeVar("Part", Marks, Dots, Grouping, TableRow, Assessed)

MOST_MARKS = 1000
"""How many people can give a number in one step."""
MOST_DOTS = 9999
"""How many dots an entry can get."""

_WHOLE = re.compile(r"(\d{1,4})\s*:\s*(\d{1,5})")
_SINGLE = re.compile(r"\d{1,4}(?:[ ,]+\d{1,4})*")
_NUMBER = re.compile(r"-?\d{1,6}(\.\d{1,3})?")


# Score


def parse_mark(step: Score, text: str) -> Level:
    """Return the number that somebody typed in a score step, with a full stop or a comma before its fraction.

    Raises:
        WrongInput: it is no number, or outside the scale of the step.
    """
    typed = text.strip().replace(",", ".")
    if not _NUMBER.fullmatch(typed):
        raise WrongInput(f'"{text.strip()[:40]}" is not a number. {scale_in_words(step)}')
    mark = as_level(float(typed))
    check_mark(step, mark)
    return mark


def parse_marks(step: Score, text: str) -> tuple[Level, ...]:
    """Return the numbers that somebody typed, with spaces, or commas and spaces, between them. Raises WrongInput."""
    return tuple(parse_mark(step, each) for each in re.split(r"[,;]?\s+|;", text.strip()) if each) or (
        parse_mark(step, text),
    )


def check_mark(step: Score, mark: Level) -> None:
    """Raise WrongInput if a number is outside the scale of a score step."""
    if not step.lowest <= mark <= step.highest:
        raise WrongInput(f"{mark} is outside the scale. {scale_in_words(step)}")


def scale_in_words(step: Score) -> str:
    """Return what can be given in a score step, as a sentence."""
    return f"Give a number from {step.lowest} to {step.highest}."


def add_mark(session: Session, step: Score, mark: Level) -> Session:
    """Return the session with one more number in a score step. Raises WrongInput."""
    check_mark(step, mark)
    numbers = session.marks_of(step.id)
    if len(numbers) >= MOST_MARKS:
        raise WrongInput(f"No more than {MOST_MARKS} people can give a number.")
    return _with_marks(session, step.id, (*numbers, mark))


def put_mark(session: Session, step: Score, place: int, mark: Level | None) -> Session:
    """Return the session with another number at a place, counted from 0, or without the one there (None).

    Raises:
        NotFound: nothing was given there.
        WrongInput: the number is outside the scale.
    """
    numbers = session.marks_of(step.id)
    if not 0 <= place < len(numbers):
        raise NotFound("That is not there any more.")
    if mark is not None:
        check_mark(step, mark)
    return _with_marks(session, step.id, numbers[:place] + (() if mark is None else (mark,)) + numbers[place + 1 :])


def _with_marks(session: Session, step_id: str, numbers: tuple[Level, ...]) -> Session:
    others = [each for each in session.marks if each.step != step_id]
    made = [*others, Marks(step=step_id, numbers=numbers)] if numbers else others
    return replace(session, marks=_in_order(session, made))


# Vote


def candidates(session: Session, step: Vote) -> tuple[Entry, ...]:
    """Return the entries that dots can go to."""
    return session.entries_of(step.from_)


def put_dots(session: Session, step: Vote, entry_id: str, dots: int) -> Session:
    """Return the session with so many dots on an entry of a vote step.

    Raises:
        NotFound: there is no such entry.
        WrongInput: there are less than no dots, or too many.
    """
    if entry_id not in {entry.id for entry in candidates(session, step)}:
        raise NotFound("That is not there any more.")
    if not 0 <= dots <= MOST_DOTS:
        raise WrongInput(f"Dots go from 0 to {MOST_DOTS}.")
    given = {**session.dots_of(step.id), entry_id: dots}
    made = [
        Dots(step=step.id, entry=entry.id, dots=given[entry.id])
        for entry in candidates(session, step)
        if given.get(entry.id)
    ]
    return replace(session, dots=_in_order(session, [*(each for each in session.dots if each.step != step.id), *made]))


def parse_votes(text: str, count: int) -> tuple[tuple[int, int | None], ...]:
    """Return what somebody typed in a vote step: places of entries, from 0, with the dots that each is to have.

    `2, 5, 5` gives one more dot to number 2 and two more to number 5 (None as dots); `2: 4` is four dots in all.

    Raises:
        WrongInput: it is no number of one of `count` entries.
    """
    words = text.strip()
    whole = _WHOLE.fullmatch(words)
    if whole is None and not _SINGLE.fullmatch(words):
        raise WrongInput(f'"{words[:40]}" is no number of a line. 2 gives number 2 a dot.')
    numbers = [int(whole[1])] if whole else [int(each) for each in re.findall(r"\d+", words)]
    for number in numbers:
        if not 1 <= number <= count:
            raise WrongInput(f"There is no number {number} here.")
    return tuple((number - 1, int(whole[2]) if whole else None) for number in numbers)


def dots_to_give(session: Session, step: Vote) -> int | None:
    """Return how many dots all people have together; None where nobody has said who takes part."""
    people = sum(person.count for person in session.people)
    return people * step.dots if people else None


# Groups


def with_grouping(session: Session, grouping: Grouping) -> Session:
    """Return the session with who sits with whom in a groups step, in the place of what was there."""
    others = [each for each in session.groups if each.step != grouping.step]
    return replace(session, groups=_in_order(session, [*others, grouping]))


# Table


def parse_cell(column: Column, text: str, today: date) -> str:
    """Return what belongs into a cell: a date as ISO 8601, a choice as the column writes it, other words as they are.

    Raises:
        WrongInput: it is no date, or none of the choices.
    """
    words = text.strip()
    if column.kind == "date":
        day = parse_date(words, today)
        return "" if day is None else day.isoformat()
    if column.kind == "choice" and words:
        return _chosen(column, words)
    return words


def _chosen(column: Column, words: str) -> str:
    """Return a choice by its words, a beginning of them that is the only one, or its number."""
    exact = [choice for choice in column.choices if choice.casefold() == words.casefold()]
    begun = exact or [choice for choice in column.choices if choice.casefold().startswith(words.casefold())]
    if len(begun) == 1:
        return begun[0]
    if words.isascii() and words.isdigit() and 1 <= int(words) <= len(column.choices):
        return column.choices[int(words) - 1]
    raise WrongInput(f'"{words[:40]}" is none of the choices: {", ".join(column.choices)}.')


def put_row(session: Session, step: Table, row: TableRow) -> Session:
    """Return the session with a row in the place of the one that has its id, or behind all others.

    Raises:
        WrongInput: nothing stands in it.
    """
    known = [column.id for column in step.columns]
    cells = {column: row.cells[column] for column in known if row.cells.get(column)}
    if not cells:
        raise WrongInput("The row is empty. Type some words first.")
    made = replace(row, step=step.id, cells=cells)
    there = row.id in {each.id for each in session.rows}
    rows = [made if each.id == row.id else each for each in session.rows]
    return replace(session, rows=_in_order(session, rows if there else [*rows, made]))


# Assess


def with_assessed(session: Session, step_id: str, assessment_id: str) -> Session:
    """Return the session with the assessment that was begun at an assess step."""
    others = [each for each in session.assessed if each.step != step_id]
    made = _in_order(session, [*others, Assessed(step=step_id, assessment=assessment_id)])
    return replace(session, assessed=made)


# What was said in earlier sessions


def takes_from_earlier(session: Session) -> tuple[Collect, ...]:
    """Return the steps that begin with what was said in earlier sessions on the same work."""
    return tuple(step for step in session.technique.steps if isinstance(step, Collect) and step.earlier)


def said_earlier(step: Collect, earlier: Session) -> tuple[str, ...]:
    """Return what an earlier session says to a step: entries of the steps that it names, or lessons.

    What was said in private stays there.
    """
    found: list[str] = []
    for each in step.earlier:
        named = earlier.technique.step(each.step)
        if each.technique != earlier.technique.id or named is None:
            continue
        if isinstance(named, Collect):
            found += [entry.text for entry in earlier.entries_of(named.id) if not named.private]
        elif isinstance(named, Lessons):
            found += [lesson.lesson for lesson in earlier.lessons]
    return tuple(found)


def _in_order(session: Session, parts: Iterable[Part]) -> tuple[Part, ...]:
    order = {step.id: number for number, step in enumerate(session.technique.steps)}
    return tuple(sorted(parts, key=lambda each: order.get(each.step, len(order))))
