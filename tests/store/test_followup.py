"""Events: each is on disk when it has been said, and what they come to is the fold of all."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from kmtui.model import events as model
from kmtui.model.errors import StoreError
from kmtui.store import followup as module
from kmtui.store.atomic import backup_of
from kmtui.store.files import FileStore
from tests.store.things import AT, Failing, action, open_store, session

ABOUT = "1ng4zz0abcde"


def files(folder: Path) -> list[Path]:
    return sorted((folder / "work" / "followup").glob("*.json"))


def values(store: FileStore, about: str = ABOUT) -> dict[str, str | None]:
    return store.followed()[about].values


def test_an_event_is_on_disk_when_it_has_been_said(tmp_path: Path, store: FileStore) -> None:
    event = store.add_event(ABOUT, {"state": "done"})
    assert values(open_store(tmp_path)) == {"state": "done"}
    (path,) = files(tmp_path)
    assert path.name == f"{event.process}.json"
    raw = json.loads(path.read_text("utf-8"))
    assert raw == {
        "events": {
            "1": {
                "id": event.id,
                "about": ABOUT,
                "at": event.at.isoformat().replace("+00:00", "Z"),
                "process": event.process,
                "sequence": 1,
                "change": {"state": "done"},
                "after": None,
            }
        }
    }


def test_a_process_has_one_file_and_counts_its_events(tmp_path: Path, store: FileStore) -> None:
    first = store.add_event(ABOUT, {"state": "done"})
    second = store.add_event("1ng4zz0other", {"state": "done"})
    third = store.add_event(ABOUT, {"state": "open", "due": None})
    assert [first.sequence, second.sequence, third.sequence] == [1, 2, 3]
    assert [first.after, second.after, third.after] == [None, None, first.id]
    assert len(files(tmp_path)) == 1
    assert values(store) == {"state": "open", "due": None}


def test_two_processes_write_two_files_and_know_of_each_other(tmp_path: Path) -> None:
    here, there = open_store(tmp_path), open_store(tmp_path)
    first = here.add_event(ABOUT, {"state": "done"})
    second = there.add_event(ABOUT, {"state": "open"})
    third = here.add_event(ABOUT, {"state": "dropped"})
    assert [second.after, third.after] == [first.id, second.id]
    assert len(files(tmp_path)) == 2
    for store in (here, there, open_store(tmp_path)):
        assert values(store) == {"state": "dropped"}
        assert store.followed()[ABOUT].rivals == {}


def test_a_clock_that_is_behind_does_not_undo_what_is_said_now(tmp_path: Path) -> None:
    ahead = open_store(tmp_path, now=lambda: AT + timedelta(hours=1))
    behind = open_store(tmp_path, now=lambda: AT)
    said = ahead.add_event(ABOUT, {"state": "done"})
    later = behind.add_event(ABOUT, {"state": "open"})
    assert later.at > said.at
    assert values(behind) == {"state": "open"}


def test_a_full_file_is_followed_by_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert model.FULL == 1000
    monkeypatch.setattr(module, "FULL", 3)
    store = open_store(tmp_path)
    events = [store.add_event(ABOUT, {"note": str(number)}) for number in range(7)]
    assert [event.sequence for event in events] == [1, 2, 3, 1, 2, 3, 1]
    assert len({event.process for event in events}) == 3
    assert sorted(len(json.loads(path.read_text())["events"]) for path in files(tmp_path)) == [1, 3, 3]
    assert values(open_store(tmp_path)) == {"note": "6"}


def test_actions_are_told_with_what_follow_up_made_of_them(store: FileStore) -> None:
    first, second = action("Write it down"), action("Tell the porters")
    store.create(session(actions=(first, second))).close()
    store.add_event(first.id, {"state": "done", "owner": "Bed manager", "due": "2026-12-01", "note": "at last"})
    done, untouched = store.actions()
    assert (done.state, done.owner, done.due, done.note) == ("done", "Bed manager", date(2026, 12, 1), "at last")
    assert (done.action, done.team, untouched.state, untouched.rivals) == ("Write it down", "Ward 7", "open", {})
    assert store.find_action(first.id[:11]).state == "done"


def test_two_who_did_not_know_of_each_other_are_both_shown(tmp_path: Path) -> None:
    task = action("Write it down")
    open_store(tmp_path).create(session(actions=(task,))).close()
    apart = open_store(tmp_path / "apart")
    earlier = apart.add_event(task.id, {"state": "done", "due": None})
    here = open_store(tmp_path, now=lambda: earlier.at + timedelta(seconds=1))
    here.add_event(task.id, {"state": "dropped", "due": "2026-12-01"})
    (path,) = files(tmp_path / "apart")
    path.rename(tmp_path / "work" / "followup" / path.name)
    (line,) = here.actions()
    assert (line.state, line.rivals) == ("dropped", {"state": "done", "due": ""})


class TestDamage:
    """A damaged file of events is told, and stops nothing."""

    @pytest.fixture
    def damaged(self, tmp_path: Path) -> Iterator[Path]:
        store = open_store(tmp_path)
        store.add_event(ABOUT, {"state": "done"})
        store.add_event(ABOUT, {"state": "dropped"})
        open_store(tmp_path).add_event("1ng4zz0other", {"note": "whole"})
        path = next(path for path in files(tmp_path) if backup_of(path).exists())
        path.write_bytes(path.read_bytes()[:200])
        yield path

    def test_its_backup_is_used_and_the_others_are_read(self, store: FileStore, damaged: Path) -> None:
        assert values(store) == {"state": "done"}
        assert values(store, "1ng4zz0other") == {"note": "whole"}
        (trouble,) = store.troubles()
        assert (trouble.id, trouble.file, trouble.backup) == ("", f"followup/{damaged.name}", True)

    def test_without_a_backup_the_others_are_read(self, store: FileStore, damaged: Path) -> None:
        backup_of(damaged).write_text("{")
        assert ABOUT not in store.followed()
        assert [trouble.backup for trouble in store.troubles()] == [False]

    def test_a_field_that_does_not_fit_is_named(self, tmp_path: Path, store: FileStore) -> None:
        store.add_event(ABOUT, {"state": "done"})
        (path,) = files(tmp_path)
        path.write_text(path.read_text().replace('"sequence": 1', '"sequence": "one"'))
        assert '"[0].sequence"' in open_store(tmp_path).troubles()[0].message.replace("$", "")

    def test_a_time_without_a_zone_can_be_compared(self, tmp_path: Path, store: FileStore) -> None:
        store.add_event(ABOUT, {"state": "done"})
        (path,) = files(tmp_path)
        raw = json.loads(path.read_text())
        raw["events"]["1"]["at"] = "2020-01-01T00:00:00"
        path.write_text(json.dumps(raw))
        later = open_store(tmp_path)
        later.add_event(ABOUT, {"state": "open"})
        assert [values(later), later.troubles()] == [{"state": "open"}, []]

    def test_files_that_are_not_ours_are_left_alone(self, tmp_path: Path, store: FileStore) -> None:
        store.add_event(ABOUT, {"state": "done"})
        (tmp_path / "work" / "followup" / "notes.json").write_text("{")
        (tmp_path / "work" / "followup" / "0123456789ab.json").symlink_to(tmp_path / "nowhere")
        assert store.troubles() == []


def test_a_file_that_somebody_changed_or_moved_is_followed_by_another(tmp_path: Path, store: FileStore) -> None:
    first = store.add_event(ABOUT, {"state": "done"})
    files(tmp_path)[0].unlink()
    second = store.add_event(ABOUT, {"note": "still said"})
    assert second.process != first.process
    assert values(open_store(tmp_path)) == {"note": "still said"}


def test_an_event_that_could_not_be_written_was_not_said(tmp_path: Path, failing: Failing) -> None:
    store = open_store(tmp_path, system=failing)
    store.add_event(ABOUT, {"state": "done"})
    failing.fail("write", 1)
    with pytest.raises(StoreError):
        store.add_event(ABOUT, {"state": "open"})
    assert values(store) == {"state": "done"}
    again = store.add_event(ABOUT, {"state": "dropped"})
    assert again.sequence == 2
    assert values(open_store(tmp_path)) == {"state": "dropped"}


def test_files_are_read_once(tmp_path: Path) -> None:
    open_store(tmp_path).add_event(ABOUT, {"state": "done"})
    system = Failing()
    store = open_store(tmp_path, system=system)
    store.followed()
    first = system.calls.count("read")
    store.followed()
    assert first - 1 == system.calls.count("read") - first == 1  # what remains is the format of the workspace
    open_store(tmp_path).add_event(ABOUT, {"state": "open"})
    assert values(store) == {"state": "open"}


def test_what_is_given_out_can_be_changed_without_harm(store: FileStore) -> None:
    store.add_event(ABOUT, {"state": "done"})
    store.followed().clear()
    assert values(store) == {"state": "done"}


def test_the_time_is_asked_of_the_clock_that_was_given(tmp_path: Path) -> None:
    at = datetime(2030, 1, 1, tzinfo=UTC)
    assert open_store(tmp_path, now=lambda: at).add_event(ABOUT, {}).at == at
