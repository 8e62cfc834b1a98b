"""Every rule of a technique, with the exact place."""

from __future__ import annotations

import pytest

from kmtui.content.document import open_file
from kmtui.content.library import technique_from
from kmtui.model.technique import Collect, Groups, Score, Table, Vote
from tests.content.helpers import DATA, TECHNIQUE, marked, of_technique, told, with_change

EVERY_KIND = (DATA / "techniques" / "every-kind.yaml").read_text(encoding="utf-8")


def test_the_small_technique_is_fine() -> None:
    assert of_technique(TECHNIQUE, "talk") == []


def test_every_kind_of_step_is_read() -> None:
    document = open_file(DATA / "techniques" / "every-kind.yaml")
    technique = technique_from(document, "every-kind")
    assert told(document) == []
    assert technique is not None
    assert [type(step).__name__.lower() for step in technique.steps] == [
        "brief", "collect", "collect", "score", "vote", "groups", "table", "lessons", "actions", "assess"
    ]  # fmt: skip
    ideas, more = technique.steps[1:3]
    assert isinstance(ideas, Collect) and (ideas.recall, ideas.private, ideas.each) == ("lessons", True, "person")
    assert isinstance(more, Collect) and more.from_ == "ideas" and more.tips == ("a tip",)
    rate, dots, pairs, table = technique.steps[3:7]
    assert isinstance(rate, Score) and (rate.lowest, rate.highest) == (1, 5)
    assert isinstance(dots, Vote) and (dots.from_, dots.dots) == ("ideas", 3)
    assert isinstance(pairs, Groups) and (pairs.size, pairs.rounds, pairs.avoid_repeats) == (2, 3, False)
    assert isinstance(table, Table) and table.columns[1].choices == ("good", "bad")
    assert technique.steps[0].minutes == 0.5


_NOT_BEFORE = "which is no earlier step of kind collect: write said"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("{least: 1, most: 9}", "{least: 10, most: ‸9}", 'minutes: "most" (9) has to be at least "least" (10)'),
        ("{least: 1, most: 9}", "{least: ‸-1, most: 9}", 'minutes: "least" has to be 0 or more, not -1'),
        ("{least: 2, most: 5}", "{least: ‸0, most: 5}", 'people: "least" has to be 1 or more, not 0'),
        (
            "id: talk",
            "id: ‸walk",
            'the id "walk" has to be the name of the file: rename the file to "walk.yaml", or write id: talk',
        ),
        (
            "{id: learn, kind: lessons, title: What do we learn?, minutes: 1}",
            "{id: learn, kind: lessons, title: What?}\n  - {id: ‸said, kind: lessons, title: What?}",
            'the id "said" is taken by the step in line 10: give this one another',
        ),
        ("Hello, minutes: 1", "Hello, minutes: ‸-1", 'step "hello": "minutes" has to be 0 or more, not -1'),
        ("from: said", "from: ‸sayd", 'step "why": "from" names an unknown step "sayd": did you mean "said"?'),
        ("from: said", "from: ‸learn", f'step "why": "from" names "learn", {_NOT_BEFORE}'),
        ("from: said", "from: ‸why", f'step "why": "from" names "why", {_NOT_BEFORE}'),
        (
            "{id: whole, name",
            "{id: ‸brief, name",
            'the id "brief" is taken by the variant in line 15: give this one another',
        ),
        ("{id: why, minutes: 2}]", "{id: ‸wy, minutes: 2}]", 'variant "whole": unknown step "wy": did you mean "why"?'),
        (
            "{id: why, minutes: 2}]",
            "{id: ‸said, minutes: 2}]",
            'variant "whole": the step "said" is there twice: take one out',
        ),
        (
            "{id: why, minutes: 2}]",
            "{id: why, minutes: ‸-2}]",
            'variant "whole", step "why": "minutes" has to be 0 or more, not -2',
        ),
        (
            "phase: during",
            "phase: ‸druing",
            '"phase" takes before, during or after, not "druing": did you mean "during"?',
        ),
    ],
)
def test_rules(old: str, new: str, message: str) -> None:
    text, place = marked(TECHNIQUE, old, new)
    assert [each for each in of_technique(text, "talk") if "warning" not in each] == [place + message]


