"""Taking answers in from files: what was understood, what its columns mean, and what could not be read."""

from __future__ import annotations

import re
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import OptionList, Static

from kmtui.model.errors import KmtuiError, WrongInput
from kmtui.model.survey import Column, Refused
from kmtui.text import one_line
from kmtui.tui.actions import bindings
from kmtui.tui.safe import lines, parts, words
from kmtui.tui.screens.base import BaseScreen
from kmtui.tui.screens.begin import FormScreen
from kmtui.tui.screens.choose import ChooseScreen
from kmtui.tui.screens.file_rows import (
    NOTHING,
    TOLD,
    UNKNOWN,
    ReadFile,
    answers_words,
    file_rows,
    key_of,
    reason_of,
    unused_columns,
    uses,
)
from kmtui.tui.widgets.asker import Asker, Question
from kmtui.tui.widgets.rows import Rows
from kmtui.workspace.surveys import columns_of, read_file, survey, take_in

_SPLIT = re.compile(r"[;\n]")


class FilesScreen(FormScreen):
    """Asks for files and reads them; nothing is kept yet."""

    HEADING = "Take in answers"
    HINT = "Enter reads them and shows what was understood. Nothing is kept yet."
    QUESTIONS = (Question("paths", "Which files?", "One path, or several with ; between", required=True, kept=False),)

    def __init__(self, survey_id: str) -> None:
        super().__init__()
        self._survey_id = survey_id
        self._mappings: dict[Path, dict[str, str]] = {}  # what the columns of a file were said to be

    def about(self) -> tuple[str, ...]:
        """Return what may be read."""
        return ("A spreadsheet saved as CSV, the text of an e-mail reply, or a response file.",)

    def take(self, values: dict[str, str]) -> None:
        """Read the files."""
        paths = paths_in(values["paths"])
        missing = [path for path in paths if not path.is_file()]
        if missing:
            raise WrongInput(f"There is no file {missing[0]}.")
        if not paths:
            raise WrongInput("Type the path of a file first.")
        self.app.push_screen(ReadScreen(self._survey_id, paths, self._mappings))

    def _take(self, values: dict[str, str]) -> None:
        """Read the files; their names stay here until the answers are taken in."""
        super()._take(values)
        self.query_one(Asker).ask(self.QUESTIONS, values)
        self.keep_typed()

    def done(self) -> None:
        """Forget the files: their answers are taken in."""
        self.query_one(Asker).ask(self.QUESTIONS)
        self.keep_typed()


def paths_in(text: str) -> list[Path]:
    """Return the paths that somebody typed, pasted, or dropped on the terminal, which quotes or escapes them."""
    whole = Path(text.strip()).expanduser()
    if text.strip() and whole.is_file():
        return [whole]
    paths: list[Path] = []
    for part in _SPLIT.split(text):
        typed = part.strip().removeprefix("file://")
        if len(typed) > 1 and typed[0] == typed[-1] and typed[0] in "'\"":
            typed = typed[1:-1]
        path = Path(typed).expanduser()
        if typed and not path.is_file() and "\\" in typed:
            unescaped = Path(re.sub(r"\\(.)", r"\1", typed)).expanduser()
            path = unescaped if unescaped.is_file() else path
        if typed and path not in paths:
            paths.append(path)
    return paths


