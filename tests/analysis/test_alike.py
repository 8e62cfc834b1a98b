"""Whether two wordings are the same lesson."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmtui.analysis.alike import ALIKE, alike

ORDER = "Tell the porters the order of beds the evening before"
MEALS = "Agree the times of meals with the kitchen"
STANDS = "Label the drip stands before the move"
WARD = "Test the new system on one ward first"
PUMPS = "Order spare batteries for the pumps"

SAME = (
    (ORDER, "The porters need to be told the order of the beds the evening before."),
    (ORDER, "Tell porters the bed order the evening before a move, so that no bed goes to the wrong bay"),
    (MEALS, "Meal times have to be agreed with the kitchen"),
    (MEALS, "Agree meal times with the kitchen a week before the ward moves"),
    (STANDS, "Drip stands must be labelled before they move"),
    ("Involve the library from the start of the project", "The library should be involved at the start of a project"),
    (
        "Ask patients what matters to them before the pathway is changed",
        "Before changing a pathway, ask patients what matters to them",
    ),
    ("Hold the handover at the bedside", "Bedside handover: hold it at the bed, with the patient"),
    ("Keep the checklist on the trolley", "The checklist is kept on the trolley"),
    (WARD, "Test the system first on a single ward"),
    ("Night staff were not told about the new rota", "Nobody told the night staff about the rota"),
    ("Do not start training in the winter", "Never start the training in winter"),
    (PUMPS, "Spare pump batteries should be ordered early"),
    ("The kitchen knew", "the KITCHEN knew!"),
)
OTHER = (
    (ORDER, "The porters had no key for the lift"),
    (ORDER, "Count the beds twice before the move"),
    (MEALS, "The kitchen needs the list of diets by noon"),
    (STANDS, "Move the drip stands last"),
    ("Involve the library from the start of the project", "Close the project with a report to the library board"),
    ("Ask patients what matters to them", "Give patients a leaflet about what matters to them"),
    ("Hold the handover at the bedside", "Keep the handover under fifteen minutes"),
    ("Keep the checklist on the trolley", "Check the trolley every morning"),
    (WARD, "Train the ward on the new system the week before it goes live"),
    ("Night staff were not told about the new rota", "Draw up the rota six weeks ahead with the night staff"),
    ("Hold the review meeting at the weekend", "Do not hold the review meeting at the weekend"),
    (PUMPS, "Clean the pumps before they are stored"),
    ("Porters", "Porters need a room to wait in near the lift"),
    ("Bed moves", "Bed moves in winter need two porters"),
    ("Share the results with the team within a week", "Share the rota with the team a month ahead"),
    ("Send the agenda a week before the meeting", "Send the minutes a week after the meeting"),
    ("Order masks before the winter", "Order gloves before the winter"),
    # One that people would join, and that is not seen: what is missed costs less than what is joined wrongly.
    ("A named person has to own the action log", "The action log needs a named owner"),
)


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_wordings_of_one_lesson_are_alike_in_both_directions(one: str, other: str) -> None:
    assert ALIKE <= alike(one, other) == alike(other, one) <= 1


@pytest.mark.parametrize(("one", "other"), OTHER)
def test_lessons_that_share_a_subject_are_not(one: str, other: str) -> None:
    assert 0 <= alike(one, other) == alike(other, one) < ALIKE


@pytest.mark.parametrize("text", ["", "   ", "of the and", "Porters"])
def test_a_word_or_nothing_is_no_lesson(text: str) -> None:
    assert alike(text, text) == alike(text, ORDER) == 0


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_can_be_compared(one: str, other: str) -> None:
    assert 0 <= alike(one, other) <= 1
    assert alike(one, other) == pytest.approx(alike(other, one))


def test_a_very_long_text_is_compared_by_its_beginning() -> None:
    assert alike(ORDER, ORDER + " word" * 20_000) > 0
