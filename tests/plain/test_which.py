"""Which technique? In plain mode: from home, at a criterion, in the plan, at an action; and the card as a hand-out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from kmtui.plain.prompts import WrongAnswer
from kmtui.workspace.start import Start
from tests.plain.talker import Talker, numbered

HOME = Start()
WARD = Start(kind="assessment", team="Ward 7", on_behalf_of="the whole team")
ANY = "\n\n\n\n"
"""All four questions left open."""


@pytest.fixture
def planned(small: Talker) -> Talker:
    """Return a conversation whose workspace has a plan with one line of the team's own, at the first criterion."""
    small.type("\n1\n\n\n\n\n1\n\n\n\n\nplan\nhold a peer assist\nplan\n\n\nno\n", WARD)
    return small


def suggested(out: str) -> list[str]:
    """Return the lines that say a technique and why."""
    return [line for line in out.splitlines() if line[:1].isdecimal() and "minutes" in line and "people" in line]


def test_home_asks_four_questions_and_suggests_with_the_reason(talker: Talker) -> None:
    out = talker.type(f"{talker.menu('Which technique?')}\nbefore\n8\n30 min\nlearn from others\n", HOME)
    for question in ("Before, during or after", "How many people", "How many minutes", "What is it for"):
        assert question in out
    found = suggested(out)
    assert 2 <= len(found) <= 3
    assert all("Before the work starts." in line for line in found)
    assert any("Peer Assist" in line for line in found)


def test_every_question_may_be_left_open(talker: Talker) -> None:
    out = talker.type(f"{talker.menu('Which technique?')}\n{ANY}", HOME)
    assert len(suggested(out)) == 3


def test_back_goes_to_the_question_before_and_keeps_what_was_typed(talker: Talker) -> None:
    menu = talker.menu("Which technique?")
    out = talker.type(f"{menu}\nafter\n4\nback\nback\n\n\n240\n\n", HOME)
    assert "(after; Enter keeps it, - empties)" in out
    assert "(4; Enter keeps it, - empties)" in out
    assert all("After the work has ended." in line for line in suggested(out))
    out = talker.type(f"{menu}\nafter\nback\n-\n4\n240\n\n", HOME)
    assert not all("For after" in line for line in suggested(out))
    out = talker.type(f"{menu}\nback\n", HOME)
    assert out.count("\nHome\n") == 2
    assert talker.code == 0


@pytest.mark.parametrize(
    ("typed", "question"),
    [("sometime\n", "phase"), ("\nall of us\n", "people"), ("\n0\n", "people"), ("\n\nsoon\n", "minutes")],
)
def test_nonsense_is_refused_with_the_question(talker: Talker, typed: str, question: str) -> None:
    with pytest.raises(WrongAnswer, match=rf"^which\.{question}: .*Enter alone"):
        talker.type(f"{talker.menu('Which technique?')}\n{typed}", HOME)


def test_nonsense_at_the_keyboard_is_asked_again(talker: Talker) -> None:
    menu = talker.menu("Which technique?")
    out = talker.type(f"\n{menu}\nlist\nsometime\nbefore\n\n\n\nquit\n", HOME, terminal=True)
    assert out.count("Before, during or after the work?") == 3
    assert suggested(out)


def test_a_number_shows_the_card_and_its_forms_begin(talker: Talker) -> None:
    menu = talker.menu("Which technique?")
    out = talker.type(f"{menu}\nbefore\n12\n15\n\n", HOME)
    number = numbered(out, "Before Action Review")
    out = talker.type(f"{menu}\nbefore\n12\n15\n\n{number}\n1\nWard move\n\n\n", HOME)
    assert "\nWhen not\n" in out
    assert talker.session.technique.id == "before-action-review"
    assert [each.id for each in talker.session.technique.variants] == ["short"]
    assert talker.code == 3


def test_what_fits_nothing_is_said(talker: Talker) -> None:
    assert "No technique fits that." in talker.type(f"{talker.menu('Which technique?')}\n\n9000\n1\n\n", HOME)


def test_the_list_is_narrowed_by_words_of_the_card(talker: Talker) -> None:
    out = talker.type(f"{talker.menu('Another technique')}\nwhat could go wrong\n", HOME)
    assert "Premortem" in out.split("found.")[1]
    assert "Retrospect" not in out.split("found.")[1]
    out = talker.type(f"{talker.menu('Another technique')}\nafter the work\n", HOME)
    assert "Knowledge Exchange, after the work" in out.split("found.")[1]


def test_export_at_a_card_writes_the_hand_out(talker: Talker) -> None:
    out = talker.type(f"{talker.menu('Another technique')}\n1\nexport\nexport\n\n", HOME)
    path = talker.desk.exports / "after-action-review_card.md"
    assert f"Written: {path}\n" in out
    assert path.read_text(encoding="utf-8").startswith("# After Action Review\n")
    assert (talker.desk.exports / "after-action-review_card-2.md").exists()
    with pytest.raises(WrongAnswer, match=r"^form: "):
        talker.type(f"{talker.menu('Another technique')}\n1\nedit 2\n", HOME)


