"""Set-ups, responses, and what an assessment takes from both: every mistake with its place."""

# ruff: noqa: E501 - a file and what is said of it are easier to compare where each is one line

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kmtui.content.answers import read_answers, read_response, read_set_up
from kmtui.content.check import check_file, kind_of
from kmtui.content.document import open_text
from kmtui.content.library import Library
from kmtui.model.answers import AssessmentAnswers, PlannedAnswer, ResponseAnswers, SetUpAnswers
from kmtui.model.errors import WrongContent
from kmtui.model.rating import Rating
from kmtui.model.session import Person
from kmtui.model.setup import LeftOut, LocalOption, Objective
from tests.content.helpers import small_library
from tests.content.surveys import ID, SHIPPED_SURVEY

HERE = Path("f")

SET_UP = """\
set_up: Every winter
team: Ward 7
matrix: small
organisation: Trust
on_behalf_of: the whole team
people: [Ward sister, {role: Porter, count: 3}]
objectives:
  - Fewer falls
  - {text: Learn more, criteria: [first, second]}
leave_out: {second: not our work}
options:
  - {criterion: first, text: Ask us, technique: talk, service: library, bands: [low]}
feedback: 2026-12-01
way: survey
"""


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return small_library(tmp_path)


def _wrong(read: object, *given: object) -> list[str]:
    assert callable(read)
    with pytest.raises(WrongContent) as caught:
        read(HERE, *given)
    return [str(problem).removeprefix("f:") for problem in caught.value.problems]


def test_a_whole_set_up(library: Library) -> None:
    assert read_set_up(HERE, library, SET_UP) == (
        SetUpAnswers(
            set_up="Every winter",
            team="Ward 7",
            matrix="small",
            organisation="Trust",
            on_behalf_of="the whole team",
            people=(Person(role="Ward sister"), Person(role="Porter", count=3)),
            objectives=(Objective(text="Fewer falls"), Objective(text="Learn more", criteria=("first", "second"))),
            left_out=(LeftOut(criterion="second", reason="not our work"),),
            options=(
                LocalOption(criterion="first", text="Ask us", technique="talk", service="library", bands=("low",)),
            ),
            feedback=date(2026, 12, 1),
            way="survey",
        ),
        (),
    )
    assert read_set_up(HERE, library, "set_up: x\nteam: y\nleave_out: [first]")[0].left_out == (
        LeftOut(criterion="first"),
    )


def test_all_mistakes_of_a_set_up_at_once(library: Library) -> None:
    assert _wrong(
        read_set_up,
        library,
        "set_up:\nteam: y\nway: grup\nobjectives: [{text: a, criteria: [frist]}, {criteria: []}]\n"
        "leave_out: {sceond: x, first: [y]}\noptions: [{criterion: x, text: a, bands: [lo]}, {text: b, technique: tea}]\n"
        "feedback: soon\nlevel: 3\npeople: [{role: a, count: 0}]\n",
    ) == [
        '1:8: "set_up" is empty: write a text',
        '3:6: "way" takes group or survey, not "grup": did you mean "group"?',
        '4:35: objective 1: unknown criterion "frist": did you mean "first"?',
        '4:44: objective 2: "text" is missing: add text: with a text',
        '5:13: leave_out: unknown criterion or section "sceond": did you mean "second"?',
        '5:31: "first" in leave_out takes a text: write why it is left out',
        '6:23: option 1: unknown criterion "x". Known: first and second.',
        '6:43: option 1: unknown band "lo": did you mean "low"?',
        '6:49: option 2: "criterion" is missing: add criterion: with a text',
        '6:70: warning: option 2: the technique "tea" is not installed',
        '7:11: "feedback" takes a date, not "soon": write it as 2026-11-30',
        '8:1: unknown key "level". Known: set_up, team, matrix, organisation, on_behalf_of, people, objectives, '
        "leave_out, options, feedback and way.",
        '9:27: person 1: "count" has to be 1 or more, not 0',
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("leave_out: [one]", '1:12: every criterion is left out: keep at least one'),
        ("leave_out: first", '1:12: "leave_out" takes ids with a reason each, or a list of ids: write for example {first: the reason}'),
        ("leave_out: [[a]]", '1:13: "leave_out" takes ids: write the id of a criterion or a section'),
        ("matrix: smal", '1:9: unknown matrix "smal": did you mean "small"?'),
    ],
)  # fmt: skip
def test_what_a_team_cannot_leave_out(library: Library, text: str, message: str) -> None:
    assert message in _wrong(read_set_up, library, f"{text}\nset_up: x\nteam: y\n")


