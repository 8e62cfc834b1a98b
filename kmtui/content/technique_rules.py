"""Rules for a technique that go beyond the types of its fields."""

from __future__ import annotations

from kmtui.content.convert import WANTED
from kmtui.content.findings import Findings
from kmtui.content.labels import label
from kmtui.content.nodes import Mapping, Node, Scalar, Sequence
from kmtui.content.rules import (
    WIDEST,
    as_identifier,
    at_least,
    at_most,
    get,
    identifier,
    identifiers,
    in_order,
    is_identifier,
    not_empty,
    number,
    parts,
    words,
)
from kmtui.content.words import listed, quoted, unknown
from kmtui.model.base import Level
from kmtui.model.technique import Earlier, Groups, Score, Table, Technique, Vote

WANTED.update(
    {
        (Technique, "steps"): "each step below it as - {id: …, kind: …, title: …}",
        (Vote, "from"): "the id of an earlier step of kind collect",
        (Vote, "dots"): "how many dots each person has, such as 3",
        (Score, "lowest"): "a whole number such as 1",
        (Score, "highest"): "a whole number such as 10",
        (Groups, "size"): "how many people a group has, such as 2",
        (Table, "columns"): "each column below it as - {id: …, name: …}",
        (Earlier, "technique"): "the id of a technique",
        (Earlier, "step"): "the id of a step of that technique",
    }
)

_WITHOUT_ENTRIES = ("brief", "score", "vote", "groups", "table", "lessons", "actions", "assess")
MOST_STEPS = 200
_LIMITS = (("minutes", 0, None), ("dots", 1, 1000), ("size", 2, 1000), ("rounds", 1, 100))
"""The least and the most of each number; more rounds than that would take minutes to draw."""


def check_technique(root: Node, findings: Findings, name: str | None = None) -> None:
    """Note everything in a technique that does not fit together.

    `name` is the name of its file without the ending; None leaves the id unchecked against it.
    """
    if not isinstance(root, Mapping):
        return
    _file_name(root, name, findings)
    for key, least in (("minutes", 0), ("people", 1)):
        in_order(get(root, key), "least", "most", findings, key, equal=True)
        at_least(get(root, key), "least", least, findings, key)
    not_empty(root, "steps", "step", findings)
    steps = parts(root, "steps")
    at_most(steps, MOST_STEPS, "steps", findings)
    by_id = identifiers(steps, "step", findings)
    earlier: dict[str, str] = {}
    groups: dict[str, Level] = {}
    for place, step in enumerate(steps, 1):
        where = label("step", step, place)
        _step(step, where, findings)
        _from(step, earlier, by_id, where, findings)
        _seats(step, groups, where, findings)
        named = words(get(step, "id"))
        if named is not None and words(get(step, "kind")) == "groups":
            groups[named] = number(get(step, "rounds")) or 1
        if named is not None and words(get(step, "kind")) not in _WITHOUT_ENTRIES:  # a wrong kind is noted elsewhere
            earlier[named] = where
    _variants(root, by_id, findings)


def _file_name(root: Mapping, name: str | None, findings: Findings) -> None:
    found = identifier(root, "technique", findings)
    place = get(root, "id")
    if place is None or found is None or name is None or found == name or not is_identifier(found):
        return
    message = f"the id {quoted(found)} has to be the name of the file: rename the file to {quoted(found + '.yaml')}"
    findings.error(place, message + (f", or write id: {name}" if is_identifier(name) else ""))


def _step(step: Mapping, where: str, findings: Findings) -> None:
    for key, least, most in _LIMITS:
        at_least(step, key, least, findings, where, most=most)
    kind = words(get(step, "kind"))
    if kind == "score":
        in_order(step, "lowest", "highest", findings, where, equal=False, widest=WIDEST)
    if kind == "table":
        _columns(step, where, findings)
    for place, earlier in enumerate(parts(step, "earlier"), 1):
        _earlier(earlier, f"{where}, {label('part', earlier, place)}", findings)


def _earlier(part: Mapping, where: str, findings: Findings) -> None:
    """Note what cannot be an id. Whether there is such a technique is not asked: it may be installed later."""
    for key in ("technique", "step"):
        place = get(part, key)
        found = words(place)
        if place is not None and found is not None and not is_identifier(found):
            message = f'"{key}" takes an id, not {quoted(found)}: write lower-case letters, digits and hyphens'
            findings.error(place, f"{message}, such as {as_identifier(found) or 'first-look'}", where)


def _columns(step: Mapping, where: str, findings: Findings) -> None:
    not_empty(step, "columns", "column", findings, where)
    columns = parts(step, "columns")
    identifiers(columns, "column", findings, where)
    for place, column in enumerate(columns, 1):
        inside = f"{where}, {label('column', column, place)}"
        choices = get(column, "choices")
        has_choices = isinstance(choices, Sequence) and bool(choices.items)
        is_choice = words(get(column, "kind")) == "choice"
        if is_choice and not has_choices and not isinstance(choices, Scalar):  # which convert notes
            findings.error(
                choices or column, "a column of kind choice takes choices: write choices: [one, another]", inside
            )
        if isinstance(choices, Sequence):
            _twice(choices, inside, findings)
        if has_choices and not is_choice:
            findings.warning(choices or column, "choices are used in a column of kind choice alone", inside)


