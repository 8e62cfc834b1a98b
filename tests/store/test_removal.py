"""Deleting a survey really deletes what was answered, and undo brings it back; whatever fails, nothing is lost."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path

import pytest

from kmtui.model.errors import ChangedMeanwhile, StoreError
from kmtui.model.survey import Response
from kmtui.store.atomic import SOME_DAY
from kmtui.store.files import FileStore
from kmtui.store.protocol import Removed
from kmtui.store.removal import RemovedFile
from tests.store.things import (
    Failing,
    create,
    half_an_import,
    held_in,
    new_id,
    open_store,
    planned,
    response,
    survey,
    temporaries,
)

SECRET = b"Nobody listens"


def filled(store: FileStore) -> str:
    """Make a survey with responses, marks, and an event about its plan."""
    task = planned("Ask")
    record = survey(actions=(task,))
    create(store, record)
    for level in (3, 4, 5):
        store.add_responses([response(record.id, level, role=SECRET.decode())], [f"{SECRET.decode()} {level}"])
    store.add_event(task.id, {"note": SECRET.decode()})
    return record.id


def kept(folder: Path) -> dict[str, bytes]:
    return held_in(folder, "assessments", "responses")


def anywhere(folder: Path) -> list[str]:
    return [name for name, content in held_in(folder, ".").items() if SECRET in content]


def test_nothing_of_the_answers_stays_and_undo_brings_all_back(tmp_path: Path, store: FileStore) -> None:
    survey_id = filled(store)
    other = survey()
    create(store, other)
    store.add_response(of_other := response(other.id))
    before, answers, marks = kept(tmp_path), store.responses(survey_id), store.seen(survey_id)
    removed = store.remove(survey_id)
    assert anywhere(tmp_path) == []
    assert not (tmp_path / "work" / "responses" / survey_id).exists()
    assert (store.responses(survey_id), store.seen(survey_id)) == ([], frozenset())
    assert store.responses(other.id) == [of_other]
    assert store.troubles() == []
    store.restore(removed)
    assert kept(tmp_path) == before
    assert (store.responses(survey_id), store.seen(survey_id)) == (answers, marks)
    for path in (tmp_path / "work" / "responses" / survey_id).rglob("*.json"):
        assert path.stat().st_mtime == SOME_DAY
    for each in answers:
        store.save_response(each)
    store.add_responses([response(survey_id)], ["new"])
    assert store.seen(survey_id) == marks | {"new"}


def test_leftovers_and_copies_go_too_and_what_is_not_ours_stays(tmp_path: Path, store: FileStore) -> None:
    survey_id = filled(store)
    folder = tmp_path / "work" / "responses" / survey_id
    one = next(folder.glob("*.json")).stem
    leftovers = [folder / f".{one}.0123abcd.tmp", folder / "seen" / f".{new_id()}.0123abcd.tmp"]
    copies = [folder / f"{one} (conflicted copy).json", folder / f"{one}.sync-conflict-20261122.json"]
    for path in (*leftovers, *copies):
        path.write_bytes(SECRET)
    (folder / "notes.txt").write_bytes(b"not ours")
    (folder / "photos").mkdir()
    removed = store.remove(survey_id)
    assert sorted(path.name for path in folder.rglob("*")) == ["notes.txt", "photos"]
    store.restore(removed)
    assert all(path.exists() for path in copies)
    assert not any(path.exists() for path in leftovers)


def test_a_survey_that_is_open_elsewhere_is_not_deleted(tmp_path: Path, store: FileStore) -> None:
    survey_id = filled(store)
    handle = store.open(survey_id)
    before = kept(tmp_path)
    with pytest.raises(ChangedMeanwhile, match="open"):
        open_store(tmp_path).remove(survey_id)
    assert kept(tmp_path) == before
    handle.close()


def test_nothing_is_added_to_a_deleted_survey(tmp_path: Path, store: FileStore) -> None:
    survey_id = filled(store)
    other = open_store(tmp_path)
    other.add_response(begun := response(survey_id))
    store.remove(survey_id)
    for each in (store, other):
        for add in (
            partial(each.add_response, response(survey_id)),
            partial(each.add_responses, [response(survey_id)], ["x"]),
            partial(each.save_response, begun),
        ):
            with pytest.raises(StoreError):
                add()
    assert not (tmp_path / "work" / "responses" / survey_id).exists()


def test_an_answer_that_comes_while_the_survey_is_deleted_goes_too(tmp_path: Path) -> None:
    class Busy(Failing):
        def remove(self, path: Path) -> None:
            super().remove(path)
            if path.parent.name == survey_id and not late:
                late.append(response(survey_id, role=SECRET.decode()))
                open_store(tmp_path).add_response(late[0])

    survey_id = ""
    late: list[Response] = []
    store = open_store(tmp_path, system=Busy())
    survey_id = filled(store)
    removed = store.remove(survey_id)
    assert late
    assert anywhere(tmp_path) == []
    store.restore(removed)
    assert late[0] in store.responses(survey_id)
    assert len(store.responses(survey_id)) == 4


def test_an_import_that_was_not_completed_goes_too_and_comes_back_as_it_was(tmp_path: Path, store: FileStore) -> None:
    survey_id = filled(store)
    counted, marks = store.responses(survey_id), store.seen(survey_id)
    half_an_import(tmp_path, survey_id, role=SECRET.decode())
    before = kept(tmp_path)
    removed = store.remove(survey_id)
    assert not (tmp_path / "work" / "responses" / survey_id).exists()
    assert anywhere(tmp_path) == []

    class Watching(Failing):
        def sync_folder(self, path: Path) -> None:
            super().sync_folder(path)
            found = {each.id for each in open_store(tmp_path).responses(survey_id)}
            assert found <= {each.id for each in counted}

    open_store(tmp_path, system=Watching()).restore(removed)
    assert kept(tmp_path) == before
    assert (store.responses(survey_id), store.seen(survey_id)) == (counted, marks)
    assert store.clear_interrupted(survey_id) == 1


def test_a_deletion_that_stops_anywhere_never_makes_half_an_import_count(tmp_path: Path) -> None:
    class Watching(Failing):
        def remove(self, path: Path) -> None:
            super().remove(path)
            looked.append(half.isdisjoint(each.id for each in open_store(tmp_path).responses(survey_id)))

    survey_id, half = new_id(), set[str]()
    looked: list[bool] = []
    store = open_store(tmp_path, system=Watching())
    survey_id = filled(store)
    half = {each.id for each in half_an_import(tmp_path, survey_id)}
    looked.clear()
    store.remove(survey_id)
    assert len(looked) > 5
    assert all(looked)


def test_a_survey_that_answers_are_taken_in_to_is_not_deleted(tmp_path: Path, store: FileStore) -> None:
    survey_id = filled(store)
    before = kept(tmp_path)
    with open_store(tmp_path).alone(survey_id), pytest.raises(ChangedMeanwhile, match="taking in answers"):
        store.remove(survey_id)
    assert kept(tmp_path) == before
    store.remove(survey_id)


def calls() -> Iterator[tuple[str, int]]:
    """Yield the calls that can be made when a survey is deleted or put back."""
    for name in ("read", "create", "write", "fsync", "close", "replace", "link", "remove", "remove_folder"):
        for number in (1, 2, 3, 5, 8):
            yield name, number
    yield from (("sync_folder", number) for number in range(1, 12))


@pytest.mark.parametrize(("call", "number"), list(calls()))
@pytest.mark.parametrize("lasting", [False, True])
def test_a_deletion_whose_nth_call_fails_leaves_all_as_it_was_or_deletes_all(
    tmp_path: Path, call: str, number: int, lasting: bool
) -> None:
    system = Failing()
    store = open_store(tmp_path, system=system)
    survey_id = filled(store)
    before = kept(tmp_path)
    system.fail(call, number, OSError(errno.EIO, "it failed"), lasting=lasting)
    removed: Removed | None = None
    with suppress(StoreError):
        removed = store.remove(survey_id)
    system.heal()
    fresh = open_store(tmp_path)
    for leftover in temporaries(tmp_path):
        leftover.unlink()
    if removed is None:
        assert kept(tmp_path) == before
        assert len(fresh.responses(survey_id)) == 3
        removed = fresh.remove(survey_id)
    assert kept(tmp_path) == {}
    fresh.restore(removed)
    assert kept(tmp_path) == before


@pytest.mark.parametrize(("call", "number"), list(calls()))
@pytest.mark.parametrize("lasting", [False, True])
def test_an_undo_whose_nth_call_fails_brings_all_back_or_can_be_tried_again(
    tmp_path: Path, call: str, number: int, lasting: bool
) -> None:
    system = Failing()
    store = open_store(tmp_path, system=system)
    survey_id = filled(store)
    before = kept(tmp_path)
    removed = store.remove(survey_id)
    assert isinstance(removed, RemovedFile)
    system.fail(call, number, OSError(errno.EIO, "it failed"), lasting=lasting)
    try:
        store.restore(removed)
        back = True
    except StoreError:
        back = False
    system.heal()
    for leftover in temporaries(tmp_path):
        leftover.unlink()
    if not back and not any(name.startswith("assessments") for name in kept(tmp_path)):
        store.restore(removed)
    assert kept(tmp_path) == before
