"""Options that every command takes, before its name or after it, and what they lead to."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kmtui.cli.streams import put, talk

if TYPE_CHECKING:
    from datetime import date

    from kmtui.content.library import Library
    from kmtui.workspace.desk import Desk
    from kmtui.workspace.settings import Settings
    from kmtui.workspace.setups import TeamSetUp

FIRST_TECHNIQUE = "after-action-review"
SHORT_NAME = "aar"
"""The command, and the name for any command, of the technique that is run most."""

Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass
class Given:
    """What the shared options say; the one behind the command's name wins."""

    workspace: Path | None = None
    plain: bool | None = None

    @property
    def settings(self) -> Settings:
        """The configuration. Raises WrongInput."""
        from kmtui.workspace.settings import read_settings

        return read_settings()

    def folder(self, settings: Settings) -> Path:
        """The workspace that is used."""
        from kmtui.workspace.settings import workspace_folder

        return workspace_folder(self.workspace, settings)

    def desk(self, settings: Settings | None = None) -> Desk:
        """The desk of that workspace. Nothing is read or written yet."""
        from kmtui.workspace.desk import open_desk

        settings = settings or self.settings
        return open_desk(self.folder(settings), settings)

    def library(self) -> Library:
        """The content that is used, without the store."""
        from kmtui.workspace.library import library_for

        settings = self.settings
        return library_for(self.folder(settings), settings)

    def resume_words(self, record_id: str) -> str:
        """Return the command that goes on with a record."""
        where = f' --workspace "{self.workspace}"' if self.workspace is not None else ""
        return f"kmtui resume {record_id}{where}"


def given() -> Given:
    """Return what the shared options of the running command say."""
    return click.get_current_context().ensure_object(Given)


def _keep_workspace(context: click.Context, _option: click.Parameter, value: Path | None) -> None:
    if value is not None:
        context.ensure_object(Given).workspace = value.expanduser().absolute()


def _keep_plain(context: click.Context, _option: click.Parameter, value: bool | None) -> None:
    if value is not None:
        context.ensure_object(Given).plain = value


def shared(command: Command) -> Command:
    """Add the options that every command takes."""
    command = click.option(
        "--plain/--screens",
        default=None,
        expose_value=False,
        callback=_keep_plain,
        help="Plain text line by line, for a screen reader or a pipe; or the screens.",
    )(command)
    return click.option(
        "--workspace",
        type=click.Path(path_type=Path),
        metavar="FOLDER",
        expose_value=False,
        callback=_keep_workspace,
        help="Where sessions and assessments are kept.",
    )(command)


def in_full(technique: str) -> str:
    """Return the id of a technique, with the short name of the first one written out."""
    return FIRST_TECHNIQUE if technique == SHORT_NAME else technique


as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON for scripts.")

to_file = click.option(
    "-o", "--output", type=click.Path(path_type=Path), metavar="FILE", help="Where it goes; else standard output."
)


def hand_out(desk: Desk, text: str, output: Path | None) -> None:
    """Print data, or write it to a file. Raises StoreError where it cannot be written."""
    if output is None or str(output) == "-":
        put(text)
        return
    path = output.expanduser().absolute()
    desk.tools.store.write_file(path, text.encode())
    talk(f"Written: {path}")


def back_up_today(desk: Desk) -> None:
    """Make the backup of this day after a command that has written, if there is none yet; told only if it fails."""
    from kmtui.workspace.care import back_up_once_a_day

    if trouble := back_up_once_a_day(desk.tools):
        talk(trouble)


def day_of(words: str | None, desk: Desk) -> date | None:
    """Return the day that an option says, or None. Raises WrongInput where it is no date."""
    from kmtui.flow.typed import parse_date

    return parse_date(words, desk.tools.today()) if words is not None else None


def coming_day_of(words: str | None, desk: Desk) -> date | None:
    """Return the day that an option says, or None. Raises WrongInput where it is no date, or has passed."""
    from kmtui.plain.forms import coming_day

    return coming_day(words, desk.tools.today()) if words is not None else None


def said_yes(question: str) -> bool:
    """Ask on a terminal, and say whether the answer was yes; elsewhere nobody is asked, and the command is the yes."""
    if not sys.stdin.isatty():
        return True
    from kmtui.text import clean

    sys.stderr.write(clean(question))
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() == "yes"


def one_set_up(desk: Desk, name: str | None, team: str = "") -> TeamSetUp | None:
    """Return the set-up that an option names, or None. The team helps where more than one has a set-up of that name.

    Raises:
        NotFound: there is none, or more than one.
    """
    if name is None:
        return None
    from kmtui.workspace.setups import find_set_up, set_ups

    same_name = [each for each in set_ups(desk.tools) if each.setup.name.casefold() == name.casefold()]
    return find_set_up(desk.tools, name, team if len(same_name) > 1 else "")


def piped(file: Path) -> bytes | None:
    """Return what standard input holds where it stands for a file, else None."""
    return sys.stdin.buffer.read() if str(file) == "-" else None
