"""From a file that comes from elsewhere to its text: what is no text at all, and whatever encoding it is in."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from kmtui.model.base import Value
from kmtui.model.errors import WrongInput
from kmtui.text import one_line

_BINARY = (
    (b"PK\x03\x04", "is an Excel or other Office file. Save it as CSV, and import that."),
    (b"\xd0\xcf\x11\xe0", "is an old Excel or other Office file. Save it as CSV, and import that."),
)
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LOOKED_AT = 4096
_LEAST_WIDE = 4
_UNREADABLE = "\udc80"
_BY_MARK = "kmtui-unreadable"
_NOT_UTF8 = re.compile("[\udc80-\udcff]+")
_CONTROLS = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_MOST_CONTROLS = 0.05
_NO_TEXT = frozenset(("idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"))
"""Encodings of Python that no file is written in, some of which take time by the square of the text."""


class Decoded(Value, frozen=True, kw_only=True):
    """A text with newlines alone at the ends of lines, and without NULs.

    `windows` is the first line with bytes that are no UTF-8 and were read as Windows would, `spots` how many there
    are; both are 0 where all is well.
    """

    text: str
    encoding: str
    windows: int = 0
    spots: int = 0


def _marked(error: UnicodeError) -> tuple[str, int]:
    """Put a mark where bytes cannot be read, which no encoding has."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return _UNREADABLE, max(error.end, error.start + 1)


codecs.register_error(_BY_MARK, _marked)


def _windows_letter(byte: int) -> str:
    """Return a byte as Windows, or else Latin-1, reads it."""
    return bytes((byte,)).decode("cp1252", "ignore") or chr(byte)


_BY_WINDOWS = {0xDC00 + byte: _windows_letter(byte) for byte in range(0x80, 0x100)}


def shown(path: Path) -> str:
    """Return the name of a file as it is told to people."""
    return one_line(str(path)) or "the file"


def file_bytes(path: Path, limit: int, *, what: str, smaller: str) -> bytes:
    """Return what is in a file of at most `limit` bytes.

    `what` says in words what was to be in it ("the responses"), `smaller` what to do where it is too large.

    Raises:
        WrongInput: it is not there, cannot be read, is too large or empty, or is no file of text.
    """
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except FileNotFoundError:
        raise WrongInput(f"There is no file {shown(path)}. Check the name and the folder.") from None
    except IsADirectoryError:
        raise WrongInput(f"{shown(path)} is a folder. Name the files in it.") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = getattr(error, "strerror", None) or "its name is not possible"
        raise WrongInput(f"{shown(path)} cannot be read ({reason}).") from None
    if len(data) > limit:
        raise WrongInput(f"{shown(path)} is larger than {limit >> 20} MB. {smaller}")
    for begin, words in (*_BINARY, (b"%PDF", f"is a PDF. Export {what} as CSV, and import that.")):
        if data.startswith(begin):
            raise WrongInput(f"{shown(path)} {words}")
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise WrongInput(f"{shown(path)} is empty. Export {what} again.")
    return data


def decoded(data: bytes, encoding: str | None = None) -> Decoded:
    """Return bytes as text: in the encoding that is named, else UTF-8 or UTF-16, and Windows where it is neither.

    What the named encoding cannot read has a mark, which `unreadable` finds.

    Raises:
        WrongInput: there is no such encoding.
    """
    if encoding is not None:
        name = _known(encoding)
        try:
            return Decoded(text=_in_lines(data.decode(name, _BY_MARK)), encoding=name)
        except ValueError as error:
            raise WrongInput(f"The file cannot be read as {name}: {one_line(str(error))}. Name another one.") from None
    if data.startswith(_WIDE):
        return Decoded(text=_in_lines(data.decode("utf-16", "replace")), encoding="utf-16")
    wide = _wide(data[:_LOOKED_AT])
    if wide:
        return Decoded(text=_in_lines(data.decode(wide, "replace")), encoding=wide)
    text = _in_lines(data.decode("utf-8-sig", "surrogateescape"))
    first = _NOT_UTF8.search(text)
    if first is None:
        return Decoded(text=text, encoding="utf-8")
    rest, spots = _NOT_UTF8.subn("", text)
    return Decoded(
        text=_NOT_UTF8.sub(lambda found: found[0].translate(_BY_WINDOWS), text),
        encoding="cp1252" if rest.isascii() else "utf-8 and cp1252",
        windows=text.count("\n", 0, first.start()) + 1,
        spots=spots,
    )


def unreadable(text: str) -> bool:
    """Say whether a text has a mark where bytes could not be read."""
    return _UNREADABLE in text


def first_unreadable_line(text: str) -> int:
    """Return the first line that could not be read as a whole, from 1; 0 where there is none."""
    at = text.find(_UNREADABLE)
    return text.count("\n", 0, at) + 1 if at >= 0 else 0


def looks_binary(text: str) -> bool:
    """Say whether a text has so many control characters that it is none: a picture, a program, a database."""
    beginning = text[:_LOOKED_AT]
    return len(_CONTROLS.findall(beginning)) > _MOST_CONTROLS * len(beginning)


def _in_lines(text: str) -> str:
    return text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")


def _wide(data: bytes) -> str:
    """Return the name of UTF-16 without its mark: nearly every second byte is a NUL."""
    half = len(data) // 2
    if half < _LEAST_WIDE:
        return ""
    low, high = data[0::2].count(0), data[1::2].count(0)
    if high > 0.7 * half and low < 0.1 * half:
        return "utf-16-le"
    return "utf-16-be" if low > 0.7 * half and high < 0.1 * half else ""


def _known(encoding: str) -> str:
    try:
        found = codecs.lookup(encoding)
    except (LookupError, ValueError):
        found = None
    name = found.name if found is not None and getattr(found, "_is_text_encoding", True) else ""
    if not name or name.replace("-", "_") in _NO_TEXT:
        known = "utf-8, utf-16, cp1252 (Windows), latin-1, iso8859-15 and mac-roman"
        raise WrongInput(f'There is no encoding "{one_line(encoding)[:60]}". Known are {known}, among others.')
    return name
