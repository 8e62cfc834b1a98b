"""What was said to be saved is there, whatever is killed, fails or fills up, and whoever else is writing.

Processes are killed at random moments and at every call to the operating system; every such call is let fail; the disk
is full at every write; many processes write at once.
"""

from __future__ import annotations

import errno
import os
import random
import signal
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import filelock  # noqa: F401  # loaded here once, and not in each of a thousand children
import pytest
from msgspec.structs import replace

from kmtui.model.errors import ChangedMeanwhile, StoreError
from kmtui.model.session import Entry, Session
from kmtui.store.files import FileStore
from kmtui.store.layout import followups
from kmtui.store.records import readable
from kmtui.store.system import System
from tests.store.things import (
    CALLS,
    Failing,
    entry,
    new_id,
    only_file,
    open_store,
    opened,
    response,
    session,
    survey,
    temporaries,
)

pytestmark = pytest.mark.slow

Child = Callable[[Callable[[str], None]], None]


def ids_in(store: FileStore, record_id: str) -> set[str]:
    record = store.read(record_id)
    assert isinstance(record, Session)
    return {each.id for each in record.entries}


def with_entry(record: Session) -> tuple[Session, Entry]:
    new = entry("All patients moved by noon")
    return replace(record, entries=(*record.entries, new)), new


# Every call that can fail, every time


def failures() -> Iterator[tuple[str, int]]:
    """Yield every call that a save makes, by its name and how often it was made before."""
    for name in CALLS:
        yield name, 1
    yield from (("create", 2), ("write", 2), ("fsync", 2), ("close", 2), ("replace", 2), ("remove", 1))


@pytest.mark.parametrize("links", [True, False])
@pytest.mark.parametrize(("call", "number"), list(failures()))
@pytest.mark.parametrize("code", [errno.EIO, errno.ENOSPC, errno.EACCES])
def test_a_save_whose_nth_call_fails_leaves_the_old_file_or_says_that_it_is_saved(
    tmp_path: Path, links: bool, call: str, number: int, code: int
) -> None:
    class System(Failing):
        def link(self, source: Path, target: Path) -> None:
            if not links:
                raise OSError(errno.EPERM, "no links on this disk")
            super().link(source, target)

    system = System()
    store = open_store(tmp_path, system=system)
    handle = store.create(session(entries=3))
    before = ids_in(store, handle.record.id)
    changed, new = with_entry(handle.record)
    system.fail(call, number, OSError(code, "it failed"))
    try:
        handle.save(changed)
        saved = True
    except StoreError as error:
        assert not isinstance(error, ChangedMeanwhile)
        saved = False
    system.heal()
    found = ids_in(open_store(tmp_path), changed.id)
    assert before <= found
    if saved:
        assert new.id in found
    elif call != "sync_folder":
        assert found == before  # only a failed flush of the folder may leave the new file
    if call != "remove":
        assert temporaries(tmp_path) == []
    handle.save(changed)
    assert ids_in(open_store(tmp_path), changed.id) == {each.id for each in changed.entries}


def test_a_disk_that_is_full_at_every_write_keeps_what_was_saved(tmp_path: Path) -> None:
    class Full(System):
        """A disk with room for so many bytes, and a half written file at its end."""

        room = 10**9

        def write(self, descriptor: int, content: memoryview) -> int:
            part = content[: min(self.room, 512)]
            if not part:
                raise OSError(errno.ENOSPC, "no space left on device")
            self.room -= len(part)
            return os.write(descriptor, part)

    system = Full()
    store = open_store(tmp_path, system=system)
    handle = store.create(session(entries=3))
    size = only_file(tmp_path).stat().st_size
    for room in range(0, size + 600, 97):
        system.room = room
        known = ids_in(open_store(tmp_path), handle.record.id)
        changed, _ = with_entry(handle.record)
        try:
            handle.save(changed)
        except StoreError as error:
            assert "no room left on the disk" in str(error)
            assert ids_in(open_store(tmp_path), changed.id) == known
            assert temporaries(tmp_path) == []
        system.room = 10**9
        handle.save(changed)
        assert ids_in(open_store(tmp_path), changed.id) == {each.id for each in changed.entries}
        handle.save(replace(changed, entries=changed.entries[:3]))


