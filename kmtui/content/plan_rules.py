"""Rules for the actions of an assessment in an answers file: what they refer to."""

from __future__ import annotations

from kmtui.content.answer_parts import MOST_DOTS, check_id, check_technique
from kmtui.content.findings import Findings
from kmtui.content.library import Library
from kmtui.content.nodes import Node
from kmtui.content.rules import at_least, get, parts, words
from kmtui.content.words import quoted
from kmtui.model.matrix import Matrix


def check_plan(root: Node, matrix: Matrix, used: Matrix, library: Library, findings: Findings) -> None:
    """Check what actions refer to. `used` is the matrix without what is left out, with local options."""
    criteria = [criterion.id for criterion in matrix.criteria]
    for place, action in enumerate(parts(root, "actions"), 1):
        where = f"action {place}"
        at = get(action, "criterion")
        if check_id(at, "criterion", criteria, findings, where) and at is not None:
            _option(action, at, used, findings, where)
        else:
            _without_criterion(action, at, findings, where)
        check_technique(action, library, findings, where)
        at_least(action, "dots", 0, findings, where, most=MOST_DOTS)


def _option(action: Node, at: Node, used: Matrix, findings: Findings, where: str) -> None:
    wanted = words(at) or ""
    criterion = used.criterion(wanted)
    if criterion is None:
        findings.error(at, f"the criterion {quoted(wanted)} is left out: take one of the two away", where)
        return
    known = [option.id for option in criterion.options]
    check_id(get(action, "option"), f"option of {quoted(wanted)}:", known, findings, where)


def _without_criterion(action: Node, at: Node | None, findings: Findings, where: str) -> None:
    option = get(action, "option")
    if words(at) is None and option is not None and words(option) is not None:
        findings.error(option, '"option" needs the criterion that it is an option of: add criterion:', where)
