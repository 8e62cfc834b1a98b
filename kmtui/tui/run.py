"""Opens the screens, and brings everything home however they end."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from kmtui.model.errors import KmtuiError
from kmtui.tui.app import CRASHED, KmtuiApp
from kmtui.workspace.log import where_it_arose

if TYPE_CHECKING:
    from kmtui.workspace.desk import Desk
    from kmtui.workspace.settings import Settings
    from kmtui.workspace.start import Start

PLAIN_WANTED = "plain"
"""What `run_screens` returns when plain text was chosen at the first start."""


class _SignalledApp(KmtuiApp):
    """The app as it runs in a real terminal: a closed terminal or a signal ends it as Ctrl+Q would."""

    def listen(self) -> None:
        """Listen to the signals that end a program. Windows has a closing console and Ctrl+Break instead."""
        loop = asyncio.get_running_loop()
        for name in ("SIGHUP", "SIGTERM", "SIGBREAK"):
            number = getattr(signal, name, None)
            if number is None:
                continue
            try:
                loop.add_signal_handler(number, self.exit)
            except (NotImplementedError, RuntimeError, ValueError):  # Windows' loops have no signal handlers
                signal.signal(number, lambda *_: loop.call_soon_threadsafe(self.exit))


def run_screens(open_desk: Callable[[], Desk], settings: Settings, start: Start) -> int | str:
    """Run the screens to their end; return an exit code, or `PLAIN_WANTED`."""
    app = _SignalledApp(open_desk, settings, start)
    code = 0
    chosen: str | None = None
    try:
        chosen = app.run()
        code = app.return_code or 0
    except OSError:  # the terminal went away while something was written to it
        code = 0
    finally:
        code = _brought_home(app, code)
    if app.fault is not None:
        code = CRASHED
        _say(f"kmtui has stopped because of a fault in it ({where_it_arose(app.fault)}). What you saved is kept.")
        _say("Start kmtui again to go on where you were.")
    return chosen if chosen == PLAIN_WANTED else code


def _brought_home(app: KmtuiApp, code: int) -> int:
    try:
        app.close_opened()
    except KmtuiError as error:
        _say(f"Error: {error}")
        return error.exit_code
    return code


def _say(message: str) -> None:
    try:
        print(message, file=sys.stderr)  # noqa: T201 - the screens have gone
    except OSError:  # so has the terminal
        return
