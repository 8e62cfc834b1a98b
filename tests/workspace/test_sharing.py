"""What goes out and comes in again: the same in another workspace, and nothing of people more than was asked for."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from kmtui.model.errors import WrongInput
from kmtui.model.rating import Rating
from kmtui.workspace.desk import Desk, open_desk
from kmtui.workspace.planning import Planning
from kmtui.workspace.sessions import start_session
from kmtui.workspace.setups import TeamSetUp
from kmtui.workspace.sharing import Format, default_export, export, import_file, plan_of, rendered
from kmtui.workspace.surveys import close_survey, create_survey
from tests.hostile import HOSTILE
from tests.workspace.making import Said, assessed, surveyed
from tests.workspace.test_filling import LEFT_OUT

FORMATS: tuple[Format, ...] = ("markdown", "json", "plan", "board")


@pytest.fixture
def other(tmp_path: Path) -> Desk:
    """Another workspace."""
    return open_desk(tmp_path / "other", cache=tmp_path / "cache-other")


def everything(desk: Desk) -> str:
    """Return the id of an assessment in which everything is that an assessment can hold."""
    opened = assessed(desk, "Ward 7", {"agenda": Rating(criterion="", level=2, target=4)}, setup=LEFT_OUT)
    plan = Planning(desk.tools, opened)
    line = plan.toggle("agenda", "list")
    assert line is not None
    plan.put(line.id, owner="Sister", due=date(2026, 12, 1), priority="now", dots=3, effort="low", benefit="high")
    plan.write_own("Ask")
    opened.close()
    return opened.record.id


def copied(desk: Desk, other: Desk, record_id: str) -> None:
    """Assert that a record goes out and comes in again as the same in all its forms."""
    path = desk.folder.parent / "out.json"
    export(desk.tools, desk.read(record_id), "json", path, with_names=True)
    record, here = import_file(other.tools, path)
    assert not here
    assert record.id == record_id
    assert other.show(record_id) == desk.show(record_id)
    for form in FORMATS:
        assert rendered(other.tools, other.read(record_id), form) == rendered(desk.tools, desk.read(record_id), form)
    again = desk.folder.parent / "again.json"
    export(other.tools, other.read(record_id), "json", again, with_names=True)
    assert again.read_bytes() == path.read_bytes()
    assert import_file(desk.tools, again)[1]


def test_an_assessment_with_set_up_and_plan_comes_in_as_it_went_out(small: Desk, other: Desk) -> None:
    copied(small, other, everything(small))


@pytest.mark.parametrize("people", [0, 2, 4, 6])
def test_surveys_come_in_as_they_went_out(small: Desk, other: Desk, people: int) -> None:
    said: list[Said] = [{"agenda": n % 5 + 1, "papers": "dont-know"} for n in range(people)]
    survey_id = surveyed(small, said, closes=date(2026, 12, 1), setup=LEFT_OUT)
    opened = open_desk(small.folder.parent / "other-2", cache=small.folder.parent / "cache-2")
    copied(small, opened, survey_id)
    close_survey(small.tools, survey_id)
    copied(small, other, survey_id)


def test_hostile_words_come_in_as_they_went_out(small: Desk, other: Desk) -> None:
    setup = TeamSetUp(team="Ward 7", setup=LEFT_OUT.setup)
    for text in HOSTILE[::9]:
        made = create_survey(small.tools, team=f"Ward {text}", title=text, organisation=text, setup=setup)
        copied(small, other, made.id)


def test_a_survey_that_was_closed_cannot_be_opened_again_by_a_file(small: Desk) -> None:
    survey_id = surveyed(small, [{"agenda": 2}] * 5)
    close_survey(small.tools, survey_id)
    path = small.folder.parent / "out.json"
    export(small.tools, small.read(survey_id), "json", path)
    reopened = json.loads(path.read_bytes()) | {"closed": None, "survey": None}
    path.write_text(json.dumps(reopened), "utf-8")
    with pytest.raises(WrongInput, match="is here already"):
        import_file(small.tools, path)


def test_plan_and_board_are_of_assessments(small: Desk) -> None:
    session = start_session(small.tools, "after-action-review", title="Ward move").record
    for form in ("plan", "board"):
        with pytest.raises(WrongInput, match="is a session"):
            rendered(small.tools, session, form)
    with pytest.raises(WrongInput, match="is a session"):
        plan_of(session)
    record = small.read(everything(small))
    (first, second) = plan_of(record)["actions"]
    assert (first["action"], first["due"], first["idea"], second["idea"]) == ("Write one", "2026-12-01", False, True)


def test_every_form_has_a_name_of_its_own(small: Desk, tmp_path: Path) -> None:
    record = small.read(everything(small))
    names = {default_export(tmp_path, record, form).name for form in FORMATS}
    assert len(names) == len(FORMATS)
    for form in FORMATS:
        path = default_export(tmp_path, record, form)
        export(small.tools, record, form, path)
        assert path.exists()
        assert default_export(tmp_path, record, form) != path


def test_a_report_says_for_which_criterion_a_session_was_held(small: Desk) -> None:
    plan = Planning(small.tools, assessed(small, "Ward 7", {"agenda": 1}))
    line = plan.toggle("agenda", "list")
    assert line is not None
    session = plan.start(line.id)
    session.finish()
    record = replace(session.record, title="Other")
    assert "Agenda" in rendered(small.tools, record, "markdown")
    assert "Agenda" not in rendered(small.tools, replace(record, assessment="0" * 12), "markdown")
