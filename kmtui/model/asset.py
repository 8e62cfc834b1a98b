"""Knowledge assets: lessons, good practice and contacts on one subject, collected into a page."""

from __future__ import annotations

from datetime import datetime

from kmtui.model.base import SCHEMA, Day, Value
from kmtui.model.lines import PracticeLine


class Contact(Value, frozen=True, kw_only=True):
    """A role that may be asked about the subject, and what about."""

    role: str
    about: str = ""


class Asset(Value, frozen=True, kw_only=True):
    """A page on one subject. It holds the ids of lessons, whose words stay where they are.

    `practices` are copies of examples with the assessments that they come from; `looked` is the day when somebody last
    looked whether it is still right, `looked_by` the role.
    """

    id: str
    schema: int = SCHEMA
    created: datetime
    changed: datetime
    title: str
    about: str = ""
    lessons: tuple[str, ...] = ()
    practices: tuple[PracticeLine, ...] = ()
    contacts: tuple[Contact, ...] = ()
    looked: Day | None = None
    looked_by: str = ""
