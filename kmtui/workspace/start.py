"""What a face is asked to begin with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Start:
    """Where to begin: at home, with a new session or assessment, or with a record that is here already.

    `survey` and `plan` lead to those of the record, `survey` to a new one without a record, and with the `view` answer
    to one person's answers; `compare` to a `view` (river, stairs or trend). `setup` names a set-up; `action` is the id
    of the action that a session is held for; `continues` are the ids of the earlier sessions that one goes on from,
    None where those on the same work are to be found; `takes` are the ids of lessons that are taken along.
    """

    kind: Literal["home", "session", "assessment", "record", "survey", "plan", "compare"] = "home"
    technique: str = ""
    variant: str | None = None
    title: str = ""
    team: str = ""
    people: str = ""
    on_behalf_of: str = ""
    record_id: str = ""
    setup: str = ""
    action: str = ""
    view: str = ""
    continues: tuple[str, ...] | None = None
    takes: tuple[str, ...] = ()
