"""Responses to surveys: each is kept whole, alone, and without anything that tells who gave it, or when."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from msgspec.structs import replace

from kmtui.model.errors import ChangedMeanwhile, NewerSchema, StoreError
from kmtui.model.rating import Rating
from kmtui.model.survey import Response
from kmtui.store.atomic import SOME_DAY
from kmtui.store.files import FileStore
from tests.store.things import (
    CALLS,
    Failing,
    assessment,
    create,
    held_in,
    new_id,
    open_store,
    response,
    survey,
    temporaries,
)

FULL = (
    Rating(criterion="innovation", level=6.5, rationale="We do, mostly."),
    Rating(criterion="evidence", skip="dont-know"),
)


def path_of(folder: Path, kept: Response) -> Path:
    return folder / "work" / "responses" / kept.survey / f"{kept.id}.json"


def mark(word: str) -> str:
    return hashlib.sha256(word.encode()).hexdigest()


@pytest.fixture
def survey_id(store: FileStore) -> str:
    """A survey that is open."""
    record = survey()
    create(store, record)
    return record.id


# What comes back


def test_everything_of_a_response_comes_back_in_the_order_of_ids(
    tmp_path: Path, store: FileStore, survey_id: str
) -> None:
    kept = [response(survey_id, role="Porter", ratings=FULL), response(survey_id, finished=False), response(survey_id)]
    for each in kept:
        store.add_response(each)
    in_order = sorted(kept, key=lambda each: each.id)
    assert store.responses(survey_id) == in_order
    assert open_store(tmp_path).responses(survey_id) == in_order
    assert store.troubles() == []


def test_a_survey_without_responses_has_none_and_none_are_made_by_looking(
    tmp_path: Path, store: FileStore, survey_id: str
) -> None:
    assert (store.responses(survey_id), store.seen(survey_id), store.troubles()) == ([], frozenset(), [])
    assert not (tmp_path / "work" / "responses").exists()


def test_the_same_response_twice_is_refused(tmp_path: Path, store: FileStore, survey_id: str) -> None:
    kept = response(survey_id, 3)
    store.add_response(kept)
    for each in (store, open_store(tmp_path)):
        with pytest.raises(ChangedMeanwhile, match="already"):
            each.add_response(replace(kept, role="Somebody else"))
    assert store.responses(survey_id) == [kept]


def test_a_response_is_saved_with_every_answer_by_whoever_goes_on_with_it(
    tmp_path: Path, store: FileStore, survey_id: str
) -> None:
    first, second = response(survey_id, ratings=(), finished=False), response(survey_id, ratings=(), finished=False)
    for each in (first, second):
        store.add_response(each)
    for level in (1, 2, 3):
        first = replace(first, ratings=(Rating(criterion="innovation", level=level),))
        second = replace(second, ratings=(Rating(criterion="evidence", level=level),))
        for each in (first, second):
            store.save_response(each)
    first = replace(first, finished=True)
    open_store(tmp_path).save_response(first)
    assert sorted(store.responses(survey_id), key=lambda each: each.id) == sorted(
        (first, second), key=lambda each: each.id
    )


def test_a_response_that_somebody_else_changed_or_deleted_is_not_overwritten(
    tmp_path: Path, store: FileStore, survey_id: str
) -> None:
    kept = response(survey_id)
    store.add_response(kept)
    theirs = replace(kept, role="Theirs")
    open_store(tmp_path).save_response(theirs)
    with pytest.raises(ChangedMeanwhile):
        store.save_response(replace(kept, role="Mine"))
    assert store.responses(survey_id) == [theirs]
    path_of(tmp_path, kept).unlink()
    for each in (store, open_store(tmp_path)):
        with pytest.raises(ChangedMeanwhile, match="not there any more"):
            each.save_response(kept)
    assert store.responses(survey_id) == []


def test_unknown_fields_are_kept(tmp_path: Path, store: FileStore, survey_id: str) -> None:
    kept = response(survey_id, ratings=FULL)
    store.add_response(kept)
    path = path_of(tmp_path, kept)
    tables = json.loads(path.read_text("utf-8"))
    tables["response"]["1"]["language"] = "cy"
    tables["ratings"]["2"]["sure"] = False
    path.write_text(json.dumps(tables), "utf-8")
    assert store.responses(survey_id) == [kept]
    open_store(tmp_path).save_response(replace(kept, role="Porter"))
    tables = json.loads(path.read_text("utf-8"))
    assert tables["response"]["1"]["language"] == "cy"
    assert tables["response"]["1"]["role"] == "Porter"
    assert tables["ratings"]["2"]["sure"] is False


def test_a_response_of_a_newer_version_is_read_and_not_written(
    tmp_path: Path, store: FileStore, survey_id: str
) -> None:
    kept = response(survey_id)
    store.add_response(kept)
    path = path_of(tmp_path, kept)
    tables = json.loads(path.read_text("utf-8"))
    tables["response"]["1"]["schema"] = 99
    path.write_text(json.dumps(tables), "utf-8")
    (read,) = store.responses(survey_id)
    assert read.ratings == kept.ratings
    with pytest.raises(NewerSchema):
        open_store(tmp_path).save_response(read)


def test_texts_are_cleaned_when_they_are_read(tmp_path: Path, store: FileStore, survey_id: str) -> None:
    kept = response(survey_id, role="Porter")
    store.add_response(kept)
    path = path_of(tmp_path, kept)
    for hostile in ("Por\\u001b[2Jter", "Por\u202eter", "Por\u2066ter", "Por\x7fter", "Por\u009b1mter", "Porter\\r"):
        path.write_bytes(json.dumps("Porter").encode().join(path.read_bytes().split(b'"Porter"')))
        path.write_bytes(path.read_bytes().replace(b"Porter", hostile.encode()))
        (read,) = store.responses(survey_id)
        assert read.role.strip() == "Porter", repr(hostile)
        path.write_bytes(path.read_bytes().replace(hostile.encode(), b"Porter"))


# What is stored tells nothing of people


def test_what_is_stored_is_the_same_whoever_answers_first(tmp_path: Path) -> None:
    record = survey()
    kept = [response(record.id, level) for level in (1, 5, 9)]
    found = []
    for name, order in (("a", (0, 1, 2)), ("b", (2, 0, 1))):
        store = open_store(tmp_path / name)
        create(store, record)
        for number in order:
            store.add_response(replace(kept[number], ratings=(), finished=False))
            store.save_response(kept[number])
        folder = tmp_path / name / "work" / "responses"
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        assert {path.stat().st_mtime for path in files} == {SOME_DAY}
        found.append({path.name: path.read_bytes() for path in files})
    assert found[0] == found[1]
    assert list(found[0]) == sorted(f"{each.id}.json" for each in kept)


def test_no_time_and_no_mark_is_in_a_response_and_no_id_beside_a_mark(
    tmp_path: Path, store: FileStore, survey_id: str
) -> None:
    kept = response(survey_id, role="Porter")
    store.add_responses([kept], [mark("Porter")])
    files = [path for path in (tmp_path / "work" / "responses").rglob("*") if path.is_file()]
    assert [path.stat().st_mtime for path in files] == [SOME_DAY, SOME_DAY]
    held = held_in(tmp_path, "responses")
    (of_response,) = [content for name, content in held.items() if "/seen/" not in name]
    ((name, of_marks),) = [(name, content) for name, content in held.items() if "/seen/" in name]
    assert b"20" not in of_response.replace(survey_id.encode(), b"").replace(kept.id.encode(), b"")
    assert mark("Porter").encode() not in of_response
    assert kept.id.encode() not in of_marks
    assert kept.id not in name
    assert json.loads(of_marks) == {"seen": {"1": {"marks": [mark("Porter")]}}}


def test_no_generation_before_is_kept_and_a_change_leaves_no_trace(
    tmp_path: Path, store: FileStore, survey_id: str
) -> None:
    kept = response(survey_id, 11)
    store.add_response(kept)
    store.save_response(replace(kept, ratings=(Rating(criterion="innovation", level=2, rationale="Changed."),)))
    assert len(held_in(tmp_path, "responses")) == 1
    assert not any(b"It is 11." in content for content in held_in(tmp_path, ".").values())


def test_files_and_folders_are_for_their_owner_alone(tmp_path: Path, store: FileStore, survey_id: str) -> None:
    store.add_responses([response(survey_id)], [mark("a")])
    paths = [tmp_path / "work" / "responses", *(tmp_path / "work" / "responses").rglob("*")]
    assert len(paths) == 5
    for path in paths if os.name != "nt" else ():
        assert stat.S_IMODE(path.stat().st_mode) == (0o700 if path.is_dir() else 0o600), path


def test_answers_of_killed_writers_go_when_the_next_person_begins(
    tmp_path: Path, store: FileStore, survey_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.add_response(response(survey_id))
    left = path_of(tmp_path, response(survey_id)).with_name(f".{new_id.wholly_random()}.abc123.tmp")
    left.write_bytes(b"secret")
    store.add_response(response(survey_id))
    assert left.exists()  # its writer may be alive
    monkeypatch.setattr("kmtui.store.responses._LEFT", -1)
    store.add_response(response(survey_id))
    assert not left.exists()


def test_where_times_cannot_be_set_responses_are_saved_all_the_same(tmp_path: Path, failing: Failing) -> None:
    store = open_store(tmp_path, system=failing)
    record = survey()
    create(store, record)
    failing.fail("set_time", 1, OSError(errno.EPERM, "not on this disk"), lasting=True)
    kept = response(record.id)
    store.add_response(kept)
    store.save_response(replace(kept, role="Porter"))
    assert failing.failed
    assert store.responses(record.id) == [replace(kept, role="Porter")]


# Marks


def test_marks_of_all_imports_are_told_and_a_mark_twice_is_one(
    tmp_path: Path, store: FileStore, survey_id: str
) -> None:
    other = open_store(tmp_path)
    for number in (3, 1, 2, 3):
        store.add_responses([response(survey_id)], [mark(f"{number}"), mark("each")])
        other.add_responses([response(survey_id)], [mark(f"{number}")])
    other.add_responses([response(survey_id), response(survey_id)], [mark("6"), mark("5"), mark("4"), mark("4")])
    for looking in (store, other):
        assert looking.seen(survey_id) == {*(mark(f"{number}") for number in (1, 2, 3, 4, 5, 6)), mark("each")}
    for name, content in held_in(tmp_path, "responses").items():
        if "/seen/" in name:
            (document,) = json.loads(content)["seen"].values()
            assert document["marks"] == sorted(set(document["marks"]))
    assert store.seen(new_id()) == frozenset()


# Damage


@pytest.mark.parametrize("content", [b"", b"{", b"\0" * 50, b'{"response": {}}', b'{"response": {"1": {"id": 3}}}'])
def test_a_damaged_response_is_passed_over_and_told(
    tmp_path: Path, store: FileStore, survey_id: str, content: bytes
) -> None:
    good, bad = response(survey_id), response(survey_id)
    for each in (good, bad):
        store.add_response(each)
    assert store.troubles() == []
    path_of(tmp_path, bad).write_bytes(content)
    for looking in (store, open_store(tmp_path)):
        assert looking.responses(survey_id) == [good]
        (trouble,) = looking.troubles()
        assert (trouble.id, trouble.file, trouble.backup) == ("", f"responses/{survey_id}/{bad.id}.json", False)
        assert trouble.message
        assert "It is" not in trouble.message


def test_damaged_marks_are_told_and_the_others_count(tmp_path: Path, store: FileStore, survey_id: str) -> None:
    store.add_responses([response(survey_id)], [mark("1")])
    (name,) = held_in(tmp_path, f"responses/{survey_id}/seen")
    open_store(tmp_path).add_responses([response(survey_id)], [mark("2")])
    for wrong in (b"", b'{"seen": {"1": {"marks": 3}}}', b'{"seen": {"1": {"marks": [3]}}}'):
        (tmp_path / "work" / name).write_bytes(wrong)
        assert store.seen(survey_id) == {mark("2")}
        assert [trouble.file for trouble in store.troubles()] == [name]


def test_a_response_to_another_survey_is_not_counted_and_told(tmp_path: Path, store: FileStore, survey_id: str) -> None:
    other = survey()
    create(store, other)
    kept = response(other.id)
    store.add_response(kept)
    store.add_response(response(survey_id))
    path_of(tmp_path, kept).replace(path_of(tmp_path, replace(kept, survey=survey_id)))
    assert kept.id not in [each.id for each in store.responses(survey_id)]
    (trouble,) = store.troubles()
    assert "another survey" in trouble.message


def test_responses_of_surveys_that_are_closed_or_not_there_are_not_looked_at(tmp_path: Path, store: FileStore) -> None:
    closed, group = survey(), assessment()
    for record in (closed, group):
        create(store, record)
    store.add_response(bad := response(closed.id))
    path_of(tmp_path, bad).write_bytes(b"{")
    assert len(store.troubles()) == 1
    handle = store.open(closed.id)
    handle.save(replace(handle.record, closed=handle.record.created))  # type: ignore[arg-type]
    handle.close()
    assert store.troubles() == []
    (tmp_path / "work" / "responses" / new_id()).mkdir()
    (tmp_path / "work" / "responses" / "notes.txt").write_text("not ours")
    assert store.troubles() == []


def test_a_change_that_keeps_size_and_time_is_seen(
    tmp_path: Path, store: FileStore, survey_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All responses have the same time, so they are told apart by other things."""
    monkeypatch.setattr("kmtui.store.shelf._TOO_FRESH", -(10**18))  # as if all of them were old
    kept = response(survey_id, 3)
    store.add_response(kept)
    path = path_of(tmp_path, kept)
    for level in range(4, 8):
        assert store.responses(survey_id) == [kept]
        path.write_bytes(path.read_bytes().replace(b"It is %d" % (level - 1), b"It is %d" % level))
        os.utime(path, (SOME_DAY, SOME_DAY))
        (rating,) = kept.ratings
        kept = replace(kept, ratings=(replace(rating, rationale=f"It is {level}."),))


