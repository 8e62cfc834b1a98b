"""Answers files: whole sessions and assessments, and every mistake with its place."""

# ruff: noqa: E501 - a file and what is said of it are easier to compare where each is one line

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from kmtui.content.answers import read_answers
from kmtui.content.library import Library
from kmtui.model.answers import (
    ActionAnswer,
    AssessmentAnswers,
    EntryAnswer,
    LessonAnswer,
    PlannedAnswer,
    SessionAnswers,
)
from kmtui.model.errors import WrongContent
from kmtui.model.rating import Rating
from kmtui.model.session import Person
from tests.content.helpers import DATA, small_library

HERE = Path("f")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return small_library(tmp_path)


def _read(library: Library, text: str) -> SessionAnswers | AssessmentAnswers:
    answers, problems = read_answers(HERE, library, text)
    assert problems == ()
    return answers


def _wrong(library: Library, text: str) -> list[str]:
    with pytest.raises(WrongContent) as caught:
        read_answers(HERE, library, text)
    return [str(problem).removeprefix("f:") for problem in caught.value.problems]


SESSION = """\
technique: talk
variant: whole
title: Ward move
team: Ward 7
date: 2026-11-20
people:
  - Ward sister
  - {role: Porter, count: 3, department: Estates, site: North, name: Jo}
answers:
  said:
    - All patients moved by noon
    - {text: No, by: Porter}
  why:
    - {text: The list was late, answers: 2}
    - Nobody knew
parked: [The lift]
"""

WITHOUT_VARIANTS = """\
technique: every-kind
answers:
  act: [{action: Send it, owner: Bed manager, due: 2026-12-01, review: 2027-01-15, done_when: It came, state: done, note: n}]
  learn:
    - {lesson: Tell them, context: c, cause: d, recommendation: r, tags: [moves, x], keep_or_change: keep, owner: o}
    - lesson: Only this
  ideas: []
  more:
"""


def test_a_whole_session(library: Library) -> None:
    assert _read(library, SESSION) == SessionAnswers(
        technique="talk",
        variant="whole",
        title="Ward move",
        team="Ward 7",
        date=date(2026, 11, 20),
        people=(
            Person(role="Ward sister"),
            Person(role="Porter", count=3, department="Estates", site="North", name="Jo"),
        ),
        entries={
            "said": (EntryAnswer(text="All patients moved by noon"), EntryAnswer(text="No", by="Porter")),
            "why": (EntryAnswer(text="The list was late", answers=2), EntryAnswer(text="Nobody knew")),
        },
        parked=("The lift",),
    )


def test_lessons_and_actions_and_steps_left_empty(library: Library) -> None:
    assert _read(library, WITHOUT_VARIANTS) == SessionAnswers(
        technique="every-kind",
        lessons={
            "learn": (
                LessonAnswer(
                    lesson="Tell them",
                    context="c",
                    cause="d",
                    recommendation="r",
                    tags=("moves", "x"),
                    keep_or_change="keep",
                    owner="o",
                ),
                LessonAnswer(lesson="Only this"),
            )
        },
        actions={
            "act": (
                ActionAnswer(
                    action="Send it",
                    owner="Bed manager",
                    due=date(2026, 12, 1),
                    review=date(2027, 1, 15),
                    done_when="It came",
                    state="done",
                    note="n",
                ),
            )
        },
    )


def test_the_order_is_that_of_the_steps(library: Library) -> None:
    answers = _read(library, "technique: talk\nvariant: whole\nanswers: {why: [b], said: [a]}")
    assert isinstance(answers, SessionAnswers)
    assert list(answers.entries) == ["said", "why"]


