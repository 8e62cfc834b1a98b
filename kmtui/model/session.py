"""Records of a session: what was said, what was learned, who does what."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from kmtui.model.base import SCHEMA, Day, Level, State, Value
from kmtui.model.technique import AnyStep, Technique

KeepOrChange = Literal["keep", "change"]


class Person(Value, frozen=True, kw_only=True):
    """Who took part: a role, how many of them, and only where people want it a name, department and site."""

    role: str
    name: str = ""
    count: int = 1
    department: str = ""
    site: str = ""


class Entry(Value, frozen=True, kw_only=True):
    """One thing that was said in a step. `answers` is the id of the entry of an earlier step that it answers."""

    id: str
    step: str
    text: str
    answers: str | None = None
    by: str = ""


class Lesson(Value, frozen=True, kw_only=True):
    """What was learned, and what to do because of it."""

    id: str
    lesson: str
    context: str = ""
    cause: str = ""
    recommendation: str = ""
    tags: tuple[str, ...] = ()
    keep_or_change: KeepOrChange = "change"
    owner: str = ""


class Action(Value, frozen=True, kw_only=True):
    """Who does what by when. `criterion` and `technique` are ids where the action belongs to one.

    `note` is how it goes; `outcome` what changed because of it.
    """

    id: str
    action: str
    owner: str = ""
    due: Day | None = None
    review: Day | None = None
    done_when: str = ""
    state: State = "open"
    note: str = ""
    outcome: str = ""
    criterion: str | None = None
    technique: str | None = None


class Session(Value, frozen=True, kw_only=True):
    """One run of a technique, whole. Times are UTC; `date` is the day where it took place.

    `technique` is a copy of the wording that was used, so that the report still reads right years later. `spent` holds
    seconds and `extended` minutes by the id of the step. `drafts` are words that were typed and not yet entered.
    `action`, `criterion` and `assessment` are ids where the session was begun from the plan of an assessment.
    """

    id: str
    schema: int = SCHEMA
    created: datetime
    changed: datetime
    technique: Technique
    digest: str = ""
    title: str = ""
    team: str = ""
    date: Day
    people: tuple[Person, ...] = ()
    begun: datetime | None = None
    ended: datetime | None = None
    place: str = ""
    entries: tuple[Entry, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    actions: tuple[Action, ...] = ()
    parked: tuple[str, ...] = ()
    spent: dict[str, float] = {}
    extended: dict[str, Level] = {}
    drafts: dict[str, str] = {}
    action: str | None = None
    criterion: str | None = None
    assessment: str | None = None

    @property
    def finished(self) -> bool:
        """Whether the session was ended by its facilitator."""
        return self.ended is not None

    @property
    def name(self) -> str:
        """The title, or the name of the technique where nobody gave one."""
        return self.title or self.technique.name

    @property
    def step(self) -> AnyStep:
        """The step where the session is."""
        return self.technique.step(self.place) or self.technique.steps[0]

    def entries_of(self, step_id: str) -> tuple[Entry, ...]:
        """Return the entries of one step in their order."""
        return tuple(entry for entry in self.entries if entry.step == step_id)


def people_in_words(people: tuple[Person, ...], *, with_names: bool = False) -> str:
    """Return the roles as a sentence part: six people (ward sister, porter × 4, bed manager).

    A role is never put into the plural: the words are the people's own, in any language. Names only when asked for.
    """
    total = sum(person.count for person in people)
    noun = "person" if total == 1 else "people"
    named = (_person_in_words(person, with_names) for person in people)
    roles = ", ".join(words for words in named if words)
    return f"{number_in_words(total)} {noun}" + (f" ({roles})" if roles else "")


def _person_in_words(person: Person, with_names: bool) -> str:
    words = " ".join(part for part in (person.role.strip(), person.name.strip() if with_names else "") if part)
    return f"{words} × {person.count}" if words and person.count > 1 else words


_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def number_in_words(number: int) -> str:
    """Return one to twelve in words, as a report does, and larger numbers in digits."""
    return _NUMBERS[number] if 0 <= number < len(_NUMBERS) else str(number)
