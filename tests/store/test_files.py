"""The store as the floors above know it: finding, reading, deleting, bringing back, recovering."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from kmtui.model.errors import ChangedMeanwhile, Damaged, NotFound, StoreError
from kmtui.store.atomic import backup_of
from kmtui.store.files import FileStore, utc_now
from kmtui.store.protocol import Removed, Store
from tests.store.things import (
    Failing,
    action,
    assessment,
    entry,
    lesson,
    only_file,
    open_store,
    opened,
    record_files,
    session,
    temporaries,
)


def words_in(folder: Path) -> bytes:
    """Return everything that any file of a folder holds."""
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_it_keeps_the_protocol(store: FileStore) -> None:
    protocol: Store = store
    assert protocol.records() == []


class TestFinding:
    """Any beginning of an id that only one record has."""

    @pytest.fixture
    def three(self, store: FileStore) -> FileStore:
        for record_id, title in (("1ng4zz0abcde", "One"), ("1ng4zz0abxyz", "Two"), ("7000000000zz", "Three")):
            store.create(session(title, id=record_id, actions=(replace(action("Do"), id=record_id),))).close()
        return store

    @pytest.mark.parametrize("typed", ["7", "7000000000zz", " 7O0 ", "7000000000ZZ"])
    def test_a_unique_beginning_is_enough_however_it_is_typed(self, three: FileStore, typed: str) -> None:
        assert three.find(typed) == "7000000000zz"
        assert three.find_action(typed).source == "7000000000zz"

    def test_none_is_told(self, three: FileStore) -> None:
        with pytest.raises(NotFound, match='There is no record whose id begins with "9"'):
            three.find("9")
        with pytest.raises(NotFound, match='There is no action whose id begins with "9"'):
            three.find_action("9")

    def test_more_than_one_are_told_with_their_names(self, three: FileStore) -> None:
        words = r"1ng4zz0abcde \(2026-11-22 after-action-review one\); 1ng4zz0abxyz \(.*two\)\. Type more of it\."
        with pytest.raises(NotFound, match=words):
            three.find("ing4")
        with pytest.raises(NotFound, match=r"More than one action .* 1ng4zz0abcde \(Do\)"):
            three.find_action("1")

    def test_of_many_a_few_are_told(self, store: FileStore) -> None:
        for number in range(7):
            store.create(session(id=f"00000000000{number}")).close()
        with pytest.raises(NotFound, match=r"000000000004 .* and 2 more"):
            store.find("0")

    def test_a_damaged_record_is_found_so_that_it_can_be_recovered(self, tmp_path: Path, store: FileStore) -> None:
        record = session()
        store.create(record).close()
        only_file(tmp_path).write_bytes(b"")
        assert store.find(record.id[:9]) == record.id


class TestCreating:
    """A record is written where none is."""

    def test_an_id_that_is_there_is_refused_under_whatever_name(self, tmp_path: Path, store: FileStore) -> None:
        record = session("One")
        store.create(record).close()
        before = only_file(tmp_path).read_bytes()
        for title in ("One", "Other"):
            with pytest.raises(ChangedMeanwhile, match=f"There is a record {record.id} already"):
                store.create(replace(record, title=title))
        assert only_file(tmp_path).read_bytes() == before

    @pytest.mark.parametrize("call", ["create", "write", "fsync", "make_folder"])
    def test_a_failure_leaves_nothing_and_it_can_be_tried_again(
        self, tmp_path: Path, failing: Failing, call: str
    ) -> None:
        store = open_store(tmp_path, system=failing)
        store.add_event("0123456789ab", {})
        record = session()
        # The third file after the lock: what fails is the writing of the record.
        failing.fail(call, 2 if call == "make_folder" else 1)
        with pytest.raises(StoreError):
            store.create(record)
        failing.heal()
        assert [record_files(tmp_path), temporaries(tmp_path), store.records()] == [[], [], []]
        handle = store.create(record)
        assert (handle.second, store.read(record.id)) == (False, record)


class TestReading:
    """Reading tells what is wrong."""

    def test_a_record_that_is_not_there(self, store: FileStore) -> None:
        for use in (store.read, store.open, store.remove, store.recover):
            with pytest.raises(NotFound, match="There is no record 0123456789ab"):
                use("0123456789ab")

    def test_a_damaged_record_says_whether_its_backup_can_be_read(self, tmp_path: Path, store: FileStore) -> None:
        handle = store.create(session("One"))
        handle.save(replace(handle.record, title="Two"))
        handle.close()
        path = only_file(tmp_path)
        path.write_bytes(path.read_bytes()[:-100])
        for use in (store.read, store.open):
            with pytest.raises(Damaged, match="cut off") as told:
                use(handle.record.id)
            assert told.value.backup is True
            hint = f" kmtui recover {handle.record.id} puts the version before back."
            assert str(told.value).endswith(hint)
            assert hint not in store.troubles()[0].message  # the lists name the command themselves
        backup_of(path).write_bytes(b"")
        with pytest.raises(Damaged) as told:
            store.read(handle.record.id)
        assert told.value.backup is False
        assert "recover" not in str(told.value)


class TestRemoving:
    """A deleted record is gone from the disk, and comes back from memory."""

    @pytest.fixture
    def record_id(self, store: FileStore) -> str:
        handle = store.create(session("Secret", lessons=(lesson("secret"),), actions=(action("secret"),)))
        handle.save(replace(handle.record, entries=(entry("secret"),)))
        handle.close()
        store.records()
        return handle.record.id

    def test_nothing_of_its_words_is_left(self, tmp_path: Path, store: FileStore, record_id: str) -> None:
        folder = only_file(tmp_path).parent
        (folder / f".{record_id}.0a1b.tmp").write_bytes(b"secret words of a killed writer")
        (folder / ".000000000000.0a1b.tmp").write_bytes(b"of another")
        removed = store.remove(record_id)
        assert removed.id == record_id
        assert [path.name for path in folder.iterdir()] == [".000000000000.0a1b.tmp"]
        assert b"ecret" not in words_in(tmp_path)
        assert record_id.encode() in words_in(tmp_path / "work" / "followup")

    def test_it_is_hidden_everywhere(self, tmp_path: Path, store: FileStore, record_id: str) -> None:
        path = only_file(tmp_path)
        content = path.read_bytes()
        store.remove(record_id)
        path.write_bytes(content)  # another computer's sync has put it back
        path.with_name(path.name.replace(record_id, "000000000000")).write_bytes(b"")
        for each in (store, open_store(tmp_path)):
            assert [each.records(), each.actions(), list(each.register.all())] == [[], [], []]
            assert [trouble.id for trouble in each.troubles()] == ["000000000000"]
            for use in (each.find, each.read, each.open, each.remove):
                with pytest.raises(NotFound):
                    use(record_id)

    def test_a_damaged_copy_that_came_back_is_no_trouble(
        self, tmp_path: Path, store: FileStore, record_id: str
    ) -> None:
        path = only_file(tmp_path)
        store.remove(record_id)
        path.write_bytes(b"")
        assert [store.troubles(), store.records()] == [[], []]

    def test_it_comes_back_with_its_backup(self, tmp_path: Path, store: FileStore, record_id: str) -> None:
        record, path = store.read(record_id), only_file(tmp_path)
        backup = backup_of(path).read_bytes()
        store.restore(store.remove(record_id))
        assert store.read(record_id) == record
        assert backup_of(path).read_bytes() == backup
        for each in (store, open_store(tmp_path)):
            assert [line.id for line in each.records()] == [record_id]
            assert [len(each.actions()), len(list(each.register.all()))] == [1, 1]
        assert store.followed()[record_id].values == {"deleted": "no"}
        assert store.open(record_id).second is False

    def test_one_without_a_backup_comes_back_without(self, tmp_path: Path, store: FileStore) -> None:
        record = assessment()
        store.create(record).close()
        store.restore(store.remove(record.id))
        assert store.read(record.id) == record
        assert not backup_of(only_file(tmp_path)).exists()

    def test_one_that_is_open_in_another_window_is_not_deleted(
        self, tmp_path: Path, store: FileStore, record_id: str
    ) -> None:
        handle = open_store(tmp_path).open(record_id)
        with pytest.raises(ChangedMeanwhile, match=r"Another window has this session open\. Close it there"):
            store.remove(record_id)
        handle.close()
        store.remove(record_id)
        assert store.records() == []

    def test_creating_it_again_brings_its_id_back(self, store: FileStore, record_id: str) -> None:
        store.remove(record_id)
        store.create(session("New", id=record_id)).close()
        assert [line.title for line in store.records()] == ["New"]

    def test_one_that_is_there_again_is_not_overwritten(self, store: FileStore, record_id: str) -> None:
        removed = store.remove(record_id)
        store.create(session("New", id=record_id)).close()
        with pytest.raises(ChangedMeanwhile, match="already"):
            store.restore(removed)
        assert [line.title for line in store.records()] == ["New"]

    def test_a_removal_of_another_store_is_not_taken(self, store: FileStore) -> None:
        class Other:
            id = "0123456789ab"
            left = ""

        removed: Removed = Other()
        with pytest.raises(TypeError):
            store.restore(removed)

    @pytest.mark.parametrize(("call", "number"), [("remove", 1), ("remove", 2), ("sync_folder", 1), ("write", 1)])
    def test_one_that_could_not_be_deleted_is_as_it_was(
        self, tmp_path: Path, store: FileStore, record_id: str, failing: Failing, call: str, number: int
    ) -> None:
        path = only_file(tmp_path)
        before = [path.read_bytes(), backup_of(path).read_bytes()]
        refusing = open_store(tmp_path, system=failing)
        failing.fail(call, number)
        with pytest.raises(StoreError):
            refusing.remove(record_id)
        failing.heal()
        assert [path.read_bytes(), backup_of(path).read_bytes()] == before
        assert [line.id for line in refusing.records()] == [record_id]

    def test_a_disk_that_refuses_says_deleted(
        self, tmp_path: Path, store: FileStore, record_id: str, failing: Failing
    ) -> None:
        refusing = open_store(tmp_path, system=failing)
        failing.fail("remove", 1, PermissionError(13, "no"))
        with pytest.raises(StoreError, match="could not be deleted: you may not write there"):
            refusing.remove(record_id)

    def test_the_words_are_given_out_where_neither_the_event_nor_the_record_can_be_written(
        self, tmp_path: Path, store: FileStore, record_id: str, failing: Failing
    ) -> None:
        record = store.read(record_id)
        full = open_store(tmp_path, system=failing)
        failing.fail("write", 1, lasting=True)
        removed = full.remove(record_id)
        failing.heal()
        assert record_files(tmp_path) == []
        full.restore(removed)
        assert full.read(record_id) == record

    def test_a_record_that_goes_in_this_moment_is_not_found(self, tmp_path: Path) -> None:
        record = session()
        open_store(tmp_path).create(record).close()

        class Going(Failing):
            def read(self, path: Path) -> bytes:
                if path.name.startswith("20"):
                    path.unlink(missing_ok=True)
                return super().read(path)

        with pytest.raises(NotFound):
            open_store(tmp_path, system=Going()).remove(record.id)


class TestRecovering:
    """A damaged file is set aside unharmed, and the generation before takes its place."""

    @pytest.fixture
    def record_id(self, tmp_path: Path, store: FileStore) -> str:
        handle = store.create(session("One", day=date(2026, 11, 1)))
        handle.save(replace(handle.record, title="Two"))
        handle.close()
        only_file(tmp_path).write_bytes(b"damaged 1")
        return handle.record.id

    def test_it_is_set_aside_and_the_backup_is_read(self, tmp_path: Path, store: FileStore, record_id: str) -> None:
        assert store.records() == []
        store.recover(record_id)
        assert [line.title for line in store.records()] == ["One"]
        assert store.troubles() == []
        path = only_file(tmp_path)
        assert backup_of(path).read_bytes() == path.read_bytes()
        (aside,) = (tmp_path / "work" / "quarantine").iterdir()
        assert (aside.name, aside.read_bytes()) == (path.name, b"damaged 1")
        handle = opened(store, record_id)
        handle.save(handle.record)

    def test_one_that_was_set_aside_before_is_not_overwritten(
        self, tmp_path: Path, store: FileStore, record_id: str
    ) -> None:
        for number in (1, 2, 3):
            only_file(tmp_path).write_bytes(f"damaged {number}".encode())
            store.recover(record_id)
        aside = sorted((tmp_path / "work" / "quarantine").iterdir())
        assert [path.read_bytes() for path in aside] == [b"damaged 1", b"damaged 2", b"damaged 3"]

    def test_a_whole_record_is_left_alone(self, tmp_path: Path, store: FileStore) -> None:
        record = session()
        store.create(record).close()
        with pytest.raises(StoreError, match="nothing to recover"):
            store.recover(record.id)
        assert not (tmp_path / "work" / "quarantine").exists()

    def test_without_a_readable_backup_it_is_left_alone(self, tmp_path: Path, store: FileStore, record_id: str) -> None:
        backup_of(only_file(tmp_path)).write_bytes(b"")
        with pytest.raises(Damaged, match="no readable backup"):
            store.recover(record_id)
        assert only_file(tmp_path).read_bytes() == b"damaged 1"

    def test_one_that_is_open_in_another_window_is_left_alone(
        self, tmp_path: Path, store: FileStore, record_id: str
    ) -> None:
        path = only_file(tmp_path)
        path.write_bytes(backup_of(path).read_bytes())
        handle = open_store(tmp_path).open(record_id)
        path.write_bytes(b"damaged 1")
        with pytest.raises(ChangedMeanwhile, match="Another window"):
            store.recover(record_id)
        handle.close()
        store.recover(record_id)

    @pytest.mark.parametrize("call", ["create", "write", "fsync", "link", "replace"])
    def test_a_failure_loses_neither(
        self, tmp_path: Path, store: FileStore, record_id: str, failing: Failing, call: str
    ) -> None:
        path = only_file(tmp_path)
        backup = backup_of(path).read_bytes()
        failing.fail(call, 1)
        refusing = open_store(tmp_path, system=failing)
        try:
            refusing.recover(record_id)
        except StoreError:
            assert path.read_bytes() == b"damaged 1"
        assert backup_of(path).read_bytes() == backup
        failing.heal()
        if path.read_bytes() == b"damaged 1":
            refusing.recover(record_id)
        assert path.read_bytes() == backup
        assert b"damaged 1" in words_in(tmp_path / "work" / "quarantine")


def test_an_export_is_written_where_it_is_wanted(tmp_path: Path, store: FileStore) -> None:
    store.write_file(tmp_path / "report.md", b"# Report\n")
    assert (tmp_path / "report.md").read_bytes() == b"# Report\n"
    assert not (tmp_path / "work").exists()


def test_a_closed_store_can_still_be_used(store: FileStore) -> None:
    store.create(session()).close()
    assert len(store.records()) == 1
    store.close()
    store.close()
    assert len(store.records()) == 1


def test_the_clock_of_the_store_tells_utc() -> None:
    assert utc_now().tzinfo is not None
