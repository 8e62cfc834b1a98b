"""Whatever happens to the bytes of a file, what is whole of it comes back, and nothing that was never in it."""

from __future__ import annotations

from datetime import UTC
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kmtui.model.events import Event
from kmtui.model.rating import Rating
from kmtui.model.session import Session
from kmtui.store.migrations import Form
from kmtui.store.records import FileKind, new_content
from kmtui.store.salvage import salvage, salvaged_events
from kmtui.store.storage import encode
from tests.store.things import AT, action, assessment, entry, lesson, new_id, response, session, team

TRICKY = 'He said "1": { and "lessons": {"2": {} } \\" end'
RECORD = replace(
    session(),
    entries=tuple(entry(f"Entry {number}, ähnlich 日本") for number in range(12)),
    lessons=(lesson("Tell the porters"), lesson(TRICKY)),
    actions=(action("Send the list"),),
)
CONTENT = new_content(RECORD, "session")


def salvaged(content: bytes, kind: FileKind = "session") -> tuple[Any, str]:
    return salvage(content, kind)


def test_what_is_whole_comes_back_as_it_is_in_any_layout() -> None:
    assert salvaged(CONTENT) == (RECORD, "")
    assert salvaged(b"\xef\xbb\xbf" + CONTENT) == (RECORD, "")
    assert salvaged(CONTENT.replace(b"\n", b"").replace(b"  ", b"")) == (RECORD, "")


@pytest.mark.parametrize("tail", [b"\0" * 4096, b"}}}", b'{"session": {"1": {}}}', CONTENT[-700:], b"\xff\xfe garbage"])
def test_what_stands_behind_the_end_does_no_harm(tail: bytes) -> None:
    assert salvaged(CONTENT + tail) == (RECORD, "")


def test_of_a_file_that_is_cut_off_the_first_documents_come_back() -> None:
    cut = CONTENT[: CONTENT.index(b"Entry 7")]
    for content in (cut, cut + b"\0" * 100):
        record, words = salvaged(content)
        assert record == replace(RECORD, entries=RECORD.entries[:7], lessons=(), actions=())
        assert words == "7 entries, no lessons and no actions"


def test_cut_off_between_two_documents_it_is_not_taken_for_whole() -> None:
    end = CONTENT.rindex(b'"actions"')
    assert salvaged(CONTENT[:end])[1] == "12 entries, 2 lessons and no actions"
    whole = CONTENT.rstrip().rstrip(b"}").rstrip()
    assert salvaged(whole) == (RECORD, "")  # the last table is closed: only the end of the file itself is missing
    assert salvaged(whole.rstrip(b"}").rstrip())[1] == "12 entries, 2 lessons and 1 action"


def test_a_hole_in_the_middle_costs_only_what_was_there() -> None:
    begin = CONTENT.index(b"Entry 3")
    holed = CONTENT[:begin] + b"\0" * 300 + CONTENT[begin + 300 :]
    record, words = salvaged(holed)
    kept = {each.text for each in record.entries}
    assert {RECORD.entries[0].text, RECORD.entries[11].text} <= kept < {each.text for each in RECORD.entries}
    assert (record.lessons, record.actions) == (RECORD.lessons, RECORD.actions)
    assert words == f"{len(record.entries)} entries, 2 lessons and 1 action"


def test_a_bad_byte_in_a_text_costs_a_character() -> None:
    at = CONTENT.index(b"Entry 3")
    for byte in (b"\xff", b"\0", b"\x01"):
        record, words = salvaged(CONTENT[:at] + byte + CONTENT[at + 1 :])
        assert words == "all but a few characters"
        assert record.entries[3].text.endswith("ntry 3, ähnlich 日本")
        assert replace(record, entries=()) == replace(RECORD, entries=())


def test_a_table_whose_name_is_lost_is_not_mixed_with_the_one_before() -> None:
    record, words = salvaged(CONTENT.replace(b'\n "lessons"', b'\n "lesso\0s"'))
    assert record == replace(RECORD, lessons=())
    assert words == "12 entries, no lessons and 1 action"


