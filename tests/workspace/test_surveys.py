"""Surveys: nothing but a number until they are closed, nobody twice, nobody late, nothing that one person answered."""

from __future__ import annotations

import json
import statistics
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from kmtui.analysis.scoring import scores_of
from kmtui.model.answers import ResponseAnswers
from kmtui.model.errors import NotFound, StoreError, WrongInput
from kmtui.model.session import Person
from kmtui.model.setup import LeftOut, Objective, SetUp
from kmtui.model.survey import Given, Reading, Refused
from kmtui.workspace.answering import next_person
from kmtui.workspace.assessments import OpenAssessment
from kmtui.workspace.desk import Desk, open_desk
from kmtui.workspace.sessions import start_session
from kmtui.workspace.setups import TeamSetUp
from kmtui.workspace.sharing import document, import_file, rendered
from kmtui.workspace.surveys import (
    Status,
    answer,
    change_survey,
    close_survey,
    columns_of,
    create_survey,
    forget_responses,
    form,
    open_survey,
    read_file,
    status,
    survey,
    take_in,
)
from tests.workspace.making import Said, answered, assessed, on_disk, rating, respond, surveyed

FIVE: list[Said] = [{"agenda": 1}, {"agenda": 2}, {"agenda": 2}, {"agenda": 5}, {"agenda": 4}]


def reading(*people: Said, file: str = "answers.csv") -> Reading:
    """Return what a file with people's answers says, each of them told apart by all its answers."""
    given = tuple(
        Given(row=row, ratings=tuple(rating(*each) for each in said.items()), mark=json.dumps(said, sort_keys=True))
        for row, said in enumerate(people, 2)
    )
    return Reading(file=file, kind="table", given=given)


def test_a_survey_is_an_assessment_with_what_was_agreed_before(small: Desk) -> None:
    setup = SetUp(
        id="0" * 12,
        name="Spring",
        organisation="The Trust",
        on_behalf_of="the ward",
        objectives=(Objective(text="Shorter meetings", criteria=("agenda",)),),
        left_out=(LeftOut(criterion="papers", reason="we have none"),),
        way="group",
    )
    made = create_survey(small.tools, closes=date(2026, 12, 1), setup=TeamSetUp(team="Ward 7", setup=setup))
    found = on_disk(small, made.id)
    assert found == made
    assert (found.way, found.collecting, found.team, found.organisation) == ("survey", True, "Ward 7", "The Trust")
    assert (found.on_behalf_of, found.setup, found.closes) == ("the ward", "Spring", date(2026, 12, 1))
    assert [criterion.id for criterion in found.matrix.criteria] == ["agenda", "minutes"]
    assert (found.left_out[0].name, found.objectives) == ("Papers", setup.objectives)


@pytest.mark.parametrize("team", ["", "  ", "\x1b[31m", "\u202e"])
def test_a_survey_needs_a_team_and_without_one_nothing_is_kept(small: Desk, team: str) -> None:
    with pytest.raises(WrongInput, match="needs a team"):
        create_survey(small.tools, team=team)
    assert small.records() == []


def test_what_is_no_survey_is_told(small: Desk) -> None:
    session = start_session(small.tools, "after-action-review", title="Ward move")
    group = assessed(small, "Ward 7", {})
    for record in (session.record.id, group.record.id):
        for use in (survey, open_survey, status, close_survey):
            with pytest.raises(WrongInput, match="is not a survey"):
                use(small.tools, record)
    with pytest.raises(NotFound):
        status(small.tools, "0" * 12)


def test_while_it_is_open_only_the_number_of_answers_is_told(small: Desk) -> None:
    survey_id = surveyed(small, [])
    before = {form: rendered(small.tools, small.read(survey_id), form) for form in ("markdown", "json", "plan")}
    line = small.records()
    respond(small, survey_id, FIVE)
    assert status(small.tools, survey_id) == Status(answered=5, closed=False)
    after = {form: rendered(small.tools, small.read(survey_id), form) for form in ("markdown", "json", "plan")}
    assert after == before
    assert small.records() == line
    assert small.tools.store.practices() == []
    scores = json.loads(after["json"])["scores"]
    assert all(score["n"] == 0 for score in (scores["whole"], *scores["sections"], *scores["criteria"]))


