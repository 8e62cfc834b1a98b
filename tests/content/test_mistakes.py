"""What people do wrong who write a technique for the first time, and what kmtui tells them to write."""

# ruff: noqa: E501 - a mistake and what is said of it are easier to compare where each is one line

from __future__ import annotations

from pathlib import Path

import pytest

from kmtui.content.check import check_file
from tests.content.helpers import marked, of_technique, small_library

LUNCH = """\
id: lunch
version: "1.0"
name: Learn at lunch
phase: during
about: One of us tells a story of our work.
minutes: {least: 15, most: 60}
people: {least: 4, most: 20}
roles:
  - name: Facilitator
steps:
  - id: welcome
    kind: brief
    title: Welcome
    say: Thank you for coming.
    points:
      - Everyone's view counts the same.
    tips:
      - Begin in time.
  - id: heard
    kind: collect
    title: What caught your ear?
    minutes: 10
  - id: ideas
    kind: collect
    from: heard
    title: What could we try?
  - id: choice
    kind: vote
    from: ideas
    title: Which first?
    dots: 3
  - id: mark
    kind: score
    title: How useful was it?
    lowest: 1
    highest: 5
  - id: pairs
    kind: groups
    title: Who talks to whom?
    size: 2
  - id: list
    kind: table
    title: What do we have?
    columns:
      - {id: what, name: What}
      - {id: state, name: State, kind: choice, choices: [good, bad]}
  - id: learn
    kind: lessons
    title: What do we keep?
  - id: act
    kind: actions
    title: Who does what?
    minutes: 5
"""
SHORT = "variants:\n  - id: short\n    name: Short\n    steps: [{id: heard, minutes: 10}, {id: act, minutes: 5}]\n"
REST = """\
  - id: rest
    name: Rest
    steps:
      - {id: welcome, minutes: 1}
      - {id: heard, minutes: 1}
      - {id: ideas, minutes: 1}
      - {id: choice, minutes: 1}
      - {id: mark, minutes: 1}
      - {id: pairs, minutes: 1}
      - {id: list, minutes: 5}
      - {id: learn, minutes: 5}
"""
WITH_VARIANTS = LUNCH + SHORT + REST

KINDS = "brief, collect, score, vote, groups, table, lessons, actions or assess"
LISTED = 'write [one, another], or each in a line of its own that begins with "- "'
IN_MARKS = "put a text with a colon or brackets in quotation marks"
NO_COLON = "this line has no colon: write key: value, or indent it if it goes on with the text above"
ODD = "this space is none of the keyboard (U+00A0), as word processors write it: type it again"
ENDS = "the quotation mark before this ends the text: put the other kind, ' or \", around the whole of it"
CURLY = "a colon is not possible here: put the text in ' or \", for curly quotation marks count as letters"
FURTHER = (
    "this key is indented further than what it belongs to, and is read as part of the text above it: "
    "begin it below the key before it"
)
ID = "an id has lower-case letters a to z, digits and hyphens alone, such as"
NOT_EARLIER = "which is no earlier step of kind collect"


