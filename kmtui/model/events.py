"""What changes after a session has ended: an action is done, a note is added. Each change is an event."""

from __future__ import annotations

from datetime import datetime

from kmtui.model.base import Value


class Event(Value, frozen=True, kw_only=True):
    """One change to one record, action or lesson, said by one process.

    `about` is the id of what changes; `change` holds the new values by field (dates as ISO 8601 text, None for
    emptied). `after` is the id of the newest event on the same subject that the writer knew of. `sequence` counts the
    events of a process from 1.
    """

    id: str
    about: str
    at: datetime
    process: str
    sequence: int
    change: dict[str, str | None]
    after: str | None = None


class Events(Value, frozen=True, kw_only=True):
    """The file of one process: at most `FULL` events."""

    events: tuple[Event, ...] = ()


FULL = 1000
"""How many events a process writes into one file before it begins the next."""
