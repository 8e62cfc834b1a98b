"""Follow-up: what events have made of an action, a lesson or a record. The state shown is the fold of all events."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypeVar

from msgspec.structs import replace

from kmtui.model.base import Value
from kmtui.model.events import Event
from kmtui.model.session import Action

AnyAction = TypeVar("AnyAction", bound=Action)

DELETED = "deleted"
"""The field of the event that leaves of a deleted record its id alone."""


class Followed(Value, frozen=True, kw_only=True):
    """What the events on one subject come to.

    `values` holds the last one by field, `rivals` the value of another writer who did not know of the last one, and
    `newest` is the id of the event that the next one follows.
    """

    values: dict[str, str | None] = {}
    rivals: dict[str, str | None] = {}
    newest: str | None = None

    @property
    def deleted(self) -> bool:
        """Whether the subject was deleted and has not come back."""
        return self.values.get(DELETED) == "yes"


def fold(events: Iterable[Event]) -> dict[str, Followed]:
    """Return what all events come to, by subject. The order in which they are given does not matter.

    They are put in the order of UTC time, process and sequence; the last one wins per field. Where two events change
    the same field and neither knew of the other, both values are kept: the later as value, the earlier as rival.
    """
    by_subject: dict[str, dict[str, Event]] = {}
    for event in events:
        by_subject.setdefault(event.about, {})[event.id] = event
    return {about: _fold_one(found) for about, found in by_subject.items()}


def _fold_one(events: dict[str, Event]) -> Followed:
    ordered = sorted(events.values(), key=lambda event: (event.at, event.process, event.sequence, event.id))
    values: dict[str, str | None] = {}
    rivals: dict[str, str | None] = {}
    for field in {field: None for event in ordered for field in event.change}:
        setters = [event for event in ordered if field in event.change]
        values[field] = setters[-1].change[field]
        known = {each for event in setters for each in _ancestors(event, events)}
        unknown = (event.change[field] for event in reversed(setters) if event.id not in known)
        rival = [value for value in unknown if value != values[field]]
        if rival:
            rivals[field] = rival[0]
    return Followed(values=values, rivals=rivals, newest=ordered[-1].id)


def _ancestors(event: Event, events: dict[str, Event]) -> set[str]:
    """Return the ids of all events that the writer of this one knew of: the chain, and those of its own process."""
    known: set[str] = set()
    before = event.after
    while before is not None and before not in known:
        known.add(before)
        found = events.get(before)
        before = found.after if found is not None else None
    own = {each.id for each in events.values() if each.process == event.process and each.sequence < event.sequence}
    return known | own


def followed_action(action: AnyAction, followed: Followed | None) -> AnyAction:
    """Return an action with what follow-up has made of it. A value that does not fit its field is left alone."""
    if followed is None:
        return action
    changes: dict[str, object] = {}
    for field, value in followed.values.items():
        if field == "state" and value in ("open", "done", "dropped"):
            changes["state"] = value
        elif field in ("due", "review") and (not value or _as_date(value)):
            changes[field] = _as_date(value)
        elif field in ("owner", "note", "outcome", "done_when"):
            changes[field] = value or ""
    return replace(action, **changes)


def _as_date(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError:
        return None
