"""The answers to steps of the kinds score, vote, groups and table."""

from __future__ import annotations

import re
from datetime import date

from kmtui.analysis.matching import folded
from kmtui.content.convert import BAD, is_nothing, reader_for
from kmtui.content.findings import Findings
from kmtui.content.nodes import Broken, Mapping, Node, Scalar, Sequence
from kmtui.content.rules import get
from kmtui.content.words import listed, nearest, quoted, unknown
from kmtui.flow.people import participants
from kmtui.flow.steps import MOST_DOTS, MOST_MARKS, check_mark, scale_in_words
from kmtui.model.answers import GroupsAnswer, VoteAnswer
from kmtui.model.base import Day, Level
from kmtui.model.errors import WrongInput
from kmtui.model.session import Person
from kmtui.model.technique import Column, Groups, Score, Table, Technique, Vote

_AUTO = re.compile(r"auto(?:\s+(\d{1,9}))?$", re.IGNORECASE)
_ROUNDS = "auto, or rounds of groups of people: [[[Porter, Bed manager], [Ward sister, Pharmacist]]]"


def read_marks(value: Node, step: Score, where: str, findings: Findings) -> tuple[Level, ...]:
    """Return the numbers that people gave, after noting those outside the scale."""
    read = reader_for(tuple[Level, ...]).read(value, "it", where, findings)
    if read is BAD or not isinstance(value, Sequence):
        return ()
    numbers: tuple[Level, ...] = read
    for number, item in zip(numbers, value.items, strict=True):
        try:
            check_mark(step, number)
        except WrongInput:
            findings.error(item, f"{number} is outside the scale: {_first_small(scale_in_words(step))}", where)
    if len(numbers) > MOST_MARKS:
        findings.error(value, f"there are {len(numbers)} numbers, and {MOST_MARKS} at most are possible", where)
    return numbers


def _first_small(words: str) -> str:
    return words[:1].lower() + words[1:].rstrip(".")


def read_votes(
    value: Node, step: Vote, given: tuple[VoteAnswer, ...], count: int, findings: Findings
) -> tuple[VoteAnswer, ...]:
    """Return the dots, after noting those on entries that are not there. `count` is how many entries there are."""
    where = f"step {quoted(step.id)}"
    seen: set[int] = set()
    for vote, item in zip(given, value.items if isinstance(value, Sequence) else (), strict=False):
        at = get(item, "entry") or item
        entries = "1 entry" if count == 1 else f"{count} entries"
        if not 1 <= vote.entry <= count:
            message = f'"entry" takes the number of an entry of step {quoted(step.from_)}, which has {entries}'
            findings.error(at, f"{message}, not {vote.entry}", where)
        elif vote.entry in seen:
            findings.error(at, f"entry {vote.entry} has dots already: write all of them together", where)
        seen.add(vote.entry)
        if not 0 <= vote.dots <= MOST_DOTS:
            findings.error(get(item, "dots") or item, f'"dots" goes from 0 to {MOST_DOTS}, not {vote.dots}', where)
    return given


def read_groups(value: Node, where: str, findings: Findings) -> GroupsAnswer | None:
    """Return who sits with whom: `auto`, `auto 42` with a seed, or rounds of groups as they are written."""
    if isinstance(value, Scalar):
        match = _AUTO.match(value.value.strip())
        if match is None:
            findings.error(value, f"it takes {_ROUNDS}, not {quoted(value.value.strip())}", where)
            return None
        return GroupsAnswer(drawn=True, seed=int(match[1]) if match[1] else None)
    read = reader_for(tuple[tuple[tuple[str, ...], ...], ...]).read(value, "it", where, findings)
    if read is BAD or not isinstance(value, Sequence):
        return None
    for number, (round_, item) in enumerate(zip(read, value.items, strict=True), 1):
        names = [" ".join(name.split()).casefold() for group in round_ for name in group]
        twice = next((name for name in names if names.count(name) > 1), None)
        if twice is not None:
            findings.error(item, f"{quoted(twice)} is in round {number} twice: take one out", where)
    return GroupsAnswer(rounds=read)


def check_seats(
    root: Node | None,
    people: tuple[Person, ...],
    technique: Technique,
    groups: dict[str, GroupsAnswer],
    findings: Findings,
) -> None:
    """Warn of groups by hand that leave people out, or have others or another number of rounds than was said."""
    here = {folded(each.label): each.label for each in participants(people)}
    for step_id, answer in groups.items():
        step, place = technique.step(step_id), get(root, step_id)
        if answer.drawn or place is None or not isinstance(step, Groups):
            continue
        where = f"step {quoted(step_id)}"
        if len(answer.rounds) > step.rounds:
            findings.warning(place, f"it has {len(answer.rounds)} rounds, and the technique {step.rounds}", where)
        for number, round_ in enumerate(answer.rounds, 1):
            seated = {folded(name): name for group in round_ for name in group}
            strangers = [name for key, name in seated.items() if key not in here] if here else []
            left_out = [name for key, name in here.items() if key not in seated]
            if strangers:
                findings.warning(place, f"round {number} has people who are not in people: {listed(strangers)}", where)
            if left_out:
                findings.warning(place, f"round {number} leaves out {listed(left_out, 'and')}", where)
            if any(len(group) == 1 for group in round_):
                findings.warning(place, f"round {number} has somebody alone", where)


def read_rows(value: Node, step: Table, where: str, findings: Findings) -> tuple[dict[str, str], ...]:
    """Return the rows of a table, each cell as the kind of its column wants it, after noting what is wrong."""
    columns = {column.id: column for column in step.columns}
    example = f"{{{', '.join(f'{each}: …' for each in list(columns)[:2])}}}"
    if not isinstance(value, Sequence):
        if not isinstance(value, Broken):
            findings.error(value, f"it takes a list of rows: write for example [{example}]", where)
        return ()
    rows = []
    for number, item in enumerate(value.items, 1):
        place = f"{where}, row {number}"
        if not isinstance(item, Mapping):
            if not isinstance(item, Broken):
                findings.error(item, f"a row takes keys with values: write for example {example}", place)
            continue
        cells = {}
        for key, (at, cell) in item.pairs.items():
            column = columns.get(key)
            if column is None:
                if findings.takes_more():
                    findings.error(at, unknown("column", key, columns), place)
            elif not is_nothing(cell):
                cells[key] = _cell(column, cell, place, findings)
        if cells:
            rows.append(cells)
    return tuple(rows)


def _cell(column: Column, cell: Node, where: str, findings: Findings) -> str:
    if column.kind == "date":
        day = reader_for(Day).read(cell, quoted(column.id), where, findings)
        return day.isoformat() if isinstance(day, date) else ""
    text = reader_for(str).read(cell, quoted(column.id), where, findings)
    if text is BAD:
        return ""
    words: str = text
    if column.kind == "choice" and words not in column.choices:
        near = nearest(words, column.choices)
        hint = f": did you mean {quoted(near)}?" if near else ""
        findings.error(cell, f"{quoted(column.id)} takes {listed(column.choices)}, not {quoted(words)}{hint}", where)
    return words
