"""Which technique: what fits comes first, what does not quite fit says so, and what does not fit is left out."""

from __future__ import annotations

import re
from typing import Any

import pytest

from kmtui.analysis.suggesting import MOST, matches, suggest
from kmtui.model.technique import Brief, Span, Technique, Variant, VariantStep
from tests.hostile import HOSTILE


def card(
    id_: str = "talk", minutes: tuple[int, int] = (15, 60), people: tuple[int, int] = (2, 12), **more: Any
) -> Technique:
    """Return a technique with one step of the least minutes."""
    given: dict[str, Any] = {"phase": "during", "name": id_.capitalize(), "about": "", **more}
    return Technique(
        id=id_,
        version="1",
        minutes=Span(least=minutes[0], most=minutes[1]),
        people=Span(least=people[0], most=people[1]),
        steps=given.pop("steps", (Brief(id="one", title="One", minutes=minutes[0]),)),
        **given,
    )


def form(name: str, minutes: float) -> Variant:
    """Return a form that takes so many minutes."""
    return Variant(id=name.lower(), name=name, steps=(VariantStep(id="one", minutes=minutes),))


def ids(*techniques: Technique, **asked: Any) -> list[str]:
    """Return the ids of what is suggested, in its order."""
    return [each.id for each in suggest(techniques, **asked)]


def why(technique: Technique, **asked: Any) -> str:
    """Return the reason for the only technique there is."""
    (found,) = suggest([technique], **asked)
    return found.why


def test_the_reason_names_what_fits() -> None:
    review = card(
        "review",
        (15, 30),
        phase="before",
        name="Before Action Review",
        use_when=("A piece of work is about to start, and there is still time to change the plan.",),
    )
    (found,) = suggest([review], phase="before", people=8, minutes=30)
    assert (found.id, found.name) == ("review", "Before Action Review")
    assert found.why == (
        "Before the work starts. Takes 15 to 30 minutes and suits 2 to 12 people. "
        "Good when: a piece of work is about to start, and there is still time to change the plan."
    )


def test_never_more_than_three_are_suggested() -> None:
    many = [card(f"t{number}") for number in range(9)]
    assert len(suggest(many)) == len(suggest(many, phase="during", people=5, minutes=30)) == MOST == 3
    assert suggest([]) == ()


def test_only_those_of_the_phase_are_suggested() -> None:
    cards = card("a", phase="before"), card("b", phase="during"), card("c", phase="after")
    assert ids(*cards, phase="after") == ["c"]
    assert ids(*cards[:2], phase="after") == []
    assert why(cards[2]).startswith("After the work has ended.")
    assert why(cards[1]).startswith("While the work goes on.")


# People


def test_too_many_people_come_later_and_are_told_to_split() -> None:
    assert ids(card("small", people=(2, 12)), card("large", people=(12, 50)), people=20) == ["large", "small"]
    told = why(card(people=(2, 12)), people=20)
    assert "Takes 15 to 60 minutes. Made for up to 12 people; you have 20: split into two groups." in told
    assert "split into three groups" in why(card(people=(2, 12)), people=36)
    assert "split" not in why(card(people=(2, 12)), people=12)


def test_people_who_cannot_be_split_are_not_told_to() -> None:
    told = why(card(people=(8, 12)), people=13)
    assert "Made for up to 12 people; you have 13." in told
    assert "split" not in told


def test_far_too_many_or_too_few_people_are_no_fit_at_all() -> None:
    assert ids(card(people=(2, 12)), people=49) == []
    assert ids(card(people=(2, 12)), people=48) == ["talk"]
    assert ids(card(people=(8, 20)), people=3) == []
    assert "Made for at least 8 people; you have 4." in why(card(people=(8, 20)), people=4)


# Time


def test_the_longest_form_that_fits_the_time_is_named() -> None:
    forms = (form("Short", 15), form("Long", 45))
    assert "Takes 15 to 60 minutes (the form “Short” fits) and suits" in why(card(variants=forms), minutes=44)
    assert "(the form “Long” fits)" in why(card(variants=forms), minutes=45)
    assert "form" not in why(card(variants=forms[:1]), minutes=20)
    assert "form" not in why(card(variants=forms))


