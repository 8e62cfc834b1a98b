"""Set-ups in plain mode: made, changed, taken back, and used."""

from __future__ import annotations

from datetime import date

import pytest

from kmtui.model.errors import StoreError
from kmtui.model.setup import Team
from kmtui.plain.prompts import WrongAnswer
from kmtui.workspace.setups import TeamSetUp, set_ups
from kmtui.workspace.start import Start
from tests.plain.talker import Talker

HOME = Start()
BASICS = "Ward 7\nAutumn\nThe trust\nthe whole team\nsister, 4 porters\n1 Dec\n"
SMALL_ONE = "1\n"
"""The matrix of two criteria, of the two that there are."""


def made(talker: Talker, rest: str = "\n", *, way: str = "") -> str:
    """Make a set-up and type the rest in its menu."""
    return talker.type(f"{talker.menu('Set up a team')}\n1\n{SMALL_ONE}{BASICS}{way}\n{rest}", HOME)


def kept(talker: Talker) -> TeamSetUp:
    """Return the one set-up of the workspace, as it is on disk."""
    (found,) = set_ups(talker.desk.tools)
    return found


def test_a_set_up_is_kept_with_everything_that_was_said(small: Talker) -> None:
    out = made(small, "3\nMove patients on time\n1 2\nLess waiting\n\n\n4\n2\nNot our work\n\n")
    found = kept(small)
    setup = found.setup
    assert (found.team, setup.name, setup.organisation, setup.matrix) == ("Ward 7", "Autumn", "The trust", "small")
    assert (setup.on_behalf_of, setup.feedback, setup.way) == ("the whole team", date(2026, 12, 1), "group")
    assert [(person.role, person.count) for person in setup.people] == [("sister", 1), ("porters", 4)]
    assert [(each.text, each.criteria) for each in setup.objectives] == [
        ("Move patients on time", ("first", "second")),
        ("Less waiting", ()),
    ]
    assert [(each.criterion, each.reason) for each in setup.left_out] == [("second", "Not our work")]
    assert "Saved." in out
    assert small.code == 0


def test_what_the_local_service_offers_is_kept_with_technique_and_bands(small: Talker) -> None:
    made(small, "5\n1\nCall the library\nLibrary\nafter action review\n1\n\n")
    (option,) = kept(small).setup.options
    assert (option.criterion, option.text, option.service) == ("first", "Call the library", "Library")
    assert (option.technique, option.bands) == ("after-action-review", ("low",))


def test_what_is_left_out_can_be_taken_in_again_but_never_everything(small: Talker) -> None:
    made(small, "4\n2\nWhy not\n2\n")
    assert kept(small).setup.left_out == ()
    with pytest.raises(WrongAnswer, match=r"^setup\.leave: Every criterion"):
        small.type(f"{small.menu('Set up a team')}\n2\n4\nsection 1\n", HOME)
    assert kept(small).setup.left_out == ()


def test_a_second_one_with_the_same_name_takes_nothing_away(small: Talker) -> None:
    made(small, "3\nMove patients on time\n\n\n")
    out = made(small, "2\n\nautumn\n\n\n\n\n\n")
    assert "This one is called Autumn 2." in out
    assert [each.setup.name for each in set_ups(small.desk.tools)] == ["Autumn", "autumn 2"]
    assert len(set_ups(small.desk.tools)[0].setup.objectives) == 1


