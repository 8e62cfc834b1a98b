"""What is published about looking after knowledge and passing it on, and that our scripts keep to it."""

from __future__ import annotations

import pytest

from kmtui.model.technique import Actions, Brief, Collect, Earlier, Score, Span, Table, Technique
from kmtui.workspace.library import library_for

LIBRARY = library_for(None)

ASSETS = "knowledge-assets"
RETROSPECT = "retrospect"
HARVESTING = "knowledge-harvesting"
INTERVIEW = "knowledge-retention-interview"
EXCHANGE = "knowledge-exchange"
ALL = (ASSETS, RETROSPECT, HARVESTING, INTERVIEW, EXCHANGE)


def _technique(technique_id: str) -> Technique:
    return LIBRARY.technique(technique_id).value


def _titles(technique_id: str, variant_id: str | None = None) -> list[str]:
    return [step.title for step in _technique(technique_id).as_run(variant_id).steps]


def _in_order(titles: list[str], *asked: str) -> bool:
    """Whether these words begin titles in this order; other steps may stand between them."""
    rest = iter(titles)
    return all(any(title.startswith(words) for title in rest) for words in asked)


def _table(technique_id: str, step_id: str) -> Table:
    step = _technique(technique_id).step(step_id)
    assert isinstance(step, Table)
    return step


def _earlier(technique_id: str, step_id: str) -> tuple[Earlier, ...]:
    step = _technique(technique_id).step(step_id)
    assert isinstance(step, Collect)
    return step.earlier


def _roles(technique_id: str) -> str:
    return " ".join(f"{role.name}: {role.does}" for role in _technique(technique_id).roles)


def _tips(technique_id: str) -> str:
    return " ".join(tip for step in _technique(technique_id).steps for tip in step.tips)


@pytest.mark.parametrize(
    ("technique_id", "phase"),
    [(ASSETS, "during"), (RETROSPECT, "after"), (HARVESTING, "after"), (INTERVIEW, "after"), (EXCHANGE, "after")],
)
def test_the_phase_is_the_published_one(technique_id: str, phase: str) -> None:
    assert _technique(technique_id).phase == phase


@pytest.mark.parametrize(
    ("technique_id", "variants"),
    [
        (ASSETS, {"inventory": 60, "map": 90}),
        (RETROSPECT, {"long": 240, "short": 60}),
        (HARVESTING, {"long": 180, "short": 90}),
        (INTERVIEW, {"long": 90, "short": 45}),
        (EXCHANGE, {"long": 90, "short": 60}),
    ],
)
def test_the_minutes_of_each_form(technique_id: str, variants: dict[str, int]) -> None:
    technique = _technique(technique_id)
    assert {variant.id: variant.minutes for variant in technique.variants} == variants
    assert (technique.minutes.least, technique.minutes.most) == (min(variants.values()), max(variants.values()))


@pytest.mark.parametrize("technique_id", ALL)
def test_every_form_opens_with_ground_rules_and_ends_with_actions(technique_id: str) -> None:
    technique = _technique(technique_id)
    for variant in technique.variants:
        steps = technique.as_run(variant.id).steps
        assert isinstance(steps[0], Brief)
        assert steps[0].points
        assert isinstance(steps[-1], Actions)


@pytest.mark.parametrize("technique_id", ALL)
def test_it_says_what_is_our_own(technique_id: str) -> None:
    assert any("our own and is nobody's official text" in source for source in _technique(technique_id).sources)


# Knowledge assets


def test_an_asset_has_a_kind_an_owner_a_place_and_a_review_date() -> None:
    table = _table(ASSETS, "inventory")
    assert [(column.id, column.kind) for column in table.columns] == [
        ("asset", "text"),
        ("kind", "choice"),
        ("owner", "person"),
        ("place", "text"),
        ("review", "date"),
    ]
    assert table.columns[1].choices == ("human", "structural", "technological")


def test_the_map_goes_from_key_activities_over_flows_to_gaps_and_losses() -> None:
    steps = [step.id for step in _technique(ASSETS).as_run("map").steps]
    assert steps == ["welcome", "activities", "needs", "flows", "gaps", "losses", "act"]


def test_assets_gather_what_reviews_have_taught() -> None:
    assert {each.technique for each in _earlier(ASSETS, "learned")} == {"after-action-review", RETROSPECT}


# Retrospect


