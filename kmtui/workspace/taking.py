"""What a file from elsewhere is, before it is taken in; and what things are called that were."""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from typing import Literal

from kmtui.model.errors import WrongInput
from kmtui.text import one_line
from kmtui.workspace.tools import Tools

FileKind = Literal["bundle", "record", "lessons"]

_BEGINS = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"kind"\s*:\s*"(bundle|session|assessment)"')
_ESCAPED = re.compile(r"\\(.)")


def typed_file(text: str) -> Path:
    """Return the file or folder that somebody typed, pasted, or dropped on the terminal, which quotes or escapes it.

    Raises:
        WrongInput: there is none.
    """
    typed = text.strip().removeprefix("file://")
    forms = (text.strip(), typed, typed.strip("\"'"), _ESCAPED.sub(r"\1", typed))
    for form in forms:
        try:
            path = Path(form).expanduser()
            if form and path.exists():
                return path
        except (OSError, ValueError, RuntimeError):  # a name that cannot be; a home that is not known
            continue
    raise WrongInput(f"There is no file or folder {one_line(text)}. Check the name and the folder.")


def kind_of(path: Path) -> FileKind:
    """Return what a file or folder holds, as far as its beginning tells it. Raises WrongInput."""
    if path.is_dir():
        return "lessons"
    try:
        with path.open("rb") as file:
            match = _BEGINS.match(file.read(200))
    except OSError as error:
        raise WrongInput(f"{path} cannot be read: {error.strerror}.") from error
    if match is None:
        return "lessons"
    return "bundle" if match[1] == b"bundle" else "record"


def names_of(tools: Tools, ids: Collection[str]) -> dict[str, str]:
    """Return what records, lessons and knowledge assets are called, by id; an id that is not here is left out."""
    wanted = set(ids)
    found = {line.id: line.title or line.team or line.about_name for line in tools.store.records() if line.id in wanted}
    found |= {line.id: line.lesson for line in tools.store.register.lines(wanted - found.keys()).values()}
    if wanted - found.keys():
        found |= {each.id: each.title for each in tools.store.assets.all() if each.id in wanted}
    return found
