"""The table of numbers by team for a terminal: it fits, keeps what belongs together, and says what the report says."""

from __future__ import annotations

from itertools import chain

import pytest
from msgspec.structs import replace

from kmtui.report.drawing import display_width
from kmtui.report.numbers_drawing import NARROWEST, teams_drawing
from kmtui.report.numbers_markdown import COLUMNS
from tests.hostile import HOSTILE
from tests.report.counted_examples import NOTHING, numbers


def figures(drawn: list[str], name: str) -> list[str]:
    """Return what stands behind a name, out of all parts of the table."""
    return [figure for line in drawn if line.startswith(f"{name} ") for figure in line.removeprefix(name).split()]


@pytest.mark.parametrize("width", range(NARROWEST, 140, 7))
def test_it_fits_every_width_and_has_every_figure_once(width: int) -> None:
    drawn = teams_drawing(numbers(), width)
    assert max(display_width(line) for line in drawn) <= width
    assert figures(drawn, "Ward 7") == ["9", "0", "61", "12", "5", "0", "11", "8", "5", "3", "1", "1"]
    assert figures(drawn, "All")[:3] == ["14", "1", "96"]
    heads = [word for line in drawn if not line.startswith(("Ward", "No team", "All")) for word in line.split()]
    assert sorted(heads) == sorted(word for head, _ in chain(*COLUMNS) for word in head.split())


def test_it_is_one_table_where_there_is_room_and_parts_that_belong_together_where_not() -> None:
    assert "" not in teams_drawing(numbers(), 130)
    narrow = "\n".join(teams_drawing(numbers(), 60)).split("\n\n")
    assert [part.split("All")[0].count("\n") for part in narrow] == [4, 5, 5, 5]
    assert "Closed  time  Overdue" in narrow[2]


def test_there_is_none_for_one_team_or_nothing_or_without_room() -> None:
    alone = replace(numbers(), teams=numbers().teams[:1])
    assert teams_drawing(alone, 100) == teams_drawing(NOTHING, 100) == teams_drawing(numbers(), NARROWEST - 1) == []


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_any_name_takes_its_places_and_no_more(text: str) -> None:
    for width in (NARROWEST, 100):
        drawn = teams_drawing(numbers(text), width)
        assert max(display_width(line) for line in drawn) <= width
        assert not any(set(line) & set("\n\x1b\u202e") for line in drawn)
        below = [line for line in drawn if line[-1:].isdecimal()]
        assert len(below) % 4 == 0
        for part in range(0, len(below), 4):
            assert len({display_width(line) for line in below[part : part + 4]}) == 1
