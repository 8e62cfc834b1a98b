"""Reading a JSON document back into a record: strict about types, in plain words about what is wrong and where."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from math import isfinite
from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from kmtui.flow.assessment import check_rating
from kmtui.flow.plan import MOST_DOTS
from kmtui.model.assessment import Assessment
from kmtui.model.base import SCHEMA
from kmtui.model.errors import WrongInput
from kmtui.model.ids import is_id
from kmtui.model.matrix import Matrix
from kmtui.model.session import Session
from kmtui.report.step_document import check_steps, read_said
from kmtui.report.survey_reading import check_survey
from kmtui.text import clean

LARGEST = 64 * 1024 * 1024
"""How many bytes a document may have."""

NEWER = "This was written by a newer version of kmtui. Update kmtui, then read it again."
BOM = b"\xef\xbb\xbf"

_TIMES = ("created", "changed", "begun", "ended", "closed")
_MOST_LEVELS = 1000
_LARGEST_NUMBER = 2**53

Record = TypeVar("Record", Session, Assessment)

_KINDS = {
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "a group of fields in braces",
    "null": "nothing (null)",
    "date": "a date such as 2026-11-20",
    "datetime": "a time such as 2026-11-20T09:30:00Z",
}
_EXPECTED = re.compile(r"Expected `([^`]*)`, got `([^`]*)`")
_MISSING = re.compile(r"Object missing required field `([^`]*)`")
_AT = re.compile(r" - at (?:`key` in )?`\$\.?(.*)`\Z")


def read_document(data: bytes | dict[str, Any]) -> Session | Assessment:
    """Return the record that a JSON document holds. Every text is cleaned; unknown fields are ignored.

    Raises:
        WrongInput: it is not JSON, not a session or assessment, too large, from a newer version, or a value is wrong;
            the message says which one and what is needed there.
    """
    document = as_object(as_values(parsed(data) if isinstance(data, bytes) else data), "The document")
    kind = document.get("kind")
    if kind not in ("session", "assessment"):
        raise WrongInput('This is no session or assessment: "kind" has to be "session" or "assessment".')
    schema = document.get("schema", SCHEMA)
    if isinstance(schema, int) and schema > SCHEMA:
        raise WrongInput(NEWER)
    record_id = document.get("id")
    if not isinstance(record_id, str) or not is_id(record_id):
        raise WrongInput("id: twelve small letters and figures are needed here, as kmtui makes them.")
    return _session(document) if kind == "session" else _assessment(document)


def parsed(data: bytes) -> Any:
    """Return the values in a JSON document. Raises WrongInput."""
    if len(data) > LARGEST:
        raise WrongInput(f"The document is too large: {LARGEST // 1024 // 1024} MB is the most that is read.")
    try:
        return msgspec.json.decode(data.removeprefix(BOM))
    except RecursionError:
        raise WrongInput("The document is no record of kmtui: too many brackets within each other.") from None
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise WrongInput(f"This is not JSON that can be read: {error}.") from None


def as_values(value: Any, depth: int = 0) -> Any:
    """Return values with every text in them cleaned. Raises WrongInput where they are too deep or too large."""
    if depth > 32:
        raise WrongInput("The document is no record of kmtui: too many brackets within each other.")
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(str(key)): as_values(each, depth + 1) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [as_values(each, depth + 1) for each in value]
    if isinstance(value, int | float) and not (isfinite(value) and abs(value) <= _LARGEST_NUMBER):
        raise WrongInput("The document holds a number that is too large.")
    return value


def as_object(value: Any, where: str) -> dict[str, Any]:
    """Return a value that has to be an object. Raises WrongInput that says where."""
    if not isinstance(value, dict):
        raise WrongInput(f"{where}: a group of fields in braces is needed here.")
    return value


def _list(value: Any, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise WrongInput(f"{where}: a list is needed here.")
    return value


def _session(document: dict[str, Any]) -> Session:
    technique = as_object(document.get("technique"), "technique")
    steps: list[dict[str, Any]] = []
    entries: list[dict[str, Any]] = []
    places: dict[str, str] = {"technique.steps": "steps"}
    more: dict[str, list[Any]] = {field: [] for field in ("marks", "dots", "groups", "rows", "assessed")}
    for number, raw in enumerate(_list(document.get("steps"), "steps")):
        step, said = read_said(as_object(raw, f"steps[{number}]"), f"steps[{number}]")
        steps.append(step)
        for field, value, parts in said:
            inside = f"{field}[{len(more[field])}]"
            places.update({inside + part: f"steps[{number}]{there}" for part, there in parts.items()})
            more[field].append(value)
        for count, entry in enumerate(_list(step.get("entries", []), f"steps[{number}].entries")):
            here = f"steps[{number}].entries[{count}]"
            places[f"entries[{len(entries)}]"] = here
            entries.append({**as_object(entry, here), "step": step.get("id")})
    whole = {
        **document,
        "technique": {**technique, "steps": steps},
        "digest": technique.get("digest", ""),
        "entries": _in_order(entries, document.get("entry_order"), places),
        **more,
    }
    session = _converted(whole, Session, places)
    if not session.technique.steps:
        raise WrongInput("steps: there has to be at least one step.")
    _unique([step.id for step in session.technique.steps], "steps")
    ids = [entry.id for entry in session.entries] + [lesson.id for lesson in session.lessons]
    ids += [row.id for row in session.rows]
    _unique(ids + [action.id for action in session.actions], "entries, lessons, actions, rows")
    check_steps(session)
    return session


def _in_order(entries: list[dict[str, Any]], order: Any, places: dict[str, str]) -> list[dict[str, Any]]:
    """Return the entries in the order in which they were made, and keep where each of them stands."""
    if order is None:
        return entries
    ranks = {str(entry_id): rank for rank, entry_id in enumerate(_list(order, "entry_order"))}
    numbers = sorted(range(len(entries)), key=lambda number: ranks.get(str(entries[number].get("id")), len(ranks)))
    places.update({f"entries[{new}]": places[f"entries[{old}]"] for new, old in enumerate(numbers)} if numbers else {})
    return [entries[number] for number in numbers]


def _assessment(document: dict[str, Any]) -> Assessment:
    matrix = as_object(document.get("matrix"), "matrix")
    assessment = _converted({**document, "digest": matrix.get("digest", "")}, Assessment, {})
    _check_matrix(assessment.matrix)
    _unique([rating.criterion for rating in assessment.ratings], "ratings")
    _unique([action.id for action in assessment.actions], "actions")
    _unique([each.criterion for each in assessment.left_out], "left_out")
    for number, action in enumerate(assessment.actions):
        if not 0 <= action.dots <= MOST_DOTS:
            raise WrongInput(f"actions[{number}].dots: a number from 0 to {MOST_DOTS} is needed here.")
    check_survey(assessment)
    for number, rating in enumerate(assessment.ratings):
        criterion = assessment.matrix.criterion(rating.criterion)
        if criterion is None:
            raise WrongInput(f'ratings[{number}].criterion: the matrix has no criterion "{rating.criterion[:40]}".')
        try:
            check_rating(assessment.matrix, criterion, rating)
        except WrongInput as error:
            raise WrongInput(f"ratings[{number}]: {error}") from None
    return assessment


def _check_matrix(matrix: Matrix) -> None:
    scale = matrix.scale
    if scale.step not in (1, 0.5) or not 0 < scale.highest - scale.lowest < _MOST_LEVELS:
        raise WrongInput("matrix.scale: the highest level has to be above the lowest, in steps of 1 or 0.5.")
    if not matrix.criteria:
        raise WrongInput("matrix.sections: there has to be at least one criterion.")
    _unique([criterion.id for criterion in matrix.criteria], "matrix.sections")
    for level in matrix.levels():
        try:
            matrix.band_at(level)
        except ValueError:
            raise WrongInput(f"matrix.bands: no band holds the level {level}.") from None


def _unique(ids: list[str], where: str) -> None:
    if len(set(ids)) < len(ids):
        raise WrongInput(f"{where}: every id may be there only once.")


def _converted(whole: dict[str, Any], kind: type[Record], places: dict[str, str]) -> Record:
    try:
        return _in_utc(msgspec.convert(whole, kind))
    except msgspec.ValidationError as error:
        words = str(error)
        at = _AT.search(words)
        where = _as_in_document(at[1] if at else "", places)
        raise WrongInput(f"{where}: {_in_plain_words(_AT.sub('', words))}") from None


def _in_utc(record: Record) -> Record:
    """Return a record whose times can be compared with others, though somebody wrote them without a zone."""
    times = {field: getattr(record, field, None) for field in _TIMES}
    without = {field: at for field, at in times.items() if isinstance(at, datetime) and at.tzinfo is None}
    return replace(record, **{field: at.replace(tzinfo=UTC) for field, at in without.items()}) if without else record


def _as_in_document(path: str, places: dict[str, str]) -> str:
    for inside, outside in places.items():
        if path == inside or path.startswith((f"{inside}.", f"{inside}[")):
            return outside + path[len(inside) :]
    return path or "The document"


def in_words(error: msgspec.ValidationError) -> str:
    """Return what is wrong in plain words, behind the place within the value: `.date: a date … is needed here.`"""
    words = str(error)
    at = _AT.search(words)
    return f"{f'.{at[1]}' if at and at[1] else ''}: {_in_plain_words(_AT.sub('', words))}"


def _in_plain_words(words: str) -> str:
    missing = _MISSING.search(words)
    if missing:
        return f'the field "{missing[1]}" is missing.'
    expected = _EXPECTED.search(words)
    if expected:
        wanted = " or ".join(_KINDS.get(name, name) for name in expected[1].split(" | "))
        return f"{wanted} is needed here, not {_KINDS.get(expected[2], expected[2])}."
    kind = re.search(r"RFC3339 encoded (date(?:time)?)", words)
    if kind:
        return f"{_KINDS[kind[1]]} is needed here."
    value = re.search(r"Invalid (?:enum )?value (.*)", words)
    return f"{value[1]} is none of the words that can stand here." if value else f"{words}."
