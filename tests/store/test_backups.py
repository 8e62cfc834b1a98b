"""A backup is whole or not there; few are kept for long; and what is deleted for good is in none of them."""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from zipfile import ZIP_LZMA, ZIP_STORED, ZipFile

import pytest
from msgspec.structs import replace

from kmtui.model.errors import ChangedMeanwhile, NewerSchema, NotFound, StoreError  # noqa: F401
from kmtui.model.ids import is_id
from kmtui.model.session import Session
from kmtui.store.backups import Backups, chosen
from kmtui.store.files import FileStore
from kmtui.store.layout import lock_path
from kmtui.store.locks import RecordLock
from kmtui.store.system import SYSTEM, System
from tests.store.backup_things import Clock, archives, backups, inside, locked, made, ours, packed, session_path
from tests.store.things import (
    Failing,
    Stopped,
    Stopping,
    action,
    assessment,
    create,
    entry,
    half_an_import,
    held_in,
    lesson,
    new_id,
    open_store,
    response,
    session,
    survey,
    team,
    temporaries,
)

SECRET = "Nobody listens"


def filled(store: FileStore) -> Session:
    """Fill a workspace with some of everything, and return a session with words that are looked for."""
    record = session(SECRET, entries=2, lessons=(lesson(SECRET),), actions=(action(SECRET),))
    asked = survey()
    for each in (record, session("Another"), assessment(), asked):
        create(store, each)
    store.save_team(team(), None)
    store.add_responses([response(asked.id, level) for level in (3, 4)], ["a", "b"])
    store.add_event(record.actions[0].id, {"note": SECRET})
    store.add_event(record.lessons[0].id, {"state": "applied", "note": SECRET})
    return record


def speaking(folder: Path, words: str = SECRET) -> list[Path]:
    """Return the backups in which words stand, in a name or in a file."""
    slug = words.lower().replace(" ", "-")
    return [
        path
        for path in archives(folder)
        for found in [inside(path)]
        if any(slug in name or words.encode() in content for name, content in found.items())
    ]


# Making


def test_a_backup_holds_every_file_of_ours_and_nothing_else(tmp_path: Path, store: FileStore) -> None:
    record = filled(store)
    handle = store.open(record.id)  # a lock, and then the generation before
    assert isinstance(handle.record, Session)
    handle.save(replace(handle.record, entries=(entry("New"),)))
    work = tmp_path / "work"
    strangers = ["sessions/notes.txt", "sessions/2026/notes.json", "quarantine/x.json", "exports/report.md", "me.json"]
    strangers += [f"sessions/2026/.{record.id}.abc.tmp", "sessions/2026-11-22_x_00000000000a.json", "lessons/a/b.json"]
    for name in strangers:
        (work / name).parent.mkdir(exist_ok=True, parents=True)
        (work / name).write_text("{}")
    for name in (f"lessons/2026/{new_id()}.json", f"assets/{new_id()}.json"):
        (work / name).parent.mkdir(exist_ok=True, parents=True)
        (work / name).write_text("{}")
    path = made(tmp_path)
    expected = {name: content for name, content in ours(tmp_path).items() if name not in strangers}
    assert len(expected) == 12
    assert inside(path) == expected
    assert temporaries(tmp_path / "work" / "backups") == []


def test_the_name_has_the_local_time_and_only_its_owner_can_read_it(tmp_path: Path, store: FileStore) -> None:
    filled(store)
    clock = Clock()
    path = made(tmp_path, clock)
    day, seconds, each = path.stem.split("_")
    assert f"{day}_{seconds}" == clock.at.astimezone().strftime("%Y-%m-%d_%H%M%S")
    assert is_id(each)
    assert path.suffix == ".zip"
    if os.name != "nt":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_nothing_in_it_tells_when_a_file_was_written(tmp_path: Path, store: FileStore) -> None:
    filled(store)
    os.utime(next((tmp_path / "work").rglob("*.json")))
    with ZipFile(made(tmp_path)) as zipped:
        infos = zipped.infolist()
    assert {info.date_time for info in infos} == {(2000, 1, 1, 0, 0, 0)}
    assert {(info.extra, info.comment, stat.S_IMODE(info.external_attr >> 16)) for info in infos} == {(b"", b"", 0o600)}
    assert [info.filename for info in infos] == sorted(info.filename for info in infos)