# Without shared locks


def test_two_hosts_without_shared_locks_lose_nothing_silently(tmp_path: Path) -> None:
    hosts = [open_store(tmp_path, locks=False) for _ in range(2)]
    record = session()
    hosts[0].create(record).close()
    chance = random.Random(7)
    handles = [opened(host, record.id) for host in hosts]
    acknowledged: set[str] = set()
    refused = 0
    for _ in range(300):
        which = chance.randrange(2)
        changed, new = with_entry(handles[which].record)
        try:
            handles[which].save(changed)
            acknowledged.add(new.id)
        except ChangedMeanwhile:
            refused += 1
            handles[which] = opened(hosts[which], record.id)
    assert refused > 50
    assert ids_in(hosts[0], record.id) == acknowledged


if hasattr(os, "fork"):

    @contextmanager
    def forked(child: Child) -> Iterator[tuple[int, int]]:
        """Run a function in a child process; give its number and the pipe on which it reports. It is always ended."""
        reading, writing = os.pipe()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # the runner of the tests has threads; the child none
            process = os.fork()
        if process == 0:
            code = 1
            try:
                os.close(reading)
                child(lambda word: _report(writing, word))
                code = 0
            finally:
                os._exit(code)
        os.close(writing)
        try:
            yield process, reading
        finally:
            os.close(reading)

    def _report(pipe: int, word: str) -> None:
        os.write(pipe, f"{word}\n".encode())

    def reported(pipe: int) -> list[str]:
        """Return everything that a child has reported, once it has ended."""
        parts = []
        while part := os.read(pipe, 65536):
            parts.append(part)
        return b"".join(parts).decode().split()

    class Killing(System):
        """Ends its own process at the n-th call, before it, after it, or with a write half done."""

        def __init__(self, number: int, moment: str) -> None:
            self.left = number
            self.moment = moment

        def _at(self, moment: str) -> None:
            if self.left == 0 and self.moment == moment:
                os.kill(os.getpid(), signal.SIGKILL)

        @contextmanager
        def _around(self) -> Iterator[None]:
            self.left -= 1
            self._at("before")
            yield
            self._at("after")

        def create(self, path: Path) -> int:
            with self._around():
                return super().create(path)

        def write(self, descriptor: int, content: memoryview) -> int:
            with self._around():
                if self.left == 0 and self.moment == "within":
                    os.write(descriptor, content[: len(content) // 2])
                self._at("within")
                return super().write(descriptor, content)

        def fsync(self, descriptor: int) -> None:
            with self._around():
                super().fsync(descriptor)

        def close(self, descriptor: int) -> None:
            with self._around():
                super().close(descriptor)

        def read(self, path: Path) -> bytes:
            with self._around():
                return super().read(path)

        def link(self, source: Path, target: Path) -> None:
            with self._around():
                super().link(source, target)

        def replace(self, source: Path, target: Path) -> None:
            with self._around():
                super().replace(source, target)

        def remove(self, path: Path) -> None:
            with self._around():
                super().remove(path)

        def sync_folder(self, path: Path) -> None:
            with self._around():
                super().sync_folder(path)

    def saving(folder: Path, record_id: str, system: System, saves: int) -> Child:
        """Return a child that adds entries one by one and reports each when its save has returned."""

        def child(report: Callable[[str], None]) -> None:
            handle = opened(open_store(folder, system=system), record_id)
            for _ in range(saves):
                changed, new = with_entry(handle.record)
                handle.save(changed)
                report(new.id)

        return child

    def creating(folder: Path, record: Session, system: System) -> Child:
        """Return a child that writes a new record and reports it."""

        def child(report: Callable[[str], None]) -> None:
            open_store(folder, system=system).create(record)
            report(record.id)

        return child

    def unreadable(folder: Path, beginning: str = "") -> list[Path]:
        """Return the files and backups that cannot be read, of records whose id begins so."""
        bad = []
        for path in (folder / "work").glob(f"sessions/*/*_{beginning}*.json"):
            record_id = path.stem[-12:]
            each = [path, path.with_name(path.name + ".bak")]
            bad += [one for one in each if one.exists() and not readable(one, "session", record_id)]
        return bad

    def kill_many(folder: Path, rounds: int, system: Callable[[int], System], chance: random.Random) -> int:
        """Kill children that are saving, again and again; return how many entries they had acknowledged."""
        store = open_store(folder)
        count = 0
        record, acknowledged = session(), set[str]()
        for number in range(rounds):
            if number % 25 == 0:  # a new session now and then, so that files keep a usual size
                record, acknowledged = session(), set[str]()
                store.create(record).close()
            with forked(saving(folder, record.id, system(number), 6)) as (process, pipe):
                if number % 2:
                    until = time.perf_counter() + chance.uniform(0, 0.012)
                    while time.perf_counter() < until:
                        pass
                    os.kill(process, signal.SIGKILL)
                words = reported(pipe)
                _, status = os.waitpid(process, 0)
            assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
            acknowledged |= set(words)
            count += len(words)
            assert acknowledged <= ids_in(store, record.id), f"round {number}: acknowledged and lost"
            assert unreadable(folder, record.id) == []
            only_young_leftovers_of(folder, record.id)
        assert unreadable(folder) == []
        return count

    def only_young_leftovers_of(folder: Path, record_id: str) -> None:
        """Remove what killed writers left, after looking at whose it is, so that folders do not grow in the test."""
        for path in temporaries(folder):
            assert path.name.startswith(f".{record_id}.")
            path.unlink()

    def test_kills_lose_no_acknowledged_entry(tmp_path: Path) -> None:
        """Half at any moment, half at a chosen call of a save: before it, after it, and in the middle of a write."""
        chance = random.Random(2026)
        moments = ("before", "after", "within")

        def system(number: int) -> System:
            if number % 2:
                return System()
            aim = number // 2
            return Killing(3 + aim // 3 % 34, moments[aim % 3])

        assert kill_many(tmp_path, 300, system, chance) > 50

    def test_a_killed_creation_leaves_a_whole_record_or_none(tmp_path: Path) -> None:
        for number in range(1, 26):
            for moment in ("before", "after", "within"):
                folder = tmp_path / f"{number}-{moment}"
                record = session(entries=2)

                with forked(creating(folder, record, Killing(number, moment))) as (process, pipe):
                    words = reported(pipe)
                    os.waitpid(process, 0)
                store = open_store(folder)
                assert store.troubles() == []
                found = [line.id for line in store.records()]
                assert found in ([], [record.id])
                assert set(words) <= set(found)
                if found:
                    assert store.read(record.id) == record
                else:
                    assert store.create(record).second is False

    def test_a_killed_event_is_whole_or_was_not_said(tmp_path: Path) -> None:
        about = new_id()
        acknowledged: set[str] = set()
        for number in range(1, 60):

            def child(report: Callable[[str], None], number: int = number) -> None:
                store = open_store(tmp_path, system=Killing(number, ("before", "after", "within")[number % 3]))
                for each in range(4):
                    event = store.add_event(about, {f"{number}-{each}": "yes"})
                    report(",".join(event.change))

            with forked(child) as (process, pipe):
                acknowledged |= set(reported(pipe))
                os.waitpid(process, 0)
        store = open_store(tmp_path)
        assert store.troubles() == []
        assert acknowledged <= set(store.followed()[about].values)
        assert len(followups(tmp_path / "work")) > 20

    # Many at once

    def test_eight_processes_in_eight_sessions_and_two_in_one_lose_nothing_silently(tmp_path: Path) -> None:
        store = open_store(tmp_path)
        own, shared = [session(str(number)) for number in range(8)], session("Shared")
        for record in (*own, shared):
            store.create(record).close()

        def alone(record_id: str) -> Child:
            return saving(tmp_path, record_id, System(), 40)

        def sharing(report: Callable[[str], None]) -> None:
            """Save as a stubborn person would: refused, close, open again, try again."""
            mine = open_store(tmp_path)
            handle = opened(mine, shared.id)
            said = 0
            while said < 20:
                changed, new = with_entry(handle.record)
                try:
                    handle.save(changed)
                    report(new.id)
                    said += 1
                    if said % 5 == 0:
                        raise ChangedMeanwhile("let the other one have it")
                except ChangedMeanwhile:
                    handle.close()
                    handle = opened(mine, shared.id)

        children = [(record.id, alone(record.id)) for record in own] + [(shared.id, sharing)] * 2
        with many(child for _, child in children) as running:
            for (record_id, _), (process, pipe) in zip(children, running, strict=True):
                words = reported(pipe)
                assert os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) == 0
                assert len(words) == (20 if record_id == shared.id else 40)
                assert set(words) <= ids_in(store, record_id)
        assert len(ids_in(store, shared.id)) == 40
        assert unreadable(tmp_path) == []
        assert temporaries(tmp_path) == []

    def test_processes_that_add_responses_to_one_survey_lose_none_and_note_all(tmp_path: Path) -> None:
        record = survey()
        store = open_store(tmp_path)
        store.create(record).close()

        def answering(report: Callable[[str], None]) -> None:
            mine = open_store(tmp_path)
            for level in range(1, 11):
                new = response(record.id, level, finished=False)
                mine.add_response(new)
                with mine.alone(record.id):
                    mine.add_responses([response(record.id), response(record.id)], [new.id[::-1]])
                mine.save_response(replace(new, finished=True))
                report(new.id)

        with many(iter([answering] * 4)) as running:
            words = [word for _, pipe in running for word in reported(pipe)]
            assert {os.waitstatus_to_exitcode(os.waitpid(process, 0)[1]) for process, _ in running} == {0}
        assert len(words) == 40
        found = [each.id for each in store.responses(record.id) if each.finished]
        assert len(found) == 120
        assert set(words) <= set(found)
        assert store.seen(record.id) == {word[::-1] for word in words}
        assert store.troubles() == []
        assert temporaries(tmp_path) == []

    def test_a_killed_save_of_a_response_leaves_the_answers_before_or_after(tmp_path: Path) -> None:
        record = survey()
        store = open_store(tmp_path)
        store.create(record).close()
        before = response(record.id, 1)
        store.add_response(before)
        after = replace(response(record.id, 2), id=before.id)
        for number in range(1, 12):
            for moment in ("before", "after", "within"):

                def child(report: Callable[[str], None], number: int = number, moment: str = moment) -> None:
                    open_store(tmp_path, system=Killing(number, moment)).save_response(after)
                    report("saved")

                with forked(child) as (process, pipe):
                    words = reported(pipe)
                    os.waitpid(process, 0)
                found = store.responses(record.id)
                assert found == [after] if words else found in ([before], [after])
                assert store.troubles() == []
                open_store(tmp_path).save_response(before)

    @contextmanager
    def many(children: Iterator[Child]) -> Iterator[list[tuple[int, int]]]:
        """Run children side by side."""
        with ExitStack() as stack:
            yield [stack.enter_context(forked(child)) for child in children]

    def test_processes_that_list_while_others_write_see_whole_records(tmp_path: Path) -> None:
        """They share one cache; whoever finds it held goes on without."""
        records = [session(str(number)) for number in range(4)]
        for record in records:
            open_store(tmp_path).create(record).close()

        def listing(report: Callable[[str], None]) -> None:
            store = open_store(tmp_path)
            for _ in range(40):
                assert len(store.records()) == 4
                assert store.troubles() == []
            report("listed")

        writers = [saving(tmp_path, record.id, System(), 30) for record in records]
        with many(iter([*writers, listing, listing])) as running:
            ends = [(reported(pipe), os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])) for process, pipe in running]
        assert [code for _, code in ends] == [0] * 6
        assert [words for words, _ in ends[4:]] == [["listed"], ["listed"]]
