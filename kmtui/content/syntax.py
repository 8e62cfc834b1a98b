"""What YAML says of a text that it cannot read, in plain words, and at the place where people look for it."""

from __future__ import annotations

import re
from typing import Any

import yaml

from kmtui.content.findings import Findings
from kmtui.content.words import ODD_SPACES
from kmtui.text import shortened

_REFUSED = "[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
_ODD_SPACE = re.compile(rf"\s*(?:- *)*(?:[\w.-]+:)?[ \t]*([{ODD_SPACES}])")
"""An odd space where an ordinary one has a meaning: in an indent, behind a dash, behind the colon of a key."""
_CURLY = "“”„‟‘’‚‛«»"
_WIDE_COLONS = "：∶꞉︓"

# A piece of YAML's own message, and ours. `{line}` is where the construct began that is not whole.
_WORDS = (
    ("',' or ']'", "the list that begins with [ in line {line} is not closed here: write ] or a comma"),
    ("',' or '}'", "the group that begins with {{ in line {line} is not closed here: write }} or a comma"),
    ("node content", "something is missing before this: write a value, or the bracket that closes the list"),
    ("mapping values are not allowed", "a colon is not possible here: put a text with a colon in quotation marks"),
    (
        "'-' indicator",
        'this line does not belong to the list that begins in line {line}: look at its indent and its "-"',
    ),
    ("expected <block end>", "this line does not fit what begins in line {line}: look at its indent"),
    ("expected key", "this line does not fit the keys that begin in line {line}: look at its indent, or for a quote"),
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
_AFTER_A_TEXT = ("'-' indicator", "expected <block end>", "expected key")

_Told = tuple[int, int, str]
"""Line and column from 0, and the words."""


def note_syntax(error: Exception, text: str, findings: Findings) -> None:
    """Note what YAML's parser could not read."""
    problem = getattr(error, "problem", None)
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if isinstance(error, yaml.MarkedYAMLError) and problem and mark:
        line, column, words = _told(problem, mark, error.context_mark or mark, _lines(text))
        findings.error_at(line + 1, column + 1, words)
    else:
        _note_character(text, findings)


def _told(problem: str, mark: Any, began: Any, lines: list[str]) -> _Told:
    """Return what is wrong and where. `mark` is where YAML noticed, `began` where that began which is not whole."""
    here = lines[mark.line] if mark.line < len(lines) else ""
    odd = _odd_space(lines, (began.line, mark.line - 1, mark.line))
    if odd is not None:
        return odd
    if "expected ':'" in problem:
        return _no_colon(lines, began.line)
    if "unexpected end of stream" in problem or "unexpected document indicator" in problem:
        return _never_closed(lines, began)
    if "mapping values" in problem:
        return _second_colon(lines, mark)
    if any(each in problem for each in _AFTER_A_TEXT) and here[: mark.column].rstrip()[-1:] in ("'", '"'):
        words = "the quotation mark before this ends the text: put the other kind, ' or \", around the whole of it"
        return mark.line, mark.column, words
    return mark.line, mark.column, _in_words(problem, mark, began, lines)


def _odd_space(lines: list[str], numbers: tuple[int, ...]) -> _Told | None:
    for number in numbers:
        found = _ODD_SPACE.match(lines[number]) if 0 <= number < len(lines) else None
        if found is not None:
            code = f"U+{ord(found[1]):04X}"
            words = f"this space is none of the keyboard ({code}), as word processors write it: type it again"
            return number, found.start(1), words
    return None


def _no_colon(lines: list[str], number: int) -> _Told:
    line = lines[number]
    column = len(line) - len(line.lstrip())
    wide = re.search(f"[{_WIDE_COLONS}]", line)
    if wide is not None:
        return number, wide.start(), f"{wide[0]} is not the colon of the keyboard: write key: value"
    tight = re.match(r"\s*(?:- )?[\w-]+:(?=\S)", line)
    if tight is not None:
        return number, tight.end(), "a space is missing behind the colon: write key: value"
    words = "this line has no colon: write key: value, or indent it if it goes on with the text above"
    return number, column, words


def _never_closed(lines: list[str], began: Any) -> _Told:
    curly = re.search(f"[{_CURLY}]", lines[began.line][began.column :]) if began.line < len(lines) else None
    hint = f": {curly[0]} does not close it, so write the same mark as here" if curly is not None else ""
    return began.line, began.column, f"this quotation mark is never closed{hint}"


def _second_colon(lines: list[str], mark: Any) -> _Told:
    """Tell of a colon within a text; of a key that is read as part of the text above it; or of that text's own key."""
    before = lines[mark.line][: mark.column]
    if re.fullmatch(r"\s*(?:- +)?[\w-]+ *", before) and mark.line:
        above = next((number for number in range(mark.line - 1, -1, -1) if lines[number].strip()), 0)
        if _indent(lines[above]) >= _indent(before):
            return _no_colon(lines, above)
        words = "this key is indented further than what it belongs to, and is read as part of the text above it"
        return mark.line, _indent(before), f"{words}: begin it below the key before it"
    if re.search(f"[{_CURLY}]", before):
        words = "a colon is not possible here: put the text in ' or \", for curly quotation marks count as letters"
        return mark.line, mark.column, words
    return mark.line, mark.column, dict(_WORDS)["mapping values are not allowed"]


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _in_words(problem: str, mark: Any, began: Any, lines: list[str]) -> str:
    if "cannot start any token" in problem:
        return _cannot_begin(lines[mark.line][mark.column : mark.column + 1] if mark.line < len(lines) else "")
    if "expected key" in problem and _after_empty_brackets(lines[: mark.line]):
        return "the line above ends with []: take the [] out before lines that begin with -"
    for piece, words in _WORDS:
        if piece in problem:
            return words.format(line=began.line + 1)
    return f"this cannot be read as YAML ({shortened(problem, 80)})"


def _cannot_begin(character: str) -> str:
    if character == "\t":
        return "a tab indents this line: use spaces"
    return f"a text that begins with {character or 'this'} belongs in quotation marks"


def _lines(text: str) -> list[str]:
    return re.split("\r\n|[\r\n\x85\u2028\u2029]", text)  # as YAML counts them


def _after_empty_brackets(lines: list[str]) -> bool:
    before = [each.split(" #")[0].rstrip() for each in lines]
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
