"""Rows with declared columns, asked column by column."""

from __future__ import annotations

from datetime import date
from functools import partial

from textual.content import Content

from kmtui.flow.steps import parse_cell
from kmtui.model.session import TableRow
from kmtui.model.technique import Column, Table
from kmtui.report.session_steps import cell_in_words
from kmtui.text import one_line
from kmtui.tui.safe import parts
from kmtui.tui.steps.base import StepFace
from kmtui.tui.widgets.asker import Question
from kmtui.tui.widgets.rows import Row, numbered
from kmtui.workspace import steps
from kmtui.workspace.sessions import OpenSession


class TableFace(StepFace[Table]):
    """The rows of a table step."""

    empty = "One row for each thing. Type the first column and press Enter; the others are asked after it."

    def questions(self, opened: OpenSession) -> tuple[Question, ...]:
        """Ask for one column after the other."""
        today = opened.tools.today()
        first, *others = self.step(opened).columns
        return (
            _question(first, today, required=True),
            *(_question(column, today) for column in others),
        )

    def rows(self, opened: OpenSession) -> list[Row]:
        """Return the rows, each with its first column in bold and the others behind it."""
        step = self.step(opened)
        rows = opened.record.rows_of(step.id)
        return [Row(row.id, numbered(number, _shown(step, row))) for number, row in enumerate(rows, 1)]

    def values(self, opened: OpenSession, item_id: str) -> dict[str, str] | None:
        """Return what stands in a row."""
        step = self.step(opened)
        row = next((each for each in opened.record.rows_of(step.id) if each.id == item_id), None)
        return None if row is None else {column.id: row.cells.get(column.id, "") for column in step.columns}

    def take(self, opened: OpenSession, values: dict[str, str], editing: str | None, chosen: str | None) -> str | None:
        """Add or change a row."""
        there = editing if editing is not None and self.values(opened, editing) is not None else None
        steps.put_row(opened, values, there)
        return there


def _question(column: Column, today: date, *, required: bool = False) -> Question:
    name, check = one_line(column.name), partial(_check, column, today)
    kept = column.kind in ("text", "person")  # a day or a choice tells nobody's name
    return Question(column.id, name, _hint(column), required=required, check=check, kept=kept)


def _check(column: Column, today: date, text: str) -> str:
    return parse_cell(column, text, today)


def _hint(column: Column) -> str:
    if column.kind == "choice":
        return one_line(", ".join(column.choices))
    return {"date": "1 Dec, friday, 2 weeks", "person": "A role rather than a name"}.get(column.kind, "")


def _shown(step: Table, row: TableRow) -> Content:
    first, *others = step.columns
    pieces: list[str | tuple[str, str]] = [(one_line(row.cells.get(first.id, "")), "bold")]
    for column in others:
        if row.cells.get(column.id):
            pieces.append((f"\n   {one_line(column.name)}: ", "$muted"))
            pieces.append(one_line(cell_in_words(column, row.cells[column.id])))
    return parts(*pieces)
