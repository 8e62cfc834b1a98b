"""The JSON document of the specialist's own numbers: what `kmtui numbers --json` prints."""

from __future__ import annotations

from typing import Any

from kmtui.model.numbers import Move, Numbers, Tally
from kmtui.text import clean


def numbers_document(numbers: Numbers) -> dict[str, Any]:
    """Return the numbers as JSON-ready values: of the whole, and with the same keys of each team."""
    return {
        "from": numbers.period.first.isoformat(),
        "to": numbers.period.last.isoformat(),
        "team": clean(numbers.team),
        **_tally(numbers.total),
        "teams": [{"team": clean(each.team), **_tally(each.tally)} for each in numbers.teams],
    }


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "sessions": tally.sessions,
        "open_sessions": tally.open_sessions,
        "assessments": tally.assessments,
        "people": tally.people_reached,
        "lessons": {
            "captured": tally.lessons_captured,
            "keep": tally.lessons_keep,
            "agreed": tally.lessons_agreed,
            "reused": tally.lessons_reused,
            "uses": tally.uses,
            "applied": tally.lessons_applied,
            "retired": tally.lessons_retired,
            "seen_again": tally.seen_again,
        },
        "actions": {
            "agreed": tally.actions_agreed,
            "closed": tally.actions_closed,
            "on_time": tally.actions_closed_on_time,
            "late": tally.actions_closed_late,
            "without_a_day": tally.actions_closed_without_a_day,
            "dropped": tally.actions_dropped,
            "overdue": tally.actions_overdue,
        },
        "criteria": {
            "up": tally.criteria_moved_up,
            "down": tally.criteria_moved_down,
            "same": tally.criteria_same,
            "moves": [_move(each) for each in tally.moved],
        },
        "techniques": [{"name": clean(name), "sessions": count} for name, count in tally.techniques],
    }


def _move(move: Move) -> dict[str, Any]:
    return {
        "team": clean(move.team),
        "criterion": clean(move.criterion),
        "name": clean(move.criterion_name),
        "from": move.before,
        "from_date": move.before_on.isoformat(),
        "from_mean": move.before_mean,
        "to": move.after,
        "to_date": move.after_on.isoformat(),
        "to_mean": move.after_mean,
    }
