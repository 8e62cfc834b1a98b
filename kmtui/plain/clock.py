"""The clock in words: silent unless it is asked for or nearly over."""

from __future__ import annotations

from typing import Any

from kmtui.flow.clock import behind_in_words, in_words, planned
from kmtui.model.base import Level
from kmtui.workspace.opened import Opened
from kmtui.workspace.sessions import OpenSession

_LAST = 60.0  # seconds; of a step of two minutes or less it is the second half


def time_running_out(opened: Opened[Any], minutes: Level) -> str:
    """Return what to say when the present step is in its last minute or over, or an empty text."""
    if not minutes or not opened.clock.running:
        return ""
    left = opened.seconds_left(minutes)
    if left >= min(_LAST, planned(opened.clock, opened.clock.step, minutes) / 2):
        return ""
    return "The time for this question is over." if left <= 0 else f"Time left for this question: {in_words(left)}."


def time_in_words(opened: Opened[Any], minutes: Level) -> list[str]:
    """Return how much time is left for the present step, and how much has been spent in all."""
    lines = []
    if minutes:
        left = opened.seconds_left(minutes)
        whole = in_words(planned(opened.clock, opened.clock.step, minutes))
        lines.append(f"{in_words(left)} left of {whole}." if left > 0 else f"{in_words(left)}, of {whole}.")
    late = behind_in_words(opened.behind()) if isinstance(opened, OpenSession) else ""
    paused = "" if opened.clock.running else " The clock is paused."
    return [*lines, f"{in_words(opened.seconds_spent())} so far in all{f', {late} the plan' if late else ''}.{paused}"]
