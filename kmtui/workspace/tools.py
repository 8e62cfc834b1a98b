"""What the use cases need from outside, in one value, so that tests can give other clocks and ids."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, date, datetime

import msgspec

from kmtui.content.library import Library
from kmtui.model.ids import IdMaker
from kmtui.store.protocol import Store


def utc_now() -> datetime:
    """Return the time in UTC, to the millisecond: a script can make two records of one team within a second."""
    now = datetime.now(UTC)
    return now.replace(microsecond=now.microsecond // 1000 * 1000)


class Tools(msgspec.Struct, frozen=True, kw_only=True):
    """The store, the content, and the clocks. `monotonic` counts seconds."""

    store: Store
    library: Library
    now: Callable[[], datetime] = utc_now
    today: Callable[[], date] = date.today
    monotonic: Callable[[], float] = time.monotonic
    ids: IdMaker = msgspec.field(default_factory=IdMaker)
