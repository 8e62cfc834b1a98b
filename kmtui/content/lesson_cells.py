"""What stands in one cell: plain text out of web pages and spreadsheets, tags, keep or change, and a state."""

from __future__ import annotations

import re
from html import unescape

from kmtui.content.survey_html import text_of_html
from kmtui.content.survey_words import compact, word_set, words_of
from kmtui.model.lesson import LESSON_STATES, LessonState
from kmtui.model.session import KeepOrChange
from kmtui.text import clean, one_line

_NAMES = "p|br|div|ul|ol|li|h[1-6]|hr|table|tbody|thead|tr|td|th|blockquote|span"
_ATTRIBUTES = r"(?:\s+[a-z-]+\s*=\s*(?:\"[^\"<>]*\"|'[^'<>]*'|[^\s\"'<>]+))*\s*/?"
_BLOCK = re.compile(rf"</?(?:{_NAMES}){_ATTRIBUTES}>", re.IGNORECASE)
_PAIR = re.compile(rf"<(b|i|u|a|em|strong|font|sup|sub){_ATTRIBUTES}>", re.IGNORECASE)
_PROGRAM = re.compile(r"<(?:script|\?|!\[)", re.IGNORECASE)
"""Where a text shows a program, it is about web pages and none."""
_LINES = re.compile("</?(?:p|br|div|li|tr|h[1-6])[^a-z0-9]", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_GAP = re.compile(r"\n{3,}")

_FORMULA = ("=", "+", "-", "@", "\t", "\n", "＝", "＋", "－", "＠")  # as `kmtui.report.csv_report` guards them
_NOTHING = frozenset(("", "-", "--", "–", "—", "none", "n/a", "na", "n.a.", "nil", "null", "not applicable"))
_LONGEST_WORD = 40

_KEEP = tuple(
    tuple(words.split())
    for words in (
        *("keep", "positive", "good", "best practice", "success", "successes", "successful", "strength"),
        *("worked well", "went well", "what worked", "what went well", "continue", "sustain", "plus"),
    )
)
_STATES: dict[str, LessonState] = {
    **{state: state for state in LESSON_STATES},
    **dict.fromkeys(word_set("open new draft identified submitted pending raised"), "captured"),
    **dict.fromkeys(word_set("approved accepted validated reviewed confirmed"), "agreed"),
    **dict.fromkeys(word_set("implemented closed done complete completed inuse resolved"), "applied"),
    **dict.fromkeys(word_set("archived superseded obsolete withdrawn rejected inactive"), "retired"),
}
_TAG_ENDS = re.compile(r"[;,|\n]|\s(?=#)")


def unguarded(cell: str) -> str:
    """Return a cell without the apostrophe that our own tables put before what a spreadsheet takes for a formula."""
    rest = cell[1:]
    return rest if cell[:1] == "'" and (rest.startswith(_FORMULA) or rest.lstrip().startswith(_FORMULA)) else cell


def looks_like_html(cell: str) -> bool:
    """Say whether a cell is a piece of a web page: it has tags with which pages are made, and not only a < or a &."""
    if "<" not in cell or _PROGRAM.search(cell):
        return False
    if _BLOCK.search(cell):
        return True
    found = _PAIR.search(cell)
    return found is not None and f"</{found[1].lower()}>" in cell.lower()


def without_html(cell: str) -> str:
    """Return the words of a cell that is a piece of a web page; any other cell as it is, its entities read."""
    if not looks_like_html(cell):
        return _ENTITY.sub(lambda found: unescape(found[0]), cell) if "&" in cell else cell
    if _LINES.search(cell) is None:  # its lines are lines, and no white space of a page
        cell = re.sub(r"\n[ \t]*\n", "<p>", cell).replace("\n", "<br>")
    return _GAP.sub("\n\n", text_of_html(cell)).strip()


def plain(cell: str) -> str:
    """Return a text cleaned, without white space around it, and otherwise as it is."""
    return clean(cell).strip()


def says_nothing(text: str) -> bool:
    """Say whether a whole text is a way of saying that there is none: None, N/A, -."""
    return len(text) <= _LONGEST_WORD and text.strip().casefold() in _NOTHING


def tags_of(text: str) -> tuple[str, ...]:
    """Return the tags in a text, each once, without the mark before them."""
    found: dict[str, str] = {}
    for piece in _TAG_ENDS.split(text):
        tag = one_line(piece).lstrip("#").strip()
        if tag:
            found.setdefault(tag.casefold(), tag)
    return tuple(found.values())


def keep_or_change(text: str) -> KeepOrChange:
    """Return whether words mean that something is to be kept as it is."""
    said = words_of(text)
    return "keep" if any(said[: len(words)] == words for words in _KEEP) else "change"


def state_of(text: str) -> LessonState | None:
    """Return the state that words mean, or None."""
    return _STATES.get(compact(text))
