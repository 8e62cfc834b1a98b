"""Phrases out of which sentences and tables are made: levels, distances, means and what individuals answered."""

from __future__ import annotations

from collections.abc import Iterable

from kmtui.analysis.scoring import Score, mean_in_words, number
from kmtui.model.assessment import Assessment
from kmtui.model.base import Level, in_words
from kmtui.model.matrix import Matrix, nearest_whole
from kmtui.model.rating import SKIP_WORDS, Rating
from kmtui.model.session import number_in_words
from kmtui.model.survey import Spread
from kmtui.model.thresholds import FEWEST_FOR_MEAN, FEWEST_FOR_SPREAD
from kmtui.text import one_line

FIRST_FALL = "A first fall often means better understanding: people see more now of what there is to do."
"""What is said beside the first level that is lower than the time before."""


def counted(count: int, one: str, more: str) -> str:
    """Return a number with its noun: one level, two levels."""
    return f"{number_in_words(count)} {one if count == 1 else more}"


def capitalised(words: str) -> str:
    """Return the words with a capital at their beginning and all else as it is."""
    return words[:1].upper() + words[1:]


def listed(names: list[str]) -> str:
    """Return names as a sentence has them: a, b and c."""
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def level_in_words(matrix: Matrix, rating: Rating) -> str:
    """Return `6 of 12, Pockets of good practice`, or why there is no level."""
    if rating.level is not None:
        return f"{number(rating.level)} of {matrix.scale.highest}, {one_line(matrix.band_at(rating.level).name)}"
    return SKIP_WORDS[rating.skip] if rating.skip is not None else "not yet discussed"


def target_in_words(rating: Rating) -> str:
    """Return `Target 8, two levels to go` for a rating that has a target."""
    if rating.target is None:
        return ""
    if rating.level is None:
        return f"Target {number(rating.target)}"
    gap = rating.target - rating.level
    return f"Target {number(rating.target)}, {f'{levels_in_words(gap)} to go' if gap > 0 else 'reached'}"


def levels_in_words(gap: Level) -> str:
    """Return a distance on the scale: one level, two levels, half a level, 1.5 levels."""
    if gap == 0.5:
        return "half a level"
    if float(gap).is_integer():
        return counted(int(gap), "level", "levels")
    return f"{number(gap)} levels"


def mean_with_band(matrix: Matrix, mean: Level) -> str:
    """Return a mean with its rounding and band: 5.6 (rounds to 6: Pockets of good practice)."""
    score = Score(id="", name="", n=1, mean=mean, rounded=nearest_whole(mean))
    return one_line(mean_in_words(matrix, score))


def standing(assessment: Assessment, criterion_id: str, level: Level) -> str:
    """Return where the team stands: a level that a group agreed as it is, the mean of a survey with its rounding."""
    if assessment.rating(criterion_id).level is not None:
        return number(level)
    return mean_with_band(assessment.matrix, level)


def level_with_band(assessment: Assessment, criterion_id: str, level: Level) -> str:
    """Return where the team stands with the band: a level that a group agreed, or the mean of a survey."""
    if assessment.rating(criterion_id).level is None:
        return mean_with_band(assessment.matrix, level)
    return f"{number(level)} ({one_line(assessment.matrix.band_at(level).name)})"


def hidden(spread: Spread) -> bool:
    """Say whether too few people answered for their answers to be shown."""
    return spread.bands is None


def few_answers(spreads: Iterable[Spread]) -> str:
    """Return why something of these is not shown, as a sentence; an empty text where all is."""
    unshown = [spread.n for spread in spreads if hidden(spread) and spread.n]
    if not unshown:
        return ""
    # An organisation may ask for more answers than the least.
    raised = max(unshown) >= FEWEST_FOR_SPREAD
    few = "too few" if raised else f"fewer than {number_in_words(FEWEST_FOR_SPREAD)}"
    return (
        f"Where {few} people answered, only their number is shown, and from {number_in_words(FEWEST_FOR_MEAN)} answers "
        "up the mean, so that nobody can work out who answered what."
    )


def answers_in_words(spread: Spread) -> str:
    """Return how many answered, and that it is too few to show more: seven answers; fewer than five answers: two."""
    if spread.n and hidden(spread) and spread.n < FEWEST_FOR_SPREAD:
        return f"fewer than {number_in_words(FEWEST_FOR_SPREAD)} answers: {number_in_words(spread.n)}"
    words = counted(spread.n, "answer", "answers")
    return f"{words}, too few to show more of them" if spread.n and hidden(spread) else words


def range_in_words(spread: Spread) -> str:
    """Return `from 2 to 11` or `all of them 6`; an empty text where it is not shown."""
    if spread.lowest is None or spread.highest is None:
        return ""
    if spread.lowest == spread.highest:
        return f"all of them {number(spread.lowest)}"
    return f"from {number(spread.lowest)} to {number(spread.highest)}"


def deviation(sd: float | None) -> str:
    """Return a standard deviation with one decimal; an empty text where it is not shown."""
    return "" if sd is None else f"{sd:.1f}"


def bands_in_words(matrix: Matrix, spread: Spread) -> str:
    """Return how many answers lie in each band that has any: one Nothing in place, two In early stages."""
    counts = spread.bands or {}
    return ", ".join(
        f"{number_in_words(counts[band.id])} {one_line(band.name)}" for band in matrix.bands if counts.get(band.id)
    )


def spread_in_words(matrix: Matrix, spread: Spread) -> str:
    """Return what individuals answered on a criterion, without its mean.

    `seven answers, from 2 to 11, standard deviation 3.1; one Nothing in place, ...`, or that there are too few.
    """
    if hidden(spread):
        return answers_in_words(spread)
    words = f"{answers_in_words(spread)}, {range_in_words(spread)}, standard deviation {deviation(spread.sd)}"
    words += f"; {bands_in_words(matrix, spread)}"
    if spread.dont_know:
        words += f"; {number_in_words(spread.dont_know)} said “{SKIP_WORDS['dont-know']}”"
    return words


def rounding_rule(matrix: Matrix) -> str:
    """Return the rule by which a mean belongs to a band, as one sentence with an example on this scale."""
    below = matrix.bands[0].levels[1] if len(matrix.bands) > 1 else matrix.scale.lowest
    return (
        "A mean belongs to the band that holds its nearest whole level, halves up: "
        f"{number(below + 0.5)} rounds to {below + 1} ({one_line(matrix.band_at(below + 1).name)})."
    )


def still_open(assessment: Assessment) -> str:
    """Return the sentence for a survey to which responses still come."""
    until = f", until {in_words(assessment.closes)}" if assessment.closes else ""
    return f"Responses are still coming in{until}. What they say is shown once the survey is closed."


def answered_in_words(assessment: Assessment) -> str:
    """Return how many people answered a closed survey, with their roles where those are told, as a sentence."""
    result = assessment.survey
    if result is None or not result.answered:
        return "Nobody answered the survey."
    roles = [
        f"{one_line(role.role)} × {role.count}" if role.count > 1 else one_line(role.role)
        for role in result.roles
        if one_line(role.role)
    ]
    return f"{capitalised(counted(result.answered, 'person', 'people'))} answered the survey" + (
        f" ({', '.join(roles)})." if roles else "."
    )
