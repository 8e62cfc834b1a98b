"""Reports: their order, what they leave out, and that no text of anyone's becomes structure."""

from __future__ import annotations

from collections import Counter

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kmtui.analysis.survey import result_of
from kmtui.model.assessment import Assessment
from kmtui.model.plan import Planned
from kmtui.model.rating import Rating
from kmtui.model.session import Action, Entry, Lesson, Person, Session
from kmtui.model.setup import LeftOut, Objective
from kmtui.report.assessment_markdown import assessment_markdown
from kmtui.report.parts import minutes_in_words, technique_name
from kmtui.report.session_markdown import session_markdown
from kmtui.report.words import rounding_rule
from kmtui.text import clean
from tests.hostile import HOSTILE
from tests.model.test_matrix import MATURITY
from tests.report.examples import ASSESSMENT, DAY, FEW, HELD, LATER, MATRIX, OPEN_SURVEY, RESPONSES, SESSION, SURVEY
from tests.report.hostile_records import assessment_with, session_with, survey_with
from tests.report.reader import as_read, on_one_line, read, without_front_matter
from tests.report.records import assessments

TOLD = [text for text in HOSTILE if clean(text).strip()]
BLANK = [text for text in HOSTILE if not clean(text).strip()]
EMPTY_SESSION = Session(
    id=SESSION.id, created=SESSION.created, changed=SESSION.changed, technique=SESSION.technique, date=SESSION.date
)
EMPTY_ASSESSMENT = Assessment(
    id=ASSESSMENT.id, created=ASSESSMENT.created, changed=ASSESSMENT.changed, matrix=MATRIX, date=ASSESSMENT.date
)


def headings(markdown: str) -> list[str]:
    return [line for line in without_front_matter(markdown).split("\n") if line.startswith("#")]


def structure(markdown: str) -> list[str]:
    return read(without_front_matter(markdown))[0]


def texts(markdown: str) -> list[str]:
    return read(without_front_matter(markdown))[1]


def check_holds(markdown: str, text: str, times: int) -> None:
    """Whole and on one line, the text has to be there at least so many times."""
    whole = "\n".join(texts(markdown))
    assert whole.count(as_read(text)) + whole.count(on_one_line(text)) >= times


@pytest.mark.parametrize("text", TOLD, ids=range(len(TOLD)))
def test_no_hostile_text_changes_the_structure_of_a_session(text: str) -> None:
    markdown = session_markdown(session_with(text), with_names=True)
    assert structure(markdown) == structure(session_markdown(session_with("word"), with_names=True))
    check_holds(markdown, text, 20)


@pytest.mark.parametrize("text", TOLD, ids=range(len(TOLD)))
def test_no_hostile_text_changes_the_structure_of_an_assessment(text: str) -> None:
    markdown = assessment_markdown(assessment_with(text), technique_names={"after-action-review": text})
    assert structure(markdown) == structure(assessment_markdown(assessment_with("word")))
    check_holds(markdown, text, 20)


@pytest.mark.parametrize("text", TOLD, ids=range(len(TOLD)))
def test_no_hostile_text_changes_the_structure_of_a_survey(text: str) -> None:
    markdown = assessment_markdown(survey_with(text), technique_names={"after-action-review": text})
    assert structure(markdown) == structure(assessment_markdown(survey_with("word")))
    check_holds(markdown, text, 60)


@pytest.mark.parametrize("text", TOLD, ids=range(len(TOLD)))
def test_no_hostile_text_changes_the_structure_of_what_was_before(text: str) -> None:
    def with_before(words: str) -> str:
        now = replace(assessment_with(words), ratings=(Rating(criterion="innovation", level=5, rationale=words),))
        return assessment_markdown(now, before=assessment_with(words), held=HELD)

    assert structure(with_before(text)) == structure(with_before("word"))


