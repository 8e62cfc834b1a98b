"""Rows of a table in text, as form services and spreadsheets write it, and as people damage it.

Our own reader, since that of Python takes all that follows a stray quotation mark for one cell: here the mark is then
part of the text, and the rows below it are read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

DELIMITERS = (",", ";", "\t")
MOST_CELLS = 2000
"""So many cells of a row are told apart; what follows is one more."""
_LIKE_NO_TEXT = 6
"""So many columns a table has at least where a line of a long text does not look like a row by accident."""


Row = tuple[list[str], int | None]
"""The cells of a row, and the place of the first one that begins with a quotation mark which is never closed."""


def records(text: str, delimiter: str, width: int = 0) -> Iterator[Row]:
    """Yield each row. Lines end with a newline; `width` is how many cells a whole row has, if that is known."""
    return _Records(text, delimiter, width).all()


def numbered(text: str, delimiter: str, width: int = 0) -> Iterator[tuple[int, Row]]:
    """Yield each row of a table with long texts, with the line where it begins, from 1.

    A text that begins with a quotation and goes on behind it keeps its marks; its lines may look like rows.
    """
    reader = _Records(text, delimiter, width, long_texts=True)
    line, seen = 1, 0
    for row in reader.all():
        line += text.count("\n", seen, reader.begin)
        seen = reader.begin
        yield line, row


class _Records:
    """Reads one row after the other; `begin` is where the one begins that was yielded last."""

    begin = 0

    def __init__(self, text: str, delimiter: str, width: int, *, long_texts: bool = False) -> None:
        self._text, self._delimiter, self._width = text, delimiter, width
        self._long_texts = long_texts
        self._stop = re.compile(f"[{re.escape(delimiter)}\n]")
        self._spaces = re.compile(r" *")
        # What is looked at in vain for the end of a quotation; beyond it, quotation marks are text.
        self._patience = 4 * len(text)
        self._stray: int | None = None

    def all(self) -> Iterator[Row]:
        at, text = 0, self._text
        while at < len(text):
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            line = text[at:end]
            self.begin = at
            if '"' in line:
                self._stray = None
                cells, at = self._with_quotes(at)
                yield cells, self._stray
            else:
                yield line.split(self._delimiter, MOST_CELLS), None
                at = end + 1

    def _with_quotes(self, at: int) -> tuple[list[str], int]:
        cells: list[str] = []
        while True:
            cell, at = self._cell(at, len(cells))
            if len(cells) <= MOST_CELLS:
                cells.append(cell)
            if at >= len(self._text) or self._text[at] == "\n":
                return cells, at + 1
            at += 1

    def _cell(self, at: int, place: int) -> tuple[str, int]:
        """Return a cell and where it ends: at the delimiter, the end of the line or of the text."""
        match = self._spaces.match(self._text, at)
        begin = match.end() if match else at
        if self._text.startswith('"', begin):
            closed = self._closing(begin + 1)
            if closed is not None:
                end = self._end_of_cell(closed + 1)
                rest = self._text[closed + 1 : end].rstrip()
                if rest and self._long_texts:
                    return self._text[begin:end].rstrip(), end
                return self._text[begin + 1 : closed].replace('""', '"') + rest, end
            self._stray = place if self._stray is None else self._stray
        end = self._end_of_cell(at)
        return self._text[at:end], end

    def _end_of_cell(self, at: int) -> int:
        match = self._stop.search(self._text, at)
        return match.start() if match else len(self._text)

    def _closing(self, begin: int) -> int | None:
        """Return where the quotation ends that begins here; None where the mark is part of the text."""
        if self._patience < 0:
            return None
        at = begin
        while True:
            at = self._text.find('"', at)
            if at < 0:
                self._patience -= len(self._text) - begin
                return None
            if not self._text.startswith('"', at + 1):
                break
            at += 2
        if self._text.find("\n", begin, at) >= 0 and not self._spans_lines(begin, at):
            self._patience -= at - begin
            return None
        return at

    def _spans_lines(self, begin: int, closed: int) -> bool:
        """Say whether a quotation of several lines is one, and not a stray mark with whole rows behind it."""
        rest = self._text[closed + 1 : self._end_of_cell(closed + 1)]
        if rest.strip():
            return False
        if self._width < (_LIKE_NO_TEXT if self._long_texts else 3):
            return True
        inner = self._text[begin:closed].split("\n")[1:-1]
        spaced = self._delimiter + " "
        return not any(line.count(self._delimiter) == self._width - 1 and spaced not in line for line in inner)
