"""How a lesson stands in a list: its words with those that were looked for, where it comes from, how far it is."""

from __future__ import annotations

import re
from datetime import date

from textual.content import Content

from kmtui.model.base import in_words
from kmtui.model.lines import LessonLine
from kmtui.report.lesson_parts import SOME_WORDS, standing
from kmtui.store.protocol import Hit
from kmtui.text import clean, one_line, shortened
from kmtui.tui.safe import parts

FOUND = "bold underline"
"""How a word is shown that was looked for: never by colour alone."""

_LONGEST = 160
"""How many characters of a lesson stand in a list; opening it shows all of it."""

_SPACES = re.compile(r"\s+")


def found_row(hit: Hit, *, marked: bool = False) -> Content:
    """Return a lesson that was found, with the place that has the words, and what is known of it."""
    mark = ("[x] ", "bold") if marked else ""
    some = "" if hit.whole else f" · {SOME_WORDS}"
    return parts(mark, *_words(hit), ("\n  " + _beside(hit.line) + some, "not bold $muted"))


def _words(hit: Hit) -> list[str | tuple[str, str]]:
    """Return the lesson with the words in it, or below it the place that has them."""
    lesson, excerpt = one_line(hit.line.lesson), _excerpt(hit)
    place = one_line("".join(text for text, _ in excerpt)).strip("…")
    if place and place in lesson:
        return [(text, FOUND if found else "") for text, found in excerpt]
    shown: list[str | tuple[str, str]] = [shortened(lesson, _LONGEST)]
    if place:
        shown += ["\n  ", *((text, FOUND if found else "not bold") for text, found in excerpt)]
    return shown


def _excerpt(hit: Hit) -> list[tuple[str, bool]]:
    """Return the excerpt on one line."""
    return [(_SPACES.sub(" ", clean(text)), found) for text, found in hit.excerpt]


def _beside(line: LessonLine) -> str:
    where = one_line(line.team) or one_line(line.title)
    return " · ".join(each for each in (where, in_words(line.date), standing(line)) if each)


def waiting_row(line: LessonLine, today: date) -> Content:
    """Return a lesson that waits for somebody to look at it again."""
    since = "today" if line.review == today else f"since {in_words(line.review)}" if line.review else ""
    return parts(
        shortened(line.lesson, _LONGEST),
        ("\n  waits " + since, "not bold $warning"),
        (" · " + " · ".join(each for each in (one_line(line.owner), _beside(line)) if each), "not bold $muted"),
    )
