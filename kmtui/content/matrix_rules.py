"""Rules for a matrix that go beyond the types of its fields."""

from __future__ import annotations

from collections.abc import Collection

from kmtui.content.findings import Findings
from kmtui.content.labels import label
from kmtui.content.nodes import Mapping, Node, Scalar, Sequence
from kmtui.content.numbers import whole
from kmtui.content.rules import WIDEST, at_most, get, identifier, identifiers, in_order, not_empty, number, parts, words
from kmtui.content.words import quoted, unknown
from kmtui.model.base import Level

MOST_CRITERIA = 1000


def check_matrix(root: Node, findings: Findings, techniques: Collection[str] | None = None) -> None:
    """Note everything in a matrix that does not fit together.

    `techniques` are the ids of those installed; None leaves the options' techniques unchecked.
    """
    if not isinstance(root, Mapping):
        return
    identifier(root, "matrix", findings)
    _scale(get(root, "scale"), findings)
    not_empty(root, "bands", "band", findings)
    bands = identifiers(parts(root, "bands"), "band", findings)
    _bands(root, findings)
    not_empty(root, "sections", "section", findings)
    sections = parts(root, "sections")
    identifiers(sections, "section", findings)
    for place, section in enumerate(sections, 1):
        not_empty(section, "criteria", "criterion", findings, label("section", section, place))
    criteria = [criterion for section in sections for criterion in parts(section, "criteria")]
    at_most(criteria, MOST_CRITERIA, "criteria", findings)
    identifiers(criteria, "criterion", findings)
    for place, criterion in enumerate(criteria, 1):
        where = label("criterion", criterion, place)
        _statements(criterion, bands, where, findings)
        _options(criterion, bands, where, findings)
    if techniques is not None:
        _techniques(criteria, techniques, findings)


def _scale(scale: Node | None, findings: Findings) -> None:
    in_order(scale, "lowest", "highest", findings, "scale", equal=False, widest=WIDEST)
    step = get(scale, "step")
    size = number(step)
    if step is not None and size is not None and size not in (1, 0.5):
        findings.error(step, f'"step" takes 1 or 0.5, not {size}', "scale")


def _bands(root: Mapping, findings: Findings) -> None:
    """Note where the bands do not cover the scale, each level once and in order."""
    scale = get(root, "scale")
    lowest, highest = number(get(scale, "lowest")), number(get(scale, "highest"))
    expected, before = lowest, "the scale begins"
    last: Node | None = None
    for place, band in enumerate(parts(root, "bands"), 1):
        where = label("band", band, place)
        levels = get(band, "levels")
        pair = _pair(levels)
        if levels is None or pair is None:  # noted as a wrong type: what comes next cannot be judged
            expected, last = None, None
            continue
        low, high = pair
        if low > high:
            findings.error(levels, f'"levels" begin above their end: write [{high}, {low}]', where)
            low, high = high, low
        if expected is not None and low != expected:
            findings.error(levels, _misfit(low, expected, before), where)
        expected, before, last = high + 1, f"{where} ends", levels
    if last is not None and highest is not None and expected is not None and expected != highest + 1:
        message = f"the last band ends at {expected - 1} and the scale at {highest}: they have to end at the same level"
        findings.error(last, message)


def _misfit(low: int, expected: Level, before: str) -> str:
    if before == "the scale begins":
        return f"its levels begin at {low} and the scale at {expected}: they have to begin at the same level"
    at = f"its levels begin at {low} and {before} at {expected - 1}"
    why = "no level may be left out between them" if low > expected else "bands are in order and share no level"
    return f"{at}: {why}, so begin at {expected}"


def _pair(node: Node | None) -> tuple[int, int] | None:
    if not isinstance(node, Sequence) or len(node.items) != 2:
        return None
    low, high = (whole(item.value.strip()) if isinstance(item, Scalar) else None for item in node.items)
    return (low, high) if low is not None and high is not None else None


def _statements(criterion: Mapping, bands: Collection[str], where: str, findings: Findings) -> None:
    """Note a band without a statement, and a statement without a band."""
    statements = get(criterion, "statements")
    if not isinstance(statements, Mapping) or not bands:
        return
    for band in bands:
        if band not in statements.pairs:
            findings.error(statements, f"no statement for band {quoted(band)}", where)
    for key, (place, _) in statements.pairs.items():
        if key not in bands and findings.takes_more():
            findings.error(place, f"statement for an {unknown('band', key, bands)}", where)


def _options(criterion: Mapping, bands: Collection[str], where: str, findings: Findings) -> None:
    options = parts(criterion, "options")
    identifiers(options, "option", findings, where)
    for place, option in enumerate(options, 1):
        _option_bands(option, bands, f"{where}, {label('option', option, place)}", findings)


def _option_bands(option: Mapping, bands: Collection[str], where: str, findings: Findings) -> None:
    listed = get(option, "bands")
    for item in listed.items if isinstance(listed, Sequence) else ():
        named = words(item)
        if named is not None and bands and named not in bands and findings.takes_more():
            findings.error(item, unknown("band", named, bands), where)


def _techniques(criteria: list[Mapping], installed: Collection[str], findings: Findings) -> None:
    """Warn of techniques that options name and that are not installed; each is named once, where it comes first."""
    missing: dict[str, list[Node]] = {}
    for criterion in criteria:
        for option in parts(criterion, "options"):
            place = get(option, "technique")
            named = words(place)
            if place is not None and named is not None and named not in installed:
                missing.setdefault(named, []).append(place)
    for named, places in missing.items():
        options = "1 option names it" if len(places) == 1 else f"{len(places)} options name it"
        message = f"the technique {quoted(named)} is not installed: {options} and cannot run it"
        findings.warning(places[0], message)
