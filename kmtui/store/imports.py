"""Imports of many responses to a survey: all of one counts, or nothing of it, whenever the machine stops.

While an import is being written a file stands beside the responses that tells their ids, sorted. Whoever reads passes
over what it names, and over the marks, which lie in a file with the id of the import. Removing it is the one step that
makes everything count.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from kmtui.model.errors import ChangedMeanwhile, Damaged, StoreError
from kmtui.model.survey import Response
from kmtui.store import layout
from kmtui.store.atomic import create_file, create_unflushed, make_folders, patiently, sync_folder, told, write_new
from kmtui.store.layout import IMPORT, SEEN
from kmtui.store.records import new_content
from kmtui.store.storage import encode, parse, read_file
from kmtui.store.system import System

MARKS = "marks"
_TABLE = "import"
_IDS = "responses"

_NOT_KEPT = "None of these answers were kept."
_NOT_COUNTED = "None of these answers are counted; what was written of them is removed before the next import."
_NOT_CERTAIN = (
    "All of these answers are counted, but the disk did not confirm that they stay. Take in the same file again "
    "later: what is here already is not counted twice."
)


class Import:
    """One import of responses to one survey. To be written once, by whoever holds the responses alone."""

    def __init__(self, workspace: Path, survey_id: str, import_id: str, system: System) -> None:
        self._workspace = workspace
        self._survey_id = survey_id
        self._system = system
        self._sign = layout.import_path(workspace, survey_id, import_id)
        self._marks = layout.seen_path(workspace, survey_id, import_id)
        self._written: list[Path] = []
        self._signed = b""
        self._counts = False

    def write(self, responses: Sequence[Response], marks: Collection[str]) -> None:
        """Write responses in the order given, and marks, so that all of them count or none.

        Raises:
            ChangedMeanwhile: there is a response with one of the ids already.
            StoreError: something could not be written. The message says what became of the answers.
        """
        paths = [layout.response_path(self._workspace, self._survey_id, each.id) for each in responses]
        self._refuse_taken(paths)
        self._signed = encode({_TABLE: {"1": {_IDS: sorted(each.id for each in responses)}}})
        try:
            with told(self._sign.parent):
                create_file(self._system, self._sign, self._signed, marker=self._sign.stem, timeless=True)
                for path, response in zip(paths, responses, strict=True):
                    self._put(path, new_content(response, "response"))
                sync_folder(self._system, self._sign.parent)
                if marks:
                    make_folders(self._system, self._marks.parent)
                    self._put(self._marks, encode({SEEN: {"1": {MARKS: sorted(set(marks))}}}))
                    sync_folder(self._system, self._marks.parent)
                self._make_it_count()
        except StoreError as error:
            kind = ChangedMeanwhile if isinstance(error, ChangedMeanwhile) else StoreError
            raise kind(f"{error} {self._undone()}") from error
        except BaseException:
            self._undone()
            raise

    def _refuse_taken(self, paths: Sequence[Path]) -> None:
        names = [path.stem for path in paths]
        here = layout.named_by_id(layout.responses_folder(self._workspace, self._survey_id)).keys()
        twice = len(set(names)) < len(names)
        if twice or not here.isdisjoint(names):
            where = "among those that were to be kept" if twice else "here already"
            raise ChangedMeanwhile(f"A response with the id of another one is {where}. {_NOT_KEPT}")

    def _put(self, path: Path, content: bytes) -> None:
        """Write a file that does not count yet, so it need not be whole in one step. Raises OSError."""
        self._written.append(path)
        try:
            with told(path):
                write_new(self._system, path, content, timeless=True)
        except StoreError as error:
            if isinstance(error.__cause__, FileExistsError):  # that is the work of somebody else, and stays
                self._written.pop()
                raise ChangedMeanwhile(f"There is a file {path.name} already.") from error
            raise

    def _make_it_count(self) -> None:
        try:
            patiently(self._system, lambda: self._system.remove(self._sign))
        except FileNotFoundError:
            if not self._sign.parent.is_dir():
                raise  # the drive was taken out
            # Without locks somebody may take us for dead.
            raise ChangedMeanwhile("Another window has taken back what was being taken in here. Try again.") from None
        self._counts = True
        sync_folder(self._system, self._sign.parent)

    def _undone(self) -> str:
        """Take back what was written, and say what became of the answers."""
        if not self._written and not self._sign.exists():
            return _NOT_KEPT
        stands = self._stands_again()
        if self._counts and not stands:
            return _NOT_CERTAIN
        try:
            _remove(self._system, self._written, self._sign)
        except OSError:
            return _NOT_COUNTED
        return _NOT_KEPT if stands else _NOT_COUNTED

    def _stands_again(self) -> bool:
        """Say whether the sign that nothing counts is there; where it was removed already it is put up again."""
        if self._sign.exists():
            return True
        try:
            create_unflushed(self._system, self._sign, self._signed, marker=self._sign.stem, timeless=True)
        except (OSError, StoreError):
            return self._sign.exists()
        return True


def under_way(workspace: Path, survey_id: str, system: System) -> tuple[frozenset[str], frozenset[str]]:
    """Return the ids of the imports that are not complete, and those of their responses. Raises StoreError.

    An import whose file cannot be read has no responses here; `unreadable` tells of it.
    """
    imports = layout.named_by_id(layout.responses_folder(workspace, survey_id), IMPORT)
    found: set[str] = set()
    for import_id in imports:
        with suppress(Damaged):
            found.update(_responses(layout.import_path(workspace, survey_id, import_id), system))
    return frozenset(imports), frozenset(found)


def unreadable(workspace: Path, survey_id: str, system: System) -> Iterable[tuple[str, str]]:
    """Yield the name of the file of each import that cannot be read, and why. Raises StoreError."""
    for import_id in sorted(layout.named_by_id(layout.responses_folder(workspace, survey_id), IMPORT)):
        path = layout.import_path(workspace, survey_id, import_id)
        try:
            _responses(path, system)
        except Damaged as error:
            yield (
                path.name,
                f"{error} An import was not completed, and some of the answers may be of it. "
                "Move the file away to count them.",
            )


def clear(workspace: Path, survey_id: str, system: System) -> int:
    """Remove all that was written of imports that were not completed, and return how many those were.

    Only for whoever holds the responses alone. Raises StoreError; then nothing of what is left counts.
    """
    cleared = 0
    for import_id in sorted(layout.named_by_id(layout.responses_folder(workspace, survey_id), IMPORT)):
        sign = layout.import_path(workspace, survey_id, import_id)
        with suppress(Damaged), told(sign, "removed"):
            written = [layout.response_path(workspace, survey_id, each) for each in _responses(sign, system)]
            _remove(system, [*written, layout.seen_path(workspace, survey_id, import_id)], sign)
            cleared += 1
    return cleared


def _remove(system: System, written: Iterable[Path], sign: Path) -> None:
    """Remove what was written, and when that is certain the sign that it does not count. Raises OSError."""
    paths = list(written)
    for path in paths:
        with suppress(FileNotFoundError):
            system.remove(path)
    # Also of what is gone already: somebody who failed may have removed it, and it could still come back.
    for folder in {sign.parent, *(path.parent for path in paths)}:
        with suppress(FileNotFoundError):
            sync_folder(system, folder)
    with suppress(FileNotFoundError):
        system.remove(sign)
        sync_folder(system, sign.parent)


def _responses(path: Path, system: System) -> list[str]:
    """Return the ids of the responses of an import, as its file tells them. Raises Damaged, StoreError."""
    return listed(path, _TABLE, _IDS, system)


def listed(path: Path, table: str, field: str, system: System) -> list[str]:
    """Return the words in one field of all documents of a file, which may be missing. Raises Damaged, StoreError."""
    content = read_file(system, path)
    if content is None:
        return []
    found: list[str] = []
    for document in parse(content, table, path.name)[table].values():
        words = document.get(field)
        if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
            raise Damaged(f'{path.name} cannot be read. The field "{field}" does not fit.')
        found += words
    return found
