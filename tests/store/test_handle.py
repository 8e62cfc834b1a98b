"""Open records: what is saved is on disk, and a second window never overwrites the first."""

from __future__ import annotations

import errno
import os
import threading
import warnings
from pathlib import Path
from typing import Any

import filelock
import pytest
from msgspec.structs import replace

from kmtui.model.errors import ChangedMeanwhile, Damaged, NewerSchema, NotFound, StoreError
from kmtui.model.session import Session
from kmtui.store.atomic import backup_of
from kmtui.store.files import FileStore
from kmtui.store.handle import RecordHandle
from kmtui.store.locks import RecordLock
from kmtui.store.records import RecordFile
from kmtui.store.system import SYSTEM
from tests.store.things import Failing, assessment, entry, only_file, open_store, opened, session, temporaries


def test_what_is_saved_is_there_when_saving_returns(tmp_path: Path, store: FileStore) -> None:
    handle = store.create(session())
    changed = replace(handle.record, entries=(entry("All moved by noon"),))
    handle.save(changed)
    assert handle.record == changed
    assert open_store(tmp_path).read(changed.id) == changed


def test_an_assessment_is_opened_and_saved_too(store: FileStore) -> None:
    record = assessment()
    store.create(record).close()
    handle = store.open(record.id)
    assert handle.record == record
    handle.save(replace(record, team="Ward 8"))
    assert store.read(record.id) == replace(record, team="Ward 8")


def test_the_generation_before_is_kept(tmp_path: Path, store: FileStore) -> None:
    handle = store.create(session("One"))
    handle.save(replace(handle.record, title="Two"))
    handle.save(replace(handle.record, title="Three"))
    backup = RecordFile[Any](backup_of(only_file(tmp_path)), "session", handle.record.id)
    assert backup.load().title == "Two"


def test_a_later_title_does_not_rename_the_file(tmp_path: Path, store: FileStore) -> None:
    handle = store.create(session("One"))
    path = only_file(tmp_path)
    handle.save(replace(handle.record, title="Two"))
    assert only_file(tmp_path) == path


class TestSecondWindow:
    """Two windows on one record."""

    def test_the_second_knows_that_it_is_the_second(self, tmp_path: Path, store: FileStore) -> None:
        first = store.create(session())
        second = opened(open_store(tmp_path), first.record.id)
        assert [first.second, second.second] == [False, True]

    def test_the_second_is_told_and_nothing_is_overwritten(self, tmp_path: Path, store: FileStore) -> None:
        first = store.create(session())
        second = opened(store, first.record.id)
        words = "Another window has this session open.*What you wrote is still here"
        with pytest.raises(ChangedMeanwhile, match=words):
            second.save(replace(second.record, title="Mine"))
        first.save(replace(first.record, title="Theirs"))
        assert store.read(first.record.id).title == "Theirs"

    def test_it_may_save_once_the_first_has_closed_and_nothing_has_changed(self, store: FileStore) -> None:
        first = store.create(session())
        second = opened(store, first.record.id)
        first.close()
        second.save(replace(second.record, title="Mine"))
        assert second.second is False
        third = opened(store, first.record.id)
        assert (third.second, third.record.title) == (True, "Mine")

    def test_it_may_not_where_the_first_has_saved(self, store: FileStore) -> None:
        first = store.create(session())
        second = opened(store, first.record.id)
        first.save(replace(first.record, title="Theirs"))
        first.close()
        with pytest.raises(ChangedMeanwhile, match="changed on disk"):
            second.save(replace(second.record, title="Mine"))
        assert store.read(first.record.id).title == "Theirs"

    def test_a_refused_save_can_be_followed_by_a_copy_elsewhere(self, tmp_path: Path, store: FileStore) -> None:
        first = store.create(session())
        second = opened(store, first.record.id)
        with pytest.raises(ChangedMeanwhile):
            second.save(replace(second.record, title="Mine"))
        store.write_file(tmp_path / "copy.md", b"Mine")
        assert (tmp_path / "copy.md").read_bytes() == b"Mine"

    def test_closing_gives_the_lock_back_and_may_be_done_twice(self, store: FileStore) -> None:
        first = store.create(session())
        first.close()
        first.close()
        assert opened(store, first.record.id).second is False

    def test_a_window_that_could_not_read_gives_the_lock_back(self, tmp_path: Path, store: FileStore) -> None:
        record = session()
        store.create(record).close()
        path = only_file(tmp_path)
        content = path.read_bytes()
        path.write_bytes(b"")
        with pytest.raises(Damaged) as told:  # what was told keeps the failed handle alive, as a screen may
            store.open(record.id)
        path.write_bytes(content)
        assert store.open(record.id).second is False
        assert told.value.backup is False


