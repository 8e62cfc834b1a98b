"""What river, stairs and trend say, to be read aloud; short with many teams."""

from __future__ import annotations

from datetime import date

import pytest

from kmtui.analysis.comparison import NotCompared, with_names_hidden
from kmtui.model.base import Level
from kmtui.model.rating import Rating
from kmtui.report.comparison_sentences import (
    named,
    not_compared_sentences,
    river_sentences,
    stairs_sentences,
    trend_sentences,
    years_not_compared_sentences,
)
from kmtui.report.words import FIRST_FALL
from tests.analysis.teams import DAY, surveyed, team
from tests.hostile import HOSTILE
from tests.model.test_matrix import MATURITY
from tests.report.examples import MATRIX
from tests.report.test_comparison_document import beside, over_the_years

FIRST, LAST = MATRIX.criteria[0].id, MATRIX.criteria[-1].id
NAME = "Approach to innovation: "
MANY = [team(f"Ward {n}", {each.id: (1 + n % 12, 1 + n % 7) for each in MATRIX.criteria}) for n in range(200)]


def test_names_are_listed_and_the_rest_is_counted() -> None:
    assert named(["a"], 2) == "a"
    assert named(["a", "b", "c"], 2) == "a, b and c"
    assert named(["a", "b", "c", "d"], 2) == "a, b and two more"


def test_the_river_says_how_far_apart_teams_are_and_where_we_stand() -> None:
    found = beside(
        team("Ward 7", {FIRST: (5, 8), LAST: 4}), surveyed("Ward 2", {FIRST: 5.6, LAST: 4}), team("Ward 4", {FIRST: 9})
    )
    first, row, *_, last = river_sentences(found)
    assert first == "Knowledge mobilisation self-assessment: three teams, seven criteria, levels from 1 to 12."
    assert row == f"{NAME}three teams, from 5 to 9."
    assert last == "Handover: two teams, both at 4 (In early stages)."


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ((5, 8), "three teams, from 5 to 9. Ward 7 stands at 5 and wants 8."),
        ((6, None), "three teams, from 6 to 9. Ward 7 stands at 6."),
        ((9, 8), "three teams, all at 9. Ward 7 stands at 9, its target of 8 reached."),
        ((None, 8), "two teams, both at 9. Ward 7 has no level yet and wants 8."),
        (None, "two teams, both at 9. Ward 7 has no level yet."),
    ],
)
def test_where_the_own_team_stands(said: tuple[Level | None, Level | None] | None, words: str) -> None:
    found = beside(team("Ward 7", {FIRST: said}), team("Ward 4", {FIRST: 9}), team("Ward 5", {FIRST: 9}), own="ward 7")
    assert river_sentences(found)[1] == NAME + words


def test_an_own_team_that_is_not_compared_is_told_so() -> None:
    found = beside(team("Ward 4", {FIRST: 9}), own="Ward 7")
    assert river_sentences(found)[1] == f"{NAME}one team, at 9. Ward 7 is not compared here."
    assert river_sentences(found)[2].startswith("Learning before we start: no team has a level yet.")


def test_a_mean_is_said_with_its_rounding_and_band() -> None:
    found = beside(surveyed("Ward 2", {FIRST: 5.6}, {FIRST: (None, 8)}), team("Ward 4", {FIRST: 9}), own="Ward 2")
    mean = "5.6 (rounds to 6: Pockets of good practice)"
    assert river_sentences(found)[1] == f"{NAME}two teams, from {mean} to 9. Ward 2 stands at {mean} and wants 8."
    assert stairs_sentences(found)[1] == (
        f"{NAME}two teams, from {mean} to 9; one wants to climb. "
        f"Ward 4 stands at 9 and could help Ward 2, which stands at {mean} and wants 8."
    )


def test_the_stairs_say_who_stands_where_and_who_could_help_whom() -> None:
    found = beside(team("Ward 7", {FIRST: (5, 8)}), team("Ward 4", {FIRST: 9}), team("Ward 2", {FIRST: 7}))
    assert stairs_sentences(found)[1] == (
        f"{NAME}three teams, from 5 to 9; one wants to climb. Ward 2 stands at 7. "
        "Ward 4 stands at 9 and could help Ward 7, which stands at 5 and wants 8."
    )


def test_who_wants_to_climb_where_nobody_stands_is_told_so() -> None:
    one = beside(team("Ward 7", {FIRST: (5, 12)}), team("Ward 4", {FIRST: 9}))
    assert stairs_sentences(one)[1].endswith("Ward 7 stands at 5 and wants 12; no other team stands there yet.")
    three = beside(*(team(f"Ward {n}", {FIRST: (n, 12)}) for n in (3, 4, 5)), own="Ward 4")
    assert stairs_sentences(three)[1].endswith(
        "Ward 4 stands at 4 and wants 12; no other team stands there yet. "
        "Two more want to climb to where no team stands yet."
    )


def test_the_own_team_is_told_of_first() -> None:
    teams = [team(f"Ward {n}", {FIRST: (n, 8)}) for n in range(1, 8)]
    row = stairs_sentences(beside(*teams, team("Ward 99", {FIRST: 9}), own="Ward 7"))[1]
    assert "Ward 99 stands at 9 and could help Ward 7, which stands at 7 and wants 8." in row
    assert row.endswith("For four more teams there is one that could help.")


