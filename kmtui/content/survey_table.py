"""Responses in a table, one row for each person, as form services export it.

Every row is either read or named with the reason why it is not. Names, addresses and times only tell rows apart.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice

from kmtui.content.survey_cells import Cells
from kmtui.content.survey_columns import Columns, Labels, columns_of, telling
from kmtui.content.survey_csv import DELIMITERS, MOST_CELLS, records
from kmtui.content.survey_finished import NOT_FINISHED, Finished
from kmtui.content.survey_words import compact, word_set
from kmtui.content.words import listed, quoted
from kmtui.model.assessment import Assessment
from kmtui.model.base import Value
from kmtui.model.errors import WrongInput
from kmtui.model.matrix import Criterion, Matrix
from kmtui.model.rating import Rating
from kmtui.model.survey import Given, Reading, Refused
from kmtui.text import clean, one_line

MOST_ROWS = 100_000
_HEADERS = 8  # so many rows that are not blank may stand above the names of the columns, with them
_LOOKED_AT = 40
_TOTALS = word_set("""
    average averages mean means median total totals sum count standarddeviation stdev stddev minimum maximum min
    max grandtotal overall averagescore meanscore mode
""")
_NOBODY = frozenset(("anonymous", "anon", "anonymousrespondent", "na", "none", "unknown", "null", "nil"))
_MOST_NAMED = 3
_LONGEST_NAME = 2000
LONGEST_CELL = 100_000
_MAPPED = 10_000  # a column that somebody named weighs more than any number of those that were guessed


class Layout(Value, frozen=True, kw_only=True):
    """Where the names of the columns stand, and how cells are told apart. `score` counts criteria that are named."""

    delimiter: str
    row: int
    names: tuple[str, ...]
    score: int


def layout_of(text: str, matrix: Matrix, mapping: Mapping[str, str]) -> Layout:
    """Return the layout that names most criteria; without any, that of the first row with the most columns."""
    labels, mapped = Labels(matrix), {compact(name) for name in mapping.values()} - {""}
    best = Layout(delimiter=DELIMITERS[0], row=1, names=(), score=-1)
    for delimiter in DELIMITERS:
        above: list[list[str]] = []
        for row, (cells, _) in enumerate(islice(records(text, delimiter), _LOOKED_AT), 1):
            if not any(cell.strip() for cell in cells) or _separator_line(row, cells, delimiter):
                continue
            names = tuple(_name(cells[place], place, above) for place in range(len(cells)))
            score = _score(names, labels, mapped)
            wider = not above and score == best.score and len(names) > len(best.names)
            if score > best.score or wider:
                best = Layout(delimiter=delimiter, row=row, names=names, score=score)
            above.append(cells)
            if len(above) == _HEADERS:
                break
    return best


def _separator_line(row: int, cells: Sequence[str], delimiter: str) -> bool:
    """Say whether this is the line with which Excel notes the delimiter: sep=;"""
    return row == 1 and delimiter.join(cells).strip().lower().replace('"', "")[:4] == "sep="


def _name(cell: str, place: int, above: list[list[str]]) -> str:
    """Return the name of a column; one that is empty there may stand a row higher, as in two rows of names."""
    for row in ([cell], *(cells[place : place + 1] for cells in reversed(above))):
        if row and row[0].strip():
            return one_line(row[0][:_LONGEST_NAME])
    return ""


def _score(names: Sequence[str], labels: Labels, mapped: set[str]) -> int:
    if len(names) > MOST_CELLS:
        return 0
    found = {target for name in names if (target := labels.target(name)) is not None and target[0] == "level"}
    return len(found) + _MAPPED * len({compact(name) for name in names} & mapped)


def read_table(text: str, survey: Assessment, mapping: Mapping[str, str], file: str) -> Reading:
    """Return the responses in a table, and what could not be read.

    Raises:
        WrongInput: no column names a criterion, or the mapping names what is not there.
    """
    layout = layout_of(text, survey.matrix, mapping)
    if len(layout.names) > MOST_CELLS:
        raise WrongInput(f"{file} has more than {MOST_CELLS:,} columns. Keep those with answers.")
    columns = columns_of(layout.names, survey.matrix, mapping)
    if not any(column.use == "level" for column in columns.all):
        raise WrongInput(_no_criterion(file, layout.names, columns, survey.matrix))
    table = _Table(survey.matrix, layout, columns, file)
    for row, (cells, stray) in enumerate(records(text, layout.delimiter, len(layout.names)), 1):
        if row > MOST_ROWS:
            table.refuse(row, f"there are more than {MOST_ROWS:,} rows, and the rest was not read: divide the file")
            break
        table.take(row, cells, stray)
    return table.reading()


def _no_criterion(file: str, names: Sequence[str], columns: Columns, matrix: Matrix) -> str:
    known = [name for name in names if name.strip()]
    first, column = matrix.criteria[0].id, "COLUMN"
    near = [each for each in columns.all if each.suggested is not None]
    if near:
        proposals = " ".join(f"--map {each.suggested}={_in_shell(each.name)}" for each in near[:_MOST_NAMED])
        advice = f"Perhaps {proposals}"
    else:
        advice = f"Say which is which, such as --map {first}={column}"
    there = f"Its columns are: {listed(known, 'and')}." if known else "It has no columns."
    return f"No column of {file} names a criterion. {there} {advice}"


def _in_shell(name: str) -> str:
    return "'" + name.replace("'", "'\\''") + "'"


class _Table:
    """Takes one row after the other, and remembers what tells them apart."""

    def __init__(self, matrix: Matrix, layout: Layout, columns: Columns, file: str) -> None:
        self._cells, self._layout, self._columns, self._file = Cells(matrix), layout, columns, file
        self._given: list[Given] = []
        self._refused: list[Refused] = []
        levels, reasons = columns.places("level"), columns.places("rationale")
        self._criteria: list[tuple[Criterion, int | None, int | None]] = [
            (criterion, levels.get(criterion.id), reasons.get(criterion.id))
            for criterion in matrix.criteria
            if criterion.id in levels or criterion.id in reasons
        ]
        self._role = columns.places("role").get(None)
        self._useful = [place for place, column in enumerate(columns.all) if column.use != "nothing"]
        self._named = [compact(name) or None for name in layout.names]
        self._apart = _Apart(columns)
        self._finished = Finished(columns.all)
        self._unnamed: dict[int, int] = {}
        for reason in columns.refused:
            self.refuse(layout.row, reason, whole=False)

    def refuse(self, row: int, reason: str, *, whole: bool = True) -> None:
        """Note what is not read."""
        self._refused.append(Refused(file=self._file, row=row, reason=reason, whole=whole))

    def reading(self) -> Reading:
        """Return all that was understood."""
        for place, row in self._unnamed.items():
            reason = f"column {place + 1} has no name, so what stands there was not read (first in row {row})"
            self.refuse(self._layout.row, reason, whole=False)
        for row, reason in self._apart.alike():
            self.refuse(row, reason, whole=False)
        for row in self._finished.rows():
            self.refuse(row, NOT_FINISHED, whole=False)
        return Reading(
            file=self._file,
            kind="table",
            given=tuple(self._given),
            refused=tuple(sorted(self._refused, key=lambda refused: refused.row)),
            columns=self._columns.all,
        )

    def take(self, row: int, cells: list[str], stray: int | None = None) -> None:
        """Read one row; from a quotation mark on that is never closed, nobody can tell where its cells end."""
        if row == self._layout.row or not any(cell.strip() for cell in cells):
            return
        if row < self._layout.row:
            if not _separator_line(row, cells, self._layout.delimiter):
                self.refuse(row, "it stands above the names of the columns")
            return
        if any(len(cell) > LONGEST_CELL for cell in cells):
            self.refuse(row, f"a cell in it has more than {LONGEST_CELL:,} characters")
            return
        unclosed = []
        if stray is not None and stray < len(self._layout.names):
            name = self._layout.names[stray]
            unclosed = [f"the quotation mark in {quoted(name)} is never closed: from there on nothing was read."]
            cells = cells[:stray]
        reason = self._no_response(cells)
        if reason:
            self.refuse(row, reason)
            return
        ratings, wrong = self._ratings(cells)
        wrong = unclosed + wrong
        if not any(rating.answered for rating in ratings):
            self.refuse(row, _nothing_in(wrong))
            return
        twin, mark = self._apart.mark(row, cells)
        if twin is not None:
            self.refuse(row, f"it is the same response as row {twin}, by {self._apart.names}")
            return
        for reason in wrong:
            self.refuse(row, reason, whole=False)
        for place, name in enumerate(self._layout.names[: len(cells)]):
            if not name and cells[place].strip():
                self._unnamed.setdefault(place, row)
        self._finished.note(row, cells)
        role = one_line(_at(cells, self._role))
        self._given.append(Given(row=row, role=role, ratings=ratings, mark=mark))

    def _no_response(self, cells: list[str]) -> str:
        """Return why a row is no response at all, or an empty text."""
        width = len(self._layout.names)
        if any(cell.strip() for cell in cells[width:]):
            found = "more cells" if len(cells) > MOST_CELLS else f"{len(cells)} cells"
            return (
                f"it has {found} where the columns are {width}, so nobody can tell which is which: "
                "put texts with commas in quotation marks"
            )
        first = next((cell for cell in cells if cell.strip()), "")
        if compact(first) in _TOTALS:
            return f"it begins with {quoted(first)}, so it is about all rows and no response"
        within = [place for place in self._useful if place < len(cells) and cells[place]]
        same = sum(compact(cells[place]) == self._named[place] for place in within if not cells[place].isdigit())
        if same and same >= len(within) / 2:
            return "it repeats the names of the columns"
        if sum('"ImportId"' in cell for cell in cells) > 1:
            return "it holds names that the form service gave, and no answers"
        return ""

    def _ratings(self, cells: list[str]) -> tuple[tuple[Rating, ...], list[str]]:
        ratings, wrong = [], []
        for criterion, level_at, reason_at in self._criteria:
            said, why = _at(cells, level_at), _at(cells, reason_at)
            if not (said or why):
                continue
            cell = self._cells.read(said, criterion)
            if cell.wrong and level_at is not None:
                wrong.append(f"{one_line(self._layout.names[level_at]) or criterion.name}: {cell.wrong}")
            words = clean(why).strip()
            rating = Rating(
                criterion=criterion.id, level=cell.level, skip=cell.skip, rationale=_together(words, cell.words)
            )
            if not rating.empty:
                ratings.append(rating)
        return tuple(ratings), wrong


def _together(reason: str, words: str) -> str:
    """Return the reason; without one, the words behind the level; with both, both."""
    return "\n".join(part for part in (reason, words) if part) if reason != words else reason


def _at(cells: Sequence[str], place: int | None) -> str:
    return cells[place] if place is not None and place < len(cells) else ""


def _nothing_in(wrong: list[str]) -> str:
    if not wrong:
        return "there is no answer in it"
    more = f" And {len(wrong) - _MOST_NAMED} more." if len(wrong) > _MOST_NAMED else ""
    return f"there is no answer in it that can be read. {' '.join(wrong[:_MOST_NAMED])}{more}"


class _Apart:
    """Tells rows apart: by what the form service wrote of each, else by all that stands in them."""

    def __init__(self, columns: Columns) -> None:
        at = [(place, compact(column.name), telling(column.name)) for place, column in enumerate(columns.all)]
        at.sort(key=lambda each: each[1])  # so that a table with its columns moved has the same marks
        self._shown = [column.name for column in columns.all]
        free = [each for each in at if columns.all[each[0]].use == "identity"]
        self._own = [(place, name) for place, name, how in free if how == "own"]
        self._together = [(place, name) for place, name, how in free if how == "together"]
        self._rest = [(place, name) for place, name, _ in at if columns.all[place].use != "identity"]
        self._rows: dict[tuple[str, str], int] = {}
        self._times: Counter[str] = Counter()
        self._same: dict[str, list[int]] = {}

    @property
    def names(self) -> str:
        """The names of the columns that tell rows apart."""
        return listed([quoted(self._shown[place]) for place, _ in self._own or self._together], "and")

    def mark(self, row: int, cells: list[str]) -> tuple[int | None, str]:
        """Return the row that this one repeats, or None, and the mark of the row."""
        own, together = _text(self._own, cells, _tells), _text(self._together, cells, _tells_with_others)
        if own:
            twin = self._rows.setdefault(("", own), row)
            return (None if twin == row else twin), "\n".join(part for part in ("identity", own, together) if part)
        said = _text(self._rest, cells)
        if together:
            twin = self._rows.setdefault((together, said), row)
            if twin != row:
                return twin, ""
            return None, f"identity\n{together}{self._occurrence(together)}"
        self._same.setdefault(said, []).append(row)
        return None, f"answers\n{said}{self._occurrence(said)}"

    def _occurrence(self, text: str) -> str:
        self._times[text] += 1
        return f"\n{self._times[text]}"

    def alike(self) -> Iterator[tuple[int, str]]:
        """Yield rows that say the same where nothing tells people apart, with words for it."""
        for rows in self._same.values():
            if len(rows) == 2:
                both = (
                    f"it says the same as row {rows[0]}; both are counted, since nothing in the file tells people apart"
                )
                yield rows[1], both
            elif len(rows) > 2:
                others = listed([str(row) for row in rows[2:]], "and")
                noun = "row" if len(rows) == 3 else "rows"
                yield (
                    rows[1],
                    f"it and {noun} {others} say the same as row {rows[0]}; "
                    "all are counted, since nothing in the file tells people apart",
                )


def _text(columns: Sequence[tuple[int, str]], cells: Sequence[str], tells: Callable[[str], bool] = bool) -> str:
    """Return cells with the names of their columns, without those that tell nothing."""
    said = ((name, one_line(_at(cells, place))) for place, name in columns)
    return "\n".join([f"{name}={words}" for name, words in said if tells(words)])


def _tells(words: str) -> bool:
    return bool(words) and compact(words) not in _NOBODY


def _tells_with_others(words: str) -> bool:
    """Say whether a name or a time tells anything; a day without a time of day is the same for many."""
    return _tells(words) and (":" in words or not any(character.isdigit() for character in words))
