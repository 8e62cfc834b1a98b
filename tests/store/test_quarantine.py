"""What is taken out of use is on disk before it goes, under a name by which it is found again."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from kmtui.model.errors import ChangedMeanwhile, StoreError
from kmtui.store import layout, quarantine
from kmtui.store.atomic import SOME_DAY
from kmtui.store.system import SYSTEM
from tests.store.things import Failing, new_id, temporaries

YEAR = 365 * 24 * 60 * 60


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_copy_gets_a_name_that_is_free_and_is_never_made_twice(tmp_path: Path) -> None:
    for content in (b"one", b"two", b"one", b"three", b"two"):
        path = quarantine.keep(SYSTEM, tmp_path / "q", "a.json", content, marker=new_id())
        assert path.read_bytes() == content
    assert names(tmp_path / "q") == ["a.json", "a.json.2", "a.json.3"]
    assert stat.S_IMODE((tmp_path / "q" / "a.json").stat().st_mode) == 0o600


def test_copies_lie_in_the_folder_that_deleting_looks_into(tmp_path: Path) -> None:
    record = new_id()
    for path, kind in (
        (f"sessions/2026/2026-11-22_{record}.json", "session"),
        (f"assessments/2026/2026-11-22_{record}.json", "assessment"),
        (f"lessons/2026/{record}.json", "lesson"),
        (f"teams/{record}.json", "team"),
        (f"assets/{record}.json", "asset"),
        (f"followup/{record}.json", "events"),
    ):
        assert quarantine.folder_of(tmp_path / path, kind) == tmp_path / layout.QUARANTINE
        quarantine.keep_older(SYSTEM, tmp_path / path, kind, record, 1, kind.encode())
    assert len(layout.set_aside(tmp_path, record)) == 6


def test_copies_of_answers_lie_beside_them_without_a_time(tmp_path: Path) -> None:
    survey, answer = new_id(), new_id()
    path = layout.response_path(tmp_path, survey, answer)
    kept = quarantine.keep_older(SYSTEM, path, "response", answer, 1, b"old")
    assert layout.of_responses(tmp_path, survey) == [kept]
    assert kept.stat().st_mtime == SOME_DAY


def test_nothing_is_taken_away_that_was_not_kept(tmp_path: Path) -> None:
    system = Failing()
    path = tmp_path / "teams" / f"{new_id()}.json"
    path.parent.mkdir()
    path.write_bytes(b"old")
    with pytest.raises(ChangedMeanwhile):
        quarantine.take_away(system, path, b"something else")
    for call in ("create", "write", "fsync", "sync_folder"):
        system.fail(call, 1)
        with pytest.raises(StoreError):
            quarantine.put_aside(system, path, "team", path.name, b"old", marker=path.stem)
        system.heal()
        assert path.read_bytes() == b"old"
    quarantine.put_aside(system, path, "team", path.name, b"old", marker=path.stem)
    assert not path.exists()
    assert (tmp_path / quarantine.FOLDER / path.name).read_bytes() == b"old"
    assert temporaries(tmp_path) == []
    quarantine.take_away(system, path, b"old")  # what is gone already


def test_events_that_tell_of_something_deleted_are_found_by_what_they_hold(tmp_path: Path) -> None:
    about, other = new_id(), new_id()
    folder = tmp_path / quarantine.FOLDER
    folder.mkdir()
    told = folder / f"{new_id()}.json"
    told.write_text(f'{{"events": {{"1": {{"about": "{about}"')
    (folder / f"{new_id()}.json").write_text(f'{{"events": {{"1": {{"about": "{other}"')
    (folder / f"2026-11-22_{other}.json").write_text(f'{{"session": {{"1": {{"events": "{about}"')
    assert quarantine.mentioning(tmp_path, SYSTEM, {about}) == [told]
    assert quarantine.mentioning(tmp_path / "nothing", SYSTEM, {about}) == []


def test_older_forms_go_after_a_year_and_what_is_damaged_stays(tmp_path: Path) -> None:
    folder = tmp_path / quarantine.FOLDER
    folder.mkdir()
    for name in ("a.json", "a.json.v1", "b.json.v1.2", "c.json.v12", "young.json.v1"):
        (folder / name).write_bytes(b"")
        os.utime(folder / name, (0, 0 if name != "young.json.v1" else YEAR))
    assert quarantine.rotate(tmp_path, SYSTEM, YEAR + 1) == 3
    assert names(folder) == ["a.json", "young.json.v1"]
    assert quarantine.rotate(tmp_path / "nothing", SYSTEM, YEAR + 1) == 0