def test_with_200_teams_sentences_stay_short() -> None:
    found = beside(*MANY, own="Ward 3")
    for sentences in (river_sentences(found), stairs_sentences(found), stairs_sentences(with_names_hidden(found))):
        assert len(sentences) == 1 + len(MATRIX.criteria)
        assert max(map(len, sentences)) < 700
    assert "Of the others " in stairs_sentences(found)[1]


def years(*said: tuple[Level | None, Level | None]) -> tuple[str, ...]:
    made = [team("Ward 7", {FIRST: each}, date=date(2020 + n, 11, 20)) for n, each in enumerate(said)]
    return trend_sentences(over_the_years(*made))


def test_a_trend_says_when_and_what_moved() -> None:
    sentences = years((4, 8), (6, 9))
    assert sentences[0] == "Ward 7: two assessments, 20 November 2020 and 20 November 2021."
    assert sentences[1] == (
        f"{NAME}4 on 20 November 2020, 6 on 20 November 2021. It rose by two levels since the time before. "
        "Its target is 9."
    )
    assert sentences[2] == (
        "No level yet: Learning before we start, Sharing between teams, A librarian on the ward, Evidence searches, "
        "Alerts and Handover."
    )


@pytest.mark.parametrize(
    ("levels", "words"),
    [
        ((4,), "4 on 20 November 2020."),
        ((4, 4), "It stayed as it was."),
        ((4, 5, 6), "It rose by one level since the time before; since the first time it rose by two levels."),
        ((4, 5, 5), "It stayed as it was; since the first time it rose by one level."),
        ((4, 5, 4), "It fell by one level since the time before, and is where it began."),
        (
            (1, 2, 3, 4, 5, 6),
            "1 on 20 November 2020, two more in between, 4 on 20 November 2023, 5 on 20 November 2024, "
            "6 on 20 November 2025.",
        ),
    ],
)
def test_how_a_level_moved(levels: tuple[int, ...], words: str) -> None:
    assert words in years(*((level, None) for level in levels))[1]


def test_after_the_first_fall_it_is_said_what_that_often_means_once_and_what_was_said() -> None:
    def at(year: int, level: int, why: str) -> tuple[Rating, ...]:
        return tuple(Rating(criterion=each, level=level, rationale=why) for each in (FIRST, LAST))

    then = team("A", ratings=at(2020, 6, "We have\na forum"), date=date(2020, 1, 1))
    now = team("A", ratings=at(2021, 5, "x" * 500))
    sentences = trend_sentences(over_the_years(then, now))
    assert " ".join(sentences).count(FIRST_FALL) == 1
    assert sentences[1].index("It fell by one level") < sentences[1].index(FIRST_FALL)
    assert "Then it was said: “We have a forum”. Now: “xxx" in sentences[1]
    assert "Then it was said" in sentences[2]
    assert len(sentences[1]) < 700
    assert FIRST_FALL not in " ".join(years((4, None), (6, None)))


def test_a_change_of_means_is_said_in_levels() -> None:
    found = over_the_years(surveyed("A", {FIRST: 5.6}), surveyed("A", {FIRST: 4.6}, date=date(2020, 1, 1)))
    assert "It rose by one level since the time before." in trend_sentences(found)[1]


def test_what_is_not_compared_is_told_together_and_shortly() -> None:
    other = "other words for this criterion (version 0.9)"
    items = [NotCompared(team=f"Ward {n}", date=DAY, what=what, why=other) for n in range(6) for what in ("One", "Two")]
    items.append(NotCompared(team="Ward 9", what="Another model", why="another model"))
    items.append(NotCompared(team="Ward 9", what="Three", why="not used by this team: no night staff."))
    assert not_compared_sentences(items) == (
        f"One and Two are not compared for Ward 0, Ward 1, Ward 2 and three more: {other}.",
        "Another model is not compared for Ward 9: another model.",
        "Three is not compared for Ward 9: not used by this team: no night staff.",
    )
    assert "Ward 5" in not_compared_sentences(items, most=10)[0]
    assert not_compared_sentences([]) == ()


def test_what_is_not_compared_over_the_years_is_told_by_its_day() -> None:
    items = [NotCompared(team="A", date=DAY, what="One", why="another model")]
    assert years_not_compared_sentences(items) == (
        "One is not compared for the assessment of 20 November 2026: another model.",
    )


def test_another_scale_with_half_levels() -> None:
    found = beside(team("A", {"a": (1.5, 2)}, matrix=MATURITY), team("B", {"a": 2}, matrix=MATURITY), own="A")
    assert stairs_sentences(found)[1] == (
        "A: two teams, from 1.5 to 2; one wants to climb. "
        "B stands at 2 and could help A, which stands at 1.5 and wants 2."
    )


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_names_stay_on_one_line(text: str) -> None:
    first, second = f"1 {text}", f"2 {text}"
    made = [team(first, {FIRST: (5, 8)}), team(second, {FIRST: 9}, matrix=MATRIX), team(second, {}, matrix=MATURITY)]
    found = beside(*made, own=first)
    trend = over_the_years(*made[:1])
    for words in (
        *river_sentences(found),
        *stairs_sentences(found),
        *trend_sentences(trend),
        *not_compared_sentences(found.not_compared),
    ):
        assert "\n" not in words
        assert "\x1b" not in words
