"""Restoring brings back what is missing, harms nothing that is here, and takes nothing that is not what it says."""

from __future__ import annotations

import errno
import stat
import tracemalloc
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from zipfile import ZIP_LZMA, ZIP_STORED, ZipFile

import pytest
from msgspec.structs import replace

from kmtui.model.assessment import Assessment
from kmtui.model.errors import Damaged, NotFound, StoreError
from kmtui.model.session import Session
from kmtui.store import archives as archiving
from kmtui.store.atomic import SOME_DAY
from kmtui.store.files import FileStore
from kmtui.store.records import new_content
from kmtui.store.system import System
from tests.store.backup_things import Clock, archives, backups, inside, locked, made, ours, packed, session_path
from tests.store.test_backups import SECRET, filled
from tests.store.things import (
    Failing,
    Stopped,
    Stopping,
    create,
    entry,
    held_in,
    lesson,
    new_id,
    open_store,
    opened,
    response,
    session,
    survey,
    team,
    temporaries,
)

RECORDS = ("sessions", "assessments", "lessons", "assets", "teams", "responses", "followup")


def path_of(folder: Path, record_id: str) -> Path:
    """Return the one file in use whose name has an id."""
    found = [path for path in (folder / "work").rglob(f"*{record_id}.json") if path.parent.name != "quarantine"]
    assert len(found) == 1
    return found[0]


def whys(refused: Any) -> dict[str, str]:
    return {each.file: each.why for each in refused}


def test_a_lost_workspace_comes_back_whole(tmp_path: Path, store: FileStore) -> None:
    filled(store)
    path = made(tmp_path)
    new = tmp_path / "new"
    restored = backups(new).restore(path)
    assert ours(new) == ours(tmp_path)
    assert len(restored.restored) + restored.same == len(ours(new))
    assert (restored.refused, restored.kept_aside, restored.backup, restored.stopped) == ((), (), "", False)
    there, here = open_store(new), open_store(tmp_path)
    assert there.records() == here.records()
    assert there.actions() == here.actions()
    for each in (new / "work" / "responses").rglob("*.json"):
        assert each.stat().st_mtime == SOME_DAY
    for each in (new / "work").rglob("*.json"):
        assert stat.S_IMODE(each.stat().st_mode) == 0o600


def test_what_is_here_and_not_in_it_stays(tmp_path: Path, store: FileStore) -> None:
    filled(store)
    path = made(tmp_path)
    create(store, later := session("Later"))
    before = ours(tmp_path)
    restored = backups(tmp_path).restore(path)
    assert ours(tmp_path) == before
    assert (restored.restored, restored.refused) == ((), ())
    assert restored.same == len(before) - 1
    assert store.read(later.id) == later


def test_what_is_missing_comes_back_and_what_differs_is_kept_aside(tmp_path: Path, store: FileStore) -> None:
    record = filled(store)
    create(store, lost := session("Lost"))
    path = made(tmp_path)
    before = ours(tmp_path)
    path_of(tmp_path, lost.id).unlink()
    handle = opened(store, record.id)
    handle.save(replace(handle.record, entries=(entry("Written since"),)))
    handle.close()
    changed = path_of(tmp_path, record.id).read_bytes()
    restored = backups(tmp_path).restore(path)
    assert ours(tmp_path) == before
    assert {name[-17:-5] for name in restored.restored} == {lost.id, record.id}
    (aside,) = restored.kept_aside
    assert aside.startswith("quarantine/")
    assert record.id in aside  # whoever deletes the record deletes this too
    assert (tmp_path / "work" / aside).read_bytes() == changed
    assert path_of(tmp_path, record.id).with_suffix(".json.bak").read_bytes() == changed
    assert temporaries(tmp_path) == []


def test_what_is_here_is_backed_up_first_and_no_backup_is_lost(tmp_path: Path, store: FileStore) -> None:
    record = filled(store)
    clock = Clock()
    path = made(tmp_path, clock)
    handle = opened(store, record.id)
    handle.save(replace(handle.record, title="Written since"))
    handle.close()
    present = ours(tmp_path)
    clock.forward(seconds=1)
    restored = backups(tmp_path, now=clock).restore(Path(path.name))
    assert len(restored.restored) == 1
    assert archives(tmp_path) == [path, path.with_name(restored.backup)]
    assert inside(path.with_name(restored.backup)) == present
    backups(tmp_path).restore(path.with_name(restored.backup))
    assert ours(tmp_path) == present


