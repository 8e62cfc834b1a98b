"""The thread through a piece of work: which earlier sessions are found, and what of them stands in the next one."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from kmtui.model.answers import EntryAnswer, LessonAnswer, SessionAnswers
from kmtui.model.errors import NotFound, WrongInput
from kmtui.model.ids import IdMaker
from kmtui.model.session import Session
from kmtui.workspace.assessments import start_assessment
from kmtui.workspace.desk import Desk
from kmtui.workspace.filling import fill
from kmtui.workspace.sessions import OpenSession, begin_session, start_session
from kmtui.workspace.sharing import rendered
from kmtui.workspace.thread import could_go_on_from, earlier_techniques, names_of_earlier
from tests.workspace.kinds import desk_of_kinds, on_disk


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A workspace with techniques of its own."""
    return desk_of_kinds(tmp_path)


def plan(
    desk: Desk,
    *aims: str,
    title: str = "Ward move",
    team: str = "Ward 7",
    day: int = 1,
    worry: str = "",
    lesson: str = "",
) -> str:
    """Hold a planning session, and return its id."""
    answers = SessionAnswers(
        technique="plan",
        title=title,
        team=team,
        date=date(2026, 5, day),
        entries={
            "aim": tuple(EntryAnswer(text=aim) for aim in aims),
            "worry": (EntryAnswer(text=worry),) if worry else (),
            "more": (EntryAnswer(text="More"),),
        },
        lessons={"learn": (LessonAnswer(lesson=lesson),)} if lesson else {},
    )
    return fill(desk.tools, answers).id


def review(
    desk: Desk, title: str = "Ward move", team: str = "Ward 7", *, continues: tuple[str, ...] | None = None
) -> Session:
    return begin_session(desk.tools, "review", title=title, team=team, continues=continues)


def texts(session: Session, step: str = "expected") -> list[str]:
    return [entry.text for entry in session.entries_of(step)]


def test_a_session_begins_with_what_was_said_in_earlier_ones_on_the_same_work(desk: Desk) -> None:
    later = plan(desk, "No bed moved twice", day=9, lesson="Ask the porters")
    first = plan(desk, "All moved by noon", "Nobody waits", day=2)
    session = review(desk)
    assert session.continues == (first, later)
    assert [(entry.text, entry.session) for entry in session.entries] == [
        ("All moved by noon", first),
        ("Nobody waits", first),
        ("No bed moved twice", later),
        ("Ask the porters", later),
    ]
    assert len({entry.id for entry in session.entries}) == 4
    assert {entry.step for entry in session.entries} == {"expected"}


def test_work_is_known_by_title_and_team_in_any_case_and_with_any_spaces(desk: Desk) -> None:
    found = plan(desk, "Same", title="Ward  Move", team=" WARD 7")
    plan(desk, "Other title", title="Ward moves")
    plan(desk, "Other team", team="Ward 8")
    plan(desk, "No team", team="")
    assert review(desk, " ward move ", "ward 7").continues == (found,)


def test_without_a_team_it_is_that_of_a_session_without_one(desk: Desk) -> None:
    plan(desk, "Of a team")
    bare = plan(desk, "Of none", team="")
    assert review(desk, team="").continues == (bare,)


@pytest.mark.parametrize("title", ["", "   "])
def test_a_session_without_a_title_goes_on_from_none(desk: Desk, title: str) -> None:
    plan(desk, "Aim", title="")
    session = review(desk, title)
    assert (session.continues, session.entries) == ((), ())


def test_what_was_said_in_private_is_never_carried(desk: Desk) -> None:
    planned = plan(desk, "Aim", worry="Sam drinks")
    for session in (review(desk), review(desk, "Other", continues=(planned,))):
        assert session.continues == (planned,)
        assert texts(session) == ["Aim"]
        assert "Sam drinks" not in str(session)


def test_sessions_can_be_named_by_the_beginning_of_their_ids(desk: Desk) -> None:
    one, two = plan(desk, "One", title="One"), plan(desk, "Two", title="Two", team="")
    session = review(desk, "Three", continues=(two, one, one[:-1], one.upper()))
    assert session.continues == (two, one)
    assert texts(session) == ["Two", "One"]
    with pytest.raises(NotFound):
        review(desk, continues=("zzzzzzzz",))
    assessment = start_assessment(desk.tools, team="Ward 7").record.id
    with pytest.raises(WrongInput, match=rf"^{assessment} is an assessment\."):
        review(desk, continues=(one, assessment))


def test_to_go_on_from_none_can_be_asked_for(desk: Desk) -> None:
    plan(desk, "Aim")
    session = review(desk, continues=())
    assert (session.continues, session.entries) == ((), ())


def test_a_session_named_may_be_of_any_technique_and_then_says_nothing(desk: Desk) -> None:
    other = start_session(desk.tools, "kinds", title="Other").record.id
    session = review(desk, continues=(other,))
    assert (session.continues, session.entries) == ((other,), ())


