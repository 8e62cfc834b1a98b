"""The group of all commands, and the one place where a command ends: its exit code and its error in words."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from traceback import walk_tb

import click

from kmtui import __version__
from kmtui.cli.ending import ENDED_EARLY, told
from kmtui.cli.given import shared
from kmtui.cli.streams import ReaderGone, not_printed, patient_streams, printing, quiet, talk

_EPILOG = """\b
Exit codes: 0 done, 1 the input is wrong, 2 the command is wrong, 3 the input ended early and was saved,
4 the workspace could not be read or written, 5 a fault in kmtui.
\b
Environment: KMTUI_WORKSPACE the workspace, KMTUI_PLAIN=1 plain text (0 the screens), KMTUI_CONFIG the configuration,
NO_COLOR no colour."""


_COMMANDS = {
    "aar": ("sessions", "aar"),
    "action": ("records", "action"),
    "assess": ("sessions", "assess"),
    "asset": ("assets", "asset"),
    "backup": ("care", "backup"),
    "bundle": ("imports", "bundle"),
    "card": ("content", "card"),
    "check": ("content", "check"),
    "compare": ("compare", "compare"),
    "delete": ("records", "delete"),
    "doctor": ("care", "doctor"),
    "export": ("records", "export"),
    "import": ("imports", "import_"),
    "lesson": ("register", "lesson"),
    "list": ("lists", "list_"),
    "notes": ("content", "notes"),
    "numbers": ("numbers", "numbers"),
    "plan": ("compare", "plan"),
    "recover": ("records", "recover"),
    "restore": ("care", "restore"),
    "resume": ("sessions", "resume"),
    "run": ("sessions", "run_"),
    "search": ("register", "search"),
    "setup": ("setup", "setup"),
    "show": ("records", "show"),
    "suggest": ("suggest", "suggest"),
    "survey": ("survey", "survey"),
    "template": ("content", "template"),
}
"""The module and the name of each command; only the one that runs is imported."""


class Commands(click.Group):
    """All commands, each imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return their names."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command with this name, or None."""
        if cmd_name not in _COMMANDS:
            return None
        module, name = _COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f"kmtui.cli.{module}"), name)
        return command


@click.group(
    cls=Commands,
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
    if context.invoked_subcommand is not None:
        return 0
    from kmtui.cli.sessions import home

    return home()


def run(arguments: Sequence[str]) -> int:
    """Run a command and return its exit code. No exception but a request to exit leaves this function."""
    patient_streams()
    try:
        code = group.main(list(arguments), prog_name="kmtui", standalone_mode=False)
        with printing():
            sys.stdout.flush()
    except click.ClickException as error:
        _usage(error)
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return ENDED_EARLY
    except (BrokenPipeError, ReaderGone):
        quiet(sys.stdout)
        return 0
    except Exception as fault:
        by_click = any(frame.f_code is click.echo.__code__ for frame, _ in walk_tb(fault.__traceback__))
        return told(not_printed(fault) if by_click and isinstance(fault, OSError) else fault)
    return code if isinstance(code, int) else 0


def _usage(error: click.ClickException) -> None:
    if isinstance(error, click.UsageError) and error.ctx is not None:
        talk(error.ctx.get_usage())
        talk(f"Try '{error.ctx.command_path} --help' for help.")
    talk(f"Error: {error.format_message()}")
