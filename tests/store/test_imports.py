"""An import counts whole or not at all, whatever fails or is killed, and nothing ties its marks to its responses."""

from __future__ import annotations

import errno
import json
import os
import random
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest
from msgspec.structs import replace

from kmtui.model.errors import ChangedMeanwhile, StoreError
from kmtui.model.rating import Rating
from kmtui.model.survey import Response
from kmtui.store.atomic import SOME_DAY
from kmtui.store.files import FileStore
from kmtui.store.system import System
from tests.store.things import (
    Failing,
    Stopped,
    Stopping,
    Windows,
    create,
    half_an_import,
    held_in,
    new_id,
    open_store,
    response,
    survey,
    temporaries,
)

LEVELS = (3, 4, 5)
MARKS = ("m-one", "m-two", "m-three")


class Counted(NamedTuple):
    """What counts of a survey."""

    responses: frozenset[str]
    marks: frozenset[str]


def counted(folder: Path, survey_id: str) -> Counted:
    """Look with a store that knows nothing yet."""
    store = open_store(folder)
    found = store.responses(survey_id)
    assert store.damaged_responses(survey_id) == []
    assert store.troubles() == []
    return Counted(frozenset(each.id for each in found), store.seen(survey_id))


class Begun(NamedTuple):
    """A survey to which somebody has answered already, and an import that is to come."""

    survey_id: str
    new: list[Response]
    none: Counted
    all: Counted


def begun(folder: Path) -> Begun:
    store = open_store(folder)
    record = survey()
    create(store, record)
    store.add_responses([response(record.id, 1)], ["m-before"])
    none = counted(folder, record.id)
    new = [response(record.id, level) for level in LEVELS]
    return Begun(
        record.id, new, none, Counted(none.responses | {each.id for each in new}, none.marks | frozenset(MARKS))
    )


def imports(folder: Path) -> list[Path]:
    return list((folder / "work" / "responses").rglob("*.import"))


def files_of(folder: Path) -> set[str]:
    return set(held_in(folder, "responses"))


# What is kept


def test_an_import_is_kept_as_single_answers_are_and_leaves_nothing_else(tmp_path: Path, store: FileStore) -> None:
    record = survey()
    create(store, record)
    many = [
        response(record.id, ratings=(), role="Porter"),
        response(record.id, ratings=(Rating(criterion="a", level=6.5), Rating(criterion="b", skip="dont-know"))),
        response(record.id, role="half a character \ud800"),
    ]
    store.add_responses(many, MARKS)
    imported = held_in(tmp_path, "responses")
    assert len(imported) == 4
    alone = open_store(tmp_path / "alone")
    for each in many:
        alone.add_response(each)
    single = held_in(tmp_path / "alone", "responses")
    assert {name: imported[name] for name in single} == single
    assert {path.stat().st_mtime for path in (tmp_path / "work" / "responses").rglob("*.json")} == {SOME_DAY}
    assert store.troubles() == []
    for each in many[:2]:
        store.save_response(replace(each, role="Changed"))


def test_nothing_is_written_of_an_empty_import(tmp_path: Path, store: FileStore) -> None:
    store.add_responses([], [])
    assert files_of(tmp_path) == set()
    with pytest.raises(ValueError, match="marks belong to responses"):
        store.add_responses([], ["m"])
    with pytest.raises(ValueError, match="one survey"):
        store.add_responses([response(new_id()), response(new_id())], [])
    assert files_of(tmp_path) == set()


def test_an_id_that_is_there_or_comes_twice_refuses_the_whole_import_and_harms_nothing(tmp_path: Path) -> None:
    start = begun(tmp_path)
    system = Failing()
    store = open_store(tmp_path, system=system)
    (there,) = store.responses(start.survey_id)
    before = held_in(tmp_path, "responses")
    for more in (replace(start.new[0], role="Another"), replace(there, role="Another")):
        with pytest.raises(ChangedMeanwhile, match="None of these answers were kept"):
            store.add_responses([*start.new, more], MARKS)
        assert held_in(tmp_path, "responses") == before
        assert "create" not in system.calls  # or a kill would leave a sign that names what is there, and takes it along