@pytest.mark.parametrize("variant_id", ["long", "short"])
def test_the_retrospect_asks_in_the_published_order(variant_id: str) -> None:
    assert _in_order(
        _titles(RETROSPECT, variant_id),
        "What were our objectives?",
        "What was achieved?",
        "What were the successes?",
        "Why did they go well?",
        "What were the disappointments?",
        "What could have gone better",
        "What mark out of ten do you give the project as a whole?",
        "What can the next team learn",
        "Who does what by when?",
    )


def test_the_mark_is_out_of_ten() -> None:
    step = _technique(RETROSPECT).step("marks")
    assert isinstance(step, Score)
    assert (step.lowest, step.highest) == (1, 10)


def test_the_retrospect_has_an_outside_facilitator_the_leaders_reminder_and_twelve_people_at_most() -> None:
    assert _technique(RETROSPECT).people.most == 12
    assert "Facilitator from outside" in _roles(RETROSPECT)
    assert "Reminds everyone of the objectives, in 15 minutes at most" in _roles(RETROSPECT)
    assert "30 minutes times the number of people" in _tips(RETROSPECT)


def test_after_action_reviews_feed_the_retrospect() -> None:
    assert _earlier(RETROSPECT, "on-the-way") == (Earlier(technique="after-action-review", step="learn"),)
    assert _earlier(RETROSPECT, "objectives") == (Earlier(technique="before-action-review", step="intended"),)


@pytest.mark.parametrize(
    ("technique_id", "step_id"), [(ASSETS, "learned"), (RETROSPECT, "on-the-way"), (RETROSPECT, "objectives")]
)
def test_what_comes_from_earlier_sessions_is_a_step_there(technique_id: str, step_id: str) -> None:
    for each in _earlier(technique_id, step_id):
        assert _technique(each.technique).step(each.step) is not None


# Knowledge harvesting


@pytest.mark.parametrize("variant_id", ["long", "short"])
def test_harvesting_has_its_eight_steps(variant_id: str) -> None:
    named = [title.partition(":")[0] for title in _titles(HARVESTING, variant_id) if ":" in title]
    assert list(dict.fromkeys(named)) == [
        "Focus",
        "Find",
        "Elicit",
        "Organise",
        "Package",
        "Share",
        "Apply",
        "Evaluate",
    ]


def test_harvesting_has_a_practised_interviewer() -> None:
    assert "Interviewer" in _roles(HARVESTING)
    assert "practised" in _roles(HARVESTING)


# Knowledge retention interview


def test_the_interview_is_for_two_and_takes_ninety_minutes() -> None:
    technique = _technique(INTERVIEW)
    assert technique.people == Span(least=2, most=3)
    first = technique.variant(None)
    assert first is not None
    assert first.minutes == 90


def test_the_interview_asks_in_the_published_order() -> None:
    assert _in_order(
        _titles(INTERVIEW),
        "Recording, if you agree",
        "Who are you",
        "What is the most valuable thing",
        "What would be hard to replace?",
        "What do you know that nobody else",
        "How did you learn it?",
        "What will your colleagues notice when you are gone?",
        "Is your job description complete?",
        "What has to be passed on",
    )


@pytest.mark.parametrize("variant_id", ["long", "short"])
def test_consent_to_the_recording_comes_before_the_first_question(variant_id: str) -> None:
    steps = _technique(INTERVIEW).as_run(variant_id).steps
    first = next(place for place, step in enumerate(steps) if isinstance(step, Collect))
    assert [step.id for step in steps[:first]] == ["welcome", "recording"]
    assert steps[1].say.endswith("May I record this?")
    assert steps[first].id == "biography"


def test_priorities_say_what_who_and_how() -> None:
    assert [column.name for column in _table(INTERVIEW, "priorities").columns] == ["What", "Who needs it", "How"]


# Knowledge exchange


def test_the_exchange_is_between_holder_facilitator_and_if_possible_successor() -> None:
    assert _technique(EXCHANGE).people.least == 2
    assert [role.name for role in _technique(EXCHANGE).roles[:3]] == [
        "Knowledge holder",
        "Facilitator",
        "Successor, if possible",
    ]
    assert "line manager or a trusted colleague" in _roles(EXCHANGE)


@pytest.mark.parametrize("variant_id", ["long", "short"])
def test_the_relationship_map_comes_first(variant_id: str) -> None:
    assert [step.id for step in _technique(EXCHANGE).as_run(variant_id).steps][1] == "map"


def test_the_relationship_map_says_who_what_about_and_how_close() -> None:
    columns = _table(EXCHANGE, "map").columns
    assert [column.name for column in columns] == ["Who", "Role or team", "What about", "How close", "When"]
    assert columns[3].choices == ("close", "regular", "now and then")
    assert "A4" in _tips(EXCHANGE)
