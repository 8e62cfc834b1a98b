"""What is told at steps of the kinds vote, table and assess, beside what is kept (`tests.test_three_faces`)."""

from __future__ import annotations

from pathlib import Path

import pytest

from kmtui.workspace.start import Start
from tests.plain.talker import Talker

TECHNIQUE = """
id: talk
version: "1"
name: A talk
phase: before
about: A technique for the tests.
minutes: {least: 0, most: 60}
people: {least: 2, most: 12}
steps:
  - {id: ideas, kind: collect, title: Ideas}
  - {id: dots, kind: vote, from: ideas, title: Dots, dots: 3}
  - id: days
    kind: table
    title: Days
    columns: [{id: day, name: Day, kind: date}, {id: what, name: What}]
  - {id: hand-over, kind: assess, title: Assess, matrix: nowhere, minutes: 5}
"""
TO_DOTS = "One\nTwo\n\n"
TO_DAYS = f"{TO_DOTS}\n"
TO_ASSESS = f"{TO_DAYS}\n"


@pytest.fixture
def talker(tmp_path: Path) -> Talker:
    """Somebody who can type at a technique of their own."""
    folder = tmp_path / "workspace" / "techniques"
    folder.mkdir(parents=True)
    (folder / "talk.yaml").write_text(TECHNIQUE, encoding="utf-8")
    return Talker(tmp_path)


def typed(talker: Talker, text: str) -> str:
    """Return what is told when somebody types this at the technique."""
    return talker.type(text, Start(kind="session", technique="talk", title="t", team="t", people="2"), terminal=True)


def test_each_number_of_dots_is_told_with_its_noun(talker: Talker) -> None:
    out = typed(talker, f"{TO_DOTS}1: 1\n2: 11\n")
    assert "1. One (1 dot)\n2. Two (11 dots)\n" in out


def test_what_cannot_be_the_first_column_is_refused_before_the_others_are_asked(talker: Talker) -> None:
    out = typed(talker, f"{TO_DAYS}no day\n1 dec\nWe move\n")
    assert 'Error: "no day" is not a date.' in out
    assert out.count("What:") == 1
    assert [row.cells for row in talker.session.rows] == [{"day": "2026-12-01", "what": "We move"}]


def test_the_clock_runs_on_where_an_assessment_cannot_be_begun(talker: Talker) -> None:
    out = typed(talker, f"{TO_ASSESS}yes\ntime pause\n")
    assert 'Error: There is no matrix "nowhere"' in out
    assert "The clock is paused." in out
