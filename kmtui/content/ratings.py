"""The ratings of an assessment in an answers file."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Literal

from msgspec import structs

from kmtui.content.convert import BAD, SHORT_FORMS, is_nothing, reader_for
from kmtui.content.findings import Findings
from kmtui.content.nodes import Broken, Mapping, Node
from kmtui.content.rules import get
from kmtui.content.words import quoted, unknown
from kmtui.flow.assessment import scale_in_words
from kmtui.model.base import Level, Value
from kmtui.model.matrix import Matrix
from kmtui.model.rating import Rating, Skip


class _Rated(Value, frozen=True, kw_only=True):
    """A rating as it is written; the criterion is its key."""

    level: Level | None = None
    skip: Skip | None = None
    rationale: str = ""
    example: str = ""
    same_for_everyone: bool | str | None = None
    target: Level | None = None
    enough: str = ""
    contact: str = ""


class Answered(Value, frozen=True, kw_only=True):
    """What one person says of a criterion in a survey; the criterion is its key."""

    level: Level | None = None
    skip: Literal["dont-know", "not-for-us"] | None = None
    rationale: str = ""


SHORT_FORMS[_Rated] = "level"
SHORT_FORMS[Answered] = "level"


def read_ratings(
    node: Node | None,
    matrix: Matrix,
    findings: Findings,
    *,
    left_out: Collection[str] = (),
    kind: type[Value] = _Rated,
) -> tuple[Rating, ...]:
    """Return the ratings in the order of the criteria, after noting what is wrong. An empty rating is none.

    `left_out` are ids of criteria that the matrix in use no longer has. `kind` says which keys a rating takes.
    """
    if not isinstance(node, Mapping):
        if node is not None and not is_nothing(node) and not isinstance(node, Broken):
            findings.error(node, f'"ratings" takes the ids of criteria: write for example {_example(matrix)}')
        return ()
    order = [criterion.id for criterion in matrix.criteria]
    known = frozenset(order)
    found: dict[str, Rating] = {}
    for key, (place, value) in node.pairs.items():
        if key in known:
            found[key] = _rating(key, value, matrix, findings, kind)
        elif key in left_out:
            if not _rating(key, value, matrix, findings, kind).empty:
                message = f"the criterion {quoted(key)} is left out: take its rating away, or use it"
                findings.error(place, message)
        elif findings.takes_more():
            findings.error(place, unknown("criterion", key, order))
    return tuple(found[key] for key in order if key in found and not found[key].empty)


def _rating(key: str, node: Node, matrix: Matrix, findings: Findings, kind: type[Value]) -> Rating:
    nothing = Rating(criterion=key)
    if is_nothing(node):
        return nothing
    where = f"criterion {quoted(key)}"
    rated: Any = reader_for(kind).read(node, "it", where, findings)
    if rated is BAD:
        return nothing
    _on_scale(rated.level, get(node, "level") or node, "level", matrix, where, findings)
    _on_scale(getattr(rated, "target", None), get(node, "target") or node, "target", matrix, where, findings)
    if rated.level is not None and rated.skip is not None:
        place = get(node, "skip") or node
        findings.error(place, 'it has both a "level" and a "skip", a reason to leave it out: keep one of them', where)
    return Rating(criterion=key, **structs.asdict(rated))


def _on_scale(level: Level | None, at: Node, noun: str, matrix: Matrix, where: str, findings: Findings) -> None:
    if level is not None and not matrix.has_level(level):
        findings.error(at, f"{level} is no {noun} here. {scale_in_words(matrix.scale)}", where)


def _example(matrix: Matrix) -> str:
    return f"{matrix.criteria[0].id}: {matrix.scale.lowest}"
