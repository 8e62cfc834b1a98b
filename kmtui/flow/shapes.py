"""What the fields of records hold as far as joining two versions of one is concerned."""

from __future__ import annotations

from typing import Any

from kmtui.model.assessment import Assessment
from kmtui.model.asset import Asset
from kmtui.model.base import Value
from kmtui.model.lesson import KeptLesson
from kmtui.model.session import Session
from kmtui.model.setup import Team
from kmtui.model.survey import Response

Nouns = tuple[str, str]
"""What one thing is called, and several."""


class Items(Value, frozen=True, kw_only=True):
    """A list of things with ids. `words` are their fields that people type; the others are choices."""

    nouns: Nouns
    words: tuple[str, ...]


class Keyed(Value, frozen=True, kw_only=True):
    """A list of things without ids, of which there is one for each value of `key`."""

    nouns: Nouns
    key: tuple[str, ...]


class Shape(Value, frozen=True, kw_only=True):
    """How the fields of one type of record are joined. What is not named here is taken from the later version.

    `typed` are fields with words that people type, with what they are called; `told` others that people want to hear
    of. `units` are fields that make sense only together, `united` lists of texts, `mapped` texts by the field in which
    they were typed, `counted` the largest number by step. `rated` are answers by criterion, and `parked` is the list of
    matters to come back to. A unit with the field `settled` is taken from a version where that is there.
    """

    typed: dict[str, str] = {}
    told: dict[str, str] = {}
    units: tuple[tuple[str, ...], ...] = ()
    items: dict[str, Items] = {}
    keyed: dict[str, Keyed] = {}
    united: tuple[str, ...] = ()
    mapped: dict[str, str] = {}
    counted: tuple[str, ...] = ()
    settled: str = ""
    rated: str = ""
    parked: str = ""


_ACTION = ("action", "owner", "done_when", "note", "outcome")
_LESSON = ("lesson", "context", "cause", "recommendation", "tags", "owner")
_ROOM = {"people": "who took part", "date": "the day"}

SHAPES: dict[type, Shape] = {
    Session: Shape(
        typed={"title": "Title", "team": "Team"},
        told={**_ROOM, "technique": "the wording of the technique"},
        units=(("technique", "digest"), ("begun", "ended")),
        items={
            "entries": Items(nouns=("entry", "entries"), words=("text",)),
            "lessons": Items(nouns=("lesson", "lessons"), words=_LESSON),
            "actions": Items(nouns=("action", "actions"), words=_ACTION),
            "rows": Items(nouns=("row of a table", "rows of tables"), words=("cells",)),
        },
        keyed={
            "taken": Keyed(nouns=("lesson that was taken along", "lessons that were taken along"), key=("lesson",)),
            "marks": Keyed(nouns=("step with numbers", "steps with numbers"), key=("step",)),
            "dots": Keyed(nouns=("entry with dots", "entries with dots"), key=("step", "entry")),
            "groups": Keyed(nouns=("step with groups", "steps with groups"), key=("step",)),
            "assessed": Keyed(nouns=("assessment that was begun", "assessments that were begun"), key=("step",)),
        },
        united=("continues",),
        mapped={"drafts": "Not entered yet"},
        counted=("spent", "extended"),
        parked="parked",
    ),
    Assessment: Shape(
        typed={
            "title": "Title",
            "team": "Team",
            "organisation": "Organisation",
            "on_behalf_of": "On behalf of",
            "opening": "The opening question",
        },
        told={**_ROOM, "matrix": "the wording of the matrix", "survey": "the result of the survey"},
        units=(("matrix", "digest"), ("begun", "ended"), ("closed", "survey")),
        items={
            "actions": Items(nouns=("line of the plan", "lines of the plan"), words=(*_ACTION, "objective", "reason"))
        },
        keyed={
            "objectives": Keyed(nouns=("objective", "objectives"), key=("text",)),
            "left_out": Keyed(nouns=("criterion that is left out", "criteria that are left out"), key=("criterion",)),
        },
        mapped={"drafts": "Not entered yet"},
        counted=("spent", "extended"),
        settled="closed",
        rated="ratings",
        parked="parked",
    ),
    Team: Shape(
        typed={"name": "Name"},
        items={"setups": Items(nouns=("set-up", "set-ups"), words=("name", "organisation", "on_behalf_of"))},
    ),
    Response: Shape(rated="ratings"),
    KeptLesson: Shape(
        typed={each: each.capitalize() for each in ("lesson", "context", "cause", "recommendation", "owner", "title")},
        units=(("lesson", "context", "cause", "recommendation", "tags", "keep_or_change"),),
    ),
    Asset: Shape(
        typed={"title": "Title", "about": "About"},
        units=(("looked", "looked_by"),),
        keyed={
            "practices": Keyed(nouns=("example", "examples"), key=("source", "criterion")),
            "contacts": Keyed(nouns=("contact", "contacts"), key=("role", "about")),
        },
        united=("lessons",),
    ),
}


def later_of(record: Any) -> tuple[Any, ...]:
    """Return what tells which of two versions of one record is the later one: the higher.

    A response has no times: the one that is finished, or has more answers.
    """
    return (record.finished, record.answered) if isinstance(record, Response) else (record.changed,)


RATED: dict[str, str] = {
    "level": "level",
    "skip": "left out",
    "rationale": "why",
    "example": "example",
    "same_for_everyone": "the same for everyone",
    "target": "target",
    "enough": "why that is enough",
    "contact": "who may be asked",
}
"""The fields of a rating, as they are called where one is kept as a matter to come back to."""
