"""Lessons taken along by commands, and lessons that were learnt before."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Kmtui
from tests.cli.test_steps import ran
from tests.workspace.kinds import write_techniques

ORDER = "Tell the porters the order of beds the evening before"
LEARNT = f"""
technique: plan
title: A move
team: Ward 3
date: 2026-05-12
answers: {{learn: [{{lesson: {ORDER}}}]}}
"""
NEXT = """
technique: kinds
title: Winter
team: Ward 7
"""


@pytest.fixture(autouse=True)
def techniques(workspace: Path) -> None:
    """A workspace with techniques of its own."""
    write_techniques(workspace)


def lesson_id(kmtui: Kmtui) -> str:
    return str(kmtui("show", ran(kmtui, "plan", LEARNT), "--json").json["lessons"][0]["id"])


def test_a_lesson_is_taken_along_by_an_option_and_by_the_file(kmtui: Kmtui) -> None:
    lesson = lesson_id(kmtui)
    by_option = ran(kmtui, "kinds", NEXT, "--take", lesson[:11])
    by_file = ran(kmtui, "kinds", f"{NEXT}takes: [{lesson}]\n")
    for record in (by_option, by_file):
        assert kmtui("show", record, "--json").json["taken"] == [{"lesson": lesson, "words": ORDER}]
    assert f"- {ORDER} (A move, Ward 3, 12 May 2026)" in kmtui("show", by_option).out
    assert kmtui("search", "porters", "--json").json[0]["used"] == 2


def test_one_that_is_not_here_is_refused_and_nothing_is_written(kmtui: Kmtui) -> None:
    made = kmtui("run", "kinds", "--take", "zzzz", "--answers", "-", stdin=NEXT)
    assert made.code != 0
    assert "zzzz" in made.error
    assert kmtui("list", "sessions", "--json").json == []


def test_a_lesson_that_was_learnt_before_counts_twice(kmtui: Kmtui) -> None:
    first = lesson_id(kmtui)
    again = ran(
        kmtui, "plan", LEARNT.replace(ORDER, "The porters must be told the order of the beds the evening before")
    )
    assert kmtui("show", again, "--json").json["lessons"][0]["again"] == first
    assert {each["id"]: each["seen"] for each in kmtui("search", "porters", "--json").json}[first] == 2
