"""Lessons that have no session here, each in a file of its own."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from pathlib import Path

from kmtui.model.errors import ChangedMeanwhile, NotFound
from kmtui.model.lesson import KeptLesson
from kmtui.model.lines import LessonLine
from kmtui.store import layout
from kmtui.store.atomic import backup_of, create_file, sync_folder, told
from kmtui.store.catalogue import Catalogue
from kmtui.store.followup import Followups
from kmtui.store.format import check_format, make_workspace
from kmtui.store.lines import lesson_lines
from kmtui.store.protocol import Added
from kmtui.store.records import RecordFile, new_content
from kmtui.store.register_protocol import Alike
from kmtui.store.system import System


def _always(_lesson: KeptLesson, _line: LessonLine) -> bool:
    return True


class KeptLessons:
    """The part of the register that writes. Its methods are described in kmtui.store.protocol.Register."""

    def __init__(self, workspace: Path, system: System, catalogue: Catalogue, followups: Followups) -> None:
        self._workspace = workspace
        self._system = system
        self._catalogue = catalogue
        self._followups = followups

    def add(self, lessons: Iterable[KeptLesson], *, by_id: bool = False, alike: Alike = _always) -> Added:
        """Write new lessons, each into a file of its own; those that are here already are counted and left alone.

        One is here where a lesson has all fields alike and `alike` does not see a difference, or with `by_id` where one
        has its id. Raises StoreError; what was written until then stays.
        """
        make_workspace(self._workspace, self._system)
        self._check_and_look()
        added: list[str] = []
        duplicates = 0
        written: dict[tuple[str, date], list[LessonLine]] = {}
        for lesson in lessons:
            same = _as_said(lesson, by_id)
            now = written.setdefault(same, [])
            if any(by_id or alike(lesson, each) for each in now) or self._is_here(lesson, by_id, alike):
                duplicates += 1
                continue
            path = layout.lesson_path(lesson)
            try:
                create_file(self._system, self._workspace / path, new_content(lesson, "lesson"), marker=lesson.id)
            except ChangedMeanwhile:
                duplicates += 1
            else:
                added.append(lesson.id)
                now += lesson_lines(lesson)
            self._catalogue.touch(path)
        return Added(ids=tuple(added), duplicates=duplicates)

    def _is_here(self, lesson: KeptLesson, by_id: bool, alike: Alike) -> bool:
        if by_id:
            return bool(self._catalogue.ask(lambda index: index.lines([lesson.id])))
        line = lesson_lines(lesson)[0]
        like = self._catalogue.ask(lambda index: index.like(line))
        return any(each.id == lesson.id or (each.date == lesson.date and alike(lesson, each)) for each in like)

    def kept(self, lesson_id: str) -> KeptLesson | None:
        """Return a lesson that has no session here; None where there is no such one. Raises Damaged, StoreError."""
        place = layout.lesson_place(self._workspace, lesson_id)
        if place is None or lesson_id in self._followups.deleted():
            return None
        try:
            return self._file(place).load()
        except NotFound:
            return None

    def put(self, lesson: KeptLesson) -> None:
        """Put a lesson in the place of the one that is kept with its id. Raises NotFound, ChangedMeanwhile."""
        place = self._place(lesson.id)
        file = self._file(place)
        file.load()
        try:
            file.save(lesson)
        finally:
            self._catalogue.touch(place.path)

    def drop(self, lesson_id: str) -> None:
        """Delete the file of a lesson that stands somewhere else as well; nothing that was said of it is touched."""
        place = self._place(lesson_id)
        path = self._workspace / place.path
        with told(path, "deleted"):
            for leftover in layout.leftovers(path.parent, lesson_id):
                self._system.remove(leftover)
            for each in (backup_of(path), path):
                with suppress(FileNotFoundError):
                    self._system.remove(each)
            sync_folder(self._system, path.parent)
        self._catalogue.forget(place.path)

    def once(self, line: LessonLine) -> LessonLine:
        """Have a lesson that stands in a session, and in a file of its own too, stand in the session alone."""
        lines = self._catalogue.ask(lambda index: index.lines([line.id]))
        in_session = [each for each in lines if not each.imported and each.session not in self._followups.deleted()]
        if not in_session or layout.lesson_place(self._workspace, line.id) is None:
            return line
        self.drop(line.id)
        return in_session[0]

    def _place(self, lesson_id: str) -> layout.Place:
        place = layout.lesson_place(self._workspace, lesson_id)
        if place is None:
            raise NotFound(f"There is no lesson {lesson_id} with a file of its own.")
        return place

    def _file(self, place: layout.Place) -> RecordFile[KeptLesson]:
        return RecordFile[KeptLesson](self._workspace / place.path, place.kind, place.id, self._system)

    def _check_and_look(self) -> None:
        check_format(self._workspace, self._system)
        self._catalogue.look_if_changed()


def _as_said(lesson: KeptLesson, by_id: bool) -> tuple[str, date]:
    """Return what two lessons have in common that are the same one."""
    from kmtui.store.lesson_index import same

    return (lesson.id if by_id else same(lesson_lines(lesson)[0])), lesson.date