def test_a_damaged_file_is_replaced_and_its_backup_left(tmp_path: Path, store: FileStore) -> None:
    record = filled(store)
    handle = opened(store, record.id)
    handle.save(replace(handle.record, title="Newer"))
    handle.close()
    path = made(tmp_path)
    before = ours(tmp_path)
    file = path_of(tmp_path, record.id)
    generation = file.with_suffix(".json.bak").read_bytes()
    for name in before:
        if not name.startswith("responses"):
            (tmp_path / "work" / name).write_bytes(b"\0" * 40)
    restored = backups(tmp_path).restore(path)
    assert restored.refused == ()
    assert ours(tmp_path) == before
    assert file.with_suffix(".json.bak").read_bytes() == generation
    assert len(restored.kept_aside) == len(restored.restored) == len(before) - 3
    assert open_store(tmp_path).troubles() == []


def test_a_record_under_another_name_is_the_same_record(tmp_path: Path, store: FileStore) -> None:
    record = filled(store)
    path = made(tmp_path)
    file = path_of(tmp_path, record.id)
    renamed = file.rename(file.with_name(f"2026-11-22_renamed_{record.id}.json"))
    restored = backups(tmp_path).restore(path)
    assert restored.restored == ()
    renamed.write_bytes(b"half")
    assert len(backups(tmp_path).restore(path).restored) == 1
    assert open_store(tmp_path).read(record.id) == record
    assert path_of(tmp_path, record.id) == renamed


def test_a_record_that_is_open_elsewhere_is_left_alone(tmp_path: Path, store: FileStore) -> None:
    record = filled(store)
    path = made(tmp_path)
    handle = opened(store, record.id)
    handle.save(replace(handle.record, title="Being written"))
    restored = backups(tmp_path).restore(path)
    (why,) = whys(restored.refused).values()
    assert "Another window has it open" in why
    handle.save(replace(handle.record, title="Written on"))
    handle.close()
    assert len(backups(tmp_path).restore(path).restored) == 1


def test_a_record_that_is_saved_in_this_moment_stays_as_it_is(tmp_path: Path, store: FileStore) -> None:
    record = filled(store)
    path = made(tmp_path)
    handle = opened(store, record.id)
    handle.save(replace(handle.record, title="Before"))
    handle.close()
    file = path_of(tmp_path, record.id)
    newest = new_content(replace(record, title="In this moment"), "session")

    class Busy(System):
        def create(self, path: Path) -> int:
            if path.parent == file.parent:
                file.write_bytes(newest)
            return super().create(path)

    restored = backups(tmp_path, Busy(), locks=False).restore(path)
    assert [why[:26] for why in whys(restored.refused).values()] == ["It was changed here in thi"]
    assert file.read_bytes() == newest


# What was deleted here


def test_what_was_deleted_comes_back_only_when_asked_for(tmp_path: Path, store: FileStore) -> None:
    record = filled(store)
    path = made(tmp_path).rename(tmp_path / "elsewhere.zip")
    whole, lives = store.read(record.id), store.followed()
    store.remove(record.id)
    restored = backups(tmp_path).restore(path)
    (name,) = whys(restored.refused)
    assert record.id in name
    assert whys(restored.refused)[name] == "It was deleted here."
    assert restored.restored == ()
    assert not any(SECRET.encode() in content for content in ours(tmp_path).values())
    restored = backups(tmp_path).restore(path, deleted=True)
    assert restored.refused == ()
    fresh = open_store(tmp_path)
    assert fresh.read(record.id) == whole
    now = fresh.followed()
    assert {each: now[each] for each in lives} == lives
    assert record.id in {line.id for line in fresh.records()}


def test_words_about_what_was_deleted_stay_away_where_the_events_are_lost_too(tmp_path: Path, store: FileStore) -> None:
    record = filled(store)
    path = made(tmp_path).rename(tmp_path / "elsewhere.zip")  # in the folder of backups it would be forgotten
    (events,) = (tmp_path / "work" / "followup").glob("*.json")
    store.close()
    open_store(tmp_path).remove(record.id)  # in an events file of another process
    events.unlink()
    restored = backups(tmp_path).restore(path)
    assert f"followup/{events.name}" in restored.restored
    assert not any(SECRET.encode() in content for content in ours(tmp_path).values())
    assert record.id not in {line.id for line in open_store(tmp_path).records()}