def test_a_full_disk_keeps_what_was_typed_until_it_can_be_written(
    small: Talker, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, full = small.desk.tools.store, [True]
    save = store.save_team

    def saving(team: Team, before: Team | None) -> None:
        if full[0]:
            raise StoreError("The disk is full.")
        save(team, before)

    monkeypatch.setattr(store, "save_team", saving)
    typed = f"\n{small.menu('Set up a team')}\n1\n{SMALL_ONE}{BASICS}group\nagain\n\n"
    out = small.type(typed, HOME, terminal=True, before={"again": lambda: full.__setitem__(0, False)})
    assert out.count("Error: The disk is full. What you typed is kept here.") == 1
    assert kept(small).setup.organisation == "The trust"


def test_goals_can_be_changed(small: Talker) -> None:
    made(small, "3\nOne\n1\nTwo\n\nedit 1\nFirst of all\n\nedit 2\n\n2\n")
    goals = kept(small).setup.objectives
    assert [(each.text, each.criteria) for each in goals] == [("First of all", ("first",)), ("Two", ("second",))]


def test_goals_can_be_removed(small: Talker) -> None:
    made(small, "3\nOne\n\nTwo\n\nremove 1\n")
    assert [each.text for each in kept(small).setup.objectives] == ["Two"]


def test_the_end_of_the_input_in_the_middle_keeps_what_was_typed(small: Talker) -> None:
    small.type(f"{small.menu('Set up a team')}\n1\n{SMALL_ONE}Ward 7\n\nThe trust\n", HOME)
    assert (kept(small).setup.name, kept(small).setup.organisation) == ("Ward 7", "The trust")
    assert small.code == 3


def test_it_is_changed_and_each_change_can_be_undone(small: Talker) -> None:
    out = made(small, "2\n\n\n-\n\n\n\nsurvey\nundo\n")
    assert kept(small).setup.organisation == "The trust"
    assert kept(small).setup.way == "group"
    assert "Saved. As it was: Autumn" in out
    small.type(f"{small.menu('Set up a team')}\n2\n2\n\n\n-\n\n\n\nsurvey\n", HOME)
    assert (kept(small).setup.organisation, kept(small).setup.way) == ("", "survey")


def test_after_an_undo_a_further_change_rests_on_what_is_there(small: Talker) -> None:
    made(small, "3\nOne\n\n\nundo\n2\n\n\nAnother\n\n\n\n\n")
    assert kept(small).setup.objectives == ()
    assert kept(small).setup.organisation == "Another"


def test_a_new_one_can_be_undone_and_a_removed_one_brought_back(small: Talker) -> None:
    made(small, "undo\n")
    assert set_ups(small.desk.tools) == []
    out = made(small, "7\nundo\n")
    assert kept(small).setup.name == "Autumn"
    assert "Removed: Autumn" in out
    small.type(f"{small.menu('Set up a team')}\n2\n7\n", HOME)
    assert set_ups(small.desk.tools) == []


def test_the_advance_copy_is_written_to_a_file(small: Talker) -> None:
    made(small, "6\n")
    (file,) = small.desk.exports.iterdir()
    assert "We do first things first" in file.read_text(encoding="utf-8")


def test_it_begins_the_assessment_of_its_team(small: Talker) -> None:
    out = made(small, "3\nMove patients on time\n1\n\n4\n2\nNot our work\n\n1\n\n2\n")
    assessment = small.assessment
    assert (assessment.team, assessment.setup, assessment.organisation) == ("Ward 7", "Autumn", "The trust")
    assert [each.id for each in assessment.matrix.criteria] == ["first"]
    assert "Goal of the team: Move patients on time" in out
    assert "Left out: Second things: Not our work" in out
    assert assessment.rating("first").level == 2


def test_it_begins_the_survey_where_it_says_so(small: Talker) -> None:
    out = made(small, "1\nOctober\n1 Dec\n", way="survey")
    assert "Begin the survey" in out
    assert (small.assessment.team, small.assessment.title, small.assessment.way) == ("Ward 7", "October", "survey")
    assert small.assessment.closes == date(2026, 12, 1)


def test_a_command_can_name_the_set_up(small: Talker) -> None:
    made(small)
    small.type("\n1\n", Start(kind="assessment", setup="autumn"))
    assert (small.assessment.team, small.assessment.on_behalf_of) == ("Ward 7", "the whole team")


def test_a_wrong_day_from_a_pipe_names_its_question(small: Talker) -> None:
    with pytest.raises(WrongAnswer, match=r"^setup\.feedback: "):
        small.type(f"{small.menu('Set up a team')}\n1\n{SMALL_ONE}W\n\n\n\n\nsoonish\n", HOME)
