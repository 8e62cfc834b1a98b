"""A session goes from step to step, takes what is said, and keeps its order."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from kmtui.flow import session as flow
from kmtui.flow.common import park, unpark, with_draft
from kmtui.model.errors import NotFound, WrongInput
from kmtui.model.session import Action, Entry, Lesson, Session, TableRow
from kmtui.model.technique import Column, Table
from tests.report.every_kind import WHOLE
from tests.report.examples import ASSESSMENT, AT, DAY, PEOPLE, REVIEW, SESSION


def begun() -> Session:
    return flow.begin("1ng54y2nt70e", REVIEW, AT, DAY, digest="d", title="Move", team="Ward 7", people=PEOPLE)


def ids(session: Session) -> list[str]:
    entries, lessons, actions = session.entries, session.lessons, session.actions
    return [each.id for each in entries] + [each.id for each in lessons] + [each.id for each in actions]


def test_a_session_begins_at_the_first_step_of_the_first_variant() -> None:
    session = begun()
    assert session.continues == ()
    assert (session.place, session.begun, session.created, session.changed) == ("welcome", AT, AT, AT)
    assert (session.digest, session.title, session.team, session.people) == ("d", "Move", "Ward 7", PEOPLE)
    assert session.technique == REVIEW.as_run("short")
    assert not session.finished


def test_an_unknown_variant_is_told_with_those_there_are() -> None:
    with pytest.raises(WrongInput, match=r'no form "long"\. Its forms: short'):
        flow.begin("x", REVIEW, AT, DAY, variant="long")
    with pytest.raises(WrongInput, match="Its forms: none"):
        flow.begin("x", replace(REVIEW, variants=()), AT, DAY, variant="long")


def test_walking_forward_and_back_ends_at_either_end() -> None:
    session: Session | None = begun()
    walked = []
    while session is not None:
        walked.append(session.place)
        assert flow.position(session) == len(walked) - 1
        last, session = session, flow.forward(session)
    assert walked == ["welcome", "expected", "actual", "why", "notes", "learn", "act"]
    before = flow.back(last)
    assert before is not None
    assert before.place == "learn"
    assert flow.back(begun()) is None


def test_going_to_a_step() -> None:
    assert flow.go(begun(), "why").place == "why"
    with pytest.raises(NotFound, match='no step "nowhere"'):
        flow.go(begun(), "nowhere")


def test_what_is_said_is_added_at_the_end() -> None:
    session = flow.add_entry(begun(), Entry(id="a", step="expected", text="x"))
    session = flow.add_lesson(session, Lesson(id="b", lesson="y"))
    session = flow.add_action(session, Action(id="c", action="z"))
    assert ids(session) == ["a", "b", "c"]


def test_what_was_said_can_be_changed() -> None:
    session = flow.edit_entry(SESSION, "e4", "The list hung there alone")
    assert session.entries[3] == replace(SESSION.entries[3], text="The list hung there alone")
    assert replace(session, entries=SESSION.entries) == SESSION
    lesson = Lesson(id="f2", lesson="Other")
    assert flow.put_lesson(SESSION, lesson).lessons == (SESSION.lessons[0], lesson)
    action = Action(id="g1", action="Other")
    assert flow.put_action(SESSION, action).actions == (action, SESSION.actions[1])


def test_what_is_gone_cannot_be_changed() -> None:
    with pytest.raises(NotFound):
        flow.edit_entry(SESSION, "gone", "x")
    with pytest.raises(NotFound):
        flow.put_lesson(SESSION, Lesson(id="gone", lesson="x"))
    with pytest.raises(NotFound):
        flow.put_action(SESSION, Action(id="gone", action="x"))
    with pytest.raises(NotFound):
        flow.remove(SESSION, "gone")


@pytest.mark.parametrize("item", ["e1", "e2", "f1", "g2"])
def test_any_one_thing_can_be_removed(item: str) -> None:
    assert ids(flow.remove(SESSION, item)) == [each for each in ids(SESSION) if each != item]


def test_answers_to_what_is_removed_stay_and_answer_nothing() -> None:
    session = flow.remove(SESSION, "e2")
    assert {entry.id: entry.answers for entry in session.entries if entry.step == "why"} == {"e4": None, "e6": "e3"}


def test_moving_keeps_to_the_own_step() -> None:
    assert [entry.id for entry in flow.move(SESSION, "e3", -1).entries] == ["e1", "e3", "e2", "e4", "e6", "e5"]
    assert [entry.id for entry in flow.move(SESSION, "e4", 1).entries] == ["e1", "e2", "e3", "e6", "e4", "e5"]
    assert [lesson.id for lesson in flow.move(SESSION, "f2", -1).lessons] == ["f2", "f1"]
    assert [action.id for action in flow.move(SESSION, "g1", 1).actions] == ["g2", "g1"]


@pytest.mark.parametrize(("item", "by"), [("f1", -1), ("f2", 1), ("g1", -9), ("g2", 9)])
def test_moving_ends_at_either_end(item: str, by: int) -> None:
    assert ids(flow.move(SESSION, item, by))[-4:] == ids(SESSION)[-4:]


def test_with_an_entry_its_dots_go_and_no_others() -> None:
    session = flow.remove(WHOLE, "e4")
    assert [(each.step, each.entry) for each in session.dots] == [("dots", "e2"), ("secret", "e3")]
    assert [(each.step, each.entry) for each in flow.remove(WHOLE, "e3").dots] == [("dots", "e2"), ("dots", "e4")]


def test_a_row_can_be_removed_and_nothing_else_goes_with_it() -> None:
    session = flow.remove(WHOLE, "r1")
    assert session.rows == WHOLE.rows[1:]
    assert replace(session, rows=WHOLE.rows) == WHOLE


def test_a_row_is_moved_among_those_of_its_own_table() -> None:
    def rows(session: Session) -> list[str]:
        return [row.id for row in session.rows]

    other = TableRow(id="r0", step="other", cells={"c": "x"})
    two = Table(id="other", title="Other", columns=(Column(id="c", name="C"),))
    session = replace(
        WHOLE, technique=replace(WHOLE.technique, steps=(two, *WHOLE.technique.steps)), rows=(other, *WHOLE.rows)
    )
    assert rows(flow.move(session, "r2", -1)) == ["r0", "r2", "r1"]
    assert rows(flow.move(session, "r1", 9)) == ["r0", "r2", "r1"]
    for item, by in (("r0", 1), ("r1", -1), ("r2", 3)):
        assert flow.move(session, item, by) == session


def test_ending_and_opening_again() -> None:
    ended = flow.end(begun(), AT)
    assert ended.finished
    assert flow.reopen(ended) == begun()


def test_matters_can_be_parked_and_taken_up_again() -> None:
    session = park(begun(), "Lifts")
    assert session.parked == ("Lifts",)
    assert park(ASSESSMENT, "Lifts").parked == ("Access from home", "Lifts")
    assert unpark(park(session, "Beds"), 0).parked == ("Beds",)
    for number in (-1, 1):
        with pytest.raises(NotFound):
            unpark(session, number)


def test_a_draft_is_kept_until_it_is_entered() -> None:
    session = with_draft(with_draft(begun(), "why", "half"), "why", "half a thought")
    assert session.drafts == {"why": "half a thought"}
    assert with_draft(with_draft(session, "learn", "x"), "why", "").drafts == {"learn": "x"}
