"""All that lies in our folders is looked at, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kmtui.store.inventory import everything, is_ours
from tests.store.things import new_id

ID = new_id()


def made(workspace: Path, *paths: str) -> None:
    for path in paths:
        (workspace / path).parent.mkdir(parents=True, exist_ok=True)
        (workspace / path).write_bytes(b"x")


def test_our_folders_are_gone_through_and_those_of_others_are_not(tmp_path: Path) -> None:
    ours = [
        "workspace.json",
        f"sessions/2026/2026-11-22_{ID}.json",
        f"lessons/2026/{ID}.json",
        f"responses/{ID}/seen/{ID}.json",
        f"quarantine/{ID}.json",
        "backups/any.zip",
        "teams/notes.txt",
    ]
    made(tmp_path, *ours, "photo.jpg", "attic/x.json", "sessions/2026/old/x.json", f"responses/{ID}/seen/2026/7/x.json")
    found = list(everything(tmp_path))
    assert sorted(each.path for each in found if not each.folder) == sorted(ours)
    assert found[0].path == "" and found[0].folder
    assert {each.path for each in found if each.folder} >= {"sessions", "sessions/2026", f"responses/{ID}/seen"}
    assert {(each.above, each.name) for each in found} >= {("", "workspace.json"), ("backups", "any.zip")}


def test_a_missing_workspace_holds_nothing_and_links_lead_nowhere(tmp_path: Path) -> None:
    assert list(everything(tmp_path / "nothing")) == []
    made(tmp_path, f"teams/{ID}.json")
    (tmp_path / "sessions").mkdir()
    (tmp_path / "sessions" / "2026").symlink_to(tmp_path / "sessions")  # a loop
    (tmp_path / "teams" / f"{new_id()}.json").symlink_to(tmp_path / "gone")
    assert [each.path for each in everything(tmp_path) if not each.folder] == [f"teams/{ID}.json"]


def test_why_a_folder_could_not_be_listed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path, f"teams/{ID}.json")

    def refused(path: Path) -> list[str]:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "listdir", refused)
    assert [(each.path, each.unread) for each in everything(tmp_path)] == [("", ""), ("teams", "Permission denied")]


def test_a_name_with_an_id_is_one_of_ours() -> None:
    for name in (f"{ID}.json", f"2026-11-22_x_{ID} (1).json", f".{ID}.0123456789ab.tmp", "workspace.json"):
        assert is_ours(name)
    for name in ("notes.txt", "2026-11-22.json", ".DS_Store", "desktop.ini"):
        assert not is_ours(name)
