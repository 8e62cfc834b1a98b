"""Records of a session: what was said, what was learned, who does what."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from kmtui.model.base import SCHEMA, Day, Level, State, Value
from kmtui.model.technique import AnyStep, Brief, Technique

KeepOrChange = Literal["keep", "change"]


class Person(Value, frozen=True, kw_only=True):
    """Who took part: a role, how many of them, and only where people want it a name, department and site.

    Somebody who is added to a group by name has no role.
    """

    role: str = ""
    name: str = ""
    count: int = 1
    department: str = ""
    site: str = ""


class Entry(Value, frozen=True, kw_only=True):
    """One thing that was said in a step. `answers` is the id of the entry of an earlier step that it answers.

    `lesson` is the id of the lesson that it was taken from, `session` that of the earlier session that it comes from.
    """

    id: str
    step: str
    text: str
    answers: str | None = None
    by: str = ""
    lesson: str | None = None
    session: str | None = None


class Marks(Value, frozen=True, kw_only=True):
    """The numbers that people gave in a score step, in the order in which they were given and without who gave them."""

    step: str
    numbers: tuple[Level, ...]


class Dots(Value, frozen=True, kw_only=True):
    """How many dots an entry got in a vote step."""

    step: str
    entry: str
    dots: int


class Grouping(Value, frozen=True, kw_only=True):
    """Who sat with whom in a groups step: rounds, each of groups, each of people by name.

    `seed` drew them, None where people were put together by hand; `told` says what could not be had, and why.
    """

    step: str
    rounds: tuple[tuple[tuple[str, ...], ...], ...]
    seed: int | None = None
    told: tuple[str, ...] = ()


class TableRow(Value, frozen=True, kw_only=True):
    """A row of a table step: its texts by the id of the column, dates as ISO 8601."""

    id: str
    step: str
    cells: dict[str, str]


class Assessed(Value, frozen=True, kw_only=True):
    """The assessment that was begun at an assess step."""

    step: str
    assessment: str


class Taken(Value, frozen=True, kw_only=True):
    """A lesson that was taken along when a session began, with its words as they were then."""

    lesson: str
    words: str


class Lesson(Value, frozen=True, kw_only=True):
    """What was learned, and what to do because of it. `again` is the id of the earlier lesson that it repeats."""

    id: str
    lesson: str
    context: str = ""
    cause: str = ""
    recommendation: str = ""
    tags: tuple[str, ...] = ()
    keep_or_change: KeepOrChange = "change"
    owner: str = ""
    again: str | None = None


class Action(Value, frozen=True, kw_only=True):
    """Who does what by when. `criterion` and `technique` are ids where the action belongs to one.

    `lesson` is the id of the lesson because of which it is done.

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
    lesson: str | None = None


class Session(Value, frozen=True, kw_only=True):
    """One run of a technique, whole. Times are UTC; `date` is the day where it took place.

    `technique` is a copy of the wording that was used, so that the report still reads right years later. `spent` holds
    seconds and `extended` minutes by the id of the step. `drafts` are words that were typed and not yet entered.
    `action`, `criterion` and `assessment` are ids where the session was begun from the plan of an assessment;
    `continues` those of earlier sessions on the same work. `taken` are lessons that it began with.
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
    continues: tuple[str, ...] = ()
    taken: tuple[Taken, ...] = ()
    marks: tuple[Marks, ...] = ()
    dots: tuple[Dots, ...] = ()
    groups: tuple[Grouping, ...] = ()
    rows: tuple[TableRow, ...] = ()
    assessed: tuple[Assessed, ...] = ()

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

    def marks_of(self, step_id: str) -> tuple[Level, ...]:
        """Return the numbers that were given in a score step, in their order."""
        return next((each.numbers for each in self.marks if each.step == step_id), ())

    def dots_of(self, step_id: str) -> dict[str, int]:
        """Return the dots of a vote step by the id of the entry; entries without any are not there."""
        return {each.entry: each.dots for each in self.dots if each.step == step_id and each.dots}

    def dots_on(self, entry_id: str) -> int:
        """Return how many dots an entry got in all vote steps together."""
        return sum(each.dots for each in self.dots if each.entry == entry_id)

    def grouping_of(self, step_id: str) -> Grouping | None:
        """Return who sits with whom in a groups step; None while nobody does."""
        return next((each for each in self.groups if each.step == step_id), None)

    def seats_of(self, step: AnyStep) -> tuple[tuple[str, ...], ...]:
        """Return who sits with whom during a step; nothing where it does not say, or nothing is drawn."""
        seats = step.seats if isinstance(step, Brief) else None
        grouping = self.grouping_of(seats.step) if seats is not None else None
        if seats is None or grouping is None or not 1 <= seats.round <= len(grouping.rounds):
            return ()
        return grouping.rounds[seats.round - 1]

    def rows_of(self, step_id: str) -> tuple[TableRow, ...]:
        """Return the rows of a table step in their order."""
        return tuple(row for row in self.rows if row.step == step_id)

    def assessed_at(self, step_id: str) -> str | None:
        """Return the id of the assessment that was begun at an assess step."""
        return next((each.assessment for each in self.assessed if each.step == step_id), None)


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
