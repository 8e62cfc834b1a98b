"""What looks like an identifier: pointed out in every text that people type, with its place, and replaced on wish."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
import pytest
from msgspec.structs import replace

from kmtui.model.assessment import Assessment
from kmtui.model.asset import Asset, Contact
from kmtui.model.base import Value
from kmtui.model.bundle import Bundle
from kmtui.model.errors import WrongInput
from kmtui.model.events import Event
from kmtui.model.lesson import KeptLesson
from kmtui.model.lines import LessonLine
from kmtui.model.matrix import Matrix
from kmtui.model.session import Entry, Person, Session
from kmtui.model.technique import Collect, Technique
from kmtui.report.document import assessment_document, session_document
from kmtui.workspace import steps
from kmtui.workspace.confiding import (
    NAMED,
    Decided,
    bundle_without,
    chosen,
    export_without,
    found_in,
    in_bundle,
    in_export,
    in_record,
    kept_in,
    listed,
    pointed_out,
    without,
)
from kmtui.workspace.confiding_texts import NOT_WORDS
from kmtui.workspace.desk import Desk
from kmtui.workspace.planning import Planning
from kmtui.workspace.sessions import OpenSession, start_session
from tests.hostile import HOSTILE
from tests.workspace.kinds import at, desk_of_kinds
from tests.workspace.making import assessed

NHS = "943 476 5919"
MAIL = "amina@example.nhs.uk"


def review(desk: Desk, **about: Any) -> OpenSession:
    """Return an open After Action Review at its first question."""
    opened = start_session(desk.tools, "after-action-review", **about)
    opened.go("expected")
    return opened


# Every text, by structure


def filled(kind: Any, path: tuple[str, ...] = ()) -> Any:
    """Return a value of a type in which every text holds an NHS number, and every list one thing."""
    origin, inner = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return filled(next(each for each in sorted(inner, key=lambda one: one is not str) if each is not NoneType))
    if origin is Literal:
        return inner[0]
    if origin is tuple:
        return tuple(filled(each) for each in inner if each is not Ellipsis)
    if origin is dict:
        return {"key": filled(inner[1])}
    if kind is str:
        return f"in {NHS}"
    if kind is datetime.date:
        return datetime.date(2026, 11, 20)
    if kind is datetime.datetime:
        return datetime.datetime(2026, 11, 20, tzinfo=datetime.UTC)
    if kind in (int, float, bool):
        return kind(1)
    if kind in (Technique, Matrix):
        raise AssertionError("the content is given")
    assert issubclass(kind, Value), kind
    hints = {name: each for name, each in get_type_hints(kind).items() if name in kind.__struct_fields__}
    return (
        kind(**{name: filled(each) for name, each in hints.items() if each not in (Technique, Matrix)})
        if not {
            Technique,
            Matrix,
        }
        & set(hints.values())
        else _with_content(kind, hints)
    )


def _with_content(kind: Any, hints: Mapping[str, Any]) -> Any:
    return kind(**{name: CONTENT.get(each) if each in CONTENT else filled(each) for name, each in hints.items()})


CONTENT: dict[Any, Any] = {}


def numbers_in(value: Any, kinds: tuple[type, ...] = (), field: str = "") -> dict[str, bool]:
    """Return by type and field whether there is an NHS number in a text of a value, found without the code at test."""
    if isinstance(value, str):
        return {f"{kinds[-1].__name__ if kinds else ''}.{field}": NHS in value}
    if isinstance(value, Mapping):
        return {name: has for each in value.values() for name, has in numbers_in(each, kinds, field).items()}
    if isinstance(value, tuple):
        return {name: has for each in value for name, has in numbers_in(each, kinds, field).items()}
    if isinstance(value, Technique | Matrix):
        return {}
    return {
        name: has
        for each in getattr(value, "__struct_fields__", ())
        for name, has in numbers_in(getattr(value, each), (*kinds, type(value)), each).items()
    }


@pytest.mark.parametrize("kind", [Session, Assessment, KeptLesson, LessonLine, Asset, Event, Bundle])
def test_every_text_but_ids_and_choices_is_looked_at_and_can_be_replaced(desk: Desk, kind: type) -> None:
    CONTENT[Technique] = review(desk).record.technique
    CONTENT[Matrix] = assessed(desk, "Ward 7", {}).record.matrix
    whole = filled(kind)
    assert any(numbers_in(whole).values())
    after = numbers_in(without(whole, found_in(whole)))
    left = {name for name, has in after.items() if has}
    ids = {f"{kind.__name__}.{field}" for kind, fields in NOT_WORDS.items() for field in fields}
    ids |= {f"Planned.{field}" for kind, fields in NOT_WORDS.items() if kind.__name__ == "Action" for field in fields}
    assert left <= ids, left - ids
    assert not left & {"Entry.text", "Lesson.cause", "Action.owner", "Rating.rationale", "Event.change", "Taken.words"}


def test_what_is_passed_over_is_there_and_is_an_id_or_a_choice(desk: Desk) -> None:
    for kind, fields in NOT_WORDS.items():
        known = {field for each in (kind, *kind.__subclasses__()) for field in getattr(each, "__struct_fields__", ())}
        assert fields <= known, (kind, fields - known)


# A session


def test_a_finding_stands_with_the_step_the_field_and_the_character(desk: Desk) -> None:
    opened = review(desk, title="Move with Mr Smith")
    opened.add_entry("All moved")
    opened.add_entry(f"Her number is {NHS}")
    opened.put_lesson("Ask first", cause="line one\nring 020 7946 0958", tags=MAIL)
    opened.put_action("Ask Dr Jones", owner="Sister")
    opened.park("Born 12/03/1951 in the ward")
    found = in_record(opened.record)
    assert [each.where for each in found] == [
        "title, character 11",
        "What was supposed to happen?, entry 2, character 15",
        "lesson 1, cause, line 2, character 6",
        "lesson 1, tag 1, character 1",
        "action 1, character 5",
        "parked, 1, character 6",
    ]
    assert [each.number for each in found] == [1, 2, 3, 4, 5, 6]
    assert listed(found)[0] == "Six things look like what could identify somebody:"
    assert listed(found)[2] == f'2. an NHS number "{NHS}" in What was supposed to happen?, entry 2, character 15'


def test_only_what_was_chosen_is_replaced_and_ids_stay(desk: Desk) -> None:
    opened = review(desk)
    opened.add_entry(f"Mr Smith, {NHS}, {MAIL}")
    before = opened.record
    found = in_record(before)
    after = without(before, found[1:])
    assert after.entries[0].text == "Mr Smith, [NHS number], [e-mail address]"
    assert replace(after, entries=before.entries) == before
    assert after.entries[0].id == before.entries[0].id
    assert without(before, ()) == before


def test_what_was_found_elsewhere_is_refused(desk: Desk) -> None:
    one, other = review(desk), review(desk)
    one.add_entry(f"{NHS} and {MAIL}")
    other.add_entry(f"{MAIL} and {NHS}")
    with pytest.raises(ValueError, match="no such finding"):
        without(other.record, in_record(one.record))


def test_names_private_entries_and_drafts_are_looked_at_only_where_they_are_shared(desk: Desk) -> None:
    opened = review(desk)
    opened.add_entry("said")
    opened.draft("expected.text", f"half {NHS}")
    record = opened.record
    person = Person(role="porter", name="Mr Smith")
    record = replace(record, people=(person,), entries=(replace(record.entries[0], by="Dr Jones"),))
    step = record.technique.step("expected")
    assert isinstance(step, Collect)
    step = replace(step, private=True)
    secret = replace(
        record.technique, steps=tuple(step if each.id == step.id else each for each in record.technique.steps)
    )
    record = replace(record, technique=secret, entries=(replace(record.entries[0], text=MAIL),))
    assert in_record(record) == ()
    assert [each.finding.text for each in in_record(record, with_names=True)] == ["Mr Smith"]
    both = in_record(record, with_names=True, with_private=True)
    assert {each.finding.text for each in both} == {"Mr Smith", "Dr Jones", MAIL, NHS}
    for names in (False, True):
        for private in (False, True):
            shared = str(session_document(record, with_names=names, with_private=private))
            found = {each.finding.text for each in in_record(record, with_names=names, with_private=private)}
            assert {text for text in ("Mr Smith", "Dr Jones", MAIL, NHS) if text in shared} == found


def test_rows_and_groups_say_their_step(tmp_path: Any) -> None:
    desk = desk_of_kinds(tmp_path / "workspace")
    opened = at(desk, "inventory")
    steps.put_row(opened, {"what": f"Mr Smith {NHS}"}, None)
    found = in_record(opened.record)
    assert [each.finding.text for each in found] == ["Mr Smith", NHS]
    assert [each.where for each in found] == [
        "Inventory, row 1, What, character 1",
        "Inventory, row 1, What, character 10",
    ]
    assert without(opened.record, found).rows[0].cells["what"] == "[name] [NHS number]"


# An assessment


def test_reasons_plan_and_own_options_of_an_assessment(desk: Desk) -> None:
    opened = assessed(desk, "Ward 7", {})
    criterion = opened.record.matrix.criteria[0]
    opened.go(criterion.id)
    opened.rate(level=2, rationale=f"Mrs Patel ({MAIL}) said so")
    planning = Planning(desk.tools, opened)
    planning.write_own("Ring 020 7946 0958")
    found = in_record(opened.record)
    assert [each.where.rsplit(", ", 1)[0] for each in found] == [
        f"{criterion.name}, reason",
        f"{criterion.name}, reason",
        "action 1",
    ]
    after = without(opened.record, found)
    assert after.rating(criterion.id).rationale == "[name] ([e-mail address]) said so"
    assert after.actions[0].action == "Ring [telephone number]"
    assert after.matrix == opened.record.matrix
    assert NHS not in str(assessment_document(after, with_names=False))


# Exports


def test_an_export_lists_what_it_writes_and_writes_what_was_decided(desk: Desk) -> None:
    opened = review(desk, title=f"Move of {MAIL}")
    opened.add_entry(f"Mr Smith, {NHS}")
    record = opened.record
    found = in_export(desk.tools, record, "markdown")
    assert [each.finding.text for each in found] == [MAIL, "Mr Smith", NHS]
    text = export_without(desk.tools, record, "markdown", found[:1])
    assert "[e-mail address]" in text.replace("\\", "")
    assert "amina" not in text
    assert NHS in text
    clean = export_without(desk.tools, record, "json", in_export(desk.tools, record, "json"))
    assert not any(word in clean for word in (NHS, "amina", "Smith"))
    assert record.id in clean
    assert export_without(desk.tools, record, "markdown", ()) == desk_text(desk, record)


def desk_text(desk: Desk, record: Session | Assessment) -> str:
    """Return the report as it is written where nothing is replaced."""
    from kmtui.workspace.sharing import rendered

    return rendered(desk.tools, record, "markdown")


def test_words_of_other_records_in_a_report_are_found_and_replaced_too(desk: Desk) -> None:
    first = assessed(desk, "Ward 7", {})
    criterion = first.record.matrix.criteria[0].id
    first.go(criterion)
    first.rate(level=2, rationale=f"because of {NHS} and {MAIL}")
    first.finish()
    first.close()
    now = assessed(desk, "Ward 7", {})
    now.go(criterion)
    now.rate(level=5, rationale="better")
    now.finish()
    now.save()
    assert in_record(now.record) == ()
    text = desk_text(desk, now.record)
    found = in_export(desk.tools, now.record, "markdown")
    if NHS not in text:
        pytest.fail("the report before is expected to bring its reasons along")
    assert {each.finding.text for each in found} == {NHS, MAIL}
    assert all(each.where.startswith("the file, line ") for each in found)
    after = export_without(desk.tools, now.record, "markdown", found)
    assert NHS not in after
    assert "amina" not in after
    assert len(after.splitlines()) == len(text.splitlines())


def test_the_plan_lists_only_what_stands_in_it(desk: Desk) -> None:
    opened = assessed(desk, "Ward 7", {})
    opened.go(opened.record.matrix.criteria[0].id)
    opened.rate(level=2, rationale=f"because of {NHS}")
    Planning(desk.tools, opened).write_own(f"Write to {MAIL}")
    assert {each.finding.text for each in in_export(desk.tools, opened.record, "plan")} == {MAIL}
    assert {each.finding.text for each in in_export(desk.tools, opened.record, "markdown")} == {NHS, MAIL}


def test_a_bundle_with_records_lessons_assets_and_what_was_said_later(desk: Desk) -> None:
    now = desk.tools.now()
    opened = review(desk, title="Move")
    opened.add_entry(f"Mr Smith {NHS}")
    lesson = KeptLesson(id="a", created=now, changed=now, date=now.date(), lesson=f"Ask {MAIL}", session=NHS)
    asset = Asset(id="b", created=now, changed=now, title="Moves", contacts=(Contact(role="Dr Jones"),))
    event = Event(
        id="c", about="d", at=now, process="p", sequence=1, change={"note": f"rang {NHS}", "state": "done", "due": None}
    )
    bundle = Bundle(made=now, records=(opened.record,), lessons=(lesson,), assets=(asset,), events=(event,))
    found = in_bundle(bundle)
    assert [each.where for each in found] == [
        '"Move", What was supposed to happen?, entry 1, character 1',
        '"Move", What was supposed to happen?, entry 1, character 10',
        "lesson 1, character 5",
        '"Moves", contact 1, role, character 1',
        "follow-up 1, how it goes, character 6",
    ]
    after = bundle_without(bundle, found)
    assert in_bundle(after) == ()
    assert after.lessons[0].session == NHS
    assert after.events[0].change == {"note": "rang [NHS number]", "state": "done", "due": None}
    assert after.records[0].id == opened.record.id


# Deciding


def test_what_was_kept_is_not_asked_again_and_all_else_is() -> None:
    decided = Decided()
    first, second = decided.open(f"Mr Smith, {NHS}")
    decided.keep(first)
    assert decided.open(f"{NHS} of Mr Smith") == (replace(second, start=0, end=len(NHS)),)
    assert [each.text for each in decided.open("Mr Smith and Mr Jones")] == ["Mr Jones"]
    assert decided.open("Mr Jones", but=NAMED) == ()


def test_pointing_out_says_kind_words_and_place() -> None:
    (finding,) = Decided().open(f"Her number is {NHS}.")
    assert pointed_out(f"Her number is {NHS}.", finding) == f'This looks like an NHS number: "{NHS}" (character 15).'


def test_choosing_by_number_all_or_nothing(desk: Desk) -> None:
    opened = review(desk)
    opened.add_entry(f"Mr Smith, {NHS}, {MAIL}")
    found = in_record(opened.record)
    assert chosen(found, "") == ()
    assert chosen(found, "All") == found
    assert chosen(found, "3, 1") == (found[2], found[0])
    assert chosen(found, "1 1") == (found[0],)
    with pytest.raises(WrongInput, match='"4" is not in the list: it has 1 to 3'):
        chosen(found, "4")
    with pytest.raises(WrongInput):
        chosen(found, "none")


def test_what_is_taken_in_is_told_and_kept(desk: Desk) -> None:
    opened = review(desk)
    opened.add_entry(" ".join(f"a{number}@example.nhs.uk" for number in range(26)))
    told = kept_in(opened.record)
    assert told[0].startswith("26 things look like")
    assert told[-2:] == ["and 6 more.", "It is kept as it is."]
    assert kept_in(review(desk).record) == []


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_found_and_replaced_within(desk: Desk, text: str) -> None:
    opened = review(desk)
    opened.add_entry(f"{NHS} {text} {NHS}")
    found = in_record(opened.record)
    after = without(opened.record, found)
    assert NHS not in after.entries[0].text
    for each in listed(found):
        assert "\n" not in each
    assert NHS not in export_without(
        desk.tools, opened.record, "markdown", in_export(desk.tools, opened.record, "markdown")
    )


def test_the_copy_can_be_read_back(desk: Desk) -> None:
    opened = review(desk)
    opened.add_entry(f"Mr Smith {NHS}")
    after = without(opened.record, in_record(opened.record))
    assert msgspec.json.decode(msgspec.json.encode(after), type=Session) == after
    assert isinstance(after.entries[0], Entry)
