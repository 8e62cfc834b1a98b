"""Templates: taken as they are printed, and filled in; hostile words stay in comments and quotation marks."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
import yaml
from msgspec.structs import replace

from kmtui.content.answers import read_answers, read_response, read_set_up
from kmtui.content.library import Library
from kmtui.content.nodes import Scalar
from kmtui.content.templates import (
    assessment_template,
    comment,
    response_template,
    session_template,
    set_up_template,
    yaml_text,
)
from kmtui.model.answers import (
    AssessmentAnswers,
    GroupsAnswer,
    ResponseAnswers,
    SessionAnswers,
    SetUpAnswers,
    VoteAnswer,
)
from kmtui.model.errors import NotFound
from kmtui.model.matrix import Matrix
from kmtui.model.rating import Rating
from kmtui.model.technique import Technique
from kmtui.text import clean
from tests.content.helpers import SHIPPED, small_library, tree
from tests.content.surveys import ID, SHIPPED_SURVEY
from tests.hostile import HOSTILE

HERE = Path("-")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return small_library(tmp_path)


def test_a_session_template_is_taken_as_it_is_printed(library: Library) -> None:
    for technique_id in ("talk", "every-kind"):
        technique = library.technique(technique_id).value
        for variant in (None, *(each.id for each in technique.variants)):
            template = session_template(technique, variant)
            used = technique.variant(variant)
            answers, problems = read_answers(HERE, library, template)
            assert problems == ()
            drawn = {"pairs": GroupsAnswer(drawn=True)} if technique_id == "every-kind" else {}
            assert answers == SessionAnswers(technique=technique_id, variant=used.id if used else None, groups=drawn)


def test_a_session_template_has_a_key_for_each_step_that_takes_answers(library: Library) -> None:
    read = yaml.safe_load(session_template(library.technique("every-kind").value))
    empty = ("ideas", "more", "rate", "dots", "inventory", "learn", "act")
    assert read["answers"] == {**{key: [] for key in empty}, "pairs": "auto", "hand-over": {}}
    read = yaml.safe_load(session_template(library.technique("talk").value, "whole"))
    assert read["answers"] == {"said": [], "why": []}
    assert read["variant"] == "whole"


def test_a_variant_that_is_not_there(library: Library) -> None:
    with pytest.raises(NotFound, match=r'^Talk has no variant "x". It has brief, whole and end.$'):
        session_template(library.technique("talk").value, "x")
    with pytest.raises(NotFound, match=r"It has none.$"):
        session_template(library.technique("every-kind").value, "x")


def test_a_technique_that_takes_no_answers_has_a_template_too(library: Library) -> None:
    technique = library.technique("talk").value
    alone = replace(technique, steps=technique.steps[:1], variants=())
    assert read_answers(HERE, library, session_template(alone))[0] == SessionAnswers(technique="talk")


def _with_its_examples(template: str) -> str:
    """Return the template with every example in place of what is empty below it."""
    lines = [line for line in template.splitlines() if not line.endswith((": []", ": auto", ": {}"))]
    return "\n".join(line.replace("#   ", "", 1) if line.lstrip().startswith("#   ") else line for line in lines)


def test_the_examples_of_a_session_template_are_taken(library: Library) -> None:
    answers, problems = read_answers(
        HERE, library, _with_its_examples(session_template(library.technique("every-kind").value))
    )
    assert problems == ()
    assert isinstance(answers, SessionAnswers)
    assert list(answers.entries) == ["ideas", "more"]
    assert answers.lessons["learn"][0].tags == ("moves", "porters")
    assert answers.actions["act"][0].done_when == "No bed is moved twice"
    assert answers.marks == {"rate": (3, 5, 3)}
    assert answers.votes == {"dots": (VoteAnswer(entry=1, dots=3), VoteAnswer(entry=2, dots=1))}
    assert answers.groups["pairs"].rounds == ((("Ward sister", "Porter"), ("Bed manager 1", "Bed manager 2")),)
    assert answers.rows == {"inventory": ({"what": "What", "state": "good"},)}
    assert answers.assessed["hand-over"].opening == "What was said at the beginning"
    assert sum(person.count for person in answers.people) == 4
    assert answers.parked == ("One thing", "Another thing")


def test_the_examples_of_an_assessment_template_are_taken(library: Library) -> None:
    template = assessment_template(library.matrix().value)
    filled = _with_its_examples(template).replace("level:", "level: 3").replace("    target:", "    target: 4")
    answers, problems = read_answers(HERE, library, filled)
    assert problems == ()
    assert isinstance(answers, AssessmentAnswers)
    assert answers.ratings == tuple(Rating(criterion=each, level=3, target=4) for each in ("first", "second"))
    assert answers.actions[0].criterion == "first"
    assert (answers.actions[0].priority, answers.actions[0].effort, answers.actions[0].benefit) == (
        "now",
        "low",
        "high",
    )
    assert [(each.text, each.criteria) for each in answers.objectives][1] == ("Another goal", ("first",))
    assert answers.options[0].bands == ("low",)


def test_an_assessment_template_is_taken_as_it_is_printed(library: Library) -> None:
    template = assessment_template(library.matrix().value)
    assert read_answers(HERE, library, template) == (AssessmentAnswers(assess="small"), ())
    assert list(yaml.safe_load(template)["ratings"]) == ["first", "second"]


def test_the_templates_of_what_is_shipped() -> None:
    library = Library([SHIPPED / "techniques"], [SHIPPED / "matrix.yaml"])
    for loaded in library.techniques():
        answers, problems = read_answers(HERE, library, session_template(loaded.value))
        assert isinstance(answers, SessionAnswers)
        assert (answers.technique, problems) == (loaded.value.id, ())
    matrix = library.matrix().value
    assert read_answers(HERE, library, assessment_template(matrix)) == (AssessmentAnswers(assess=matrix.id), ())


@pytest.mark.parametrize(
    "text", (*HOSTILE, "a\nb: c", "x\u2028- y", "\ufeffz", "\uffff", '"', "\\", "'", "# no", "\u0085k: v")
)
def test_any_text_comes_back_from_quotation_marks_and_stays_in_a_comment(text: str) -> None:
    root, problems = tree(yaml_text(text))
    assert problems == []
    assert isinstance(root, Scalar) and root.value == clean(text)
    assert yaml.safe_load(f"{comment(text, 2)}\na: b") == {"a": "b"}
    assert all(line.startswith("  #") for line in comment(text, 2).splitlines())


_IDS = ("id", "kind", "phase", "from", "step", "recall", "each", "matrix")


def _with_words(value: object, words: str) -> object:
    if isinstance(value, dict):
        return {
            key: each
            if key in ("id", "kind", "phase", "from", "step", "recall", "each", "matrix")
            else _with_words(each, words)
            for key, each in value.items()
        }
    if isinstance(value, list):
        return [_with_words(each, words) for each in value]
    return words if isinstance(value, str) else value


@pytest.mark.parametrize(
    "words", ["\n- x", "a\nevil: yes", '"\nb: c', "\u2028k: v", "x # y: [z", "*a", "&b", "!c", "", "\u202e\x1b[2J"]
)
def test_hostile_words_of_other_people_change_nothing(words: str, library: Library) -> None:
    technique = msgspec.convert(
        _with_words(msgspec.to_builtins(library.technique("every-kind").value), words), Technique
    )
    read = read_answers(HERE, library, session_template(technique))[0]
    assert read == SessionAnswers(technique="every-kind", groups={"pairs": GroupsAnswer(drawn=True)})
    matrix = msgspec.convert(_with_words(msgspec.to_builtins(library.matrix().value), words), Matrix)
    assert read_answers(HERE, library, assessment_template(matrix))[0] == AssessmentAnswers(assess="small")
    assert read_set_up(HERE, library, set_up_template(matrix))[0].matrix == "small"
    survey = replace(SHIPPED_SURVEY, matrix=matrix, title=words)
    assert read_response(HERE, survey, response_template(survey))[0] == ResponseAnswers(survey=ID)


def test_a_set_up_template_is_taken_as_it_is_printed_and_with_its_examples(library: Library) -> None:
    template = set_up_template(library.matrix().value)
    answers, problems = read_set_up(HERE, library, template)
    assert problems == ()
    assert answers == SetUpAnswers(set_up="Yearly self-assessment", team="Our team", matrix="small")
    filled, problems = read_set_up(HERE, library, _with_its_examples(template))
    assert problems == ()
    assert filled.objectives[1].criteria == ("first",) and filled.options[0].criterion == "first"
    shipped = Library([SHIPPED / "techniques"], [SHIPPED / "matrix.yaml"])
    assert read_set_up(HERE, shipped, set_up_template(shipped.matrix().value))[1] == ()


def test_a_response_template_is_taken_as_it_is_printed_and_filled_in() -> None:
    template = response_template(SHIPPED_SURVEY)
    assert read_response(HERE, SHIPPED_SURVEY, template) == (ResponseAnswers(survey=ID), ())
    filled = template.replace("    level:", "    level: 4").replace("    rationale:", "    rationale: we ask")
    answers, _ = read_response(HERE, SHIPPED_SURVEY, filled)
    assert [(each.level, each.rationale) for each in answers.ratings] == [(4, "we ask")] * 23


def test_ids_that_no_rule_has_seen_are_quoted(library: Library) -> None:
    technique = library.technique("talk").value
    step = replace(technique.steps[1], id="x: y\n- z")
    template = session_template(replace(technique, id="t: [", steps=(step,), variants=()))
    read = yaml.safe_load(template)
    assert (read["technique"], read["answers"]) == ("t: [", {"x: y\n- z": []})
