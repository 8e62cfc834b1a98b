"""What a file or a folder with lessons is, whatever kind it has: columns with headings, and rows that have a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from kmtui.content.incoming import Decoded
from kmtui.model.errors import WrongInput
from kmtui.model.imported import Rejected

MOST_ROWS = 250_000
LONGEST = 1_000_000
"""So many characters a text of a lesson may have."""


class Row(NamedTuple):
    """The texts of a row by the place of their column, from 0, as they were written; `line` is where it begins.

    `title` is the heading above all in Markdown, `name` the name of its file without the ending.
    """

    line: int
    cells: dict[int, str]
    file: str = ""
    title: str = ""
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Source:
    """A file or a folder. `rows` takes the places of the columns that are used, and yields those not empty.

    `body` is the place of the column with text that has no heading of its own, in Markdown alone.
    """

    name: str
    kind: Literal["table", "json", "markdown"]
    headings: tuple[str, ...]
    rows: Callable[[frozenset[int]], Iterable[Row | Rejected]]
    encoding: str
    notes: tuple[str, ...] = ()
    body: int | None = None

    def within(self, used: Iterable[int]) -> Iterator[Row | Rejected]:
        """Yield the rows; raises WrongInput where there are too many to be kept in memory."""
        for number, row in enumerate(self.rows(frozenset(used)), 1):
            if number > MOST_ROWS:
                raise WrongInput(f"{self.name} has more than {MOST_ROWS:,} rows. Divide it.")
            yield row


def by_windows(read: Decoded) -> tuple[str, ...]:
    """Return the note on a text that is no UTF-8 and was read as Windows writes it; none where it is UTF-8."""
    if not read.windows:
        return ()
    advice = "If letters look wrong, name the encoding"
    if read.encoding == "cp1252":
        return (f"Read as Windows text (cp1252), since it is not UTF-8. {advice}.",)
    places = "1 place" if read.spots == 1 else f"{read.spots:,} places"
    return (f"In {places}, first in line {read.windows}, read as Windows text (cp1252), not UTF-8. {advice}.",)
