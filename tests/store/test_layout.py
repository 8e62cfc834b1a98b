"""Where things lie, and what is left alone."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from kmtui.model.assessment import Assessment
from kmtui.model.errors import NotFound, StoreError
from kmtui.model.session import Session
from kmtui.store import layout
from kmtui.store.files import FileStore
from kmtui.store.format import check_format, make_workspace
from kmtui.store.records import kind_of
from kmtui.store.system import SYSTEM
from tests.store.things import Failing, assessment, create, new_id, open_store, record_files, session

ID = "1ng4zz0abcde"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Ward move", f"2026-11-22_after-action-review_ward-move_{ID}.json"),
        ("", f"2026-11-22_after-action-review_{ID}.json"),
        ("病房", f"2026-11-22_after-action-review_{ID}.json"),
        ("12/11", f"2026-11-22_after-action-review_{ID}.json"),
        ("../../etc/passwd", f"2026-11-22_after-action-review_etc-passwd_{ID}.json"),
        ("x" * 300, f"2026-11-22_after-action-review_{'x' * 40}_{ID}.json"),
        ("CON", f"2026-11-22_after-action-review_con-_{ID}.json"),
    ],
)
def test_a_session_lies_where_the_design_says(title: str, name: str) -> None:
    assert layout.path_of(session(title, id=ID)) == f"sessions/2026/{name}"


def test_an_assessment_lies_where_the_design_says() -> None:
    record = assessment("Ward 7", day=date(2027, 1, 2))
    assert layout.path_of(record) == f"assessments/2027/2027-01-02_ward-7_{record.id}.json"


@pytest.mark.parametrize("record", [session("CON"), session(""), session("Ward move"), assessment(""), assessment()])
def test_a_file_is_found_again_by_its_name(tmp_path: Path, record: Session | Assessment) -> None:
    store = open_store(tmp_path)
    create(store, record)
    (place,) = layout.places(tmp_path / "work")
    assert (place.id, place.kind) == (record.id, kind_of(record))
    assert store.find(record.id) == record.id


def test_the_label_is_for_people() -> None:
    place = layout.place(f"sessions/2026/2026-11-22_after-action-review_ward-move_{ID}.json")
    assert place.label == "2026-11-22 after-action-review ward-move"


def test_a_workspace_has_exactly_the_files_that_the_design_names(tmp_path: Path, store: FileStore) -> None:
    first, second = session(), assessment()
    store.create(first).close()
    store.create(second).close()
    event = store.add_event(first.id, {"note": "done"})
    root = tmp_path / "work"
    assert sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()) == sorted(
        [
            "workspace.json",
            f".locks/{first.id}.lock",
            f".locks/{second.id}.lock",
            layout.path_of(first),
            layout.path_of(second),
            f"followup/{event.process}.json",
        ]
    )
    if os.name == "posix":
        modes = {path.stat().st_mode & 0o777 for path in root.rglob("*") if path.is_file()}
        assert modes == {0o600}
        assert {path.stat().st_mode & 0o777 for path in (root, *root.rglob("*")) if path.is_dir()} == {0o700}


COPIES = (
    f"2026-11-22_ward_{ID}.sync-conflict-20261122-101010-ABCDEFG.json",
    f"2026-11-22_ward_{ID} (conflicted copy).json",
    f"2026-11-22_ward_{ID}-DESKTOP.json",
)
"""What services that synchronise folders make: they are told, and left alone until somebody has them joined."""


@pytest.mark.parametrize(
    "name",
    [
        *COPIES,
        "notes.json",
        f".{ID}.0123456789ab.tmp",
        f"2026-11-22_ward_{ID}.json.bak",
        f".2026-11-22_ward_{ID}.json",
        f"2026-11-22_ward_{ID.upper()}.json",
        f"2026-11-22_ward_{ID}.txt",
        "2026-11-22_ward_short.json",
        f"{ID}.json",
    ],
)
def test_files_that_are_not_ours_are_left_alone(tmp_path: Path, store: FileStore, name: str) -> None:
    store.create(session()).close()
    stranger = record_files(tmp_path)[0].with_name(name)
    stranger.write_text("not ours")
    told = [trouble.file for trouble in store.troubles()]
    assert [len(store.records()), told] == [1, [f"sessions/2026/{name}"] if name in COPIES else []]
    with pytest.raises(NotFound):
        store.find(ID)
    assert stranger.read_text() == "not ours"


def test_folders_that_are_no_years_are_left_alone(tmp_path: Path, store: FileStore) -> None:
    folder = tmp_path / "work" / "sessions" / "old"
    folder.mkdir(parents=True)
    (folder / f"2026-11-22_ward_{ID}.json").write_text("not ours")
    (tmp_path / "work" / "sessions" / "2026").write_text("a file named like a year")
    assert [store.records(), store.troubles()] == [[], []]


def test_a_link_to_nowhere_is_passed_over(tmp_path: Path, store: FileStore) -> None:
    store.create(session()).close()
    link = record_files(tmp_path)[0].with_name(f"2026-11-22_ward_{ID}.json")
    link.symlink_to(tmp_path / "nowhere")
    assert len(store.records()) == 1


class TestWorkspace:
    """A missing workspace is made at the first write; one that cannot be used is told."""

    def test_reading_a_missing_one_gives_nothing_and_makes_nothing(self, tmp_path: Path, store: FileStore) -> None:
        assert [store.records(), store.actions(), list(store.register.all()), store.troubles(), store.followed()] == [
            [],
            [],
            [],
            [],
            {},
        ]
        with pytest.raises(NotFound):
            store.find("1")
        with pytest.raises(NotFound):
            store.read(ID)
        assert not (tmp_path / "work").exists()

    def test_reading_one_writes_nothing_into_it(self, tmp_path: Path) -> None:
        record = session(entries=1, actions=())
        open_store(tmp_path).create(record).close()
        (tmp_path / "work" / ".locks" / f"{record.id}.lock").unlink()
        (tmp_path / "work" / ".locks").rmdir()

        def seen() -> list[tuple[str, int]]:
            return sorted((str(path), path.stat().st_mtime_ns) for path in (tmp_path / "work").rglob("*"))

        before = seen()
        store = open_store(tmp_path)
        store.read(store.find(record.id))
        assert len(store.records()) == 1
        store.troubles()
        store.followed()
        assert seen() == before

    def test_its_format_is_written_once(self, tmp_path: Path, store: FileStore) -> None:
        store.create(session()).close()
        path = tmp_path / "work" / "workspace.json"
        assert path.read_bytes() == b'{\n "format": 1\n}\n'
        inode = path.stat().st_ino
        store.create(session()).close()
        assert path.stat().st_ino == inode

    def test_two_that_make_it_at_once_do_not_hinder_each_other(self, tmp_path: Path) -> None:
        class Late(Failing):
            def create(self, path: Path) -> int:
                (path.parent / "workspace.json").write_text('{"format": 1}')
                return super().create(path)

        make_workspace(tmp_path / "work", Late())
        assert (tmp_path / "work" / "workspace.json").read_text() == '{"format": 1}'

    def test_a_newer_format_is_told_and_not_touched(self, tmp_path: Path, store: FileStore) -> None:
        (tmp_path / "work").mkdir()
        (tmp_path / "work" / "workspace.json").write_text('{"format": 2}')
        for use in (store.records, store.troubles, store.followed, lambda: store.create(session())):
            with pytest.raises(StoreError, match="newer version of kmtui"):
                use()
        assert [path.name for path in (tmp_path / "work").iterdir()] == ["workspace.json"]

    def test_a_damaged_format_is_a_trouble_and_stops_nothing(self, tmp_path: Path, store: FileStore) -> None:
        store.create(session()).close()
        (tmp_path / "work" / "workspace.json").write_text("{")
        assert len(store.records()) == 1
        (trouble,) = store.troubles()
        assert (trouble.id, trouble.file, trouble.backup) == ("", "workspace.json", False)
        store.create(session()).close()
        assert len(store.records()) == 2

    def test_a_file_in_its_place_is_told(self, tmp_path: Path, store: FileStore) -> None:
        (tmp_path / "work").write_text("a file")
        for use in (store.records, lambda: store.read(ID), lambda: store.create(session())):
            with pytest.raises(StoreError, match="is not a folder"):
                use()

    def test_a_place_within_a_file_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "file").write_text("a file")
        store = FileStore(tmp_path / "file" / "work", tmp_path / "cache")
        with pytest.raises(StoreError, match="lies in a file"):
            store.records()

    def test_a_place_that_no_disk_knows_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match="could not be reached"):
            FileStore(tmp_path / "x\0y", tmp_path / "cache").records()

    def test_a_file_in_the_place_of_a_folder_within_it_is_told(self, tmp_path: Path, store: FileStore) -> None:
        (tmp_path / "work").mkdir()
        (tmp_path / "work" / "sessions").write_text("a file")
        with pytest.raises(StoreError, match="sessions is not a folder"):
            store.records()

    def test_a_folder_that_cannot_be_listed_is_told(
        self, tmp_path: Path, store: FileStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def refuse(_: object) -> None:
            raise PermissionError(13, "Permission denied")

        (tmp_path / "work").mkdir()
        monkeypatch.setattr(os, "scandir", refuse)
        with pytest.raises(StoreError, match=r"could not be read: Permission denied\. Check the drive"):
            store.records()

    def test_it_says_where_it_is(self, tmp_path: Path, store: FileStore) -> None:
        assert store.place == str(tmp_path / "work")


def test_of_two_files_with_one_id_the_first_is_used_and_the_other_is_told(tmp_path: Path, store: FileStore) -> None:
    record = session("Ward move")
    store.create(record).close()
    path = record_files(tmp_path)[0]
    copy = path.with_name(f"2026-11-22_zzz_{record.id}.json")
    copy.write_bytes(path.read_bytes())
    assert [line.id for line in store.records()] == [record.id]
    (trouble,) = store.troubles()
    assert trouble.file.endswith(copy.name)
    assert "same id as another record" in trouble.message
    assert store.find(record.id) == record.id
    assert layout.place_of(tmp_path / "work", record.id).path.endswith(path.name)
    assert [place.name for place in layout.places(tmp_path / "work")] == [path.name]


def test_leftovers_are_those_of_one_record(tmp_path: Path) -> None:
    other = new_id()
    for name in (f".{ID}.0011.tmp", f".{other}.0011.tmp", ".export.0011.tmp", f".{ID}.json"):
        (tmp_path / name).touch()
    assert layout.leftovers(tmp_path, ID) == [tmp_path / f".{ID}.0011.tmp"]


def test_the_format_check_reads_with_the_given_system(tmp_path: Path) -> None:
    assert check_format(tmp_path, SYSTEM) == ""
