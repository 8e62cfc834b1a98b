"""How a knowledge asset stands in a list: lessons, examples, contacts, and lessons that may belong there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content

from kmtui.model.asset_page import AssetLesson, AssetPage, AssetPractice
from kmtui.model.lines import LessonLine
from kmtui.report.asset_parts import (
    contact_line,
    in_order,
    last_note,
    lesson_standing,
    practice_note,
    practice_where,
)
from kmtui.report.lesson_parts import KIND_WORDS, origin
from kmtui.report.words import capitalised
from kmtui.text import one_line, shortened
from kmtui.tui.safe import parts, words
from kmtui.tui.widgets.rows import Row

LESSON, PRACTICE, CONTACT, OFFERED = "lesson:", "practice:", "contact:", "offered:"
"""What the ids of rows begin with."""

_LONGEST = 160
"""How many characters of a text stand in a list; opening it shows all of it."""


def asset_rows(page: AssetPage, offered: Sequence[LessonLine], how: str) -> list[Row]:
    """Return all rows of a page. `how` says what adds a lesson that is offered."""
    agreed, said, retired, missing = in_order(page)
    return [
        *_under("What we learned", (_lesson(each) for each in agreed)),
        *_under("Said, and not agreed yet", (_lesson(each) for each in said)),
        *_under("Good practice, and whom to ask", (_practice(each, page) for each in page.practices)),
        *_under(
            "Who can be asked",
            (Row(f"{CONTACT}{number}", words(contact_line(each))) for number, each in enumerate(page.asset.contacts)),
        ),
        *_under("Of no use any more", (_lesson(each) for each in retired)),
        *_under("Not here any more", (_lesson(each) for each in missing)),
        *_under(f"Lessons that may belong here; {how}", (_offered(each) for each in offered)),
    ]


def _under(heading: str, rows: Iterable[Row]) -> list[Row]:
    found = list(rows)
    return [Row("", words(heading), heading=True), *found] if found else []


def _lesson(lesson: AssetLesson) -> Row:
    return Row(f"{LESSON}{lesson.id}", _lesson_words(lesson))


def _lesson_words(lesson: AssetLesson) -> Content:
    line = lesson.line
    if line is None:
        return parts(f"A lesson, {lesson.id}", (f"\n  {lesson_standing(lesson)}", "not bold $muted"))
    why = one_line(last_note(lesson)) if line.state == "retired" else ""
    beside = " · ".join(each for each in (lesson_standing(lesson), why, one_line(origin(line))) if each)
    return parts(*_said(line), (f"\n  {beside}", "not bold $muted"))


def _said(line: LessonLine) -> tuple[tuple[str, str], str]:
    kind = capitalised(KIND_WORDS[line.keep_or_change])
    return (f"{kind}: ", "bold"), shortened(line.lesson, _LONGEST)


def _practice(practice: AssetPractice, page: AssetPage) -> Row:
    line = practice.line
    beside = " · ".join(each for each in (f"ask {one_line(line.contact)}", practice_where(line)) if each)
    note = practice_note(practice)
    content = parts(
        (f"{one_line(line.criterion_name) or line.criterion}: ", "bold"),
        shortened(line.example, _LONGEST),
        (f"\n  {beside}{f' · {note}' if note else ''}", "not bold $muted"),
    )
    return Row(f"{PRACTICE}{page.practices.index(practice)}", content)


def _offered(line: LessonLine) -> Row:
    return Row(f"{OFFERED}{line.id}", parts("› ", *_said(line), (f"\n  {one_line(origin(line))}", "not bold $muted")))
