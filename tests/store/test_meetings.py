"""Who sat with whom in earlier sessions: what is kept of it, for whom, and that it is what the files say now."""

from __future__ import annotations

import sqlite3
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from kmtui.model.session import Grouping, Person, Session
from kmtui.store.cache import VERSION
from kmtui.store.files import FileStore
from tests.report.every_kind import WHOLE
from tests.store.things import assessment, create, new_id, only_file, open_store, opened, session

Met = tuple[tuple[str, ...], bool]

ROUND = (("Jo", "Al"), ("Bo", "Cy", "Di"))
PEOPLE = tuple(Person(role="", name=name) for group in ROUND for name in group)


def met(store: FileStore) -> list[Met]:
    return [(line.names, line.larger) for line in store.meetings()]


def seated(*rounds: tuple[tuple[str, ...], ...], people: tuple[Person, ...] = PEOPLE, **fields: Any) -> Session:
    """Return a session of pairs, with who sat with whom."""
    grouping = Grouping(step="pairs", rounds=rounds)
    return replace(WHOLE, **{"id": new_id(), "people": people, "groups": (grouping,), **fields})


def test_every_group_of_every_round_is_kept_with_whether_it_was_larger(store: FileStore) -> None:
    record = seated(ROUND, (("Jo", "Bo"),))
    create(store, record)
    assert met(store) == [(("Jo", "Al"), False), (("Bo", "Cy", "Di"), True), (("Jo", "Bo"), False)]
    assert {(line.session, line.date) for line in store.meetings()} == {(record.id, record.date)}


def test_those_of_the_newest_session_come_first(store: FileStore) -> None:
    for day, names in ((3, ("new", "y")), (1, ("old", "y")), (2, ("middle", "y"))):
        create(store, seated((names,), date=date(2026, 11, day)))
    assert [names[0] for names, _ in met(store)] == ["new", "middle", "old"]


def test_who_is_called_by_a_number_is_not_known_again(store: FileStore) -> None:
    people = (Person(role="Sister"), Person(role="porter", count=3), Person(role="porter", name="Jo"))
    create(store, seated((("Sister", "porter 1"), ("porter 2", "porter 3", "Jo"), ("Jo", "Sister")), people=people))
    assert met(store) == [(("Jo", "Sister"), False)]


def test_a_trio_stays_larger_where_two_of_it_are_known(store: FileStore) -> None:
    create(store, seated((("Sister", "porter 1", "Jo"),), people=(Person(role="porter", count=2), *PEOPLE)))
    assert met(store) == [(("Sister", "Jo"), True)]


def test_who_was_written_into_a_group_without_being_on_the_list_is_known_by_that_name(store: FileStore) -> None:
    create(store, seated((("Jo", "Somebody else"),), people=()))
    assert met(store) == [(("Jo", "Somebody else"), False)]


def test_no_group_is_larger_than_those_of_a_step_that_is_gone(store: FileStore) -> None:
    create(store, seated(groups=(Grouping(step="gone", rounds=(ROUND,)),)))
    assert [larger for _, larger in met(store)] == [False, False]


def test_sessions_without_groups_and_assessments_have_none(store: FileStore) -> None:
    for record in (session(), assessment(people=PEOPLE), replace(WHOLE, groups=())):
        create(store, record)
    assert store.meetings() == []


def test_what_is_saved_is_seen_at_once_and_by_others(tmp_path: Path, store: FileStore) -> None:
    handle = store.create(seated((("Jo", "Al"),)))
    assert met(store) == [(("Jo", "Al"), False)]
    other = open_store(tmp_path)
    assert met(other) == met(store)
    handle.save(replace(handle.record, groups=(Grouping(step="pairs", rounds=((("Jo", "Cy"),),)),)))
    for each in (store, other, open_store(tmp_path)):
        assert met(each) == [(("Jo", "Cy"), False)]
    handle.save(replace(handle.record, groups=()))
    for each in (store, other, open_store(tmp_path)):
        assert met(each) == []