def test_a_response_that_somebody_writes_under_an_id_of_the_import_meanwhile_stays(tmp_path: Path) -> None:
    start = begun(tmp_path)
    theirs = replace(start.new[2], role="Theirs")

    class Busy(Failing):
        def create(self, path: Path) -> int:
            if path.stem == start.new[1].id:
                open_store(tmp_path).add_response(theirs)
            return super().create(path)

    with pytest.raises(ChangedMeanwhile, match="None of these answers were kept"):
        open_store(tmp_path, system=Busy()).add_responses(start.new, MARKS)
    assert counted(tmp_path, start.survey_id) == (start.none.responses | {theirs.id}, start.none.marks)
    assert theirs in open_store(tmp_path).responses(start.survey_id)
    assert imports(tmp_path) == []


# Nothing ties a mark to an id


def test_what_is_written_of_an_import_is_the_same_whatever_mark_belongs_to_whom(tmp_path: Path) -> None:
    record = survey()
    new = [response(record.id, level) for level in LEVELS]
    found = []
    for name, marks in (("a", MARKS), ("b", MARKS[::-1]), ("c", (MARKS[1], MARKS[2], MARKS[0]))):
        store = open_store(tmp_path / name)
        create(store, record)
        signs: list[bytes] = []

        class Reading(Failing):
            signs: list[bytes]

            def remove(self, path: Path) -> None:
                if path.suffix == ".import":
                    self.signs.append(path.read_bytes())
                    assert path.stat().st_mtime == SOME_DAY
                super().remove(path)

        system = Reading()
        system.signs = signs
        order = random.Random(name).sample(new, len(new))
        open_store(tmp_path / name, system=system).add_responses(order, marks)
        held = held_in(tmp_path / name, "responses")
        of_responses = {path: content for path, content in held.items() if "/seen/" not in path}
        (of_marks,) = [content for path, content in held.items() if "/seen/" in path]
        found.append((of_responses, of_marks, signs))
    assert found[0] == found[1] == found[2]
    (sign,) = found[0][2]
    assert json.loads(sign)["import"]["1"] == {"responses": sorted(each.id for each in new)}
    assert json.loads(found[0][1]) == {"seen": {"1": {"marks": sorted(MARKS)}}}


def test_responses_are_written_in_the_order_given_and_marks_after_all_of_them(tmp_path: Path) -> None:
    start = begun(tmp_path)
    written: list[str] = []

    class Listening(Failing):
        def create(self, path: Path) -> int:
            written.append(path.parent.name if path.parent.name == "seen" else path.stem)
            return super().create(path)

    order = [start.new[2], start.new[0], start.new[1]]
    open_store(tmp_path, system=Listening()).add_responses(order, MARKS)
    assert written[1:] == [*(each.id for each in order), "seen"]


def test_marks_lie_under_a_random_name_and_hold_no_id(tmp_path: Path) -> None:
    start = begun(tmp_path)
    open_store(tmp_path).add_responses(start.new, MARKS)
    for name, content in held_in(tmp_path, "responses").items():
        for each in start.new:
            assert each.id not in name or "/seen/" not in name
            assert each.id.encode() not in content or "/seen/" not in name


# Every call that can fail, every time


def calls_of_an_import(folder: Path) -> list[str]:
    start = begun(folder)
    system = Failing()
    open_store(folder, system=system).add_responses(start.new, MARKS)
    return system.calls


