"""Taking answers in from files: what was understood, what its columns mean, and what could not be read."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widgets import OptionList, Static

from kmtui.model.errors import KmtuiError, WrongInput
from kmtui.model.matrix import Matrix
from kmtui.model.survey import Column, Reading, Refused
from kmtui.text import one_line
from kmtui.tui.actions import bindings
from kmtui.tui.safe import lines, parts, words
from kmtui.tui.screens.base import BaseScreen
from kmtui.tui.screens.begin import FormScreen
from kmtui.tui.screens.choose import ChooseScreen
from kmtui.tui.widgets.asker import Question
from kmtui.tui.widgets.rows import Row, Rows
from kmtui.workspace.surveys import read_file, survey, take_in

_SPLIT = re.compile(r"[;\n]")
TOLD = "told:"
"""Before the number of what cannot be read, in the id of its line."""
NOTHING = "nothing"
ROLE = "role"
REASON = ".rationale"
"""Behind the id of a criterion in a mapping: its reasons."""


class FilesScreen(FormScreen):
    """Asks for files and reads them; nothing is kept yet."""

    HEADING = "Take in answers"
    HINT = "Enter reads them and shows what was understood. Nothing is kept yet."
    QUESTIONS = (Question("paths", "Which files?", "One path, or several with ; between", required=True),)

    def __init__(self, survey_id: str) -> None:
        super().__init__()
        self._survey_id = survey_id

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
        self.app.switch_screen(ReadScreen(self._survey_id, paths))


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


class _File(NamedTuple):
    """A file that was read: its mapping so far and what came of it, or why it could not be read."""

    path: Path
    mapping: dict[str, str]
    reading: Reading | None
    trouble: str


class ReadScreen(BaseScreen):
    """What was understood of each file. Enter on a column says what it is, and the file is read again."""

    KEYS = ("take-in", "undo", "leave")
    BINDINGS = bindings("take-in", "undo")
    CSS = "#sum { height: auto; padding: 0 1; }"

    def __init__(self, survey_id: str, paths: list[Path]) -> None:
        super().__init__()
        self._survey_id = survey_id
        self._paths = paths
        self._files: list[_File] = []
        self._past: list[list[_File]] = []

    def compose_body(self) -> ComposeResult:
        """Show the sum and the columns."""
        yield Static(id="sum", markup=False)
        yield Rows(id="columns", focusable=True)

    def arrive(self) -> None:
        """Read the files."""
        self._files = [self._read(path, {}) for path in self._paths]
        super().arrive()
        self.query_one(Rows).highlighted = self._first_open()
        open_ones = sum(column.use == "nothing" for each in self._files for column in _columns(each))
        self._tell_next(open_ones)

    def _tell_next(self, open_ones: int) -> None:
        key = self.kmtui.keys_of(self).get("take-in", ("F8", ""))[0]
        if not any(each.reading is not None and each.reading.given for each in self._files):
            self.tell("Nothing can be taken in as it is. Enter on a column says what it is.", error=True)
        elif open_ones:
            what = "A column is" if open_ones == 1 else f"{open_ones} columns are"
            self.tell(f"{what} not used. Enter says what one is; {key} takes the answers in as it is.")
        else:
            self.tell(f"{key} takes the answers in.")

    def _read(self, path: Path, mapping: dict[str, str]) -> _File:
        try:
            return _File(path, mapping, read_file(self.desk.tools, self._survey_id, path, mapping), "")
        except WrongInput as error:
            return _File(path, mapping, None, str(error))

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
        rows.show([row for number, each in enumerate(self._files) for row in _rows(number, each, matrix)], chosen)
        rows.focus()

    def _first_open(self) -> int | None:
        """Return the place of the first column that might be used and is not; else of the first line."""
        order = [
            (not column.suggested, column.use != "nothing", f"{number}:{place}")
            for number, each in enumerate(self._files)
            for place, column in enumerate(_columns(each))
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
            self.tell(_reason(self._files, row), error=True)
            return
        number, place = (int(part) for part in row.split(":"))
        column = _columns(self._files[number])[place]
        if column.use == "nothing" and column.suggested:
            self._map(number, column, column.suggested)
            return
        matrix = survey(self.desk.tools, self._survey_id).matrix
        here = _key(column) or NOTHING
        self.app.push_screen(
            ChooseScreen(
                one_line(column.name),
                _uses(matrix),
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
        if again.reading is None:
            self.tell(again.trouble, error=True)
            return
        self._past.append(list(self._files))
        self._files[number] = again
        self.draw()
        now = next((each for each in again.reading.columns if each.name == column.name), None)
        if key == NOTHING and now is not None and now.use not in ("nothing", "identity"):
            self.tell("Its name says what it is, so it is still used. Give it to another criterion, or rename it.")
        else:
            self.tell("Read again. Ctrl+Z takes it back.")

    def action_undo(self) -> None:
        """Take the last change of a column back."""
        if not self._past:
            self.tell("Nothing to undo.")
            return
        self._files = self._past.pop()
        self.draw()
        self.tell("Taken back.")

    class Ended(Message):
        """The answers were kept: how many, what was refused, and why it ended early, if it did."""

        def __init__(self, read: int, refused: tuple[Refused, ...], trouble: str) -> None:
            super().__init__()
            self.read = read
            self.refused = refused
            self.trouble = trouble

    def action_take_in(self) -> None:
        """Keep the answers, in a thread: each is a file, and a shared drive is slow."""
        self.tell("Taking in…")
        self.run_worker(self._take_in, name="take in", group="take in", thread=True, exit_on_error=False)

    def _take_in(self) -> None:
        files, self._files = self._files, []  # a second key takes nothing in twice
        read, refused, trouble = 0, [], ""
        for number, each in enumerate(files):
            if each.reading is None:
                refused.append(Refused(file=each.path.name, row=0, reason=each.trouble))
                continue
            try:
                taken = take_in(self.desk.tools, self._survey_id, each.reading)
            except KmtuiError as error:
                rest = ", ".join(one_line(other.path.name) for other in files[number:])
                trouble = f"{error} Not all was taken in. Take these in again: {rest}."
                break
            read += taken.read
            refused += taken.refused
        if files:
            self.post_message(self.Ended(read, tuple(refused), trouble))

    def on_read_screen_ended(self, event: Ended) -> None:
        """Show how many were kept and what was refused."""
        from kmtui.tui.screens.taken import TakenScreen

        self.app.switch_screen(TakenScreen(self._survey_id, event.read, event.refused, event.trouble))


def _columns(file: _File) -> tuple[Column, ...]:
    return file.reading.columns if file.reading is not None else ()


def answers_words(count: int) -> str:
    """Return a number of answers in words."""
    return "1 answer" if count == 1 else f"{count or 'No'} answers"


def _rows(number: int, file: _File, matrix: Matrix) -> list[Row]:
    name = one_line(file.path.name)
    if file.reading is None:
        return [Row("", parts((f"{name}  cannot be read", "bold")), heading=True), _told(number, 0, file.trouble)]
    kind = {"table": "table", "e-mail": "e-mail", "response": "response file"}[file.reading.kind]
    rows = [Row("", parts(f"{name} · {kind} · {answers_words(len(file.reading.given)).lower()}"), heading=True)]
    for place, column in enumerate(file.reading.columns):
        shown = parts(f"  {one_line(column.name) or f'column {place + 1}'}", *_meaning(column, matrix))
        rows.append(Row(f"{number}:{place}", shown))
    return rows + [_told(number, place, refused_words(each)) for place, each in enumerate(file.reading.refused)]


def _told(number: int, place: int, text: str) -> Row:
    return Row(f"{TOLD}{number}:{place}", parts((f"  {one_line(text)}", "$warning")))


def _reason(files: list[_File], row: str) -> str:
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


def _key(column: Column) -> str:
    """Return the key of a mapping that means what the column is taken for now."""
    if column.use == "role":
        return ROLE
    if column.criterion is None:
        return ""
    return column.criterion + (REASON if column.use == "rationale" else "")


def _uses(matrix: Matrix) -> list[tuple[str, str, str]]:
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
