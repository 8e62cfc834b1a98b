"""Which paths are files of ours, wherever they come from."""

from __future__ import annotations

from pathlib import Path

import pytest

from kmtui.store.files import FileStore
from kmtui.store.layout import places
from kmtui.store.layout_files import leads_out, member, members
from tests.store.backup_things import session_path
from tests.store.test_backups import filled
from tests.store.things import new_id

ID = "1ngqcreqhqyq"
ELSEWHERE = ["../x.json", "/x.json", "\\x.json", "a/../x.json", "a\\..\\x.json", "C:x.json", "c:/x.json", ".."]
NOT_OURS = [
    "",
    "x.json",
    f"{ID}.json",
    "sessions",
    f"sessions/{ID}.json",
    f"sessions/2026/{ID}.json",
    f"sessions/२०२६/2026-11-22_{ID}.json",
    f"sessions/2026/2026-11-22_{ID}.json.bak",
    f"sessions/2026/2026-11-22_{ID}.json\n",
    f"sessions/2026/.{ID}.0123.tmp",
    f"Sessions/2026/2026-11-22_{ID}.json",
    f"sessions//2026-11-22_{ID}.json",
    f"teams/{ID}.json/",
    f"teams/{ID.upper()}.json",
    f"responses/{ID}/{ID}.import",
    f"responses/{ID}/marks/{ID}.json",
    f"quarantine/{ID}.json",
    f"backups/{ID}.json",
    f"./teams/{ID}.json",
]


@pytest.mark.parametrize("path", [*ELSEWHERE, *NOT_OURS])
def test_what_is_not_ours_is_none(path: str) -> None:
    assert member(path) is None
    assert leads_out(path) == (path in ELSEWHERE)


def test_every_file_that_the_store_writes_is_one(tmp_path: Path, store: FileStore) -> None:
    filled(store)
    found = list(members(tmp_path / "work"))
    assert [member(each.path) for each in found] == found
    kinds = [each.kind for each in found]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "workspace": 1,
        "team": 1,
        "session": 2,
        "assessment": 2,
        "seen": 1,
        "response": 2,
        "events": 1,
    }
    records = {each.id: each.path for each in members(tmp_path / "work", "session", "assessment")}
    assert records == {each.id: each.path for each in places(tmp_path / "work")}


def test_a_path_tells_what_it_is_of() -> None:
    survey, other = new_id(), new_id()
    paths = {
        "session": session_path(ID),
        "assessment": f"assessments/2026/2026-11-22_{ID}.json",
        "lesson": f"lessons/2026/{ID}.json",
        "asset": f"assets/{ID}.json",
        "response": f"responses/{survey}/{ID}.json",
        "seen": f"responses/{survey}/seen/{ID}.json",
        "events": f"followup/{ID}.json",
    }
    found = {kind: member(path) for kind, path in paths.items()}
    for kind, each in found.items():
        assert each is not None
        assert (each.kind, each.id, each.path) == (kind, ID, paths[kind])
        assert each.survey == (survey if kind in ("response", "seen") else "")
    first, last = member("workspace.json"), member(f"followup/{other}.json")
    assert first is not None
    assert last is not None
    assert first.order < min(each.order for each in found.values() if each) <= last.order
