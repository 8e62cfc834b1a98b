"""The group of all commands, and the one place where a command ends: its exit code and its error in words."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Sequence
from pathlib import Path

import click

from kmtui import __version__
from kmtui.cli.content import card, check, notes, template
from kmtui.cli.given import shared
from kmtui.cli.lists import list_
from kmtui.cli.records import action, delete, export, import_, recover, show
from kmtui.cli.sessions import aar, assess, home, resume, run_
from kmtui.cli.streams import patient_streams, quiet
from kmtui.text import clean

USAGE, ENDED_EARLY, CRASH = 2, 3, 5

_EPILOG = """\b
Exit codes: 0 done, 1 the input is wrong, 2 the command is wrong, 3 the input ended early and was saved,
4 the workspace could not be read or written, 5 a fault in kmtui.
\b
Environment: KMTUI_WORKSPACE the workspace, KMTUI_PLAIN=1 plain text (0 the screens), KMTUI_CONFIG the configuration,
NO_COLOR no colour."""


@click.group(
    invoke_without_command=True,
    epilog=_EPILOG,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(__version__, "--version", message="kmtui %(version)s")
@shared
@click.pass_context
def group(context: click.Context) -> int:
    """Assess a team's knowledge work, run an After Action Review, and share what was learned.

    Without a command the screens open, or plain text where there is no terminal for them. Everything is kept on this
    machine.
    """
    return home() if context.invoked_subcommand is None else 0


for _command in (
    aar, run_, assess, resume, list_, show, export, import_, delete, action, notes, card, check, template, recover,
):  # fmt: skip
    group.add_command(_command)


def run(arguments: Sequence[str]) -> int:
    """Run a command and return its exit code. No exception but a request to exit leaves this function."""
    patient_streams()
    try:
        code = group.main(list(arguments), prog_name="kmtui", standalone_mode=False)
        sys.stdout.flush()
    except click.ClickException as error:
        _usage(error)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return ENDED_EARLY
    except BrokenPipeError:
        quiet(sys.stdout)
        return 0
    except Exception as fault:
        return _told(fault)
    return code if isinstance(code, int) else 0


def _usage(error: click.ClickException) -> None:
    if isinstance(error, click.UsageError) and error.ctx is not None:
        _talk(error.ctx.get_usage())
        _talk(f"Try '{error.ctx.command_path} --help' for help.")
    _talk(f"Error: {error.format_message()}")


def _told(fault: Exception) -> int:
    from kmtui.model.errors import KmtuiError

    if isinstance(fault, KmtuiError):
        _talk(f"Error: {fault}")
        return fault.exit_code
    from kmtui.workspace.log import note_fault

    note_fault(fault)
    _talk(f"Error: kmtui has stopped because of a fault in it ({_place(fault)}). What was saved is kept.")
    return CRASH


def _place(fault: Exception) -> str:
    """Return the type of a fault and where it arose; never its message, which may hold someone's words."""
    frames = traceback.extract_tb(fault.__traceback__)
    ours = [frame for frame in frames if "kmtui" in Path(frame.filename).parts]
    where = f" at {Path(ours[-1].filename).name}:{ours[-1].lineno}" if ours else ""
    return f"{type(fault).__name__}{where}"


def _talk(words: str) -> None:
    try:
        sys.stderr.write(f"{clean(words)}\n")
        sys.stderr.flush()
    except OSError:  # nobody listens any more
        quiet(sys.stderr)
