"""A bundle as one JSON document, and back: strict about what comes in, as with single records."""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeVar

import msgspec

from kmtui.model.asset import Asset
from kmtui.model.base import SCHEMA
from kmtui.model.bundle import Bundle
from kmtui.model.errors import WrongInput
from kmtui.model.events import Event
from kmtui.model.ids import is_id
from kmtui.model.lesson import KeptLesson
from kmtui.model.session import Session
from kmtui.report.document import assessment_document, session_document
from kmtui.report.reading import as_object, as_values, in_words, parsed, read_document

Part = TypeVar("Part", KeptLesson, Asset, Event)


def bundle_document(bundle: Bundle) -> dict[str, Any]:
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
    """Say whether the content of a file looks like a bundle."""
    return b'"bundle"' in data[:200]


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
        raise WrongInput("This was written by a newer version of kmtui. Update kmtui, then read it again.")
    records = []
    for number, raw in enumerate(_list(whole, "records")):
        try:
            records.append(read_document(as_object(raw, f"records[{number}]")))
        except WrongInput as error:
            raise WrongInput(f"records[{number}]: {error}") from None
    lessons, assets = _all(whole, "lessons", KeptLesson), _all(whole, "assets", Asset)
    for field, ids in (("lessons", [each.id for each in lessons]), ("assets", [each.id for each in assets])):
        for number, part_id in enumerate(ids):
            if not is_id(part_id):
                raise WrongInput(f"{field}[{number}].id: twelve small letters and figures are needed here.")
    return Bundle(
        made=_made(whole.get("made")),
        with_names=whole.get("with_names") is True,
        with_private=whole.get("with_private") is True,
        records=tuple(records),
        lessons=lessons,
        assets=assets,
        events=_all(whole, "events", Event),
    )


def _made(value: object) -> datetime:
    try:
        return msgspec.convert(value, datetime)
    except msgspec.ValidationError:
        raise WrongInput("made: a time such as 2026-11-20T09:30:00Z is needed here.") from None


def _list(whole: dict[str, Any], field: str) -> list[Any]:
    found = whole.get(field, [])
    if not isinstance(found, list):
        raise WrongInput(f"{field}: a list is needed here.")
    return found


def _all(whole: dict[str, Any], field: str, kind: type[Part]) -> tuple[Part, ...]:
    found = []
    for number, raw in enumerate(_list(whole, field)):
        try:
            found.append(msgspec.convert(raw, kind))
        except msgspec.ValidationError as error:
            raise WrongInput(f"{field}[{number}]{in_words(error)}") from None
    return tuple(found)
