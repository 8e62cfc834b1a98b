"""What rules for the matrix and the techniques share. They look at the tree, so they work beside any other error.

Whatever `convert` notes (a missing key, a wrong type) is passed over here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kmtui.content import numbers
from kmtui.content.findings import Findings
from kmtui.content.nodes import Mapping, Node, Scalar, Sequence
from kmtui.content.words import quoted
from kmtui.model.base import Level

_IN_IDS = frozenset("abcdefghijklmnopqrstuvwxyz0123456789-")

WIDEST = 100
"""How far the lowest and the highest level of a scale may be apart."""


def get(node: Node | None, key: str) -> Node | None:
    """Return the value of a key, or None."""
    pair = node.pairs.get(key) if isinstance(node, Mapping) else None
    return pair[1] if pair is not None else None


def parts(node: Node | None, key: str) -> list[Mapping]:
    """Return those parts of the list at a key that are groups of keys."""
    found = get(node, key)
    return [item for item in found.items if isinstance(item, Mapping)] if isinstance(found, Sequence) else []


def words(node: Node | None) -> str | None:
    """Return the text of a node, or None where it has none."""
    return node.value.strip() or None if isinstance(node, Scalar) else None


def number(node: Node | None) -> Level | None:
    """Return the number of a node, or None where it has none."""
    return numbers.level(node.value.strip()) if isinstance(node, Scalar) else None


def is_identifier(text: str) -> bool:
    """Say whether a text is well formed as an id."""
    return _IN_IDS.issuperset(text) and not text.startswith("-") and not text.endswith("-")


def as_identifier(text: str) -> str:
    """Return the id that looks most like a text, at most 40 characters of it; an empty text where nothing is left."""
    return "".join(each for each in re.sub(r"[\s_]+", "-", text.lower()) if each in _IN_IDS)[:40].strip("-")


def identifier(node: Mapping, noun: str, findings: Findings) -> str | None:
    """Return the id of a part, and note one that is not well formed."""
    place = get(node, "id")
    found = words(place)
    if found is None or place is None:
        return None
    if not is_identifier(found):
        example = as_identifier(found)
        hint = f", such as {example}" if example else ""
        findings.error(
            place, f"{noun} {quoted(found)}: an id has lower-case letters a to z, digits and hyphens alone{hint}"
        )
    return found


def identifiers(nodes: Iterable[Mapping], noun: str, findings: Findings, where: str = "") -> dict[str, Mapping]:
    """Return parts by their ids, and note an id that is there twice or is not well formed."""
    by_id: dict[str, Mapping] = {}
    for node in nodes:
        found = identifier(node, noun, findings)
        if found is None:
            continue
        first = by_id.setdefault(found, node)
        if first is not node:
            place = get(node, "id") or node
            message = f"the id {quoted(found)} is taken by the {noun} in line {first.line}: give this one another"
            findings.error(place, message, where)
    return by_id


def not_empty(node: Node | None, key: str, noun: str, findings: Findings, where: str = "") -> None:
    """Note a list without anything in it."""
    found = get(node, key)
    if isinstance(found, Sequence) and not found.items:
        findings.error(found, f'"{key}" is empty: write at least one {noun}', where)


def at_most(nodes: list[Mapping], most: int, noun: str, findings: Findings) -> None:
    """Note the first part that is too many: what is read is also walked and drawn."""
    if len(nodes) > most:
        findings.error(nodes[most], f"there are {len(nodes)} {noun}, and {most} at most are possible")


def in_order(
    node: Node | None, low: str, high: str, findings: Findings, where: str, *, equal: bool, widest: int | None = None
) -> None:
    """Note a lower number that is not below the higher one (or, with `equal`, the same), or is too far from it."""
    place = get(node, high)
    lower, higher = number(get(node, low)), number(place)
    if place is None or lower is None or higher is None:
        return
    if lower > higher or (lower == higher and not equal):
        wanted = f'at least "{low}"' if equal else f'more than "{low}"'
        findings.error(place, f'"{high}" ({higher}) has to be {wanted} ({lower})', where)
    elif widest is not None and higher - lower > widest:
        findings.error(place, f'"{low}" ({lower}) and "{high}" ({higher}) may be {widest} apart at most', where)


def at_least(
    node: Node | None, key: str, least: int, findings: Findings, where: str, *, most: int | None = None
) -> None:
    """Note a number below the least that makes sense, or above the most."""
    place = get(node, key)
    found = number(place)
    if place is None or found is None:
        return
    if found < least:
        findings.error(place, f'"{key}" has to be {least} or more, not {found}', where)
    elif most is not None and found > most:
        findings.error(place, f'"{key}" may be {most} at most, not {found}', where)