class ReadScreen(BaseScreen):
    """What was understood of each file. Enter on a column says what it is, and the file is read again."""

    KEYS = ("take-in", "undo", "leave")
    BINDINGS = bindings("take-in", "undo")
    CSS = "#sum { height: auto; padding: 0 1; }"

    def __init__(self, survey_id: str, paths: list[Path], mappings: dict[Path, dict[str, str]] | None = None) -> None:
        """`mappings` outlive this screen: what columns were said to be is there again when it is opened again."""
        super().__init__()
        self._survey_id = survey_id
        self._paths = paths
        self._mappings = {} if mappings is None else mappings
        self._files: list[ReadFile] = []
        self._past: list[list[ReadFile]] = []

    def compose_body(self) -> ComposeResult:
        """Show the sum and the columns."""
        yield Static(id="sum", markup=False)
        yield Rows(id="columns", focusable=True)

    def arrive(self) -> None:
        """Read the files."""
        self._files = [self._read(path, self._mappings.get(path, {})) for path in self._paths]
        super().arrive()
        self.query_one(Rows).highlighted = self._first_open()
        open_ones = sum(column.use == "nothing" for each in self._files for column in each.columns)
        self._tell_next(open_ones)

    def _tell_next(self, open_ones: int) -> None:
        key = self.kmtui.keys_of(self).get("take-in", ("F8", ""))[0]
        if not any(each.reading is not None and each.reading.given for each in self._files):
            here = any(each.columns for each in self._files)
            help_words = "Enter on a column says what it is." if here else "Esc goes back to the files."
            self.tell(f"Nothing can be taken in as it is. {help_words}", error=True)
        elif open_ones:
            what = "A column is" if open_ones == 1 else f"{open_ones} columns are"
            self.tell(f"{what} not used. Enter says what one is; {key} takes the answers in as it is.")
        else:
            self.tell(f"{key} takes the answers in.")

    def _read(self, path: Path, mapping: dict[str, str]) -> ReadFile:
        try:
            reading = read_file(self.desk.tools, self._survey_id, path, mapping)
        except WrongInput as error:
            columns = columns_of(self.desk.tools, self._survey_id, path, mapping)
            return ReadFile(path, mapping, None, UNKNOWN if columns else str(error), columns)
        return ReadFile(path, mapping, reading, "", reading.columns)

    # Drawing

    def draw(self) -> None:
        """Show how many answers there are, and what every column is taken for."""
        super().draw()
        matrix = survey(self.desk.tools, self._survey_id).matrix
        given = sum(len(each.reading.given) for each in self._files if each.reading is not None)
        refused = sum(len(each.reading.refused) for each in self._files if each.reading is not None)
        told = [parts((f"{answers_words(given)} can be taken in.", "bold"))]
        if refused:
            told.append(words(f"{refused} thing{'s' if refused > 1 else ''} cannot be read; listed at the end."))
        self.query_one("#sum", Static).update(lines(*told))
        self.head("What was understood", "nothing is kept yet")
        rows = self.query_one(Rows)
        chosen = rows.chosen
        rows.show([row for number, each in enumerate(self._files) for row in file_rows(number, each, matrix)], chosen)
        rows.focus()

    def _first_open(self) -> int | None:
        """Return the place of the first column that might be used and is not; else of the first line."""
        order = [
            (not column.suggested, column.use != "nothing", f"{number}:{place}")
            for number, each in enumerate(self._files)
            for place, column in enumerate(each.columns)
        ]
        rows = self.query_one(Rows)
        return rows.place_of(min(order)[2]) if order else rows.highlighted

    # Columns

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        event.stop()
        chosen = self.query_one(Rows).chosen
        if chosen:
            self.action_choose(chosen)

    def action_choose(self, row: str) -> None:
        """Use a column as suggested, or ask what it is."""
        if row.startswith(TOLD):
            self.tell(reason_of(self._files, row), error=True)
            return
        number, place = (int(part) for part in row.split(":"))
        column = self._files[number].columns[place]
        if column.use == "nothing" and column.suggested:
            self._map(number, column, column.suggested)
            return
        matrix = survey(self.desk.tools, self._survey_id).matrix
        here = key_of(column) or NOTHING
        self.app.push_screen(
            ChooseScreen(
                one_line(column.name),
                uses(matrix),
                here,
                lambda key: self._map(number, column, key),
                "Enter says what the column is.",
            )
        )

    def _map(self, number: int, column: Column, key: str) -> None:
        file = self._files[number]
        mapping = {use: name for use, name in file.mapping.items() if name != column.name and use != key}
        if key != NOTHING:
            mapping[key] = column.name
        again = self._read(file.path, mapping)
        if again.reading is None and not again.columns:
            self.tell(again.trouble, error=True)
            return
        self._past.append(list(self._files))
        self._files[number] = again
        self._remember()
        self.draw()
        now = next((each for each in again.columns if each.name == column.name), None)
        if again.reading is None:
            self.tell("Noted. Say of a column which criterion it is, so that answers can be taken in.")
        elif key == NOTHING and now is not None and now.use not in ("nothing", "identity"):
            self.tell("Its name says what it is, so it is still used. Give it to another criterion, or rename it.")
        else:
            self.tell("Read again. Ctrl+Z takes it back.")

    def _remember(self) -> None:
        self._mappings.update({each.path: each.mapping for each in self._files})

    def action_leave(self) -> None:
        """Go back to the files; what the columns were said to be is there again when they are read again."""
        if any(each.mapping for each in self._files):
            self.back_with("Nothing is taken in yet. What you said of the columns is kept while you are here.")
        else:
            super().action_leave()

    def action_undo(self) -> None:
        """Take the last change of a column back."""
        if not self._past:
            self.tell("Nothing to undo.")
            return
        self._files = self._past.pop()
        self._remember()
        self.draw()
        self.tell("Taken back.")

    class Ended(Message):
        """The answers were kept: how many, what was refused or not used, and why it ended early, if it did."""

        def __init__(self, read: int, refused: tuple[Refused, ...], unused: tuple[str, ...], trouble: str) -> None:
            super().__init__()
            self.read = read
            self.refused = refused
            self.unused = unused
            self.trouble = trouble

    def action_take_in(self) -> None:
        """Keep the answers, in a thread: each is a file, and a shared drive is slow."""
        self.tell("Taking in…")
        self.run_worker(self._take_in, name="take in", group="take in", thread=True, exit_on_error=False)

    def _take_in(self) -> None:
        files, self._files = self._files, []  # a second key takes nothing in twice
        refused = [Refused(file=each.path.name, row=0, reason=each.trouble) for each in files if each.reading is None]
        read, trouble = 0, ""
        try:
            taken = take_in(self.desk.tools, self._survey_id, [each.reading for each in files if each.reading])
            read, refused = taken.read, [*refused, *taken.refused]
        except KmtuiError as error:
            trouble = f"{error} Nothing was taken in."
        if files and trouble:
            self._files = files
        if files:
            self.post_message(self.Ended(read, tuple(refused), unused_columns(files), trouble))

    def on_read_screen_ended(self, event: Ended) -> None:
        """Show how many were kept and what was refused; where nothing was kept it can be tried again."""
        from kmtui.tui.screens.taken import TakenScreen

        if event.trouble:
            self.tell(event.trouble, error=True)
            return
        below = self.app.screen_stack[-2]
        if isinstance(below, FilesScreen):
            below.done()
            self.app.pop_screen()
        self.app.switch_screen(TakenScreen(self._survey_id, event.read, event.refused, event.unused))
