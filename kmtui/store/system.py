"""The calls to the operating system that writing needs, in one place, so that tests can let any of them fail."""

from __future__ import annotations

import os
import time
from pathlib import Path

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


class System:
    """One method for each call. Nothing is retried or explained here; every method raises OSError as it comes."""

    windows = os.name == "nt"
    """Whether files may be held by scanners, and folders cannot be flushed."""

    def create(self, path: Path) -> int:
        """Make a new file that only its owner can read, and return its descriptor."""
        return os.open(path, _NEW, 0o600)

    def write(self, descriptor: int, content: memoryview) -> int:
        """Write as much as goes, and return how many bytes that were."""
        return os.write(descriptor, content)

    def fsync(self, descriptor: int) -> None:
        """Wait until the file is on disk."""
        os.fsync(descriptor)

    def close(self, descriptor: int) -> None:
        """Close a descriptor."""
        os.close(descriptor)

    def read(self, path: Path) -> bytes:
        """Return what is in a file."""
        return path.read_bytes()

    def link(self, source: Path, target: Path) -> None:
        """Give a file a second name; fails where the name is taken."""
        os.link(source, target)

    def replace(self, source: Path, target: Path) -> None:
        """Move a file over another in one step."""
        os.replace(source, target)  # noqa: PTH105  # one call of the system, named as the system names it

    def remove(self, path: Path) -> None:
        """Remove a name of a file."""
        path.unlink()

    def chmod(self, path: Path, mode: int) -> None:
        """Set who may read and write a file."""
        path.chmod(mode)

    def set_time(self, path: Path, seconds: int) -> None:
        """Set when a file was changed and read last, in seconds since 1970."""
        os.utime(path, (seconds, seconds))

    def make_folder(self, path: Path) -> None:
        """Make one folder that only its owner can open."""
        path.mkdir(mode=0o700)

    def remove_folder(self, path: Path) -> None:
        """Remove an empty folder."""
        path.rmdir()

    def sync_folder(self, path: Path) -> None:
        """Wait until the names in a folder are on disk."""
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_DIRECTORY", 0) | getattr(os, "O_CLOEXEC", 0))
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def seconds(self) -> float:
        """Return a clock in seconds that never goes back."""
        return time.monotonic()

    def wait(self, seconds: float) -> None:
        """Do nothing for a while."""
        time.sleep(seconds)


SYSTEM = System()
"""The real one."""
