"""Words for people of what only commands tell: how surveys stand, and all of a set-up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kmtui.model.base import in_words
from kmtui.model.session import people_in_words
from kmtui.plain.lists import setup_line
from kmtui.text import one_line

if TYPE_CHECKING:
    from kmtui.model.lines import RecordLine
    from kmtui.model.matrix import Matrix
    from kmtui.workspace.setups import TeamSetUp
    from kmtui.workspace.surveys import Status


def survey_status(found: Status) -> str:
    """Return how many have answered, and whether the survey is closed."""
    return f"{_answered(found)}. The survey is {'closed' if found.closed else 'open'}."


def survey_line(line: RecordLine, found: Status) -> str:
    """Return a survey: what, whose, how many have answered, until when."""
    state = "closed" if found.closed else f"open until {in_words(line.closes)}" if line.closes else "open"
    title = line.title if line.title != line.team else ""
    return one_line(f"{title or 'Survey'}, {line.team}, {_answered(found).lower()}, {state}.")


def _answered(found: Status) -> str:
    if not found.answered:
        return "Nobody has answered"
    return f"{found.answered} {'person has' if found.answered == 1 else 'people have'} answered"


def set_up_lines(found: TeamSetUp, matrix: Matrix) -> list[str]:
    """Return all of a set-up, a line for each thing in it."""
    setup = found.setup
    names = {criterion.id: criterion.name for criterion in matrix.criteria}
    lines = [setup_line(found), f"Matrix: {matrix.title}"]
    if setup.people:
        lines.append(f"Who takes part: {people_in_words(setup.people)}")
    for goal in setup.objectives:
        criteria = ", ".join(names.get(each, each) for each in goal.criteria)
        lines.append(f"Goal: {goal.text}" + (f" ({criteria})" if criteria else ""))
    for out in setup.left_out:
        lines.append(f"Left out: {names.get(out.criterion, out.name)}" + (f", {out.reason}" if out.reason else ""))
    for option in setup.options:
        lines.append(f"Option of our own for {names.get(option.criterion, option.criterion)}: {option.text}")
    return [one_line(line) for line in lines]
