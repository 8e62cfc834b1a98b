"""What drawing costs, from ten people to five hundred: times and ratios side by side, from one run.

python -m benchmarks.grouping
"""

from __future__ import annotations

import random
from collections.abc import Callable
from time import process_time

from kmtui.analysis.grouping import Drawn, Guest, Met, draw, join

COUNTS = (10, 50, 500)
EARLIER = 10
SEED = 1


def main() -> None:
    """Measure and print."""
    print(f"People with departments and sites who have met in {EARLIER} earlier rounds of pairs")
    print(f"{'':34}{'10 people':>12}{'50':>12}{'500':>12}   50 to 500 (10 is linear)   repeats with 500")
    line("pairs", 2, 1)
    line("pairs without departments", 2, 1, said=False)
    line("pairs over 3 rounds", 2, 3)
    line("pairs, an odd number", 2, 1, more=1)
    line("tables of 4 over 3 rounds", 4, 3)
    line("tables of 5 over 3 rounds", 5, 3)
    joining()
    tournament()


def line(name: str, size: int, rounds: int, *, said: bool = True, more: int = 0) -> None:
    """Print one row: the best of three for each number of people, and how it grows."""
    took, again = {}, 0
    for count in COUNTS:
        guests = people(count + more, said=said)
        earlier = history(guests)
        took[count], drawn = best(lambda g=guests, e=earlier: draw(g, size=size, rounds=rounds, earlier=e, seed=SEED))  # type: ignore[misc]
        again = repeats(drawn, earlier)
    times = "".join(f"{took[count] * 1000:>9.1f} ms" for count in COUNTS)
    print(f"{name:34}{times}   {took[500] / took[50]:<24.1f}   {again}")


def joining() -> None:
    """Print what it costs that three people join, against drawing anew."""
    guests = people(503)
    earlier = history(guests)
    anew, drawn = best(lambda: draw(guests[:500], size=2, earlier=earlier, seed=SEED))
    took, _ = best(lambda: join(drawn.rounds, guests, size=2, earlier=earlier, seed=SEED))
    print(f"\nThree join 500 in pairs: {took * 1000:.1f} ms, {took / anew:.1f} times a draw")


def tournament() -> None:
    """Print what it costs to find the last new pairs, after rounds in which nearly everybody met everybody."""
    print("\nPairs of 100 people after rounds of a tournament of 99")
    few = 0.0
    for rounds in (10, 50, 90, 98, 99):
        guests = people(100, said=False)
        earlier = round_robin([guest.name for guest in guests], rounds)
        took, drawn = best(lambda g=guests, e=earlier: draw(g, size=2, earlier=e, seed=SEED))  # type: ignore[misc]
        few = few or took
        print(f"{rounds:>4} rounds{took * 1000:>9.1f} ms   {took / few:>4.1f}   {repeats(drawn, earlier)} repeats")


def best(work: Callable[[], Drawn]) -> tuple[float, Drawn]:
    """Return the shortest of three runs, in seconds of the processor, and what was drawn."""
    took = []
    for _ in range(3):
        begun = process_time()
        drawn = work()
        took.append(process_time() - begun)
    return min(took), drawn


def people(count: int, *, said: bool = True) -> list[Guest]:
    """Return guests of eight departments, of which one is large, and of two sites."""
    chance = random.Random(SEED)
    return [
        Guest(
            name=f"Person {number}",
            department=f"Department {min(chance.randrange(8), chance.randrange(8))}" if said else "",
            site=f"Site {chance.randrange(2)}" if said else "",
        )
        for number in range(count)
    ]


def history(guests: list[Guest]) -> list[Met]:
    """Return the groups of earlier rounds of pairs, drawn as they would have been."""
    earlier: list[Met] = []
    for number in range(EARLIER):
        (groups,) = draw(guests, size=2, earlier=earlier, seed=number).rounds
        earlier += [Met(names=group, larger=len(group) > 2) for group in groups]
    return earlier


def round_robin(names: list[str], rounds: int) -> list[Met]:
    """Return the pairs of the first rounds in which everybody meets everybody, one after the other."""
    fixed, *others = names
    found = []
    for _ in range(rounds):
        circle = [fixed, *others]
        found += [Met(names=(circle[place], circle[-1 - place])) for place in range(len(circle) // 2)]
        others = [others[-1], *others[:-1]]
    return found


def repeats(drawn: Drawn, earlier: list[Met]) -> int:
    """Return how many pairs have met in earlier rounds."""
    met = {frozenset((one, other)) for each in earlier for one in each.names for other in each.names if one != other}
    groups = [group for groups in drawn.rounds for group in groups]
    return sum(frozenset((a, b)) in met for group in groups for place, a in enumerate(group) for b in group[:place])


if __name__ == "__main__":
    main()