def test_it_is_on_disk_before_it_has_its_name_and_its_name_before_the_end(tmp_path: Path, store: FileStore) -> None:
    filled(store)
    system = Failing()
    backups(tmp_path, system).make()
    calls = [call for call in system.calls if call not in ("read", "write")]
    made_folder = ["make_folder", "sync_folder"]
    assert calls == [*made_folder, "create", "fsync", "close", "replace", "sync_folder", "sync_folder"]


def test_it_is_smaller_than_what_it_holds(tmp_path: Path, store: FileStore) -> None:
    create(store, session(entries=200))
    path = made(tmp_path)
    assert path.stat().st_size < sum(map(len, inside(path).values())) / 3


def test_the_answers_of_an_import_under_way_are_left_out(tmp_path: Path, store: FileStore) -> None:
    record = survey()
    create(store, record)
    store.add_response(whole := response(record.id))
    half_an_import(tmp_path, record.id)
    names = [name for name in inside(made(tmp_path)) if name.startswith("responses")]
    assert names == [f"responses/{record.id}/{whole.id}.json"]


def test_a_file_that_changes_while_it_is_read_is_read_again(tmp_path: Path, store: FileStore) -> None:
    create(store, record := session(entries=3))
    (path,) = (tmp_path / "work").glob("sessions/*/*.json")
    content = path.read_bytes()

    class Busy(System):
        times = 0

        def read(self, path: Path) -> bytes:
            found = super().read(path)
            if record.id in path.name and self.times < 2:  # somebody who writes into the file as it is
                self.times += 1
                path.write_bytes(content if self.times == 2 else content[:50])
                return found[:20]
            return found

        def wait(self, seconds: float) -> None:
            pass

    system = Busy()
    assert (found := backups(tmp_path, system).make()) is not None
    assert system.times == 2
    assert inside(found)[path.relative_to(tmp_path / "work").as_posix()] == content


def test_a_file_that_is_written_all_the_time_is_named(tmp_path: Path, store: FileStore) -> None:
    create(store, record := session())
    create(store, session("Quiet"))

    class Busy(System):
        waited = 0.0

        def read(self, path: Path) -> bytes:
            found = super().read(path)
            if record.id in path.name:
                path.write_bytes(found + b" ")
            return found

        def wait(self, seconds: float) -> None:
            self.waited += seconds

    system = Busy()
    with pytest.raises(StoreError, match=rf"{record.id}.json is being written all the time"):
        backups(tmp_path, system).make()
    assert 0.1 < system.waited < 1
    assert len(inside(archives(tmp_path)[0])) == 2


def test_a_file_that_is_deleted_meanwhile_is_left_out(tmp_path: Path, store: FileStore) -> None:
    create(store, record := session())
    create(store, session("Stays"))

    def deleting(done: int, of: int) -> bool:
        if done == 0:
            next((tmp_path / "work").glob(f"sessions/*/*{record.id}.json")).unlink()
        return True

    path = backups(tmp_path).make(deleting)
    assert path is not None
    assert not any(record.id in name for name in inside(path))


def test_no_backup_is_made_without_a_folder_that_cannot_be_listed(
    tmp_path: Path, store: FileStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(store)
    listed = os.scandir

    def scandir(path: Path) -> Any:
        if Path(path).name == "teams":
            raise PermissionError(errno.EACCES, "Permission denied")
        return listed(path)

    monkeypatch.setattr(os, "scandir", scandir)
    with pytest.raises(StoreError, match="teams could not be read: Permission denied"):
        backups(tmp_path).make()
    assert not (tmp_path / "work" / "backups").exists()


def test_a_workspace_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "work").write_text("a file")
    for each in (backups(tmp_path).make, backups(tmp_path).due, backups(tmp_path).all):
        with pytest.raises(StoreError, match="is not a folder"):
            each()


def test_a_loop_of_links_ends(tmp_path: Path, store: FileStore) -> None:
    filled(store)
    (tmp_path / "work" / "sessions" / "2027").symlink_to(tmp_path / "work" / "sessions")
    assert inside(made(tmp_path)) == ours(tmp_path)


