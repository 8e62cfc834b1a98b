"""The specialist's own numbers, counted from a real workspace."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from kmtui.flow.typed import parse_people
from kmtui.model.answers import ActionAnswer, LessonAnswer, SessionAnswers
from kmtui.model.errors import NotFound, WrongInput
from kmtui.model.events import Event
from kmtui.model.lesson import KeptLesson
from kmtui.model.numbers import Numbers, Period
from kmtui.model.session import Session
from kmtui.store.files import FileStore
from kmtui.workspace.counting import count, local_day, numbers_json, numbers_report, since
from kmtui.workspace.desk import Desk
from kmtui.workspace.filling import fill
from kmtui.workspace.planning import Planning
from kmtui.workspace.register import say
from kmtui.workspace.sessions import start_session
from kmtui.workspace.sharing import own_copy
from kmtui.workspace.surveys import close_survey
from tests.workspace.kinds import desk_of_kinds
from tests.workspace.making import assessed, on_day, surveyed

FIRST, LAST, TODAY = date(2026, 1, 1), date(2026, 3, 31), date(2026, 11, 22)


def moment(day: date) -> datetime:
    """Return noon of a day where this machine is."""
    return datetime(day.year, day.month, day.day, 12).astimezone(UTC)


class Clock:
    """A day that tests set."""

    def __init__(self, day: date) -> None:
        self.day = day

    def now(self) -> datetime:
        """Return noon of the day."""
        return moment(self.day)


def with_clock(desk: Desk, cache: Path) -> tuple[Desk, Clock]:
    """Return a desk whose events happen on the day of a clock."""
    clock = Clock(TODAY)
    store = FileStore(desk.folder, cache, now=clock.now)
    return Desk(replace(desk.tools, store=store, now=clock.now, today=lambda: TODAY), desk.folder), clock


@pytest.fixture
def clock_and_desk(tmp_path: Path) -> tuple[Desk, Clock]:
    """A desk of the techniques of the tests."""
    return with_clock(desk_of_kinds(tmp_path), tmp_path / "cache")


@pytest.fixture
def meetings(small: Desk, tmp_path: Path) -> tuple[Desk, Clock]:
    """A desk of the small matrix."""
    return with_clock(small, tmp_path / "cache")


def run(
    desk: Desk,
    day: date,
    team: str = "Ward 7",
    people: str = "sister, 3 porters",
    lessons: tuple[LessonAnswer, ...] = (),
    actions: tuple[ActionAnswer, ...] = (),
) -> Session:
    """Run a session of a day, and return it as it was kept."""
    answers = SessionAnswers(
        technique="kinds",
        team=team,
        date=day,
        people=parse_people(people),
        lessons={"learn": lessons} if lessons else {},
        actions={"act": actions} if actions else {},
    )
    record = fill(desk.tools, answers)
    assert isinstance(record, Session)
    return record


def take(desk: Desk, lesson_id: str, day: date, team: str) -> None:
    """Take a lesson along into a session of a day."""
    opened = start_session(on_day(desk, day).tools, "kinds", team=team)
    opened.go("help")
    opened.add_entry("As last time", lesson=lesson_id)
    opened.finish()
    opened.close()


def quarter(desk: Desk, team: str = "") -> Numbers:
    return count(desk.tools, FIRST, LAST, team)


def test_an_empty_workspace_has_no_numbers_and_nothing_is_written(tmp_path: Path) -> None:
    desk, _ = with_clock(Desk(desk_of_kinds(tmp_path).tools, tmp_path / "nothing"), tmp_path / "cache")
    found = quarter(desk)
    assert (found.period, found.teams) == (Period(first=FIRST, last=LAST), ())
    assert not any(value for value in numbers_json(found)["lessons"].values())
    assert not (tmp_path / "nothing").exists()


def test_sessions_people_and_lessons_are_counted_by_team(clock_and_desk: tuple[Desk, Clock]) -> None:
    desk, _ = clock_and_desk
    keep = LessonAnswer(lesson="The kitchen knew", keep_or_change="keep")
    run(desk, date(2025, 12, 31), lessons=(LessonAnswer(lesson="Too early"),))
    run(desk, FIRST, lessons=(keep, LessonAnswer(lesson="Tell the porters")))
    run(desk, LAST, "Ward 8", "5 nurses")
    run(desk, date(2026, 4, 1), "Ward 8", "50 nurses")
    found = quarter(desk)
    total = found.total
    assert (total.sessions, total.people_reached, total.lessons_captured) == (2, 9, 2)
    assert [(each.team, each.tally.sessions, each.tally.people_reached) for each in found.teams] == [
        ("Ward 7", 1, 4),
        ("Ward 8", 1, 5),
    ]
    assert found.techniques == (("Kinds", 2),)


def test_lessons_to_keep_are_told_apart(clock_and_desk: tuple[Desk, Clock]) -> None:
    desk, _ = clock_and_desk
    keep = LessonAnswer(lesson="The kitchen knew", keep_or_change="keep")
    run(desk, FIRST, lessons=(keep, LessonAnswer(lesson="Tell the porters")))
    assert quarter(desk).total.lessons_keep == 1


def test_a_lesson_that_was_imported_is_not_captured_here_and_what_becomes_of_it_counts(
    clock_and_desk: tuple[Desk, Clock],
) -> None:
    desk, clock = clock_and_desk
    imported = KeptLesson(
        id="1ngqb716cqvf", created=moment(FIRST), changed=moment(FIRST), date=FIRST, lesson="Elsewhere", team="Ward 7"
    )
    desk.tools.store.register.add([imported])
    clock.day = FIRST
    say(desk.tools, imported.id, state="applied", note="Here as well.")
    total = quarter(desk, "Ward 7").total
    assert (total.lessons_captured, total.lessons_applied) == (0, 1)


def test_the_life_of_a_lesson_counts_when_it_happens(clock_and_desk: tuple[Desk, Clock]) -> None:
    desk, clock = clock_and_desk
    (lesson,) = run(desk, date(2025, 6, 1), lessons=(LessonAnswer(lesson="Tell the porters"),)).lessons
    for day, state in ((date(2025, 7, 1), "agreed"), (FIRST, "applied"), (date(2026, 4, 1), "retired")):
        clock.day = day
        say(desk.tools, lesson.id, state=state, note="The list goes out by six.")
    total = quarter(desk).total
    assert (total.lessons_captured, total.lessons_agreed, total.lessons_applied, total.lessons_retired) == (0, 0, 1, 0)
    assert count(desk.tools, date(2025, 4, 1), date(2025, 12, 31)).total.lessons_agreed == 1


def test_a_lesson_is_taken_along_by_the_team_that_uses_it(clock_and_desk: tuple[Desk, Clock]) -> None:
    desk, _ = clock_and_desk
    (lesson,) = run(desk, date(2025, 6, 1), lessons=(LessonAnswer(lesson="Tell the porters"),)).lessons
    for day, team in ((FIRST, "Ward 8"), (LAST, "Ward 8"), (date(2026, 4, 1), "Ward 9")):
        take(desk, lesson.id, day, team)
    found = quarter(desk)
    assert (found.total.lessons_reused, found.total.uses) == (1, 2)
    assert [(each.team, each.tally.uses) for each in found.teams] == [("Ward 8", 2)]


def test_actions_are_closed_on_the_day_on_which_somebody_says_so(clock_and_desk: tuple[Desk, Clock]) -> None:
    desk, clock = clock_and_desk
    answers = tuple(
        ActionAnswer(action=name, owner="Sister", due=due, state="done" if name == "written" else "open")
        for name, due in (
            ("in time", LAST),
            ("late", date(2026, 2, 1)),
            ("no day", None),
            ("dropped", LAST),
            ("after", date(2026, 3, 1)),
            ("again open", date(2026, 3, 1)),
            ("written", LAST),
        )
    )
    actions = {each.action: each.id for each in run(desk, FIRST, actions=answers).actions}
    clock.day = date(2026, 2, 10)
    for name in ("in time", "late", "no day", "again open"):
        desk.follow_up(actions[name], state="done")
    desk.follow_up(actions["dropped"], state="dropped")
    clock.day = date(2026, 4, 1)
    desk.follow_up(actions["in time"], note="Went well")
    desk.follow_up(actions["after"], state="done")
    desk.follow_up(actions["again open"], state="open")
    total = quarter(desk).total
    assert (total.actions_agreed, total.actions_closed, total.actions_dropped) == (7, 3, 1)
    how = (total.actions_closed_on_time, total.actions_closed_late, total.actions_closed_without_a_day)
    assert how == (1, 1, 1)
    assert total.actions_overdue == 2
    later = count(desk.tools, date(2026, 4, 1), date(2026, 6, 30)).total
    assert (later.actions_agreed, later.actions_closed, later.actions_overdue) == (0, 1, 1)


def test_ideas_of_a_plan_are_no_actions_until_somebody_owns_them(meetings: tuple[Desk, Clock]) -> None:
    desk, _ = meetings
    opened = assessed(on_day(desk, FIRST), "Ward 7", {"agenda": 2})
    plan = Planning(desk.tools, opened)
    idea, action = plan.write_own("Walk round", "agenda"), plan.write_own("Write one", "agenda")
    plan.put(action.id, owner="Sister", due=LAST)
    opened.finish()
    opened.close()
    assert quarter(desk).total.actions_agreed == 1
    desk.follow_up(idea.id, owner="Porter", due=LAST)
    assert quarter(desk).total.actions_agreed == 2


def test_criteria_move_and_a_survey_reaches_those_who_answered(meetings: tuple[Desk, Clock]) -> None:
    desk, _ = meetings
    for day, level in ((date(2025, 2, 1), 2), (FIRST, 4)):
        opened = assessed(on_day(desk, day), "Ward 7", {"agenda": level, "papers": 3})
        opened.finish()
        opened.close()
    survey = surveyed(on_day(desk, LAST), [{"agenda": level} for level in (1, 2, 2, 5, 4)], team="Ward 9")
    assert quarter(desk).total.assessments == 1
    close_survey(desk.tools, survey)
    total = quarter(desk).total
    assert (total.assessments, total.people_reached) == (2, 5)
    assert (total.criteria_moved_up, total.criteria_moved_down, total.criteria_same) == (1, 0, 1)
    (move,) = total.moved
    assert (move.team, move.criterion_name, move.before, move.after) == ("Ward 7", "Agenda", 2, 4)
    assert quarter(desk, "ward 9").total.moves == ()


def test_a_session_that_went_on_in_a_copy_counts_once(clock_and_desk: tuple[Desk, Clock]) -> None:
    desk, _ = clock_and_desk
    record = run(desk, FIRST, lessons=(LessonAnswer(lesson="One"),), actions=(ActionAnswer(action="Do it"),))
    copy = replace(own_copy(record, desk.tools.ids), changed=record.changed + timedelta(minutes=1))
    desk.tools.store.create(copy).close()
    total = quarter(desk).total
    assert (total.sessions, total.lessons_captured, total.actions_agreed, total.people_reached) == (1, 1, 1, 4)


def test_a_period_ends_today_and_begins_with_the_financial_year(clock_and_desk: tuple[Desk, Clock]) -> None:
    desk, _ = clock_and_desk
    assert count(desk.tools).period == Period(first=date(2026, 4, 1), last=TODAY)
    assert count(desk.tools, FIRST, date(2027, 3, 31)).period == Period(first=FIRST, last=TODAY)
    with pytest.raises(WrongInput, match="31 March 2026 comes after 1 January 2026"):
        count(desk.tools, LAST, FIRST)


def test_a_team_that_nobody_knows_is_told(clock_and_desk: tuple[Desk, Clock]) -> None:
    desk, _ = clock_and_desk
    run(desk, date(2025, 6, 1))
    assert quarter(desk, " ward  7").team == "ward 7"
    with pytest.raises(NotFound, match=r'Nothing here is of the team "Ward 77"\. kmtui list teams shows'):
        quarter(desk, "Ward 77")


def test_numbers_are_given_as_data_and_as_a_page(clock_and_desk: tuple[Desk, Clock]) -> None:
    desk, _ = clock_and_desk
    run(desk, FIRST)
    found = quarter(desk)
    assert (numbers_json(found)["from"], numbers_json(found)["people"]) == ("2026-01-01", 4)
    assert "one session with four people" in numbers_report(found)


def event(number: int, **change: str | None) -> Event:
    return Event(
        id=str(number),
        about="a",
        at=moment(FIRST) + timedelta(days=number),
        process="p",
        sequence=number,
        change=dict(change),
    )


def test_a_state_is_held_since_it_was_said_first_and_not_taken_back() -> None:
    done, noted, again = event(1, state="done"), event(2, note="Well"), event(3, state="done")
    assert since("done", [done, noted, again]) == done.at
    assert since("done", [done, event(2, state="open"), again]) == again.at
    assert since("done", [noted]) is None
    assert since("done", []) is None
    assert since("dropped", [done, event(2, state="dropped")]) == event(2).at


def test_the_day_of_a_moment_is_the_day_here() -> None:
    for hour in (0, 12, 23):
        here = datetime(2026, 7, 1, hour, 30).astimezone()
        assert local_day(here.astimezone(UTC)) == date(2026, 7, 1)
