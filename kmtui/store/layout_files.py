"""Every file of a workspace that is worth keeping a copy of, and whether a path is one of those. Looks into none."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Literal

import msgspec

from kmtui.model.errors import StoreError
from kmtui.model.ids import ALPHABET, LENGTH
from kmtui.store import layout
from kmtui.store.records import FileKind

BACKUPS = "backups"
WORKSPACE = "workspace.json"

Kind = FileKind | Literal["events", "seen", "workspace"]
"""What a file holds: a record of some kind, the events of a process, marks of imported responses, or the format."""

_ID = f"[{ALPHABET}]{{{LENGTH}}}"
_YEAR = r"\d{4}"
_NAMED = rf"{_ID}\.json"
_RECORD = rf"\d{{4}}-\d\d-\d\d_(?:[A-Za-z0-9_-]*_)?{_NAMED}"
_SHAPES: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    ("workspace", (re.escape(WORKSPACE),)),
    ("team", (layout.TEAMS, _NAMED)),
    ("session", (layout.FOLDERS["session"], _YEAR, _RECORD)),
    ("assessment", (layout.FOLDERS["assessment"], _YEAR, _RECORD)),
    ("lesson", (layout.LESSONS, _YEAR, _NAMED)),
    ("asset", (layout.ASSETS, _NAMED)),
    ("seen", (layout.RESPONSES, _ID, layout.SEEN, _NAMED)),
    ("response", (layout.RESPONSES, _ID, _NAMED)),
    ("events", (layout.FOLLOWUP, _NAMED)),
)
_PATTERNS = tuple((kind, tuple(re.compile(part, re.ASCII) for part in parts)) for kind, parts in _SHAPES)

RECORDS: tuple[Kind, ...] = ("session", "assessment", "lesson", "asset", "team")
"""The kinds that people write themselves, and that keep the generation before."""

_LEFTOVER = re.compile(rf"\.{_ID}\.[0-9a-f]+\.tmp", re.ASCII)
_LEADING_OUT = re.compile(r"^[/\\]|^[A-Za-z]:|(?:^|[/\\])\.\.(?:[/\\]|$)")


class Member(msgspec.Struct, frozen=True):
    """A file of the workspace: its path from the workspace on, with slashes, and what that tells."""

    path: str
    kind: Kind
    id: str

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.path.rpartition("/")[2]

    @property
    def survey(self) -> str:
        """The id of the survey to which it belongs; empty where it is neither a response nor a mark."""
        return self.path.split("/")[1] if self.kind in ("response", "seen") else ""

    @property
    def order(self) -> tuple[int, str]:
        """Where it is in its turn when files are put back: records first, and events when all they tell of is there."""
        return next(number for number, (kind, _) in enumerate(_SHAPES) if kind == self.kind), self.path


def member(path: str) -> Member | None:
    """Return what a path from the workspace on tells, or None for what is none of our files or leads elsewhere."""
    parts = path.split("/")
    for kind, patterns in _PATTERNS:
        if len(parts) == len(patterns) and _fit(patterns, parts):
            return Member(path, kind, "" if kind == "workspace" else parts[-1][-LENGTH - len(".json") : -len(".json")])
    return None


def leads_out(path: str) -> bool:
    """Say whether a path would lead out of the workspace."""
    return _LEADING_OUT.search(path) is not None


def members(workspace: Path, *kinds: Kind) -> Iterator[Member]:
    """Yield every file of ours, or those of some kinds; those that are not there any more may be among them.

    Backups of single files, locks, temporary files and what is set aside are none. Raises StoreError where a folder
    cannot be listed.
    """
    for kind, patterns in _PATTERNS:
        if not kinds or kind in kinds:
            for path in _below(workspace, "", patterns):
                found = member(path)
                if found is not None:
                    yield found


def leftovers(folder: Path) -> list[Path]:
    """Return the temporary files in a folder, of writers that live or were killed. Raises StoreError."""
    return [folder / name for name in _names(folder, _LEFTOVER, os.DirEntry.is_file)]


def matching(folder: Path, named: re.Pattern[str]) -> list[Path]:
    """Return the files in a folder whose names fit wholly, in order; none where there is none. Raises StoreError."""
    return [folder / name for name in sorted(_names(folder, named, os.DirEntry.is_file))]


def _fit(patterns: Sequence[re.Pattern[str]], parts: Sequence[str]) -> bool:
    return all(pattern.fullmatch(part) for pattern, part in zip(patterns, parts, strict=True))


def _below(workspace: Path, above: str, patterns: Sequence[re.Pattern[str]]) -> Iterator[str]:
    """Yield the paths that fit, in order; no deeper than there are patterns, so that a loop of links ends."""
    if len(patterns) == 1:
        yield from (f"{above}{name}" for name in sorted(_names(workspace / above, patterns[0], os.DirEntry.is_file)))
        return
    for name in sorted(_names(workspace / above, patterns[0], os.DirEntry.is_dir)):
        yield from _below(workspace, f"{above}{name}/", patterns[1:])


def _names(folder: Path, named: re.Pattern[str], fits: Callable[[os.DirEntry[str]], bool]) -> list[str]:
    """Return the names in a folder that fit; nothing where there is none. Raises StoreError."""
    try:
        with os.scandir(folder) as entries:
            return [entry.name for entry in entries if named.fullmatch(entry.name) and fits(entry)]
    except FileNotFoundError:
        return []
    except NotADirectoryError:
        raise StoreError(f"{folder} is not a folder. Move that file away, or choose another workspace.") from None
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StoreError(f"{folder} could not be read: {reason}. Check the drive and your access to it.") from error
