"""All texts in a record that people have typed, with where they stand: no ids, no wording of the content."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec.structs import replace

from kmtui.model.assessment import Assessment
from kmtui.model.asset import Asset
from kmtui.model.events import Event
from kmtui.model.imported import ReadLesson
from kmtui.model.lesson import KeptLesson
from kmtui.model.lines import LessonLine, PracticeLine
from kmtui.model.matrix import Criterion, Matrix, Option, Section
from kmtui.model.rating import Rating
from kmtui.model.session import Action, Assessed, Dots, Entry, Grouping, Lesson, Marks, Person, Session, TableRow, Taken
from kmtui.model.setup import LeftOut, Objective
from kmtui.model.survey import Spread
from kmtui.model.technique import Collect, Table
from kmtui.text import one_line, shortened

Path = tuple[str | int, ...]
"""The way to a text within a value: names of fields, and numbers from 0 or keys within what they hold."""

NOT_WORDS: Mapping[type, frozenset[str]] = {
    Session: frozenset(("id", "technique", "digest", "place", "action", "criterion", "assessment", "continues")),
    Entry: frozenset(("id", "step", "answers", "lesson", "session")),
    TableRow: frozenset(("id", "step")),
    Taken: frozenset(("lesson",)),
    Grouping: frozenset(("step",)),
    Marks: frozenset(("step",)),
    Dots: frozenset(("step", "entry")),
    Assessed: frozenset(("step", "assessment")),
    Lesson: frozenset(("id", "keep_or_change", "again")),
    Action: frozenset(("id", "state", "criterion", "technique", "lesson", "option", "priority", "effort", "benefit")),
    Assessment: frozenset(("id", "digest", "place", "way", "spent", "extended")),
    Rating: frozenset(("criterion", "skip")),
    Objective: frozenset(("criteria",)),
    LeftOut: frozenset(("criterion", "name")),
    Spread: frozenset(("criterion", "bands")),
    Matrix: frozenset(("id", "version", "title", "scale", "bands", "notice", "opening_question")),
    Section: frozenset(("id", "name", "about")),
    Criterion: frozenset(("id", "name", "indicator", "statements", "ask", "iso30401")),
    Option: frozenset(("id", "technique", "bands")),
    KeptLesson: frozenset(("id", "keep_or_change", "technique", "criterion", "session", "again")),
    LessonLine: frozenset(("id", "keep_or_change", "technique", "criterion", "session", "again", "state", "joined")),
    ReadLesson: frozenset(("file", "keep_or_change", "technique", "criterion", "state")),
    Asset: frozenset(("id", "lessons")),
    PracticeLine: frozenset(("criterion", "criterion_name", "source")),
    Event: frozenset(("id", "about", "process", "after")),
}
"""The fields that hold ids, choices and wording of the content. Every other text is one that people have typed."""

_NAMES: Mapping[type, frozenset[str]] = {
    Person: frozenset(("name",)),
    Entry: frozenset(("by",)),
    Session: frozenset(("groups",)),  # without names people are called by their roles there
}
_DRAFTS: Mapping[type, frozenset[str]] = {Session: frozenset(("drafts",)), Assessment: frozenset(("drafts",))}

_CHOSEN = frozenset(("state", "joined", "deleted", "due", "review", "criterion", "technique", "priority", "lesson"))
"""What events say that is no text: choices, days and ids."""

_LOCAL = "local-"  # what the ids of options begin with that a team has put beside those of the matrix

_ONE_OF: Mapping[str, str] = {
    "people": "who takes part",
    "roles": "role of those who answered,",
    "lessons": "lesson",
    "actions": "action",
    "parked": "parked,",
    "objectives": "goal",
    "contacts": "contact",
    "practices": "good practice",
    "taken": "lesson taken along,",
    "tags": "tag",
    "events": "follow-up",
    "rationales": "reason of an individual,",
    "told": "what was told of the groups,",
}
_FIELDS: Mapping[str, str] = {
    "rationale": "reason",
    "contact": "whom to ask",
    "same_for_everyone": "where it differs",
    "enough": "why that is good enough",
    "opening": "answer to the opening question",
    "on_behalf_of": "on whose behalf",
    "setup": "name of the set-up",
    "done_when": "sign of success",
    "note": "how it goes",
    "outcome": "what changed",
    "objective": "goal that it serves",
    "by": "who said it",
    "drafts": "words not entered yet",
    "looked_by": "who looked at it",
}
_ITSELF = frozenset(("text", "lesson", "action", "words"))  # the words that a thing is called by


def texts(value: Any, *, with_names: bool = True, with_private: bool = True) -> Iterator[tuple[Path, str]]:
    """Yield every text that people have typed, with the way to it, in the order of the fields.

    Args:
        value: A record, a bundle, or any other frozen value or sequence of them.
        with_names: Also what an export holds only where names of people are wanted.
        with_private: Also private entries and words that were not entered yet.
    """
    left_out = [NOT_WORDS, *([] if with_names else [_NAMES]), *([] if with_private else [_DRAFTS])]
    yield from _texts(value, (), left_out, None if with_private else frozenset())


def _texts(
    value: Any, path: Path, left_out: Sequence[Mapping[type, frozenset[str]]], private: frozenset[str] | None
) -> Iterator[tuple[Path, str]]:
    """Yield the texts in a value. `private` are the steps whose entries are passed over, None where they are wanted."""
    if isinstance(value, str):
        yield path, value
        return
    if isinstance(value, Option) and not value.id.startswith(_LOCAL):
        return
    if isinstance(value, Entry) and private is not None and value.step in private:
        return
    if isinstance(value, Session) and private is not None:
        private = frozenset(step.id for step in value.technique.steps if isinstance(step, Collect) and step.private)
    for part, each in _parts(value, path, left_out):
        yield from _texts(each, (*path, part), left_out, private)


def _parts(
    value: Any, path: Path, left_out: Sequence[Mapping[type, frozenset[str]]]
) -> Iterator[tuple[str | int, Any]]:
    if isinstance(value, Mapping):
        said = path[-1:] == ("change",)
        yield from ((key, each) for key, each in value.items() if not (said and key in _CHOSEN))
    elif isinstance(value, tuple | list):
        yield from enumerate(value)
    else:
        gone = {field for table in left_out for kind in type(value).__mro__ for field in table.get(kind, ())}
        fields = getattr(value, "__struct_fields__", ())
        yield from ((field, getattr(value, field)) for field in fields if field not in gone)


def with_texts(value: Any, changes: Mapping[Path, str]) -> Any:
    """Return the value with other texts at some places, and everything else as it was."""
    if () in changes:
        return changes[()]
    if not changes:
        return value
    below: dict[str | int, dict[Path, str]] = {}
    for path, text in changes.items():
        below.setdefault(path[0], {})[path[1:]] = text
    if isinstance(value, Mapping):
        return {key: with_texts(each, below.get(key, {})) for key, each in value.items()}
    if isinstance(value, tuple | list):
        return type(value)(with_texts(each, below.get(number, {})) for number, each in enumerate(value))
    return replace(value, **{str(field): with_texts(getattr(value, str(field)), below[field]) for field in below})


# Where a text stands, in words


def where(whole: Any, path: Path) -> str:
    """Return where a text stands, as people call it: lesson 1, cause; What was supposed to happen?, entry 2."""
    told: list[str] = []
    chain = [whole]
    for place, part in enumerate(path):
        inner = _within(chain[-1], part)
        words = _words(chain, part, inner, path[place - 1] if place else "")
        told += [words] if words else []
        chain.append(inner)
    return ", ".join(told)


def _within(value: Any, part: str | int) -> Any:
    if isinstance(value, Mapping):
        return value[part]
    return value[int(part)] if isinstance(value, tuple | list) else getattr(value, str(part))


def _words(chain: Sequence[Any], part: str | int, inner: Any, field: str | int) -> str:
    """Return what one part of a way is called, which leads from the last value of the chain to `inner`."""
    value = chain[-1]
    record = next((each for each in reversed(chain) if isinstance(each, Session | Assessment)), None)
    if isinstance(inner, Session | Assessment | Asset):
        name = inner.title if isinstance(inner, Asset) else inner.name
        return f'"{shortened(one_line(name), 40)}"'
    if isinstance(record, Session) and isinstance(inner, Entry | TableRow | Grouping):
        return _of_step(record, inner)
    if isinstance(record, Assessment) and isinstance(inner, Rating | Spread):
        criterion = record.matrix.criterion(inner.criterion)
        return one_line(criterion.name) if criterion is not None else "a criterion"
    if isinstance(record, Session) and field == "cells":
        return _column(record, chain[-2], str(part))
    if isinstance(inner, LeftOut | Criterion):
        return f"{one_line(inner.name)}{', left out' if isinstance(inner, LeftOut) else ''}"
    if isinstance(inner, Option):
        return "suggestion"
    if isinstance(value, tuple | list):
        return _numbered(int(part), inner, field)
    if field == "drafts" or isinstance(inner, tuple | list | Mapping | Matrix):
        return _FIELDS["drafts"] if part == "drafts" else ""
    if part in _ITSELF:
        return ""
    return _FIELDS.get(str(part), str(part).replace("_", " "))


def _numbered(number: int, inner: Any, field: str | int) -> str:
    if isinstance(inner, Section | tuple | list):
        return ""
    if isinstance(inner, ReadLesson):
        return f"{inner.file + ', ' if inner.file else ''}lesson in line {inner.line}"
    kind = "lesson" if isinstance(inner, KeptLesson | LessonLine) else _ONE_OF.get(str(field), "")
    return f"{kind} {number + 1}".strip()


def _of_step(session: Session, said: Entry | TableRow | Grouping) -> str:
    """Return the title of the step, and which of the entries or rows of it this is."""
    step = session.technique.step(said.step)
    title = one_line(step.title) if step is not None else "a step"
    if isinstance(said, Grouping):
        return f"{title}, groups"
    there: Sequence[Entry | TableRow] = session.rows if isinstance(said, TableRow) else session.entries
    own = [each.id for each in there if each.step == said.step]
    return f"{title}, {'row' if isinstance(said, TableRow) else 'entry'} {own.index(said.id) + 1}"


def _column(session: Session, row: TableRow, column_id: str) -> str:
    step = session.technique.step(row.step)
    columns = step.columns if isinstance(step, Table) else ()
    return next((one_line(each.name) for each in columns if each.id == column_id), column_id)
