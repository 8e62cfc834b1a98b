"""What the numbers of a score step come to."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmtui.analysis.marks import Tally, counts, tally


def test_of_no_number_there_is_only_that_there_is_none() -> None:
    assert tally(()) == Tally(n=0)
    assert counts(()) == ()


def test_of_one_number_there_is_no_deviation() -> None:
    assert tally((7,)) == Tally(n=1, mean=7, lowest=7, highest=7)


def test_the_deviation_is_that_of_a_sample() -> None:
    found = tally((2, 4, 4, 4, 5, 5, 7, 9))
    assert (found.n, found.mean, found.lowest, found.highest) == (8, 5, 2, 9)
    assert found.sd == pytest.approx(2.13809, abs=1e-5)  # of the whole population it would be 2
    assert tally((3, 3)).sd == 0


def test_a_whole_mean_is_a_whole_number() -> None:
    mean = tally((1, 2, 2.5, 2.5)).mean
    assert (mean, type(mean)) == (2, int)
    assert tally((1, 2)).mean == 1.5


def test_the_highest_number_is_counted_first() -> None:
    assert counts((3, 8, 5.5, 8, 10, 3, 3)) == ((10, 1), (8, 2), (5.5, 1), (3, 3))


@given(st.lists(st.integers(-100, 100) | st.floats(-100, 100).map(lambda each: round(each, 3)), min_size=1))
def test_every_number_is_counted_once_and_the_order_matters_not(numbers: list[float]) -> None:
    found = tally(numbers)
    assert found.lowest is not None
    assert found.mean is not None
    assert found.highest is not None
    assert found.lowest - 1e-9 <= found.mean <= found.highest + 1e-9
    assert sum(count for _, count in counts(numbers)) == found.n == len(numbers)
    assert tally(sorted(numbers)) == found