def test_files_that_cannot_be_read_are_named_and_all_others_are_in_it(tmp_path: Path, store: FileStore) -> None:
    filled(store)
    create(store, broken := session("Broken"))

    class Bad(System):
        def read(self, path: Path) -> bytes:
            if broken.id in path.name:
                raise OSError(errno.EIO, "a bad sector")
            return super().read(path)

    with pytest.raises(StoreError, match=rf"was made, without what could not be read: .*{broken.id}.*a bad sector"):
        backups(tmp_path, Bad()).make()
    (path,) = archives(tmp_path)
    assert set(ours(tmp_path)) - set(inside(path)) == {name for name in ours(tmp_path) if broken.id in name}
    assert not backups(tmp_path).due()


def test_damaged_files_are_in_it_as_they_are(tmp_path: Path, store: FileStore) -> None:
    create(store, session())
    (path,) = (tmp_path / "work").glob("sessions/*/*.json")
    path.write_bytes(b'{"session": ')
    assert b'{"session": ' in inside(made(tmp_path)).values()


def test_whoever_stops_it_leaves_nothing_behind(tmp_path: Path, store: FileStore) -> None:
    filled(store)
    total = len(ours(tmp_path))
    for last in range(total):
        seen: list[tuple[int, int]] = []

        def progress(done: int, of: int, last: int = last, seen: list[tuple[int, int]] = seen) -> bool:
            seen.append((done, of))
            return done < last

        assert backups(tmp_path).make(progress) is None
        assert archives(tmp_path) == []
        assert seen == [(done, total) for done in range(last + 1)]
    assert backups(tmp_path).make(lambda done, of: True) is not None


def test_there_is_no_backup_of_nothing(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="nothing"):
        backups(tmp_path).make()
    assert list(tmp_path.iterdir()) == []
    assert not backups(tmp_path).due()
    assert backups(tmp_path).all() == []
    backups(tmp_path).forget([new_id()])
    assert list(tmp_path.iterdir()) == []


def test_a_workspace_for_a_newer_version_is_left_alone(tmp_path: Path, store: FileStore) -> None:
    filled(store)
    path = made(tmp_path)
    (tmp_path / "work" / "workspace.json").write_text('{"format": 99}')
    for each in (lambda: backups(tmp_path).make(), lambda: backups(tmp_path).restore(path)):
        with pytest.raises(StoreError, match="newer"):
            each()
    assert archives(tmp_path) == [path]


# Days


def test_one_is_due_once_a_day_of_use(tmp_path: Path, store: FileStore) -> None:
    clock = Clock()
    mine = backups(tmp_path, now=clock)
    assert not mine.due()
    store.add_event(new_id(), {"note": "no record"})
    assert not mine.due()
    create(store, session())
    assert mine.due()
    mine.make()
    assert not mine.due()
    today = clock.at.astimezone().date()
    while clock.at.astimezone().date() == today:
        assert not mine.due()
        clock.forward(hours=1)
    assert mine.due()


def test_all_tells_of_each_the_newest_first_and_of_a_half_one_too(tmp_path: Path, store: FileStore) -> None:
    filled(store)
    clock = Clock()
    first = made(tmp_path, clock)
    clock.forward(days=1)
    second = made(tmp_path, clock)
    first.write_bytes(first.read_bytes()[:-30])
    newer, older = backups(tmp_path).all()
    assert (newer.name, newer.files, newer.readable) == (second.name, len(ours(tmp_path)), True)
    assert newer.when == clock.at
    assert newer.size == second.stat().st_size
    assert (older.name, older.files, older.readable) == (first.name, 0, False)
    assert older.when == clock.at - timedelta(days=1)


def named(day: date, hour: int = 9) -> Path:
    return Path(f"{day.isoformat()}_{hour:02}0000_{new_id()}.zip")