def test_an_assessment_with_what_was_agreed_and_a_plan(library: Library) -> None:
    answers, problems = read_answers(
        HERE,
        library,
        "assess: small\nobjectives: [a]\nleave_out: {second: not ours}\nfeedback: 2026-12-01\n"
        "options: [{criterion: first, text: Ask us}]\nratings: {first: {level: 3, contact: Ward sister}, second: }\n"
        "actions:\n  - {action: x, criterion: first, option: local-1, objective: a, priority: not-for-us, reason: r,"
        " dots: 3, effort: low, benefit: high, outcome: o}\n  - {action: y, criterion: first, option: do}\n",
    )
    assert problems == ()
    assert answers == AssessmentAnswers(
        assess="small",
        objectives=(Objective(text="a"),),
        left_out=(LeftOut(criterion="second", reason="not ours"),),
        feedback=date(2026, 12, 1),
        options=(LocalOption(criterion="first", text="Ask us"),),
        ratings=(Rating(criterion="first", level=3, contact="Ward sister"),),
        actions=(
            PlannedAnswer(
                action="x", criterion="first", option="local-1", objective="a", priority="not-for-us", reason="r",
                dots=3, effort="low", benefit="high", outcome="o",
            ),
            PlannedAnswer(action="y", criterion="first", option="do"),
        ),
    )  # fmt: skip


def test_mistakes_in_a_plan_and_ratings_of_what_is_left_out(library: Library) -> None:
    assert _wrong(
        read_answers,
        library,
        "assess: small\nleave_out: [second]\nratings:\n  second: 3\nactions:\n  - {action: x, criterion: second}\n"
        "  - {action: x, criterion: first, option: doo, dots: -1}\n  - {action: x, option: do}\n"
        "  - {action: x, priority: soon, effort: small}\n",
    ) == [
        '4:3: the criterion "second" is left out: take its rating away, or use it',
        '6:28: action 1: the criterion "second" is left out: take one of the two away',
        '7:43: action 2: unknown option of "first": "doo": did you mean "do"?',
        '7:54: action 2: "dots" has to be 0 or more, not -1',
        '8:25: action 3: "option" needs the criterion that it is an option of: add criterion:',
        '9:27: action 4: "priority" takes now, next, later or not-for-us, not "soon"',
        '9:41: action 4: "effort" takes low, medium or high, not "small"',
    ]


def test_a_response(library: Library) -> None:
    text = f"survey: {ID[:4].upper()}\nrole: Porter\nratings:\n  sharing: {{level: 7, rationale: r}}\n  plans: {{skip: not-for-us}}\n"
    assert read_response(HERE, SHIPPED_SURVEY, text) == (
        ResponseAnswers(
            survey=ID,
            role="Porter",
            ratings=(
                Rating(criterion="plans", skip="not-for-us"),
                Rating(criterion="sharing", level=7, rationale="r"),
            ),
        ),
        (),
    )
    assert _wrong(
        read_response,
        SHIPPED_SURVEY,
        "survey: zzz\nratings:\n  sharin: 3\n  sharing: {level: 13, target: 4}\n  plans: {skip: parked}\nteam: x\n",
    ) == [
        '1:9: it answers the survey "zzz", not 0123456789ab: import it there',
        '3:3: unknown criterion "sharin": did you mean "sharing"?',
        '4:24: criterion "sharing": unknown key "target". Known: level, skip and rationale.',
        '5:17: criterion "plans": "skip" takes dont-know or not-for-us, not "parked"',
        '6:1: unknown key "team". Known: survey, role and ratings.',
    ]


def test_a_file_for_another_command(library: Library) -> None:
    assert _wrong(read_answers, library, SET_UP)[0].startswith("1:9: this holds the set-up of a team")
    assert _wrong(read_answers, library, "survey: x\nratings: {}")[0].startswith("1:9: this holds one person's answers")
    assert _wrong(read_set_up, library, "assess: small")[0].startswith("1:9: this holds the answers of an assessment")
    assert _wrong(read_set_up, library, "technique: talk")[0].startswith("1:12: this holds the answers of a session")
    assert _wrong(read_response, SHIPPED_SURVEY, SET_UP)[0].startswith("1:9: this holds the set-up")
    assert _wrong(read_set_up, library, "set_up: x\nassess: small") == [
        '1:9: "assess" and "set_up" exclude each other: keep one of them'
    ]


def test_check_knows_a_set_up_and_a_response_by_their_content(tmp_path: Path, library: Library) -> None:
    assert kind_of(open_text(SET_UP, "f")) == "set-up"
    assert kind_of(open_text("survey: x\nratings: {}", "f")) == "response"
    path = tmp_path / "x.yaml"
    path.write_text(SET_UP.replace("second: not", "secnd: not"))
    assert [problem.line for problem in check_file(path, library)] == [10]
    path.write_text(SET_UP)
    assert check_file(path, library) == ()
    path.write_text("survey: x\nratings: {}")
    assert [problem.severity for problem in check_file(path, library)] == ["warning"]
