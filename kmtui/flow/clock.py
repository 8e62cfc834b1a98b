"""The clock of a session: it informs, and never cuts anyone off. All times are seconds of a monotonic clock."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from kmtui.model.base import Level, Value


class Clock(Value, frozen=True, kw_only=True):
    """Seconds spent and minutes added, by the id of the step; the step that runs, and since when.

    `since` is None while the clock is paused.
    """

    spent: dict[str, float] = {}
    extended: dict[str, Level] = {}
    step: str = ""
    since: float | None = None

    @property
    def running(self) -> bool:
        """Whether time is being counted."""
        return self.since is not None


def spent_on(clock: Clock, step: str, now: float) -> float:
    """Return the seconds spent on a step until now. A clock that was set back counts nothing."""
    spent = clock.spent.get(step, 0.0)
    if step == clock.step and clock.since is not None:
        spent += max(now - clock.since, 0.0)
    return spent


def spent_in_all(clock: Clock, now: float) -> float:
    """Return the seconds spent on all steps until now."""
    return sum(spent_on(clock, step, now) for step in {*clock.spent, clock.step})


def settled(clock: Clock, now: float) -> Clock:
    """Return the clock with the running time counted in, running on from now if it ran."""
    if clock.since is None:
        return clock
    return replace(clock, spent={**clock.spent, clock.step: spent_on(clock, clock.step, now)}, since=now)


def at_step(clock: Clock, step: str, now: float) -> Clock:
    """Return the clock counting for another step, running or paused as it was."""
    return clock if step == clock.step else replace(settled(clock, now), step=step)


def paused(clock: Clock, now: float) -> Clock:
    """Return the clock at rest."""
    return replace(settled(clock, now), since=None)


def resumed(clock: Clock, now: float) -> Clock:
    """Return the clock running."""
    return clock if clock.running else replace(clock, since=now)


def extended_by(clock: Clock, minutes: Level) -> Clock:
    """Return the clock with minutes added to the step that it is on."""
    return replace(clock, extended={**clock.extended, clock.step: clock.extended.get(clock.step, 0) + minutes})


def planned(clock: Clock, step: str, minutes: Level) -> float:
    """Return the seconds that a step may take: its minutes and those added."""
    return 60.0 * (minutes + clock.extended.get(step, 0))


def left(clock: Clock, step: str, minutes: Level, now: float) -> float:
    """Return the seconds left for a step; below zero when it is over its time."""
    return planned(clock, step, minutes) - spent_on(clock, step, now)


def behind(clock: Clock, plan: Sequence[tuple[str, Level]], now: float) -> float:
    """Return by how many seconds the clock is behind a plan of steps with their minutes; below zero when it is ahead.

    The steps before the furthest one that was begun were to take their minutes, and that one takes what it has taken,
    up to its own: going back for a moment is no delay of all that came since. Minutes that were added are behind the
    plan, since the end comes later.
    """
    steps = [step for step, _ in plan]
    begun = [number for number, step in enumerate(steps) if step == clock.step or clock.spent.get(step)]
    spent = spent_in_all(clock, now)
    if not plan:
        return spent
    here = begun[-1] if begun else 0
    passed = sum(60.0 * minutes for _, minutes in plan[:here])
    present = min(spent_on(clock, steps[here], now) if begun else spent, 60.0 * plan[here][1])
    return spent - passed - present


def behind_in_words(seconds: float) -> str:
    """Return that a session is behind its plan by a minute or more: 3 min behind; else an empty text."""
    return f"{int(seconds // 60)} min behind" if seconds >= 60 else ""


def in_words(seconds: float) -> str:
    """Return a time left for reading: 3:05, or 1:10 over."""
    whole = int(abs(seconds))
    words = f"{whole // 60}:{whole % 60:02d}"
    return words if seconds >= 0 else f"{words} over"
