"""Drawings keep to their width, and show level, bands and target without colour."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kmtui.model.base import Level
from kmtui.model.matrix import Band, Matrix, Scale
from kmtui.model.rating import Rating
from kmtui.model.survey import Spread
from kmtui.report.drawing import (
    LEGEND,
    PLAIN_LEGEND,
    PLAIN_SPREAD_LEGEND,
    SPREAD_LEGEND,
    assessment_chart,
    bar,
    display_width,
    fitted,
    legend,
    spread_bar,
)
from tests.hostile import HOSTILE
from tests.model.test_matrix import MATURITY
from tests.report.examples import ASSESSMENT, FEW, MATRIX, OPEN_SURVEY, SURVEY
from tests.report.hostile_records import assessment_with, survey_with

TWELVE = Scale(lowest=1, highest=12)
THREE = Scale(lowest=0, highest=3, step=0.5)
BANDS = (
    Band(id="a", name="A", levels=(1, 3)),
    Band(id="b", name="B", levels=(4, 5)),
    Band(id="c", name="C", levels=(6, 12)),
)


@pytest.mark.parametrize(
    ("level", "scale", "width", "target", "drawn"),
    [
        (6, TWELVE, 12, None, "######------"),
        (1, TWELVE, 12, None, "#-----------"),
        (12, TWELVE, 12, 12, "###########T"),
        (6, TWELVE, 12, 8, "######-T----"),
        (6, TWELVE, 12, 3, "##T###------"),
        (None, TWELVE, 12, 8, "-------T----"),
        (None, TWELVE, 4, None, "----"),
        (6.5, TWELVE, 24, None, "#############-----------"),
        (0, THREE, 8, 3, "##-----T"),
        (1.5, THREE, 8, None, "#####---"),
        (3, Scale(lowest=1, highest=5), 10, 5, "######---T"),
        (1, TWELVE, 3, 12, "#-T"),
        (6, TWELVE, 0, 8, ""),
        (6, TWELVE, -3, None, ""),
    ],
)
def test_a_bar_shows_level_and_target(
    level: Level | None, scale: Scale, width: int, target: Level | None, drawn: str
) -> None:
    assert bar(level, scale, width, target, plain=True) == drawn


def test_the_ends_of_bands_are_drawn_where_there_is_room() -> None:
    assert bar(6, TWELVE, 14, 8, bands=BANDS, plain=True) == "###|##|#-T----"
    assert bar(6, TWELVE, 14, 8, bands=BANDS) == "███│██│█░◆░░░░"
    assert bar(6, TWELVE, 13, 8, bands=BANDS, plain=True) == bar(6, TWELVE, 13, 8, plain=True)


def test_the_legend_explains_every_mark() -> None:
    assert set("█░│◆") <= set(LEGEND)
    assert set("#-|T") <= set(PLAIN_LEGEND)
    assert PLAIN_LEGEND.isascii()


@settings(deadline=None)
@given(
    st.sampled_from([MATRIX, MATURITY]),
    st.integers(min_value=0, max_value=120),
    st.booleans(),
    st.data(),
)
def test_a_bar_has_exactly_its_width_and_grows_with_the_level(
    matrix: Matrix, width: int, plain: bool, data: st.DataObject
) -> None:
    levels = list(matrix.levels())
    bars = [bar(level, matrix.scale, width, bands=matrix.bands, plain=plain) for level in levels]
    filled = [each.count("#" if plain else "█") for each in bars]
    assert {len(each) for each in bars} == {width}
    assert filled == sorted(filled)
    assert width == 0 or filled[0] > 0
    target = data.draw(st.sampled_from(levels))
    with_target = bar(levels[0], matrix.scale, width, target, bands=matrix.bands, plain=plain)
    assert len(with_target) == width
    assert with_target.count("T" if plain else "◆") == (1 if width else 0)


@pytest.mark.parametrize("width", [*range(36, 201, 4), 200, 20, 10, 3, 1])
def test_no_line_of_a_chart_is_wider_than_asked(width: int) -> None:
    for text in (
        "",
        "A rather long name of a criterion that goes on and on",
        "患者の移動をどう計画するか",
        "👩\u200d⚕\ufe0f" * 9,
    ):
        for assessment, plain in (
            (assessment_with(text), False),
            (survey_with(text), False),
            (survey_with(text), True),
        ):
            lines = assessment_chart(assessment, width, plain=plain)
            assert max(display_width(line.text) for line in lines) <= max(width, 3)
            assert len({display_width(line.label) for line in lines}) == 1
            assert len({len(line.bar) for line in lines}) == 1
            assert all(line.bar for line in lines) or width < 3
            assert not plain or all(line.bar.isascii() for line in lines)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_names_stay_on_their_line(text: str) -> None:
    for line in (*assessment_chart(assessment_with(text), 60), *assessment_chart(survey_with(text), 60)):
        assert line.text.isprintable() or ("\n" not in line.text and "\x1b" not in line.text)
        assert display_width(line.text) <= 60


def test_a_chart_has_sections_and_their_criteria_in_order() -> None:
    lines = assessment_chart(ASSESSMENT, 100)
    assert [(line.kind, line.id) for line in lines][:5] == [
        ("section", "behaviours"),
        ("criterion", "innovation"),
        ("criterion", "learning-before"),
        ("criterion", "sharing"),
        ("section", "services"),
    ]
    assert lines[0].label.rstrip() == "Behaviours"
    assert lines[1].label.rstrip() == "  Approach to innovation"


def test_the_words_grow_with_the_width() -> None:
    wide = {line.id: line.words for line in assessment_chart(ASSESSMENT, 120)}
    assert wide["behaviours"] == "4.5 (rounds to 5: In early stages)"
    assert wide["innovation"] == "6 of 12, Pockets of good practice, target 8"
    assert (wide["sharing"], wide["search"]) == ("don't know", "parked, target 5")
    assert (wide["handover"], wide["later"]) == ("not yet discussed", "no level yet")
    narrow = {line.id: line.words for line in assessment_chart(ASSESSMENT, 36)}
    assert (narrow["innovation"], narrow["sharing"], narrow["handover"]) == ("6 of 12", "don't know", "not yet")


def test_a_mean_is_never_shown_without_its_band() -> None:
    for width in range(36, 201):
        words = assessment_chart(ASSESSMENT, width)[0].words
        assert "4.5" not in words or words == "4.5 (rounds to 5: In early stages)"


def test_half_levels_and_another_scale_in_a_chart() -> None:
    assessment = replace(ASSESSMENT, matrix=MATURITY, ratings=(Rating(criterion="a", level=1.5, target=3),))
    lines = assessment_chart(assessment, 60, plain=True)
    assert lines[1].words == "1.5 of 3, High, target 3"
    assert lines[1].bar == "#######|##----T"


@pytest.mark.parametrize(
    ("text", "width"),
    [("abc", 3), ("患者", 4), ("e\u0301", 1), ("☎\ufe0f", 2), ("Ｆ", 2), ("a\u200bb", 2), ("🇬🇧", 2), ("", 0)],
)
def test_wide_characters_take_two_places_and_marks_none(text: str, width: int) -> None:
    assert display_width(text) == width


@pytest.mark.parametrize(
    ("text", "width", "cut"),
    [
        ("患者の移動", 10, "患者の移動"),
        ("患者の移動", 9, "患者の移…"),
        ("患者の移動", 2, "…"),
        ("ab\ncd", 5, "ab cd"),
        ("ab", 0, ""),
    ],
)
def test_a_text_is_cut_by_places_not_by_characters(text: str, width: int, cut: str) -> None:
    assert fitted(text, width) == cut


def answers(lowest: Level | None, highest: Level | None, mean: Level | None) -> Spread:
    return Spread(criterion="a", n=5, lowest=lowest, highest=highest, mean=mean)


@pytest.mark.parametrize(
    ("spread", "width", "target", "agreed", "drawn"),
    [
        (answers(2, 11, 6.3), 12, None, None, "-====o=====-"),
        (answers(2, 11, 6.3), 12, 8, 5, "-===Ao=T===-"),
        (answers(6, 6, 6), 12, None, None, "-----o------"),
        (answers(None, None, 5.7), 12, None, None, "-----o------"),
        (answers(None, None, None), 12, 9, None, "--------T---"),
        (answers(1, 12, 7), 14, None, None, "===|==|=o====="),
        (answers(1, 12, 6.5), 0, 8, 5, ""),
    ],
)
def test_a_bar_of_answers_shows_range_mean_target_and_what_was_agreed(
    spread: Spread, width: int, target: Level | None, agreed: Level | None, drawn: str
) -> None:
    assert spread_bar(spread, TWELVE, width, target, agreed=agreed, bands=BANDS, plain=True) == drawn
    assert len(spread_bar(spread, TWELVE, width, target, agreed=agreed, bands=BANDS)) == width


def test_the_legend_of_a_survey_explains_its_marks_too() -> None:
    assert set("━●■█░│◆") <= set(SPREAD_LEGEND)
    assert set("=oA#-|T") <= set(PLAIN_SPREAD_LEGEND)
    assert PLAIN_SPREAD_LEGEND.isascii()
    assert (legend(SURVEY), legend(SURVEY, plain=True)) == (SPREAD_LEGEND, PLAIN_SPREAD_LEGEND)
    assert (legend(ASSESSMENT), legend(ASSESSMENT, plain=True)) == (LEGEND, PLAIN_LEGEND)


def test_the_chart_of_a_survey_shows_as_much_as_fits_and_no_mean_without_its_band() -> None:
    wide = {line.id: line.words for line in assessment_chart(SURVEY, 240)}
    assert wide["innovation"] == (
        "seven answers, from 2 to 11, standard deviation 4.1, mean 6.3 (rounds to 6: Pockets of good practice), "
        "agreed since 5, target 8"
    )
    assert wide["search"] == "fewer than five answers: three, mean 5.7 (rounds to 6: Pockets of good practice)"
    assert (wide["alerts"], wide["handover"]) == ("fewer than five answers: two", "no answers")
    middle = {line.id: line.words for line in assessment_chart(SURVEY, 120)}
    assert middle["innovation"] == "7 answers, 2 to 11, mean 6.3 (rounds to 6: Pockets of good practice)"
    narrow = {line.id: line.words for line in assessment_chart(SURVEY, 80)}
    assert (narrow["innovation"], narrow["search"]) == ("2 to 11, 7 answers", "3 answers")
    for width in range(36, 241):
        words = {line.id: line.words for line in assessment_chart(SURVEY, width)}["innovation"]
        assert "6.3" not in words or "6.3 (rounds to 6: Pockets of good practice)" in words


def test_what_is_hidden_is_not_drawn() -> None:
    bars = {line.id: line.bar for line in assessment_chart(FEW, 120, plain=True)}
    assert not any("=" in each for each in bars.values())
    assert "o" in bars["innovation"]
    assert set(bars["search"]) == set("-|")
    still = {line.id: (line.bar, line.words) for line in assessment_chart(OPEN_SURVEY, 120, plain=True)}
    assert (set(still["innovation"][0]), still["innovation"][1]) == (set("-|"), "still open")
