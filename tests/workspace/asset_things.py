"""A workspace with lessons and good practice, of which pages are made."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count

from msgspec.structs import replace

from kmtui.model.answers import LessonAnswer, SessionAnswers
from kmtui.model.lines import PracticeLine
from kmtui.workspace.desk import Desk
from kmtui.workspace.filling import fill
from tests.workspace.making import assessed

PORTERS = "Tell the porters the order of beds"
KITCHEN = "The kitchen knew of the ward move a week ahead"
DRIP = "Label the drip stands before a move"
PARKING = "Close the car park early"
SAID = (
    LessonAnswer(lesson=PORTERS, cause="The list hung in one place", recommendation="Send the list by six"),
    LessonAnswer(lesson=KITCHEN, keep_or_change="keep"),
    LessonAnswer(lesson=DRIP),
    LessonAnswer(lesson=PARKING),
)


def on(desk: Desk, day: date) -> Desk:
    """Return the same desk on another day, on which no two moments are the same."""
    seconds = count()
    start = datetime.combine(day, datetime.min.time(), UTC)
    tools = replace(desk.tools, today=lambda: day, now=lambda: start + timedelta(hours=9, milliseconds=next(seconds)))
    return Desk(tools, desk.folder)


def with_lessons(desk: Desk) -> dict[str, str]:
    """Keep a session with lessons; return their ids by their words."""
    fill(desk.tools, SessionAnswers(
        technique="after-action-review", title="May review", team="Ward 7", date=date(2026, 5, 12),
        lessons={"learn": SAID},
    ))  # fmt: skip
    return {line.lesson: line.id for line in desk.lessons()}


def with_practice(desk: Desk, example: str = "Moves are rehearsed", contact: str = "Ward sister") -> PracticeLine:
    """Keep an assessment with one example of good practice, and return that."""
    from kmtui.model.rating import Rating

    criterion = desk.tools.library.matrix(None).value.criteria[0].id
    said = Rating(criterion=criterion, level=3, example=example, contact=contact)
    opened = assessed(desk, "Ward 9", {criterion: said})
    opened.finish()
    opened.close()
    return desk.tools.store.practices()[0]