def test_only_sessions_of_techniques_that_the_steps_name_are_found(desk: Desk) -> None:
    library = desk.tools.library
    assert earlier_techniques(library.technique("review").value) == {"plan", "review"}
    assert earlier_techniques(library.technique("plan").value) == frozenset()
    start_session(desk.tools, "kinds", title="Ward move", team="Ward 7").close()
    assert review(desk).continues == ()
    plan(desk, "Aim")
    assert begin_session(desk.tools, "plan", title="Ward move", team="Ward 7").continues == ()


def test_a_form_goes_on_from_what_its_own_steps_name(desk: Desk) -> None:
    begun = start_session(desk.tools, "review", title="Ward move", team="Ward 7", variant="half")
    begun.go("why")
    begun.add_entry("The list was late")
    begun.close()
    whole = review(desk)
    assert (whole.continues, texts(whole, "again")) == ((begun.record.id,), ["The list was late"])


def test_those_of_the_same_team_are_offered_first_and_the_newest_of_each(desk: Desk) -> None:
    ids = [
        plan(desk, "Aim", title=title, team=team, day=day)
        for title, team, day in (("a", "Ward 8", 9), ("b", "ward  7", 1), ("c", "Ward 7", 3), ("d", "", 5))
    ]
    technique = desk.tools.library.technique("review").value
    assert [line.id for line in could_go_on_from(desk.tools, technique, "Ward 7")] == [ids[2], ids[1], ids[0], ids[3]]
    assert [line.id for line in could_go_on_from(desk.tools, technique)] == [ids[0], ids[3], ids[2], ids[1]]
    assert could_go_on_from(desk.tools, desk.tools.library.technique("plan").value, "Ward 7") == []


def test_what_was_carried_is_this_sessions_own(desk: Desk) -> None:
    planned = plan(desk, "By noon")
    opened = start_session(desk.tools, "review", title="Ward move", team="Ward 7")
    (entry,) = opened.record.entries
    opened.edit_entry(entry.id, "By one")
    assert texts(on_disk(desk, planned), "aim") == ["By noon"]
    assert [(each.text, each.session) for each in on_disk(desk, opened.record.id).entries] == [("By one", planned)]
    opened.remove(entry.id)
    assert opened.record.entries == ()
    opened.undo()
    assert texts(opened.record) == ["By one"]
    desk.delete(planned)
    assert texts(on_disk(desk, opened.record.id)) == ["By one"]


class TestAbout:
    """A title may be given after the session has begun."""

    def begun(self, desk: Desk) -> OpenSession:
        return start_session(desk.tools, "review")

    def test_the_title_brings_what_was_said_before_and_undo_takes_it_back(self, desk: Desk) -> None:
        planned = plan(desk, "By noon")
        opened = self.begun(desk)
        opened.about("Ward move", "Ward 7", "porter")
        assert (opened.record.continues, texts(opened.record)) == ((planned,), ["By noon"])
        assert texts(on_disk(desk, opened.record.id)) == ["By noon"]
        opened.undo()
        assert (opened.record.title, opened.record.continues, opened.record.entries) == ("", (), ())

    def test_a_step_in_which_something_was_said_is_left_alone(self, desk: Desk) -> None:
        planned = plan(desk, "By noon")
        opened = self.begun(desk)
        opened.go("expected")
        opened.add_entry("By one")
        opened.about("Ward move", "Ward 7", "")
        assert (opened.record.continues, texts(opened.record)) == ((planned,), ["By one"])

    def test_what_it_goes_on_from_stays(self, desk: Desk) -> None:
        one = plan(desk, "One", title="One")
        plan(desk, "Two", title="Two")
        opened = start_session(desk.tools, "review", title="One", team="Ward 7")
        opened.about("Two", "Ward 7", "")
        assert (opened.record.title, opened.record.continues, texts(opened.record)) == ("Two", (one,), ["One"])

    def test_a_session_never_goes_on_from_itself(self, desk: Desk) -> None:
        opened = start_session(desk.tools, "review", title="Ward move", team="Ward 7")
        opened.go("why")
        opened.add_entry("The list was late")
        opened.about("Ward move", "Ward 7", "2 porters")
        assert (opened.record.continues, texts(opened.record, "again")) == ((), [])
        assert opened.record.people[0].count == 2


