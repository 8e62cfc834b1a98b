"""Every picture has its sentence, and the summary says what matters most in a few."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from kmtui.model.base import Level
from kmtui.model.rating import Rating
from kmtui.model.session import Person
from kmtui.model.survey import Spread, SurveyResult
from kmtui.report.sentences import (
    chart_sentences,
    disagreement_sentences,
    levels_in_words,
    plan_sentences,
    rounding_rule,
    spread_in_words,
    summary_sentences,
    target_in_words,
    then_and_now_sentences,
)
from kmtui.report.words import answered_in_words, mean_with_band
from tests.hostile import HOSTILE
from tests.model.test_matrix import MATURITY
from tests.report.examples import ASSESSMENT, FEW, LATER, MATRIX, OPEN_SURVEY, SURVEY
from tests.report.hostile_records import assessment_with, survey_with

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


FULL = Spread(
    criterion="a",
    n=7,
    mean=44 / 7,
    sd=4.07,
    lowest=2,
    highest=11,
    bands={"nothing": 3, "early": 0, "pockets": 2, "usual": 2},
    dont_know=1,
)


@pytest.mark.parametrize(
    ("spread", "words"),
    [
        (
            FULL,
            "seven answers, from 2 to 11, standard deviation 4.1; three Nothing in place, two Pockets of good "
            "practice, two Business as usual; one said “don't know”",
        ),
        (Spread(criterion="a", n=0), "no answers"),
        (Spread(criterion="a", n=1), "fewer than five answers: one"),
        (Spread(criterion="a", n=4, mean=5), "fewer than five answers: four"),
        (Spread(criterion="a", n=6, mean=5), "six answers, too few to show more of them"),
        (
            Spread(criterion="a", n=5, mean=6, sd=0.0, lowest=6, highest=6, bands={"pockets": 5}, dont_know=0),
            "five answers, all of them 6, standard deviation 0.0; five Pockets of good practice",
        ),
    ],
    ids=range(6),
)
def test_what_individuals_answered_in_words(spread: Spread, words: str) -> None:
    assert spread_in_words(MATRIX, spread) == words


def test_the_summary_of_a_survey_tells_disagreement_before_the_mean() -> None:
    assert summary_sentences(SURVEY) == (
        "Seven people answered the survey (nurse × 5).",
        "Widest disagreement: Approach to innovation, from 2 to 11 (standard deviation 4.1); Sharing between teams, "
        "from 4 to 7 (standard deviation 1.0); A librarian on the ward, from 2 to 4 (standard deviation 0.8).",
        "On a scale from 1 to 12 the mean is 5.3 (rounds to 5: In early stages), out of five criteria with a mean that "
        "is shown.",
        "Strongest section: Behaviours, 5.9 (rounds to 6: Pockets of good practice).",
        "Weakest section: Knowledge services, 4.2 (rounds to 4: In early stages).",
        "A group has since agreed a level on two of seven criteria, with a mean of 4 (In early stages).",
        "Widest gaps to the target: A librarian on the ward, from 3 to 9 (six levels); Approach to innovation, from 5 "
        "to 8 (three levels); Sharing between teams, from 5.5 (rounds to 6: Pockets of good practice) to 7 "
        "(1.5 levels).",
        "Parked: Alerts.",
    )


def test_a_survey_with_few_answers_or_none_says_so() -> None:
    assert summary_sentences(FEW)[:2] == (
        "Four people answered the survey.",
        "No criterion has enough answers to show how far they differ.",
    )
    none = replace(FEW, survey=SurveyResult(answered=0))
    assert summary_sentences(none) == ("Nobody answered the survey.",)
    one = replace(FEW, survey=SurveyResult(answered=1))
    assert answered_in_words(one) == "One person answered the survey."
    unnamed = replace(FEW, survey=SurveyResult(answered=6, roles=(Person(role=" ", count=2),)))
    assert answered_in_words(unnamed) == "Six people answered the survey."


def test_where_all_agree_it_is_said() -> None:
    alike = Spread(criterion="search", n=5, mean=6, sd=0.0, lowest=6, highest=6, bands={"pockets": 5}, dont_know=0)
    agreed = replace(SURVEY, survey=SurveyResult(answered=5, spreads=(alike,)))
    assert summary_sentences(agreed)[1] == "On every criterion that can be shown all answers are the same."


def test_an_open_survey_says_only_that_it_is_open() -> None:
    still = ("Responses are still coming in, until 1 December 2026. What they say is shown once the survey is closed.",)
    for sentences in (summary_sentences, chart_sentences, disagreement_sentences):
        assert sentences(OPEN_SURVEY) == still
    without = summary_sentences(replace(OPEN_SURVEY, closes=None))
    assert without == ("Responses are still coming in. What they say is shown once the survey is closed.",)


def test_the_chart_of_a_survey_in_words() -> None:
    sentences = chart_sentences(SURVEY)
    assert sentences[0].startswith("Behaviours: 5.9 (rounds to 6: ")
    assert sentences[1].endswith(
        "two Business as usual. The mean is 6.3 (rounds to 6: Pockets of good practice). "
        "Agreed since: 5 of 12, In early stages. Target 8, three levels to go."
    )
    assert sentences[6] == (
        "Evidence searches: fewer than five answers: three. The mean is 5.7 (rounds to 6: Pockets of good practice)."
    )
    assert sentences[7] == "Alerts: fewer than five answers: two. Agreed since: parked."
    assert "Handover: no answers." in sentences


def test_disagreement_is_told_the_widest_first() -> None:
    names = [sentence.partition(":")[0] for sentence in disagreement_sentences(SURVEY)]
    assert names == [
        *("Approach to innovation", "Sharing between teams", "A librarian on the ward", "Learning before we start"),
        *("Evidence searches", "Alerts", "Handover"),
    ]
    assert disagreement_sentences(ASSESSMENT) == ()


def test_then_and_now_in_words() -> None:
    found = then_and_now_sentences(LATER, ASSESSMENT)
    assert found[:3] == (
        "Approach to innovation: 6 (Pockets of good practice) on 20 November 2026, 5 (In early stages) on 22 November "
        "2027, one level lower. A first fall often means better understanding: people see more now of what there is to "
        "do.",
        "Learning before we start: 3 (Nothing in place) on 20 November 2026, 6 (Pockets of good practice) on 22 "
        "November 2027, three levels higher.",
        "A librarian on the ward: 2 (Nothing in place) on 20 November 2026, 1 (Nothing in place) on 22 November 2027, "
        "one level lower.",
    )
    assert len(set(found)) == len(found)
    reworded = replace(MATRIX.sections[0].criteria[0], indicator="Something else.")
    section = replace(MATRIX.sections[0], criteria=(reworded, *MATRIX.sections[0].criteria[1:]))
    other = replace(LATER, matrix=replace(MATRIX, sections=(section, *MATRIX.sections[1:])))
    assert any(
        each.startswith("Not compared: Approach to innovation (") for each in then_and_now_sentences(other, ASSESSMENT)
    )
    again = then_and_now_sentences(ASSESSMENT, ASSESSMENT)
    assert again[0].endswith("on 20 November 2026, the same.")
    means = then_and_now_sentences(replace(LATER, ratings=(Rating(criterion="sharing", level=6),)), SURVEY)
    assert means[0].startswith(
        "Sharing between teams: 5.5 (rounds to 6: Pockets of good practice) on 20 November 2026, 6 ("
    )


def test_the_plan_read_aloud() -> None:
    assert plan_sentences(ASSESSMENT) == (
        "1. Do now: Invite a librarian to the handover. For A librarian on the ward. Ward sister, by 4 January 2027. "
        "It is done.",
        "2. An idea, undecided: Show the night staff the list of ideas. For Approach to innovation. No owner and no "
        "day yet.",
        "3. Next: Hold a review of the last idea. For Approach to innovation. Bed manager, by 1 February 2027.",
        "4. Not for us: Set up a forum. For Approach to innovation. Because: we are a small team.",
        "5. Undecided: Read the alerts on Fridays. For Alerts. Porter, by 3 May 2027.",
        "6. An idea, later: Ask for a search before each audit. Pharmacist, no day yet.",
    )
    silent = replace(ASSESSMENT, actions=(replace(ASSESSMENT.actions[3], reason=" ", criterion=None),))
    assert plan_sentences(silent) == ("1. Not for us: Set up a forum. No reason is given.",)


def test_the_rounding_rule_has_an_example_on_the_scale() -> None:
    rule = "A mean belongs to the band that holds its nearest whole level, halves up: "
    assert rounding_rule(MATRIX) == f"{rule}3.5 rounds to 4 (In early stages)."
    assert rounding_rule(MATURITY) == f"{rule}1.5 rounds to 2 (High)."
    one = replace(MATRIX, bands=(replace(MATRIX.bands[0], levels=(1, 12)),))
    assert rounding_rule(one) == f"{rule}1.5 rounds to 2 (Nothing in place)."
    assert mean_with_band(MATRIX, 3.5) == "3.5 (rounds to 4: In early stages)"


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_sentences_of_surveys_and_plans_are_clean_and_on_one_line(text: str) -> None:
    survey = survey_with(text)
    spoken = (
        *(*chart_sentences(survey), *summary_sentences(survey), *disagreement_sentences(survey)),
        *(
            *plan_sentences(survey),
            *then_and_now_sentences(assessment_with(text), survey),
            rounding_rule(survey.matrix),
        ),
    )
    for words in spoken:
        assert not set("\n\r\x1b\x00\x9b\u202e\ud800") & set(words)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_sentences_are_clean_and_on_one_line(text: str) -> None:
    for words in (*chart_sentences(assessment_with(text)), *summary_sentences(assessment_with(text))):
        assert not set("\n\r\x1b\x00\x9b\u202e\ud800") & set(words)
        assert words.endswith(".")
