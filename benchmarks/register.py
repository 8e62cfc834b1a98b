"""What searching lessons costs, side by side in one run: `python -m benchmarks.register [sessions]`.

Builds a workspace of so many sessions (20,000 unless told) with five lessons each, and prints times and ratios: search
as somebody types against a bare FTS5 table and a scan of stock TinyDB, bringing the index up to date, building it from
nothing, saving an answer, and the memory of the running program against that with an empty workspace. Asserts nothing.
"""

from __future__ import annotations

import itertools
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles

from msgspec.structs import replace
from tinydb import TinyDB, where

from benchmarks.start import BARE, resident_when_seen
from benchmarks.store_save import IDS, session
from kmtui.analysis.query import parse_query
from kmtui.model.session import Lesson, Session
from kmtui.store import layout
from kmtui.store.files import FileStore
from kmtui.store.records import new_content

LESSONS = 5
QUERIES = 60
DRAW = random.Random(5)
SYLLABLES = [consonant + vowel for consonant in "bcdfghlmnprstvw" for vowel in "aeiou"]
VOCABULARY = list({"".join(DRAW.choices(SYLLABLES, k=DRAW.randint(1, 4))) for _ in range(30_000)})
WEIGHTS = list(itertools.accumulate(1 / (rank + 3) for rank in range(len(VOCABULARY))))


def words(count: int) -> str:
    """Return words as unevenly spread as those of a language."""
    return " ".join(DRAW.choices(VOCABULARY, cum_weights=WEIGHTS, k=count))


def lesson() -> Lesson:
    """Return a lesson as long as those of public registers are."""
    return Lesson(
        id=IDS(),
        lesson=words(18),
        context=words(18),
        cause=words(10),
        recommendation=words(14),
        tags=(words(1),),
    )


def fill(folder: Path, count: int) -> list[Lesson]:
    """Write sessions without waiting for the disk, and return their lessons."""
    lessons: list[Lesson] = []
    for number in range(count):
        record = replace(session(number, 4), lessons=tuple(lesson() for _ in range(LESSONS)))
        path = folder / layout.path_of(record)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(new_content(record, "session"))
        os.utime(path, (1_700_000_000, 1_700_000_000))
        lessons += record.lessons
    return lessons


def typed(lessons: list[Lesson]) -> list[str]:
    """Return what is in the field after every key, from the second on, while people look for lessons."""
    found = []
    for _ in range(QUERIES):
        text = " ".join(DRAW.sample(DRAW.choice(lessons).lesson.split(), DRAW.randint(1, 3)))
        found += [text[:end] for end in range(2, len(text) + 1)]
    return found


