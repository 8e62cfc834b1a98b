"""Scores: the mean that it is, said with its rounding and band; gaps, the widest first."""

from __future__ import annotations

import re
import statistics

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kmtui.analysis.scoring import Score, gaps_of, mean_in_words, number, scores_of
from kmtui.model.assessment import Assessment
from kmtui.model.base import Level
from kmtui.model.matrix import nearest_whole
from kmtui.model.rating import Rating, Skip
from kmtui.model.survey import Spread, SurveyResult
from tests.model.test_matrix import MATURITY
from tests.report.examples import ASSESSMENT, MATRIX

SKIPS: tuple[Skip, ...] = ("dont-know", "not-for-us", "parked")
IDS = [criterion.id for criterion in MATRIX.criteria]


@st.composite
def assessments(draw: st.DrawFn) -> Assessment:
    ratings = []
    for criterion_id in IDS:
        level = draw(st.none() | st.integers(min_value=1, max_value=12))
        skip = draw(st.none() | st.sampled_from(SKIPS)) if level is None else None
        target = draw(st.none() | st.integers(min_value=1, max_value=12))
        ratings.append(Rating(criterion=criterion_id, level=level, skip=skip, target=target))
    return replace(ASSESSMENT, ratings=tuple(ratings))


@settings(deadline=None)
@given(assessments())
def test_means_are_those_of_the_statistics_module(assessment: Assessment) -> None:
    scores = scores_of(assessment)
    levels = {rating.criterion: rating.level for rating in assessment.ratings if rating.level is not None}
    assert [score.mean for score in scores.criteria] == [levels.get(name) for name in IDS]
    groups = [[criterion.id for criterion in section.criteria] for section in MATRIX.sections]
    for score, names in zip((*scores.sections, scores.whole), (*groups, IDS), strict=True):
        found = [levels[name] for name in names if name in levels]
        assert score.n == len(found)
        if found:
            assert score.mean == pytest.approx(statistics.fmean(found))
            assert score.rounded is not None
            assert 0 <= score.rounded - statistics.fmean(found) + 0.5 <= 1
            assert MATRIX.band_at(score.rounded).id == score.band
        else:
            assert (score.mean, score.rounded, score.band) == (None, None, None)


@settings(deadline=None)
@given(assessments())
def test_gaps_are_those_below_their_target_the_widest_first(assessment: Assessment) -> None:
    gaps = gaps_of(assessment)
    assert all(gap.gap == gap.target - gap.level > 0 for gap in gaps)
    assert [(-gap.gap, IDS.index(gap.criterion.id)) for gap in gaps] == sorted(
        (-gap.gap, IDS.index(gap.criterion.id)) for gap in gaps
    )
    below = [r for r in assessment.ratings if r.level is not None and r.target is not None and r.level < r.target]
    assert {gap.criterion.id for gap in gaps} == {rating.criterion for rating in below}


def test_a_gap_knows_its_section() -> None:
    assert [(gap.criterion.id, gap.section.id, gap.gap) for gap in gaps_of(ASSESSMENT)] == [
        ("librarian", "services", 7),
        ("innovation", "behaviours", 2),
    ]


def test_an_empty_assessment_has_no_scores_and_no_gaps() -> None:
    empty = replace(ASSESSMENT, ratings=())
    assert scores_of(empty).whole == Score(id="whole", name="Whole", n=0)
    assert gaps_of(empty) == ()
    assert mean_in_words(MATRIX, scores_of(empty).whole) == "no level yet"


def test_half_levels_of_another_scale() -> None:
    assessment = replace(ASSESSMENT, matrix=MATURITY, ratings=(Rating(criterion="a", level=1.5, target=3),))
    assert mean_in_words(MATURITY, scores_of(assessment).whole) == "1.5 (rounds to 2: High)"
    assert gaps_of(assessment)[0].gap == 1.5


@pytest.mark.parametrize(
    ("mean", "words"),
    [
        (6, "6 (Pockets of good practice)"),
        (5.6, "5.6 (rounds to 6: Pockets of good practice)"),
        (5.5, "5.5 (rounds to 6: Pockets of good practice)"),
        (5.46, "5.46 (rounds to 5: In early stages)"),
        (5.4999, "5.4999 (rounds to 5: In early stages)"),
        (16 / 3, "5.3 (rounds to 5: In early stages)"),
        (5.96, "6.0 (rounds to 6: Pockets of good practice)"),
    ],
)
def test_a_mean_is_said_with_its_rounding_and_band(mean: Level, words: str) -> None:
    score = Score(id="x", name="X", n=3, mean=mean, rounded=nearest_whole(mean), band=MATRIX.band_at(mean).id)
    assert mean_in_words(MATRIX, score) == words


@settings(deadline=None)
@given(st.lists(st.integers(min_value=1, max_value=12), min_size=1, max_size=400))
def test_a_mean_never_reads_as_if_it_rounded_to_another_level(levels: list[int]) -> None:
    mean = sum(levels) / len(levels)
    assert nearest_whole(float(number(mean))) == nearest_whole(mean)
    assert re.fullmatch(r"\d+(\.\d+)?", number(mean))


def test_a_mean_of_means_that_should_be_a_half_is_one() -> None:
    """Ninths are not exact in binary: added up they come to 3.4999999999999996, and so to the band below."""
    means = [sum_of_nine / 9 for sum_of_nine in (13, 37, 37, 39)]
    assert statistics.fmean(means) < 3.5
    spreads = tuple(Spread(criterion=each, n=9, mean=mean) for each, mean in zip(IDS, means, strict=False))
    survey = SurveyResult(answered=9, spreads=spreads)
    assessment = replace(ASSESSMENT, ratings=(), way="survey", closed=ASSESSMENT.created, survey=survey)
    whole = scores_of(assessment).whole
    assert (whole.mean, whole.rounded, whole.band) == (3.5, 4, "early")
