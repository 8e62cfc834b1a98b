"""Lessons in a table, one in each row, as spreadsheets and registers elsewhere export them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from kmtui.content.incoming import Decoded, unreadable
from kmtui.content.lesson_headings import field_of, score_of
from kmtui.content.lesson_source import Row, Source, by_windows
from kmtui.content.survey_csv import DELIMITERS, MOST_CELLS, numbered
from kmtui.content.words import quoted
from kmtui.model.base import Value
from kmtui.model.errors import WrongInput
from kmtui.model.imported import Rejected
from kmtui.text import one_line

_DELIMITERS = (*DELIMITERS, "|")
_NO_DELIMITER = "\x00"  # which no text has any more
_HEADERS = 8  # so many rows that are not empty may stand above the headings, with them
_LOOKED_AT = 40
_LONGEST_NAME = 2000
_SURE = 2


class _Layout(Value, frozen=True, kw_only=True):
    """Where the headings stand, and how cells are told apart. `score` is how much of them is known."""

    delimiter: str
    line: int
    headings: tuple[str, ...]
    score: int


def table_of(read: Decoded, name: str, mapping: Mapping[str, str]) -> Source:
    """Return the table in a text; raises WrongInput where it has more columns than are told apart."""
    layout = _layout_of(read.text, mapping)
    if len(layout.headings) > MOST_CELLS:
        raise WrongInput(f"{name} has more than {MOST_CELLS:,} columns. Keep those with lessons.")
    return Source(
        name=name,
        kind="table",
        headings=layout.headings,
        rows=lambda _used: _rows(read.text, layout),
        encoding=read.encoding,
        notes=by_windows(read),
    )


def _layout_of(text: str, mapping: Mapping[str, str]) -> _Layout:
    """Return the layout with the headings that name most fields; without any, the first row with the most columns."""
    best = _Layout(delimiter=_DELIMITERS[0], line=0, headings=(), score=-1)
    for delimiter in _DELIMITERS:
        above = 0
        for line, (cells, _) in islice(numbered(text, delimiter), _LOOKED_AT):
            if _is_empty(cells) or _separator_line(line, cells, delimiter):
                continue
            headings = _headings(cells)
            score = _score(headings, mapping, first=not above)
            wider = not above and score == best.score and len(headings) > len(best.headings)
            if score > best.score or wider:
                best = _Layout(delimiter=delimiter, line=line, headings=headings, score=score)
            above += 1
            if above == _HEADERS:
                break
    if len(best.headings) == 1:  # a comma in the only column is part of the text
        return _Layout(delimiter=_NO_DELIMITER, line=best.line, headings=best.headings, score=best.score)
    return best


def _headings(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(one_line(cell[:_LONGEST_NAME]) for cell in cells)


def _score(headings: Sequence[str], mapping: Mapping[str, str], *, first: bool) -> int:
    """Return how much of headings is known; a word such as "action" in a row of lessons is no heading."""
    if len(headings) > MOST_CELLS:
        return 0
    score = score_of(headings, mapping)
    return score if first or score >= _SURE or any(field_of(heading) == "lesson" for heading in headings) else 0


def _is_empty(cells: Sequence[str]) -> bool:
    return not any(cell.strip() for cell in cells)


def _separator_line(line: int, cells: Sequence[str], delimiter: str) -> bool:
    """Say whether this is the line with which Excel notes the delimiter: sep=;"""
    return line == 1 and delimiter.join(cells).strip().lower().replace('"', "")[:4] == "sep="


def _rows(text: str, layout: _Layout) -> Iterator[Row | Rejected]:
    width = len(layout.headings)
    for line, (cells, stray) in numbered(text, layout.delimiter, width):
        if line == layout.line or _is_empty(cells) or _separator_line(line, cells, layout.delimiter):
            continue
        reason = _reason(line, cells, stray, layout)
        if reason:
            yield Rejected(line=line, reason=reason)
        else:
            yield Row(line, {place: cell for place, cell in enumerate(cells) if cell.strip()})


def _reason(line: int, cells: list[str], stray: int | None, layout: _Layout) -> str:
    """Return why a row cannot be read, or an empty text."""
    width = len(layout.headings)
    if line < layout.line:
        return "it stands above the headings of the columns"
    if any(unreadable(cell) for cell in cells):
        return "it has bytes that are not in this encoding"
    if stray is not None and width > 1:
        name = layout.headings[stray] if stray < width else ""
        where = f" in {quoted(name)}" if name else ""
        return f"a quotation mark{where} is never closed, so nobody can tell where its texts end"
    if not _is_empty(cells[width:]):
        found = "more cells" if len(cells) > MOST_CELLS else f"{len(cells)} cells"
        return (
            f"it has {found} where the columns are {width}, so nobody can tell which is which: "
            "put texts with the separator in quotation marks"
        )
    beside = zip(cells, layout.headings, strict=False)
    if all(not cell.strip() or one_line(cell[:_LONGEST_NAME]) == heading for cell, heading in beside):
        return "it repeats the headings of the columns"
    return ""