def test_ids_that_lead_out_of_the_workspace_are_refused(tmp_path: Path, store: FileStore, survey_id: str) -> None:
    before = held_in(tmp_path, "..")
    for wrong in ("../../escaped", "", "x" * 12 + "/..", "0" * 13):
        with pytest.raises(StoreError, match="is no id"):
            store.add_response(replace(response(survey_id), id=wrong))
        for call in (store.add_response, store.save_response):
            with pytest.raises(StoreError, match="is no id"):
                call(response(wrong))
        with pytest.raises(StoreError, match="is no id"):
            store.add_responses([response(wrong)], [mark("1")])
        with pytest.raises(StoreError, match="is no id"):
            store.add_responses([response(survey_id, id=wrong)], [mark("1")])
        for look in (store.alone, store.clear_interrupted, store.forget_seen, store.forget_responses):
            with pytest.raises(StoreError, match="is no id"):
                look(wrong)
        with pytest.raises(StoreError, match="is no id"):
            store.responses(wrong)
    assert held_in(tmp_path, "..") == before


# Failures


@pytest.mark.parametrize("call", [*CALLS, "set_time"])
@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC, errno.EACCES])
def test_a_save_whose_call_fails_leaves_the_old_response_or_says_that_it_is_saved(
    tmp_path: Path, call: str, code: int
) -> None:
    system = Failing()
    store = open_store(tmp_path, system=system)
    record = survey()
    create(store, record)
    before = response(record.id, 3)
    store.add_response(before)
    after = replace(response(record.id, 4), id=before.id)
    system.fail(call, 1, OSError(code, "it failed"))
    try:
        store.save_response(after)
        saved = True
    except StoreError as error:
        assert not isinstance(error, ChangedMeanwhile)
        saved = False
    assert system.failed is (call != "link")  # no generation before is linked
    system.heal()
    found = open_store(tmp_path).responses(record.id)
    assert found == [after] if saved else found in ([[before], [after]] if call == "sync_folder" else [[before]])
    assert temporaries(tmp_path) == []
    store.save_response(after)
    assert open_store(tmp_path).responses(record.id) == [after]


