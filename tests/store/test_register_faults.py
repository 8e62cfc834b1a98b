"""Lessons that were said to be saved are found, whatever is killed, whatever clocks say, and whoever else writes.

KMTUI_FAULT_SECONDS says for how long many processes write; with -s it is told how many lessons that were.
"""

from __future__ import annotations

import os
import random
import select
import signal
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from kmtui.analysis.query import Query
from kmtui.model.ids import IdMaker
from kmtui.store.files import FileStore
from kmtui.store.system import System
from tests.store.register_things import age, found, kept, learn, learnt, with_lessons
from tests.store.things import AT, DAY, only_file, open_store, opened, temporaries

pytestmark = pytest.mark.slow

SECONDS = float(os.environ.get("KMTUI_FAULT_SECONDS", "3"))
PROCESSES = 50


# Many processes, some of which are killed


if hasattr(os, "fork"):
    from tests.store.test_faults import Child, forked, reported

    def capturing(folder: Path, until: float, number: int) -> Child:
        """Return a child that captures lessons until a time, and reports the id of each that is saved."""

        def child(report: Callable[[str], None]) -> None:
            try:
                work(report)
            except BaseException:
                (folder / f"{os.getpid()}.txt").write_text(traceback.format_exc())
                raise

        def work(report: Callable[[str], None]) -> None:
            store = open_store(folder)
            while time.monotonic() < until:
                if number % 5 == 0:  # some import lessons instead
                    one = kept(f"Imported by {number}")
                    one = replace(one, context=one.id)
                    store.register.add([one])
                    report(one.id)
                    continue
                handle = store.create(with_lessons(title=f"Review {number}"))
                for _ in range(8):
                    new = learnt(f"Learnt by {number}")
                    new = replace(new, context=new.id)
                    handle.save(replace(handle.record, lessons=(*handle.record.lessons, new)))
                    report(new.id)
                handle.close()
                if number % 7 == 0:  # and some search: what they were told is there for them, too
                    assert found(store, new.id) == [new.lesson]

        return child

    def test_fifty_processes_capture_lessons_and_some_are_killed(tmp_path: Path) -> None:
        learn(open_store(tmp_path), "Begin")
        chance = random.Random(2026)
        until = time.monotonic() + SECONDS
        acknowledged: list[str] = []
        killed = 0
        with ExitStack() as stack:
            running = [stack.enter_context(forked(capturing(tmp_path, until, each))) for each in range(PROCESSES)]
            everyone = list(running)
            while time.monotonic() < until - 0.3:
                select.select([], [], [], chance.uniform(0.01, 0.06))
                place = chance.randrange(PROCESSES)
                os.kill(running[place][0], signal.SIGKILL)
                killed += 1
                running[place] = stack.enter_context(forked(capturing(tmp_path, until, place)))
                everyone.append(running[place])
            for process, pipe in everyone:
                acknowledged += reported(pipe)
                code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
                assert code in (0, -signal.SIGKILL), (tmp_path / f"{process}.txt").read_text()
        store = open_store(tmp_path)
        shown = {line.id for line in store.register.all()}
        print(f"{len(acknowledged)} acknowledged, {len(shown)} kept, {killed} killed in {SECONDS:g} s")  # noqa: T201
        assert len(acknowledged) > PROCESSES
        assert killed > 10
        assert set(acknowledged) - shown == set()
        assert store.troubles() == []
        for each in chance.sample(acknowledged, min(len(acknowledged), 2000)):
            assert len(store.register.search(query_for(each))) == 1, each
        assert store.register.check_index()
        for path in temporaries(tmp_path):
            assert path.name.startswith(".")


def query_for(word: str) -> Query:
    return Query(words=(word,))


# Clocks


def clock(moments: Iterator[datetime]) -> Callable[[], datetime]:
    return lambda: next(moments)


def backwards(start: datetime = AT) -> Iterator[datetime]:
    """Yield a clock that goes an hour back whenever it is asked."""
    while True:
        yield start
        start -= timedelta(hours=1)


def test_a_life_is_folded_as_it_was_said_though_the_clock_goes_backwards(tmp_path: Path) -> None:
    store = open_store(tmp_path, now=clock(backwards()))
    record = learn(store, "Tell the porters")
    about = record.lessons[0].id
    states = ["agreed", "applied", "captured", "agreed", "retired", "applied"]
    for state in states:
        store.add_event(about, {"state": state, "note": state})
        assert store.register.find(about).state == state
        assert found(store, f"state:{state}") == ["Tell the porters"]
    for again in (store, open_store(tmp_path)):
        life = again.register.lives()[about]
        assert [turn.state for turn in life.turns] == states
        assert life.rivals == {}


def test_two_machines_with_clocks_apart_fold_what_they_knew_of_in_order(tmp_path: Path) -> None:
    ahead = open_store(tmp_path, now=clock(backwards(AT + timedelta(days=30))))
    behind = FileStore(tmp_path / "work", tmp_path / "other", now=clock(backwards(AT - timedelta(days=30))))
    about = learn(ahead, "Tell the porters").lessons[0].id
    for number in range(10):
        store, owner = (ahead, behind)[number % 2], f"Owner {number}"
        assert store.register.find(about).owner == (f"Owner {number - 1}" if number else "")
        store.add_event(about, {"owner": owner})
        for other in (ahead, behind):
            assert other.register.find(about).owner == owner
            assert other.register.find(about).rivals == {}


