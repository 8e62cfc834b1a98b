"""A bundle as one JSON document, and back: strict about what comes in, as with single records."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

import msgspec
from msgspec.structs import replace

from kmtui.flow.followup import DELETED
from kmtui.model.asset import Asset
from kmtui.model.base import SCHEMA
from kmtui.model.bundle import Bundle
from kmtui.model.errors import WrongInput
from kmtui.model.events import Event
from kmtui.model.ids import is_id
from kmtui.model.lesson import KeptLesson
from kmtui.model.session import Session
from kmtui.report.document import assessment_document, session_document
from kmtui.report.reading import BOM, NEWER, as_object, as_values, in_words, parsed, read_document

Document = dict[str, Any]
Part = TypeVar("Part", KeptLesson, Asset, Event)
Kept = TypeVar("Kept", KeptLesson, Asset)


_BEGINS = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"kind"\s*:\s*"bundle"')
_LAST_YEAR = 9000  # a time after it could not be followed by another one


class _Kind(msgspec.Struct):
    kind: Any = None


def bundle_document(bundle: Bundle) -> Document:
    """Return a bundle as JSON-ready values. Names and private entries are in it as the bundle says."""
    how = {"with_names": bundle.with_names, "with_private": bundle.with_private}
    return {
        "kind": "bundle",
        "schema": SCHEMA,
        "made": bundle.made.isoformat(),
        **how,
        "records": [
            session_document(each, **how) if isinstance(each, Session) else assessment_document(each, **how)
            for each in bundle.records
        ],
        "lessons": msgspec.to_builtins(bundle.lessons, str_keys=True),
        "assets": msgspec.to_builtins(bundle.assets, str_keys=True),
        "events": msgspec.to_builtins(bundle.events, str_keys=True),
    }


def is_bundle(data: bytes) -> bool:
    """Say whether the content of a file is a bundle, or the beginning of one."""
    if _BEGINS.match(data):
        return True
    try:
        return bool(msgspec.json.decode(data.removeprefix(BOM), type=_Kind).kind == "bundle")
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return False


def read_bundle(data: bytes) -> Bundle:
    """Return the bundle in a document. Every text is cleaned; unknown fields are ignored.

    Raises:
        WrongInput: it is no bundle, too large, from a newer version, or a value is wrong; the message says which.
    """
    document = as_values(parsed(data))
    whole = as_object(document, "The document")
    if whole.get("kind") != "bundle":
        raise WrongInput('This is no bundle: "kind" has to be "bundle".')
    schema = whole.get("schema", SCHEMA)
    if isinstance(schema, int) and schema > SCHEMA:
        raise WrongInput(NEWER)
    records = []
    for number, raw in enumerate(_list(whole, "records")):
        try:
            records.append(read_document(as_object(raw, f"records[{number}]")))
        except WrongInput as error:
            raise WrongInput(f"records[{number}]: {error}") from None
    return Bundle(
        made=_in_utc(_made(whole.get("made"))),
        with_names=whole.get("with_names") is True,
        with_private=whole.get("with_private") is True,
        records=tuple(records),
        lessons=_each(whole, "lessons", KeptLesson, _kept),
        assets=_each(whole, "assets", Asset, _kept),
        events=_each(whole, "events", Event, _event),
    )


def _kept(part: Kept, where: str) -> Kept:
    """Return a lesson or an asset that can be kept. Raises WrongInput."""
    if not is_id(part.id):
        raise WrongInput(f"{where}.id: twelve small letters and figures are needed here.")
    if part.schema > SCHEMA:
        raise WrongInput(f"{where}: {NEWER}")
    if isinstance(part, KeptLesson) and not part.lesson.strip():
        raise WrongInput(f"{where}.lesson: words are needed here.")
    return replace(part, schema=SCHEMA, created=_in_utc(part.created), changed=_in_utc(part.changed))


def _event(event: Event, where: str) -> Event:
    """Return an event that can be kept: a bundle never deletes anything. Raises WrongInput."""
    if not all(map(is_id, (event.id, event.about, event.process))):
        raise WrongInput(f"{where}: id, about and process have twelve small letters and figures each.")
    if event.at.year > _LAST_YEAR:
        raise WrongInput(f"{where}.at: this time is too far ahead.")
    change = {field: value for field, value in event.change.items() if field != DELETED}
    return replace(event, at=_in_utc(event.at), change=change)


def _in_utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def _made(value: object) -> datetime:
    try:
        return msgspec.convert(value, datetime)
    except msgspec.ValidationError:
        raise WrongInput("made: a time such as 2026-11-20T09:30:00Z is needed here.") from None


def _list(whole: Document, field: str) -> list[Any]:
    found = whole.get(field, [])
    if not isinstance(found, list):
        raise WrongInput(f"{field}: a list is needed here.")
    return found


def _each(whole: Document, field: str, kind: type[Part], checked: Callable[[Part, str], Part]) -> tuple[Part, ...]:
    found = []
    for number, raw in enumerate(_list(whole, field)):
        where = f"{field}[{number}]"
        try:
            found.append(checked(msgspec.convert(raw, kind), where))
        except msgspec.ValidationError as error:
            raise WrongInput(f"{where}{in_words(error)}") from None
    return tuple(found)
