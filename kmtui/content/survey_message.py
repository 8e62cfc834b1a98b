"""The messages in a file of e-mail: the text of each, and in which line of the file its lines stand.

Nothing of who wrote it is read: no header but its own number and those that say how the text is encoded.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Sequence
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message

from kmtui.content.survey_html import text_of_html
from kmtui.model.base import Value
from kmtui.text import one_line

_MAILBOX = r"(?m)^(?=From \S+ .*\d{4}[ \t]*$)"
_HEADER = re.compile(r"(?:[A-Za-z][A-Za-z0-9-]*:.*(?:\n[ \t].*)*\n)+", re.MULTILINE)
_TELLS_MAIL = re.compile(
    r"^(?:message-id|mime-version|received|return-path|content-type|delivered-to|from|date)\s*:", re.I | re.M
)
_LOOKED_AT = 20_000
_NOT_ENCODED = ("", "7bit", "8bit", "binary")


class Mail(Value, frozen=True, kw_only=True):
    """One message. `row` is the line of the file with which it begins, 0 where it is the whole file.

    `text` is None where nobody can read it; `own_id` is empty where it has none. `lines` says for the lines of the
    text where they stand in the file, and is empty where nobody can tell, as in what was encoded.
    """

    text: str | None
    own_id: str = ""
    row: int = 0
    lines: Sequence[int] = ()

    def line(self, number: int) -> int:
        """Return the line of the file in which a line of the text stands, counted from 0."""
        return self.lines[number] if number < len(self.lines) else max(self.row, 1)


def looks_like_mail(text: str) -> bool:
    """Say whether a text begins with the headers of an e-mail, or is a mailbox in which a message does."""
    begin = text[:_LOOKED_AT].lstrip()
    if _has_headers(begin.split("\n", 1)[-1] if begin.startswith("From ") else begin):
        return True
    mailbox = begin.startswith("From ") and re.match(_MAILBOX, begin) is not None
    return mailbox and any(_has_headers(part.split("\n", 1)[-1]) for part in re.split(_MAILBOX, text))


def _has_headers(text: str) -> bool:
    head = _HEADER.match(text[:_LOOKED_AT])
    return head is not None and len({match.group().lower() for match in _TELLS_MAIL.finditer(head.group())}) >= 2


def mails(data: bytes) -> Iterator[Mail]:
    """Yield the messages of a mailbox, or the one message that the file is."""
    plain = data.removeprefix(codecs.BOM_UTF8).replace(b"\r\n", b"\n")
    whole = plain.lstrip()
    before = plain[: len(plain) - len(whole)].count(b"\n")
    if not whole.startswith(b"From "):
        yield _mail(whole, 0, before)
        return
    for part in re.split(_MAILBOX.encode(), whole):
        if part.strip():
            yield _mail(part.split(b"\n", 1)[-1], before + 1, before + 1)
        before += part.count(b"\n")


def _mail(data: bytes, row: int, before: int) -> Mail:
    """Return the message in some bytes, before which so many lines stand in the file."""
    try:
        message = message_from_bytes(data)
        own_id = one_line(str(message.get("Message-ID", "")))
        texts = [part for part in message.walk() if part.get_content_disposition() != "attachment"]
        for part in texts:
            if part.get_content_type() == "text/plain":
                text = _decoded(part)
                if text.strip():
                    return Mail(text=text, own_id=own_id, row=row, lines=_lines(part, data, before))
        for part in texts:
            if part.get_content_type() == "text/html":
                stripped = text_of_html(_decoded(part))
                if stripped.strip():
                    return Mail(text=stripped, own_id=own_id, row=row)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, AssertionError, MessageError):
        pass  # what is no message to Python's reader is none to us
    return Mail(text=None, row=row)


def _decoded(part: Message) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    for charset in (part.get_content_charset() or "utf-8", "utf-8", "cp1252"):
        try:
            return payload.decode(charset)
        except (LookupError, ValueError):
            continue
    return payload.decode("latin-1")


def _lines(part: Message, data: bytes, before: int) -> Sequence[int]:
    encoding = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    if encoding in _NOT_ENCODED:
        payload = part.get_payload(decode=True)
        raw = payload if isinstance(payload, bytes) else b""
    elif encoding == "quoted-printable":
        raw = str(part.get_payload()).encode("ascii", "replace")
    else:
        return ()
    at = data.find(raw)
    if at < 0:
        return ()
    first = before + data.count(b"\n", 0, at) + 1
    if encoding in _NOT_ENCODED:
        return range(first, first + raw.count(b"\n") + 1)
    lines, goes_on = [], False
    for row, line in enumerate(raw.split(b"\n"), first):
        if not goes_on:
            lines.append(row)
        goes_on = line.rstrip().endswith(b"=")  # a line that was broken only for the way
    return lines
