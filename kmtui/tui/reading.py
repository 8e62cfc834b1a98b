"""Our own Markdown as a person reads it on a screen: headings and bold as such, no signs.

Only what our reports write is known here. Textual's Markdown widget takes two seconds for a whole assessment.
"""

from __future__ import annotations

import re
from html import unescape

from textual.content import Content

from kmtui.tui.safe import lines, parts

_HEADING = re.compile(r"#{1,6} (.*)")
_RULE = re.compile(r"\|(?:-+\|)+")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_BOLD = re.compile(r"(?<!\\)\*\*")
_CELL = re.compile(r"(?<!\\)\|")


def as_read(markdown: str) -> Content:
    """Return a report as styled text. What people typed stands in it as they typed it."""
    return lines(*(_line(line) for line in markdown.split("\n") if not _RULE.fullmatch(line)))


def _line(line: str) -> Content:
    heading = _HEADING.fullmatch(line)
    if heading:
        return parts((_plain(heading[1]), "bold $accent"))
    if line.startswith("|"):
        return parts(" · ".join(_plain(cell.strip()) for cell in _CELL.split(line)[1:-1]))
    pieces = _BOLD.split(line.removesuffix("\\"))
    return parts(
        *(_plain(piece) if number % 2 == 0 else (_plain(piece), "bold") for number, piece in enumerate(pieces))
    )


def _plain(text: str) -> str:
    """Return a text without the escapes of Markdown: backslashes before signs, and entities."""
    return unescape(_ESCAPED.sub(lambda found: f"&#{ord(found[1])};", text))