@pytest.mark.parametrize("call", [*CALLS, "set_time", "make_folder"])
@pytest.mark.parametrize("number", [1, 2])
def test_a_new_response_is_there_or_was_refused_and_can_be_tried_again(tmp_path: Path, call: str, number: int) -> None:
    system = Failing()
    store = open_store(tmp_path, system=system)
    record = survey()
    create(store, record)
    new = response(record.id)
    system.fail(call, number, OSError(errno.EIO, "it failed"))
    try:
        store.add_response(new)
        saved = True
    except StoreError:
        saved = False
    system.heal()
    assert open_store(tmp_path).responses(record.id) == ([new] if saved else [])
    assert temporaries(tmp_path) == []
    if not saved:
        store.add_response(new)
    assert open_store(tmp_path).responses(record.id) == [new]


# Many at once


def test_many_write_at_once_and_nothing_is_lost(tmp_path: Path, store: FileStore, survey_id: str) -> None:
    stores = [open_store(tmp_path) for _ in range(4)]

    def answer(number: int) -> str:
        mine, kept = stores[number % 4], response(survey_id, ratings=(), finished=False)
        mine.add_response(kept)
        mine.save_response(replace(kept, ratings=FULL, finished=True))
        return kept.id

    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(answer, range(40)))
    assert [each.id for each in store.responses(survey_id)] == sorted(ids)
    assert all(each.finished for each in store.responses(survey_id))
    assert store.troubles() == []