def test_of_a_year_of_daily_backups_few_are_kept() -> None:
    last = date(2026, 11, 22)
    every_day = [named(last - timedelta(days=days)) for days in range(365)]
    days = sorted(date.fromisoformat(path.name[:10]) for path in chosen(every_day))
    week = [last - timedelta(days=days) for days in range(7)]
    weeks = [date(2026, 11, 15), date(2026, 11, 8), date(2026, 11, 1)]
    months = [date(2026, 10, 31), date(2026, 9, 30), date(2026, 8, 31), date(2026, 7, 31), date(2026, 6, 30)]
    assert days == sorted({*week, *weeks, *months})


def test_days_without_use_do_not_count() -> None:
    once_a_month = [named(date(2020 + months // 12, months % 12 + 1, 3)) for months in range(24)]
    assert chosen(once_a_month) == set(once_a_month[-7:])


def test_of_one_day_the_newest_is_kept() -> None:
    times = [named(date(2026, 11, 22), hour) for hour in (9, 12, 10)]
    assert chosen(times) == {times[1]}
    assert chosen(times[:1]) == {times[0]}
    assert chosen([]) == set()


def test_making_one_removes_those_that_are_too_old_and_nothing_else(tmp_path: Path, store: FileStore) -> None:
    filled(store)
    clock = Clock()
    paths = []
    for _ in range(40):
        paths.append(made(tmp_path, clock))
        clock.forward(days=1)
    strangers = ["notes.txt", "2026-11-22.zip", "2026-02-30_090000_00000000000a.zip", "2026-11-22_090000_short.zip"]
    for name in strangers:
        (tmp_path / "work" / "backups" / name).write_text("mine")
    (tmp_path / "work" / "backups" / f"2020-11-22_090000_{new_id()}.zip").mkdir()
    paths.append(made(tmp_path, clock))
    left = [path for path in archives(tmp_path) if path in paths]
    assert set(left) == chosen(paths)
    assert 8 < len(left) < 15
    assert len(archives(tmp_path)) == len(left) + 5
    assert all((tmp_path / "work" / "backups" / name).read_text() == "mine" for name in strangers)


def test_half_a_backup_does_not_push_out_a_whole_one(tmp_path: Path, store: FileStore) -> None:
    filled(store)
    clock = Clock()
    whole = made(tmp_path, clock)
    clock.forward(seconds=1)
    half = whole.with_name(f"{clock.at.astimezone():%Y-%m-%d_%H%M%S}_{new_id()}.zip")
    half.write_bytes(whole.read_bytes()[:300])
    clock.forward(days=1)
    new = made(tmp_path, clock)
    assert archives(tmp_path) == sorted([whole, half, new])


def test_one_that_cannot_be_removed_is_no_reason_to_complain(tmp_path: Path, store: FileStore) -> None:
    filled(store)
    made(tmp_path)

    class Held(System):
        def remove(self, path: Path) -> None:
            raise PermissionError(errno.EACCES, "held by a scanner")

    assert backups(tmp_path, Held()).make() is not None
    assert len(archives(tmp_path)) == 2


def test_what_killed_writers_left_goes_after_a_day(tmp_path: Path, store: FileStore) -> None:
    filled(store)
    folder = made(tmp_path).parent
    old, young = (folder / f".{new_id()}.{name}.tmp" for name in ("0123abcd", "4567abcd"))
    for path in (old, young, folder / ".mine.tmp"):
        path.write_bytes(b"half")
    os.utime(old, (time.time() - 90_000,) * 2)
    made(tmp_path)
    assert not old.exists()
    assert young.exists()
    assert (folder / ".mine.tmp").exists()


def test_two_windows_do_it_one_after_the_other(tmp_path: Path, store: FileStore) -> None:
    filled(store)
    lock = RecordLock(lock_path(tmp_path / "work", "backups"), SYSTEM)
    assert lock.take()

    def short(name: str, wait: float) -> RecordLock:
        assert wait > 10
        return RecordLock(lock_path(tmp_path / "work", name), SYSTEM, 0.01)

    mine = backups(tmp_path)
    waiting = Backups(tmp_path / "work", SYSTEM, Clock(), mine._followups, short)
    with pytest.raises(ChangedMeanwhile, match="Another window is making or changing backups"):
        waiting.make()
    lock.give_back()
    assert waiting.make() is not None


def test_without_locks_two_windows_make_two_whole_ones(tmp_path: Path, store: FileStore) -> None:
    filled(store)
    other = backups(tmp_path, locks=False)
    paths: list[Path | None] = []

    def meanwhile(done: int, of: int) -> bool:
        if done == of // 2:
            paths.append(other.make())
        return True

    clock = Clock()
    clock.forward(seconds=1)
    paths.append(backups(tmp_path, now=clock, locks=False).make(meanwhile))
    assert archives(tmp_path) == [paths[1]]  # of one day the newest
    assert inside(archives(tmp_path)[0]) == ours(tmp_path)


# Deleting for good


def test_a_deleted_record_is_in_no_backup_nor_are_words_about_it(tmp_path: Path, store: FileStore) -> None:
    record = filled(store)
    clock = Clock()
    for _ in range(3):
        made(tmp_path, clock)
        clock.forward(days=1)
    (tmp_path / "work" / "backups" / f".{new_id()}.0123abcd.tmp").write_bytes(SECRET.encode())
    before = [inside(path) for path in archives(tmp_path)[1:]]
    store.remove(record.id)
    backups(tmp_path).forget([record.id])
    assert temporaries(tmp_path) == []
    assert speaking(tmp_path) == []
    assert len(archives(tmp_path)) == 3
    for old, path in zip(before, archives(tmp_path), strict=True):
        new = inside(path)
        assert {name for name in old if record.id not in name} == set(new)
        assert all(new[name] == old[name] for name in new if not name.startswith("followup"))
        assert backups(tmp_path).check(path) == []
    events = [content for name, content in inside(archives(tmp_path)[0]).items() if name.startswith("followup")]
    assert all(record.actions[0].id.encode() in content for content in events)


def test_words_of_what_a_record_held_only_in_a_backup_go_too(tmp_path: Path, store: FileStore) -> None:
    record = filled(store)
    clock = Clock()
    made(tmp_path, clock)
    handle = store.open(record.id)
    handle.save(replace(record, actions=(), lessons=(), title="Quiet"))  # type: ignore[arg-type]
    handle.close()
    backups(tmp_path).forget([record.id])
    assert speaking(tmp_path) == []


def test_a_survey_goes_with_its_answers_or_its_answers_alone(tmp_path: Path, store: FileStore) -> None:
    record, other = survey(), survey()
    for each in (record, other):
        create(store, each)
        store.add_responses([response(each.id)], ["mark"])
    path = made(tmp_path)
    whole = inside(path)
    mine = backups(tmp_path)
    mine.forget_responses(record.id, only_marks=True)
    assert set(whole) - set(inside(path)) == {name for name in whole if f"{record.id}/seen" in name}
    mine.forget_responses(record.id)
    assert set(whole) - set(inside(path)) == {name for name in whole if f"responses/{record.id}" in name}
    mine.forget([record.id])
    assert set(whole) - set(inside(path)) == {name for name in whole if record.id in name}
    assert len([name for name in inside(path) if other.id in name]) == 3


def test_what_is_edited_is_edited_and_what_has_no_such_id_is_not_asked_about(tmp_path: Path, store: FileStore) -> None:
    one, two = lesson(SECRET), lesson("Stays")
    create(store, record := session(lessons=(one, two)))
    create(store, drops := session("Drops", continues=(one.id,)))
    create(store, session("Quiet"))
    path = made(tmp_path)
    asked = []

    def edited(name: str, content: bytes) -> bytes | None:
        asked.append(name)
        return content.replace(SECRET.encode(), b"-") if record.id in name else None

    backups(tmp_path).forget([one.id], edited)
    assert {name[-17:-5] for name in asked} == {record.id, drops.id}
    found = inside(path)
    assert len([name for name in found if name.startswith("sessions")]) == 2
    assert any(b"Stays" in content for content in found.values())
    assert speaking(tmp_path) == []


def test_many_are_forgotten_at_once(tmp_path: Path, store: FileStore) -> None:
    records = [session(f"Number {number}", lessons=(lesson(SECRET),)) for number in range(40)]
    for each in records:
        create(store, each)
        store.add_event(each.lessons[0].id, {"note": SECRET})
    create(store, session("Quiet"))
    create(store, tells := session("Tells", continues=(records[5].id,)))
    path = made(tmp_path)
    asked = set()

    def edited(name: str, content: bytes) -> bytes:
        asked.add(name.partition("/")[0] if name.startswith("followup") else name[-17:-5])
        return content

    backups(tmp_path).forget([each.id for each in records[1:]], edited)
    assert asked == {"followup", tells.id}
    assert len(speaking(tmp_path)) == 1
    assert len([name for name in inside(path) if name.startswith("sessions")]) == 3
    backups(tmp_path).forget([records[0].id])
    assert speaking(tmp_path) == []


def test_backups_without_it_are_not_written_anew(tmp_path: Path, store: FileStore) -> None:
    filled(store)
    made(tmp_path)
    system = Failing()
    mine = backups(tmp_path, system)
    mine.forget([new_id()], lambda name, content: None)
    mine.forget_responses(new_id())
    mine.forget([])
    assert system.calls == []


def test_events_of_which_the_words_cannot_be_taken_go_whole(tmp_path: Path, store: FileStore) -> None:
    record = filled(store)
    (path,) = (tmp_path / "work" / "followup").glob("*.json")
    path.write_bytes(path.read_bytes()[:-20])
    archive = made(tmp_path)
    backups(tmp_path).forget([record.id])
    assert not any(name.startswith("followup") for name in inside(archive))
    assert speaking(tmp_path) == []


def test_those_that_cannot_be_read_are_named_and_all_others_are_done(tmp_path: Path, store: FileStore) -> None:
    record = filled(store)
    clock = Clock()
    paths = []
    for _ in range(3):
        paths.append(made(tmp_path, clock))
        clock.forward(days=1)
    half = paths[0].read_bytes()[:-40]
    paths[0].write_bytes(half)
    with pytest.raises(StoreError, match=r"may still be in these files") as told:
        backups(tmp_path).forget([record.id])
    assert str(paths[0]) in str(told.value)
    assert str(paths[1]) not in str(told.value)
    assert paths[0].read_bytes() == half
    paths[0].unlink()
    assert speaking(tmp_path) == []
    assert len(archives(tmp_path)) == 2


def foreign(folder: Path, files: dict[str, bytes], **fields: object) -> Path:
    """Put an archive that somebody else has packed among the backups, and return where it is."""
    path = folder / "work" / "backups" / f"2026-11-22_090000_{new_id()}.zip"
    path.parent.mkdir(parents=True, exist_ok=True)
    return packed(path, files, **fields)


@pytest.mark.parametrize("fields", [{"compress_type": ZIP_STORED}, {"compress_type": ZIP_LZMA}, {"extra": b"12\0\0"}])
def test_of_a_backup_that_was_packed_elsewhere_all_else_stays_as_it_was(
    tmp_path: Path, fields: dict[str, object]
) -> None:
    gone = new_id()
    others = {session_path(): b"{}" * 500, "Notizen über alles/größe.txt": b"mine", "empty": b""}
    path = foreign(tmp_path, {session_path(gone): SECRET.encode(), **others}, **fields)
    backups(tmp_path).forget([gone])
    assert inside(path) == others
    backups(tmp_path).forget([new_id()], lambda name, content: b"")
    assert inside(path) == others


def test_a_damaged_file_of_something_else_is_no_reason_to_keep_the_words(tmp_path: Path) -> None:
    gone, stays = new_id(), session_path()
    path = foreign(tmp_path, {session_path(gone): SECRET.encode(), stays: b"[1, 2, 3, 4]"}, compress_type=ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"[1, 2, 3, 4]", b"[1, 2, 3, 5]"))
    wrong = backups(tmp_path).check(path)
    backups(tmp_path).forget([gone])
    assert SECRET.encode() not in path.read_bytes()
    assert backups(tmp_path).check(path) == [each for each in wrong if each.file == stays]


def test_what_is_locked_with_a_password_is_told(tmp_path: Path) -> None:
    gone = new_id()
    path = foreign(tmp_path, {f"responses/{gone}/{new_id()}.json": b"{}", session_path(): b"{}"})
    locked(path)
    before = path.read_bytes()
    for forget in (backups(tmp_path).forget_responses, lambda each: backups(tmp_path).forget([each])):
        with pytest.raises(StoreError, match="may still be in these files"):
            forget(gone)
    assert path.read_bytes() == before


def test_a_backup_that_is_made_meanwhile_is_done_as_well(tmp_path: Path, store: FileStore) -> None:
    record = filled(store)
    made(tmp_path)
    late: list[Path] = []

    class Meanwhile(System):
        def replace(self, source: Path, target: Path) -> None:
            super().replace(source, target)
            if not late:
                clock = Clock()
                clock.forward(days=1)
                late.append(target.parent)
                assert backups(tmp_path, now=clock, locks=False).make() is not None

    backups(tmp_path, Meanwhile(), locks=False).forget([record.id])
    assert len(archives(tmp_path)) == 2
    assert speaking(tmp_path) == []


# Whatever fails


if hasattr(os, "fork"):

    @pytest.mark.slow
    @pytest.mark.parametrize("locks", [True, False])
    def test_many_processes_at_once_make_whole_backups_while_others_write(tmp_path: Path, locks: bool) -> None:
        from tests.store.test_faults import many, reported, saving

        store = open_store(tmp_path)
        records = [session(str(number), entries=20) for number in range(6)]
        for each in records:
            create(store, each)

        def making(report: Callable[[str], None]) -> None:
            for _ in range(6):
                assert backups(tmp_path, now=lambda: datetime.now(UTC), locks=locks).make() is not None
                for path in (tmp_path / "work" / "backups").glob("*.zip"):
                    with suppress(NotFound):
                        assert backups(tmp_path).check(path) == []
            report("made")

        writers = [saving(tmp_path, each.id, System(), 25) for each in records[:3]]
        with many(iter([*writers, making, making, making])) as running:
            ends = [(reported(pipe), os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])) for process, pipe in running]
        assert [code for _, code in ends] == [0] * 6
        left = archives(tmp_path)
        assert 1 <= len(left) <= 3  # those of one second are not told apart, until the next one is made
        for path in left:
            assert len(inside(path)) == len(records) + 1
            assert backups(tmp_path).check(path) == []


