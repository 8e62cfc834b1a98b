"""A survey file of 500 rows with every kind of damage that form services, spreadsheets and people do to one.

`python -m tests.content.damaged_survey` prints how many rows of it are read and how many are named.
"""

from __future__ import annotations

import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from kmtui.content.library import Library, shipped_folder
from kmtui.content.survey_file import read_responses
from kmtui.flow.assessment import begin
from kmtui.model.assessment import Assessment
from kmtui.model.base import Level
from kmtui.model.rating import Skip
from kmtui.model.survey import Reading

ROWS = 500
READ, PARTLY, NAMED, BLANK = "read", "read, with a cell named", "named", "blank"
FILE_DAMAGE = ("merged header", "the same column twice", "columns missing", "columns too many", "line for Excel")
ENCODINGS = ("utf-8", "utf-8-sig", "cp1252", "latin-1", "utf-16", "utf-16-be")

Answer = Level | Skip | None


@dataclass
class Row:
    """A row as it stands in the file, and what is to come of it. `answers` are those to the first three criteria."""

    damage: str
    outcome: str
    cells: list[str] = field(default_factory=list)
    answers: tuple[Answer, Answer, Answer] = (None, None, None)
    raw: str | None = None


@dataclass
class Damaged:
    """The file, and its rows by the number that a spreadsheet gives them."""

    data: bytes
    rows: dict[int, Row]


def survey() -> Assessment:
    """Return a survey with the matrix that is shipped."""
    matrix = Library([], [shipped_folder() / "matrix.yaml"]).matrix().value
    day = datetime(2026, 11, 22, tzinfo=UTC)
    return begin("0123456789ab", matrix, day, day.date(), title="Damaged", way="survey", closes=date(2026, 12, 1))


# What stands in a cell for a level, and the answer that is to be read; None is to be named.
CELLS: dict[str, list[tuple[str, Answer]]] = {
    "whole numbers": [("7", 7), ("1", 1), ("12", 12)],
    "spaces and points": [(" 6 ", 6), ("6.0", 6), ("6,0", 6), ("\xa06", 6), ("06", 6), ("'6", 6)],
    "level in words": [("Level 6", 6), ("level: 6", 6)],
    "band behind": [("6 – pockets", 6), ("6: Pockets of good practice", 6), ("6 (pockets)", 6), ("6-Pockets", 6)],
    "band before": [("Pockets of good practice (6)", 6)],
    "reason behind": [("6 because of the rota", 6), ("6: the night staff do", 6), ("6 - we do, in part", 6)],
    "out of the highest": [("6/12", 6), ("6 of 12", 6), ("6 out of 12", 6)],
    "don't know": [("don't know", "dont-know"), ("dk", "dont-know"), ("?", "dont-know"), ("Not sure", "dont-know")],
    "not for us": [("n/a", "not-for-us"), ("Not applicable", "not-for-us"), ("not for us", "not-for-us")],
    "out of range": [("13", None), ("0", None), ("-6", None), ("600", None), ("99999999999999999999", None)],
    "decimals": [("6.5", None), ("6,25", None), ("6.999", None)],
    "ranges": [("6-7", None), ("6 to 7", None), ("6–7", None), ("6/7", None), ("6, 7", None), ("6 or 7", None)],
    "dates": [("06-Sep", None), ("2026-09-06", None), ("6/9/2026", None), ("06/12/2026", None), ("6. Mai", None)],
    "times": [("06:00", None), ("6:00:00 AM", None)],
    "formulas": [("=6", None), ("=SUM(A1:A6)", None), ("+6+1", None), ("@A6", None)],
    "error values": [("#REF!", None), ("#N/A", None), ("#DIV/0!", None), ("#######", None)],
    "text in numbers": [
        ("six", None),
        ("about 6", None),
        ("6th", None),
        ("6 months", None),
        ("6%", None),
        ("x6", None),
    ],
    "another band": [("6 – Business as usual", None)],
    "control characters": [("6\x00", 6), ("\x1b[31m6\x1b[0m", 6), ("\u200b6", 6)],
}


def _well(number: int, chance: random.Random) -> tuple[list[str], tuple[Answer, Answer, Answer]]:
    levels = (chance.randint(1, 12), chance.randint(1, 12), chance.randint(1, 12))
    cells = [str(number), f"2026-11-20 10:{number % 60:02}", "anonymous", "porter", str(levels[0]), "", str(levels[1])]
    return [*cells, str(levels[2]), "", "nights", "", ""], levels


def _cell(damage: str, number: int, chance: random.Random) -> Row:
    text, answer = chance.choice(CELLS[damage])
    cells, levels = _well(number, chance)
    cells[4] = text
    return Row(damage, READ if answer is not None else PARTLY, cells, (answer, levels[1], levels[2]))


def _texts(number: int, chance: random.Random) -> Row:
    cells, levels = _well(number, chance)
    cells[5] = chance.choice(['we "do" it, really', "one\ntwo\n\nthree", "a;b,c\td", "=1+1", "café – naïve £5", ""])
    return Row("commas, quotes and lines in a reason", READ, cells, levels)


def _short(number: int, chance: random.Random) -> Row:
    cells, levels = _well(number, chance)
    return Row("too few cells", READ, cells[:7], (levels[0], levels[1], None))


def _long(number: int, chance: random.Random) -> Row:
    cells, _ = _well(number, chance)
    return Row("too many cells", NAMED, [*cells, "7"])


