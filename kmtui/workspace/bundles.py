"""Bundles: chosen sessions, assessments, lessons and assets as one file; and taking one in without loss or doubles."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from msgspec.structs import replace

from kmtui.flow.followup import DELETED
from kmtui.model.asset import Asset
from kmtui.model.bundle import Bundle
from kmtui.model.errors import WrongInput
from kmtui.model.events import Event
from kmtui.model.lesson import KeptLesson
from kmtui.model.lines import LessonLine
from kmtui.model.session import Lesson, Session
from kmtui.report.bundle_document import bundle_document, is_bundle, read_bundle
from kmtui.store.protocol import Record
from kmtui.workspace.finding import find_any
from kmtui.workspace.merging import merge, subjects_of
from kmtui.workspace.sharing import LARGEST_FILE, json_text
from kmtui.workspace.tools import Tools

__all__ = ["bundle_of", "bundle_text", "merge", "read_file", "standing_alone", "write_bundle"]


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
        there = _lessons_in(records.values())
        lessons = _lessons(tools, _with_joined(tools, wanted | there) - there)
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


def _with_joined(tools: Tools, ids: set[str]) -> set[str]:
    """Return lessons with those that they were joined into, and those that were joined into them."""
    pairs = [(about, life.joined) for about, life in tools.store.register.lives().items() if life.joined]
    found: set[str] = set()
    more = set(ids)
    while more:
        found |= more
        more = {other for pair in pairs if not found.isdisjoint(pair) for other in pair} - found
    return found


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
    """Return what was said of all that is in a bundle. That something was deleted or came back is not passed on."""
    subjects = subjects_of(bundle)
    said = (event for about, events in tools.store.events().items() if about in subjects for event in events)
    return tuple(
        replace(event, change={field: value for field, value in event.change.items() if field != DELETED})
        for event in said
    )


def bundle_text(bundle: Bundle) -> str:
    """Return the file of a bundle. Raises WrongInput where it would be too large to be taken in anywhere."""
    text = json_text(bundle_document(bundle))
    if len(text) > LARGEST_FILE or len(text.encode()) > LARGEST_FILE:
        raise WrongInput(
            f"All of this is more than {LARGEST_FILE // 1024 // 1024} MB, too large for one bundle. {_LESS}"
        )
    return text


_LESS = "Bundle less at a time: kmtui bundle ID ID -o FILE."


def write_bundle(tools: Tools, bundle: Bundle, path: Path) -> None:
    """Write a bundle to a file. Raises StoreError."""
    tools.store.write_file(path.expanduser().absolute(), bundle_text(bundle).encode())


def read_file(path: Path) -> Bundle | None:
    """Return the bundle in a file; None where it is something else. Raises WrongInput."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_FILE + 1)
    except (OSError, ValueError) as error:
        raise WrongInput(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}.") from error
    if not is_bundle(data):
        return None
    if len(data) > LARGEST_FILE:
        raise WrongInput(f"{path} is too large to be a bundle of kmtui. {_LESS}")
    try:
        return read_bundle(data)
    except WrongInput as error:
        raise WrongInput(f"{path}: {error}") from None
