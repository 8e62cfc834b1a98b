"""What the register of lessons and the knowledge assets do, whatever they are kept in."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Protocol

from kmtui.analysis.query import Query
from kmtui.model.asset import Asset
from kmtui.model.base import Day, Value
from kmtui.model.lesson import KeptLesson, Life, Use
from kmtui.model.lines import LessonLine
from kmtui.model.numbers import LessonFact


class Hit(Value, frozen=True, kw_only=True):
    """A lesson that a search found: the higher the score the better it fits.

    `excerpt` is the place with the words that were looked for, in parts, each with whether it is such a word. `whole`
    says that it has all the words; the others stand behind.
    """

    line: LessonLine
    score: float
    excerpt: tuple[tuple[str, bool], ...] = ()
    whole: bool = True


Alike = Callable[[KeptLesson, LessonLine], bool]
"""Says whether a new lesson and one with the same fields are alike in all else."""


class Added(Value, frozen=True, kw_only=True):
    """What became of lessons that were to be added: the ids of new ones, and how many were here already."""

    ids: tuple[str, ...] = ()
    duplicates: int = 0


class Register(Protocol):
    """All lessons of a workspace, found by their words. What is returned is what the files say."""

    def look(self, progress: Callable[[int, int], bool] | None = None) -> bool:
        """Bring the index up to date with the files, and say whether that was done to the end.

        `progress` is called with how many of how many files are read, and says whether to go on. Meanwhile lessons can
        be searched as far as they are read. Raises StoreError.
        """
        ...

    def search(self, query: Query, limit: int = 50) -> list[Hit]:
        """Return the lessons that fit, the best first: those with all the words before those with some of them."""
        ...

    def similar(
        self,
        query: Query,
        limit: int,
        without: Collection[str] = (),
        progress: Callable[[int, int], bool] | None = None,
    ) -> list[LessonLine]:
        """Return the lessons that share a rare word, or all of two or more that many have, the best first.

        Those of the records, and with the ids, that are `without` are passed over, and those that are retired. Limits
        do not count; `progress` is as in `look`.
        """
        ...

    def nearest(self, query: Query, limit: int, without: Collection[str] = ()) -> list[LessonLine]:
        """Return the lessons that share words as they are kept just now: nobody looks at files, or waits.

        `again` is the first lesson of those that say the same, where that is another one, and `seen` how often that
        was learnt. Those of the records that are `without` are passed over. Raises StoreError where it cannot be told.
        """
        ...

    def words(self, ids: Collection[str]) -> dict[str, str]:
        """Return what the lessons with these ids say, as they are kept just now: nobody looks at files, or waits.

        Raises:
            StoreError: it cannot be told just now.
        """
        ...

    def all(self) -> Iterator[LessonLine]:
        """Yield all lessons, those of the newest record first."""
        ...

    def find(self, beginning: str) -> LessonLine:
        """Return the one lesson whose id begins so; raises NotFound where there is none, or more than one."""
        ...

    def lines(self, ids: Collection[str]) -> dict[str, LessonLine]:
        """Return the lessons with these ids, as far as they are here, by id."""
        ...

    def of_record(self, record_id: str) -> list[LessonLine]:
        """Return the lessons of a record with what has become of them."""
        ...

    def joined_into(self, lesson_id: str) -> list[LessonLine]:
        """Return the lessons that were joined into one."""
        ...

    def waiting(self, today: Day) -> list[LessonLine]:
        """Return the lessons whose day of review has come, the longest waiting first."""
        ...

    def count(self) -> int:
        """Return how many lessons there were at the last look."""
        ...

    def lives(self) -> dict[str, Life]:
        """Return what has become of lessons, by id; nothing is known of the others."""
        ...

    def uses(self, lesson_id: str) -> list[Use]:
        """Return where a lesson was taken along, and those that were joined into it; the newest first."""
        ...

    def uses_between(self, first: Day, last: Day) -> list[Use]:
        """Return what was taken along on days from the first to the last."""
        ...

    def facts(self) -> Iterator[LessonFact]:
        """Yield what numbers need of every lesson."""
        ...

    def check_index(self) -> bool:
        """Say whether the words in the index fit the lessons; where they do not, it is made anew. Takes a while."""
        ...

    def add(self, lessons: Iterable[KeptLesson], *, by_id: bool = False, alike: Alike = ...) -> Added:
        """Write lessons that have no session here; those that are here already are counted and left alone.

        A lesson is here where one has all fields alike, or with `by_id` where one has its id. `alike` is given the
        lesson and such a one, and says whether nothing else tells them apart.

        Raises:
            StoreError: one could not be written; those before it are there.
        """
        ...

    def kept(self, lesson_id: str) -> KeptLesson | None:
        """Return a lesson that has no session here; None where there is no such one. Raises Damaged, StoreError."""
        ...

    def put(self, lesson: KeptLesson) -> None:
        """Put a lesson in the place of the one that is kept with its id. Raises NotFound, ChangedMeanwhile."""
        ...

    def drop(self, lesson_id: str) -> None:
        """Delete the file of a lesson that stands somewhere else as well; nothing that was said of it is touched.

        Raises:
            NotFound: no lesson with this id has a file of its own.
            StoreError: it could not be deleted.
        """
        ...


class Assets(Protocol):
    """The knowledge assets of a workspace."""

    def all(self) -> list[Asset]:
        """Return all readable assets in order of the alphabet. Files that cannot be read are troubles."""
        ...

    def save(self, asset: Asset, before: Asset | None) -> None:
        """Put an asset in the place of `before`, as it was read; None for a new one.

        Raises:
            ChangedMeanwhile: it was changed, or made, by somebody else since.
            StoreError: it could not be written.
        """
        ...

    def remove(self, asset_id: str) -> str:
        """Delete an asset for good, also out of the backups; return where something of it may still be.

        What it was linked to stays. Raises NotFound, StoreError.
        """
        ...
