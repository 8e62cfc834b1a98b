"""Putting right never makes worse: what was there before is there afterwards, whole, wherever the machine stops."""

from __future__ import annotations

import random
import stat
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from kmtui.flow.joining import join
from kmtui.model.base import SCHEMA
from kmtui.model.session import Session
from kmtui.model.survey import Response
from kmtui.store import layout, quarantine
from kmtui.store.atomic import SOME_DAY, backup_of
from kmtui.store.locks import RecordLock
from kmtui.store.migrations import Form
from kmtui.store.problems import Problem
from kmtui.store.records import RecordFile, new_content, readable
from kmtui.store.storage import encode, parse
from tests.store.test_doctor import LATER, Ward
from tests.store.things import Failing, Stopped, Stopping, assessment, entry, half_an_import, opened
from tests.store.things import session as new_session


@pytest.fixture
def ward(tmp_path: Path) -> Iterator[Ward]:
    made = Ward(tmp_path)
    yield made
    made.store.close()


def repaired(ward: Ward, **parameters: Any) -> list[Problem]:
    """Have everything put right, and return what is left."""
    doctor = ward.doctor(**parameters)
    return doctor.repair(doctor.check())


def loaded(ward: Ward, path: str, kind: Any = "session", record_id: str = "") -> Any:
    return RecordFile[Any](ward.work / path, kind, record_id or ward.session.id).load()


def set_aside(ward: Ward) -> dict[str, bytes]:
    folder = ward.work / quarantine.FOLDER
    return {each.name: each.read_bytes() for each in folder.iterdir()} if folder.is_dir() else {}


def with_before(ward: Ward) -> Session:
    """Save the session once more, and return the version before, which is its backup then."""
    handle = opened(ward.store, ward.session.id)
    before = handle.record
    handle.save(replace(before, title="Moved"))
    handle.close()
    return before


def test_the_version_before_takes_the_place_of_a_damaged_file(ward: Ward) -> None:
    before = with_before(ward)
    damaged = ward.damage(ward.path)
    assert repaired(ward) == []
    assert loaded(ward, ward.path) == before
    assert set_aside(ward) == {Path(ward.path).name: damaged}
    assert ward.problems() == []


def test_what_is_whole_but_for_its_end_is_worth_more_than_the_version_before(ward: Ward) -> None:
    with_before(ward)
    ward.damage(ward.path, (ward.work / ward.path).read_bytes() + b"\0" * 40)
    assert repaired(ward) == []
    assert loaded(ward, ward.path).title == "Moved"


def test_a_backup_is_joined_with_what_can_still_be_read(ward: Ward) -> None:
    old = replace(ward.session, entries=(*ward.session.entries, entry("Only in the backup")), title="Old title")
    content = (ward.work / ward.path).read_bytes()
    ward.damage(ward.path, content[: content.index(b"Entry 2")])
    kept = lambda path: [(date(2026, 11, 3), new_content(old, "session"))] if path == ward.path else []  # noqa: E731
    assert repaired(ward, from_backup=kept) == []
    record = loaded(ward, ward.path)
    assert [each.text for each in record.entries] == ["Entry 0", "Entry 1", "Entry 2", "Only in the backup"]
    assert "Old title" in record.title + " ".join(record.parked)


def test_without_anything_else_what_can_be_read_is_kept(ward: Ward) -> None:
    content = (ward.work / ward.path).read_bytes()
    damaged = ward.damage(ward.path, content[: content.index(b"Entry 1")])
    assert repaired(ward) == []
    assert [each.text for each in loaded(ward, ward.path).entries] == ["Entry 0"]
    assert list(set_aside(ward).values()) == [damaged]


def test_what_cannot_be_recovered_stays_where_it_is(ward: Ward) -> None:
    ward.damage(ward.path, b"\0\0\0")
    (left,) = repaired(ward)
    assert (left.file, left.kind) == (ward.path, "damaged")
    assert (ward.work / ward.path).read_bytes() == b"\0\0\0"
    assert set_aside(ward) == {}


