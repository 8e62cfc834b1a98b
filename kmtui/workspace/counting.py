"""The specialist's own numbers: what was done in a period, gathered from the workspace."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from kmtui.analysis.matching import same_name
from kmtui.analysis.moves import moves
from kmtui.analysis.numbers import numbers
from kmtui.flow.period import between
from kmtui.model.assessment import Assessment
from kmtui.model.errors import NotFound
from kmtui.model.events import Event
from kmtui.model.lesson import Life
from kmtui.model.lines import ActionLine, RecordLine
from kmtui.model.numbers import ActionFact, LessonFact, LessonTurn, Numbers
from kmtui.text import file_slug
from kmtui.workspace.tools import Tools


def count(tools: Tools, first: date | None = None, last: date | None = None, team: str = "") -> Numbers:
    """Return what was done from the first to the last day, up to today, by all teams or by one.

    Without a first day it begins with the financial year of the last day; without a last day it goes to today.

    Raises:
        WrongInput: the first day comes after the last one, or has not come yet.
        NotFound: nothing in the workspace is of that team.
        StoreError: the workspace could not be read.
    """
    period = between(first, last, tools.today())
    store = tools.store
    with store.one_look():
        lines, actions, assessments = store.records(), store.actions(), store.assessments()
        lessons = list(store.register.facts())
        uses = store.register.uses_between(period.first, period.last)
        lives, events = store.register.lives(), store.events()
    names = {line.team for line in lines} | {lesson.team for lesson in lessons}
    if team.strip() and not any(same_name(each, team) for each in names):
        raise NotFound(f'Nothing here is of the team "{team.strip()}". kmtui list teams shows those there are.')
    return numbers(
        period,
        _with_answers(lines, assessments),
        lessons,
        (_fact(line, events.get(line.id, ())) for line in actions if not line.idea),
        uses,
        moves(assessments, period),
        team,
        turns=_turns(lessons, lives),
    )


def numbers_json(found: Numbers) -> dict[str, Any]:
    """Return numbers as data for scripts."""
    from kmtui.report.numbers_document import numbers_document

    return numbers_document(found)


def numbers_report(found: Numbers) -> str:
    """Return numbers as Markdown."""
    from kmtui.report.numbers_markdown import numbers_markdown

    return numbers_markdown(found)


def numbers_file(folder: Path, found: Numbers) -> Path:
    """Return a file in the folder that is not there yet, named after the time and the team."""
    from kmtui.workspace.sharing import free_file

    days = (found.period.first.isoformat(), found.period.last.isoformat())
    return free_file(folder, (*days, file_slug(found.team), "numbers"), ".md")


def _with_answers(lines: Iterable[RecordLine], assessments: Iterable[Assessment]) -> Iterator[RecordLine]:
    """Yield the lines, those of surveys with the people who answered, of whom those who met over it are some."""
    answered = {each.id: each.survey.answered for each in assessments if each.survey is not None}
    for line in lines:
        yield replace(line, people=max(line.people, answered[line.id])) if line.id in answered else line


def _fact(line: ActionLine, events: Iterable[Event]) -> ActionFact:
    moment = None if line.state == "open" else since(line.state, events)
    return ActionFact(
        id=line.id,
        team=line.team,
        date=line.date,
        due=line.due,
        closed=None if moment is None else local_day(moment),
        state=line.state,
    )


def since(state: str, events: Iterable[Event]) -> datetime | None:
    """Return when an action got the state that it has now; None where no event said so.

    What was said again by somebody who did not know is the same closing, and counts from the first time.

    Args:
        state: the state now.
        events: those on the action, in the order of time.
    """
    found = None
    for event in events:
        if event.change.get("state", state) != state:
            found = None
        elif "state" in event.change and found is None:
            found = event.at
    return found


def _turns(lessons: Iterable[LessonFact], lives: Mapping[str, Life]) -> Iterator[LessonTurn]:
    for lesson in lessons:
        life = lives.get(lesson.id)
        for turn in life.turns if life is not None else ():
            yield LessonTurn(lesson=lesson.id, team=lesson.team, state=turn.state, day=local_day(turn.at))


def local_day(moment: datetime) -> date:
    """Return the day of a moment where this machine is, as the day of a session is that where it took place."""
    return moment.astimezone().date()
