"""The lines of a plan in a report: actions in tables, ideas and what is not for us apart from them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kmtui.model.assessment import Assessment
from kmtui.model.base import in_words
from kmtui.model.lines import RecordLine
from kmtui.model.matrix import Matrix
from kmtui.model.plan import PRIORITY_WORDS, Planned, Priority
from kmtui.report.escape import block, inline
from kmtui.report.parts import (
    ACTION,
    BY,
    DONE_WHEN,
    NOTE,
    OUTCOME,
    OWNER,
    REVIEW,
    Column,
    because_of,
    begun,
    criterion_name,
    for_criterion,
    how,
    sentence,
    states,
    table_of,
    technique_name,
    told,
)
from kmtui.report.sentences import who_and_when
from kmtui.report.words import capitalised, counted
from kmtui.text import one_line

Held = Mapping[str, tuple[RecordLine, ...]]
"""Sessions by the id of the action from which they were begun."""

IDEAS = "Ideas, which nobody has taken on yet"

_ORDER: tuple[Priority | None, ...] = ("now", "next", "later", "not-for-us", None)

OBJECTIVE = Column(head="Objective", of=lambda planned: planned.objective)
_EFFORT = Column(head="Effort", of=lambda planned: planned.effort or "")
_BENEFIT = Column(head="Benefit", of=lambda planned: planned.benefit or "")
_DOTS = Column(head="Dots", of=lambda planned: str(planned.dots) if planned.dots else "")
_REASON = Column(head="Because", of=lambda planned: planned.reason, always=True)


def held_column(held: Held) -> Column:
    """Return the column that says which sessions were begun from an action."""
    return Column(head="Held", of=lambda planned: held_in_words(held.get(planned.id, ())))


def held_in_words(lines: Iterable[RecordLine]) -> str:
    """Return `Before Action Review on 3 December 2026: three lessons`, and so for each session."""
    return "; ".join(_held(line) for line in lines)


def _held(line: RecordLine) -> str:
    words = f"{one_line(line.about_name or line.title)} on {in_words(line.date)}"
    came = [counted(line.lessons, "lesson", "lessons")] if line.lessons or line.finished else []
    came += [] if line.finished else ["not ended yet"]
    return f"{words}: {', '.join(came)}"


def actions_of(assessment: Assessment) -> tuple[Planned, ...]:
    """Return what has an owner and a day, in the order of the plan."""
    return tuple(planned for planned in assessment.actions if not planned.idea)


def ideas_of(assessment: Assessment) -> tuple[Planned, ...]:
    """Return what lacks an owner or a day, without what is not for us."""
    return tuple(each for each in assessment.actions if each.idea and each.priority != "not-for-us")


def not_for_us(assessment: Assessment) -> tuple[Planned, ...]:
    """Return what the team decided against."""
    return tuple(planned for planned in assessment.actions if planned.priority == "not-for-us")


def ideas(
    planned: Sequence[Planned],
    matrix: Matrix,
    names: Mapping[str, str],
    held: Held,
    lessons: Mapping[str, str],
    mark: str = "##",
) -> list[str]:
    """Return the ideas as a list under their heading, so that none looks like an action."""
    if not planned:
        return []
    return [f"{mark} {IDEAS}", "\n".join(f"- {_idea(each, matrix, names, held, lessons)}" for each in planned)]


def _idea(planned: Planned, matrix: Matrix, names: Mapping[str, str], held: Held, lessons: Mapping[str, str]) -> str:
    more = [PRIORITY_WORDS[planned.priority] if planned.priority else "", who_and_when(planned)]
    more += [f"for {one_line(name)}" if told(name := criterion_name(matrix, planned.criterion)) else ""]
    more += [f"how: {technique_name(planned.technique, names)}" if planned.technique else ""]
    more += [f"objective: {one_line(planned.objective)}" if told(planned.objective) else ""]
    more += [
        f"effort {planned.effort}" if planned.effort else "",
        f"benefit {planned.benefit}" if planned.benefit else "",
    ]
    more += [counted(planned.dots, "dot", "dots") if planned.dots else ""]
    more += [f"held: {held_in_words(held[planned.id])}" if held.get(planned.id) else ""]
    because = one_line(lessons.get(planned.lesson or "", ""))
    more += [f"because of the lesson: {because}" if because else ""]
    more += [one_line(planned.note), f"what changed: {one_line(planned.outcome)}" if told(planned.outcome) else ""]
    more += [planned.state if planned.state != "open" else ""]
    words = [*more[:2], *(part for part in more[2:] if part)]
    return f"{block(planned.action, 2)} ({inline('; '.join(word for word in words if word))})"


def declined(planned: Sequence[Planned]) -> list[str]:
    """Return what is not for us with the reasons, as a list under its heading."""
    if not planned:
        return []
    lines = [f"- {begun(each.action)}{_because(each)}" for each in planned]
    return [f"## {capitalised(PRIORITY_WORDS['not-for-us'])}", "\n".join(lines)]


def _because(planned: Planned) -> str:
    return f" Because: {sentence(planned.reason, 2)}" if told(planned.reason) else ""


def by_priority(assessment: Assessment, names: Mapping[str, str], held: Held, lessons: Mapping[str, str]) -> list[str]:
    """Return a table for each priority under its heading, a third-level one, then the ideas.

    `lessons` are the words of lessons because of which something is done, by id.
    """
    matrix = assessment.matrix
    parts = []
    for priority in _ORDER:
        source = not_for_us(assessment) if priority == "not-for-us" else actions_of(assessment)
        lines = [planned for planned in source if planned.priority == priority]
        if lines:
            parts += [f"### {capitalised(_heading(priority))}", _table(lines, priority, matrix, names, held, lessons)]
    return [*parts, *ideas(ideas_of(assessment), matrix, names, held, lessons, "###")]


def _heading(priority: Priority | None) -> str:
    return PRIORITY_WORDS[priority] if priority else "not yet put in order"


def _table(
    lines: Sequence[Planned],
    priority: Priority | None,
    matrix: Matrix,
    names: Mapping[str, str],
    held: Held,
    lessons: Mapping[str, str],
) -> str:
    more = [for_criterion(matrix), OBJECTIVE, how(names), because_of(lessons)]
    if priority == "not-for-us":
        return table_of(lines, [ACTION, _REASON, *more, _EFFORT, _BENEFIT, _DOTS, NOTE])
    columns = [ACTION, OWNER, BY, DONE_WHEN, *more, REVIEW, _EFFORT, _BENEFIT, _DOTS, *states(lines)]
    return table_of(lines, [*columns, NOTE, OUTCOME, held_column(held)])
