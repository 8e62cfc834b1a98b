"""What the numbers of a score step come to: how many, the mean, and how far apart they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from statistics import fmean, stdev

from kmtui.model.base import Level, Value
from kmtui.model.matrix import as_level


class Tally(Value, frozen=True, kw_only=True):
    """Numbers in one view. `sd` is the standard deviation of the sample (n - 1), None below two numbers."""

    n: int
    mean: Level | None = None
    sd: float | None = None
    lowest: Level | None = None
    highest: Level | None = None


def tally(numbers: Sequence[Level]) -> Tally:
    """Return what the numbers come to; of none only that there are none."""
    if not numbers:
        return Tally(n=0)
    return Tally(
        n=len(numbers),
        mean=as_level(fmean(numbers)),
        sd=stdev(numbers) if len(numbers) > 1 else None,
        lowest=min(numbers),
        highest=max(numbers),
    )


def counts(numbers: Sequence[Level]) -> tuple[tuple[Level, int], ...]:
    """Return how often each number was given, the highest first."""
    return tuple(sorted(Counter(numbers).items(), reverse=True))
