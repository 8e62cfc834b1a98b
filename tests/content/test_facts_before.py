"""What is published about the techniques of this file, and that ours keep to it: questions, order, minutes, people."""

from __future__ import annotations

import pytest

from kmtui.model.technique import AnyStep, Assess, Brief, Collect, Earlier, Groups, Technique, Vote
from kmtui.workspace.library import library_for

LIBRARY = library_for(None)
BEFORE = "self-assessment", "peer-assist", "appreciative-inquiry", "premortem", "before-action-review"
DURING = "action-learning-sets", "after-action-review"


def _technique(technique_id: str) -> Technique:
    return LIBRARY.technique(technique_id).value


def _run(technique_id: str, variant: str | None = None) -> tuple[AnyStep, ...]:
    return _technique(technique_id).as_run(variant).steps


def _minutes(technique_id: str) -> dict[str, float]:
    return {variant.id: variant.minutes for variant in _technique(technique_id).variants}


def _roles(technique_id: str) -> str:
    return " ".join(f"{role.name} {role.does}" for role in _technique(technique_id).roles).lower()


def _in_order(steps: tuple[AnyStep, ...], *asked: str) -> bool:
    """Whether steps with these words in their titles come in this order."""
    titles = iter(step.title.lower() for step in steps)
    return all(any(words.lower() in title for title in titles) for words in asked)


@pytest.mark.parametrize(
    ("technique_id", "phase"), [*((each, "before") for each in BEFORE), *((each, "during") for each in DURING)]
)
def test_the_phase_is_that_of_the_framework(technique_id: str, phase: str) -> None:
    assert _technique(technique_id).phase == phase


@pytest.mark.parametrize("technique_id", [*BEFORE, *DURING])
def test_each_form_begins_with_ground_rules_and_ends_with_who_does_what(technique_id: str) -> None:
    for variant in _technique(technique_id).variants:
        first, *_, last = _run(technique_id, variant.id)
        assert isinstance(first, Brief)
        assert first.points
        assert last.id == "act"


@pytest.mark.parametrize(
    ("technique_id", "expected"),
    [
        (
            "self-assessment",
            {"short": 45, "hour": 60, "long": 90},
        ),  # 45 minutes on paper, at least an hour with guidance
        ("peer-assist", {"short": 45, "table": 30, "long": 210}),  # 45 to 60, 30 at a round table, half a day
        ("appreciative-inquiry", {"short": 45, "long": 120}),
        ("premortem", {"short": 30, "long": 60}),
        ("action-learning-sets", {"unrecorded": 40, "recorded": 50}),
        ("after-action-review", {"short": 15, "long": 45}),  # 15 minutes upwards
        ("before-action-review", {"short": 15, "long": 30}),
    ],
)
def test_the_forms_and_their_minutes(technique_id: str, expected: dict[str, float]) -> None:
    assert _minutes(technique_id) == expected


@pytest.mark.parametrize("variant", ["short", "hour", "long"])
def test_the_self_assessment_settles_on_whose_behalf_before_it_is_made(variant: str) -> None:
    steps = _run("self-assessment", variant)
    assert _in_order(steps, "purpose", "on whose behalf", "where do we stand", "how we work", "who does what")
    assert [step.id for step in steps if isinstance(step, Assess)] == ["assess"]
    assert ("read" in [step.id for step in steps]) == (variant != "short")


def test_a_librarian_leads_the_self_assessment_of_a_team_or_a_board() -> None:
    for role in ("librarian", "team", "board", "senior leaders"):
        assert role in _roles("self-assessment")


@pytest.mark.parametrize("variant", ["short", "table", "long"])
def test_a_peer_assist_tells_asks_analyses_and_feeds_back(variant: str) -> None:
    steps = _run("peer-assist", variant)
    assert _in_order(steps, "tell:", "ask:", "analyse:", "feed back:", "hosts use", "who does what")


def test_the_people_of_a_peer_assist() -> None:
    assert "six to twelve peers from other teams" in _roles("peer-assist")
    assert "10 to 15 minutes with the hosts the day before" in _roles("peer-assist")
    assert {"hosts", "facilitator from outside the team", "scribe"} <= {
        role.name.lower() for role in _technique("peer-assist").roles
    }