def test_a_readable_copy_takes_the_place_of_what_cannot_be_recovered(ward: Ward) -> None:
    copy = ward.write(f"{ward.path.removesuffix('.json')} 2.json", (ward.work / ward.path).read_bytes())
    ward.damage(ward.path, b"\0\0\0")
    assert repaired(ward) == []
    assert loaded(ward, ward.path) == ward.session
    assert set(set_aside(ward)) == {Path(ward.path).name, copy.name}


def test_copies_are_joined_and_moved_away(ward: Ward) -> None:
    stem = ward.path.removesuffix(".json")
    others = [replace(ward.session, entries=(*ward.session.entries, entry(text)), title=text) for text in ("A", "B")]
    for other, addition in zip(others, ("-LAPTOP7", " (Ann's conflicted copy 2026-11-22)"), strict=True):
        ward.write(f"{stem}{addition}.json", new_content(other, "session"))
    ward.write(f"{stem} (1).json", (ward.work / ward.path).read_bytes())
    assert repaired(ward) == []
    record = loaded(ward, ward.path)
    assert {each.text for each in record.entries} == {"Entry 0", "Entry 1", "Entry 2", "A", "B"}
    assert {record.title, *record.parked} >= {
        *{"Ward move", "A", "B"} & {record.title},
        *(f"Title, in another version: {each}" for each in {"Ward move", "A", "B"} - {record.title}),
    }
    assert len(set_aside(ward)) == 4  # the copies, and what was here before
    assert new_content(ward.session, "session") in set_aside(ward).values()
    assert ward.problems() == []
    assert layout.set_aside(ward.work, ward.session.id) == sorted(
        ward.work / quarantine.FOLDER / name for name in set_aside(ward)
    )


def test_a_copy_without_its_original_becomes_the_original(ward: Ward) -> None:
    where = ward.work / ward.path
    where.rename(where.with_name(f"{where.stem}-LAPTOP7.json"))
    assert repaired(ward) == []
    assert loaded(ward, ward.path) == ward.session


def test_a_cut_off_copy_is_joined_as_far_as_it_can_be_read(ward: Ward) -> None:
    other = replace(ward.session, entries=(entry("New"), *ward.session.entries))
    content = new_content(other, "session")
    ward.write(f"{ward.path.removesuffix('.json')} 2.json", content[: content.index(b"Entry 1")])
    assert repaired(ward) == []
    assert {each.text for each in loaded(ward, ward.path).entries} == {"New", "Entry 0", "Entry 1", "Entry 2"}


def test_two_files_with_one_id_become_one(ward: Ward) -> None:
    path = ward.path.replace("sessions/2026/2026", "sessions/2027/2027")
    ward.write(path, new_content(replace(ward.session, entries=(entry("New"),)), "session"))
    assert repaired(ward) == []
    assert not (ward.work / path).exists()
    assert {each.text for each in loaded(ward, ward.path).entries} == {"New", "Entry 0", "Entry 1", "Entry 2"}


def test_a_record_under_a_wrong_name_goes_to_its_place(ward: Ward) -> None:
    before = with_before(ward)
    stranger = new_session("Stranger", entries=1)
    ward.damage(ward.path, new_content(stranger, "session"))
    assert repaired(ward) == []
    assert loaded(ward, ward.path) == before
    assert loaded(ward, ward.path.replace(ward.session.id, stranger.id), record_id=stranger.id) == stranger


def test_a_record_written_over_another_one_is_joined_with_its_own_file(ward: Ward) -> None:
    other = new_session("Other", entries=1)
    ward.write(layout.path_of(other), new_content(other, "session"))
    ward.damage(ward.path, new_content(replace(other, entries=(*other.entries, entry("New"))), "session"))
    assert repaired(ward) == []
    assert len(loaded(ward, layout.path_of(other), record_id=other.id).entries) == 2
    assert not (ward.work / ward.path).exists()  # nothing of it was anywhere


