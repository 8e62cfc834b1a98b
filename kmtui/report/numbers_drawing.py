"""The table of the specialist's own numbers by team, drawn for a terminal: in as many parts as its width asks for."""

from __future__ import annotations

from collections.abc import Sequence

from kmtui.model.numbers import Numbers, Tally
from kmtui.report.drawing import display_width, fitted
from kmtui.report.numbers_markdown import ALL_TEAMS, COLUMNS, Column
from kmtui.report.numbers_sentences import team_name
from kmtui.text import clean

NARROWEST = 48
"""In fewer places the names of teams would have no room; sentences say the same there."""

_GAP = 2
_WIDEST_TEAM = 24

_Table = tuple[Column, ...]


def teams_drawing(numbers: Numbers, width: int) -> list[str]:
    """Return what each team did, with the whole below it, as a table of at most `width` places.

    Columns that belong together stay together. Where not all have room beside each other, the next ones follow in a
    table below. Nothing for one team alone, which is the whole, and nothing where there is no room.
    """
    if len(numbers.teams) < 2 or width < NARROWEST:
        return []
    rows = [(clean(team_name(each)), each.tally) for each in numbers.teams] + [(ALL_TEAMS, numbers.total)]
    room = width - max(_places(group, rows) for group in COLUMNS)
    names = min(max(display_width(name) for name, _ in rows), _WIDEST_TEAM, room)
    drawn: list[str] = []
    for table in _tables(rows, width - names):
        drawn += [*([""] if drawn else []), *_drawn(table, rows, names)]
    return drawn


def _tables(rows: Sequence[tuple[str, Tally]], room: int) -> list[_Table]:
    """Return the columns in as few tables as there is room for."""
    tables: list[_Table] = []
    for group in COLUMNS:
        if tables and _places((*tables[-1], *group), rows) <= room:
            tables[-1] = (*tables[-1], *group)
        else:
            tables.append(group)
    return tables


def _places(table: _Table, rows: Sequence[tuple[str, Tally]]) -> int:
    return sum(_GAP + _width(column, rows) for column in table)


def _width(column: Column, rows: Sequence[tuple[str, Tally]]) -> int:
    head, count = column
    return max(*(len(word) for word in head.split()), *(len(f"{count(tally):,}") for _, tally in rows))


def _drawn(table: _Table, rows: Sequence[tuple[str, Tally]], names: int) -> list[str]:
    """Return a table: heads of two words over each other, and a line for each team."""
    widths = [_width(column, rows) for column in table]
    heads = [head.split() for head, _ in table]
    tall = max(len(words) for words in heads)
    stacked = [[""] * (tall - len(words)) + words for words in heads]
    return [
        *(_line("", [words[line] for words in stacked], names, widths) for line in range(tall)),
        *(_line(name, [f"{count(tally):,}" for _, count in table], names, widths) for name, tally in rows),
    ]


def _line(name: str, cells: Sequence[str], names: int, widths: Sequence[int]) -> str:
    shown = fitted(name, names)
    first = shown + " " * (names - display_width(shown))
    return (first + "".join(f"{cell:>{width + _GAP}}" for cell, width in zip(cells, widths, strict=True))).rstrip()
