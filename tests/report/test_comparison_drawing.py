"""Drawings of comparisons keep to their width, read without colour, and have a twin in plain letters."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kmtui.analysis.comparison import Compared, Standing
from kmtui.model.base import Level
from kmtui.model.matrix import Band, Matrix, Scale
from kmtui.report.comparison_drawing import (
    river_bar,
    river_drawing,
    river_legend,
    stairs_drawing,
    stairs_legend,
    trend_drawing,
    trend_legend,
    wrapped,
)
from kmtui.report.drawing import display_width
from kmtui.text import one_line
from tests.analysis.teams import surveyed, team
from tests.hostile import HOSTILE
from tests.model.test_matrix import MATURITY
from tests.report.examples import MATRIX
from tests.report.test_comparison_document import beside, over_the_years

FIRST = MATRIX.criteria[0].id
TWELVE = Scale(lowest=1, highest=12)
BANDS = (Band(id="a", name="A", levels=(1, 3)), Band(id="b", name="B", levels=(4, 12)))
Draw = Callable[..., list[str]]


def block(lines: Iterable[str], name: str = "Approach to innovation") -> list[str]:
    """Return the lines of one criterion."""
    kept = list(lines)
    start = kept.index(name) + 1
    end = kept.index("", start) if "" in kept[start:] else len(kept)
    return kept[start:end]


def between(lowest: Level | None, highest: Level | None) -> Compared:
    return Compared(criterion=MATRIX.criteria[0], lowest=lowest, highest=highest)


@pytest.mark.parametrize(
    ("lowest", "highest", "own", "target", "drawn"),
    [
        (2, 9, 6, 11, ".====O===.T."),
        (2, 9, 2, 2, ".X=======..."),
        (2, 9, None, None, ".========..."),
        (None, None, None, 4, "...T........"),
        (1, 12, 12, None, "===========O"),
        (5.5, 5.5, None, None, ".....=......"),
        (5.4, 5.4, None, None, "....=......."),
    ],
)
def test_the_river_has_a_bank_the_own_team_and_its_target(
    lowest: Level | None, highest: Level | None, own: Level | None, target: Level | None, drawn: str
) -> None:
    standing = Standing(team="A", level=own, target=target)
    assert river_bar(between(lowest, highest), TWELVE, 12, standing, plain=True) == drawn


def test_the_ends_of_bands_are_drawn_where_there_is_room() -> None:
    assert river_bar(between(2, 9), TWELVE, 13, bands=BANDS, plain=True) == ".==|======..."
    assert river_bar(between(2, 9), TWELVE, 13, bands=BANDS) == "·▒▒│▒▒▒▒▒▒···"
    assert river_bar(between(2, 9), TWELVE, 12, bands=BANDS, plain=True) == ".========..."
    assert river_bar(between(2, 9), TWELVE, 25, bands=BANDS, plain=True) == "...===|============......"


@settings(deadline=None)
@given(st.sampled_from([TWELVE, MATURITY.scale, Scale(lowest=0, highest=300)]), st.integers(1, 200), st.data())
def test_a_river_bar_fits_and_goes_from_the_lowest_to_the_highest(
    scale: Scale, width: int, data: st.DataObject
) -> None:
    levels = st.integers(scale.lowest * 4, scale.highest * 4).map(lambda number: number / 4)
    lowest, highest = sorted((data.draw(levels), data.draw(levels)))
    drawn = river_bar(between(lowest, highest), scale, width, plain=True)
    assert 0 < len(drawn) <= width
    assert drawn.strip(".").strip("=") == ""
    lower = river_bar(between(scale.lowest, highest), scale, width, plain=True)
    assert lower.count("=") >= drawn.count("=") > 0


TWO = beside(
    team("Ward 7", {FIRST: (5, 8)}), team("Ward 4", {FIRST: 9}), surveyed("Ward 2", {FIRST: 5.5}), own="Ward 7"
)


def test_a_river_as_it_is_read() -> None:
    assert block(river_drawing(TWO, 60, plain=True)) == [
        "  1 ............|......O=|==========T====.|............ 12",
        "  Three teams, from 5 to 9. Ward 7 stands at 5 and wants 8.",
    ]
    assert block(river_drawing(TWO, 40)) == [
        "  1 ······│···●│▒▒▒▒▒◆▒▒│······ 12",
        "  Three teams, from 5 to 9. Ward 7",
        "  stands at 5 and wants 8.",
    ]


def test_stairs_as_they_are_read() -> None:
    assert block(stairs_drawing(TWO, 60, plain=True)) == [
        "             + 9 Ward 4",
        "         + 6 Ward 2",
        "       + 5 Ward 7 ^8",
    ]
    assert block(stairs_drawing(TWO, 60))[2] == "       ┌ 5 Ward 7 ▲8"
    assert block(stairs_drawing(TWO, 60), "Handover") == ["  No team has a level yet."]


def test_with_many_teams_on_a_step_they_are_counted() -> None:
    many = [team(f"Ward {n}", {FIRST: (5, 5 + n % 7)}) for n in range(200)]
    found = beside(*many, team("Ward 200", {FIRST: 9}), own="Ward 4")
    assert block(stairs_drawing(found, 80, plain=True)) == [
        "                 + 9 Ward 200",
        "         + 5 Ward 4 ^9, 199 more teams, 170 of them to climb, up to ^11",
    ]
    line = block(stairs_drawing(beside(*many), 80, plain=True))[0]
    assert line.strip() == "+ 5 200 teams, 171 of them to climb, up to ^11"
    for line in stairs_drawing(found, 40):
        assert display_width(line) <= 40


def test_a_trend_as_it_is_read() -> None:
    found = over_the_years(
        team("Ward 7", {FIRST: (6, 8)}),
        surveyed("Ward 7", {FIRST: 5.6}, {FIRST: (None, 8)}, date=date(2025, 5, 2)),
    )
    assert block(trend_drawing(found, 45, plain=True)) == [
        "  2 May 2025  ###|##|#-T-|---",
        "    5.6 (rounds to 6: Pockets of good",
        "    practice), target 8",
        "  20 Nov 2026 ###|##|#-T-|--- 6, target 8",
    ]
    assert block(trend_drawing(found, 45), "Handover") == ["  No level yet."]


def test_every_legend_explains_the_marks_of_its_drawing() -> None:
    assert set("▒·│●◆◈") <= set(river_legend(TWO))
    assert set("=.|OTX") <= set(river_legend(TWO, plain=True))
    assert "●" not in river_legend(beside(team("A", {FIRST: 1})))
    assert set("┌▲") <= set(stairs_legend())
    assert set("█░│◆") <= set(trend_legend())
    for legend in (river_legend(TWO, plain=True), stairs_legend(plain=True), trend_legend(plain=True)):
        assert legend.isascii()


NAMES = (
    "A",
    "A rather long name of a team that goes on and on until it is longer than the page is wide, and then some",
    "患者の移動をどう計画するか患者の移動をどう計画するか",
    "👩\u200d⚕\ufe0f" * 30,
    "x" * 500,
)


@pytest.mark.parametrize("width", [40, 41, 47, 60, 80, 100, 133, 200])
@pytest.mark.parametrize("name", NAMES)
def test_no_line_is_wider_than_asked(width: int, name: str) -> None:
    assessments = [
        team(name, {FIRST: (5, 8)}),
        team(f"{name} 2", {FIRST: 9}),
        surveyed(f"{name} 3", {FIRST: 5.6}, {FIRST: (None, 8)}),
        *(team(f"{name} {number}", {FIRST: (2, 3)}) for number in range(4, 12)),
    ]
    for plain in (False, True):
        found = beside(*assessments, own=name)
        drawings = (river_drawing(found, width, plain=plain), stairs_drawing(found, width, plain=plain))
        for lines in (*drawings, trend_drawing(over_the_years(assessments[2]), width, plain=plain)):
            assert max(map(display_width, lines)) <= width
            assert not plain or not name.isascii() or all(line.isascii() for line in lines)


@pytest.mark.parametrize("matrix", [MATRIX, MATURITY], ids=["twelve", "halves"])
def test_a_mean_is_never_drawn_without_its_rounding_and_band(matrix: Matrix) -> None:
    criterion_id = matrix.criteria[0].id
    found = beside(
        surveyed("A", {criterion_id: 1.4}, matrix=matrix), team("B", {criterion_id: 3}, matrix=matrix), own="A"
    )
    years = over_the_years(surveyed("A", {criterion_id: 1.4}, matrix=matrix))
    for width in range(40, 201, 7):
        for lines in (river_drawing(found, width), trend_drawing(years, width), stairs_drawing(found, width)):
            text = " ".join(line.strip() for line in lines)
            whole = f"1.4 (rounds to 1: {matrix.band_at(1).name})"
            assert text.count("1.4") == text.count(whole)


def test_levels_that_a_group_agreed_are_drawn_as_they_are() -> None:
    found = beside(team("A", {"a": (1.5, 3)}, matrix=MATURITY), own="A")
    assert block(river_drawing(found, 60), "A")[1] == "  One team, at 1.5. A stands at 1.5 and wants 3."
    assert block(stairs_drawing(found, 60), "A")[0].strip() == "┌ 1.5 A ▲3"


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_names_stay_on_their_lines(text: str) -> None:
    assessments = [team(f"1 {text}", {FIRST: (5, 8)}), team(f"2 {text}", {FIRST: 9})]
    found = beside(*assessments, own=f"1 {text}")
    for lines in (
        river_drawing(found, 60),
        stairs_drawing(found, 60),
        trend_drawing(over_the_years(*assessments), 60),
    ):
        for line in lines:
            assert "\n" not in line
            assert "\x1b" not in line
            assert display_width(line) <= 60


@given(st.text(max_size=80), st.integers(2, 60), st.sampled_from(["", "  "]))
def test_wrapped_text_loses_nothing_and_fits(text: str, width: int, indent: str) -> None:
    lines = wrapped(text, width + 4, indent)
    assert all(display_width(line) <= width + 4 for line in lines)
    kept = "".join(line[len(indent) :] for line in lines).replace(" ", "")
    assert kept == one_line(text).replace(" ", "")
