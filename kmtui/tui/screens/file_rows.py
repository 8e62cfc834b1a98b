"""Files with answers as they are listed: what each column is taken for, and what could not be read."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from kmtui.model.matrix import Matrix
from kmtui.model.survey import Column, Reading, Refused
from kmtui.text import one_line
from kmtui.tui.safe import parts
from kmtui.tui.widgets.rows import Row

TOLD = "told:"
"""Before the number of what cannot be read, in the id of its line."""
UNKNOWN = "No column is known to be a criterion yet."
NOTHING = "nothing"
ROLE = "role"
REASON = ".rationale"
"""Behind the id of a criterion in a mapping: its reasons."""


class ReadFile(NamedTuple):
    """A file that was read: its mapping so far and what came of it, or why it could not be read.

    A table in which no column is known yet has columns all the same, so that somebody can say what they are.
    """

    path: Path
    mapping: dict[str, str]
    reading: Reading | None
    trouble: str
    columns: tuple[Column, ...]


def unused_columns(files: list[ReadFile]) -> tuple[str, ...]:
    """Return the columns of which nothing was kept, with their file where there are several."""
    several = len(files) > 1
    return tuple(
        (f"{one_line(each.path.name)}: " if several else "") + (one_line(column.name) or f"column {place}")
        for each in files
        for place, column in enumerate(each.columns, 1)
        if column.use == "nothing"
    )


def answers_words(count: int) -> str:
    """Return a number of answers in words."""
    return "1 answer" if count == 1 else f"{count or 'No'} answers"


def file_rows(number: int, file: ReadFile, matrix: Matrix) -> list[Row]:
    """Return the lines of one file: its columns, and what of it cannot be read."""
    name = one_line(file.path.name)
    if file.reading is None and file.columns:
        heading = Row("", parts(f"{name} · table · no answers yet"), heading=True)
        return [heading, *_column_rows(number, file, matrix)]
    if file.reading is None:
        return [Row("", parts((f"{name}  cannot be read", "bold")), heading=True), _told(number, 0, file.trouble)]
    kind = {"table": "table", "e-mail": "e-mail", "response": "response file"}[file.reading.kind]
    rows = [Row("", parts(f"{name} · {kind} · {answers_words(len(file.reading.given)).lower()}"), heading=True)]
    rows += _column_rows(number, file, matrix)
    return rows + [_told(number, place, refused_words(each)) for place, each in enumerate(file.reading.refused)]


def _column_rows(number: int, file: ReadFile, matrix: Matrix) -> list[Row]:
    return [
        Row(
            f"{number}:{place}",
            parts(f"  {one_line(column.name) or f'column {place + 1}'}", *_meaning(column, matrix)),
        )
        for place, column in enumerate(file.columns)
    ]


def _told(number: int, place: int, text: str) -> Row:
    return Row(f"{TOLD}{number}:{place}", parts((f"  {one_line(text)}", "$warning")))


def reason_of(files: list[ReadFile], row: str) -> str:
    """Return why the thing behind a line cannot be read."""
    number, place = (int(part) for part in row.removeprefix(TOLD).split(":"))
    reading = files[number].reading
    return files[number].trouble if reading is None else refused_words(reading.refused[place])


def _meaning(column: Column, matrix: Matrix) -> tuple[tuple[str, str], ...]:
    name = _name(matrix, column.criterion)
    if column.use == "nothing" and column.suggested:
        return (("  not used; Enter: ", "$muted"), (f"{_name(matrix, column.suggested)}?", "bold $warning"))
    told = {
        "level": f"level: {name}",
        "rationale": f"why: {name}",
        "role": "role",
        "identity": "tells answers apart; not kept",
        "nothing": "not used",
    }[column.use]
    return ((f"  {told}", "$muted"),)


def _name(matrix: Matrix, criterion_id: str | None) -> str:
    criterion = matrix.criterion(criterion_id or "")
    return one_line(criterion.name) if criterion is not None else ""


def key_of(column: Column) -> str:
    """Return the key of a mapping that means what the column is taken for now."""
    if column.use == "role":
        return ROLE
    if column.criterion is None:
        return ""
    return column.criterion + (REASON if column.use == "rationale" else "")


def uses(matrix: Matrix) -> list[tuple[str, str, str]]:
    """Return what a column may be: nothing, the role, the level of a criterion, or the reason for it."""
    places = [(NOTHING, "Not used", ""), (ROLE, "The role of the person", "")]
    for section in matrix.sections:
        places.append(("", f"Level: {section.name}", ""))
        places += [(criterion.id, f"  {criterion.name}", "level") for criterion in section.criteria]
    for section in matrix.sections:
        places.append(("", f"Why: {section.name}", ""))
        places += [(criterion.id + REASON, f"  {criterion.name}", "why") for criterion in section.criteria]
    return places


def refused_words(refused: Refused) -> str:
    """Return what was refused as one line: where, and why."""
    where = f"row {refused.row}: " if refused.row else ""
    return f"{where}{one_line(refused.reason)}"
