"""What a second file of one record holds comes into the first, whatever kind of file it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from kmtui.model.errors import StoreError
from kmtui.model.setup import SetUp
from kmtui.store import quarantine
from kmtui.store.atomic import SOME_DAY, backup_of
from kmtui.store.cures import Cures
from kmtui.store.imports import MARKS, listed
from kmtui.store.layout_files import Member, member
from kmtui.store.merging import Merging
from kmtui.store.records import RecordFile, new_content
from kmtui.store.storage import encode
from kmtui.store.system import SYSTEM, System
from tests.store.test_doctor import Ward
from tests.store.things import Failing, entry, new_id


@pytest.fixture
def ward(tmp_path: Path) -> Iterator[Ward]:
    made = Ward(tmp_path)
    yield made
    made.store.close()


def merging(ward: Ward, system: System = SYSTEM) -> Merging:
    return Merging(ward.work, system, Cures(ward.work, system, lambda path: ()))


def known(path: str) -> Member:
    found = member(path)
    assert found is not None
    return found


def second(ward: Ward, path: str, content: bytes) -> str:
    """Write a second file beside the first, and return its path."""
    name = f"{path.removesuffix('.json')}-LAPTOP7.json"
    ward.write(name, content)
    return name


def test_equal_files_become_one(ward: Ward) -> None:
    content = (ward.work / ward.path).read_bytes()
    path = second(ward, ward.path, content)
    assert merging(ward).outlook(path, known(ward.path)) == ("It holds nothing else.", True)
    merging(ward).merge(path, known(ward.path))
    assert (ward.work / ward.path).read_bytes() == content
    assert not backup_of(ward.work / ward.path).exists()
    assert not (ward.work / path).exists()


def test_what_one_has_more_is_told_and_joined_and_the_version_before_is_kept(ward: Ward) -> None:
    before = (ward.work / ward.path).read_bytes()
    other = replace(ward.session, entries=(*ward.session.entries, entry("New")))
    path = second(ward, ward.path, new_content(other, "session"))
    words, possible = merging(ward).outlook(path, known(ward.path))
    assert possible
    assert words == "They can be joined without losing anything. 1 entry is not in every version, and is kept."
    merging(ward).merge(path, known(ward.path))
    assert RecordFile(ward.work / ward.path, "session", ward.session.id).load() == other
    assert before == backup_of(ward.work / ward.path).read_bytes()
    assert before in [each.read_bytes() for each in (ward.work / quarantine.FOLDER).iterdir()]


def test_of_many_differences_the_first_few_are_told(ward: Ward) -> None:
    entries = tuple(replace(each, text=f"Other {each.text}") for each in ward.session.entries)
    other = replace(ward.session, entries=entries, title="T", team="U", people=(), spent={"x": 1.0})
    other = replace(other, lessons=(), drafts={}, actions=())
    handle = ward.store.open(ward.session.id)
    handle.save(replace(ward.session, drafts={"a": "b"}))  # type: ignore[arg-type]
    handle.close()
    path = second(ward, ward.path, new_content(replace(other, drafts={"a": "c"}), "session"))
    words, _ = merging(ward).outlook(path, known(ward.path))
    assert words.endswith("And they differ in 1 more thing.")


def test_unknown_fields_of_the_first_file_stay(ward: Ward) -> None:
    where = ward.work / ward.path
    where.write_bytes(where.read_bytes().replace(b'"team"', b'"mood": "good",\n   "team"'))
    path = second(ward, ward.path, new_content(replace(ward.session, entries=(entry("New"),)), "session"))
    merging(ward).merge(path, known(ward.path))
    assert b'"mood": "good"' in where.read_bytes()
    assert b'"New"' in where.read_bytes()


def test_teams_lessons_and_assets_are_joined_too(ward: Ward) -> None:
    team = replace(ward.team, setups=(SetUp(id=new_id(), name="Short"),))
    path = second(ward, f"teams/{team.id}.json", new_content(team, "team"))
    merging(ward).merge(path, known(f"teams/{team.id}.json"))
    assert ward.store.teams() == [team]
    others: list[tuple[str, Any, Any]] = [
        (f"lessons/2026/{ward.lesson.id}.json", "lesson", replace(ward.lesson, cause="No list")),
        (f"assets/{ward.asset.id}.json", "asset", replace(ward.asset, about="Moves")),
    ]
    for file, kind, record in others:
        path = second(ward, file, new_content(record, kind))
        merging(ward).merge(path, known(file))
        assert RecordFile[Any](ward.work / file, kind, record.id).load() == record


def test_marks_of_both_are_kept_without_a_time(ward: Ward) -> None:
    (file,) = (path for path in ward.everything() if "/seen/" in path)
    path = second(ward, file, encode({"seen": {"1": {MARKS: ["another"]}}}))
    merging(ward).merge(path, known(file))
    assert listed(ward.work / file, "seen", MARKS, SYSTEM) == ["another", "mark"]
    assert (ward.work / file).stat().st_mtime == SOME_DAY
    path = second(ward, file, b"{")
    assert merging(ward).outlook(path, known(file)) == ("It cannot be read. Delete it.", False)


def test_what_cannot_be_joined_stays_as_it_is(ward: Ward) -> None:
    newer = (ward.work / ward.path).read_bytes().replace(b'"schema": 1', b'"schema": 99')
    for content in (b"\0", newer):
        path = second(ward, ward.path, content)
        before = ward.everything()
        assert not merging(ward).outlook(path, known(ward.path))[1]
        with pytest.raises(StoreError):
            merging(ward).merge(path, known(ward.path))
        assert ward.everything() == before
    ward.damage(ward.path, newer)
    path = second(ward, ward.path, new_content(ward.session, "session"))
    assert "newer version" in merging(ward).outlook(path, known(ward.path))[0]


def test_the_second_file_stays_until_all_it_holds_is_on_disk(ward: Ward) -> None:
    content = new_content(replace(ward.session, entries=(entry("New"),)), "session")
    path = second(ward, ward.path, content)
    for call in ("create", "write", "fsync", "replace", "sync_folder"):
        system = Failing()
        system.fail(call, 1, lasting=True)
        with pytest.raises(StoreError):
            merging(ward, system).merge(path, known(ward.path))
        assert (ward.work / path).read_bytes() == content
    merging(ward).merge(path, known(ward.path))
    assert not (ward.work / path).exists()
    merging(ward).merge(path, known(ward.path))  # what has gone meanwhile
