"""Invitations: who is asked, about what, and how to begin; as plain text."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from kmtui.model.session import Grouping, Person, Session
from kmtui.report.invitations import invitations
from kmtui.text import clean, one_line
from tests.hostile import HOSTILE
from tests.report.every_kind import EMPTY, PAIRS, TECHNIQUE, WHOLE

ONE_ROUND = replace(WHOLE, groups=(Grouping(step="pairs", rounds=((("Jo Smith", "Amina Khan"),),)),))


def test_each_group_of_each_round_is_invited_in_its_order() -> None:
    found = invitations(WHOLE)
    assert [text.split("\n")[0] for text in found] == [
        "To: Jo Smith (Surgery, North), porter 2",
        "To: Amina Khan (South), porter 1, Sam Late",
        "To: porter 1, Jo Smith (Surgery, North), Sam Late",
        "To: porter 2, Amina Khan (South)",
    ]
    assert [text.split("\n")[1] for text in found] == ["About: Winter, round 1"] * 2 + ["About: Winter, round 2"] * 2


def test_an_invitation_is_whole() -> None:
    assert invitations(ONE_ROUND) == (
        "To: Jo Smith (Surgery, North), Amina Khan (South)\n"
        "About: Winter\n"
        "\n"
        "Have a coffee.\n"
        "\n"
        "To begin with, if you like:\n"
        "- What went well?\n"
        "\n"
        "Drawn on 20 November 2026.",
    )


def test_what_the_technique_does_not_say_is_left_out() -> None:
    bare = replace(PAIRS, invite="", starters=())
    session = replace(ONE_ROUND, title="", technique=replace(TECHNIQUE, steps=(bare,)))
    assert invitations(session) == (
        "To: Jo Smith (Surgery, North), Amina Khan (South)\nAbout: Every kind\n\nDrawn on 20 November 2026.",
    )


def test_several_steps_of_groups_are_invited_one_after_the_other() -> None:
    tables = replace(PAIRS, id="tables", invite="Sit down.")
    session = replace(
        ONE_ROUND,
        technique=replace(TECHNIQUE, steps=(tables, *TECHNIQUE.steps)),
        groups=(*ONE_ROUND.groups, Grouping(step="tables", rounds=((("A", "B"),),))),
    )
    first, second = invitations(session)
    assert (first.split("\n")[0], "Sit down." in first) == ("To: A, B", True)
    assert second == invitations(ONE_ROUND)[0]


def test_without_groups_there_is_nobody_to_invite() -> None:
    assert invitations(EMPTY) == ()
    assert invitations(replace(EMPTY, groups=(Grouping(step="pairs", rounds=(), told=("Nobody.",)),))) == ()


def test_the_place_stands_behind_a_name_once_and_behind_a_role() -> None:
    people = (
        Person(role="", name="Amina", department="Pharmacy", site="North"),
        Person(role="", name="Amina", site="South"),
        Person(role="Porter", department="Transport"),
    )
    labels = ("Amina (Pharmacy, North)", "Amina (South)", "Porter")
    session = replace(ONE_ROUND, people=people, groups=(Grouping(step="pairs", rounds=((labels,),)),))
    assert first_line(session) == "To: Amina (Pharmacy, North), Amina (South), Porter (Transport)"
    assert first_line(session, with_names=False) == (
        "To: Person 1 (Pharmacy, North), Person 2 (South), Porter (Transport)"
    )


def first_line(session: Session, *, with_names: bool = True) -> str:
    return invitations(session, with_names=with_names)[0].split("\n")[0]


def test_a_name_that_is_somebody_elses_role_gets_no_place_of_theirs() -> None:
    people = (Person(role="Porter", name="Jo", site="North"), Person(role="", name="Porter"))
    session = replace(ONE_ROUND, people=people, groups=(Grouping(step="pairs", rounds=((("Jo", "Porter"),),)),))
    assert first_line(session) == "To: Jo (North), Porter"


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_texts_stay_on_their_lines(text: str) -> None:
    step = replace(PAIRS, invite=text or "x", starters=(text,))
    session = replace(
        ONE_ROUND,
        title=text,
        technique=replace(TECHNIQUE, steps=(step,), name=text),
        people=(Person(role=text, name=text, department=text, site=text),),
        groups=(Grouping(step="pairs", rounds=(((text, "Jo"),),), told=(text,)),),
    )
    for with_names in (True, False):
        (found,) = invitations(session, with_names=with_names)
        assert found == clean(found)
        assert len(found.split("\n")) == 9
        assert f"- {one_line(text)}" in found