@pytest.mark.slow
@pytest.mark.parametrize(("code", "lasting"), [(errno.EIO, False), (errno.ENOSPC, True)])
def test_an_import_whose_nth_call_fails_leaves_nothing_or_says_that_all_of_it_counts(
    tmp_path: Path, code: int, lasting: bool
) -> None:
    made = calls_of_an_import(tmp_path / "whole")
    steps = [(name, number) for name in sorted(set(made)) for number in range(1, made.count(name) + 1)]
    assert len(steps) > 25
    refused = 0
    for name, number in steps:
        folder = tmp_path / f"{name}-{number}"
        start = begun(folder)
        before = files_of(folder)
        system = Failing()
        store = open_store(folder, system=system)
        system.fail(name, number, OSError(code, "it failed"), lasting=lasting)
        message = ""
        try:
            store.add_responses(start.new, MARKS)
        except StoreError as error:
            message = str(error)
            refused += 1
        assert system.failed
        system.heal()
        found = counted(folder, start.survey_id)
        if not message or "All of these answers are counted" in message:
            assert found == start.all, (name, number, message)
        else:
            assert found == start.none, (name, number, message)
        if "None of these answers were kept" in message:
            assert {each for each in files_of(folder) if not each.endswith(".tmp")} == before, (name, number)
        elif message:
            assert lasting or name == "read", (name, number, message)  # reading is before anything is written
        if found == start.none:
            assert open_store(folder).clear_interrupted(start.survey_id) == ("are counted" in message)
            open_store(folder).add_responses(start.new, MARKS)
        assert counted(folder, start.survey_id) == start.all
        assert imports(folder) == []
    assert refused > 20


@pytest.mark.parametrize("second", ["remove", "sync_folder"])
def test_where_putting_right_fails_too_nothing_counts(tmp_path: Path, second: str) -> None:
    made = calls_of_an_import(tmp_path / "whole")
    for number in range(2, made.count("fsync") + 1):

        class Broken(Failing):
            """Whose disk breaks in the middle of an import for good."""

            def fsync(self, descriptor: int) -> None:
                if self.calls.count("fsync") + 1 == self.at:
                    self.fail(second, 1, lasting=True)
                    raise OSError(errno.EIO, "the disk is broken")
                super().fsync(descriptor)

            at = number

        folder = tmp_path / f"{number}"
        start = begun(folder)
        with pytest.raises(StoreError, match="None of these answers are counted"):
            open_store(folder, system=Broken()).add_responses(start.new, MARKS)
        assert counted(folder, start.survey_id) == start.none
        assert open_store(folder).clear_interrupted(start.survey_id) == 1
        assert counted(folder, start.survey_id) == start.none
        assert len(files_of(folder)) == 2


def test_a_full_disk_is_told_and_nothing_is_kept(tmp_path: Path, failing: Failing) -> None:
    start = begun(tmp_path)
    failing.fail("write", 3, OSError(errno.ENOSPC, "full"), lasting=True)
    with pytest.raises(StoreError, match=r"no room left on the disk.* None of these answers were kept"):
        open_store(tmp_path, system=failing).add_responses(start.new, MARKS)
    assert counted(tmp_path, start.survey_id) == start.none
    assert (len(files_of(tmp_path)), temporaries(tmp_path)) == (2, [])


@pytest.mark.parametrize("last", [False, True])
def test_a_drive_that_is_taken_out_in_the_middle_leaves_nothing_that_counts(tmp_path: Path, last: bool) -> None:
    start = begun(tmp_path)
    work, away = tmp_path / "work", tmp_path / "away"

    class Gone(Failing):
        def create(self, path: Path) -> int:
            if not last and path.stem == start.new[1].id:
                work.rename(away)
            return super().create(path)

        def remove(self, path: Path) -> None:
            if path.suffix == ".import" and work.exists():
                work.rename(away)
            super().remove(path)

    with pytest.raises(StoreError, match=r"not there\. Connect its drive.* None of these answers are counted"):
        open_store(tmp_path, system=Gone()).add_responses(start.new, MARKS)
    away.rename(work)
    assert counted(tmp_path, start.survey_id) == start.none
    assert open_store(tmp_path).clear_interrupted(start.survey_id) == 1
    assert len(files_of(tmp_path)) == 2


def test_an_interruption_takes_everything_back(tmp_path: Path) -> None:
    made = calls_of_an_import(tmp_path / "whole")
    for number in range(1, made.count("sync_folder") + 1):

        class Interrupted(Failing):
            at = number

            def sync_folder(self, path: Path) -> None:
                super().sync_folder(path)
                if self.calls.count("sync_folder") == self.at:
                    raise KeyboardInterrupt

        folder = tmp_path / f"{number}"
        start = begun(folder)
        with pytest.raises(KeyboardInterrupt):
            open_store(folder, system=Interrupted()).add_responses(start.new, MARKS)
        assert counted(folder, start.survey_id) == start.none
        assert open_store(folder).clear_interrupted(start.survey_id) <= 1


