"""Numbers to be shown: a quarter of three teams, and one in which nothing was done."""

from __future__ import annotations

from datetime import date
from typing import Any

from msgspec.structs import replace

from kmtui.model.numbers import Move, Numbers, Period, Tally, TeamTally

QUARTER = Period(first=date(2026, 1, 1), last=date(2026, 3, 31))

BEFORE, AFTER = date(2025, 2, 3), date(2026, 2, 10)


def move(team: str = "Ward 7", before: float = 4, after: float = 6, **fields: Any) -> Move:
    """Return a criterion that moved, a year apart."""
    about = {"criterion": "learning-before", "criterion_name": "Learning before we start", **fields}
    return Move(team=team, before=before, before_on=BEFORE, after=after, after_on=AFTER, **about)


def numbers(text: str = "Ward") -> Numbers:
    """Return the numbers of three teams, with a text in every name."""
    moves = (
        move(f"{text} 4", 5, 5.6, after_mean=True, criterion_name=f"Innovation {text}", criterion=text),
        move(f"{text} 7", 4, 6),
        move(f"{text} 7", 8, 7, criterion_name="Leadership"),
        move(f"{text} 7", 3, 3, criterion_name="Time to learn"),
    )
    seven = Tally(
        sessions=9,
        open_sessions=1,
        people_reached=61,
        lessons_captured=12,
        lessons_keep=4,
        lessons_agreed=3,
        lessons_reused=5,
        uses=6,
        seen_again=2,
        actions_agreed=11,
        actions_closed_on_time=5,
        actions_closed_late=2,
        actions_closed_without_a_day=1,
        actions_dropped=1,
        actions_overdue=3,
        moves=moves[1:],
        techniques=((f"After Action Review {text}", 8), ("Fishbowl", 1)),
    )
    four = Tally(sessions=4, assessments=1, people_reached=32, lessons_reused=2, uses=2, moves=moves[:1])
    nobody = Tally(sessions=1, people_reached=3)
    total = replace(
        seven,
        sessions=14,
        assessments=1,
        people_reached=96,
        lessons_reused=6,
        uses=8,
        moves=moves,
        techniques=((f"After Action Review {text}", 12), ("Fishbowl", 2)),
    )
    teams = (
        TeamTally(team=f"{text} 4", tally=four),
        TeamTally(team=f"{text} 7", tally=seven),
        TeamTally(team="", tally=nobody),
    )
    return Numbers(period=QUARTER, total=total, teams=teams)


NOTHING = Numbers(period=QUARTER, total=Tally())
