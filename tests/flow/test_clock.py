"""The clock counts what was spent, pauses, is lengthened, and never goes back."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kmtui.flow.clock import (
    Clock,
    at_step,
    behind,
    behind_in_words,
    extended_by,
    in_words,
    left,
    paused,
    planned,
    resumed,
    settled,
    spent_in_all,
    spent_on,
)


def test_time_counts_for_the_step_that_it_is_on() -> None:
    clock = resumed(Clock(step="a"), 100)
    assert clock.running
    assert spent_on(clock, "a", 130) == 30
    assert spent_on(clock, "b", 130) == 0
    clock = at_step(clock, "b", 160)
    assert clock.spent == {"a": 60}
    assert (spent_on(clock, "a", 200), spent_on(clock, "b", 200)) == (60, 40)
    assert spent_in_all(clock, 200) == 100


def test_a_pause_costs_nothing() -> None:
    clock = paused(resumed(Clock(step="a"), 0), 10)
    assert not clock.running
    assert spent_on(clock, "a", 500) == 10
    assert paused(clock, 600) == clock
    clock = resumed(clock, 500)
    assert resumed(clock, 900) == clock
    assert spent_on(clock, "a", 520) == 30


def test_going_to_another_step_while_paused_stays_paused() -> None:
    clock = at_step(Clock(step="a", spent={"a": 5}), "b", 50)
    assert (clock.step, clock.running, clock.spent) == ("b", False, {"a": 5})


def test_going_to_the_same_step_changes_nothing() -> None:
    clock = resumed(Clock(step="a"), 1)
    assert at_step(clock, "a", 50) is clock


def test_a_clock_that_was_set_back_counts_nothing() -> None:
    clock = resumed(Clock(step="a", spent={"a": 7}), 100)
    assert spent_on(clock, "a", 40) == 7
    assert settled(clock, 40).spent == {"a": 7}


def test_settling_counts_in_and_runs_on() -> None:
    clock = settled(resumed(Clock(step="a"), 0), 15)
    assert (clock.spent, clock.since) == ({"a": 15}, 15)
    assert settled(paused(clock, 15), 99) == paused(clock, 15)


def test_minutes_can_be_added_to_a_step() -> None:
    clock = extended_by(extended_by(Clock(step="a"), 1), 0.5)
    assert clock.extended == {"a": 1.5}
    assert planned(clock, "a", 2) == 210
    assert planned(clock, "b", 2) == 120
    assert left(resumed(clock, 0), "a", 2, 200) == 10
    assert left(resumed(clock, 0), "a", 2, 220) == -10


@pytest.mark.parametrize(
    ("seconds", "words"), [(185.9, "3:05"), (0, "0:00"), (59.99, "0:59"), (-70, "1:10 over"), (3600, "60:00")]
)
def test_time_left_in_words(seconds: float, words: str) -> None:
    assert in_words(seconds) == words


PLAN = (("a", 1), ("b", 2.5), ("c", 0))


@pytest.mark.parametrize(
    ("spent", "step", "seconds"),
    [
        ({}, "a", 0),  # nothing has begun
        ({"a": 40}, "a", 0),  # within the minutes of the first step
        ({"a": 100}, "a", 40),  # over them
        ({"a": 40}, "b", -20),  # gone on early
        ({"a": 100, "b": 30}, "b", 40),  # what was lost before stays lost
        ({"a": 100, "b": 170}, "b", 60),
        ({"a": 20, "b": 10, "c": 5}, "c", -175),  # a step without minutes is never on time
        ({"b": 90}, "b", -60),  # the first step was passed over
        ({"z": 30}, "z", 0),  # a step that the plan has not got counts as the first
    ],
)
def test_a_clock_is_behind_or_ahead_of_its_plan(spent: dict[str, float], step: str, seconds: float) -> None:
    assert behind(Clock(step=step, spent=spent), PLAN, 1000) == seconds
    earlier = {name: each - 5 if name == step else each for name, each in spent.items()}
    assert behind(Clock(step=step, spent=earlier, since=995 if spent else None), PLAN, 1000) == seconds


def test_minutes_that_were_added_are_behind_the_plan() -> None:
    clock = extended_by(Clock(step="a", spent={"a": 90}), 1)
    assert left(clock, "a", 1, 0) == 30
    assert behind(clock, PLAN, 0) == 30


def test_without_a_plan_all_time_is_behind_it() -> None:
    assert behind(Clock(step="a", spent={"a": 70}), (), 0) == 70


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(-600, ""), (0, ""), (59.9, ""), (60, "1 min behind"), (119.9, "1 min behind"), (3600, "60 min behind")],
)
def test_a_session_says_from_a_minute_on_that_it_is_behind(seconds: float, words: str) -> None:
    assert behind_in_words(seconds) == words


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["pause", "resume", "a", "b", "settle"]), st.integers(0, 100)), max_size=20))
def test_what_was_spent_never_gets_less_and_adds_up(moves: list[tuple[str, int]]) -> None:
    clock, now, ran = Clock(step="a"), 0, 0
    for move, seconds in moves:
        ran += seconds if clock.running else 0
        now += seconds
        match move:
            case "pause":
                clock = paused(clock, now)
            case "resume":
                clock = resumed(clock, now)
            case "settle":
                clock = settled(clock, now)
            case step:
                clock = at_step(clock, step, now)
        assert spent_in_all(clock, now) == ran


def test_going_back_for_a_moment_is_no_delay_of_all_that_came_since() -> None:
    plan = (("a", 5), ("b", 5), ("c", 5))
    there = Clock(step="c", spent={"a": 300, "b": 300, "c": 60})
    assert behind(there, plan, 0) == 0
    assert behind(replace(there, step="a", spent={**there.spent, "a": 390}), plan, 0) == 90
