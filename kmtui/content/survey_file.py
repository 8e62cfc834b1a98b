"""Reads a file with responses to a survey, of whatever kind it is: what kind, its content says and not its name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kmtui.content.incoming import decoded, file_bytes, shown
from kmtui.content.survey_columns import Columns, columns_of
from kmtui.content.survey_email import answer_lines, read_mail
from kmtui.content.survey_message import looks_like_mail
from kmtui.content.survey_response import looks_like_yaml, read_tables, read_yaml, tables_of
from kmtui.content.survey_table import layout_of, read_table
from kmtui.model.assessment import Assessment
from kmtui.model.survey import Column, Reading

LIMIT = 16 * 1024 * 1024

_WHAT, _SMALLER = "the responses", "Keep the responses to this survey alone."


def read_responses(path: Path, survey: Assessment, mapping: Mapping[str, str]) -> Reading:
    """Return what a file says: a table, e-mail replies or a response of its own; and what of it cannot be read.

    `mapping` names columns of a table by criterion (its id or name), `role`, or `ID.rationale`.

    Raises:
        WrongInput: the file cannot be read at all, or the mapping names what is not there.
    """
    data = _bytes(path)
    text = decoded(data).text
    file = shown(path)
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
    layout = layout_of(decoded(_bytes(path)).text, survey.matrix, mapping)
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


def _bytes(path: Path) -> bytes:
    return file_bytes(path, LIMIT, what=_WHAT, smaller=_SMALLER)
