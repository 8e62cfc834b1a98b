"""The search for a round that costs the least: among all of them for a few people, by exchanging seats for many."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from heapq import nlargest
from itertools import combinations, islice
from operator import sub
from random import Random

from kmtui.analysis.grouping_cost import Costs, History, group_sizes, least_repeats
from kmtui.analysis.grouping_pairs import paired

EXACT = 10
"""Up to so many people, every way to group them is looked at."""

WORK = 2_000_000
"""How long a search goes on for a round that has not come to the least there can be, in seats looked at."""

SWAPS: tuple[int, ...] = ()
CHAINS = (5, 3, 2, 1, 1)  # how many people are tried at the second, third, ... place of an exchange
_NEVER = 1 << 200

Groups = list[list[int]]
Partition = tuple[tuple[int, ...], ...]


def best_round(history: History, costs: Costs, chance: Random, work: int = WORK) -> Groups:
    """Return a round that costs the least, of a few people for certain, and of many as far as was found in the work."""
    people = len(costs.larger)
    if people <= EXACT:
        return [list(group) for group in chance.choice(_cheapest(costs))]
    without_repeats = costs.least - costs.again * least_repeats(history, [costs.sizes])
    best: Seating | None = None
    by_paths = False
    while best is None or (work > 0 and best.total > costs.least):
        if by_paths:
            groups, _, repeats = paired(history, chance)
            costs = costs._replace(least=without_repeats + costs.again * repeats)
        else:
            groups = _at_random(costs.sizes, chance)
        seating = Seating(costs, groups)
        seating.descend(SWAPS)
        seating.descend(CHAINS, work)
        work -= seating.work + people * len(groups)
        if best is None or seating.total < best.total:
            best = seating
        by_paths = costs.size == 2 and bool(history.repeats(best.groups))
    return best.groups


def fewest_repeats(history: History, sizes: Sequence[int], size: int, chance: Random) -> int:
    """Return how many pairs must meet again in one round of groups of these sizes, as far as can be proved."""
    if sum(sizes) <= EXACT:
        return min(len(history.repeats(groups)) for groups in partitions(tuple(sorted(sizes))))
    if size == 2 and sorted(sizes, reverse=True) == group_sizes(sum(sizes), size):
        return paired(history, chance).least
    return least_repeats(history, [sizes])


def _at_random(sizes: Sequence[int], chance: Random) -> Groups:
    people = list(range(sum(sizes)))
    chance.shuffle(people)
    left = iter(people)
    return [list(islice(left, size)) for size in sizes]


def _cheapest(costs: Costs) -> list[Partition]:
    """Return all of the rounds that cost the least."""
    known: dict[tuple[int, ...], int] = {}
    found: list[Partition] = []
    least = _NEVER
    for groups in partitions(tuple(sorted(costs.sizes))):
        total = 0
        for group in groups:
            if group not in known:
                known[group] = costs.of(group)
            total += known[group]
        if total < least:
            least, found = total, []
        if total == least:
            found.append(groups)
    return found


@lru_cache(maxsize=16)
def partitions(sizes: tuple[int, ...]) -> tuple[Partition, ...]:
    """Return every way to part the people 0, 1, 2, ... into groups of these sizes."""
    return tuple(_parted(tuple(range(sum(sizes))), sizes))


def _parted(people: tuple[int, ...], sizes: tuple[int, ...]) -> Iterator[Partition]:
    if not people:
        yield ()
        return
    first, rest = people[0], people[1:]
    for place, size in enumerate(sizes):
        if size in sizes[:place]:
            continue
        for others in combinations(rest, size - 1):
            left = tuple(person for person in rest if person not in others)
            for more in _parted(left, sizes[:place] + sizes[place + 1 :]):
                yield ((first, *others), *more)


class Seating:
    """Who sits where, with what every seat would cost everybody. Those in `kept` keep their seats.

    An exchange is a chain of people of different groups, each of whom takes the seat of the next, the last one that of
    the first: a swap has two, and longer ones get out where no swap does (as Lin and Kernighan did for routes).
    """

    def __init__(self, costs: Costs, groups: Groups, kept: Collection[int] = ()) -> None:
        self.costs = costs
        self.groups = groups
        people = len(costs.larger)
        self.where = [0] * people
        self.seats: list[list[int]] = []
        """What it costs to have a person in a group, by group and person."""
        for number, group in enumerate(groups):
            rows = [costs.together[person] for person in group]
            self.seats.append(
                list(map(sum, zip(*rows, *([costs.larger] if len(group) > costs.size else []), strict=True)))
            )
            for person in group:
                self.where[person] = number
        self.movable = [person for person in range(people) if person not in kept]
        self.saved = [self.seats[self.where[p]][p] if p not in kept else -_NEVER for p in range(people)]
        """What is saved when somebody leaves their group."""
        self.total = sum(costs.of(group) for group in groups)
        self.work = 0

    def exchange(self, first: int, breadths: Sequence[int], at_least: int = 1) -> bool:
        """Make an exchange with this person that saves something, and say whether there was one."""
        if self.saved[first] < at_least:
            return False
        home = self.where[first]
        closing = list(map(sub, self.seats[home], self.costs.together[first]))
        chain = self._chain([first], self.saved[first] - at_least, closing, breadths)
        for other in reversed(chain[1:]):
            self.swap(first, other)
        return bool(chain)

    def _chain(self, chain: list[int], saved: int, closing: Sequence[int], breadths: Sequence[int]) -> list[int]:
        last = chain[-1]
        prices = [seats[last] for seats in self.seats]
        self.work += 2 * len(self.where) + 20
        values = [
            free - prices[group] + together
            for free, group, together in zip(self.saved, self.where, self.costs.together[last], strict=True)
        ]
        for person in chain:
            for member in self.groups[self.where[person]]:
                values[member] = -_NEVER
        closed = list(map(sub, values, closing))
        best = max(closed)
        if saved + best >= 0:
            return [*chain, closed.index(best)]
        if breadths:
            for other in nlargest(breadths[0], self.movable, key=values.__getitem__):
                if saved + values[other] < 0:
                    break
                found = self._chain([*chain, other], saved + values[other], closing, breadths[1:])
                if found:
                    return found
        return []

    def swap(self, one: int, other: int) -> None:
        """Let two people of different groups change seats."""
        here, there = self.where[one], self.where[other]
        together = self.costs.together
        before = self.seats[here][one] + self.seats[there][other]
        one_row, other_row = together[one], together[other]
        after = self.seats[there][one] + self.seats[here][other] - 2 * one_row[other]
        self.total += after - before
        self.seats[here] = [seat - a + b for seat, a, b in zip(self.seats[here], one_row, other_row, strict=True)]
        self.seats[there] = [seat + a - b for seat, a, b in zip(self.seats[there], one_row, other_row, strict=True)]
        self.groups[here][self.groups[here].index(one)] = other
        self.groups[there][self.groups[there].index(other)] = one
        self.where[one], self.where[other] = there, here
        for number in (here, there):
            for person in self.groups[number]:
                if self.saved[person] > -_NEVER:
                    self.saved[person] = self.seats[number][person]
        self.work += 2 * len(self.where)

    def descend(self, breadths: Sequence[int], work: int = _NEVER) -> None:
        """Exchange seats until nothing more is saved by it, or so much work is done."""
        limit = self.work + work
        changed = True
        while changed and self.total > self.costs.least:
            changed = False
            for person in self.movable:
                while self.work < limit and self.exchange(person, breadths):
                    changed = True