def test_closing_keeps_what_it_came_to_and_never_again(small: Desk) -> None:
    survey_id = surveyed(small, FIVE)
    closed = close_survey(small.tools, survey_id)
    assert closed == on_disk(small, survey_id)
    assert not closed.collecting
    assert status(small.tools, survey_id) == Status(answered=5, closed=True)
    assert closed.survey is not None
    agenda = closed.survey.spread("agenda")
    assert (agenda.n, agenda.mean, agenda.lowest, agenda.highest) == (5, 2.8, 1, 5)
    assert agenda.bands == {"weak": 3, "fair": 0, "strong": 2}
    with pytest.raises(WrongInput, match="is closed"):
        close_survey(small.tools, survey_id)
    assert on_disk(small, survey_id) == closed


def test_a_survey_that_nobody_answered_can_be_closed(small: Desk) -> None:
    closed = close_survey(small.tools, surveyed(small, []))
    assert scores_of(closed).whole.n == 0
    assert "Nobody" in rendered(small.tools, closed, "markdown")


def test_another_window_does_not_close_it_again(small: Desk, tmp_path: Path) -> None:
    survey_id = surveyed(small, FIVE)
    other = open_desk(small.folder, cache=tmp_path / "other")
    handle = other.tools.store.open(survey_id)
    with pytest.raises(StoreError):
        close_survey(small.tools, survey_id)
    assert on_disk(small, survey_id).collecting
    handle.close()
    close_survey(small.tools, survey_id)


def test_late_answers_are_refused_in_every_way_and_leave_no_trace(small: Desk, tmp_path: Path) -> None:
    survey_id = surveyed(small, FIVE)
    close_survey(small.tools, survey_id)
    file = tmp_path / "late.csv"
    file.write_text("agenda\n1\n", "utf-8")
    before = sorted((path, path.read_bytes()) for path in small.folder.rglob("*.json"))
    for late in (
        lambda: take_in(small.tools, survey_id, [reading({"agenda": 1})]),
        lambda: read_file(small.tools, survey_id, file),
        lambda: answer(small.tools, survey_id, answered(survey_id, {"agenda": 1})),
        lambda: form(small.tools, survey_id, "email"),
    ):
        with pytest.raises(WrongInput, match="is closed"):
            late()
    assert sorted((path, path.read_bytes()) for path in small.folder.rglob("*.json")) == before


def test_a_response_in_the_folder_after_the_closing_changes_nothing(small: Desk) -> None:
    survey_id = surveyed(small, FIVE)
    close_survey(small.tools, survey_id)
    before = everything(small, survey_id)
    (some, *_) = small.tools.store.responses(survey_id)
    small.tools.store.add_response(replace(some, id=small.tools.ids.wholly_random()))  # as a synchronised folder would
    assert everything(small, survey_id) == before
    assert status(small.tools, survey_id).answered == 5


def test_nobody_is_counted_twice(small: Desk) -> None:
    survey_id = surveyed(small, [])
    first = take_in(small.tools, survey_id, [reading({"agenda": 1}, {"agenda": 2})])
    assert (first.read, first.refused) == (2, ())
    again = take_in(small.tools, survey_id, [reading({"agenda": 2}, {"agenda": 3}, {"agenda": 3}, file="more.csv")])
    assert again.read == 1
    assert [(each.file, each.row) for each in again.refused] == [("more.csv", 2), ("more.csv", 4)]
    assert all("is here already" in each.reason and each.whole for each in again.refused)
    assert status(small.tools, survey_id).answered == 3


def test_the_same_answers_may_be_given_in_two_surveys(small: Desk) -> None:
    one, other = surveyed(small, []), surveyed(small, [])
    for survey_id in (one, other):
        assert take_in(small.tools, survey_id, [reading({"agenda": 1})]).read == 1
    store = small.tools.store
    assert store.seen(one).isdisjoint(store.seen(other))  # or one survey would tell who answered the other


def test_a_response_file_of_another_machine_is_taken_once(small: Desk) -> None:
    survey_id = surveyed(small, [])
    given = Given(row=1, ratings=(rating("agenda", 3),), mark="response 1", response_id="0123456789ab")
    one = Reading(file="a.json", kind="response", given=(given,))
    assert take_in(small.tools, survey_id, [one]).read == 1
    renamed = Reading(file="b.json", kind="response", given=(replace(given, mark="another mark"),))
    assert take_in(small.tools, survey_id, [renamed]).read == 0
    assert [each.id for each in small.tools.store.responses(survey_id)] == ["0123456789ab"]


def test_what_the_file_refused_is_told_with_what_is_refused_here(small: Desk) -> None:
    survey_id = surveyed(small, [])
    refused = Refused(file="answers.csv", row=9, reason="99 is no level")
    taken = take_in(small.tools, survey_id, [replace(reading({"agenda": 1}, {"agenda": 1}), refused=(refused,))])
    assert [each.row for each in taken.refused] == [3, 9]


