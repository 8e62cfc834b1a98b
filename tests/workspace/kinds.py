"""Techniques of the tests' own, with a step of every kind and with a thread from one to the other."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from kmtui.flow.typed import parse_people
from kmtui.model.session import Session
from kmtui.workspace.desk import Desk, open_desk
from kmtui.workspace.sessions import OpenSession, start_session

DATA = Path(__file__).parent.parent / "data"
SUNDAY = date(2026, 11, 22)

_CARD = """
version: "1"
phase: before
about: For the tests.
minutes: {least: 0, most: 60}
people: {least: 1, most: 500}
"""

KINDS = f"""
id: kinds
name: Kinds
{_CARD}
steps:
  - {{id: hello, kind: brief, title: Hello}}
  - {{id: ideas, kind: collect, title: Ideas, each: person}}
  - {{id: alone, kind: collect, title: Alone, private: true}}
  - {{id: rate, kind: score, title: Rate, lowest: 1, highest: 10}}
  - {{id: dots, kind: vote, from: ideas, title: Dots, dots: 3}}
  - {{id: pairs, kind: groups, title: Pairs, size: 2, invite: Have a coffee., starters: [What went well?]}}
  - {{id: tables, kind: groups, title: Tables, size: 2}}
  - id: inventory
    kind: table
    title: Inventory
    columns:
      - {{id: what, name: What}}
      - {{id: until, name: Until, kind: date}}
      - {{id: state, name: State, kind: choice, choices: [good, bad]}}
  - {{id: help, kind: collect, title: What helps, recall: lessons}}
  - {{id: learn, kind: lessons, title: Learn}}
  - {{id: act, kind: actions, title: Act}}
  - {{id: hand-over, kind: assess, title: Assess, matrix: meetings}}
"""

PLAN = f"""
id: plan
name: Plan
{_CARD}
steps:
  - {{id: aim, kind: collect, title: Aim}}
  - {{id: worry, kind: collect, title: Worry, private: true}}
  - {{id: learn, kind: lessons, title: Learn}}
  - {{id: more, kind: collect, title: More}}
"""

REVIEW = f"""
id: review
name: Review
{_CARD}
steps:
  - {{id: hello, kind: brief, title: Hello}}
  - id: expected
    kind: collect
    title: Expected
    earlier: [{{technique: plan, step: aim}}, {{technique: plan, step: worry}}, {{technique: plan, step: learn}}]
  - {{id: why, kind: collect, title: Why, from: expected}}
  - {{id: again, kind: collect, title: Again, earlier: [{{technique: review, step: why}}]}}
variants:
  - id: whole
    name: Whole
    steps: [{{id: hello, minutes: 1}}, {{id: expected, minutes: 1}}, {{id: why, minutes: 1}}, {{id: again, minutes: 1}}]
  - {{id: half, name: Half, steps: [{{id: expected, minutes: 1}}, {{id: why, minutes: 1}}]}}
"""


def write_techniques(folder: Path) -> None:
    """Put the techniques and a small matrix into a workspace folder."""
    (folder / "techniques").mkdir(parents=True)
    for name, text in (("kinds", KINDS), ("plan", PLAN), ("review", REVIEW)):
        (folder / "techniques" / f"{name}.yaml").write_text(text, encoding="utf-8")
    shutil.copy(DATA / "matrix-1-to-5.yaml", folder / "matrix.yaml")


def desk_of_kinds(folder: Path) -> Desk:
    """Return the desk of a new workspace with these techniques, on a Sunday."""
    write_techniques(folder / "workspace")
    desk = open_desk(folder / "workspace", cache=folder / "cache")
    return Desk(replace(desk.tools, today=lambda: SUNDAY), desk.folder)


def at(desk: Desk, step: str, people: str = "", technique: str = "kinds", title: str = "Winter") -> OpenSession:
    """Begin a session and go to one of its steps."""
    opened = start_session(desk.tools, technique, title=title, people=parse_people(people))
    opened.go(step)
    return opened


def on_disk(desk: Desk, record_id: str) -> Session:
    """Return a session as it is on disk."""
    found = desk.tools.store.read(record_id)
    assert isinstance(found, Session)
    return found
