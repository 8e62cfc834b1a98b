"""How often ordinary text is taken for an identifier of a person, over a collection of lessons; and what looking costs.

python -m benchmarks.identifiers LESSONS.csv COLUMN...

Counts per 1,000 lessons by kind, with examples in which digits are 0 and letters x; then how often ten random digits
pass for an NHS number, and the time for a text of 50,000 characters beside one of 5,000, both from one run.
"""

from __future__ import annotations

import csv
import random
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter, process_time

from kmtui.analysis.identifiers import KIND_WORDS, Finding, Kind, findings, is_nhs_number

EXAMPLES = 10
AROUND = 32  # characters of an example before and behind
NUMBERS = 200_000
ROUNDS = 5
SEED = 1
SHORT, LONG = 5_000, 50_000
FULL = "Dr Smith, born 01/02/1950, NHS 943 476 5919, 0113 496 0000, ann@example.org and nothing else of note. "
SLOW = (
    "a",
    "1",
    "1 ",
    "01",
    "0113 ",
    "@",
    "a@",
    "a@b.c",
    "Dr ",
    "Mr and ",
    "Dr A ",
    "Mr van ",
    "DOB 1/2/1850 ",
    "\u200b",
)


def main() -> None:
    """Measure and print."""
    if len(sys.argv) < 3:
        sys.exit("Say which CSV file, and which of its columns: python -m benchmarks.identifiers LESSONS.csv COLUMN...")
    path, columns = Path(sys.argv[1]), sys.argv[2:]
    started = perf_counter()
    lessons = list(texts(path, columns))
    print(f"{len(lessons):,} lessons, read in {perf_counter() - started:.1f} s")
    false_alarms(lessons)
    random_numbers()
    length()


def texts(path: Path, columns: list[str]) -> Iterator[tuple[str, ...]]:
    """Yield the columns of each lesson."""
    csv.field_size_limit(10_000_000)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            yield tuple(row[column] or "" for column in columns)


def false_alarms(lessons: list[tuple[str, ...]]) -> None:
    """Print what is found in lessons that are ordinary text, kind by kind."""
    counts: Counter[Kind] = Counter()
    examples: dict[Kind, list[str]] = {kind: [] for kind in KIND_WORDS}
    started, characters, concerned = process_time(), 0, 0
    for lesson in lessons:
        found = [(text, each) for text in lesson for each in findings(text)]
        characters += sum(map(len, lesson))
        concerned += bool(found)
        for text, each in found:
            counts[each.kind] += 1
            examples[each.kind].append(masked(text, each))
    spent = process_time() - started
    print(f"{concerned * 1000 / len(lessons):.2f} of 1,000 lessons have something pointed out")
    print(f"{spent * 1e6 / len(lessons):.0f} microseconds for a lesson of {characters // len(lessons)} characters")
    chance = random.Random(SEED)
    for kind, words in KIND_WORDS.items():
        print(f"{words:24}{counts[kind] * 1000 / len(lessons):8.2f} per 1,000 lessons ({counts[kind]} in all)")
        chosen = examples[kind] if len(examples[kind]) <= EXAMPLES else chance.sample(examples[kind], EXAMPLES)
        for example in chosen:
            print(f"    {example}")


def masked(text: str, finding: Finding) -> str:
    """Return a finding that tells nothing any more, with the words around it."""
    hidden = "".join("0" if each.isdigit() else "x" if each.isalpha() else each for each in finding.text)
    before = text[max(0, finding.start - AROUND) : finding.start]
    return " ".join(f"{before} >{hidden}< {text[finding.end : finding.end + AROUND]}".split())


def random_numbers() -> None:
    """Print how many random numbers of ten digits have a right check digit: one in eleven is expected."""
    chance = random.Random(SEED)
    passed = sum(is_nhs_number(f"{chance.randrange(10**10):010}") for _ in range(NUMBERS))
    print(
        f"Of {NUMBERS:,} random numbers of ten digits {passed / NUMBERS:.2%} pass for an NHS number; 1 in 11 is 9.09%"
    )


def length() -> None:
    """Print what a text ten times as long costs, for ordinary text and for text made to be slow."""
    for name, units in (("full of identifiers", [FULL]), ("the slowest of those made to be slow", SLOW)):
        long = max((filled(unit, LONG) for unit in units), key=seconds)
        short = long[:SHORT]
        times = [min(seconds(text) for _ in range(ROUNDS)) for text in (short, long)]
        print(f"{LONG:,} characters, {name}: {times[1] * 1000:.0f} ms, {times[1] / times[0]:.1f} times {SHORT:,}")


def filled(unit: str, length: int) -> str:
    """Return a text of this length out of one piece."""
    return (unit * (length // len(unit) + 1))[:length]


def seconds(text: str) -> float:
    """Return the time that one look takes."""
    started = process_time()
    findings(text)
    return process_time() - started


if __name__ == "__main__":
    main()
