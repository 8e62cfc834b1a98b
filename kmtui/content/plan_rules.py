"""Rules for a plan and what it rests on in an answers file: what actions refer to, and what is only doubtful."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kmtui.content import numbers
from kmtui.content.answer_parts import MOST_DOTS, check_id, check_technique
from kmtui.content.findings import Findings
from kmtui.content.library import Library
from kmtui.content.nodes import Mapping, Node
from kmtui.content.rules import at_least, get, number, parts, words
from kmtui.content.words import quoted
from kmtui.model.matrix import Matrix
from kmtui.model.setup import LeftOut


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
        _why_not(action, findings, where)


def check_days(node: Node | None, key: str, findings: Findings, within: str = "") -> None:
    """Warn of those actions in the list at a key that are looked at again before they are due."""
    for place, action in enumerate(parts(node, key), 1):
        at = get(action, "review")
        due, review = _day(get(action, "due")), _day(at)
        if at is not None and due is not None and review is not None and review < due:
            findings.warning(at, f'"review" ({review}) is before "due" ({due})', f"{within}action {place}")


def _day(at: Node | None) -> date | None:
    return numbers.day(words(at) or "")


def check_targets(root: Node, matrix: Matrix, findings: Findings) -> None:
    """Warn of targets below the level that was reached."""
    ratings = get(root, "ratings")
    for key, (_, rating) in ratings.pairs.items() if isinstance(ratings, Mapping) else ():
        at = get(rating, "target")
        level, target = number(get(rating, "level")), number(at)
        if at is None or level is None or target is None or not matrix.has_level(target):
            continue
        if target < level:
            message = f"the target ({target}) is below the level ({level})"
            findings.warning(at, message, f"criterion {quoted(key)}")


def check_left_out(root: Node, gone: Sequence[LeftOut], findings: Findings) -> None:
    """Warn of what is left out with a place for the reason and none in it. A list of ids has no such place."""
    node = get(root, "leave_out")
    if not isinstance(node, Mapping):
        return
    for each in gone:
        if not each.reason:
            message = f"{quoted(each.criterion)} has no reason: write why it is left out, so that it is known later"
            findings.warning(node.pairs[each.criterion][0], message, "leave_out")


def _why_not(action: Node, findings: Findings, where: str) -> None:
    priority = get(action, "priority")
    if priority is not None and words(priority) == "not-for-us" and words(get(action, "reason")) is None:
        findings.warning(priority, 'not-for-us has no "reason": write why, so that it is known later', where)


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
