"""Files with lessons from elsewhere, for the faces that take them in."""

from __future__ import annotations

from pathlib import Path

TABLE = """Ref;What we learned;Driving event;Root cause;Recommended action;Ward
R-1;Tell the porters the order of beds;Two beds went to the wrong bay;The list hung in one place;Send it by six;Ward 7
R-2;The kitchen knew a week ahead;;;Ring the kitchen;Ward 9
R-3;;nothing here;;;
"""


def lessons_table(folder: Path, text: str = TABLE, *, encoding: str = "utf-8") -> Path:
    """Write a table of lessons, and return where it is."""
    path = folder / "regional lessons.csv"
    path.write_text(text, encoding=encoding)
    return path