def test_what_is_deleted_has_never_been_and_what_is_brought_back_has(tmp_path: Path, store: FileStore) -> None:
    first, second = seated((("Jo", "Al"),)), seated((("Bo", "Cy"),), date=date(2026, 1, 1))
    for record in (first, second):
        create(store, record)
    removed = store.remove(first.id)
    for each in (store, open_store(tmp_path)):
        assert met(each) == [(("Bo", "Cy"), False)]
    store.restore(removed)
    for each in (store, open_store(tmp_path)):
        assert met(each) == [(("Jo", "Al"), False), (("Bo", "Cy"), False)]


def test_a_record_that_comes_back_from_a_shared_folder_stays_deleted(tmp_path: Path, store: FileStore) -> None:
    create(store, seated((("Jo", "Al"),)))
    path = only_file(tmp_path)
    content = path.read_bytes()
    store.remove(store.records()[0].id)
    path.write_bytes(content)
    assert store.meetings() == []


def test_a_file_that_was_changed_by_hand_is_read_again(tmp_path: Path, store: FileStore) -> None:
    create(store, seated((("Jo", "Al"),)))
    assert met(store) == [(("Jo", "Al"), False)]
    path = only_file(tmp_path)
    path.write_bytes(path.read_bytes().replace(b'"Al"', b'"Zo"'))
    for each in (store, open_store(tmp_path)):
        assert met(each) == [(("Jo", "Zo"), False)]
    path.write_bytes(b"\0" * 100)
    assert store.meetings() == []
    path.unlink()
    assert store.meetings() == []


@pytest.mark.parametrize("hostile", [r"Jo\u001b[2J", r"J\u202eo"])
def test_names_are_cleaned(tmp_path: Path, store: FileStore, hostile: str) -> None:
    create(store, seated((("Jo", "Al"),)))
    path = only_file(tmp_path)
    path.write_text(path.read_text("utf-8").replace('"Jo"', f'"{hostile}"'), "utf-8")
    assert met(store) == [(("Jo", "Al"), False)]


@pytest.mark.parametrize("version", [3, VERSION - 1, VERSION + 1])
def test_a_cache_of_another_version_is_made_again(tmp_path: Path, store: FileStore, version: int) -> None:
    create(store, seated((("Jo", "Al"),)))
    assert met(store) == [(("Jo", "Al"), False)]
    store.close()
    (path,) = (tmp_path / "cache").glob("*.sqlite")
    with sqlite3.connect(path) as database:  # as it was before there were meetings
        database.execute("ALTER TABLE details DROP COLUMN meetings")
        database.execute(f"PRAGMA user_version = {version}")
    database.close()
    again = open_store(tmp_path)
    assert met(again) == [(("Jo", "Al"), False)]
    assert [line.title for line in again.records()] == ["Winter"]
    again.close()
    with sqlite3.connect(path) as database:
        assert database.execute("PRAGMA user_version").fetchone()[0] == VERSION
        assert database.execute("SELECT meetings FROM details").fetchone()[0] is not None
    database.close()


def test_what_is_given_out_can_be_changed_without_harm(store: FileStore) -> None:
    create(store, seated((("Jo", "Al"),)))
    store.meetings().clear()
    assert len(store.meetings()) == 1


def test_a_session_with_every_kind_of_step_is_kept_whole(tmp_path: Path, store: FileStore) -> None:
    create(store, WHOLE)
    assert open_store(tmp_path).read(WHOLE.id) == WHOLE
    handle = opened(open_store(tmp_path), WHOLE.id)
    changed = replace(WHOLE, marks=(), rows=WHOLE.rows[1:], dots=WHOLE.dots[1:], continues=(), assessed=())
    handle.save(changed)
    handle.close()
    assert store.read(WHOLE.id) == changed
