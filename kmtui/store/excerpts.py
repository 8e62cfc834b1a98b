"""The places of texts that have the words which were looked for. A small table in memory finds them, in no time."""

from __future__ import annotations

import sqlite3
import weakref
from collections.abc import Sequence

from kmtui.store import fts

# A query by row in the large table would look up every beginning of a word again for each row.
_QUERY = (
    f"SELECT rowid, snippet(shown, 0, '{fts.BEGIN}', '{fts.END}', '…', 24), "
    f"snippet(shown, -1, '{fts.BEGIN}', '{fts.END}', '…', 24) FROM shown WHERE shown MATCH ?"
)


class Excerpts:
    """A table that holds a few lessons at a time."""

    def __init__(self) -> None:
        self._database = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        weakref.finalize(self, self._database.close)
        self._database.execute(
            f"CREATE VIRTUAL TABLE shown USING fts5({', '.join(fts.COLUMNS)}, tokenize='{fts.TOKENIZER}')"
        )

    def of(self, match: str, texts: Sequence[Sequence[str]]) -> list[str]:
        """Return an excerpt of each text, which has a part for every column, with the words between marks.

        The first part is shown where it has one of the words, and else the part that has most of them.
        """
        self._database.execute("DELETE FROM shown")
        columns, marks = ", ".join(fts.COLUMNS), ", ".join("?" * len(fts.COLUMNS))
        self._database.executemany(
            f"INSERT INTO shown (rowid, {columns}) VALUES (?, {marks})",
            ((number, *parts) for number, parts in enumerate(texts)),
        )
        found: list[tuple[int, str, str]] = self._database.execute(_QUERY, (match,)).fetchall()
        excerpts = {row: first if fts.BEGIN in first else best for row, first, best in found}
        return [excerpts.get(number, parts[0]) for number, parts in enumerate(texts)]
