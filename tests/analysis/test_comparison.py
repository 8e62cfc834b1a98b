"""Teams and years beside each other: only what matches, everything else named, and names that stay hidden."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import pairwise

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kmtui.analysis.comparison import (
    Compared,
    Comparison,
    Standing,
    climb,
    compared,
    helpers,
    not_comparable,
    seekers,
    then_and_now,
    trend,
    with_names_hidden,
)
from kmtui.model.assessment import Assessment
from kmtui.model.base import Level
from kmtui.model.matrix import Band, Matrix, Scale
from kmtui.model.rating import Rating
from kmtui.model.setup import LeftOut, LocalOption, as_used
from tests.analysis.teams import DAY, surveyed, team, with_criterion
from tests.model.test_matrix import MATURITY
from tests.report.examples import MATRIX

FIRST, *_, LAST = (criterion.id for criterion in MATRIX.criteria)


def beside(*assessments: Assessment, own: str = "", matrix_id: str | None = None) -> Comparison:
    found = compared(assessments, own=own, matrix_id=matrix_id)
    assert found is not None
    return found


def row_of(comparison: Comparison, criterion_id: str = FIRST) -> Compared:
    return next(row for row in comparison.criteria if row.criterion.id == criterion_id)


def levels(comparison: Comparison, criterion_id: str = FIRST) -> dict[str, Level | None]:
    return {each.team: each.level for each in row_of(comparison, criterion_id).teams}


def named(comparison: Comparison) -> list[tuple[str, str, str]]:
    return [(each.team, each.what, each.why) for each in comparison.not_compared]


def leaving_out(name: str, *gone: str, reason: str = "", matrix: Matrix = MATRIX, **changes: object) -> Assessment:
    left_out = tuple(LeftOut(criterion=each, reason=reason, name=each.title()) for each in gone)
    said: dict[str, int] = {criterion.id: 5 for criterion in matrix.criteria if criterion.id not in gone}
    return team(name, dict(said), matrix=as_used(matrix, left_out, ()), left_out=left_out, **changes)


def test_teams_stand_beside_each_other_with_the_range_of_all() -> None:
    found = beside(
        team("Ward 10", {FIRST: (2, 8)}), team("Ward 4", {FIRST: 9}), team("Ward 7", {LAST: 3}), own="ward 7"
    )
    assert found.teams == ("Ward 7", "Ward 4", "Ward 10")
    assert (found.own, found.matrix.id) == ("Ward 7", MATRIX.id)
    assert [row.criterion.id for row in found.criteria] == [criterion.id for criterion in MATRIX.criteria]
    row = row_of(found)
    assert (row.lowest, row.highest) == (2, 9)
    assert row.teams == (
        Standing(team="Ward 7", date=DAY, assessment="id-Ward 7", own=True),
        Standing(team="Ward 4", date=DAY, assessment="id-Ward 4", level=9),
        Standing(team="Ward 10", date=DAY, assessment="id-Ward 10", level=2, target=8),
    )
    assert found.not_compared == ()


def test_where_nobody_has_a_level_there_is_no_range() -> None:
    row = row_of(beside(team("Ward 7", {FIRST: (None, 8)})))
    assert (row.lowest, row.highest, row.teams[0].target) == (None, None, 8)


def test_the_newest_assessment_of_a_team_counts_by_its_date_then_by_when_it_was_changed() -> None:
    old = team("Ward 7", {FIRST: 2}, id="a", date=date(2025, 1, 1))
    new = team("ward  7", {FIRST: 4}, id="b")
    newest = team(" WARD 7 ", {FIRST: 6}, id="c", changed=datetime(2030, 1, 1, tzinfo=UTC))
    for order in ([old, new, newest], [newest, new, old], [new, newest, old]):
        assert levels(beside(*order)) == {"WARD 7": 6}


def test_an_assessment_without_any_level_gives_way_to_the_one_before() -> None:
    before = team("Ward 7", {FIRST: 2}, id="a", date=date(2025, 1, 1))
    assert levels(beside(before, team("Ward 7", {}, id="b"))) == {"Ward 7": 2}
    assert levels(beside(team("Ward 7", {}, id="b"))) == {"Ward 7": None}


def test_without_a_team_or_while_responses_come_an_assessment_is_passed_over() -> None:
    collecting = team("Ward 4", {FIRST: 9}, way="survey", closed=None)
    assert compared([team("  ", {FIRST: 2}), collecting]) is None
    assert levels(beside(team("", {FIRST: 2}), collecting, team("Ward 7", {FIRST: 3}))) == {"Ward 7": 3}
    assert compared([]) is None


def test_a_survey_stands_at_its_mean_until_a_group_agrees_a_level() -> None:
    found = beside(
        surveyed("Ward 1", {FIRST: 5.6, LAST: None}, {FIRST: (None, 8)}),
        surveyed("Ward 2", {FIRST: 5.6}, {FIRST: 7}),
        surveyed("Ward 3", {FIRST: None}),
    )
    assert [(each.level, each.target, each.mean) for each in row_of(found).teams] == [
        (5.6, 8, True),
        (7, None, False),
        (None, None, False),
    ]
    assert [each.level for each in row_of(found, LAST).teams] == [None, None, None]


def test_the_model_is_the_named_one_else_that_of_the_own_team_else_the_newest() -> None:
    mine = team("Ward 7", {FIRST: 3}, date=date(2024, 1, 1))
    theirs = team("Ward 4", {"a": 2}, matrix=MATURITY, date=date(2026, 1, 1))
    assert beside(mine, theirs).matrix.id == MATURITY.id
    assert beside(mine, theirs, own="WARD 7").matrix.id == MATRIX.id
    assert beside(mine, theirs, own="Ward 7", matrix_id=MATURITY.id).matrix.id == MATURITY.id
    assert beside(mine, theirs, own="Ward 99").own == "Ward 99"
    assert compared([mine, theirs], matrix_id="none") is None


def test_what_is_compared_is_the_newest_version_of_the_own_team() -> None:
    newer = replace(with_criterion(MATRIX, FIRST, indicator="Other words."), version="2.0")
    mine, theirs = team("Ward 7", {FIRST: 3}), team("Ward 4", {FIRST: 9}, matrix=newer, date=date(2027, 1, 1))
    found = beside(mine, theirs, own="Ward 7")
    assert (found.matrix.version, levels(found)) == ("1.0", {"Ward 7": 3})
    name = MATRIX.criteria[0].name
    assert named(found) == [("Ward 4", name, "other words for this criterion (version 2.0)")]
    assert levels(found, LAST) == {"Ward 7": None, "Ward 4": None}
    assert beside(mine, theirs).matrix.version == "2.0"


@pytest.mark.parametrize(
    "changes",
    [{"indicator": "Other words."}, {"statements": {**MATRIX.criteria[0].statements, "usual": "Other words."}}],
)
def test_other_words_are_not_compared(changes: dict[str, object]) -> None:
    other = with_criterion(MATRIX, FIRST, **changes)
    found = beside(team("A", {FIRST: 3}), team("B", {FIRST: 4}, matrix=other), own="A")
    assert levels(found) == {"A": 3}
    assert [what for _, what, _ in named(found)] == [MATRIX.criteria[0].name]


def test_another_name_for_a_criterion_is_compared_and_so_are_other_questions_and_options() -> None:
    other = with_criterion(MATRIX, FIRST, name="Another name", ask=(), options=(), iso30401=("5.1",))
    found = beside(team("A", {FIRST: 3}), team("B", {FIRST: 4}, matrix=other), own="A")
    assert levels(found) == {"A": 3, "B": 4}
    assert row_of(found).criterion.name == MATRIX.criteria[0].name


def test_another_scale_or_other_bands_are_named_once() -> None:
    scale = replace(MATRIX, scale=Scale(lowest=1, highest=12, step=0.5), version="1.5")
    first, *rest = MATRIX.bands
    bands = replace(MATRIX, bands=(Band(id=first.id, name="Other", levels=first.levels), *rest))
    found = beside(team("A", {FIRST: 3}), team("B", {FIRST: 2.5}, matrix=scale), team("C", {}, matrix=bands), own="A")
    assert (found.teams, levels(found)) == (("A",), {"A": 3})
    assert named(found) == [
        ("B", MATRIX.title, "another scale, 1 to 12 by halves (version 1.5)"),
        ("C", MATRIX.title, "other bands (version 1.0)"),
    ]


def test_another_model_is_named_by_its_title_once_for_each_team() -> None:
    found = beside(
        team("A", {FIRST: 3}),
        team("B", {}, matrix=MATURITY, id="b1"),
        team("B", {}, matrix=MATURITY, id="b2", date=date(2020, 1, 1)),
        team("A", {}, matrix=MATURITY),
        own="A",
        matrix_id=MATRIX.id,
    )
    assert named(found) == [("A", MATURITY.title, "another model"), ("B", MATURITY.title, "another model")]
    assert found.not_compared[1].date == DAY


def test_a_criterion_left_out_is_named_with_its_reason_and_compared_for_the_others() -> None:
    found = beside(leaving_out("A", "sharing", reason="no\nnight staff."), leaving_out("B", LAST), own="A")
    assert [row.criterion.id for row in found.criteria] == [criterion.id for criterion in MATRIX.criteria]
    assert [section.id for section in found.matrix.sections] == [section.id for section in MATRIX.sections]
    assert levels(found, "sharing") == {"B": 5}
    assert levels(found, LAST) == {"A": 5}
    assert named(found) == [
        ("A", "Sharing between teams", "not used by this team: no night staff."),
        ("B", "Handover", "not used by this team"),
    ]


@settings(deadline=None)
@given(st.lists(st.sets(st.sampled_from([each.id for each in MATRIX.criteria]), max_size=6), min_size=1, max_size=5))
@example([{"innovation"}, set()])
@example([{"sharing", "alerts"}, {"innovation"}, set()])
def test_every_criterion_that_a_team_uses_is_compared_in_the_order_of_the_matrix(gone: list[set[str]]) -> None:
    found = beside(*(leaving_out(f"Team {number}", *each) for number, each in enumerate(gone)))
    everywhere = set.intersection(*gone)
    ids = [row.criterion.id for row in found.criteria]
    assert set(ids) == {each.id for each in MATRIX.criteria} - everywhere
    in_sections = [criterion.id for criterion in found.matrix.criteria]
    assert ids == in_sections
    if set() in gone:  # a whole copy tells where everything stands
        assert ids == [each.id for each in MATRIX.criteria]
    missing = {(each.team, each.what) for each in found.not_compared}
    assert len(missing) == sum(len(each) for each in gone)


def test_what_only_one_version_has_is_named_on_both_sides() -> None:
    smaller = replace(MATRIX, version="0.9", sections=MATRIX.sections[:2])
    new = beside(team("A", {}), team("B", {}, matrix=smaller), own="A")
    assert named(new) == [("B", "Handover", "not in version 0.9")]
    old = beside(team("A", {}), team("B", {}, matrix=smaller), own="B")
    assert named(old) == [("A", "Handover", "not among the criteria compared (version 0.9)")]


def test_no_answer_yet_is_no_mismatch() -> None:
    parked = team("B", ratings=(Rating(criterion=FIRST, skip="parked"),))
    found = beside(team("A", {FIRST: 3}), parked)
    assert (levels(found), found.not_compared) == ({"A": 3, "B": None}, ())


def test_local_options_of_a_team_do_not_stand_in_the_way() -> None:
    local = as_used(MATRIX, (), (LocalOption(criterion=FIRST, text="Ask Ward B"),))
    assert levels(beside(team("A", {FIRST: 3}), team("B", {FIRST: 4}, matrix=local))) == {"A": 3, "B": 4}


STANDING = Compared(
    criterion=MATRIX.criteria[0],
    teams=(
        Standing(team="A", level=9),
        Standing(team="B", level=5, target=8),
        Standing(team="C", level=8, target=8),
        Standing(team="D", level=2, target=12),
        Standing(team="E", level=12, target=3),
        Standing(team="F", target=4),
        Standing(team="G", level=3.3, target=9),
        Standing(team="H"),
    ),
)


def test_who_could_help_whom_the_furthest_climb_first_and_the_nearest_helper_first() -> None:
    pairs = [(each.helper.team, each.seeker.team) for each in helpers(STANDING)]
    assert pairs == [("E", "D"), ("A", "G"), ("E", "G"), ("C", "B"), ("A", "B"), ("E", "B")]
    assert [(each.helper.team, each.seeker.team) for each in helpers(STANDING, most=1)] == [
        ("E", "D"),
        ("A", "G"),
        ("C", "B"),
    ]
    assert [each.team for each in seekers(STANDING)] == ["D", "G", "B"]
    assert [climb(each) for each in STANDING.teams] == [0, 3, 0, 10, 0, 0, 5.7, 0]


@st.composite
def rows(draw: st.DrawFn) -> Compared:
    level = st.none() | st.integers(min_value=1, max_value=12)
    teams = draw(st.lists(st.tuples(level, level), max_size=8))
    standings = (Standing(team=str(n), level=at, target=to) for n, (at, to) in enumerate(teams))
    return Compared(criterion=MATRIX.criteria[0], teams=tuple(standings))


@given(rows())
def test_helpers_are_all_pairs_in_which_one_has_reached_what_the_other_wants(row: Compared) -> None:
    expected = {
        (helper.team, seeker.team)
        for helper in row.teams
        for seeker in row.teams
        if helper.level is not None and seeker.level is not None and seeker.target is not None
        if seeker.target > seeker.level and helper.level >= seeker.target
    }
    found = helpers(row)
    assert {(each.helper.team, each.seeker.team) for each in found} == expected
    assert len(found) == len(expected)
    climbs = [climb(each.seeker) for each in found]
    assert climbs == sorted(climbs, reverse=True)


def years(*levels_by_year: Sequence[int | None]) -> list[Assessment]:
    made = []
    for number, (level, target) in enumerate(levels_by_year):
        made.append(team("Ward 7", {FIRST: (level, target)}, id=f"y{number}", date=date(2020 + number, 1, 1)))
    return made


def test_a_trend_goes_from_the_oldest_to_the_newest_with_points_where_there_is_a_level() -> None:
    made = years((4, 8), (None, 8), (6, None))
    found = trend([made[2], made[0], made[1], team("Ward 4", {FIRST: 1})], " ward  7")
    assert found is not None
    assert (found.team, found.matrix.id) == ("Ward 7", MATRIX.id)
    assert found.dates == (date(2020, 1, 1), date(2021, 1, 1), date(2022, 1, 1))
    points = found.criteria[0].points
    assert [(each.date.year, each.level, each.target, each.mean) for each in points] == [
        (2020, 4, 8, False),
        (2022, 6, None, False),
    ]
    assert [row.points for row in found.criteria[1:]] == [()] * 6
    assert trend(made, "Ward 8") is None
    assert trend(made, "") is None


def test_the_trend_of_a_survey_has_means_and_the_words_of_the_group_only_where_it_agreed() -> None:
    agreed = Rating(criterion=LAST, level=4, rationale="We talked it over.")
    noted = Rating(criterion=FIRST, target=8, rationale="Nobody's words.")
    found = trend([surveyed("A", {FIRST: 5.6, LAST: 3.2}, ratings=(noted, agreed))], "A")
    assert found is not None
    first, last = found.criteria[0].points[0], found.criteria[-1].points[0]
    assert (first.level, first.target, first.mean, first.rationale) == (5.6, 8, True, "")
    assert (last.level, last.mean, last.rationale) == (4, False, "We talked it over.")


def test_in_a_trend_only_what_matches_the_newest_wording_is_compared() -> None:
    older = replace(with_criterion(MATRIX, FIRST, indicator="Other words."), version="0.9")
    then = team("A", {FIRST: 3, LAST: 4}, matrix=older, date=date(2020, 1, 1))
    other = team("A", {"a": 1}, matrix=MATURITY, date=date(2019, 1, 1))
    found = trend([then, other, team("A", {FIRST: 5, LAST: 6})], "A")
    assert found is not None
    assert [len(row.points) for row in (found.criteria[0], found.criteria[-1])] == [1, 2]
    assert [(each.date.year if each.date else 0, each.what, each.why) for each in found.not_compared] == [
        (2020, MATRIX.criteria[0].name, "other words for this criterion (version 0.9)"),
        (2019, MATURITY.title, "another model"),
    ]
    named_model = trend([then, other], "A", matrix_id=MATURITY.id)
    assert named_model is not None
    assert named_model.matrix.id == MATURITY.id


def test_then_and_now_are_the_criteria_with_a_level_in_both() -> None:
    before = team("A", {FIRST: 6, "sharing": 4, LAST: 2}, date=date(2025, 1, 1))
    now = team("A", {FIRST: 4, "sharing": None, LAST: 5, "search": 3})
    pairs = then_and_now(now, before)
    assert [(each.criterion.id, each.then.level, each.now.level, each.fell) for each in pairs] == [
        (FIRST, 6, 4, True),
        (LAST, 2, 5, False),
    ]
    assert (pairs[0].then.date, pairs[0].now.date) == (date(2025, 1, 1), DAY)


def test_what_cannot_be_compared_with_the_time_before_is_named() -> None:
    other = replace(with_criterion(MATRIX, FIRST, indicator="Other words."), version="0.9")
    before = team("A", {FIRST: 6}, matrix=other, date=date(2025, 1, 1))
    now = leaving_out("A", LAST, reason="not ours")
    assert then_and_now(now, before) == ()
    assert [(each.date, each.what, each.why) for each in not_comparable(now, before)] == [
        (date(2025, 1, 1), MATRIX.criteria[0].name, "other words for this criterion (version 0.9)"),
        (date(2025, 1, 1), "Handover", "not among the criteria compared (version 1.0)"),
        (DAY, "Handover", "not used by this team: not ours"),
    ]
    model = not_comparable(now, team("A", {}, matrix=MATURITY))
    assert (model[0].what, model[0].why) == (MATURITY.title, "another model")


def many(count: int) -> list[Assessment]:
    chance = random.Random(7)
    made = [
        team(
            f"Ward {number}",
            {each.id: (chance.randint(1, 12), chance.randint(1, 12)) for each in MATRIX.criteria},
            id=f"{chance.random()}",
            date=date(2026, 1 + number % 12, 1),
        )
        for number in range(count)
    ]
    local = as_used(MATRIX, (), (LocalOption(criterion=FIRST, text="Ask Ward 3"),))
    return [
        *made,
        leaving_out("Ward 97", LAST, reason="Ward 97 has none", matrix=local, id="97", date=date(2028, 1, 1)),
    ]


def test_hidden_names_are_nowhere_in_the_comparison_and_the_own_team_is_told_as_ours() -> None:
    other = team("Ward 98", {}, matrix=MATURITY, id="98")
    found = beside(*many(30), other, own="Ward 5", matrix_id=MATRIX.id)
    hidden = with_names_hidden(found)
    raw = msgspec.json.encode(hidden).decode()
    assert _wards(raw) == []
    assert (hidden.own, hidden.teams[0]) == ("Our team", "Our team")
    assert {each.team for row in hidden.criteria for each in row.teams if each.own} == {"Our team"}
    for assessment in (*many(30), other):
        assert assessment.id not in raw.replace('"97"', "")
    assert {each.date for row in hidden.criteria for each in row.teams} == {None}
    assert {each.date for each in hidden.not_compared} == {None}
    assert {each.why for each in hidden.not_compared} == {"not used by this team", "another model"}
    assert len(set(hidden.teams)) == 31


def _wards(text: str) -> list[str]:
    return [f"Ward {part.partition(chr(34))[0].split()[0]}" for part in text.split("Ward ")[1:]]


def test_hidden_names_are_the_same_on_every_criterion_and_for_the_same_data_in_any_order() -> None:
    made = many(30)
    hidden = with_names_hidden(beside(*made, own="Ward 5"))
    again = with_names_hidden(beside(*reversed(made), own="Ward 5"))
    assert hidden == again
    shown = beside(*made, own="Ward 5")
    letters: dict[tuple[object, ...], set[str]] = {}
    for plain, row in zip(shown.criteria, hidden.criteria, strict=True):
        assert sorted(str((each.level, each.target)) for each in plain.teams) == sorted(
            str((each.level, each.target)) for each in row.teams
        )
        assert [each.team for each in row.teams] == [
            name for name in hidden.teams if name in {t.team for t in row.teams}
        ]
    for number in range(len(shown.teams)):
        name = shown.teams[number]
        profile = tuple(each.level for row in shown.criteria for each in row.teams if each.team == name)
        for alias in hidden.teams:
            its = tuple(each.level for row in hidden.criteria for each in row.teams if each.team == alias)
            if its == profile:
                letters.setdefault(profile, set()).add(alias)
    assert all(len(found) == 1 for found in letters.values())
    assert len(letters) == len(shown.teams)


def test_letters_follow_neither_the_alphabet_nor_dates_nor_levels() -> None:
    made = [
        team(f"Ward {number}", {FIRST: 1 + number // 3}, id=f"{number:05}", date=date(2020, 1, 1 + number))
        for number in range(30)
    ]
    row = row_of(with_names_hidden(beside(*made)))
    order = [each.level or 0 for each in row.teams]
    assert [each.team for each in row.teams][:2] == ["Team A", "Team B"]
    assert row.teams[-1].team == "Team AD"
    assert order not in (sorted(order), sorted(order, reverse=True))
    agreeing = sum(one <= other for one, other in pairwise(order))
    assert 5 < agreeing < 25


def test_a_team_in_two_spellings_has_one_letter() -> None:
    other = team("WARD 4", {}, matrix=MATURITY, date=date(2020, 1, 1))
    hidden = with_names_hidden(beside(team("Ward 4", {FIRST: 1}), other, team("Ward 5", {FIRST: 2}), own="Ward 5"))
    assert hidden.teams == ("Our team", "Team A")
    assert [each.team for each in hidden.not_compared] == ["Team A"]


def test_a_team_that_is_really_called_team_a_shares_its_name_with_nobody() -> None:
    made = [team("team a", {FIRST: 1}), team("Ward 4", {FIRST: 2}), team("Ward 5", {FIRST: 3})]
    assert with_names_hidden(beside(*made, own="Team A")).teams == ("Our team", "Team A", "Team B")
    assert set(with_names_hidden(beside(*made)).teams) == {"Team A", "Team B", "Team C"}


def test_names_of_many_digits_do_not_break_the_order() -> None:
    found = beside(team("9" * 5000, {FIRST: 1}), team("²³ ٣", {FIRST: 2}), team("Ward", {FIRST: 2}))
    assert len(found.teams) == 3


def test_half_levels_and_another_scale() -> None:
    found = beside(team("A", {"a": (1.5, 3)}, matrix=MATURITY), team("B", {"a": 3}, matrix=MATURITY))
    assert (row_of(found, "a").lowest, row_of(found, "a").highest) == (1.5, 3)
    assert [each.helper.team for each in helpers(row_of(found, "a"))] == ["B"]
