"""Versions that went apart come together whole: in any order, taken twice, and two by two."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kmtui.flow.joining import join
from kmtui.flow.shapes import SHAPES
from kmtui.model.assessment import Assessment
from kmtui.model.asset import Asset, Contact
from kmtui.model.ids import is_id
from kmtui.model.lesson import KeptLesson
from kmtui.model.plan import Planned
from kmtui.model.rating import Rating
from kmtui.model.session import Action, Dots, Entry, Lesson, Marks, Person, Session, TableRow
from kmtui.model.setup import Objective, SetUp, Team
from kmtui.model.survey import Response, SurveyResult
from tests.store.things import AT, DAY, MATRIX, TECHNIQUE

ID = "06jx2kq8z9ab"
ONE, TWO, THREE = "06jx2kq8z9a1", "06jx2kq8z9a2", "06jx2kq8z9a3"
IDS = (ONE, TWO, THREE)


def at(minute: int) -> datetime:
    return AT + timedelta(minutes=minute)


def session(minute: int = 0, **changes: Any) -> Session:
    begun = Session(id=ID, created=AT, changed=at(minute), technique=TECHNIQUE, date=DAY, title="Ward move")
    return replace(begun, **changes)


def assessment(minute: int = 0, **changes: Any) -> Assessment:
    return replace(Assessment(id=ID, created=AT, changed=at(minute), matrix=MATRIX, date=DAY), **changes)


def entry(entry_id: str, text: str, step: str = "expected") -> Entry:
    return Entry(id=entry_id, step=step, text=text)


def texts(record: Session) -> dict[str, str]:
    return {each.id: each.text for each in record.entries}


# By example


def test_what_only_one_version_has_is_there_in_its_place() -> None:
    here = session(1, entries=(entry(ONE, "first"), entry(THREE, "third")))
    there = session(2, entries=(entry(ONE, "first"), entry(TWO, "second")))
    joined = join(here, there)
    assert [each.text for each in joined.record.entries] == ["first", "third", "second"]
    assert joined.record.changed == at(2)
    assert joined.both == ("2 entries are not in every version, and are kept.",)


def test_other_words_of_one_entry_are_both_kept_and_the_later_ones_have_its_id() -> None:
    here = session(1, entries=(entry(ONE, "All patients by noon"), entry(TWO, "second")))
    there = session(2, entries=(entry(ONE, "All patients by ten"), entry(TWO, "second")))
    joined = join(here, there)
    first, other, second = joined.record.entries
    assert (first.id, first.text) == (ONE, "All patients by ten")
    assert other.text == "All patients by noon"
    assert is_id(other.id) and other.id not in IDS
    assert second == entry(TWO, "second")
    assert joined.both == (
        'The words of one entry differ, and all of them are kept: "All patients by ten" and "All patients by noon".',
    )


def test_joining_what_was_joined_before_adds_nothing() -> None:
    here = session(1, entries=(entry(ONE, "noon"),), title="Move")
    there = session(2, entries=(entry(ONE, "ten"),))
    joined = join(here, there).record
    for version in (here, there, joined):
        assert join(joined, version).record == joined == join(version, joined).record
    assert len(joined.entries) == 2


def test_fuller_words_are_enough_and_the_later_choices_stay() -> None:
    short = Action(id=ONE, action="Send the list", state="done")
    full = Action(id=ONE, action="Send the list", owner="Bed manager", note="by six")
    joined = join(session(2, actions=(short,)), session(1, actions=(full,)))
    assert joined.record.actions == (replace(full, state="done"),)
    assert joined.both == ()


def test_a_step_or_a_state_that_differs_does_not_double_anything() -> None:
    joined = join(session(1, entries=(entry(ONE, "a"),)), session(2, entries=(entry(ONE, "a", step="actual"),)))
    assert joined.record.entries == (entry(ONE, "a", step="actual"),)


def test_words_that_were_put_right_after_a_joining_are_a_thing_of_their_own() -> None:
    joined = join(session(1, entries=(entry(ONE, "a"),)), session(2, entries=(entry(ONE, "b"),))).record
    kept, doubled = joined.entries
    edited = replace(joined, changed=at(3), entries=(kept, replace(doubled, text="a, put right")))
    again = join(edited, joined).record
    assert texts(again)[doubled.id] == "a, put right"
    assert sorted(texts(again).values()) == ["a", "a, put right", "b"]


def test_the_title_of_the_later_version_wins_and_the_other_one_is_parked() -> None:
    here = session(1, title="Ward move", parked=("Lifts",))
    there = session(2, title="Moving Ward 7", parked=("Parking",))
    joined = join(here, there)
    assert joined.record.title == "Moving Ward 7"
    assert joined.record.parked == ("Parking", "Lifts", "Title, in another version: Ward move")
    assert joined.both == ('Title: "Moving Ward 7" is kept; in another version it is "Ward move".',)


def test_an_empty_title_is_no_other_title() -> None:
    joined = join(session(1, title="Ward move"), session(2, title=""))
    assert (joined.record.title, joined.record.parked, joined.both) == ("Ward move", (), ())


def test_half_typed_words_and_people_are_not_lost_unseen() -> None:
    here = session(1, drafts={"expected": "All pat"}, people=(Person(role="porter", count=4),))
    there = session(2, drafts={"expected": "Nobody", "learn": "Tell"}, people=(Person(role="ward sister"),))
    joined = join(here, there)
    assert joined.record.drafts == {"expected": "Nobody", "learn": "Tell"}
    assert joined.record.parked == ("Not entered yet, in another version: All pat",)
    assert joined.record.people == there.people
    assert any("one person (ward sister) is kept, not four people (porter × 4)" in each for each in joined.both)


def test_time_spent_is_that_of_who_took_longest() -> None:
    joined = join(session(1, spent={"a": 60, "b": 5}), session(2, spent={"a": 30, "c": 1}))
    assert joined.record.spent == {"a": 60, "b": 5, "c": 1}


def test_numbers_of_one_step_are_never_mixed() -> None:
    here = session(1, marks=(Marks(step="s", numbers=(1, 2)),), dots=(Dots(step="v", entry=ONE, dots=2),))
    there = session(2, marks=(Marks(step="s", numbers=(3,)),), dots=(Dots(step="v", entry=TWO, dots=1),))
    joined = join(here, there)
    assert joined.record.marks == there.marks
    assert set(joined.record.dots) == {*here.dots, *there.dots}
    assert joined.both == ("1 step with numbers differs; what the version changed last has is kept.",)


def test_an_answer_is_kept_whole_and_the_other_one_is_parked() -> None:
    here = assessment(1, ratings=(Rating(criterion="innovation", level=4, rationale="Nobody asks"),))
    there = assessment(2, ratings=(Rating(criterion="innovation", level=6),))
    joined = join(here, there)
    assert joined.record.ratings == there.ratings
    assert joined.record.parked == (
        "Innovation, level, in another version: 4",
        "Innovation, why, in another version: Nobody asks",
    )
    assert joined.both == ("Innovation is answered differently; the answer of the version changed last is kept.",)


def test_an_answer_with_more_said_is_enough() -> None:
    full = Rating(criterion="innovation", level=6, rationale="We ask")
    joined = join(assessment(1, ratings=(full,)), assessment(2, ratings=(Rating(criterion="innovation", level=6),)))
    assert (joined.record.ratings, joined.record.parked, joined.both) == ((full,), (), ())


def test_a_closed_survey_stays_closed_with_its_own_result() -> None:
    result = SurveyResult(answered=7)
    closed = assessment(1, way="survey", closed=AT, survey=result)
    joined = join(closed, assessment(2, way="survey"))
    assert (joined.record.closed, joined.record.survey) == (AT, result)


def test_a_team_has_the_set_ups_of_both() -> None:
    here = Team(id=ID, created=AT, changed=at(1), name="Ward 7", setups=(SetUp(id=ONE, name="Usual"),))
    there = replace(here, changed=at(2), setups=(SetUp(id=TWO, name="Short"),))
    assert {each.name for each in join(here, there).record.setups} == {"Usual", "Short"}


def test_a_lesson_without_a_session_is_never_mixed_of_two() -> None:
    here = KeptLesson(id=ID, created=AT, changed=at(1), date=DAY, lesson="Tell the porters", cause="No list")
    there = replace(here, changed=at(2), lesson="Tell everyone", cause="")
    joined = join(here, there)
    assert joined.record == there
    assert joined.both == (
        'Lesson: "Tell everyone" is kept; in another version it is "Tell the porters".',
        'Cause: "" is kept; in another version it is "No list".',
    )


def test_an_asset_has_the_lessons_and_contacts_of_both() -> None:
    here = Asset(id=ID, created=AT, changed=at(1), title="Moves", lessons=(ONE,), contacts=(Contact(role="porter"),))
    there = replace(here, changed=at(2), lessons=(TWO,), contacts=(Contact(role="sister"),))
    joined = join(here, there).record
    assert set(joined.lessons) == {ONE, TWO}
    assert {each.role for each in joined.contacts} == {"porter", "sister"}


def test_of_a_response_what_was_said_is_told_nowhere() -> None:
    here = Response(id=ID, survey=ONE, ratings=(Rating(criterion="c", level=2, rationale="secret"),))
    there = replace(here, ratings=(Rating(criterion="c", level=9), Rating(criterion="d", level=1)), finished=True)
    joined = join(here, there)
    assert joined.record == there
    assert "secret" not in " ".join(joined.both)


def test_what_are_not_versions_of_one_record_is_refused() -> None:
    with pytest.raises(ValueError, match="one record"):
        join(session(), replace(session(), id=ONE))
    with pytest.raises(ValueError, match="one record"):
        join(session(), cast(Any, assessment()))


def test_every_field_of_every_record_is_joined_once() -> None:
    """A field that somebody adds to a record later must not be in two places here."""
    for record, shape in SHAPES.items():
        names = set(cast(Any, record).__struct_fields__)
        placed = [*shape.items, *shape.keyed, *shape.united, *shape.mapped, *shape.counted]
        placed += [each for each in (shape.rated, shape.parked) if each]
        placed += [name for unit in shape.units for name in unit]
        assert len(placed) == len(set(placed))
        assert {*placed, *shape.typed, *shape.told} - names == set()


# Properties, over versions of a small world where everything collides

FILLED = st.sampled_from(["a", "b", "c"])
WORDS = st.just("") | FILLED
MINUTES = st.integers(min_value=0, max_value=3)
Words = st.SearchStrategy[str]


def things(build: Any, words: Words, *, whole: bool) -> st.SearchStrategy[tuple[Any, ...]]:
    """Return lists of things with different ids; `whole` ones have one for each id."""
    if whole:
        return st.tuples(*(build(each, words) for each in IDS))
    any_of_them = st.sampled_from(IDS).flatmap(lambda each: build(each, words))
    return st.lists(any_of_them, max_size=3, unique_by=lambda each: each.id).map(tuple)


def entries(entry_id: str, words: Words) -> st.SearchStrategy[Entry]:
    return st.builds(Entry, id=st.just(entry_id), step=st.sampled_from(["x", "y"]), text=words)


def lessons(lesson_id: str, words: Words) -> st.SearchStrategy[Lesson]:
    return st.builds(Lesson, id=st.just(lesson_id), lesson=words, context=words, cause=words)


def actions(action_id: str, words: Words) -> st.SearchStrategy[Action]:
    states = st.sampled_from(["open", "done"])
    return st.builds(Action, id=st.just(action_id), action=words, owner=words, note=words, state=states)


def rows(row_id: str, words: Words) -> st.SearchStrategy[TableRow]:
    return st.builds(TableRow, id=st.just(row_id), step=st.just("t"), cells=st.fixed_dictionaries({"k": words}))


def plans(action_id: str, words: Words) -> st.SearchStrategy[Planned]:
    return st.builds(Planned, id=st.just(action_id), action=words, reason=words, dots=st.integers(0, 2))


def rating(criterion: str, words: Words, *, whole: bool) -> st.SearchStrategy[Rating]:
    levels = st.integers(1, 3)
    return st.builds(
        Rating,
        criterion=st.just(criterion),
        level=levels if whole else st.none() | levels,
        rationale=words,
        same_for_everyone=st.sampled_from([True, False, "nights"] if whole else [None, True, "nights"]),
    )


def ratings(words: Words, *, whole: bool) -> st.SearchStrategy[tuple[Any, ...]]:
    both = st.tuples(*(rating(each, words, whole=whole) for each in ("innovation", "evidence")))
    return both if whole else both.flatmap(lambda found: st.sampled_from([found, found[:1], found[1:], ()]))


def sessions(*, whole: bool) -> st.SearchStrategy[Session]:
    """Return versions of one session; in `whole` ones nothing is missing that is in another one."""
    words = FILLED if whole else WORDS
    marks = st.tuples(st.builds(Marks, step=st.just("s"), numbers=st.tuples(st.integers(1, 3))))
    return st.builds(
        session,
        MINUTES,
        title=words,
        team=words,
        place=words,
        entries=things(entries, words, whole=whole),
        lessons=things(lessons, words, whole=whole),
        actions=things(actions, words, whole=whole),
        rows=things(rows, words, whole=whole),
        parked=st.lists(WORDS, max_size=2, unique=True).map(tuple),
        spent=st.dictionaries(st.sampled_from(["x", "y"]), st.integers(0, 9)),
        drafts=st.fixed_dictionaries({"x": words, "y": words}),
        people=st.lists(st.builds(Person, role=WORDS), max_size=2).map(tuple),
        ended=st.none() | st.sampled_from([AT, at(5)]),
        continues=st.lists(st.sampled_from(IDS), max_size=2, unique=True).map(tuple),
        marks=marks if whole else st.just(()) | marks,
    )


def assessments(*, whole: bool) -> st.SearchStrategy[Assessment]:
    """Return versions of one assessment, as `sessions` does."""
    words = FILLED if whole else WORDS
    objectives = st.builds(Objective, text=st.just("goal"), criteria=st.just(()) | st.just(("evidence",)))
    return st.builds(
        assessment,
        MINUTES,
        title=words,
        team=words,
        opening=words,
        ratings=ratings(words, whole=whole),
        actions=things(plans, words, whole=whole),
        objectives=st.tuples(objectives),
        closed=st.none() | st.just(AT),
        survey=st.none() | st.builds(SurveyResult, answered=st.integers(5, 6)),
    )


ANY = st.tuples(*[sessions(whole=False)] * 3) | st.tuples(*[assessments(whole=False)] * 3)
WHOLE = st.tuples(*[sessions(whole=True)] * 3) | st.tuples(*[assessments(whole=True)] * 3)


def content(record: Any) -> dict[str, Any]:
    """Return a record as a value that does not depend on the order of its lists."""
    found = {name: getattr(record, name) for name in record.__struct_fields__}
    return {name: sorted(map(repr, value)) if isinstance(value, tuple) else value for name, value in found.items()}


def words_by_list(record: Any) -> dict[str, set[tuple[Any, ...]]]:
    """Return the words of all things by the list they are in."""
    return {
        name: {tuple(repr(getattr(thing, field)) for field in items.words) for thing in getattr(record, name)}
        for name, items in SHAPES[type(record)].items.items()
    }


def ids_and_words(record: Any) -> dict[str, set[tuple[Any, ...]]]:
    """Return ids and words of all things, and the texts of the matters to come back to."""
    found = {
        name: {(thing.id, *(repr(getattr(thing, field)) for field in items.words)) for thing in getattr(record, name)}
        for name, items in SHAPES[type(record)].items.items()
    }
    return {**found, "parked": set(record.parked), "texts": {(record.team, record.title)}}


@given(ANY)
def test_the_order_of_versions_does_not_matter(versions: Sequence[Any]) -> None:
    first = join(*versions)
    for order in permutations(versions):
        assert join(*order) == first
    here, there, _ = versions
    assert content(join(here, there).record) == content(join(there, here).record)


@given(ANY)
def test_a_version_that_takes_part_twice_adds_nothing(versions: Sequence[Any]) -> None:
    joined = join(*versions)
    assert join(versions[0], versions[0]).record == versions[0]
    assert join(*versions, versions[0]) == joined
    for version in (*versions, joined.record):
        assert content(join(joined.record, version).record) == content(joined.record)


@given(WHOLE)
def test_joined_two_by_two_versions_give_the_same_ids_and_words_in_any_order(versions: Sequence[Any]) -> None:
    at_once = ids_and_words(join(*versions).record)
    for one, two, three in permutations(versions):
        assert ids_and_words(join(join(one, two).record, three).record) == at_once
        assert ids_and_words(join(one, join(two, three).record).record) == at_once


@given(ANY)
def test_joined_two_by_two_versions_give_the_same_words_whatever_was_deleted(versions: Sequence[Any]) -> None:
    at_once = words_by_list(join(*versions).record)
    for one, two, three in permutations(versions):
        assert words_by_list(join(join(one, two).record, three).record) == at_once


@given(ANY)
def test_no_word_is_lost_and_no_id_is_there_twice(versions: Sequence[Any]) -> None:
    joined = join(*versions).record
    for name, items in SHAPES[type(joined)].items.items():
        ids = [thing.id for thing in getattr(joined, name)]
        assert len(ids) == len(set(ids))
        for field in items.words:
            kept = {repr(getattr(thing, field)) for thing in getattr(joined, name)}
            said = {repr(getattr(thing, field)) for each in versions for thing in getattr(each, name)}
            assert said <= kept | {"''"}
    everything = " ".join((joined.title, joined.team, *joined.parked))
    for version in versions:
        assert version.title in everything and version.team in everything
        assert set(version.parked) <= set(joined.parked)


def test_a_day_without_time_zone_is_no_matter_here() -> None:
    assert join(session(1), session(1, created=datetime(2020, 1, 1, tzinfo=UTC))).record.created.year == 2020