@pytest.mark.parametrize(
    "text", ["technique: talk", "technique: talk\nanswers:\n", "technique: talk\nanswers: {}\ndate:"]
)
def test_only_the_technique_is_required(library: Library, text: str) -> None:
    assert _read(library, text) == SessionAnswers(technique="talk")


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("techniqe: talk\nanswers: {}", ['1:1: unknown key "techniqe": did you mean "technique"?', '1:1: "technique" is missing: add technique: with a text']),
        ("technique:\nanswers: {}", ['1:11: "technique" is empty: write a text']),
        ("technique: tolk\ntitel: x", ['1:12: unknown technique "tolk": did you mean "talk"?', '2:1: unknown key "titel": did you mean "title"?']),
        ("technique: talk\nvariant: hole", ['2:10: unknown variant "hole": did you mean "whole"?']),
        ("technique: every-kind\nvariant: x", ['2:10: unknown variant "x". There are none.']),
        ("technique: talk\nassess: small", ['2:9: "technique" and "assess" exclude each other: keep one of them']),
        ("title: x", ['1:1: a file of answers begins with "technique:" and the id of one, or "assess:" and the id of a matrix']),
        ("- x", ['1:1: a file of answers begins with "technique:" and the id of one, or "assess:" and the id of a matrix']),
        ("", ["1:1: the file is empty"]),
        ("technique: talk\nanswers: [x]", ['2:10: "answers" takes the ids of steps, each with a list: write for example said: [one, another]']),
        ("technique: talk\nanswers: *x", ["2:10: *x would be a reference: put a text that begins with * in quotation marks"]),
        ("technique: talk\nanswers:\n  hello: [x]", ['3:3: the step "hello" takes no answers. Steps that do: said.']),
        ("technique: talk\nanswers:\n  sayd: [x]", ['3:3: unknown step "sayd": did you mean "said"? Steps that take answers: said.']),
        ("technique: talk\nvariant: whole\nanswers:\n  xyz: [x]", ['4:3: unknown step "xyz". Known: said and why.']),
        ("technique: talk\nanswers:\n  why: [x]", ['3:3: the step "why" is not part of the variant "brief": write variant: whole']),
        ("technique: talk\nvariant: whole\nanswers:\n  learn: [x]", ['4:3: the step "learn" is not part of the variant "whole": write variant: end']),
        ("technique: every-kind\nanswers:\n  rate: [5, 9]", ['3:13: step "rate": 9 is outside the scale: give a number from 1 to 5']),
        ("technique: every-kind\nanswers:\n  rate: 5", ['3:9: step "rate": it takes a list, not "5": write [one, another], or each in a line of its own that begins with "- "']),
        ("technique: every-kind\nanswers:\n  ideas: [x]\n  dots: [{entry: 2, dots: 1}]", ['4:18: step "dots": "entry" takes the number of an entry of step "ideas", which has 1 entry, not 2']),
        ("technique: every-kind\nanswers:\n  ideas: [x]\n  dots: [{entry: 1, dots: 1}, {entry: 1, dots: 2}]", ['4:39: step "dots": entry 1 has dots already: write all of them together']),
        ("technique: every-kind\nanswers:\n  pairs: random", ['3:10: step "pairs": it takes auto, or rounds of groups of people: [[[Porter, Bed manager], [Ward sister, Pharmacist]]], not "random"']),
        ("technique: every-kind\nanswers:\n  pairs: [[[Amy, Ben], [amy, Cat]]]", ['3:11: step "pairs": "amy" is in round 1 twice: take one out']),
        ("technique: every-kind\nanswers:\n  inventory: [{whta: x, state: goood}]", ['3:16: step "inventory", row 1: unknown column "whta": did you mean "what"?', '3:32: step "inventory", row 1: "state" takes good or bad, not "goood": did you mean "good"?']),
        ("technique: every-kind\nanswers:\n  inventory: {what: x}", ['3:14: step "inventory": it takes a list of rows: write for example [{what: …, state: …}]']),
        ("technique: every-kind\nanswers:\n  hand-over: yes", ['3:14: step "hand-over": it takes the keys of an assessment: write ratings: below it']),
        ("technique: every-kind\nanswers:\n  hand-over: {assess: small}", ['3:15: step "hand-over": "assess" is said by the step: take it out here']),
        ("technique: every-kind\nanswers:\n  hand-over: {ratings: {frist: {level: 1}}}", ['3:25: unknown criterion "frist": did you mean "first"?']),
        (
            "technique: talk\nanswers:\n  said: one text",
            ['3:9: step "said": it takes a list, not "one text": write [one, another], or each in a line of its own that begins with "- "'],
        ),
        ("technique: talk\nanswers:\n  said: [a, '']", ['3:13: step "said", entry 2: it is empty: write a text or {text: …}']),
        ("technique: talk\nanswers:\n  said: [{answers: 1}]", ['3:10: step "said", entry 1: "text" is missing: add text: with a text']),
        ("technique: talk\nanswers:\n  said: [a, {text: b, answers: 1}]", ['3:32: step "said": its entries answer none of another step: take "answers" out']),
        (
            "technique: talk\nvariant: whole\nanswers:\n  said: [a]\n  why: [{text: b, answers: 2}, {text: b, answers: 1}, {text: c, answers: 0}]",
            [
                '5:28: step "why": "answers" takes the number of an entry of step "said", which has 1 entry, not 2',
                '5:74: step "why": "answers" takes the number of an entry of step "said", which has 1 entry, not 0',
            ],
        ),
        (
            "technique: talk\nvariant: whole\nanswers:\n  why: [{text: b, answers: 1}]",
            ['4:28: step "why": "answers" takes the number of an entry of step "said", which has 0 entries, not 1'],
        ),
        (
            "technique: every-kind\nanswers:\n  learn: [{lesson: , keep_or_change: chang}]\n  act: {action: x}",
            [
                '3:20: step "learn", lesson 1: "lesson" is empty: write a text',
                '3:38: step "learn", lesson 1: "keep_or_change" takes keep or change, not "chang": did you mean "change"?',
                '4:8: step "act": it takes a list, not keys with values: write each below the key as - {action: …}',
            ],
        ),
        ("technique: every-kind\nanswers:\n  act: [{action: x, due: soon, owne: y}]", [
            '3:26: step "act", action 1: "due" takes a date, not "soon": write it as 2026-11-30',
            '3:32: step "act", action 1: unknown key "owne": did you mean "owner"?',
        ]),
        ("technique: every-kind\nanswers:\n  act: [{action: x, criterion: y}]", ['3:21: step "act", action 1: unknown key "criterion". Known: action, owner, due, review, done_when, state, note and outcome.']),
        ("technique: talk\npeople: Porter", ['2:9: "people" takes a list, not "Porter": write [one, another], or each in a line of its own that begins with "- "']),
        ("technique: talk\npeople: [{role: a, count: 0}, {site: b}, {role: c, count: 10000}]", [
            '2:9: warning: this technique is made for 2 to 5 people, and here are 10001',
            '2:27: person 1: "count" has to be 1 or more, not 0',
            '2:31: person 2: "role" is missing: add role: with a text, or name:',
            '2:59: person 3: "count" may be 9999 at most, not 10000',
        ]),
    ],
)  # fmt: skip
def test_mistakes_in_a_session(library: Library, text: str, messages: list[str]) -> None:
    assert _wrong(library, text) == messages


