"""A lesson in Markdown: what its front matter says, and what stands below each of its headings."""

from __future__ import annotations

import re

from kmtui.content.findings import Findings
from kmtui.content.nodes import Broken, Mapping, Node, Scalar, read_tree
from kmtui.model.base import Value
from kmtui.text import one_line

_FENCE = "---"
_ENDS = (_FENCE, "...")
_HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+(.*))?$")
_UNDERLINE = re.compile(r" {0,3}(?:(=+)|(-{2,}))[ \t]*$")
_CODE = re.compile(r" {0,3}(`{3,}|~{3,})")
_CLOSING = re.compile(r"(?:^|[ \t]+)#+[ \t]*$")
_MARKS = re.compile(r"^[*_ ]+|[*_ ]+$")
_LONGEST_HEADING = 2000


class Section(Value, frozen=True, kw_only=True):
    """A heading with its level from 1, as it was `written`, and the text below it; level 0 is before any heading."""

    level: int = 0
    heading: str = ""
    written: str = ""
    text: str = ""


class Page(Value, frozen=True, kw_only=True):
    """A file in Markdown. `front` has the texts of its front matter by their keys."""

    front: dict[str, str]
    sections: tuple[Section, ...]


class BrokenPage(Exception):
    """The front matter cannot be read; `line` is where, from 1."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line


def begins_with_front_matter(text: str) -> bool:
    """Say whether the first line of a text is the one with which front matter begins."""
    return text.lstrip("\n").partition("\n")[0].rstrip() == _FENCE


def page_of(text: str) -> Page:
    """Return the parts of a text.

    Raises:
        BrokenPage: its front matter cannot be read.
    """
    if not begins_with_front_matter(text):
        return Page(front={}, sections=sections_of(text.split("\n")))
    lines = text.split("\n")
    first = next(number for number, line in enumerate(lines) if line.strip())
    last = next((at for at in range(first + 1, len(lines)) if lines[at].rstrip() in _ENDS), None)
    if last is None:
        raise BrokenPage(first + 1, "the front matter that begins with --- is never closed: write --- below it")
    front = _front(lines[first + 1 : last], first + 1)
    body = lines if front is None else lines[last + 1 :]
    return Page(front=front or {}, sections=sections_of(body))


def _front(lines: list[str], before: int) -> dict[str, str] | None:
    """Return the texts by their keys; None where no keys stand between the lines, which then are only lines."""
    if not any(line.strip() and not line.lstrip().startswith("#") for line in lines):
        return {}
    findings = Findings("")
    tree = read_tree("\n" * before + "\n".join(lines), findings)  # so that its lines are those of the file
    if isinstance(tree, Scalar) and not findings.failed:
        return None
    if findings.failed:
        first, *more = findings.problems
        rest = f" (and {len(more)} more)" if more else ""
        raise BrokenPage(first.line, f"its front matter cannot be read: {first.message}{rest}")
    if not isinstance(tree, Mapping):
        raise BrokenPage(before + 1, "its front matter is no list of keys with values: write key: value")
    found: dict[str, str] = {}
    for key, (_, value) in tree.pairs.items():
        text = _text(value)
        if text.strip():
            found[_name(key)] = text
    return found


def _text(node: Node) -> str:
    """Return a value as text: a list line by line, keys with their values."""
    if isinstance(node, Scalar):
        return "" if node.plain and node.value in ("~", "null", "Null", "NULL") else node.value
    if isinstance(node, Broken):
        return ""
    if isinstance(node, Mapping):
        texts = (f"{key}: {text}" for key, (_, each) in node.pairs.items() if (text := _text(each)))
        return "\n".join(texts)
    return "\n".join(text for each in node.items if (text := _text(each)))


def sections_of(lines: list[str]) -> tuple[Section, ...]:
    """Return the parts of a text by its headings, written with # or underlined; code has none."""
    reader = _Sections()
    for line in lines:
        reader.take(line)
    return reader.all()


class _Sections:
    def __init__(self) -> None:
        self._done: list[Section] = []
        self._lines: list[str] = []
        self._level, self._heading, self._written = 0, "", ""
        self._code = ""

    def take(self, line: str) -> None:
        if self._code:
            mark = line.strip()
            if mark.startswith(self._code) and not mark.strip(self._code[0]):
                self._code = ""
            self._lines.append(line)
            return
        if not (self._begins_code(line) or self._marked(line) or self._underlined(line)):
            self._lines.append(line)

    def _begins_code(self, line: str) -> bool:
        found = _CODE.match(line)
        if found is not None:
            self._code = found[1]
            self._lines.append(line)
        return found is not None

    def _marked(self, line: str) -> bool:
        found = _HEADING.match(line)
        if found is not None:
            words = _CLOSING.sub("", (found[2] or "")[:_LONGEST_HEADING])
            self._begin(len(found[1]), words, line)
        return found is not None

    def _underlined(self, line: str) -> bool:
        """Take the line above for a heading where it is a paragraph of its own."""
        found = _UNDERLINE.match(line)
        if found is None or not self._lines or not self._lines[-1].strip():
            return False
        if (len(self._lines) > 1 and self._lines[-2].strip()) or self._lines[-1].lstrip()[:1] in "-*+>|":
            return False
        words = self._lines.pop()
        self._begin(1 if found[1] else 2, words[:_LONGEST_HEADING], f"{words}\n{line}")
        return True

    def _begin(self, level: int, words: str, written: str) -> None:
        self._end()
        self._level, self._heading, self._written = level, _name(words), written

    def _end(self) -> None:
        text = "\n".join(self._lines).strip("\n")
        if self._level or text.strip():
            section = Section(level=self._level, heading=self._heading, written=self._written, text=text)
            self._done.append(section)
        self._lines = []

    def all(self) -> tuple[Section, ...]:
        self._end()
        return tuple(self._done)


def _name(words: str) -> str:
    return _MARKS.sub("", one_line(words[:_LONGEST_HEADING])).rstrip(":").strip()
