"""The JSON of a comparison: the fields that scripts depend on, and cleaned text."""

from __future__ import annotations

import json
from datetime import date

import pytest
from msgspec.structs import replace

from kmtui.analysis.comparison import (
    Compared,
    Comparison,
    CriterionTrend,
    NotCompared,
    Standing,
    Trend,
    compared,
    trend,
    with_names_hidden,
)
from kmtui.model.assessment import Assessment
from kmtui.report.comparison_document import comparison_document, trend_document
from kmtui.text import clean
from tests.analysis.teams import surveyed, team
from tests.hostile import HOSTILE
from tests.model.test_matrix import MATURITY
from tests.report.examples import MATRIX

FIRST = MATRIX.criteria[0].id
TEAMS = (
    team("Ward 7", {FIRST: (5, 8)}),
    team("Ward 4", {FIRST: 9}),
    surveyed("Ward 2", {FIRST: 5.5}, {FIRST: (None, 7)}),
    surveyed("Ward 3", {FIRST: None}),
    team("Ward 9", {"a": 1}, matrix=MATURITY, date=date(2020, 1, 1)),
)


def beside(*assessments: Assessment, own: str = "") -> Comparison:
    found = compared(assessments, own=own)
    assert found is not None
    return found


def over_the_years(*assessments: Assessment) -> Trend:
    found = trend(assessments, assessments[0].team)
    assert found is not None
    return found


def test_river_and_stairs_have_the_fields_of_the_contract() -> None:
    river = comparison_document(beside(*TEAMS, own="ward 7"), "river")
    assert list(river) == ["matrix", "own", "criteria", "not_compared"]
    assert river["matrix"] == {"id": MATRIX.id, "title": MATRIX.title, "version": "1.0"}
    assert river["own"] == "Ward 7"
    assert river["criteria"][0] == {
        "id": FIRST,
        "name": "Approach to innovation",
        "lowest": 5,
        "highest": 9,
        "teams": [
            {"team": "Ward 7", "level": 5, "target": 8},
            {"team": "Ward 2", "level": 5.5, "target": 7},
            {"team": "Ward 3", "level": None, "target": None},
            {"team": "Ward 4", "level": 9, "target": None},
        ],
    }
    assert river["not_compared"] == [
        {"team": "Ward 9", "date": "2020-01-01", "what": "Another model", "why": "another model"}
    ]
    stairs = comparison_document(beside(*TEAMS, own="ward 7"), "stairs")
    pairs = [{"helper": "Ward 4", "seeker": "Ward 7"}, {"helper": "Ward 4", "seeker": "Ward 2"}]
    assert stairs["criteria"][0] == {**river["criteria"][0], "help": pairs}
    assert stairs["criteria"][-1]["help"] == []
    assert (stairs["criteria"][-1]["lowest"], len(stairs["criteria"])) == (None, len(MATRIX.criteria))
    assert json.loads(json.dumps(stairs)) == stairs


def test_help_is_told_for_the_nearest_few_so_that_it_grows_with_the_teams_and_not_with_their_square() -> None:
    many = [team(f"High {n}", {FIRST: 9}) for n in range(50)] + [team(f"Low {n}", {FIRST: (2, 8)}) for n in range(50)]
    assert len(comparison_document(beside(*many), "stairs")["criteria"][0]["help"]) == 5 * 50


def test_names_that_are_hidden_are_hidden_in_the_document() -> None:
    document = comparison_document(with_names_hidden(beside(*TEAMS, own="ward 7")), "stairs")
    text = json.dumps(document)
    assert [name for name in ("Ward 2", "Ward 3", "Ward 4", "Ward 7", "Ward 9", "2020") if name in text] == []
    assert document["own"] == "Our team"
    assert document["not_compared"][0]["date"] is None
    teams = {each["team"] for each in document["criteria"][0]["teams"]}
    assert {each["helper"] for each in document["criteria"][0]["help"]} <= teams - {"Our team"}


def test_a_trend_has_the_fields_of_the_contract() -> None:
    document = trend_document(
        over_the_years(
            team("Ward 7", {FIRST: (5, 8)}),
            surveyed("Ward 7", {FIRST: 4.4}, date=date(2025, 1, 2)),
            team("Ward 7", {"a": 1}, matrix=MATURITY, date=date(2020, 1, 1)),
        )
    )
    assert list(document) == ["matrix", "team", "criteria", "not_compared"]
    assert document["team"] == "Ward 7"
    assert document["criteria"][0] == {
        "id": FIRST,
        "name": "Approach to innovation",
        "points": [
            {"date": "2025-01-02", "level": 4.4, "target": None},
            {"date": "2026-11-20", "level": 5, "target": 8},
        ],
    }
    assert document["criteria"][1]["points"] == []
    assert document["not_compared"][0]["why"] == "another model"
    assert json.loads(json.dumps(document)) == document


@pytest.mark.parametrize("text", [text for text in HOSTILE if clean(text).strip()])
def test_no_text_leaves_uncleaned(text: str) -> None:
    # Made by hand: a comparison has cleaned names already, and the document trusts nobody.
    criterion = replace(MATRIX.criteria[0], name=text)
    matrix = replace(MATRIX, title=text, version=text)
    standings = (Standing(team=text, level=9), Standing(team=text, level=2, target=8))
    odd = (NotCompared(team=text, what=text, why=text),)
    row = Compared(criterion=criterion, teams=standings)
    teams = Comparison(matrix=matrix, own=text, criteria=(row,), not_compared=odd)
    years = Trend(matrix=matrix, team=text, criteria=(CriterionTrend(criterion=criterion),), not_compared=odd)
    documents = [comparison_document(teams, "stairs"), trend_document(years)]
    for document in documents:
        for words in _texts(document):
            assert words == clean(words)
    assert len(_texts(documents)) == 22


def _texts(value: object) -> list[str]:
    if isinstance(value, dict):
        return [words for each in value.values() for words in _texts(each)]
    if isinstance(value, list):
        return [words for each in value for words in _texts(each)]
    return [value] if isinstance(value, str) else []