class TestEarlierSessions:
    """What is told of the sessions that one goes on from."""

    def test_they_are_named_with_their_day_as_far_as_they_are_here(self, desk: Desk) -> None:
        one, two = plan(desk, "One", day=1), plan(desk, "Two", day=2)
        session = review(desk)
        assert names_of_earlier(desk.tools, session) == {one: "Plan, 1 May 2026", two: "Plan, 2 May 2026"}
        assert "Goes on from: Plan, 1 May 2026; Plan, 2 May 2026." in rendered(desk.tools, session, "markdown")
        desk.delete(one)
        assert names_of_earlier(desk.tools, session) == {two: "Plan, 2 May 2026"}
        assert "Goes on from: Plan, 2 May 2026." in rendered(desk.tools, session, "markdown")

    def test_those_that_are_deleted_are_not_found_any_more(self, desk: Desk) -> None:
        desk.delete(plan(desk, "One"))
        assert review(desk).continues == ()

    def test_a_damaged_one_is_passed_over(self, desk: Desk) -> None:
        broken, whole = plan(desk, "Broken", day=1), plan(desk, "Whole", day=2)
        (path,) = (desk.folder / "sessions").glob(f"*/*{broken}.json")
        path.write_bytes(b"\0" * 50)
        session = review(desk)
        assert (session.continues, texts(session)) == ((whole,), ["Whole"])
        opened = start_session(desk.tools, "review", title="Ward move", team="Ward 7")
        (path,) = (desk.folder / "sessions").glob(f"*/*{whole}.json")
        path.write_bytes(b"\0" * 50)
        assert names_of_earlier(desk.tools, opened.record) == {}
        assert "Goes on from" not in rendered(desk.tools, opened.record, "markdown")


class TestFilling:
    """A session out of an answers file goes on from earlier ones as well."""

    def filled(self, desk: Desk, continues: tuple[str, ...] | None = None, **entries: tuple[str, ...]) -> Session:
        given = {step: tuple(EntryAnswer(text=text) for text in said) for step, said in entries.items()}
        answers = SessionAnswers(
            technique="review", title="Ward move", team="Ward 7", entries=given, continues=continues
        )
        return on_disk(desk, fill(desk.tools, answers).id)

    def test_a_step_without_answers_begins_with_what_was_said_before(self, desk: Desk) -> None:
        planned = plan(desk, "By noon", worry="Sam drinks")
        session = self.filled(desk, why=("The list",))
        assert session.continues == (planned,)
        assert [(entry.step, entry.text, entry.session) for entry in session.entries] == [
            ("expected", "By noon", planned),
            ("why", "The list", None),
        ]

    def test_answers_stand_in_its_place(self, desk: Desk) -> None:
        planned = plan(desk, "By noon")
        session = self.filled(desk, expected=("By one",))
        assert (session.continues, texts(session)) == ((planned,), ["By one"])

    def test_it_can_name_them_or_go_on_from_none(self, desk: Desk) -> None:
        plan(desk, "By noon")
        other = plan(desk, "Other", title="Other")
        assert texts(self.filled(desk, (other[:10],))) == ["Other"]
        assert texts(self.filled(desk, ())) == []
        kept = len(desk.records())
        with pytest.raises(NotFound):
            self.filled(desk, ("zzzzzzzz",))
        assert len(desk.records()) == kept


def test_the_reviews_of_the_library_hang_together(desk: Desk) -> None:
    """From the plan before to the review after, and from several reviews to the retrospect."""
    title, team = "Ward move", "Ward 7"
    before = fill(
        desk.tools,
        SessionAnswers(
            technique="before-action-review",
            date=date(2026, 5, 1),
            entries={"intended": (EntryAnswer(text="By noon"),), "measures": (EntryAnswer(text="No bed twice"),)},
            title=title,
            team=team,
        ),
    )
    for day in (2, 3):
        after = SessionAnswers(
            technique="after-action-review",
            date=date(2026, 5, day),
            lessons={"learn": (LessonAnswer(lesson=f"Lesson of {day} May"),)},
            title=title,
            team=team,
        )
        made = fill(desk.tools, after)
        assert isinstance(made, Session)
        assert made.continues[0] == before.id
        assert [entry.text for entry in made.entries] == ["By noon", "No bed twice"]
    retrospect = begin_session(desk.tools, "retrospect", title=title, team=team)
    assert len(retrospect.continues) == 3
    said = [entry.text for entry in retrospect.entries]
    assert said == ["By noon", "Lesson of 2 May", "Lesson of 3 May"]


def test_sessions_of_one_second_are_in_the_order_in_which_they_were_begun(tmp_path: Path) -> None:
    """Behind the second ids are random: lists, and what earlier sessions say, were now and then the other way round."""
    desk = desk_of_kinds(tmp_path)
    falling = (number for number in range(10**6, 0, -1))
    moments = (datetime(2026, 11, 22, 9, microsecond=1000 * each, tzinfo=UTC) for each in range(100))
    ids = IdMaker(seconds=lambda: 1000.0, below=lambda _: next(falling))
    tools = replace(desk.tools, ids=ids, now=lambda: next(moments))
    for title in ("first", "second", "third"):
        start_session(tools, "plan", title=title).close()
    assert [line.title for line in tools.store.records()] == ["third", "second", "first"]
