"""Sentences for people on what a draw could not have, and why; nothing where nothing is lost."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from random import Random

from kmtui.analysis.grouping_cost import History, least_alike, least_repeats
from kmtui.analysis.grouping_search import Groups, fewest_repeats
from kmtui.text import shortened

NOBODY = "There is nobody to draw."
ALONE = "A group takes at least two people, and there is one."
_MOST_NAMED = 3
_LONGEST_NAME = 40
_FOR_CERTAIN = ": with these people it cannot be avoided."


def on_the_list(twice: Sequence[str], nameless: int) -> list[str]:
    """Return what is to be said about names that stand on a list more than once, and entries without a name."""
    told = []
    if len(twice) == 1:
        told.append(f"{_name(twice[0])} is on the list more than once and counts once.")
    elif twice:
        named = f": {_listed(list(map(_name, twice)))}" if len(twice) <= _MOST_NAMED else ""
        told.append(f"{len(twice)} names are on the list more than once and count once each{named}.")
    if nameless:
        told.append(f"{_counted(nameless, 'person has', 'people have')} no name and cannot be drawn.")
    return told


def on_moves(moved: int) -> list[str]:
    """Return what is to be said about people who had a seat and change it when others join."""
    if not moved:
        return []
    return [f"{_counted(moved, 'person who had a seat changes', 'people who had a seat change')} to another group."]


def on_rounds(
    names: Sequence[str],
    kinds: Sequence[Sequence[str]],
    history: History,
    rounds: Sequence[Groups],
    size: int,
    chance: Random,
) -> list[str]:
    """Return what is to be said about rounds: who meets again, is in a larger group again, or sits with their like.

    `kinds` holds a department and a site for everybody; `history` is how things were before the first round.
    """
    over = f"Over the {len(rounds)} rounds, " if len(rounds) > 1 else ""
    told = [*_repeats(names, history, rounds, size, chance), *_larger(history, rounds, size)]
    sentences = [over + each for each in told]
    for place, word in enumerate(("department", "site")):
        sentences += _alike([kind[place] for kind in kinds], word, rounds, size, over)
    return sentences


def _repeats(names: Sequence[str], history: History, rounds: Sequence[Groups], size: int, chance: Random) -> list[str]:
    before = history.copy()
    again = []
    for groups in rounds:
        again += before.repeats(groups)
        before.add_round(groups, size)
    if not again:
        return []
    sizes = [list(map(len, groups)) for groups in rounds]
    least = least_repeats(history, sizes, first=fewest_repeats(history, sizes[0], size, chance))
    why = _FOR_CERTAIN if len(again) == least else ", the fewest that were found."
    pairs = [f"{_name(names[one])} and {_name(names[other])}" for one, other in dict.fromkeys(map(_ordered, again))]
    who = pairs[0] if len(pairs) == 1 else f"{len(pairs)} pairs"
    what = "sit together again" if len(rounds) > 1 else "have met before"
    named = f" ({', '.join(pairs)})" if 1 < len(pairs) <= _MOST_NAMED else ""
    return [f"{who} {what}{named}{why}"]


def _ordered(pair: tuple[int, int]) -> tuple[int, int]:
    return min(pair), max(pair)


def _larger(history: History, rounds: Sequence[Groups], size: int) -> list[str]:
    """Return how many people are in a larger group again, where others are in none."""
    before = history.copy()
    again, places = [], 0
    for groups in rounds:
        larger = [person for group in groups if len(group) > size for person in group]
        if any(len(group) <= size for group in groups):
            places += len(larger)
            again += [person for person in larger if before.larger[person]]
        before.add_round(groups, size)
    if not again:
        return []
    certain = len(again) == places - history.larger.count(0)
    why = ": too few people have not been in one." if certain else "."
    return [f"{_counted(len(set(again)), 'person is', 'people are')} in a larger group again{why}"]


def _alike(words: Sequence[str], kind: str, rounds: Sequence[Groups], size: int, over: str) -> list[str]:
    """Return how many groups have people of the same department or site."""
    if words[0] and len(set(words)) == 1:
        groups = "pairs" if size == 2 else "groups"
        return [f"Everyone is from the same {kind}, so {groups} within one could not be avoided."]
    count = pairs = 0
    for group in (group for groups in rounds for group in groups):
        same = sum(words[one] == words[other] != "" for one, other in combinations(group, 2))
        count += same > 0
        pairs += same
    if not count:
        return []
    certain = pairs == sum(least_alike(words, len(groups)) for groups in rounds)
    had = _counted(count, "group has", "groups have")
    return [f"{over}{had} people of the same {kind} together{_FOR_CERTAIN if certain else '.'}"]


def _counted(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"


def _listed(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def _name(name: str) -> str:
    return shortened(name, _LONGEST_NAME)