def test_nothing_on_disk_tells_who_or_when_or_in_which_row(small: Desk, tmp_path: Path) -> None:
    survey_id = surveyed(small, [])
    file = tmp_path / "answers.csv"
    rows = "".join(f"2026-11-{day:02},person{day}@example.org,{day % 5 + 1}\n" for day in range(1, 25))
    file.write_text(f"Timestamp,Email,agenda\n{rows}", "utf-8")
    assert take_in(small.tools, survey_id, [read_file(small.tools, survey_id, file)]).read == 24
    kept = b"".join(path.read_bytes() for path in (small.folder / "responses").rglob("*") if path.is_file())
    assert b"example.org" not in kept
    assert b"2026-" not in kept
    said = {each.id: each.rating("agenda").level for each in small.tools.store.responses(survey_id)}
    rows_of_the_file = [day % 5 + 1 for day in range(1, 25)]
    assert sorted(level for level in said.values() if level) == sorted(rows_of_the_file)
    files = list((small.folder / "responses" / survey_id).glob("*.json"))
    written = sorted(files, key=lambda path: path.stat().st_ctime_ns)
    for order in (sorted(files), written):
        assert [said[path.stem] for path in order] != rows_of_the_file


def test_columns_that_are_not_used_are_suggested(small: Desk, tmp_path: Path) -> None:
    survey_id = surveyed(small, [])
    file = tmp_path / "answers.csv"
    file.write_text("Our agendas,Weather\n3,rain\n", "utf-8")
    with pytest.raises(WrongInput):
        read_file(small.tools, survey_id, file)
    columns = columns_of(small.tools, survey_id, file)
    assert [(column.name, column.suggested) for column in columns] == [("Our agendas", "agenda"), ("Weather", None)]
    (given,) = read_file(small.tools, survey_id, file, {"agenda": "Our agendas"}).given
    assert given.ratings[0].level == 3
    assert columns_of(small.tools, survey_id, tmp_path / "none.csv") == ()


@pytest.mark.parametrize("kind", ["email", "paper", "csv", "yaml"])
def test_forms_name_every_criterion_that_is_asked(small: Desk, kind: Any) -> None:
    survey_id = surveyed(small, [])
    words = form(small.tools, survey_id, kind)
    assert all(criterion.name in words for criterion in on_disk(small, survey_id).matrix.criteria)


def test_the_forms_that_come_back_are_read(small: Desk, tmp_path: Path) -> None:
    survey_id = surveyed(small, [])
    mail = tmp_path / "reply.txt"
    mail.write_text(form(small.tools, survey_id, "email").replace("\n1 = ", "\n> 1 = 4 because we talk"), "utf-8")
    table = tmp_path / "table.csv"
    header = form(small.tools, survey_id, "csv").splitlines()[0]
    table.write_text(f"{header}\nporter,2,late,3,,5,\n", "utf-8")
    for file, levels in ((mail, {"agenda": 4}), (table, {"agenda": 2, "papers": 3, "minutes": 5})):
        (given,) = read_file(small.tools, survey_id, file).given
        assert {each.criterion: each.level for each in given.ratings} == levels


def test_more_answers_may_be_asked_for_and_never_fewer(small: Desk) -> None:
    survey_id = surveyed(small, [*FIVE, {"agenda": 3}])
    few = close_survey(small.tools, survey_id, 8)
    assert few.survey is not None
    spread = few.survey.spread("agenda")
    assert (spread.n, spread.mean, spread.sd, spread.bands) == (6, 17 / 6, None, None)
    tiny = close_survey(small.tools, surveyed(small, FIVE[:4]), 1)
    assert tiny.survey is not None
    assert tiny.survey.spread("agenda").bands is None


def everything(desk: Desk, survey_id: str) -> str:
    """Return all that is told of a survey."""
    record = desk.read(survey_id)
    return "\n".join(rendered(desk.tools, record, form) for form in ("markdown", "json", "plan", "board"))


