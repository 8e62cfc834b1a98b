"""Comparisons as Markdown: tables, sentences and drawings, and no name of anyone's becomes structure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
import yaml
from msgspec.structs import replace

from kmtui.analysis.comparison import Comparison, with_names_hidden
from kmtui.model.matrix import Matrix
from kmtui.model.rating import Rating
from kmtui.model.setup import LeftOut, as_used
from kmtui.report.comparison_drawing import river_drawing
from kmtui.report.comparison_markdown import fenced, river_markdown, stairs_markdown, trend_markdown
from kmtui.text import clean
from tests.analysis.teams import surveyed, team, with_criterion
from tests.hostile import HOSTILE
from tests.model.test_matrix import MATURITY
from tests.report.examples import MATRIX
from tests.report.reader import PARSERS, on_one_line, read, without_front_matter
from tests.report.test_comparison_document import beside, over_the_years

DAY = date(2026, 12, 1)
FIRST, SECOND, *_ = (criterion.id for criterion in MATRIX.criteria)
TOLD = [text for text in HOSTILE if clean(text).strip()]
MEAN = "5.6 (rounds to 6: Pockets of good practice)"


def comparison(text: str = "Ward", matrix: Matrix = MATRIX) -> Comparison:
    left_out = (LeftOut(criterion=SECOND, reason=text, name=text),)
    return beside(
        team(f"7 {text}", {FIRST: (5, 8), SECOND: 3}, matrix=matrix),
        team(f"4 {text}", {FIRST: 9}, matrix=as_used(matrix, left_out, ()), left_out=left_out),
        surveyed(f"2 {text}", {FIRST: 5.6}, {FIRST: (None, 12)}, matrix=matrix),
        team(f"1 {text}", {"a": 1}, matrix=replace(MATURITY, title=text), date=date(2020, 1, 1)),
        own=f"7 {text}",
    )


def over_years(text: str = "Ward", matrix: Matrix = MATRIX) -> str:
    then = Rating(criterion=FIRST, level=6, rationale=text)
    return trend_markdown(
        over_the_years(
            surveyed(f"7 {text}", {FIRST: 5.6}, {FIRST: (None, 8)}, matrix=matrix),
            team(f"7 {text}", ratings=(then,), date=date(2025, 11, 20), matrix=matrix),
            team(f"7 {text}", {"a": 1}, matrix=replace(MATURITY, title=text), date=date(2020, 1, 1)),
        ),
        DAY,
    )


def river(text: str = "Ward", matrix: Matrix = MATRIX) -> str:
    return river_markdown(comparison(text, matrix), DAY)


def stairs(text: str = "Ward", matrix: Matrix = MATRIX) -> str:
    return stairs_markdown(comparison(text, matrix), DAY)


MADE: list[Callable[..., str]] = [river, stairs, over_years]


def test_a_river_in_markdown() -> None:
    markdown = river()
    front, _, body = markdown[4:].partition("\n---\n")
    assert yaml.safe_load(front) == {
        "kind": "river",
        "matrix": "small",
        "matrix_version": "1.0",
        "team": "7 Ward",
        "date": "2026-12-01",
        "made_by": yaml.safe_load(front)["made_by"],
    }
    assert "# River: Knowledge mobilisation self-assessment\n\nThree teams · 7 Ward, 2 Ward and 4 Ward · " in body
    assert "| Criterion | Lowest | Highest | Teams | 7 Ward | Target |\n" in body
    assert "| Approach to innovation | 5 | 9 | 3 | 5 | 8 |\n" in body
    assert "- Approach to innovation: three teams, from 5 to 9. 7 Ward stands at 5 and wants 8.\n" in body
    assert "## What is not compared\n\n- Ward is not compared for 1 Ward: another model.\n" in body
    assert "- Learning before we start is not compared for 4 Ward: not used by this team: Ward.\n" in body


def test_a_river_without_an_own_team_has_no_column_for_it() -> None:
    markdown = river_markdown(beside(team("A", {FIRST: 1}), team("B", {FIRST: 2})), DAY)
    assert "| Criterion | Lowest | Highest | Teams |\n" in markdown
    assert "team:" not in markdown
    assert "not compared" not in markdown


def test_stairs_in_markdown() -> None:
    body = stairs()
    assert "| Criterion | Could help | Stands at | Wants to climb | Stands at | Wants |\n" in body
    assert "| Approach to innovation | 4 Ward | 9 | 7 Ward | 5 | 8 |\n" in body
    assert "\n## Approach to innovation\n\nThree teams, from 5 to 9; two want to climb. " in body
    assert "| 9 | Business as usual | 4 Ward |  |\n" not in body
    assert "| 9 | Pockets of good practice | 4 Ward |  |\n" in body
    assert f"| 6 | Pockets of good practice | 2 Ward: {MEAN}, wants 12 | 1 |\n" in body
    assert "\n## Handover\n\nNo team has a level yet.\n\n## As a drawing\n" in body


def test_a_trend_in_markdown() -> None:
    body = over_years()
    assert "# 7 Ward over the years: Knowledge mobilisation self-assessment\n" in body
    assert "| Criterion | 20 November 2025 | 20 November 2026 | Target |\n" in body
    assert f"| Approach to innovation | 6 | {MEAN} | 8 |\n" in body
    assert "| Handover |  |  |  |\n" in body
    assert "A first fall often means better understanding" in body
    assert "- Ward is not compared for the assessment of 1 January 2020: another model.\n" in body


def test_two_assessments_on_one_day_share_a_column() -> None:
    markdown = trend_markdown(over_the_years(team("A", {FIRST: 3}, id="1"), team("A", {FIRST: 4}, id="2")), DAY)
    assert "| Approach to innovation | 3, then 4 |  |\n" in markdown


def test_a_mean_always_has_its_rounding_and_band() -> None:
    found = beside(surveyed("A", {FIRST: 5.6}, {FIRST: (None, 8)}), team("B", {FIRST: 9}), own="A")
    for markdown in (river_markdown(found, DAY), stairs_markdown(found, DAY), over_years()):
        text = " ".join(markdown.split())
        assert text.count("5.6") == text.count(MEAN) > 0


@pytest.mark.parametrize("make", MADE)
@pytest.mark.parametrize("text", TOLD, ids=range(len(TOLD)))
def test_no_hostile_text_changes_the_structure(make: Callable[..., str], text: str) -> None:
    named = with_criterion(replace(MATRIX, title=text), FIRST, name=text)
    plain = with_criterion(replace(MATRIX, title="word"), FIRST, name="word")
    # A rationale is shortened, and what is long is not told whole.
    typed = text if len(text) < 150 else text[:150]
    markdown, expected = make(typed, named), make("word", plain)
    structure, texts = read(without_front_matter(markdown))
    for parser in PARSERS:
        assert read(without_front_matter(markdown), parser)[0] == structure
    assert structure == read(without_front_matter(expected))[0]
    # As a name it stands on one line, its runs of white space as one space.
    name = " ".join(on_one_line(f"7 {typed}").split())
    assert " ".join(" ".join(texts).split()).count(name) >= 1
    assert yaml.safe_load(markdown[4:].partition("\n---\n")[0])["team"] == clean(" ".join(clean(f"7 {typed}").split()))


@pytest.mark.parametrize("text", ["```", "````", "a ```` b ``` c", "~~~", "`"])
def test_a_drawing_with_backticks_stays_one_block(text: str) -> None:
    found = comparison(text)
    lines = [text, *river_drawing(found, 72)]
    tokens = PARSERS[1].parse(f"{fenced(lines)}\n\nafter\n")
    assert [token.type for token in tokens][:2] == ["fence", "paragraph_open"]
    assert tokens[0].content == "\n".join(line.rstrip() for line in lines) + "\n"


@pytest.mark.parametrize("make", [river_markdown, stairs_markdown])
def test_hidden_names_are_not_in_the_report(make: Callable[[Comparison, date], str]) -> None:
    markdown = make(with_names_hidden(comparison("Ward")), DAY)
    assert "Our team" in markdown
    assert [name for name in ("1 Ward", "2 Ward", "4 Ward", "7 Ward", "2020") if name in markdown] == []
    assert "Team A" in markdown


def test_with_200_teams_a_report_stays_readable() -> None:
    many = [team(f"Ward {n}", {FIRST: (1 + n % 12, 12)}) for n in range(200)]
    markdown = stairs_markdown(beside(*many), DAY)
    assert "more pairs are not listed here." in markdown
    assert max(len(line) for line in markdown.split("\n")) < 1_500
    assert len(markdown) < 20_000
