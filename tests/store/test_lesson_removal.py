"""A deleted lesson is gone from everywhere, or said not to be; and it can be brought back while the program runs."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from msgspec.structs import replace

from kmtui.model.errors import ChangedMeanwhile, NotFound, StoreError
from kmtui.model.session import Lesson, Session
from kmtui.store.files import FileStore
from tests.store.register_things import files_with, found, kept, learn, learnt
from tests.store.things import Failing, Stopped, Stopping, only_file, open_store, opened

SECRET = "zanzibar"
NOTE = "quixotic"


def secret() -> Lesson:
    return learnt(f"Tell {SECRET}", context=SECRET, tags=(SECRET,))


def filled(store: FileStore) -> tuple[Session, Lesson]:
    """Keep a session with three lessons, of which the middle one is to go, with events on it and an older version."""
    gone = secret()
    record = learn(store, "First", gone, "Last")
    store.add_event(gone.id, {"state": "agreed", "role": NOTE})
    store.add_event(gone.id, {"state": "applied", "note": f"{SECRET} {NOTE}"})
    handle = opened(store, record.id)
    handle.save(replace(handle.record, title="Ward move"))
    handle.close()
    return record, gone


def lessons_of(store: FileStore, record_id: str) -> list[str]:
    record = store.read(record_id)
    assert isinstance(record, Session)
    return [each.lesson for each in record.lessons]


def test_a_lesson_goes_out_of_its_session_the_backups_and_the_index(store: FileStore, tmp_path: Path) -> None:
    record, gone = filled(store)
    store.backups.make()
    assert found(store, SECRET) == [gone.lesson]
    removed = store.remove_lesson(gone.id[:11])
    assert (removed.id, removed.left) == (gone.id, "")
    assert lessons_of(store, record.id) == ["First", "Last"]
    assert found(store, SECRET) == []
    assert files_with(tmp_path, SECRET, NOTE) == []
    with pytest.raises(NotFound):
        store.register.find(gone.id)
    with pytest.raises(NotFound):
        store.remove_lesson(gone.id)
    (backup,) = store.backups.all()
    assert backup.readable
    assert store.backups.check(Path(backup.name)) == []


def test_undo_brings_it_back_to_its_place_with_what_was_said_of_it(store: FileStore) -> None:
    record, gone = filled(store)
    life = store.register.lives()[gone.id]
    before = store.read(record.id)
    removed = store.remove_lesson(gone.id)
    assert gone.id not in store.register.lives()
    store.restore(removed)
    after = store.read(record.id)
    assert isinstance(before, Session)
    assert isinstance(after, Session)
    assert after.lessons == before.lessons
    assert store.register.lives()[gone.id] == life
    assert found(store, SECRET) == [gone.lesson]
    assert store.register.find(gone.id).state == "applied"
    store.remove_lesson(gone.id)
    assert lessons_of(store, record.id) == ["First", "Last"]


def test_undo_of_an_imported_lesson(store: FileStore, tmp_path: Path) -> None:
    one = kept(f"Tell {SECRET}")
    store.register.add([one])
    store.add_event(one.id, {"state": "applied", "note": NOTE})
    store.backups.make()
    removed = store.remove_lesson(one.id)
    assert files_with(tmp_path, SECRET, NOTE) == []
    assert store.register.kept(one.id) is None
    store.restore(removed)
    assert store.register.kept(one.id) == one
    assert found(store, SECRET) == [one.lesson]
    assert store.register.find(one.id).state == "applied"


def test_what_was_saved_meanwhile_stays_when_it_comes_back(store: FileStore) -> None:
    record, gone = filled(store)
    removed = store.remove_lesson(gone.id)
    handle = opened(store, record.id)
    handle.save(replace(handle.record, lessons=(learnt("New"),)))
    handle.close()
    store.restore(removed)
    assert lessons_of(store, record.id) == ["New", gone.lesson]
    store.restore(removed)
    assert lessons_of(store, record.id) == ["New", gone.lesson]


def test_a_session_that_is_open_elsewhere_keeps_its_lesson(store: FileStore, tmp_path: Path) -> None:
    record, gone = filled(store)
    handle = opened(store, record.id)
    with pytest.raises(ChangedMeanwhile):
        open_store(tmp_path).remove_lesson(gone.id)
    assert gone.lesson in lessons_of(store, record.id)
    assert store.register.find(gone.id).state == "applied"
    handle.close()
    open_store(tmp_path).remove_lesson(gone.id)
    assert lessons_of(store, record.id) == ["First", "Last"]


@pytest.mark.parametrize("name", ["{stem} (conflicted copy).json", "{stem}.sync-conflict-20261122-093000-ABCDEFG.json"])
def test_a_conflict_copy_with_the_lesson_is_named_and_nothing_is_deleted(
    store: FileStore, tmp_path: Path, name: str
) -> None:
    record, gone = filled(store)
    path = only_file(tmp_path)
    copy = path.with_name(name.format(stem=path.stem))
    copy.write_bytes(path.read_bytes())
    with pytest.raises(StoreError, match="another copy of this session") as error:
        store.remove_lesson(gone.id)
    assert copy.name in str(error.value)
    assert gone.lesson in lessons_of(store, record.id)
    copy.write_bytes(path.read_bytes().replace(gone.id.encode(), b"1" * 12))
    store.remove_lesson(gone.id)
    assert lessons_of(store, record.id) == ["First", "Last"]


def test_an_old_backup_does_not_bring_it_back(store: FileStore, tmp_path: Path) -> None:
    _, gone = filled(store)
    path = store.backups.make()
    assert path is not None
    old = path.rename(tmp_path / "old.zip")
    store.remove_lesson(gone.id)
    store.backups.restore(old)
    store.register.look()
    assert found(store, SECRET) == []
    assert gone.id not in [line.id for line in store.register.all()]
    assert found(store, "last") == ["Last"]


def number_of_calls(folder: Path, *, imported: bool) -> int:
    system = Failing()
    store = open_store(folder, system=system)
    gone = prepared(store, imported=imported)
    system.calls.clear()
    store.remove_lesson(gone)
    return len(system.calls)


def prepared(store: FileStore, *, imported: bool) -> str:
    """Keep a lesson with all that belongs to it, and return its id."""
    if imported:
        one = kept(f"Tell {SECRET}")
        store.register.add([one])
        store.add_event(one.id, {"state": "applied", "note": f"{SECRET} {NOTE}"})
        lesson_id = one.id
    else:
        lesson_id = filled(store)[1].id
    store.backups.make()
    store.register.look()
    return lesson_id


class NthFails(Failing):
    """A system whose n-th call of all fails once."""

    left = -1
    passed_over = False

    def _note(self, name: str) -> None:
        super()._note(name)
        self.left -= 1
        if self.left == 0:
            raise OSError(errno.EIO, "the disk is broken")

    def read(self, path: Path) -> bytes:
        """As the real one; remember whether it was a file of events, since one that cannot be read is passed over."""
        self.passed_over = self.passed_over or (self.left == 1 and path.parent.name == "followup")
        return super().read(path)


def not_temporary(paths: list[str]) -> list[str]:
    """Leave out files that could not be removed after use, which the doctor finds a day later."""
    return [path for path in paths if not path.endswith(".tmp")]


@pytest.mark.slow
@pytest.mark.parametrize("imported", [False, True])
def test_whatever_call_fails_it_is_there_whole_or_gone_and_again_does_the_rest(tmp_path: Path, imported: bool) -> None:
    calls = number_of_calls(tmp_path / "counted", imported=imported)
    assert calls > 20
    failed = told = 0
    for number in range(1, calls + 1):
        folder = tmp_path / str(number)
        system = NthFails()
        store = open_store(folder, system=system)
        lesson_id = prepared(store, imported=imported)
        system.left = number
        removed = None
        try:
            removed = store.remove_lesson(lesson_id)
        except (StoreError, NotFound):  # not found: its file could not be read just then
            failed += 1
        if removed is None:  # it is as it was
            again = open_store(folder)
            assert again.register.find(lesson_id).state == "applied", number
            assert found(again, SECRET) == [f"Tell {SECRET}"], number
            removed = again.remove_lesson(lesson_id)
        if removed.left:
            told += 1
        elif not system.passed_over:
            assert not_temporary(files_with(folder, SECRET, NOTE)) == [], number
        after = open_store(folder)
        assert found(after, SECRET) == [], number
        assert after.troubles() == [], number
        if not imported:
            assert set(found(after, "first last")) == {"First", "Last"}, number
    assert failed > 5
    assert told > 2


@pytest.mark.slow
@pytest.mark.parametrize("imported", [False, True])
def test_whenever_the_program_ends_deleting_again_leaves_nothing(tmp_path: Path, imported: bool) -> None:
    calls = number_of_calls(tmp_path / "counted", imported=imported)
    for number in range(0, calls, 2):
        folder = tmp_path / str(number)
        system = Stopping(10**9)
        store = open_store(folder, system=system, locks=False)
        lesson_id = prepared(store, imported=imported)
        system.left = number
        with pytest.raises(Stopped):
            store.remove_lesson(lesson_id)
        again = open_store(folder, locks=False)
        if lesson_id in [line.id for line in again.register.all()]:
            assert again.remove_lesson(lesson_id).left == ""
            assert [path for path in files_with(folder / "work", SECRET, NOTE) if not path.endswith(".tmp")] == [], (
                number
            )
        assert found(again, SECRET) == [], number
        assert again.troubles() == [], number
