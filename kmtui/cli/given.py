"""Options that every command takes, before its name or after it, and what they lead to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from kmtui.content.library import Library
    from kmtui.workspace.desk import Desk
    from kmtui.workspace.settings import Settings

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

        return open_desk(self.folder(settings or self.settings))

    def library(self) -> Library:
        """The content that is used, without the store."""
        from kmtui.workspace.library import library_for

        return library_for(self.folder(self.settings))

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
