"""Which criteria of two assessments may stand beside each other, and why the others may not.

Criteria match where id, indicator, statements, scale and bands are the same; the name may differ. Work grows with the
number of criteria: every assessment is read from its own file, with its own copy of the matrix.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import TypeVar

from msgspec.structs import replace

from kmtui.analysis.standing import NotCompared
from kmtui.model.assessment import Assessment
from kmtui.model.base import Value
from kmtui.model.matrix import Criterion, Matrix, Scale, Section
from kmtui.text import one_line

NOT_USED = "not used by this team"
ANOTHER_MODEL = "another model"

Part = TypeVar("Part", Criterion, Section)


class Difference(Value, frozen=True, kw_only=True):
    """What does not match, and why. `what` is the name of a criterion or the title of a matrix."""

    what: str
    why: str


class Matching(Value, frozen=True, kw_only=True):
    """The ids of the criteria of an assessment that match a matrix, in its order, and what does not."""

    criteria: tuple[str, ...] = ()
    differences: tuple[Difference, ...] = ()


def matching(matrix: Matrix, assessment: Assessment) -> Matching:
    """Return which criteria of an assessment match those of a matrix, and name everything else."""
    theirs = assessment.matrix
    if theirs.id != matrix.id:
        return _whole(theirs, ANOTHER_MODEL)
    if theirs.scale != matrix.scale:
        return _whole(theirs, f"another scale, {_scale(theirs.scale)} (version {theirs.version})")
    if theirs.bands != matrix.bands:
        return _whole(theirs, f"other bands (version {theirs.version})")
    by_id = {criterion.id: criterion for criterion in theirs.criteria}
    unused = {each.criterion: each for each in assessment.left_out}
    same, different = [], []
    for criterion in matrix.criteria:
        other = by_id.pop(criterion.id, None)
        left_out = unused.pop(criterion.id, None)
        if other is not None and _same_words(criterion, other):
            same.append(criterion.id)
        elif other is not None:
            why = f"other words for this criterion (version {theirs.version})"
            different.append(Difference(what=criterion.name, why=why))
        elif left_out is not None:
            different.append(Difference(what=criterion.name, why=_not_used(left_out.reason)))
        else:
            different.append(Difference(what=criterion.name, why=f"not in version {theirs.version}"))
    for more in by_id.values():
        different.append(Difference(what=more.name, why=f"not among the criteria compared (version {matrix.version})"))
    for gone in unused.values():  # those that nobody uses
        different.append(Difference(what=gone.name or gone.criterion, why=_not_used(gone.reason)))
    return Matching(criteria=tuple(same), differences=tuple(different))


def _whole(matrix: Matrix, why: str) -> Matching:
    return Matching(differences=(Difference(what=matrix.title, why=why),))


def _scale(scale: Scale) -> str:
    halves = " by halves" if scale.step != 1 else ""
    return f"{scale.lowest} to {scale.highest}{halves}"


def _same_words(one: Criterion, other: Criterion) -> bool:
    return one is other or (one.indicator == other.indicator and one.statements == other.statements)


def _not_used(reason: str) -> str:
    words = one_line(reason)
    return f"{NOT_USED}: {words}" if words else NOT_USED


def same_name(one: str, other: str) -> bool:
    """Say whether two names of a team mean the same team: in any case, with any spaces, and not empty."""
    return folded(one) == folded(other) != ""


def folded(name: str) -> str:
    """Return a name as it is matched: in any case and spacing, and however its accents are written."""
    return unicodedata.normalize("NFC", one_line(name)).casefold()


def with_left_out(reference: Assessment, others: Iterable[Assessment]) -> Matrix:
    """Return the matrix of an assessment with what its team left out, where others use it in the same version."""
    matrix = reference.matrix
    missing = {each.criterion for each in reference.left_out} - {criterion.id for criterion in matrix.criteria}
    # The fullest copy first: it tells best where a criterion stands.
    fullest = sorted(others, key=lambda each: len(each.matrix.criteria), reverse=True) if missing else []
    for other in fullest:
        if not missing:
            break
        theirs = other.matrix
        if (theirs.id, theirs.version, theirs.scale, theirs.bands) == (
            matrix.id,
            matrix.version,
            matrix.scale,
            matrix.bands,
        ):
            found = missing & {criterion.id for criterion in theirs.criteria}
            missing -= found
            matrix = _with(matrix, theirs, found) if found else matrix
    return matrix


def _with(matrix: Matrix, other: Matrix, wanted: set[str]) -> Matrix:
    """Return the matrix with the wanted criteria of another copy, each where it stands there."""
    theirs = [
        replace(section, criteria=tuple(each for each in section.criteria if each.id in wanted))
        for section in other.sections
    ]
    sections = _woven(matrix.sections, theirs, {section.id for section in theirs if section.criteria})
    full = {section.id: section for section in other.sections}
    return replace(
        matrix,
        sections=tuple(
            replace(section, criteria=tuple(_woven(section.criteria, full[section.id].criteria, wanted)))
            if section.id in full
            else section
            for section in sections
        ),
    )


def _woven(own: Sequence[Part], others: Sequence[Part], wanted: set[str]) -> list[Part]:
    """Return the own parts and the wanted of the others, each after the one that it follows there."""
    woven = list(own)
    place = 0
    for each in others:
        at = next((number for number, kept in enumerate(woven) if kept.id == each.id), None)
        if at is not None:
            place = at + 1
        elif each.id in wanted:
            woven.insert(place, each)
            place += 1
    return woven


def newest_first(assessments: Iterable[Assessment]) -> list[Assessment]:
    """Return the assessments that can be compared: those of a team, without surveys to which responses still come."""
    told = [each for each in assessments if folded(each.team) and not each.collecting]
    return sorted(told, key=lambda each: (each.date, each.changed, each.id), reverse=True)


def without_copies(newest: list[Assessment]) -> list[Assessment]:
    """Return the assessments without those that a second window went on with: of each only the one changed last.

    A copy is of the same team, day and matrix, and was begun at the same moment.
    """
    seen = set()
    found = []
    for each in newest:
        key = (folded(each.team), each.date, each.matrix.id, each.begun)
        if each.begun is None or key not in seen:
            found.append(each)
        seen.add(key)
    return found


def of_model(assessments: Iterable[Assessment], matrix_id: str | None) -> Assessment | None:
    """Return the first assessment of a model, or of any where none is named."""
    return next((each for each in assessments if matrix_id is None or each.matrix.id == matrix_id), None)


def other_models(newest_first: Iterable[Assessment], matrix_id: str) -> Iterable[Assessment]:
    """Return the newest assessment of each team in every other model, to be named."""
    others: dict[tuple[str, str], Assessment] = {}
    for each in newest_first:
        if each.matrix.id != matrix_id:
            others.setdefault((folded(each.team), each.matrix.id), each)
    return others.values()


def beside(matrix: Matrix, assessment: Assessment) -> tuple[tuple[str, ...], list[NotCompared]]:
    """Return the ids of the criteria of an assessment that match a matrix, and what else there is of it, named."""
    found = matching(matrix, assessment)
    named = [
        NotCompared(
            team=one_line(assessment.team), date=assessment.date, assessment=assessment.id, what=each.what, why=each.why
        )
        for each in found.differences
    ]
    return found.criteria, named
