"""The catalogue says what the files say, whatever happens to its cache."""

from __future__ import annotations

import gc
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from kmtui.model.rating import Rating
from kmtui.store import cache as caches
from kmtui.store.cache import Cache, Row
from kmtui.store.files import FileStore
from tests.store.things import (
    AT,
    Failing,
    action,
    assessment,
    entry,
    lesson,
    new_id,
    only_file,
    open_store,
    opened,
    planned,
    record_files,
    session,
)


def titles(store: FileStore) -> list[str]:
    return [line.title for line in store.records()]


def cache_file(folder: Path) -> Path:
    (found,) = (folder / "cache").glob("*.sqlite")
    return found


def write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def age(path: Path, seconds: int = 100) -> None:
    """Let a file look older, so that its stamp is trusted."""
    status = path.stat()
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns - seconds * 10**9))


def age_all(folder: Path) -> None:
    for path in record_files(folder):
        age(path)


class Reads(Failing):
    """Counts the record files that are read."""

    def records(self) -> int:
        count = self.calls.count("record")
        self.calls.clear()
        return count

    def read(self, path: Path) -> bytes:
        if path.name.startswith("20"):
            self.calls.append("record")
        return super().read(path)


def test_the_newest_record_comes_first(store: FileStore) -> None:
    for title, day in (("Old", 1), ("New", 3), ("Middle", 2)):
        store.create(session(title, day=date(2026, 11, day))).close()
    first, second = new_id(), new_id()
    for title, record_id in (("Second of the day", max(first, second)), ("First of the day", min(first, second))):
        store.create(session(title, day=date(2026, 11, 2), id="z" + record_id[1:])).close()
    assert titles(store) == ["New", "Second of the day", "First of the day", "Middle", "Old"]


def test_a_line_tells_what_home_shows_of_a_session(store: FileStore) -> None:
    record = session(begun=AT, ended=None, place="actual", actions=(action("a"),), lessons=(lesson("b"), lesson("c")))
    store.create(record).close()
    (line,) = store.records()
    assert (line.id, line.kind, line.title, line.team, line.date) == (
        record.id,
        "session",
        "Ward move",
        "Ward 7",
        record.date,
    )
    assert (line.about, line.about_name) == ("after-action-review", "After Action Review")
    assert (line.begun, line.changed, line.finished) == (AT, AT, False)
    assert (line.lessons, line.actions, line.done, line.steps) == (2, 1, 2, 5)


def test_a_finished_session_has_passed_all_its_steps_and_one_without_title_has_a_name(store: FileStore) -> None:
    store.create(session("", ended=AT)).close()
    (line,) = store.records()
    assert (line.finished, line.done, line.steps, line.title) == (True, 5, 5, "After Action Review")


def test_a_line_tells_what_home_shows_of_an_assessment(store: FileStore) -> None:
    ratings = (Rating(criterion="innovation", skip="parked"), Rating(criterion="gone", level=3))
    record = assessment(ratings=ratings, actions=(planned("Ask"),))
    store.create(record).close()
    (line,) = store.records()
    assert (line.kind, line.title, line.about, line.about_name) == (
        "assessment",
        "Ward 7",
        "knowledge-mobilisation",
        "Knowledge self-assessment",
    )
    assert (line.done, line.steps, line.lessons, line.actions) == (1, 2, 0, 1)
    (task,) = store.actions()
    assert (task.source, task.source_kind, task.title) == (record.id, "assessment", "Ward 7")


def test_actions_and_lessons_come_in_the_order_of_their_records(store: FileStore) -> None:
    for day, word in ((1, "old"), (2, "new")):
        record = session(
            day=date(2026, 11, day),
            actions=(action(f"{word} 1"), action(f"{word} 2")),
            lessons=(replace(lesson(f"{word} lesson"), tags=("moves",)), lesson(f"{word} other")),
        )
        store.create(record).close()
    assert [line.action for line in store.actions()] == ["new 1", "new 2", "old 1", "old 2"]
    lessons = list(store.register.all())
    assert [line.lesson for line in lessons] == ["new lesson", "new other", "old lesson", "old other"]
    assert lessons[0].tags == ("moves",)