@pytest.mark.parametrize("people", range(5))
def test_below_five_answers_nothing_individual_is_told(small: Desk, people: int) -> None:
    words = "the very words"
    said: list[Said] = [{"agenda": replace(rating("agenda", n + 1), rationale=words)} for n in range(people)]
    survey_id = surveyed(small, said)
    for response in small.tools.store.responses(survey_id):
        small.tools.store.save_response(replace(response, role="the only porter"))
    close_survey(small.tools, survey_id)
    score = json.loads(rendered(small.tools, small.read(survey_id), "json"))["scores"]["criteria"][0]
    assert score["n"] == people
    assert (score["mean"] is not None) is (people >= 3)
    assert [score[name] for name in ("sd", "lowest", "highest", "bands")] == [None] * 4
    told = everything(small, survey_id)
    assert words not in told
    assert "the only porter" not in told


LEVELS: st.SearchStrategy[list[dict[str, int]]] = st.lists(
    st.dictionaries(st.sampled_from(["agenda", "papers", "minutes"]), st.integers(1, 5), min_size=1), max_size=12
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=LEVELS)
def test_scores_are_those_of_the_statistics_module(small: Desk, people: list[dict[str, int]]) -> None:
    closed = close_survey(small.tools, surveyed(small, [{**said} for said in people]))
    scores = document(closed, with_names=False)["scores"]
    means = {}
    for score in scores["criteria"]:
        levels = [said[score["id"]] for said in people if score["id"] in said]
        assert score["n"] == len(levels)
        if len(levels) < 3:
            assert score["mean"] is None
            assert score["rounded"] is score["band"] is None
            continue
        means[score["id"]] = statistics.mean(levels)
        assert score["mean"] == pytest.approx(means[score["id"]])
        nearest = int(score["mean"] + 0.5)
        assert (score["rounded"], score["band"]) == (nearest, ("weak", "weak", "fair", "strong", "strong")[nearest - 1])
        if len(levels) < 5:
            assert [score[name] for name in ("sd", "lowest", "highest", "bands")] == [None] * 4
            continue
        assert score["sd"] == pytest.approx(statistics.stdev(levels))
        assert (score["lowest"], score["highest"]) == (min(levels), max(levels))
        assert sum(score["bands"].values()) == len(levels)
    for section, criteria in zip(scores["sections"], (("agenda", "papers"), ("minutes",)), strict=True):
        shown = [means[each] for each in criteria if each in means]
        assert section["n"] == len(shown)
        assert section["mean"] == (pytest.approx(statistics.mean(shown)) if shown else None)
    assert scores["whole"]["n"] == len(means)


def test_a_group_agrees_levels_after_the_survey_and_both_are_kept(small: Desk) -> None:
    survey_id = surveyed(small, [{"agenda": n, "papers": 3} for n in (1, 2, 2, 5, 4)])
    scores = close_survey(small.tools, survey_id)
    opened = small.open(survey_id)
    assert isinstance(opened, OpenAssessment)
    opened.go("agenda")
    assert opened.spread is not None
    assert opened.spread.mean == 2.8
    opened.rate(level=2, rationale="only some of us")
    opened.finish()
    opened.close()
    told = document(small.read(survey_id), with_names=False)
    assert told["scores"] == document(scores, with_names=False)["scores"]
    assert told["ratings"][0]["level"] == 2
    with pytest.raises(WrongInput, match="is closed"):
        answer(small.tools, survey_id, answered(survey_id, {"agenda": 1}))


def test_roles_are_told_from_five_people_on(small: Desk) -> None:
    survey_id = surveyed(small, [])
    for role in ("Porter", "porter", "Sister", "", "Sister", "Porter", " Porter", "porter"):
        answer(small.tools, survey_id, answered(survey_id, {"agenda": 2}, role))
    closed = close_survey(small.tools, survey_id)
    assert closed.survey is not None
    assert closed.survey.roles == (Person(role="Porter", count=5),)


def test_deleting_a_survey_takes_its_answers_along(small: Desk) -> None:
    """Else the file that was exported before could be imported, opened again and closed with one answer more."""
    survey_id = surveyed(small, FIVE)
    small.delete(survey_id)
    assert small.tools.store.responses(survey_id) == []
    assert not [path for path in (small.folder / "responses").rglob("*") if path.is_file()]
    small.undo_delete()
    assert status(small.tools, survey_id).answered == 5


def test_an_open_survey_can_get_another_title_and_return_date_and_a_closed_one_not(small: Desk) -> None:
    made = create_survey(small.tools, team="Ward 7", title="Spring", closes=date(2026, 12, 1))
    assert change_survey(small.tools, made.id, title=" Autumn\x1b[31m ").title == "Autumn"
    assert on_disk(small, made.id).closes == date(2026, 12, 1)
    changed = change_survey(small.tools, made.id, closes=date(2026, 12, 8))
    assert (on_disk(small, made.id).title, on_disk(small, made.id).closes) == ("Autumn", date(2026, 12, 8))
    assert on_disk(small, made.id) == changed
    assert change_survey(small.tools, made.id, no_date=True).closes is None
    close_survey(small.tools, made.id)
    with pytest.raises(WrongInput, match="is closed"):
        change_survey(small.tools, made.id, title="Winter")


