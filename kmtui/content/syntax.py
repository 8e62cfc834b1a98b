"""What YAML says of a text that it cannot read, in plain words."""

from __future__ import annotations

import re
from typing import Any

import yaml

from kmtui.content.findings import Findings
from kmtui.text import shortened

_REFUSED = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"

# A piece of YAML's own message, and ours. `{line}` is where the construct began that is not whole.
_WORDS = (
    ("',' or ']'", "the list that begins with [ in line {line} is not closed here: write ] or a comma"),
    ("',' or '}'", "the group that begins with {{ in line {line} is not closed here: write }} or a comma"),
    ("unexpected end of stream", "the quotation mark in line {line} is never closed"),
    ("unexpected document indicator", "the quotation mark in line {line} is never closed"),
    ("mapping values are not allowed", "a colon is not possible here: put a text with a colon in quotation marks"),
    (
        "'-' indicator",
        'this line does not belong to the list that begins in line {line}: look at its indent and its "-"',
    ),
    ("expected <block end>", "this line does not fit what begins in line {line}: look at its indent"),
    ("expected key", "this line does not fit the keys that begin in line {line}: look at its indent, or for a quote"),
    (
        "expected ':'",
        "the key that begins in line {line} has no colon: write key: value, or indent a text that goes on",
    ),
    ("nesting depth", "values lie in each other too deep: look for brackets that are not closed"),
    ("tab character", "a tab indents this line: use spaces"),
    ("escape", "a backslash means something else in double quotation marks: write it twice, or use single ones"),
    ("alphabetic or numeric", "a text that begins with * or & belongs in quotation marks"),
    ("tag", "a text that begins with ! belongs in quotation marks"),
    ("comment or line break", "after | or > the text begins in the next line"),
    ("indentation indicator", "after | or > the text begins in the next line"),
    ("sequence entries are not allowed", 'a list with "-" begins in a line of its own, below its key'),
    ("document start", "the file goes on where it should end: look at the indent of this line"),
    ("directive", "a line that begins with % is not used in these files"),
    ("incompatible YAML", "a line that begins with % is not used in these files"),
)


def note_syntax(error: Exception, text: str, findings: Findings) -> None:
    """Note what YAML's parser could not read."""
    problem = getattr(error, "problem", None)
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if isinstance(error, yaml.MarkedYAMLError) and problem and mark:
        findings.error_at(mark.line + 1, mark.column + 1, _in_words(error, problem, mark, text))
    else:
        _note_character(text, findings)


def _in_words(error: yaml.MarkedYAMLError, problem: str, mark: Any, text: str) -> str:
    if "cannot start any token" in problem:
        return _cannot_begin(_character(text, mark.line, mark.column))
    if "expected key" in problem and _after_empty_brackets(text, mark.line):
        return "the line above ends with []: take the [] out before lines that begin with -"
    began = (error.context_mark or mark).line + 1
    for piece, words in _WORDS:
        if piece in problem:
            return words.format(line=began)
    return f"this cannot be read as YAML ({shortened(problem, 80)})"


def _cannot_begin(character: str) -> str:
    if character == "\t":
        return "a tab indents this line: use spaces"
    return f"a text that begins with {character or 'this'} belongs in quotation marks"


def _lines(text: str) -> list[str]:
    return re.split("\r\n|[\r\n\x85\u2028\u2029]", text)  # as YAML counts them


def _character(text: str, line: int, column: int) -> str:
    lines = _lines(text)
    return lines[line][column : column + 1] if line < len(lines) else ""


def _after_empty_brackets(text: str, line: int) -> bool:
    before = [each.split(" #")[0].rstrip() for each in _lines(text)[:line]]
    return next((each for each in reversed(before) if each and not each.lstrip().startswith("#")), "").endswith("[]")


def _note_character(text: str, findings: Findings) -> None:
    """Note the first character that no YAML file may hold; where there is none, an escape that means none."""
    found = re.search(_REFUSED, text)
    if found is None:
        findings.error_at(1, 1, "the file has a backslash with a character code that does not exist")
        return
    lines = _lines(text[: found.start()])
    code = f"U+{ord(found.group()):04X}"
    message = f"there is a control character here that cannot be seen ({code}): take it out"
    findings.error_at(len(lines), len(lines[-1]) + 1, message)
