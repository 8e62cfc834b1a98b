"""Of a deleted record no word is left anywhere in the workspace, and undoing brings all of them back."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from kmtui.model.errors import Damaged, StoreError
from kmtui.model.session import Session
from kmtui.store import words
from kmtui.store.files import FileStore
from tests.store.things import Failing, action, create, lesson, new_id, only_file, open_store, opened, session

NOTE, OWNER = "Porters refused twice", "Nurse Hallam"
OTHER = "1ng4zz0other"


def holding(folder: Path, word: str) -> list[str]:
    """Return the files of the workspace that hold a word, as grep finds them."""
    found = (folder / "work").rglob("*")
    return sorted(path.name for path in found if path.is_file() and word.encode() in path.read_bytes())


def event_file(folder: Path) -> Path:
    """Return the one file of events."""
    (found,) = (folder / "work" / "followup").glob("*.json")
    return found


@pytest.fixture
def record(store: FileStore) -> Session:
    """A session with an action and a lesson that were followed up, the action by two processes."""
    made = session("Ward move", actions=(action("Write it down"),), lessons=(lesson("Say when"),))
    create(store, made)
    return made


@pytest.fixture
def other(tmp_path: Path, record: Session) -> FileStore:
    """Another process that lives, and has said three things."""
    living = open_store(tmp_path)
    living.add_event(record.actions[0].id, {"note": NOTE, "owner": OWNER})
    living.add_event(record.lessons[0].id, {"note": NOTE})
    living.add_event(OTHER, {"note": "Of another record"})
    return living


def test_no_word_of_what_was_followed_up_is_left(
    tmp_path: Path, store: FileStore, record: Session, other: FileStore
) -> None:
    before = other.followed()
    store.add_event(record.id, {"note": NOTE})
    store.add_event(record.actions[0].id, {"note": NOTE, "state": "done"})
    assert len(holding(tmp_path, NOTE)) == 4  # two files and their backups
    store.remove(record.id)
    assert [holding(tmp_path, word) for word in (NOTE, OWNER, "Ward move", "Write it down", "Say when")] == [[]] * 5
    assert holding(tmp_path, record.actions[0].id)
    for each in (store, other, open_store(tmp_path)):
        followed = each.followed()
        assert [followed[record.actions[0].id].values, followed[record.lessons[0].id].values] == [{}, {}]
        assert followed[OTHER] == before[OTHER]
        assert followed[record.id].values == {"deleted": "yes"}
        assert each.troubles() == []


def test_undoing_brings_the_words_back(tmp_path: Path, store: FileStore, record: Session, other: FileStore) -> None:
    store.add_event(record.id, {"note": "Kept"})
    before = store.followed()
    store.restore(store.remove(record.id))
    for each in (store, other, open_store(tmp_path)):
        after = each.followed()
        assert after[record.id].values == {"note": "Kept", "deleted": "no"}
        assert {about: after[about] for about in before if about != record.id} == {
            about: before[about] for about in before if about != record.id
        }
        (line,) = each.actions()
        assert (line.note, line.owner) == (NOTE, OWNER)


def test_a_living_writer_goes_on_in_its_file(
    tmp_path: Path, store: FileStore, record: Session, other: FileStore
) -> None:
    process = event_file(tmp_path)
    store.remove(record.id)
    said = other.add_event(OTHER, {"owner": "Somebody"})
    again = other.add_event(OTHER, {"state": "done"})
    assert (f"{said.process}.json", said.sequence, again.sequence) == (process.name, 4, 5)
    assert open_store(tmp_path).followed()[OTHER].values == {
        "note": "Of another record",
        "owner": "Somebody",
        "state": "done",
    }
    assert [len(json.loads(process.read_text())["events"]), holding(tmp_path, NOTE)] == [5, []]


def test_a_living_writer_says_again_what_was_overwritten(tmp_path: Path, record: Session, other: FileStore) -> None:
    path = event_file(tmp_path)
    old = path.read_bytes()
    other.add_event(OTHER, {"owner": "Acknowledged"})
    path.write_bytes(old)
    other.add_event(OTHER, {"state": "done"})
    assert open_store(tmp_path).followed()[OTHER].values == {
        "note": "Of another record",
        "owner": "Acknowledged",
        "state": "done",
    }
    assert sorted(json.loads(path.read_text())["events"]) == ["1", "2", "3", "4", "5"]


@pytest.mark.parametrize("times", [1, words.TRIES - 1, words.TRIES])
def test_a_writer_that_is_quicker_loses_nothing(tmp_path: Path, record: Session, other: FileStore, times: int) -> None:
    """Between the reading and the writing of its file, the other process says something more."""

    class Interrupted(Failing):
        left = times

        def create(self, path: Path) -> int:
            if path.parent.name == "followup" and path.name.startswith(f".{process}.") and self.left:
                self.left -= 1
                other.add_event(OTHER, {f"field{self.left}": "said meanwhile"})
            return super().create(path)

    process = event_file(tmp_path).stem
    store = open_store(tmp_path, system=Interrupted())
    if times < words.TRIES:
        store.remove(record.id)
        assert holding(tmp_path, NOTE) == []
    else:
        with pytest.raises(StoreError):
            store.remove(record.id)
        assert open_store(tmp_path).actions()[0].note == NOTE
    values = open_store(tmp_path).followed()[OTHER].values
    assert [values[f"field{number}"] for number in range(times)] == ["said meanwhile"] * times


def test_what_lies_in_the_quarantine_goes_too(tmp_path: Path, store: FileStore, record: Session) -> None:
    handle = opened(store, record.id)
    handle.save(handle.record)
    handle.close()
    path = only_file(tmp_path)
    path.write_bytes(path.read_bytes()[:-40])
    store.recover(record.id)
    aside = tmp_path / "work" / "quarantine"
    (aside / f"2026-11-22_{OTHER}.json").write_text("of another")
    assert len(holding(tmp_path, "Ward move")) == 3
    removed = store.remove(record.id)
    assert [holding(tmp_path, "Ward move"), holding(tmp_path, "of another")] == [[], [f"2026-11-22_{OTHER}.json"]]
    store.restore(removed)
    assert len(holding(tmp_path, "Ward move")) == 3


def test_the_words_on_a_damaged_record_go_too(
    tmp_path: Path, store: FileStore, record: Session, other: FileStore
) -> None:
    path = only_file(tmp_path)
    path.write_bytes(path.read_bytes()[:-5])
    with pytest.raises(Damaged):
        store.read(record.id)
    store.remove(record.id)
    assert [holding(tmp_path, NOTE), holding(tmp_path, "Ward move")] == [[], []]


def test_what_killed_writers_of_events_left_goes_too(
    tmp_path: Path, store: FileStore, record: Session, other: FileStore
) -> None:
    folder = event_file(tmp_path).parent
    old, living, unconcerned = (folder / f".{new_id()}.0a1b.tmp" for _ in range(3))
    for path in (old, living):
        path.write_text(f"{record.actions[0].id} {NOTE}")
    unconcerned.write_text("of another")
    for path in (old, unconcerned):
        os.utime(path, (time.time() - 120,) * 2)
    store.remove(record.id)
    assert [path.exists() for path in (old, living, unconcerned)] == [False, True, True]


def test_files_of_events_that_cannot_be_read_stop_nothing(
    tmp_path: Path, store: FileStore, record: Session, other: FileStore
) -> None:
    folder = event_file(tmp_path).parent
    (folder / "0123456789ab.json").write_text(f'{{"events": {{"1": {{"about": "{record.id}"')
    (folder / "0123456789ac.json").symlink_to(tmp_path / "nowhere")
    (folder / "0123456789ad.json").mkdir()
    store.remove(record.id)
    assert [holding(tmp_path, NOTE), store.records()] == [[], []]


@pytest.mark.parametrize(("call", "number"), [("write", 1), ("write", 2), ("remove", 1), ("remove", 2)])
def test_one_that_could_not_be_deleted_keeps_its_words(
    tmp_path: Path, record: Session, other: FileStore, failing: Failing, call: str, number: int
) -> None:
    create(other, session("Another"))
    store = open_store(tmp_path, system=failing)
    failing.fail(call, number)
    if number == 2:  # with a backup, so that there is something to delete before the record
        handle = opened(other, record.id)
        handle.save(handle.record)
        handle.close()
    with pytest.raises(StoreError):
        store.remove(record.id)
    failing.heal()
    assert store.read(record.id) == record
    assert (store.actions()[0].note, len(store.records())) == (NOTE, 2)


def test_undoing_that_fails_leaves_no_words(
    tmp_path: Path, record: Session, other: FileStore, failing: Failing
) -> None:
    store = open_store(tmp_path, system=failing)
    removed = store.remove(record.id)
    failing.fail("create", 3)  # after the event that it is back, and the words
    with pytest.raises(StoreError):
        store.restore(removed)
    assert failing.failed
    assert [holding(tmp_path, NOTE), holding(tmp_path, "Ward move")] == [[], []]
    store.restore(removed)
    assert (store.read(record.id), store.actions()[0].note) == (record, NOTE)
