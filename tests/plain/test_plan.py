"""The plan in plain mode: options chosen, put in order, agreed, started, and written to files."""

from __future__ import annotations

from datetime import date

import pytest

from kmtui.model.errors import WrongInput
from kmtui.model.plan import Planned
from kmtui.plain.prompts import WrongAnswer
from kmtui.workspace.start import Start
from tests.plain.talker import Talker

WARD = Start(kind="assessment", team="Ward 7", on_behalf_of="the whole team")
FIRST_LOW = "\n1\nIt varies\n\n\n3\n2\n\n\n\n\n"
"""The walk of the small matrix: First things at 1 with a target of 3, Second things at 2."""

CHOSEN = "1 2\n\nAsk the night staff\n\n"
"""Both options of the first criterion, and own words at the second, which leads to the plan."""


@pytest.fixture
def assessed(small: Talker) -> Start:
    """Return what leads to the plan of a finished assessment."""
    small.type(f"{FIRST_LOW}no\n", WARD)
    return Start(kind="plan", record_id=small.assessment.id)


@pytest.fixture
def planned(small: Talker, assessed: Start) -> Start:
    """Return what leads to a plan of three lines."""
    small.type(CHOSEN, assessed)
    assert [line.action for line in lines(small)] == ["Try it on Monday", "Hold a review", "Ask the night staff"]
    return assessed


def lines(talker: Talker) -> tuple[Planned, ...]:
    """Return the plan, as it is on disk."""
    return talker.assessment.actions


def test_criteria_come_with_why_and_options_are_ticked_and_unticked(small: Talker, assessed: Start) -> None:
    out = small.type("1\n2\n1\nlist\n", assessed)
    assert "First things. Level 1 (Low), target 3, two levels to go." in out
    assert "\n1. Try it on Monday\n2. Hold a review (technique: After Action Review)\n" in out
    assert "1 is taken out of the plan." in out
    assert out.endswith(
        "\n1. Try it on Monday\n2. In the plan: Hold a review (technique: After Action Review)\n"
        "Number, words of your own, or Enter for the next:\n"
    )
    assert [line.option for line in lines(small)] == ["review"]
    assert small.code == 0


def test_the_widest_gap_comes_first(small: Talker) -> None:
    small.type("\n3\n\n\n\n\n1\n\n\n\n3\nno\n", WARD)
    out = small.type("", Start(kind="plan", record_id=small.assessment.id))
    assert "Plan, 1 of 2\nSecond things." in out


def test_own_words_are_added_and_taken_out_by_their_number(small: Talker, assessed: Start) -> None:
    small.type("Ask the night staff\n\\plan\n3\n", assessed)
    assert [(line.action, line.criterion) for line in lines(small)] == [("plan", "first")]


def test_back_leads_to_the_criterion_before_and_plan_to_the_plan(small: Talker, assessed: Start) -> None:
    out = small.type("\nback\nplan\n", assessed)
    assert out.count("Plan, 1 of 2") == 2
    assert "Nothing is in the plan yet." in out


def test_undo_takes_a_choice_back(small: Talker, assessed: Start) -> None:
    out = small.type("1\nundo\n", assessed)
    assert lines(small) == ()
    assert "Undone" in out


def test_the_plan_is_read_back_in_its_order(small: Talker, planned: Start) -> None:
    out = small.type("", planned)
    assert "1. An idea, undecided: Try it on Monday. For First things. No owner and no day yet." in out
    assert "start 2 runs After Action Review." in out
    assert "3. An idea, undecided: Ask the night staff. For Second things." in out


def test_a_line_is_edited_and_becomes_an_action(small: Talker, planned: Start) -> None:
    out = small.type(
        "edit 1\n\nWard sister\n1 Dec\n1 Feb\nFewer delays\nBeds free by noon\nnow\n\n5\nlow\nhigh\n", planned
    )
    (line, *_) = lines(small)
    assert (line.owner, line.due, line.review) == ("Ward sister", date(2026, 12, 1), date(2027, 2, 1))
    assert (line.done_when, line.objective) == ("Fewer delays", "Beds free by noon")
    assert (line.priority, line.dots, line.effort, line.benefit) == ("now", 5, "low", "high")
    assert not line.idea
    assert "1. Do now: Try it on Monday. For First things. Ward sister, by 1 December 2026. Five dots." in out
    assert "Effort low, benefit high. Looked at again on 1 February 2027. Done when: Fewer delays." in out


def test_the_end_of_the_input_in_a_form_keeps_what_was_typed(small: Talker, planned: Start) -> None:
    small.type("edit 1\nTry it on Tuesday\nporter\n", planned)
    assert (lines(small)[0].action, lines(small)[0].owner) == ("Try it on Tuesday", "porter")


def test_an_edited_field_can_be_emptied(small: Talker, planned: Start) -> None:
    small.type("edit 1\n\nporter\n1 Dec\n\n\n\nnow\n\n\n\n\nedit 1\n\n-\n-\n\n\n\n-\n\n\n\n\n", planned)
    assert (lines(small)[0].owner, lines(small)[0].due, lines(small)[0].priority) == ("", None, None)


def test_priorities_dots_and_order(small: Talker, planned: Start) -> None:
    out = small.type(
        "later 1\nnow 3\nnot 2\nToo dear for us\ndots 3 7\ndots 1 2\nby dots\nmove 1 down\nmove 3 1\n", planned
    )
    found = lines(small)
    assert [line.action for line in found] == ["Hold a review", "Try it on Monday", "Ask the night staff"]
    assert [line.priority for line in found] == ["not-for-us", "later", "now"]
    assert [line.dots for line in found] == [0, 2, 7]
    assert found[0].reason == "Too dear for us"
    assert "Not for us: Hold a review. For First things. Because: Too dear for us." in out
    small.type("by priority\n", planned)
    assert [line.priority for line in lines(small)] == ["now", "later", "not-for-us"]


