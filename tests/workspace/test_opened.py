"""What is worked on: nothing is told as saved that is not, and a second window keeps its words."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from kmtui.model.errors import StoreError
from kmtui.model.session import Person, Session
from kmtui.store.files import FileStore
from kmtui.store.system import System
from kmtui.workspace.desk import Desk, open_desk
from kmtui.workspace.sessions import OpenSession, start_session
from kmtui.workspace.tools import Tools

REVIEW = "after-action-review"


def started(desk: Desk, title: str = "Ward move") -> OpenSession:
    """Begin a review at its first question."""
    opened = start_session(desk.tools, REVIEW, title=title)
    opened.forward()
    return opened


def on_disk(desk: Desk, record_id: str) -> Session:
    """Return a session as it is on disk."""
    record = desk.read(record_id)
    assert isinstance(record, Session)
    return record


class Slow(System):
    """A disk on which a write waits until it is let through."""

    def __init__(self) -> None:
        self.writing = threading.Event()
        self.through = threading.Event()
        self.through.set()

    def write(self, descriptor: int, content: memoryview) -> int:
        """Wait, then write."""
        self.writing.set()
        self.through.wait(10)
        return super().write(descriptor, content)


class ReadOnly(System):
    """A disk that cannot be written to while `on` is set."""

    on = False

    def create(self, path: Path) -> int:
        """Make a file, or fail as a read-only disk does."""
        if self.on:
            raise OSError(30, "Read-only file system")
        return super().create(path)


def on(desk: Desk, tmp_path: Path, system: System) -> Desk:
    """Return the desk of the same workspace on another disk."""
    return Desk(
        Tools(store=FileStore(desk.folder, tmp_path / "cache", system=system), library=desk.tools.library), desk.folder
    )


def test_a_change_during_a_save_is_not_told_as_saved(desk: Desk, tmp_path: Path) -> None:
    slow = Slow()
    opened = started(on(desk, tmp_path, slow))
    opened.on_change = lambda: None
    opened.add_entry("first")
    slow.writing.clear()
    slow.through.clear()
    saving = threading.Thread(target=opened.save)
    saving.start()
    slow.writing.wait(10)
    opened.about("Another title", "", "")
    slow.through.set()
    saving.join()
    assert not opened.saved
    opened.save()
    assert on_disk(desk, opened.record.id).title == "Another title"


def test_a_state_made_before_the_copy_was_goes_on_in_the_copy(desk: Desk, tmp_path: Path) -> None:
    first = started(desk)
    other = open_desk(desk.folder, cache=tmp_path / "cache-2").open(first.record.id)
    assert isinstance(other, OpenSession)
    before = other.record
    other.add_entry("in the copy")
    assert other.record.id != before.id
    other._set(replace(before, team="Ward 7"), "changed")  # what a screen does that had read the record before
    assert other.saved
    assert on_disk(desk, other.record.id).team == "Ward 7"
    assert on_disk(desk, first.record.id).team == ""


def test_a_second_window_that_only_looks_leaves_no_copy(desk: Desk, tmp_path: Path) -> None:
    first = started(desk)
    other = open_desk(desk.folder, cache=tmp_path / "cache-2")
    looking = other.open(first.record.id)
    looking.clock = replace(looking.clock, spent={"expected": 90.0})
    looking.close()
    assert len(other.records()) == 1


def test_looking_on_a_read_only_disk_can_be_left(desk: Desk, tmp_path: Path) -> None:
    first = started(desk)
    first.close()
    disk = ReadOnly()
    opened = on(desk, tmp_path, disk).open(first.record.id)
    disk.on = True
    opened.clock = replace(opened.clock, spent={"expected": 90.0})
    opened.close()


def test_words_that_cannot_be_saved_keep_the_record_open_until_a_copy_holds_them(desk: Desk, tmp_path: Path) -> None:
    disk = ReadOnly()
    opened = started(on(desk, tmp_path, disk))
    opened.on_change = lambda: None
    disk.on = True
    opened.add_entry("words")
    with pytest.raises(StoreError):
        opened.close()
    disk.on = False
    opened.save_elsewhere(tmp_path / "copy.json")
    disk.on = True
    opened.close()


def test_the_time_spent_is_kept(desk: Desk) -> None:
    opened = started(desk)
    opened.clock = replace(opened.clock, spent={"expected": 90.0})
    opened.close()
    assert on_disk(desk, opened.record.id).spent["expected"] >= 90


def test_changing_the_title_leaves_people_as_they_are(desk: Desk) -> None:
    people = (
        Person(role="Consultant", name="A name", department="Ortho", site="North"),
        Person(role="Head, nursing"),
        Person(role="porter", count=4),
    )
    opened = start_session(desk.tools, REVIEW, title="Ward move", people=people)
    opened.about("Another", "", "Consultant, Head, nursing, 4 porter")
    assert opened.record.people == people
    opened.about("Another", "", "Consultant, 4 porter, cleaner")
    assert opened.record.people == (people[0], people[2], Person(role="cleaner"))


def test_an_edit_after_follow_up_wins_and_undo_takes_both_back(desk: Desk) -> None:
    opened = started(desk)
    opened.go("act")
    opened.put_action("Send the list", owner="Bed manager", due=date(2026, 12, 1))
    opened.finish()
    opened.close()
    (action,) = desk.actions()
    desk.follow_up(action.id, owner="Sister")
    again = desk.open(opened.record.id)
    assert isinstance(again, OpenSession)
    assert again.record.actions[0].owner == "Sister"
    again.put_action("Send the list", owner="Porter", due=date(2026, 12, 1), action_id=action.id)
    assert on_disk(desk, opened.record.id).actions[0].owner == "Porter"
    assert desk.actions()[0].owner == "Porter"
    again.undo()
    assert again.record.actions[0].owner == "Sister"
    assert desk.actions()[0].owner == "Sister"
    again.close()
