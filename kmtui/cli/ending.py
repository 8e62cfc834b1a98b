"""How a command ends when something is wrong: in words on standard error, with an exit code. Never a traceback."""

from __future__ import annotations

from kmtui.cli.streams import talk

USAGE, ENDED_EARLY, CRASH = 2, 3, 5


def told(fault: Exception) -> int:
    """Tell an error in words, log a fault without anyone's words, and return the exit code."""
    from kmtui.model.errors import KmtuiError

    if isinstance(fault, KmtuiError):
        talk(f"Error: {fault}")
        return fault.exit_code
    from kmtui.workspace.log import note_fault, where_it_arose

    note_fault(fault)
    talk(f"Error: kmtui has stopped because of a fault in it ({where_it_arose(fault)}). What was saved is kept.")
    return CRASH
