"""Which technique? For a situation, a criterion and an action, among the techniques that are installed."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from kmtui.content.library import Library
from kmtui.model.errors import WrongInput
from kmtui.workspace.desk import Desk
from kmtui.workspace.planning import Planning
from kmtui.workspace.suggesting import for_action, for_criterion, suggestions
from kmtui.workspace.tools import Tools
from tests.workspace.conftest import DATA
from tests.workspace.making import assessed

CARD = """\
id: {id}
version: "1"
name: {id}
phase: {phase}
about: We do it.
minutes: {{least: {minutes}, most: {minutes}}}
people: {{least: 2, most: 12}}
use_when: [{use_when}]
steps: [{{id: one, kind: brief, title: One, minutes: {minutes}}}]
"""

OPTION = "{id: list, text: Write one, technique: after-action-review, bands: [weak]}"
OPTIONS = """
          - {id: first, text: Do, technique: listing, bands: [weak]}
          - {id: gone, text: Do, technique: not-installed}
          - {id: second, text: Do, technique: reading, bands: [strong]}
          - {id: words, text: Do}"""


@pytest.fixture
def tools(small: Desk, tmp_path: Path) -> Tools:
    """Tools with three techniques of our own and no other, and a matrix with options that name two of them."""
    folder = tmp_path / "own"
    folder.mkdir()
    for id_, phase, minutes, use_when in (
        ("listing", "before", 10, "There is nothing yet."),
        ("reading", "during", 30, "There is a lot of paper."),
        ("deciding", "during", 60, "Something will be decided."),
    ):
        text = CARD.format(id=id_, phase=phase, minutes=minutes, use_when=use_when)
        (folder / f"{id_}.yaml").write_text(text, encoding="utf-8")
    matrix = (DATA / "matrix-1-to-5.yaml").read_text(encoding="utf-8")
    assert matrix.count(f"          - {OPTION}") == 1
    file = tmp_path / "own.yaml"
    file.write_text(matrix.replace(f"\n          - {OPTION}", OPTIONS), encoding="utf-8")
    return replace(small.tools, library=Library([folder], [file]))


@pytest.fixture
def desk(tools: Tools, small: Desk) -> Desk:
    """The desk with those tools."""
    return Desk(tools, small.folder)


def test_a_situation(tools: Tools) -> None:
    assert [each.id for each in suggestions(tools, phase="before", people=5, minutes=15)] == ["listing"]
    assert [each.id for each in suggestions(tools, phase="during", minutes=60)] == ["reading", "deciding"]
    assert {each.id for each in suggestions(tools, words="decided on paper")} == {"reading", "deciding"}
    assert suggestions(tools, phase="after") == suggestions(tools, people=200) == suggestions(tools, minutes=4) == ()
    assert len(suggestions(tools)) == 3


def test_for_a_criterion_what_an_option_for_its_level_names_comes_first(desk: Desk) -> None:
    opened = assessed(desk, "Ward 7", {"agenda": 1})
    first, *rest = for_criterion(desk.tools, opened.record, "agenda")
    assert first.id == "listing"
    assert first.why.startswith("An option for this criterion names it. ")
    assert [each.id for each in rest] == ["deciding"]  # the indicator asks what will be decided
    assert "An option" not in rest[0].why


def test_options_for_another_level_name_nothing(desk: Desk) -> None:
    opened = assessed(desk, "Ward 7", {"agenda": 5})
    first, *_ = for_criterion(desk.tools, opened.record, "agenda")
    assert (first.id, first.why.startswith("An option")) == ("reading", True)
    opened.rate(level=3)  # fair, for which no option names an installed technique
    (only,) = for_criterion(desk.tools, opened.record, "agenda")
    assert (only.id, only.why.startswith("An option")) == ("deciding", False)


def test_without_a_level_all_options_count(desk: Desk) -> None:
    opened = assessed(desk, "Ward 7", {})
    assert [each.id for each in for_criterion(desk.tools, opened.record, "agenda")][:2] == ["listing", "reading"]


def test_a_criterion_can_be_asked_with_a_situation(desk: Desk) -> None:
    opened = assessed(desk, "Ward 7", {"agenda": 1})
    found = for_criterion(desk.tools, opened.record, "agenda", phase="during", people=5, minutes=30)
    assert [each.id for each in found] == ["listing", "deciding"]
    assert "Takes 10 minutes and suits 2 to 12 people." in found[0].why
    assert "Takes at least 60 minutes; you have 30." in found[1].why
    for asked in ({"phase": "after"}, {"people": 200}, {"minutes": 9}):  # which leave nothing but what is named
        assert [each.id for each in for_criterion(desk.tools, opened.record, "agenda", **asked)] == ["listing"]


def test_there_has_to_be_such_a_criterion(desk: Desk) -> None:
    opened = assessed(desk, "Ward 7", {})
    with pytest.raises(WrongInput):
        for_criterion(desk.tools, opened.record, "nothing")


def test_for_an_action_its_technique_comes_first_then_what_speaks_of_it(desk: Desk) -> None:
    plan = Planning(desk.tools, assessed(desk, "Ward 7", {"agenda": 1}))
    plan.toggle("agenda", "first")
    plan.write_own("Read all the paper that there is", "agenda")
    plan.write_own("Decide what is decided")
    plan.write_own("Buy more chairs")
    plan.opened.close()
    chosen, paper, decide, chairs = desk.tools.store.actions()
    first, *_ = for_action(desk.tools, chosen)
    assert (first.id, first.why.startswith("The action names it. ")) == ("listing", True)
    assert [each.id for each in for_action(desk.tools, paper)] == ["reading"]
    assert [each.id for each in for_action(desk.tools, decide)] == ["deciding"]
    (other,) = for_action(desk.tools, decide, minutes=10)  # too short for the one that speaks of it
    assert (other.id, "does not speak of what you asked for" in other.why) == ("listing", True)
    for asked in ({"phase": "after"}, {"people": 200}, {"minutes": 4}):
        assert for_action(desk.tools, decide, **asked) == ()
    assert "you have 50" in for_action(desk.tools, decide, phase="during", people=5, minutes=50)[0].why
    assert for_action(desk.tools, chairs) == ()
    named = replace(chairs, criterion_name="What will be decided")
    assert [each.id for each in for_action(desk.tools, named)] == ["deciding"]
    unknown = replace(chairs, technique="not-installed")
    assert for_action(desk.tools, unknown) == ()
