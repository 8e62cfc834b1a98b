"""Numbers as sentences: what was done, what was not, and in words that hold for one as for many."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from kmtui.model.numbers import Numbers, Period, Tally, TeamTally
from kmtui.report.numbers_sentences import (
    between_in_words,
    counting_sentences,
    numbers_sentences,
    period_in_words,
    team_sentences,
)
from kmtui.report.words import FIRST_FALL
from kmtui.text import clean, one_line
from tests.hostile import HOSTILE
from tests.report.counted_examples import NOTHING, QUARTER, move, numbers


def of(**fields: object) -> list[str]:
    """Return the sentences of a quarter in which this was done."""
    return numbers_sentences(replace(NOTHING, total=replace(Tally(), **fields)))


@pytest.mark.parametrize(
    ("first", "last", "period", "between"),
    [
        (QUARTER.first, QUARTER.last, "1 January to 31 March 2026", "Between 1 January and 31 March 2026"),
        (
            date(2025, 4, 1),
            date(2026, 3, 31),
            "1 April 2025 to 31 March 2026",
            "Between 1 April 2025 and 31 March 2026",
        ),
        (QUARTER.last, QUARTER.last, "31 March 2026", "On 31 March 2026"),
    ],
)
def test_a_period_is_told_with_its_years(first: date, last: date, period: str, between: str) -> None:
    assert period_in_words(Period(first=first, last=last)) == period
    assert between_in_words(Period(first=first, last=last)) == between


def test_a_quarter_is_told_in_sentences() -> None:
    assert numbers_sentences(numbers()) == [
        "Between 1 January and 31 March 2026: 14 sessions and one assessment with 96 people "
        "(a person who came twice counts twice).",
        "Techniques: After Action Review Ward (twelve times) and Fishbowl (twice).",
        "One more session was begun and is not finished.",
        "Twelve lessons were captured, four of what to keep doing and two that had been learnt before.",
        "Three lessons were agreed; no lesson was applied in this time.",
        "Six lessons were taken along into other work, eight times in all.",
        "Eleven actions were agreed.",
        "Eight actions were closed: five on time, two late and one without a day to be done by. "
        "One action was dropped.",
        "On 31 March 2026 three actions were overdue.",
        "Four criteria were scored again: two moved up, one moved down and one stayed as it was.",
        "Up: Learning before we start (Ward 7, by two levels, from 4 to 6) and Innovation Ward (Ward 4, by 0.6 levels, "
        "from 5 to 5.6).",
        f"Down: Leadership (Ward 7, by one level, from 8 to 7). {FIRST_FALL}",
    ]


def test_what_was_not_done_is_said() -> None:
    assert numbers_sentences(NOTHING) == [
        "Between 1 January and 31 March 2026: no session and no assessment was finished.",
        "No lesson was captured in this time.",
        "No lesson was agreed or applied in this time.",
        "No lesson was taken along into other work in this time.",
        "No action was agreed in this time.",
        "No action was closed in this time.",
        "On 31 March 2026 no actions were overdue.",
        "No criterion was scored for a second time, so nothing can be said about movement.",
    ]


def test_one_of_each_is_told_as_one() -> None:
    moves = (move(before=3, after=3.5),)
    found = of(
        sessions=1,
        people_reached=1,
        lessons_captured=1,
        lessons_applied=1,
        lessons_reused=1,
        uses=1,
        actions_agreed=1,
        actions_closed_late=1,
        actions_overdue=1,
        moves=moves,
    )
    assert found == [
        "Between 1 January and 31 March 2026: one session with one person.",
        "One lesson was captured.",
        "One lesson was applied; no lesson was agreed in this time.",
        "One lesson was taken along into other work.",
        "One action was agreed.",
        "One action was closed: one late.",
        "On 31 March 2026 one action was overdue.",
        "One criterion was scored again: one moved up.",
        "Up: Learning before we start (Ward 7, by half a level, from 3 to 3.5).",
    ]


def test_all_that_became_of_lessons_is_told_together() -> None:
    assert of(lessons_agreed=3, lessons_applied=1, lessons_retired=2)[2] == (
        "Three lessons were agreed, one was applied and two were retired."
    )
    assert of(lessons_retired=2)[2] == "Two lessons were retired; no lesson was agreed or applied in this time."


def test_a_session_without_people_says_that_nobody_noted_them() -> None:
    assert of(sessions=2)[0] == "Between 1 January and 31 March 2026: two sessions; nobody noted who took part."
    assert of(assessments=2, people_reached=5)[0] == (
        "Between 1 January and 31 March 2026: no sessions and two assessments with five people "
        "(a person who came twice counts twice)."
    )


def test_one_team_is_named_once() -> None:
    found = numbers_sentences(replace(numbers(), team="Ward 7"))
    assert found[0].startswith("Between 1 January and 31 March 2026, Ward 7: 14 sessions")
    assert not any("Ward 7" in sentence for sentence in found[1:])


def test_many_names_are_counted_and_not_all_told() -> None:
    techniques = tuple((f"Technique {number}", 1) for number in range(20))
    moves = tuple(move(f"Ward {number}", 1, 2) for number in range(20))
    found = of(sessions=20, people_reached=40, techniques=techniques, moves=moves)
    assert found[1].endswith("Technique 4 (once) and 15 more.")
    assert found[-1].endswith("and 15 more.")
    assert len(of(sessions=6, techniques=techniques[:6])[1].split(",")) == 5


def test_each_team_has_a_sentence_of_what_it_did() -> None:
    assert team_sentences(numbers()) == [
        "Ward 4: four sessions, one assessment, 32 people, two lessons taken along and one criterion up.",
        "Ward 7: nine sessions, one session not finished, 61 people, twelve lessons captured, three lessons agreed, "
        "five lessons taken along, eleven actions agreed, five actions closed on time, two actions closed late, "
        "one action without a day closed, one action dropped, three actions overdue, one criterion up, "
        "one criterion down and one criterion as it was.",
        "No team named: one session and three people.",
    ]
    assert team_sentences(NOTHING) == []


def test_it_is_said_what_is_counted_and_how() -> None:
    told = " ".join(counting_sentences(NOTHING))
    assert "The same person in two sessions counts twice." in told
    assert "if it was open on 31 March 2026 and its day was before that." in told


@pytest.mark.parametrize("text", [text for text in HOSTILE if clean(text).strip()])
def test_no_name_steers_a_terminal_or_breaks_a_line(text: str) -> None:
    found = replace(numbers(text), teams=(TeamTally(team=text, tally=Tally(sessions=1)),))
    sentences = [*numbers_sentences(found), *team_sentences(found), *numbers_sentences(replace(found, team=text))]
    assert all(sentence == one_line(sentence) for sentence in sentences)
    assert any(one_line(text) in sentence for sentence in sentences)


def test_a_number_is_never_told_without_its_noun_in_the_right_form() -> None:
    ones = {field: 1 for field in Tally.__struct_fields__ if field not in ("moves", "techniques")}
    tally = replace(Tally(), **ones)
    found = Numbers(period=QUARTER, total=tally, teams=(TeamTally(team="A", tally=tally),))
    for sentence in (*numbers_sentences(found), *team_sentences(found)):
        assert "one sessions" not in sentence.lower()
        assert "one lessons" not in sentence.lower()
        assert "one actions" not in sentence.lower()
        assert "one people" not in sentence.lower()
