"""Surveys for the tests of this floor, and what is read for them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from kmtui.content.document import open_text
from kmtui.content.library import matrix_from
from kmtui.content.survey_file import read_responses
from kmtui.flow.assessment import begin
from kmtui.model.assessment import Assessment
from kmtui.model.rating import Rating
from kmtui.model.survey import Reading
from tests.content.helpers import DATA, SHIPPED

ID = "0123456789ab"
_AT = datetime(2026, 11, 22, tzinfo=UTC)


def survey(file: Path = SHIPPED / "matrix.yaml") -> Assessment:
    """Return a survey with the matrix in a file."""
    matrix = matrix_from(open_text(file.read_text(encoding="utf-8"), file.name))
    assert matrix is not None
    return begin(ID, matrix, _AT, _AT.date(), team="Ward 7", way="survey")


SHIPPED_SURVEY = survey()
HALVES = survey(DATA / "matrix-halves.yaml")
WELSH = survey(DATA / "matrix-cymraeg.yaml")
FIVE = survey(DATA / "matrix-1-to-5.yaml")


def read(
    folder: Path,
    content: str | bytes,
    mapping: Mapping[str, str] | None = None,
    of: Assessment = SHIPPED_SURVEY,
    name: str = "file",
) -> Reading:
    """Return what is read of a content, in a file whose name says nothing."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_responses(path, of, mapping or {})


def said(reading: Reading) -> list[tuple[int, dict[str, object]]]:
    """Return the rows with the level or skip of each criterion."""
    return [(given.row, {each.criterion: answer(each) for each in given.ratings}) for given in reading.given]


def answer(rating: Rating) -> object:
    """Return the level or the skip."""
    return rating.level if rating.level is not None else rating.skip


def told(reading: Reading) -> list[str]:
    """Return what was refused: row, ! for a whole response, reason."""
    return [f"{each.row}{'!' if each.whole else ':'} {each.reason}" for each in reading.refused]
