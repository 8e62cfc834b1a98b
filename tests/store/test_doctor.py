"""The doctor names every file with something wrong, says what can be recovered, and changes nothing by looking."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from kmtui.flow.joining import join
from kmtui.model.asset import Asset
from kmtui.model.base import SCHEMA, Day
from kmtui.model.errors import StoreError
from kmtui.model.ids import IdMaker
from kmtui.model.lesson import KeptLesson
from kmtui.store import layout
from kmtui.store.atomic import backup_of
from kmtui.store.backups import Backups
from kmtui.store.cures import from_backups
from kmtui.store.doctor import DEAD, Doctor
from kmtui.store.followup import Followups
from kmtui.store.migrations import Form
from kmtui.store.problems import Problem
from kmtui.store.records import RecordFile, new_content
from kmtui.store.system import SYSTEM
from tests.store.things import (
    AT,
    DAY,
    Windows,
    assessment,
    create,
    entry,
    half_an_import,
    new_id,
    open_store,
    opened,
    response,
    session,
    survey,
    team,
)

LATER = DEAD + 60


class Ward:
    """A workspace with one of everything, all of it right."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.work = folder / "work"
        self.store = open_store(folder)
        self.session = session(entries=3)
        create(self.store, self.session)
        self.assessment = assessment()
        create(self.store, self.assessment)
        self.survey = survey()
        create(self.store, self.survey)
        self.answer = response(self.survey.id)
        self.store.add_responses([self.answer], ["mark"])
        self.team = team()
        self.store.save_team(self.team, None)
        self.event = self.store.add_event(self.session.id, {"note": "sent"})
        self.lesson = KeptLesson(id=new_id(), created=AT, changed=AT, date=DAY, lesson="Tell the porters")
        self.write(layout.lesson_path(self.lesson), new_content(self.lesson, "lesson"))
        self.asset = Asset(id=new_id(), created=AT, changed=AT, title="Moving wards")
        self.write(f"assets/{self.asset.id}.json", new_content(self.asset, "asset"))

    def write(self, path: str, content: bytes) -> Path:
        """Write a file as ours are written."""
        where = self.work / path
        for folder in reversed(where.relative_to(self.work).parents):
            (self.work / folder).mkdir(mode=0o700, exist_ok=True)
        where.write_bytes(content)
        where.chmod(0o600)
        return where

    @property
    def path(self) -> str:
        """The file of the session, from the workspace on."""
        return layout.path_of(self.session)

    def damage(self, path: str, content: bytes | None = None) -> bytes:
        """Cut a file off in the middle, or put something else into it, and return what it holds then."""
        where = self.work / path
        held = where.read_bytes()
        where.write_bytes(held[: len(held) * 2 // 3] if content is None else content)
        return where.read_bytes()

    def everything(self) -> dict[str, tuple[bytes, float]]:
        """Return what all files hold, and when they were changed."""
        files = (each for each in self.work.rglob("*") if each.is_file())
        return {each.relative_to(self.work).as_posix(): (each.read_bytes(), each.stat().st_mtime) for each in files}

    def doctor(self, **parameters: Any) -> Doctor:
        return Doctor(self.work, **parameters)

    def problems(self, **parameters: Any) -> list[Problem]:
        """Return what the doctor finds, which changes nothing."""
        before = self.everything()
        found = self.doctor(**parameters).check()
        assert self.everything() == before
        return found

    def problem(self, **parameters: Any) -> Problem:
        (found,) = self.problems(**parameters)
        return found


@pytest.fixture
def ward(tmp_path: Path) -> Iterator[Ward]:
    made = Ward(tmp_path)
    yield made
    made.store.close()


def test_where_all_is_right_nothing_is_said(ward: Ward) -> None:
    for path in ("sessions/2026/notes.txt", "sessions/2026/2026-11-22_old.json", "photo.jpg", "attic/x.json"):
        ward.write(path, b"not ours")
    assert ward.problems() == []
    ward.work.joinpath(layout.path_of(ward.session)).rename(
        ward.write("sessions/1999/x", b"").with_name(Path(ward.path).name)
    )
    assert ward.problems() == []  # another year does no harm


def test_a_missing_workspace_is_all_right_and_a_newer_one_is_refused(tmp_path: Path) -> None:
    assert Doctor(tmp_path / "nothing").check() == []
    work = tmp_path / "work"
    work.mkdir(mode=0o700)
    (work / "workspace.json").write_text('{"format": 99}')
    with pytest.raises(StoreError, match="newer version"):
        Doctor(work).check()


def test_progress_goes_to_the_end(ward: Ward) -> None:
    told: list[tuple[int, int]] = []
    ward.doctor().check(lambda done, of: told.append((done, of)))
    assert told[-1][0] == told[-1][1] == len(told) > 15


# What is damaged


def test_a_damaged_record_with_the_version_before(ward: Ward) -> None:
    handle = opened(ward.store, ward.session.id)
    handle.save(replace(handle.record, title="Moved"))
    handle.close()
    ward.damage(ward.path)
    problem = ward.problem()
    assert (problem.file, problem.kind, problem.id, problem.repairable) == (
        ward.path,
        "damaged",
        ward.session.id,
        True,
    )
    assert "cut off" in problem.problem
    assert problem.problem.endswith("The version before is there.")


def test_a_damaged_record_with_nothing_but_what_can_be_read(ward: Ward) -> None:
    content = (ward.work / ward.path).read_bytes()
    ward.damage(ward.path, content[: content.index(b"Entry 1")])
    assert ward.problem().problem.endswith("Of it can be read: 1 entry, no lessons and no actions.")
    ward.damage(ward.path, content + b"\0" * 100)
    problem = ward.problem()
    assert problem.problem.endswith("All of it can be read all the same.")
    assert problem.repairable


@pytest.mark.parametrize("content", [b"", b"\0" * 4096, b"[]", b"half a text", b'{"session": {}}'])
def test_a_damaged_record_of_which_nothing_is_left(ward: Ward, content: bytes) -> None:
    ward.damage(ward.path, content)
    problem = ward.problem()
    assert not problem.repairable
    assert problem.problem.endswith("Nothing of it can be recovered. It is left as it is.")


def test_the_newest_backup_that_can_be_read_is_named_with_its_day(ward: Ward) -> None:
    whole = (ward.work / ward.path).read_bytes()
    ward.damage(ward.path, b"\0\0")

    def kept(path: str) -> Iterator[tuple[Day, bytes]]:
        if path == ward.path:
            yield date(2026, 11, 4), b"damaged then already"
            yield date(2026, 11, 3), whole

    problem = ward.problem(from_backup=kept)
    assert problem.repairable
    assert problem.problem.endswith("A backup of 3 November 2026 has it.")


def test_the_backups_of_the_workspace_are_looked_into(ward: Ward) -> None:
    at = datetime(2026, 11, 3, 12, tzinfo=UTC)
    backups = Backups(ward.work, SYSTEM, lambda: at, Followups(ward.work, SYSTEM, lambda: at, IdMaker()))
    archive = backups.make()
    assert archive is not None
    ward.write("backups/2026-11-04_120000_06jx2kq8z9ab.zip", b"no archive")
    ward.damage(ward.path, b"\0")
    found = {each.kind: each for each in ward.problems(from_backup=from_backups(backups, ward.work))}
    assert set(found) == {"damaged", "archive"}
    assert found["damaged"].problem.endswith("A backup of 3 November 2026 has it.")
    assert found["archive"].file == "backups/2026-11-04_120000_06jx2kq8z9ab.zip"
    assert not found["archive"].repairable


def test_an_archive_of_which_one_file_is_damaged_is_named(ward: Ward) -> None:
    at = datetime(2026, 11, 3, 12, tzinfo=UTC)
    path = Backups(ward.work, SYSTEM, lambda: at, Followups(ward.work, SYSTEM, lambda: at, IdMaker())).make()
    assert path is not None
    assert ward.problems() == []
    content = bytearray(path.read_bytes())
    content[200:220] = b"\0" * 20
    path.write_bytes(content)
    assert ward.problem().kind == "archive"


def test_every_kind_of_file_is_looked_at(ward: Ward) -> None:
    known = [path for path in ward.everything() if path.endswith(".json")]
    assert len(known) == 10
    for path in known:
        ward.damage(path, b"{")
    found = ward.problems()
    assert sorted(problem.file for problem in found) == sorted(known)
    assert {problem.file for problem in found if problem.repairable} == {"workspace.json"}
    assert {problem.kind for problem in found} == {"damaged", "format"}


def test_events_can_be_recovered_one_by_one(ward: Ward) -> None:
    ward.store.add_event(ward.session.id, {"note": "sent again"})
    (path,) = (each for each in ward.everything() if each.startswith("followup/") and each.endswith(".json"))
    ward.damage(path)
    problem = ward.problem()
    assert problem.problem.endswith("1 event of it can be read. The version before is there.")
    assert problem.repairable


# Names and ids


def test_a_file_that_holds_another_record(ward: Ward) -> None:
    other = session("Another", entries=1)
    ward.damage(ward.path, new_content(other, "session"))
    problem = ward.problem()
    assert (problem.kind, problem.repairable, problem.id) == ("misnamed", True, ward.session.id)
    assert other.id in problem.problem


def test_an_answer_to_another_survey(ward: Ward) -> None:
    path = f"responses/{ward.survey.id}/{ward.answer.id}.json"
    ward.damage(path, new_content(replace(ward.answer, survey=new_id()), "response"))
    problem = ward.problem()
    assert (problem.file, problem.kind, problem.repairable) == (path, "misnamed", False)


def test_one_id_in_two_files(ward: Ward) -> None:
    path = ward.path.replace("sessions/2026/2026", "sessions/2027/2027")
    ward.write(path, new_content(replace(ward.session, title="Other"), "session"))
    problem = ward.problem()
    assert (problem.file, problem.kind, problem.repairable) == (path, "twice", True)
    assert ward.path in problem.problem
    (ward.work / path).unlink()
    clash = f"assessments/2026/2026-11-22_ward-7_{ward.session.id}.json"
    ward.write(clash, new_content(replace(ward.assessment, id=ward.session.id), "assessment"))
    found = {problem.file: problem for problem in ward.problems()}
    assert set(found) == {ward.path}  # the first of both is used
    assert not found[ward.path].repairable


def test_what_was_deleted_and_is_here_again(ward: Ward) -> None:
    copy = f"{ward.path.removesuffix('.json')} (1).json"
    ward.write(copy, (ward.work / ward.path).read_bytes())
    found = ward.problems(deleted={ward.session.id})
    assert [(each.file, each.kind, each.repairable) for each in found] == [
        (copy, "deleted", False),
        (ward.path, "deleted", False),
    ]


# Forms


def test_a_newer_record_takes_the_newer_version(ward: Ward) -> None:
    content = (ward.work / ward.path).read_bytes()
    ward.damage(ward.path, content.replace(b'"schema": 1', b'"schema": 99'))
    problem = ward.problem()
    assert (problem.kind, problem.repairable) == ("newer", False)
    assert "Install the newer version" in problem.problem


def test_older_records_can_be_brought_up(ward: Ward) -> None:
    found = ward.problems(form=Form(SCHEMA + 1, {}))
    assert {problem.kind for problem in found} == {"older"}
    assert all(problem.repairable for problem in found)
    assert len(found) == 7  # two assessments, a session, an answer, a team, a lesson, an asset


# What lies beside


def test_a_conflict_copy_says_what_the_two_have_differently(ward: Ward) -> None:
    path = f"{ward.path.removesuffix('.json')} (Ann's conflicted copy 2026-11-22).json"
    other = replace(ward.session, title="Other", entries=(*ward.session.entries, entry("New")))
    ward.write(path, new_content(other, "session"))
    problem = ward.problem()
    assert (problem.file, problem.kind, problem.repairable, problem.id) == (path, "copy", True, ward.session.id)
    assert "made by Dropbox" in problem.problem
    for sentence in join(ward.session, other).both:
        assert sentence in problem.problem


def test_a_conflict_copy_that_cannot_be_joined(ward: Ward) -> None:
    path = f"{ward.path.removesuffix('.json')}-LAPTOP7.json"
    ward.write(path, b"\0")
    assert not ward.problem().repairable
    content = (ward.work / ward.path).read_bytes()
    ward.write(path, content.replace(b'"schema": 1', b'"schema": 99'))
    problem = ward.problem()
    assert not problem.repairable
    assert "newer version" in problem.problem


def test_a_file_that_has_gone_and_left_the_version_before(ward: Ward) -> None:
    where = ward.work / ward.path
    where.rename(backup_of(where))
    problem = ward.problem()
    assert (problem.file, problem.kind, problem.repairable) == (ward.path, "lost", True)
    assert ward.problems(deleted={ward.session.id}) == []


def test_what_killed_writers_left_is_named_after_a_day(ward: Ward) -> None:
    folder = ward.path.rpartition("/")[0]
    left = [
        f"{folder}/.{ward.session.id}.0123456789ab.tmp",
        f"responses/{ward.survey.id}/.{ward.answer.id}.0123456789ab.tmp",
        f"backups/.{new_id()}.0123456789ab.tmp",
    ]
    for path in left:
        ward.write(path, b"half")
    os.utime(ward.work / left[1], (0, 0))  # files of answers bear one fixed time
    ward.write(f"{folder}/.notes.swp", b"an editor's")
    assert ward.problems() == []
    found = ward.problems(now=lambda: time.time() + LATER)
    assert [(each.file, each.kind, each.repairable) for each in found] == [
        (path, "leftover", True) for path in sorted(left)
    ]


def test_an_import_that_was_not_completed_is_named_after_a_day(ward: Ward) -> None:
    new = half_an_import(ward.folder, ward.survey.id)
    ward.damage(f"responses/{ward.survey.id}/{new[0].id}.json")  # half written: it does not count anyway
    assert ward.problems() == []
    problem = ward.problem(now=lambda: time.time() + LATER)
    assert (problem.kind, problem.repairable) == ("interrupted", True)


def test_files_that_others_may_read(ward: Ward) -> None:
    (ward.work / ward.path).chmod(0o644)
    (ward.work / "teams").chmod(0o750)
    foreign = ward.write("sessions/2026/notes.txt", b"not ours")
    foreign.chmod(0o644)
    found = ward.problems()
    assert [(each.file, each.kind, each.repairable) for each in found] == [
        (ward.path, "open", True),
        ("teams", "open", True),
    ]
    assert ward.problems(system=Windows()) == []
    ward.work.chmod(0o755)
    assert "." in [each.file for each in ward.problems()]


def test_of_many_files_that_others_may_read_the_folder_is_named(ward: Ward) -> None:
    for _ in range(12):
        record = session(entries=1)
        ward.write(layout.path_of(record), new_content(record, "session")).chmod(0o644)
    problem = ward.problem()
    assert problem.file == "sessions/2026"
    assert "12 files" in problem.problem


def test_a_folder_that_cannot_be_listed(ward: Ward, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = os.listdir

    def refused(path: Path) -> list[str]:
        if path.name == "teams":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(os, "listdir", refused)
    problem = ward.doctor().check()[0]
    assert (problem.file, problem.kind, problem.repairable) == ("teams", "folder", False)
    assert "Permission denied" in problem.problem


def test_a_file_of_a_newer_version_that_is_not_understood_is_not_damaged(ward: Ward) -> None:
    content = (ward.work / ward.path).read_bytes()
    content = content.replace(b'"schema": 1', b'"schema": 99').replace(b'"technique": {', b'"technique": 7, "x": {', 1)
    ward.damage(ward.path, content)
    assert ward.problem().kind == "newer"


def test_the_file_itself_stays_readable_by_others_while_it_is_looked_at(ward: Ward) -> None:
    file = RecordFile[Any](ward.work / ward.path, "session", ward.session.id)
    record = file.load()
    ward.doctor().check()
    file.save(replace(record, title="Saved meanwhile"))
    assert ward.problems() == []
