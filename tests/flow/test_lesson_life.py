"""The life of a lesson: whatever the order in which events come, they come to the same."""

from __future__ import annotations

import itertools
import random
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from kmtui.flow.lesson_life import JOINED, life, lives, root, turn, waits, with_life
from kmtui.model.errors import WrongInput
from kmtui.model.events import Event
from kmtui.model.lesson import LESSON_STATES, Life, Turn
from kmtui.model.lines import LessonLine

NOON = datetime(2026, 5, 12, 12, tzinfo=UTC)
TODAY = date(2026, 5, 12)
LINE = LessonLine(
    id="lesson", lesson="Label the drip stands", owner="Ward sister", session="s", title="", team="", date=TODAY
)


def event(
    number: int, change: dict[str, str | None], *, process: str = "one", after: str | None = None, about: str = "lesson"
) -> Event:
    return Event(
        id=f"{process}-{number}",
        about=about,
        at=NOON + timedelta(minutes=number),
        process=process,
        sequence=number,
        change=change,
        after=after,
    )


# What can be said


def test_a_state_comes_with_a_note_a_role_an_owner_and_a_day() -> None:
    said = turn("applied", note=" The list hangs there ", role=" Sister ", owner=" Porters ", review=date(2026, 6, 1))
    told = {"note": "The list hangs there", "role": "Sister", "owner": "Porters", "review": "2026-06-01"}
    assert said == {"state": "applied", **told}
    assert turn("agreed") == {"state": "agreed"}
    assert turn("captured") == {"state": "captured"}
    assert turn(note="Half done") == {"note": "Half done"}
    assert turn(owner="") == {"owner": ""}
    assert turn(no_review=True) == {"review": None}


@pytest.mark.parametrize(
    ("state", "says"),
    [
        ("applied", "A lesson is not applied without a word. Say with it what changed."),
        ("retired", "A lesson is not retired without a word. Say with it why it is of no use any more."),
    ],
)
def test_applied_and_retired_need_a_note(state: str, says: str) -> None:
    for note in ("", " \n\t"):
        with pytest.raises(WrongInput) as error:
            turn(state, note=note, role="Ward sister", owner="Porters")
        assert str(error.value) == says
    assert turn(state, note="So it is")["state"] == state


def test_a_state_that_is_none_and_a_change_of_nothing_are_refused() -> None:
    with pytest.raises(WrongInput, match=r'"done" is no state of a lesson. They are: captured, agreed'):
        turn("done", note="x")
    for nothing in ({}, {"role": "Ward sister"}, {"note": "  "}):
        with pytest.raises(WrongInput, match="Nothing to change was given"):
            turn(**nothing)  # type: ignore[arg-type]


# What it comes to


def test_the_last_turn_tells_the_state_and_all_of_them_stay() -> None:
    found = life(
        [
            event(1, {"state": "agreed", "role": "Bed manager"}),
            event(2, {"owner": "Porters", "review": "2026-06-01"}),
            event(3, {"state": "applied", "note": "The list hangs there"}),
        ]
    )
    assert (found.state, found.owner, found.review, found.joined) == ("applied", "Porters", date(2026, 6, 1), None)
    assert found.turns == (
        Turn(state="agreed", at=NOON + timedelta(minutes=1), role="Bed manager"),
        Turn(state="applied", at=NOON + timedelta(minutes=3), note="The list hangs there"),
    )
    assert found.rivals == {}


def test_a_day_and_an_owner_can_be_taken_away_again() -> None:
    said = [event(1, {"review": "2026-06-01", "owner": "Porters"}), event(2, {"review": None, "owner": ""})]
    assert (life(said).review, life(said).owner) == (None, "")
    assert with_life(LINE, life(said)).owner == ""
    assert with_life(LINE, Life()).owner == with_life(LINE, None).owner == "Ward sister"


def test_events_on_other_things_and_nonsense_come_to_nothing() -> None:
    other = [event(1, {"state": "done", "outcome": "Good"}, about="action"), event(2, {"deleted": "yes"}, about="gone")]
    assert life(other[:1]) == Life()
    assert life([]) == Life()
    assert lives({"action": other[:1], "gone": other[1:], "lesson": [event(3, {"state": "agreed"})]}).keys() == {
        "lesson"
    }
    strange = life([event(1, {"state": "eaten", "review": "soon", "owner": "Porters", JOINED: ""})])
    assert (strange.state, strange.review, strange.owner, strange.joined) == ("captured", None, "Porters", None)