def test_the_generation_before_a_closed_survey_is_closed_as_well(small: Desk) -> None:
    """Else the backup of a damaged file would open it again, and one more answer would be told by subtraction."""
    made = create_survey(small.tools, team="Ward 7")
    respond(small, made.id, FIVE)
    closed = close_survey(small.tools, made.id)
    backups = list(Path(small.tools.store.place).rglob(f"*{made.id}.json.bak"))
    assert len(backups) == 1
    file = backups[0].with_suffix("")
    file.write_bytes(b"damaged")
    small.recover(made.id)
    assert on_disk(small, made.id).survey == closed.survey
    with pytest.raises(WrongInput, match="is closed"):
        answer(small.tools, made.id, ResponseAnswers(survey=made.id))


def test_several_files_are_taken_in_together_and_each_names_its_own(small: Desk) -> None:
    survey_id = surveyed(small, [])
    first, second = reading({"agenda": 1}), reading({"agenda": 1}, {"agenda": 2}, file="more.csv")
    taken = take_in(small.tools, survey_id, [first, second])
    assert taken.read == 2
    assert [(each.file, each.row) for each in taken.refused] == [("more.csv", 2)]


def test_a_survey_in_which_somebody_has_not_handed_in_is_closed_only_when_that_is_meant(small: Desk) -> None:
    survey_id = surveyed(small, FIVE)
    next_person(small.tools, survey_id).rate(level=4)
    with pytest.raises(WrongInput, match="1 person has begun to answer and not handed in"):
        close_survey(small.tools, survey_id)
    assert on_disk(small, survey_id).collecting
    result = close_survey(small.tools, survey_id, leave_unfinished=True).survey
    assert result is not None
    assert result.answered == 5


def test_a_survey_with_a_response_that_cannot_be_read_is_not_closed(small: Desk) -> None:
    survey_id = surveyed(small, FIVE)
    folder = Path(small.tools.store.place) / "responses" / survey_id
    file = sorted(folder.glob("*.json"))[0]
    whole = file.read_bytes()
    for damaged in (b"", whole.replace(b'"level":', b'"level":9')):
        file.write_bytes(damaged)
        fresh = open_desk(small.folder, cache=small.folder.parent / "cache-2")
        with pytest.raises(WrongInput, match=file.name):
            close_survey(fresh.tools, survey_id)
        assert on_disk(small, survey_id).collecting
    file.unlink()
    fresh = open_desk(small.folder, cache=small.folder.parent / "cache-3")
    assert scores_of(close_survey(fresh.tools, survey_id)).criteria[0].n == 4


def test_the_single_answers_of_a_closed_survey_can_be_deleted_and_what_it_came_to_stays(small: Desk) -> None:
    survey_id = surveyed(small, FIVE)
    with pytest.raises(WrongInput, match="is open"):
        forget_responses(small.tools, survey_id)
    closed = close_survey(small.tools, survey_id)
    forget_responses(small.tools, survey_id)
    assert not list((Path(small.tools.store.place) / "responses").rglob("*.json"))
    assert on_disk(small, survey_id).survey == closed.survey
    assert status(small.tools, survey_id).answered == 5


def test_nothing_that_told_responses_apart_is_kept_after_closing(small: Desk) -> None:
    survey_id = surveyed(small, [])
    take_in(small.tools, survey_id, [reading({"agenda": 1}, {"agenda": 2})])
    assert len(small.tools.store.seen(survey_id)) == 2
    close_survey(small.tools, survey_id)
    assert small.tools.store.seen(survey_id) == frozenset()


def test_a_survey_that_was_deleted_does_not_come_back_open(small: Desk, tmp_path: Path) -> None:
    """Closed once more with one answer more, its report and the one before would tell that answer."""
    survey_id = surveyed(small, FIVE)
    export = tmp_path / "open.json"
    export.write_text(rendered(small.tools, on_disk(small, survey_id), "json"), encoding="utf-8")
    close_survey(small.tools, survey_id)
    small.delete(survey_id)
    with pytest.raises(WrongInput, match="was deleted here"):
        import_file(small.tools, export)
