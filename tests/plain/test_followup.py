"""Actions of plans in plain mode: what changed, review days, ideas apart, and their techniques; what home says."""

from __future__ import annotations

from datetime import date

import pytest

from kmtui.model.lines import ActionLine, PracticeLine
from kmtui.plain.lists import action_line, practice_line
from kmtui.workspace.start import Start
from tests.plain.talker import Talker, numbered

HOME = Start()
WARD = Start(kind="assessment", team="Ward 7", on_behalf_of="the whole team")


@pytest.fixture
def planned(small: Talker) -> Talker:
    """Return a conversation whose workspace has a plan with one overdue action, one technique, and one idea."""
    small.type("\n1\n\n\n\n\n1\n\n\n\n\nplan\n1 2\n\nmeet more\n\n\nno\n", WARD)
    plan = Start(kind="plan", record_id=small.assessment.id)
    small.type("edit 1\n\nsister\n2026-11-01\n\n\n\n\n\n\n\n\nedit 2\n\nporter\n25 Nov\n\n\n\n\n\n\n\n\n", plan)
    return small


def line(talker: Talker, words: str) -> ActionLine:
    """Return the action with these words."""
    return next(each for each in talker.desk.actions() if each.action == words)


def test_home_says_what_is_overdue_and_due_soon(planned: Talker) -> None:
    out = planned.type("", HOME)
    assert "\nOverdue: Try it on Monday, owner sister, by 1 November 2026" in out
    assert "\nDue soon: Hold a review, owner porter, by 25 November 2026" in out
    assert "meet more" not in out
    assert "Open actions (2, 1 overdue, 1 idea)" in out


def test_home_names_three_and_counts_the_rest(planned: Talker) -> None:
    plan = Start(kind="plan", record_id=planned.assessment.id)
    for number in (3, 4, 5):
        typed = f"add number {number}\n" if number > 3 else ""
        planned.type(f"{typed}edit {number}\n\nporter\n26 Nov\n\n\n\n\n\n\n\n\n", plan)
    assert "\n2 more are overdue or due soon: open actions lists them.\n" in planned.type("", HOME)


def test_ideas_come_last_and_say_what_is_missing(planned: Talker) -> None:
    out = planned.type(f"{planned.menu('Open actions')}\n", HOME)
    assert "3. An idea, no owner and no day yet: meet more" in out


def test_what_is_not_for_us_comes_after_the_ideas_with_its_reason(planned: Talker) -> None:
    plan = Start(kind="plan", record_id=planned.assessment.id)
    planned.type("add buy a clock\nadd sing\nnot 4\nToo dear\n", plan)
    out = planned.type(f"{planned.menu('Open actions')}\n", HOME)
    assert "4. An idea, no owner and no day yet: sing" in out
    assert "5. Not for us: buy a clock, because: Too dear" in out
    assert "Open actions (2, 1 overdue, 2 ideas)" in out


def test_an_action_gets_outcome_review_and_sign_and_each_can_be_undone(planned: Talker) -> None:
    menu = planned.menu("Open actions")
    planned.type(f"{menu}\n1\n6\nNobody waits\n1\n7\n1 Feb\n1\n8\nBeds free\n", HOME)
    found = line(planned, "Try it on Monday")
    assert (found.outcome, found.review, found.done_when) == ("Nobody waits", date(2027, 2, 1), "Beds free")
    planned.type(f"{menu}\n1\n6\nSome wait\nundo\n", HOME)
    assert line(planned, "Try it on Monday").outcome == "Nobody waits"


def test_an_idea_with_owner_and_day_becomes_an_action(planned: Talker) -> None:
    planned.type(f"{planned.menu('Open actions')}\n3\n4\nmatron\n3\n5\n1 Dec\n", HOME)
    assert not line(planned, "meet more").idea


def test_the_technique_of_an_action_is_started_from_it(planned: Talker) -> None:
    out = planned.type(f"{planned.menu('Open actions')}\n2\n", HOME)
    start = numbered(out, "Start it now: After Action Review")
    planned.type(f"{planned.menu('Open actions')}\n2\n{start}\nporter\n\nAll moved\n", HOME)
    assert planned.code == 3
    assert planned.session.action == line(planned, "Hold a review").id
    assert planned.entries() == ["All moved"]


def test_a_command_can_name_the_action(planned: Talker) -> None:
    action = line(planned, "Hold a review")
    planned.type("porter\n\nAll moved\n", Start(kind="session", action=action.id))
    assert (planned.session.action, planned.session.criterion) == (action.id, "first")


def test_a_survey_and_a_set_up_have_their_lines(planned: Talker) -> None:
    planned.type("\n1 Dec\n", Start(kind="survey", team="Ward 9"))
    out = planned.type(f"{planned.menu('Past sessions')}\n", HOME)
    assert "Survey, Ward 9, 20 November 2026, answers wanted by 1 December 2026." in out


def test_lines_say_outcome_criterion_and_good_practice() -> None:
    action = ActionLine(
        id="a",
        action="Meet",
        owner="matron",
        outcome="Less noise",
        criterion_name="Nights",
        source="s",
        source_kind="assessment",
        title="",
        team="Ward 7",
        date=date(2026, 11, 20),
    )
    words = action_line(action, date(2026, 11, 20))
    assert words == "Meet, owner matron, what changed: Less noise, for Nights, Ward 7."
    practice = PracticeLine(
        criterion="n",
        criterion_name="Nights",
        example="A lamp.",
        contact="night sister",
        level=2.5,
        source="s",
        team="Ward 7",
        organisation="The trust",
        date=date(2026, 11, 20),
    )
    assert practice_line(practice) == "Nights: Ward 7 (The trust) at 2.5. A lamp. Ask: night sister."
