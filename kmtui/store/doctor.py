"""The doctor: looks at every file of a workspace, says what is wrong and what can be recovered, and puts it right.

Looking changes nothing. What is replaced or removed when it is put right is first copied into the quarantine.
"""

from __future__ import annotations

import stat
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from kmtui.model.errors import Damaged, NotFound, StoreError
from kmtui.model.survey import Response
from kmtui.store import imports, layout
from kmtui.store.archives import opened
from kmtui.store.atomic import BACKUP, backup_of
from kmtui.store.conflicts import Copy, copy_of
from kmtui.store.cures import Cures, FromBackup, loaded, record_kind, wrong_with
from kmtui.store.format import check_format
from kmtui.store.inventory import Found, everything, is_ours
from kmtui.store.layout_files import BACKUPS, WORKSPACE, Member, member
from kmtui.store.locks import Lock, RecordLock
from kmtui.store.merging import Merging
from kmtui.store.migrations import FORM, Form
from kmtui.store.problems import Problem, ProblemKind
from kmtui.store.records import FileKind, quick
from kmtui.store.repairs import LEFTOVER, Repairs, other_record
from kmtui.store.storage import read_file
from kmtui.store.system import SYSTEM, System

DEAD = 24 * 60 * 60  # seconds after which whoever wrote a temporary file has ended
_NOTHING = "Nothing of it can be recovered. It is left as it is."
_FOR_OTHERS = 0o077
_MANY = 10  # files of one folder that others may read, from which on the folder is named instead
_IN_ONE_USE = ("session", "assessment", "lesson")  # kinds of which each id is looked for in all folders of years

Progress = Callable[[int, int], object]
"""Told how many of how many files were looked at."""


