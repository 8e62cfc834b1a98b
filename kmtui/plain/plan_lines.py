"""Lines of a plan: what could be done and why, what was chosen, and the fields of one line as they are typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from kmtui.flow.plan import MOST_DOTS
from kmtui.flow.typed import parse_date
from kmtui.model.assessment import Assessment
from kmtui.model.base import in_words
from kmtui.model.errors import WrongInput
from kmtui.model.lines import RecordLine
from kmtui.model.plan import PRIORITY_WORDS, Planned, Priority, Size
from kmtui.plain.forms import Field
from kmtui.report.sentences import levels_in_words, plan_sentences
from kmtui.report.words import counted, standing
from kmtui.text import one_line
from kmtui.workspace.planning import CriterionOffers

_SIZES: dict[str, Size] = {"low": "low", "medium": "medium", "high": "high"}
_PRIORITIES: dict[str, Priority | None] = {
    "now": "now",
    "do now": "now",
    "next": "next",
    "later": "later",
    "not": "not-for-us",
    "not for us": "not-for-us",
    "not-for-us": "not-for-us",
    "undecided": None,
}


def why_line(assessment: Assessment, found: CriterionOffers) -> str:
    """Return why a criterion stands where it does in the plan: level, target, and the goals that it serves."""
    if found.level is None:
        parts = ["No level yet"]
    else:
        band = f" ({one_line(found.band.name)})" if found.band is not None and _agreed(assessment, found) else ""
        parts = [f"Level {standing(assessment, found.criterion.id, found.level)}{band}"]
    if found.target is not None:
        far = f", {levels_in_words(found.gap)} to go" if found.gap else ", reached" if found.gap == 0 else ""
        parts.append(f"target {found.target:g}{far}")
    words = f"{', '.join(parts)}."
    for objective in found.objectives:
        words += f" It matters to: {one_line(objective).rstrip('.')}."
    return words


def _agreed(assessment: Assessment, found: CriterionOffers) -> bool:
    return assessment.rating(found.criterion.id).level is not None


def plan_lines(
    assessment: Assessment,
    names: Mapping[str, str],
    held: Mapping[str, tuple[RecordLine, ...]],
    because: Callable[[str | None], str],
) -> Iterator[str]:
    """Yield the plan in its order, to be read aloud. `names` are those of the techniques that can be started.

    `because` gives the words of the lesson with an id.
    """
    for number, (words, line) in enumerate(zip(plan_sentences(assessment), assessment.actions, strict=True), 1):
        parts = [words, *_extras(line)]
        if lesson := one_line(because(line.lesson)):
            parts.append(f"Because of the lesson: {lesson.rstrip('.')}.")
        parts += [_held(each) for each in held.get(line.id, ())]
        if line.technique is not None and line.technique in names:
            parts.append(f"start {number} runs {one_line(names[line.technique])}.")
        yield " ".join(parts)


def _held(session: RecordLine) -> str:
    lessons = f", {counted(session.lessons, 'lesson', 'lessons')}" if session.lessons else ""
    state = "Held" if session.finished else "Begun"
    return f"{state}: {one_line(session.about_name)}, {in_words(session.date)}{lessons}."


def _extras(line: Planned) -> Iterator[str]:
    if line.dots:
        yield f"{counted(line.dots, 'dot', 'dots').capitalize()}."
    sizes = (("effort", line.effort), ("benefit", line.benefit))
    if said := [f"{name} {size}" for name, size in sizes if size]:
        yield f"{', '.join(said).capitalize()}."
    if line.review:
        yield f"Looked at again on {in_words(line.review)}."
    if line.done_when:
        yield f"Done when: {one_line(line.done_when).rstrip('.')}."
    if line.outcome:
        yield f"What changed: {one_line(line.outcome).rstrip('.')}."


def plan_fields(assessment: Assessment, today: date) -> list[Field]:
    """Return the questions about one line of the plan."""
    goals = [one_line(each.text) for each in assessment.objectives]
    numbered = f" ({'; '.join(f'{number} {text}' for number, text in enumerate(goals, 1))})" if goals else ""
    return [
        Field("", "What is done:"),
        Field("owner", "Owner:"),
        Field("due", "By when:", lambda words: parse_date(words, today)),
        Field("review", "Look at it again on:", lambda words: parse_date(words, today)),
        Field("done_when", "We know it worked when:"),
        Field("objective", f"Which goal does it serve{numbered}:"),
        Field("priority", "Priority (now, next, later, not for us, undecided):", priority_as_typed),
        Field("reason", "Why not, or why then:"),
        Field("dots", "Dots:", _dots),
        Field("effort", "Effort (low, medium, high):", _size),
        Field("benefit", "Benefit (low, medium, high):", _size),
    ]


def plan_values(line: Planned) -> dict[str, str]:
    """Return a line of the plan as it would be typed, by the name of the field."""
    return {
        "": line.action,
        "owner": line.owner,
        "due": in_words(line.due) if line.due else "",
        "review": in_words(line.review) if line.review else "",
        "done_when": line.done_when,
        "objective": line.objective,
        "priority": PRIORITY_WORDS[line.priority] if line.priority else "",
        "reason": line.reason,
        "dots": str(line.dots) if line.dots else "",
        "effort": line.effort or "",
        "benefit": line.benefit or "",
    }


def plan_changes(assessment: Assessment, values: Mapping[str, str], today: date) -> dict[str, Any]:
    """Return what was typed as fields of a line of the plan. Raises WrongInput."""
    changes: dict[str, Any] = {"action": values[""], "owner": values["owner"], "done_when": values["done_when"]}
    converted: dict[str, Callable[[str], object]] = {
        "due": lambda words: parse_date(words, today),
        "review": lambda words: parse_date(words, today),
        "objective": lambda words: _objective(assessment, words),
        "priority": lambda words: priority_as_typed(words) if words else None,
        "dots": lambda words: _dots(words) if words else 0,
        "effort": lambda words: _size(words) if words else None,
        "benefit": lambda words: _size(words) if words else None,
    }
    return changes | {"reason": values["reason"]} | {name: turn(values[name]) for name, turn in converted.items()}


def priority_as_typed(words: str) -> Priority | None:
    """Return the priority that was typed. Raises WrongInput."""
    found = " ".join(words.lower().split())
    if found not in _PRIORITIES:
        raise WrongInput(f'"{words[:40]}" is no priority. Type now, next, later, not for us or undecided.')
    return _PRIORITIES[found]


def _objective(assessment: Assessment, words: str) -> str:
    if words.isdecimal() and 1 <= int(words[:4]) <= len(assessment.objectives):
        return assessment.objectives[int(words[:4]) - 1].text
    return words


def _dots(words: str) -> int:
    if not (words.isascii() and words.isdecimal()) or len(words) > 9 or int(words) > MOST_DOTS:
        raise WrongInput(f'"{words[:40]}" is no number of dots from 0 to {MOST_DOTS}.')
    return int(words)


def _size(words: str) -> Size:
    if words.lower() not in _SIZES:
        raise WrongInput(f'"{words[:40]}" is neither low, medium nor high.')
    return _SIZES[words.lower()]
