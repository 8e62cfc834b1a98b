"""What speaks against putting people together: whole numbers that keep the order of what matters.

People are numbers here, from 0 on; a group is a list of them, and a round a list of groups.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise, permutations
from typing import NamedTuple


class History:
    """Who sat together and in a larger group before, and how often; without `meetings`, only the latter."""

    def __init__(self, people: int, *, meetings: bool = True) -> None:
        self.met: list[dict[int, int]] = [{} for _ in range(people)]
        self.larger = [0] * people
        self._meetings = meetings

    def add(self, group: Iterable[int], *, larger: bool) -> None:
        """Count a group that sat together."""
        people = sorted(set(group))
        if self._meetings:
            for one, other in permutations(people, 2):
                self.met[one][other] = self.met[one].get(other, 0) + 1
        if larger:
            for person in people:
                self.larger[person] += 1

    def add_round(self, groups: Iterable[Sequence[int]], size: int) -> None:
        """Count the groups of a round; those of more people than `size` are larger ones."""
        for group in groups:
            self.add(group, larger=len(group) > size)

    def copy(self) -> History:
        """Return the same history, which goes on by itself."""
        other = History(0, meetings=self._meetings)
        other.met, other.larger = [dict(each) for each in self.met], list(self.larger)
        return other

    def repeats(self, groups: Iterable[Iterable[int]]) -> list[tuple[int, int]]:
        """Return the pairs of people who meet again in these groups."""
        return [(a, b) for group in groups for a, b in combinations(group, 2) if b in self.met[a]]


class Costs(NamedTuple):
    """What a round of groups of these sizes costs.

    `together` is for two people in one group, `larger` for a person in a group of more than `size`. More than half of
    `again` is saved where fewer pairs meet again, and only there. No round costs less than `least`.
    """

    sizes: list[int]
    size: int
    together: list[list[int]]
    larger: list[int]
    again: int
    least: int

    def of(self, group: Sequence[int]) -> int:
        """Return what a group costs."""
        together = sum(self.together[one][other] for one, other in combinations(group, 2))
        return together + sum(self.larger[person] for person in group) if len(group) > self.size else together


def group_sizes(people: int, size: int) -> list[int]:
    """Return the sizes of the groups: as near to `size` as can be and at most one apart, the larger ones first.

    There are people / size groups, to the nearest whole number and halves down, but at least one.
    """
    count = max(1, -((size - 2 * people) // (2 * size)))
    least, more = divmod(people, count)
    return [least + 1] * more + [least] * (count - more)


def costs_of(history: History, kinds: Sequence[Sequence[str]], sizes: list[int], size: int) -> Costs:
    """Return what it costs that people have met, were in a larger group before, or are alike.

    First come pairs who have met, then how often they have, then people who were in a larger group, then pairs who are
    alike, then how often people were in a larger group: one of the former costs more than all there can be of the
    latter. `kinds` holds words for everybody, such as a department and a site, empty where nothing is said; two people
    are alike once for each word that they share.
    """
    pairs = sum(map(pairs_of, sizes))
    most = max((times for met in history.met for times in met.values()), default=0)
    alike = 1 + sum(history.larger)
    again_larger = alike * (1 + sum(pairs * len(kind) for kind in kinds[:1]))
    once_more = again_larger * (1 + len(kinds))
    again = 2 * once_more * (1 + pairs * most)
    rows = {kind: [alike * _shared(kind, other) for other in kinds] for kind in set(map(tuple, kinds))}
    together = [list(rows[tuple(kind)]) for kind in kinds]
    for person, met in enumerate(history.met):
        together[person][person] = 0
        for other, times in met.items():
            together[person][other] += again + once_more * (times - 1)
    larger = [times + again_larger * (times > 0) for times in history.larger]
    least = (
        again * least_repeats(history, [sizes])
        + alike * sum(least_alike(words, len(sizes)) for words in zip(*kinds, strict=True))
        + sum(sorted(larger)[: sum(each for each in sizes if each > size)])
    )
    return Costs(sizes, size, together, larger, again, least)


def least_alike(words: Iterable[str], groups: int) -> int:
    """Return how many pairs share a word at least: when the people of each word are spread evenly."""
    return sum(_spread(people, groups) for word, people in Counter(words).items() if word)


def least_repeats(history: History, rounds: Sequence[Sequence[int]], first: int = 0) -> int:
    """Return how many pairs must meet again in rounds of groups of these sizes, as far as counting tells.

    `first` is how many must in the first round. A group of a later round comes out of no more groups than the round
    before it had; nobody can sit with more new people than there are, and all together cannot either.
    """
    one_by_one = first + sum(sum(_spread(each, len(before)) for each in sizes) for before, sizes in pairwise(rounds))
    people = len(history.met)
    meetings = sum(min(sizes) - 1 for sizes in rounds)
    missing = [max(0, meetings - (people - 1 - len(met))) for met in history.met]
    new = pairs_of(people) - sum(map(len, history.met)) // 2
    in_all = sum(pairs_of(each) for sizes in rounds for each in sizes) - new
    return max(one_by_one, in_all, *missing, (sum(missing) + 1) // 2)


def pairs_of(people: int) -> int:
    """Return how many pairs there are in a group of so many people."""
    return people * (people - 1) // 2


def _shared(kind: Sequence[str], other: Sequence[str]) -> int:
    return sum(one == another != "" for one, another in zip(kind, other, strict=True))


def _spread(people: int, groups: int) -> int:
    """Return the fewest pairs that so many people make in so many groups."""
    each, more = divmod(people, groups)
    return more * pairs_of(each + 1) + (groups - more) * pairs_of(each)