@settings(deadline=None, max_examples=60)
@given(st.text(min_size=1).filter(lambda text: bool(clean(text).strip())))
def test_no_text_at_all_changes_the_structure(text: str) -> None:
    assert structure(session_markdown(session_with(text))) == structure(session_markdown(session_with("word")))
    plain = structure(assessment_markdown(assessment_with("word")))
    assert structure(assessment_markdown(assessment_with(text))) == plain
    assert structure(assessment_markdown(survey_with(text))) == structure(assessment_markdown(survey_with("word")))


@pytest.mark.parametrize("text", BLANK, ids=range(len(BLANK)))
def test_blank_fields_leave_no_trace(text: str) -> None:
    bare = replace(EMPTY_SESSION, ended=SESSION.ended)
    blank = replace(
        bare,
        team=text,
        entries=(Entry(id="a", step="expected", text=text),),
        lessons=(Lesson(id="b", lesson=text, cause=text),),
        parked=(text,),
    )
    assert structure(session_markdown(blank)) == structure(session_markdown(bare))
    rated = replace(EMPTY_ASSESSMENT, ratings=(Rating(criterion="search", level=3),))
    said = Rating(criterion="search", level=3, rationale=text, example=text, same_for_everyone=text, enough=text)
    said = replace(said, contact=text)
    blank_too = replace(
        rated,
        ratings=(said,),
        organisation=text,
        on_behalf_of=text,
        opening=text,
        parked=(text,),
        setup=text,
        objectives=(Objective(text=text),),
        left_out=(LeftOut(criterion="gone", name=text, reason=text),),
    )
    assert structure(assessment_markdown(blank_too)) == structure(assessment_markdown(rated))


def test_first_what_was_learned_and_who_does_what_then_how_it_came_about() -> None:
    assert headings(session_markdown(SESSION)) == [
        "# Moving Ward 7: After Action Review",
        "## What we learned",
        "## Who does what",
        "## What was supposed to happen",
        "## What happened",
        "## Why there was a difference",
        "## Parked for another time",
    ]


def test_front_matter_of_both_reports_is_read_as_yaml() -> None:
    session = yaml.safe_load(session_markdown(SESSION).split("---\n")[1])
    assert session["id"] == SESSION.id
    assert (session["kind"], session["technique"], session["technique_version"]) == (
        "session",
        "after-action-review",
        "1.0",
    )
    assert (session["title"], session["team"], session["date"]) == ("Moving Ward 7", "Ward 7", "2026-11-20")
    assert session["finished"] is True
    assert session["made_by"].startswith("kmtui ")
    assessment = yaml.safe_load(assessment_markdown(ASSESSMENT).split("---\n")[1])
    assert (assessment["kind"], assessment["matrix"], assessment["matrix_version"]) == ("assessment", "small", "1.0")
    assert "title" not in assessment


def test_no_ids_in_the_text() -> None:
    for markdown in (
        session_markdown(SESSION),
        assessment_markdown(ASSESSMENT),
        assessment_markdown(SURVEY, held=HELD),
        assessment_markdown(LATER, before=ASSESSMENT, held=HELD),
    ):
        text = without_front_matter(markdown)
        for own in (
            SESSION.id,
            ASSESSMENT.id,
            SURVEY.id,
            LATER.id,
            "library-space",
            "not-for-us",
            "learning-before",
            "g1",
            "peer-assist",
            "e2",
        ):
            assert own not in text


def test_what_is_private_never_appears() -> None:
    answering = Entry(id="z", step="why", text="Somebody was tired", answers="e5")
    session = replace(SESSION, entries=(*SESSION.entries, answering))
    for with_names in (False, True):
        markdown = session_markdown(session, with_names=with_names)
        assert "Sam kept quiet" not in markdown
        assert "The facilitator's notes" not in markdown
        assert "half a thought" not in markdown
        assert "hold on to that" not in markdown
        assert "- Somebody was tired\n" in markdown


def test_names_only_when_asked_for() -> None:
    assert "Jo Smith" not in session_markdown(SESSION)
    assert "Jo Smith" not in assessment_markdown(ASSESSMENT)
    assert "ward sister Jo Smith" in session_markdown(SESSION, with_names=True)
    assert "- Two beds went to the wrong bay (Jo Smith)\n" in session_markdown(SESSION, with_names=True)
    assert "ward sister Jo Smith" in assessment_markdown(ASSESSMENT, with_names=True)


