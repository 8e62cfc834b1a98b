"""What a face is asked to begin with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Start:
    """Where to begin: at home, with a new session or assessment, or with a record that is here already."""

    kind: Literal["home", "session", "assessment", "record"] = "home"
    technique: str = ""
    variant: str | None = None
    title: str = ""
    team: str = ""
    people: str = ""
    on_behalf_of: str = ""
    record_id: str = ""
