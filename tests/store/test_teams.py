"""Teams with their set-ups: kept whole, never overwritten unseen, and told where they are damaged."""

from __future__ import annotations

import errno
import json
import os
import stat
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from kmtui.model.errors import ChangedMeanwhile, Damaged, NewerSchema, StoreError
from kmtui.model.session import Person
from kmtui.model.setup import LeftOut, LocalOption, Objective, SetUp, Team
from kmtui.store.files import FileStore
from tests.store.things import CALLS, Failing, held_in, new_id, open_store, team, temporaries

FULL = SetUp(
    id=new_id(),
    name="Every spring",
    matrix="knowledge-mobilisation",
    organisation="St Elsewhere’s",
    on_behalf_of="the whole team",
    people=(Person(role="Porter", count=3),),
    objectives=(Objective(text="Fewer surprises", criteria=("innovation",)), Objective(text="Short stays")),
    left_out=(LeftOut(criterion="evidence", reason="Others do it", name="Evidence"),),
    options=(
        LocalOption(criterion="innovation", text="Ask the library", service="alert", bands=("all",)),
        LocalOption(criterion="innovation", text="Come to the forum", technique="knowledge-cafe"),
    ),
    feedback=date(2026, 12, 1),
    way="survey",
)


def file_of(folder: Path, kept: Team) -> Path:
    return folder / "work" / "teams" / f"{kept.id}.json"


def test_everything_of_a_team_comes_back_in_order_of_the_alphabet(tmp_path: Path, store: FileStore) -> None:
    teams = [team("ward 9"), team("Ward 7", FULL, replace(FULL, id=new_id(), name="Once")), team("Åse's team")]
    for each in teams:
        store.save_team(each, None)
    assert store.teams() == [teams[1], teams[0], teams[2]]
    assert open_store(tmp_path).teams() == store.teams()
    assert store.troubles() == []


def test_a_workspace_without_teams_has_none_and_is_not_made_by_looking(tmp_path: Path, store: FileStore) -> None:
    assert (store.teams(), store.troubles()) == ([], [])
    assert not (tmp_path / "work").exists()


def test_a_file_holds_the_set_ups_in_a_table_of_their_own_for_its_owner_alone(tmp_path: Path, store: FileStore) -> None:
    kept = team("Ward 7", FULL)
    store.save_team(kept, None)
    tables = json.loads(file_of(tmp_path, kept).read_text("utf-8"))
    assert list(tables) == ["team", "setups"]
    assert tables["setups"]["1"]["name"] == "Every spring"
    assert "setups" not in tables["team"]["1"]
    if os.name != "nt":
        assert stat.S_IMODE(file_of(tmp_path, kept).stat().st_mode) == 0o600
        assert stat.S_IMODE(file_of(tmp_path, kept).parent.stat().st_mode) == 0o700


def test_a_team_is_replaced_as_often_as_it_is_changed(tmp_path: Path, store: FileStore) -> None:
    kept = team()
    store.save_team(kept, None)
    for number in range(3):
        changed = replace(kept, setups=(*kept.setups, replace(FULL, id=new_id(), name=str(number))))
        store.save_team(changed, kept)
        kept = changed
        assert store.teams() == [kept]
    assert file_of(tmp_path, kept).with_name(f"{kept.id}.json.bak").exists()


def test_what_somebody_else_has_changed_made_or_deleted_is_not_overwritten(tmp_path: Path, store: FileStore) -> None:
    kept = team()
    store.save_team(kept, None)
    theirs = replace(kept, name="Theirs")
    open_store(tmp_path).save_team(theirs, kept)
    with pytest.raises(ChangedMeanwhile, match="changed in another window"):
        store.save_team(replace(kept, name="Mine"), kept)
    with pytest.raises(ChangedMeanwhile, match="already"):
        store.save_team(replace(kept, name="Mine"), None)
    assert store.teams() == [theirs]
    file_of(tmp_path, kept).unlink()
    with pytest.raises(ChangedMeanwhile, match="not there any more"):
        store.save_team(replace(kept, name="Mine"), theirs)
    assert store.teams() == []


def test_a_change_in_the_same_moment_is_seen(tmp_path: Path, store: FileStore) -> None:
    kept = team("Ward 7")
    store.save_team(kept, None)
    assert store.teams() == [kept]
    path = file_of(tmp_path, kept)
    before = path.stat()
    path.write_bytes(path.read_bytes().replace(b"Ward 7", b"Ward 8"))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert [each.name for each in store.teams()] == ["Ward 8"]