def test_ids_of_a_clock_that_goes_back_are_new_and_the_newest_day_stays_first(tmp_path: Path) -> None:
    seconds = iter(range(2_000_000_000, 0, -86_400))
    ids = IdMaker(seconds=lambda: next(seconds))
    store = open_store(tmp_path, ids=ids)
    for number in range(6):
        day, begun = DAY + timedelta(days=number // 2), AT + timedelta(hours=number)
        learn(store, replace(learnt(f"Lesson {number}"), id=ids()), id=ids(), day=day, begun=begun)
    expected = [f"Lesson {number}" for number in range(5, -1, -1)]
    assert found(store, "") == expected
    assert [line.lesson for line in store.register.all()] == expected
    assert [line.lesson for line in open_store(tmp_path).register.all()] == expected


@pytest.mark.parametrize("hours", [-1000, 1000])
def test_files_with_the_times_of_another_clock_are_read_when_they_change(tmp_path: Path, hours: int) -> None:
    writer, reader = open_store(tmp_path), FileStore(tmp_path / "work", tmp_path / "other")
    handle = writer.create(with_lessons("Begin"))
    path = only_file(tmp_path)
    then = int(time.time()) + hours * 3600
    for number in range(20):
        word = f"w{number:02}x"
        handle.save(replace(handle.record, lessons=(learnt(word),)))
        for each in (path, path.parent):
            os.utime(each, (then, then))  # every version has the same time and size
        assert reader.register.look()
        assert found(reader, word) == [word]
        assert found(writer, word) == [word]


# Two hosts on one folder


class Stale(System):
    """A host that is told for a while what a file held when it was read before."""

    def __init__(self) -> None:
        self.seen: dict[Path, bytes] = {}
        self.stale = False

    def read(self, path: Path) -> bytes:
        """Return what is in a file, or was."""
        if not self.stale or path not in self.seen:
            self.seen[path] = super().read(path)
        return self.seen[path]


class Slow(Stale):
    """One to which what others have made new is not there yet, too."""

    def read(self, path: Path) -> bytes:
        """Return what is in a file, or was."""
        if self.stale and path not in self.seen and path.parent.name.isdigit():
            raise FileNotFoundError(path)
        return super().read(path)


@pytest.mark.parametrize("kind", [Stale, Slow])
def test_two_hosts_with_stale_reads_lose_nothing_and_find_all_when_that_has_passed(
    tmp_path: Path, kind: type[Stale]
) -> None:
    chance = random.Random(11)
    systems = [kind(), kind()]
    hosts = [
        FileStore(tmp_path / "work", tmp_path / f"cache {number}", system=system, locks=False)
        for number, system in enumerate(systems)
    ]
    acknowledged: list[str] = []
    handles = [host.create(with_lessons(title=f"Host {number}")) for number, host in enumerate(hosts)]
    for number in range(80):
        which = chance.randrange(2)
        systems[1 - which].stale = chance.random() < 0.7
        systems[which].stale = False  # what a host has written itself it sees
        word = f"w{number}x"
        if number % 10 == 0:
            one = kept(word)
            assert hosts[which].register.add([one]).ids == (one.id,)
        else:
            record = handles[which].record
            handles[which].save(replace(record, lessons=(*record.lessons, learnt(word))))
        acknowledged.append(word)
        systems[which].stale = chance.random() < 0.3
        for host in hosts:
            assert len(found(host, "zebra")) == 0
            host.register.look()
    for system in systems:
        system.stale = False
    for host in (*hosts, open_store(tmp_path)):
        assert [word for word in acknowledged if found(host, word) != [word]] == []
        assert host.troubles() == []
        assert host.register.count() == len(acknowledged)


def test_two_hosts_that_say_what_has_become_of_lessons_see_the_same(tmp_path: Path) -> None:
    chance = random.Random(5)
    hosts = [FileStore(tmp_path / "work", tmp_path / f"cache {number}", locks=False) for number in range(2)]
    record = learn(hosts[0], *(f"Lesson {number}" for number in range(5)))
    said = 0
    for number in range(100):
        host, lesson = chance.choice(hosts), chance.choice(record.lessons)
        host.add_event(lesson.id, {"state": chance.choice(["agreed", "captured"]), "note": f"n{number}"})
        said += 1
    lives = [host.register.lives() for host in (*hosts, open_store(tmp_path))]
    assert lives[0] == lives[1] == lives[2]
    assert sum(len(life.turns) for life in lives[0].values()) == said
    assert all(life.rivals == {} for life in lives[0].values())


def test_a_copy_of_the_workspace_joined_again_loses_no_lesson(tmp_path: Path) -> None:
    """What a service does that synchronises folders: whole files come, one by one and in any order."""
    folders = [tmp_path / "a", tmp_path / "b"]
    stores = [open_store(folder) for folder in folders]
    words = []
    for number in range(30):
        words.append(f"w{number}x")
        learn(stores[number % 2], words[-1])
        stores[number % 2].register.add([kept(f"k{number}x")])
    files = [(folder, path) for folder in folders for path in (folder / "work").rglob("*.json")]
    random.Random(3).shuffle(files)
    for folder, path in files:
        other = folders[1 - folders.index(folder)] / "work" / path.relative_to(folder / "work")
        other.parent.mkdir(parents=True, exist_ok=True)
        other.write_bytes(path.read_bytes())
    for store in stores:
        assert [word for word in words if found(store, word) != [word]] == []
        assert store.register.count() == 60
        assert opened(store, store.records()[0].id).record.lessons
    age(folders[0])
    assert len(found(stores[0], "", 100)) == 60
