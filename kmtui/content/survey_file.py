"""Reads a file with responses to a survey, of whatever kind it is: what kind, its content says and not its name."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from pathlib import Path

from kmtui.content.survey_columns import Columns, columns_of
from kmtui.content.survey_email import answer_lines, read_mail
from kmtui.content.survey_message import looks_like_mail
from kmtui.content.survey_response import looks_like_yaml, read_tables, read_yaml, tables_of
from kmtui.content.survey_table import layout_of, read_table
from kmtui.model.assessment import Assessment
from kmtui.model.errors import WrongInput
from kmtui.model.survey import Column, Reading
from kmtui.text import one_line

LIMIT = 16 * 1024 * 1024

_BINARY = (
    (b"PK\x03\x04", "is an Excel or other Office file. Save it as CSV, and import that."),
    (b"\xd0\xcf\x11\xe0", "is an old Excel or other Office file. Save it as CSV, and import that."),
    (b"%PDF", "is a PDF. Export the responses as CSV, and import that."),
)
_WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_BY_WINDOWS = "kmtui-windows"


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """Return bytes that are no UTF-8 as Windows, or else Latin-1, would read them."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    try:
        return wrong.decode("cp1252"), error.end
    except UnicodeDecodeError:
        return wrong.decode("latin-1"), error.end


codecs.register_error(_BY_WINDOWS, _as_windows)


def read_responses(path: Path, survey: Assessment, mapping: Mapping[str, str]) -> Reading:
    """Return what a file says: a table, e-mail replies or a response of its own; and what of it cannot be read.

    `mapping` names columns of a table by criterion (its id or name), `role`, or `ID.rationale`.

    Raises:
        WrongInput: the file cannot be read at all, or the mapping names what is not there.
    """
    data = _bytes(path)
    text = _text(data)
    file = _shown(path)
    tables = tables_of(text)
    if tables is not None:
        return read_tables(tables, survey, file)
    if looks_like_yaml(text):
        return read_yaml(text, survey, file)
    if looks_like_mail(text) or _is_reply(text, survey, mapping):
        return read_mail(data, text, survey, file)
    return read_table(text, survey, mapping, file)


def read_columns(path: Path, survey: Assessment, mapping: Mapping[str, str]) -> tuple[Column, ...]:
    """Return the columns of a table and what each is taken for, also where none names a criterion yet.

    Raises:
        WrongInput: the file cannot be read at all, or the mapping names what is not there.
    """
    layout = layout_of(_text(_bytes(path)), survey.matrix, mapping)
    found: Columns = columns_of(layout.names, survey.matrix, mapping)
    return found.all


def _is_reply(text: str, survey: Assessment, mapping: Mapping[str, str]) -> bool:
    """Say whether a text without headers is a reply: it has lines with answers, and does not begin as a table."""
    if not answer_lines(text, survey):
        return False
    layout = layout_of(text[:100_000], survey.matrix, mapping)
    first = len(text) - len(text.lstrip())
    top = text.count("\n", 0, first) + 1
    return not (layout.row == top and layout.score > 0)


def _shown(path: Path) -> str:
    return one_line(str(path)) or "the file"


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(LIMIT + 1)
    except FileNotFoundError:
        raise WrongInput(f"There is no file {_shown(path)}. Check the name and the folder.") from None
    except IsADirectoryError:
        raise WrongInput(f"{_shown(path)} is a folder. Name the files in it.") from None
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        reason = getattr(error, "strerror", None) or "its name is not possible"
        raise WrongInput(f"{_shown(path)} cannot be read ({reason}).") from None
    if len(data) > LIMIT:
        raise WrongInput(f"{_shown(path)} is larger than {LIMIT >> 20} MB. Keep the responses to this survey alone.")
    for begin, words in _BINARY:
        if data.startswith(begin):
            raise WrongInput(f"{_shown(path)} {words}")
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise WrongInput(f"{_shown(path)} is empty. Export the responses again.")
    return data


def _text(data: bytes) -> str:
    """Return the text of a file with newlines alone at the ends of lines, and without NULs."""
    text = data.decode("utf-16", "replace") if data.startswith(_WIDE) else data.decode("utf-8-sig", _BY_WINDOWS)
    return text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")