@pytest.mark.slow
def test_a_process_that_ends_at_any_call_leaves_all_or_none_and_what_is_left_is_cleared(tmp_path: Path) -> None:
    made = calls_of_an_import(tmp_path / "whole")
    ends = set()
    for number in range(len(made) + 1):
        folder = tmp_path / f"{number}"
        start = begun(folder)
        with suppress(Stopped):
            open_store(folder, system=Stopping(number)).add_responses(start.new, MARKS)
        found = counted(folder, start.survey_id)
        assert found in (start.none, start.all)
        ends.add(found == start.all)
        assert open_store(folder).clear_interrupted(start.survey_id) == len(imports(folder)) or not imports(folder)
        assert counted(folder, start.survey_id) == found
        left = [name for name in files_of(folder) if not name.endswith(".tmp")]
        assert len(left) == (6 if found == start.all else 2)
    assert ends == {False, True}


def test_all_is_on_disk_before_it_counts(tmp_path: Path) -> None:
    """What is written is flushed, and every folder after the last name in it, before the sign is taken away."""
    start = begun(tmp_path)
    folder = tmp_path / "work" / "responses" / start.survey_id
    dirty: set[Path] = set()
    checked: list[str] = []

    class Flushing(Failing):
        def create(self, path: Path) -> int:
            dirty.add(path.parent)
            if path.stem in {each.id for each in start.new}:
                checked.append("sign")
                assert imports(tmp_path)
            return super().create(path)

        def link(self, source: Path, target: Path) -> None:
            dirty.add(target.parent)
            super().link(source, target)

        def sync_folder(self, path: Path) -> None:
            dirty.discard(path)
            super().sync_folder(path)

        def remove(self, path: Path) -> None:
            if path.suffix == ".import":
                checked.append("end")
                assert dirty == set()
                assert self.calls.count("fsync") == len(start.new) + 2
            super().remove(path)
            dirty.add(path.parent)

    open_store(tmp_path, system=Flushing()).add_responses(start.new, MARKS)
    assert checked == ["sign", "sign", "sign", "end"]
    assert folder not in dirty


def test_an_import_costs_the_same_for_each_response_however_many_there_are(tmp_path: Path) -> None:
    cost = []
    for many in (10, 110):
        start = begun(tmp_path / f"{many}")
        system = Failing()
        new = [response(start.survey_id) for _ in range(many)]
        open_store(tmp_path / f"{many}", system=system).add_responses(new, [each.id[::-1] for each in new])
        cost.append({name: system.calls.count(name) for name in ("fsync", "write", "create", "sync_folder", "read")})
    more = {name: cost[1][name] - cost[0][name] for name in cost[0]}
    assert more == {"fsync": 100, "write": 100, "create": 100, "sync_folder": 0, "read": 0}


def test_on_windows_a_scanner_that_holds_the_sign_is_waited_for(tmp_path: Path, windows: Windows) -> None:
    start = begun(tmp_path)
    windows.fail("remove", 2, PermissionError(errno.EACCES, "held"))
    open_store(tmp_path, system=windows).add_responses(start.new, MARKS)
    assert windows.failed
    assert windows.clock > 0
    assert counted(tmp_path, start.survey_id) == start.all


# What was not completed


def test_half_an_import_does_not_count_and_is_no_trouble_until_it_is_cleared(tmp_path: Path, store: FileStore) -> None:
    start = begun(tmp_path)
    store.responses(start.survey_id)
    half = half_an_import(tmp_path, start.survey_id)
    assert {each.id for each in half}.isdisjoint(each.id for each in store.responses(start.survey_id))
    assert store.seen(start.survey_id) == start.none.marks
    path = tmp_path / "work" / "responses" / start.survey_id / f"{half[0].id}.json"
    path.write_bytes(b'{"resp')  # as a killed writer leaves it
    assert counted(tmp_path, start.survey_id) == start.none
    assert store.clear_interrupted(start.survey_id) == 1
    assert store.clear_interrupted(start.survey_id) == 0
    assert len(files_of(tmp_path)) == 2
    assert counted(tmp_path, start.survey_id) == start.none


