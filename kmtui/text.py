"""Cleaning of text that comes from people or files, on the way in and again on the way out."""

from __future__ import annotations

import re

# ESC or the one-byte C1 form, then a whole sequence: CSI, a string sequence up to its end, or two to three bytes.
_SEQUENCE = re.compile(
    r"(?:\x1b\[|\x9b)[0-?]*[ -/]*[@-~]"
    r"|(?:\x1b[P\]X^_]|[\x90\x9d\x98\x9e\x9f])[^\x07\x1b\x90\x98\x9c-\x9f]*(?:\x07|\x1b\\|\x9c)"
    r"|\x1b[ -/]*[0-~]"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_BIDIRECTIONAL = re.compile(r"[\u202a-\u202e\u2066-\u2069]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SPACES = re.compile(r"\s+")
_NOT_IN_NAMES = re.compile(r"[^A-Za-z0-9]+")
_RESERVED = re.compile(r"(?i)^(con|prn|aux|nul|com\d|lpt\d)$")


def clean(text: str) -> str:
    """Return the text without anything that could steer a terminal.

    Whole escape sequences go first, then control characters but newline and tab, then bidirectional embeddings,
    overrides and isolates. Carriage returns become newlines. Nothing is refused, shortened or normalised: joiners,
    combining marks and emoji stay as they were written. Cleaning twice gives the same text.
    """
    if text.isprintable():  # no control or format character at all: nearly every text that people type
        return text
    text = _SEQUENCE.sub("", text)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _CONTROL.sub("", text)
    text = _BIDIRECTIONAL.sub("", text)
    return _SURROGATE.sub("\ufffd", text)


def one_line(text: str) -> str:
    """Return the cleaned text with every run of white space as one space."""
    return _SPACES.sub(" ", clean(text)).strip()


def shortened(text: str, width: int) -> str:
    """Return the text on one line of at most `width` characters, with an ellipsis where it was cut."""
    line = one_line(text)
    if len(line) <= width:
        return line
    return line[: width - 1].rstrip() + "…" if width > 0 else ""


def file_slug(text: str, longest: int = 40) -> str:
    """Return a part of a file name out of `[a-z0-9-]`, safe on every system, or an empty text.

    Windows' reserved names and leading dots cannot come out of it.
    """
    slug = _NOT_IN_NAMES.sub("-", text).strip("-").lower()[:longest].strip("-")
    return f"{slug}-" if _RESERVED.match(slug) else slug
