"""Putting back what is in a backup and missing here or different, so that nothing that is here is lost."""

from __future__ import annotations

from collections.abc import Callable, Collection
from contextlib import suppress
from pathlib import Path
from typing import Any

from kmtui.model.assessment import Assessment
from kmtui.model.backup import Refused
from kmtui.model.errors import ChangedMeanwhile, Damaged, NotFound, StoreError
from kmtui.store import quarantine
from kmtui.store.archives import Archive, refused
from kmtui.store.atomic import create_file, overwrite, replace_file
from kmtui.store.contents import format_of, wrong_with
from kmtui.store.followup import Followups
from kmtui.store.format import FORMAT
from kmtui.store.layout_files import RECORDS, WORKSPACE, Member, members
from kmtui.store.locks import Lock
from kmtui.store.records import RecordFile
from kmtui.store.removal import BACK
from kmtui.store.storage import encode, parse, read_file
from kmtui.store.system import System
from kmtui.store.words import TABLE, subjects_in, without_words

_MEANWHILE = "It was changed here in this moment, and stays as it is. Restore again to put the other one in its place."


class Restoring:
    """The putting back of one archive; to be used once. What came of it is in the fields without an underscore."""

    def __init__(
        self,
        workspace: Path,
        system: System,
        followups: Followups,
        lock: Callable[[str, float], Lock],
        *,
        deleted: bool,
    ) -> None:
        """Look at what is here. With `deleted` what was deleted here is put back as well. Raises StoreError."""
        self._workspace = workspace
        self._system = system
        self._followups = followups
        self._lock = lock
        self._also_deleted = deleted
        self._deleted = followups.deleted()
        self._wordless = set(self._deleted)
        self._back: set[str] = set()
        self._taken: set[str] = set()
        self._paths: dict[str, str] = {}
        for each in members(workspace, *RECORDS):
            self._paths.setdefault(each.id, each.path)
        self.restored: list[str] = []
        self.same = 0
        self.kept_aside: list[str] = []
        self.refused: list[Refused] = []

    def take(self, archive: Archive, progress: Callable[[int, int], bool] | None = None) -> bool:
        """Put back what can be, and say whether it was done to the end; `progress` may return False to stop it."""
        self.refused += archive.bad
        for done, each in enumerate(archive.good):
            if progress is not None and not progress(done, len(archive.good)):
                return False
            try:
                self._take(each, archive.read(each.path))
            except ChangedMeanwhile:
                self.refused.append(refused(each.path, _MEANWHILE))
            except StoreError as error:
                self.refused.append(refused(each.path, str(error)))
        return True

    def _take(self, member: Member, content: bytes) -> None:
        wrong = wrong_with(member, content)
        if wrong:
            raise Damaged(wrong)
        self._allow(member, content)
        if member.kind == "events":
            self._put_events(member, content)
        elif member.survey:
            self._put_answers(member, content)
        else:
            self._put_record(member, content)

    def _allow(self, member: Member, content: bytes) -> None:
        """Refuse what was deleted here, unless it is asked for; then say that it is back. Raises StoreError."""
        if member.kind in RECORDS and member.id in self._taken:
            raise StoreError("Another file in the backup holds the same record.")
        self._taken.add(member.id)
        inside = subjects_in(content)
        gone = ({member.id, member.survey} | inside) & self._deleted - self._back
        if not gone:
            return
        if not self._also_deleted:
            if member.id in gone:
                self._wordless |= inside
                raise StoreError("It was deleted here.")
            raise StoreError("Something in it was deleted here.")
        for each in sorted(gone):
            self._followups.add(each, BACK)
        self._back |= gone | inside

    def _put_record(self, member: Member, content: bytes) -> None:
        path = self._paths.setdefault(member.id, member.path) if member.id else member.path
        here = self._here(path)
        if here is None:
            self._create(path, member, content)
        elif here == content or (member.kind == "workspace" and not wrong_with(member, here)):
            self.same += 1
        else:
            self._replace_alone(path, member, content, here)

    def _put_answers(self, member: Member, content: bytes) -> None:
        """Put back a response or marks. Nothing is certain to be older than what somebody has answered here."""
        here = self._here(member.path)
        if here == content:
            self.same += 1
        elif here is not None and not wrong_with(member, here):
            raise StoreError("There is another answer here, which stays.")
        elif not (self._also_deleted or self._collecting(member.survey)):
            raise StoreError("The survey is closed here, so no answers are added to it.")
        elif here is None:
            self._create(member.path, member, content)
        else:
            self._replace(member.path, member, content, here)

    def _put_events(self, member: Member, content: bytes) -> None:
        """Add the events that are missing here: those that are here never go back to what was known before them."""
        content = without_words(content, self._wordless - self._back, member.name)
        here = self._here(member.path)
        if here is None:
            self._create(member.path, member, content)
        elif here == content:
            self.same += 1
        elif wrong_with(member, here):
            self._replace(member.path, member, content, here)
        elif (merged := _merged(here, content, member.name, self._back)) == here:
            self.same += 1
        else:
            overwrite(self._system, self._workspace / member.path, merged, accepted=(here,), marker=member.id)
            self.restored.append(member.path)

    def _here(self, path: str) -> bytes | None:
        return read_file(self._system, self._workspace / path)

    def _create(self, path: str, member: Member, content: bytes) -> None:
        timeless = bool(member.survey)
        create_file(self._system, self._workspace / path, content, marker=_marker(member), timeless=timeless)
        self.restored.append(path)

    def _replace_alone(self, path: str, member: Member, content: bytes, here: bytes) -> None:
        lock = self._lock(_marker(member), 0)
        if not lock.take():
            raise StoreError("Another window has it open. Close it there, and restore again.")
        try:
            self._replace(path, member, content, here)
        finally:
            lock.give_back()

    def _replace(self, path: str, member: Member, content: bytes, here: bytes) -> None:
        self._keep_aside(path, member, here)
        target, marker = self._workspace / path, _marker(member)
        if wrong_with(member, here):  # the generation before is worth more than what is damaged
            timeless = bool(member.survey)
            overwrite(self._system, target, content, accepted=(here,), marker=marker, timeless=timeless)
        else:
            replace_file(self._system, target, content, accepted=(here,), marker=marker)
        self.restored.append(path)

    def _keep_aside(self, path: str, member: Member, content: bytes) -> None:
        """Copy what is here to where it harms nobody: an answer beside the others, with which it will be deleted."""
        target = self._workspace / path
        if member.survey:
            folder, name = target.parent, f"{target.name}.damaged"
        else:
            folder, name = self._workspace / quarantine.FOLDER, target.name
        timeless = bool(member.survey)
        aside = quarantine.keep(self._system, folder, name, content, marker=_marker(member), timeless=timeless)
        self.kept_aside.append(aside.relative_to(self._workspace).as_posix())

    def _collecting(self, survey_id: str) -> bool:
        """Say whether answers may come to a survey, as far as it can be read here."""
        path = self._workspace / self._paths.get(survey_id, "")
        try:
            record: Any = RecordFile[Assessment](path, "assessment", survey_id, self._system).load()
        except (StoreError, NotFound):
            return True
        return isinstance(record, Assessment) and record.collecting


def refuse_newer(archive: Archive) -> None:
    """Raise StoreError where a backup is one of a workspace for a newer kmtui."""
    with suppress(Damaged):  # a damaged one is refused in its turn
        if WORKSPACE in archive.names and format_of(archive.read(WORKSPACE)) > FORMAT:
            raise StoreError("This backup is one of a newer version of kmtui. Install that version to restore it.")


def _marker(member: Member) -> str:
    return member.id or member.kind


def _merged(here: bytes, there: bytes, name: str, back: Collection[str]) -> bytes:
    """Return the events of a file with those that it lacks, and with the words of what is back. Raises Damaged."""
    tables, other = parse(here, TABLE, name), parse(there, TABLE, name)
    events = tables[TABLE]
    numbers = {str(event.get("id")): number for number, event in events.items()}
    free = max(map(int, events), default=0) + 1
    changed = False
    for event in other[TABLE].values():
        number = numbers.get(str(event.get("id")))
        if number is None:
            number, free = str(free), free + 1
        elif event.get("about") not in back or events[number] == event:
            continue
        events[number], changed = event, True
    return encode(tables) if changed else here
