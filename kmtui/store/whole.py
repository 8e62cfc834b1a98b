"""Reading all assessments whole, which comparing needs: each wording of a matrix is read and kept once."""

from __future__ import annotations

from pathlib import Path

import msgspec

from kmtui.model.assessment import Assessment
from kmtui.model.errors import NotFound, StoreError
from kmtui.model.matrix import Matrix
from kmtui.store import layout
from kmtui.store.catalogue import without_collecting
from kmtui.store.layout import Place
from kmtui.store.records import AssessmentTables, RecordFile, quick
from kmtui.store.storage import read_file, surely_clean
from kmtui.store.system import System


class _Unread(Assessment, frozen=True, kw_only=True):
    """An assessment whose matrix, most of the file, is passed over."""

    matrix: msgspec.Raw  # type: ignore[assignment]


class _Tables(AssessmentTables):
    assessment: dict[str, _Unread]  # type: ignore[assignment]


_DECODER = msgspec.json.Decoder(_Tables)
_MATRIX = msgspec.json.Decoder(Matrix)


def assessments(workspace: Path, system: System, deleted: frozenset[str]) -> list[Assessment]:
    """Return all readable assessments but the deleted ones, the newest first. Raises StoreError.

    Those with the same wording share one matrix.
    """
    matrices: dict[bytes, Matrix] = {}
    with without_collecting():
        places = [place for place in layout.places(workspace, "assessment") if place.id not in deleted]
        found = [each for place in places if (each := _read(workspace, place, system, matrices)) is not None]
    return sorted(found, key=lambda assessment: (assessment.date, assessment.id), reverse=True)


def _read(workspace: Path, place: Place, system: System, matrices: dict[bytes, Matrix]) -> Assessment | None:
    path = workspace / place.path
    try:
        content = read_file(system, path)
        quickly = None if content is None else _quickly(content, place, matrices)
        return quickly or RecordFile[Assessment](path, place.kind, place.id, system).load()
    except (NotFound, StoreError):
        return None


def _quickly(content: bytes, place: Place, matrices: dict[bytes, Matrix]) -> Assessment | None:
    """Return the assessment in a file, or None where anything is in doubt."""
    unread = quick(content, place.kind, place.id, place.name, _DECODER) if surely_clean(content) else None
    if unread is None:
        return None
    wording = bytes(unread.matrix)
    if wording not in matrices:
        try:
            matrices[wording] = _MATRIX.decode(wording)
        except (msgspec.MsgspecError, ValueError):
            return None
    fields = {field: getattr(unread, field) for field in Assessment.__struct_fields__}
    return Assessment(**{**fields, "matrix": matrices[wording]})