@pytest.mark.parametrize(
    ("people", "warned"), [("[a]", 1), ("[{role: a, count: 6}]", 6), ("[a, b]", None), ("[]", None)]
)
def test_too_few_and_too_many_people_are_a_warning(library: Library, people: str, warned: int | None) -> None:
    _, problems = read_answers(HERE, library, f"technique: talk\npeople: {people}")
    assert [str(problem) for problem in problems] == (
        [f"f:2:9: warning: this technique is made for 2 to 5 people, and here are {warned}"] if warned else []
    )


def test_a_technique_with_errors_is_named(tmp_path: Path) -> None:
    library = small_library(tmp_path)
    (tmp_path / "techniques" / "bad.yaml").write_text("steps: []", encoding="utf-8")
    (tmp_path / "matrix.yaml").write_text("id: small", encoding="utf-8")
    library = Library([tmp_path / "techniques"], [tmp_path / "matrix.yaml"])
    bad = tmp_path / "techniques" / "bad.yaml"
    assert _wrong(library, "technique: bad") == [
        f'1:12: the technique "bad" cannot be read, since {bad} has errors: "kmtui check {bad}" says which'
    ]
    matrix = tmp_path / "matrix.yaml"
    assert _wrong(library, "assess: small") == [
        f'1:9: the matrix "small" cannot be read, since {matrix} has errors: "kmtui check {matrix}" says which'
    ]


ASSESSMENT = """\
assess: small
title: Winter
team: Ward 7
organisation: Trust
on_behalf_of: the whole team
date: 2026-11-20
people: [Ward sister]
opening: We begin
ratings:
  second: {level: 3, rationale: r, example: e, same_for_everyone: not at night, target: 4, enough: x}
  first: {skip: dont-know, same_for_everyone: no}
actions:
  - {action: Do it, criterion: first, technique: talk, due: 2026-12-01}
parked: [Money]
"""


