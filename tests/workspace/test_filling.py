"""Whole records out of answers that were checked."""

from __future__ import annotations

from datetime import date

import pytest

from kmtui.model.answers import ActionAnswer, AssessmentAnswers, EntryAnswer, PlannedAnswer, SessionAnswers
from kmtui.model.assessment import Assessment
from kmtui.model.errors import WrongInput
from kmtui.model.rating import Rating
from kmtui.model.session import Session
from kmtui.model.setup import LeftOut, Objective, SetUp
from kmtui.workspace.desk import Desk
from kmtui.workspace.filling import fill
from kmtui.workspace.sessions import PlanLink
from kmtui.workspace.setups import TeamSetUp

LEFT_OUT = TeamSetUp(
    team="Ward 7",
    setup=SetUp(
        id="0" * 12,
        name="Spring",
        on_behalf_of="the ward",
        objectives=(Objective(text="Shorter meetings", criteria=("agenda",)),),
        left_out=(LeftOut(criterion="papers", reason="we have none"),),
        way="survey",
    ),
)


def test_an_assessment_with_its_plan_is_whole_and_finished(small: Desk) -> None:
    answers = AssessmentAnswers(
        assess="meetings",
        team="Ward 7",
        date=date(2025, 11, 1),
        ratings=(Rating(criterion="agenda", level=2, target=4, contact="Clerk", example="Friday"),),
        actions=(
            PlannedAnswer(
                action="Write one",
                criterion="agenda",
                technique="after-action-review",
                option="list",
                owner="Clerk",
                due=date(2026, 1, 1),
                priority="now",
                dots=3,
                effort="low",
                benefit="high",
                objective="Shorter meetings",
            ),
            PlannedAnswer(action="Ask", priority="not-for-us", reason="too dear"),
        ),
    )
    made = fill(small.tools, answers)
    found = small.tools.store.read(made.id)
    assert isinstance(found, Assessment)
    assert found == made
    assert (found.finished, found.date, found.way) == (True, date(2025, 11, 1), "group")
    first, second = found.actions
    assert (first.priority, first.dots, first.effort, first.benefit, first.option) == ("now", 3, "low", "high", "list")
    assert (first.idea, second.idea, second.reason) == (False, True, "too dear")
    assert [line.contact for line in small.tools.store.practices()] == ["Clerk"]


def test_what_the_answers_do_not_say_comes_from_the_set_up(small: Desk) -> None:
    made = fill(small.tools, AssessmentAnswers(assess="meetings"), setup=LEFT_OUT)
    assert isinstance(made, Assessment)
    assert (made.team, made.on_behalf_of, made.setup, made.way) == ("Ward 7", "the ward", "Spring", "group")
    assert [each.id for each in made.matrix.criteria] == ["agenda", "minutes"]
    other = fill(small.tools, AssessmentAnswers(assess="meetings", team="Ward 8"), setup=LEFT_OUT)
    assert other.team == "Ward 8"


def test_a_rating_of_what_the_set_up_leaves_out_is_told_and_makes_nothing(small: Desk) -> None:
    answers = AssessmentAnswers(assess="meetings", ratings=(Rating(criterion="papers", level=2),))
    with pytest.raises(WrongInput, match='"papers", which the set-up leaves out'):
        fill(small.tools, answers, setup=LEFT_OUT)
    assert small.records() == []


def test_a_session_of_answers_can_be_tied_to_an_action(small: Desk) -> None:
    answers = SessionAnswers(
        technique="after-action-review",
        title="Ward move",
        date=date(2026, 1, 2),
        entries={"expected": (EntryAnswer(text="noon"),)},
        actions={"act": (ActionAnswer(action="Send the list", owner="Porter", outcome="it is sent"),)},
    )
    link = PlanLink(action="0" * 12, criterion="agenda", assessment="1" * 12)
    made = fill(small.tools, answers, begun_from=link)
    found = small.tools.store.read(made.id)
    assert isinstance(found, Session)
    assert (found.action, found.criterion, found.assessment) == ("0" * 12, "agenda", "1" * 12)
    assert (found.date, found.finished, found.entries[0].text) == (date(2026, 1, 2), True, "noon")
    assert (found.actions[0].owner, found.actions[0].outcome) == ("Porter", "it is sent")
    (line,) = small.records()
    assert (line.action, line.criterion) == ("0" * 12, "agenda")