def test_a_session_with_a_lesson_that_was_deleted_here_is_not_put_back(tmp_path: Path, store: FileStore) -> None:
    one = lesson(SECRET)
    create(store, record := session(lessons=(one, lesson("Stays"))))
    path = made(tmp_path)
    handle = opened(store, record.id)
    handle.save(replace(handle.record, lessons=handle.record.lessons[1:]))
    handle.close()
    store.add_event(one.id, {"deleted": "yes"})
    restored = backups(tmp_path).restore(path)
    assert list(whys(restored.refused).values()) == ["Something in it was deleted here."]
    assert SECRET.encode() not in path_of(tmp_path, record.id).read_bytes()
    assert len(backups(tmp_path).restore(path, deleted=True).restored) >= 1
    assert SECRET.encode() in path_of(tmp_path, record.id).read_bytes()
    assert open_store(tmp_path).followed()[one.id].values["deleted"] == "no"


# Answers


def closed(store: FileStore, survey_id: str) -> None:
    handle = store.open(survey_id)
    assert isinstance(handle.record, Assessment)
    handle.save(replace(handle.record, closed=handle.record.created))
    handle.close()


def test_answers_that_were_deleted_when_a_survey_was_closed_stay_deleted(tmp_path: Path, store: FileStore) -> None:
    record = survey()
    create(store, record)
    store.add_responses([response(record.id)], ["mark"])
    closed(store, record.id)
    path = made(tmp_path).rename(tmp_path / "elsewhere.zip")
    store.forget_responses(record.id)
    restored = backups(tmp_path).restore(path)
    assert set(whys(restored.refused).values()) == {"The survey is closed here, so no answers are added to it."}
    assert len(restored.refused) == 2
    assert store.responses(record.id) == []
    assert len(backups(tmp_path).restore(path, deleted=True).restored) == 2
    assert len(open_store(tmp_path).responses(record.id)) == 1


def test_an_answer_is_never_put_in_the_place_of_another_one(tmp_path: Path, store: FileStore) -> None:
    record = survey()
    create(store, record)
    changed, damaged, lost = (response(record.id) for _ in range(3))
    for each in (changed, damaged, lost):
        store.add_response(each)
    path = made(tmp_path)
    store.save_response(newer := replace(changed, role="Porter"))
    path_of(tmp_path, damaged.id).write_bytes(b"{")
    path_of(tmp_path, lost.id).unlink()
    restored = backups(tmp_path).restore(path)
    assert list(whys(restored.refused).values()) == ["There is another answer here, which stays."]
    assert {each.id: each for each in open_store(tmp_path).responses(record.id)} == {
        each.id: each for each in (newer, damaged, lost)
    }
    (aside,) = restored.kept_aside
    assert (tmp_path / "work" / aside).stat().st_mtime == SOME_DAY
    store.remove(record.id)
    assert held_in(tmp_path, "responses") == {}


# Events


def test_events_are_added_and_never_taken_back(tmp_path: Path, store: FileStore) -> None:
    record = filled(store)
    path = made(tmp_path)
    store.add_event(record.actions[0].id, {"note": "Newer"})
    before = ours(tmp_path)
    assert backups(tmp_path).restore(path).restored == ()
    assert ours(tmp_path) == before
    (events,) = (tmp_path / "work" / "followup").glob("*.json")
    tables = events.read_bytes()
    events.write_bytes(tables.replace(b'"state": "applied"', b'"state": "agreed"'))  # by hand; not ours to judge
    later = made(tmp_path)
    events.write_bytes(b'{"events": {}}')
    assert backups(tmp_path).restore(later).restored == (f"followup/{events.name}",)
    assert open_store(tmp_path).followed()[record.actions[0].id].values["note"] == "Newer"
    store.add_event(record.actions[0].id, {"note": "Newest"})
    assert open_store(tmp_path).followed()[record.actions[0].id].values["note"] == "Newest"


def test_an_event_that_is_here_is_never_replaced(tmp_path: Path, store: FileStore) -> None:
    record = filled(store)
    path = made(tmp_path)
    events = {name: content for name, content in inside(path).items() if name.startswith("followup")}
    only_events = packed(tmp_path / "events.zip", events)  # nothing tells that they are about what was deleted
    store.remove(record.id)
    before = ours(tmp_path)
    assert backups(tmp_path).restore(only_events).restored == ()
    assert ours(tmp_path) == before


