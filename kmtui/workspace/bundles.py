"""Bundles: chosen sessions, assessments, lessons and assets as one file; and taking one in without loss or doubles."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeVar

from msgspec.structs import replace

from kmtui.flow.followup import DELETED
from kmtui.flow.joining import join
from kmtui.model.assessment import Assessment
from kmtui.model.asset import Asset
from kmtui.model.bundle import Bundle, Merged
from kmtui.model.errors import KmtuiError, NotFound, WrongInput
from kmtui.model.events import Event
from kmtui.model.ids import derived_id
from kmtui.model.lesson import KeptLesson
from kmtui.model.lines import LessonLine
from kmtui.model.session import Lesson, Session
from kmtui.report.bundle_document import bundle_document, is_bundle, read_bundle
from kmtui.report.reading import read_document
from kmtui.store.protocol import Record
from kmtui.text import shortened
from kmtui.workspace import log
from kmtui.workspace.finding import find_any
from kmtui.workspace.sharing import LARGEST_FILE, document, json_text, save_whole
from kmtui.workspace.tools import Tools

Taken = TypeVar("Taken", Session | Assessment, KeptLesson, Asset)


def bundle_of(
    tools: Tools, beginnings: Sequence[str] = (), *, with_names: bool = False, with_private: bool = False
) -> Bundle:
    """Return chosen records, lessons and assets with what belongs to them; all of the workspace where none is named.

    With an asset go the lessons on it; with a record its follow-up. Names of people and private entries only if asked.

    Raises:
        NotFound: an id is none, or the beginning of more than one.
        Damaged, StoreError: something could not be read.
    """
    store = tools.store
    records: dict[str, Record] = {}
    lessons: dict[str, KeptLesson] = {}
    assets: dict[str, Asset] = {}
    if beginnings:
        things = [find_any(tools, beginning) for beginning in beginnings]
        records = {each.id: store.read(each.id) for each in things if each.kind == "record"}
        assets = {each.id: each for each in store.assets.all() if each.id in {thing.id for thing in things}}
        wanted = {each.id for each in things if each.kind == "lesson"}
        wanted |= {lesson for asset in assets.values() for lesson in asset.lessons}
        lessons = _lessons(tools, wanted - _lessons_in(records.values()))
    else:
        records = {line.id: store.read(line.id) for line in store.records()}
        assets = {each.id: each for each in store.assets.all()}
        lessons = _lessons(tools, {line.id for line in store.register.all() if line.imported})
    bundle = Bundle(
        made=tools.now(),
        with_names=with_names,
        with_private=with_private,
        records=tuple(records.values()),
        lessons=tuple(lessons.values()),
        assets=tuple(assets.values()),
    )
    return replace(bundle, events=_events(tools, bundle))


def _lessons_in(records: Iterable[Record]) -> set[str]:
    return {lesson.id for record in records if isinstance(record, Session) for lesson in record.lessons}


def _lessons(tools: Tools, ids: set[str]) -> dict[str, KeptLesson]:
    """Return lessons as they travel without the session in which they were learned."""
    found = {}
    for line in tools.store.register.lines(ids).values():
        kept = tools.store.register.kept(line.id) if line.imported else _out_of_session(tools, line)
        if kept is not None:
            found[kept.id] = kept
    return found


def _out_of_session(tools: Tools, line: LessonLine) -> KeptLesson | None:
    session = tools.store.read(line.session)
    if not isinstance(session, Session):
        return None
    return next((standing_alone(each, session) for each in session.lessons if each.id == line.id), None)


def standing_alone(lesson: Lesson, session: Session) -> KeptLesson:
    """Return a lesson with what it needs to know of its session."""
    return KeptLesson(
        id=lesson.id,
        created=session.created,
        changed=session.changed,
        date=session.date,
        lesson=lesson.lesson,
        context=lesson.context,
        cause=lesson.cause,
        recommendation=lesson.recommendation,
        tags=lesson.tags,
        keep_or_change=lesson.keep_or_change,
        owner=lesson.owner,
        title=session.name,
        team=session.team,
        technique=session.technique.id,
        criterion=session.criterion,
        session=session.id,
        again=lesson.again,
    )


def _events(tools: Tools, bundle: Bundle) -> tuple[Event, ...]:
    """Return what was said of all that is in a bundle, but that something was deleted."""
    subjects = {each.id for each in (*bundle.records, *bundle.lessons)} | _lessons_in(bundle.records)
    subjects |= {action.id for record in bundle.records for action in record.actions}
    said = (events for about, events in tools.store.events().items() if about in subjects)
    return tuple(event for events in said for event in events if event.change and DELETED not in event.change)


def bundle_text(bundle: Bundle) -> str:
    """Return the file of a bundle."""
    return json_text(bundle_document(bundle))


def write_bundle(tools: Tools, bundle: Bundle, path: Path) -> None:
    """Write a bundle to a file. Raises StoreError."""
    tools.store.write_file(path.expanduser().absolute(), bundle_text(bundle).encode())


def read_file(path: Path) -> Bundle | None:
    """Return the bundle in a file; None where it is something else. Raises WrongInput."""
    try:
        with path.open("rb") as file:
            begin = file.read(200)
            if not is_bundle(begin):
                return None
            if path.stat().st_size > LARGEST_FILE:
                raise WrongInput(f"{path} is too large to be a bundle of kmtui. Bundle less at a time.")
            return read_bundle(begin + file.read())
    except OSError as error:
        raise WrongInput(f"{path} cannot be read: {error.strerror}.") from error


def merge(tools: Tools, bundle: Bundle) -> Merged:
    """Take in a bundle. The same one twice, or several in any order, come to the same; what differs is kept twice.

    Raises:
        StoreError: the workspace cannot be written to; what was taken in until then stays, and it can be done again.
    """
    merging = _Merging(tools, bundle)
    for record in bundle.records:
        merging.take(record, merging.record)
    for lesson in bundle.lessons:
        merging.take(lesson, merging.lesson)
    for asset in bundle.assets:
        merging.take(asset, merging.asset)
    tools.store.add_events(bundle.events)
    log.note("merge", new=len(merging.new), joined=len(merging.joined))
    return Merged(
        new=tuple(merging.new),
        joined=tuple(merging.joined),
        same=merging.same,
        conflicts=tuple(merging.conflicts),
        failed=tuple(merging.failed),
    )


class _Merging:
    """A bundle while it is taken in."""

    def __init__(self, tools: Tools, bundle: Bundle) -> None:
        self._tools = tools
        self._bundle = bundle
        self.new: list[str] = []
        self.joined: list[str] = []
        self.conflicts: list[str] = []
        self.failed: list[str] = []
        self.same = 0

    def take(self, thing: Taken, taking: Callable[[Taken], None]) -> None:
        """Take one thing in; where that fails for it alone, keep why and go on."""
        try:
            taking(thing)
        except KmtuiError as error:
            self.failed.append(f"{thing.id}: {error}")

    def record(self, record: Session | Assessment) -> None:
        """Take in a session or an assessment."""
        try:
            here = self._tools.store.read(record.id)
        except NotFound:
            if isinstance(record, Session):
                self._tools.store.create(record).close()
            else:
                self._tools.store.create(record).close()
            self.new.append(record.id)
            return
        if self._as_bundled(here) == self._as_bundled(record):
            self.same += 1
            return
        both = join(here, record)  # type: ignore[type-var]
        if both.record == here:
            self.same += 1
            return
        save_whole(self._tools, both.record)
        self.joined.append(record.id)
        self.conflicts += [f"{shortened(here.name, 60)}: {each}" for each in both.both]

    def _as_bundled(self, record: Record) -> Record:
        how = {"with_names": self._bundle.with_names, "with_private": self._bundle.with_private}
        return read_document(document(record, **how))

    def lesson(self, lesson: KeptLesson) -> None:
        """Take in a lesson that comes without its session."""
        register = self._tools.store.register
        line = register.lines([lesson.id]).get(lesson.id)
        if line is None:
            self.new += register.add([lesson], by_id=True).ids
        elif said(line) == said(lesson):
            self.same += 1
        else:
            other = replace(lesson, id=derived_id(lesson.id, *map(str, said(lesson))))
            added = register.add([other], by_id=True)
            self.new += added.ids
            self.same += added.duplicates
            if added.ids:
                words = f'"{shortened(line.lesson, 60)}" here, "{shortened(lesson.lesson, 60)}" in the bundle'
                hint = f"Both are kept; kmtui lesson {line.id} --join {other.id} joins them."
                self.conflicts.append(f"A lesson has different words: {words}. {hint}")

    def asset(self, asset: Asset) -> None:
        """Take in a knowledge asset."""
        assets = self._tools.store.assets
        here = next((each for each in assets.all() if each.id == asset.id), None)
        if here is None:
            assets.save(asset, None)
            self.new.append(asset.id)
            return
        both = join(here, asset)
        if both.record == here:
            self.same += 1
            return
        assets.save(both.record, here)
        self.joined.append(asset.id)
        self.conflicts += [f"{shortened(here.title, 60)}: {each}" for each in both.both]


def said(lesson: LessonLine | KeptLesson) -> tuple[str | tuple[str, ...], ...]:
    """Return the words of a lesson, in which two versions of it can differ."""
    words = (lesson.lesson, lesson.context, lesson.cause, lesson.recommendation)
    return (*words, lesson.tags, lesson.keep_or_change)