_CHOICES = 'step "inventory", column "state": a column of kind choice takes choices: write choices: [one, another]'


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("1, highest: 5", "5, highest: ‸5", 'step "rate": "highest" (5) has to be more than "lowest" (5)'),
        ("highest: 5", "highest: ‸500", 'step "rate": "lowest" (1) and "highest" (500) may be 100 apart at most'),
        ("dots: 3", "dots: ‸0", 'step "dots": "dots" has to be 1 or more, not 0'),
        ("size: 2", "size: ‸1", 'step "pairs": "size" has to be 2 or more, not 1'),
        ("rounds: 3", "rounds: ‸0", 'step "pairs": "rounds" has to be 1 or more, not 0'),
        (
            "{id: state, name",
            "{id: ‸what, name",
            'step "inventory": the id "what" is taken by the column in line 24: give this one another',
        ),
        (
            "{id: state, name: State, kind: choice, choices: [good, bad]}",
            "‸{id: state, name: State, kind: choice}",
            _CHOICES,
        ),
        ("choices: [good, bad]", "choices: ‸[]", _CHOICES),
        (
            "kind: choice, choices: [",
            "choices: ‸[",
            'warning: step "inventory", column "state": choices are used in a column of kind choice alone',
        ),
        (
            "kind: choice",
            "kind: ‸chioce",
            'step "inventory", column "state": "kind" takes text, date, person or choice, not "chioce": '
            'did you mean "choice"?',
        ),
    ],
)
def test_rules_of_the_other_kinds(old: str, new: str, message: str) -> None:
    text, place = marked(EVERY_KIND, old, new)
    assert place + message in of_technique(text, "every-kind")


def test_a_table_has_columns() -> None:
    begin, end = EVERY_KIND.index("    columns:"), EVERY_KIND.index("  - {id: learn")
    wrong = EVERY_KIND[:begin] + "    columns: []\n" + EVERY_KIND[end:]
    assert of_technique(wrong) == ['23:14: step "inventory": "columns" is empty: write at least one column']


def test_too_many_steps_are_refused() -> None:
    more = "".join(f"  - {{id: s{number}, kind: brief, title: T}}\n" for number in range(196))
    text = TECHNIQUE[: TECHNIQUE.index("variants:")] + more
    assert of_technique(text) == ["209:5: there are 201 steps, and 200 at most are possible"]


def test_a_technique_and_a_variant_have_steps() -> None:
    assert of_technique(TECHNIQUE[: TECHNIQUE.index("steps:")] + "steps: []\n") == [
        '8:8: "steps" is empty: write at least one step'
    ]
    wrong = with_change(TECHNIQUE, "steps: [{id: hello, minutes: 1}, {id: said, minutes: 2}]}", "steps: []}")
    assert of_technique(wrong) == ['15:37: variant "brief": "steps" is empty: write at least one step']


def test_variants_keep_the_order_of_the_steps() -> None:
    wrong = with_change(
        TECHNIQUE,
        "steps: [{id: hello, minutes: 1}, {id: said, minutes: 2}]}",
        "steps: [{id: said, minutes: 2}, {id: hello, minutes: 1}]}",
    )
    assert of_technique(wrong) == [
        '15:67: variant "brief": the step "hello" comes before "said" in the technique: keep that order'
    ]


def test_doubtful_things_are_warnings() -> None:
    doubtful = with_change(TECHNIQUE, "{id: why, minutes: 2}", "{id: why, minutes: 20}")
    assert of_technique(doubtful) == [
        '16:37: warning: variant "whole": its steps take 23 minutes, and the technique says from 1 to 9'
    ]
    alone = with_change(TECHNIQUE, "{id: said, minutes: 2}, {id: why, minutes: 2}", "{id: why, minutes: 2}")
    assert of_technique(alone) == [
        '16:68: warning: variant "whole": the step "why" goes back to "said", which is left out here'
    ]
    without = TECHNIQUE[: TECHNIQUE.index("variants:")].replace("most: 9", "most: 5")
    assert of_technique(without) == ["9:3: warning: the steps take 7 minutes, and the technique says from 1 to 5"]


def test_from_a_step_that_is_not_there_at_all() -> None:
    wrong = with_change(TECHNIQUE, "{id: said, kind: collect, title", "{id: said, kind: lessons, title")
    assert of_technique(wrong) == [
        '11:36: step "why": "from" names "said", which is no earlier step of kind collect: put one before this step'
    ]


def test_something_else_than_keys_is_only_said_once() -> None:
    assert len(of_technique("just words")) == 1


_CAFE = """\
id: cafe
version: "1"
name: Cafe
phase: during
about: For the tests.
minutes: {least: 0, most: 60}
people: {least: 2, most: 60}
steps:
  - {id: early, kind: brief, title: Too early%s}
  - {id: tables, kind: groups, title: Tables, size: 4, rounds: 3}
  - {id: talk, kind: brief, title: Talk%s}
"""


@pytest.mark.parametrize(
    ("early", "late", "messages"),
    [
        ("", ", seats: {step: tables, round: 3}", []),
        ("", ", seats: {step: tables}", []),
        (
            "",
            ", seats: {step: tabels}",
            ['11:56: step "talk": "seats" names "tabels", which is no earlier step of kind groups.'],
        ),
        ("", ", seats: {step: tables, round: 4}", ['11:71: step "talk": "round" goes from 1 to 3, not 4']),
        (
            ", seats: {step: tables}",
            "",
            ['9:62: step "early": "seats" names "tables", which is no earlier step of kind groups.'],
        ),
    ],
)
def test_seats_are_those_of_an_earlier_groups_step(early: str, late: str, messages: list[str]) -> None:
    found = of_technique(_CAFE % (early, late), "cafe")
    assert [each.partition(" Possible")[0].partition(" There is")[0] for each in found] == messages
