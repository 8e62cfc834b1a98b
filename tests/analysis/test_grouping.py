"""Who sits with whom: against every way there is for a few people, against known answers for many."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kmtui.analysis.grouping import Drawn, Guest, Met, Rounds, draw, join
from kmtui.analysis.grouping_cost import Costs
from kmtui.analysis.grouping_pairs import Matching
from kmtui.analysis.grouping_search import CHAINS, SWAPS, Seating

Group = tuple[str, ...]
Pair = frozenset[str]
NAMES = ("Amina", "Ben", "Chloe", "Dan", "Eve", "Faz", "Gus", "Hana", "Ian", "Jo", "Kim", "Lee")


def people(count: int) -> list[Guest]:
    names = (*NAMES, *(f"Person {number}" for number in range(len(NAMES), count)))
    return [Guest(name=name) for name in names[:count]]


def met(groups: Iterable[Group], size: int = 2) -> list[Met]:
    return [Met(names=group, larger=len(group) > size) for group in groups]


def pairs(groups: Iterable[Group]) -> list[Pair]:
    return [frozenset(pair) for group in groups for pair in combinations(group, 2)]


def seen(earlier: Iterable[Met]) -> Counter[Pair]:
    return Counter(pairs(each.names for each in earlier))


def repeats(groups: Iterable[Group], earlier: Iterable[Met]) -> int:
    before = seen(earlier)
    return sum(before[pair] > 0 for pair in pairs(groups))


def round_robin(names: Sequence[str], rounds: int) -> list[Group]:
    """Return the pairs of the first rounds of a tournament in which everybody meets everybody."""
    fixed, *others = names
    found: list[Group] = []
    for _ in range(rounds):
        circle = [fixed, *others]
        found += [(circle[place], circle[-1 - place]) for place in range(len(circle) // 2)]
        others = [others[-1], *others[:-1]]
    return found


# A solver that shares nothing with ours: every way to part people, each judged by the words of the rule.


def ways(names: tuple[str, ...], sizes: tuple[int, ...]) -> Iterator[tuple[Group, ...]]:
    if not names:
        yield ()
        return
    for size in set(sizes):
        rest = list(sizes)
        rest.remove(size)
        for others in combinations(names[1:], size - 1):
            left = tuple(name for name in names[1:] if name not in others)
            for more in ways(left, tuple(rest)):
                yield ((names[0], *others), *more)


def sizes_of(count: int, size: int) -> tuple[int, ...]:
    groups = max(1, min(range(count + 1), key=lambda number: (abs(count / size - number), number)))
    return tuple(count // groups + (place < count % groups) for place in range(groups))


def price(
    groups: Sequence[Group], size: int, guests: Sequence[Guest], earlier: Sequence[Met]
) -> tuple[int, int, int, int]:
    """Return what is to be small, in its order: repeats, how often they met, larger groups again, and alike pairs."""
    before, larger = seen(earlier), {name for each in earlier if each.larger for name in each.names}
    known = {guest.name: guest for guest in guests}
    alike = 0
    for one, other in map(tuple, pairs(groups)):
        alike += known[one].department == known[other].department != ""
        alike += known[one].site == known[other].site != ""
    return (
        sum(before[pair] > 0 for pair in pairs(groups)),
        sum(before[pair] for pair in pairs(groups)),
        sum(name in larger for group in groups if len(group) > size for name in group),
        alike,
    )


@st.composite
def drawings(draw_: st.DrawFn) -> tuple[list[Guest], int, int, list[Met], int]:
    count = draw_(st.integers(2, 10))
    size = draw_(st.integers(2, 5))
    word = st.sampled_from(["", "a", "b", "c"])
    guests = [Guest(name=name, department=draw_(word), site=draw_(word)) for name in NAMES[:count]]
    some = st.lists(st.sampled_from(NAMES), min_size=2, max_size=4, unique=True).map(tuple)
    earlier = draw_(st.lists(st.builds(Met, names=some, larger=st.booleans()), max_size=25))
    return guests, size, draw_(st.integers(1, 4)), earlier, draw_(st.integers(0, 10**9))


@given(drawings())
@settings(max_examples=120, deadline=None)
def test_a_few_people_get_the_best_of_all_ways_in_every_round(
    case: tuple[list[Guest], int, int, list[Met], int],
) -> None:
    guests, size, rounds, earlier, seed = case
    drawn = draw(guests, size=size, rounds=rounds, earlier=earlier, seed=seed)
    assert len(drawn.rounds) == rounds
    history = list(earlier)
    names = tuple(guest.name for guest in guests)
    for groups in drawn.rounds:
        best = min(price(way, size, guests, history) for way in ways(names, sizes_of(len(names), size)))
        assert price(groups, size, guests, history) == best
        history += met(groups, size)


@given(st.integers(2, 60), st.integers(2, 7), st.integers(1, 3), st.integers(0, 10**9))
@settings(max_examples=40, deadline=None)
def test_everybody_sits_once_in_every_round_in_groups_of_about_the_size(
    count: int, size: int, rounds: int, seed: int
) -> None:
    guests = people(count)
    for groups in draw(guests, size=size, rounds=rounds, seed=seed).rounds:
        assert sorted(name for group in groups for name in group) == sorted(guest.name for guest in guests)
        assert sorted(map(len, groups)) == sorted(sizes_of(count, size))


@pytest.mark.parametrize(
    ("count", "size", "sizes"),
    [
        (2, 2, [2]),
        (3, 2, [3]),
        (5, 2, [3, 2]),
        (21, 2, [3] + [2] * 9),
        (2, 4, [2]),
        (6, 4, [6]),
        (7, 4, [4, 3]),
        (9, 4, [5, 4]),
        (10, 4, [5, 5]),
        (8, 5, [4, 4]),
        (23, 5, [5, 5, 5, 4, 4]),
    ],
)
def test_the_number_of_groups_is_to_the_nearest_and_halves_go_down(count: int, size: int, sizes: list[int]) -> None:
    (groups,) = draw(people(count), size=size, seed=1).rounds
    assert sorted(map(len, groups), reverse=True) == sizes


# More people than can be tried in every way: pairs that must repeat are counted by another method.


def fewest_repeats(names: Sequence[str], earlier: Iterable[Met]) -> int:
    """Return the fewest repeats in pairs, with a trio where the number is odd, by parting the set of people."""
    before = seen(earlier)
    costs = [[int(before[frozenset((one, other))] > 0) for other in names] for one in names]

    @cache
    def rest(left: int) -> int:
        if not left:
            return 0
        one = left.bit_length() - 1
        left ^= 1 << one
        return min(costs[one][other] + rest(left ^ 1 << other) for other in range(one) if left >> other & 1)

    everybody = (1 << len(names)) - 1
    if len(names) % 2 == 0:
        return rest(everybody)
    return min(
        costs[a][b] + costs[b][c] + costs[a][c] + rest(everybody ^ (1 << a | 1 << b | 1 << c))
        for a, b, c in combinations(range(len(names)), 3)
    )


@given(st.sampled_from([11, 12, 13]), st.integers(0, 10**9), st.floats(0.5, 0.95))
@settings(max_examples=40, deadline=None)
def test_no_repeat_remains_in_pairs_that_can_be_avoided(count: int, seed: int, dense: float) -> None:
    guests, chance = people(count), random.Random(seed)
    names = [guest.name for guest in guests]
    earlier = met(pair for pair in combinations(names, 2) if chance.random() < dense)
    drawn = draw(guests, size=2, earlier=earlier, seed=seed)
    fewest = fewest_repeats(names, earlier)
    assert repeats(drawn.rounds[0], earlier) == fewest
    assert [sentence.endswith("it cannot be avoided.") for sentence in drawn.told] == [True] * (fewest > 0)


@pytest.mark.parametrize(
    ("count", "rounds"), [(20, 0), (20, 8), (20, 15), (20, 16), (20, 17), (20, 18), (100, 96), (100, 97), (101, 98)]
)
@pytest.mark.parametrize("seed", range(3))
def test_a_tournament_that_is_nearly_over_goes_on_without_a_repeat(count: int, rounds: int, seed: int) -> None:
    guests = people(count)
    games = round_robin([guest.name for guest in people(count + count % 2)], rounds)
    earlier = met(games)  # where the number is odd, somebody without a game met a person who is not here
    drawn = draw(guests, size=2, earlier=earlier, seed=seed)
    assert repeats(drawn.rounds[0], earlier) == 0
    assert drawn.told == ()


@pytest.mark.parametrize("seed", range(300))
def test_a_matching_has_the_most_pairs_there_can_be(seed: int) -> None:
    chance = random.Random(seed)
    count, dense = 12, chance.choice([0.15, 0.2, 0.25, 0.3])
    new: list[list[int]] = [[] for _ in range(count)]
    for one, other in combinations(range(count), 2):
        if chance.random() < dense:
            new[one].append(other)
            new[other].append(one)

    @cache
    def most(left: int) -> int:
        if not left:
            return 0
        one = left.bit_length() - 1
        left ^= 1 << one
        return max([most(left), *(1 + most(left ^ 1 << other) for other in new[one] if left >> other & 1)])

    matching = Matching(new, chance.sample(range(count), count))
    assert all(other in new[person] for person, other in enumerate(matching.mate) if other >= 0)
    assert all(matching.mate[other] == person for person, other in enumerate(matching.mate) if other >= 0)
    assert (count - len(matching.alone())) // 2 == most((1 << count) - 1)


def test_a_tournament_that_is_over_begins_again_and_says_so() -> None:
    guests = people(20)
    games = round_robin([guest.name for guest in guests], 19)
    earlier = met([*games, *games[:150]])  # the first fifteen rounds twice
    drawn = draw(guests, size=2, earlier=earlier, seed=1)
    assert drawn.told == ("10 pairs have met before: with these people it cannot be avoided.",)
    assert sum(seen(earlier)[pair] for pair in pairs(drawn.rounds[0])) == 10  # those who met once only


def test_two_halves_of_an_odd_number_that_know_each_other_cost_one_repeat() -> None:
    guests = people(22)
    names = [guest.name for guest in guests]
    earlier = met((one, other) for one in names[:11] for other in names[11:])
    drawn = draw(guests, size=2, earlier=earlier, seed=3)
    assert repeats(drawn.rounds[0], earlier) == 1
    assert drawn.told[0].endswith(" have met before: with these people it cannot be avoided.")


def test_many_people_at_tables_meet_nobody_twice() -> None:
    drawn = draw(people(150), size=5, rounds=3, seed=1)
    assert max(Counter(pair for groups in drawn.rounds for pair in pairs(groups)).values()) == 1
    assert drawn.told == ()


def test_twenty_people_can_sit_at_five_tables_five_times() -> None:
    drawn = draw(people(20), size=4, rounds=4, seed=1)
    assert max(Counter(pair for groups in drawn.rounds for pair in pairs(groups)).values()) == 1


@pytest.mark.parametrize("count", [4, 6, 8, 10])
@pytest.mark.parametrize("seed", range(6))
def test_rounds_look_ahead_until_everybody_has_met_everybody(count: int, seed: int) -> None:
    drawn = draw(people(count), size=2, rounds=count - 1, seed=seed)
    assert len({pair for groups in drawn.rounds for pair in pairs(groups)}) == count * (count - 1) // 2
    assert drawn.told == ()


def test_repeats_do_not_matter_where_nobody_minds() -> None:
    earlier = met([("Amina", "Ben"), ("Chloe", "Dan"), ("Amina", "Chloe"), ("Ben", "Dan")])
    found = {
        frozenset(pairs(draw(people(4), size=2, avoid_repeats=False, earlier=earlier, seed=seed).rounds[0]))
        for seed in range(40)
    }
    assert len(found) == 3
    assert all(
        draw(people(4), size=2, rounds=5, avoid_repeats=False, earlier=earlier, seed=seed).told == ()
        for seed in range(5)
    )


# The exchange of seats.


def test_an_exchange_of_three_gets_out_where_no_swap_does() -> None:
    together = [[100] * 6 for _ in range(6)]
    for one, other, cost in [(0, 1, 10), (2, 3, 10), (4, 5, 10), (1, 2, 0), (3, 4, 0), (5, 0, 0)]:
        together[one][other] = together[other][one] = cost
    for person in range(6):
        together[person][person] = 0
    costs = Costs(sizes=[2, 2, 2], size=2, together=together, larger=[0] * 6, again=1, least=0)
    seating = Seating(costs, [[0, 1], [2, 3], [4, 5]])
    seating.descend(SWAPS)
    assert seating.total == 30
    seating.descend(CHAINS)
    assert seating.total == 0
    assert {frozenset(group) for group in seating.groups} == {frozenset(pair) for pair in [(1, 2), (3, 4), (5, 0)]}


@pytest.mark.parametrize("sizes", [[3, 2, 2, 2, 2, 2], [4, 4, 3, 3], [5, 4, 4, 4, 4]])
@pytest.mark.parametrize("seed", range(5))
def test_every_exchange_saves_what_it_says(sizes: list[int], seed: int) -> None:
    chance, count = random.Random(seed), sum(sizes)
    together = [[0] * count for _ in range(count)]
    for one, other in combinations(range(count), 2):
        together[one][other] = together[other][one] = chance.randrange(100)
    larger = [chance.randrange(100) for _ in range(count)]
    costs = Costs(sizes=sizes, size=min(sizes), together=together, larger=larger, again=1, least=0)
    left = iter(range(count))
    seating = Seating(costs, [[next(left) for _ in range(size)] for size in sizes], kept=(0, 5))
    homes = seating.where[0], seating.where[5]
    for person in range(count):
        before = seating.total
        changed = seating.exchange(person, CHAINS, at_least=7)
        assert seating.total == sum(map(costs.of, seating.groups))
        assert seating.total <= before - 7 * changed
        assert list(map(len, seating.groups)) == sizes
    assert (seating.where[0], seating.where[5]) == homes


# Larger groups.


@pytest.mark.parametrize("count", [9, 11, 15, 21, 31])
def test_a_trio_is_fresh_as_long_as_there_are_people_for_it(count: int) -> None:
    guests = people(count)
    earlier: list[Met] = []
    for session in range(count // 3 - 1):
        drawn = draw(guests, size=2, earlier=earlier, seed=session)
        earlier += met(drawn.rounds[0])
        if repeats(drawn.rounds[0], earlier[: -len(drawn.rounds[0])]) == 0:
            assert drawn.told == ()
    in_trios = Counter(name for each in earlier if each.larger for name in each.names)
    assert max(in_trios.values()) == 1


def test_who_was_in_a_trio_least_often_comes_first_once_everybody_was() -> None:
    guests = people(11)
    earlier = [Met(names=(guest.name,), larger=True) for guest in guests for _ in range(2)][:-3]
    for seed in range(10):  # the last one was in none, the one before in one
        drawn = draw(guests, size=2, avoid_repeats=False, earlier=earlier, seed=seed)
        (trio,) = (group for group in drawn.rounds[0] if len(group) == 3)
        assert {NAMES[9], NAMES[10]} <= set(trio)
        assert drawn.told == ("2 people are in a larger group again: too few people have not been in one.",)


def test_where_every_group_is_larger_nobody_is_told_so() -> None:
    earlier = [Met(names=NAMES[:3], larger=True)]
    assert draw(people(3), size=2, avoid_repeats=False, earlier=earlier, seed=1).told == ()


def test_a_repeat_weighs_more_than_a_fresh_trio() -> None:
    guests = people(5)
    earlier = [Met(names=("Amina", "Ben", "Chloe"), larger=True), *met(combinations(("Dan", "Eve"), 2))]
    for seed in range(20):
        drawn = draw(guests, size=2, earlier=earlier, seed=seed)
        assert repeats(drawn.rounds[0], earlier) == 1
        assert len(drawn.told) == 2
        assert drawn.told[1] == "2 people are in a larger group again."


# Departments and sites.


def of(departments: str, sites: str = "") -> list[Guest]:
    return [
        Guest(name=guest.name, department=department.strip(), site=site.strip())
        for guest, department, site in zip(
            people(len(departments)), departments, sites.ljust(len(departments)), strict=True
        )
    ]


def same(groups: Iterable[Group], guests: Sequence[Guest], kind: str) -> int:
    words = {guest.name: getattr(guest, kind).casefold() for guest in guests}
    return sum(words[one] == words[other] != "" for one, other in map(tuple, pairs(groups)))


@pytest.mark.parametrize(
    "departments", ["AABB", "AaBbCc", "AAAABBBB", "AAAAAABBBCCCDD", "A A B B C C", "AAAAAAA BBBCCC"]
)
@pytest.mark.parametrize("seed", range(4))
def test_pairs_are_from_two_departments(departments: str, seed: int) -> None:
    guests = of(departments)
    drawn = draw(guests, size=2, seed=seed)
    assert same(drawn.rounds[0], guests, "department") == 0
    assert drawn.told == ()


@pytest.mark.parametrize("seed", range(10))
def test_pairs_that_differ_in_both_are_best(seed: int) -> None:
    guests = of("AABBCCDDEEFF", "XYXYXYXYXYXY")
    (groups,) = draw(guests, size=2, seed=seed).rounds
    assert same(groups, guests, "department") == same(groups, guests, "site") == 0


def test_a_site_counts_as_much_as_a_department() -> None:
    guests = of("AABB", "XYXY")  # Amina and Dan, Ben and Chloe are the one way in which both differ
    for seed in range(10):
        assert set(pairs(draw(guests, size=2, seed=seed).rounds[0])) == {
            frozenset(("Amina", "Dan")),
            frozenset(("Ben", "Chloe")),
        }


def test_a_department_is_read_without_case_and_spaces() -> None:
    guests = [
        Guest(name="Amina", department="Finance  Team"),
        Guest(name="Ben", department=" finance team"),
        Guest(name="Chloe", department="Wards"),
        Guest(name="Dan", department="WARDS"),
    ]
    for seed in range(10):
        assert same(draw(guests, size=2, seed=seed).rounds[0], of("AABB"), "department") == 0


@pytest.mark.parametrize(
    ("departments", "sites", "size", "told"),
    [
        ("AAAA", "", 2, "Everyone is from the same department, so pairs within one could not be avoided."),
        ("    ", "xxxx", 2, "Everyone is from the same site, so pairs within one could not be avoided."),
        ("AAAAAAAA", "", 4, "Everyone is from the same department, so groups within one could not be avoided."),
        (
            "AAAABB",
            "",
            2,
            "1 group has people of the same department together: with these people it cannot be avoided.",
        ),
        (
            "      ",
            "AAAAA ",
            2,
            "2 groups have people of the same site together: with these people it cannot be avoided.",
        ),
        (
            "AAAAAAAAAAAABB",
            "",
            2,
            "5 groups have people of the same department together: with these people it cannot be avoided.",
        ),
    ],
)
def test_departments_that_could_not_be_mixed_are_told_without_names(
    departments: str, sites: str, size: int, told: str
) -> None:
    assert draw(of(departments, sites), size=size, seed=1).told == (told,)


def test_a_department_that_was_given_up_for_a_new_pair_is_told_without_a_claim() -> None:
    earlier = met([("Amina", "Chloe"), ("Ben", "Dan"), ("Amina", "Dan"), ("Ben", "Chloe")])
    drawn = draw(of("AABB"), size=2, earlier=earlier, seed=1)
    assert set(pairs(drawn.rounds[0])) == {frozenset(("Amina", "Ben")), frozenset(("Chloe", "Dan"))}
    assert drawn.told == ("2 groups have people of the same department together.",)


# What is told.


def test_people_who_meet_again_are_named_up_to_three_pairs() -> None:
    guests = people(6)
    everybody = met(combinations(NAMES[:6], 2))
    (told,) = draw(guests[:2], size=2, earlier=everybody, seed=1).told
    assert told in {
        "Amina and Ben have met before: with these people it cannot be avoided.",
        "Ben and Amina have met before: with these people it cannot be avoided.",
    }
    drawn = draw(guests, size=2, earlier=everybody, seed=1)
    assert drawn.told[0].startswith("3 pairs have met before (")
    assert drawn.told[0].endswith("): with these people it cannot be avoided.")
    assert all(name in drawn.told[0] for name in NAMES[:6])
    assert draw(people(8), size=2, earlier=met(combinations(NAMES[:8], 2)), seed=1).told == (
        "4 pairs have met before: with these people it cannot be avoided.",
    )


def test_repeats_over_rounds_are_counted_together() -> None:
    assert draw(people(4), size=2, rounds=5, seed=1).told == (
        "Over the 5 rounds, 4 pairs sit together again: with these people it cannot be avoided.",
    )
    three_tables = draw(people(12), size=4, rounds=2, seed=1).told  # of four people at a table two met at one of three
    assert three_tables[0].startswith("Over the 2 rounds, 3 pairs sit together again (")
    assert three_tables[0].endswith("it cannot be avoided.")


def test_for_a_few_people_a_repeat_is_proved_by_every_way() -> None:
    earlier = met([NAMES[:3], NAMES[3:6]], 3)  # no three are left who are all new to each other
    assert (
        draw(people(6), size=3, earlier=earlier, seed=1).told[0].endswith("): with these people it cannot be avoided.")
    )


def test_what_cannot_be_proved_is_not_claimed() -> None:
    chance = random.Random(4)
    names = [guest.name for guest in people(14)]
    earlier = met(pair for pair in combinations(names, 2) if chance.random() < 0.6)
    (told,) = draw(people(14), size=4, earlier=earlier, seed=1).told
    assert told.endswith(", the fewest that were found.")


def test_a_name_that_stands_twice_counts_once() -> None:
    guests = [*people(4), Guest(name=" ben", department="Finance")]
    drawn = draw(guests, size=2, seed=1)
    assert sorted(name for group in drawn.rounds[0] for name in group) == sorted(NAMES[:4])
    assert drawn.told == ("Ben is on the list more than once and counts once.",)
    more = draw([*guests, Guest(name="AMINA"), Guest(name="amina"), Guest(name="  ")], size=2, seed=1)
    assert more.told == (
        "2 names are on the list more than once and count once each: Ben and Amina.",
        "1 person has no name and cannot be drawn.",
    )


@pytest.mark.parametrize(
    ("guests", "told"),
    [
        ([], ("There is nobody to draw.",)),
        ([Guest(name=" ")], ("1 person has no name and cannot be drawn.", "There is nobody to draw.")),
        ([Guest(name="Amina")], ("A group takes at least two people, and there is one.",)),
    ],
)
def test_too_few_people_make_no_group(guests: list[Guest], told: tuple[str, ...]) -> None:
    assert draw(guests, size=2, seed=1) == Drawn(rounds=(), told=told)


def test_earlier_names_count_in_any_spelling_and_strangers_do_not() -> None:
    earlier = [Met(names=("AMINA ", "ben", "Somebody else")), Met(names=("amina", " chloe"))]
    for seed in range(10):
        (groups,) = draw(people(4), size=2, earlier=iter(earlier), seed=seed).rounds
        assert frozenset(("Amina", "Dan")) in pairs(groups)


def test_a_hostile_name_stays_on_its_line_in_what_is_told() -> None:
    guests = [Guest(name="Amina\n\x1b[2J" + "a" * 90), Guest(name="[/x]")]
    drawn = draw(guests, size=2, earlier=[Met(names=(guests[0].name, guests[1].name))], seed=1)
    assert sorted(drawn.rounds[0][0]) == sorted(guest.name for guest in guests)
    assert "\n" not in drawn.told[0]
    assert "\x1b" not in drawn.told[0]
    assert len(drawn.told[0]) < 130


# Chance.


def test_a_seed_draws_the_same_again_and_another_one_something_else() -> None:
    guests = of("AABBCCDDEEFFG", "xxyyxxyyxxyyz")
    once = [draw(guests, size=2, rounds=3, seed=seed) for seed in range(8)]
    assert once == [draw(guests, size=2, rounds=3, seed=seed) for seed in range(8)]
    assert len(set(once)) == 8


def test_every_way_is_as_likely_and_places_tell_nothing() -> None:
    drawn = [draw(people(4), size=2, seed=seed).rounds[0] for seed in range(600)]
    ways_found = Counter(frozenset(pairs(groups)) for groups in drawn)
    assert len(ways_found) == 3
    assert min(ways_found.values()) > 150
    first = Counter(groups[0][0] for groups in drawn)
    assert min(first[name] for name in NAMES[:4]) > 110
    trios = [draw(people(11), size=2, seed=seed).rounds[0] for seed in range(200)]
    places = Counter(place for groups in trios for place, group in enumerate(groups) if len(group) == 3)
    assert set(places) == set(range(5))


# People who join later.


def without_change(before: Rounds, after: Rounds) -> bool:
    """Say whether everybody who sat together in a group still does."""
    return all(
        any(set(group) <= set(now) for now in then)
        for groups, then in zip(before, after, strict=True)
        for group in groups
    )


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize(
    ("seated", "newcomers", "sizes", "stay"),
    [
        (6, 1, [3, 2, 2], True),
        (6, 2, [2, 2, 2, 2], True),
        (6, 3, [3, 2, 2, 2], True),
        (7, 1, [2, 2, 2, 2], False),
        (7, 2, [3, 2, 2, 2], True),
        (7, 3, [2, 2, 2, 2, 2], False),
        (7, 4, [3, 2, 2, 2, 2], True),
        (2, 1, [3], True),
        (3, 1, [2, 2], False),
        (40, 1, [3] + [2] * 19, True),
    ],
)
def test_those_who_join_pairs(seated: int, newcomers: int, sizes: list[int], stay: bool, seed: int) -> None:
    before = draw(people(seated), size=2, seed=seed)
    after = join(before.rounds, people(seated + newcomers), size=2, seed=seed)
    assert sorted(map(len, after.rounds[0]), reverse=True) == sizes
    assert sorted(name for group in after.rounds[0] for name in group) == sorted(
        guest.name for guest in people(seated + newcomers)
    )
    assert without_change(before.rounds, after.rounds) == stay
    assert after.told == (() if stay else ("1 person who had a seat changes to another group.",))
    kept = [group for group in before.rounds[0] if group in after.rounds[0]]
    assert len(kept) >= len(before.rounds[0]) - 1
    assert [group for group in after.rounds[0] if group in kept] == kept  # in their order


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(
    ("seated", "newcomers", "sizes", "moved"),
    [
        (12, 1, [5, 4, 4], 0),
        (12, 3, [4, 4, 4, 3], 0),
        (12, 5, [5, 4, 4, 4], 0),
        (11, 1, [4, 4, 4], 0),
        (14, 1, [4, 4, 4, 3], 2),
        (13, 2, [4, 4, 4, 3], 1),
        (6, 1, [4, 3], 2),
    ],
)
def test_those_who_join_tables(seated: int, newcomers: int, sizes: list[int], moved: int, seed: int) -> None:
    before = draw(people(seated), size=4, seed=seed)
    after = join(before.rounds, people(seated + newcomers), size=4, seed=seed)
    assert sorted(map(len, after.rounds[0]), reverse=True) == sizes
    words = {0: (), 1: ("1 person who had a seat changes to another group.",)}
    assert after.told == words.get(moved, (f"{moved} people who had a seat change to another group.",))


@pytest.mark.parametrize("seed", range(8))
def test_who_joins_meets_somebody_new_where_there_is_somebody(seed: int) -> None:
    before = draw(people(10), size=2, seed=seed)
    (last,) = (set(group) for group in before.rounds[0] if "Amina" in group)
    earlier = met(("Kim", name) for name in NAMES[:10] if name not in last)
    after = join(before.rounds, people(11), size=2, earlier=earlier, seed=seed)
    assert last | {"Kim"} in map(set, after.rounds[0])
    assert after.told == ()
    again = join(before.rounds, people(11), size=2, earlier=met(("Kim", name) for name in NAMES[:10]), seed=seed)
    assert again.told[0].startswith("2 pairs have met before (")


@pytest.mark.parametrize("seed", range(8))
def test_of_three_who_join_those_who_have_not_met_make_the_pair(seed: int) -> None:
    guests = people(9)
    before = draw(guests[:6], size=2, seed=seed)
    earlier = met([("Gus", "Hana"), ("Gus", "Ian")])
    after = join(before.rounds, guests, size=2, earlier=earlier, seed=seed)
    assert {"Hana", "Ian"} in map(set, after.rounds[0])


@pytest.mark.parametrize("seed", range(8))
def test_of_three_who_join_the_one_goes_to_a_pair_who_finds_new_people_there(seed: int) -> None:
    guests = people(9)
    before = draw(guests[:6], size=2, seed=seed)
    there = before.rounds[0][1]
    earlier = met((name, old) for name in ("Hana", "Ian") for old in NAMES[:6])
    earlier += met(("Gus", other) for other in (*NAMES[:6], "Hana", "Ian") if other not in there)
    after = join(before.rounds, guests, size=2, earlier=earlier, seed=seed)
    assert {"Gus", *there} in map(set, after.rounds[0])
    assert after.told == ()


@pytest.mark.parametrize("seed", range(8))
def test_a_trio_gives_whom_the_newcomer_has_not_met(seed: int) -> None:
    before = draw(people(7), size=2, seed=seed)
    (trio,) = (group for group in before.rounds[0] if len(group) == 3)
    after = join(before.rounds, people(8), size=2, earlier=met(("Hana", name) for name in trio[:2]), seed=seed)
    assert {"Hana", trio[2]} in map(set, after.rounds[0])


@pytest.mark.parametrize("seed", range(4))
def test_larger_tables_give_whom_the_newcomer_has_not_met(seed: int) -> None:
    before = draw(people(14), size=4, seed=seed)
    new = {group[0] for group in before.rounds[0] if len(group) == 5}
    earlier = met(("Person 14", guest.name) for guest in people(14) if guest.name not in new)
    after = join(before.rounds, people(15), size=4, earlier=earlier, seed=seed)
    assert set(after.rounds[0][-1]) == {"Person 14", *new}


@pytest.mark.parametrize("seed", range(8))
def test_two_who_join_several_rounds_sit_together_once(seed: int) -> None:
    before = draw(people(8), size=2, rounds=3, seed=seed)
    after = join(before.rounds, people(10), size=2, seed=seed)
    assert without_change(before.rounds[:1], after.rounds[:1])
    assert max(Counter(pair for groups in after.rounds for pair in pairs(groups)).values()) == 1
    assert all(sorted(map(len, groups)) == [2] * 5 for groups in after.rounds)


def test_nobody_new_changes_nothing() -> None:
    before = draw(people(9), size=2, rounds=2, seed=1)
    assert join(before.rounds, people(9), size=2, seed=2).rounds == before.rounds
    assert join(before.rounds, [], size=2, seed=2).rounds == before.rounds


def test_only_those_who_join_need_to_be_named() -> None:
    before = draw(people(6), size=2, seed=1)
    after = join(before.rounds, people(8)[6:], size=2, seed=2)
    assert after.rounds[0][:3] == before.rounds[0]
    assert set(after.rounds[0][3]) == {"Gus", "Hana"}


def test_who_sits_alone_joins_too() -> None:
    rounds = ((("Amina",), ("Ben", "Chloe")),)
    assert sorted(map(len, join(rounds, people(4), size=2, seed=1).rounds[0])) == [2, 2]
    assert set(join(rounds, people(3), size=2, seed=1).rounds[0][0]) == set(NAMES[:3])
    assert set(join(rounds, [], size=2, seed=1).rounds[0][0]) == set(NAMES[:3])


def test_larger_groups_put_together_by_hand_stay() -> None:
    rounds = (tuple(NAMES[:3]), tuple(NAMES[3:6]))
    assert join((rounds,), people(8), size=2, seed=1).rounds[0][:2] == rounds


def test_who_sits_in_two_groups_by_mistake_sits_in_the_first() -> None:
    rounds = ((("Amina", "Ben"), ("Chloe", "Dan", "amina")),)
    assert join(rounds, people(4), size=2, seed=1).rounds == ((("Amina", "Ben"), ("Chloe", "Dan")),)


def test_no_more_people_change_than_a_new_group_takes_from_larger_ones() -> None:
    before = draw(people(16), size=5, seed=1)
    after = join(before.rounds, people(18), size=5, seed=1)
    assert sorted(map(len, before.rounds[0])) == [5, 5, 6]
    assert sorted(map(len, after.rounds[0])) == [3, 5, 5, 5]
    assert after.told == ("1 person who had a seat changes to another group.",)


def test_where_nobody_sits_everybody_is_drawn() -> None:
    assert join((), people(5), size=2, seed=3) == draw(people(5), size=2, seed=3)
    assert join(((), ()), people(5), size=2, seed=3) == draw(people(5), size=2, rounds=2, seed=3)
    assert sorted(map(len, join(((("Amina", "Ben"),), ()), people(3), size=2, seed=1).rounds[1])) == [3]


def test_joining_is_the_same_for_a_seed() -> None:
    before = draw(people(21), size=2, seed=1).rounds
    assert join(before, people(26), size=2, seed=7) == join(before, people(26), size=2, seed=7)
    assert len({join(before, people(26), size=2, seed=seed) for seed in range(6)}) > 1
