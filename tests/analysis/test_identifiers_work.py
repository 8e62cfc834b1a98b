"""The search for identifiers does a bounded amount of work at each character, whatever the text."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from types import FrameType
from typing import Any

import pytest

from kmtui.analysis import (
    identifiers_contacts,
    identifiers_dates,
    identifiers_names,
    identifiers_nhs,
)
from kmtui.analysis.identifiers import findings

TODAY = date(2026, 11, 29)

PATTERNS = {
    f"{module.__name__.rpartition('.')[2]}.{name}": value
    for module in (identifiers_contacts, identifiers_dates, identifiers_names, identifiers_nhs)
    for name, value in vars(module).items()
    if isinstance(value, re.Pattern)
}


MOST_REPETITIONS = 64


def repetitions(parsed: Any) -> Iterator[int]:
    """Yield how often each part of a pattern may be repeated."""
    for operation, value in parsed:
        match str(operation):
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                yield int(value[1])
                yield from repetitions(value[2])
            case "SUBPATTERN":
                yield from repetitions(value[3])
            case "BRANCH":
                yield from (each for branch in value[1] for each in repetitions(branch))
            case "ASSERT" | "ASSERT_NOT":
                yield from repetitions(value[1])


@pytest.mark.parametrize("name", PATTERNS)
def test_no_pattern_repeats_without_end(name: str) -> None:
    """So that what is tried at one character does not grow with the text."""
    pattern = PATTERNS[name]
    parsed = import_module("re._parser").parse(pattern.pattern, pattern.flags)
    assert max(repetitions(parsed), default=0) <= MOST_REPETITIONS


def test_an_endless_repetition_would_be_seen() -> None:
    parser = import_module("re._parser")
    for pattern in ("a*", "(?:b|(c+))?", "(?=d{3,})", "(?<!e)f+?g", "(?:h++)"):
        assert max(repetitions(parser.parse(pattern))) > MOST_REPETITIONS


def calls(act: Callable[[], object]) -> int:
    """Count the calls of functions, C functions included."""
    count = 0

    def one_more(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(one_more)
    try:
        act()
    finally:
        sys.setprofile(before)
    return count


WORST = (
    "a", "1", "0", "@", "a@", "a.", "1.", "1-", "1/", "1 ", "+", "+4", "(", "'", "A-", "\n", " ", "a@b.c", "é1",
    "\u200b", "\u0301a", "Dr ", "Mr and ", "Dr A ", "Mr van ", "Sister ", "DOB ", "born ", "3 March ", "1/2/",
    "1/2/1950 ", "01 ", "0113 ", "ext ", "Tel: ", "943 476 ", "943 476 5919 ",
)  # fmt: skip


@pytest.mark.parametrize("unit", WORST)
def test_the_work_grows_with_the_text_and_no_faster(unit: str) -> None:
    short, long = unit * (5_000 // len(unit)), unit * (50_000 // len(unit))
    few, many = calls(lambda: findings(short, TODAY)), calls(lambda: findings(long, TODAY))
    assert many <= 11 * few + 100
    assert many <= 20 * len(long)