def test_without_the_record_itself_nothing_comes_back() -> None:
    at = CONTENT.index(b'"technique"')
    for content in (b"", b"\0" * 500, b"[]", b"{}", CONTENT[:at], CONTENT[:at] + b"{{{" + CONTENT[at + 3 :]):
        assert salvaged(content) == (None, "")
    assert salvaged(CONTENT, "assessment") == (None, "")
    assert salvaged(CONTENT.replace(b'"session": {\n  "1"', b'"session": {\n  "1": {}, "2"')) == (None, "")


def test_what_does_not_fit_is_left_out_and_counted() -> None:
    record, words = salvaged(CONTENT.replace(b'"text": "Entry 3', b'"wrong": "Entry 3'))
    assert len(record.entries) == 11
    assert words == "11 entries, 2 lessons and 1 action"
    record, words = salvaged(CONTENT.replace(b'"team": "Ward 7"', b'"team": [7]'))
    assert (record.team, words) == ("", "12 entries, 2 lessons and 1 action")


def test_a_newer_form_is_left_to_the_newer_version_and_an_older_one_is_brought_up() -> None:
    assert salvaged(CONTENT[:-300].replace(b'"schema": 1', b'"schema": 2'))[0] is None
    form = Form(2, {("session", 1): lambda document: {**document, "title": document["title"].upper()}})
    record, _ = salvage(CONTENT[:-300], "session", form)
    assert (record.title, record.schema) == ("WARD MOVE", 2)


def test_steering_characters_do_not_come_back() -> None:
    record, _ = salvaged(CONTENT.replace(b"Entry 3", b"\\u001b[31mEntry 3")[:-300])
    assert record.entries[3].text.startswith("Entry 3")


def test_times_without_a_zone_can_be_compared() -> None:
    record, _ = salvaged(
        CONTENT.replace(b'"created": "2026-11-22T09:30:00Z"', b'"created": "2026-11-22T09:30:00"')[:-9]
    )
    assert record.created.tzinfo is UTC


def test_every_kind_of_record_comes_back() -> None:
    survey = assessment(ratings=(Rating(criterion="innovation", level=6), Rating(criterion="evidence", level=2)))
    cut = new_content(survey, "assessment")
    cut = cut[: cut.index(b'"criterion": "evidence"')]
    record, words = salvaged(cut, "assessment")
    assert (record.ratings, words) == (survey.ratings[:1], "1 rating and no actions")
    assert salvaged(new_content(team(), "team") + b"x", "team")[1] == ""
    answer = response(survey.id)
    assert salvaged(new_content(answer, "response") + b"x", "response") == (answer, "")


def test_a_hundred_thousand_brackets_are_only_damage() -> None:
    deep = CONTENT[: CONTENT.index(b"Entry 3")] + b'": ' + b'{"1": ' * 100_000
    assert len(salvaged(deep)[0].entries) == 3


def test_events_come_back_one_by_one() -> None:
    events = [
        Event(id=new_id(), about=new_id(), at=AT, process=new_id(), sequence=number, change={"note": f"n{number}"})
        for number in (1, 2, 3)
    ]
    content = encode({"events": {str(each.sequence): {**_built(each)} for each in events}})
    assert list(salvaged_events(content)) == events
    assert list(salvaged_events(content[: content.index(b"n3")])) == events[:2]
    assert list(salvaged_events(content.replace(b'"sequence": 2', b'"sequence": "x"'))) == [events[0], events[2]]
    assert salvaged_events(b"\0\0") == ()
    assert [each.at for each in salvaged_events(content.replace(b"00Z", b"00"))] == [AT] * 3


def _built(event: Event) -> dict[str, Any]:
    return {field: getattr(event, field) for field in event.__struct_fields__}


@settings(max_examples=300, deadline=None)
@given(st.integers(0, len(CONTENT)), st.integers(0, 400), st.binary(max_size=40))
def test_nothing_comes_back_that_was_never_there(at: int, length: int, other: bytes) -> None:
    """A part is replaced by anything: what comes back is of the record but for what happened there."""
    record, _ = salvaged(CONTENT[:at] + other + CONTENT[at + length :])
    if record is None:
        return
    assert isinstance(record, Session)
    touched = (length > 0) + bool(other)
    for name in ("entries", "lessons", "actions"):
        known = {each.id: each for each in getattr(RECORD, name)}
        changed = [each for each in getattr(record, name) if known.get(each.id) != each]
        assert len(changed) <= touched
