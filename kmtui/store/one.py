"""The one thing whose id begins as somebody typed it."""

from __future__ import annotations

from kmtui.model.errors import NotFound
from kmtui.text import shortened

_FEW = 5


def the_one(noun: str, beginning: str, found: list[tuple[str, str]]) -> str:
    """Return the only id that was found among pairs of id and label. Raises NotFound where there is none, or more."""
    if not found:
        raise NotFound(f'There is no {noun} whose id begins with "{beginning}".')
    if len(found) > 1:
        few = "; ".join(f"{found_id} ({shortened(label, 40)})" for found_id, label in found[:_FEW])
        more = f"; and {len(found) - _FEW} more" if len(found) > _FEW else ""
        raise NotFound(f'More than one {noun} has an id that begins with "{beginning}": {few}{more}. Type more of it.')
    return found[0][0]
