"""What may tell who somebody is, in texts that people write."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kmtui.analysis.identifiers import KIND_WORDS, Finding, findings, place, replaced
from kmtui.content.library import shipped_folder
from tests.hostile import HOSTILE

TODAY = date(2026, 11, 29)


def found(text: str) -> list[tuple[str, str]]:
    return [(each.kind, each.text) for each in findings(text, TODAY)]


def only(kind: str, text: str) -> list[str]:
    everything = found(text)
    assert {each for each, _ in everything} <= {kind}
    return [words for _, words in everything]


@pytest.mark.parametrize(
    "text",
    [
        "Tell the porters the order of beds the evening before. Two beds went to bay 7 at 12.30 on 20 November 2026.",
        "We met on 3/11/2026, again on 03.11.26 and 2026-11-03; the next meeting is on Friday 4 December 2026.",
        "The policy of 3 March 2004, updated 12/05/2009 and since 1 April 1999 in force, is out of date.",
        "The ward sister, the Nurse in Charge, a Nurse Practitioner, the Matron and two Staff Nurses were there.",
        "Ask the Dr. Then tell the Sister on duty; the Dr said no. Dr, nurse and porter agreed. Professor of Surgery.",
        "Dear Sir/Madam, Miss the deadline and Lady Margaret Ward, the Lord Nelson Ward, Sir Robert Peel Hospital.",
        "The MR scan took 40 minutes, MS Teams failed, Rev A Drawing 12 and the DR plan were not read. MR imaging.",
        "Mr B and Mrs A. were told by Dr X what the sister-in-law of a nurse-led clinic had said.",
        "The Sister Act, each Nurse Pathway and the MS Formulary; code 0113-496-0000-1 and 0113.496.0000.12.",
        "Call 999, 111 or 2222. An extension of 300 days, extension 2024/25, 0.123 456 789, 10 000 000 people, +12 %.",
        "Version 1.2.3.4, 192.168.100.200, ISBN 978-0-306-40615-7, £1,234,567,890, 0930-1030, 12:30-14:45, 2147483647.",
        "Ward@night, @nhs, a@b, we met @ the hub, mailto:, 100% @ 3.50 and user@host said so.",
        "She was born lucky; the idea was born of need. A new way of working is born in 2024. DOB: not known.",
        "",
        "   \n\n\t",
    ],
)
def test_nothing_is_pointed_out_in_ordinary_text(text: str) -> None:
    assert found(text) == []


def test_nothing_is_pointed_out_in_the_words_of_the_techniques_and_the_matrix() -> None:
    for file in sorted(shipped_folder().glob("matrix.yaml")) + sorted((shipped_folder() / "techniques").glob("*.yaml")):
        assert found(file.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "day",
    [
        "01/02/1950",
        "1/2/1950",
        "01.02.1950",
        "1-2-1950",
        "1 / 2 / 1950",
        "1950-02-01",
        "3 March 1956",
        "3rd Mar 1956",
        "3rd of March, 1956",
        "03-Mar-1956",
        "3 sept. 1956",
        "29/02/1956",
    ],
)
def test_dates_of_birth_of_any_form_with_and_without_their_word(day: str) -> None:
    for before in ("DOB ", "d.o.b.: ", "D.O.B ", "DoB=", "date of birth: ", "Date of Birth is ", "born ", "born on "):
        assert only("date-of-birth", f"She ({before}{day}) fell.") == [day]
    assert only("date-of-birth", f"{day} (DOB), and {day} was her date of birth") == [day, day]
    assert only("date-of-birth", f"The patient, {day}, fell") == [day]
    assert only("date-of-birth", day) == [day]


@pytest.mark.parametrize("day", ["3/11/2026", "3 March 2024", "2019-12-24", "03/04/56", "March 3, 2024", "01 02 2015"])
def test_a_date_that_is_not_long_ago_or_short_needs_its_word(day: str) -> None:
    assert found(f"The lift, {day}, was late") == []
    assert only("date-of-birth", f"the child, born {day}, and DOB {day}") == [day, day]


def test_a_date_is_long_ago_from_the_sixteenth_year_before() -> None:
    assert only("date-of-birth", "3/4/2010") == ["3/4/2010"]
    assert found("3/4/2011") == []
    assert [each.text for each in findings("3/4/2011", date(2027, 1, 1))] == ["3/4/2011"]
    assert findings("3/4/1950") == findings("3/4/1950", TODAY)  # of the present day, whatever it is


@pytest.mark.parametrize("day", ["31/02/1950", "00/01/1950", "32 March 1956", "1/2/1850", "1/2/2031", "1/2/19", "1950"])
def test_what_is_no_day_or_not_of_a_living_person_is_none(day: str) -> None:
    assert found(f"DOB: {day[:-2]}{day[-2:]}" if day != "1/2/19" else "Rooms 1/2/19") == []


@pytest.mark.parametrize(
    "before", ["on", "since", "On Tuesday", "approved", "dated:", "Fri", "version 1.2.3,", "by the"]
)
def test_a_date_of_long_ago_that_an_event_explains_is_none(before: str) -> None:
    assert found(f"{before} 3 March 1999 it was so") == []


def test_american_dates_and_times_need_their_word() -> None:
    assert found("12/25/1950, March 3, 1956, 2004-03-04T10:00, 2004-03-04 10:15") == []
    assert only("date-of-birth", "born March 3rd, 1956") == ["March 3rd, 1956"]
    assert only("date-of-birth", "DOB 12/25/1950") == ["12/25/1950"]


def test_the_word_belongs_to_one_date_or_to_two_that_go_together() -> None:
    assert only("date-of-birth", "DOB 01/02/1950, seen 03/04/2024") == ["01/02/1950"]
    assert only("date-of-birth", "Seen 03/04/2024, DOB 01/02/1950") == ["01/02/1950"]
    assert only("date-of-birth", "dates of birth 1/2/2020 and 3/4/2021") == ["1/2/2020", "3/4/2021"]
    assert only("date-of-birth", "the date of birth (dd/mm/yyyy) on the form was: 1/2/2020") == ["1/2/2020"]


@pytest.mark.parametrize(
    "address",
    [
        "ann@nhs.net",
        "bob.o'neill+ward@ward-7.leedsth.nhs.uk",
        "a_b@example.org",
        "müller@bücher.example",
        "x@y.co.uk",
        "1@2.com",
        f"{'a' * 64}@example.org",
    ],
)
def test_email_addresses(address: str) -> None:
    for text in (address, f"<{address}>", f"mailto:{address}.", f"*{address}*, or '{address}'", f"_{address}_"):
        assert set(only("email", text)) == {address}


def test_a_full_width_address_is_one() -> None:
    assert only("email", "ａｎｎ＠ｎｈｓ．ｎｅｔ") == ["ａｎｎ＠ｎｈｓ．ｎｅｔ"]


@pytest.mark.parametrize(
    "number",
    [
        "07700 900123",
        "07700900123",
        "07700 900 123",
        "020 7946 0958",
        "(020) 7946 0958",
        "0113 496 0000",
        "0113-496-0000",
        "0113.496.0000",
        "01632 960001",
        "0300 123 1234",
        "0800 496 0123",
        "+44 7700 900123",
        "+447700900123",
        "+44 (0)113 496 0000",
        "0044 113 496 0000",
        "+353 1 234 5678",
        "+1 (943) 476-5919",
        "0113 496 0000 ext 1234",
        "0113 496 0000 x123",
        "ext 1234",
        "Ext. 12345",
        "extension 4321",
        "bleep 1234",
        "Bleep no. 007",
        "07700\u00a0900\u2011123",
    ],
)
def test_telephone_numbers(number: str) -> None:
    for text in (number, f"Call {number}.", f"({number})", f"Tel: {number}, or {number}", f"{number} 2 visits"):
        assert set(only("telephone", text)) == {number}


def test_other_numbers_are_known_by_their_word() -> None:
    assert only("telephone", "Tel: 286 0000, fax no. 123-4567, Telephone 123456") == ["286 0000", "123-4567", "123456"]
    assert found("phone 12 patients, mobile 3.04.2024, hotel 2860000") == []


def test_an_nhs_number_wins_over_a_telephone_number_unless_a_country_stands_before_it() -> None:
    assert found("Tel: 943 476 5919") == [("nhs-number", "943 476 5919")]
    assert found("0123456789") == [("nhs-number", "0123456789")]
    assert found("+1 943 476 5919") == [("telephone", "+1 943 476 5919")]


@pytest.mark.parametrize(
    "name",
    [
        "Dr Smith",
        "Dr. Smith",
        "Dr.Smith",
        "DR SMITH",
        "dr Smith",
        "Mr John Smith",
        "Mrs J. Smith",
        "Ms J.R. Smith",
        "Mx Jo Smith",
        "Miss A B Smith",
        "Prof. Smith-Jones",
        "Professor Dame Mary O'Neill",
        "Mrs O’Neill",
        "Mr McDonald",
        "Dr Anne-Marie MacDonald",
        "Mr and Mrs Smith",
        "Mr. & Mrs. Smith",
        "Drs Smith and Jones",
        "Dr van der Berg",
        "Dr Ludwig von Goethe",
        "Mr d'Arcy",
        "Mr St John-Smith",
        "Sir Paul",
        "Dame Cicely Saunders",
        "Lady Hale",
        "Rev Jones",
        "Revd. J Jones",
        "Sister Murphy",
        "Nurse Jones",
        "Matron Jane Smith",
        "Mr Ward",
        "Dr May",
        "Mrs So",
        "mr smith",
        "mrs o'neill",
        "Dr José Núñez",
        "Dr Jose\u0301 Nu\u0301n\u0303ez",
        "Dr Öztürk",
        "Dr\u00a0Smith",
        "Dr Иванов",
        "Dr 田中",
    ],
)
def test_names_with_a_title(name: str) -> None:
    for text in (name, f"We asked {name}.", f"({name})", f"{name} said so", f"_{name}_", f"{name}'s list", f"'{name}'"):
        assert only("titled-name", text) == [name]


def test_a_name_ends_where_the_sentence_goes_on() -> None:
    text = "Dr Smith. Porters came. Mr Jones and Mrs Hill. Sister Ann Ward Round. Mr Smith I know. MR HALL WAS SEEN"
    assert only("titled-name", text) == ["Dr Smith", "Mr Jones", "Mrs Hill", "Sister Ann", "Mr Smith", "MR HALL"]
    assert only("titled-name", "Mr Smith\nDr\nJones") == ["Mr Smith"]


def test_findings_are_in_order_and_tell_their_place() -> None:
    text = "Seen: Dr Smith\n NHS 943 476 5919\u0301, é ann@nhs.net"
    first, second, third = findings(text)
    assert [each.kind for each in (first, second, third)] == ["titled-name", "nhs-number", "email"]
    assert [place(text, each) for each in (first, second, third)] == [
        "line 1, character 7",
        "line 2, character 6",
        "line 2, character 23",
    ]
    assert place("Dr Smith\n", findings("Dr Smith\n")[0]) == "character 1"
    assert text[third.start : third.end] == third.text == "ann@nhs.net"


def test_chosen_findings_are_replaced_and_the_others_stay() -> None:
    text = "Dr Smith, born 01/02/1950, NHS 943 476 5919, 0113 496 0000, ann@nhs.net"
    everything = findings(text)
    assert {each.kind for each in everything} == set(KIND_WORDS)
    assert replaced(text, everything) == (
        "[name], born [date of birth], NHS [NHS number], [telephone number], [e-mail address]"
    )
    assert replaced(text, {everything[2], everything[0]}) == (
        "[name], born 01/02/1950, NHS [NHS number], 0113 496 0000, ann@nhs.net"
    )
    assert replaced(text, [everything[0], everything[0]]).startswith("[name], born")
    assert replaced(text, ()) == text


def test_findings_of_another_text_are_refused() -> None:
    (finding,) = findings("Ask Dr Smith")
    with pytest.raises(ValueError, match="character 5"):
        replaced("Ask Mr Smith", [finding])
    with pytest.raises(ValueError, match="titled-name"):
        replaced("Ask Dr Smith", [finding, Finding(kind="titled-name", start=7, end=12, text="Smith")])


@pytest.mark.parametrize(
    "text", ["DOB: 01/02/1950, 03/04/2024", "Tel. 123 4567 or 234 5678", "date of birth 1/2/50 3/4/24"]
)
def test_a_replacement_does_not_make_an_identifier_of_what_stands_beside_it(text: str) -> None:
    assert findings(replaced(text, findings(text, TODAY)), TODAY) == ()


PIECES = (
    "943 476 5919", "4010232137", "Dr ", "Mr ", "Smith", " and ", "Mrs ", "Sister ", "O'", "DOB ", "born ", " on ",
    "01/02/1950", "3 March 2024", "0113 496 0000", "+44", "(0)", "ext 123", "Tel: ", "ann", "@", "nhs.net", ".", " ",
    "-", "\n", "\u200b", "\u0301", "é", "9", "0", "x", "[", "]", "'", "\u202e", "1956", "date of birth",
    "telephone number",
)  # fmt: skip


@settings(deadline=None, max_examples=400)
@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=14).map("".join))
def test_findings_hold_together_whatever_the_text(text: str) -> None:
    everything = findings(text, TODAY)
    end = 0
    for each in everything:
        assert end <= each.start < each.end <= len(text)
        assert text[each.start : each.end] == each.text
        assert place(text, each)
        end = each.end
    again = replaced(text, everything)
    brackets = [found.span() for found in re.finditer(r"\[(?:NHS number|name|date of birth|e-mail|telephone)", again)]
    if "[" not in text:
        assert len(brackets) == len(everything)
        assert [each for each in findings(again, TODAY) for a, b in brackets if each.start < b and a < each.end] == []


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_does_no_harm(text: str) -> None:
    assert replaced(text, ()) == text
    assert len(replaced(text, findings(text, TODAY))) >= 0
