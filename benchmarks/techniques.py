"""How long it takes to read techniques: 17 and 100 files, the time for each file, and what one technique alone costs.

Prints medians and ratios. Run it from the project's root: .venv/bin/python benchmarks/techniques.py
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from kmtui.content.library import Library, shipped_folder

ROUNDS = 15
MANY = 100


def copied(folder: Path, count: int) -> Path:
    """Fill a folder with so many techniques: the shipped ones, again and again under other ids."""
    folder.mkdir()
    shipped = sorted((shipped_folder() / "techniques").glob("*.yaml"))
    for number in range(count):
        source = shipped[number % len(shipped)]
        name = source.stem if number < len(shipped) else f"{source.stem}-{number}"
        text = source.read_text(encoding="utf-8").replace(f"id: {source.stem}\n", f"id: {name}\n", 1)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return folder


def read_all(folder: Path) -> int:
    """Read all techniques of a folder, and return how many there are."""
    return len(Library([folder], []).techniques())


def read_one(folder: Path, technique_id: str) -> object:
    """Read one technique of a folder."""
    return Library([folder], []).technique(technique_id)


def seconds(act: Callable[[], object]) -> float:
    """Return the median time of an act, each time from the beginning."""
    taken = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        act()
        taken.append(time.perf_counter() - started)
    return statistics.median(taken)


def main() -> None:
    """Measure both numbers of files, all of them and one alone."""
    few = len(list((shipped_folder() / "techniques").glob("*.yaml")))
    with tempfile.TemporaryDirectory() as place:
        folders = {count: copied(Path(place) / str(count), count) for count in (few, MANY)}
        each = {}
        for count, folder in folders.items():
            alone = min(path.stem for path in folder.iterdir())
            each[count] = seconds(partial(read_all, folder)) / count
            one = seconds(partial(read_one, folder, alone))
            print(f"{count:>4} files  {each[count] * 1000:6.2f} ms each   one alone {one * 1000:6.2f} ms")
        print(f"{MANY} against {few}: {each[MANY] / each[few]:.2f} times the time for each file")


if __name__ == "__main__":
    main()