def _twice(choices: Sequence, where: str, findings: Findings) -> None:
    seen: set[str] = set()
    for item in choices.items:
        named = (words(item) or "").casefold()
        if named and named in seen:
            findings.error(item, f"the choice {quoted(words(item) or '')} is there twice: take one out", where)
        seen.add(named)


def _from(step: Mapping, earlier: dict[str, str], by_id: dict[str, Mapping], where: str, findings: Findings) -> None:
    """Note a `from` that does not name an earlier step with entries. `earlier` are their ids."""
    place = get(step, "from")
    named = words(place)
    if place is None or named is None or named in earlier or not findings.takes_more():
        return
    if named not in by_id:
        findings.error(place, f'"from" names an {unknown("step", named, earlier)}', where)
        return
    takes = f"write {listed(earlier)}" if earlier else "put one before this step"
    findings.error(place, f'"from" names {quoted(named)}, which is no earlier step of kind collect: {takes}', where)


def _seats(step: Mapping, groups: dict[str, Level], where: str, findings: Findings) -> None:
    """Note `seats` that name no earlier groups step, or a round that it does not have. `groups` are their rounds."""
    seats = get(step, "seats")
    place = get(seats, "step")
    named = words(place)
    if place is None or named is None or not findings.takes_more():
        return
    if named not in groups:
        known = f"Possible here: {listed(groups)}." if groups else "There is none before this one."
        findings.error(place, f'"seats" names {quoted(named)}, which is no earlier step of kind groups. {known}', where)
        return
    round_ = number(get(seats, "round"))
    at = get(seats, "round")
    if at is not None and round_ is not None and not 1 <= round_ <= groups[named]:
        findings.error(at, f'"round" goes from 1 to {groups[named]}, not {round_}', where)


def _variants(root: Mapping, by_id: dict[str, Mapping], findings: Findings) -> None:
    variants = parts(root, "variants")
    identifiers(variants, "variant", findings)
    for place, variant in enumerate(variants, 1):
        where = label("variant", variant, place)
        not_empty(variant, "steps", "step", findings, where)
        _variant_steps(variant, by_id, where, findings)
        _minutes(variant, root, where, findings)
    if not variants:
        _minutes(root, root, "", findings)
    _never_run(root, variants, by_id, findings)


def _never_run(root: Mapping, variants: list[Mapping], by_id: dict[str, Mapping], findings: Findings) -> None:
    """Warn of steps that no variant uses, where there are variants: what is added to the steps alone is easily lost."""
    used = {words(get(step, "id")) for variant in variants for step in parts(variant, "steps")}
    unused = [step_id for step_id in by_id if step_id not in used]
    place = get(root, "variants")
    if used and unused and place is not None:
        them = "them" if len(unused) > 1 else "it"
        message = f"no variant uses {listed(unused, 'and')}: add {them} to one, or nobody gets to see {them}"
        findings.warning(place, message)


def _variant_steps(variant: Mapping, by_id: dict[str, Mapping], where: str, findings: Findings) -> None:
    """Note steps that the technique does not have, that come twice, or in another order than there."""
    order = {step_id: place for place, step_id in enumerate(by_id)}
    used: dict[str, Node] = {}
    furthest: str | None = None
    for place, step in enumerate(parts(variant, "steps"), 1):
        inside = f"{where}, {label('step', step, place)}"
        at_least(step, "minutes", 0, findings, inside)
        at = get(step, "id")
        named = words(at)
        if at is None or named is None:
            continue
        if named not in order:
            if findings.takes_more():
                findings.error(at, unknown("step", named, by_id), where)
        elif named in used:
            findings.error(at, f"the step {quoted(named)} is there twice: take one out", where)
        else:
            if furthest is not None and order[furthest] > order[named]:
                message = f"the step {quoted(named)} comes before {quoted(furthest)} in the technique: keep that order"
                findings.error(at, message, where)
            else:
                furthest = named
            used[named] = at
    _answers_nothing(used, by_id, where, findings)


def _answers_nothing(used: dict[str, Node], by_id: dict[str, Mapping], where: str, findings: Findings) -> None:
    for named, at in used.items():
        source = words(get(by_id[named], "from"))
        if source in by_id and source not in used and words(get(by_id[source], "kind")) not in _WITHOUT_ENTRIES:
            message = f"the step {quoted(named)} goes back to {quoted(source)}, which is left out here"
            findings.warning(at, message, where)


def _minutes(node: Mapping, root: Mapping, where: str, findings: Findings) -> None:
    """Warn where the steps take less or more time than the card of the technique says."""
    span = get(root, "minutes")
    least, most = number(get(span, "least")), number(get(span, "most"))
    steps = get(node, "steps")
    said = [number(at) for step in parts(node, "steps") if (at := get(step, "minutes")) is not None]
    if steps is None or least is None or most is None or least > most or None in said:  # None is noted elsewhere
        return
    total: Level = sum(each for each in said if each is not None)
    if not total or least <= total <= most:
        return
    message = f"its steps take {total} minutes, and the technique says from {least} to {most}"
    findings.warning(steps, message if where else message.replace("its", "the", 1), where)
