"""An assessment walks the criteria, takes what the scale has, and understands what people type."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kmtui.flow import assessment as flow
from kmtui.model.assessment import Assessment
from kmtui.model.base import Level
from kmtui.model.errors import NotFound, WrongInput
from kmtui.model.matrix import Band, Matrix, Scale
from kmtui.model.rating import Rating
from tests.model.test_matrix import MATURITY
from tests.report.examples import ASSESSMENT, AT, DAY, MATRIX, PEOPLE

FIVE = replace(MATRIX, scale=Scale(lowest=1, highest=5), bands=(Band(id="all", name="All", levels=(1, 5)),))
TEENS = replace(MATRIX, scale=Scale(lowest=10, highest=20), bands=(Band(id="all", name="All", levels=(10, 20)),))


def begun(matrix: Matrix = MATRIX) -> Assessment:
    return flow.begin(
        "1ng54y2v06fz",
        matrix,
        AT,
        DAY,
        digest="d",
        title="Spring",
        team="Ward 7",
        organisation="Hospital",
        on_behalf_of="all",
        people=PEOPLE,
    )


def test_an_assessment_begins_at_the_opening_question() -> None:
    assessment = begun()
    assert (assessment.place, assessment.begun, assessment.created) == ("opening", AT, AT)
    assert (assessment.digest, assessment.title, assessment.team) == ("d", "Spring", "Ward 7")
    assert (assessment.organisation, assessment.on_behalf_of, assessment.people) == ("Hospital", "all", PEOPLE)


def test_walking_goes_through_all_criteria() -> None:
    assessment: Assessment | None = begun()
    walked = []
    while assessment is not None:
        walked.append(assessment.place)
        assert flow.position(assessment) == len(walked) - 1
        last, assessment = assessment, flow.forward(assessment)
    assert tuple(walked) == flow.places(begun()) == ("opening", *(each.id for each in MATRIX.criteria))
    before = flow.back(last)
    assert before is not None
    assert before.place == "alerts"
    assert flow.back(begun()) is None
    assert flow.position(replace(begun(), place="gone")) == 0


def test_going_to_a_criterion() -> None:
    assert flow.go(begun(), "search").place == "search"
    assert flow.go(begun(), "opening").place == "opening"
    with pytest.raises(NotFound, match='no criterion "nowhere"'):
        flow.go(begun(), "nowhere")


def test_a_level_takes_a_reason_away_and_a_reason_a_level() -> None:
    assessment = flow.rate(begun(), "search", skip="parked", rationale="later")
    assert assessment.rating("search").skip == "parked"
    assessment = flow.rate(assessment, "search", level=6)
    assert (assessment.rating("search").level, assessment.rating("search").skip) == (6, None)
    assert assessment.rating("search").rationale == "later"
    assessment = flow.rate(assessment, "search", skip="dont-know")
    assert (assessment.rating("search").level, assessment.rating("search").skip) == (None, "dont-know")
    assert flow.rate(assessment, "search", skip=None, rationale="").ratings == ()


def test_ratings_stand_in_the_order_of_the_matrix() -> None:
    assessment = flow.rate(flow.rate(begun(), "search", level=1), "innovation", level=2)
    assert [rating.criterion for rating in assessment.ratings] == ["innovation", "search"]


def test_what_the_scale_has_not_is_refused() -> None:
    with pytest.raises(WrongInput, match=r"Alerts: 13 is no level here\. Levels go from 1 to 12\."):
        flow.rate(begun(), "alerts", level=13)
    with pytest.raises(WrongInput, match=r"6\.5 is no target here"):
        flow.rate(begun(), "alerts", target=6.5)
    with pytest.raises(WrongInput, match="both a level and a reason"):
        flow.rate(begun(), "alerts", level=6, skip="parked")
    with pytest.raises(NotFound):
        flow.rate(begun(), "nowhere", level=6)


def test_the_scale_in_words() -> None:
    assert flow.scale_in_words(MATRIX.scale) == "Levels go from 1 to 12."
    assert flow.scale_in_words(MATURITY.scale) == "Levels go from 0 to 3 in steps of a half."


def test_what_is_answered_and_what_is_open() -> None:
    assert flow.answered(ASSESSMENT) == 5
    assert [each.id for each in flow.open_criteria(ASSESSMENT)] == ["search", "alerts", "handover"]
    assert flow.answered(begun()) == 0


def typed(matrix: Matrix, keys: str) -> tuple[str, Level | None]:
    text: str = ""
    level: Level | None = None
    for key in keys:
        text, level = flow.level_after_digit(matrix, text, key)
    return text, level


@pytest.mark.parametrize(
    ("matrix", "keys", "level"),
    [
        (MATRIX, "1", 1),
        (MATRIX, "12", 12),
        (MATRIX, "10", 10),
        (MATRIX, "13", 3),
        (MATRIX, "123", 3),
        (MATRIX, "1212", 12),
        (MATRIX, "60", None),
        (MATRIX, "0", None),
        (MATRIX, "1.", None),
        (MATRIX, "x", None),
        (FIVE, "5", 5),
        (FIVE, "12", 2),
        (FIVE, "6", None),
        (MATURITY, "0", 0),
        (MATURITY, "2.5", 2.5),
        (MATURITY, "2.", 2),
        (MATURITY, "0.5", 0.5),
        (MATURITY, "3.5", None),
        (MATURITY, "2.51", 1),
        (MATURITY, ".", None),
        (TEENS, "1", None),
        (TEENS, "15", 15),
        (TEENS, "220", 20),
    ],
)
def test_levels_are_typed_digit_by_digit(matrix: Matrix, keys: str, level: Level | None) -> None:
    assert typed(matrix, keys)[1] == level


@pytest.mark.parametrize("matrix", [MATRIX, FIVE, MATURITY, TEENS])
def test_every_level_can_be_typed_whatever_was_typed_before(matrix: Matrix) -> None:
    for level in matrix.levels():
        assert typed(matrix, str(level)) == (str(level), level)
        assert flow.parse_level(matrix, f" {level} ") == level


@settings(deadline=None)
@given(st.sampled_from([MATRIX, FIVE, MATURITY, TEENS]), st.text(alphabet="0123456789.ex_-", max_size=8))
def test_no_key_gives_a_level_that_is_not_there(matrix: Matrix, keys: str) -> None:
    _, level = typed(matrix, keys)
    assert level is None or matrix.has_level(level)


def test_halves_may_be_typed_with_a_comma() -> None:
    assert flow.parse_level(MATURITY, "2,5") == 2.5
    assert type(flow.parse_level(MATURITY, "2.0")) is int


@pytest.mark.parametrize("text", ["", "six", "6.5", "13", "nan", "inf", "1e400", "1_2", "1e1", "--6", "6.."])
def test_other_texts_are_no_levels(text: str) -> None:
    with pytest.raises(WrongInput, match=r"is not a level\. Levels go from 1 to 12"):
        flow.parse_level(MATRIX, text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("", None),
        (" ", None),
        ("Yes", True),
        ("y", True),
        ("no", False),
        ("N", False),
        (" not at night ", "not at night"),
    ],
)
def test_whether_it_is_the_same_for_everyone(text: str, meant: bool | str | None) -> None:
    assert flow.parse_same_for_everyone(text) == meant


def test_ending_and_opening_again() -> None:
    ended = flow.end(begun(), AT)
    assert ended.finished
    assert flow.reopen(ended) == begun()


def test_a_criterion_is_checked_by_name() -> None:
    flow.check_rating(MATRIX, MATRIX.criteria[0], Rating(criterion="innovation"))
    flow.check_rating(MATRIX, MATRIX.criteria[0], Rating(criterion="innovation", level=12, target=1))