def test_unknown_fields_are_kept_also_in_lists_without_ids(tmp_path: Path, store: FileStore) -> None:
    kept = team("Ward 7", FULL)
    store.save_team(kept, None)
    path = file_of(tmp_path, kept)
    tables = json.loads(path.read_text("utf-8"))
    tables["team"]["1"]["colour"] = "blue"
    setup = tables["setups"]["1"]
    setup["rooms"] = ["3.14"]
    setup["objectives"][1]["weight"] = 2
    setup["left_out"][0]["until"] = "2027"
    for number, option in enumerate(setup["options"]):
        option["cost"] = number
    path.write_text(json.dumps(tables), "utf-8")
    (read,) = store.teams()
    reordered = replace(FULL, options=FULL.options[::-1], name="Every autumn")
    store.save_team(replace(read, setups=(reordered,)), read)
    tables = json.loads(path.read_text("utf-8"))
    assert tables["team"]["1"]["colour"] == "blue"
    setup = tables["setups"]["1"]
    assert (setup["name"], setup["rooms"], setup["objectives"][1]["weight"]) == ("Every autumn", ["3.14"], 2)
    assert setup["left_out"][0]["until"] == "2027"
    assert [option["cost"] for option in setup["options"]] == [1, 0]


def test_a_team_of_a_newer_version_is_read_and_not_written(tmp_path: Path, store: FileStore) -> None:
    kept = team()
    store.save_team(kept, None)
    path = file_of(tmp_path, kept)
    tables = json.loads(path.read_text("utf-8"))
    tables["team"]["1"]["schema"] = 99
    path.write_text(json.dumps(tables), "utf-8")
    (read,) = store.teams()
    assert read.name == "Ward 7"
    with pytest.raises(NewerSchema):
        store.save_team(replace(read, name="Mine"), read)


@pytest.mark.parametrize("content", [b"", b"{", b"\0" * 50, b'{"team": {}}', b'{"team": {"1": {"name": 3}}}'])
def test_a_damaged_team_is_told_with_what_can_be_done_and_the_others_are_there(
    tmp_path: Path, store: FileStore, content: bytes
) -> None:
    good, bad = team("Good"), team("Bad")
    for each in (good, bad):
        store.save_team(each, None)
    store.save_team(replace(bad, name="Worse"), bad)
    path = file_of(tmp_path, bad)
    path.write_bytes(content)
    assert store.teams() == [good]
    (trouble,) = store.troubles()
    assert (trouble.id, trouble.file, trouble.backup) == ("", f"teams/{bad.id}.json", False)
    assert f"The version before is in {path.name}.bak" in trouble.message
    with pytest.raises(Damaged):
        store.save_team(bad, bad)
    assert path.read_bytes() == content
    path.with_name(f"{path.name}.bak").replace(path)
    assert store.teams() == [bad, good]
    assert store.troubles() == []


def test_an_id_that_leads_out_of_the_workspace_is_refused(tmp_path: Path, store: FileStore) -> None:
    for wrong in ("../../escaped", "", "x" * 12 + "/..", "CON", "0" * 13):
        with pytest.raises(StoreError, match="is no id"):
            store.save_team(replace(team(), id=wrong), None)
    assert held_in(tmp_path, "..") == held_in(tmp_path, "../work")


def test_texts_are_cleaned_when_they_are_read(tmp_path: Path, store: FileStore) -> None:
    kept = team("Ward 7")
    store.save_team(kept, None)
    path = file_of(tmp_path, kept)
    path.write_bytes(path.read_bytes().replace(b"Ward 7", "Wa\\u001b[2Jrd\u202e 7\u009b1m".encode()))
    (read,) = store.teams()
    assert read.name == "Ward 7"
    store.save_team(replace(read, name="Ward 8"), read)
    assert [each.name for each in store.teams()] == ["Ward 8"]


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("number", [1, 2])
def test_a_save_whose_nth_call_fails_leaves_the_old_team_or_says_that_it_is_saved(
    tmp_path: Path, call: str, number: int
) -> None:
    system = Failing()
    store = open_store(tmp_path, system=system)
    kept = team()
    store.save_team(kept, None)
    changed = replace(kept, name="Ward 8")
    system.fail(call, number, OSError(errno.EIO, "it failed"))
    try:
        store.save_team(changed, kept)
        saved = True
    except StoreError as error:
        assert not isinstance(error, ChangedMeanwhile)
        saved = False
    system.heal()
    (found,) = open_store(tmp_path).teams()
    assert found == changed if saved else found in ((kept, changed) if call == "sync_folder" else (kept,))
    assert temporaries(tmp_path) == []
    store.save_team(changed, kept)  # the same again, whether or not it was there
    assert open_store(tmp_path).teams() == [changed]
