"""What is read beside a criterion: last time, a fall, who does it well; and what is asked behind an example."""

from __future__ import annotations

from datetime import date

import pytest

from kmtui.workspace.start import Start
from tests.plain.talker import Talker

WARD = Start(kind="assessment", team="Ward 7", on_behalf_of="the whole team")
THEN = "\n2\nWe thought so\n\n\n3\n1\n\n\n\n2\n"


@pytest.fixture
def again(small: Talker) -> Talker:
    """Return a conversation whose workspace has an assessment of Ward 7 with a plan, a year ago."""
    small.type(f"{THEN}plan\n1\n\nmeet more\n\nedit 1\n\nsister\n1 Dec\n\n\n\nnow\n\n\n\n\n\nno\n", WARD)
    assert small.code == 0
    small.today = date(2027, 11, 19)
    return small


def test_the_opening_reads_what_was_agreed_last_time_with_what_became_of_it(again: Talker) -> None:
    again.desk.follow_up(again.assessment.actions[0].id, state="done", outcome="Nobody waits")
    out = again.type("", WARD)
    assert "Agreed last time, on 20 November 2026:" in out
    assert "1. Do now: Tell another team how. For First things. Sister, by 1 December 2026. It is done." in out
    assert "What changed: Nobody waits" in out
    assert "meet more" not in out  # an idea, of which nobody has promised anything


def test_a_criterion_reads_level_target_and_why_of_last_time(again: Talker) -> None:
    out = again.type("\n", WARD)
    assert "Last time, on 20 November 2026: 2, target 3, because: We thought so." in out


def test_a_fall_is_explained_and_a_rise_is_not(again: Talker) -> None:
    out = again.type("\n1\n\n\n\n\n2\n", WARD)
    assert out.count("A first fall often means better understanding") == 1
    assert "That is lower than last time (2)." in out


def test_then_reads_both_years_with_the_reasons_beside_each_other(again: Talker) -> None:
    out = again.type("\n1\nWe looked closer\n\n\n\nthen\n", WARD)
    (then,) = [words for words in out.split("\nFirst things: 2")[1:] if "one level lower" in words]
    assert "Then it was said: “We thought so”." in then
    assert "Now: “We looked closer”." in then


def test_a_first_assessment_has_no_then(small: Talker) -> None:
    assert "This is the first assessment of the team here" in small.type("\nthen\n", WARD)


def test_well_says_who_does_this_well_and_whom_to_ask(small: Talker) -> None:
    small.type("\n3\n\nA board by the door\nDiscovery lead\n\n\n2\n\n\n\n\nno\n", WARD)
    assert small.assessment.rating("first").contact == "Discovery lead"
    out = small.type("\nwell\n1\n", Start(kind="assessment", team="Ward 8", on_behalf_of="all"))
    assert "First things: Ward 7 at 3. A board by the door. Ask: Discovery lead." in out
    assert "Teams that stand higher here: Ward 7." in out
    assert small.of_team("Ward 8").rating("first").level == 1


def test_the_contact_is_asked_only_behind_an_example_and_goes_with_it(small: Talker) -> None:
    out = small.type("\n2\n\nA board\nDiscovery lead\nyes\n3\n2\nWhy not\n\n\n", WARD)
    assert out.count("Who can be asked") == 1
    small.type("go 1\n2\n\n-\n", Start(kind="record", record_id=small.assessment.id))
    assert (small.assessment.rating("first").example, small.assessment.rating("first").contact) == ("", "")


@pytest.mark.parametrize(("level", "asked"), [("1", 0), ("1.5", 1), ("3", 1)])
def test_good_practice_is_asked_for_in_the_upper_half_of_the_bands(small: Talker, level: str, asked: int) -> None:
    assert small.type(f"\n{level}\n\nA board\n\n\n\n", WARD).count("Who can be asked") == asked


def test_a_contact_that_is_kept_can_be_changed_at_any_level(small: Talker) -> None:
    small.type("\n3\n\nA board\nporter\n", WARD)
    small.type("go 1\n1\n\n\n-\n", Start(kind="record", record_id=small.assessment.id))
    assert (small.assessment.rating("first").level, small.assessment.rating("first").contact) == (1, "")


def test_a_target_at_the_level_asks_why_that_is_good_enough(small: Talker) -> None:
    small.type("\n2\n\n\n\n2\nNobody asks for more\n", WARD)
    assert small.assessment.rating("first").enough == "Nobody asks for more"
    assert small.assessment.place == "second"


@pytest.mark.parametrize("word", ["plan", "well", "then"])
def test_what_shows_something_at_a_level_is_a_word_elsewhere(small: Talker, word: str) -> None:
    small.type(f"{word}\n2\n\\{word}\n{word}\n", WARD)
    rating = small.assessment.rating("first")
    assert (small.assessment.opening, rating.rationale, rating.example) == (word, word, word)


def test_well_is_one_word_away_from_a_low_level_and_told_once(small: Talker) -> None:
    out = small.type("\n1\nwell\nIt varies\n\n\n\n0\n", WARD)
    assert out.count("well: who does this well.") == 1
    assert "No other team has kept good practice here" in out
    assert small.assessment.rating("first").rationale == "It varies"
