"""The advance copy: all that is asked, nothing of what may follow from it."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from kmtui.model.matrix import Matrix
from kmtui.model.setup import LeftOut, Objective
from kmtui.report.advance import advance_markdown
from kmtui.text import clean
from tests.hostile import HOSTILE
from tests.model.test_matrix import MATURITY
from tests.report.examples import ASSESSMENT, MATRIX, PEOPLE
from tests.report.hostile_records import assessment_with
from tests.report.reader import read

TOLD = [text for text in HOSTILE if clean(text).strip()]


def with_text(text: str) -> str:
    full = assessment_with(text)
    return advance_markdown(
        full.matrix,
        team=text,
        on_behalf_of=text,
        objectives=full.objectives,
        left_out=full.left_out,
        feedback=full.feedback,
        people=full.people,
    )


@pytest.mark.parametrize("text", TOLD, ids=range(len(TOLD)))
def test_no_hostile_text_changes_the_structure(text: str) -> None:
    assert read(with_text(text))[0] == read(with_text("word"))[0]


@pytest.mark.parametrize("text", [text for text in HOSTILE if not clean(text).strip()])
def test_blank_fields_leave_no_trace(text: str) -> None:
    blank = advance_markdown(
        MATRIX,
        team=text,
        on_behalf_of=text,
        objectives=(Objective(text=text),),
        left_out=(LeftOut(criterion="gone", name=text, reason=text),),
    )
    assert blank == advance_markdown(MATRIX)


def test_every_criterion_has_its_statements_and_no_options() -> None:
    text = advance_markdown(MATRIX, people=PEOPLE)
    for criterion in MATRIX.criteria:
        assert f"### {criterion.name}\n\n{criterion.indicator}\n\n| Levels | Band | This is how it is |\n" in text
    assert text.count("| 6 to 9 | Pockets of good practice | Some teams do it; others do not. |") == 7
    for hidden in ("Set up a forum", "Ask for one", "current awareness", "When did we last", "Jo Smith"):
        assert hidden not in text
    for own in ("learning-before", "small", "peer-assist"):
        assert own not in text


def test_what_is_not_asked_is_named_with_the_reason_and_not_asked() -> None:
    left_out = (LeftOut(criterion="alerts", reason="we get none"), *ASSESSMENT.left_out)
    text = advance_markdown(MATRIX, left_out=left_out)
    assert "### Alerts" not in text
    assert text.index(
        "## What is not asked\n\n- Alerts: we get none.\n- A place for books: we have no room for books.\n"
    )
    handover = advance_markdown(MATRIX, left_out=(LeftOut(criterion="handover"),))
    assert "## What comes later" not in handover
    assert "- Handover\n" in handover


def test_dates_and_how_it_is_answered() -> None:
    survey = advance_markdown(MATRIX, closes=date(2026, 12, 1), feedback=date(2026, 12, 5))
    assert "- Answers are needed by 1 December 2026.\n- The results are talked over on 5 December 2026.\n" in survey
    assert "Each person answers alone" in survey
    assert "Each person answers alone" in advance_markdown(MATRIX, way="survey")
    assert "agree on a level together" in advance_markdown(MATRIX)
    assert "Answer on behalf of the night staff, not for yourself alone.\n" in advance_markdown(
        MATRIX, on_behalf_of="the night staff"
    )


@pytest.mark.parametrize("matrix", [MATURITY, replace(MATURITY, notice="", opening_question="")])
def test_another_scale(matrix: Matrix) -> None:
    text = advance_markdown(matrix)
    assert f"Levels go from {matrix.scale.lowest} to {matrix.scale.highest}, in steps of a half." in text
    assert not any(line in ("#", "##", "###", "-") for line in text.split("\n"))
