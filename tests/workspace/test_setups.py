"""Set-ups of teams: kept under a name, found again, changed, taken away, and what an assessment takes from them."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from kmtui.model.answers import SetUpAnswers
from kmtui.model.errors import ChangedMeanwhile, NotFound, WrongInput
from kmtui.model.session import Person
from kmtui.model.setup import LeftOut, LocalOption, Objective, SetUp
from kmtui.workspace.assessments import start_assessment
from kmtui.workspace.desk import Desk, open_desk
from kmtui.workspace.planning import Planning
from kmtui.workspace.setups import (
    advance_copy,
    drop_set_up,
    find_set_up,
    keep_answers,
    keep_set_up,
    new_set_up,
    set_ups,
    used_matrix,
)
from tests.hostile import HOSTILE
from tests.workspace.conftest import DATA


def spring(desk: Desk, team: str = "Ward 7", name: str = "Spring") -> SetUp:
    """Keep a set-up with everything in it."""
    made = replace(
        new_set_up(desk.tools, name),
        organisation="The Trust",
        on_behalf_of="the ward",
        people=(Person(role="Sister"),),
        objectives=(Objective(text="Shorter meetings", criteria=("minutes",)),),
        left_out=(LeftOut(criterion="papers", reason="we have none"),),
        options=(LocalOption(criterion="agenda", text="Ask the library", bands=("weak",)),),
        feedback=date(2026, 12, 1),
    )
    return keep_set_up(desk.tools, team, made).setup


def test_a_set_up_is_kept_and_found_by_its_name_in_any_case_or_its_id(small: Desk) -> None:
    kept = spring(small)
    again = open_desk(small.folder, cache=small.folder.parent / "cache-2").tools
    for name in ("Spring", " sPRING ", kept.id, kept.id[:9]):
        found = find_set_up(again, name)
        assert (found.team, found.setup) == ("Ward 7", kept)
    for name in ("Sprin", "", "zzzz"):
        with pytest.raises(NotFound, match=r"Spring \(Ward 7\)"):
            find_set_up(again, name)


def test_the_team_tells_set_ups_of_one_name_apart(small: Desk) -> None:
    first, second = spring(small), spring(small, "Ward 8")
    with pytest.raises(NotFound, match="more than one"):
        find_set_up(small.tools, "Spring")
    assert find_set_up(small.tools, "Spring", "ward  8").setup == second
    assert find_set_up(small.tools, first.id).team == "Ward 7"
    assert find_set_up(small.tools, first.id, "Ward 9").team == "Ward 7"
    with pytest.raises(NotFound):
        find_set_up(small.tools, "Spring", "Ward 9")
    assert [(each.team, each.setup.name) for each in set_ups(small.tools)] == [
        ("Ward 7", "Spring"),
        ("Ward 8", "Spring"),
    ]


def test_a_set_up_does_not_take_the_place_of_another_one_with_its_name(small: Desk) -> None:
    kept = spring(small)
    with pytest.raises(WrongInput, match='Ward 7 has a set-up "Spring" already'):
        keep_set_up(small.tools, " WARD   7 ", new_set_up(small.tools, "spring"))
    assert [each.setup for each in set_ups(small.tools)] == [kept]


def test_with_replacing_it_does_as_a_file_that_is_kept_twice(small: Desk) -> None:
    kept = spring(small)
    again = keep_set_up(small.tools, " WARD   7 ", new_set_up(small.tools, "spring"), replacing=True)
    assert again.setup.id == kept.id
    assert [(each.team, each.setup.name) for each in set_ups(small.tools)] == [("Ward 7", "spring")]


def test_a_set_up_can_go_to_another_team(small: Desk) -> None:
    kept = spring(small)
    keep_set_up(small.tools, "Ward 8", kept)
    assert [(each.team, each.setup.id) for each in set_ups(small.tools)] == [("Ward 8", kept.id)]


def test_taking_it_away_can_be_undone_by_keeping_it(small: Desk) -> None:
    kept = spring(small)
    gone = drop_set_up(small.tools, kept.id)
    assert set_ups(small.tools) == []
    assert small.teams() == []
    with pytest.raises(NotFound):
        drop_set_up(small.tools, kept.id)
    keep_set_up(small.tools, gone.team, gone.setup)
    assert find_set_up(small.tools, "Spring").setup == kept


@pytest.mark.parametrize(("team", "name"), [("", "Spring"), (" ", "Spring"), ("Ward 7", ""), ("Ward 7", "\x1b[2J")])
def test_team_and_name_are_needed(small: Desk, team: str, name: str) -> None:
    with pytest.raises(WrongInput):
        keep_set_up(small.tools, team, new_set_up(small.tools, name))
    assert set_ups(small.tools) == []


def test_one_criterion_has_to_stay(small: Desk) -> None:
    everything = tuple(LeftOut(criterion=each) for each in ("before", "minutes"))
    with pytest.raises(WrongInput, match="Every criterion"):
        keep_set_up(small.tools, "Ward 7", replace(new_set_up(small.tools, "None"), left_out=everything))


def test_what_the_matrix_does_not_have_is_dropped(small: Desk) -> None:
    made = replace(
        new_set_up(small.tools, "Odd"),
        objectives=(Objective(text="A", criteria=("agenda", "nothing")), Objective(text="  ")),
        left_out=(LeftOut(criterion="nothing"), LeftOut(criterion="after", reason="a section")),
        options=(LocalOption(criterion="nothing", text="A"), LocalOption(criterion="agenda", text=" ")),
    )
    kept = keep_set_up(small.tools, "Ward 7", made).setup
    assert kept.objectives == (Objective(text="A", criteria=("agenda",)),)
    assert [(each.criterion, each.reason, each.name) for each in kept.left_out] == [("minutes", "a section", "Minutes")]
    assert kept.options == ()
    assert [criterion.id for criterion in used_matrix(small.tools, kept).criteria] == ["agenda", "papers"]


def test_an_assessment_begins_with_what_was_agreed(small: Desk) -> None:
    found = find_set_up(small.tools, spring(small).name)
    record = start_assessment(small.tools, setup=found).record
    assert (record.team, record.organisation, record.on_behalf_of) == ("Ward 7", "The Trust", "the ward")
    assert (record.setup, record.feedback, record.way) == ("Spring", date(2026, 12, 1), "group")
    assert (record.people, record.objectives) == (found.setup.people, found.setup.objectives)
    assert [criterion.id for criterion in record.matrix.criteria] == ["agenda", "minutes"]
    other = start_assessment(small.tools, team="Ward 9", on_behalf_of="us", setup=found).record
    assert (other.team, other.on_behalf_of, other.organisation) == ("Ward 9", "us", "The Trust")


def test_an_option_of_the_local_service_is_offered_where_it_fits(small: Desk) -> None:
    opened = start_assessment(small.tools, setup=find_set_up(small.tools, spring(small).name))
    opened.go("agenda")
    opened.rate(level=1)
    offers = Planning(small.tools, opened).offers_for("agenda").offers
    assert [offer.option.text for offer in offers] == ["Write one", "Ask the library"]
    opened.rate(level=5)
    assert Planning(small.tools, opened).offers_for("agenda").offers == ()


def test_a_set_up_of_another_matrix(small: Desk, tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        keep_set_up(small.tools, "Ward 7", replace(new_set_up(small.tools, "Odd"), matrix="nothing"))
    shutil.copy(DATA / "matrix-halves.yaml", small.folder / "matrix.yaml")
    desk = open_desk(small.folder, cache=tmp_path / "cache-2")
    kept = keep_set_up(desk.tools, "Ward 7", new_set_up(desk.tools, "Halves"))
    assert start_assessment(desk.tools, setup=kept).record.matrix.id == "halves"
    shipped = keep_set_up(
        desk.tools, "Ward 7", replace(new_set_up(desk.tools, "Ours"), matrix="knowledge-mobilisation")
    )
    assert start_assessment(desk.tools, setup=shipped).record.matrix.id == "knowledge-mobilisation"


def test_two_people_who_change_a_team_at_the_same_time_do_not_overwrite_each_other(small: Desk) -> None:
    spring(small)
    (before,) = small.tools.store.teams()
    spring(small, name="Autumn")
    with pytest.raises(ChangedMeanwhile):
        small.tools.store.save_team(replace(before, setups=()), before)
    assert [each.setup.name for each in set_ups(small.tools)] == ["Autumn", "Spring"]


def test_a_file_says_all_of_it(small: Desk) -> None:
    answers = SetUpAnswers(
        set_up="Spring",
        team="Ward 7",
        organisation="The Trust",
        objectives=(Objective(text="Shorter meetings"),),
        left_out=(LeftOut(criterion="papers"),),
        way="survey",
        feedback=date(2026, 12, 1),
    )
    kept = keep_answers(small.tools, answers).setup
    assert (kept.name, kept.organisation, kept.way, kept.feedback) == (
        "Spring",
        "The Trust",
        "survey",
        date(2026, 12, 1),
    )


def test_the_advance_copy_has_what_is_asked_and_nothing_else(small: Desk) -> None:
    spring(small)
    words = advance_copy(small.tools, find_set_up(small.tools, "Spring"))
    assert "Ward 7" in words
    assert "Everybody knows beforehand what will be decided." in words
    assert "Papers can be read in the time that people have." not in words
    assert "we have none" in words
    assert "Shorter meetings" in words
    assert "1 December 2026" in words


def test_hostile_words_come_back_without_what_steers_a_terminal(small: Desk) -> None:
    for number, text in enumerate(HOSTILE):
        made = replace(
            new_set_up(small.tools, f"{number} {text}"),
            organisation=text,
            on_behalf_of=text,
            objectives=(Objective(text=f"x{text}"),),
            left_out=(LeftOut(criterion="papers", reason=text),),
        )
        kept = keep_set_up(small.tools, f"Team {text}", made)
        assert find_set_up(small.tools, kept.setup.id) == kept
        assert "\x1b" not in advance_copy(small.tools, kept)
        assert "\x1b" not in repr(kept)
