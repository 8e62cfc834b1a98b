"""The matrix and the techniques that come with kmtui: without a problem, and in the house style."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec
import pytest

from kmtui.content.library import Library
from kmtui.model.matrix import Criterion, Matrix
from kmtui.model.technique import Technique
from tests.content.helpers import SHIPPED

LIBRARY = Library([SHIPPED / "techniques"], [SHIPPED / "matrix.yaml"])
TECHNIQUES = LIBRARY.technique_ids
IDS = (
    "after-action-review",
    "before-action-review",
    "self-assessment",
    "peer-assist",
    "appreciative-inquiry",
    "premortem",
    "knowledge-cafe",
    "conversation-cafe",
    "randomised-coffee-trials",
    "communities-of-practice",
    "action-learning-sets",
    "knowledge-assets",
    "fishbowl",
    "retrospect",
    "knowledge-harvesting",
    "knowledge-retention-interview",
    "knowledge-exchange",
)
BANNED = re.compile(
    r"\b(robust\w*|leverag\w+|holistic\w*|stakeholder\w*|going forward|please|oops|successfully)\b|!", re.IGNORECASE
)


def _matrix() -> Matrix:
    return LIBRARY.matrix().value


def _technique(technique_id: str) -> Technique:
    return LIBRARY.technique(technique_id).value


def _criteria() -> tuple[Criterion, ...]:
    return _matrix().criteria


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)


def _words(text: str) -> int:
    return len(text.split())


def test_all_of_it_loads_without_a_problem() -> None:
    LIBRARY.techniques()
    _matrix()
    told = [str(problem) for problem in LIBRARY.problems if not _of_a_planned_technique(problem.message)]
    assert told == []
    assert "after-action-review" in TECHNIQUES


def _of_a_planned_technique(message: str) -> bool:
    """Whether it only says that a technique from our list is not written yet."""
    return any(message.startswith(f'the technique "{planned}" is not installed') for planned in IDS)


def test_the_matrix_is_as_large_as_it_should_be() -> None:
    assert 20 <= len(_criteria()) <= 24
    assert [band.levels for band in _matrix().bands] == [(1, 3), (4, 5), (6, 9), (10, 12)]
    assert _matrix().opening_question.endswith("?")


def test_the_criterion_of_the_published_example_is_there() -> None:
    assert _matrix().criterion("innovation") is not None


@pytest.mark.parametrize("criterion", _criteria(), ids=lambda criterion: str(criterion.id))
def test_criteria_are_in_the_house_style(criterion: Criterion) -> None:
    assert {key: text for key, text in criterion.statements.items() if _words(text) > 25} == {}
    assert len(set(criterion.statements.values())) == len(criterion.statements)
    assert len(criterion.ask) >= 2
    assert len(criterion.options) >= 4
    assert {option.technique for option in criterion.options} - {None, *IDS} == set()
    for band in _matrix().bands:
        assert any(not option.bands or band.id in option.bands for option in criterion.options), band.id


@pytest.mark.parametrize("technique_id", TECHNIQUES)
def test_techniques_are_in_the_house_style(technique_id: str) -> None:
    technique = _technique(technique_id)
    assert technique.id in IDS
    assert {step.id: _words(step.say) for step in technique.steps if _words(step.say) > 60} == {}
    assert {step.id: len(step.points) for step in technique.steps if len(step.points) > 5} == {}
    for variant in technique.variants:
        assert technique.minutes.least <= variant.minutes <= technique.minutes.most


def test_the_after_action_review_has_its_steps() -> None:
    technique = _technique("after-action-review")
    short = technique.variant(None)
    assert short is not None
    assert [step.id for step in short.steps] == ["welcome", "expected", "actual", "why", "learn", "act"]
    assert short.minutes == technique.minutes.least == 15


@pytest.mark.parametrize("name", ["matrix", *TECHNIQUES])
def test_no_word_that_the_house_does_not_use(name: str) -> None:
    value = _matrix() if name == "matrix" else _technique(name)
    assert [text for text in _texts(msgspec.to_builtins(value)) if BANNED.search(text)] == []
