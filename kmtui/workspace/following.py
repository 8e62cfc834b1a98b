"""Follow-up of a record's actions: shown where the record is shown, and said again where the record changes them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from msgspec.structs import replace

from kmtui.flow.followup import Followed, followed_action
from kmtui.model.session import Action
from kmtui.store.protocol import Record, Store

AnyRecord = TypeVar("AnyRecord", bound=Record)


def with_followup(record: AnyRecord, followed: Mapping[str, Followed]) -> AnyRecord:
    """Return a record with what follow-up has made of its actions."""
    return replace(record, actions=tuple(followed_action(each, followed.get(each.id)) for each in record.actions))


def followed_ids(record: Record, followed: Mapping[str, Followed]) -> frozenset[str]:
    """Return the ids of the actions of a record that have been followed up."""
    return frozenset(action.id for action in record.actions if action.id in followed)


def say_again(store: Store, actions: tuple[Action, ...], followed_up: frozenset[str]) -> None:
    """Write an event for every followed action that now says something else, or the older event would win over it.

    Raises:
        StoreError: it could not be written.
    """
    followed = store.followed()
    for action in actions:
        if action.id in followed_up:
            shown = followed_action(action, followed.get(action.id))
            change = {field: value for field, value in _fields(action).items() if value != _fields(shown)[field]}
            if change:
                store.add_event(action.id, change)


def _fields(action: Action) -> dict[str, str | None]:
    return {
        "owner": action.owner,
        "due": action.due.isoformat() if action.due else None,
        "review": action.review.isoformat() if action.review else None,
        "done_when": action.done_when,
        "state": action.state,
        "note": action.note,
        "outcome": action.outcome,
    }
