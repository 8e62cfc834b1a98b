"""Conflict copies: what services that synchronise folders leave beside a file that was changed in two places.

Each of them puts something of its own between our name and the ending. What the names look like is told in the help
pages of Dropbox, ownCloud, Synology Drive, Resilio Sync and Syncthing; Nextcloud names as ownCloud does. OneDrive, Box,
iCloud Drive and Google Drive add the name of a computer or a person, or a number, as browsers and file managers do.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from pathlib import Path

import msgspec

from kmtui.model.ids import ALPHABET, LENGTH
from kmtui.store.inventory import everything
from kmtui.store.layout_files import Member, member
from kmtui.store.protocol import Trouble

JSON = ".json"

_ID = re.compile(rf"(?<![0-9A-Za-z])[{ALPHABET}]{{{LENGTH}}}(?=[^0-9A-Za-z])", re.ASCII)
_CONFLICT = r"[ck]onfli[ck]t|conflit|conflito|конфликт|конфлікт|競合|衝突|冲突|충돌"
_SERVICES = tuple(
    (service, re.compile(pattern, re.IGNORECASE))
    for service, pattern in (
        ("Syncthing", r"\.sync-conflict-\d{8}-\d{6}(?:-[0-9A-Z]+)?"),
        ("Nextcloud or ownCloud", r" \(conflicted copy (?:[^()]* )?\d{4}-\d\d-\d\d \d{6}\)"),
        ("Nextcloud or ownCloud", r"_conflict-(?:.*-)?\d{8}-\d{6}"),
        ("Dropbox", rf" \(.*(?:{_CONFLICT}).*\)"),
        ("Synology Drive", r"_.+_[a-z]{3}-\d\d-\d{4,6}-\d{4}_[a-z]*conflict(?:_\d+)?"),
        ("Resilio Sync", r"(?:\.conflict ?\d*)+"),
        ("Google Drive", r" ?\(\d+\)"),
        ("iCloud Drive", r" \d+"),
        ("a file manager", r" ?- ?(?:copy|kopie|copie|copia)(?: ?\(\d+\))?| copy(?: \d+)?"),
        ("Box", r" \([^()]+\)"),
        ("OneDrive", r"-[0-9A-Za-z][0-9A-Za-z_-]*"),
    )
)


class Copy(msgspec.Struct, frozen=True):
    """A conflict copy: its path and that of the file it is a copy of, which may be missing, from the workspace on.

    `service` is who may have made it, empty where nothing tells; `id` that of the record, as the name tells it.
    """

    path: str
    of: Member
    service: str

    @property
    def id(self) -> str:
        """The id in the name."""
        return self.of.id

    @property
    def name(self) -> str:
        """The name of the copy."""
        return self.path.rpartition("/")[2]


def copies(workspace: Path) -> list[Copy]:
    """Return every conflict copy in the workspace, in the order of their paths. Folders that cannot be read have none.

    A file counts as one whose name begins as that of a file of ours, goes on with something that is no part of an id,
    and ends as ours do, whoever made it.
    """
    names: dict[str, set[str]] = {}
    for found in everything(workspace):
        if not found.folder:
            names.setdefault(found.above, set()).add(found.name)
    each = (copy_of(folder, name, there) for folder, there in names.items() for name in there)
    return sorted((copy for copy in each if copy is not None), key=lambda copy: copy.path)


def copies_beside(workspace: Path, path: str) -> list[Path]:
    """Return the conflict copies of one file, whose path begins at the workspace: whoever deletes it deletes them.

    Raises:
        OSError: the folder cannot be listed.
    """
    folder = path.rpartition("/")[0]
    there = {each.name for each in (workspace / folder).iterdir()}
    found = (copy_of(folder, name, there) for name in sorted(there))
    return [workspace / copy.path for copy in found if copy is not None and copy.of.path == path]


def copy_of(folder: str, name: str, there: Container[str]) -> Copy | None:
    """Return what a name tells, or None where it is not that of a conflict copy; `there` are all names beside it."""
    if not name.endswith(JSON) or member(f"{folder}/{name}") is not None:
        return None
    stems = [name[: found.end()] for found in _ID.finditer(name)]
    originals = [each for stem in stems if (each := member(f"{folder}/{stem}{JSON}")) is not None]
    if not originals:
        return None
    of = next((each for each in originals if each.name in there), originals[-1])
    return Copy(f"{folder}/{name}", of, _service(name[len(of.name) - len(JSON) : -len(JSON)]))


def _service(addition: str) -> str:
    return next((service for service, pattern in _SERVICES if pattern.fullmatch(addition)), "")


def copy_troubles(paths: Iterable[str], known: Container[str]) -> list[Trouble]:
    """Return the troubles of those paths that are conflict copies; `known` are the paths of all records."""
    found = []
    for path in sorted(paths):
        folder, _, name = path.rpartition("/")
        copy = copy_of(folder, name, _Names(folder, known))
        if copy is not None:
            by = f", as {copy.service} makes them" if copy.service else ""
            message = f"This is another copy of {copy.of.name}{by}. kmtui doctor --repair joins both."
            found.append(Trouble(id="", file=path, message=message, backup=False))
    return found


class _Names:
    """The names in a folder, out of the paths of all files."""

    def __init__(self, folder: str, paths: Container[str]) -> None:
        self._folder = folder
        self._paths = paths

    def __contains__(self, name: object) -> bool:
        return f"{self._folder}/{name}" in self._paths