def test_texts_are_cleaned_on_the_way_into_lines(tmp_path: Path, store: FileStore) -> None:
    record = session("Ward", actions=(action("Write\nit down"),), lessons=(lesson("Say when"),))
    store.create(record).close()
    path = only_file(tmp_path)
    text = path.read_text("utf-8")
    text = text.replace("Say when", r"Say\u001b[31m when").replace("Write", "Wri\u202ete")
    path.write_text(text.replace('"tags": []', r'"tags": ["a\u0007b", "C:\\urban"]'), "utf-8")
    assert titles(store) == ["Ward"]
    assert store.actions()[0].action == "Write\nit down"
    learned = next(store.register.all())
    assert (learned.lesson, learned.tags) == ("Say when", ("ab", "C:\\urban"))


class TestFreshness:
    """What is told is what is in the files at this moment."""

    def test_a_save_in_this_process_is_seen_at_once_many_times_in_a_row(self, store: FileStore) -> None:
        handle = store.create(session("0000"))
        for number in range(200):
            handle.save(replace(handle.record, title=f"{number:04}"))
            assert titles(store) == [f"{number:04}"]

    def test_a_save_is_seen_though_inode_time_and_size_are_the_same(self, tmp_path: Path, store: FileStore) -> None:
        """Inodes are used again, and the clocks of file systems are coarse."""
        record = session("One")
        store.create(record).close()
        path = only_file(tmp_path)
        assert titles(store) == ["One"]
        status = path.stat()
        path.write_bytes(path.read_bytes().replace(b'"One"', b'"Two"'))
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
        again = path.stat()
        assert (again.st_ino, again.st_mtime_ns, again.st_size) == (status.st_ino, status.st_mtime_ns, status.st_size)
        assert titles(store) == ["Two"]
        assert titles(open_store(tmp_path)) == ["Two"]

    def test_our_own_save_is_seen_though_the_clock_of_the_share_stands_still(
        self, tmp_path: Path, store: FileStore
    ) -> None:
        handle = store.create(session("One"))
        age(only_file(tmp_path))
        assert titles(store) == ["One"]
        handle.save(replace(handle.record, title="Two"))
        age(only_file(tmp_path))
        status = only_file(tmp_path).stat()
        stamp = (status.st_ino, status.st_mtime_ns, status.st_size)
        store._catalogue._stamps = dict.fromkeys(store._catalogue._stamps, stamp)
        assert titles(store) == ["Two"]

    def test_what_others_write_change_and_delete_is_seen(self, tmp_path: Path, store: FileStore) -> None:
        assert titles(store) == []
        other = open_store(tmp_path)
        handle = other.create(session("One"))
        assert titles(store) == ["One"]
        handle.save(replace(handle.record, title="Two"))
        assert titles(store) == ["Two"]
        only_file(tmp_path).unlink()
        assert [titles(store), store.actions(), list(store.register.all())] == [[], [], []]

    def test_only_what_differs_is_read_again(self, tmp_path: Path) -> None:
        for number in range(5):
            open_store(tmp_path).create(session(str(number))).close()
        age_all(tmp_path)
        system = Reads()
        store = open_store(tmp_path, system=system)
        store.records()
        assert system.records() == 5
        store.records()
        store.actions()
        assert system.records() == 0
        later = Reads()
        again = open_store(tmp_path, system=later)
        assert len(again.records()) == 5
        assert later.records() == 0
        handle = opened(again, again.records()[0].id)
        handle.save(replace(handle.record, title="New"))
        later.records()
        assert "New" in titles(again)
        assert later.records() == 1

    def test_a_file_is_read_until_its_stamp_can_be_trusted(self, tmp_path: Path) -> None:
        open_store(tmp_path).create(session()).close()
        system = Reads()
        store = open_store(tmp_path, system=system)
        store.records()
        store.records()
        assert system.records() == 2
        age_all(tmp_path)
        store.records()
        store.records()
        assert system.records() == 1

    def test_what_is_given_out_can_be_changed_without_harm(self, store: FileStore) -> None:
        store.create(session(actions=(action("a"),), lessons=(lesson("b"),))).close()
        for give in (store.records, store.actions):
            given: list[Any] = give()
            given.clear()
            assert len(give()) == 1