def test_without_a_mistake_nothing_is_told() -> None:
    assert of_technique(LUNCH, "lunch") == []
    assert of_technique(WITH_VARIANTS, "lunch") == []


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        # Kinds and keys
        ("kind: brief", "kind: ‸breif", f'step "welcome": "kind" takes {KINDS}, not "breif": did you mean "brief"?'),
        ("kind: brief", "kind: ‸question", f'step "welcome": "kind" takes {KINDS}, not "question"'),
        (
            "    kind: brief\n    title: Welcome",
            "    title: Welcome",
            f'11:5: step "welcome": "kind" is missing: add kind: with {KINDS}',
        ),
        ("    title: Welcome\n", "", '11:5: step "welcome": "title" is missing: add title: with a text'),
        ("title: Welcome", "title:‸", 'step "welcome": "title" is empty: write a text'),
        ("size: 2", "size: 2\n    ‸dots: 3", 'step "pairs": "dots" belongs to kind vote: take it out, or write another kind'),
        (
            "kind: collect\n    title",
            "kind: collect\n    ‸starters: [How are you?]\n    title",
            'step "heard": "starters" belongs to kind groups: take it out, or write another kind',
        ),
        (
            "kind: collect\n    title",
            "kind: collect\n    ‸invite: Come\n    title",
            'step "heard": "invite" belongs to kind groups: take it out, or write another kind',
        ),
        ("phase: during", "phase: ‸During", '"phase" takes before, during or after, not "During": did you mean "during"?'),
        # Colons, spaces, tabs
        ("    title: Welcome", "    ‸title Welcome", NO_COLON),
        ("    title: Welcome", "    ‸title = Welcome", NO_COLON),
        ("title: Welcome", "title:‸Welcome", "a space is missing behind the colon: write key: value"),
        ("title: Welcome", "title‸： Welcome", "： is not the colon of the keyboard: write key: value"),
        ("id: lunch", "id:‸lunch", "a space is missing behind the colon: write key: value"),
        ("id: lunch", "‸id lunch", NO_COLON),
        ("{least: 4, most: 20}", "{‸least:4, most: 20}", "people: a space is missing behind the colon: write least: 4"),
        ("    title: Welcome", "    ‸\ttitle: Welcome", "a tab indents this line: use spaces"),
        ("    title: Welcome", "     ‸title: Welcome", FURTHER),
        (
            "    title: Welcome",
            "   ‸title: Welcome",
            'this line does not belong to the list that begins in line 11: look at its indent and its "-"',
        ),
        ("Thank you for coming.", "Thank you\n‸for coming.", NO_COLON),
        # Quotation marks
        (
            "say: Thank you",
            "say: One rule‸: thank you",
            "a colon is not possible here: put a text with a colon in quotation marks",
        ),
        (
            "- Begin in time.",
            "- ‸Nobody speaks: wait.",
            f'step "welcome": a text in "tips" takes a text, not keys with values: {IN_MARKS}: \'Nobody speaks: wait.\'',
        ),
        ("- Begin in time.", '- "Thank you" ‸is enough.', ENDS),
        ("say: Thank you for coming.", "say: 'It'‸s time.'", ENDS),
        ("say: Thank you for coming.", "say: “One rule‸: listen.”", CURLY),
        ("id: lunch", "id: ‸“lunch”", f'technique "“lunch”": {ID} lunch'),
        (
            "name: Learn at lunch",
            'name: ‸"Learn at lunch”',
            "this quotation mark is never closed: ” does not close it, so write the same mark as here",
        ),
        # What a word processor writes
        ("    title: Welcome", "   ‸\u00a0title: Welcome", ODD),
        ("title: Welcome", "title:‸\u00a0Welcome", ODD),
        ("id: lunch", "id:‸\u00a0lunch", ODD),
        ("- Begin in time.", "‸• Begin in time.", f'step "welcome": "tips" takes a list, not "• Begin in time.": {LISTED}'),
        ("- Begin in time.", "‸– Begin in time.", f'step "welcome": "tips" takes a list, not "– Begin in time.": {LISTED}'),
        # Numbers
        ("minutes: 10", "minutes: ‸10 min", 'step "heard": "minutes" takes a number such as 2 or 2.5, not "10 min": write 10'),
        (
            "minutes: {least: 15, most: 60}",
            "minutes: ‸15-60",
            '"minutes" takes {least: …, most: …}, not "15-60": write {least: 15, most: 60}',
        ),
        ("people: {least: 4, most: 20}", "people: ‸{least: 4}", 'people: "most" is missing: add most: with a whole number'),
        ("dots: 3", "dots: ‸three", 'step "choice": "dots" takes a whole number, not "three"'),
        # Ids
        ("id: welcome", "id: ‸Welcome", f'step "Welcome": {ID} welcome'),
        ("id: learn", "id: ‸our lessons", f'step "our lessons": {ID} our-lessons'),
        ("id: learn", "id: ‸our_lessons", f'step "our_lessons": {ID} our-lessons'),
        ("id: act", "id: ‸learn", 'the id "learn" is taken by the step in line 47: give this one another'),
        (
            "id: lunch",
            "id: ‸dinner",
            'the id "dinner" has to be the name of the file: rename the file to "dinner.yaml", or write id: lunch',
        ),
        # From one step to another
        ("from: heard", "from: ‸act", f'step "ideas": "from" names "act", {NOT_EARLIER}: write heard'),
        (
            "title: What caught your ear?",
            "from: ‸ideas\n    title: What?",
            f'step "heard": "from" names "ideas", {NOT_EARLIER}: put one before this step',
        ),
        ("from: ideas", "from: ‸learn", f'step "choice": "from" names "learn", {NOT_EARLIER}: write heard or ideas'),
        (
            "    from: ideas\n",
            "",
            '27:5: step "choice": "from" is missing: add from: with the id of an earlier step of kind collect',
        ),
        # The keys of one kind
        ("    highest: 5\n", "", '32:5: step "mark": "highest" is missing: add highest: with a whole number such as 10'),
        ("highest: 5", "highest: ‸1", 'step "mark": "highest" (1) has to be more than "lowest" (1)'),
        ("size: 2", "size: ‸1", 'step "pairs": "size" has to be 2 or more, not 1'),
        (
            "    columns:\n      - {id: what, name: What}\n      - {id: state, name: State, kind: choice, choices: [good, bad]}\n",
            "",
            '41:5: step "list": "columns" is missing: add columns: with each column below it as - {id: …, name: …}',
        ),
        (", choices: [good, bad]}", "}", '46:9: step "list", column "state": a column of kind choice takes choices: write choices: [one, another]'),
        ("choices: [good, bad]", "choices: ‸good or bad", f'step "list", column "state": "choices" takes a list, not "good or bad": {LISTED}'),
        (
            "kind: collect\n    title",
            "kind: collect\n    earlier: ‸before-the-work\n    title",
            'step "heard": "earlier" takes a list, not "before-the-work": write each below the key as - {technique: …, step: …}',
        ),
        (
            "kind: collect\n    title",
            "kind: collect\n    earlier: [‸{technique: before-the-work}]\n    title",
            'step "heard", part 1: "step" is missing: add step: with the id of a step of that technique',
        ),
        (
            "kind: collect\n    title",
            "kind: collect\n    earlier: [{technique: ‸Before the work, step: aim}]\n    title",
            'step "heard", part 1: "technique" takes an id, not "Before the work": '
            "write lower-case letters, digits and hyphens, such as before-the-work",
        ),
        (
            "kind: collect\n    title",
            "kind: collect\n    earlier: [{technique: before-the-work, step: ‸'?'}]\n    title",
            'step "heard", part 1: "step" takes an id, not "?": '
            "write lower-case letters, digits and hyphens, such as first-look",
        ),
    ],
)  # fmt: skip
def test_a_mistake_is_told_with_its_place_and_what_to_write(right: str, wrong: str, told: str) -> None:
    if "‸" in wrong:
        text, place = marked(LUNCH, right, wrong)
        told = place + told
    else:
        assert LUNCH.count(right) == 1
        text = LUNCH.replace(right, wrong)
    assert of_technique(text, "lunch") == [told]


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        (
            "{id: act, minutes: 5}]",
            "{id: ‸actions, minutes: 5}]",
            'variant "short": unknown step "actions". Known: welcome, heard, ideas, choice, mark, pairs, list, learn and act.',
        ),
        (
            "{id: act, minutes: 5}]",
            "{id: act, minutes: 5}, ‸learn]",
            'variant "short", step 3: it takes {id: …, minutes: …}, not "learn"',
        ),
        (
            "minutes: 10}, {id: act, minutes: 5}]",
            "minutes: 15}, ‸{id: act}]",
            'variant "short", step "act": "minutes" is missing: add minutes: with a number such as 2 or 2.5',
        ),
    ],
)  # fmt: skip
def test_a_mistake_in_a_variant(right: str, wrong: str, told: str) -> None:
    text, place = marked(WITH_VARIANTS, right, wrong)
    assert place + told in of_technique(text, "lunch")


