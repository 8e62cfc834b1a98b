"""Who sits with whom: random pairs for a coffee, tables of a cafe over several rounds, pairs who interview each other.

Chance decides, but people who have met come together as late as can be, then a larger group is fresh for those in it,
then people are from different departments and sites. How: kmtui.analysis.grouping_search.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from random import Random

from kmtui.analysis.grouping_cost import Costs, History, costs_of, group_sizes, least_repeats
from kmtui.analysis.grouping_search import CHAINS, SWAPS, WORK, Groups, Seating, best_round
from kmtui.analysis.grouping_told import ALONE, NOBODY, on_moves, on_rounds, on_the_list
from kmtui.analysis.matching import folded
from kmtui.model.base import Value

Rounds = tuple[tuple[tuple[str, ...], ...], ...]
"""Who sits with whom: rounds, each of groups, each of people by name."""

_SMALLEST = 2
_ATTEMPTS = 10  # to seat those who join; their order is by chance
_PEOPLE_DRAWN = 200  # a draw of several rounds is tried again, the oftener the fewer people there are


class Guest(Value, frozen=True, kw_only=True):
    """Who can be drawn: a name, unique within a draw, and a department and site where people say theirs."""

    name: str
    department: str = ""
    site: str = ""


class Met(Value, frozen=True, kw_only=True):
    """A group that sat together in an earlier session or round, with the names as they were written.

    `larger` says whether it had one person too many, or more: a trio among pairs.
    """

    names: tuple[str, ...]
    larger: bool = False


class Drawn(Value, frozen=True, kw_only=True):
    """Who sits with whom, and sentences for people on what could not be had, and why."""

    rounds: Rounds
    told: tuple[str, ...] = ()


def draw(
    guests: Sequence[Guest],
    *,
    size: int,
    rounds: int = 1,
    avoid_repeats: bool = True,
    earlier: Iterable[Met] = (),
    seed: int,
) -> Drawn:
    """Return groups of about `size` people, at least two, for every round; the same for the same seed.

    There are people / size groups, to the nearest whole number and halves down, and their sizes are at most one apart:
    an odd number of people makes pairs and one trio. In every round there are as few pairs as can be who have met, in
    an earlier session or round, and they have met as seldom as can be (not with `avoid_repeats` False); then as few
    people as can be who were in a larger group before; then as few as can be from the same department and site. For up
    to ten people that is certain for each round, given those before it. Names are compared without case and white
    space. The order of groups, and of people in them, tells nothing. Fewer than two people make no round.
    """
    party = _Party(guests, earlier, avoid_repeats, max(size, _SMALLEST), seed)
    if len(party.guests) < _SMALLEST:
        return Drawn(rounds=(), told=(*party.told, ALONE if party.guests else NOBODY))
    found = _rounds(party, rounds)
    for groups in found:
        party.chance.shuffle(groups)
        for group in groups:
            party.chance.shuffle(group)
    return party.drawn(found)


def join(
    drawn_rounds: Rounds,
    guests: Sequence[Guest],
    *,
    size: int,
    avoid_repeats: bool = True,
    earlier: Iterable[Met] = (),
    seed: int,
) -> Drawn:
    """Return the rounds with those guests who have no seat in them yet.

    Everybody who has a seat keeps it, also without being among the guests, unless they sit alone. Those who join are
    put with each other into groups of `size`; whoever is left over comes to one of the smallest groups or, where one
    more group is due, into a new one, which people from larger groups fill: a trio becomes two pairs. With whom they
    come together is decided as in `draw`; `earlier` is without these rounds. After the first round, somebody who has a
    seat changes it with one who joins where that saves a repeat, since the same newcomers would sit together in every
    round. Groups stay in their order, and new ones come last. Without any group, the rounds are drawn.
    """
    size = max(size, _SMALLEST)
    if not any(group for groups in drawn_rounds for group in groups):
        return draw(
            guests, size=size, rounds=len(drawn_rounds) or 1, avoid_repeats=avoid_repeats, earlier=earlier, seed=seed
        )
    names = {folded(guest.name) for guest in guests}
    seated = [name for groups in drawn_rounds for group in groups for name in group]
    gone = {folded(name): Guest(name=name) for name in seated if folded(name) not in {"", *names}}
    party = _Party([*guests, *gone.values()], earlier, avoid_repeats, size, seed)
    here = party.known(guest.name for guest in guests)
    found = [party.numbers(groups) for groups in drawn_rounds]
    moved: set[int] = set()
    for place, groups in enumerate(found):
        others = found[:place] + found[place + 1 :]
        found[place] = _joined(party, groups, here, others, may_change=place > 0)
        for before, after in zip(_together(groups), found[place], strict=False):
            moved |= set(before) - set(after)
    drawn = party.drawn(found)
    return Drawn(rounds=drawn.rounds, told=(*drawn.told, *on_moves(len(moved))))


class _Party:
    """Everybody who can be drawn, by number in an order that tells nothing, and how they know each other."""

    def __init__(
        self, guests: Iterable[Guest], earlier: Iterable[Met], avoid_repeats: bool, size: int, seed: int
    ) -> None:
        self.chance = Random(seed)  # noqa: S311 - a draw that can be made again, and no secret
        self.size = size
        by_name: dict[str, Guest] = {}
        twice: dict[str, str] = {}
        nameless = 0
        for guest in guests:
            name = folded(guest.name)
            if not name:
                nameless += 1
            elif by_name.setdefault(name, guest) is not guest:
                twice[name] = by_name[name].name
        self.told = on_the_list(list(twice.values()), nameless)
        self.guests = list(by_name.values())
        self.chance.shuffle(self.guests)
        self.kinds = [(folded(guest.department), folded(guest.site)) for guest in self.guests]
        self._number = {folded(guest.name): number for number, guest in enumerate(self.guests)}
        self.history = History(len(self.guests), meetings=avoid_repeats)
        for met in earlier:
            self.history.add(self.known(met.names), larger=met.larger)

    def known(self, names: Iterable[str]) -> list[int]:
        """Return the numbers of those names that can be drawn, each once."""
        numbers = (self._number.get(folded(name)) for name in names)
        return list(dict.fromkeys(number for number in numbers if number is not None))

    def numbers(self, groups: Iterable[Iterable[str]]) -> Groups:
        """Return groups by number, with nobody in two of them."""
        seated: set[int] = set()
        found = []
        for names in groups:
            found.append([number for number in self.known(names) if number not in seated])
            seated.update(found[-1])
        return found

    def costs(self, history: History, sizes: list[int]) -> Costs:
        """Return what it costs to put people together after some history."""
        return costs_of(history, self.kinds, sizes, self.size)

    def drawn(self, rounds: Sequence[Groups]) -> Drawn:
        """Return rounds by name, with what is to be said about them."""
        names = [guest.name for guest in self.guests]
        seated = [groups for groups in rounds if groups]
        told = on_rounds(names, self.kinds, self.history, seated, self.size, self.chance) if seated else []
        by_name = tuple(tuple(tuple(names[person] for person in group) for group in groups) for groups in rounds)
        return Drawn(rounds=by_name, told=(*self.told, *told))


def _rounds(party: _Party, count: int) -> list[Groups]:
    """Return rounds one after the other, tried again where people meet again: an earlier round may have led there."""
    people = len(party.guests)
    sizes = group_sizes(people, party.size)
    attempts = max(1, _PEOPLE_DRAWN // people) if count > 1 else 1
    work = WORK if count <= 1 else 2 * WORK // (count * attempts)
    least = least_repeats(party.history, [sizes] * count) if count > 0 else 0
    best: list[Groups] = []
    fewest = -1
    for _ in range(attempts):
        history = party.history.copy()
        found: list[Groups] = []
        repeats = 0
        for _ in range(count):
            groups = best_round(history, party.costs(history, sizes), party.chance, work)
            repeats += len(history.repeats(groups))
            history.add_round(groups, party.size)
            found.append(groups)
        if not best or repeats < fewest:
            best, fewest = found, repeats
        if fewest <= least:
            break
    return best


def _together(groups: Groups) -> Groups:
    """Return the groups without those in which somebody sits alone, or nobody."""
    return [group for group in groups if len(group) > 1]


def _joined(
    party: _Party, groups: Groups, here: Sequence[int], others: Iterable[Groups], *, may_change: bool
) -> Groups:
    """Return a round with everybody who is here. `others` are the other rounds."""
    chance, size = party.chance, party.size
    alone = [group[0] for group in groups if len(group) == 1]
    groups = _together(groups)
    seated = {person for group in groups for person in group}
    newcomers = [person for person in dict.fromkeys([*here, *alone]) if person not in seated]
    if not newcomers:
        return groups
    history = party.history.copy()
    for other in others:
        history.add_round(other, size)
    most = max([size, *map(len, groups)]) + 1
    # More and larger groups than there will be, so that the order of what matters holds for them all.
    costs = party.costs(history, [most] * (len(groups) + len(newcomers)))._replace(least=0)
    kept = set(range(len(party.guests))).difference(newcomers)
    best: Seating | None = None
    for _ in range(_ATTEMPTS):
        chance.shuffle(newcomers)
        seating = Seating(costs, _placed(costs, groups, newcomers, chance), kept)
        seating.descend(SWAPS)
        seating.descend(CHAINS, WORK // _ATTEMPTS)
        if best is None or seating.total < best.total:
            best = seating
    assert best is not None  # noqa: S101 - there was an attempt; told to the type checker
    if may_change:
        best = Seating(costs, best.groups, kept.difference(seated))
        for person in newcomers:
            while best.exchange(person, SWAPS, best.costs.again // 2):
                pass
    for group in best.groups:
        if group not in groups:
            chance.shuffle(group)
    return best.groups


def _placed(costs: Costs, groups: Groups, newcomers: Sequence[int], chance: Random) -> Groups:
    """Return the groups with the newcomers in them or in groups of their own."""
    size, people = costs.size, sum(map(len, groups)) + len(newcomers)
    whole = len(newcomers) // size * size
    placed = [*map(list, groups), *(list(newcomers[place : place + size]) for place in range(0, whole, size))]
    left = newcomers[whole:]
    if left and len(group_sizes(people, size)) > len(placed):
        placed.append(list(left))
        _fill(costs, placed, newcomers, chance)
        return placed
    for person in left:
        fewest = min(map(len, placed))
        smallest = [group for group in placed if len(group) == fewest]
        chance.shuffle(smallest)
        min(smallest, key=lambda group: costs.of([*group, person]) - costs.of(group)).append(person)
    return placed


def _fill(costs: Costs, groups: Groups, newcomers: Sequence[int], chance: Random) -> None:
    """Let people of larger groups, and of newcomers' groups, into the last group until it is about as large."""
    *others, new = groups
    while True:
        givers = [group for group in others if len(group) > costs.size or group[0] in newcomers]
        largest = max(map(len, givers), default=0)
        if largest <= len(new) + 1:
            return
        options = [(group, person) for group in givers if len(group) == largest for person in group]
        chance.shuffle(options)
        group, person = min(options, key=lambda option: _price_of_moving(costs, option[0], option[1], new))
        group.remove(person)
        new.append(person)


def _price_of_moving(costs: Costs, group: list[int], person: int, new: list[int]) -> int:
    without = [each for each in group if each != person]
    return costs.of(without) - costs.of(group) + costs.of([*new, person])
