"""Taking what was deleted for good out of an archive, which is written anew without it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path

import msgspec

from kmtui.model.errors import Damaged
from kmtui.model.ids import ALPHABET, LENGTH
from kmtui.store import layout_files
from kmtui.store.archives import Packed, opened, write_archive
from kmtui.store.system import System
from kmtui.store.words import subjects_in, without_words

Edit = Callable[[str, bytes], bytes | None]
"""Given the path and the content of a file, returns what it shall hold, or None where it shall not be kept."""

_ID = re.compile(rf"(?<![0-9A-Za-z])[{ALPHABET}]{{{LENGTH}}}(?![0-9A-Za-z])".encode())
_SEVERAL = 30  # ids from which on it is quicker to look for any id and see which it is


class Cut(msgspec.Struct, frozen=True):
    """What is taken out of an archive: files that go by their names alone, and those that are edited after a look."""

    drops: Callable[[str], bool]
    looks: Callable[[str], bool]
    edit: Edit


def rewrite(system: System, path: Path, cut: Cut) -> None:
    """Write an archive anew, where a cut changes anything in it. Raises NotFound, StoreError."""
    if _changes(path, cut):
        write_archive(system, path, path.stem[-LENGTH:], _left(path, cut))


def _changes(path: Path, cut: Cut) -> bool:
    with opened(path) as archive:
        if any(map(cut.drops, archive.names)):
            return True
        looked = ((name, archive.read(name)) for name in archive.names if cut.looks(name))
        return any(cut.edit(name, content) != content for name, content in looked)


def _left(path: Path, cut: Cut) -> Iterator[tuple[str, bytes | Packed]]:
    """Yield what an archive shall hold; it is closed at the end, since an open file cannot be replaced everywhere."""
    with opened(path) as archive:
        for name in archive.names:
            if cut.drops(name):
                continue
            content = archive.read(name) if cut.looks(name) else None
            edited = cut.edit(name, content) if content is not None else None
            if edited == content:
                yield name, archive.packed(name)  # packing anew is what costs the most
            elif edited is not None:
                yield name, edited


def without(path: Path, ids: frozenset[str], edited: Edit | None) -> Cut:
    """Return what is to be taken out of an archive so that nothing about the ids is left.

    Files with one of the ids in their path go, and so do the words of all events about the ids and about what those
    files define. Everything else in which one of these ids stands is `edited`. Raises NotFound, StoreError.
    """

    def drops(name: str) -> bool:
        return not ids.isdisjoint(_ids_in(name.encode()))

    subjects = set(ids)
    with opened(path) as archive:
        for name in filter(drops, archive.names):
            subjects |= subjects_in(archive.read(name))
    speaks_of_them = _finder(subjects)

    def looks(name: str) -> bool:
        return edited is not None or _of_events(name)

    def edit(name: str, content: bytes) -> bytes | None:
        if not speaks_of_them(content):
            return content
        if _of_events(name):
            try:
                content = without_words(content, subjects, name)
            except Damaged:
                return None  # the words cannot be taken out of it
        return content if edited is None else edited(name, content)

    return Cut(drops, looks, edit)


def without_answers(survey_id: str | None = None, *, only_marks: bool = False) -> Cut:
    """Return what is to be taken out of an archive so that no response to a survey is left, or none of its marks.

    Without a survey those to all surveys go.
    """

    def drops(name: str) -> bool:
        found = layout_files.member(name)
        if found is None or not found.survey or survey_id not in (None, found.survey):
            return False
        return found.kind == "seen" or not only_marks

    return Cut(drops, looks=lambda name: False, edit=lambda name, content: content)


def _of_events(name: str) -> bool:
    found = layout_files.member(name)
    return found is not None and found.kind == "events"


def _finder(ids: Collection[str]) -> Callable[[bytes], bool]:
    """Return what says whether one of the ids stands in the content of a file."""
    if len(ids) > _SEVERAL:
        return lambda content: any(found in ids for found in _ids_in(content))
    encoded = [each.encode() for each in ids]
    return lambda content: any(each in content for each in encoded)


def _ids_in(content: bytes) -> list[str]:
    return [found.decode() for found in _ID.findall(content)]