def test_remove_add_and_undo(small: Talker, planned: Start) -> None:
    small.type("remove 1\nadd Walk the ward at night\nundo\n", planned)
    assert [line.action for line in lines(small)] == ["Hold a review", "Ask the night staff"]


@pytest.mark.parametrize(
    "typed",
    [
        "edit 9\n",
        "now 9\n",
        "start 1\n",
        "dots 1 1000\n",
        "edit 1\n\n\n\n\n\n\n\n\n1000\n",
        "perhaps\n",
        "remove 9\n",
        "park it\n",
    ],
)
def test_a_wrong_command_from_a_pipe_names_the_plan(small: Talker, planned: Start, typed: str) -> None:
    with pytest.raises(WrongAnswer, match=r"^plan(\.dots)?: "):
        small.type(typed if typed != "park it\n" else "more words\n", planned)
    assert len(lines(small)) == 3


def test_a_technique_runs_right_here_and_leads_back(small: Talker, planned: Start) -> None:
    review = "\nporter\n\nAll moved by noon\n\n\n\n\n\nno\n"
    out = small.type(f"start 2\n{review}dots 2 3\n", planned)
    session = small.session
    assert (session.finished, session.team, session.title) == (True, "Ward 7", "First things")
    assert (session.action, session.criterion, session.assessment) == (
        lines(small)[1].id,
        "first",
        small.assessment.id,
    )
    assert "Back in the plan." in out
    assert "Held: After Action Review, 20 November 2026." in out
    assert lines(small)[1].dots == 3
    assert small.code == 0


def test_the_end_of_the_input_in_a_session_begun_here_exits_with_3(small: Talker, planned: Start) -> None:
    out = small.type("start 2\n\nporter\n\nAll moved by noon\n", planned)
    assert small.code == 3
    assert not small.session.finished
    assert small.entries() == ["All moved by noon"]
    assert f"kmtui resume {small.session.id}" in out


def test_the_clock_of_the_assessment_stands_while_a_session_runs(small: Talker, planned: Start) -> None:
    small.type("yes\n", Start(kind="record", record_id=small.assessment.id))
    assert not small.assessment.finished

    def later() -> None:
        small.now += 600

    small.type("start 2\n\nporter\n\n\n\n\n\n\nno\n\n", planned, before={"porter": later})
    assert sum(small.assessment.spent.values()) < 600


@pytest.mark.parametrize("what", ["plan", "board"])
def test_plan_and_board_are_written_to_a_file(small: Talker, planned: Start, what: str) -> None:
    out = small.type(f"now 1\nexport {what}\n", planned)
    (file,) = small.desk.exports.iterdir()
    assert file.name.endswith(f"_{what}.md")
    assert f'kind: "{what}"' in file.read_text(encoding="utf-8")
    assert f"Written: {file}" in out


def test_the_plan_is_reached_from_the_walk_and_from_its_end(small: Talker) -> None:
    out = small.type("\n1\n\n\n\n3\nback\nplan\n1\nplan\n\n\n2\n\n\n\n\nplan\nnow 1\n\nno\n", WARD)
    assert [(line.option, line.priority) for line in lines(small)] == [("try", "now")]
    assert small.assessment.finished
    assert out.count("\nFinished.\n") == 1
    assert small.code == 0


def test_what_others_did_can_be_copied(small: Talker, planned: Start) -> None:
    small.type("edit 1\n\nsister\n1 Dec\n\nFewer delays\n\n\n\n\n\n\n", planned)
    small.type(f"{small.menu('Open actions')}\n1\n1\n1\n6\nNobody waits\n", Start())
    small.desk.follow_up(lines(small)[0].id, outcome="Nobody waits")
    small.type(f"{FIRST_LOW}no\n", Start(kind="assessment", team="Ward 8", on_behalf_of="all"))
    start = Start(kind="plan", record_id=small.of_team("Ward 8").id)
    out = small.type("3\n", start)
    assert "3. Ward 7 did this: Try it on Monday. What changed: Nobody waits." in out
    (copied,) = small.of_team("Ward 8").actions
    assert (copied.action, copied.done_when, copied.owner) == ("Try it on Monday", "Fewer delays", "")
    small.type("choose\n3\n", start)
    assert small.of_team("Ward 8").actions == ()


def test_home_leads_to_the_plan_of_an_assessment(small: Talker, planned: Start) -> None:
    out = small.type(f"{small.menu('Plan of an assessment')}\n1\nnow 1\n\n", Start())
    assert "The plan\n" in out
    assert lines(small)[0].priority == "now"
    assert out.count("\nHome\n") == 2


def test_a_session_has_no_plan(talker: Talker) -> None:
    talker.type("")
    with pytest.raises(WrongInput, match="Only an assessment has a plan"):
        talker.type("", Start(kind="plan", record_id=talker.session.id))


def test_help_at_the_plan_is_about_the_plan(small: Talker, planned: Start) -> None:
    out = small.type("?\n", planned)
    assert "by dots, by priority" in out
    assert "dk (don't know)" not in out


def test_too_many_dots_are_refused_before_the_form_is_over(small: Talker, planned: Start) -> None:
    with pytest.raises(WrongAnswer, match=r"^plan\.dots: "):
        small.type("edit 1\n\nporter\n\n\n\n\n\n\n1000\n", planned)
    assert lines(small)[0].owner == "porter"
