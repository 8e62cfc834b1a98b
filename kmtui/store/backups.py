"""Backups: a compressed copy of the whole workspace for each day of use, few of them for long, and none for ever.

What is deleted for good is taken out of them too.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Collection, Hashable, Iterable
from contextlib import AbstractContextManager, suppress
from datetime import datetime
from pathlib import Path

from kmtui.model.backup import BackupLine, Refused, Restored
from kmtui.model.errors import Damaged, NotFound, StoreError
from kmtui.model.ids import ALPHABET, LENGTH, IdMaker
from kmtui.store import contents, layout_files, quarantine
from kmtui.store.archives import has_end, number_of_files, opened, refused
from kmtui.store.atomic import discard, sync_folder, told
from kmtui.store.copying import Copying, Progress, Stopped
from kmtui.store.followup import Followups
from kmtui.store.forgetting import Cut, Edit, rewrite, without, without_answers
from kmtui.store.format import check_format, make_workspace
from kmtui.store.layout_files import BACKUPS
from kmtui.store.locks import Lock, NoLock, held
from kmtui.store.restoring import Restoring, refuse_newer
from kmtui.store.system import System

DAYS, WEEKS, MONTHS = 7, 4, 6
"""Of how many days, weeks and months with a backup the newest one is kept."""

_NAMED = re.compile(rf"(\d{{4}}-\d\d-\d\d_\d{{6}})_[{ALPHABET}]{{{LENGTH}}}\.zip", re.ASCII)
_TIME = "%Y-%m-%d_%H%M%S"
_LOCK = "backups"
_WAIT = 30.0  # seconds for which whoever changes the backups waits for another one
_DEAD = 24 * 60 * 60  # seconds after which a temporary file has no writer any more
_FEW = 5


class Backups:
    """The backups of a workspace. May be used from any thread."""

    def __init__(
        self,
        workspace: Path,
        system: System,
        now: Callable[[], datetime],
        followups: Followups,
        lock: Callable[[str, float], Lock] = lambda name, wait: NoLock(),
    ) -> None:
        """Nothing is read or made here.

        Args:
            workspace: the folder.
            system: the calls to the operating system.
            now: the time in UTC; the names of backups have the local one.
            followups: the events of the workspace, which tell what was deleted.
            lock: returns the lock with a name, to be waited for so many seconds.
        """
        self._workspace = workspace
        self._folder = workspace / BACKUPS
        self._system = system
        self._now = now
        self._followups = followups
        self._lock = lock
        self._ids = IdMaker()

    def due(self) -> bool:
        """Say whether there are records, and no backup of this day, which is the local one. Raises StoreError."""
        today = self._now().astimezone().date()
        if any(_when(path).date() == today for path in self._archives()):
            return False
        return self._holds(*layout_files.RECORDS)

    def all(self) -> list[BackupLine]:
        """Return all backups, the newest first; those that are cut off too. Raises StoreError."""
        lines = []
        for path in reversed(self._archives()):
            with suppress(FileNotFoundError):  # removed in this moment
                files, size = number_of_files(path), path.stat().st_size
                line = BackupLine(
                    name=path.name, when=_when(path), files=files or 0, size=size, readable=files is not None
                )
                lines.append(line)
        return lines

    def make(self, progress: Progress | None = None) -> Path | None:
        """Make a backup and remove those that are too old; return where it is, or None where it was stopped.

        Raises:
            NotFound: there is nothing in the workspace.
            StoreError: it could not be made, or was made without files that could not be read, which are named.
        """
        check_format(self._workspace, self._system)
        if not self._holds():
            raise NotFound(f"There is nothing in {self._workspace} to make a backup of.")
        with self._alone():
            self._tidy()
            copying = self._copy(progress)
            if copying is None:
                return None
            self._rotate(copying.path)
            self._keep_answers_in_one(copying.path)
            quarantine.rotate(self._workspace, self._system, time.time())
        if copying.unread:
            raise StoreError(_made_without(copying))
        return copying.path

    def check(self, path: Path) -> list[Refused]:
        """Return what is wrong with an archive, file by file; nothing where all of it can be put back.

        Raises:
            NotFound: there is no such file, neither there nor with this name among the backups.
            Damaged: it is no archive, or half of one.
            StoreError: it could not be read.
        """
        with opened(self._located(path)) as archive:
            wrong = list(archive.bad)
            for each in archive.good:
                try:
                    fault = contents.wrong_with(each, archive.read(each.path))
                except Damaged as error:
                    fault = str(error)
                if fault:
                    wrong.append(refused(each.path, fault))
        return wrong

    def restore(self, path: Path, *, deleted: bool = False, progress: Progress | None = None) -> Restored:
        """Put back what is in an archive and missing here or different, as much of it as possible.

        What is here is backed up first; what is replaced is kept in the quarantine as well. Files that are not in the
        archive stay as they are, and so does what was deleted here, unless `deleted` asks for it.

        Raises:
            NotFound: there is no such file, neither there nor with this name among the backups.
            Damaged: it is no archive, or half of one.
            StoreError: it could not be read, what is here could not be backed up, or the archive is for a newer
                kmtui. Nothing was changed.
        """
        check_format(self._workspace, self._system)
        with opened(self._located(path)) as archive, self._alone():
            refuse_newer(archive)
            # Nothing is rotated out: it could be the one that is put back, or the last from before a mishap.
            copying = self._copy(None) if self._holds() else None
            make_workspace(self._workspace, self._system)
            restoring = Restoring(self._workspace, self._system, self._followups, self._lock, deleted=deleted)
            done = restoring.take(archive, progress)
        return Restored(
            restored=tuple(restoring.restored),
            same=restoring.same,
            kept_aside=tuple(restoring.kept_aside),
            refused=tuple(restoring.refused),
            backup=copying.path.name if copying is not None else "",
            stopped=not done,
        )

    def forget(self, ids: Collection[str], edited: Edit | None = None) -> None:
        """Take out of all backups what was deleted for good: whole files, words of events, and what is `edited`.

        Files with one of the ids in their path go, and so do the words of all events about the ids and about what
        those files hold. It may be said again, and does nothing where nothing is left.

        Args:
            ids: of records, lessons and actions.
            edited: is given every other file that holds one of the ids.

        Raises:
            StoreError: some backups could not be read or written and may still hold it; the others do not.
        """
        wanted = frozenset(ids)
        self._rewrite_all(lambda path: without(path, wanted, edited))

    def forget_responses(self, survey_id: str, *, only_marks: bool = False) -> None:
        """Take what individuals answered to a survey out of all backups, or only the marks. Raises StoreError."""
        self._rewrite_all(lambda _: without_answers(survey_id, only_marks=only_marks))

    def _holds(self, *kinds: layout_files.Kind) -> bool:
        """Say whether there is anything of some kinds, or of any, that somebody would miss. Raises StoreError."""
        return any(each.kind != "workspace" for each in layout_files.members(self._workspace, *kinds))

    def _archives(self) -> list[Path]:
        """Return the files that are backups by their names, the oldest first. Raises StoreError."""
        return [path for path in layout_files.matching(self._folder, _NAMED) if _is_a_time(path)]

    def _all_files(self) -> list[Path]:
        """Return the backups and what writers of backups left behind. Raises StoreError."""
        return [*layout_files.leftovers(self._folder), *self._archives()]

    def _located(self, path: Path) -> Path:
        """Return an archive that is given by its path, or by its name among the backups."""
        here = self._folder / path.name
        return here if path.parent == Path() and not path.exists() and here.exists() else path

    def _alone(self) -> AbstractContextManager[None]:
        return held(
            self._lock(_LOCK, _WAIT), "Another window is making or changing backups. Try again when it is done."
        )

    def _copy(self, progress: Progress | None) -> Copying | None:
        """Write an archive of all that is here; None where it was stopped. Raises StoreError."""
        copying = Copying(self._workspace, self._system, self._new_path(), progress)
        try:
            copying.write()
        except Stopped:
            return None
        return copying

    def _new_path(self) -> Path:
        return self._folder / f"{self._now().astimezone().strftime(_TIME)}_{self._ids.wholly_random()}.zip"

    def _tidy(self) -> None:
        """Remove what writers left behind that were killed more than a day ago."""
        for leftover in layout_files.leftovers(self._folder):
            with suppress(OSError):
                if leftover.stat().st_mtime < time.time() - _DEAD:
                    discard(self._system, leftover)

    def _rotate(self, new: Path) -> None:
        """Remove the backups that are too old. One that cannot be removed is no reason to complain."""
        there = self._archives()
        # What is cut off must not push out what is whole.
        kept = {new} | chosen(there) | chosen(path for path in there if has_end(path))
        for path in there:
            if path not in kept:
                discard(self._system, path)
        with suppress(OSError):
            sync_folder(self._system, self._folder)

    def _keep_answers_in_one(self, new: Path) -> None:
        """Take what individuals answered out of older backups: two of them would tell on which day an answer came."""
        for path in self._archives():
            if path != new:
                with suppress(StoreError, NotFound):
                    rewrite(self._system, path, without_answers())

    def _rewrite_all(self, cut_for: Callable[[Path], Cut]) -> None:
        """Write all archives anew, as far as anything changes in them. Raises StoreError when all others are done."""
        if not self._folder.exists():
            return
        troubles: list[str] = []
        done: set[Path] = set()
        with self._alone():
            # Where locks are not used a new one may come meanwhile.
            while fresh := [path for path in self._all_files() if path not in done]:
                for path in fresh:
                    done.add(path)
                    try:
                        self._forget(path, cut_for)
                    except StoreError as error:
                        troubles.append(f"{path}: {error}")
        if troubles:
            raise StoreError(
                "What was deleted may still be in these files. Delete them by hand, or delete again.\n"
                + "\n".join(troubles)
            )

    def _forget(self, path: Path, cut_for: Callable[[Path], Cut]) -> None:
        """Write an archive anew; what is none yet goes as it is. Raises StoreError."""
        if _NAMED.fullmatch(path.name):
            with suppress(NotFound):  # removed in this moment
                rewrite(self._system, path, cut_for(path))
            return
        with told(path, "deleted"), suppress(FileNotFoundError):
            self._system.remove(path)  # it holds the same words; whoever writes it without locks will try again


def chosen(archives: Iterable[Path]) -> set[Path]:
    """Return those of the archives, the oldest first, that are worth keeping: the newest of each day, week, month."""
    kept: set[Path] = set()
    newest_first = sorted(archives, reverse=True)
    periods: tuple[tuple[int, Callable[[datetime], Hashable]], ...] = (
        (DAYS, lambda at: at.date()),
        (WEEKS, lambda at: at.isocalendar()[:2]),
        (MONTHS, lambda at: (at.year, at.month)),
    )
    for most, period in periods:
        newest: dict[Hashable, Path] = {}
        for path in newest_first:
            newest.setdefault(period(_when(path)), path)
        kept.update(list(newest.values())[:most])
    return kept


def _when(path: Path) -> datetime:
    """Return when an archive was made, in local time, as its name tells."""
    return datetime.strptime(path.name[: -LENGTH - len("_.zip")], _TIME).astimezone()


def _is_a_time(path: Path) -> bool:
    try:
        _when(path)
    except (ValueError, OverflowError, OSError):  # the 30th of February; years that a clock cannot show
        return False
    return True


def _made_without(copying: Copying) -> str:
    unread = copying.unread
    more = f" And {len(unread) - _FEW} more." if len(unread) > _FEW else ""
    return f"{copying.path.name} was made, without what could not be read: {' '.join(unread[:_FEW])}{more}"
