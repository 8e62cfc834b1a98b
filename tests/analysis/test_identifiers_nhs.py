"""NHS numbers: the published algorithm and its published examples."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kmtui.analysis.identifiers import findings, is_nhs_number

PUBLISHED = (
    "4010232137",  # worked through in the Department of Health's description of the check digit
    "9434765919",  # worked through in Wikipedia's article
    "9876543210",
    "9434765870",  # python-stdnum
    "1234567881",  # the R package nhsnumber
    "6541003238",  # the Rust crate heidi
    "9990548609",  # the Personal Demographics Service's examples
    "9693821998",
    "1345678940",  # 11 less the remainder is 11, which stands for 0
    "9111231114",
    "9111231122",
    "9111231130",
    "9111231149",
    "9111231157",
    "5390502108",
    "2788584652",
    "3510670485",
    "4001126419",
    "5309741852",
    "0572002688",
    "3633899960",
    "5149315400",
    "7642459904",
    "1299943284",
    "0589804693",
    "4158778468",
    "2210181747",
    "9654536706",
    "4733502672",
    "8261198545",
    "7940805592",
    "4062296462",
    "8846598881",
    "5392790852",
    "4444444444",  # not given to anybody, and right by the algorithm
    "6666666666",
    "9999999999",
)
PUBLISHED_AS_WRONG = (
    "9434765918",
    "9434765910",
    "9434765871",  # python-stdnum
    "1234567890",
    "2345678901",
    "2223334444",
    "9999999993",
    "9111111111",
    "9111111112",
    "9111111113",
    "9111111114",
    "1000000000",
    "9690039564",
    "9690039565",
    "9690039566",
    "4341519744",
    "4341519745",
    "4341519746",
    "0258458594",
    "0258458595",
    "0258458596",
    "2844821240",
    "9055990001",
    "6928055212",
    "9352083904",
    "7564809783",
    "8656081595",
    "0379951296",
    "9797109357",
    "3201826658",
    "6226049369",
)
MALFORMED = (
    "",
    "41587784682",
    "221018174",
    "96545367O6",
    "8261I98545",
    "null",
    "943 476 5919",
    "943476591²",
    "９43476591",
)


def looked_up(digits: str) -> bool:
    """The five steps of the NHS Data Dictionary, written down one by one."""
    step_1 = [
        int(digits[0]) * 10,
        int(digits[1]) * 9,
        int(digits[2]) * 8,
        int(digits[3]) * 7,
        int(digits[4]) * 6,
        int(digits[5]) * 5,
        int(digits[6]) * 4,
        int(digits[7]) * 3,
        int(digits[8]) * 2,
    ]
    step_2 = 0
    for product in step_1:
        step_2 += product
    step_3 = step_2
    while step_3 >= 11:
        step_3 -= 11
    step_4 = str(11 - step_3)
    if step_4 == "10":
        return False
    if step_4 == "11":
        step_4 = "0"
    return digits[9] == step_4


@pytest.mark.parametrize("digits", PUBLISHED)
def test_published_numbers_are_valid(digits: str) -> None:
    assert is_nhs_number(digits)
    assert looked_up(digits)


@pytest.mark.parametrize("digits", PUBLISHED_AS_WRONG)
def test_numbers_published_as_wrong_are_not(digits: str) -> None:
    assert not is_nhs_number(digits)
    assert not looked_up(digits)


@pytest.mark.parametrize("text", MALFORMED)
def test_what_is_not_ten_digits_is_none(text: str) -> None:
    assert not is_nhs_number(text)


def test_the_steps_one_by_one_come_to_the_same_over_many_numbers() -> None:
    chance = Random(11)
    numbers = [f"{chance.randrange(10**10):010}" for _ in range(20_000)]
    numbers += [f"{begin:09}{check}" for begin in range(0, 10**9, 999_983) for check in range(10)]
    assert [each for each in numbers if is_nhs_number(each) != looked_up(each)] == []
    assert 0 < sum(map(is_nhs_number, numbers)) < len(numbers)


def test_nine_digits_have_one_check_digit_or_where_it_would_be_10_none() -> None:
    counts = [sum(is_nhs_number(f"{begin:09}{check}") for check in range(10)) for begin in range(11_000)]
    assert set(counts) == {0, 1}
    assert not any(is_nhs_number(f"000000006{check}") for check in range(10))  # 6 x 2: remainder 1, check 10


@pytest.mark.parametrize("digits", PUBLISHED)
@pytest.mark.parametrize(
    "between", ["", " ", "-", ".", "\xa0", "\u2009", "\u202f", "\u2011", "\u2013", " - ", "\u200b"]
)
def test_they_are_found_however_they_are_written(digits: str, between: str) -> None:
    number = between.join((digits[:3], digits[3:6], digits[6:]))
    for text in (number, f"NHS number: {number}.", f"({number})", f"seen 2 {number} 3 times", f"患者{number}は"):
        (found,) = findings(text)
        assert (found.kind, found.text) == ("nhs-number", number)


@pytest.mark.parametrize("digits", PUBLISHED_AS_WRONG)
@pytest.mark.parametrize("between", ["", " ", "-"])
def test_wrong_ones_are_not_found(digits: str, between: str) -> None:
    found = findings(between.join((digits[:3], digits[3:6], digits[6:])))
    assert [each for each in found if each.kind == "nhs-number"] == []


@pytest.mark.parametrize(
    "text",
    [
        "94347659190",
        "19434765919",
        "1-943-476-5919",
        "943-476-5919-2",
        "943.476.5919.1",
        "commit 342cbf9434765919c51ab099",
        "a9434765919",
        "9434765919b",
        "9434 7659 19",
        "943\n476\n5919",
    ],
)
def test_a_part_of_something_longer_and_other_groups_are_none(text: str) -> None:
    assert findings(text) == ()


def test_letters_before_it_may_say_what_it_is() -> None:
    assert [each.text for each in findings("NHS9434765919, NHS No4010232137")] == ["9434765919", "4010232137"]


@pytest.mark.parametrize("digits", ["٩٤٣ ٤٧٦ ٥٩١٩", "９４３４７６５９１９", "𝟗𝟒𝟑 𝟒𝟕𝟔 𝟓𝟗𝟏𝟗", "94\u200b3476\u00ad5919"])
def test_digits_of_any_writing_are_digits(digits: str) -> None:
    assert [each.text for each in findings(f"no. {digits}")] == [digits]


@given(st.integers(0, 10**10 - 1))
def test_one_digit_more_or_less_makes_it_wrong(number: int) -> None:
    """The modulus is a prime above every weight, so a single wrong digit never passes."""
    digits = f"{number:010}"
    if is_nhs_number(digits):
        for place in range(10):
            other = str((int(digits[place]) + 1) % 10)
            assert not is_nhs_number(digits[:place] + other + digits[place + 1 :])
