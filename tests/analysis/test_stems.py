"""Words as they are compared."""

from __future__ import annotations

import pytest

from kmtui.analysis.stems import stem, stems, tokens


@pytest.mark.parametrize(
    "forms",
    [
        "learn learns learned learning learner",
        "leave leaves leaving leaver leavers",
        "plan plans planned planning planner",
        "tell tells telling teller",
        "share shared sharing shares",
        "retire retired retirement retires",
        "evaluate evaluation evaluations evaluating",
        "innovate innovation innovative",
        "try tries tried",
        "story stories",
        "process processes",
        "class classes",
        "quick quickly",
        "agree agrees",
        "proceed proceeds proceeding",
        "happy happily",
    ],
)
def test_forms_of_a_word_have_one_stem(forms: str) -> None:
    assert len({stem(word) for word in forms.split()}) == 1


@pytest.mark.parametrize("words", ["need feed", "thing string", "bus busy", "ward move", "plan plant", "meet meat"])
def test_other_words_have_other_stems(words: str) -> None:
    one, other = words.split()
    assert stem(one) != stem(other)


def test_a_word_without_an_ending_is_left_alone() -> None:
    assert [stem(word) for word in ("bed", "string", "bus", "gas", "is", "ed", "5")] == [
        *("bed", "string", "bus", "gas", "is", "ed", "5")
    ]


def test_words_that_every_text_has_are_left_out() -> None:
    assert tokens("What did we know, and who doesn't? A b c. It's the nurses' ward's") == ("know", "nurses", "ward")
    assert tokens("before during after") == ()
    assert tokens(" \n.,;") == ()


def test_case_and_composition_of_letters_are_all_the_same() -> None:
    assert stems("CAFÉ Straße Nurse’s") == stems("cafe\u0301 STRASSE nurse's") == {"café", "strass", "nurs"}


def test_other_writings_are_words_too() -> None:
    assert tokens("患者さん मूल्य שלום") != ()
