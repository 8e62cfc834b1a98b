"""What river, stairs and trend show, as sentences to be read aloud: every picture has its sentences.

They stay short with many teams: a few are named, the rest are counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from kmtui.analysis.comparison import (
    Compared,
    Comparison,
    CriterionTrend,
    NotCompared,
    Point,
    Standing,
    Trend,
    climb,
    helpers,
    seekers,
)
from kmtui.analysis.scoring import number
from kmtui.model.base import Level, in_words
from kmtui.model.matrix import Matrix, as_level
from kmtui.model.session import number_in_words
from kmtui.report.words import FIRST_FALL, capitalised, counted, levels_in_words, listed, mean_with_band
from kmtui.text import one_line, shortened

NAMED = 5
"""How many teams are named where they stand; more are counted by band."""

_PAIRS = 3  # how many are told who could help them, on one criterion
_MISMATCHES = 3  # how many names stand in a sentence about what is not compared
_POINTS = 4  # how many levels of one criterion are told over the years
_LONGEST_REASON = 160


def level_words(matrix: Matrix, at: Standing | Point) -> str:
    """Return a level that a group agreed as it is, a mean with its rounding and band; empty where there is none.

    A mean reads 5.6 (rounds to 6: Pockets of good practice).
    """
    if at.level is None:
        return ""
    return mean_with_band(matrix, at.level) if at.mean else number(at.level)


def end_words(matrix: Matrix, row: Compared, level: Level | None) -> str:
    """Return the lowest or highest level of a criterion, with its rounding and band where it is a mean."""
    at = [each for each in row.teams if each.level is not None and each.level == level]
    return level_words(matrix, max(at, key=lambda each: each.mean)) if at else ""


def named(names: Sequence[str], most: int) -> str:
    """Return names as a sentence has them, at most so many, and how many more there are."""
    if len(names) <= most + 1:  # "and one more" would be longer than the name
        return listed(list(names))
    return f"{', '.join(names[:most])} and {number_in_words(len(names) - most)} more"


def river_sentences(comparison: Comparison) -> tuple[str, ...]:
    """Return the river: how many teams there are, then for each criterion how far apart they are and where we stand."""
    rows = [f"{one_line(row.criterion.name)}: {river_words(comparison, row)}" for row in comparison.criteria]
    return (_teams_and_criteria(comparison), *rows)


def river_words(comparison: Comparison, row: Compared) -> str:
    """Return `three teams, from 2 to 9. Ward 7 stands at 6 and wants 8.`"""
    return " ".join([f"{range_words(comparison.matrix, row)}.", *_own(comparison, row)])


def range_words(matrix: Matrix, row: Compared) -> str:
    """Return how many teams have a level on a criterion, and from where to where they stand."""
    count = sum(each.level is not None for each in row.teams)
    if row.lowest is None or row.highest is None:
        return "no team has a level yet"
    if row.lowest == row.highest:
        together = "both " if count == 2 else "all " if count > 2 else ""
        return f"{counted(count, 'team', 'teams')}, {together}at {end_words(matrix, row, row.lowest)}"
    ends = f"from {end_words(matrix, row, row.lowest)} to {end_words(matrix, row, row.highest)}"
    return f"{counted(count, 'team', 'teams')}, {ends}"


def _teams_and_criteria(comparison: Comparison) -> str:
    scale = comparison.matrix.scale
    teams = counted(len(comparison.teams), "team", "teams")
    criteria = counted(len(comparison.criteria), "criterion", "criteria")
    return f"{one_line(comparison.matrix.title)}: {teams}, {criteria}, levels from {scale.lowest} to {scale.highest}."


def _own(comparison: Comparison, row: Compared) -> list[str]:
    if not comparison.own:
        return []
    own = next((each for each in row.teams if each.own), None)
    if own is None:
        return [f"{one_line(comparison.own)} is not compared here."]
    return [f"{capitalised(one_line(own.team))} {_stands(comparison.matrix, own)}."]


def _stands(matrix: Matrix, standing: Standing) -> str:
    """Return where a team stands and what it wants: `stands at 6 and wants 8`."""
    target = standing.target
    if standing.level is None:
        return "has no level yet" + (f" and wants {number(target)}" if target is not None else "")
    words = f"stands at {level_words(matrix, standing)}"
    if target is None:
        return words
    return (
        f"{words} and wants {number(target)}" if climb(standing) else f"{words}, its target of {number(target)} reached"
    )


def stairs_sentences(comparison: Comparison) -> tuple[str, ...]:
    """Return the stairs: for each criterion who stands where, who wants to climb, and who could help whom."""
    rows = [f"{one_line(row.criterion.name)}: {stairs_words(comparison.matrix, row)}" for row in comparison.criteria]
    return (_teams_and_criteria(comparison), *rows)


def stairs_words(matrix: Matrix, row: Compared) -> str:
    """Return what the stairs show on one criterion, in a few sentences."""
    climbing = seekers(row)
    wish = f"; {counted(len(climbing), 'wants', 'want')} to climb" if climbing else ""
    helped, told = _help_sentences(matrix, row, climbing)
    where = _where(matrix, [each for each in row.teams if each.team not in told], bool(told))
    return " ".join([f"{range_words(matrix, row)}{wish}.", *where, *helped])


def _where(matrix: Matrix, standings: Sequence[Standing], others_told: bool) -> list[str]:
    """Return where the teams stand that are not told of anyway: each by name, or how many there are in each band."""
    placed = [(each.level, each) for each in standings if each.level is not None]
    if len(placed) <= NAMED:
        ordered = sorted(placed, key=lambda pair: -pair[0])
        return [f"{one_line(each.team)} {_stands(matrix, each)}." for _, each in ordered]
    counts = Counter(matrix.band_at(level).id for level, _ in placed)
    bands = [
        f"{number_in_words(counts[band.id])} in {one_line(band.name)}" for band in matrix.bands if band.id in counts
    ]
    others = "Of the others " if others_told else "Of all "
    own = [f"{one_line(each.team)} {_stands(matrix, each)}." for _, each in placed if each.own]
    return [f"{others}{listed(bands)}.", *own]


def _help_sentences(matrix: Matrix, row: Compared, climbing: Sequence[Standing]) -> tuple[list[str], set[str]]:
    """Return who could help whom, a few pairs of them, and the teams that were told of. The own team comes first."""
    pairs = sorted(helpers(row, most=1), key=lambda pair: not (pair.seeker.own or pair.helper.own))
    helped = {pair.seeker.team for pair in pairs}
    alone = sorted((each for each in climbing if each.team not in helped), key=lambda each: not each.own)
    sentences = []
    told: set[str] = set()
    for pair in pairs[:_PAIRS]:
        helper, seeker = pair.helper, pair.seeker
        sentences.append(
            f"{one_line(helper.team)} stands at {level_words(matrix, helper)} and could help "
            f"{one_line(seeker.team)}, which {_stands(matrix, seeker)}."
        )
        told |= {helper.team, seeker.team}
    if len(pairs) > _PAIRS:
        more = counted(len(pairs) - _PAIRS, "more team", "more teams")
        sentences.append(f"For {more} there is one that could help.")
    for each in alone[:1]:
        sentences.append(f"{one_line(each.team)} {_stands(matrix, each)}; no other team stands there yet.")
        told.add(each.team)
    if len(alone) > 1:
        more = "One more wants" if len(alone) == 2 else f"{capitalised(number_in_words(len(alone) - 1))} more want"
        sentences.append(f"{more} to climb to where no team stands yet.")
    return sentences, told


def trend_sentences(trend: Trend) -> tuple[str, ...]:
    """Return one team over the years: for each criterion its levels, what rose and what fell, and what was said."""
    sentences = [_assessments(trend)]
    fallen = False
    for row in trend.criteria:
        if row.points:
            sentences.append(
                f"{one_line(row.criterion.name)}: {_trend_words(trend.matrix, row, first_fall=not fallen)}"
            )
            fallen = fallen or fell(row)
    without = [one_line(row.criterion.name) for row in trend.criteria if not row.points]
    if without:
        sentences.append(f"No level yet: {named(without, NAMED)}.")
    return tuple(sentences)


def fell(row: CriterionTrend) -> bool:
    """Say whether the level was ever lower than the time before."""
    return any(_change(then, now) < 0 for then, now in pairwise(row.points))


def _change(then: Point, now: Point) -> Level:
    # Rounded, since the difference of two means is not exact in binary.
    return as_level(round((now.level or 0) - (then.level or 0), 9))


def _assessments(trend: Trend) -> str:
    days = [in_words(day) for day in trend.dates]
    when = listed(days) if len(days) <= NAMED else f"from {days[0]} to {days[-1]}"
    return f"{capitalised(one_line(trend.team))}: {counted(len(days), 'assessment', 'assessments')}, {when}."


def _trend_words(matrix: Matrix, row: CriterionTrend, *, first_fall: bool) -> str:
    points = row.points
    sentences = [f"{_points(matrix, points)}."]
    if len(points) > 1:
        sentences.append(f"{_movement(points)}.")
    target = points[-1].target
    if target is not None:
        reached = (points[-1].level or 0) >= target
        sentences.append(
            f"Its target of {number(target)} is reached." if reached else f"Its target is {number(target)}."
        )
    if first_fall and fell(row):
        sentences.append(FIRST_FALL)
    if len(points) > 1 and _change(points[-2], points[-1]) < 0:
        sentences += reasons(points[-2], points[-1])
    return " ".join(sentences)


def _points(matrix: Matrix, points: Sequence[Point]) -> str:
    told = [f"{level_words(matrix, each)} on {in_words(each.date)}" for each in points]
    if len(told) > _POINTS:
        between = len(told) - _POINTS
        told[1 : 1 + between] = [counted(between, "more in between", "more in between")]
    return ", ".join(told)


def _movement(points: Sequence[Point]) -> str:
    last, whole = _change(points[-2], points[-1]), _change(points[0], points[-1])
    moved = f"It {_moved(last)} since the time before" if last else "It stayed as it was"
    if len(points) == 2 or whole == last:
        return moved
    return f"{moved}; since the first time it {_moved(whole)}" if whole else f"{moved}, and is where it began"


def _moved(change: Level) -> str:
    return f"{'rose' if change > 0 else 'fell'} by {levels_in_words(abs(change))}"


def reasons(then: Point, now: Point) -> list[str]:
    """Return what was said of a level then and now, shortened, as far as anything was said."""
    said = (("Then", shortened(then.rationale, _LONGEST_REASON)), ("Now", shortened(now.rationale, _LONGEST_REASON)))
    return [
        f"{when} it was said: “{words}”." if when == "Then" else f"{when}: “{words}”." for when, words in said if words
    ]


def not_compared_sentences(items: Iterable[NotCompared], *, most: int = _MISMATCHES) -> tuple[str, ...]:
    """Return what does not match and why; what holds for the same teams is told together, with `most` names each."""
    teams: dict[tuple[str, str], list[str]] = {}
    for each in items:
        names = teams.setdefault((one_line(each.what), one_line(each.why)), [])
        if one_line(each.team) not in names[-1:]:
            names.append(one_line(each.team))
    together: dict[tuple[str, tuple[str, ...]], list[str]] = {}
    for (what, why), names in teams.items():
        together.setdefault((why, tuple(names)), []).append(what)
    return tuple(
        f"{named(whats, most)} {'is' if len(whats) == 1 else 'are'} not compared for {named(names, most)}: "
        f"{why.rstrip('.')}."
        for (why, names), whats in together.items()
    )


def years_not_compared_sentences(items: Iterable[NotCompared], *, most: int = _MISMATCHES) -> tuple[str, ...]:
    """Return what does not match between the assessments of one team, told by their days."""
    by_day = [
        NotCompared(team=f"the assessment of {in_words(each.date)}", what=each.what, why=each.why)
        if each.date
        else each
        for each in items
    ]
    return not_compared_sentences(by_day, most=most)
