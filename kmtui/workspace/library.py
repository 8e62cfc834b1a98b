"""The content that is used: what comes with kmtui, then what the configuration names, then a workspace's own.

Apart from the desk, so that commands on content alone need not load the store.
"""

from __future__ import annotations

import re
from pathlib import Path

from kmtui.content.library import Library, shipped_folder
from kmtui.model.errors import Problem
from kmtui.workspace.settings import Settings


def library_for(folder: Path | None, settings: Settings | None = None) -> Library:
    """Return the shipped content, with that of the configuration in front of it, and a workspace's own before both.

    What the configuration names and is not there is passed over, and the library tells of it.
    """
    shipped = shipped_folder()
    folders, matrices = [shipped / "techniques"], [shipped / "matrix.yaml"]
    missing = []
    if settings is not None and settings.techniques is not None:
        why = _unread_folder(settings.techniques)
        if why:
            missing.append(_told(settings.file, "techniques", settings.techniques, why))
        else:
            folders.append(settings.techniques)
    if settings is not None and settings.matrix is not None:
        why = _unread_file(settings.matrix)
        if why:
            missing.append(_told(settings.file, "matrix", settings.matrix, why))
        else:
            matrices.append(settings.matrix)
    if folder is not None:
        folders.append(folder / "techniques")
        matrices.append(folder / "matrix.yaml")
    return Library(folders, matrices, missing)


def trouble_of(library: Library) -> str:
    """Return what home says where content cannot be used; an empty text where all can. Reads all techniques."""
    if library.missing:
        return "The settings name what is not there. Run: kmtui check"
    if len(library.technique_ids) > len(library.techniques()):
        return "A technique file has an error. Run: kmtui check"
    return ""


def _unread_folder(folder: Path) -> str:
    """Return why a folder cannot be read and what to do, or an empty text where it can."""
    try:
        next(folder.iterdir(), None)
    except FileNotFoundError:
        return "there is no such folder; make it, or change this line"
    except NotADirectoryError:
        return "this is a file; name the folder that it is in"
    except OSError as error:
        return f"the folder cannot be read ({error.strerror}); see who may read it, or change this line"
    return ""


def _unread_file(file: Path) -> str:
    """Return why a file cannot be read and what to do, or an empty text where it can."""
    try:
        with file.open("rb"):
            return ""
    except FileNotFoundError:
        return "there is no such file; put it there, or change this line"
    except IsADirectoryError:
        return "this is a folder; name the file in it"
    except OSError as error:
        return f"the file cannot be read ({error.strerror}); see who may read it, or change this line"


def _told(config: Path, key: str, path: Path, why: str) -> Problem:
    """Return the warning, which stops nothing: whatever else there is goes on working."""
    message = f'"{key}" names {path}: {why}. Until then it is passed over'
    return Problem(file=str(config), line=_line(config, key), column=1, message=message, severity="warning")


def _line(config: Path, key: str) -> int:
    """Return the line in which the configuration says this, from 1."""
    lines = config.read_text(encoding="utf-8-sig", errors="replace").splitlines() if config.is_file() else []
    said = re.compile(rf"\s*[\"']?{key}[\"']?\s*=")
    return next((number for number, line in enumerate(lines, 1) if said.match(line)), 1)