class TestTroubles:
    """A file that cannot be read is told, and stops nothing."""

    def test_a_damaged_record_is_told_with_its_id_and_backup(self, tmp_path: Path, store: FileStore) -> None:
        store.create(session("Whole")).close()
        handle = store.create(session("Broken", day=date(2026, 1, 1)))
        handle.save(replace(handle.record, team="Ward 8"))
        handle.close()
        path = next(path for path in record_files(tmp_path) if "broken" in path.name)
        path.write_bytes(b"\0" * 500)
        assert titles(store) == ["Whole"]
        (trouble,) = store.troubles()
        assert (trouble.id, trouble.backup) == (handle.record.id, True)
        assert trouble.file == path.relative_to(tmp_path / "work").as_posix()
        assert "is empty" in trouble.message
        path.with_name(path.name + ".bak").unlink()
        assert [each.backup for each in store.troubles()] == [False]

    def test_a_record_with_a_wrong_field_is_told(self, tmp_path: Path, store: FileStore) -> None:
        store.create(session("Ward", entries=1)).close()
        path = only_file(tmp_path)
        path.write_text(path.read_text("utf-8").replace('"text": "Entry 0"', '"text": 5'), "utf-8")
        assert titles(store) == []
        assert 'The field "entries[0].text"' in store.troubles()[0].message

    def test_a_record_without_steps_is_told_by_nothing_worse(self, tmp_path: Path, store: FileStore) -> None:
        record = session()
        store.create(replace(record, technique=replace(record.technique, steps=()))).close()
        assert (store.records()[0].done, store.records()[0].steps) == (0, 0)

    def test_a_file_that_cannot_be_opened_is_tried_again_each_time(self, tmp_path: Path) -> None:
        open_store(tmp_path).create(session("Ward")).close()
        age_all(tmp_path)

        class Refusing(Failing):
            refuse = True

            def read(self, path: Path) -> bytes:
                if self.refuse and path.name.startswith("20"):
                    raise PermissionError(13, "Permission denied")
                return super().read(path)

        system = Refusing()
        store = open_store(tmp_path, system=system)
        assert titles(store) == []
        assert "Permission denied" in store.troubles()[0].message
        system.refuse = False
        assert [titles(store), store.troubles()] == [["Ward"], []]

    def test_a_file_that_goes_while_it_is_looked_at_is_passed_over(self, tmp_path: Path) -> None:
        open_store(tmp_path).create(session()).close()

        class Going(Failing):
            def read(self, path: Path) -> bytes:
                if path.name.startswith("20"):
                    path.unlink(missing_ok=True)
                return super().read(path)

        store = open_store(tmp_path, system=Going())
        assert [store.records(), store.troubles()] == [[], []]


