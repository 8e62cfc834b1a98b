"""A disk that is really full: saves into a small memory disk until nothing fits, then makes room and goes on.

Needs the right to mount (root on Linux); says so where it is missing. Prints what happened, and asserts that nothing
that was acknowledged is lost.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from msgspec.structs import replace

from benchmarks.store_save import entry, session
from kmtui.model.errors import StoreError
from kmtui.model.session import Session
from kmtui.store.files import FileStore

SIZE = "256k"


def fill(store: FileStore, disk: Path) -> None:
    """Save until the disk is full, look at what is there, make room, and save again."""
    ballast = disk / "ballast"
    ballast.write_bytes(b"x" * 65536)
    handle = store.create(session(0, 8))
    saved = 0
    try:
        while True:
            handle.save(replace(handle.record, entries=(*handle.record.entries, entry(saved))))
            saved += 1
    except StoreError as error:
        print(f"after {saved} saves: {error}")
    kept = store.read(handle.record.id)
    assert kept == handle.record
    assert isinstance(kept, Session)
    print(f"readable, with all {len(kept.entries)} acknowledged entries; left over: {list(disk.rglob('.*.tmp'))}")
    ballast.unlink()
    handle.save(replace(handle.record, entries=(*handle.record.entries, entry(saved))))
    print("after making room: saved")


def main() -> None:
    """Mount, fill, unmount."""
    with tempfile.TemporaryDirectory() as name:
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", name], capture_output=True, text=True, check=False
        )
        if mounted.returncode:
            print(f"not run: mounting is not allowed here ({mounted.stderr.strip()})")
            sys.exit(0)
        try:
            disk = Path(name)
            fill(FileStore(disk / "work", disk.parent / "unused-cache"), disk)
        finally:
            subprocess.run(["umount", name], check=True)


if __name__ == "__main__":
    main()
