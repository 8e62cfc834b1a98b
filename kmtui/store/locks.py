"""Locks: they tell a second window on the same record that it is the second. The comparing protects; they only warn.

The lock on the responses to a survey also makes others wait, so that two imports of one file do not count it twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from kmtui.model.errors import ChangedMeanwhile
from kmtui.store.atomic import make_folders
from kmtui.store.system import System

if TYPE_CHECKING:
    from filelock import BaseFileLock


class Lock(Protocol):
    """A lock on one record, or on the responses to a survey."""

    def take(self) -> bool:
        """Say whether this window may write: it has the lock now, or no lock can be had here at all."""
        ...

    def give_back(self) -> None:
        """Let another window have it."""
        ...


class NoLock:
    """Where locks are not used: everybody may try, and comparing finds out."""

    def take(self) -> bool:
        """Say yes."""
        return True

    def give_back(self) -> None:
        """Do nothing."""


class RecordLock:
    """A lock file. Where none can be made (a disk that can only be read, a share without locks) it acts as NoLock."""

    def __init__(self, path: Path, system: System, wait: float = 0) -> None:
        """`wait` is for how many seconds another window may keep it before taking it is given up."""
        self._path = path
        self._system = system
        self._wait = wait
        self._lock: BaseFileLock | None = None

    def take(self) -> bool:
        """Say whether this window may write."""
        from filelock import Timeout  # 80 ms, which reading shall not cost

        if self._lock is not None:
            return True
        try:
            make_folders(self._system, self._path.parent)
            lock = _file_lock(self._path, self._wait)
            lock.acquire()
        except Timeout:
            return False
        except (OSError, NotImplementedError):
            return True
        self._lock = lock
        return True

    def give_back(self) -> None:
        """Let another window have it. The file stays: removing it would let two windows in."""
        lock, self._lock = self._lock, None
        if lock is not None:
            lock.release(force=True)


@contextmanager
def held(lock: Lock, otherwise: str) -> Iterator[None]:
    """Hold a lock. Raises ChangedMeanwhile with what is to be said otherwise where another window has it."""
    if not lock.take():
        raise ChangedMeanwhile(otherwise)
    try:
        yield
    finally:
        lock.give_back()


def _file_lock(path: Path, wait: float) -> BaseFileLock:
    from filelock import FileLock

    # Saves come from worker threads, so the lock belongs to the program and not to a thread.
    try:
        # A lock that is only a file would outlive a killed window; better none than that.
        return FileLock(path, timeout=wait, mode=0o600, thread_local=False, fallback_to_soft=False)
    except TypeError:  # an older filelock, which never makes such locks
        return FileLock(path, timeout=wait, mode=0o600, thread_local=False)