# What anybody may have made


def test_names_that_lead_elsewhere_or_are_not_ours_are_refused_and_listed(tmp_path: Path) -> None:
    content = new_content(session(), "session")
    out = ["../outside.json", "/etc/kmtui.json", "sessions/../../x.json", "C:/x.json", "sessions\\..\\..\\x.json"]
    strange = ["notes.txt", "sessions/x.json", f"teams/{new_id()}.json.bak", "backups/x.zip", "exports/a.md", "\x1b[2J"]
    path = packed(tmp_path / "a.zip", dict.fromkeys((*out, *strange), content))
    restored = backups(tmp_path).restore(path)
    found = whys(restored.refused)
    assert len(found) == len(out) + len(strange)
    assert {why for name, why in found.items() if "x.json" in name and name != "sessions/x.json"} == {
        "Its name leads out of the workspace."
    }
    assert "\x1b" not in "".join(found)
    assert restored.restored == ()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.zip", "work"]
    assert sorted(each.name for each in (tmp_path / "work").iterdir()) == [".locks", "workspace.json"]
    assert backups(tmp_path).check(path) == list(restored.refused)


def test_links_locked_strangely_packed_and_doubled_files_are_refused(tmp_path: Path) -> None:
    files = {session_path(): b"/etc/passwd"}
    link = packed(tmp_path / "link.zip", files, external_attr=(stat.S_IFLNK | 0o777) << 16, create_system=3)
    strange = packed(tmp_path / "packed.zip", files, compress_type=ZIP_LZMA)
    under_lock = locked(packed(tmp_path / "locked.zip", files))
    with pytest.warns(UserWarning, match="Duplicate"):
        double = doubled(tmp_path / "double.zip", session_path())
    expected = {
        link: "It is a link",
        strange: "It is packed in a way",
        under_lock: "It is locked",
        double: "There are two",
    }
    for path, why in expected.items():
        restored = backups(tmp_path).restore(path)
        assert [each.why[: len(why)] for each in restored.refused] == [why]
        assert restored.restored == ()


def doubled(path: Path, name: str) -> Path:
    with ZipFile(path, "w") as zipped:
        zipped.writestr(name, b"{}")
        zipped.writestr(name, b"{ }")
    return path


def test_files_that_are_not_what_they_say_are_refused_and_the_others_come(tmp_path: Path, store: FileStore) -> None:
    record, other = session("Good"), session("Other")
    people, mark = team(), new_id()
    asked = response(new_id())
    files = {
        session_path(record.id): new_content(record, "session"),
        session_path(): new_content(other, "session"),  # another id than in its name
        session_path(): b"",
        session_path(): new_content(record, "session")[:200],
        session_path(): b"[1, 2]",
        session_path(): new_content(people, "team"),
        f"teams/{people.id}.json": new_content(people, "team"),
        f"teams/{new_id()}.json": b"{" * 100_000,
        f"responses/{new_id()}/{asked.id}.json": new_content(asked, "response"),  # of another survey
        f"responses/{asked.survey}/{asked.id}.json": new_content(asked, "response"),
        f"responses/{asked.survey}/seen/{new_id()}.json": b'{"seen": {"1": {"marks": "no list"}}}',
        f"responses/{asked.survey}/seen/{mark}.json": b'{"seen": {"1": {"marks": ["a"]}}}',
        f"followup/{new_id()}.json": b'{"events": {"1": {"id": 3}}}',
        "workspace.json": b'{"format": "one"}',
    }
    path = packed(tmp_path / "a.zip", files)
    restored = backups(tmp_path).restore(path)
    good = {record.id, people.id, asked.id, mark}
    assert {name[-17:-5] for name in restored.restored} == good
    assert len(restored.refused) == len(files) - len(good)
    assert all(each.why for each in restored.refused)
    assert open_store(tmp_path).read(record.id) == record
    assert sorted(whys(backups(tmp_path).check(path))) == sorted(whys(restored.refused))


