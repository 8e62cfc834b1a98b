"""Pairs, and one trio where the number is odd, of whom as few as possible have met: by paths, so that none is missed.

People who have not met are joined in a graph; the largest matching of it leaves the fewest who must meet again. It is
found by alternating paths, through what Edmonds (Paths, Trees, and Flowers, 1965) called blossoms.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Sequence
from itertools import combinations
from random import Random
from typing import NamedTuple

from kmtui.analysis.grouping_cost import History

_TRIO_WORK = 60_000  # trios times people
_NOBODY = -1


class Paired(NamedTuple):
    """Groups, how many pairs in them meet again, and how many must, whoever sits with whom, as far as known."""

    groups: list[list[int]]
    repeats: int
    least: int


def paired(history: History, chance: Random) -> Paired:
    """Return people in pairs, with a trio where their number is odd; which of the best, chance decides."""
    people = list(range(len(history.met)))
    new = [[other for other in people if other != person and other not in history.met[person]] for person in people]
    for row in (people, *new):
        chance.shuffle(row)
    matching = Matching(new, people)
    if len(people) % 2:
        return _with_trio(history, matching, chance)
    groups = matching.pairs()
    repeats = len(history.repeats(groups))
    return Paired(groups, repeats, repeats)


def _with_trio(history: History, matching: Matching, chance: Random) -> Paired:
    """Try trios, first those of people who have not met and were in no larger group, until nothing can be better."""

    def against(trio: tuple[int, ...]) -> tuple[int, int]:
        return len(history.repeats([trio])), sum(history.larger[person] > 0 for person in trio)

    least = (len(matching.alone()) - 1) // 2
    best = Paired([], len(matching.people) ** 2, 0)
    trios, all_of_them = _trios(matching, chance)
    for trio in sorted(trios, key=against):
        if len(history.repeats([trio])) >= best.repeats:
            break
        groups = [list(trio), *Matching(matching.new, matching.people, matching.mate, without=trio).pairs()]
        repeats = len(history.repeats(groups))
        if repeats < best.repeats:
            best = Paired(groups, repeats, least)
        if repeats == least:
            return best
    return best._replace(least=best.repeats) if all_of_them else best


def _trios(matching: Matching, chance: Random) -> tuple[list[tuple[int, ...]], bool]:
    """Return trios in an order that tells nothing, and whether they are all that there are.

    Where there are too many, they are some in which at most one pair has met.
    """
    people, new = matching.people, matching.new
    count, most = len(people), _TRIO_WORK // len(people)
    trios: list[tuple[int, ...]]
    if count * (count - 1) * (count - 2) // 6 <= most:
        trios = list(combinations(people, 3))
        chance.shuffle(trios)
        return trios, True
    trios = [tuple(chance.sample(people, 3))]
    for _ in range(most):
        one = chance.choice(people)
        if len(new[one]) > 1:
            other = chance.choice(new[one])
            both = set(new[one]).intersection(new[other]) or set(new[one]).difference((other,))
            trios.append((one, other, chance.choice(sorted(both))))
    return trios, False


class Matching:
    """As many pairs as there can be of people who are new to each other, each of them sitting in one pair at most.

    `new` holds, for everybody, those who are new to them; `mate` pairs to begin with. Those in `without` sit elsewhere.
    """

    def __init__(
        self,
        new: Sequence[Sequence[int]],
        people: Sequence[int],
        mate: Sequence[int] = (),
        without: Collection[int] = (),
    ) -> None:
        self.new = new
        self.people = [person for person in people if person not in without]
        self.mate = list(mate) or [_NOBODY] * len(new)
        for person in without:
            other = self.mate[person]
            self.mate[person] = _NOBODY
            if other != _NOBODY:
                self.mate[other] = _NOBODY
        self._open = [person not in without for person in range(len(new))]
        for person in self.people:
            if self.mate[person] == _NOBODY:
                self._augment(person)

    def alone(self) -> list[int]:
        """Return the people for whom there is no pair; they have all met each other."""
        return [person for person in self.people if self.mate[person] == _NOBODY]

    def pairs(self) -> list[list[int]]:
        """Return the pairs, and pairs of those who are left over; the last of an odd number has none."""
        found = [[person, self.mate[person]] for person in self.people if person < self.mate[person]]
        alone = self.alone()
        return found + [list(pair) for pair in zip(alone[::2], alone[1::2], strict=False)]

    def _augment(self, root: int) -> None:
        """Find a path from a person without a pair to another one, and exchange pairs along it."""
        count = len(self.new)
        self._base = list(range(count))
        self._before = [_NOBODY] * count
        self._outer = [False] * count
        self._outer[root] = True
        self._queue = deque([root])
        while self._queue:
            person = self._queue.popleft()
            for other in self.new[person]:
                if not self._open[other] or self._base[person] == self._base[other] or self.mate[person] == other:
                    continue
                if other == root or (self.mate[other] != _NOBODY and self._before[self.mate[other]] != _NOBODY):
                    self._shrink(person, other)
                elif self._before[other] == _NOBODY:
                    self._before[other] = person
                    if self.mate[other] == _NOBODY:
                        self._exchange(other)
                        return
                    self._outer[self.mate[other]] = True
                    self._queue.append(self.mate[other])

    def _exchange(self, last: int) -> None:
        person = last
        while person != _NOBODY:
            before = self._before[person]
            following = self.mate[before]
            self.mate[person], self.mate[before] = before, person
            person = following

    def _shrink(self, one: int, other: int) -> None:
        """Take an odd ring of people for one person from here on."""
        base = self._meeting(one, other)
        ring = self._mark(one, base, other) | self._mark(other, base, one)
        for person in self.people:
            if self._base[person] in ring:
                self._base[person] = base
                if not self._outer[person]:
                    self._outer[person] = True
                    self._queue.append(person)

    def _meeting(self, one: int, other: int) -> int:
        """Return where the ways of two people back to the root meet."""
        passed = set()
        while True:
            one = self._base[one]
            passed.add(one)
            if self.mate[one] == _NOBODY:
                break
            one = self._before[self.mate[one]]
        while self._base[other] not in passed:
            other = self._before[self.mate[self._base[other]]]
        return self._base[other]

    def _mark(self, person: int, base: int, child: int) -> set[int]:
        """Lay the way back along one side of a ring, and return the bases on it."""
        ring = set()
        while self._base[person] != base:
            mate = self.mate[person]
            ring |= {self._base[person], self._base[mate]}
            self._before[person] = child
            child, person = mate, self._before[mate]
        return ring