def calls() -> Iterator[tuple[str, int]]:
    """Yield the calls that are made when a backup is made or written anew."""
    for name in ("create", "write", "fsync", "close", "replace", "remove", "make_folder"):
        for number in (1, 2):
            yield name, number
    yield from (("read", number) for number in (1, 2, 5, 9))
    yield from (("sync_folder", number) for number in (1, 2, 3))


@pytest.mark.parametrize(("call", "number"), list(calls()))
@pytest.mark.parametrize("lasting", [False, True])
@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC])
def test_a_making_whose_nth_call_fails_leaves_whole_backups_and_all_records(
    tmp_path: Path, call: str, number: int, lasting: bool, code: int
) -> None:
    filled(open_store(tmp_path))
    clock = Clock()
    first = made(tmp_path, clock) if call != "make_folder" else None
    content = but_answers(inside(first)) if first else {}
    before = held_in(tmp_path, "sessions", "assessments", "responses", "teams", "followup")
    clock.forward(days=1)
    system = Failing()
    system.fail(call, number, OSError(code, "it failed"), lasting=lasting)
    new = None
    try:
        new = backups(tmp_path, system, clock).make()
    except StoreError:
        assert system.failed
    else:
        assert new is not None
        assert inside(new) == ours(tmp_path)
    assert held_in(tmp_path, "sessions", "assessments", "responses", "teams", "followup") == before
    if first:
        assert but_answers(inside(first)) == content
    for path in (tmp_path / "work" / "backups").glob("*.zip"):
        assert call == "read" or set(but_answers(inside(path))) == set(but_answers(ours(tmp_path)))
    if call != "remove":
        assert temporaries(tmp_path) == []
    system.heal()
    assert backups(tmp_path, system, clock).make() is not None


