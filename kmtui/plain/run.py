"""Opens plain mode, and brings everything home however it ends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kmtui.plain.home import Home
from kmtui.plain.prompts import InputEnded, Prompter, QuitAsked, Stopped
from kmtui.plain.stopping import stopping
from kmtui.workspace.desk import Desk
from kmtui.workspace.settings import Settings
from kmtui.workspace.start import Start

ENDED_EARLY = 3
"""The exit code when the input ended, or a signal came, before a record was finished; everything is saved."""


def run_plain(
    prompter: Prompter,
    desk: Desk,
    settings: Settings,
    start: Start,
    *,
    resume: Callable[[str], str],
    export_to: Path | None = None,
) -> int:
    """Run plain mode to its end and return the exit code.

    Args:
        prompter: asks the questions.
        desk: the workspace.
        settings: what the configuration says.
        start: where to begin.
        resume: gives the command that goes on with a record of this id.
        export_to: where the report of a record goes, without a question about it.

    Raises:
        KmtuiError: as its message says; what was entered before is saved.
    """
    with stopping(prompter):
        try:
            return Home(prompter, desk, settings, resume=resume, export_to=export_to).begin(start)
        except QuitAsked:
            return 0
        except (InputEnded, Stopped):
            return ENDED_EARLY
