"""The thread through a piece of work: what was said in earlier sessions on it, at the beginning of the next one."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from kmtui.analysis.matching import folded, same_name
from kmtui.flow.steps import said_earlier, takes_from_earlier
from kmtui.model.base import in_words
from kmtui.model.errors import NotFound, StoreError, WrongInput
from kmtui.model.lines import RecordLine
from kmtui.model.session import Entry, Session
from kmtui.model.technique import Collect, Technique
from kmtui.workspace.tools import Tools


def earlier_techniques(technique: Technique) -> frozenset[str]:
    """Return the ids of the techniques from whose sessions a technique goes on."""
    steps = (step for step in technique.steps if isinstance(step, Collect))
    return frozenset(each.technique for step in steps for each in step.earlier)


def could_go_on_from(tools: Tools, technique: Technique, team: str = "") -> list[RecordLine]:
    """Return the sessions from which one could go on: those of the same team first, each the newest first."""
    wanted = earlier_techniques(technique)
    if not wanted:
        return []
    lines = [line for line in tools.store.records() if line.kind == "session" and line.about in wanted]
    return sorted(lines, key=lambda line: bool(folded(team)) and not same_name(line.team, team))


def on_the_same_work(tools: Tools, technique: Technique, title: str, team: str) -> tuple[str, ...]:
    """Return the ids of the sessions that a new one goes on from by itself, the oldest first.

    Those have the same title and the same team; a session without a title goes on from none, and nothing from it. The
    line of an untitled session has the name of its technique as its title.
    """
    if not folded(title):
        return ()
    return tuple(
        line.id
        for line in reversed(could_go_on_from(tools, technique))
        if same_name(line.title, title)
        and not same_name(line.title, line.about_name)
        and folded(line.team) == folded(team)
    )


def found(tools: Tools, beginnings: Iterable[str]) -> tuple[str, ...]:
    """Return the ids of the sessions that begin so. Raises NotFound; WrongInput where one is an assessment."""
    ids = tuple(dict.fromkeys(tools.store.find(each) for each in beginnings))
    for record_id in ids:
        if not isinstance(tools.store.read(record_id), Session):
            raise WrongInput(f"{record_id} is an assessment. A session goes on from sessions.")
    return ids


def carried(tools: Tools, session: Session) -> Session:
    """Return the session with what the sessions that it continues have said to its steps, as entries to change.

    A step that has entries already is left alone. What cannot be read is passed over.
    """
    earlier = [record for record in (_read(tools, each) for each in session.continues) if record is not None]
    entries = list(session.entries)
    for step in takes_from_earlier(session):
        if session.entries_of(step.id):
            continue
        for record in earlier:
            entries += [
                Entry(id=tools.ids(), step=step.id, text=text, session=record.id) for text in said_earlier(step, record)
            ]
    order = {step.id: number for number, step in enumerate(session.technique.steps)}
    return replace(session, entries=tuple(sorted(entries, key=lambda entry: order.get(entry.step, len(order)))))


def _read(tools: Tools, session_id: str) -> Session | None:
    try:
        record = tools.store.read(session_id)
    except (NotFound, StoreError):
        return None
    return record if isinstance(record, Session) else None


def names_of_earlier(tools: Tools, session: Session) -> dict[str, str]:
    """Return what the sessions that one continues are called, with their day, by id, as far as they are here."""
    records = ((each, _read(tools, each)) for each in session.continues)
    return {each: f"{record.technique.name}, {in_words(record.date)}" for each, record in records if record is not None}
