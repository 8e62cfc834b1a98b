"""Writing of files in one step: whenever the machine stops, the file is the old one or the new one, and whole."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from kmtui.model.errors import ChangedMeanwhile, StoreError
from kmtui.store.system import System

Result = TypeVar("Result")

BACKUP = ".bak"
"""What is added to the name of a file for the generation before."""

SOME_DAY = 946_684_800
"""The first of January 2000 in seconds since 1970: the time of files whose time would tell who wrote them."""

_PATIENCE = 2.5  # seconds in which a scanner on Windows lets go of a file
_PAUSE = 0.05
_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_NOT_ALLOWED = {errno.EACCES, errno.EPERM, errno.EROFS}
_GONE = {errno.ENOENT, errno.ENOTDIR, errno.ENODEV, errno.ENXIO, getattr(errno, "ESTALE", errno.ENODEV)}
_CANNOT_FLUSH = {errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EBADF, errno.EACCES, errno.EISDIR}


def backup_of(path: Path) -> Path:
    """Return where the generation before of a file lies."""
    return path.with_name(path.name + BACKUP)


def replace_file(system: System, path: Path, content: bytes, *, accepted: tuple[bytes, ...], marker: str) -> None:
    """Replace a file of the workspace and keep the generation before as its backup.

    Args:
        system: the calls to the operating system.
        path: a file that is there.
        content: what it shall hold.
        accepted: what it may hold now; anything else is the work of somebody else and is not replaced.
        marker: a part for the name of the temporary file, by which leftovers are known.

    Raises:
        ChangedMeanwhile: the file holds something else, or is not there.
        StoreError: it could not be written. The file is as it was; only where the last step, the flushing of the
            folder, fails, the new content may be there already, and is not certain to stay.
    """
    _replace(system, path, content, accepted, marker, generation=True)


def overwrite(
    system: System,
    path: Path,
    content: bytes,
    *,
    accepted: tuple[bytes, ...],
    marker: str,
    timeless: bool = False,
) -> None:
    """Replace a file as `replace_file` does, and leave its backup alone: the present content is not worth keeping.

    With `timeless` the file does not say when it was written.
    """
    _replace(system, path, content, accepted, marker, generation=False, timeless=timeless)


def _replace(
    system: System,
    path: Path,
    content: bytes,
    accepted: tuple[bytes, ...],
    marker: str,
    *,
    generation: bool,
    timeless: bool = False,
) -> None:
    with told(path):
        temporary = _temporary(system, path.parent, marker, content, timeless=timeless)
        try:
            now = patiently(system, lambda: _unchanged(system, path, accepted))
            if generation:
                _keep_generation(system, path, now, marker)
            patiently(system, lambda: system.replace(temporary, path))
        except BaseException:
            discard(system, temporary)
            raise
        sync_folder(system, path.parent)


def create_file(system: System, path: Path, content: bytes, *, marker: str, timeless: bool = False) -> None:
    """Write a file that is not there yet, and its folders. With `timeless` it does not say when it was written.

    Raises:
        ChangedMeanwhile: there is a file with this name already.
        StoreError: it could not be written, and is not there.
    """
    with told(path):
        make_folders(system, path.parent)
        create_unflushed(system, path, content, marker=marker, timeless=timeless)
        try:
            sync_folder(system, path.parent)
        except OSError:
            discard(system, path)
            raise


def create_unflushed(system: System, path: Path, content: bytes, *, marker: str, timeless: bool = False) -> None:
    """Write a file as `create_file` does, into a folder that is there and is not flushed. Raises also OSError."""
    temporary = _temporary(system, path.parent, marker, content, timeless=timeless)
    try:
        _name_new(system, temporary, path)
    finally:
        discard(system, temporary)


def write_new(system: System, path: Path, content: bytes, *, timeless: bool = False) -> None:
    """Write a new file under its own name, which others may see half done; the folder is not flushed.

    Raises OSError; FileExistsError where the name is taken.
    """
    descriptor = system.create(path)
    try:
        try:
            _write_all(system, descriptor, content)
            system.fsync(descriptor)
        finally:
            system.close(descriptor)
    except BaseException:
        discard(system, path)
        raise
    if timeless:
        with suppress(OSError):  # not possible on every disk, and no reason to lose what was written
            system.set_time(path, SOME_DAY)


def write_export(system: System, path: Path, content: bytes) -> None:
    """Write a file wherever a person wants it; one that is there keeps its permissions, and a link stays a link.

    Raises:
        StoreError: it could not be written. The file is as it was.
    """
    with told(path):
        target = path.resolve() if path.is_symlink() else path
        mode = _mode(target)
        if mode is not None and stat.S_ISDIR(mode):
            raise StoreError(f"{path} is a folder. Give the name of a file in it.")
        if mode is not None and not stat.S_ISREG(mode):
            _write_into(system, target, content)  # a pipe or a device must never be replaced by a file
            return
        temporary = _temporary(system, target.parent, "export", content)
        try:
            if mode is not None and not system.windows:
                system.chmod(temporary, stat.S_IMODE(mode))
            patiently(system, lambda: system.replace(temporary, target))
        except BaseException:
            discard(system, temporary)
            raise
        sync_folder(system, target.parent)


def make_folders(system: System, folder: Path) -> None:
    """Make a folder and those above it that are missing, each for its owner alone and on disk. Raises OSError."""
    if folder.is_dir():
        return
    make_folders(system, folder.parent)
    try:
        system.make_folder(folder)
    except FileExistsError:
        if not folder.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder)) from None
    sync_folder(system, folder.parent)


def sync_folder(system: System, folder: Path) -> None:
    """Flush a folder, where folders can be flushed. Raises OSError where the disk fails."""
    if system.windows:
        return
    try:
        system.sync_folder(folder)
    except OSError as error:
        if error.errno not in _CANNOT_FLUSH:
            raise


def discard(system: System, path: Path) -> None:
    """Remove a file that is not needed, if it is there and can be removed."""
    with suppress(OSError):
        system.remove(path)


def patiently(system: System, call: Callable[[], Result]) -> Result:
    """Make a call that other programs can hinder on Windows, again and again for 2.5 seconds."""
    until = system.seconds() + _PATIENCE
    while True:
        try:
            return call()
        except PermissionError:
            if not system.windows or system.seconds() >= until:
                raise
        system.wait(_PAUSE)


@contextmanager
def told(path: Path, done: str = "written") -> Iterator[None]:
    """Turn an error of the operating system into one that says what is wrong, where, and what to do.

    `done` is the participle of what is tried.
    """
    try:
        yield
    except OSError as error:
        raise StoreError(in_words(error, path, done)) from error
    except (RuntimeError, ValueError) as error:  # a loop of links in older versions of pathlib; a NUL in the name
        raise StoreError(f"{path} could not be {done}: {error}. Choose another place.") from error


def in_words(error: OSError, path: Path, done: str) -> str:
    """Return what hindered the writing or deleting of a file, for people."""
    if error.errno in _NO_ROOM:
        return f"There is no room left on the disk for {path}. Make some room, and try again."
    if error.errno == errno.EROFS:
        return f"{path} could not be {done}: the disk can only be read. Choose another folder."
    if error.errno in _NOT_ALLOWED:
        return f"{path} could not be {done}: you may not write there. Choose another folder, or ask for access."
    if error.errno in _GONE:
        return f"The folder {path.parent} is not there. Connect its drive again, make it, or choose another folder."
    if error.errno == errno.ENAMETOOLONG:
        return f"The name {path} is too long for this disk. Choose a shorter one, or a folder higher up."
    reason = error.strerror or type(error).__name__
    return f"{path} could not be {done}: {reason}. Try again, or choose another folder."


def _temporary(system: System, folder: Path, marker: str, content: bytes, *, timeless: bool = False) -> Path:
    """Write the content into a new file beside the target, and return where, once it is on disk."""
    path = folder / _spare_name(marker)
    write_new(system, path, content, timeless=timeless)
    return path


def _spare_name(marker: str) -> str:
    return f".{marker}.{secrets.token_hex(6)}.tmp"


def _write_all(system: System, descriptor: int, content: bytes) -> None:
    left = memoryview(content)
    while left:
        written = system.write(descriptor, left)
        left = left[written:]


def _unchanged(system: System, path: Path, accepted: tuple[bytes, ...]) -> bytes:
    """Return what a file holds if that is what was read from it or written to it before."""
    try:
        now = system.read(path)
    except FileNotFoundError:
        if not path.parent.is_dir():
            raise  # the drive was taken out: nobody has deleted the record
        raise ChangedMeanwhile(
            f"{path.name} is not there any more: somebody has deleted or moved it. "
            "What you wrote is still here; save it in another place."
        ) from None
    if now not in accepted:
        raise ChangedMeanwhile(
            f"{path.name} was changed on disk after it was opened here, in another window or by somebody else. "
            "Nothing was overwritten, and what you wrote is still here. "
            "Save a copy of it in another place, then open the record again."
        )
    return now


def _keep_generation(system: System, path: Path, now: bytes, marker: str) -> None:
    """Make the backup another name of the present file, which the next step takes from its own name."""
    spare = path.with_name(_spare_name(marker))
    try:
        system.link(path, spare)
    except OSError:  # links are impossible on some disks; a full or failing one fails again in the copying
        spare = _temporary(system, path.parent, marker, now)
    try:
        patiently(system, lambda: system.replace(spare, backup_of(path)))
    except BaseException:
        discard(system, spare)
        raise
    # Where both are names of one file already, after a kill between these steps, replacing does nothing at all.
    discard(system, spare)


def _name_new(system: System, temporary: Path, path: Path) -> None:
    """Give a finished temporary file its name, unless the name is taken."""
    try:
        system.link(temporary, path)
    except FileExistsError:
        raise _taken(path) from None
    except OSError:  # no links on this disk: look first, then move
        if path.exists():
            raise _taken(path) from None
        patiently(system, lambda: system.replace(temporary, path))


def _taken(path: Path) -> ChangedMeanwhile:
    return ChangedMeanwhile(f"There is a file {path.name} already. It was left as it is; open it instead.")


def _mode(path: Path) -> int | None:
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None


def _write_into(system: System, path: Path, content: bytes) -> None:
    descriptor = os.open(path, os.O_WRONLY | getattr(os, "O_BINARY", 0))
    try:
        _write_all(system, descriptor, content)
    finally:
        system.close(descriptor)