def test_too_little_time_comes_later_and_says_so() -> None:
    long = card("long", (40, 60), variants=(form("Whole", 50), form("Half", 40)))
    assert ids(long, card("short"), minutes=30) == ["short", "long"]
    assert "Takes at least 40 minutes; you have 30. Suits 2 to 12 people." in why(long, minutes=30)
    assert ids(long, minutes=19) == []
    assert ids(long, minutes=20) == ["long"]


def test_the_card_may_promise_less_time_than_the_shortest_form_takes() -> None:
    promised = card(minutes=(15, 60), variants=(form("Whole", 40.5),))
    assert "Takes 15 to 60 minutes, though its shortest form takes 40.5; you have 20." in why(promised, minutes=20)
    assert ids(promised, card("honest", (15, 20)), minutes=20) == ["honest", "talk"]


def test_steps_without_a_clock_take_what_the_card_says() -> None:
    free = card(minutes=(30, 60), steps=(Brief(id="one", title="One"),))
    assert "you have" not in why(free, minutes=30)
    assert "Takes at least 30 minutes; you have 29." in why(free, minutes=29)


def test_what_takes_most_of_the_time_comes_before_what_takes_little_of_it() -> None:
    assert ids(card("brief", (15, 20)), card("whole", (120, 240)), minutes=180) == ["whole", "brief"]
    assert ids(card("brief", (15, 20)), card("whole", (25, 30)), minutes=30) == ["brief", "whole"]


# Words


HANDOVER = card(
    "handover",
    about="Somebody passes on a job.",
    use_when=("Work changes hands.", "A colleague retires, or moves to another ward."),
)
MEETING = card("meeting", about="We meet.", use_when=("A ward has met.",), avoid_when=("Somebody is to be blamed.",))


def test_words_are_found_in_any_form_and_the_fitting_situation_is_quoted() -> None:
    (found,) = suggest([MEETING, HANDOVER], words="When colleagues are RETIRING")
    assert found.id == "handover"
    assert found.why.endswith("Good when: a colleague retires, or moves to another ward.")


def test_words_elsewhere_on_the_card_are_named() -> None:
    found = why(HANDOVER, words="a passing of jobs")
    assert found.endswith("Good when: work changes hands. Its card speaks of: passing, jobs.")


def test_no_more_than_four_words_are_named() -> None:
    long = card(about="Notes, plans, forms, lists and books.", use_when=("Always.",))
    assert why(long, words="books lists forms plans notes").endswith("Its card speaks of: books, lists, forms, plans.")


def test_words_in_the_titles_of_steps_are_found() -> None:
    inventory = card("list", steps=(Brief(id="one", title="Where are the documents kept?", minutes=15),))
    assert ids(MEETING, inventory, words="document") == ["list"]


def test_what_a_technique_is_for_counts_more_than_the_title_of_a_step() -> None:
    by_the_way = card("a", steps=(Brief(id="one", title="Risks and money", minutes=15),))
    made_for = card("b", use_when=("There is a risk.",))
    assert ids(by_the_way, made_for, words="risks") == ["b"]
    assert ids(by_the_way, made_for, words="money") == ["a"]


def test_the_more_a_card_speaks_of_it_the_earlier_it_comes() -> None:
    much = card("much", use_when=("A ward has a fire.",))
    some = card("some", about="After a fire on a ward.")
    little = card("little", (1, 1), steps=(Brief(id="one", title="Fire", minutes=1),))
    assert ids(little, some, much, words="fire on a ward") == ["much", "some"]


def test_a_rare_word_counts_more_than_one_that_every_card_has() -> None:
    common = [card(f"c{number}", use_when=("A ward has work to do.",)) for number in range(4)]
    assert ids(*common, card("rare", use_when=("A ward has a fire.",)), words="work fire")[0] == "rare"


def test_when_not_counts_against() -> None:
    blame = card("inquest", use_when=("Somebody is blamed.",))
    assert ids(MEETING, blame, words="who is to be blamed") == ["inquest"]
    assert ids(MEETING, words="blame") == []
    assert ids(MEETING, blame, words="blame", people=5) == ["inquest", "meeting"]
    assert "Not when: somebody is to be blamed." in why(MEETING, words="blame", people=5)
    assert "Not when" not in why(MEETING, words="met", people=5)