def test_a_file_whose_bytes_were_damaged_is_told_by_checking(tmp_path: Path) -> None:
    good, bad = session_path(), session_path()
    path = packed(tmp_path / "a.zip", {bad: b"[1, 2, 3, 4]", good: b"[5, 6]"}, compress_type=ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"[1, 2, 3, 4]", b"[1, 2, 3, 5]"))
    wrong = whys(backups(tmp_path).check(path))
    assert "It cannot be unpacked" in wrong[bad]
    assert "holds no tables of kmtui" in wrong[good]


def test_one_record_under_two_names_comes_once(tmp_path: Path) -> None:
    record = session()
    names = [f"sessions/2026/2026-11-22_{name}_{record.id}.json" for name in "ab"]
    path = packed(tmp_path / "a.zip", {name: new_content(record, "session") for name in names})
    restored = backups(tmp_path).restore(path)
    assert restored.restored == (names[0],)
    assert whys(restored.refused) == {names[1]: "Another file in the backup holds the same record."}


def test_what_a_newer_version_wrote_is_put_back_as_it_is(tmp_path: Path) -> None:
    record = session()
    content = new_content(record, "session")
    content = content.replace(b'"schema": 1', b'"schema": 99').replace(b'"title": "Ward move"', b'"title": {"new": 1}')
    path = packed(tmp_path / "a.zip", {session_path(record.id): content})
    assert backups(tmp_path).restore(path).refused == ()
    assert path_of(tmp_path, record.id).read_bytes() == content
    newer = packed(tmp_path / "b.zip", {session_path(): content, "workspace.json": b'{"format": 99}'})
    with pytest.raises(StoreError, match="newer version"):
        backups(tmp_path).restore(newer)
    assert len(list((tmp_path / "work").rglob("*.json"))) == 2


