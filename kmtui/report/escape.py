"""Markdown that gives back what a person typed, as that text and nothing else; and YAML front matter.

The text is judged by CommonMark with the tables, strikethrough and autolinks of GitHub. A character is escaped where it
could mean something there, and left alone where it cannot, so that the raw file still reads as prose.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping
from datetime import date, datetime

from kmtui.text import clean

Plain = str | int | float | bool | date | datetime | None

_RUN = re.compile(r"[ \t]+")

_ANYWHERE = re.compile(
    r"\\(?![^\W_])"  # a backslash, unless a letter or figure follows: there it is itself
    r"|[`*~]"  # code, emphasis, strikethrough
    r"|(?<![^\W_])_|_(?![^\W_])"  # emphasis; within a word an underscore is itself
    r"|\](?=[(\[:]|$)|\[(?=\^)|(?<=\^)\["  # links, images, definitions, footnotes; other brackets are themselves
    r"|<(?![ \d])"  # HTML and autolinks
    r"|&(?=#?\w+;)"  # entities
    r"|\$(?!\d)"  # formulas, which some readers draw
    r"|(?<=/)/"  # an address with a scheme, or one that begins with two strokes
    r"|(?<=\S)@(?=\S)"  # an e-mail address
    r"|(?<=\S)\.(?=[^\W\d_]{2}|xn--)|(?i:(?<=www))\.(?=\S)"  # an address without a scheme
    r"|(?i:(?<=mailto)|(?<=xmpp)):(?=\S)"
    r"|(?<= )#(?=#*$)|^#(?=#*$)"  # the closing marks of a heading
)
_AT_START = re.compile(
    r"#{1,6}(?= |$)"
    r"|>"
    r"|[-+:](?= |$)"  # a list, a definition
    r"|[-:|](?=[-:| ]*$)"  # a rule, the line under a heading or a table's head
    r"|=(?==*$)"
    r"|\[(?=[ xX]\])"  # a task
)
# Words in which nothing means anything: most of what people write, and told much faster than by looking for the rest.
_PROSE = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ][A-Za-zÀ-ÖØ-öø-ɏ0-9 ,;?'\"()’‘“”–—-]*\.?")
_NUMBER_AT_START = re.compile(r"(\d{1,9})[.)](?= |$)")


def inline(text: str) -> str:
    """Return the text for a paragraph, a list item or a heading, on one line."""
    return _line(clean(text).replace("\n", " "))


def cell(text: str) -> str:
    """Return the text for a cell of a table, on one line."""
    line = clean(text).replace("\n", " ")
    if _is_prose(line):
        return line
    # A cell never begins a line, so what matters there is left alone.
    return _edges_kept(_ANYWHERE.sub(r"\\\g<0>", _tidy(line))).replace("|", "\\|")


def block(text: str, indent: int = 0) -> str:
    """Return the text for a list item or paragraph with its line breaks kept, further lines indented.

    Empty lines at the beginning and the end go; those between become breaks, so that all stays one paragraph.
    """
    lines = [_line(line) for line in clean(text).strip("\n\t ").split("\n")]
    return ("\\\n" + " " * indent).join(lines)


def _line(line: str) -> str:
    return line if _is_prose(line) else _edges_kept(_start_escaped(_tidy(line)))


def _is_prose(line: str) -> bool:
    return _PROSE.fullmatch(line) is not None and "  " not in line and line[-1] != " "


def _tidy(line: str) -> str:
    """Return the line with its spaces and tabs collapsed as HTML does it."""
    return _RUN.sub(" ", line).strip(" ")


def _edges_kept(line: str) -> str:
    """Return the line with other white space at its edges written by number, since parsers strip it."""
    begin, end = len(line) - len(line.lstrip()), len(line.rstrip())
    if begin >= end:
        return _by_number(line)
    return _by_number(line[:begin]) + line[begin:end] + _by_number(line[end:])


def _start_escaped(line: str) -> str:
    escaped = _ANYWHERE.sub(r"\\\g<0>", line)
    number = _NUMBER_AT_START.match(line)
    if number:
        return f"{number[1]}\\{escaped[number.end(1) :]}"
    if _AT_START.match(line) and not escaped.startswith("\\"):
        return "\\" + escaped
    return escaped


def _by_number(spaces: str) -> str:
    return "".join(f"&#{ord(space)};" for space in spaces)


def front_matter(values: Mapping[str, Plain]) -> str:
    """Return YAML front matter with every text in double quotes; keys are our own. None is left out."""
    lines = [f"{key}: {_scalar(value)}" for key, value in values.items() if value is not None]
    return "\n".join(["---", *lines, "---", ""])


def _scalar(value: Plain) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return str(value)
    text = value.isoformat() if isinstance(value, date) else clean(str(value))
    return '"' + "".join(_quoted(character) for character in text) + '"'


def _quoted(character: str) -> str:
    if character in '"\\':
        return "\\" + character
    if character in string.printable[:-5] or (character.isprintable() and ord(character) >= 160):
        return character
    named = {"\n": "\\n", "\t": "\\t"}
    return named.get(character) or f"\\U{ord(character):08x}"
