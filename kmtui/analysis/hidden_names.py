"""A comparison that can be shown without telling which team is which."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from itertools import product
from string import ascii_uppercase

from msgspec.structs import replace

from kmtui.analysis.matching import NOT_USED, folded
from kmtui.analysis.standing import Compared, Comparison, NotCompared, Standing, Trend
from kmtui.model.matrix import Matrix

OUR_TEAM = "Our team"
"""What the own team is called where names are hidden."""


def with_names_hidden(comparison: Comparison) -> Comparison:
    """Return the comparison with Team A, Team B, ... for the teams and Our team for the own one, in all of it.

    Letters go by a digest of the record, not by the alphabet, and are the same on every criterion. Everything is put in
    their order; dates, ids, the options of local services and the reasons for leaving a criterion out go, since they
    could tell a team.
    """
    letters = _letters(comparison)
    places = {team: place for place, team in enumerate(letters.values())}  # the last of several spellings will do

    def place(team: str) -> int:
        return places[letters[team]] if team in letters else -1

    def standing(each: Standing) -> Standing:
        if each.team not in letters:
            return each
        return replace(each, team=letters[each.team], date=None, assessment="")

    def row(each: Compared) -> Compared:
        teams = sorted(each.teams, key=lambda one: place(one.team))
        return replace(each, criterion=replace(each.criterion, options=()), teams=tuple(map(standing, teams)))

    def not_compared(each: NotCompared) -> NotCompared:
        if each.team not in letters:
            return each
        why = NOT_USED if each.why.startswith(NOT_USED) else each.why
        return replace(each, team=letters[each.team], date=None, assessment="", why=why)

    return replace(
        comparison,
        own=OUR_TEAM if comparison.own else "",
        matrix=_without_options(comparison.matrix),
        teams=tuple(letters.get(team, team) for team in sorted(comparison.teams, key=place)),
        criteria=tuple(map(row, comparison.criteria)),
        not_compared=tuple(map(not_compared, sorted(comparison.not_compared, key=lambda each: place(each.team)))),
    )


def trend_with_name_hidden(trend: Trend) -> Trend:
    """Return the trend of a team without its name, and without the reasons for leaving a criterion out."""

    def unnamed(each: NotCompared) -> NotCompared:
        why = NOT_USED if each.why.startswith(NOT_USED) else each.why
        return replace(each, team=OUR_TEAM, assessment="", why=why)

    return replace(
        trend,
        team=OUR_TEAM,
        matrix=_without_options(trend.matrix),
        criteria=tuple(replace(each, criterion=replace(each.criterion, options=())) for each in trend.criteria),
        not_compared=tuple(map(unnamed, trend.not_compared)),
    )


def _letters(comparison: Comparison) -> dict[str, str]:
    """Return what each team is called, by its name in any spelling that is there; the own one and A come first."""
    own = folded(comparison.own)
    records: dict[str, str] = {}
    for row in comparison.criteria:
        for standing in row.teams:
            records.setdefault(standing.team, standing.assessment)
    for each in comparison.not_compared:
        records.setdefault(each.team, each.assessment)
    spellings: dict[str, list[str]] = {}
    for team in records:
        spellings.setdefault(folded(team), []).append(team)
    ours = dict.fromkeys(spellings.pop(own, []), OUR_TEAM)
    digests = {name: sha256(records[teams[0]].encode()).digest() for name, teams in spellings.items()}
    order = sorted(spellings, key=lambda name: (digests[name], name))
    named = zip(order, _all_letters(), strict=False)
    return ours | {team: letters for name, letters in named for team in spellings[name]}


def _all_letters() -> Iterator[str]:
    """Yield Team A to Team Z, Team AA to Team ZZ and so on, without end."""
    length = 1
    while True:
        yield from (f"Team {''.join(letters)}" for letters in product(ascii_uppercase, repeat=length))
        length += 1


def _without_options(matrix: Matrix) -> Matrix:
    """Return the matrix without options, which may be those of one team's own service."""
    sections = tuple(
        replace(section, criteria=tuple(replace(each, options=()) for each in section.criteria))
        for section in matrix.sections
    )
    return replace(matrix, sections=sections)