def test_half_an_archive_and_no_archive_are_told_and_nothing_is_done(tmp_path: Path, store: FileStore) -> None:
    filled(store)
    path = made(tmp_path)
    whole, before = path.read_bytes(), held_in(tmp_path, ".")
    other = tmp_path / "other.zip"
    mine = backups(tmp_path)
    for content in (b"", b"PK", whole[: len(whole) // 2], whole[:-1], b"not an archive" * 100):
        other.write_bytes(content)
        for each in (mine.restore, mine.check):
            with pytest.raises(Damaged, match="no whole backup"):
                each(other)
    with pytest.raises(NotFound, match="There is no file"):
        mine.restore(tmp_path / "nowhere.zip")
    with pytest.raises(StoreError, match="could not be read"):
        mine.restore(tmp_path)
    assert held_in(tmp_path, ".") == before


@pytest.mark.slow
def test_an_archive_with_any_byte_changed_gives_right_files_or_none(tmp_path: Path, store: FileStore) -> None:
    create(store, session("Ward move"))
    path = made(tmp_path)
    right = inside(path)
    whole = path.read_bytes()
    other = tmp_path / "other.zip"
    for position in range(0, len(whole), 7):
        other.write_bytes(whole[:position] + bytes([whole[position] ^ 0x55]) + whole[position + 1 :])
        new = tmp_path / str(position)
        with suppress(StoreError, NotFound):
            backups(new).restore(other)
            assert set(ours(new).items()) - {("workspace.json", ours(new)["workspace.json"])} <= set(right.items())


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archiving, "LARGEST", 9_999)
    large = packed(tmp_path / "a.zip", {session_path(): b" " * 10_000, "workspace.json": b" " * 5_000_000})
    tracemalloc.start()
    restored = backups(tmp_path).restore(large)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert {each.why for each in restored.refused} == {"It is far larger than any file of kmtui."}
    assert most < 1_000_000
    monkeypatch.setattr(archiving, "MOST", 10_001)
    with pytest.raises(Damaged, match="far too large"):
        backups(tmp_path).restore(packed(tmp_path / "b.zip", {session_path(): b" " * 5_001 for _ in range(2)}))


def test_a_bomb_that_lies_about_its_size_is_unpacked_no_further_than_it_says(tmp_path: Path) -> None:
    name = session_path()
    path = packed(tmp_path / "a.zip", {name: b"\0" * 100_000_000})
    raw = bytearray(path.read_bytes())
    for at, field in ((0, 22), (raw.index(b"PK\1\2"), 24)):
        raw[at + field : at + field + 4] = (100).to_bytes(4, "little")
        crc = {22: 14, 24: 16}[field]
        raw[at + crc : at + crc + 4] = zlib.crc32(b"\0" * 100).to_bytes(4, "little")
    path.write_bytes(raw)
    tracemalloc.start()
    restored = backups(tmp_path).restore(path)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(restored.refused) == 1
    assert most < 10_000_000


def test_folders_in_an_archive_are_no_files(tmp_path: Path) -> None:
    record = session()
    files = {"sessions/": b"", "sessions/2026/": b"", session_path(record.id): new_content(record, "session")}
    path = packed(tmp_path / "a.zip", files)
    restored = backups(tmp_path).restore(path)
    assert (len(restored.restored), restored.refused) == (1, ())


# Whatever fails


def test_whoever_stops_it_keeps_what_was_put_back(tmp_path: Path, store: FileStore) -> None:
    filled(store)
    path = made(tmp_path)
    new = tmp_path / "new"
    restored = backups(new).restore(path, progress=lambda done, of: done < 3)
    assert restored.stopped
    assert len(restored.restored) + restored.same == 3
    rest = backups(new).restore(path)
    assert not rest.stopped
    assert ours(new) == ours(tmp_path)


def test_nothing_is_done_where_what_is_here_cannot_be_backed_up(tmp_path: Path, store: FileStore) -> None:
    record = filled(store)
    path = made(tmp_path)
    path_of(tmp_path, record.id).write_bytes(b"half")
    before = held_in(tmp_path, ".")
    system = Failing()
    system.fail("fsync", 1)
    with pytest.raises(StoreError, match="could not be written"):
        backups(tmp_path, system).restore(path)
    assert held_in(tmp_path, ".") == before


def calls() -> Iterator[tuple[str, int]]:
    """Yield the calls that are made when a backup is put back."""
    for name in ("create", "write", "fsync", "close", "replace", "link", "remove", "sync_folder"):
        for number in (1, 2, 3, 4, 5, 7, 10):
            yield name, number
    yield from (("read", number) for number in range(1, 40, 3))


@pytest.mark.parametrize(("call", "number"), list(calls()))
@pytest.mark.parametrize("lasting", [False, True])
def test_a_restoring_whose_nth_call_fails_harms_nothing_and_can_be_done_again(
    tmp_path: Path, call: str, number: int, lasting: bool
) -> None:
    store = open_store(tmp_path)
    record = filled(store)
    path = made(tmp_path)
    right = ours(tmp_path)
    spoil(tmp_path, store, record)
    here = held_in(tmp_path, *RECORDS)
    content = path.read_bytes()
    system = Failing()
    system.fail(call, number, OSError(errno.EIO, "it failed"), lasting=lasting)
    with suppress(StoreError):
        restored = backups(tmp_path, system).restore(path)
        assert restored.refused or not system.failed or set(ours(tmp_path).items()) >= set(right.items())
    system.heal()
    now = held_in(tmp_path, *RECORDS)
    for name, before in here.items():
        if name.endswith(".json"):
            assert now[name] in (before, right.get(name))
    assert all(now[name] == right[name] for name in set(ours(tmp_path)) & set(right) - set(here) - {"workspace.json"})
    assert path.read_bytes() == content
    if call != "remove":
        assert temporaries(tmp_path) == []
    backups(tmp_path).restore(path)
    assert {name: ours(tmp_path)[name] for name in right} == right


def spoil(folder: Path, store: FileStore, record: Session) -> None:
    """Lose a session, change another, and damage a team."""
    handle = opened(store, record.id)
    handle.save(replace(handle.record, title="Changed"))
    handle.close()
    lost = next(line for line in store.records() if line.kind == "session" and line.id != record.id)
    path_of(folder, lost.id).unlink()
    next((folder / "work" / "teams").glob("*.json")).write_bytes(b"{")


def test_a_restoring_that_stops_at_any_call_harms_nothing(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    record = filled(store)
    path = made(tmp_path)
    right = ours(tmp_path)
    spoil(tmp_path, store, record)
    here = held_in(tmp_path, *RECORDS)
    for left in range(75):
        with suppress(Stopped):
            backups(tmp_path, Stopping(left), locks=False).restore(path)
        now = held_in(tmp_path, *RECORDS)
        for name, content in now.items():
            if name.endswith(".json"):
                assert content in (here.get(name), right.get(name))
        assert set(now) >= set(here)
    assert ours(tmp_path) == right