def test_a_step_that_no_variant_uses_is_doubtful() -> None:
    assert of_technique(LUNCH + SHORT + REST.replace("{id: learn, minutes: 5}", "{id: act, minutes: 5}")) == [
        "55:3: warning: no variant uses learn: add it to one, or nobody gets to see it"
    ]
    assert of_technique(LUNCH + SHORT) == [
        "55:3: warning: no variant uses welcome, ideas, choice, mark, pairs, list and learn: "
        "add them to one, or nobody gets to see them"
    ]


def test_a_step_without_its_dash_is_read_as_part_of_the_one_before() -> None:
    found = of_technique(LUNCH.replace("  - id: learn", "    id: learn"))
    assert found[0] == (
        '47:5: the key "id" is there twice, first in line 41: '
        'keep one of them, or begin the next part of the list with "- "'
    )


def test_a_technique_that_is_not_installed_may_be_named_as_an_earlier_one() -> None:
    text = LUNCH.replace(
        "kind: collect\n    title", "kind: collect\n    earlier: [{technique: tea, step: aim}]\n    title"
    )
    assert of_technique(text, "lunch") == []


@pytest.mark.parametrize("name", ["Learn at lunch.yaml", "lunch.yaml.txt"])
def test_a_file_with_a_name_that_no_id_can_have_is_renamed(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.write_text(LUNCH, encoding="utf-8")
    (problem,) = check_file(file, small_library(tmp_path))
    assert problem.message == 'the id "lunch" has to be the name of the file: rename the file to "lunch.yaml"'


@pytest.mark.parametrize("data", [b"{\\rtf1\\ansi id: lunch}", b"PK\x03\x04\x14\x00", b"\xd0\xcf\x11\xe0\xa1\xb1"])
def test_a_document_of_a_word_processor(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "lunch.yaml"
    file.write_bytes(data)
    assert [str(problem) for problem in check_file(file, small_library(tmp_path))] == [
        f"{file}:1:1: this is a document of a word processor: save it as plain text, in the encoding UTF-8"
    ]