def bare_table(lessons: list[Lesson]) -> sqlite3.Connection:
    """Return a table of FTS5 as its manual begins with: the same texts, nothing else."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE bare USING fts5(lesson, recommendation, cause, context, about)")
    rows = ((each.lesson, each.recommendation, each.cause, each.context, each.tags[0]) for each in lessons)
    database.executemany("INSERT INTO bare VALUES (?, ?, ?, ?, ?)", rows)
    return database


def bare_search(database: sqlite3.Connection, text: str) -> int:
    """Return how many of the best fifty a bare query finds: all words, the last one as a beginning."""
    match = " ".join(f'"{word}"' for word in text.split()) + ("" if text.endswith(" ") else " *")
    query = "SELECT lesson FROM bare WHERE bare MATCH ? ORDER BY rank LIMIT 50"
    return len(database.execute(query, (match,)).fetchall())


def timed(call: Callable[[], object]) -> float:
    """Return the seconds of a call."""
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def say(what: str, seconds: float, more: str = "") -> None:
    """Print a line."""
    print(f"{what:<68} {seconds * 1000:10.1f} ms  {more}")


def p95(times: list[float]) -> float:
    """Return the time below which nineteen of twenty are."""
    return quantiles(times, n=20)[-1]


def searching(store: FileStore, lessons: list[Lesson]) -> None:
    """Print what it costs to search while somebody types, beside a bare query and a scan."""
    texts = typed(lessons)
    database = bare_table(lessons)
    ours, bare = [], []
    for text in texts:
        query = parse_query(text, typing=True)
        ours.append(timed(lambda query=query: store.register.search(query, 50)))  # type: ignore[misc]
        bare.append(timed(lambda text=text: bare_search(database, text)))  # type: ignore[misc]
    say(f"bare FTS5, {len(texts)} texts as typed, median", median(bare))
    say("bare FTS5, 95th percentile", p95(bare))
    say("search as typed, median", median(ours), f"{median(ours) / median(bare):.2f} times bare")
    say("search as typed, 95th percentile", p95(ours), f"{p95(ours) / p95(bare):.2f} times bare")
    say("search as typed, slowest", max(ours))


def scanning(folder: Path, lessons: list[Lesson]) -> None:
    """Print what a scan of stock TinyDB costs."""
    with TinyDB(folder / "stock.json") as database:
        database.insert_multiple({"lesson": each.lesson, "recommendation": each.recommendation} for each in lessons)
        word = lessons[0].lesson.split()[0]
        say("stock TinyDB, one search", timed(lambda: database.search(where("lesson").search(word))))


def changing(store: FileStore) -> None:
    """Print what it costs to bring the index up to date after ten files have changed."""
    for line in store.records()[:10]:
        record = store.read(line.id)
        assert isinstance(record, Session)
        (store_folder(store) / layout.place_of(store_folder(store), line.id).path).write_bytes(
            new_content(replace(record, lessons=(lesson(),)), "session")
        )
    say("index up to date after 10 changed files", timed(store.register.look))
    say("looking once more, those files still young", timed(store.register.look))


def store_folder(store: FileStore) -> Path:
    """Return where the workspace lies."""
    return Path(store.place)


def saving(store: FileStore, what: str) -> float:
    """Print what saving one answer costs, and return it."""
    handle = store.create(session(1, 40))
    times = []
    for number in range(100):
        changed = replace(handle.record, title=f"Ward move {number}")
        times.append(timed(lambda changed=changed: handle.save(changed)))  # type: ignore[misc]
    handle.close()
    say(f"saving one answer, {what}", median(times))
    return median(times)


def memory(folder: Path, cache: Path, empty: Path) -> None:
    """Print the memory of the running program with a full and an empty workspace, and of a bare Textual app."""
    command = [sys.executable, "-m", "kmtui"]
    environment = {**os.environ, "TERM": "xterm-256color", "XDG_CACHE_HOME": str(cache), "KMTUI_PLAIN": "0"}
    with_empty = resident_when_seen(command, b"Past sessions", {**environment, "KMTUI_WORKSPACE": str(empty)})
    full = resident_when_seen(command, b"Past sessions", {**environment, "KMTUI_WORKSPACE": str(folder)})
    bare = resident_when_seen([sys.executable, "-c", BARE], b"first frame", environment)
    print(f"memory: bare app {bare:.0f} MB, empty workspace {with_empty:.0f} MB, full {full:.0f} MB: ", end="")
    print(f"{full / with_empty:.2f} times the empty one")


def main() -> None:
    """Measure."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    with tempfile.TemporaryDirectory(dir=Path(__file__).parent.parent, prefix=".bench-") as place:
        root = Path(place)
        lessons = fill(root / "work", count)
        print(f"{len(lessons)} lessons in {count} sessions")
        store = FileStore(root / "work", root / "cache" / "kmtui")
        told: list[int] = []

        def progress(done: int, _of: int) -> bool:
            told.append(done)
            return True

        say("index from nothing", timed(lambda: store.register.look(progress)), f"progress told {len(told)} times")
        say("looking again, nothing changed", timed(store.register.look))
        searching(store, lessons)
        changing(store)
        full = saving(store, "full workspace")
        nothing = saving(FileStore(root / "empty", root / "cache" / "kmtui"), "empty workspace")
        print(f"  {full / nothing:.2f} times")
        store.close()
        memory(root / "work", root / "cache", root / "empty")
        scanning(root, lessons)


if __name__ == "__main__":
    main()
