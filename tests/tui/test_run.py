"""How the screens are listened to where signals have no handlers in the loop, as on Windows."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from kmtui.tui import run
from kmtui.tui.run import _SignalledApp
from kmtui.workspace.desk import Desk
from kmtui.workspace.settings import Settings
from kmtui.workspace.start import Start
from tests.tui.driving import Hands


async def test_signals_end_the_app_where_the_loop_cannot_listen(
    desk: Desk, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    handlers: dict[int, Callable[..., Any]] = {}

    def refuse(*_: object) -> None:
        raise NotImplementedError

    monkeypatch.setattr(asyncio.get_running_loop(), "add_signal_handler", refuse)
    fake = SimpleNamespace(**{name: getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)})
    fake.signal = lambda number, handler: handlers.update({number: handler})
    monkeypatch.setattr(run, "signal", fake)
    app = _SignalledApp(lambda: desk, settings, Start())
    async with app.run_test(size=(60, 18)) as pilot:
        await Hands(pilot).settle()
        handlers[signal.SIGTERM](signal.SIGTERM, None)
        await pilot.pause()
        assert not app.is_running