def test_every_half_import_is_cleared_and_a_mark_that_counted_before_stays(tmp_path: Path, store: FileStore) -> None:
    start = begun(tmp_path)
    store.add_responses([response(start.survey_id)], ["half"])
    for _ in range(3):
        half_an_import(tmp_path, start.survey_id)
    assert "half" in store.seen(start.survey_id)
    assert store.clear_interrupted(start.survey_id) == 3
    assert store.seen(start.survey_id) == start.none.marks | {"half"}
    assert len(store.responses(start.survey_id)) == 2


def test_clearing_that_fails_anywhere_makes_nothing_count(tmp_path: Path) -> None:
    for name in ("read", "remove", "sync_folder"):
        for number in (1, 2, 3, 4):
            folder = tmp_path / f"{name}-{number}"
            start = begun(folder)
            half_an_import(folder, start.survey_id)
            system = Failing()
            store = open_store(folder, system=system)
            system.fail(name, number, lasting=True)
            with suppress(StoreError):
                store.clear_interrupted(start.survey_id)
            system.heal()
            assert counted(folder, start.survey_id) == start.none
            open_store(folder).clear_interrupted(start.survey_id)
            assert len(files_of(folder)) == 2


def test_an_import_that_is_taken_for_dead_where_there_are_no_locks_keeps_nothing(tmp_path: Path) -> None:
    start = begun(tmp_path)

    class Cleared(Failing):
        def remove(self, path: Path) -> None:
            if path.suffix == ".import" and not cleared:
                cleared.append(open_store(tmp_path).clear_interrupted(start.survey_id))
            super().remove(path)

    cleared: list[int] = []
    with pytest.raises(ChangedMeanwhile, match="None of these answers were kept"):
        open_store(tmp_path, system=Cleared()).add_responses(start.new, MARKS)
    assert cleared == [1]
    assert counted(tmp_path, start.survey_id) == start.none
    assert len(files_of(tmp_path)) == 2


def test_an_import_that_begins_while_somebody_looks_is_not_counted_half(tmp_path: Path) -> None:
    start = begun(tmp_path)
    half_an_import(tmp_path, start.survey_id)

    class Looking(Failing):
        """Another window begins to import when this one has seen which imports are under way."""

        begun = False

        def read(self, path: Path) -> bytes:
            if path.suffix == ".import" and not self.begun:
                self.begun = True
                half_an_import(tmp_path, start.survey_id)
            return super().read(path)

    found = open_store(tmp_path, system=Looking()).responses(start.survey_id)
    assert {each.id for each in found} == start.none.responses
    assert open_store(tmp_path, system=Looking()).seen(start.survey_id) == start.none.marks
    assert len(imports(tmp_path)) == 3


def test_a_damaged_sign_of_an_import_is_told_and_left_alone(tmp_path: Path, store: FileStore) -> None:
    start = begun(tmp_path)
    half_an_import(tmp_path, start.survey_id)
    (sign,) = imports(tmp_path)
    for wrong in (b"", b'{"import": {"1": {"responses": 3}}}'):
        sign.write_bytes(wrong)
        (trouble,) = store.damaged_responses(start.survey_id)
        assert trouble.file == f"responses/{start.survey_id}/{sign.name}"
        assert "was not completed" in trouble.message
        assert store.troubles() == [trouble]
        assert store.clear_interrupted(start.survey_id) == 0
        assert sign.exists()
        assert store.seen(start.survey_id) == start.none.marks


# Damage


def test_damaged_responses_are_told_whether_the_survey_is_open_or_closed_or_gone(
    tmp_path: Path, store: FileStore
) -> None:
    start = begun(tmp_path)
    (there,) = store.responses(start.survey_id)
    store.add_response(good := response(start.survey_id, 999))
    assert store.damaged_responses(start.survey_id) == []
    path = tmp_path / "work" / "responses" / start.survey_id / f"{there.id}.json"
    path.write_bytes(b"{")
    (trouble,) = store.damaged_responses(start.survey_id)
    assert trouble.file.endswith(path.name)
    handle = store.open(start.survey_id)
    handle.save(replace(handle.record, closed=handle.record.created))  # type: ignore[arg-type]
    handle.close()
    assert store.troubles() == []
    assert open_store(tmp_path).damaged_responses(start.survey_id) == [trouble]
    assert store.damaged_responses(new_id()) == []
    assert store.responses(start.survey_id) == [good]  # a level that no scale has: as it is