@pytest.mark.parametrize(("call", "number"), list(calls()))
@pytest.mark.parametrize("lasting", [False, True])
def test_a_forgetting_whose_nth_call_fails_leaves_every_backup_old_or_new(
    tmp_path: Path, call: str, number: int, lasting: bool
) -> None:
    record = filled(open_store(tmp_path))
    clock = Clock()
    for _ in range(3):
        made(tmp_path, clock)
        clock.forward(days=1)
    old = [inside(path) for path in archives(tmp_path)]
    before = held_in(tmp_path, "sessions", "assessments", "responses", "teams", "followup")
    system = Failing()
    system.fail(call, number, lasting=lasting)
    failed = False
    try:
        backups(tmp_path, system).forget([record.id])
    except StoreError:
        failed = True
    found = [inside(path) for path in archives(tmp_path)]
    new = [each for each in found if not any(record.id in name for name in each)]
    assert len(found) == 3
    assert all(each in new or each in old for each in found)
    assert failed or len(new) == 3
    if failed and not lasting:
        assert len(new) >= 2
    assert held_in(tmp_path, "sessions", "assessments", "responses", "teams", "followup") == before
    system.heal()
    backups(tmp_path, system).forget([record.id])
    assert speaking(tmp_path) == []
    assert temporaries(tmp_path) == []


