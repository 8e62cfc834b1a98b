"""What of two records is the same, whoever made them: everything but ids and times."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from kmtui.model.ids import IdMaker
from kmtui.model.session import Session
from kmtui.workspace.desk import Desk, open_desk
from kmtui.workspace.sharing import document, json_text

TODAY = date(2026, 11, 20)


class Ids(IdMaker):
    """Makes ids, and knows them again."""

    def __init__(self) -> None:
        super().__init__()
        self.made: set[str] = set()

    def __call__(self) -> str:
        made = super().__call__()
        self.made.add(made)
        return made


def desk_in(folder: Path) -> Desk:
    """Return an empty workspace on the day of the tests, no two moments of which are the same."""
    desk = open_desk(folder / "workspace", cache=folder / "cache")
    ticks = count()
    tools = replace(
        desk.tools,
        ids=Ids(),
        today=lambda: TODAY,
        now=lambda: datetime.combine(TODAY, time(9), UTC) + timedelta(seconds=next(ticks)),
    )
    return Desk(tools, desk.folder)


def newest(desk: Desk) -> Session:
    """Return the session of a workspace that was made last."""
    record = desk.read(next(line.id for line in desk.records() if line.kind == "session"))
    assert isinstance(record, Session)
    return record


def alike(desk: Desk) -> list[str]:
    """Return the newest session of a workspace with the assessments of its steps as lines of JSON, to be compared.

    Ids stand as numbers in the order in which they first appear, so that what refers to what is still there; of moments
    only whether there is one; of the place of an assessment nothing, since one may finish it anywhere.
    """
    session = newest(desk)
    whole = document(session, with_names=True, with_private=True)
    assessments = [desk.show(each.assessment) for each in session.assessed]
    documents = [_session(whole), _session(desk.show(session.id)), *map(_assessment, assessments)]
    ids = desk.tools.ids
    assert isinstance(ids, Ids)
    return json_text(_numbered(documents, ids.made, {})).splitlines()


def _session(found: dict[str, Any]) -> dict[str, Any]:
    moments = {name: found[name] is not None for name in ("created", "changed", "begun", "ended")}
    return {**found, **moments, "spent": {}}


def _assessment(found: dict[str, Any]) -> dict[str, Any]:
    return {**_session(found), "place": ""}


def _numbered(value: Any, ids: set[str], numbers: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {key: _numbered(each, ids, numbers) for key, each in value.items()}
    if isinstance(value, list):
        return [_numbered(each, ids, numbers) for each in value]
    return numbers.setdefault(value, f"id {len(numbers) + 1}") if isinstance(value, str) and value in ids else value