def test_events_of_all_sources_come_together(ward: Ward) -> None:
    for note in ("two", "three"):
        ward.store.add_event(ward.session.id, {note: "yes"})
    (path,) = (each for each in ward.everything() if each.startswith("followup/") and each.endswith(".json"))
    whole = (ward.work / path).read_bytes()
    ward.write(f"{path.removesuffix('.json')}-LAPTOP7.json", whole.replace(b'"sequence": 3', b'"sequence": 9'))
    ward.damage(path)
    assert repaired(ward) == []
    assert ward.store.followed()[ward.session.id].values.keys() == {"note", "two", "three"}
    assert len(parse((ward.work / path).read_bytes(), "events", "")["events"]) == 3
    backup_of(ward.work / path).unlink()
    old, events = whole, parse(whole, "events", "")["events"]
    ward.damage(path, b"\0")
    deleted = {str(events["1"]["about"])}
    assert repaired(ward, from_backup=lambda name: [(date(2026, 11, 3), old)] * (name == path), deleted=deleted) != []
    assert b"two" not in (ward.work / path).read_bytes()  # the words of what was deleted do not come back


def test_a_lost_file_comes_back_from_the_version_before(ward: Ward) -> None:
    before = with_before(ward)
    (ward.work / ward.path).unlink()
    assert repaired(ward) == []
    assert loaded(ward, ward.path) == before


def test_older_forms_are_written_in_the_present_one(ward: Ward) -> None:
    form = Form(SCHEMA + 1, {})
    assert repaired(ward, form=form) == []
    assert loaded(ward, ward.path).schema == SCHEMA + 1
    assert f"{Path(ward.path).name}.v{SCHEMA}" in set_aside(ward)


def test_permissions_are_narrowed_for_ours_alone(ward: Ward) -> None:
    foreign = ward.write("sessions/2026/notes.txt", b"not ours")
    for path in ("", "sessions/2026", ward.path, "sessions/2026/notes.txt"):
        (ward.work / path).chmod(0o755)
    assert repaired(ward) == []
    modes = [stat.S_IMODE((ward.work / path).stat().st_mode) for path in ("", "sessions/2026", ward.path)]
    assert modes == [0o700, 0o700, 0o600]
    assert stat.S_IMODE(foreign.stat().st_mode) == 0o755


def test_a_file_that_tells_no_format_is_written_anew(ward: Ward) -> None:
    ward.damage("workspace.json", b"{")
    assert repaired(ward) == []
    assert (ward.work / "workspace.json").read_bytes() == encode({"format": 1})
    assert set_aside(ward) == {"workspace.json": b"{"}


# What killed writers left


def test_a_leftover_goes_unless_it_has_something_that_the_record_lacks(ward: Ward) -> None:
    folder = ward.path.rpartition("/")[0]
    more = new_content(replace(ward.session, entries=(*ward.session.entries, entry("Typed last"))), "session")
    less = (ward.work / ward.path).read_bytes()[:-200]
    for number, content in enumerate((more, more[:-30], less, b"", b"\0" * 50)):
        ward.write(f"{folder}/.{ward.session.id}.{number:012}.tmp", content)
    assert repaired(ward, now=lambda: time.time() + LATER) == []
    assert [each.name for each in (ward.work / folder).iterdir()] == [Path(ward.path).name]
    assert sorted(set_aside(ward).values()) == sorted([more, more[:-30]])
    assert all(ward.session.id in name for name in set_aside(ward))


def test_leftovers_of_answers_are_never_kept(ward: Ward) -> None:
    other = replace(ward.answer, ratings=())
    ward.write(f"responses/{ward.survey.id}/.{ward.answer.id}.0123456789ab.tmp", new_content(other, "response"))
    half_an_import(ward.folder, ward.survey.id)
    assert repaired(ward, now=lambda: time.time() + LATER) == []
    assert [each.name for each in layout.of_responses(ward.work, ward.survey.id) if each.parent.name != "seen"] == [
        f"{ward.answer.id}.json"
    ]
    assert set_aside(ward) == {}


# Answers leave no trace


