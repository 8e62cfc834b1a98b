"""The matrix: bands, levels and options, on any scale."""

from __future__ import annotations

import pytest

from kmtui.model.base import Level
from kmtui.model.matrix import Band, Criterion, Matrix, Option, Scale, Section, as_level, nearest_whole, options_for
from tests.report.examples import MATRIX

MATURITY = Matrix(
    id="maturity",
    version="2",
    title="Another model",
    scale=Scale(lowest=0, highest=3, step=0.5),
    bands=(Band(id="low", name="Low", levels=(0, 1)), Band(id="high", name="High", levels=(2, 3))),
    sections=(
        Section(id="one", name="One", criteria=(Criterion(id="a", name="A", indicator="A is so.", statements={}),)),
    ),
)


@pytest.mark.parametrize(
    ("level", "band"),
    [
        (1, "nothing"),
        (3, "nothing"),
        (3.49, "nothing"),
        (3.5, "early"),
        (5.4, "early"),
        (5.5, "pockets"),
        (12, "usual"),
    ],
)
def test_a_mean_belongs_to_the_band_of_its_nearest_level_halves_up(level: Level, band: str) -> None:
    assert MATRIX.band_at(level).id == band


@pytest.mark.parametrize(("level", "band"), [(0, "low"), (1, "low"), (1.5, "high"), (3, "high")])
def test_bands_of_another_scale(level: Level, band: str) -> None:
    assert MATURITY.band_at(level).id == band


@pytest.mark.parametrize("level", [0, 0.4, 12.5, 13])
def test_a_level_outside_the_scale_has_no_band(level: Level) -> None:
    with pytest.raises(ValueError, match="outside the scale"):
        MATRIX.band_at(level)


def test_the_levels_of_a_scale() -> None:
    assert list(MATRIX.levels()) == list(range(1, 13))
    assert list(MATURITY.levels()) == [0, 0.5, 1, 1.5, 2, 2.5, 3]
    assert [type(level) for level in MATURITY.levels()][:3] == [int, float, int]


def test_which_levels_there_are() -> None:
    assert MATRIX.has_level(12.0)
    assert not MATRIX.has_level(6.5)
    assert MATURITY.has_level(2.5)
    assert not MATURITY.has_level(2.25)
    assert not MATURITY.has_level(float("nan"))


@pytest.mark.parametrize(("level", "whole"), [(2.5, 3), (3.5, 4), (2.49, 2), (0, 0), (-0.5, 0), (-1.5, -1)])
def test_halves_go_up(level: Level, whole: int) -> None:
    assert nearest_whole(level) == whole


def test_a_whole_level_is_a_whole_number() -> None:
    assert (as_level(6.0), type(as_level(6.0))) == (6, int)
    assert as_level(6.5) == 6.5


def test_criteria_and_sections_are_found_by_id() -> None:
    assert [criterion.id for criterion in MATRIX.criteria][:4] == [
        "innovation",
        "learning-before",
        "sharing",
        "librarian",
    ]
    found = MATRIX.criterion("search")
    assert found is not None
    assert found.name == "Evidence searches"
    assert MATRIX.criterion("nowhere") is None
    section = MATRIX.section_of("search")
    assert section is not None
    assert section.id == "services"
    assert MATRIX.section_of("nowhere") is None


def test_an_option_without_bands_fits_all_of_them() -> None:
    criterion = MATRIX.criteria[0]
    fitting = {band.id: [option.id for option in options_for(criterion, band)] for band in MATRIX.bands}
    assert fitting == {
        "nothing": ["forum", "alert"],
        "early": ["alert"],
        "pockets": ["review", "alert"],
        "usual": ["alert"],
    }
    assert options_for(criterion, MATRIX.bands[1]) == (
        Option(id="alert", text="Ask for a monthly alert", service="current awareness"),
    )
