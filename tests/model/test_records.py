"""Records, techniques, lists and errors: what each of them says of itself."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from msgspec.structs import replace

from kmtui.model.assessment import Assessment
from kmtui.model.base import in_words, utc_text
from kmtui.model.errors import ChangedMeanwhile, Damaged, Problem, StoreError, WrongContent
from kmtui.model.lines import ActionLine
from kmtui.model.rating import Rating
from kmtui.model.session import Person, number_in_words, people_in_words
from tests.report.examples import ASSESSMENT, AT, DAY, MATRIX, REVIEW, SESSION

SISTER = Person(role="ward sister", name="Jo Smith")


@pytest.mark.parametrize(
    ("people", "words"),
    [
        ((SISTER,), "one person (ward sister)"),
        (
            (SISTER, Person(role="porter", count=4), Person(role="bed manager")),
            "six people (ward sister, porter × 4, bed manager)",
        ),
        ((Person(role="", name="Jo", count=3),), "three people"),
        ((Person(role="nurse", count=13),), "13 people (nurse × 13)"),
        ((Person(role="看護師", count=2), Person(role=" ")), "three people (看護師 × 2)"),
        ((), "no people"),
    ],
)
def test_people_in_words(people: tuple[Person, ...], words: str) -> None:
    assert people_in_words(people) == words


def test_names_only_when_asked_for() -> None:
    people = (SISTER, Person(role="", name="Sam"), Person(role="porter", count=2))
    assert people_in_words(people) == "four people (ward sister, porter × 2)"
    assert people_in_words(people, with_names=True) == "four people (ward sister Jo Smith, Sam, porter × 2)"


def test_numbers_up_to_twelve_in_words() -> None:
    assert [number_in_words(number) for number in (0, 1, 12, 13, -1)] == ["no", "one", "twelve", "13", "-1"]


def test_days_and_moments_in_words() -> None:
    assert in_words(date(2026, 12, 1)) == "1 December 2026"
    assert utc_text(AT) == "2026-11-20T09:30:00+00:00"


def test_a_session_by_name_and_by_step() -> None:
    assert SESSION.name == "Moving Ward 7"
    assert replace(SESSION, title="").name == "After Action Review"
    assert SESSION.step.id == "act"
    assert replace(SESSION, place="gone").step.id == "welcome"
    assert [entry.id for entry in SESSION.entries_of("why")] == ["e4", "e6"]
    assert SESSION.finished
    assert not replace(SESSION, ended=None).finished


def test_an_assessment_by_name_and_by_rating() -> None:
    titled = replace(ASSESSMENT, title="In spring")
    assert [each.name for each in (titled, ASSESSMENT, replace(ASSESSMENT, team=""))] == [
        "In spring",
        "Ward 7",
        MATRIX.title,
    ]
    assert ASSESSMENT.rating("innovation").level == 6
    assert ASSESSMENT.rating("handover") == Rating(criterion="handover")
    assert ASSESSMENT.finished


def test_a_rating_is_answered_by_a_level_or_a_reason() -> None:
    assert Rating(criterion="a", level=0).answered
    assert Rating(criterion="a", skip="parked").answered
    assert not Rating(criterion="a", rationale="so").answered
    assert not Rating(criterion="a", rationale="so").empty
    assert not Rating(criterion="a", same_for_everyone=False).empty
    assert Rating(criterion="a").empty


def test_a_value_is_not_changed_in_place() -> None:
    with pytest.raises(AttributeError):
        SESSION.title = "other"  # type: ignore[misc]
    assert isinstance(ASSESSMENT, Assessment)


def test_a_variant_has_its_own_steps_and_minutes() -> None:
    short = replace(REVIEW.variants[0], id="two", steps=REVIEW.variants[0].steps[3:1:-1])
    technique = replace(REVIEW, variants=(*REVIEW.variants, short))
    run = technique.as_run("two")
    assert [(step.id, step.minutes) for step in run.steps] == [("why", 2), ("actual", 2)]
    assert run.steps[0].title == "Why there was a difference"
    assert run.variants == (short,)
    assert short.minutes == 4


def test_the_first_variant_is_the_default() -> None:
    assert REVIEW.as_run().steps[3].minutes == 2
    assert REVIEW.variant(None) == REVIEW.variants[0]
    assert REVIEW.variant("short") == REVIEW.variants[0]


def test_a_technique_without_that_variant_runs_as_it_is() -> None:
    plain = replace(REVIEW, variants=())
    assert plain.variant(None) is None
    assert plain.as_run() == plain
    assert REVIEW.as_run("long") == REVIEW


def test_a_variant_leaves_out_steps_that_are_not_there() -> None:
    odd = replace(REVIEW, steps=REVIEW.steps[1:])
    assert "welcome" not in [step.id for step in odd.as_run().steps]


def action_line(**changes: object) -> ActionLine:
    line = ActionLine(id="a", action="Do it", source="s", source_kind="session", title="", team="", date=DAY)
    return replace(line, **changes)


def test_only_an_open_action_whose_day_has_passed_is_overdue() -> None:
    assert action_line(due=date(2026, 11, 19)).overdue(DAY)
    assert not action_line(due=DAY).overdue(DAY)
    assert not action_line(due=date(2026, 11, 19), state="done").overdue(DAY)
    assert not action_line().overdue(DAY)


def test_problems_name_file_line_and_column() -> None:
    error = Problem(file="matrix.yaml", line=42, column=9, message="no statement")
    warning = dataclasses.replace(error, severity="warning", message="long")
    raised = WrongContent((error, warning))
    assert str(raised) == "matrix.yaml:42:9: no statement\nmatrix.yaml:42:9: warning: long"
    assert raised.problems == (error, warning)
    assert raised.exit_code == 1


def test_errors_of_the_store_end_with_their_own_code() -> None:
    assert {StoreError("x").exit_code, Damaged("x").exit_code, ChangedMeanwhile("x").exit_code} == {4}
    assert Damaged("x", backup=True).backup
    assert not Damaged("x").backup
