"""What a team said and agreed the time before, as it is shown beside the present criterion."""

from __future__ import annotations

from textual.content import Content

from kmtui.model.base import Level
from kmtui.model.plan import Planned
from kmtui.report.last_time import LastTime
from kmtui.report.sentences import who_and_when
from kmtui.report.words import capitalised
from kmtui.text import one_line
from kmtui.tui.safe import parts, words


def of_last_time(last: LastTime, criterion_id: str, level: Level | None) -> list[Content]:
    """Return level, target and reason of last time; beside a `level` that is lower, what that often means."""
    said, fall = last.said(criterion_id), last.fall(criterion_id, level)
    found = [parts((f"Last time ({last.when}): ", "bold"), said)] if said else []
    return [*found, parts((fall, "italic"))] if fall else found


def agreed(last: LastTime) -> list[Content]:
    """Return what was agreed last time, and what has become of it. Of an idea nobody has promised anything."""
    actions = [action for action in last.before.actions if not action.idea]
    if not actions:
        return [words(f"Nothing was agreed last time, on {last.when}.")]
    return [
        parts((f"Agreed last time, on {last.when}:", "bold $accent")),
        *map(_agreed, actions),
    ]


def _agreed(action: Planned) -> Content:
    pieces: list[str | tuple[str, str]] = [(f"{capitalised(action.state)}: ", "bold"), one_line(action.action)]
    pieces.append((f" ({who_and_when(action)})", "$muted"))
    if action.outcome:
        pieces.append(f"\n   What changed: {one_line(action.outcome)}")
    if action.note:
        pieces.append(f"\n   Note: {one_line(action.note)}")
    return parts(*pieces)
