"""Taking in a bundle: without loss, without doubles, the same in any order; what differs is kept in both wordings."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from msgspec.structs import replace

from kmtui.flow.followup import DELETED
from kmtui.flow.joining import join
from kmtui.flow.variants import in_one_order
from kmtui.model.assessment import Assessment
from kmtui.model.asset import Asset
from kmtui.model.bundle import Bundle, Merged
from kmtui.model.errors import KmtuiError, NotFound, WrongInput
from kmtui.model.lesson import KeptLesson
from kmtui.model.session import Session
from kmtui.report.reading import read_document
from kmtui.store.protocol import Record
from kmtui.text import shortened
from kmtui.workspace import log
from kmtui.workspace.left_out import filled_in
from kmtui.workspace.sharing import document, refuse_opened_again, save_whole
from kmtui.workspace.tools import Tools
from kmtui.workspace.wordings import in_session_alone, keep_other, later, other_id, said

Taken = TypeVar("Taken", Session | Assessment, KeptLesson, Asset)

_SHOWN = 60


def merge(tools: Tools, bundle: Bundle) -> Merged:
    """Take in a bundle. The same one twice, or several in any order, come to the same; what differs is kept twice.

    What was deleted here comes back, since somebody asks for it.

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
    subjects = subjects_of(bundle)
    tools.store.add_events(event for event in bundle.events if event.about in subjects)
    log.note("merge", new=len(merging.new), joined=len(merging.joined))
    return Merged(
        new=tuple(merging.new),
        joined=tuple(merging.joined),
        same=merging.same,
        conflicts=tuple(merging.conflicts),
        failed=tuple(merging.failed),
    )


def subjects_of(bundle: Bundle) -> set[str]:
    """Return the ids of all that something can be said of: records, their lessons and actions, lessons."""
    found = {each.id for each in (*bundle.records, *bundle.lessons)}
    for record in bundle.records:
        found |= {action.id for action in record.actions} | _lessons_of(record)
    return found


def _lessons_of(record: Record) -> set[str]:
    return {lesson.id for lesson in record.lessons} if isinstance(record, Session) else set()


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
            name = thing.lesson if isinstance(thing, KeptLesson) else thing.title or thing.id
            self.failed.append(f"{shortened(name, _SHOWN)}: {error}")

    def record(self, record: Session | Assessment) -> None:
        """Take in a session or an assessment."""
        refuse_opened_again(self._tools, record)
        self._bring_back(record.id, *_lessons_of(record))
        try:
            here = self._tools.store.read(record.id)
        except NotFound:
            self._tools.store.create(record).close()  # type: ignore[type-var]
            self._stands_alone(record)
            self.new.append(record.id)
            return
        if type(here) is not type(record):
            raise WrongInput("A record of another kind has this id here. It was left as it is.")
        if self._as_bundled(here) == self._as_bundled(record):
            self.same += 1
            return
        both: Any = join(filled_in(here, record), filled_in(record, here))  # type: ignore[type-var]
        if both.record == here:
            self.same += 1
            return
        save_whole(self._tools, both.record)
        self._stands_alone(both.record)
        self.joined.append(record.id)
        self.conflicts += [f"{shortened(here.name, _SHOWN)}: {each}" for each in both.both]

    def _as_bundled(self, record: Record) -> Record:
        how = {"with_names": self._bundle.with_names, "with_private": self._bundle.with_private}
        return read_document(document(record, **how))

    def _stands_alone(self, record: Record) -> None:
        if isinstance(record, Session):
            self.conflicts += in_session_alone(self._tools, record)

    def _bring_back(self, *ids: str) -> None:
        """Have that something was deleted hide it no longer."""
        followed = self._tools.store.followed()
        for each in ids:
            if each in followed and followed[each].deleted:
                self._tools.store.add_event(each, {DELETED: "no"})

    def lesson(self, lesson: KeptLesson) -> None:
        """Take in a lesson that comes without its session."""
        self._bring_back(lesson.id)
        register = self._tools.store.register
        line = register.lines([lesson.id]).get(lesson.id)
        if line is None:
            self.new += register.add([lesson], by_id=True).ids
        elif not line.imported:
            if any(said(each) == said(lesson) for each in register.of_record(line.session)):
                self.same += 1
            else:
                self._other(lesson, line.lesson)
        else:
            self._version(lesson)

    def _version(self, lesson: KeptLesson) -> None:
        """Take in a lesson of which there is a version without a session here."""
        register = self._tools.store.register
        here = register.kept(lesson.id)
        if here is None:
            raise NotFound(f"The lesson {lesson.id} is not there any more.")
        kept = later(here, lesson)
        other = here if kept == lesson else lesson
        if kept != here:
            register.put(kept)
        if said(kept) != said(other):
            self._other(other, kept.lesson)
        elif kept == here:
            self.same += 1
        else:
            self.joined.append(kept.id)
        twin = other_id(kept.id, said(kept))
        if kept != here and register.kept(twin) is not None:
            register.drop(twin)

    def _other(self, lesson: KeptLesson, here: str) -> None:
        sentence = keep_other(self._tools, lesson, here)
        if sentence:
            self.new.append(other_id(lesson.id, said(lesson)))
            self.conflicts.append(sentence)
        else:
            self.same += 1

    def asset(self, asset: Asset) -> None:
        """Take in a knowledge asset."""
        assets = self._tools.store.assets
        here = next((each for each in assets.all() if each.id == asset.id), None)
        if here is None:
            assets.save(asset, None)
            self.new.append(asset.id)
            return
        both = join(here, asset)
        first, second = (here, asset) if both.record.about == here.about else (asset, here)
        joined = replace(both.record, about=_paragraphs_of(first.about, second.about))
        if joined == here:
            self.same += 1
            return
        assets.save(joined, here)
        self.joined.append(asset.id)
        self.conflicts += [f"{shortened(here.title, _SHOWN)}: {each}" for each in both.both]


def _paragraphs_of(*texts: str) -> str:
    """Return the paragraphs of all texts, each once."""
    if len(set(texts)) == 1:
        return texts[0]
    paragraphs = in_one_order([[part for part in text.split("\n\n") if part.strip()] for text in texts])
    return "\n\n".join(map(str, paragraphs))
