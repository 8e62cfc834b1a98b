"""TinyDB's storage on our atomic writer: the whole file or nothing, and never over somebody else's work."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec
from tinydb.storages import Storage

from kmtui.model.errors import Damaged, StoreError
from kmtui.store.atomic import create_file, overwrite, patiently, replace_file
from kmtui.store.system import SYSTEM, System
from kmtui.text import clean

Tables = dict[str, dict[str, dict[str, Any]]]

_BOM = b"\xef\xbb\xbf"
# What cleaning may change, as JSON writes it and as UTF-8, after bytes that are found much more quickly.
_UNCLEAN = {
    b"\\": re.compile(rb"\\[urbf]"),
    b"\x7f": re.compile(rb"\x7f"),
    b"\xc2": re.compile(rb"\xc2[\x80-\x9f]"),
    b"\xe2\x80": re.compile(rb"\xe2\x80[\xaa-\xae]"),
    b"\xe2\x81": re.compile(rb"\xe2\x81[\xa6-\xa9]"),
}


class AtomicStorage(Storage):
    """One file of tables. It is compared with what was read before it is replaced, and written in one step.

    A file that is not there is new. One that is there and is not ours is damaged, and stays as it is.
    """

    def __init__(
        self,
        path: Path,
        *,
        needs: str,
        marker: str = "kmtui",
        system: System = SYSTEM,
        check: Callable[[bytes], object] | None = None,
        traceless: bool = False,
    ) -> None:
        """Nothing is read here.

        Args:
            path: the file.
            needs: the table without which a file is not ours.
            marker: a part for the names of temporary files, by which leftovers are known.
            system: the calls to the operating system.
            check: raises ValueError for content that cannot be read again.
            traceless: leaves neither the generation before nor the time of writing, which would tell of people.
        """
        self.path = path
        self._needs = needs
        self._marker = marker
        self._system = system
        self._check = check
        self._traceless = traceless
        self._accepted: tuple[bytes, ...] = ()
        self._known: Tables | None = None
        self._held: Tables | None = None
        self._written = False

    @property
    def content(self) -> bytes | None:
        """What the file held when it was read or written last; None where there was none."""
        return self._accepted[-1] if self._accepted else None

    def read(self) -> Tables | None:
        """Return the tables, or None for a file that is not there. Raises Damaged, StoreError."""
        if self._held is not None:
            return dict(self._held)
        content = read_file(self._system, self.path)
        self._accepted = () if content is None else (content,)
        self._known = None if content is None else parse(content, self._needs, self.path.name)
        return None if self._known is None else dict(self._known)  # TinyDB changes what it gets

    def write(self, data: Tables) -> None:
        """Put the tables on disk, or keep them until the end of `together`. Raises ChangedMeanwhile, StoreError."""
        if self._held is not None:
            self._held = data
            self._written = True
        else:
            self._put(data)

    def expect_nothing(self) -> None:
        """Take it that there is no file yet; writing then refuses to touch one."""
        self._known, self._accepted = {}, ()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Make one write of all that is written within; nothing is written if an error comes out of it.

        What was read or written last is what it starts from, without reading again: the writing compares.
        """
        if self._known is None:
            self.read()
        self._held, self._written = dict(self._known or {}), False
        try:
            yield
            held, written = self._held, self._written
        finally:
            self._held = None
        if written:
            self._put(held)

    def _put(self, data: Tables) -> None:
        content = serialised(data, self.path.name, self._check)
        before = self._accepted
        # After a failure in the last step the new content may be on disk: it is ours too, and may be replaced.
        self._accepted = (*before, content)
        if before:
            self._replace(content, before)
        else:
            self._create(content)
        self._accepted, self._known = (content,), data

    def _replace(self, content: bytes, before: tuple[bytes, ...]) -> None:
        if self._traceless:
            overwrite(self._system, self.path, content, accepted=before, marker=self._marker, timeless=True)
        else:
            replace_file(self._system, self.path, content, accepted=before, marker=self._marker)

    def _create(self, content: bytes) -> None:
        try:
            create_file(self._system, self.path, content, marker=self._marker, timeless=self._traceless)
        except BaseException:
            self._accepted = ()
            raise


def serialised(data: Tables, name: str, check: Callable[[bytes], object] | None = None) -> bytes:
    """Return tables as the content of a file. Raises StoreError where `check` says that it cannot be read again."""
    try:
        content = encode(data)
        if check is not None:
            check(content)
    except (msgspec.MsgspecError, ValueError, TypeError) as error:
        raise StoreError(
            f"{name} was not saved, since it could not be read again: {plain(error)} "
            "What is on disk is as it was, and what you wrote is still here."
        ) from error
    return content


def encode(data: object) -> bytes:
    """Return data as JSON that people and comparing tools can read: a line for each field, UTF-8, LF."""
    try:
        compact = msgspec.json.encode(data)
    except UnicodeEncodeError:  # half a character, which UTF-8 cannot hold
        compact = msgspec.json.encode(cleaned(data))
    return msgspec.json.format(compact, indent=1) + b"\n"


def read_file(system: System, path: Path) -> bytes | None:
    """Return what a file holds, or None where there is none. Raises StoreError."""
    try:
        return patiently(system, lambda: system.read(path))
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StoreError(
            f"{path} could not be read: {reason}. Check the drive and your access, and try again."
        ) from error


def parse(content: bytes, needs: str, name: str) -> Tables:
    """Return the tables in the content of a file, with every text cleaned.

    Raises:
        Damaged: it is empty, cut off, no JSON, no object of tables, or not ours.
    """
    if not content.strip(b"\0 \t\r\n"):
        raise Damaged(f"{name} is empty.")
    try:
        data = msgspec.json.decode(content.removeprefix(_BOM))
    except (msgspec.MsgspecError, ValueError, RecursionError) as error:
        raise Damaged(f"{name} cannot be read: it is cut off or is not JSON ({plain(error).rstrip('.')}).") from None
    if not _are_tables(data):
        raise Damaged(f"{name} is JSON, but holds no tables of kmtui.")
    if needs not in data:
        raise Damaged(f'{name} is not a file of this kind: it has no table "{needs}".')
    tables: Tables = cleaned(data)
    return tables


def _are_tables(data: object) -> bool:
    return isinstance(data, dict) and all(
        isinstance(table, dict)
        and all(number.isdecimal() and isinstance(document, dict) for number, document in table.items())
        for table in data.values()
    )


def surely_clean(content: bytes) -> bool:
    """Say whether nothing in the content of a file needs cleaning, without reading it. No means perhaps."""
    return not any(start in content and pattern.search(content) for start, pattern in _UNCLEAN.items())


def cleaned(data: Any) -> Any:
    """Return data with every text in it cleaned, at any depth."""
    if isinstance(data, str):
        return clean(data)
    if isinstance(data, dict):
        return {clean(key): cleaned(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [cleaned(value) for value in data]
    return data


def plain(error: Exception) -> str:
    """Return a decoding error as a sentence that names the field."""
    words = str(error).replace("`", "").replace("$.", "")
    message, separator, where = words.rpartition(" - at ")
    if not separator:
        return f"{words}."
    return f'The field "{where}" does not fit: {message[:1].lower()}{message[1:]}.'