def _twice(number: int, chance: random.Random) -> Row:
    cells, _ = _well(number, chance)
    cells[0] = "100001"  # as the first row that is written
    return Row("the same response again", NAMED, cells)


def _empty(number: int, chance: random.Random) -> Row:
    cells, _ = _well(number, chance)
    return Row("no answers", NAMED, [*cells[:4], " ", "", "", "\xa0", "", "", "", ""])


def _blank(_number: int, chance: random.Random) -> Row:
    return Row("blank", BLANK, raw=chance.choice(["", ",,,,,,,,,,,", "   ,  ,", "\x00"]))


def _average(_number: int, _chance: random.Random) -> Row:
    return Row("totals", NAMED, ["Average", "", "", "", "6", "", "7", "6.5", "", "", "", ""])


def _unclosed(number: int, chance: random.Random) -> Row:
    cells, levels = _well(number, chance)
    raw = ",".join([*cells[:5], '"the mark is never closed', *cells[6:]])
    return Row("a quotation mark that is never closed", PARTLY, raw=raw, answers=(levels[0], None, None))


def _header(_number: int, _chance: random.Random) -> Row:
    return Row("the header again", NAMED, _names(survey()))


def _import_ids(_number: int, _chance: random.Random) -> Row:
    return Row("ids of the form service", NAMED, [f'{{"ImportId":"QID{place}"}}' for place in range(12)])


def _merged(number: int, chance: random.Random) -> Row:
    cells, levels = _well(number, chance)
    cells[10] = "below a merged header"
    return Row("a cell below a merged header", READ, cells, levels)


def _other_column(number: int, chance: random.Random) -> Row:
    cells, levels = _well(number, chance)
    cells[11] = "3"
    return Row("another level in a second column", READ, cells, levels)


WHOLE: tuple[Callable[[int, random.Random], Row], ...] = (
    _texts, _short, _long, _twice, _empty, _blank, _average, _unclosed, _header, _import_ids, _merged, _other_column,
)  # fmt: skip


def _names(assessment: Assessment) -> list[str]:
    first, second, third = assessment.matrix.criteria[:3]
    levels = [f"3. {first.name}", "Why do you say so?", f"{second.name} [Level]", third.id, f"{third.id} because"]
    return ["Response ID", "Start time", "Email", "Your role", *levels, "Shift", "", first.id]


def _written(cells: list[str], delimiter: str) -> str:
    quoted = ('"' + cell.replace('"', '""') + '"' if set(cell) & set('",;\t\n') else cell for cell in cells)
    return delimiter.join(quoted)


def kinds() -> int:
    """Return how many kinds of damage there are, without the encodings."""
    sound = 1
    return len(CELLS) - sound + len(WHOLE) + len(FILE_DAMAGE)


def damaged(encoding: str = "utf-8-sig", delimiter: str = ",", seed: int = 0, end: str = "\r\n") -> Damaged:
    """Return a damaged file of 500 rows below the names of its columns, each kind of damage many times."""
    chance = random.Random(seed)
    made: list[Row] = []
    cells, levels = _well(100_001, chance)
    made.append(Row("none", READ, cells, levels))
    makers: list[Callable[[int, random.Random], Row]] = [
        *(lambda number, chance, damage=damage: _cell(damage, number, chance) for damage in CELLS),
        *WHOLE,
    ]
    while len(made) < ROWS:
        maker = makers[(len(made) - 1) % len(makers)] if len(made) < 2 * len(makers) else chance.choice(makers)
        made.append(maker(100_001 + len(made), chance))
    lines = [f"sep={delimiter}", _written(_names(survey()), delimiter)]
    rows = {}
    for row, each in enumerate(made, 3):
        raw = _written(each.cells, delimiter) if each.raw is None else each.raw.replace(",", delimiter)
        lines.append(raw.replace("\n", end))
        rows[row] = each
    text = end.join(lines) + end
    if encoding in ("cp1252", "latin-1"):  # what they cannot write was never in the file
        text = text.replace("–", "-").replace("\u200b", "")
        return Damaged(text.encode(encoding), rows)
    return Damaged(text.encode(encoding) if encoding != "utf-16-be" else b"\xfe\xff" + text.encode(encoding), rows)


def reading_of(file: Damaged, folder: Path) -> Reading:
    """Return what is read of a damaged file."""
    path = folder / "damaged.csv"
    path.write_bytes(file.data)
    return read_responses(path, survey(), {})


def main() -> None:
    """Print how many rows are read and how many are named."""
    file = damaged()
    with tempfile.TemporaryDirectory() as folder:
        reading = reading_of(file, Path(folder))
    read, refused = {given.row for given in reading.given}, {each.row for each in reading.refused if each.whole}
    partly = {each.row for each in reading.refused if not each.whole} & read
    blank = {row for row, each in file.rows.items() if each.outcome == BLANK}
    lost = set(file.rows) - read - refused - blank
    out = sys.stdout.write
    out(f"{len(file.rows)} rows with {kinds()} kinds of damage\n")
    out(f"{len(read)} read ({len(partly)} of them with a cell that is named), {len(refused)} named with the reason, ")
    out(f"{len(blank)} blank, {len(lost)} lost\n")
    for damage, times in sorted(Counter(each.damage for each in file.rows.values()).items()):
        out(f"  {times:3} {damage}\n")


if __name__ == "__main__":
    main()