class TestWithoutLocks:
    """Two computers on one share, or a disk without locks: comparing finds the stale one."""

    def test_a_stale_save_is_refused(self, tmp_path: Path) -> None:
        here, there = open_store(tmp_path, locks=False), open_store(tmp_path, locks=False)
        first = here.create(session())
        second = opened(there, first.record.id)
        assert second.second is False
        second.save(replace(second.record, title="Theirs"))
        with pytest.raises(ChangedMeanwhile, match="changed on disk"):
            first.save(replace(first.record, title="Mine"))
        second.save(replace(second.record, title="Theirs again"))
        assert here.read(first.record.id).title == "Theirs again"
        assert not (tmp_path / "work" / ".locks").exists()

    def test_where_lock_files_cannot_be_made_opening_works(self, tmp_path: Path, failing: Failing) -> None:
        record = session()
        open_store(tmp_path, locks=False).create(record).close()
        failing.fail("make_folder", 1, OSError(errno.EROFS, "read-only"), lasting=True)
        handle = opened(open_store(tmp_path, system=failing), record.id)
        assert (handle.second, handle.record) == (False, record)
        handle.save(replace(record, title="Still saved"))
        handle.close()

    def test_where_the_disk_knows_no_locks_opening_works(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def refuse(*_: object, **__: object) -> None:
            raise NotImplementedError("no locks on this disk")

        monkeypatch.setattr(filelock.FileLock, "acquire", refuse)
        handle = open_store(tmp_path).create(session())
        assert handle.second is False

    def test_an_older_filelock_is_enough(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        real = filelock.FileLock

        def older(path: Path, *, timeout: float, mode: int, thread_local: bool) -> filelock.BaseFileLock:
            return real(path, timeout=timeout, mode=mode, thread_local=thread_local)

        monkeypatch.setattr(filelock, "FileLock", older)
        first, second = (RecordLock(tmp_path / "a.lock", SYSTEM) for _ in range(2))
        assert [first.take(), first.take(), second.take()] == [True, True, False]
        first.give_back()
        assert second.take() is True
        second.give_back()


class TestGone:
    """The file or its folder is not there any more."""

    def test_a_deleted_file_is_not_silently_made_again(self, tmp_path: Path, store: FileStore) -> None:
        handle = store.create(session())
        only_file(tmp_path).unlink()
        with pytest.raises(ChangedMeanwhile, match="not there any more"):
            handle.save(replace(handle.record, title="Mine"))
        assert [path.name for path in only_folder(tmp_path).iterdir()] == []

    def test_a_drive_taken_out_and_put_back_costs_nothing(self, tmp_path: Path, store: FileStore) -> None:
        handle = store.create(session())
        away = (tmp_path / "work").rename(tmp_path / "away")
        with pytest.raises(StoreError, match="Connect its drive again"):
            handle.save(replace(handle.record, title="Mine"))
        away.rename(tmp_path / "work")
        handle.save(replace(handle.record, title="Mine"))
        assert store.read(handle.record.id).title == "Mine"


def only_folder(folder: Path) -> Path:
    (found,) = (folder / "work" / "sessions").iterdir()
    return found


def test_a_failed_save_keeps_the_record_that_is_on_disk_and_can_be_repeated(tmp_path: Path, failing: Failing) -> None:
    handle = open_store(tmp_path, system=failing).create(session("Old"))
    failing.fail("write", 1, OSError(errno.ENOSPC, "full"), lasting=True)
    with pytest.raises(StoreError, match="no room left"):
        handle.save(replace(handle.record, title="New"))
    assert handle.record.title == "Old"
    assert open_store(tmp_path).read(handle.record.id).title == "Old"
    assert temporaries(tmp_path) == []
    failing.heal()
    handle.save(replace(handle.record, title="New"))
    assert open_store(tmp_path).read(handle.record.id).title == "New"


def test_a_record_that_could_not_be_read_again_is_refused_and_the_old_one_stays(store: FileStore) -> None:
    handle = store.create(session("Old"))
    with pytest.raises(StoreError, match=r'could not be read again: The field "session\[\.\.\.\]\.title"'):
        handle.save(replace(handle.record, title=7))
    assert store.read(handle.record.id).title == "Old"


def test_half_a_character_is_saved_as_a_sign_for_it(store: FileStore) -> None:
    handle = store.create(session())
    handle.save(replace(handle.record, title="half \ud83d"))
    assert store.read(handle.record.id).title == "half \ufffd"


def test_a_newer_record_opens_read_only(tmp_path: Path, store: FileStore) -> None:
    record = session("From the future")
    store.create(record).close()
    path = only_file(tmp_path)
    newer = path.read_text("utf-8").replace('"schema": 1', '"schema": 99')
    path.write_text(newer, "utf-8")
    handle = opened(store, record.id)
    assert "newer version" in handle.read_only
    with pytest.raises(NewerSchema):
        handle.save(replace(record, title="Mine"))
    assert path.read_text("utf-8") == newer
    assert [line.title for line in store.records()] == ["From the future"]
    assert store.troubles() == []


def test_a_record_of_this_version_is_not_read_only(store: FileStore) -> None:
    assert store.create(session()).read_only == ""


def test_a_closed_handle_saves_nothing(store: FileStore) -> None:
    handle = store.create(session("Old"))
    handle.close()
    with pytest.raises(StoreError, match="was closed"):
        handle.save(replace(handle.record, title="New"))
    assert store.read(handle.record.id).title == "Old"


def test_a_handle_saves_no_other_record(store: FileStore) -> None:
    handle = store.create(session())
    with pytest.raises(ValueError, match="no other"):
        handle.save(session())


def test_a_handle_without_a_record_says_so(tmp_path: Path) -> None:
    file = RecordFile[Session](tmp_path / "none.json", "session", "0123456789ab")
    handle = RecordHandle(file, RecordLock(tmp_path / "a.lock", SYSTEM), lambda: None)
    with pytest.raises(RuntimeError):
        _ = handle.record
    with pytest.raises(NotFound):
        handle.load()


def test_saves_from_many_threads_lose_nothing(store: FileStore) -> None:
    handle = store.create(session())
    gate = threading.Lock()

    def add(number: int) -> None:
        with gate:
            record = replace(handle.record, entries=(*handle.record.entries, entry(str(number))))
            handle.save(record)

    threads = [threading.Thread(target=add, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened(store, handle.record.id).record.entries) == 8


def test_leftovers_of_writers_dead_for_a_day_are_removed_when_the_record_is_opened(
    tmp_path: Path, store: FileStore
) -> None:
    record = session()
    store.create(record).close()
    folder = only_file(tmp_path).parent
    old, young, other = (folder / f".{name}.tmp" for name in (f"{record.id}.01", f"{record.id}.02", "0123456789ab.03"))
    for path in (old, young, other):
        path.write_text("words")
    for path in (old, other):
        os.utime(path, (0, 0))
    store.read(record.id)
    assert old.exists()
    first = store.open(record.id)
    assert [old.exists(), young.exists(), other.exists()] == [False, True, True]
    old.write_text("words")
    os.utime(old, (0, 0))
    store.open(record.id)
    assert old.exists()  # a second window leaves everything alone
    first.close()


def test_locks_warn_of_nothing(tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        open_store(tmp_path).create(session()).close()