def test_a_whole_assessment(library: Library) -> None:
    assert _read(library, ASSESSMENT) == AssessmentAnswers(
        assess="small",
        title="Winter",
        team="Ward 7",
        organisation="Trust",
        on_behalf_of="the whole team",
        date=date(2026, 11, 20),
        people=(Person(role="Ward sister"),),
        opening="We begin",
        ratings=(
            Rating(criterion="first", skip="dont-know", same_for_everyone=False),
            Rating(
                criterion="second",
                level=3,
                rationale="r",
                example="e",
                same_for_everyone="not at night",
                target=4,
                enough="x",
            ),
        ),
        actions=(PlannedAnswer(action="Do it", criterion="first", technique="talk", due=date(2026, 12, 1)),),
        parked=("Money",),
    )


def test_the_short_form_and_empty_ratings(library: Library) -> None:
    answers = _read(library, "assess: small\nratings:\n  first: '4'\n  second: {level: , skip: '', rationale: ~}")
    assert answers == AssessmentAnswers(assess="small", ratings=(Rating(criterion="first", level=4),))
    assert _read(library, "assess: small\nratings: {first: }") == AssessmentAnswers(assess="small")
    assert _read(library, "assess: small\nratings:") == AssessmentAnswers(assess="small")


def test_half_levels_where_the_scale_has_them() -> None:
    library = Library([], [DATA / "matrix-halves.yaml"])
    answers = _read(library, "assess: halves\nratings: {one: {level: 2.5, target: 3.0}}")
    assert isinstance(answers, AssessmentAnswers)
    assert answers.ratings == (Rating(criterion="one", level=2.5, target=3),)
    assert _wrong(library, "assess: halves\nratings: {one: 2.25}") == [
        '2:16: criterion "one": 2.25 is no level here. Levels go from 0 to 3 in steps of a half.'
    ]


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("asess: small\nratings: {first: 1}", ['1:1: unknown key "asess": did you mean "assess"?', '1:1: "assess" is missing: add assess: with a text']),
        ("assess: smal", ['1:9: unknown matrix "smal": did you mean "small"?']),
        ("assess: small\nratings: {frist: 1}", ['2:11: unknown criterion "frist": did you mean "first"?']),
        ("assess: small\nratings: [1]", ['2:10: "ratings" takes the ids of criteria: write for example first: 1']),
        ("assess: small\nratings: !x", ["2:10: a value that begins with ! would be a tag: put the text in quotation marks"]),
        ("assess: small\nratings: {first: 5}", ['2:18: criterion "first": 5 is no level here. Levels go from 1 to 4.']),
        ("assess: small\nratings: {first: 2.5}", ['2:18: criterion "first": 2.5 is no level here. Levels go from 1 to 4.']),
        ("assess: small\nratings: {first: two}", ['2:18: criterion "first": it takes a number such as 2 or 2.5, not "two"']),
        ("assess: small\nratings: {first: [2]}", ['2:18: criterion "first": it takes a text or keys with values, not a list']),
        (
            "assess: small\nratings:\n  first: {level: 2, skip: parked, target: 0, levl: 2}",
            ['3:46: criterion "first": unknown key "levl": did you mean "level"?'],
        ),
        (
            "assess: small\nratings:\n  first: {level: 2, skip: parked, target: 0}",
            [
                '3:27: criterion "first": it has both a "level" and a "skip", a reason to leave it out: keep one of them',
                '3:43: criterion "first": 0 is no target here. Levels go from 1 to 4.',
            ],
        ),
        ("assess: small\nratings: {first: {skip: dont know}}", ['2:25: criterion "first": "skip" takes dont-know, not-for-us or parked, not "dont know": did you mean "dont-know"?']),
        ("assess: small\nactions: [{action: x, criterion: frist}]", ['2:34: action 1: unknown criterion "frist": did you mean "first"?']),
        ("assess: small\nactions: [{owner: x}]\nanswers: {}", ['2:11: action 1: "action" is missing: add action: with a text', '3:1: unknown key "answers". Known: assess, title, team, organisation, on_behalf_of, date, people, opening, ratings, actions, parked, objectives, leave_out, options and feedback.']),
    ],
)  # fmt: skip
def test_mistakes_in_an_assessment(library: Library, text: str, messages: list[str]) -> None:
    assert _wrong(library, text) == messages


