"""The plan: what is offered and in which order, what is chosen, and the sessions that are held for it."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from kmtui.model.errors import NotFound, WrongInput
from kmtui.model.rating import Rating
from kmtui.model.session import Session
from kmtui.model.setup import LeftOut, LocalOption, Objective, SetUp
from kmtui.workspace.assessments import OpenAssessment
from kmtui.workspace.desk import Desk
from kmtui.workspace.planning import Planning, held_for, link_to, start_from_action
from kmtui.workspace.sessions import start_session
from kmtui.workspace.setups import TeamSetUp
from tests.workspace.making import Said, assessed, on_disk

REVIEW = "after-action-review"


def planned(desk: Desk, said: Said, *, team: str = "Ward 7", goals: tuple[str, ...] = ()) -> Planning:
    """Return the plan of an assessment, with a goal to which some criteria matter."""
    setup = SetUp(id="", name="", objectives=(Objective(text="Shorter meetings", criteria=goals),) if goals else ())
    return Planning(desk.tools, assessed(desk, team, said, setup=TeamSetUp(team=team, setup=setup)))


def at(level: int, target: int | None = None) -> Rating:
    """Return a rating with a level and perhaps a target."""
    return Rating(criterion="", level=level, target=target)


def order(plan: Planning) -> list[str]:
    """Return the criteria in the order in which they are offered."""
    return [each.criterion.id for each in plan.offers()]


def test_gaps_that_matter_to_a_goal_come_first_and_what_is_reached_last(small: Desk) -> None:
    gaps: Said = {"agenda": at(1, 5), "papers": at(3, 4), "minutes": at(5, 5)}
    assert order(planned(small, gaps)) == ["agenda", "papers", "minutes"]
    assert order(planned(small, gaps, goals=("papers",))) == ["papers", "agenda", "minutes"]
    assert order(planned(small, {"agenda": at(2), "papers": at(1), "minutes": at(4, 5)})) == [
        "minutes",
        "papers",
        "agenda",
    ]
    assert order(planned(small, {"agenda": at(2), "papers": at(1)}, goals=("agenda",))) == [
        "agenda",
        "papers",
        "minutes",
    ]


def test_what_is_not_for_this_team_is_not_offered(small: Desk) -> None:
    assert order(planned(small, {"agenda": "not-for-us", "papers": "dont-know"})) == ["papers", "minutes"]


def test_only_options_that_fit_the_band_are_offered_and_one_that_was_chosen_stays(small: Desk) -> None:
    plan = planned(small, {"agenda": at(1, 4)})
    (offer,) = plan.offers_for("agenda").offers
    assert (offer.option.id, offer.installed, offer.chosen) == ("list", True, None)
    plan.toggle("agenda", "list")
    plan.opened.go("agenda")
    plan.opened.rate(level=5)
    (offer,) = plan.offers_for("agenda").offers
    assert offer.chosen is not None
    assert plan.toggle("agenda", "list") is None
    assert plan.offers_for("agenda").offers == ()
    with pytest.raises(WrongInput):
        plan.toggle("agenda", "list")
    with pytest.raises(WrongInput):
        plan.offers_for("nothing")


def test_a_chosen_option_is_an_idea_until_it_has_an_owner_and_a_day(small: Desk) -> None:
    plan = planned(small, {"agenda": at(1, 4)}, goals=("agenda",))
    line = plan.toggle("agenda", "list")
    assert line is not None
    assert (line.action, line.technique, line.objective, line.idea) == ("Write one", REVIEW, "Shorter meetings", True)
    plan.put(line.id, owner=" Sister\x1b[2J ", priority="now")
    assert plan.lines[0].idea
    plan.put(line.id, due=date(2026, 12, 1), review=date(2027, 1, 1), done_when="shorter", effort="low", benefit="high")
    (line,) = plan.lines
    assert (line.owner, line.idea) == ("Sister", False)
    (listed,) = small.actions()
    assert (listed.idea, listed.owner, listed.criterion_name, listed.objective) == (
        False,
        "Sister",
        "Agenda",
        "Shorter meetings",
    )
    plan.put(line.id, priority="not-for-us", reason="too dear")
    assert plan.lines[0].idea
    assert on_disk(small, plan.record.id).actions == plan.lines


def test_changes_are_checked_and_can_be_undone(small: Desk) -> None:
    plan = planned(small, {"agenda": at(1)})
    line = plan.write_own("  Walk round  ", "agenda")
    assert (line.action, line.criterion, line.option) == ("Walk round", "agenda", None)
    with pytest.raises(WrongInput):
        plan.put(line.id, action=" ")
    with pytest.raises(WrongInput):
        plan.put(line.id, dots=-1)
    with pytest.raises(WrongInput):
        plan.write_own("\x1b[2J")
    with pytest.raises(NotFound):
        plan.put("0" * 12, owner="x")
    plan.drop(line.id)
    assert plan.lines == ()
    plan.opened.undo()
    assert [each.action for each in plan.record.actions] == ["Walk round"]


def test_order_by_hand_by_dots_and_by_priority(small: Desk) -> None:
    plan = planned(small, {})
    lines = {name: plan.write_own(name).id for name in "abcd"}

    def names() -> str:
        return "".join(line.action for line in plan.lines)

    plan.move(lines["d"], -1)
    assert names() == "abdc"
    for name, dots in zip("abcd", (1, 3, 0, 3), strict=True):
        plan.put(lines[name], dots=dots)
    plan.by_dots()
    assert names() == "bdac"
    for name, priority in (("b", "not-for-us"), ("c", "now"), ("a", "later")):
        plan.put(lines[name], priority=priority)
    plan.by_priority()
    assert names() == "cadb"


def test_what_worked_elsewhere_is_offered_and_copied_without_owner_and_day(small: Desk) -> None:
    other = planned(small, {"agenda": at(2)}, team="Ward 8")
    line = other.write_own("Send it on Monday", "agenda")
    other.put(line.id, owner="Sister", due=date(2026, 12, 1), done_when="it is there")
    other.opened.close()
    assert planned(small, {}).offers_for("agenda").worked == ()
    small.follow_up(line.id, state="done", outcome="everybody has read it")
    plan = planned(small, {})
    (worked,) = plan.offers_for("agenda").worked
    assert (worked.action, worked.team, worked.outcome) == ("Send it on Monday", "Ward 8", "everybody has read it")
    copy = plan.copy(worked)
    assert (copy.action, copy.criterion, copy.done_when) == ("Send it on Monday", "agenda", "it is there")
    assert (copy.owner, copy.due, copy.idea, copy.state) == ("", None, True, "open")
    assert copy.id != line.id
    assert planned(small, {}, team=" ward 8 ").offers_for("agenda").worked == ()


def test_a_technique_starts_from_its_line_and_stays_tied_to_it(small: Desk) -> None:
    plan = planned(small, {"agenda": at(1)})
    line = plan.toggle("agenda", "list")
    assert line is not None
    assert plan.can_start(line.technique)
    session = plan.start(line.id)
    session.finish()
    session.close()
    kept = small.read(session.record.id)
    assert isinstance(kept, Session)
    assert (kept.title, kept.team, kept.technique.id) == ("Agenda", "Ward 7", REVIEW)
    assert (kept.action, kept.criterion, kept.assessment) == (line.id, "agenda", plan.record.id)
    own = plan.write_own("Walk round")
    with pytest.raises(WrongInput):
        plan.start(own.id)
    again = start_from_action(small.tools, small.tools.store.find_action(line.id))
    held = held_for(small.tools, plan.record)
    assert {each.id for each in held[line.id]} == {kept.id, again.record.id}
    assert own.id not in held


def test_a_technique_that_is_named_starts_in_place_of_that_of_the_line(small: Desk) -> None:
    plan = planned(small, {"agenda": at(1)})
    own, line = plan.write_own("Ask another ward", "agenda"), plan.toggle("agenda", "list")
    assert line is not None
    for each, started in (
        (own, plan.start(own.id, technique="peer-assist", variant="table")),
        (line, plan.start(line.id, technique="peer-assist", variant="table")),
        (own, start_from_action(small.tools, small.tools.store.find_action(own.id), technique="peer-assist")),
    ):
        session = started.record
        assert session.technique.id == "peer-assist"
        assert (session.action, session.criterion, session.assessment) == (each.id, "agenda", plan.record.id)
    assert [each.technique for each in plan.lines] == [None, REVIEW]
    assert len(held_for(small.tools, plan.record)[own.id]) == 2


def test_suggestions_for_a_line_have_its_own_technique_first(small: Desk) -> None:
    plan = planned(small, {"agenda": at(1)})
    own, line = plan.write_own("Hold a peer assist", "agenda"), plan.toggle("agenda", "list")
    assert line is not None
    assert plan.suggestions(line.id)[0].id == REVIEW
    assert "peer-assist" in [each.id for each in plan.suggestions(own.id)]
    with pytest.raises(NotFound):
        plan.suggestions("gone")


def test_a_session_for_an_action_of_a_session_belongs_to_no_assessment(small: Desk) -> None:
    first = start_session(small.tools, REVIEW, title="Ward move", team="Ward 7")
    first.put_action("Send the list", owner="Porter")
    (line,) = small.actions()
    link = link_to(line)
    assert (link.action, link.criterion, link.assessment) == (line.id, None, None)
    held = start_session(small.tools, REVIEW, begun_from=link).record
    assert (held.action, held.assessment) == (line.id, None)


def test_a_technique_that_is_not_installed_is_offered_without_its_key(small: Desk) -> None:
    setup = SetUp(
        id="",
        name="",
        left_out=(LeftOut(criterion="papers"),),
        options=(LocalOption(criterion="agenda", text="Dance", technique="dancing"),),
    )
    opened = assessed(small, "Ward 7", {}, setup=TeamSetUp(team="Ward 7", setup=setup))
    assert isinstance(opened, OpenAssessment)
    plan = Planning(small.tools, opened)
    dance = plan.offers_for("agenda").offers[-1]
    assert (dance.option.text, dance.installed) == ("Dance", False)
    line = plan.toggle("agenda", dance.option.id)
    assert line is not None
    with pytest.raises(NotFound):
        plan.start(line.id)
    assert replace(line, technique=None) == replace(plan.lines[0], technique=None)
