"""Whether a file of the workspace holds what its name says, wherever its content comes from."""

from __future__ import annotations

import msgspec

from kmtui.model.errors import Damaged
from kmtui.model.events import Event
from kmtui.model.survey import Response
from kmtui.store.imports import MARKS
from kmtui.store.layout import SEEN
from kmtui.store.layout_files import Member
from kmtui.store.migrations import FORM
from kmtui.store.records import FileKind, composed, quick, strict
from kmtui.store.storage import parse, plain
from kmtui.store.words import TABLE


def wrong_with(member: Member, content: bytes) -> str:
    """Return why the content of a file cannot be read as what it is, or an empty text.

    What a newer version of kmtui has written is right as far as this one can say.
    """
    try:
        _read(member, content)
    except Damaged as error:
        return str(error)
    return ""


def _read(member: Member, content: bytes) -> None:
    """Read the content of a file as what it is. Raises Damaged."""
    if member.kind == "events":
        _fits(list(parse(content, TABLE, member.name)[TABLE].values()), list[Event], member)
    elif member.kind == "seen":
        documents = parse(content, SEEN, member.name)[SEEN].values()
        _fits([document.get(MARKS) for document in documents], list[list[str]], member)
    elif member.kind == "workspace":
        format_of(content)
    else:
        record = quick(content, member.kind, member.id, member.name) or _record(member, member.kind, content)
        if isinstance(record, Response) and record.survey != member.survey:
            raise Damaged(f"{member.name} is a response to another survey.")


def _record(member: Member, kind: FileKind, content: bytes) -> object:
    """Return a record that cannot be read quickly; nothing of one that a newer version has written."""
    whole = composed(parse(content, kind, member.name), kind, member.name)
    if FORM.newer(whole):
        if whole.get("id") != member.id:
            raise Damaged(f"{member.name} does not hold the record in its name.")
        return None
    return strict(FORM.brought_up(whole, kind, member.name), kind, member.id, member.name)


def _fits(found: object, expected: object, member: Member) -> None:
    try:
        msgspec.convert(found, expected)
    except msgspec.ValidationError as error:
        raise Damaged(f"{member.name} cannot be read. {plain(error)}") from None


class _Workspace(msgspec.Struct):
    format: int


def format_of(content: bytes) -> int:
    """Return the number of the workspace format that a file tells. Raises Damaged."""
    try:
        return msgspec.json.decode(content, type=_Workspace).format
    except (msgspec.MsgspecError, ValueError):
        raise Damaged("It does not say which format the workspace has.") from None
