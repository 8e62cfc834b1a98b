"""Lessons to be shared: a search result or one lesson as Markdown, and lessons as a table to be imported again."""

from __future__ import annotations

from collections.abc import Sequence

from kmtui.model.base import Day, in_words
from kmtui.model.lesson import Turn, Use
from kmtui.model.lines import LessonLine
from kmtui.report.csv_report import Cell, as_csv
from kmtui.report.escape import block, inline
from kmtui.report.lesson_parts import counted_words, lesson_parts, life_parts, use_words
from kmtui.report.parts import begun, bullets, joined, labelled
from kmtui.report.words import capitalised, counted
from kmtui.text import one_line

HEADS = (
    "Lesson",
    "Keep or change",
    "Context",
    "Cause",
    "Recommendation",
    "Tags",
    "Owner",
    "Title",
    "Team",
    "Technique",
    "Criterion",
    "Date",
    "State",
    "Reference",
    "Used",
    "Learnt",
    "Id",
)
"""The columns of lessons in a table. Importing reads those up to the reference, by these names."""


def found_markdown(lines: Sequence[LessonLine], asked: str, today: Day) -> str:
    """Return lessons that a search found, each with all that helps to use it."""
    what = f" for {inline(one_line(asked))}" if asked.strip() else ""
    number = capitalised(counted(len(lines), "lesson", "lessons"))
    head = f"{number} out of the register{what}, {in_words(today)}."
    return joined(["# Lessons", head, *(_section(line) for line in lines)])


def _section(line: LessonLine) -> str:
    parts = [(label, text) for label, text in lesson_parts(line) if label != "Keep or change"]
    return joined([f"## {inline(one_line(line.lesson))}", counted_line(line), bullets_of(parts)]).rstrip()


def counted_line(line: LessonLine) -> str:
    """Return the state of a lesson as a sentence, with its id."""
    return f"{capitalised(counted_words(line))}. ({line.id})"


def bullets_of(parts: Sequence[tuple[str, str]]) -> str:
    """Return labelled parts as a list."""
    return "\n".join(f"- {inline(label)}: {block(text, 2)}" for label, text in parts)


def lesson_markdown(
    line: LessonLine,
    *,
    turns: Sequence[Turn] = (),
    uses: Sequence[Use] = (),
    sources: Sequence[LessonLine] = (),
    into: LessonLine | None = None,
    earlier: LessonLine | None = None,
    technique: str = "",
    criterion: str = "",
) -> str:
    """Return one lesson with its life, where it was used, and the lessons that belong to it."""
    found = [f"# {inline(one_line(line.lesson))}", counted_line(line)]
    found += [bullets_of(lesson_parts(line, technique=technique, criterion=criterion))]
    if into is not None:
        found += labelled([("It was joined into", f"{one_line(into.lesson)} ({into.id})")])
    if earlier is not None:
        found += labelled([("It was learnt before", f"{one_line(earlier.lesson)} ({earlier.id})")])
    life = life_parts(line, turns)
    if life:
        found += ["## What has become of it", bullets_of(life)]
    if uses:
        found += ["## Where it was taken along", bullets([use_words(use) for use in uses])]
    if sources:
        found += ["## Joined out of", "\n".join(f"- {begun(_named(each))}" for each in sources)]
    return joined(found)


def _named(line: LessonLine) -> str:
    where = line.title or line.team
    return f"{one_line(line.lesson)} ({where}{', ' if where else ''}{in_words(line.date)}, {line.id})"


def found_csv(lines: Sequence[LessonLine]) -> str:
    """Return lessons as a table for spreadsheets, which `kmtui import --as lessons` reads again."""
    return as_csv(HEADS, (_row(line) for line in lines))


def _row(line: LessonLine) -> list[Cell]:
    return [
        line.lesson,
        line.keep_or_change,
        line.context,
        line.cause,
        line.recommendation,
        "; ".join(line.tags),
        line.owner,
        line.title,
        line.team,
        line.technique,
        line.criterion or "",
        line.date.isoformat(),
        line.state,
        line.reference,
        line.used,
        line.seen,
        line.id,
    ]