class Doctor:
    """Examines one workspace, and puts right what can be."""

    def __init__(
        self,
        workspace: Path,
        system: System = SYSTEM,
        *,
        from_backup: FromBackup = lambda path: (),
        deleted: Collection[str] = (),
        lock: Callable[[str], Lock] | None = None,
        now: Callable[[], float] = time.time,
        form: Form = FORM,
    ) -> None:
        """Nothing is read here.

        Args:
            workspace: the folder.
            system: the calls to the operating system.
            from_backup: what a file held in the backups, the newest first.
            deleted: the ids of what was deleted; nothing of it is put back.
            lock: returns the lock with a name; by default the one that windows use.
            now: the time in seconds since 1970, for the age of what was left behind.
            form: the form in which records are written.
        """
        self._workspace = workspace
        self._system = system
        self._deleted = deleted
        self._now = now
        self._form = form
        self._imports: dict[str, tuple[Collection[str], Collection[str]]] = {}
        self._replaceable: set[str] = set()
        self._cures = Cures(workspace, system, from_backup, deleted, form)
        self._merging = Merging(workspace, system, self._cures, form)
        locks = lock or (lambda name: RecordLock(layout.lock_path(workspace, name), system))
        self._repairs = Repairs(workspace, system, self._cures, self._merging, locks, form)

    def check(self, progress: Progress | None = None) -> list[Problem]:
        """Return all that is wrong, in the order of the files. Nothing is changed.

        Raises:
            StoreError: the workspace is one for a newer kmtui, or cannot be reached.
        """
        wrong = check_format(self._workspace, self._system)
        found = list(everything(self._workspace))
        rewritten = f"{wrong} It can also be written anew."
        problems = [_problem(WORKSPACE, "format", rewritten, repairable=True)] if wrong else []
        self._imports.clear()
        self._replaceable.clear()
        problems += self._open_to_others(found)
        problems += self._twice(found)
        names: dict[str, set[str]] = {}
        for each in found:
            names.setdefault(each.above, set()).add(each.name)
        for done, each in enumerate(found, 1):
            try:
                problems += self._examined(each, names[each.above])
            except StoreError as error:
                problems.append(_problem(each.path, "damaged", str(error), repairable=False))
            if progress is not None:
                progress(done, len(found))
        return sorted(map(self._with_copies, problems), key=lambda problem: (problem.file, problem.kind))

    def repair(self, problems: Sequence[Problem]) -> list[Problem]:
        """Put right what can be, and return what is left of the problems, with the reason where something failed.

        Raises:
            StoreError: the workspace cannot be reached any more.
        """
        failed = self._repairs.repair(problems)
        asked = {(problem.file, problem.kind) for problem in problems}
        left = []
        for problem in self.check():
            why = failed.get((problem.file, problem.kind))
            if why is not None:
                left.append(replace(problem, problem=f"{problem.problem} It was not put right: {why}"))
            elif (problem.file, problem.kind) in asked:
                left.append(problem)
        return left

    def _examined(self, found: Found, beside: Collection[str]) -> Iterator[Problem]:
        """Yield what is wrong with one file or folder, whose neighbours have these names."""
        if found.folder:
            if found.unread:
                words = f"This folder could not be listed: {found.unread}. Check the drive and your access to it."
                yield _problem(found.path, "folder", words, repairable=False)
            return
        known = member(found.path)
        if known is not None:
            yield from self._file(known)
        elif found.above == BACKUPS:
            yield from self._archive(found)
        elif found.name.endswith(BACKUP):
            yield from self._without_file(found, beside)
        copy = copy_of(found.above, found.name, beside)
        if copy is not None:
            yield self._copy(copy)
        yield from self._left_behind(found)

    # Files of ours

    def _file(self, known: Member) -> Iterator[Problem]:
        if known.kind == "workspace":
            return
        content = read_file(self._system, self._workspace / known.path)
        if content is None or (known.survey and self._under_way(known)):
            return
        kind = record_kind(known)
        if known.id in self._deleted and kind is not None:
            words = "This record was deleted, but its file is here again. Delete the file, or put the record back."
            yield _problem(known.path, "deleted", words, repairable=False, record_id=known.id)
        elif kind is None:
            wrong = wrong_with(known, content)
            if wrong:
                yield self._damaged(known, content, wrong)
        else:
            yield from self._record(known, kind, content)

    def _record(self, known: Member, kind: FileKind, content: bytes) -> Iterator[Problem]:
        record = quick(content, kind, known.id, known.name, form=self._form)
        if record is None or wrong_with(known, content):
            file = loaded(self._workspace / known.path, known, self._system, self._form)
            try:
                record = file.load()
            except NotFound:
                return
            except Damaged as error:
                yield self._damaged(known, content, str(error))
                return
            except StoreError as error:
                file.newer = file.newer or str(error)
            if file.newer:
                yield _problem(known.path, "newer", file.newer, repairable=False, record_id=known.id)
            elif file.older is not None:
                words = f"It has the older form {file.older} of records, and can be written in the present one."
                yield _problem(known.path, "older", words, repairable=True, record_id=known.id)
        if isinstance(record, Response) and record.survey != known.survey:
            words = "It is a response to another survey and is not counted. Move it away."
            yield _problem(known.path, "misnamed", words, repairable=False, record_id=known.id)

    def _damaged(self, known: Member, content: bytes, wrong: str) -> Problem:
        other = other_record(known, content, self._form)
        if other is not None:
            words = f"{wrong} It can be put where that record belongs."
            return _problem(known.path, "misnamed", words, repairable=True, record_id=known.id)
        cure = self._cures.cure(known, content)
        words = cure.words if cure is not None else _NOTHING
        return _problem(known.path, "damaged", f"{wrong} {words}", repairable=cure is not None, record_id=known.id)

    def _with_copies(self, problem: Problem) -> Problem:
        """Return a problem as it is once it is known which files have copies that can be read."""
        if problem.kind != "damaged" or problem.repairable or problem.file not in self._replaceable:
            return problem
        words = problem.problem.replace(_NOTHING, "A copy of it can take its place.")
        return replace(problem, problem=words, repairable=True)

    def _under_way(self, known: Member) -> bool:
        """Say whether a file belongs to an import that is being written: it may be half there."""
        if known.survey not in self._imports:
            self._imports[known.survey] = imports.under_way(self._workspace, known.survey, self._system)
        signs, responses = self._imports[known.survey]
        return known.id in (responses if known.kind == "response" else signs)

    def _twice(self, found: Sequence[Found]) -> Iterator[Problem]:
        """Yield the files with an id that another file has; the first one is used, as everywhere."""
        used: dict[str, Member] = {}
        files = (member(each.path) for each in sorted(found, key=lambda each: each.path) if not each.folder)
        for each in files:
            if each is None or each.kind not in _IN_ONE_USE:
                continue
            first = used.setdefault(each.id, each)
            if first is not each:
                words = f"It has the same id as {first.path}, which is used instead."
                told, possible = "Move one of them away.", False
                if first.kind == each.kind:
                    told, possible = self._outlook(each.path, first)
                yield _problem(each.path, "twice", f"{words} {told}", repairable=possible, record_id=each.id)

    # What lies beside them

    def _without_file(self, found: Found, beside: Collection[str]) -> Iterator[Problem]:
        known = member(found.path.removesuffix(BACKUP))
        if known is None or known.name in beside or known.id in self._deleted:
            return
        before = self._cures.before(known)
        if before is not None and backup_of(self._workspace / known.path).name == found.name:
            words = "The file is not there any more, but the version before is, and can take its place."
            yield _problem(known.path, "lost", words, repairable=True, record_id=known.id)

    def _copy(self, copy: Copy) -> Problem:
        by = f", made by {copy.service}" if copy.service else ""
        words = f"It is a copy of {copy.of.name}{by}, which is there because the record was changed in two places."
        if copy.id in self._deleted:
            words += " The record was deleted. Delete this file as well."
            return _problem(copy.path, "deleted", words, repairable=False, record_id=copy.id)
        told, possible = self._outlook(copy.path, copy.of)
        return _problem(copy.path, "copy", f"{words} {told}", repairable=possible, record_id=copy.id)

    def _outlook(self, path: str, first: Member) -> tuple[str, bool]:
        try:
            told, possible = self._merging.outlook(path, first)
        except StoreError as error:
            return str(error), False
        if possible:
            self._replaceable.add(first.path)
        return told, possible

    def _left_behind(self, found: Found) -> Iterator[Problem]:
        answers = found.path.startswith(f"{layout.RESPONSES}/")
        if self._now() - (found.changed if answers else found.modified) < DEAD:
            return
        leftover = LEFTOVER.fullmatch(found.name)
        if leftover is not None:
            words = "It was left by a program that was ended while it was writing."
            yield _problem(found.path, "leftover", words, repairable=True, record_id=leftover[1])
        elif answers and found.name.endswith(layout.IMPORT):
            unreadable = dict(imports.unreadable(self._workspace, found.path.split("/")[1], self._system))
            words = "Answers were being taken in when the program was ended. None of them count, and they can go."
            words = unreadable.get(found.name, words)
            yield _problem(found.path, "interrupted", words, repairable=found.name not in unreadable)

    def _archive(self, found: Found) -> Iterator[Problem]:
        if not found.name.endswith(".zip"):
            return
        try:
            with opened(self._workspace / found.path) as archive:
                for name in archive.names:
                    archive.read(name)
        except NotFound:
            return
        except StoreError as error:
            words = f"{error} This backup cannot be relied upon. Delete it when there is a newer one."
            yield _problem(found.path, "archive", words, repairable=False)

    def _open_to_others(self, found: Sequence[Found]) -> Iterator[Problem]:
        """Yield what others on this computer may read or write; of many files in one folder the folder is named."""
        if self._system.windows:
            return
        wide = [each for each in found if stat.S_IMODE(each.mode) & _FOR_OTHERS]
        files: dict[str, list[Found]] = {}
        for each in wide:
            if each.folder:
                words = "Others who use this computer may look into this folder, which should be for its owner alone."
                yield _problem(each.path, "open", words, repairable=True)
            elif is_ours(each.name):
                files.setdefault(each.above, []).append(each)
        for folder, several in files.items():
            if len(several) > _MANY and not any(each.path == folder for each in wide):
                words = f"Others who use this computer may read {len(several)} files in it."
                yield _problem(folder, "open", words, repairable=True)
            elif len(several) <= _MANY:
                for each in several:
                    words = "Others who use this computer may read this file, which should be for its owner alone."
                    yield _problem(each.path, "open", words, repairable=True)


def _problem(file: str, kind: ProblemKind, problem: str, *, repairable: bool, record_id: str = "") -> Problem:
    return Problem(file=file or ".", problem=problem, repairable=repairable, kind=kind, id=record_id)
