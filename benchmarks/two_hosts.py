"""Two hosts on one network folder without shared locks: `python -m benchmarks.two_hosts [seconds]`.

As root on Linux the two hosts are processes, each on a mount of its own: two overlays over one and the same folder. The
locks of one do not meet those of the other, and what one replaces the other goes on seeing as it was: harder than a
network folder, where that passes after seconds. Anywhere else they are two processes on one path, which use no locks.
Each captures lessons in sessions of its own, imports some, and says what has become of lessons of both, as far as it
sees them. Then the folder is read anew, and what was acknowledged, lost and unreadable is printed. Asserts nothing.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from benchmarks.store_save import IDS, session
from kmtui.analysis.query import Query
from kmtui.model.errors import StoreError
from kmtui.model.lesson import KeptLesson
from kmtui.model.session import Lesson
from kmtui.store.files import FileStore, utc_now

SECONDS = 10.0
A_SESSION = 10  # lessons
APART = "--apart"


def host(folder: Path, cache: Path, seconds: float, *, locks: bool) -> None:
    """Work on the folder as one host, and print the kind and id of all that was saved once it is."""
    store = FileStore(folder, cache, locks=locks)
    end = time.monotonic() + seconds
    number = 0
    while time.monotonic() < end:
        number += 1
        handle = store.create(session(number, 2))
        for _ in range(A_SESSION):
            new = Lesson(id=(lesson_id := IDS()), lesson=f"Learnt as {lesson_id}")
            handle.save(replace(handle.record, lessons=(*handle.record.lessons, new)))
            print("lesson", new.id, flush=True)
        handle.close()
        imported = kept()
        store.register.add([imported])
        print("lesson", imported.id, flush=True)
        with suppress(StoreError):  # what is said of a lesson is acknowledged where it does not fail
            for line in list(store.register.all())[:4]:
                event = store.add_event(line.id, {"owner": f"Host {cache.name}"})
                print("event", event.id, flush=True)


def kept() -> KeptLesson:
    """Return an imported lesson with words that no other one has."""
    now, lesson_id = utc_now(), IDS()
    return KeptLesson(id=lesson_id, created=now, changed=now, date=now.date(), lesson=f"Imported as {lesson_id}")


def run(paths: list[Path], caches: Path, seconds: float, *, locks: bool) -> dict[str, set[str]]:
    """Let a process work on each path, and return what they acknowledged."""
    begin = [sys.executable, "-m", "benchmarks.two_hosts", "host"]
    hosts = [
        subprocess.Popen(
            [*begin, str(path), str(caches / str(number)), str(seconds), str(int(locks))],
            stdout=subprocess.PIPE,
            text=True,
        )
        for number, path in enumerate(paths)
    ]
    said: dict[str, set[str]] = {"lesson": set(), "event": set()}
    for each in hosts:
        output = each.communicate()[0]
        for kind, thing_id in (line.split() for line in output.splitlines()):
            said[kind].add(thing_id)
        print(f"host ended with {each.returncode}")
    return said


def tell(folder: Path, cache: Path, said: dict[str, set[str]]) -> None:
    """Read the folder as somebody does who comes new to it, and print what is there."""
    store = FileStore(folder, cache)
    there = {line.id for line in store.register.all()}
    events = {event.id for each in store.events().values() for event in each}
    found = sum(bool(store.register.search(query(each), 1)) for each in said["lesson"])
    rivals = sum(bool(life.rivals) for life in store.register.lives().values())
    print(f"lessons: {len(said['lesson'])} acknowledged, {len(said['lesson'] - there)} lost, {found} found by search")
    print(f"events: {len(said['event'])} acknowledged, {len(said['event'] - events)} lost; {rivals} lives with rivals")
    print(f"files that cannot be read: {len(store.troubles())}; the index is sound: {store.register.check_index()}")


def query(word: str) -> Query:
    """Return what asks for one word."""
    return Query(words=(word,))


def mounted(place: Path) -> list[Path]:
    """Mount one folder twice. Raises CalledProcessError where that is not possible."""
    for name in ("disk", "below", "one", "two"):
        (place / name).mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "none", str(place / "disk")], check=True)
    (place / "disk" / "work").mkdir()
    for name in ("one", "two"):
        (place / "disk" / f"for {name}").mkdir()
        (place / "below" / name).mkdir()
        options = f"lowerdir={place}/below/{name},upperdir={place}/disk/work,workdir={place}/disk/for {name}"
        subprocess.run(["mount", "-t", "overlay", name, "-o", options, str(place / name)], check=True)
    return [place / "one", place / "two"]


def meet(paths: list[Path]) -> bool:
    """Say whether a lock that one path holds is seen from the other."""
    import fcntl  # not on Windows

    (paths[0] / "lock").touch()
    with (paths[0] / "lock").open() as one, (paths[1] / "lock").open() as other:
        fcntl.flock(one, fcntl.LOCK_EX)
        try:
            fcntl.flock(other, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False


def main(seconds: float) -> None:
    """Measure on two mounts, or on one path without locks."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        if APART in sys.argv:
            paths = mounted(place)
            print(f"two mounts of one folder, whose locks meet: {meet(paths)}")
            try:
                said = run(paths, place / "caches", seconds, locks=True)
            finally:
                subprocess.run(["umount", *map(str, paths)], check=True)
            tell(place / "disk" / "work", place / "caches" / "new", said)
            subprocess.run(["umount", str(place / "disk")], check=True)
        else:
            print("two processes on one path without locks")
            said = run([place / "work"] * 2, place / "caches", seconds, locks=False)
            tell(place / "work", place / "caches" / "new", said)


def own_mounts(seconds: float) -> int:
    """Run this again where mounts are seen by nobody else, and return how it ended."""
    again = [sys.executable, "-m", "benchmarks.two_hosts", str(seconds), APART]
    return subprocess.run(["unshare", "--mount", *again], check=False).returncode


if __name__ == "__main__":
    if sys.argv[1:2] == ["host"]:
        host(Path(sys.argv[2]), Path(sys.argv[3]), float(sys.argv[4]), locks=sys.argv[5] == "1")
    else:
        wanted = float(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1] != APART else SECONDS
        if APART in sys.argv or not hasattr(os, "geteuid") or os.geteuid() != 0 or own_mounts(wanted) != 0:
            main(wanted)