class TestCache:
    """The cache can be lost, damaged, held or refused; nobody notices."""

    def harm(self, folder: Path, how: Callable[[Path], None]) -> None:
        store = open_store(folder)
        store.create(session("Ward", actions=(action("a"),))).close()
        assert titles(store) == ["Ward"]
        store.close()
        how(cache_file(folder))
        again = open_store(folder)
        assert [titles(again), [line.action for line in again.actions()]] == [["Ward"], ["a"]]
        assert titles(store) == ["Ward"]
        again.close()
        store.close()

    def test_it_is_private(self, tmp_path: Path, store: FileStore) -> None:
        store.records()
        if os.name == "posix":
            assert cache_file(tmp_path).stat().st_mode & 0o777 == 0o600
            assert (tmp_path / "cache").stat().st_mode & 0o777 == 0o700

    def test_each_workspace_has_its_own(self, tmp_path: Path) -> None:
        for name in ("one", "two"):
            store = FileStore(tmp_path / name, tmp_path / "cache")
            store.create(session(name)).close()
            assert titles(store) == [name]
            store.close()
        assert len(list((tmp_path / "cache").iterdir())) == 2

    @pytest.mark.parametrize("content", [b"", b"no database at all, and long enough to be looked at" * 100])
    def test_it_is_made_again_where_it_is_damaged(self, tmp_path: Path, content: bytes) -> None:
        self.harm(tmp_path, lambda path: write(path, content))

    def test_it_is_made_again_where_it_is_cut_off(self, tmp_path: Path) -> None:
        self.harm(tmp_path, lambda path: write(path, path.read_bytes()[:5000]))

    def test_it_is_made_again_where_it_is_gone(self, tmp_path: Path) -> None:
        self.harm(tmp_path, Path.unlink)

    def test_it_is_made_again_where_its_lines_do_not_fit(self, tmp_path: Path) -> None:
        def change(path: Path) -> None:
            database = sqlite3.connect(path)
            with database:
                database.execute("UPDATE files SET record = '{}', inode = inode")
            database.close()

        self.harm(tmp_path, change)

    def test_it_is_made_again_where_another_version_made_it(self, tmp_path: Path) -> None:
        def change(path: Path) -> None:
            database = sqlite3.connect(path)
            database.execute("DROP TABLE details")
            database.execute(f"PRAGMA user_version = {caches.VERSION + 1}")
            database.close()

        self.harm(tmp_path, change)

    def test_a_folder_in_its_place_means_going_on_in_memory(self, tmp_path: Path) -> None:
        def change(path: Path) -> None:
            path.unlink()
            path.mkdir()

        self.harm(tmp_path, change)

    def test_a_file_in_the_place_of_its_folder_means_going_on_in_memory(self, tmp_path: Path) -> None:
        (tmp_path / "cache").write_text("a file")
        store = open_store(tmp_path)
        record = session("Ward", lessons=(lesson("Say when"),))
        store.create(record).close()
        assert [titles(store), len(list(store.register.all()))] == [["Ward"], 1]
        store.remove(record.id)
        assert titles(store) == []

    def test_one_that_another_process_holds_is_left_alone(
        self, tmp_path: Path, store: FileStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(caches, "_WAIT", 0)
        store.create(session("Ward")).close()
        assert titles(store) == ["Ward"]
        store.close()
        inode = cache_file(tmp_path).stat().st_ino
        holder = sqlite3.connect(cache_file(tmp_path), isolation_level=None)
        holder.execute("BEGIN EXCLUSIVE")
        other = open_store(tmp_path)
        assert titles(other) == ["Ward"]
        holder.execute("ROLLBACK")
        holder.close()
        assert cache_file(tmp_path).stat().st_ino == inode
        assert titles(other) == ["Ward"]
        other.close()

    def test_a_full_disk_for_the_cache_concerns_nobody(self, store: FileStore, monkeypatch: pytest.MonkeyPatch) -> None:
        store.create(session("Ward")).close()
        real = Cache.change

        def full(self: Cache, rows: list[Row], gone: list[str]) -> None:
            path = self._database.execute("PRAGMA database_list").fetchone()[2]
            if path:
                raise sqlite3.OperationalError("database or disk is full")
            real(self, rows, gone)

        monkeypatch.setattr(Cache, "change", full)
        assert titles(store) == ["Ward"]
        handle = opened(store, store.records()[0].id)
        handle.save(replace(handle.record, title="New"))
        assert titles(store) == ["New"]

    def test_words_of_a_deleted_record_leave_it_at_once(self, tmp_path: Path) -> None:
        store = open_store(tmp_path)
        secret = session("Secret title", lessons=(lesson("secret lesson"),), actions=(action("secret action"),))
        store.create(secret).close()
        store.create(session("Public")).close()
        assert len(store.records()) == 2
        for word in (b"Secret title", b"secret lesson", b"secret action"):
            assert word in cache_file(tmp_path).read_bytes()
        later = open_store(tmp_path)
        later.remove(secret.id)
        content = cache_file(tmp_path).read_bytes()
        assert b"Public" in content
        assert b"ecret" not in content
        assert [path.name for path in (tmp_path / "cache").iterdir()] == [cache_file(tmp_path).name]
        later.close()
        store.close()

    def test_a_save_touches_neither_the_cache_nor_other_files(self, tmp_path: Path) -> None:
        system = Failing()
        store = open_store(tmp_path, system=system)
        handle = store.create(session())
        system.calls.clear()
        handle.save(replace(handle.record, entries=(entry("one"),)))
        few = list(system.calls)
        for number in range(20):
            store.create(session(str(number))).close()
        system.calls.clear()
        handle.save(replace(handle.record, entries=(entry("two"),)))
        assert system.calls == few
        assert not (tmp_path / "cache").exists()

    def test_the_garbage_collector_is_left_as_it_was(self, store: FileStore) -> None:
        import gc

        gc.disable()
        try:
            store.records()
            assert not gc.isenabled()
        finally:
            gc.enable()
        store.records()
        assert gc.isenabled()


def test_sqlite_and_locks_are_loaded_only_when_they_are_needed(tmp_path: Path) -> None:
    record = session()
    open_store(tmp_path).create(record).close()
    program = (
        "import sys; from pathlib import Path; from kmtui.store.files import FileStore; "
        f"FileStore(Path({str(tmp_path / 'work')!r}), Path('/nowhere')).read({record.id!r}); "
        "print({'sqlite3', 'filelock', 'textual'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "set()\n"


def test_busy_is_told_from_damaged() -> None:
    assert not caches.is_busy(ValueError("no error of SQLite"))


class TestClosing:
    """No database stays open, though nobody closes it."""

    @pytest.fixture
    def connections(self, monkeypatch: pytest.MonkeyPatch) -> list[sqlite3.Connection]:
        made: list[sqlite3.Connection] = []
        connect = sqlite3.connect

        def noted(*given: Any, **named: Any) -> sqlite3.Connection:
            made.append(connect(*given, **named))
            return made[-1]

        monkeypatch.setattr(sqlite3, "connect", noted)
        return made

    def all_closed(self, connections: list[sqlite3.Connection]) -> bool:
        for connection in connections:
            with pytest.raises(sqlite3.ProgrammingError, match="closed"):
                connection.execute("SELECT 1")
        return bool(connections)

    def test_when_its_store_goes(self, tmp_path: Path, connections: list[sqlite3.Connection]) -> None:
        def look() -> None:
            open_store(tmp_path).records()

        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
        look()
        gc.collect()
        assert len(connections) == 2
        assert self.all_closed(connections)

    def test_when_it_cannot_be_used(self, tmp_path: Path, connections: list[sqlite3.Connection]) -> None:
        (tmp_path / "file").write_bytes(b"no database at all, and long enough to be looked at" * 100)
        with pytest.raises(sqlite3.DatabaseError):
            Cache(tmp_path / "file")
        assert self.all_closed(connections)

    def test_at_the_end_of_the_program(self, tmp_path: Path) -> None:
        program = (
            "import sys; from pathlib import Path; from kmtui.store.cache import Cache\n"
            "sys.kept = Cache(Path(sys.argv[1]))"
        )
        command = [sys.executable, "-X", "dev", "-c", program, str(tmp_path / "cache.sqlite")]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        assert done.stderr == ""
