"""Bundles: chosen sessions, assessments, lessons and assets in one file, to be taken in elsewhere."""

from __future__ import annotations

from datetime import datetime

from kmtui.model.assessment import Assessment
from kmtui.model.asset import Asset
from kmtui.model.base import Value
from kmtui.model.events import Event
from kmtui.model.lesson import KeptLesson
from kmtui.model.session import Session


class Bundle(Value, frozen=True, kw_only=True):
    """What a bundle holds. `with_names` and `with_private` say what its records were written with."""

    made: datetime
    with_names: bool = False
    with_private: bool = False
    records: tuple[Session | Assessment, ...] = ()
    lessons: tuple[KeptLesson, ...] = ()
    assets: tuple[Asset, ...] = ()
    events: tuple[Event, ...] = ()


class Merged(Value, frozen=True, kw_only=True):
    """What became of a bundle that was taken in: ids of what is new, and what was joined, how many were here already.

    `conflicts` says in sentences where both sides had different words, all of which are kept; `failed` what could not
    be taken in, and why.
    """

    new: tuple[str, ...] = ()
    joined: tuple[str, ...] = ()
    same: int = 0
    conflicts: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()
