"""The text of an e-mail that was sent as HTML alone: its words, line by line, without anything else.

Our own reader, since that of Python needs time by the square of some broken HTML, and nobody checks what comes by mail.
"""

from __future__ import annotations

import re
from html import unescape

_SPACES = re.compile(r"\s+")
_TAG = re.compile(r"(?P<end>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]{0,20})(?![a-zA-Z0-9])")
_PARAGRAPHS = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "table", "ul", "ol", "hr", "pre"))
_LINES = frozenset(("div", "br", "tr", "li", "dt", "dd"))
_CELLS = frozenset(("td", "th"))
_HIDDEN = frozenset(("style", "script", "title"))


def text_of_html(html: str) -> str:
    """Return the words of HTML; a paragraph ends with an empty line, and quoted lines have a mark before them."""
    reader = _Text()
    first, *rest = _without_comments(html).split("<")
    reader.words(first)
    for piece in rest:
        inside, closed, behind = piece.partition(">")
        tag = _TAG.match(inside) if closed else None
        if tag is not None:
            reader.tag(tag["name"].lower(), bool(tag["end"]))
        if tag is not None or inside[:1] in ("!", "?"):
            reader.words(behind)
        else:
            reader.words(f"<{piece}")
    return reader.text()


def _without_comments(html: str) -> str:
    first, *rest = html.split("<!--")
    return first + "".join(piece.partition("-->")[2] for piece in rest)


class _Text:
    """Gathers the words that a reader would see."""

    def __init__(self) -> None:
        self._done: list[str] = []
        self._line: list[str] = []
        self._quoted = 0
        self._hidden = ""

    def text(self) -> str:
        self._end_line()
        return "\n".join(self._done)

    def words(self, words: str) -> None:
        if not self._hidden:
            self._line.append(words)

    def tag(self, name: str, end: bool) -> None:
        if self._hidden:
            self._hidden = "" if end and name == self._hidden else self._hidden
        elif name in _HIDDEN and not end:
            self._hidden = name
        elif name in _PARAGRAPHS:
            self._end_line()
            self._done.append("")
        elif name in _LINES:
            self._end_line()
        elif name in _CELLS:
            self._line.append(" ")
        if name == "blockquote" and not self._hidden:
            self._quoted = max(0, self._quoted + (-1 if end else 1))

    def _end_line(self) -> None:
        words = _SPACES.sub(" ", unescape("".join(self._line))).strip()
        self._line = []
        if words:
            self._done.append(f"> {words}" if self._quoted else words)
