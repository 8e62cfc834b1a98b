"""The register: all lessons of the workspace, found by their words, with what has become of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING

from msgspec.structs import replace

from kmtui.analysis.query import Query
from kmtui.flow.lesson_life import root, waits, with_life
from kmtui.model.errors import StoreError
from kmtui.model.ids import as_typed
from kmtui.model.lesson import Life, Use
from kmtui.model.lines import LessonLine
from kmtui.model.numbers import LessonFact
from kmtui.store import fts
from kmtui.store.catalogue import Progress
from kmtui.store.format import check_format
from kmtui.store.kept_lessons import KeptLessons
from kmtui.store.nearest import nearest
from kmtui.store.one import the_one
from kmtui.store.protocol import Hit

if TYPE_CHECKING:  # SQLite is loaded when lessons are asked for, not with the program
    from kmtui.store.lesson_index import Found, LessonIndex

_FEW = 5
"""Where fewer lessons have all the words, those that have some of them come behind."""


class FileRegister(KeptLessons):
    """The lessons of a workspace in files. Implements kmtui.store.protocol.Register; may be used from any thread."""

    # Looking

    def look(self, progress: Progress | None = None) -> bool:
        """Bring the index up to date with the files, and say whether that was done to the end."""
        check_format(self._workspace, self._system)
        return self._catalogue.look(progress)

    def search(self, query: Query, limit: int = 50) -> list[Hit]:
        """Return the lessons that fit, the best first: those with all the words before those with some of them."""
        from kmtui.store.lesson_search import search

        self._catalogue.look_if_changed()
        lives, limits, parts = self.lives(), self._limits(query), fts.parts(query)
        if query.wordless:
            found = self._wanted(lambda index, most: index.newest(limits, most), limit, lives)
            return [Hit(line=line, score=0.0) for line in self._counted([each.line for each in found])]
        found = self._wanted(lambda index, most: search(index, parts, limits, most), limit, lives)
        return self._hits(found, fts.any_of(parts))

    def similar(
        self, query: Query, limit: int, without: Collection[str] = (), progress: Progress | None = None
    ) -> list[LessonLine]:
        """Return the lessons that share a rare word, or two others, as the protocol says."""
        from kmtui.store.lesson_search import sharing

        self._catalogue.look_if_changed(progress)
        parts = fts.parts(query)
        found = self._wanted(
            lambda index, most: sharing(index, parts, most),
            limit,
            self.lives(),
            lambda line: line.id not in without and line.session not in without and line.state != "retired",
        )
        return self._counted([each.line for each in found])

    def nearest(self, query: Query, limit: int, without: Collection[str] = ()) -> list[LessonLine]:
        """Return the lessons that share words as they are kept just now, as the protocol says."""
        passed, lives = {*without, *self._followups.deleted()}, self.lives()
        return self._catalogue.ask_now(lambda index: nearest(index, fts.parts(query), limit, passed, lives))

    def words(self, ids: Collection[str]) -> dict[str, str]:
        """Return what lessons say by id, as they are kept just now, as the protocol says."""
        return self._catalogue.ask_now(lambda index: {line.id: line.lesson for line in index.lines(ids)})

    def _limits(self, query: Query) -> fts.Limits:
        """Return the limits of a query with those that events tell: the state."""
        limits = fts.limits(query)
        if not query.states:
            return limits
        from msgspec import json

        lives = self.lives()
        wanted = [about for about, life in lives.items() if life.state in query.states]
        if "captured" not in query.states:
            return limits.and_("l.id IN (SELECT value FROM json_each(?))", json.encode(wanted).decode())
        unwanted = [about for about, life in lives.items() if life.state not in query.states]
        return limits.and_("l.id NOT IN (SELECT value FROM json_each(?))", json.encode(unwanted).decode())

    def _wanted(
        self,
        look: Callable[[LessonIndex, int], list[Found]],
        limit: int,
        lives: Mapping[str, Life],
        fits: Callable[[LessonLine], bool] = lambda _: True,
    ) -> list[Found]:
        """Return as many as wanted of what can be shown: each lesson once, and for a joined one that it went into."""
        hidden = self._followups.deleted()
        most = limit + _FEW
        while True:
            raw = self._catalogue.ask(lambda index, most=most: look(index, most))  # type: ignore[misc]
            found = self._once([each for each in raw if _is_shown(each.line, hidden)], lives)
            found = [each for each in found if fits(each.line)]
            if len(found) >= limit or len(raw) < most:
                return found[:limit]
            most *= 4

    def _once(self, found: list[Found], lives: Mapping[str, Life]) -> list[Found]:
        targets = {each.line.id: root(each.line.id, lives) for each in found}
        others = {target for lesson, target in targets.items() if target != lesson}
        there = {line.id: line for line in self._catalogue.ask(lambda index: index.lines(others))} if others else {}
        once: dict[tuple[str, str], Found] = {}
        for each in found:
            line = there.get(targets[each.line.id], each.line)
            # One id with two wordings is what two people made of a lesson: both are shown.
            once.setdefault((line.id, line.lesson), replace(each, line=with_life(line, lives.get(line.id))))
        return list(once.values())

    def _hits(self, found: list[Found], match: str) -> list[Hit]:
        excerpts = self._excerpts(match, [each.line for each in found]) if found else []
        lines = self._counted([each.line for each in found])
        return [
            Hit(line=line, score=round(each.score, 6), excerpt=fts.marked(excerpt), whole=each.whole)
            for line, each, excerpt in zip(lines, found, excerpts, strict=True)
        ]

    def _excerpts(self, match: str, lines: list[LessonLine]) -> list[str]:
        from kmtui.store.excerpts import Excerpts
        from kmtui.store.lesson_index import texts

        return Excerpts().of(match, [texts(line) for line in lines])

    # Lessons

    def all(self) -> Iterator[LessonLine]:
        """Yield all lessons, those of the newest record first."""
        self._check_and_look()
        lives, hidden = self.lives(), self._followups.deleted()
        once: set[tuple[str, str]] = set()
        for line in self._catalogue.ask(lambda index: list(index.all())):
            if _is_shown(line, hidden) and (line.id, line.lesson) not in once:
                once.add((line.id, line.lesson))
                yield self._counted([with_life(line, lives.get(line.id))])[0]

    def find(self, beginning: str) -> LessonLine:
        """Return the one lesson whose id begins so; raises NotFound where there is none, or more than one."""
        self._check_and_look()
        typed = as_typed(beginning)
        hidden = self._followups.deleted()
        lines = {
            line.id: line
            for line in reversed(self._catalogue.ask(lambda index: index.beginning(typed)))
            if _is_shown(line, hidden)
        }
        found = the_one("lesson", beginning, sorted((line.id, line.lesson) for line in lines.values()))
        return self._decorated([lines[found]])[0]

    def lines(self, ids: Collection[str]) -> dict[str, LessonLine]:
        """Return the lessons with these ids, as far as they are here, by id."""
        self._check_and_look()
        hidden = self._followups.deleted()
        lines = [
            line for line in reversed(self._catalogue.ask(lambda index: index.lines(ids))) if _is_shown(line, hidden)
        ]
        return {line.id: line for line in self._decorated(lines)}

    def of_record(self, record_id: str) -> list[LessonLine]:
        """Return the lessons of a record with what has become of them."""
        self._check_and_look()
        return self._decorated(self._catalogue.ask(lambda index: index.of_record(record_id)))

    def joined_into(self, lesson_id: str) -> list[LessonLine]:
        """Return the lessons that were joined into one."""
        return list(self.lines([about for about, life in self.lives().items() if life.joined == lesson_id]).values())

    def waiting(self, today: date) -> list[LessonLine]:
        """Return the lessons whose day of review has come, the longest waiting first."""
        due = [about for about, life in self.lives().items() if life.review is not None and life.review <= today]
        if not due:
            return []
        found = [line for line in self.lines(due).values() if waits(line, today)]
        return sorted(found, key=lambda line: (line.review or today, line.id))

    def count(self) -> int:
        """Return how many lessons there were at the last look."""
        return self._catalogue.ask(lambda index: index.count())

    # What has become of them

    def lives(self) -> dict[str, Life]:
        """Return what has become of lessons, by id; nothing is known of the others."""
        return self._followups.lives()

    def uses(self, lesson_id: str) -> list[Use]:
        """Return where a lesson was taken along, and those that were joined into it; the newest first."""
        self._check_and_look()
        ids = {lesson_id, *(about for about, life in self.lives().items() if life.joined == lesson_id)}
        return self._there(self._catalogue.ask(lambda index: index.uses(ids)))

    def uses_between(self, first: date, last: date) -> list[Use]:
        """Return what was taken along on days from the first to the last."""
        self._check_and_look()
        return self._there(self._catalogue.ask(lambda index: index.uses_between(first.isoformat(), last.isoformat())))

    def _there(self, uses: list[Use]) -> list[Use]:
        hidden = self._followups.deleted()
        return [use for use in uses if use.record not in hidden]

    def facts(self) -> Iterator[LessonFact]:
        """Yield what numbers need of every lesson."""
        self._check_and_look()
        hidden = self._followups.deleted()
        once: set[str] = set()
        for lesson_id, day, team, again, keep, record in self._catalogue.ask(lambda index: list(index.facts())):
            if not {record, lesson_id} & hidden and lesson_id not in once:
                once.add(lesson_id)
                yield LessonFact(
                    id=lesson_id,
                    team=team or "",
                    date=date.fromisoformat(day),
                    again=again,
                    keep=bool(keep),
                    imported=record == lesson_id,
                )

    def _decorated(self, lines: Iterable[LessonLine]) -> list[LessonLine]:
        lives = self.lives()
        return self._counted([with_life(line, lives.get(line.id)) for line in lines])

    def _counted(self, lines: list[LessonLine]) -> list[LessonLine]:
        """Return lines with how often each was taken along and learnt, with those that were joined into it."""
        sources = self._sources({line.id for line in lines})
        ids = {line.id for line in lines} | {each for joined in sources.values() for each in joined}
        used = self._catalogue.ask(lambda index: index.used(ids))
        again = self._catalogue.ask(lambda index: index.repeated(ids))
        counted = []
        for line in lines:
            all_of_it = [line.id, *sources.get(line.id, ())]
            counted.append(
                replace(
                    line,
                    used=sum(used.get(each, 0) for each in all_of_it),
                    seen=sum(1 + again.get(each, 0) for each in all_of_it),
                )
            )
        return counted

    def _sources(self, ids: Collection[str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for about, life in self.lives().items():
            if life.joined in ids:
                found.setdefault(life.joined or "", []).append(about)
        return found

    def check_index(self) -> bool:
        """Say whether the words in the index fit the lessons; where they do not, it is made anew."""
        sound = True

        def check(index: LessonIndex) -> None:
            nonlocal sound
            try:
                index.check()
            except Exception:
                sound = False
                raise

        try:
            self._catalogue.ask(check)
        except StoreError:
            sound = False
        return sound


def _is_shown(line: LessonLine, hidden: frozenset[str]) -> bool:
    """Say whether neither a lesson nor its session was deleted, here or in another copy of the workspace."""
    return line.id not in hidden and line.session not in hidden
