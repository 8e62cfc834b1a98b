"""What was done in a period, counted: sessions, people, lessons, actions and criteria that moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import cache
from typing import TypeVar

from kmtui.analysis.matching import folded
from kmtui.model.base import Value
from kmtui.model.lesson import LessonState, Use
from kmtui.model.lines import RecordLine
from kmtui.model.numbers import ActionFact, LessonFact, LessonTurn, Move, Numbers, Period, Tally, TeamTally
from kmtui.text import one_line

Fact = TypeVar("Fact", LessonFact, ActionFact)


class _Facts(Value, frozen=True, kw_only=True):
    """What is counted, in one value, so that it is split by team at one place."""

    sessions: list[RecordLine] = []
    lessons: list[LessonFact] = []
    turns: list[LessonTurn] = []
    uses: list[Use] = []
    actions: list[ActionFact] = []
    moves: list[Move] = []


def numbers(
    period: Period,
    sessions: Iterable[RecordLine],
    lessons: Iterable[LessonFact],
    actions: Iterable[ActionFact],
    uses: Iterable[Use],
    moves: Iterable[Move],
    team: str = "",
    *,
    turns: Iterable[LessonTurn] = (),
) -> Numbers:
    """Return what was done in a period, as a whole and by team.

    The people of all sessions and assessments are added up, so the same person in two sessions counts twice; this has
    to be said wherever the number is shown. A lesson that two teams took along counts for each of them, and once in the
    whole. What a second window went on with is the same session, lesson or action, and counts once.

    Args:
        period: the days, both ends within.
        sessions: lines of sessions and assessments, of any day.
        lessons: of any day.
        actions: of any day, without ideas: nobody has promised those.
        uses: where lessons were taken along, by the team that did so, of any day.
        moves: the criteria that were scored again in the period (`kmtui.analysis.moves`).
        team: only what this team did, its name in any case; empty for all.
        turns: when lessons got a state, of any day.
    """
    fold = cache(folded)
    wanted = fold(team)

    def ours(name: str) -> bool:
        return not wanted or fold(name) == wanted

    lines = list(sessions)
    once = _each_once(lines, fold)
    copies = {each.id for each in lines} - {each.id for each in once}
    facts = _Facts(
        sessions=[each for each in once if period.holds(each.date) and ours(each.team)],
        lessons=_by_id(each for each in lessons if period.holds(each.date) and ours(each.team) and not each.imported),
        turns=[each for each in turns if period.holds(each.day) and ours(each.team)],
        uses=[each for each in uses if period.holds(each.date) and ours(each.team) and each.record not in copies],
        actions=_by_id(each for each in actions if each.date <= period.last and ours(each.team)),
        moves=[each for each in moves if ours(each.team)],
    )
    teams = _teams(period, facts, fold)
    name = next((each.team for each in teams), one_line(team)) if wanted else ""
    return Numbers(period=period, team=name, total=_tally(period, facts), teams=teams)


def _each_once(lines: Iterable[RecordLine], fold: Callable[[str], str]) -> list[RecordLine]:
    """Return the lines without those that a second window went on with: of each only the one changed last.

    A copy is of the same team, day and technique or matrix, and was begun at the same moment.
    """
    newest: dict[object, RecordLine] = {}
    for line in lines:
        key = line.id if line.begun is None else (line.kind, fold(line.team), line.date, line.about, line.begun)
        if key not in newest or newest[key].changed < line.changed:
            newest[key] = line
    return list(newest.values())


def _by_id(facts: Iterable[Fact]) -> list[Fact]:
    """Return the facts each once: a copy that a second window went on with has the same lessons and actions."""
    found: dict[str, Fact] = {}
    for fact in facts:
        found.setdefault(fact.id, fact)
    return list(found.values())


def _teams(period: Period, facts: _Facts, fold: Callable[[str], str]) -> tuple[TeamTally, ...]:
    """Return what each team did, in order of the alphabet; a team that did nothing is not there."""
    parts: dict[str, _Facts] = {}
    names: dict[str, str] = {}
    for field in _Facts.__struct_fields__:
        for each in getattr(facts, field):
            name = fold(each.team)
            names.setdefault(name, one_line(each.team))
            getattr(parts.setdefault(name, _Facts()), field).append(each)
    tallies = ((name, _tally(period, parts[name])) for name in sorted(parts, key=lambda name: (not name, name)))
    return tuple(TeamTally(team=names[name], tally=tally) for name, tally in tallies if tally != Tally())


def _tally(period: Period, facts: _Facts) -> Tally:
    sessions = [each for each in facts.sessions if each.kind == "session" and each.finished]
    assessments = [each for each in facts.sessions if each.kind == "assessment" and _held(each)]
    closed = [each for each in facts.actions if each.closed is not None and period.holds(each.closed)]
    done = [each for each in closed if each.state == "done"]
    on_time = sum(each.on_time for each in done)
    without = sum(each.due is None for each in done)
    return Tally(
        sessions=len(sessions),
        open_sessions=sum(each.kind == "session" and not each.finished for each in facts.sessions),
        assessments=len(assessments),
        people_reached=sum(each.people for each in (*sessions, *assessments)),
        lessons_captured=len(facts.lessons),
        lessons_keep=sum(each.keep for each in facts.lessons),
        lessons_agreed=_turned(facts.turns, "agreed"),
        lessons_applied=_turned(facts.turns, "applied"),
        lessons_retired=_turned(facts.turns, "retired"),
        lessons_reused=len({each.lesson for each in facts.uses}),
        uses=len(facts.uses),
        seen_again=sum(each.again is not None for each in facts.lessons),
        actions_agreed=sum(period.holds(each.date) for each in facts.actions),
        actions_closed_on_time=on_time,
        actions_closed_late=len(done) - on_time - without,
        actions_closed_without_a_day=without,
        actions_dropped=sum(each.state == "dropped" for each in closed),
        actions_overdue=sum(_overdue(each, period) for each in facts.actions),
        moves=tuple(facts.moves),
        techniques=_techniques(sessions),
    )


def _held(line: RecordLine) -> bool:
    """Whether an assessment is finished; a survey is once it is closed, since the group may never meet over it."""
    return line.finished or (line.way == "survey" and not line.collecting)


def _turned(turns: Iterable[LessonTurn], state: LessonState) -> int:
    """Return how many different lessons got a state."""
    return len({each.lesson for each in turns if each.state == state})


def _overdue(action: ActionFact, period: Period) -> bool:
    """Whether an action was open on the last day of the period and its day had passed, whenever it was closed since."""
    if action.due is None or action.due >= period.last:
        return False
    return action.state == "open" if action.closed is None else action.closed > period.last


def _techniques(sessions: Iterable[RecordLine]) -> tuple[tuple[str, int], ...]:
    """Return the names of techniques with the number of sessions, most first, then in order of the alphabet."""
    names: dict[str, str] = {}
    runs: Counter[str] = Counter()
    for each in sessions:
        names.setdefault(each.about, one_line(each.about_name))
        runs[each.about] += 1
    found = ((names[about], count) for about, count in runs.items())
    return tuple(sorted(found, key=lambda each: (-each[1], folded(each[0]))))