def test_a_making_and_a_forgetting_that_stop_at_any_call_leave_whole_backups(tmp_path: Path) -> None:
    record = filled(open_store(tmp_path))
    first = made(tmp_path)
    whole = inside(first)
    clock = Clock()
    clock.forward(days=1)
    for left in range(40):
        with suppress(Stopped):
            backups(tmp_path, Stopping(left), clock, locks=False).make()
        held = [inside(path) for path in (tmp_path / "work" / "backups").glob("*.zip")]
        assert all(found in (whole, but_answers(whole)) for found in held) and whole in held
    for left in range(12):
        with suppress(Stopped):
            backups(tmp_path, Stopping(left), locks=False).forget([record.id])
        for path in (tmp_path / "work" / "backups").glob("*.zip"):
            found = inside(path)
            assert found in (whole, but_answers(whole)) or not any(record.id in name for name in found)
    backups(tmp_path).forget([record.id])
    assert speaking(tmp_path) == []


def test_answers_to_surveys_are_in_the_newest_backup_alone(tmp_path: Path) -> None:
    """Two of them would tell on which day an answer came."""
    filled(open_store(tmp_path))
    clock = Clock()
    older = made(tmp_path, clock)
    assert but_answers(inside(older)) != inside(older)
    clock.forward(days=1)
    newer = made(tmp_path, clock)
    assert inside(older) == but_answers(inside(older)) == but_answers(inside(newer))
    assert inside(newer) == ours(tmp_path)


