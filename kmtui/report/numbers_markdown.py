"""The specialist's own numbers as Markdown, to be pasted into a quality return."""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain

from kmtui import __version__
from kmtui.analysis.scoring import number
from kmtui.model.base import Day, Level, in_words
from kmtui.model.numbers import Move, Numbers, Tally
from kmtui.report.escape import front_matter, inline
from kmtui.report.numbers_sentences import counting_sentences, numbers_sentences, period_in_words, team_name
from kmtui.report.parts import bullets, joined, table

Column = tuple[str, Callable[[Tally], int]]
"""The head of a column, and what stands below it."""

COLUMNS: tuple[tuple[Column, ...], ...] = (
    (
        ("Sessions", lambda tally: tally.sessions),
        ("Assessments", lambda tally: tally.assessments),
        ("People", lambda tally: tally.people_reached),
    ),
    (
        ("Lessons captured", lambda tally: tally.lessons_captured),
        ("Taken along", lambda tally: tally.lessons_reused),
        ("Applied", lambda tally: tally.lessons_applied),
    ),
    (
        ("Actions agreed", lambda tally: tally.actions_agreed),
        ("Closed", lambda tally: tally.actions_closed),
        ("On time", lambda tally: tally.actions_closed_on_time),
        ("Overdue", lambda tally: tally.actions_overdue),
    ),
    (
        ("Criteria up", lambda tally: tally.criteria_moved_up),
        ("Down", lambda tally: tally.criteria_moved_down),
    ),
)
"""The columns of the table by team; those that belong together stand together."""

ALL_TEAMS = "All"
"""What stands before the whole."""


def numbers_markdown(numbers: Numbers) -> str:
    """Return a page of the numbers: sentences, a table by team, criteria that moved, and what is counted how."""
    subject = f"What was done, {period_in_words(numbers.period)}"
    team = inline(numbers.team)
    parts = [
        f"# {team}: {inline(subject)}" if team else f"# {inline(subject)}",
        bullets(numbers_sentences(numbers)),
        *_teams(numbers),
        *_moves(numbers),
        *_techniques(numbers),
        "## What is counted, and how",
        bullets(counting_sentences(numbers)),
    ]
    return _front(numbers) + "\n" + joined(parts)


def _front(numbers: Numbers) -> str:
    return front_matter(
        {
            "kind": "numbers",
            "from": numbers.period.first,
            "to": numbers.period.last,
            "team": numbers.team or None,
            "made_by": f"kmtui {__version__}",
        }
    )


def _teams(numbers: Numbers) -> list[str]:
    """Return what each team did, with the whole below it; nothing for one team alone, which is the whole."""
    if len(numbers.teams) < 2:
        return []
    rows = [[team_name(each), *_figures(each.tally)] for each in numbers.teams]
    heads = ["Team", *(head for head, _ in chain(*COLUMNS))]
    return ["## By team", table(heads, [*rows, [ALL_TEAMS, *_figures(numbers.total)]])]


def _figures(tally: Tally) -> list[str]:
    return [str(count(tally)) for _, count in chain(*COLUMNS)]


def _moves(numbers: Numbers) -> list[str]:
    """Return the criteria that moved, of each team those that moved furthest up first."""
    moved = sorted(numbers.total.moved, key=lambda each: -each.change)
    if not moved:
        return []
    rows = [
        [
            each.team,
            each.criterion_name,
            _level(each.before, each.before_on, each.before_mean),
            _level(each.after, each.after_on, each.after_mean),
            _change(each),
        ]
        for each in moved
    ]
    return ["## Criteria that moved", table(["Team", "Criterion", "Before", "After", "Levels"], rows)]


def _level(level: Level, day: Day, mean: bool) -> str:
    return f"{number(level)} ({'mean of a survey, ' if mean else ''}{in_words(day)})"


def _change(move: Move) -> str:
    return f"{'+' if move.change > 0 else '−'}{number(abs(move.change))}"


def _techniques(numbers: Numbers) -> list[str]:
    if not numbers.techniques:
        return []
    return [
        "## Techniques",
        table(["Technique", "Sessions"], [[name, str(count)] for name, count in numbers.techniques]),
    ]
