"""Taking a file in: a bundle or a record as it is; of lessons from elsewhere, what each column is comes first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import OptionList, Static

from kmtui.model.imported import LessonColumn
from kmtui.report.words import capitalised, counted
from kmtui.text import one_line, shortened
from kmtui.tui.actions import bindings
from kmtui.tui.keys import key_for
from kmtui.tui.safe import parts
from kmtui.tui.screens.begin import FormScreen
from kmtui.tui.screens.choose import ChooseScreen
from kmtui.tui.screens.outcome import POINTED_OUT, OutcomeScreen
from kmtui.tui.screens.working import Progress, WorkingScreen
from kmtui.tui.widgets.asker import Asker, Question
from kmtui.tui.widgets.rows import MOST, Row, Rows
from kmtui.workspace.confiding import kept_in
from kmtui.workspace.lesson_imports import FIELDS, LessonTable, TakenIn, keep, look_at, mapping_for, read
from kmtui.workspace.sharing import import_file
from kmtui.workspace.taking import kind_of, typed_file

NOT_USED = "not used"
FOUND_OUT = "found out"
"""In the place of an encoding: it is found out from the file."""

ENCODINGS: tuple[tuple[str, str], ...] = (
    (FOUND_OUT, "from the file itself"),
    ("utf-8", "most files of today"),
    ("cp1252", "Windows, western Europe"),
    ("iso-8859-15", "older Unix, western Europe"),
    ("mac-roman", "older Macs"),
    ("cp850", "DOS"),
    ("utf-16", "text saved as Unicode on Windows"),
)
"""Encodings to choose from, and where files in them come from. Commands take every other one too."""


def called(field: str | None) -> str:
    """Return a field in words."""
    return field.replace("_", " ") if field else NOT_USED


class TakeFileScreen(FormScreen):
    """Asks for a file, and goes on with what it is."""

    HEADING = "Take in a file"
    HINT = "Enter reads it. Of lessons nothing is kept yet; a bundle and a record are taken in at once."
    QUESTIONS = (Question("path", "Which file or folder?", "Its path", required=True, kept=False),)

    def about(self) -> tuple[str, ...]:
        """Return what may be read."""
        return (
            "Lessons: a table saved as CSV, a folder of Markdown pages, or JSON.",
            "A bundle that was written with kmtui, or a whole record.",
        )

    def take(self, values: dict[str, str]) -> None:
        """Take in a bundle or a record, or show the columns of lessons. Raises WrongInput, StoreError."""
        path = typed_file(values["path"])
        kind = kind_of(path)
        if kind == "lessons":
            self.app.push_screen(MappingScreen(path))
        elif kind == "bundle":
            from kmtui.tui.screens.bundle import MergeScreen

            self.app.switch_screen(MergeScreen(path))
        else:
            record, here = import_file(self.desk.tools, path)
            name = shortened(record.name, 40)
            self.back_with(f'"{name}" was here already, just the same.' if here else f'Saved. "{name}" is taken in.')

    def _take(self, values: dict[str, str]) -> None:
        """Take the file in; its name stays here until its lessons are."""
        super()._take(values)
        if self.app.screen is not self and self in self.app.screen_stack:
            self.query_one(Asker).ask(self.QUESTIONS, values)

    def done(self) -> None:
        """Forget the file: its lessons are taken in."""
        self.query_one(Asker).ask(self.QUESTIONS)
        self.keep_typed()


class MappingScreen(WorkingScreen):
    """The columns of a file with lessons: heading, field and the first values. Space and Enter change the field."""

    KEYS = ("take-in", "next-field", "encoding")
    BINDINGS = bindings("take-in", "next-field", "encoding", "undo")
    CSS = "#sum { height: auto; padding: 0 1; }"

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._encoding = FOUND_OUT
        self._table: LessonTable | None = None
        self._fields: list[str | None] = []
        self._past: list[list[str | None]] = []
        self._pointed_out: tuple[str, ...] = ()

    def compose_body(self) -> ComposeResult:
        """Show what it is, and the columns."""
        yield Static(id="sum", markup=False)
        yield Rows(id="columns", focusable=True)

    def arrive(self) -> None:
        """Draw the frame, and read."""
        super().arrive()
        self._look(FOUND_OUT)

    def _look(self, encoding: str) -> None:
        named = None if encoding == FOUND_OUT else encoding
        self.work("Reading", lambda _: look_at(self._path, named), partial(self._looked, encoding))

    def _looked(self, encoding: str, table: LessonTable) -> None:
        """Show the columns; where they are the same in another encoding, what was said of them stays."""
        same = self._table is not None and len(table.columns) == len(self._fields)
        self._table, self._encoding = table, encoding
        if not same:
            self._fields, self._past = [column.field for column in table.columns], []
        self.draw()
        self._tell_next()

    def _tell_next(self) -> None:
        if "lesson" in self._fields:
            self.tell(f"{key_for(self, 'take-in')} takes the lessons in. Enter says for which field a column is.")
        else:
            self.tell("No column is for the lesson yet. Choose it, and press Enter.", error=True)

    def draw(self) -> None:
        """Show what is read, and for which field each column is."""
        super().draw()
        self.head("Lessons from a file", "nothing is kept yet")
        table, rows = self._table, self.query_one(Rows)
        rows.focus()
        if table is None:
            return
        count = capitalised(counted(table.rows, "row", "rows")) if table.rows < MOST else f"{table.rows:,} rows"
        told = f"{count} in {shortened(self._path.name, 40)}, read as {table.encoding}."
        if table.rows == 0:
            told = f"There is no row in {shortened(self._path.name, 40)}."
        self.query_one("#sum", Static).update(parts((told, "bold")))
        shown = [Row(str(place), self._column(column)) for place, column in enumerate(table.columns)]
        rows.show(shown, rows.chosen)

    def _column(self, column: LessonColumn) -> Content:
        field = self._fields[column.number - 1]
        style = "bold $primary" if field == "lesson" else "bold" if field else "not bold $muted"
        heading = shortened(column.heading, 60) or f"column {column.number}"
        values = shortened(" · ".join(column.sample), max(self.size.width - 6, 20)) or "empty"
        return parts((heading, "bold" if field else ""), " → ", (called(field), style), (f"\n  {values}", "$muted"))

    def resized(self) -> None:
        """Draw again: as much of the values is shown as there is room for."""
        self.draw()

    # What a column is

    @property
    def _place(self) -> int | None:
        chosen = self.query_one(Rows).chosen
        return int(chosen) if chosen and self._table is not None else None

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        place = self._place
        if place is None or self._table is None or self.working:
            return
        column = self._table.columns[place]
        heading = shortened(column.heading, 40) or f"Column {column.number}"
        places = [(NOT_USED, "Not used", ""), *((field, capitalised(called(field)), "") for field in FIELDS)]
        here = self._fields[place] or NOT_USED
        told = "Enter says for which field the column is."
        self.app.push_screen(ChooseScreen(heading, places, here, partial(self._chosen, place), told))

    def _chosen(self, place: int, field: str) -> None:
        self._turn(place, None if field == NOT_USED else field)

    def action_next_field(self) -> None:
        """Take the chosen column for the next field; after the last one for none."""
        place = self._place
        if place is not None and not self.working:
            order: list[str | None] = [None, *FIELDS]
            self._turn(place, order[(order.index(self._fields[place]) + 1) % len(order)])

    def _turn(self, place: int, field: str | None) -> None:
        self._past.append(list(self._fields))
        self._fields[place] = field
        self.draw()
        several = field is not None and self._fields.count(field) > 1
        if several:
            self.tell(f"Several columns are for {called(field)}: they are put together, from the first to the last.")
        else:
            self._tell_next()

    def action_undo(self) -> None:
        """Take back the last change of a column."""
        if not self._past:
            self.tell("Nothing to undo.")
            return
        self._fields = self._past.pop()
        self.draw()
        self._tell_next()

    def action_encoding(self) -> None:
        """Choose another encoding, and read the file again."""
        if self._table is None or self.working:
            return
        places = [(name, capitalised(name), beside) for name, beside in ENCODINGS]
        told = "Letters that look wrong? Enter reads it again so."
        self.app.push_screen(ChooseScreen("Which encoding?", places, self._encoding, self._look, told))

    # Taking in

    def action_take_in(self) -> None:
        """Keep the lessons."""
        table = self._table
        if table is None:
            return
        if "lesson" not in self._fields:
            self._tell_next()
            return
        mapping = mapping_for(table, self._fields)
        encoding = None if self._encoding == FOUND_OUT else self._encoding
        tools, path = self.desk.tools, self._path

        def does(progress: Progress) -> TakenIn:
            reading = read(tools, path, mapping, encoding)
            self._pointed_out = tuple(kept_in(reading.lessons))
            return keep(tools, reading, path.resolve().name, progress)

        self.work("Taking in", does, self._taken)

    def _taken(self, taken: TakenIn) -> None:
        below = self.app.screen_stack[-2]
        if isinstance(below, TakeFileScreen):
            below.done()
            self.app.pop_screen()
        sections = [*sections_of(taken), (POINTED_OUT, self._pointed_out)]
        self.app.switch_screen(OutcomeScreen("Lessons taken in", total_of(taken), sections))


def total_of(taken: TakenIn) -> str:
    """Return in a line what came of an import."""
    stopped = " It was stopped; taking the file in again does the rest." if taken.stopped else ""
    return f"{taken.read:,} new, {taken.duplicates:,} here already, {len(taken.rejected):,} not read.{stopped}"


def sections_of(taken: TakenIn) -> list[tuple[str, Sequence[str]]]:
    """Return what people should know of an import: how it was read, and what was not."""
    rejected = [
        f"{one_line(each.file) + ', ' if each.file else ''}line {each.line}: {one_line(each.reason)}"
        for each in taken.rejected
    ]
    return [("How it was read", [one_line(each) for each in taken.notes]), ("What was not read", rejected)]
