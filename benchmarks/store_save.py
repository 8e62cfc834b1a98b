"""What saving and listing cost, side by side in one run: `python -m benchmarks.store_save [sessions]`.

Prints times and ratios and asserts nothing. Works in a new folder beside this file's project, which it removes again,
since the system's temporary folder may lie in memory.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median

from msgspec.structs import replace

from kmtui.flow import session as flow
from kmtui.model.ids import IdMaker
from kmtui.model.session import Action, Entry, Lesson, Session
from kmtui.model.technique import Actions, Brief, Collect, Lessons, Span, Technique
from kmtui.store import layout
from kmtui.store.files import FileStore
from kmtui.store.records import RecordFile, kind_of
from kmtui.store.storage import encode

SAVES = 200
START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
WORDS = "The porters waited for the lift because nobody had told the other ward that the move began at nine. "
IDS = IdMaker()


def technique() -> Technique:
    """Return a technique with as many words as those that come with kmtui."""
    tips = tuple(WORDS for _ in range(6))
    return Technique(
        id="after-action-review",
        version="1.0",
        name="After Action Review",
        phase="during",
        about=WORDS * 2,
        minutes=Span(least=15, most=60),
        people=Span(least=2, most=12),
        use_when=tips,
        avoid_when=tips,
        pitfalls=tips,
        steps=(
            Brief(id="welcome", title="Welcome", say=WORDS * 2, tips=tips),
            *(Collect(id=each, title=each, say=WORDS * 3, tips=tips) for each in ("expected", "actual", "why")),
            Lessons(id="learn", title="What can we learn from this?", say=WORDS * 3, tips=tips),
            Actions(id="act", title="Who does what by when?", say=WORDS * 3, tips=tips),
        ),
    )


TECHNIQUE = technique()


def entry(number: int) -> Entry:
    """Return an entry of a usual length."""
    return Entry(id=IDS(), step="actual", text=f"{number}: {WORDS}")


def session(number: int, entries: int) -> Session:
    """Return a session with entries, two lessons and two actions."""
    at = START + timedelta(minutes=7 * number)
    begun = flow.begin(IDS(), TECHNIQUE, at, at.date(), title=f"Ward move {number}", team=f"Ward {number % 40}")
    return replace(
        begun,
        ended=at if number % 50 else None,
        entries=tuple(entry(each) for each in range(entries)),
        lessons=tuple(Lesson(id=IDS(), lesson=WORDS, cause=WORDS, tags=("moves",)) for _ in range(2)),
        actions=tuple(Action(id=IDS(), action=WORDS, owner="Bed manager", due=date(2026, 12, 1)) for _ in range(2)),
    )


def fill(folder: Path, count: int) -> None:
    """Write sessions without waiting for the disk, as their files would be after years."""
    for number in range(count):
        record = session(number, 8)
        path = folder / layout.path_of(record)
        path.parent.mkdir(parents=True, exist_ok=True)
        # The bytes that the store would write; only the waiting for the disk is left out.
        documents = RecordFile[Session](path, kind_of(record), record.id)._documents(record)
        tables = {name: {str(row): each for row, each in enumerate(rows, 1)} for name, rows in documents.items()}
        path.write_bytes(encode(tables))


def each_time(call: Callable[[], object], times: int = SAVES) -> float:
    """Return the median time of a call in milliseconds."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return median(taken) * 1000


def bare(folder: Path) -> Callable[[], None]:
    """Return the least that an atomic replacement of 600 bytes can be."""
    content, spare, target = os.urandom(600), folder / "spare", folder / "target"

    def call() -> None:
        descriptor = os.open(spare, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        os.write(descriptor, content)
        os.fsync(descriptor)
        os.close(descriptor)
        spare.replace(target)
        if os.name != "nt":
            parent = os.open(folder, os.O_RDONLY)
            os.fsync(parent)
            os.close(parent)

    return call


def saving(store: FileStore, entries: int) -> Callable[[], None]:
    """Return the saving of one more answer; the session is cut back, so that it keeps its size."""
    handle = store.create(session(0, entries))

    def call() -> None:
        handle.save(replace(handle.record, entries=(*handle.record.entries[1:], entry(0))))

    return call


def say(what: str, milliseconds: float, base: float | None = None) -> None:
    """Print one line."""
    ratio = f"{milliseconds / base:8.2f} x" if base else " " * 10
    print(f"{what:64}{milliseconds:10.2f} ms{ratio}")


def savings(folder: Path, full: FileStore) -> None:
    """Compare saves with the bare replacement, in turns, so that a slow moment of the disk meets all of them."""
    empty = FileStore(folder / "empty", folder / "cache")
    calls = {
        "bare atomic replacement of 600 bytes": bare(folder),
        "one answer, 40 entries, no other sessions": saving(empty, 40),
        "one answer, 40 entries, all other sessions": saving(full, 40),
        "one answer, 400 entries, all other sessions": saving(full, 400),
    }
    taken: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(SAVES):
        for name, call in calls.items():
            taken[name].append(each_time(call, 1))
    base = median(taken["bare atomic replacement of 600 bytes"])
    for name, times in taken.items():
        say(name, median(times), base)


def listings(folder: Path, count: int) -> None:
    """Time the lists of a large workspace."""

    def store() -> FileStore:
        return FileStore(folder / "full", folder / "cache")

    say(f"records(), {count} sessions, built from nothing", each_time(lambda: store().records(), 1))
    time.sleep(2.1)  # files younger than two seconds are read again each time
    store().records()
    say(f"records(), {count} sessions, nothing changed, new process", each_time(lambda: store().records(), 5))
    opened = store()
    opened.records()
    say(f"records(), {count} sessions, nothing changed, same process", each_time(opened.records, 5))
    say(f"actions(), {count} sessions, first time", each_time(opened.actions, 1))
    say(f"lessons(), {count} sessions, first time", each_time(lambda: list(opened.register.all()), 1))
    handle = opened.open(opened.records()[count // 2].id)
    assert isinstance(handle.record, Session)

    def changed() -> None:
        handle.save(replace(handle.record, title=f"{handle.record.title}."))
        opened.records()

    say(f"save and records(), {count} sessions", each_time(changed, 5))
    say(f"find(), {count} sessions", each_time(lambda: opened.find(handle.record.id), 5))
    say(f"read(), {count} sessions", each_time(lambda: opened.read(handle.record.id), 5))


def main() -> None:
    """Run everything in a folder of its own."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory(dir=Path(__file__).parent, prefix=".store-") as name:
        folder = Path(name)
        fill(folder / "full", count)
        savings(folder, FileStore(folder / "full", folder / "cache"))
        listings(folder, count)


if __name__ == "__main__":
    main()