def test_a_damaged_answer_is_kept_beside_without_a_time(ward: Ward) -> None:
    path = f"responses/{ward.survey.id}/{ward.answer.id}.json"
    whole = (ward.work / path).read_bytes()
    damaged = ward.damage(path, whole + b"\0")
    assert repaired(ward) == []
    assert loaded(ward, path, "response", ward.answer.id) == ward.answer
    kept = ward.work / f"{path}.damaged"
    assert kept.read_bytes() == damaged
    assert {each.stat().st_mtime for each in layout.of_responses(ward.work, ward.survey.id)} == {SOME_DAY}
    assert not backup_of(ward.work / path).exists()
    ward.store.forget_responses(ward.survey.id)
    assert not kept.exists()


def test_copies_of_answers_lose_the_name_of_who_made_them(ward: Ward) -> None:
    folder = f"responses/{ward.survey.id}"
    same = (ward.work / f"{folder}/{ward.answer.id}.json").read_bytes()
    ward.write(f"{folder}/{ward.answer.id} (Ann's conflicted copy 2026-11-22).json", same)
    assert repaired(ward) == []
    assert sorted(each.name for each in (ward.work / folder).iterdir()) == sorted([f"{ward.answer.id}.json", "seen"])
    ratings = [(replace(ward.answer.ratings[0], level=level, rationale=f"Words {level}"),) for level in (1, 9)]
    others = [replace(ward.answer, ratings=each) for each in ratings]
    for number, other in enumerate(others):
        copy = f"{folder}/{ward.answer.id} (Ann's conflicted copy 2026-11-2{number}).json"
        ward.write(copy, new_content(other, "response"))
    assert repaired(ward) == []
    assert all("Ann" not in path for path in ward.everything())
    record: Response = loaded(ward, f"{folder}/{ward.answer.id}.json", "response", ward.answer.id)
    assert record == join(ward.answer, *others).record
    answers = layout.of_responses(ward.work, ward.survey.id)
    assert {each.stat().st_mtime for each in answers} == {SOME_DAY}
    held = b"".join(each.read_bytes() for each in answers)
    assert b"Words 1" in held and b"Words 9" in held and b"It is 6" in held


# Others


def test_what_another_window_has_open_waits(ward: Ward) -> None:
    ward.write(f"{ward.path.removesuffix('.json')} 2.json", new_content(replace(ward.session, title="X"), "session"))
    lock = RecordLock(layout.lock_path(ward.work, ward.session.id), Failing())
    assert lock.take()
    try:
        (left,) = repaired(ward)
    finally:
        lock.give_back()
    assert "Another window has" in left.problem
    assert loaded(ward, ward.path) == ward.session
    assert repaired(ward) == []
    damaged = ward.damage(ward.path, (ward.work / ward.path).read_bytes() + b"\0")
    assert lock.take()
    try:
        (left,) = repaired(ward)
    finally:
        lock.give_back()
    assert (left.kind, (ward.work / ward.path).read_bytes()) == ("damaged", damaged)


def test_a_failing_disk_is_told_with_the_problem_and_nothing_is_lost(ward: Ward) -> None:
    with_before(ward)
    damaged = ward.damage(ward.path)
    for call in ("create", "write", "fsync", "replace", "sync_folder", "link"):
        system = Failing()
        system.fail(call, 1, lasting=True)
        left = repaired(ward, system=system)
        held = [content for content, _ in ward.everything().values()]
        assert damaged in held
        if left:
            assert "It was not put right: " in left[0].problem
    assert repaired(ward) == []


def test_only_what_is_asked_for_is_put_right(ward: Ward) -> None:
    with_before(ward)
    ward.damage(ward.path)
    ward.damage("workspace.json", b"{")
    doctor = ward.doctor()
    problems = [problem for problem in doctor.check() if problem.kind == "format"]
    assert doctor.repair(problems) == []
    assert [problem.kind for problem in doctor.check()] == ["damaged"]


# Whatever is wrong, and wherever it stops


def _cut(content: bytes, chance: random.Random) -> bytes:
    return content[: chance.randrange(len(content))]


