"""Reads lessons from elsewhere: a table, JSON, Markdown or a folder of it; what it is, its content says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from kmtui.content.incoming import decoded, file_bytes, looks_binary, shown
from kmtui.content.lesson_cells import plain
from kmtui.content.lesson_csv import table_of
from kmtui.content.lesson_folder import ENDINGS, folder_source, page_source
from kmtui.content.lesson_headings import Columns, columns_of, no_lesson
from kmtui.content.lesson_json import json_of
from kmtui.content.lesson_markdown import begins_with_front_matter
from kmtui.content.lesson_rows import read_rows
from kmtui.content.lesson_source import Source
from kmtui.model.errors import WrongInput
from kmtui.model.imported import LessonColumn, LessonReading, LessonTable, Rejected
from kmtui.text import shortened

LIMIT = 64 * 1024 * 1024
_JSON = (".json", ".jsonl", ".ndjson")
_SAMPLES = 3
_SAMPLE_WIDTH = 60
_SAMPLED = 1000


def look_at(path: Path, encoding: str | None = None) -> LessonTable:
    """Return the columns of a file or a folder, a sample of each, and what each is taken for by its heading.

    In Markdown the columns are the keys of the front matter and the headings, and `body` what has no heading.

    Raises:
        WrongInput: the file cannot be read at all, or there is no such encoding.
    """
    source = _source(path, encoding, {})
    columns = _columns(source, {})
    samples: list[list[str]] = [[] for _ in source.headings]
    rows = 0
    for row in source.within(range(len(source.headings))):
        rows += 1
        for place, text in () if isinstance(row, Rejected) else row.cells.items():
            if place < len(samples) and len(samples[place]) < _SAMPLES and (said := plain(text[:_SAMPLED])):
                samples[place].append(shortened(said, _SAMPLE_WIDTH))
    found = zip(source.headings, samples, strict=True)
    return LessonTable(
        columns=tuple(
            LessonColumn(
                heading=heading, number=number, sample=tuple(sample), field=_field(source, columns, number - 1)
            )
            for number, (heading, sample) in enumerate(found, 1)
        ),
        encoding=source.encoding,
        rows=rows,
    )


def read_lessons(
    path: Path, mapping: Mapping[str, str] | None = None, encoding: str | None = None, today: date | None = None
) -> LessonReading:
    """Return the lessons in a file or a folder, what could not be read, and how it was read.

    `mapping` names the column for a field by its heading or its number from 1; several are joined with +, and an
    empty name switches the field off. `today` tells years of two digits apart.

    Raises:
        WrongInput: the file cannot be read at all, the mapping names what is not there, there is no such encoding, or
            no column is for the lesson.
    """
    mapping = mapping or {}
    source = _source(path, encoding, mapping)
    if source.kind == "json" and not source.headings:  # an empty list: a search that found nothing
        return LessonReading(lessons=(), rejected=(), notes=(f"There is no lesson in {source.name}.",))
    columns = _columns(source, mapping)
    if "lesson" not in columns.fields and (source.body is None or "lesson" in columns.off):
        raise WrongInput(no_lesson(source.name, source.headings))
    return read_rows(source, columns, today or date.today())  # noqa: DTZ011 - the day where people are


def _source(path: Path, encoding: str | None, mapping: Mapping[str, str]) -> Source:
    if _is_folder(path):
        return folder_source(path, encoding)
    data = file_bytes(path, LIMIT, what="the lessons", smaller="Divide it.")
    read, name = decoded(data, encoding), shown(path)
    if looks_binary(read.text):
        raise WrongInput(f"{name} is no file of text. Save the lessons as CSV, and import that.")
    ending = path.suffix.lower()
    if ending in ENDINGS or begins_with_front_matter(read.text):
        return page_source(read, path)
    return json_of(read, name, named_so=ending in _JSON) or table_of(read, name, mapping)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):  # a NUL in the name
        return False


def _columns(source: Source, mapping: Mapping[str, str]) -> Columns:
    return columns_of(source.headings, mapping, several=source.kind == "markdown", body=source.body)


def _field(source: Source, columns: Columns, place: int) -> str | None:
    """Return what a column is taken for; text without a heading is the lesson where nothing else is."""
    if place == source.body and place not in columns.used:
        return "context" if "lesson" in columns.fields else "lesson"
    return columns.field_at(place)
