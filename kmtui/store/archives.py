"""One backup as a ZIP archive: written in one stream and one step, and read as something that anybody may have made.

All members have one time, and are in the order of their names: nothing in an archive tells when a response was written.
"""

from __future__ import annotations

import os
import secrets
import stat
import struct
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, LargeZipFile, ZipFile, ZipInfo, is_zipfile

import msgspec

from kmtui.model.backup import Refused
from kmtui.model.errors import Damaged, NotFound, StoreError
from kmtui.store.atomic import discard, patiently, sync_folder, told
from kmtui.store.layout_files import Member, leads_out, member
from kmtui.store.system import System
from kmtui.text import shortened

LARGEST = 256 * 1024 * 1024
"""How many bytes one file in an archive may have: far more than any record, and no harm to memory."""

MOST = 16 * 1024 * 1024 * 1024
"""How many bytes all files in an archive may have together."""

_PIECE = 1024 * 1024
_LEVEL = 4  # a third quicker than the usual 6 on our files, and 3% larger
_SOME_DAY = (2000, 1, 1, 0, 0, 0)
_UNIX = 3  # the system of an archive that tells the permissions of its files
_FOR_ITS_OWNER = (stat.S_IFREG | 0o600) << 16
_LOCKED = 0x1
_SHOWN = 80
_SIGNATURE = b"PK\x03\x04"
_HEADER = struct.Struct("<4s22xHH")  # before the name of a file: the lengths of that and of what comes behind it
_WRONG = (BadZipFile, LargeZipFile, EOFError, zlib.error, struct.error, NotImplementedError, RuntimeError, ValueError)


class Packed(msgspec.Struct, frozen=True):
    """A file as it lies in an archive, to be copied into another one without unpacking it."""

    info: ZipInfo
    data: bytes


def write_archive(system: System, path: Path, marker: str, members: Iterable[tuple[str, bytes | Packed]]) -> None:
    """Write an archive, in the place of the one that is there where there is one.

    Args:
        system: the calls to the operating system.
        path: where it shall be; the folder is there.
        marker: the id by which a temporary file is known.
        members: the names of all files in it, in the order of the alphabet, and what they hold.

    Raises:
        StoreError: it could not be written, and there is what was there before. Only where the last step, the
            flushing of the folder, fails, the new archive is there and whole, and is not certain to stay.
    """
    temporary = path.with_name(f".{marker}.{secrets.token_hex(6)}.tmp")
    with told(path):
        try:
            _stream(system, temporary, members)
            patiently(system, lambda: system.replace(temporary, path))
        except BaseException:
            discard(system, temporary)
            raise
        sync_folder(system, path.parent)


def _stream(system: System, path: Path, members: Iterable[tuple[str, bytes | Packed]]) -> None:
    sink = _Sink(system, system.create(path))
    try:
        with ZipFile(cast(IO[bytes], sink), "w") as archive:
            for name, content in members:
                if isinstance(content, Packed):
                    _add_packed(archive, name, content)
                else:
                    archive.writestr(_described(name), content, ZIP_DEFLATED, _LEVEL)
        sink.finish()
    finally:
        system.close(sink.descriptor)


def _add_packed(archive: ZipFile, name: str, packed: Packed) -> None:
    """Add a file to an archive that is being written as zipfile does, which itself can only pack anew."""
    info = _described(name)
    for field in ("compress_type", "CRC", "compress_size", "file_size"):
        setattr(info, field, getattr(packed.info, field))
    info.header_offset = archive.start_dir
    record = info.FileHeader(zip64=False) + packed.data
    cast(IO[bytes], archive.fp).write(record)
    archive.filelist.append(info)
    archive.NameToInfo[name] = info
    archive.start_dir += len(record)


def _described(name: str) -> ZipInfo:
    info = ZipInfo(name, _SOME_DAY)
    info.create_system = _UNIX
    info.external_attr = _FOR_ITS_OWNER
    return info


class _Sink:
    """A new file as zipfile writes one that cannot be moved about in, a megabyte at a time through our calls."""

    def __init__(self, system: System, descriptor: int) -> None:
        self._system = system
        self.descriptor = descriptor
        self._waiting = bytearray()

    def write(self, data: bytes) -> int:
        self._waiting += data
        if len(self._waiting) >= _PIECE:
            self._put()
        return len(data)

    def flush(self) -> None:
        """Do nothing: only the end is worth waiting for."""

    def finish(self) -> None:
        self._put()
        self._system.fsync(self.descriptor)

    def _put(self) -> None:
        left = memoryview(bytes(self._waiting))
        while left:
            left = left[self._system.write(self.descriptor, left) :]
        self._waiting.clear()


