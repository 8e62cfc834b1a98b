"""Follow-up: whatever order the events arrive in, the same state comes of them, and no one's words are lost unseen."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kmtui.flow.followup import Followed, fold, followed_action
from kmtui.model.events import Event
from kmtui.model.session import Action
from tests.report.examples import AT

ACTION = Action(id="a", action="Send the list", owner="Bed manager", due=date(2026, 12, 1))


def event(name: str, process: str, minute: int, after: str | None = None, **change: str | None) -> Event:
    return Event(
        id=name,
        about="a",
        at=AT + timedelta(minutes=minute),
        process=process,
        sequence=minute,
        change=change,
        after=after,
    )


def folded(*events: Event) -> Followed:
    return fold(events)["a"]


def test_the_last_one_wins_field_by_field() -> None:
    found = folded(event("1", "p", 1, state="done", note="yes"), event("2", "p", 2, after="1", state="open"))
    assert found == Followed(values={"state": "open", "note": "yes"}, newest="2")


def test_two_that_did_not_know_of_each_other_are_both_shown() -> None:
    found = folded(event("1", "p", 1, note="sent"), event("2", "q", 2, note="not sent"))
    assert (found.values, found.rivals) == ({"note": "not sent"}, {"note": "sent"})


def test_the_same_value_twice_is_no_disagreement() -> None:
    assert folded(event("1", "p", 1, state="done"), event("2", "q", 2, state="done")).rivals == {}


def test_a_process_knows_what_it_said_itself() -> None:
    assert folded(event("1", "p", 1, note="a"), event("2", "p", 2, note="b")).rivals == {}


def test_who_knew_of_both_settles_it() -> None:
    one, two = event("1", "p", 1, note="a"), event("2", "q", 2, note="b")
    settled = event("3", "q", 3, after="1", note="c")
    assert folded(one, two, settled) == Followed(values={"note": "c"}, newest="3")


def test_who_knew_of_one_alone_settles_nothing() -> None:
    one, two = event("1", "p", 1, note="a"), event("2", "q", 2, note="b")
    assert folded(one, two, event("3", "r", 3, after="2", note="c")).rivals == {"note": "a"}


def test_a_third_who_says_the_same_does_not_hide_the_first() -> None:
    three = folded(event("1", "p", 1, note="a"), event("2", "q", 2, note="b"), event("3", "r", 3, note="b"))
    assert (three.values, three.rivals) == ({"note": "b"}, {"note": "a"})


def test_an_event_on_another_field_settles_nothing() -> None:
    one, two = event("1", "p", 1, note="a"), event("2", "q", 2, note="b")
    assert folded(one, two, event("3", "p", 3, after="2", state="done")).rivals == {"note": "a"}


def test_a_chain_goes_through_events_of_others() -> None:
    chain = [
        event("1", "p", 1, note="a"),
        event("2", "q", 2, after="1", note="b"),
        event("3", "r", 3, after="2", note="c"),
    ]
    assert folded(*chain).rivals == {}


def test_a_chain_that_is_broken_or_bites_its_tail_ends() -> None:
    assert folded(event("1", "p", 1, after="gone", note="a")).values == {"note": "a"}
    assert folded(event("1", "p", 1, after="2", note="a"), event("2", "q", 2, after="1", note="b")).values == {
        "note": "b"
    }


def test_a_deletion_and_coming_back() -> None:
    gone = event("1", "p", 1, deleted="yes")
    assert folded(gone).deleted
    assert not folded(gone, event("2", "p", 2, deleted=None)).deleted
    assert not Followed().deleted


def test_each_subject_on_its_own() -> None:
    other = Event(id="9", about="b", at=AT, process="p", sequence=9, change={"note": "other"})
    found = fold([event("1", "p", 1, note="a"), other])
    assert {about: each.values for about, each in found.items()} == {"a": {"note": "a"}, "b": {"note": "other"}}
    assert fold([]) == {}


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    events: list[Event] = []
    for number in range(draw(st.integers(min_value=1, max_value=8))):
        after = draw(st.none() | st.sampled_from([each.id for each in events])) if events else None
        events.append(
            Event(
                id=str(number),
                about=draw(st.sampled_from("ab")),
                at=AT + timedelta(minutes=draw(st.integers(min_value=0, max_value=3))),
                process=draw(st.sampled_from("pq")),
                sequence=number,
                change={draw(st.sampled_from(["state", "note"])): draw(st.sampled_from(["x", "y", None]))},
                after=after,
            )
        )
    return events


@settings(deadline=None)
@given(histories(), st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter_nor_what_arrives_twice(events: list[Event], chance: object) -> None:
    shuffled = [*events, *events[: len(events) // 2]]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert fold(shuffled) == fold(events)


@settings(deadline=None)
@given(histories())
def test_a_value_is_the_last_that_was_said_and_a_rival_one_that_was_said(events: list[Event]) -> None:
    for about, found in fold(events).items():
        own = sorted((e for e in events if e.about == about), key=lambda e: (e.at, e.process, e.sequence))
        assert found.newest == own[-1].id
        for field, value in found.values.items():
            said = [each.change[field] for each in own if field in each.change]
            assert value == said[-1]
            assert found.rivals.get(field, said[0]) in said
            assert field not in found.rivals or found.rivals[field] != value


def test_an_action_with_what_became_of_it() -> None:
    followed = Followed(
        values={"state": "done", "due": None, "review": "2027-01-04", "owner": "Porter", "note": None, "done_when": "x"}
    )
    after = followed_action(ACTION, followed)
    assert after == Action(
        id="a", action="Send the list", owner="Porter", review=date(2027, 1, 4), done_when="x", state="done"
    )
    assert followed_action(ACTION, None) is ACTION


@pytest.mark.parametrize(
    ("field", "value"), [("state", "finished"), ("state", None), ("due", "tomorrow"), ("id", "b"), ("deleted", "yes")]
)
def test_a_value_that_does_not_fit_is_left_alone(field: str, value: str | None) -> None:
    assert followed_action(ACTION, Followed(values={field: value})) == ACTION
