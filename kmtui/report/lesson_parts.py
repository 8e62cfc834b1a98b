"""A lesson in words: the labelled parts that screens, plain mode and Markdown tell of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from kmtui.analysis.query import LIMITS
from kmtui.model.base import in_words
from kmtui.model.lesson import LessonState, Turn, Use
from kmtui.model.lines import LessonLine

STATE_WORDS: dict[LessonState, str] = {
    "captured": "captured",
    "agreed": "agreed",
    "applied": "applied",
    "retired": "retired",
}
KIND_WORDS = {"keep": "keep doing", "change": "change"}

NO_LESSONS = (
    "No lessons yet. They come from the reviews that are held here: what was learned is asked for near the end. "
    "Lessons from elsewhere come in with Ctrl+O on the screens, and with: kmtui import FILE --as lessons"
)
"""What stands in the place of the register while it is empty."""

SOME_WORDS = "some of the words"
"""What is said beside a lesson that does not have all that was looked for."""

Part = tuple[str, str]
"""A label and a text that belongs to it; the text is as people typed it."""


def lesson_parts(line: LessonLine, *, technique: str = "", criterion: str = "") -> list[Part]:
    """Return what a lesson says and where it comes from. `technique` and `criterion` are names."""
    found = [
        ("Keep or change", KIND_WORDS[line.keep_or_change]),
        ("Where it comes from", line.context),
        ("Cause", line.cause),
        ("Recommendation", line.recommendation),
        ("Tags", ", ".join(line.tags)),
        ("Owner", line.owner),
        ("Learned in", origin(line, technique)),
        ("Criterion", criterion),
        ("Imported from", line.source),
        ("Reference", line.reference),
    ]
    return [(label, text) for label, text in found if text.strip()]


def origin(line: LessonLine, technique: str = "") -> str:
    """Return where a lesson was learned: the session, its team, the technique and the day."""
    return ", ".join(part for part in (line.title, line.team, technique, in_words(line.date)) if part.strip())


def life_parts(line: LessonLine, turns: Sequence[Turn]) -> list[Part]:
    """Return what has become of a lesson: each turn of its life, and when it is looked at again."""
    found = [(_day(turn.at), turn_words(turn)) for turn in turns]
    if line.review is not None:
        found.append(("To be looked at again on", in_words(line.review)))
    found += [(f"Somebody else said of {field}", value) for field, value in line.rivals.items()]
    return found


def turn_words(turn: Turn) -> str:
    """Return a turn in the life of a lesson: `applied, said the ward sister: The list hangs at the door`."""
    who = f", said by {turn.role}" if turn.role else ""
    return f"{STATE_WORDS[turn.state]}{who}{f': {turn.note}' if turn.note else ''}"


def _day(at: datetime) -> str:
    return in_words(at.date())


def use_words(use: Use) -> str:
    """Return where a lesson was taken along: `Ward move, Ward 7, 1 December 2026, as an action: Call before`."""
    into = {"entry": "as an answer", "action": "as an action", "session": "at the beginning"}[use.into]
    where = ", ".join(part for part in (use.title, use.team, in_words(use.date)) if part.strip())
    return f"{where}, {into}" + (f": {use.words}" if use.words and use.into != "session" else "")


def counted_words(line: LessonLine) -> str:
    """Return what a list says of a lesson beside its words: its state, how often it was used and learnt."""
    used = f"used {times(line.used)}" if line.used else ""
    seen = f"learnt {times(line.seen)}" if line.seen > 1 else ""
    keep = KIND_WORDS["keep"] if line.keep_or_change == "keep" else ""
    return ", ".join(part for part in (keep, STATE_WORDS[line.state], used, seen) if part)


def standing(line: LessonLine) -> str:
    """Return whether to keep or change something, how far a lesson is, and how often it was used and learnt."""
    change = f"{KIND_WORDS['change']}, " if line.keep_or_change == "change" else ""
    return f"{change}{counted_words(line)}"


def waiting_words(line: LessonLine, today: date) -> str:
    """Return that somebody wanted to look at a lesson again by now; nothing where that is not so."""
    if line.review is None or line.review > today or line.state == "retired":
        return ""
    return f"Somebody wanted to look at it again on {in_words(line.review)}."


def nothing_found(asked: str) -> str:
    """Return what is said where no lesson fits what was asked: what finds more."""
    if any(f"{each}:" in asked.lower() for each in LIMITS):
        return "No lesson fits. With fewer limits, or a year instead of a day, more do."
    return "No lesson has these words. Fewer or shorter ones find more: mov* finds moves and moving."


def times(number: int) -> str:
    """Return once, twice, 3 times."""
    return {1: "once", 2: "twice"}.get(number, f"{number} times")
