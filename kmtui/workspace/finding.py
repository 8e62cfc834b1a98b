"""What somebody means by an id, or the beginning of one: a record, a lesson or a knowledge asset."""

from __future__ import annotations

from typing import Literal

from kmtui.model.asset import Asset
from kmtui.model.base import Value
from kmtui.model.errors import NotFound
from kmtui.model.ids import as_typed
from kmtui.workspace.tools import Tools


class Thing(Value, frozen=True, kw_only=True):
    """Something with an id. `name` is what people call it."""

    kind: Literal["record", "lesson", "asset"]
    id: str
    name: str = ""


def find_any(tools: Tools, beginning: str) -> Thing:
    """Return the one thing whose id begins so. Raises NotFound where there is none, or more than one."""
    errors: list[NotFound] = []
    found: list[Thing] = []
    try:
        found.append(Thing(kind="record", id=tools.store.find(beginning)))
    except NotFound as error:
        errors.append(error)
    try:
        line = tools.store.register.find(beginning)
        found.append(Thing(kind="lesson", id=line.id, name=line.lesson))
    except NotFound as error:
        errors.append(error)
    typed = as_typed(beginning)
    assets = [each for each in tools.store.assets.all() if each.id.startswith(typed)]
    found += [Thing(kind="asset", id=each.id, name=each.title) for each in assets]
    if len(found) == 1 and not any("More than one" in str(error) for error in errors):
        return found[0]
    if not found:
        raise next((error for error in errors if "More than one" in str(error)), _nothing(beginning))
    raise NotFound(f'More than one thing has an id that begins with "{beginning}". Type more of it.')


def _nothing(beginning: str) -> NotFound:
    return NotFound(f'There is no record, lesson or knowledge asset whose id begins with "{beginning}".')


def find_asset(tools: Tools, beginning: str) -> Asset:
    """Return the one knowledge asset whose id begins so. Raises NotFound where there is none, or more than one."""
    typed = as_typed(beginning)
    found = [each for each in tools.store.assets.all() if each.id.startswith(typed)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFound(f'There is no knowledge asset whose id begins with "{beginning}".')
    raise NotFound(f'More than one knowledge asset has an id that begins with "{beginning}". Type more of it.')
