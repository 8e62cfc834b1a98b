"""The ratings of an assessment in an answers file."""

from __future__ import annotations

from typing import Any

from kmtui.content.convert import BAD, SHORT_FORMS, is_nothing, reader_for
from kmtui.content.findings import Findings
from kmtui.content.nodes import Broken, Mapping, Node
from kmtui.content.rules import get
from kmtui.content.words import quoted, unknown
from kmtui.flow.assessment import scale_in_words
from kmtui.model.assessment import Rating, Skip
from kmtui.model.base import Level, Value
from kmtui.model.matrix import Matrix


class _Rated(Value, frozen=True, kw_only=True):
    """A rating as it is written; the criterion is its key."""

    level: Level | None = None
    skip: Skip | None = None
    rationale: str = ""
    example: str = ""
    same_for_everyone: bool | str | None = None
    target: Level | None = None
    enough: str = ""


SHORT_FORMS[_Rated] = "level"


def read_ratings(node: Node | None, matrix: Matrix, findings: Findings) -> tuple[Rating, ...]:
    """Return the ratings in the order of the criteria, after noting what is wrong. An empty rating is none."""
    if not isinstance(node, Mapping):
        if node is not None and not is_nothing(node) and not isinstance(node, Broken):
            findings.error(node, f'"ratings" takes the ids of criteria: write for example {_example(matrix)}')
        return ()
    order = [criterion.id for criterion in matrix.criteria]
    known = frozenset(order)
    found: dict[str, Rating] = {}
    for key, (place, value) in node.pairs.items():
        if key in known:
            found[key] = _rating(key, value, matrix, findings)
        elif findings.takes_more():
            findings.error(place, unknown("criterion", key, order))
    return tuple(found[key] for key in order if key in found and not found[key].empty)


def _rating(key: str, node: Node, matrix: Matrix, findings: Findings) -> Rating:
    nothing = Rating(criterion=key)
    if is_nothing(node):
        return nothing
    where = f"criterion {quoted(key)}"
    rated: Any = reader_for(_Rated).read(node, "it", where, findings)
    if rated is BAD:
        return nothing
    _on_scale(rated.level, get(node, "level") or node, "level", matrix, where, findings)
    _on_scale(rated.target, get(node, "target") or node, "target", matrix, where, findings)
    if rated.level is not None and rated.skip is not None:
        place = get(node, "skip") or node
        findings.error(place, 'it has both a "level" and a "skip", a reason to leave it out: keep one of them', where)
    return Rating(
        criterion=key,
        level=rated.level,
        skip=rated.skip,
        rationale=rated.rationale,
        example=rated.example,
        same_for_everyone=rated.same_for_everyone,
        target=rated.target,
        enough=rated.enough,
    )


def _on_scale(level: Level | None, at: Node, noun: str, matrix: Matrix, where: str, findings: Findings) -> None:
    if level is not None and not matrix.has_level(level):
        findings.error(at, f"{level} is no {noun} here. {scale_in_words(matrix.scale)}", where)


def _example(matrix: Matrix) -> str:
    return f"{matrix.criteria[0].id}: {matrix.scale.lowest}"
