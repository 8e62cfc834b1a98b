"""What sessions and assessments do in the same way: parked matters, and words that are typed and not yet entered."""

from __future__ import annotations

from typing import TypeVar

from msgspec.structs import replace

from kmtui.model.assessment import Assessment
from kmtui.model.errors import NotFound
from kmtui.model.session import Action, Entry, Lesson, Session, TableRow

Record = TypeVar("Record", Session, Assessment)
Item = TypeVar("Item", bound=Entry | Lesson | Action | TableRow)


def park(record: Record, text: str) -> Record:
    """Return the record with one more matter on the parking list."""
    return replace(record, parked=(*record.parked, text))


def unpark(record: Record, number: int) -> Record:
    """Return the record without one matter of the parking list; `number` counts from 0.

    Raises:
        NotFound: there is no such matter.
    """
    if not 0 <= number < len(record.parked):
        raise NotFound("That is not on the parking list any more.")
    return replace(record, parked=record.parked[:number] + record.parked[number + 1 :])


def with_draft(record: Record, field: str, text: str) -> Record:
    """Return the record with what stands in a field and is not entered yet; an empty text clears it."""
    drafts = {name: draft for name, draft in record.drafts.items() if name != field}
    return replace(record, drafts={**drafts, field: text} if text else drafts)


def moved(items: tuple[Item, ...], item_id: str, by: int) -> tuple[Item, ...]:
    """Return the items with one further up (below zero) or down; at either end it stays where it is."""
    ids = [item.id for item in items]
    if item_id not in ids:
        return items
    here = ids.index(item_id)
    there = min(max(here + by, 0), len(items) - 1)
    order = list(items)
    order.insert(there, order.pop(here))
    return tuple(order)