def test_words_that_no_card_has_leave_nothing_but_what_else_was_asked() -> None:
    assert ids(HANDOVER, MEETING, words="penguins") == []
    assert why(MEETING, words="penguins", phase="during").endswith("Its card does not speak of what you asked for.")
    assert "speak" not in why(MEETING, words="what do we do", phase="during")


def test_where_enough_cards_speak_of_it_the_others_are_left_out() -> None:
    ward = card("round", use_when=("A ward is walked.",))
    assert set(ids(HANDOVER, MEETING, ward, card("other"), words="ward", people=5)) == {"handover", "meeting", "round"}
    assert ids(card("other"), MEETING, words="ward", people=5) == ["meeting", "other"]


# Named


def test_what_an_option_names_comes_first_and_says_so() -> None:
    cards = card("a"), card("b"), card("c", (90, 120), (20, 30), phase="after")
    assert ids(*cards, named=("c", "b", "gone"), phase="during", people=5, minutes=15)[:2] == ["c", "b"]
    (first, *_) = suggest(cards, named=("c",), named_by="Because.", phase="during", people=5, minutes=15)
    assert first.why == (
        "Because. After the work has ended. Takes at least 90 minutes; you have 15. "
        "Made for at least 20 people; you have 5."
    )
    assert why(cards[0], named=("a",)).startswith("An option names it. While the work goes on.")


def test_what_else_speaks_of_it_comes_after_what_is_named() -> None:
    assert ids(MEETING, HANDOVER, card("named"), words="ward", named=("named",)) == ["named", "meeting", "handover"]
    assert "Not when" not in why(MEETING, words="blame", named=("meeting",))
    assert "does not speak" not in why(MEETING, words="penguins", named=("meeting",))


def test_what_is_named_does_not_drown_what_else_speaks_of_it() -> None:
    named = card("named", use_when=("A ward retires and moves to another job.",))
    found = ids(named, MEETING, HANDOVER, words="a ward retires and moves to another job", named=("named",))
    assert found == ["named", "handover"]
    assert ids(named, card("job", about="A job."), words="retires moves job", named=("named",)) == ["named", "job"]


# Reading


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_any_text_is_told_on_one_clean_line(text: str) -> None:
    cards = [card(f"t{number}", name=text, about=text, use_when=(text,), avoid_when=(text,)) for number in range(2)]
    for asked in ({"words": text}, {"words": text, "people": 3}, {"named": ("t0",)}):
        for found in suggest(cards, **asked):
            assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", found.name + found.why)
    matches(cards[0], words=text)


def test_only_a_word_that_may_be_small_begins_small() -> None:
    for text, told in (
        ("NHS trusts merge", "NHS trusts merge."),
        ("I am new.", "I am new."),
        ("A plan?", "a plan?"),
        ("(Rarely) done", "(Rarely) done."),
    ):
        assert why(card(use_when=(text,))).endswith(f"Good when: {told}")
    assert "Good when" not in why(card(use_when=(" \n",)))


def test_one_is_told_as_one() -> None:
    assert "Takes 1 minute and suits 1 person." in why(card(minutes=(1, 1), people=(1, 1)))


# Lists


def test_lists_are_narrowed() -> None:
    two = card(minutes=(15, 60), people=(3, 9), variants=(form("Short", 10), form("Long", 60)))
    for asked, fits in (
        ({}, True),
        ({"phase": "during"}, True),
        ({"phase": "after"}, False),
        ({"people": 2}, False),
        ({"people": 3}, True),
        ({"people": 9}, True),
        ({"people": 10}, False),
        ({"minutes": 9}, False),
        ({"minutes": 10}, True),
        ({"phase": "during", "people": 5, "minutes": 500}, True),
    ):
        assert matches(two, **asked) is fits, asked
    assert matches(card(variants=(form("Whole", 40),)), minutes=15)  # as its card says


def test_lists_are_narrowed_by_words_while_they_are_typed() -> None:
    typed = "retires"
    for end in range(len(typed) + 1):
        assert matches(HANDOVER, words=f"colleagues {typed[:end]}")
    assert matches(HANDOVER, words="the retirement of a colleague")
    assert matches(HANDOVER, words="handover")
    assert not matches(HANDOVER, words="colleague penguin")
    assert not matches(MEETING, words="blame")