def test_the_prompts_of_appreciative_inquiry_come_in_their_order() -> None:
    pairs = _technique("appreciative-inquiry").step("pairs")
    assert isinstance(pairs, Groups)
    assert (pairs.size, pairs.rounds, pairs.avoid_repeats) == (2, 1, True)
    assert pairs.starters[:2] == (
        "Tell me what happened in your own words.",
        "How did it feel to be involved in this good practice?",
    )
    assert _in_order(
        _run("appreciative-inquiry", "long"),
        "In pairs",
        "Discover: what happened",
        "Dream: what would it look like",
        "Design: what is different between now and the improved future?",
        "Design: what steps will we need to take?",
        "Delivery: what challenges may we encounter?",
        "Delivery: how might we overcome those challenges?",
    )


def test_the_short_form_of_appreciative_inquiry_has_all_four_parts() -> None:
    assert _in_order(
        _run("appreciative-inquiry"), "In pairs", "Discover:", "Dream:", "Design:", "Delivery:", "Delivery:"
    )


@pytest.mark.parametrize("variant", ["short", "long"])
def test_a_premortem_is_written_alone_for_two_minutes_and_then_told_in_turn(variant: str) -> None:
    steps = {step.id: step for step in _run("premortem", variant)}
    assert _in_order(
        tuple(steps.values()), "the plan", "has failed", "alone", "round the table", "stronger", "who changes"
    )
    alone, reasons = steps["alone"], steps["reasons"]
    assert isinstance(alone, Collect)
    assert isinstance(reasons, Collect)
    assert (alone.minutes, alone.private) == (2, True)
    assert (reasons.each, reasons.private) == ("person", False)
    worst = steps["worst"]
    assert isinstance(worst, Vote)
    assert worst.from_ == "reasons"


def test_an_action_learning_set_has_four_to_eight_people() -> None:
    people = _technique("action-learning-sets").people
    assert (people.least, people.most) == (4, 8)


@pytest.mark.parametrize(("variant", "suffix"), [("unrecorded", ""), ("recorded", "-noted")])
def test_a_turn_in_an_action_learning_set_keeps_the_published_parts_and_minutes(variant: str, suffix: str) -> None:
    minutes = {step.id.removesuffix(suffix): step.minutes for step in _run("action-learning-sets", variant)}
    parts = ["present", "clarify", "help", "summary", "resources", "act"]
    assert [part for part in minutes if part in parts] == parts
    assert 5 <= minutes["clarify"] <= 10
    assert 10 <= minutes["help"] <= 15
    assert (minutes["summary"], minutes["resources"]) == (2, 5)
    assert 30 <= sum(minutes[part] for part in parts) <= 40


def test_nothing_said_in_an_action_learning_set_is_recorded_without_consent() -> None:
    steps = _run("action-learning-sets")
    assert [step.id for step in steps if not isinstance(step, Brief)] == ["act"]
    assert "no notes" in " ".join(step.say for step in steps)
    assert "if they want it kept" in steps[-1].title


def test_with_consent_what_is_said_is_kept_and_never_exported() -> None:
    steps = _run("action-learning-sets", "recorded")
    noted = [step for step in steps if isinstance(step, Collect)]
    assert _in_order(steps, "agree that we write", "what came of it", "what is the issue")
    assert noted
    assert all(step.private for step in noted)


FOUR = (
    "What was supposed to happen?",
    "What actually happened?",
    "Why was there a difference?",
    "What can we learn from this?",
)


def test_the_after_action_review_of_15_minutes_has_four_questions() -> None:
    assert [step.title for step in _run("after-action-review")][1:] == [*FOUR, "Who does what by when?"]


def test_the_longer_after_action_review_has_a_fifth_question() -> None:
    titles = [step.title for step in _run("after-action-review", "long")]
    assert titles[1:] == [*FOUR, "What will we do about it?", "Who does what by when?"]


def test_the_after_action_review_begins_with_what_the_before_action_review_intended() -> None:
    expected = _technique("after-action-review").step("expected")
    assert isinstance(expected, Collect)
    assert expected.earlier == tuple(
        Earlier(technique="before-action-review", step=step) for step in ("intended", "measures")
    )
    for each in expected.earlier:
        assert isinstance(_technique(each.technique).step(each.step), Collect)


def test_the_before_action_review_has_five_questions_and_looks_up_what_was_learned() -> None:
    assert [step.title for step in _run("before-action-review")][1:-1] == [
        "What is our intended result?",
        "What are our success measures?",
        "What challenges will we face?",
        "What did we learn from last time?",
        "What do we think will make us successful this time?",
    ]
    last_time = _technique("before-action-review").step("last-time")
    assert isinstance(last_time, Collect)
    assert last_time.recall == "lessons"