def test_an_empty_session_says_what_is_known() -> None:
    assert without_front_matter(session_markdown(EMPTY_SESSION)) == (
        "\n# After Action Review\n\n20 November 2026\n\nNot finished yet: the session is at “Welcome”.\n"
    )


def test_an_empty_assessment_says_what_is_not_yet_discussed() -> None:
    text = without_front_matter(assessment_markdown(EMPTY_ASSESSMENT))
    assert "Not finished yet" in text
    assert "- None of the seven criteria has an answer yet.\n" in text
    assert "Not yet discussed: A librarian on the ward, Evidence searches, Alerts.\n" in text
    assert "|" not in text
    assert [line for line in text.split("\n") if line.startswith("#")] == [
        "# Knowledge mobilisation self-assessment",
        "## Behaviours",
        "## Knowledge services",
        "## What comes later",
    ]


def test_no_heading_is_empty() -> None:
    for markdown in (
        session_markdown(SESSION),
        session_markdown(EMPTY_SESSION),
        assessment_markdown(ASSESSMENT),
        assessment_markdown(EMPTY_ASSESSMENT),
        assessment_markdown(SURVEY),
        assessment_markdown(FEW),
        assessment_markdown(OPEN_SURVEY),
        assessment_markdown(LATER, before=ASSESSMENT),
    ):
        tokens = structure(markdown)
        assert tokens[-1] != "heading_close"
        assert not any(line.rstrip() in ("#", "##", "###", "-") for line in markdown.split("\n"))


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, ""), (30, ""), (31, "1 minute"), (89, "1 minute"), (100, "2 minutes"), (1020.5, "17 minutes")],
)
def test_minutes_in_words(seconds: float, words: str) -> None:
    assert minutes_in_words(replace(SESSION, spent={"a": seconds / 2, "b": seconds / 2})) == words


def test_columns_are_there_where_they_say_something() -> None:
    plain = replace(SESSION, actions=(Action(id="a", action="Do it"),))
    assert "| Action | Owner | By |\n" in session_markdown(plain)
    signed = replace(SESSION, actions=(Action(id="a", action="Do it", done_when="it is done"),))
    assert "| Action | Owner | By | We know it worked when |\n" in session_markdown(signed)
    done = replace(SESSION, actions=(Action(id="a", action="Do it", state="dropped"), Action(id="b", action="That")))
    assert "| Action | Owner | By | State |\n" in session_markdown(done)
    assert "| Do it |  |  | Dropped |\n| That |  |  | Open |\n" in session_markdown(done)
    foreign = replace(
        EMPTY_ASSESSMENT, actions=(Planned(id="a", action="Do it", owner="We", due=DAY, criterion="gone"),)
    )
    assert "| Action | Owner | By |\n" in assessment_markdown(foreign)


def test_a_technique_that_is_not_installed_is_named_by_its_id_in_words() -> None:
    assert technique_name("peer-assist", {}) == "Peer assist"
    assert technique_name("peer-assist", {"peer-assist": "Peer Assist"}) == "Peer Assist"


def test_lines_of_the_tenth_lesson_stay_with_it() -> None:
    lessons = tuple(Lesson(id=str(number), lesson=f"Lesson {number}", cause="so") for number in range(12))
    found = Counter(structure(session_markdown(replace(EMPTY_SESSION, lessons=lessons))))
    assert (found["ordered_list_open"], found["list_item_open"], found["paragraph_open"]) == (1, 12, 14)


def test_a_last_line_of_figures_gets_no_full_stop() -> None:
    session = replace(EMPTY_SESSION, lessons=(Lesson(id="a", lesson="We moved in\n2026", cause="Ward 7"),))
    assert "**We moved in\\\n   2026**\n   Why: Ward 7.\n" in session_markdown(session)


