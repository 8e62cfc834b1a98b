"""Undo and redo: back to any version, and forward again until something else is done."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from kmtui.flow.undo import KEPT, History, redo, remember, undo


def test_undo_and_redo_go_back_and_forth() -> None:
    history: History[str] = remember(remember(History(), "", "one added"), "one", "two added")
    undone = undo(history, "two")
    assert undone is not None
    history, version, words = undone
    assert (version, words) == ("one", "two added")
    redone = redo(history, version)
    assert redone is not None
    assert redone[1:] == ("two", "two added")
    assert redone[0] == remember(remember(History(), "", "one added"), "one", "two added")


def test_there_is_nothing_to_undo_or_redo_at_first() -> None:
    assert undo(History[str](), "x") is None
    assert redo(History[str](), "x") is None


def test_a_new_change_ends_what_could_be_redone() -> None:
    undone = undo(remember(History[str](), "a", "b"), "b")
    assert undone is not None
    assert redo(remember(undone[0], "a", "c"), "c") is None


def test_only_so_many_versions_are_kept() -> None:
    history: History[int] = History()
    for number in range(KEPT + 10):
        history = remember(history, number, "counted")
    assert len(history.past) == KEPT
    assert history.past[0] == ("counted", 10)


@settings(deadline=None)
@given(st.lists(st.booleans(), max_size=30))
def test_undoing_and_redoing_all_ends_where_it_began(steps: list[bool]) -> None:
    history, present = History[int](), 0
    for number in range(1, 8):
        history, present = remember(history, present, str(number)), number
    for back in steps:
        moved = (undo if back else redo)(history, present)
        if moved is not None:
            history, present, words = moved
            assert words == str(present + 1 if back else present)
    while (moved := redo(history, present)) is not None:
        history, present, _ = moved
    assert present == 7
