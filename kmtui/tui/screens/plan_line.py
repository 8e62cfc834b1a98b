"""A line of the plan: what the screen shows of it, and the form in which it is changed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from textual.content import Content

from kmtui.flow.plan import MOST_DOTS
from kmtui.flow.typed import parse_date
from kmtui.model.assessment import Assessment
from kmtui.model.base import Day, in_words
from kmtui.model.errors import WrongInput
from kmtui.model.lines import RecordLine
from kmtui.model.plan import PRIORITY_WORDS, Planned, Priority, Size
from kmtui.model.setup import Objective
from kmtui.report.sentences import who_and_when
from kmtui.report.words import capitalised, counted
from kmtui.text import one_line, shortened
from kmtui.tui.safe import parts
from kmtui.tui.widgets.asker import Question

CYCLE: dict[Priority | None, Priority | None] = {
    None: "now",
    "now": "next",
    "next": "later",
    "later": None,
}
"""What Enter makes of a priority. Not for us has a key of its own, since a reason is asked with it."""

WHY_NOT = Question("reason", "Why is it not for us?", "Enter leaves it without a reason")

_SIZES: tuple[Size, ...] = ("low", "medium", "high")
_SIZE_HINT = "low, medium or high, or Enter"
_DATE_HINT = "1 Dec, friday, 2 weeks, or Enter"


def dots_words(dots: int) -> str:
    """Return dots as signs, as many as can be taken in at a look, and as words; nothing for none."""
    return f"{'●' * min(dots, 5)} {counted(dots, 'dot', 'dots')}" if dots else ""


def line_content(
    assessment: Assessment,
    line: Planned,
    number: int,
    technique: str,
    held: Sequence[RecordLine],
    key: str,
    because: str = "",
) -> Content:
    """Return a line of the plan. An idea is marked in words; `technique` is what is said of its technique.

    `key` shows what came of the sessions that were `held`; `because` are the words of a lesson that it goes with.
    """
    refused = line.priority == "not-for-us"
    marks = [
        "Idea" if line.idea and not refused else "",
        capitalised(PRIORITY_WORDS[line.priority]) if line.priority else "",
        dots_words(line.dots),
        capitalised(line.state) if line.state != "open" else "",
    ]
    behind = f"because: {one_line(line.reason) or 'no reason is given'}" if refused else who_and_when(line)
    shown = " · ".join(part for part in marks if part)
    pieces: list[str | tuple[str, str]] = [
        (f"{number}. ", "bold"),
        (one_line(line.action), "not bold" if line.idea else "bold"),
        "\n   ",
        (f"{shown} · " if shown else "", "$warning"),
        behind if shown else capitalised(behind),
    ]
    pieces += [(f"\n   {words}", "$muted") for words in _behind(assessment, line, technique) if words]
    if because:
        pieces.append((f"\n   because of: {one_line(because)}", "$muted"))
    if held:
        pieces.append((f"\n   {held_words(held, key)}", "$muted"))
    return parts(*pieces)


def criterion_of(assessment: Assessment, line: Planned) -> str:
    """Return the name of the criterion that a line is for; an empty text where it is for none."""
    criterion = assessment.matrix.criterion(line.criterion) if line.criterion else None
    return one_line(criterion.name) if criterion else ""


def _behind(assessment: Assessment, line: Planned, technique: str) -> list[str]:
    criterion = criterion_of(assessment, line)
    sizes = [f"effort {line.effort}" if line.effort else "", f"benefit {line.benefit}" if line.benefit else ""]
    serves = [f"For {criterion}" if criterion else "", *sizes, technique]
    signs = [
        f"Serves: {one_line(line.objective)}" if line.objective else "",
        f"It worked when: {one_line(line.done_when)}" if line.done_when else "",
        f"look at it again on {in_words(line.review)}" if line.review else "",
    ]
    return [
        " · ".join(part for part in serves if part),
        " · ".join(part for part in signs if part),
        f"How it goes: {one_line(line.note)}" if line.note else "",
        f"What changed: {one_line(line.outcome)}" if line.outcome else "",
    ]


def held_words(held: Sequence[RecordLine], key: str) -> str:
    """Return which sessions were held for a line, and what came of them: lessons, or what `key` shows instead."""
    days = ", ".join(in_words(each.date) + ("" if each.finished else " (not finished)") for each in held)
    lessons = sum(each.lessons for each in held)
    return f"Held {days}" + (
        f": {counted(lessons, 'lesson', 'lessons')}" if lessons else f". {key} shows what came of it."
    )


# The form


def questions(assessment: Assessment, line: Planned, today: Day) -> tuple[Question, ...]:
    """Return what can be changed in a line, the most needed first; only own words are put to another criterion."""
    day = partial(parse_date, today=today)
    goals = assessment.objectives
    goal_hint = "; ".join(f"{number} {shortened(each.text, 30)}" for number, each in enumerate(goals, 1))
    criterion = Question(
        "criterion",
        "Which criterion is it for?",
        "Words of its name, or Enter",
        check=partial(criterion_named, assessment=assessment),
    )
    return (
        Question("action", "What will be done?", "Begin with a verb", required=True),
        Question("owner", "Who does it?", "One person or role, or Enter"),
        Question("due", "By when?", _DATE_HINT, check=day),
        Question("review", "When do we look at it again?", _DATE_HINT, check=day),
        Question("done_when", "How will we know that it worked?", "What will be different? Who sees it?"),
        Question("objective", "Which goal does it serve?", goal_hint or "In words, or Enter"),
        Question("effort", "How much effort is it?", _SIZE_HINT, check=size_of),
        Question("benefit", "How much good does it do?", _SIZE_HINT, check=size_of),
        Question("dots", "How many dots did it get?", "A number, or Enter for none", check=dots_of),
        *(() if line.option is not None else (criterion,)),
    )


def values(assessment: Assessment, line: Planned) -> dict[str, str]:
    """Return what stands in a line now, for the form."""
    return {
        "action": line.action,
        "owner": line.owner,
        "due": line.due.isoformat() if line.due else "",
        "review": line.review.isoformat() if line.review else "",
        "done_when": line.done_when,
        "objective": line.objective,
        "effort": line.effort or "",
        "benefit": line.benefit or "",
        "dots": str(line.dots) if line.dots else "",
        "criterion": criterion_of(assessment, line),
    }


def changes(given: dict[str, str], assessment: Assessment, today: Day) -> dict[str, Any]:
    """Return the fields of a line that answers of its form stand for; others are not touched. Raises WrongInput."""
    read: dict[str, Callable[[str], Any]] = {
        "due": partial(parse_date, today=today),
        "review": partial(parse_date, today=today),
        "objective": partial(_objective, objectives=assessment.objectives),
        "effort": size_of,
        "benefit": size_of,
        "dots": dots_of,
        "criterion": partial(criterion_named, assessment=assessment),
    }
    return {name: read[name](text) if name in read else text for name, text in given.items()}


def criterion_named(text: str, assessment: Assessment) -> str | None:
    """Return the criterion whose name holds these words; None for no words. Raises WrongInput where not one does."""
    words = one_line(text).casefold()
    if not words:
        return None
    names = {each.id: one_line(each.name).casefold() for each in assessment.matrix.criteria}
    found = [each for each, name in names.items() if name == words] or [
        each for each, name in names.items() if words in name
    ]
    if len(found) == 1:
        return found[0]
    how = "No criterion has" if not found else f"{counted(len(found), 'criterion', 'criteria')} have".capitalize()
    raise WrongInput(f'{how} "{shortened(one_line(text), 30)}" in the name. Type more of the name of one.')


def _objective(text: str, objectives: tuple[Objective, ...]) -> str:
    """Return a goal in words; a number stands for one of the team's."""
    words = text.strip()
    numbers = {str(number): each.text for number, each in enumerate(objectives, 1)}
    return numbers.get(words, words)


def size_of(text: str) -> Size | None:
    """Return low, medium or high, or None for an empty text. Raises WrongInput."""
    words = text.strip().casefold()
    if not words:
        return None
    found = [size for size in _SIZES if size.startswith(words)]
    if len(found) != 1:
        raise WrongInput(f'"{shortened(text, 30)}" is not low, medium or high.')
    return found[0]


def dots_of(text: str) -> int:
    """Return a number of dots; an empty text is none. Raises WrongInput."""
    words = text.strip()
    if not words:
        return 0
    if not is_number(words) or int(words) > MOST_DOTS:
        raise WrongInput(f'"{shortened(text, 30)}" is not a number of dots. They go from 0 to {MOST_DOTS}.')
    return int(words)


def is_number(text: str) -> bool:
    """Say whether a text is a number of dots rather than words."""
    return text.isdecimal() and len(text) <= len(str(MOST_DOTS)) + 2
