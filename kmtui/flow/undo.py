"""Undo and redo: the versions before and after the present one."""

from __future__ import annotations

from typing import Generic, TypeVar

import msgspec

Version = TypeVar("Version")

KEPT = 200
"""How many versions can be undone."""


class History(msgspec.Struct, Generic[Version], frozen=True):
    """What a change was made from (`past`, newest last) and what was undone (`future`, next to redo last).

    Each comes with words for what the change did: "entry added".
    """

    past: tuple[tuple[str, Version], ...] = ()
    future: tuple[tuple[str, Version], ...] = ()


def remember(history: History[Version], before: Version, words: str) -> History[Version]:
    """Return the history after a change was made to `before`; what was undone can no longer be redone."""
    return History((*history.past, (words, before))[-KEPT:], ())


def undo(history: History[Version], present: Version) -> tuple[History[Version], Version, str] | None:
    """Return the history, the version before the last change and the words for it; None if there is nothing."""
    if not history.past:
        return None
    words, before = history.past[-1]
    return History(history.past[:-1], (*history.future, (words, present))), before, words


def redo(history: History[Version], present: Version) -> tuple[History[Version], Version, str] | None:
    """Return the history, the version after the change that was undone last, and its words; None if nothing was."""
    if not history.future:
        return None
    words, after = history.future[-1]
    return History((*history.past, (words, present)), history.future[:-1]), after, words