def test_an_action_with_a_technique_that_is_not_installed_is_warned_of(library: Library) -> None:
    _, problems = read_answers(HERE, library, "assess: small\nactions: [{action: x, technique: tea}]")
    assert [str(problem) for problem in problems] == ['f:2:34: warning: action 1: the technique "tea" is not installed']


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        (
            "assess: small\nactions: [{action: x, priority: not-for-us}]",
            '2:33: warning: action 1: not-for-us has no "reason": write why, so that it is known later',
        ),
        ("assess: small\nactions: [{action: x, priority: not-for-us, reason: r}, {action: y, priority: now}]", ""),
        (
            "assess: small\nleave_out: {first: ' '}",
            '2:13: warning: leave_out: "first" has no reason: write why it is left out, so that it is known later',
        ),
        ("assess: small\nleave_out: {first: r}", ""),
        (
            "assess: small\nactions: [{action: x, due: 2026-12-02, review: 2026-12-01}]",
            '2:48: warning: action 1: "review" (2026-12-01) is before "due" (2026-12-02)',
        ),
        ("assess: small\nactions: [{action: x, due: 2026-12-01, review: 2026-12-01}]", ""),
        (
            "technique: every-kind\nanswers:\n  act: [{action: x, due: 2026-12-02, review: 2026-12-01}]",
            '3:46: warning: step "act", action 1: "review" (2026-12-01) is before "due" (2026-12-02)',
        ),
        (
            "assess: small\nratings: {first: {level: 3, target: 2}}",
            '2:37: warning: criterion "first": the target (2) is below the level (3)',
        ),
        ("assess: small\nratings: {first: {level: 3, target: 3}}", ""),
    ],
)
def test_what_is_doubtful_is_a_warning(library: Library, text: str, warning: str) -> None:
    _, problems = read_answers(HERE, library, text)
    assert [str(problem) for problem in problems] == ([f"f:{warning}"] if warning else [])


def test_from_a_file(tmp_path: Path, library: Library) -> None:
    path = tmp_path / "answers.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + SESSION.replace("\n", "\r\n").encode())
    assert read_answers(path, library)[0] == _read(library, SESSION)
    with pytest.raises(WrongContent, match=r"none.yaml:1:1: there is no such file"):
        read_answers(tmp_path / "none.yaml", library)


def test_a_text_has_the_limit_of_a_file(library: Library) -> None:
    assert _wrong(library, "technique: talk\n#" + "x" * 300_000) == [
        "1:1: the file is larger than 256 KB, the most that is read of its kind"
    ]


def test_a_hundred_mistakes_of_each_sort_are_enough(library: Library) -> None:
    many = "".join(f"  k{number}: 1\n" for number in range(1000))
    assert len(_wrong(library, "technique: talk\nanswers:\n" + many)) == 101
    assert len(_wrong(library, "assess: small\nratings:\n" + many)) == 101
    assert len(_wrong(library, "assess: small\nactions: [" + "{action: a, criterion: b}," * 1000 + "]")) == 101


def test_a_form_may_be_named_outside_the_file_where_the_file_names_none(library: Library) -> None:
    text = "technique: talk\nanswers:\n  why: [x]"
    answers, _ = read_answers(Path("-"), library, text, variant="whole")
    assert isinstance(answers, SessionAnswers)
    assert answers.variant == "whole"
    with pytest.raises(WrongContent, match='unknown variant "hole"'):
        read_answers(Path("-"), library, text, variant="hole")
    kept, _ = read_answers(Path("-"), library, "technique: talk\nvariant: brief", variant="whole")
    assert isinstance(kept, SessionAnswers)
    assert kept.variant == "brief"


def test_groups_by_hand_that_do_not_fit_the_people_are_warned_about(library: Library) -> None:
    text = "technique: every-kind\npeople: [a, b, c]\nanswers:\n  pairs: [[[a, zed], [b]]]"
    _, problems = read_answers(Path("-"), library, text)
    assert [problem.message for problem in problems] == [
        'step "pairs": round 1 has people who are not in people: zed',
        'step "pairs": round 1 leaves out c',
        'step "pairs": round 1 has somebody alone',
    ]
    assert read_answers(Path("-"), library, text.replace("[[a, zed], [b]]", "[[A, B, c]]"))[1] == ()
