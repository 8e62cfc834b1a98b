"""An assessment in plain mode, from the first line to the report."""

from __future__ import annotations

from pathlib import Path

import pytest

from kmtui.plain.prompts import WrongAnswer
from kmtui.workspace.start import Start
from tests.plain.talker import Talker, saved

WARD = Start(kind="assessment", team="Ward 7", on_behalf_of="the whole team")


def test_a_whole_assessment_is_kept_and_told_in_sentences(small: Talker, tmp_path: Path) -> None:
    out = small.type("We ask\n1.5\nIt varies\nLast week\n\nno\n3\n2\n\n\n\n\n" + f"{tmp_path / 'a.md'}\n", WARD)
    assessment = small.assessment
    first = assessment.rating("first")
    assert small.code == 0
    assert assessment.finished
    assert (assessment.opening, assessment.on_behalf_of) == ("We ask", "the whole team")
    assert (first.level, first.rationale, first.example) == (1.5, "It varies", "Last week")
    assert (first.same_for_everyone, first.target) == (False, 3)
    assert assessment.rating("second").level == 2
    assert "0 to 1, Low: We do not." in out
    assert "Ask: When did we last?" in out
    assert "On a scale from 0 to 3 the mean is" in out
    assert len(saved(out)) == 1 + 5 + 1
    assert "First things" in (tmp_path / "a.md").read_text(encoding="utf-8")


def test_team_and_on_whose_behalf_are_asked_for(small: Talker) -> None:
    small.type("Ward 7\nThe night shift\n", Start(kind="assessment"))
    assert (small.assessment.team, small.assessment.on_behalf_of) == ("Ward 7", "The night shift")


@pytest.mark.parametrize(
    ("typed", "skip"),
    [("dk", "dont-know"), ("dont-know", "dont-know"), ("not-for-us", "not-for-us"), ("park", "parked")],
)
def test_an_answer_can_be_no_level(small: Talker, typed: str, skip: str) -> None:
    small.type(f"\n{typed}\n", WARD)
    assert small.assessment.rating("first").skip == skip
    assert small.assessment.place == "second"


def test_skip_leaves_a_criterion_unanswered_and_the_end_says_so(small: Talker) -> None:
    out = small.type("\nskip\nskip\n", WARD)
    assert small.assessment.ratings == ()
    assert "Still open or parked: 1 First things, 2 Second things." in out
    assert small.code == 0


def test_the_end_leads_back_to_an_open_criterion(small: Talker) -> None:
    small.type("\n\n\ngo 2\n3\n\n\n\n\n", WARD)
    assert small.assessment.rating("second").level == 3
    assert small.assessment.finished


def test_enter_keeps_an_answer_and_shows_it(small: Talker) -> None:
    out = small.type("\n1\nbecause\n\n\n\nback\n\n", WARD)
    assert "Answered: 1 of 3, Low. because." in out
    assert small.assessment.rating("first").rationale == "because"
    assert small.assessment.place == "second"


def test_back_in_the_reasons_leads_to_the_level_again(small: Talker) -> None:
    small.type("\n1\nback\n2\n", WARD)
    assert small.assessment.rating("first").level == 2


def test_go_takes_numbers_and_ids_and_list_shows_the_levels(small: Talker) -> None:
    out = small.type("\n1\ngo second\n2\ngo 1\nlist\n", WARD)
    assert "1. First things: 1 of 3, Low." in out
    assert "2. Second things: 2 of 3, High." in out


def test_notes_have_options_and_clauses(small: Talker) -> None:
    out = small.type("\n1\nnotes\nresults\n", WARD)
    assert "What could be done next: Try it on Monday" in out
    assert "ISO 30401, clause 5.1" in out
    assert "One of two criteria has an answer." in out or "criteria have an answer" in out


@pytest.mark.parametrize(
    ("typed", "question"),
    [
        ("\n9\n", "first.level"),
        ("\n1.25\n", "first.level"),
        ("\ngo nowhere\n", "first.level"),
        ("\n1\n\n\n\nhigh\n", "first.target"),
        ("back\n", "opening"),
    ],
)
def test_a_wrong_answer_from_a_pipe_names_its_question(small: Talker, typed: str, question: str) -> None:
    with pytest.raises(WrongAnswer, match=f"^{question}: "):
        small.type(typed, WARD)
    assert small.desk.records()


def test_the_end_of_the_input_keeps_the_level(small: Talker) -> None:
    small.type("\n1\n", WARD)
    assert small.code == 3
    assert small.assessment.rating("first").level == 1


def test_undo_takes_a_level_back(small: Talker) -> None:
    small.type("\n1\nundo\n", WARD)
    assert small.assessment.rating("first").level is None


def test_our_own_matrix_can_be_walked_to_its_end(talker: Talker) -> None:
    count = len(talker.desk.tools.library.matrix().value.criteria)
    talker.type("\n" + "6\n\n\n\n\n" * count, WARD)
    assert talker.code == 0
    assert talker.assessment.finished
    assert len(talker.assessment.ratings) == count