def test_the_options_are_those_for_the_band_of_the_widest_gaps() -> None:
    text = assessment_markdown(ASSESSMENT).partition("## Options")[2]
    assert "Set up a forum" not in text
    assert (
        "- Review the last idea (with: After action review)\n- Ask for a monthly alert (with: current awareness)"
        in text
    )
    no_options = replace(ASSESSMENT, ratings=(Rating(criterion="sharing", level=1, target=12),))
    assert "## Options" not in assessment_markdown(no_options)


def test_a_report_on_another_scale_and_without_some_texts() -> None:
    bare = replace(MATURITY, opening_question="", notice="")
    assessment = replace(
        EMPTY_ASSESSMENT,
        matrix=bare,
        title="Spring",
        people=(Person(role="Nurse"),),
        opening="We do.",
        ratings=(Rating(criterion="a", level=2.5, same_for_everyone=False, target=3),),
    )
    text = without_front_matter(assessment_markdown(assessment))
    assert "# Spring: Another model\n\n20 November 2026 · one person (Nurse)\n" in text
    assert "## To begin with\n\nWe do.\n" in text
    assert "**Level 2.5 of 3: High**\n\n- The same for everyone: no.\n- Target: 3, half a level to go.\n" in text
    assert "| One | 2.5 (rounds to 3) | High | 1 of 1 |\n" in text
    assert text.endswith("Matrix: Another model, version 2.\n")


def test_a_session_begun_from_a_plan_says_for_what_it_was_held() -> None:
    text = session_markdown(SESSION, held_for="Learning before we start")
    assert "17 minutes\n\nHeld for: Learning before we start.\n\n## What we learned" in text
    assert "Held for" not in session_markdown(SESSION)


def test_a_survey_says_where_people_differ_before_any_mean_of_a_section() -> None:
    assert headings(assessment_markdown(SURVEY))[:9] == [
        "# Knowledge mobilisation self-assessment",
        "## Where we differ",
        "## Where we stand",
        "## What we want to achieve",
        "## Who does what",
        "## Ideas, which nobody has taken on yet",
        "## Not for us",
        "## How can we be sure that we use what we know?",
        "## Behaviours",
    ]
    rows = assessment_markdown(SURVEY).partition("## Where we differ")[2].split("\n")[4:10]
    assert [row.split(" | ")[0].removeprefix("| ") for row in rows] == [
        "Approach to innovation",
        "Sharing between teams",
        "A librarian on the ward",
        "Learning before we start",
        "Evidence searches",
        "Alerts",
    ]
    assert rows[0] == (
        "| Approach to innovation | 7 | from 2 to 11 | 4.1 | three Nothing in place, two Pockets of good practice, "
        "two Business as usual | 6.3 (rounds to 6: Pockets of good practice) | 5 (In early stages) |"
    )
    assert rows[4].startswith("| Evidence searches | 3 | not shown | not shown | not shown | 5.7 (rounds to 6: ")
    assert rows[5] == "| Alerts | 2 | not shown | not shown | not shown | not shown |  |"


def test_what_a_group_agreed_stands_beside_what_individuals_answered() -> None:
    text = assessment_markdown(SURVEY)
    part = text.partition("### Approach to innovation")[2].partition("###")[0]
    assert part.index("**Mean of the answers: 6.3 (rounds to 6: Pockets of good practice)**") < part.index(
        "Agreed since by a group: **Level 5 of 12: In early stages**"
    )
    assert "- We hear of new ideas last\n" in part
    assert "- Why: It depends on the shift.\n" in part
    sharing = text.partition("### Sharing between teams")[2].partition("##")[0]
    assert "Said since by a group:\n\n- Target: 7.\n" in sharing


def test_few_answers_are_counted_and_nothing_more() -> None:
    text = assessment_markdown(FEW)
    assert "so that nobody can work out who answered what." in text
    for told in ("We hear of new ideas last", "from 2 to 11", "standard deviation ", "nurse", "said “don't know”"):
        assert told not in text
    assert "so that nobody" not in assessment_markdown(replace(SURVEY, survey=None, closed=None))
    assert "- Nobody answered the survey.\n" in assessment_markdown(replace(FEW, survey=result_of(MATRIX, ())))


