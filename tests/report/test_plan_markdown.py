"""The plan: what is done by whom, ideas apart from actions, and one page for a board."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from kmtui.model.assessment import Assessment
from kmtui.model.lines import RecordLine
from kmtui.model.plan import Planned
from kmtui.report.assessment_markdown import assessment_markdown
from kmtui.report.plan_markdown import board_markdown, plan_markdown
from kmtui.report.plan_parts import held_in_words
from kmtui.text import clean
from tests.hostile import HOSTILE
from tests.report.examples import ASSESSMENT, DAY, FEW, HELD, MATRIX, OPEN_SURVEY, SURVEY
from tests.report.hostile_records import assessment_with, survey_with
from tests.report.reader import read, without_front_matter
from tests.report.records import assessments

TOLD = [text for text in HOSTILE if clean(text).strip()]
ACTION = Planned(id="a", action="Do it", owner="We", due=DAY)


def structure(markdown: str) -> list[str]:
    return read(without_front_matter(markdown))[0]


def headings(markdown: str) -> list[str]:
    return [line for line in without_front_matter(markdown).split("\n") if line.startswith("#")]


def planned(*actions: Planned) -> Assessment:
    return replace(ASSESSMENT, actions=actions)


@pytest.mark.parametrize("text", TOLD, ids=range(len(TOLD)))
def test_no_hostile_text_changes_the_structure(text: str) -> None:
    for record in (assessment_with, survey_with):
        assert structure(plan_markdown(record(text))) == structure(plan_markdown(record("word")))
        assert structure(board_markdown(record(text))) == structure(board_markdown(record("word")))


@settings(deadline=None, max_examples=40)
@given(assessments())
def test_any_assessment_has_a_plan_and_a_page(assessment: Assessment) -> None:
    page = board_markdown(assessment)
    assert len(page.split("\n")) <= 60
    assert page.count("\n## ") >= 2
    assert without_front_matter(plan_markdown(assessment)).startswith("\n# ")


def test_the_plan_begins_with_the_page_for_a_board_and_goes_by_priority() -> None:
    page = without_front_matter(board_markdown(ASSESSMENT)).partition("\n## ")[2]
    assert page in without_front_matter(plan_markdown(ASSESSMENT))
    assert headings(plan_markdown(ASSESSMENT))[4:] == [
        "## What we do, by when",
        "## The whole plan",
        "### Do now",
        "### Next",
        "### Not for us",
        "### Not yet put in order",
        "### Ideas, which nobody has taken on yet",
    ]


def test_an_idea_is_no_row_of_a_table() -> None:
    for markdown in (plan_markdown(ASSESSMENT), assessment_markdown(ASSESSMENT)):
        for idea in ("Show the night staff", "Ask for a search"):
            assert f"\n- {idea}" in markdown
            assert f"| {idea}" not in markdown
    assert "- Ask for a search before each audit (later; Pharmacist, no day yet; in June)\n" in plan_markdown(
        ASSESSMENT
    )


def test_the_three_that_are_not_for_us_say_why() -> None:
    assert "| Set up a forum | we are a small team | Approach to innovation |" in plan_markdown(ASSESSMENT)
    assert "- Set up a forum. Because: we are a small team.\n" in assessment_markdown(ASSESSMENT)


def test_sessions_stand_with_the_action_from_which_they_were_begun() -> None:
    for markdown in (plan_markdown(ASSESSMENT, held=HELD), assessment_markdown(ASSESSMENT, held=HELD)):
        found = [
            line for line in markdown.split("\n") if "After Action Review on 3 December 2026: three lessons |" in line
        ]
        assert [line.split(" | ")[0] for line in found] == ["| Hold a review of the last idea"]


def test_a_session_that_goes_on_says_so() -> None:
    line = HELD["h3"][0]
    going = replace(line, finished=False, lessons=0)
    one = replace(line, lessons=1, about_name="Peer Assist", date=date(2027, 1, 2))
    assert held_in_words((going, one)) == (
        "After Action Review on 3 December 2026: not ended yet; Peer Assist on 2 January 2027: one lesson"
    )
    assert held_in_words((replace(line, lessons=0),)) == "After Action Review on 3 December 2026: no lessons"


def test_what_is_done_first_stands_first_on_the_page_and_the_rest_is_counted() -> None:
    many = [replace(ACTION, id=f"l{number}", action=f"Later {number}", priority="later") for number in range(9)]
    page = board_markdown(
        planned(
            replace(ACTION, id="u", action="Undecided"),
            *many,
            replace(ACTION, id="n", action="Then this", priority="next"),
            replace(ACTION, id="o", action="First this", priority="now"),
            replace(ACTION, id="i", due=None),
            replace(ACTION, id="x", priority="not-for-us"),
            replace(ACTION, id="d", state="done"),
            replace(ACTION, id="e", state="dropped"),
        )
    )
    rows = [line.split(" | ")[0].removeprefix("| ") for line in page.split("\n") if line.startswith("| ")]
    assert rows == ["Action", "First this", "Then this", *(f"Later {number}" for number in range(8))]
    assert (
        "Also in the plan: two more actions, one action already done, one action dropped, one idea that nobody has "
        "taken on yet and one suggestion that is not for us.\n" in page
    )


def test_a_page_without_actions_says_so() -> None:
    assert "## What we do, by when\n\nNothing is planned yet.\n" in board_markdown(planned())
    only_ideas = board_markdown(planned(replace(ACTION, owner="")))
    assert "Nothing open has both an owner and a day.\n\nAlso in the plan: one idea" in only_ideas
    assert "## The whole plan" not in plan_markdown(planned())


def test_the_page_says_where_we_differ() -> None:
    assert "- Approach to innovation: not the same for everyone: not at night\n" in board_markdown(ASSESSMENT)
    everywhere = tuple(
        replace(ASSESSMENT.rating(each.id), level=None, skip="parked", target=None, same_for_everyone=False)
        for each in MATRIX.criteria
    )
    page = board_markdown(replace(ASSESSMENT, ratings=everywhere))
    assert page.count("it is not the same for everyone.") == 3
    assert "- Four more criteria that differ, in the report.\n" in page
    survey = board_markdown(SURVEY)
    assert "- Approach to innovation: seven answers, from 2 to 11.\n" in survey
    assert "standard deviation" not in survey  # a page for a board
    assert "Learning before" not in survey  # all answers are the same
    assert "- Too few people answered to show how far they differ.\n" in board_markdown(FEW)


def test_the_page_of_an_open_survey_tells_nothing_of_answers() -> None:
    page = board_markdown(OPEN_SURVEY)
    assert "## Where we stand\n\nResponses are still coming in, until 1 December 2026." in page
    assert "## Where we differ" not in page


def test_a_page_stays_a_page_however_large_the_matrix() -> None:
    sections = tuple(
        replace(
            MATRIX.sections[0],
            id=f"s{number}",
            criteria=tuple(replace(each, id=f"{each.id}-{number}") for each in MATRIX.sections[0].criteria),
        )
        for number in range(40)
    )
    matrix = replace(MATRIX, sections=sections)
    ratings = tuple(replace(ASSESSMENT.ratings[0], criterion=each.id) for each in matrix.criteria)
    actions = tuple(replace(ACTION, id=str(number), action="word " * 200) for number in range(60))
    page = board_markdown(replace(ASSESSMENT, matrix=matrix, ratings=ratings, actions=actions, opening="word " * 999))
    assert len(page.split("\n")) <= 60
    assert len(page) < 8000
    assert "- 32 more sections are in the report.\n" in page


def test_names_only_when_asked_for() -> None:
    for made in (plan_markdown, board_markdown):
        assert "Jo Smith" not in made(ASSESSMENT)
        assert "ward sister Jo Smith" in made(ASSESSMENT, with_names=True)


def test_no_ids_in_the_text() -> None:
    line: RecordLine = HELD["h3"][0]
    text = without_front_matter(plan_markdown(ASSESSMENT, held=HELD))
    for own in (ASSESSMENT.id, line.id, "h1", "learning-before", "peer-assist", "not-for-us"):
        assert own not in text