# Forgetting


def test_marks_are_forgotten_and_the_answers_stay(tmp_path: Path, store: FileStore) -> None:
    start = begun(tmp_path)
    store.add_responses(start.new, MARKS)
    folder = tmp_path / "work" / "responses" / start.survey_id / "seen"
    (folder / f".{new_id()}.0123abcd.tmp").write_bytes(b"m-one")
    (folder / f"{new_id()} (conflicted copy).json").write_bytes(b"m-one")
    for _ in range(2):
        store.forget_seen(start.survey_id)
        assert counted(tmp_path, start.survey_id) == (start.all.responses, frozenset())
        assert not folder.exists()
    assert not any(b"m-one" in content for content in held_in(tmp_path, ".").values())
    store.forget_seen(new_id())


def test_responses_are_forgotten_with_marks_and_halves_and_nothing_else(tmp_path: Path, store: FileStore) -> None:
    start, other = begun(tmp_path), begun(tmp_path)
    store.add_responses(start.new, MARKS)
    half_an_import(tmp_path, start.survey_id)
    folder = tmp_path / "work" / "responses" / start.survey_id
    (folder / f".{start.new[0].id}.0123abcd.tmp").write_bytes(b"secret")
    assert len(store.responses(start.survey_id)) == 4
    for _ in range(2):
        store.forget_responses(start.survey_id)
        assert (store.responses(start.survey_id), store.seen(start.survey_id)) == ([], frozenset())
        assert not folder.exists()
    assert store.read(start.survey_id).id == start.survey_id
    assert counted(tmp_path, other.survey_id) == other.none


def test_forgetting_that_fails_is_told_and_can_be_tried_again(tmp_path: Path) -> None:
    for name in ("remove", "sync_folder"):
        for number in (1, 2):
            folder = tmp_path / f"{name}-{number}"
            start = begun(folder)
            half = {each.id for each in half_an_import(folder, start.survey_id)}
            system = Failing()
            store = open_store(folder, system=system)
            system.fail(name, number)
            with pytest.raises(StoreError, match="deleted"):
                store.forget_responses(start.survey_id)
            assert half.isdisjoint(counted(folder, start.survey_id).responses)
            store.forget_responses(start.survey_id)
            assert files_of(folder) == set()


# Alone


def test_who_has_the_responses_is_waited_for(tmp_path: Path) -> None:
    start = begun(tmp_path)
    first, second = open_store(tmp_path), open_store(tmp_path)
    order: list[str] = []
    asked = threading.Event()

    def wait() -> None:
        asked.set()
        with second.alone(start.survey_id):
            order.append("second")

    thread = threading.Thread(target=wait)
    with first.alone(start.survey_id):
        thread.start()
        asked.wait()
        first.add_responses(start.new, MARKS)
        order.append("first")
    thread.join()
    assert order == ["first", "second"]
    with first.alone(start.survey_id):
        pass


def test_who_waits_too_long_is_told_and_reading_and_the_record_are_free_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kmtui.store.survey_files._WAIT", 0.06)
    start, other = begun(tmp_path), begun(tmp_path)
    mine, theirs = open_store(tmp_path), open_store(tmp_path)
    with theirs.alone(start.survey_id):
        with pytest.raises(ChangedMeanwhile, match="Another window is taking in answers") as told:
            mine.alone(start.survey_id).__enter__()
        assert "Try again when it is done." in str(told.value)
        assert counted(tmp_path, start.survey_id) == start.none
        handle = mine.open(start.survey_id)
        assert handle.second is False
        handle.close()
        with mine.alone(other.survey_id):
            pass
    with mine.alone(start.survey_id):
        pass


