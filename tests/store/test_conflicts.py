"""The copies of every usual service are recognised by their names, and nothing else is."""

from __future__ import annotations

from pathlib import Path

import pytest

from kmtui.store.conflicts import copies, copies_beside, copy_of
from tests.store.things import new_id, open_store, record_files, session

ID = "06jx2kq8z9ab"
STEM = f"2026-11-22_after-action-review_ward-move_{ID}"
FOLDER = "sessions/2026"

ADDITIONS = [
    (" (Ann's conflicted copy 2026-11-22)", "Dropbox"),
    (" (Ann's conflicted copy 2026-11-22 (1))", "Dropbox"),
    (" (LAPTOP7's conflicted copy)", "Dropbox"),
    (" (In Konflikt stehende Kopie von Ann 2026-11-22)", "Dropbox"),
    (" (Copie en conflit de Ann 2026-11-22)", "Dropbox"),
    (" (Copia en conflicto de Ann 2026-11-22)", "Dropbox"),
    (" (Copia in conflitto di Ann 2026-11-22)", "Dropbox"),
    (" (Cópia em conflito de Ann 2026-11-22)", "Dropbox"),
    (" (конфликтующая копия Ann 2026-11-22)", "Dropbox"),
    (" (Ann の競合コピー 2026-11-22)", "Dropbox"),
    (".sync-conflict-20261122-101112-ABCDEF7", "Syncthing"),
    (".sync-conflict-20261122-101112", "Syncthing"),
    (" (conflicted copy 2026-11-22 101112)", "Nextcloud or ownCloud"),
    (" (conflicted copy Ann Bee 2026-11-22 101112)", "Nextcloud or ownCloud"),
    ("_conflict-20261122-101112", "Nextcloud or ownCloud"),
    ("_conflict-ann-20261122-101112", "Nextcloud or ownCloud"),
    ("_LAPTOP7_Nov-22-1011-2026_Conflict", "Synology Drive"),
    ("_LAPTOP7_Nov-22-101112-2026_Conflict", "Synology Drive"),
    ("_Andy-PC_Jan-03-0901-2013_CaseConflict_1", "Synology Drive"),
    (".Conflict", "Resilio Sync"),
    (".Conflict2", "Resilio Sync"),
    (".Conflict.Conflict", "Resilio Sync"),
    ("-LAPTOP7", "OneDrive"),
    ("-DESKTOP-4F7K2-2", "OneDrive"),
    (" (1)", "Google Drive"),
    ("(2)", "Google Drive"),
    (" 2", "iCloud Drive"),
    (" (Ann Bee)", "Box"),
    (" - Copy", "a file manager"),
    (" - Kopie (2)", "a file manager"),
    (" copy 2", "a file manager"),
    (" as it was on Monday", ""),
    ("~", ""),
]


@pytest.mark.parametrize(("addition", "service"), ADDITIONS)
def test_the_copy_of_each_service_is_known(addition: str, service: str) -> None:
    copy = copy_of(FOLDER, f"{STEM}{addition}.json", set())
    assert copy is not None
    assert (copy.path, copy.service, copy.id) == (f"{FOLDER}/{STEM}{addition}.json", service, ID)
    assert (copy.of.path, copy.of.kind) == (f"{FOLDER}/{STEM}.json", "session")


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("teams", "team"),
        ("assets", "asset"),
        ("lessons/2026", "lesson"),
        ("followup", "events"),
        (f"responses/{ID}", "response"),
        (f"responses/{ID}/seen", "seen"),
    ],
)
def test_copies_of_files_that_are_named_by_an_id_alone_are_known(folder: str, kind: str) -> None:
    copy = copy_of(folder, f"{ID} (Ann's conflicted copy 2026-11-22).json", set())
    assert copy is not None
    assert (copy.of.kind, copy.of.path) == (kind, f"{folder}/{ID}.json")


@pytest.mark.parametrize(
    "name",
    [
        f"{STEM}.json",
        f"{STEM}.json.bak",
        f"{STEM} (1).txt",
        f"{STEM}x.json",
        f"{STEM[:-1]} (1).json",
        f"notes {ID} (1).json",
        f".{ID}.0123456789ab.tmp",
        "2026-11-22 (1).json",
        "workspace (1).json",
        ".json",
    ],
)
def test_other_names_are_none_of_ours(name: str) -> None:
    assert copy_of(FOLDER, name, {name}) is None


def test_no_copy_is_seen_where_no_file_of_ours_belongs() -> None:
    for folder in ("", "quarantine", "backups", "sessions", "sessions/2026/old"):
        assert copy_of(folder, f"{STEM} (1).json", set()) is None


def test_a_title_that_looks_like_an_id_does_not_mislead() -> None:
    looks = "handymanwks7"  # twelve letters of the alphabet of ids
    stem = f"2026-11-22_aar_{looks}_{ID}"
    assert copy_of(FOLDER, f"{stem}.json", set()) is None
    copy = copy_of(FOLDER, f"{stem} (1).json", set())
    assert copy is not None and copy.of.path == f"{FOLDER}/{stem}.json"
    host = copy_of(FOLDER, f"{STEM}_{looks}_Nov-22-1011-2026_Conflict.json", {f"{STEM}.json"})
    assert host is not None and (host.of.name, host.service) == (f"{STEM}.json", "Synology Drive")


def test_all_copies_of_a_workspace_are_found_and_each_with_its_original(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    for title in ("Ward move", "Ward 8"):
        store.create(session(title)).close()
    first, second = record_files(tmp_path)
    for path, addition in ((first, " (1)"), (first, "-LAPTOP7"), (second, " 2")):
        path.with_name(f"{path.stem}{addition}.json").write_bytes(b"x")
    first.with_name("notes.json").write_bytes(b"x")
    work = tmp_path / "work"
    gone = work / f"teams/{new_id()} (1).json"
    gone.parent.mkdir()
    gone.write_bytes(b"x")
    found = copies(work)
    assert [copy.path for copy in found] == sorted(copy.path for copy in found)
    assert {(work / copy.of.path, copy.service) for copy in found} == {
        (first, "Google Drive"),
        (first, "OneDrive"),
        (second, "iCloud Drive"),
        (gone.with_name(f"{gone.name[:12]}.json"), "Google Drive"),
    }
    beside = copies_beside(work, first.relative_to(work).as_posix())
    assert [path.name for path in beside] == [f"{first.stem} (1).json", f"{first.stem}-LAPTOP7.json"]


def test_a_missing_workspace_has_none(tmp_path: Path) -> None:
    assert copies(tmp_path / "nothing") == []
