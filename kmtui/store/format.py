"""The file that says which format a workspace has: written once, and looked at before anything is done."""

from __future__ import annotations

import stat
from pathlib import Path

import msgspec

from kmtui.model.errors import ChangedMeanwhile, StoreError
from kmtui.store.atomic import create_file
from kmtui.store.storage import encode, read_file
from kmtui.store.system import System

FORMAT = 1
"""The number of the workspace format. A workspace with a higher one is for a newer kmtui."""


def check_format(workspace: Path, system: System) -> str:
    """Return what is wrong with the file that says which format the workspace has, or an empty text.

    Raises:
        StoreError: the workspace has a newer format, is a file, or cannot be read.
    """
    if not _is_there(workspace):
        return ""
    path = workspace / "workspace.json"
    content = read_file(system, path)
    if content is None:
        return ""
    try:
        found = msgspec.json.decode(content, type=_Workspace).format
    except (msgspec.MsgspecError, ValueError):
        return "workspace.json cannot be read. Delete it: it only says which format the workspace has."
    if found > FORMAT:
        raise StoreError(f"{workspace} was made by a newer version of kmtui. Install the newer version to use it.")
    return ""


def _is_there(workspace: Path) -> bool:
    try:
        status = workspace.stat()
    except FileNotFoundError:
        return False
    except NotADirectoryError:
        raise StoreError(f"{workspace} lies in a file, not in a folder. Choose another workspace.") from None
    except (OSError, ValueError) as error:
        raise StoreError(
            f"{workspace} could not be reached: {error}. Check the drive and your access to it."
        ) from error
    if not stat.S_ISDIR(status.st_mode):
        raise StoreError(f"{workspace} is not a folder. Choose a folder for the workspace.")
    return True


def make_workspace(workspace: Path, system: System) -> None:
    """Write the file that says which format the workspace has, if there is none. Raises StoreError."""
    check_format(workspace, system)
    path = workspace / "workspace.json"
    if read_file(system, path) is not None:
        return
    try:
        create_file(system, path, encode(_Workspace(format=FORMAT)), marker="workspace")
    except ChangedMeanwhile:
        return  # another process was quicker


class _Workspace(msgspec.Struct):
    format: int
