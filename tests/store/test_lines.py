"""Lines for lists: what they tell of surveys, plans and good practice, and what follow-up makes of an idea."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from kmtui.model.rating import Rating
from kmtui.model.setup import LeftOut
from kmtui.store.files import FileStore
from tests.store.things import AT, DAY, action, assessment, create, open_store, planned, session, survey

DUE = date(2026, 12, 1)


def test_a_line_tells_how_levels_come_about_and_whether_responses_still_come(store: FileStore) -> None:
    group = assessment("Group", day=date(2026, 11, 3))
    running = survey(team="Open", day=date(2026, 11, 2), closes=DUE)
    closed = survey(team="Closed", day=date(2026, 11, 1), closed=AT)
    for record in (group, running, closed):
        create(store, record)
    assert [(line.team, line.way, line.collecting, line.closes) for line in store.records()] == [
        ("Group", "group", False, None),
        ("Open", "survey", True, DUE),
        ("Closed", "survey", False, None),
    ]


def test_an_open_survey_is_as_far_as_criteria_are_agreed(store: FileStore) -> None:
    create(store, survey(ratings=(Rating(criterion="innovation", level=4),)))
    (line,) = store.records()
    assert (line.done, line.steps) == (1, 2)


def test_a_session_tells_from_what_it_was_begun(store: FileStore) -> None:
    create(store, session(action="7" * 12, criterion="innovation", assessment="8" * 12))
    (line,) = store.records()
    assert (line.action, line.criterion, line.way, line.collecting) == ("7" * 12, "innovation", "group", False)


def test_an_action_of_a_plan_tells_its_criterion_objective_and_priority(store: FileStore) -> None:
    plan = (
        planned("Ask", criterion="evidence", objective="Short stays", priority="now", outcome="Fewer calls"),
        planned("Wait", criterion="gone"),
        planned("Leave", criterion="left"),
        planned("Think"),
    )
    create(store, assessment(actions=plan, left_out=(LeftOut(criterion="left", name="Left out"),)))
    first, *others = store.actions()
    assert (first.criterion, first.criterion_name, first.objective) == ("evidence", "Evidence", "Short stays")
    assert (first.priority, first.outcome) == ("now", "Fewer calls")
    assert [line.criterion_name for line in others] == ["", "Left out", ""]


def test_only_what_nobody_has_promised_in_a_plan_is_an_idea(store: FileStore) -> None:
    plan = (
        planned("Promised", owner="Porter", due=DUE),
        planned("No day", owner="Porter"),
        planned("No owner", owner="  ", due=DUE),
        planned("Not for us", owner="Porter", due=DUE, priority="not-for-us"),
    )
    create(store, assessment(actions=plan))
    create(store, session(day=date(2026, 1, 1), actions=(action("In a session"),)))
    assert [(line.action, line.idea) for line in store.actions()] == [
        ("Promised", False),
        ("No day", True),
        ("No owner", True),
        ("Not for us", True),
        ("In a session", False),
    ]


def test_follow_up_makes_an_action_of_an_idea_and_an_idea_of_an_action(tmp_path: Path, store: FileStore) -> None:
    idea, promise = planned("Idea", objective="Stays", priority="next"), planned("Promise", owner="Porter", due=DUE)
    refused = planned("Refused", priority="not-for-us")
    create(store, assessment(actions=(idea, promise, refused)))
    for subject in (idea, refused):
        store.add_event(subject.id, {"owner": "Librarian", "due": "2026-12-24", "outcome": "It helps"})
    store.add_event(promise.id, {"due": None})
    for looking in (store, open_store(tmp_path)):
        lines = {line.action: line for line in looking.actions()}
        assert [lines[each].idea for each in ("Idea", "Promise", "Refused")] == [False, True, True]
        line = lines["Idea"]
        assert (line.owner, line.due, line.outcome) == ("Librarian", date(2026, 12, 24), "It helps")
        assert (line.objective, line.priority, line.source_kind, line.team) == ("Stays", "next", "assessment", "Ward 7")
        assert line.overdue(date(2027, 1, 1))
        assert not lines["Promise"].overdue(date(2027, 1, 1))


def test_an_action_of_a_session_is_never_an_idea_whatever_follows(store: FileStore) -> None:
    task = replace(action("Write it down"), owner="Porter", due=DUE)
    create(store, session(actions=(task,)))
    store.add_event(task.id, {"owner": None, "due": None})
    (line,) = store.actions()
    assert (line.owner, line.due, line.idea) == ("", None, False)


def test_examples_with_a_contact_are_good_practice_those_of_the_newest_first(tmp_path: Path, store: FileStore) -> None:
    def kept(word: str) -> tuple[Rating, ...]:
        return (
            Rating(criterion="innovation", level=11, example=f"{word} forum", contact="Ward sister"),
            Rating(criterion="evidence", skip="parked", example=f"{word} club", contact="Librarian"),
            Rating(criterion="gone", example="Nobody to ask", contact=" \t"),
            Rating(criterion="other", example=" ", contact="Nothing to see"),
        )

    old = assessment("Ward 1", day=date(2026, 1, 1), ratings=kept("Old"))
    new = assessment("Ward 2", ratings=kept("New"), organisation="St Elsewhere’s")
    for record in (old, new, session()):
        create(store, record)
    for looking in (store, open_store(tmp_path)):
        assert [(line.example, line.level) for line in looking.practices()] == [
            ("New forum", 11),
            ("New club", None),
            ("Old forum", 11),
            ("Old club", None),
        ]
    line = store.practices()[0]
    assert (line.criterion, line.criterion_name, line.contact) == ("innovation", "Innovation", "Ward sister")
    assert (line.source, line.team, line.organisation, line.date) == (new.id, "Ward 2", "St Elsewhere’s", DAY)
    store.remove(new.id)
    assert [line.team for line in store.practices()] == ["Ward 1", "Ward 1"]


@pytest.mark.parametrize("hostile", ["Fo\x1b[2Jrum", "Fo\u202erum"])
def test_good_practice_is_cleaned(tmp_path: Path, store: FileStore, hostile: str) -> None:
    rating = Rating(criterion="innovation", example=hostile, contact="Porter")
    create(store, assessment(ratings=(rating,)))
    assert [line.example for line in store.practices()] == ["Forum"]