def test_home_reads_no_technique_but_the_first_for_its_menu(talker: Talker) -> None:
    folder = talker.desk.folder / "techniques"
    folder.mkdir(parents=True)
    (folder / f"{talker.desk.first_technique}.yaml").write_text("id: [", encoding="utf-8")
    out = talker.type("", HOME)
    assert "1. Another technique, or another form of it" in out


# In an assessment


def test_which_at_a_criterion_shows_what_fits_with_its_option_first(small: Talker) -> None:
    out = small.type("\n1\nwhich\n1\n\n", WARD)
    (first, *_) = suggested(out)
    assert first.startswith("1. After Action Review. An option for this criterion names it.")
    assert "\nWhen not\n" in out
    assert small.assessment.rating("first").level == 1
    assert small.assessment.rating("first").rationale == ""


def test_a_technique_is_run_from_a_criterion_and_leads_back(small: Talker) -> None:
    out = small.type("\nwhich\n1\n1\nWard move\nporter\n" + "\n" * 6 + "no\n2\nWe know\n", WARD)
    assert "Back at: First things" in out
    assert small.session.finished
    assert (small.session.title, small.session.team) == ("Ward move", "Ward 7")
    record = small.of_team("Ward 7")
    assert (record.rating("first").level, record.rating("first").rationale) == (2, "We know")


def test_while_a_session_is_held_the_clock_rests_and_help_is_on_the_assessment_again(small: Talker) -> None:
    def later(seconds: float) -> Callable[[], None]:
        def pass_time() -> None:
            small.now += seconds

        return pass_time

    out = small.type(
        "\nwhich\n1\n1\nWard move\nporter\n" + "\n" * 6 + "no\n?\n2\nWe know\n",
        WARD,
        before={"porter": later(600), "We know": later(100)},
    )
    assert "At a level: type a number" in out.split("Back at: First things")[1]
    assert sum(small.of_team("Ward 7").spent.values()) == pytest.approx(100)


def test_which_among_the_options_of_a_plan(small: Talker) -> None:
    out = small.type("\n1\n\n\n\n\n1\n\n\n\n\nplan\nwhich\n\n1\nplan\n\n\nno\n", WARD)
    assert "An option for this criterion names it." in out
    assert [line.action for line in small.assessment.actions] == ["Try it on Monday"]


def test_which_as_a_reason_takes_a_backslash(small: Talker) -> None:
    small.type("\n1\n\\which\n", WARD)
    assert small.assessment.rating("first").rationale == "which"


# In the plan, and at an action


def test_a_line_without_a_technique_is_started_with_a_suggested_one(planned: Talker) -> None:
    plan = Start(kind="plan", record_id=planned.assessment.id)
    (line,) = planned.assessment.actions
    assert line.technique is None
    out = planned.type("which 1\n", plan)
    number = numbered(out, "Peer Assist")
    out = planned.type(f"which 1\n{number}\n2\nporter\nquit\n", plan)
    session = planned.session
    assert session.technique.id == "peer-assist"
    assert session.technique.variants[0].name == "At a round table in 30 minutes"
    assert (session.action, session.criterion, session.assessment) == (line.id, "first", plan.record_id)
    assert planned.of_team("Ward 7").actions == (line,)


def test_where_no_card_speaks_of_it_the_questions_are_named(planned: Talker) -> None:
    plan = Start(kind="plan", record_id=planned.assessment.id)
    assert "No card speaks of this." in planned.type("add zzz\nedit 2\n\n\n\n\n\n\n\n\n\n\n\nwhich 2\n\n", plan)


def test_start_points_to_which(planned: Talker) -> None:
    plan = Start(kind="plan", record_id=planned.assessment.id)
    with pytest.raises(WrongAnswer, match="which 1 suggests some"):
        planned.type("start 1\n", plan)
    with pytest.raises(WrongAnswer, match="no number 9"):
        planned.type("which 9\n", plan)


def test_the_suggestions_can_be_left_without_starting_one(planned: Talker) -> None:
    plan = Start(kind="plan", record_id=planned.assessment.id)
    planned.type("which 1\nback\nwhich 1\n\n\n", plan)
    assert not planned.sessions
    with pytest.raises(WrongAnswer, match=r"^plan\.which: "):
        planned.type("which 1\n9\n", plan)


def test_an_action_is_started_with_a_suggested_technique(planned: Talker) -> None:
    menu = planned.menu("Open actions")
    out = planned.type(f"{menu}\n1\n", HOME)
    assert "Start it now" not in out
    which = numbered(out, "Which technique fits it?")
    number = numbered(planned.type(f"{menu}\n1\n{which}\n", HOME), "Peer Assist")
    planned.type(f"{menu}\n1\n{which}\n{number}\n2\nporter\n", HOME)
    session = planned.session
    assert session.technique.variants[0].name == "At a round table in 30 minutes"
    assert session.action == planned.of_team("Ward 7").actions[0].id
    assert session.criterion == "first"
    assert planned.code == 3