def test_more_answers_than_five_may_be_asked_for() -> None:
    text = assessment_markdown(replace(SURVEY, survey=result_of(MATRIX, RESPONSES, fewest=7)))
    assert "Where too few people answered, only their number is shown" in text
    assert "Six answers, too few to show more of them.\n" in text


def test_an_open_survey_tells_nothing_of_answers() -> None:
    text = without_front_matter(assessment_markdown(OPEN_SURVEY, before=ASSESSMENT))
    assert "Responses are still coming in, until 1 December 2026." in text
    assert "## What we agreed last time" in text
    for heading in ("## Then and now", "## Where we differ", "## Behaviours"):
        assert heading not in text


def test_then_and_now_stand_beside_each_other_and_the_first_fall_is_explained_once() -> None:
    text = assessment_markdown(LATER, before=ASSESSMENT, held=HELD)
    assert (
        "| Approach to innovation | 6 (Pockets of good practice) | 5 (In early stages) | One level lower. A first fall "
        "often means better understanding: people see more now of what there is to do. | The night staff hear of new "
        "ideas last | We look more closely now |\n" in text
    )
    assert (
        "| Learning before we start | 3 (Nothing in place) | 6 (Pockets of good practice) | Three levels higher |"
        in text
    )
    assert text.count("A first fall") == 1
    assert "| A librarian on the ward | 2 (Nothing in place) | 1 (Nothing in place) | One level lower |" in text


def test_a_mean_then_is_told_with_its_rounding() -> None:
    text = assessment_markdown(replace(LATER, ratings=(Rating(criterion="sharing", level=6),)), before=SURVEY)
    assert (
        "| Sharing between teams | 5.5 (rounds to 6: Pockets of good practice) | 6 (Pockets of good practice) |" in text
    )


def test_what_was_agreed_last_time_is_told_with_what_came_of_it() -> None:
    text = assessment_markdown(LATER, before=ASSESSMENT, held=HELD).partition("## What we agreed last time")[2]
    assert text.startswith("\n\nOn 20 November 2026.\n\n| Action | Owner | By | State |")
    assert (
        "| Done |  | A librarian on the ward | Peer assist | She comes on Mondays | Two drug charts were changed |"
        in text
    )
    assert "| After Action Review on 3 December 2026: three lessons |\n" in text
    assert (
        "Ideas that nobody took on: Show the night staff the list of ideas; Ask for a search before each audit.\n"
        in text
    )
    nothing = assessment_markdown(LATER, before=replace(ASSESSMENT, actions=()))
    assert "What we agreed last time" not in nothing


def test_ideas_and_what_is_not_for_us_stand_apart_from_actions() -> None:
    text = assessment_markdown(ASSESSMENT)
    table = text.partition("## Who does what")[2].partition("## ")[0]
    assert table.count("\n| ") == 4
    only_ideas = replace(ASSESSMENT, actions=ASSESSMENT.actions[1:2])
    assert "## Who does what" not in assessment_markdown(only_ideas)


def test_the_rounding_rule_is_shown_with_an_example_on_the_scale() -> None:
    rule = "A mean belongs to the band that holds its nearest whole level, halves up: "
    assert f"{rule}3.5 rounds to 4 (In early stages).\n" in assessment_markdown(ASSESSMENT)
    assert rule not in assessment_markdown(EMPTY_ASSESSMENT)
    assert rounding_rule(MATURITY) == f"{rule}1.5 rounds to 2 (High)."


@settings(deadline=None, max_examples=40)
@given(assessments(), assessments())
def test_any_two_assessments_make_a_report(now: Assessment, before: Assessment) -> None:
    assert assessment_markdown(replace(now, matrix=before.matrix, ratings=before.ratings, survey=None), before=before)
    assert assessment_markdown(now, before=before)
