"""Lessons as they are kept just now: those that share words, with the first of those that say the same."""

from __future__ import annotations

import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from kmtui.analysis.query import Query
from kmtui.model.errors import StoreError
from kmtui.model.ids import IdMaker
from kmtui.model.lesson import KeptLesson
from kmtui.store.files import FileStore

AT = datetime(2026, 5, 12, 9, tzinfo=UTC)
IDS = IdMaker()


@pytest.fixture
def store(tmp_path: Path) -> FileStore:
    """An empty workspace."""
    return FileStore(tmp_path / "workspace", tmp_path / "cache")


def kept(store: FileStore, lesson: str, again: str | None = None, *, look: bool = True) -> str:
    made = KeptLesson(id=IDS(), created=AT, changed=AT, date=date(2026, 5, 12), lesson=lesson, again=again)
    store.register.add([made])
    if look:
        store.register.look()
    return made.id


def query(*words: str) -> Query:
    return Query(words=words)


def test_each_comes_with_the_first_of_its_kind_and_how_often_that_was_learnt(store: FileStore) -> None:
    first = kept(store, "Order the beds")
    second = kept(store, "Beds have an order", again=first)
    other = kept(store, "Label the stands")
    found = {line.id: (line.again, line.seen) for line in store.register.nearest(query("beds"), 5)}
    assert found == {first: (None, 2), second: (first, 2)}
    assert [line.id for line in store.register.nearest(query("stand", "zebra"), 5)] == [other]
    assert store.register.nearest(query(), 5) == []
    assert [line.id for line in store.register.nearest(query("beds"), 5, {first})] == [second]
    assert len(store.register.nearest(query("beds"), 1)) == 1


def test_nobody_looks_at_the_files(store: FileStore) -> None:
    store.register.look()
    written = kept(store, "Order the beds", look=False)
    assert store.register.nearest(query("beds"), 5) == []
    assert store.register.words([written]) == {}
    assert [line.id for line in store.register.similar(query("beds"), 5)] == [written]
    assert store.register.words([written]) == {written: "Order the beds"}


def test_nobody_waits_for_another_process_that_writes(store: FileStore, tmp_path: Path) -> None:
    kept(store, "Order the beds")
    (cache,) = (tmp_path / "cache").glob("*.sqlite")
    other = sqlite3.connect(cache, isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        with pytest.raises(StoreError, match="just now"):
            store.register.nearest(query("beds"), 5)
        with pytest.raises(StoreError, match="just now"):
            store.register.words(["x"])
    finally:
        other.close()
    assert len(store.register.nearest(query("beds"), 5)) == 1


def test_a_word_that_many_lessons_have_counts_only_with_another_one(store: FileStore) -> None:
    for number in range(25):
        kept(store, f"The bed stood at place {number}", look=False)
    rare = kept(store, "The bed stood in the lift")
    assert store.register.similar(query("bed"), 5) == []
    assert [line.id for line in store.register.similar(query("bed", "lift"), 5)] == [rare]
    assert len(store.register.similar(query("bed", "stood"), 5)) == 5
    assert store.register.similar(query("bed", "zebra"), 5) == []
