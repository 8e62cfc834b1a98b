"""Columns of a survey: what needs no mapping, what the mapping says, and what is only suggested."""

from __future__ import annotations

import pytest

from kmtui.content.survey_columns import Columns, Labels, columns_of
from kmtui.model.assessment import Assessment
from kmtui.model.errors import WrongInput
from tests.content.surveys import SHIPPED_SURVEY, WELSH
from tests.hostile import HOSTILE


def _columns(*names: str, of: Assessment = SHIPPED_SURVEY, **mapping: str) -> Columns:
    return columns_of(names, of.matrix, mapping)


def _uses(*names: str) -> list[tuple[str, str | None]]:
    return [(column.use, column.criterion) for column in _columns(*names).all]


@pytest.mark.parametrize(
    "name",
    [
        "innovation",
        "INNOVATION",
        "Approach to innovation",
        " approach  to Innovation: ",
        "3. Approach to innovation",
        "Q3) Approach to innovation",
        "Approach to innovation [Level]",
        "Approach to innovation (1 to 12)",
        "Approach to innovation: How far are we, and why not further?",
        "Where do we stand? [Approach to innovation]",
        "Please choose a level - Approach to innovation",
        "innovation level",
        "innovation.score",
    ],
)
def test_obvious_names_of_a_level_need_no_mapping(name: str) -> None:
    assert _uses(name) == [("level", "innovation")]


@pytest.mark.parametrize(
    "name",
    [
        "innovation because",
        "innovation.rationale",
        "innovation_comment",
        "Approach to innovation - reason",
        "Why? (Approach to innovation)",
        "3. Approach to innovation: please say why",
        "Approach to innovation [Comment]",
    ],
)
def test_obvious_names_of_a_reason(name: str) -> None:
    assert _uses(name) == [("rationale", "innovation")]


def test_a_reason_behind_its_level() -> None:
    assert _uses("innovation", "Why?", "sharing", "Comments2", "Why? 3") == [
        ("level", "innovation"),
        ("rationale", "innovation"),
        ("level", "sharing"),
        ("rationale", "sharing"),
        ("nothing", None),
    ]


@pytest.mark.parametrize("name", ["role", "Your role", "Job role", "1. What is your role?"])
def test_the_role(name: str) -> None:
    assert _uses(name) == [("role", None)]


@pytest.mark.parametrize(
    "name",
    [
        *("Response ID", "ResponseId", "ID", "Timestamp", "Start time", "Completion time", "Email", "E-mail address"),
        *("Name", "IP Address", "Unique Response Number", "Respondent ID", "submitdate"),
    ],
)
def test_what_only_tells_rows_apart(name: str) -> None:
    assert _uses(name) == [("identity", None)]


def test_the_first_of_two_columns_is_used_and_the_other_named() -> None:
    columns = _columns("innovation", "Approach to innovation", "sharing", "sharing")
    assert [column.use for column in columns.all] == ["level", "nothing", "level", "nothing"]
    assert columns.refused == (
        'the column "Approach to innovation" is for the same as "innovation", which is used in its place',
        'the column "sharing" is there twice: the first is used, and not column 4',
    )


def test_the_mapping_goes_before_the_names() -> None:
    columns = columns_of(
        ["Q5", "innovation", "Q6", "Post"],
        SHIPPED_SURVEY.matrix,
        {"Approach to innovation": "q5", "innovation.rationale": "Q6", "role": "Post"},
    )
    assert [(column.use, column.criterion) for column in columns.all] == [
        ("level", "innovation"),
        ("nothing", None),
        ("rationale", "innovation"),
        ("role", None),
    ]
    assert Labels(SHIPPED_SURVEY.matrix).mapped("innovation because") == ("rationale", "innovation")


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ({"inovation": "a"}, 'unknown criterion "inovation": did you mean "innovation"?'),
        ({"innovation": "c"}, 'There is no column "c". There are: a and bee.'),
        ({"innovation": "beee"}, 'There is no column "beee". Did you mean "bee"?'),
        ({"innovation": "a", "sharing": "a"}, 'The column "a" is mapped twice. Map it once.'),
        ({"innovation": "a", "Approach to innovation": "bee"}, 'Two columns are mapped to "Approach to innovation".'),
        ({"innovation.what": "a"}, 'unknown criterion "innovation.what"'),
    ],
)
def test_a_mapping_of_what_is_not_there(mapping: dict[str, str], message: str) -> None:
    with pytest.raises(WrongInput) as caught:
        columns_of(["a", "bee"], SHIPPED_SURVEY.matrix, mapping)
    assert message in str(caught.value)


def test_the_rest_is_suggested_each_criterion_once() -> None:
    columns = _columns("sharing", "Time for lerning", "Which innovations did we take up?", "Shift", "Do teams share?")
    assert [column.suggested for column in columns.all] == [None, "time-to-learn", "innovation", None, None]
    assert all(column.use == "nothing" for column in columns.all[1:])
    assert [column.suggested for column in _columns("innovation ideas", "our innovation").all].count("innovation") == 1


def test_words_of_a_choice_are_no_level_of_another_criterion() -> None:
    names = ("A named leader", "A named leader - Text", "How do we take up innovation? - Text", "innovations_7_TEXT")
    assert [column.suggested for column in _columns(*names).all] == [None] * 4
    assert [column.suggested for column in _columns("How do we take up innovation?").all] == ["innovation"]


def test_a_name_of_two_criteria_names_neither() -> None:
    assert _uses("Approach to innovation | Sharing between teams") == [("nothing", None)]


def test_other_languages() -> None:
    assert _columns("Dysgu ar ôl gwaith", of=WELSH).all[0].criterion == "dysgu"
    assert _columns("Dysgu ar o\u0302l gwaith", of=WELSH).all[0].criterion == "dysgu"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_names_are_columns_like_others(text: str) -> None:
    column = _columns(text, "innovation").all[0]
    assert not (set(column.name) & set("\x1b\x00\n\u202e"))
