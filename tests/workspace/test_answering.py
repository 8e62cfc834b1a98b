"""One person answers on this machine: alone, with every answer on disk, and never to be read by the next one."""

from __future__ import annotations

import pytest

from kmtui.model.errors import NotFound, WrongInput
from kmtui.workspace.answering import go_on, next_person
from kmtui.workspace.desk import Desk, open_desk
from kmtui.workspace.surveys import close_survey, status
from tests.workspace.making import surveyed


def test_nothing_is_on_disk_before_the_first_answer(small: Desk) -> None:
    survey_id = surveyed(small, [])
    person = next_person(small.tools, survey_id)
    assert person.position == (1, 3)
    person.forward()
    assert small.tools.store.responses(survey_id) == []
    person.rate(level=3)
    assert [each.rating("papers").level for each in small.tools.store.responses(survey_id)] == [3]


def test_only_what_is_handed_in_is_counted(small: Desk) -> None:
    survey_id = surveyed(small, [])
    person = next_person(small.tools, survey_id)
    person.say_role("  Porter \x1b[31m ")
    person.rate(level=2, rationale=" late\x1b[2J ")
    assert (status(small.tools, survey_id).answered, status(small.tools, survey_id).unfinished) == (0, 1)
    person.finish()
    assert (status(small.tools, survey_id).answered, status(small.tools, survey_id).unfinished) == (1, 0)
    (kept,) = small.tools.store.responses(survey_id)
    assert (kept.role, kept.rating("agenda").rationale, kept.finished) == ("Porter", "late", True)


def test_the_walk_goes_forward_and_back_and_ends_at_the_ends(small: Desk) -> None:
    person = next_person(small.tools, surveyed(small, []))
    assert not person.back()
    assert person.forward()
    assert person.forward()
    assert not person.forward()
    assert person.criterion.id == "minutes"
    assert person.back()
    assert person.position == (2, 3)


def test_a_level_takes_a_skip_away_and_the_other_way_round(small: Desk) -> None:
    person = next_person(small.tools, surveyed(small, []))
    person.rate(skip="dont-know", rationale="new here")
    person.rate(level=4)
    assert (person.rating.level, person.rating.skip, person.rating.rationale) == (4, None, "new here")
    person.rate(skip="dont-know")
    assert (person.rating.level, person.rating.skip) == (None, "dont-know")


@pytest.mark.parametrize("level", [0, 6, 2.5, -1])
def test_a_level_off_the_scale_is_refused_and_what_was_said_stays(small: Desk, level: float) -> None:
    person = next_person(small.tools, surveyed(small, []))
    person.rate(level=4)
    with pytest.raises(WrongInput):
        person.rate(level=level)
    assert person.rating.level == 4


def test_an_answer_may_be_taken_away_again(small: Desk) -> None:
    survey_id = surveyed(small, [])
    person = next_person(small.tools, survey_id)
    person.rate(level=4)
    person.rate(level=None)
    assert small.tools.store.responses(survey_id)[0].ratings == ()
    with pytest.raises(WrongInput, match="Nothing is answered"):
        person.finish()


def test_what_was_begun_is_gone_on_with_where_it_was_left(small: Desk) -> None:
    survey_id = surveyed(small, [])
    person = next_person(small.tools, survey_id)
    person.rate(level=4)
    again = open_desk(small.folder, cache=small.folder.parent / "cache-2")
    back = go_on(again.tools, survey_id, person.code.upper())
    assert (back.criterion.id, back.response.rating("agenda").level) == ("papers", 4)
    back.rate(level=2)
    back.finish()
    with pytest.raises(NotFound, match="have this code"):
        go_on(again.tools, survey_id, person.code)
    assert len(again.tools.store.responses(survey_id)) == 1


def test_the_next_person_sees_nothing_of_the_one_before(small: Desk) -> None:
    survey_id = surveyed(small, [])
    first = next_person(small.tools, survey_id)
    first.rate(level=4, rationale="words")
    first.finish()
    second = next_person(small.tools, survey_id)
    assert (second.rating.level, second.rating.rationale, second.response.ratings) == (None, "", ())
    assert second.response.id != first.response.id


def test_what_was_handed_in_cannot_be_changed(small: Desk) -> None:
    survey_id = surveyed(small, [])
    person = next_person(small.tools, survey_id)
    person.rate(level=4)
    person.finish()
    with pytest.raises(WrongInput, match="handed in"):
        person.rate(level=1)
    with pytest.raises(WrongInput, match="handed in"):
        person.say_role("x")
    with pytest.raises(WrongInput, match="handed in"):
        person.finish()
    assert small.tools.store.responses(survey_id)[0].rating("agenda").level == 4


def test_a_survey_that_is_closed_meanwhile_takes_nothing_more(small: Desk) -> None:
    survey_id = surveyed(small, [])
    person = next_person(small.tools, survey_id)
    person.rate(level=4)
    closed = close_survey(small.tools, survey_id, leave_unfinished=True)
    assert closed.survey is not None
    assert closed.survey.answered == 0
    with pytest.raises(WrongInput, match="is closed"):
        person.finish()
    assert status(small.tools, survey_id).answered == 0
    with pytest.raises(WrongInput, match="is closed"):
        next_person(small.tools, survey_id)
    with pytest.raises(WrongInput, match="is closed"):
        go_on(small.tools, survey_id, person.code)


@pytest.mark.parametrize("length", [0, 1, 5])
def test_nobody_goes_on_with_answers_by_guessing_a_part_of_the_code(small: Desk, length: int) -> None:
    survey_id = surveyed(small, [])
    person = next_person(small.tools, survey_id)
    person.rate(level=4)
    with pytest.raises(NotFound, match="have this code"):
        go_on(small.tools, survey_id, person.code[:length])
