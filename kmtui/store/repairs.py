"""Putting right what the doctor has found. Whatever is replaced or removed is kept in the quarantine first."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import get_args

from kmtui.flow.joining import join
from kmtui.model.errors import Damaged, NotFound, StoreError
from kmtui.model.ids import ALPHABET, LENGTH, is_id
from kmtui.store import imports, quarantine
from kmtui.store.atomic import create_file, overwrite, told
from kmtui.store.conflicts import copy_of
from kmtui.store.cures import Cures, loaded, record_kind, wrong_with
from kmtui.store.format import FORMAT, check_format
from kmtui.store.inventory import is_ours
from kmtui.store.layout_files import WORKSPACE, Member, member, members
from kmtui.store.locks import Lock, held
from kmtui.store.merging import Merging
from kmtui.store.migrations import FORM, Form
from kmtui.store.problems import Problem, ProblemKind
from kmtui.store.quarantine import TRACELESS, folder_of
from kmtui.store.records import composed
from kmtui.store.salvage import salvaged_events
from kmtui.store.storage import encode, parse, read_file
from kmtui.store.survey_files import RESPONSES
from kmtui.store.system import System

LEFTOVER = re.compile(rf"\.([{ALPHABET}]{{{LENGTH}}})\.[0-9a-f]{{12}}\.tmp", re.ASCII)

_JSON = ".json"
_ORDER: tuple[ProblemKind, ...] = get_args(ProblemKind)


def other_record(known: Member, content: bytes, form: Form = FORM) -> Member | None:
    """Return where the record belongs that a file holds, if it is another one than that in its name."""
    kind = record_kind(known)
    if kind is None:
        return None
    try:
        found = composed(parse(content, kind, known.name), kind, known.name).get("id")
    except Damaged:
        return None
    if not isinstance(found, str) or not is_id(found) or found == known.id:
        return None
    other = member(f"{known.path[: -len(known.id) - len(_JSON)]}{found}{_JSON}")
    return other if other is not None and not wrong_with(other, content) else None


class Repairs:
    """Puts right what is wrong in one workspace, one problem at a time."""

    def __init__(
        self,
        workspace: Path,
        system: System,
        cures: Cures,
        merging: Merging,
        lock: Callable[[str], Lock],
        form: Form = FORM,
    ) -> None:
        self._workspace = workspace
        self._system = system
        self._cures = cures
        self._merging = merging
        self._lock = lock
        self._form = form
        self._repair: dict[ProblemKind, Callable[[str], None]] = {
            "format": self._write_format,
            "damaged": self._replace_damaged,
            "lost": self._put_back_lost,
            "misnamed": self._move_to_its_place,
            "twice": self._join_twice,
            "copy": self._join_copy,
            "older": self._write_in_present_form,
            "leftover": self._remove_leftover,
            "interrupted": self._clear_import,
            "open": self._close_to_others,
        }

    def repair(self, problems: Sequence[Problem]) -> dict[tuple[str, ProblemKind], str]:
        """Put right what can be, and return why the rest could not, by file and kind."""
        failed: dict[tuple[str, ProblemKind], str] = {}
        self._merging.begin()
        for problem in sorted(problems, key=lambda each: (_ORDER.index(each.kind), each.file)):
            repair = self._repair.get(problem.kind)
            if problem.repairable and repair is not None:
                try:
                    repair(problem.file)
                except (StoreError, NotFound) as error:
                    failed[problem.file, problem.kind] = str(error)
        return failed

    def _write_format(self, path: str) -> None:
        where = self._workspace / WORKSPACE
        content = read_file(self._system, where)
        if content is not None and check_format(self._workspace, self._system):
            folder = self._workspace / quarantine.FOLDER
            quarantine.keep(self._system, folder, WORKSPACE, content, marker="workspace")
            new = encode({"format": FORMAT})
            overwrite(self._system, where, new, accepted=(content,), marker="workspace")

    def _replace_damaged(self, path: str) -> None:
        known = _known(path)
        with self._alone(known):
            content = read_file(self._system, self._workspace / path)
            if content is None or not wrong_with(known, content):
                return
            cure = self._cures.cure(known, content)
            if cure is not None:  # else a copy may take its place
                self._keep(known, content)
                self._overwrite(known, cure.content, content)

    def _put_back_lost(self, path: str) -> None:
        known = _known(path)
        with self._alone(known):
            before = self._cures.before(known)
            if before is None:
                raise StoreError("The version before is not there any more.")
            create_file(self._system, self._workspace / path, before, marker=known.id)

    def _move_to_its_place(self, path: str) -> None:
        """Put a record where its id says, and the one that belongs here in its place, as far as it is anywhere."""
        known = _known(path)
        content = read_file(self._system, self._workspace / path)
        other = None if content is None else other_record(known, content, self._form)
        if content is None or other is None:
            return
        place = min((each.path for each in members(self._workspace, known.kind) if each.id == other.id), default="")
        with self._alone(other), self._alone(known):
            self._merging.merge(path, member(place) or other)
            cure = self._cures.cure(known, None)
            if cure is not None:
                create_file(
                    self._system,
                    self._workspace / path,
                    cure.content,
                    marker=known.id,
                    timeless=known.kind in TRACELESS,
                )

    def _join_twice(self, path: str) -> None:
        known = _known(path)
        used = min(each.path for each in members(self._workspace, known.kind) if each.id == known.id)
        if used != path:
            with self._alone(known):
                self._merging.merge(path, _known(used))

    def _join_copy(self, path: str) -> None:
        folder, _, name = path.rpartition("/")
        with told(self._workspace / folder, "read"):
            there = {each.name for each in (self._workspace / folder).iterdir()}
        copy = copy_of(folder, name, there)
        if copy is not None:
            with self._alone(copy.of):
                self._merging.merge(path, copy.of)

    def _write_in_present_form(self, path: str) -> None:
        known = _known(path)
        with self._alone(known):
            file = loaded(self._workspace / path, known, self._system, self._form)
            record = file.load()
            if file.older is not None:
                quarantine.keep_generations(self._system, file.path, file.kind, marker=known.id)
                file.save(record)

    def _remove_leftover(self, path: str) -> None:
        """Remove a temporary file; where it has something that the record lacks, that is kept."""
        where = self._workspace / path
        content = read_file(self._system, where)
        found = LEFTOVER.fullmatch(where.name)
        if content is None or found is None:
            return
        folder = path.rpartition("/")[0]
        ending = f"{found[1]}{_JSON}"
        names = [each.name for each in where.parent.iterdir() if each.name.endswith(ending)]
        owner = next((each for name in sorted(names) if (each := member(f"{folder}/{name}")) is not None), None)
        if owner is not None and owner.kind not in TRACELESS and self._has_more(owner, content):
            name = f"{owner.name}.unfinished"
            quarantine.keep(self._system, folder_of(where, owner.kind), name, content, marker=owner.id)
        quarantine.take_away(self._system, where, content)

    def _has_more(self, owner: Member, content: bytes) -> bool:
        """Say whether something can be read in a temporary file that its record lacks."""
        here = read_file(self._system, self._workspace / owner.path) or b""
        if owner.kind == "events":
            return bool({each.id for each in salvaged_events(content)} - {each.id for each in salvaged_events(here)})
        new, _ = self._cures.salvaged(owner, content)
        own, _ = self._cures.salvaged(owner, here)
        return new is not None and (own is None or join(own, new).record != own)

    def _clear_import(self, path: str) -> None:
        survey_id = path.split("/")[1]
        with held(self._lock(f"{survey_id}{RESPONSES}"), "Another window is taking in answers. Try again later."):
            imports.clear(self._workspace, survey_id, self._system)

    def _close_to_others(self, path: str) -> None:
        where = self._workspace / path
        with told(where, "closed to others"):
            if where.is_dir():
                self._system.chmod(where, 0o700)
                for each in sorted(where.iterdir()):
                    if path != "." and each.is_file() and is_ours(each.name):
                        self._system.chmod(each, 0o600)
            elif where.exists():
                self._system.chmod(where, 0o600)

    def _keep(self, known: Member, content: bytes) -> None:
        traceless = known.kind in TRACELESS
        name = f"{known.name}.damaged" if traceless else known.name
        folder = folder_of(self._workspace / known.path, known.kind)
        quarantine.keep(self._system, folder, name, content, marker=known.id, timeless=traceless)

    def _overwrite(self, known: Member, new: bytes, before: bytes) -> None:
        path, traceless = self._workspace / known.path, known.kind in TRACELESS
        overwrite(self._system, path, new, accepted=(before,), marker=known.id, timeless=traceless)

    def _alone(self, known: Member) -> AbstractContextManager[None]:
        """Hold what others would write meanwhile. Raises ChangedMeanwhile where another window has it."""
        if known.kind in ("events", "workspace"):
            return nullcontext()  # whoever writes these compares and tries again
        name = f"{known.survey}{RESPONSES}" if known.survey else known.id
        return held(self._lock(name), f"Another window has {known.name} open. Close it there, and repair again.")


def _known(path: str) -> Member:
    found = member(path)
    if found is None:
        raise NotFound(f"{path} is no file of kmtui.")
    return found