def test_two_who_did_not_know_of_each_other_are_both_told() -> None:
    one = event(1, {"owner": "Porters", "review": "2026-06-01"}, process="one")
    other = event(2, {"owner": "Bed manager", "note": "x"}, process="other")
    assert life([one, other]).owner == "Bed manager"
    assert life([one, other]).rivals == {"owner": "Porters"}
    assert with_life(LINE, life([one, other])).rivals == {"owner": "Porters"}
    knowing = replace(other, after=one.id)
    assert life([one, knowing]).rivals == {}
    alike = replace(other, change=one.change)
    assert life([one, alike]).rivals == {}


def test_rivals_about_the_state_keep_both_turns() -> None:
    one, other = event(1, {"state": "agreed"}, process="one"), event(2, {"state": "captured"}, process="other")
    found = life([other, one])
    assert [each.state for each in found.turns] == ["agreed", "captured"]
    assert (found.state, found.rivals) == ("captured", {"state": "agreed"})


CHANGES = st.one_of(
    st.sampled_from(LESSON_STATES).map(lambda state: {"state": state, "note": state}),
    st.sampled_from(["2026-06-01", "2027-01-01", None, "nonsense"]).map(lambda day: {"review": day}),
    st.sampled_from(["Porters", "Sister", ""]).map(lambda owner: {"owner": owner}),
    st.sampled_from(["other", None]).map(lambda other: {JOINED: other}),
)


@given(st.lists(st.tuples(CHANGES, st.sampled_from("abc"), st.integers(0, 3)), max_size=6), st.randoms())
def test_the_order_in_which_events_are_read_does_not_matter(
    said: list[tuple[dict[str, str | None], str, int]], chance: random.Random
) -> None:
    events = [
        event(number, change, process=process, after=f"{said[number - back][1]}-{number - back}" if back else None)
        for number, (change, process, back) in enumerate(said)
        if back <= number
    ]
    expected = life(events)
    mixed = [*events, *events[:2]]  # some come twice
    chance.shuffle(mixed)
    assert life(mixed) == expected
    assert [each.at for each in expected.turns] == sorted(each.at for each in expected.turns)


# Joined lessons


def test_a_joined_lesson_leads_to_the_one_at_the_end() -> None:
    known = {"a": Life(joined="b"), "b": Life(joined="c"), "x": Life(state="agreed")}
    assert [root(each, known) for each in "abcxy"] == ["c", "c", "c", "x", "y"]


@pytest.mark.parametrize("ring", ["a", "ab", "abc", "abcd"])
def test_whoever_joins_in_a_circle_stays_apart(ring: str) -> None:
    known = {each: Life(joined=ring[(place + 1) % len(ring)]) for place, each in enumerate(ring)}
    for each in ring:
        assert root(each, known) == each
    known["z"] = Life(joined="a")
    assert root("z", known) == "z"


@given(st.dictionaries(st.sampled_from("abcdef"), st.sampled_from("abcdef")))
def test_joining_comes_to_an_end(joined: dict[str, str]) -> None:
    known = {each: Life(joined=into) for each, into in joined.items()}
    for each, other in itertools.product("abcdef", repeat=2):
        found = root(each, known)
        assert found == each or found not in known
        if known.get(each) == Life(joined=other) and found != each:
            assert root(other, known) == found


# What waits for review


def test_a_lesson_waits_from_its_day_on_unless_it_is_retired_or_joined() -> None:
    line = replace(LINE, review=TODAY)
    assert waits(line, TODAY)
    assert waits(line, TODAY + timedelta(days=1))
    assert not waits(line, TODAY - timedelta(days=1))
    assert not waits(LINE, TODAY)
    assert not waits(replace(line, state="retired"), TODAY)
    assert not waits(replace(line, joined="other"), TODAY)
    assert waits(replace(line, state="applied"), TODAY)
