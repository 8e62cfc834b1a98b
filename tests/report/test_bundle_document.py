"""The document of a bundle: what is written is read back; what is wrong is said with its place."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmtui.model.asset import Asset, Contact
from kmtui.model.bundle import Bundle
from kmtui.model.errors import WrongInput
from kmtui.model.events import Event
from kmtui.model.lesson import KeptLesson
from kmtui.report.bundle_document import bundle_document, is_bundle, read_bundle
from tests.hostile import HOSTILE
from tests.report.records import DAYS, IDS, TEXT, TEXTS, TIMES, assessments, sessions

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ID = "0000000000a1"
WORDS = TEXT.filter(str.strip)

LESSONS = st.builds(
    KeptLesson, id=IDS, created=TIMES, changed=TIMES, date=DAYS, lesson=WORDS, context=TEXT, tags=TEXTS, title=TEXT,
    team=TEXT, source=TEXT, session=TEXT, again=st.none() | IDS,
)  # fmt: skip
ASSETS = st.builds(
    Asset, id=IDS, created=TIMES, changed=TIMES, title=TEXT, about=TEXT, lessons=st.lists(IDS, max_size=2).map(tuple),
    contacts=st.lists(st.builds(Contact, role=TEXT, about=TEXT), max_size=2).map(tuple), looked=st.none() | DAYS,
)  # fmt: skip
EVENTS = st.builds(
    Event, id=IDS, about=IDS, at=TIMES.filter(lambda at: at.year < 9000), process=IDS, sequence=st.integers(1, 1000),
    change=st.dictionaries(st.sampled_from(["state", "note", "role"]), st.none() | TEXT), after=st.none() | IDS,
)  # fmt: skip


def few(some: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return tuples of a few."""
    return st.lists(some, max_size=2).map(tuple)


def written(bundle: Bundle) -> bytes:
    """Return a bundle as a file."""
    return json.dumps(bundle_document(bundle)).encode()


def with_lesson(**fields: Any) -> bytes:
    """Return a bundle with one lesson that has some fields as given."""
    lesson = KeptLesson(id=ID, created=NOW, changed=NOW, date=date(2026, 5, 1), lesson="Tell")
    event = Event(id=ID, about=ID, at=NOW, process=ID, sequence=1, change={"state": "agreed"})
    asset = Asset(id=ID, created=NOW, changed=NOW, title="Moves")
    document = bundle_document(Bundle(made=NOW, lessons=(lesson,), events=(event,), assets=(asset,)))
    for field, value in fields.items():
        part, _, name = field.partition("_")
        if name:
            document[part][0][name] = value
        else:
            document[part] = value
    return json.dumps(document).encode()


@given(st.builds(
    Bundle, made=TIMES, with_names=st.just(True), with_private=st.just(True),
    records=few(sessions() | assessments()), lessons=few(LESSONS), assets=few(ASSETS), events=few(EVENTS),
))  # fmt: skip
def test_what_is_written_is_read_back(bundle: Bundle) -> None:
    data = written(bundle)
    assert is_bundle(data)
    assert read_bundle(data) == bundle


@pytest.mark.parametrize("words", HOSTILE)
def test_hostile_words_are_cleaned(words: str) -> None:
    if any("\ud800" <= character <= "\udfff" for character in words):
        with pytest.raises(WrongInput, match="not JSON"):
            read_bundle(with_lesson(lessons_context=words))
        return
    (lesson,) = read_bundle(with_lesson(lessons_context=words)).lessons
    assert "\x1b" not in lesson.context
    assert "\u202e" not in lesson.context


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"kind": "session"}, 'kind" has to be "bundle"'),
        ({"schema": 2}, "newer version"),
        ({"made": "soon"}, "made: a time such as"),
        ({"lessons": {}}, "lessons: a list"),
        ({"records": [3]}, r"records\[0\]: a group of fields"),
        ({"records": [{"kind": "team"}]}, r"records\[0\]: This is no session"),
        ({"lessons_id": "../../etc"}, r"lessons\[0\].id: twelve"),
        ({"lessons_lesson": " "}, r"lessons\[0\].lesson: words"),
        ({"lessons_date": "May"}, r"lessons\[0\].date: a date such as"),
        ({"lessons_schema": 2}, r"lessons\[0\]: This was written by a newer"),
        ({"lessons_tags": "moves"}, r"lessons\[0\].tags: a list"),
        ({"assets_id": "A"}, r"assets\[0\].id: twelve"),
        ({"assets_schema": 3}, r"assets\[0\]: This was written by a newer"),
        ({"assets_lessons": [3]}, r"assets\[0\].lessons\[0\]: a text"),
        ({"events_about": ""}, r"events\[0\]: id, about"),
        ({"events_sequence": 1e300}, "number that is too large"),
        ({"events_change": {"state": 3}}, r"events\[0\].change"),
        ({"events_at": "9999-12-31T23:59:59Z"}, r"events\[0\].at: this time"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(fields: dict[str, Any], told: str) -> None:
    with pytest.raises(WrongInput, match=told):
        read_bundle(with_lesson(**fields))


def test_a_bundle_never_deletes_and_its_times_can_be_compared() -> None:
    bundle = read_bundle(
        with_lesson(
            events_change={"deleted": "yes", "note": "Why"},
            events_at="2026-11-22T09:00:00",
            lessons_created="2026-11-22T09:00:00",
            lessons_schema=0,
        )
    )
    assert bundle.events[0].change == {"note": "Why"}
    assert bundle.events[0].at == NOW
    assert bundle.lessons[0].created == NOW
    assert bundle.lessons[0].schema == 1


@pytest.mark.parametrize(
    ("data", "is_one"),
    [
        (b'{"kind": "bundle", "records": [', True),
        (b'\xef\xbb\xbf {"kind":"bundle"}', True),
        (b'{"records": [], "kind": "bundle"}', True),
        (b'{"kind": "session", "title": "bundle"}', False),
        (b'{"title": "\\"kind\\": \\"bundle\\"", "kind": "session"}', False),
        (b'["bundle"]', False),
        (b"", False),
        (b'{"title": ["cut off', False),
    ],
)
def test_a_bundle_is_known_by_its_kind(data: bytes, is_one: bool) -> None:
    assert is_bundle(data) == is_one
