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


CAFE = """
id: cafe
version: "1"
name: A cafe
phase: during
about: A technique for the tests.
minutes: {least: 0, most: 60}
people: {least: 2, most: 12}
steps:
  - {id: tables, kind: groups, title: Tables, size: 2, rounds: 2}
  - {id: second, kind: brief, title: Second round, seats: {step: tables, round: 2}}
  - {id: learn, kind: lessons, title: Learn}
"""


def at_the_cafe(talker: Talker, text: str, people: str = "Ann, Bob, Cy, Di") -> str:
    (talker.desk.folder / "techniques" / "cafe.yaml").write_text(CAFE, encoding="utf-8")
    start = Start(kind="session", technique="cafe", title="t", team="t", people=people)
    return talker.type(text, start, terminal=True)


def test_enter_alone_draws_then_seats_newcomers_and_then_goes_on(talker: Talker) -> None:
    out = at_the_cafe(talker, "\nEve\n\n\n\n")
    assert "Enter draws the groups, a name adds somebody, skip goes on:" in out
    assert "Enter gives newcomers a place" in out
    grouping = talker.session.grouping_of("tables")
    assert grouping is not None
    assert sorted(name for group in grouping.rounds[0] for name in group) == ["Ann", "Bob", "Cy", "Di", "Eve"]
    second = out[out.index("Second round") :]
    for group in grouping.rounds[1]:
        assert f". {', '.join(group)}\n" in second


def test_nobody_has_to_be_put_into_groups(talker: Talker) -> None:
    out = at_the_cafe(talker, "skip\n\n", people="Ann")
    assert "A name, or Enter to go on:" in out
    assert talker.session.grouping_of("tables") is None


def test_enter_alone_brings_the_people_of_last_time(talker: Talker) -> None:
    at_the_cafe(talker, "draw 4\n\n\n\nno\n")
    out = at_the_cafe(talker, "\nskip\n", people=" ")
    assert "Enter brings the people of last time" in out
    assert [person.role for person in talker.session.people] == ["Ann", "Bob", "Cy", "Di"]
