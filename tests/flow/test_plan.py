"""A plan: options become lines, lines get an order, and a line without owner or day is an idea."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from kmtui.flow import plan as flow
from kmtui.model.assessment import Assessment
from kmtui.model.errors import NotFound, WrongInput
from kmtui.model.plan import Planned
from kmtui.model.setup import Objective
from tests.report.examples import ASSESSMENT, MATRIX

CRITERION = next(each for each in MATRIX.criteria if each.options)
OPTION = CRITERION.options[0]
EMPTY = replace(ASSESSMENT, actions=())


def planned(*ids: str) -> Assessment:
    return replace(EMPTY, actions=tuple(Planned(id=each, action=each.upper()) for each in ids))


def order(assessment: Assessment) -> list[str]:
    return [each.id for each in assessment.actions]


def test_an_option_becomes_a_line_with_its_technique_and_the_goal_to_which_its_criterion_matters() -> None:
    wanted = replace(
        EMPTY, objectives=(Objective(text="Other"), Objective(text="Calm nights", criteria=(CRITERION.id,)))
    )
    line = flow.chosen(flow.choose(wanted, "a", CRITERION.id, OPTION), CRITERION.id, OPTION.id)
    assert line == Planned(
        id="a",
        action=OPTION.text,
        criterion=CRITERION.id,
        technique=OPTION.technique,
        option=OPTION.id,
        objective="Calm nights",
    )


def test_an_option_that_is_chosen_already_is_not_chosen_twice() -> None:
    once = flow.choose(EMPTY, "a", CRITERION.id, OPTION)
    assert flow.choose(once, "b", CRITERION.id, OPTION) == once


def test_the_same_option_of_another_criterion_is_another_line() -> None:
    both = flow.choose(flow.choose(EMPTY, "a", CRITERION.id, OPTION), "b", "elsewhere", OPTION)
    assert order(both) == ["a", "b"]


def test_a_line_is_changed_and_the_others_stay() -> None:
    changed = flow.put(planned("a", "b"), "b", owner="Matron", due=date(2027, 1, 4), dots=3)
    assert changed.actions[0] == Planned(id="a", action="A")
    assert (changed.actions[1].owner, changed.actions[1].due, changed.actions[1].dots) == (
        "Matron",
        date(2027, 1, 4),
        3,
    )


@pytest.mark.parametrize("dots", [-1, 1000])
def test_dots_have_limits(dots: int) -> None:
    with pytest.raises(WrongInput, match="Dots go from 0"):
        flow.put(planned("a"), "a", dots=dots)


def test_a_line_that_is_gone_cannot_be_changed() -> None:
    with pytest.raises(NotFound):
        flow.put(flow.drop(planned("a"), "a"), "a", owner="Matron")


def test_lines_are_moved_by_hand_and_stop_at_the_ends() -> None:
    plan = planned("a", "b", "c")
    assert order(flow.move(plan, "c", -1)) == ["a", "c", "b"]
    assert order(flow.move(plan, "a", -1)) == ["a", "b", "c"]
    assert order(flow.move(plan, "a", 9)) == ["b", "c", "a"]


def test_lines_with_most_dots_come_first_and_equal_ones_stay_as_they_stand() -> None:
    plan = flow.put(flow.put(planned("a", "b", "c", "d"), "c", dots=2), "b", dots=2)
    assert order(flow.by_dots(plan)) == ["b", "c", "a", "d"]


def test_lines_are_put_in_the_order_of_now_next_later_undecided_and_not_for_us() -> None:
    plan = planned("a", "b", "c", "d", "e")
    for name, priority in (("a", "not-for-us"), ("c", "later"), ("d", "next"), ("e", "now")):
        plan = flow.put(plan, name, priority=priority)
    assert order(flow.by_priority(plan)) == ["e", "d", "c", "b", "a"]


def test_a_line_is_an_idea_until_it_has_an_owner_and_a_day_and_again_when_it_is_not_for_us() -> None:
    line = Planned(id="a", action="A")
    owned, dated = replace(line, owner="Matron"), replace(line, due=date(2027, 1, 4))
    action = replace(owned, due=date(2027, 1, 4))
    assert [each.idea for each in (line, owned, dated, action)] == [True, True, True, False]
    assert replace(action, owner="  ").idea
    assert replace(action, priority="not-for-us").idea