def but_answers(found: dict[str, bytes]) -> dict[str, bytes]:
    """Return what is in an archive, but what individuals answered to surveys."""
    return {name: content for name, content in found.items() if not name.startswith("responses/")}


def test_a_disk_that_is_full_at_every_write_keeps_the_backups_that_are_there(tmp_path: Path) -> None:
    record = filled(open_store(tmp_path))
    first = made(tmp_path)
    whole = inside(first)
    size = first.stat().st_size

    class Full(System):
        room = 0

        def write(self, descriptor: int, content: memoryview) -> int:
            part = content[: min(self.room, 512)]
            if not part:
                raise OSError(errno.ENOSPC, "no space left on device")
            self.room -= len(part)
            return os.write(descriptor, part)

    for room in range(0, size, size // 9):
        system = Full()
        system.room = room
        with pytest.raises(StoreError, match="no room left on the disk"):
            backups(tmp_path, system).make()
        system.room = room // 2
        with pytest.raises(StoreError, match="may still be in these files"):
            backups(tmp_path, system).forget([record.id])
        assert archives(tmp_path) == [first]
        assert inside(first) == whole


def test_a_name_whose_time_no_clock_can_show_is_not_ours(tmp_path: Path, store: FileStore) -> None:
    filled(store)
    path = made(tmp_path)
    for time_ in ("0000-00-00_000000", "2026-13-01_000000", "2026-01-01_250000"):
        path.with_name(f"{time_}_{new_id()}.zip").write_bytes(b"")
    assert [line.name for line in backups(tmp_path).all()] == [path.name]
