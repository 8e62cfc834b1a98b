"""A lesson with all that is known of it, in the order in which somebody wants to know it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from textual.content import Content

from kmtui.model.lines import LessonLine
from kmtui.report.lesson_parts import Part, lesson_parts, life_parts, origin, standing, use_words, waiting_words
from kmtui.text import one_line
from kmtui.tui.safe import lines, parts
from kmtui.workspace.register import LessonPage


def lesson_content(page: LessonPage, today: date) -> Content:
    """Return the lesson, what it says, what has become of it, where it was used, and the lessons that belong to it."""
    line = page.line
    said = [
        part
        for part in lesson_parts(line, technique=page.technique_name, criterion=page.criterion_name)
        if part[0] != "Keep or change"
    ]
    head = lines(parts((line.lesson, "bold")), parts((standing(line), "$muted")))
    blocks = [
        head,
        *_waits(line, today),
        _labelled(said),
        *_listed("What has become of it", (_labelled([part]) for part in life_parts(line, page.turns))),
        *_listed("Where it was taken along", (parts(f"– {use_words(use)}") for use in page.uses)),
        *_listed("Joined out of", (_other(each) for each in page.sources)),
        *_listed("Joined into", (_other(each) for each in (page.into,) if each is not None)),
        *_listed("Learnt before", (_other(each) for each in (page.earlier,) if each is not None)),
    ]
    return Content("\n\n").join(blocks)


def _waits(line: LessonLine, today: date) -> list[Content]:
    waits = waiting_words(line, today)
    return [parts((waits, "bold $warning"))] if waits else []


def _labelled(found: Iterable[Part]) -> Content:
    return lines(*(parts((f"{label}: ", "bold $primary"), text) for label, text in found))


def _listed(heading: str, found: Iterable[Content]) -> list[Content]:
    """Return a heading with what belongs under it, or nothing where nothing does."""
    below = list(found)
    return [lines(parts((heading, "bold $accent")), *below)] if below else []


def _other(line: LessonLine) -> Content:
    return parts(f"– {one_line(line.lesson)}", (f" ({one_line(origin(line))})", "$muted"))
