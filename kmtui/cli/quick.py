"""The shortest way from the word `kmtui` to the screens, without the machinery of commands."""

from __future__ import annotations

import gc
import os
import sys
from typing import TYPE_CHECKING

from kmtui.cli.ending import told
from kmtui.cli.streams import patient_streams

if TYPE_CHECKING:
    from kmtui.workspace.desk import Desk


def screens() -> int | None:
    """Open the screens at home and return the exit code; None where plain mode is wanted, which commands open."""
    if os.environ.get("TERM") == "dumb" or not on_a_terminal():
        return None
    patient_streams()
    try:
        return _screens()
    except Exception as fault:
        return told(fault)


def on_a_terminal() -> bool:
    """Say whether people see and type: Textual reads the first stream and draws on the third."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout, sys.stderr))


def _screens() -> int | None:
    from kmtui.workspace.settings import read_settings, wants_plain, workspace_folder
    from kmtui.workspace.start import Start

    gc.disable()  # nothing made while loading can be thrown away; the app turns it on again with its first frame
    settings = read_settings()
    if wants_plain(None, settings, terminal=True):
        return None
    from kmtui.tui.run import PLAIN_WANTED, run_screens

    def open_desk() -> Desk:
        from kmtui.workspace.desk import open_desk as desk_of

        return desk_of(workspace_folder(None, settings), settings)

    code = run_screens(open_desk, settings, Start())
    return None if code == PLAIN_WANTED or isinstance(code, str) else code
