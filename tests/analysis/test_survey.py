"""What a survey came to: numbers that an independent calculation gives, and nothing that tells one person's answer."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Sequence
from itertools import combinations_with_replacement

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kmtui.analysis.scoring import Scores, agreed_scores, gaps_of, level_of, levels_of, scores_of
from kmtui.analysis.survey import by_disagreement, result_of
from kmtui.model.assessment import Assessment
from kmtui.model.base import Level
from kmtui.model.matrix import Matrix, nearest_whole
from kmtui.model.rating import Rating
from kmtui.model.session import Person
from kmtui.model.survey import Response, Spread, SurveyResult
from tests.model.test_matrix import MATURITY
from tests.report.examples import ASSESSMENT, MATRIX, criterion

IDS = [each.id for each in MATRIX.criteria]
FIRST, SECOND = IDS[:2]

Answers = Sequence[Sequence[Level | None]]
"""For each person a level, or none, for each of the first criteria."""


def responses(answers: Answers, ids: Sequence[str] = IDS) -> list[Response]:
    return [
        Response(
            id=str(number),
            survey="s",
            finished=True,
            ratings=tuple(
                Rating(criterion=name, level=level) if level is not None else Rating(criterion=name, skip="dont-know")
                for name, level in zip(ids, person, strict=False)
            ),
        )
        for number, person in enumerate(answers)
    ]


def closed(result: SurveyResult, matrix: Matrix = MATRIX, **changes: object) -> Assessment:
    fields = {"matrix": matrix, "way": "survey", "closed": ASSESSMENT.created, "survey": result, "ratings": ()}
    return replace(ASSESSMENT, **{**fields, **changes})


def spread_of(*levels: Level, fewest: int = 5) -> Spread:
    return result_of(MATRIX, responses([[level] for level in levels]), fewest).spread(FIRST)


MATRICES = st.sampled_from([(MATRIX, IDS), (MATURITY, ["a"])])


@settings(deadline=None)
@given(MATRICES, st.data())
def test_numbers_are_those_of_the_statistics_module(which: tuple[Matrix, list[str]], data: st.DataObject) -> None:
    matrix, ids = which
    level = st.none() | st.sampled_from(list(matrix.levels()))
    person = st.lists(level, min_size=len(ids), max_size=len(ids))
    answers = data.draw(st.lists(person, max_size=12))
    result = result_of(matrix, responses(answers, ids))
    scores = scores_of(closed(result, matrix))
    assert result.answered == len(answers)
    shown: dict[str, float] = {}
    for number, (spread, score) in enumerate(zip(result.spreads, scores.criteria, strict=True)):
        levels = [given for each in answers if (given := each[number]) is not None]
        assert (spread.criterion, spread.n, score.n) == (ids[number], len(levels), len(levels))
        if len(levels) < 3:
            assert spread == Spread(criterion=ids[number], n=len(levels))
            assert (score.mean, score.rounded, score.band) == (None, None, None)
            continue
        shown[ids[number]] = mean = statistics.fmean(levels)
        assert spread.mean == score.mean == pytest.approx(mean, abs=1e-12)
        assert score.rounded == nearest_whole(mean)
        assert score.band == next(b.id for b in matrix.bands if b.levels[0] <= (score.rounded or 0) <= b.levels[1])
        full = (score.sd, score.lowest, score.highest, score.bands)
        assert full == (spread.sd, spread.lowest, spread.highest, spread.bands)
        if len(levels) < 5:
            assert full == (None, None, None, None)
            assert (spread.dont_know, spread.rationales) == (None, ())
            continue
        assert spread.sd == pytest.approx(statistics.stdev(levels), abs=1e-9)
        assert (spread.lowest, spread.highest) == (min(levels), max(levels))
        halves_up = Counter(int(each + 0.5) for each in levels)
        assert spread.bands == {
            band.id: sum(halves_up[whole] for whole in range(band.levels[0], band.levels[1] + 1))
            for band in matrix.bands
        }
        assert spread.dont_know == sum(each[number] is None for each in answers)
    for section, score in zip(matrix.sections, scores.sections, strict=True):
        means = [shown[each.id] for each in section.criteria if each.id in shown]
        assert score.n == len(means)
        assert score.mean == (pytest.approx(statistics.fmean(means)) if means else None)
    assert scores.whole.n == len(shown)
    assert scores.whole.mean == (pytest.approx(statistics.fmean(shown.values())) if shown else None)


@pytest.mark.parametrize(
    ("levels", "mean", "whole"),
    [((2, 5), None, False), ((2, 5, 6), 13 / 3, False), ((2, 5, 6, 7), 5, False), ((2, 5, 6, 7, 7), 5.4, True)],
)
def test_thresholds(levels: tuple[int, ...], mean: float | None, whole: bool) -> None:
    spread = spread_of(*levels)
    assert (spread.n, spread.mean) == (len(levels), mean)
    assert (spread.bands is not None, spread.sd is not None, spread.lowest is not None) == (whole, whole, whole)


def test_a_mean_that_is_whole_is_a_whole_number() -> None:
    assert repr(spread_of(2, 5, 6, 7).mean) == "5"


@pytest.mark.parametrize(
    ("count", "mean", "whole"), [(2, False, False), (3, True, False), (7, True, False), (8, True, True)]
)
def test_a_raised_threshold_hides_more(count: int, mean: bool, whole: bool) -> None:
    spread = spread_of(*[4] * count, fewest=8)
    assert (spread.mean is not None, spread.bands is not None) == (mean, whole)
    result = result_of(MATRIX, [replace(each, role="Porter") for each in responses([[4]] * count)], 8)
    assert bool(result.roles) == whole


@pytest.mark.parametrize("fewest", [-1, 0, 1, 4, 5])
def test_the_threshold_is_never_lowered(fewest: int) -> None:
    assert spread_of(1, 2, fewest=fewest) == Spread(criterion=FIRST, n=2)
    assert spread_of(1, 2, 6, 7, fewest=fewest) == Spread(criterion=FIRST, n=4, mean=4)


def test_what_is_not_finished_is_not_counted() -> None:
    made = responses([[4]] * 5)
    result = result_of(MATRIX, [replace(made[0], finished=False), *made[1:]])
    assert (result.answered, result.spread(FIRST).n, result.spread(FIRST).bands) == (4, 4, None)


def test_rationales_are_in_the_order_of_the_alphabet_and_only_from_five_answers_up() -> None:
    said = ["b why", "", "A why", "  ", "a why"]
    made = [
        replace(each, ratings=(Rating(criterion=FIRST, level=4, rationale=words),))
        for each, words in zip(responses([[4]] * 5), said, strict=True)
    ]
    assert result_of(MATRIX, made).spread(FIRST).rationales == ("A why", "a why", "b why")
    assert result_of(MATRIX, list(reversed(made))) == result_of(MATRIX, made)
    assert result_of(MATRIX, made[:4]).spread(FIRST).rationales == ()


def test_roles_are_counted_together_in_any_spelling_of_case_and_told_of_five_people_up() -> None:
    roles = ["porter", "Porter ", "ward  sister", "", "porter", " PORTER", "porter", "ward sister"]
    made = [replace(each, role=role) for each, role in zip(responses([[4]] * 8), roles, strict=True)]
    assert result_of(MATRIX, made).roles == (Person(role="porter", count=5),)
    assert result_of(MATRIX, made[:6]).roles == ()


def test_a_section_counts_its_criteria_with_a_mean_that_is_shown() -> None:
    answers: list[list[Level | None]] = [[2, 12, 12], [4, 12, None], [6, None, None]]  # three, two and one answers
    scores = scores_of(closed(result_of(MATRIX, responses(answers))))
    assert (scores.sections[0].n, scores.sections[0].mean) == (1, 4)
    assert (scores.whole.n, scores.whole.mean) == (1, 4)
    assert [score.n for score in scores.criteria[:3]] == [3, 2, 1]


SMALL = replace(
    MATRIX,
    scale=replace(MATRIX.scale, highest=4),
    bands=(replace(MATRIX.bands[0], levels=(1, 2)), replace(MATRIX.bands[1], levels=(3, 4))),
    sections=(replace(MATRIX.sections[0], criteria=(criterion("one", "One"), criterion("two", "Two"))),),
)


def told(answers: Answers) -> tuple[SurveyResult, Scores]:
    """Return all that a survey of the small matrix ever tells."""
    result = result_of(SMALL, responses(answers, ["one", "two"]))
    return result, scores_of(closed(result, SMALL))


@st.composite
def small_surveys(draw: st.DrawFn) -> list[list[Level | None]]:
    level = st.none() | st.integers(min_value=1, max_value=4)
    return draw(st.lists(st.lists(level, min_size=2, max_size=2), min_size=1, max_size=7))


@settings(deadline=None, max_examples=60)
@given(small_surveys())
def test_below_five_answers_everything_told_fits_all_answers_with_that_mean(answers: list[list[Level | None]]) -> None:
    """No report, section, whole or count narrows down what below five people answered beyond their number and mean."""
    facts = told(answers)
    for place in (0, 1):
        given_levels = [each[place] for each in answers if each[place] is not None]
        n = len(given_levels)
        if not 0 < n < 5:
            continue
        fitting = []
        for others in combinations_with_replacement(range(1, 5), n):
            replaced = iter(others)
            swapped = [
                [next(replaced) if at == place and level is not None else level for at, level in enumerate(each)]
                for each in answers
            ]
            if told(swapped) == facts:
                fitting.append(others)
        total = sum(each for each in given_levels if each is not None)
        possible = [others for others in combinations_with_replacement(range(1, 5), n) if n < 3 or sum(others) == total]
        assert fitting == possible
        forced_by_the_mean = n >= 3 and (total <= n + 1 or total >= 4 * n - 1)
        assert len(fitting) > 1 or forced_by_the_mean


@settings(deadline=None, max_examples=60)
@given(small_surveys(), st.randoms(use_true_random=False))
def test_two_reports_of_the_same_survey_are_the_same_whatever_the_order(
    answers: list[list[Level | None]], chance: object
) -> None:
    first = told(answers)
    chance.shuffle(answers)  # type: ignore[attr-defined]
    assert told(answers) == first


@settings(deadline=None)
@given(small_surveys(), st.integers(min_value=5, max_value=9))
def test_a_raised_threshold_tells_nothing_new(answers: list[list[Level | None]], fewest: int) -> None:
    made = responses(answers, ["one", "two"])
    for less, more in zip(result_of(SMALL, made, fewest).spreads, result_of(SMALL, made).spreads, strict=True):
        for name in less.__struct_fields__:
            assert getattr(less, name) in (getattr(more, name), None, ())


def test_a_group_may_agree_after_a_survey_and_both_are_kept() -> None:
    result = result_of(MATRIX, responses([[2, 4], [6, 4], [7, 5], [7, 4], [8, 4]]))
    ratings = (Rating(criterion=FIRST, level=5, target=9), Rating(criterion=SECOND, target=7))
    assessment = closed(result, ratings=ratings)
    assert scores_of(assessment).criteria[0].mean == 6
    assert agreed_scores(assessment).criteria[0].mean == 5
    assert (agreed_scores(assessment).whole.n, scores_of(assessment).whole.n) == (1, 2)
    assert (level_of(assessment, FIRST), level_of(assessment, SECOND), level_of(assessment, IDS[2])) == (5, 4.2, None)
    assert levels_of(assessment) == {FIRST: 5, SECOND: 4.2}
    assert [(gap.criterion.id, gap.level) for gap in gaps_of(assessment)] == [(FIRST, 5), (SECOND, 4.2)]


def test_an_open_survey_has_no_scores() -> None:
    collecting = closed(SurveyResult(answered=0), closed=None, survey=None)
    assert {score.n for score in scores_of(collecting).criteria} == {0}
    assert by_disagreement(collecting)[0][1] == Spread(criterion=FIRST, n=0)


def test_the_widest_disagreement_comes_first_and_what_is_hidden_last() -> None:
    answers: list[list[Level | None]] = [
        [4, 1, 6, 1],
        [4, 12, 6, 12],
        [4, 6, 6, None],
        [4, 6, 6, None],
        [4, 6, 6, None],
    ]
    pairs = by_disagreement(closed(result_of(MATRIX, responses(answers))))
    assert [each.id for each, _ in pairs] == [SECOND, FIRST, IDS[2], *IDS[3:]]
    assert [spread.sd for _, spread in pairs][3:] == [None] * 4