def _nulls(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + b"\0" * (len(content) - at)


def _flip(content: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(content))
    return content[:at] + bytes([chance.randrange(256)]) + content[at + 1 :]


def _tail(content: bytes, chance: random.Random) -> bytes:
    return content + chance.randbytes(chance.randrange(1, 60))


HARMS: tuple[Callable[[bytes, random.Random], bytes], ...] = (_cut, _nulls, _flip, _tail)


def harmed(ward: Ward, chance: random.Random) -> None:
    """Do something bad to some files, as disks, services and people do."""
    with_before(ward)
    stem = ward.path.removesuffix(".json")
    versions = [replace(ward.session, title=title, entries=(entry(title),)) for title in ("A", "B")]
    for addition, version in zip((" 2", "-LAPTOP7"), versions, strict=True):
        ward.write(f"{stem}{addition}.json", new_content(version, "session"))
    ward.write(ward.path.replace("2026", "2027"), new_content(replace(ward.session, title="C"), "session"))
    folder = ward.path.rpartition("/")[0]
    ward.write(f"{folder}/.{ward.session.id}.0123456789ab.tmp", new_content(versions[0], "session")[:-150])
    other = assessment("Other")
    ward.write(layout.path_of(ward.assessment), new_content(other, "assessment"))
    for path in sorted(ward.everything()):
        where = ward.work / path
        if where.stat().st_size and chance.random() < 0.4:
            where.write_bytes(chance.choice(HARMS)(where.read_bytes(), chance))
        if chance.random() < 0.2:
            where.chmod(0o644)


def readable_records(ward: Ward) -> set[str]:
    found = set()
    for path in ward.everything():
        where = ward.work / path
        kind: Any = {"sessions": "session", "assessments": "assessment"}.get(path.partition("/")[0])
        if kind is not None and where.suffix == ".json" and readable(where, kind, where.stem[-12:]):
            found.add(where.stem[-12:])
    return found


def contents(ward: Ward, *, leftovers: bool = True) -> set[bytes]:
    """Return all that is held anywhere, but for answers, of which the same copy may go, and temporary files."""
    return {
        content
        for path, (content, _) in ward.everything().items()
        if content.strip(b"\0") and (leftovers or not path.endswith(".tmp"))
    }


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(60))
def test_whatever_is_wrong_nothing_is_worse_afterwards(tmp_path: Path, seed: int) -> None:
    ward = Ward(tmp_path)
    harmed(ward, random.Random(seed))
    before, known = contents(ward, leftovers=False), readable_records(ward)
    doctor = ward.doctor(now=lambda: time.time() + LATER)
    left = doctor.repair(doctor.check())
    after = contents(ward)
    lost = before - after
    # What was narrowed to its own words is there in other bytes; everything else is there byte by byte.
    assert not lost, lost
    assert known <= readable_records(ward)
    assert not any(problem.repairable for problem in left)
    assert doctor.repair(doctor.check()) == doctor.check()
    assert not any(path.endswith(".tmp") for path in ward.everything())
    ward.store.close()


@pytest.mark.slow
def test_stopped_at_any_call_everything_is_still_there_and_the_next_one_gets_to_the_end(tmp_path: Path) -> None:
    number, steps = 0, 0
    while True:
        ward = Ward(tmp_path / str(number))
        harmed(ward, random.Random(7))
        before, known = contents(ward, leftovers=False), readable_records(ward)
        problems = ward.doctor(now=lambda: time.time() + LATER).check()
        try:
            ward.doctor(system=Stopping(number), now=lambda: time.time() + LATER).repair(problems)
        except Stopped:
            assert before <= contents(ward), number
            assert known <= readable_records(ward), number
            doctor = ward.doctor(now=lambda: time.time() + LATER + LATER)
            assert not any(problem.repairable for problem in doctor.repair(doctor.check())), number
            assert before <= contents(ward), number
            steps += 1
        else:
            break
        finally:
            ward.store.close()
        number += 5
    assert steps > 10


def test_what_is_no_file_of_ours_is_refused(ward: Ward) -> None:
    wrong = Problem(file="../secret.json", problem="", repairable=True, kind="damaged")
    outside = ward.folder / "secret.json"
    outside.write_bytes(b"not ours")
    assert ward.doctor().repair([wrong]) == []
    assert outside.read_bytes() == b"not ours"
