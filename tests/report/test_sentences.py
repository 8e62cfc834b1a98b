"""Every picture has its sentence, and the summary says what matters most in a few."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from kmtui.model.assessment import Rating
from kmtui.model.base import Level
from kmtui.report.sentences import chart_sentences, levels_in_words, summary_sentences, target_in_words
from tests.hostile import HOSTILE
from tests.report.examples import ASSESSMENT, MATRIX
from tests.report.hostile_records import assessment_with

EVERYTHING = tuple(Rating(criterion=criterion.id, level=5) for criterion in MATRIX.criteria)


def test_what_the_chart_shows_in_the_order_of_the_matrix() -> None:
    assert chart_sentences(ASSESSMENT) == (
        "Behaviours: 4.5 (rounds to 5: In early stages), the mean of two criteria.",
        "Approach to innovation: 6 of 12, Pockets of good practice. Target 8, two levels to go.",
        "Learning before we start: 3 of 12, Nothing in place. Target 3, reached.",
        "Sharing between teams: don't know.",
        "Knowledge services: 2 (Nothing in place), the mean of one criterion.",
        "A librarian on the ward: 2 of 12, Nothing in place. Target 9, seven levels to go.",
        "Evidence searches: parked. Target 5.",
        "Alerts: not yet discussed.",
        "What comes later: no level yet.",
        "Handover: not yet discussed.",
        "Widest gaps to the target: A librarian on the ward, from 2 to 9 (seven levels); "
        "Approach to innovation, from 6 to 8 (two levels).",
    )


def test_the_summary_of_an_assessment() -> None:
    assert summary_sentences(ASSESSMENT) == (
        "Five of seven criteria have an answer.",
        "On a scale from 1 to 12 the mean is 3.7 (rounds to 4: In early stages), out of three criteria with a level.",
        "Strongest section: Behaviours, 4.5 (rounds to 5: In early stages).",
        "Weakest section: Knowledge services, 2 (Nothing in place).",
        "Widest gaps to the target: A librarian on the ward, from 2 to 9 (seven levels); "
        "Approach to innovation, from 6 to 8 (two levels).",
        "Don't know: Sharing between teams.",
        "Parked: Evidence searches.",
    )


def test_the_summary_of_an_empty_assessment_is_one_sentence() -> None:
    assert summary_sentences(replace(ASSESSMENT, ratings=())) == ("None of the seven criteria has an answer yet.",)


def test_where_all_are_alike_none_is_strongest() -> None:
    assert summary_sentences(replace(ASSESSMENT, ratings=EVERYTHING)) == (
        "Every criterion has an answer: seven of seven.",
        "On a scale from 1 to 12 the mean is 5 (In early stages), out of seven criteria with a level.",
    )


def test_sections_that_share_a_place_are_both_named() -> None:
    higher = (*EVERYTHING[:-1], replace(EVERYTHING[-1], level=9))
    found = summary_sentences(replace(ASSESSMENT, ratings=higher))
    assert found[2] == "Strongest section: What comes later, 9 (Pockets of good practice)."
    assert found[3] == "Weakest section: Behaviours and Knowledge services, 5 (In early stages)."


def test_one_gap_is_one_gap() -> None:
    one = replace(ASSESSMENT, ratings=(Rating(criterion="alerts", level=5, target=6),))
    assert chart_sentences(one)[-1] == "Widest gap to the target: Alerts, from 5 to 6 (one level)."


def test_only_the_five_widest_gaps_are_named() -> None:
    ratings = tuple(replace(rating, target=6 + number) for number, rating in enumerate(EVERYTHING))
    last = chart_sentences(replace(ASSESSMENT, ratings=ratings))[-1]
    assert last.count(";") == 4
    assert last.startswith("Widest gaps to the target: Handover, from 5 to 12 (seven levels);")


@pytest.mark.parametrize(
    ("gap", "words"),
    [(1, "one level"), (2.0, "two levels"), (0.5, "half a level"), (1.5, "1.5 levels"), (13, "13 levels")],
)
def test_distances_in_words(gap: Level, words: str) -> None:
    assert levels_in_words(gap) == words


def test_a_target_in_words() -> None:
    assert target_in_words(Rating(criterion="a")) == ""
    assert target_in_words(Rating(criterion="a", target=6.5)) == "Target 6.5"
    assert target_in_words(Rating(criterion="a", target=6.5, level=7)) == "Target 6.5, reached"


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_sentences_are_clean_and_on_one_line(text: str) -> None:
    for words in (*chart_sentences(assessment_with(text)), *summary_sentences(assessment_with(text))):
        assert not set("\n\r\x1b\x00\x9b\u202e\ud800") & set(words)
        assert words.endswith(".")
