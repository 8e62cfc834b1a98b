"""What stands in forms and was not entered, kept in the workspace until it is: no key and no power cut loses words."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

import msgspec

from kmtui.model.errors import StoreError
from kmtui.text import clean
from kmtui.workspace.tools import Tools

FILE = "typed.json"
"""Where it lies in the workspace. The file can be deleted at any time: nothing that was entered is in it."""
_LARGEST = 1_000_000  # bytes; a larger file is none of ours

Forms = dict[str, dict[str, str]]
"""What stands in the fields of each form, by the name of the form."""


def read_typed(folder: Path) -> Forms:
    """Return what was typed and not entered; nothing where there is no such file, or it cannot be read."""
    path = folder / FILE
    try:
        if path.stat().st_size > _LARGEST:
            return {}
        found = msgspec.json.decode(path.read_bytes(), type=Forms)
    except (OSError, msgspec.MsgspecError):
        return {}
    return {form: {name: clean(text) for name, text in fields.items()} for form, fields in found.items()}


def keep_typed(tools: Tools, folder: Path, forms: Mapping[str, Mapping[str, str]], changed: Collection[str]) -> None:
    """Put the forms named in `changed` on disk; those that another window keeps stay as they are.

    Raises:
        StoreError: it could not be written.
    """
    before = read_typed(folder)
    after = {form: fields for form, fields in before.items() if form not in changed}
    after |= {form: dict(forms[form]) for form in changed if form in forms}
    if after != before:
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)  # somebody may type before anything is kept
        except OSError as error:
            raise StoreError(f"{folder} cannot be written to ({error.strerror}).") from None
        tools.store.write_file(folder / FILE, msgspec.json.format(msgspec.json.encode(after), indent=1) + b"\n")
