"""From the rows of a file to lessons: every row is read, or rejected with its line and the reason."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from kmtui.content.lesson_cells import keep_or_change, plain, says_nothing, state_of, tags_of, unguarded, without_html
from kmtui.content.lesson_dates import Dates
from kmtui.content.lesson_headings import Columns
from kmtui.content.lesson_source import LONGEST, Row, Source
from kmtui.content.words import listed, quoted
from kmtui.model.imported import LessonReading, ReadLesson, Rejected

_LONG = frozenset(("lesson", "context", "cause", "recommendation", "note"))
_TEXTS = (*sorted(_LONG), "owner", "title", "team", "technique", "criterion", "reference")
_BESIDE = ("context", "cause", "recommendation")

_Read = tuple[dict[str, Any], tuple[str, ...]]
"""What a lesson is made of, and the texts of its date, of which the first that can be read is taken."""


def read_rows(source: Source, columns: Columns, today: date) -> LessonReading:
    """Return all lessons of a source."""
    rows = _Rows(source, columns)
    for row in source.within(columns.used):
        rows.take(row)
    return rows.reading(today)


def plural(number: int, one: str, many: str) -> str:
    """Return a number with its noun."""
    return f"1 {one}" if number == 1 else f"{number:,} {many}"


class _Rows:
    def __init__(self, source: Source, columns: Columns) -> None:
        self._source, self._columns = source, columns
        self._read: list[_Read] = []
        self._rejected: list[Rejected] = []
        self._unused: set[int] = set()
        self._counts: Counter[str] = Counter()

    def take(self, row: Row | Rejected) -> None:
        if isinstance(row, Rejected):
            self._rejected.append(row)
            return
        parts = self._parts(row)
        texts = {field: _joined(field, said) for field, said in parts.items()}
        if any(len(text) > LONGEST for text in texts.values()):
            self._reject(row, f"a text in it has more than {LONGEST:,} characters")
            return
        lesson = texts.get("lesson", "")
        if not lesson or says_nothing(lesson):
            self._reject(row, f"no lesson in it, only {quoted(lesson)}" if lesson else "no lesson in it")
            return
        self._unused.update(row.cells.keys() - self._columns.used - {self._source.body})
        made: dict[str, Any] = {field: texts[field] for field in _TEXTS if field in texts}
        made["line"], made["file"] = row.line, row.file
        made["tags"] = tags_of(texts.get("tags", ""))
        made["keep_or_change"] = keep_or_change(texts.get("keep_or_change", ""))
        if texts.get("state"):
            made["state"] = state_of(texts["state"])
            self._counts["state"] += made["state"] is None
        self._read.append((made, tuple(parts.get("date", ()))))

    def _parts(self, row: Row) -> dict[str, list[str]]:
        """Return what a row says in each field, a text for each column that says anything."""
        found: dict[str, list[str]] = {}
        for field, places in self._columns.fields.items():
            said = (self._text(row.cells[place]) for place in places if place in row.cells)
            found[field] = [text for text in said if text and (field == "lesson" or not says_nothing(text))]
        if self._source.kind == "markdown":
            self._fill_up(found, row)
        return found

    def _fill_up(self, found: dict[str, list[str]], row: Row) -> None:
        """Take for a field that Markdown does not name what stands without a heading, and what it is called."""
        body, off = self._source.body, self._columns.off
        if body is not None and body not in self._columns.used:
            text = plain(row.cells.get(body, ""))
            if row.title and found.get("title") and row.title not in found["title"]:
                text = f"{row.title}\n\n{text}".strip()
            field = "context" if found.get("lesson") else "lesson"
            if text and field not in off:
                found[field] = [text, *found.get(field, ())]
        title = found.get("title") or ([row.title] if row.title else [])
        if not found.get("lesson") and title and any(found.get(field) for field in _BESIDE):
            found["lesson"] = title
            self._counts["title"] += 1
            title = []
        if "title" not in off:
            found["title"] = title or [row.name]

    def _text(self, cell: str) -> str:
        if self._source.kind == "markdown":
            return plain(cell)
        said = unguarded(cell) if self._source.kind == "table" else cell
        text = without_html(said)
        self._counts["html"] += text != said
        return plain(text)

    def _reject(self, row: Row, reason: str) -> None:
        self._rejected.append(Rejected(line=row.line, reason=reason, file=row.file))

    def reading(self, today: date) -> LessonReading:
        dates = Dates((text for _, texts in self._read for text in texts), today)
        lessons = []
        for made, texts in self._read:
            day = next((day for text in texts if (day := dates.read(text)) is not None), None)
            self._counts["date"] += day is None and bool(texts)
            lessons.append(ReadLesson(**made, date=day))
        if dates.month_first:
            self._counts["month"] = 1
        return LessonReading(lessons=tuple(lessons), rejected=tuple(self._rejected), notes=self._notes())

    def _notes(self) -> tuple[str, ...]:
        counts = self._counts
        notes = [*self._source.notes, *self._columns.notes]
        if not self._read and not self._rejected:
            notes.append(f"There is no lesson in {self._source.name}.")
        if self._unused:
            names = [self._called(place) for place in sorted(self._unused)]
            notes.append(f"Not used: {'column' if len(names) == 1 else 'columns'} {listed(names, 'and')}.")
        if counts["title"]:
            notes.append(f"{plural(counts['title'], 'lesson is its title', 'lessons are their titles')} alone.")
        if counts["month"]:
            notes.append("Dates are read as month/day/year, since they make no sense as day/month/year.")
        if counts["date"]:
            has = plural(counts["date"], "lesson has", "lessons have")
            notes.append(f"{has} a date that could not be read: today's is taken.")
        if counts["state"]:
            notes.append(f"{plural(counts['state'], 'lesson has', 'lessons have')} a state that is not known here.")
        if counts["html"]:
            notes.append(f"{plural(counts['html'], 'text was', 'texts were')} of web pages: the words alone are kept.")
        return tuple(notes)

    def _called(self, place: int) -> str:
        heading = self._source.headings[place] if place < len(self._source.headings) else ""
        return quoted(heading) if heading else f"{place + 1} (without a heading)"


def _joined(field: str, parts: list[str]) -> str:
    """Return the texts of several columns as one: paragraphs of a long text, parts of a short one."""
    return ("\n\n" if field in _LONG else "\n" if field == "tags" else ", ").join(parts)