def test_the_responses_are_given_back_when_something_goes_wrong(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kmtui.store.survey_files._WAIT", 0)
    start = begun(tmp_path)
    with pytest.raises(ZeroDivisionError), open_store(tmp_path).alone(start.survey_id):
        raise ZeroDivisionError
    with open_store(tmp_path).alone(start.survey_id):
        pass


def test_where_locks_cannot_be_made_it_goes_on_without(tmp_path: Path) -> None:
    start = begun(tmp_path)
    unlocked = open_store(tmp_path, locks=False)
    with unlocked.alone(start.survey_id), unlocked.alone(start.survey_id):
        unlocked.add_responses(start.new, MARKS)
    assert not (tmp_path / "work" / ".locks" / f"{start.survey_id}-responses.lock").exists()
    folder = tmp_path / "broken"
    start = begun(folder)
    (folder / "work" / ".locks" / f"{start.survey_id}-responses.lock").mkdir()
    store = open_store(folder)
    with store.alone(start.survey_id):
        store.add_responses(start.new, MARKS)
    assert counted(folder, start.survey_id) == start.all


if hasattr(os, "fork"):
    import signal
    import time

    from tests.store.test_faults import Child, Killing, forked, many, reported

    def moments() -> Iterator[tuple[int, str]]:
        for number in range(3, 60, 2):
            yield number, ("before", "after", "within")[number // 2 % 3]

    def importing(folder: Path, start: Begun, system: System) -> Child:
        """Return a child that makes the import and reports it."""

        def child(report: Callable[[str], None]) -> None:
            store = open_store(folder, system=system)
            with store.alone(start.survey_id):
                store.add_responses(start.new, MARKS)
            report("kept")

        return child

    @pytest.mark.slow
    def test_a_killed_import_counts_whole_or_not_at_all(tmp_path: Path) -> None:
        ends = []
        for number, moment in moments():
            folder = tmp_path / f"{number}"
            start = begun(folder)

            with forked(importing(folder, start, Killing(number, moment))) as (process, pipe):
                words = reported(pipe)
                os.waitpid(process, 0)
            found = counted(folder, start.survey_id)
            assert found == start.all if words else found in (start.none, start.all)
            ends.append(found == start.all)
            store = open_store(folder)
            with store.alone(start.survey_id):  # a killed holder holds nothing
                store.clear_interrupted(start.survey_id)
                assert counted(folder, start.survey_id) == found
                if found == start.none:
                    store.add_responses(start.new, MARKS)
            assert counted(folder, start.survey_id) == start.all
        assert 5 < ends.count(False) < len(ends)

    @pytest.mark.slow
    def test_imports_that_are_killed_at_random_moments_count_whole_or_not_at_all(tmp_path: Path) -> None:
        chance = random.Random(11)
        start = begun(tmp_path)
        here = start.none
        for number in range(20):
            new = [response(start.survey_id) for _ in range(30)]
            marks = [f"m-{each.id[::-1]}" for each in new]

            def child(report: Callable[[str], None], new: list[Response] = new, marks: list[str] = marks) -> None:
                store = open_store(tmp_path)
                with store.alone(start.survey_id):
                    store.clear_interrupted(start.survey_id)
                    report("begins")
                    store.add_responses(new, marks)

            with forked(child) as (process, pipe):
                os.read(pipe, 1)
                until = time.perf_counter() + chance.uniform(0, 0.05)
                while time.perf_counter() < until:
                    pass
                os.kill(process, signal.SIGKILL)
                os.waitpid(process, 0)
            whole = Counted(here.responses | {each.id for each in new}, here.marks | set(marks))
            found = counted(tmp_path, start.survey_id)
            assert found in (here, whole), number
            here = found
        assert open_store(tmp_path).clear_interrupted(start.survey_id) <= 1

    @pytest.mark.slow
    def test_processes_that_import_one_file_at_once_count_it_once(tmp_path: Path) -> None:
        start = begun(tmp_path)

        def once(report: Callable[[str], None]) -> None:
            store = open_store(tmp_path)
            with store.alone(start.survey_id):
                if not store.seen(start.survey_id) >= set(MARKS):
                    new = [response(start.survey_id) for _ in MARKS]
                    store.add_responses(new, MARKS)
                    report("imported")

        with many(iter([once] * 4)) as running:
            words = [word for _, pipe in running for word in reported(pipe)]
            assert {os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) for process, _ in running} == {0}
        assert words == ["imported"]
        assert len(open_store(tmp_path).responses(start.survey_id)) == 4