class Archive:
    """An archive that is open for reading. `names` are those of all files in it, whoever they belong to.

    `good` are the files that may be ours, in the order in which they are put back, and `bad` those that are not.
    """

    def __init__(self, zipped: ZipFile, path: Path) -> None:
        self._zipped = zipped
        self._path = path
        infos = [info for info in zipped.infolist() if not info.is_dir()]
        times = Counter(info.filename for info in infos)
        self._infos = {info.filename: info for info in infos}
        self.names = sorted(self._infos)
        self.bad: list[Refused] = []
        self.good: list[Member] = []
        for each in self.names:
            found = member(each)
            wrong = _wrong_with(self._infos[each], found, times[each])
            if wrong or found is None:
                self.bad.append(refused(each, wrong))
            else:
                self.good.append(found)
        self.good.sort(key=lambda found: found.order)

    def read(self, name: str) -> bytes:
        """Return what a file in the archive holds. Raises Damaged."""
        info = self._infos[name]
        if info.file_size > LARGEST:
            raise Damaged(_TOO_LARGE)
        content = bytearray()
        try:
            # In pieces: asked for all at once, zipfile would unpack whatever is there before it looks at the size.
            with self._zipped.open(info) as file:
                while piece := file.read(_PIECE):
                    content += piece
        except (*_WRONG, OSError) as error:
            raise Damaged(f"It cannot be unpacked: {_reason(error)}.") from None
        return bytes(content)

    def packed(self, name: str) -> Packed:
        """Return a file as it lies in the archive, which may be damaged. Raises Damaged."""
        info = self._infos[name]
        if info.flag_bits & _LOCKED:
            raise Damaged(_UNDER_LOCK)
        try:
            return Packed(info, self._raw(info))
        except (*_WRONG, OSError) as error:
            raise Damaged(f"It cannot be read: {_reason(error)}.") from None

    def _raw(self, info: ZipInfo) -> bytes:
        """Return the bytes behind the header of a file, which has a name and more of lengths that it tells itself."""
        file = cast(IO[bytes], self._zipped.fp)
        file.seek(info.header_offset)
        header = file.read(_HEADER.size)
        signature, name, extra = _HEADER.unpack(header)
        file.seek(name + extra, os.SEEK_CUR)
        data = file.read(info.compress_size)
        if signature != _SIGNATURE or len(data) != info.compress_size:
            raise BadZipFile("it is cut off")
        return data


_UNDER_LOCK = "It is locked with a password."
_TOO_LARGE = "It is far larger than any file of kmtui."


def _wrong_with(info: ZipInfo, found: Member | None, times: int) -> str:
    """Return why a file in an archive cannot be taken whatever it holds, or an empty text."""
    if leads_out(info.filename) or "\0" in info.orig_filename:
        return "Its name leads out of the workspace."
    if found is None:
        return "It is no file of kmtui."
    if stat.S_ISLNK(info.external_attr >> 16):
        return "It is a link to another file."
    if times > 1:
        return "There are two files with this name in the backup."
    if info.flag_bits & _LOCKED:
        return _UNDER_LOCK
    if info.compress_type not in (ZIP_DEFLATED, ZIP_STORED):
        return "It is packed in a way that kmtui does not use."
    return _TOO_LARGE if info.file_size > LARGEST else ""


def refused(name: str, why: str) -> Refused:
    """Return that a file was not taken, fit to be shown to people."""
    return Refused(file=shortened(name, _SHOWN), why=why)


def number_of_files(path: Path) -> int | None:
    """Return how many files an archive holds, or None where it cannot be read or is cut off."""
    try:
        with ZipFile(path) as zipped:
            return sum(not info.is_dir() for info in zipped.infolist())
    except (*_WRONG, OSError):
        return None


def has_end(path: Path) -> bool:
    """Say whether a file ends as an archive does, which one that is cut off does not."""
    try:
        return is_zipfile(path)
    except OSError:
        return False


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Open an archive for reading.

    Raises:
        NotFound: there is no such file.
        Damaged: it is no archive, half of one, or far too large.
        StoreError: it could not be read.
    """
    try:
        zipped = ZipFile(path)
    except (FileNotFoundError, NotADirectoryError):
        raise NotFound(f"There is no file {path}. Give the path of a backup, or the name of one here.") from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StoreError(
            f"{path} could not be read: {reason}. Check the drive and your access, and try again."
        ) from error
    except _WRONG as error:
        raise Damaged(
            f"{path.name} is no whole backup: it is cut off, damaged or something else ({_reason(error)}). "
            "Choose another one."
        ) from None
    with zipped:
        if sum(info.file_size for info in zipped.infolist()) > MOST:
            raise Damaged(f"{path.name} would be far too large when it is unpacked. Choose another one.")
        yield Archive(zipped, path)


def _reason(error: Exception) -> str:
    return shortened(str(error), _SHOWN).rstrip(".") or type(error).__name__
