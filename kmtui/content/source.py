"""From a file to its text: limits of size, and encodings."""

from __future__ import annotations

import codecs
from pathlib import Path

from kmtui.content.findings import Findings

KILOBYTE = 1024
TECHNIQUE_LIMIT = 256 * KILOBYTE
_WORD_PROCESSORS = (b"{\\rtf", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""How files begin that word processors save: RTF, the zipped formats, and the older ones of Word."""
ANSWERS_LIMIT = 256 * KILOBYTE
MATRIX_LIMIT = 1024 * KILOBYTE


def read_text(path: Path, limit: int, findings: Findings) -> str | None:
    """Return the text of a file, or None after noting why it cannot be read."""
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)  # never the whole of a huge file
    except FileNotFoundError:
        findings.error_at(1, 1, "there is no such file")
    except IsADirectoryError:
        findings.error_at(1, 1, "this is a folder, not a file")
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = getattr(error, "strerror", None) or str(error)
        findings.error_at(1, 1, f"the file cannot be read ({reason})")
    else:
        return decode(data, findings) if fits(len(data), limit, findings) else None
    return None


def fits(size: int, limit: int, findings: Findings) -> bool:
    """Say whether a file of this size is read, and note it where it is not."""
    if size > limit:
        findings.error_at(1, 1, f"the file is larger than {limit // KILOBYTE} KB, the most that is read of its kind")
    return size <= limit


def decode(data: bytes, findings: Findings) -> str | None:
    """Return bytes as text: UTF-8 with or without a byte order mark, or UTF-16 with one, as Windows Notepad saves it.

    None after noting the first byte that is neither.
    """
    if data.startswith(_WORD_PROCESSORS):
        findings.error_at(1, 1, "this is a document of a word processor: save it as plain text, in the encoding UTF-8")
        return None
    try:
        if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            return data.decode("utf-16")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rpartition(b"\n")[2].decode("utf-8", "replace")) + 1
        found = f"byte {error.start + 1} (0x{data[error.start]:02x}) is not part of a UTF-8 text"
        findings.error_at(line, column, f"{found}: save the file in the encoding UTF-8")
        return None
